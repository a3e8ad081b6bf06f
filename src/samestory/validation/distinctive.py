"""The null experiment of distinctive words: one outlet against itself, where every word that is called is a mistake."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from samestory.articles import Article, read
from samestory.framing.distinctive import ALPHA, STANDS_OUT, find_distinctive
from samestory.framing.house_style import name_pattern, read_words
from samestory.framing.word_counts import OutletText, Unit, count_texts, count_units
from samestory.statistics.intervals import t_interval
from samestory.validation.corpora.location import corpus_path
from samestory.validation.own import BASIL
from samestory.validation.spans import Score

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MEASURE = "framing.distinctive"
HALVES, PAIRS = "BASIL (random halves)", "BASIL (outlets)"
DRAWS = 499
# How one outlet is split into two: its events paired at random, or the sentences of each article dealt to two sides,
# evenly or so that one side has a fifth (real outlets differ in length, and rare words then look like the longer's).
EVENTS, SENTENCES, FIFTH = "events paired at random", "sentences dealt at random", "sentences dealt one to four"
SHARES = {EVENTS: 0.5, SENTENCES: 0.5, FIFTH: 0.2}
SPLITS = {EVENTS: 50, SENTENCES: 50, FIFTH: 20}
# What readers of BASIL know its outlets by, as a study's settings would say.
NAMES = {
    "nyt": ("The New York Times", "New York Times", "The Times", "nytimes.com"),
    "fox": ("Fox News Channel", "Fox News", "foxnews.com"),
    "hpo": ("The Huffington Post", "Huffington Post", "HuffPost", "huffingtonpost.com"),
}
_SENTENCE_END = re.compile(r"[.!?][\"”’)]*\s+|\n+")


class Copy(NamedTuple):
    """An outlet's articles: of each the words of its sentences, as numbers in ``vocabulary``."""

    articles: list[list[NDArray[np.int64]]]
    vocabulary: list[str]


def score_halves(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """One outlet of BASIL (Fan et al. 2019) split in two at random, 50 times in each of three ways.

    ``share_below_.05``: tests with p below .05 among all tests; ``words_called``: words that the test calls distinctive
    once corrected; ``words_called_log_odds``: words with log-odds beyond 1.96, which is the field's standard. Each is
    the mean over splits with its Monte Carlo interval. ``limit`` bounds the articles of an outlet.
    """
    articles = _articles(shared)
    for outlet in NAMES:
        copy = read_copy([article.text for article in articles if article.outlet == outlet][:limit])
        for kind, n in SPLITS.items():
            found = np.array([_split_counts(split) for split in splits(copy, kind, n, seed)])
            for column, metric in enumerate(("share_below_.05", "words_called", "words_called_log_odds")):
                mean, low, high = t_interval(found[:, column])
                yield Score(MEASURE, HALVES, f"{outlet}, {kind}", len(copy.articles), n, metric, None, None,
                            mean, max(0.0, low), high, "no difference is there to be found")  # fmt: skip


def score_pairs(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """The words that survive between the outlets of BASIL, in pairs and each against both others; no gold says more."""
    articles = _articles(shared)
    for chosen in (*combinations(sorted(NAMES), 2), tuple(sorted(NAMES))):
        events = sorted({article.event for article in articles if article.event})[:limit]
        texts = [
            OutletText(a.event, a.outlet, a.text) for a in articles if a.outlet in chosen and a.event in set(events)
        ]
        table = find_distinctive(count_texts(texts, masks=NAMES), seed=seed)
        own = table[table.outlet == chosen[0]] if len(chosen) == 2 else table
        for metric, called in (
            ("words_called", own[own.q < ALPHA]),
            ("words_called_log_odds", own[own.z.abs() > STANDS_OUT]),
        ):
            words = listed(called, chosen) if metric == "words_called" else None
            yield Score(MEASURE, PAIRS, " and ".join(chosen), len(texts), int(own.q.notna().sum()), metric,
                        None, None, float(len(called)), None, None, words)  # fmt: skip


def listed(called: pd.DataFrame, outlets: Sequence[str]) -> str:
    """The words called, by outlet: how many more (or, with a minus, fewer) of 1,000 words each makes up."""
    if called.empty:
        return "no word is called"
    parts = []
    for outlet, own in called.sort_values("q", kind="stable").groupby("outlet", sort=True):
        words = [f"{row.word} {row.difference:+.1f} [{row.low:+.1f}, {row.high:+.1f}]" for row in own.itertuples()]
        parts.append(f"{outlet}: {', '.join(words)}")
    against = f" (against {outlets[1]})" if len(outlets) == 2 else " (against both others)"
    return "uses per 1,000 words, " + "; ".join(parts) + against


def read_copy(texts: Sequence[str]) -> Copy:
    """Read the words of texts, sentence by sentence."""
    pattern = name_pattern(NAMES, NAMES)
    number: dict[str, int] = {}
    articles = []
    for text in texts:
        ends = [match.end() for match in _SENTENCE_END.finditer(text)]
        sentences: list[list[int]] = [[] for _ in range(len(ends) + 1)]
        for word in read_words(text, pattern).words:
            sentences[bisect_right(ends, word.start)].append(number.setdefault(word.word, len(number)))
        articles.append([np.array(sentence) for sentence in sentences if sentence])
    return Copy(articles, list(number))


def splits(copy: Copy, kind: str, n: int, seed: int) -> Iterator[pd.DataFrame]:
    """Tables of distinctive words of one side of so many random splits."""
    random = np.random.default_rng(seed)
    for split in range(n):
        units = _pair_events(copy, random) if kind == EVENTS else _deal_sentences(copy, SHARES[kind], random)
        table = find_distinctive(count_units(units, copy.vocabulary), seed=seed + split, draws=DRAWS)
        yield table[table.outlet == "one"]


def _pair_events(copy: Copy, random: np.random.Generator) -> list[Unit]:
    order = random.permutation(len(copy.articles))
    half = len(order) // 2
    whole = [np.concatenate(copy.articles[n]) for n in order]
    return [Unit(f"e{n}", side, whole[n + shift]) for n in range(half) for side, shift in (("one", 0), ("other", half))]


def _deal_sentences(copy: Copy, share: float, random: np.random.Generator) -> list[Unit]:
    units = []
    for n, sentences in enumerate(copy.articles):
        chosen = random.random(len(sentences)) < share
        for side, wanted in (("one", True), ("other", False)):
            own = [sentence for sentence, here in zip(sentences, chosen, strict=True) if here == wanted]
            if own:
                units.append(Unit(f"e{n}", side, np.concatenate(own)))
    return units


def _split_counts(table: pd.DataFrame) -> tuple[float, int, int]:
    tested = table.p.dropna()
    below = float((tested < ALPHA).mean()) if len(tested) else 0.0
    return below, int((table.q < ALPHA).sum()), int((table.z.abs() > STANDS_OUT).sum())


def _articles(shared: Path | None) -> list[Article]:
    return list(read(corpus_path(shared, "corpora", BASIL, "articles.jsonl")).articles)
