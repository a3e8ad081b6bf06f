"""A parse as windows of as many word pieces as the network reads at a time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from samestory.language import Parse
from samestory.language.encoding import Pieces

LONGEST = 400  # word pieces that are read at a time; a longer paragraph is cut between sentences


class Window(NamedTuple):
    """Tokens ``[first, last)`` of a parse that are read together, all of one block."""

    block: int
    first: int
    last: int


def cut_windows(parse: Parse, pieces: Pieces) -> Iterator[Window]:
    """The parse in windows of at most ``LONGEST`` word pieces, each as much of one block as fits."""
    block, first, size = -1, 0, 0
    for sentence in parse.sentences:
        for start, _last, length in _cut_sentence(parse, sentence.first, sentence.last, pieces):
            if sentence.block != block or size + length > LONGEST:
                if start > first:
                    yield Window(block, first, start)
                block, first, size = sentence.block, start, 0
            size += length
    if first < len(parse.tokens):
        yield Window(block, first, len(parse.tokens))


def _cut_sentence(parse: Parse, first: int, last: int, pieces: Pieces) -> Iterator[tuple[int, int, int]]:
    size = 0
    for token in parse.tokens[first:last]:
        length = len(pieces.split(token.text))
        if size + length > LONGEST:
            yield first, token.i, size
            first, size = token.i, 0
        size += length
    yield first, last, size
