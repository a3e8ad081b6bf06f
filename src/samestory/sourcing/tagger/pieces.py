"""Tokens as word pieces, and a parse as windows of as many pieces as the network reads at a time."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from samestory.language import Parse

LONGEST = 400  # word pieces that are read at a time; a longer paragraph is cut between sentences
MOST = 64  # pieces of one token that are read: a longer one is no word
MARKS = frozenset({"''", "``", "“", "”", "„", "«", "»"})
CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"


class Window(NamedTuple):
    """Tokens ``[first, last)`` of a parse that are read together, all of one block."""

    block: int
    first: int
    last: int


@dataclass(frozen=True)
class Pieces:
    """The word pieces that the network knows, by their numbers (Wu et al. 2016)."""

    numbers: dict[str, int]
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def split(self, word: str) -> tuple[int, ...]:
        """The pieces of a token: lower case, without accents, the longest known piece first, 64 at most."""
        if word not in self._seen:
            parts = [n for part in _parts(word) for n in self._longest_first(part)]
            self._seen[word] = tuple(parts[:MOST]) or (self.numbers[UNKNOWN],)
        return self._seen[word]

    def _longest_first(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in self.numbers), None)
            if end is None:
                return [self.numbers[UNKNOWN]]
            found.append(self.numbers[prefix + part[start:end]])
            start = end
        return found


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


def _parts(word: str) -> list[str]:
    """A token as BERT's basic tokenizer splits it; marks of one kind are written alike."""
    plain = '"' if word in MARKS else word.replace("’", "'").replace("‘", "'").lower()
    parts: list[str] = []
    open_word = False
    for c in unicodedata.normalize("NFD", plain):
        category = unicodedata.category(c)
        if category in ("Mn", "Cc", "Cf"):
            continue
        if category[0] == "P" or (c.isascii() and not c.isalnum()):
            parts.append(c)
            open_word = False
        elif open_word:
            parts[-1] += c
        else:
            parts.append(c)
            open_word = True
    return parts
