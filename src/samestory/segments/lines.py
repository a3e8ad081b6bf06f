"""Lines of a text, with offsets: what the rules look at."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import NamedTuple

WORD = re.compile(r"\S*[^\W_]\S*")
TERMINAL = re.compile(r"[.!?…:;。！？؟।][\"'”’»«“)\]」』]*$|[\"”»]$")
UNSPACED = re.compile(r"[。！？]")  # full stops of writing without spaces, where words cannot be counted
LONG = 30  # words; no heading is so long
UNMARKED = 15  # words without a mark
TITLED = 0.6  # share of words that begin with a capital or a digit
STEM = 5  # letters: "demands" and "demanded" are one
SPACE = re.compile(r"\s")
SENTENCE_END = re.compile(r"[.!?…][\"'”’)\]]*\s+(?=[\"'“‘(\[]*[^\W\d_a-z])")
MARK = re.compile(r"[.,;!?](?=\s|$)")
CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")


class Line(NamedTuple):
    """A line with more than white space on it; ``start`` and ``end`` leave out the white space at its ends."""

    start: int
    end: int
    text: str
    n_words: int

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a sentence: it ends as one, or is too long for a heading and no list of titles."""
        if self.n_words >= LONG:
            return not self.is_list
        return (self.n_words >= 3 or bool(UNSPACED.search(self.text))) and bool(TERMINAL.search(self.text))

    @property
    def is_list(self) -> bool:
        """Whether a long line is a menu or a list of titles: hardly a mark in it, most words with capitals."""
        words = self.text.split()
        marks = len(MARK.findall(self.text))
        capitals = sum(word[:1].isupper() or word[:1].isdigit() for word in words)
        return self.n_words >= LONG and marks * UNMARKED < len(words) and capitals > TITLED * len(words)


def split_lines(text: str, start: int = 0, end: int | None = None) -> list[Line]:
    """The lines of ``text[start:end]``, without those that are blank."""
    lines = []
    for raw in text[start:end].splitlines(keepends=True):
        content = raw.strip()
        if content:
            first = start + len(raw) - len(raw.lstrip())
            lines.append(Line(first, first + len(content), content, len(WORD.findall(content))))
        start += len(raw)
    return lines


def split_sentences(line: Line) -> list[Line]:
    """A line as its sentences, told by marks and capitals alone: enough to see which of them stand twice."""
    starts = [0, *(found.end() for found in SENTENCE_END.finditer(line.text)), len(line.text)]
    return [part_of(line, start, end) for start, end in pairwise(starts)]


def part_of(line: Line, start: int, end: int) -> Line:
    """The characters from ``start`` to ``end`` of a line as a line of its own, without white space at its ends."""
    raw = line.text[start:end]
    content = raw.strip()
    first = line.start + start + len(raw) - len(raw.lstrip())
    return Line(first, first + len(content), content, len(WORD.findall(content)))


def plain(text: str) -> str:
    """The text with every white-space character as a blank, one for one: pages set no-break spaces anywhere."""
    return SPACE.sub(" ", text)


def content_words(text: str) -> list[str]:
    """The beginnings of words of four letters or more, in lower case: a cheap likeness of what a line is about."""
    return [word[:STEM].lower() for word in CONTENT_WORD.findall(text)]


def normal_words(text: str) -> list[tuple[str, int, int]]:
    """Each word in lower case without punctuation at its ends, and where it stands in ``text``."""
    return [
        (found.group().lower().replace("’", "'"), found.start(), found.end()) for found in PLAIN_WORD.finditer(text)
    ]


PLAIN_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
