"""What several figures of one notebook ask of the same tables is found out once."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from samestory.annotation import Annotations

KEPT = "_kept"  # among what annotations hold, besides their tables
Found = TypeVar("Found")


def once(find: Callable[[Annotations], Found]) -> Callable[[Annotations], Found]:
    """A function of annotations alone that keeps what it found as long as they are there: nobody may change it."""

    name = f"{find.__module__}.{find.__qualname__}"  # and not the function itself, which could not be pickled

    @functools.wraps(find)
    def kept(annotations: Annotations) -> Found:
        held = vars(annotations).setdefault(KEPT, {})  # they are frozen: what they hold is changed by nobody else
        if name not in held:
            held[name] = find(annotations)
        return held[name]

    return kept
