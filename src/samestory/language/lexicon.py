"""Word lists as one pattern: whole words, longest match first, at the speed of the standard ``re`` on a trie."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple


class Match(NamedTuple):
    """An entry of a lexicon found in a text."""

    start: int
    end: int
    entry: str
    code: str


class Lexicon:
    """Entries (lower case; a blank stands for any run of white space) and the code that each carries."""

    def __init__(self, entries: Mapping[str, str]) -> None:
        self._codes = {_normal(entry): code for entry, code in entries.items()}
        self._pattern = re.compile(rf"(?<![\w]){_trie_pattern(self._codes)}(?![\w])") if self._codes else None

    def __contains__(self, entry: str) -> bool:
        return _normal(entry) in self._codes

    def code(self, entry: str) -> str | None:
        """The code of an entry, or None where the lexicon does not hold it."""
        return self._codes.get(_normal(entry))

    def find(self, text: str, start: int = 0, end: int | None = None) -> Iterator[Match]:
        """Matches in ``text[start:end]``, left to right, not overlapping, the longest at each place."""
        if self._pattern is None:
            return
        lowered = fold(text)
        for found in self._pattern.finditer(lowered, start, len(text) if end is None else end):
            entry = " ".join(found.group().split())
            yield Match(found.start(), found.end(), entry, self._codes[entry])


def fold(text: str) -> str:
    """Lower case and straight apostrophes, one character for one, so that offsets hold."""
    lowered = text.lower()
    if len(lowered) != len(text):  # a few letters lower to two characters
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return lowered.replace("\u2019", "'").replace("\u2018", "'")


def _normal(entry: str) -> str:
    return " ".join(fold(entry).split())


def _trie_pattern(entries: Iterable[str]) -> str:
    root: dict = {}
    for entry in entries:
        node = root
        for character in entry:
            node = node.setdefault(character, {})
        node[""] = {}
    return _node_pattern(root)


def _node_pattern(node: dict) -> str:
    branches = [_character(c) + _node_pattern(node[c]) for c in sorted(node) if c]
    if not branches:
        return ""
    joined = branches[0] if len(branches) == 1 and "" not in node else "(?:" + "|".join(branches) + ")"
    return joined + "?" if "" in node else joined


def _character(character: str) -> str:
    return r"\s+" if character == " " else re.escape(character)
