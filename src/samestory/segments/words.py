"""Counting words: a word is a run without white space that holds a letter or a digit."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from samestory.segments.lines import WORD
from samestory.tables import COUNTED_SEGMENTS, cells


def count_words(text: str, segments: pd.DataFrame | None = None, which: Collection[str] = COUNTED_SEGMENTS) -> int:
    """The number of words in the segments of these roles; in the whole text where ``segments`` is None."""
    if segments is None:
        return len(WORD.findall(text))
    return sum(
        len(WORD.findall(text[start:end]))
        for start, end, role in cells(segments, "start", "end", "segment")
        if role in which
    )
