"""Shared copy against gold: passages and house edits planted in the specimen, and pairs of articles that were read."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory.articles.record import Article
from samestory.segments import find_reuse, segment
from samestory.segments.reuse.families import find_versions
from samestory.tables import concat
from samestory.validation.corpora.location import CHECKOUT, CorpusAbsentError, find_shared
from samestory.validation.gold import PAIRS
from samestory.validation.spans import Score, Span, score_counts

SPECIMEN = CHECKOUT / "data" / "specimen"
JUDGED = CHECKOUT / "data" / "gold" / PAIRS
NAME, CODER = "specimen", "model coders"
EDITS, REUSE, VERSIONS = "segments.edits", "segments.reuse", "segments.reuse.versions"


class Edit(NamedTuple):
    """An edit or (without ``kind``) a shared passage, told from the file whose name comes first; a side without
    wording has no span in gold and an empty one in tables."""

    source_file: str
    other_source_file: str
    kind: str | None
    span: Span | None
    other_span: Span | None


class Found(NamedTuple):
    """What the engine finds, each once."""

    edits: list[Edit]
    passages: list[Edit]


class Compared(NamedTuple):
    """Pairs of planted and found edits, what was not found, and what was not planted."""

    matched: list[tuple[Edit, Edit]]
    missed: list[Edit]
    false: list[Edit]


def score_shared_copy(seed: int, specimen: Path = SPECIMEN, pairs: Path = JUDGED) -> Iterator[tuple[str, Score]]:
    """Who coded, and the score: of edits and passages planted in the specimen, and of versions found in news_cluster.

    An edit is right where kind and place are those of a planted one: ``overlap`` in any character on each side that
    has wording, ``exact`` in all. Passages are compared by their characters. Of the pairs that were read there is
    precision alone, since they were drawn from those found.
    """
    from samestory.articles import read

    if (specimen / "wire").is_dir():
        found = found_here(read(specimen / "articles").articles)
        edits, passages = planted_edits(specimen / "wire" / "edits.csv"), planted_edits(specimen / "wire" / "reuse.csv")
        for metric in ("overlap", "exact"):
            counts = _edit_counts(found.edits, edits, metric)
            yield CODER, score_counts(counts, metric, measure=EDITS, corpus=NAME, part="development", seed=seed)
        shared = [compare_passages(*group) for group in _by_event(found.passages, passages)]
        counts = [(both, ours, both, theirs) for both, ours, theirs in shared]
        yield (
            CODER,
            score_counts(counts, "character", len(passages), measure=REUSE, corpus=NAME, part="development", seed=seed),
        )
    yield from _judged_pairs(pairs, seed)


def found_here(articles: Sequence[Article]) -> Found:
    """Edits and passages in these articles, event by event, named by file."""
    events: dict[str | None, list[Article]] = defaultdict(list)
    for article in articles:
        events[article.event].append(article)
    found = Found([], [])
    for members in events.values():
        files = {article.article_id: article.source_file for article in members}
        reuse, edits = find_reuse(members, concat("segments", [segment(article) for article in members]))
        for table, into in ((edits, found.edits), (reuse, found.passages)):
            for row in table.to_dict("records"):
                one, other = files[row["article_id"]], files[row["other_article_id"]]
                if one < other:
                    span, other_span = (row["start"], row["end"]), (row["other_start"], row["other_end"])
                    into.append(Edit(one, other, row.get("kind"), span, other_span))
    return found


def planted_edits(path: Path) -> list[Edit]:
    """The gold of a file in ``data/specimen/wire``."""
    rows = pd.read_csv(path, dtype={"start": "Int64", "end": "Int64", "code": "string"})
    units = []
    for (source_file, _), unit in rows.groupby(["source_file", "unit"], sort=False):
        codes = dict(zip(unit.field, unit.code, strict=True))
        spans = {row.field: (int(row.start), int(row.end)) for row in unit.itertuples() if not pd.isna(row.start)}
        units.append(
            Edit(source_file, codes["other_source_file"], codes.get("kind"), spans.get("span"), spans.get("other_span"))
        )
    return units


def compare_edits(found: Sequence[Edit], planted: Sequence[Edit], metric: str = "overlap") -> Compared:
    """Match found edits with planted ones of the same kind and place, one to one."""
    free = list(found)
    matched: list[tuple[Edit, Edit]] = []
    missed = []
    for edit in planted:
        fitting = [one for one in free if _fits(edit, one, metric)]
        if fitting:
            free.remove(fitting[0])
            matched.append((edit, fitting[0]))
        else:
            missed.append(edit)
    return Compared(matched, missed, free)


def compare_passages(found: Iterable[Edit], planted: Iterable[Edit]) -> tuple[int, int, int]:
    """Characters in passages of both, of the found, of the planted; each side of a pair counts."""
    ours, theirs = _characters(found), _characters(planted)
    return len(ours & theirs), len(ours), len(theirs)


def _fits(planted: Edit, found: Edit, metric: str) -> bool:
    if planted[:3] != found[:3]:
        return False
    sides = ((planted.span, found.span), (planted.other_span, found.other_span))
    if metric == "exact":
        return all(gold == own for gold, own in sides if gold is not None)
    return all(own is not None and own[0] < gold[1] and gold[0] < own[1] for gold, own in sides if gold is not None)


def _edit_counts(found: Sequence[Edit], planted: Sequence[Edit], metric: str) -> list[tuple[int, int, int, int]]:
    counts = []
    for own, gold in _by_event(found, planted):
        right = len(compare_edits(own, gold, metric).matched)
        counts.append((right, len(own), right, len(gold)))
    return counts


def _by_event(found: Iterable[Edit], planted: Iterable[Edit]) -> list[tuple[list[Edit], list[Edit]]]:
    groups: dict[str, tuple[list[Edit], list[Edit]]] = defaultdict(lambda: ([], []))
    for n, edits in enumerate((found, planted)):
        for edit in edits:
            groups[edit.source_file.partition("/")[0]][n].append(edit)
    return [groups[event] for event in sorted(groups)]


def _characters(edits: Iterable[Edit]) -> set[tuple[str, str, int]]:
    return {
        (name, partner, place)
        for edit in edits
        for name, partner, span in (
            (edit.source_file, edit.other_source_file, edit.span),
            (edit.other_source_file, edit.source_file, edit.other_span),
        )
        if span is not None
        for place in range(*span)
    }


def _judged_pairs(path: Path, seed: int) -> Iterator[tuple[str, Score]]:
    """Of the pairs that were found to be versions and then read: how many are."""
    from samestory.articles import read

    if not path.is_file():
        return
    judged = pd.read_csv(path, dtype="string")
    try:
        folder = find_shared() / "corpora" / "news_cluster"
    except CorpusAbsentError:
        return
    if not folder.is_dir():
        return
    articles = read(folder).articles
    hashes = {article.article_id: article.text_sha256 for article in articles}
    segments = concat("segments", [segment(article) for article in articles])
    versions = find_versions(*find_reuse(articles, segments), segments)
    found = {frozenset((hashes[one], hashes[other])) for one, other in versions}
    counts = []
    for row in judged.itertuples():
        own = frozenset((row.text_sha256, row.other_text_sha256)) in found
        true = row.judgement == "same copy"
        counts.append((int(own and true), int(own), 0, 0))
    score = score_counts(
        counts,
        "pairs",
        sum(own for _, own, _, _ in counts),
        measure=VERSIONS,
        corpus="news_cluster",
        part="all",
        seed=seed,
    )
    yield CODER, score._replace(recall=None, score=score.precision, low=None, high=None)
