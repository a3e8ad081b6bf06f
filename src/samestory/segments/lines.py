"""Lines of a text, with offsets: what the rules look at."""

from __future__ import annotations

import re
from typing import NamedTuple

WORD = re.compile(r"\S*[^\W_]\S*")
TERMINAL = re.compile(r"[.!?…:;][\"'”’»)\]]*$|[\"”»]$")
STEM = 5  # letters: "demands" and "demanded" are one
SPACE = re.compile(r"\s")
CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")


class Line(NamedTuple):
    """A line with more than white space on it; ``start`` and ``end`` leave out the white space at its ends."""

    start: int
    end: int
    text: str
    n_words: int

    @property
    def is_prose(self) -> bool:
        """Whether it reads like a sentence: it ends as one, or is too long for a heading."""
        return self.n_words >= 30 or (self.n_words >= 3 and bool(TERMINAL.search(self.text)))


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
