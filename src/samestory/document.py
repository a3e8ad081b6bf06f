"""One article as the engines see it: canonical text, segments and parse."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter
from typing import TYPE_CHECKING

from samestory.tables import COUNTED_SEGMENTS, cells

if TYPE_CHECKING:
    import pandas as pd

    from samestory.language import Parse


@dataclass(frozen=True)
class Document:
    """An article and its part of the table ``segments``; its counted segments are parsed when first asked for."""

    article_id: str
    text: str
    segments: pd.DataFrame

    @cached_property
    def parse(self) -> Parse:
        """The parse of headline, deck and body, line by line."""
        from samestory.language import parse_blocks

        return parse_blocks(self.text, counted_blocks(self.text, self.segments))

    def sentence_id(self, offset: int) -> str:
        """The id of the sentence that covers this character; a character between two belongs to the earlier."""
        number = self.parse.sentence_at(offset)
        if number is None:
            number = max((n for n, s in enumerate(self.parse.sentences) if s.start <= offset), default=0)
        return f"{self.article_id}-s{number}"

    def segment_at(self, offset: int) -> str:
        """The role of the segment that covers this character."""
        at = bisect_right(self._roles, offset, key=itemgetter(0)) - 1
        if at < 0 or offset >= self._roles[at][1]:
            raise ValueError(f"article {self.article_id}: no segment covers character {offset}")
        return self._roles[at][2]

    @cached_property
    def _roles(self) -> list[tuple[int, int, str]]:
        return sorted(cells(self.segments, "start", "end", "segment"))


def counted_blocks(text: str, segments: pd.DataFrame) -> list[tuple[int, int]]:
    """The lines of headline, deck and body, in text order: what is parsed and counted."""
    blocks = []
    for begin, end, role in sorted(cells(segments, "start", "end", "segment")):
        start = begin
        for line in text[begin:end].splitlines(keepends=True) if role in COUNTED_SEGMENTS else ():
            if line.strip():
                blocks.append((start, start + len(line)))
            start += len(line)
    return blocks
