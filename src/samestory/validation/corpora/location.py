"""Where the corpora lie: they are licensed or borrowed, so they stay outside the project."""

from __future__ import annotations

import os
from pathlib import Path

VARIABLE = "SAMESTORY_CORPORA"
CHECKOUT = Path(__file__).resolve().parents[4]


class CorpusAbsentError(FileNotFoundError):
    """A corpus is not on this machine; the message says where it was looked for."""


def find_shared() -> Path:
    """The folder that holds ``gold/`` and ``corpora/``.

    Looks where the variable SAMESTORY_CORPORA points, else in ``shared`` next to the checkout and next to the working
    directory. Raises CorpusAbsentError where neither is there.
    """
    named = os.environ.get(VARIABLE)
    places = [Path(named)] if named else [CHECKOUT.parent / "shared", Path.cwd().parent / "shared"]
    for place in places:
        if (place / "gold").is_dir() or (place / "corpora").is_dir():
            return place
    looked = f"{VARIABLE}={named}" if named else "../shared"
    raise CorpusAbsentError(f"the corpora are not part of the project and not in {looked}; point {VARIABLE} at them")


def corpus_path(shared: Path | None, *parts: str) -> Path:
    """The path of one corpus; raises CorpusAbsentError where it is missing."""
    path = (shared or find_shared()).joinpath(*parts)
    if not path.exists():
        raise CorpusAbsentError(f"no {'/'.join(parts)} among the corpora; point {VARIABLE} at a folder that has it")
    return path
