"""Words taken from an article: runs of eight, however they are set, and whole titles."""

from __future__ import annotations

import html
import re
import unicodedata
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from urllib.parse import unquote

RUN = 8  # words in a row
TITLE = 5  # words; a title of so many or more is borrowed as a whole
LONGEST_TITLE = 30  # words; what a page calls its title and is longer holds more than a headline
JOINED = 16  # letters; words that are set without anything between them are told from numbers by so many
HEAD = 8  # characters: no run of eight words joins to fewer
WORD = re.compile(r"[^\W_]+")
CHUNK = re.compile(r"[^\s,\"]{16,}")
ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|([nrtbf]))")


class Runs(NamedTuple):
    """What may not be repeated: hashes of runs of words, with a blank between them and joined; see index_runs.

    ``words`` are all words of these texts, ``heads`` hashes of how the joined runs begin, ``sizes`` how many words a
    run has, ``lengths`` how many characters a joined one.
    """

    words: frozenset[str]
    keys: frozenset[int]
    heads: frozenset[int]
    sizes: tuple[int, ...]
    lengths: tuple[int, ...]


class Found(NamedTuple):
    """A run that was found: its words, and the line of the text that it begins in, from 1."""

    words: str
    line: int


def index_runs(texts: Iterable[str], titles: Iterable[str] = (), allowed: Iterable[str] = ()) -> Runs:
    """Index every run of eight words of the texts and every title of five or more.

    Words are runs of letters and digits, whatever stands between them, without case and accents. Runs that lie within
    one of the ``allowed`` strings do not count. Writing without spaces between words has few words in this sense: of
    it the rule lets more through.
    """
    runs: set[tuple[str, ...]] = set()
    words: set[str] = set()
    for text in texts:
        own = words_of(text)
        words.update(own)
        runs.update(tuple(own[i : i + RUN]) for i in range(len(own) - RUN + 1))
    for title in titles:
        own = words_of(title)
        words.update(own)
        if TITLE <= len(own) < RUN:
            runs.add(tuple(own))
        runs.update(tuple(own[i : i + RUN]) for i in range(len(own) - RUN + 1))
    for text in allowed:
        own = words_of(text)
        runs.difference_update(tuple(own[i : i + RUN]) for i in range(len(own) - RUN + 1))
    joined = [whole for run in runs if _letters(whole := "".join(run)) >= JOINED]
    return Runs(
        frozenset(words),
        frozenset([*(hash(" ".join(run)) for run in runs), *(hash(whole) for whole in joined)]),
        frozenset(hash(whole[:HEAD]) for whole in joined),
        tuple(sorted({len(run) for run in runs})),
        tuple(sorted({len(whole) for whole in joined})),
    )


def words_of(text: str) -> list[str]:
    """The words of a text as they are compared."""
    return WORD.findall(_plain(text))


def find_runs(runs: Runs, text: str) -> Iterator[Found]:
    """Each run of the index that stands in a text: its words in a row, or one piece that joins them.

    A piece is what has no blank, comma or quotation mark in it: an address, a file's name, a word in camel case.
    """
    plain = _plain(text)
    row: deque[re.Match[str]] = deque(maxlen=max(runs.sizes, default=0))
    for word in WORD.finditer(plain):
        if word.group() not in runs.words:
            row.clear()
            continue
        row.append(word)
        for size in runs.sizes:
            own = [held.group() for held in row][-size:]
            if len(own) == size and hash(" ".join(own)) in runs.keys:
                yield Found(" ".join(own), plain.count("\n", 0, row[-size].start()) + 1)
                break
    for chunk in CHUNK.finditer(plain):
        if (joined := _joined(runs, "".join(WORD.findall(chunk.group())))) is not None:
            yield Found(joined, plain.count("\n", 0, chunk.start()) + 1)


def _joined(runs: Runs, stream: str) -> str | None:
    """The first run whose words a stream of letters and digits joins."""
    if _letters(stream) < JOINED:
        return None
    for start in range(len(stream) - HEAD + 1):
        if hash(stream[start : start + HEAD]) in runs.heads:
            for length in runs.lengths:
                part = stream[start : start + length]
                if len(part) == length and hash(part) in runs.keys:
                    return part
    return None


def _letters(text: str) -> int:
    return sum(map(str.isalpha, text))


def _plain(text: str) -> str:
    """A text without what files and addresses write characters as, without accents, in lower case."""
    if "\\" in text:
        text = ESCAPE.sub(lambda found: chr(int(found[1], 16)) if found[1] else " ", text)
    if "%" in text:
        text = unquote(text)
    if "&" in text:
        text = html.unescape(text)
    if text.isascii():
        return text.lower()
    folded = unicodedata.normalize("NFKD", text).casefold()
    return "".join(character for character in folded if not unicodedata.combining(character))
