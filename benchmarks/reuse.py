"""Shared copy in 10,000 generated articles: what is found, and what it costs beside annotating the same articles.

One article in twenty is a near-duplicate of another: lightly edited, cut to 40 %, or printed inside a longer text.
Prints recall and precision of the pairs, seconds as a ratio in one run, and peak memory at three sizes.
"""

from __future__ import annotations

import random
import time
import tracemalloc
from itertools import accumulate
from typing import Any, NamedTuple

import pandas as pd

from samestory.articles.record import Article
from samestory.segments import find_reuse
from samestory.segments.reuse.families import find_families
from samestory.tables import frame

SEED = 20160718
SIZES = (2_500, 5_000, 10_000)
NEAR_DUPLICATES = 0.05
KINDS = ("edited", "cut", "embedded")
VOCABULARY = 30_000
WORDS = (200, 600)
SENTENCE = (8, 25)
CHANGED = 0.06  # of the words of a light edit
KEPT = 0.4
SAMPLE = 20  # articles that are annotated to know what annotating takes
SYLLABLES = [c + v + e for c in "bdfgklmnprstvz" for v in "aeiou" for e in ("", "n", "r", "s")]


class Batch(NamedTuple):
    """Generated articles, their segments, and which pairs share copy (by kind)."""

    articles: list[Article]
    segments: pd.DataFrame
    pairs: dict[frozenset[str], str]


class Writer:
    """Writes sentences of invented words that are as frequent as words are (Zipf)."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self.words = ["".join(self.random.choices(SYLLABLES, k=self.random.randint(1, 3))) for _ in range(VOCABULARY)]
        self.weights = list(accumulate(1 / rank for rank in range(1, VOCABULARY + 1)))

    def sentences(self, words: int) -> list[list[str]]:
        """Sentences of so many words in all."""
        found: list[list[str]] = []
        while words > 0:
            length = min(words, self.random.randint(*SENTENCE))
            found.append(self.random.choices(self.words, cum_weights=self.weights, k=length))
            words -= length
        return found

    def near_duplicate(self, story: list[list[str]], kind: str) -> list[list[str]]:
        """The story as another outlet prints it."""
        if kind == "cut":
            return story[: max(1, round(KEPT * len(story)))]
        if kind == "embedded":
            own = self.sentences(self.random.randint(*WORDS))
            at = self.random.randint(0, len(own))
            return own[:at] + story + own[at:]
        return [sentence for sentence in map(self._edited, story) if sentence]

    def _edited(self, sentence: list[str]) -> list[str]:
        edited = []
        for word in sentence:
            if self.random.random() >= CHANGED:
                edited.append(word)
            elif self.random.random() < 0.5:
                edited += self.random.choices(self.words, cum_weights=self.weights, k=self.random.randint(1, 2))
        return edited


def generate(size: int, seed: int) -> Batch:
    """So many articles, near-duplicates included, in random order of ids."""
    writer = Writer(seed)
    duplicates = round(NEAR_DUPLICATES * size)
    stories = [writer.sentences(writer.random.randint(*WORDS)) for _ in range(size - duplicates)]
    copied = writer.random.sample(range(len(stories)), duplicates)
    kinds = [KINDS[n % len(KINDS)] for n in range(duplicates)]
    stories += [writer.near_duplicate(stories[at], kind) for at, kind in zip(copied, kinds, strict=True)]
    ids = [f"{n:012x}" for n in writer.random.sample(range(16**12), size)]
    pairs = {
        frozenset((ids[at], ids[size - duplicates + n])): kind
        for n, (at, kind) in enumerate(zip(copied, kinds, strict=True))
    }
    articles = [_article(name, story) for name, story in zip(ids, stories, strict=True)]
    rows = [
        {"article_id": a.article_id, "start": 0, "end": len(a.text), "segment": "body", "rule": "generated"}
        for a in articles
    ]
    return Batch(articles, frame("segments", rows), pairs)


def _article(name: str, story: list[list[str]]) -> Article:
    lines = [" ".join(" ".join(s).capitalize() + "." for s in story[n : n + 2]) for n in range(0, len(story), 2)]
    return Article(name, f"{name[:4]}.example", "\n\n".join(lines), f"{name}.txt", "text")


def measure(size: int, seed: int) -> dict[str, Any]:
    """One run: seconds, and the counts of pairs that were found and that share copy."""
    batch = generate(size, seed)
    started = time.perf_counter()
    reuse, edits = find_reuse(batch.articles, batch.segments)
    seconds = time.perf_counter() - started
    found = {frozenset(pair) for pair in zip(reuse.article_id, reuse.other_article_id, strict=True)}
    families = find_families(reuse, edits, _table(batch.articles), batch.segments)
    members = families.groupby("family").article_id.agg(frozenset)
    by_kind = {
        kind: [sum(pair in found for pair, own in batch.pairs.items() if own == kind),
               sum(own == kind for own in batch.pairs.values())]
        for kind in KINDS
    }  # fmt: skip
    return {
        "seconds": seconds, "found": len(found),
        "right": len(found & set(batch.pairs)), "true": len(batch.pairs),
        "families": len(members), "right families": len(set(members) & set(batch.pairs)), "kinds": by_kind,
    }  # fmt: skip


def memory(size: int, seed: int) -> float:
    """The most MiB that finding holds at a time, the articles not counted."""
    batch = generate(size, seed)
    tracemalloc.start()
    find_reuse(batch.articles, batch.segments)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return peak / (1 << 20)


def _table(articles: list[Article]) -> pd.DataFrame:
    counts = {"n_chars": 0, "n_words": 0, "n_body_words": 0}
    return frame(
        "articles",
        [
            {"article_id": a.article_id, "outlet": a.outlet, "published_precision": "unknown", "format": a.format,
             "source_file": a.source_file, "text_sha256": a.text_sha256, **counts}
            for a in articles
        ],
    )  # fmt: skip


def annotating(size: int, seed: int) -> float:
    """Seconds that annotating so many of these articles takes, from a sample."""
    from samestory.annotation import annotate

    articles = generate(10 * SAMPLE, seed).articles
    annotate(articles[:1])  # loads the model
    started = time.perf_counter()
    annotate(articles[1 : 1 + SAMPLE])
    return (time.perf_counter() - started) / SAMPLE * size


def main() -> None:
    """Print what was found, what it took, and how memory grows."""
    largest = SIZES[-1]
    run = measure(largest, SEED)
    print(f"reuse in {largest} articles: recall {run['right'] / run['true']:.3f} ({run['right']}/{run['true']}), "
          f"precision {run['right'] / run['found']:.3f} ({run['right']}/{run['found']})")  # fmt: skip
    print("  recall by kind: " + ", ".join(f"{kind} {got}/{of}" for kind, (got, of) in run["kinds"].items()))
    print(f"  families: {run['right families']} of {run['families']} are the pairs that share copy")
    seconds = annotating(largest, SEED)
    print(f"  time: {run['seconds'] / seconds:.4f} of annotating them ({run['seconds']:.0f} s, {seconds:.0f} s)")
    for size in SIZES:
        peak = memory(size, SEED)
        print(f"  {size} articles: {peak:.0f} MiB at the peak, {1024 * peak / size:.1f} KiB an article")


if __name__ == "__main__":
    main()
