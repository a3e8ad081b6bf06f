"""What two articles of an event share word for word, and what was changed inside it.

Seeds are runs of at least eight words that stand in both bodies (local text reuse, Smith et al. 2014, use the like);
neighbouring seeds join to a passage where what stands between them is short or alike.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import combinations, pairwise
from typing import NamedTuple

import pandas as pd

from samestory.articles.record import Article
from samestory.segments.lines import normal_words
from samestory.tables import frame

SEED = 8  # words
SHORT_GAP = 12  # words between two seeds that are one passage whatever they say
LONG_GAP = 60  # words that are looked at for likeness
ALIKE = 0.5
MOST_PLACES = 16  # places of one run of words that are looked at
MOVED = 20  # words of a passage that must stand out of order to count as moved

Index = dict[tuple[str, ...], list[int]]


class _Body(NamedTuple):
    article_id: str
    words: list[str]
    spans: list[tuple[int, int]]


class _Run(NamedTuple):
    """Words ``start`` to ``start + length`` of one body that stand at ``other`` of another."""

    start: int
    other: int
    length: int


def find_reuse(articles: Sequence[Article], segments: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``reuse`` and ``edits`` of one event: passages that two bodies share, and wording changed in them.

    Every row stands there twice, once from each side. An edit's ``kind`` is told from ``article_id``: it has
    ``inserted`` words that the other lacks (whose span is empty), ``deleted`` words that the other has,
    ``substituted`` some for others, or ``moved`` a passage to another place. Which text is the older is not judged.
    """
    bodies = [_body(article, segments) for article in articles]
    indexes = [_index(body.words) for body in bodies]
    reuse: list[dict] = []
    edits: list[dict] = []
    for (left, index), (right, _) in combinations(zip(bodies, indexes, strict=True), 2):
        passages = list(_passages(left.words, right.words, _runs(left.words, right.words, index)))
        for passage in passages:
            span, other = _span(left, passage[0].start, _end(passage[-1])), _span(right, *_other(passage))
            reuse.extend(_rows(left, right, span, other))
            for first, second in pairwise(passage):
                edits.extend(_edits(left, right, first, second))
        for passage in _moved(passages):
            span, other = _span(left, passage[0].start, _end(passage[-1])), _span(right, *_other(passage))
            edits.extend({**row, "kind": "moved"} for row in _rows(left, right, span, other))
    order = ["article_id", "other_article_id", "start", "other_start"]
    tables = frame("reuse", reuse), frame("edits", edits)
    reused, edited = (table.sort_values(order, kind="stable", ignore_index=True) for table in tables)
    return reused, edited


def _body(article: Article, segments: pd.DataFrame) -> _Body:
    """The words of the body; between two of its segments stands a word that matches nothing."""
    rows = segments[(segments.article_id == article.article_id) & (segments.segment == "body")].sort_values("start")
    words: list[str] = []
    spans: list[tuple[int, int]] = []
    for start, end in zip(rows.start.astype(int), rows.end.astype(int), strict=True):
        if words:
            words.append(f"\x00{article.article_id}{start}")
            spans.append((start, start))
        for word, first, last in normal_words(article.text[start:end]):
            words.append(word)
            spans.append((start + first, start + last))
    return _Body(article.article_id, words, spans)


def _index(words: Sequence[str]) -> Index:
    places: Index = defaultdict(list)
    for i in range(len(words) - SEED + 1):
        at = places[tuple(words[i : i + SEED])]
        if len(at) < MOST_PLACES:
            at.append(i)
    return places


def _runs(left: Sequence[str], right: Sequence[str], index: Index) -> list[_Run]:
    """The longest shared run from each place of the right body on, left to right, not overlapping there."""
    runs: list[_Run] = []
    j = 0
    while j <= len(right) - SEED:
        best: _Run | None = None
        for i in index.get(tuple(right[j : j + SEED]), ()):
            length = SEED
            while i + length < len(left) and j + length < len(right) and left[i + length] == right[j + length]:
                length += 1
            if best is None or length > best.length:
                best = _Run(i, j, length)
        if best is None:
            j += 1
        else:
            runs.append(best)
            j += best.length
    return runs


def _passages(left: Sequence[str], right: Sequence[str], runs: Sequence[_Run]) -> Iterator[list[_Run]]:
    passage: list[_Run] = []
    for run in runs:
        if passage and not _joins(left, right, passage[-1], run):
            yield passage
            passage = []
        passage.append(run)
    if passage:
        yield passage


def _joins(left: Sequence[str], right: Sequence[str], first: _Run, second: _Run) -> bool:
    from rapidfuzz.distance import Indel

    between, other = left[_end(first) : second.start], right[first.other + first.length : second.other]
    if second.start < _end(first) or any(word.startswith("\x00") for word in (*between, *other)):
        return False
    longest = max(len(between), len(other))
    return longest <= SHORT_GAP or (longest <= LONG_GAP and Indel.normalized_similarity(between, other) >= ALIKE)


def _edits(left: _Body, right: _Body, first: _Run, second: _Run) -> Iterator[dict]:
    """What differs between two neighbouring runs of a passage, word by word, seen from both sides."""
    from rapidfuzz.distance import Levenshtein

    start, other = _end(first), first.other + first.length
    between, across = left.words[start : second.start], right.words[other : second.other]
    kinds = {"replace": ("substituted",) * 2, "insert": ("deleted", "inserted"), "delete": ("inserted", "deleted")}
    for step in Levenshtein.opcodes(between, across):
        if step.tag in kinds:
            span = _span(left, start + step.src_start, start + step.src_end)
            opposite = _span(right, other + step.dest_start, other + step.dest_end)
            for row, kind in zip(_rows(left, right, span, opposite), kinds[step.tag], strict=True):
                yield {**row, "kind": kind}


def _moved(passages: Sequence[list[_Run]]) -> list[list[_Run]]:
    """Long passages that stand in another order than most of what is shared (outside the longest ordered chain)."""
    tails: list[int] = []
    ends: list[int] = []
    previous: dict[int, int | None] = {}
    for n, passage in enumerate(passages):
        place = bisect_left(tails, passage[0].start)
        previous[n] = ends[place - 1] if place else None
        tails[place : place + 1] = [passage[0].start]
        ends[place : place + 1] = [n]
    chain: set[int] = set()
    last = ends[-1] if ends else None
    while last is not None:
        chain.add(last)
        last = previous[last]
    return [p for n, p in enumerate(passages) if n not in chain and sum(run.length for run in p) >= MOVED]


def _end(run: _Run) -> int:
    return run.start + run.length


def _other(passage: Sequence[_Run]) -> tuple[int, int]:
    return passage[0].other, passage[-1].other + passage[-1].length


def _span(body: _Body, start: int, end: int) -> tuple[int, int]:
    """Characters from the first to the last of these words; of none, the empty span after the word before."""
    if start == end:
        return (body.spans[start - 1][1],) * 2
    return body.spans[start][0], body.spans[end - 1][1]


def _rows(left: _Body, right: _Body, span: tuple[int, int], other: tuple[int, int]) -> tuple[dict, dict]:
    return _row(left, right, span, other), _row(right, left, other, span)


def _row(body: _Body, opposite: _Body, span: tuple[int, int], other: tuple[int, int]) -> dict:
    return {
        "article_id": body.article_id,
        "start": span[0],
        "end": span[1],
        "other_article_id": opposite.article_id,
        "other_start": other[0],
        "other_end": other[1],
    }
