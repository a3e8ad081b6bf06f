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

    @functools.wraps(find)
    def kept(annotations: Annotations) -> Found:
        held = vars(annotations).setdefault(KEPT, {})  # they are frozen: what they hold is changed by nobody else
        if find not in held:
            held[find] = find(annotations)
        return held[find]

    return kept
