"""NewsWCL50, chains of labels across outlets (Hamborg, Zhukova & Gipp 2019), as CoNLL files.

The files hold tokens without white space between them: the text here joins them by a blank, lines by a line end.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from samestory.validation.corpora.location import corpus_path
from samestory.validation.corpora.records import Chain, ChainDocument

_BEGIN = re.compile(r"#begin document (\S+);")


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
    words = ["\n" if row[3] == "\\n" else row[3] for row in rows]
    starts, at = [], 0
    for word in words:
        starts.append(at)
        at += len(word) + 1
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
                mentions.setdefault(referent, []).append((starts[first], starts[n] + len(words[n])))
    unclosed = sorted(referent for referent, opened in open_at.items() if opened)
    if unclosed:
        raise ValueError(f"{name}: {unclosed[0]} opens without closing")
    chains = (Chain(r, r.rpartition("_")[2].lower(), tuple(sorted(mentions[r]))) for r in sorted(mentions))
    return ChainDocument(name, name.partition("/")[0], " ".join(words), tuple(chains))
