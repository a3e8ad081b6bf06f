"""Counting words: a word is a run without white space that holds a letter or a digit."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from samestory.segments.lines import WORD
from samestory.tables import COUNTED_SEGMENTS


def count_words(text: str, segments: pd.DataFrame | None = None, which: Collection[str] = COUNTED_SEGMENTS) -> int:
    """The number of words in the segments of these roles; in the whole text where ``segments`` is None."""
    if segments is None:
        return sum(1 for _ in WORD.finditer(text))
    chosen = segments[segments.segment.isin(list(which))]
    return sum(
        1
        for start, end in zip(chosen.start, chosen.end, strict=True)
        for _ in WORD.finditer(text[int(start) : int(end)])
    )
