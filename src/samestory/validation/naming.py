"""Own gold that marks head words: what names two referents of an event, and who acts (``data/gold/README.md``)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pandas as pd

from samestory.annotation import Annotations, annotate
from samestory.articles import Article, read
from samestory.document import Document
from samestory.language.phrases import head_of
from samestory.tables import COUNTED_SEGMENTS
from samestory.validation.codes import score_codes
from samestory.validation.corpora.location import CHECKOUT, corpus_path
from samestory.validation.gold import AGENCY, MENTIONS
from samestory.validation.own import NEWS_CLUSTER
from samestory.validation.spans import Score, score_counts

FOLDER = CHECKOUT / "data" / "gold"
REFERENCE = "adjudicated"
Heads = dict[tuple[str, int], pd.Series]  # a text's hash and where a head word starts -> its label


def score_naming(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """``referents.attacker`` and ``referents.attack``: F1 of the labels of one referent, on events of violence.

    The engine's referent is the one that holds most of gold's labels. Gold in segments that do not count is left out.
    """
    gold = _read(FOLDER / MENTIONS)
    for part, rows in gold.groupby("part"):
        articles = _articles(shared, set(rows.text_sha256))
        events = {article.event for article in articles}
        found = annotate([a for a in read(corpus_path(shared, "corpora", NEWS_CLUSTER)).articles if a.event in events])
        hashes = dict(zip(found.articles.article_id, found.articles.text_sha256, strict=True))
        event_of = dict(zip(found.articles.text_sha256, found.articles.event, strict=True))
        own = rows[_counted(rows, found, hashes)]
        heads = _heads_of(found, hashes, own)
        for referent, marked in own.groupby("referent"):
            counts = [
                _count(heads, marked, {h for h, e in event_of.items() if e == event and h in set(rows.text_sha256)})
                for event in sorted(events, key=str)
            ]
            by_text = [row for event_counts in counts for row in event_counts][:limit]
            yield score_counts(by_text, "f1", measure=f"referents.{referent}", corpus=NEWS_CLUSTER, part=str(part),
                               seed=seed)  # fmt: skip


def score_agency(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """``framing.labels.agency`` and ``framing.labels.passive_without_agent`` of labels of actors drawn at random."""
    from samestory.framing import find_labels
    from samestory.segments import segment

    gold = _read(FOLDER / AGENCY)
    gold = gold[gold.actor == "yes"]
    for part, rows in gold.groupby("part"):
        pairs: dict[str, dict[str, list[tuple[str, str]]]] = {"agency": {}, "passive_without_agent": {}}
        for article in _articles(shared, set(rows.text_sha256))[:limit]:
            document = Document(article.article_id, article.text, segment(article))
            heads = {_head(document, row.start, row.end): row for row in find_labels(document).itertuples()}
            marked = rows[rows.text_sha256 == article.text_sha256]
            shared_rows = [(one, heads[one.start]) for one in marked.itertuples() if one.start in heads]
            for field, by_text in pairs.items():
                by_text[article.text_sha256] = [
                    (str(getattr(one, field)).lower(), str(getattr(other, field)).lower()) for one, other in shared_rows
                ]
        for field, by_text in pairs.items():
            yield from score_codes(by_text, measure=f"framing.labels.{field}", corpus=NEWS_CLUSTER, part=str(part),
                                   seed=seed)  # fmt: skip


def _read(path: Path) -> pd.DataFrame:
    rows = pd.read_csv(path, dtype={"text_sha256": "string"})
    return rows[rows.coder == REFERENCE]


def _articles(shared: Path | None, hashes: set[str]) -> list[Article]:
    every = read(corpus_path(shared, "corpora", NEWS_CLUSTER)).articles
    found = [article for article in every if article.text_sha256 in hashes]
    if missing := hashes - {article.text_sha256 for article in found}:
        raise ValueError(f"{len(missing)} coded articles are not in {NEWS_CLUSTER}, {min(missing)[:12]} first")
    return sorted(found, key=lambda article: article.text_sha256)


def _head(document: Document, start: int, end: int) -> int:
    token = head_of(document.parse, start, end)
    return start if token is None else token.start


def _counted(rows: pd.DataFrame, found: Annotations, hashes: dict[str, str]) -> list[bool]:
    counted = found.segments[found.segments.segment.isin(COUNTED_SEGMENTS)]
    spans: dict[str, list[tuple[int, int]]] = {}
    for row in counted.itertuples():
        spans.setdefault(hashes[row.article_id], []).append((row.start, row.end))
    return [
        any(start <= at < end for start, end in spans.get(text, ()))
        for text, at in zip(rows.text_sha256, rows.start, strict=True)
    ]


def _heads_of(found: Annotations, hashes: dict[str, str], marked: pd.DataFrame) -> dict[tuple[str, int], str | None]:
    """The referent of each label by the place of its head; a head inside a marked word stands at that word's start."""
    texts = dict(zip(found.texts.article_id, found.texts.text, strict=True))
    at: dict[tuple[str, int], str | None] = {}
    for article_id, labels in found.labels.groupby("article_id"):
        text = hashes[str(article_id)]
        own = marked[marked.text_sha256 == text]
        segments = found.segments[found.segments.article_id == article_id]
        document = Document(str(article_id), texts[article_id], segments)
        for row in labels.itertuples():
            head = _head(document, row.start, row.end)
            inside = own.start[(own.start <= head) & (head < own.end)]
            place = int(inside.iloc[0]) if len(inside) else head
            at[text, place] = None if pd.isna(row.referent_id) else str(row.referent_id)
    return at


def _count(
    heads: dict[tuple[str, int], str | None], marked: pd.DataFrame, texts: set[str]
) -> Sequence[tuple[int, int, int, int]]:
    """Counts of each text of one event: right, found, recalled, gold."""
    gold = {(t, s) for t, s in zip(marked.text_sha256, marked.start, strict=True) if t in texts}
    named = Counter(heads[place] for place in sorted(gold) if heads.get(place) is not None)
    best = max(named, key=lambda referent: (named[referent], referent), default=None)
    ours = {place for place, referent in heads.items() if referent == best and best is not None and place[0] in texts}
    rows = []
    for text in sorted(texts):
        theirs, here = {p for p in gold if p[0] == text}, {p for p in ours if p[0] == text}
        right = len(theirs & here)
        rows.append((right, len(here), right, len(theirs)))
    return rows
