"""Own gold that marks head words: what names two referents of an event, and who acts (``data/gold/README.md``)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from samestory.articles import Article, read
from samestory.document import Document
from samestory.framing import find_labels
from samestory.language.phrases import head_of
from samestory.referents import resolve
from samestory.segments import segment
from samestory.tables import COUNTED_SEGMENTS, concat, frame
from samestory.validation.codes import score_codes
from samestory.validation.corpora.location import CHECKOUT, corpus_path
from samestory.validation.gold import AGENCY, MENTIONS
from samestory.validation.own import NEWS_CLUSTER
from samestory.validation.spans import Score, score_counts

FOLDER = CHECKOUT / "data" / "gold"
REFERENCE = "adjudicated"
Place = tuple[str, int]  # a text's hash, and where a head word starts


def score_naming(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """``referents.attacker`` and ``referents.attack``: F1 of the labels of one referent, on events of violence.

    The engine's referent is the one that holds most of gold's labels. Gold in segments that do not count is left out.
    ``limit`` bounds the articles of a part.
    """
    for part, rows in _read(FOLDER / MENTIONS).groupby("part"):
        counts: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
        events: dict[str, list[Document]] = defaultdict(list)
        for article in _articles(shared, set(rows.text_sha256))[:limit]:
            events[str(article.event)].append(_document(article))
        for event, documents in events.items():
            marks = {d.article_id: _marks(rows[rows.text_sha256 == d.article_id], d) for d in documents}
            heads = _heads(event, documents, marks)
            for referent in sorted(set(rows.referent)):
                counts[referent] += _count(heads, {name: own.get(referent, {}) for name, own in marks.items()})
        for referent, own in counts.items():
            yield score_counts(own, "f1", measure=f"referents.{referent}", corpus=NEWS_CLUSTER, part=str(part),
                               seed=seed)  # fmt: skip


def score_agency(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """``framing.labels.agency`` and ``framing.labels.passive_without_agent`` of labels of actors drawn at random."""
    gold = _read(FOLDER / AGENCY)
    gold = gold[gold.actor == "yes"]
    for part, rows in gold.groupby("part"):
        pairs: dict[str, dict[str, list[tuple[str, str]]]] = {"agency": {}, "passive_without_agent": {}}
        for article in _articles(shared, set(rows.text_sha256))[:limit]:
            document = _document(article)
            heads = {_head(document, row.start, row.end): row for row in find_labels(document).itertuples()}
            marked = rows[rows.text_sha256 == article.text_sha256]
            both = [(one, heads[one.start]) for one in marked.itertuples() if one.start in heads]
            for field, by_text in pairs.items():
                by_text[article.text_sha256] = [
                    (str(getattr(one, field)).lower(), str(getattr(other, field)).lower()) for one, other in both
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


def _document(article: Article) -> Document:
    """The article with its segments, known by its hash."""
    return Document(article.text_sha256, article.text, segment(article))


def _head(document: Document, start: int, end: int) -> int:
    token = head_of(document.parse, start, end)
    return start if token is None else token.start


def _marks(rows: pd.DataFrame, document: Document) -> dict[str, dict[int, int]]:
    """For each referent the marked words of an article that count: start and end."""
    found: dict[str, dict[int, int]] = defaultdict(dict)
    for row in rows.itertuples():
        if document.segment_at(int(row.start)) in COUNTED_SEGMENTS:
            found[str(row.referent)][int(row.start)] = int(row.end)
    return found


def _heads(
    event: str, documents: Sequence[Document], marks: Mapping[str, Mapping[str, Mapping[int, int]]]
) -> dict[Place, str]:
    """The referent of each label by the place of its head; a head inside a marked word stands at that word's start."""
    labels = concat("labels", [find_labels(document) for document in documents])
    resolved = resolve(event, documents, labels, frame("sources")).labels.dropna(subset="referent_id")
    by_name = {document.article_id: document for document in documents}
    found: dict[Place, str] = {}
    for row in resolved.itertuples():
        head = _head(by_name[row.article_id], row.start, row.end)
        words = [pair for own in marks[row.article_id].values() for pair in own.items()]
        found[row.article_id, next((s for s, e in words if s <= head < e), head)] = str(row.referent_id)
    return found


def _count(heads: Mapping[Place, str], marks: Mapping[str, Mapping[int, int]]) -> list[tuple[int, int, int, int]]:
    """Counts of each text of one event: right, found, recalled, gold."""
    gold = {(name, start) for name, own in marks.items() for start in own}
    named = Counter(heads[place] for place in sorted(gold) if place in heads)
    best = max(named, key=lambda referent: (named[referent], referent), default=None)
    ours = {place for place, referent in heads.items() if referent == best}
    rows = []
    for name in sorted(marks):
        theirs, here = {p for p in gold if p[0] == name}, {p for p in ours if p[0] == name}
        rows.append((len(theirs & here), len(here), len(theirs & here), len(theirs)))
    return rows
