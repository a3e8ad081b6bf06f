"""The policy frames of Boydstun et al. (2014): how likely each is in a text, and how much each sentence speaks for it.

Two things are read of a text: the mean of the vectors of its word pieces, which says what it is about, and how often
it holds words that the codebook's definition of the frame names. Both are sums over words, so that a decision can be
followed back to sentences. How the weights were learnt and what they reach stands in ``policy_frames.md``.
"""

from __future__ import annotations

import csv
import functools
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.framing.policy_words import POLICY_WORDS
from samestory.language.encoding import load_pieces, load_vectors
from samestory.language.lexicon import fold

WORD = re.compile(r"[a-z]{3,}")
FOLDER = Path(__file__).parent
PER = 1000  # words, to which the occurrences of a frame's words are related
Floats = NDArray[np.float64]


class Measures(NamedTuple):
    """What is read of a text: the mean vector of its word pieces (width), and for each frame the logarithm of one and
    its words' occurrences per 1,000 (frame)."""

    vector: Floats
    rates: Floats


class PolicyModel(NamedTuple):
    """The learnt numbers, by frame in order of ``frames``: the logit is ``offsets + (vector - centre) @ weights +
    rate_weights * rates``; a frame is present where its probability reaches ``thresholds``."""

    frames: tuple[str, ...]
    centre: Floats
    weights: Floats
    rate_weights: Floats
    offsets: Floats
    thresholds: Floats

    def probabilities(self, vectors: Floats, rates: Floats) -> Floats:
        """How likely each frame is in texts: vectors (text, width) and rates (text, frame) to (text, frame)."""
        # einsum adds in one order whatever the number of cores
        about = np.einsum("td,df->tf", vectors - self.centre, self.weights)
        return 1 / (1 + np.exp(-(self.offsets + about + self.rate_weights * rates)))


def count_words(text: str) -> Counter[str]:
    """How often each word of three letters or more stands in a text, in lower case."""
    return Counter(WORD.findall(fold(text)))


def read_measures(counts: Mapping[str, int]) -> Measures:
    """What the model reads of a text's words; zeros where there are none."""
    vectors, sizes = word_vectors(list(counts))
    often = np.array(list(counts.values()), dtype=np.float64)
    pieces = max(float(often @ sizes), 1.0)
    return Measures(np.einsum("w,wd->d", often, vectors) / pieces, _rates(counts))


def word_vectors(words: Sequence[str]) -> tuple[Floats, Floats]:
    """The sum of the vectors of each word's pieces (word, width) and the number of its pieces (word)."""
    numbers, vectors = load_pieces(), load_vectors()
    split = [numbers.split(word) for word in words]
    sizes = np.array([len(pieces) for pieces in split], dtype=np.int64)
    rows = vectors.of(np.fromiter(chain(*split), dtype=np.int64))
    return np.add.reduceat(rows, sizes.cumsum() - sizes, dtype=np.float64), sizes.astype(np.float64)


def _rates(counts: Mapping[str, int]) -> Floats:
    held = [sum(n for word, n in counts.items() if word in words) for words in POLICY_WORDS.values()]
    return np.log1p(PER * np.array(held) / max(sum(counts.values()), 1))


def score_sentences(model: PolicyModel, sentences: Sequence[Mapping[str, int]]) -> tuple[Floats, Floats]:
    """The probability of each frame in the text that the sentences make up (frame), and what each sentence adds to its
    logit (sentence, frame): what its words are about, and its share of the frame's words."""
    counts: Counter[str] = Counter()
    for own in sentences:
        counts.update(own)
    place = {word: n for n, word in enumerate(counts)}
    vectors, sizes = word_vectors(list(counts))
    about = np.einsum("wd,df->wf", vectors - sizes[:, None] * model.centre, model.weights)
    about /= max(sum(often * size for often, size in zip(counts.values(), sizes, strict=True)), 1.0)
    for n, (rate, words) in enumerate(zip(_rates(counts), POLICY_WORDS.values(), strict=True)):
        held = sum(often for word, often in counts.items() if word in words)
        about[[place[word] for word in words & place.keys()], n] += model.rate_weights[n] * rate / max(held, 1)
    added = np.zeros((len(sentences), len(model.frames)))
    for n, own in enumerate(sentences):
        for word, often in own.items():
            added[n] += often * about[place[word]]
    return 1 / (1 + np.exp(-(model.offsets + added.sum(axis=0)))), added


@functools.cache
def load_policy_model() -> PolicyModel:
    """The shipped model, as :mod:`samestory.training.policy_frames` learnt it; its frames are in order of the words."""
    frames = tuple(POLICY_WORDS)
    rows, totals = _read("policy_weights.csv"), {row["frame"]: row for row in _read("policy_thresholds.csv")}
    return PolicyModel(
        frames,
        np.array([float(row["centre"]) for row in rows]),
        np.array([[float(row[frame]) for frame in frames] for row in rows]),
        *(np.array([float(totals[f][name]) for f in frames]) for name in ("rate_weight", "offset", "threshold")),
    )


def _read(name: str) -> list[dict[str, str]]:
    with (FOLDER / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
