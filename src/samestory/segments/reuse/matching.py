"""What articles share word for word, and what one version of shared copy words otherwise than another.

Candidates come from an index of sampled runs of words, so that no batch is compared pair by pair; each candidate is
aligned word by word. Shared runs are those of local text reuse (Smith, Cordell and Dillon 2014).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import pandas as pd

from samestory.articles.record import Article
from samestory.segments.reuse.alignment import Index, align, index_runs, shared_runs
from samestory.segments.reuse.bodies import Body, Span, read_body, read_words, segment_spans
from samestory.segments.reuse.candidates import find_candidates
from samestory.segments.reuse.edits import KINDS, body_edits, headline_edits
from samestory.segments.reuse.passages import are_versions, characters, shared_passages
from samestory.tables import frame

KEPT_BODIES = 256  # bodies that are held at a time, so that memory does not grow with the batch
ORDER = ["article_id", "other_article_id", "start", "other_start", "end"]


def find_reuse(articles: Sequence[Article], segments: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The tables ``reuse`` and ``edits`` of an event or of any batch of articles.

    ``reuse`` holds passages that two bodies share: a pair has one of at least 12 words, and each has 8. ``edits``
    holds changed wording between versions of one copy (see ``are_versions``), headlines included; two articles that
    merely print the same statement have none. Every row stands there twice, once from each side. An edit's ``kind``
    is told from ``article_id``: it has ``inserted`` words that the other lacks (whose span is empty), ``deleted``
    words that the other has, ``substituted`` some for others, or ``moved`` a passage. Which is older is not judged.
    """
    spans = segment_spans(segments, "body")
    headlines = segment_spans(segments, "headline")
    ordered = sorted(articles, key=lambda article: article.article_id)
    body_of, index_of = _readers(ordered, spans)
    reuse: list[dict] = []
    edits: list[dict] = []
    for i, j in find_candidates(read_words(a.text, spans.get(a.article_id, ())) for a in ordered):
        left, right = body_of(i), body_of(j)
        steps = align(left, right, shared_runs(left.words, right.words, index_of(i)))
        passages = shared_passages(left, right, steps)
        for passage, _ in passages:
            reuse.extend(_rows(left, right, *characters(left, right, passage)))
        if passages and are_versions(left, right, steps):
            one, other = (_headline(ordered[n], headlines) for n in (i, j))
            for kind, span, opposite in (*headline_edits(one, other), *body_edits(left, right, steps)):
                ours, theirs = _rows(left, right, span, opposite)
                edits += [{**ours, "kind": kind}, {**theirs, "kind": KINDS[kind]}]
    reused, edited = (
        table.sort_values(ORDER, kind="stable", ignore_index=True)
        for table in (frame("reuse", reuse), frame("edits", edits))
    )
    return reused, edited


def _readers(
    articles: Sequence[Article], spans: dict[str, list[Span]]
) -> tuple[Callable[[int], Body], Callable[[int], Index]]:
    """Bodies and their indexes by number, the latest ones kept: pairs come in order."""

    @lru_cache(maxsize=KEPT_BODIES)
    def body_of(number: int) -> Body:
        return read_body(articles[number], spans.get(articles[number].article_id, ()))

    @lru_cache(maxsize=1)
    def index_of(number: int) -> Index:
        return index_runs(body_of(number).words)

    return body_of, index_of


def _headline(article: Article, headlines: dict[str, list[Span]]) -> Body:
    return read_body(article, headlines.get(article.article_id, ())[:1])


def _rows(left: Body, right: Body, span: Span, other: Span) -> Iterator[dict]:
    yield _row(left, right, span, other)
    yield _row(right, left, other, span)


def _row(body: Body, opposite: Body, span: Span, other: Span) -> dict:
    return {
        "article_id": body.article_id,
        "start": span[0],
        "end": span[1],
        "other_article_id": opposite.article_id,
        "other_start": other[0],
        "other_end": other[1],
    }
