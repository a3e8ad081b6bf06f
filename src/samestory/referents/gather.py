"""Labels that are known to name a chosen few: those that stand alone join the referent whose words are most alike.

The idea is target concept analysis (Hamborg, Zhukova & Gipp 2019): what a coder chose to mark belongs together more
often than what happens to stand in a text, so that "the salacious allegations" may be the dossier named elsewhere.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from samestory.language.encoding import load_pieces, load_vectors
from samestory.referents.keys import Key
from samestory.referents.mentions import Mention

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from samestory.language import Parse

CONTENT = ("NOUN", "PROPN", "VERB", "ADJ", "NUM")
SHARE, FEWEST = 0.01, 3  # of all labels, and labels at least, that a referent has which others may join
HEAD_WEIGHT = 2.0


def gather(
    parses: Sequence[Parse], articles: Sequence[Sequence[Mention]], keys: Sequence[Sequence[Key | None]]
) -> list[list[Key | None]]:
    """The keys with those of few labels replaced by the most similar of many labels.

    Two referents are alike by the cosine of the vectors of their words: each the mean of its word pieces, weighed by
    how few labels hold the word, the heads of labels twice; the mean of all referents is taken away.
    """
    words: dict[Key, list[list[str]]] = {}
    for parse, mentions, found in zip(parses, articles, keys, strict=True):
        for mention, key in zip(mentions, found, strict=True):
            if key is not None:
                words.setdefault(key, []).append(_words(parse, mention))
    if not words:
        return [list(found) for found in keys]
    vectors = _vectors(words)
    fewest = max(FEWEST, SHARE * sum(len(own) for own in words.values()))
    large = [key for key in words if len(words[key]) >= fewest]
    small = [key for key in words if len(words[key]) < fewest]
    if not large or not small:
        return [list(found) for found in keys]
    near = np.array([vectors[k] for k in small]) @ np.array([vectors[k] for k in large]).T
    joined = {key: large[int(row.argmax())] for key, row in zip(small, near, strict=True)}
    return [[joined.get(key, key) if key is not None else None for key in found] for found in keys]


def _words(parse: Parse, mention: Mention) -> list[str]:
    """The content words of a label, its head as often as it weighs."""
    tokens = [t for t in parse.tokens_in(mention.start, mention.end) if t.pos in CONTENT]
    return [t.lemma.lower() for t in tokens] + [mention.token.lemma.lower()] * int(HEAD_WEIGHT - 1)


def _vectors(words: dict[Key, list[list[str]]]) -> dict[Key, NDArray[np.float64]]:
    spread = Counter(word for labels in words.values() for label in labels for word in set(label))
    total = sum(len(labels) for labels in words.values())
    pieces, table = load_pieces(), load_vectors()
    known = {word: table.of(np.array(pieces.split(word))).mean(axis=0).astype(np.float64) for word in spread}
    weighed = {word: math.log(total / n) * _unit(known[word]) for word, n in spread.items()}
    width = len(next(iter(known.values())))
    sums = {
        key: _unit(sum((weighed[w] for label in labels for w in label), np.zeros(width)))
        for key, labels in words.items()
    }
    middle = np.mean(list(sums.values()), axis=0)
    return {key: _unit(vector - middle) for key, vector in sums.items()}


def _unit(vector: NDArray[np.float64]) -> NDArray[np.float64]:
    return vector / (np.linalg.norm(vector) + 1e-9)
