"""Events on corpora whose makers have grouped the articles: how well proposed events agree with theirs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from math import comb, nan
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from samestory.articles import Article, read
from samestory.articles.events.proposing import Grouping, propose_events
from samestory.validation.corpora.location import corpus_path
from samestory.validation.gold import read_split
from samestory.validation.own import BASIL, EVENT_NAME, FOLDERS, NEWS_CLUSTER
from samestory.validation.spans import Score, defined, document_interval

MEASURE = "events"
PARTS = ("development", "test")


def event_articles(corpus: str, shared: Path | None = None, part: str = "test") -> list[Article]:
    """The articles of one part of a corpus, each with its event.

    Of BASIL (Fan et al. 2019) the odd-numbered events serve development; news_cluster follows the project's split.
    """
    if corpus == BASIL:
        articles = read(corpus_path(shared, "corpora", BASIL, "articles.jsonl")).articles
        return [a for a in articles if PARTS[int((a.event or "0")[-1]) % 2 == 0] == part]
    split = read_split(FOLDERS[0])
    chosen = set(split.event[(split.corpus == corpus) & (split.part == part)])
    return [a for a in read(corpus_path(shared, "corpora", corpus)).articles if (a.event or "")[:EVENT_NAME] in chosen]


def score_events(
    shared: Path | None,
    limit: int | None,
    seed: int,
    corpus: str = NEWS_CLUSTER,
    part: str = "test",
    grouping: Grouping | None = None,
) -> Iterator[Score]:
    """B-cubed and adjusted Rand index of events proposed for the articles of a corpus, with and without their times."""
    articles = event_articles(corpus, shared, part)[:limit]
    gold = {article.article_id: str(article.event) for article in articles}
    bare = [replace(article, event=None) for article in articles]
    for measure, given in (
        (MEASURE, bare),
        (f"{MEASURE}.untimed", [replace(a, published=None, published_precision="unknown") for a in bare]),
    ):
        table = propose_events(given, grouping)
        found = dict(zip(table.article_id, table.event.fillna(table.article_id), strict=True))
        yield from score_grouping(gold, found, measure=measure, corpus=corpus, part=part, seed=seed)


def score_grouping(
    gold: Mapping[str, str], found: Mapping[str, str], *, measure: str, corpus: str, part: str, seed: int = 0
) -> Iterator[Score]:
    """Agreement of two groupings of the same articles, each a map of article to event.

    ``b_cubed``: precision and recall are means over articles of how much of its found event an article shares, and of
    its own (Bagga & Baldwin 1998); the interval of F1 is over events drawn anew. ``ari``: adjusted Rand index (Hubert &
    Arabie 1985), without an interval: drawing events anew would make pairs of articles that are none.
    """
    names = sorted(gold)
    both = Counter((gold[name], found[name]) for name in names)
    theirs, ours = Counter(gold[name] for name in names), Counter(found[name] for name in names)
    place = {event: n for n, event in enumerate(sorted(theirs))}
    sums = np.zeros((len(place), 3))
    for (event, group), n in both.items():
        sums[place[event]] += (n * n / ours[group], n * n / theirs[event], n)
    total = sums.sum(axis=0)
    low, high = document_interval(sums, _f1, seed=seed)
    common = (measure, corpus, part, len(names), len(place))
    yield Score(*common, "b_cubed", defined(total[0] / total[2]), defined(total[1] / total[2]),
                defined(_f1(total)), low, high)  # fmt: skip
    index = _adjusted_rand(list(both.values()), list(theirs.values()), list(ours.values()))
    yield Score(*common, "ari", None, None, defined(index), None, None)


def _f1(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    precision, recall = sums[..., 0] / sums[..., 2], sums[..., 1] / sums[..., 2]
    return 2 * precision * recall / (precision + recall)


def _adjusted_rand(both: Sequence[int], gold: Sequence[int], found: Sequence[int]) -> float:
    pairs, ours, theirs = (sum(comb(n, 2) for n in sizes) for sizes in (both, found, gold))
    chance = ours * theirs / max(1, comb(sum(gold), 2))
    most = (ours + theirs) / 2
    return (pairs - chance) / (most - chance) if most != chance else (1.0 if pairs == most else nan)
