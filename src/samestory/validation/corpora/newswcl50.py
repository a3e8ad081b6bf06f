"""NewsWCL50, chains of labels across outlets (Hamborg, Zhukova & Gipp 2019), as CoNLL files.

The files hold tokens without the white space that stood between them: :func:`join` sets it as English print does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from samestory.validation.corpora.location import corpus_path
from samestory.validation.corpora.records import Chain, ChainDocument

_BEGIN = re.compile(r"#begin document (\S+);")
LINE_END = "\\n"
JOINED_TO_LAST = re.compile(r"[,.;:!?)\]%”…]|['’](?:s|ll|ve|m|re|d)|n't|\.\.\.")
JOINED_TO_NEXT = frozenset("([$“‘#")
QUOTES = ('"', "'")


def parts(shared: Path | None = None) -> list[str]:
    """The parts that are on this machine; raises CorpusAbsentError where the corpus is not."""
    return sorted(path.stem for path in corpus_path(shared, "gold", "newswcl50").glob("*.conll"))


def read(part: str = "dev", shared: Path | None = None, limit: int | None = None) -> tuple[ChainDocument, ...]:
    """The documents of one part, in the file's order. Documents of one event share the number before the slash."""
    path = corpus_path(shared, "gold", "newswcl50", f"{part}.conll")
    with path.open(encoding="utf-8", newline="\n") as file:
        return tuple(parse_conll(file.read()))[:limit]


def parse_conll(conll: str) -> Iterator[ChainDocument]:
    """Documents of a CoNLL file; raises ValueError where a bracket opens or closes without its partner."""
    name, rows = "", list[list[str]]()
    for line in conll.split("\n"):
        if found := _BEGIN.match(line):
            name, rows = found[1], []
        elif line.startswith("#end document"):
            yield _document(name, rows)
        elif line:
            rows.append(line.split("\t"))


def _document(name: str, rows: Sequence[Sequence[str]]) -> ChainDocument:
    words = [row[3].strip() for row in rows]
    text, places = join(words)
    mentions: dict[str, list[tuple[int, int]]] = {}
    open_at: dict[str, list[int]] = {}
    for n, row in enumerate(rows):
        for mark in row[4].replace(" ", "").split("|"):
            referent = mark.strip("()")
            if mark.startswith("("):
                open_at.setdefault(referent, []).append(n)
            if mark.endswith(")"):
                if not open_at.get(referent):
                    raise ValueError(f"{name}: {referent} closes at token {n} without having opened")
                first = open_at[referent].pop()
                mentions.setdefault(referent, []).append((places[first][0], places[n][1]))
    unclosed = sorted(referent for referent, opened in open_at.items() if opened)
    if unclosed:
        raise ValueError(f"{name}: {unclosed[0]} opens without closing")
    chains = (Chain(r, r.rpartition("_")[2].lower(), tuple(sorted(mentions[r]))) for r in sorted(mentions))
    return ChainDocument(name, name.partition("/")[0], text, tuple(chains))


def join(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """The text of tokens, with a blank between two unless print has none, and the characters of each token.

    Straight quotation marks open and close by turns within a line; after an "s" a single one is a possessive. A hyphen
    joins the words on both sides. A line end is a token of its own; an empty token is a line end, too.
    """
    text, places = "", list[tuple[int, int]]()
    opened: set[str] = set()
    glued = True  # whether the next token follows without a blank
    for n, word in enumerate(words):
        if word in (LINE_END, ""):
            places.append((len(text), len(text) + 1))
            text, glued = text + "\n", True
            opened.clear()
            continue
        closes = word in opened or (word == "'" and text.endswith("s"))
        hyphen = word == "-" and 0 < n < len(words) - 1 and words[n - 1][-1:].isalnum() and words[n + 1][:1].isalnum()
        if not (glued or closes or hyphen or JOINED_TO_LAST.fullmatch(word)):
            text += " "
        places.append((len(text), len(text) + len(word)))
        text += word
        glued = hyphen or word in JOINED_TO_NEXT or (word in QUOTES and not closes)
        if word in QUOTES:
            opened ^= {word} if word in opened or not closes else set()
    return text, places
