"""The network that reads each sentence for certainty: tags of its tokens, and how sure the whole is.

A small transformer encoder (MiniLM-L6; Wang et al. 2020), fine-tuned, that is told what the rules find: each word piece
carries the tag that they give its token. What it says is weighed with what they say. Weights are kept in few bits and
multiplied as integers. Sentences of one article are computed together, so that nothing hangs on what else is read.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.language import Parse
from samestory.language.encoding import (
    CLS,
    SEP,
    Integers,
    Pieces,
    Vectors,
    batches,
    has_weights,
    hide_padding,
    load_network,
    load_pieces,
    load_vectors,
    log_probabilities,
    pad,
    read_tables,
)
from samestory.tables import CERTAINTY_TYPES

NETWORK, TABLES = "certainty.onnx.xz", "certainty.json"
TAGS = ("O", *(f"{place}-{kind}" for kind in CERTAINTY_TYPES for place in "BI"))
LONGEST = 300  # word pieces of a sentence that are read: a longer one is a list
RULED = tuple(kind for kind in CERTAINTY_TYPES if kind not in ("hedge", "booster"))
LEFT = [n for n, tag in enumerate(TAGS) if tag[2:] in RULED]
VOTE = 1.0  # what the rules' tag of a token adds to its log probability
NEVER, SURE = -1e3, 1e3
Typed = tuple[int, int, str]  # first and last token, and the type
Tagged = tuple[Sequence[str], Sequence[str]]  # tokens of a sentence, and the tag that the rules give each


class Inputs(NamedTuple):
    """What is read of a sentence: ``pieces`` (P), the first piece of each token ``firsts`` (T), ``flags`` (P): the
    number of the tag that the rules give a piece's token."""

    pieces: Integers
    firsts: Integers
    flags: Integers


class Reading(NamedTuple):
    """Log probabilities of the tags of each token (T, tag), and how sure the sentence is, from 1 to 6."""

    tags: NDArray[np.float64]
    rating: float


@dataclass(frozen=True)
class Model:
    """The network, what it reads, and the scale of the ratings that it was trained on."""

    network: Any
    pieces: Pieces
    vectors: Vectors
    mean: float
    deviation: float

    def read(self, sentences: Sequence[Tagged]) -> list[Reading]:
        """Read an article's sentences, their tokens tagged by the rules; those of like length are computed together."""
        inputs = [encode(tokens, ruled, self.pieces) for tokens, ruled in sentences]
        found: dict[int, Reading] = {}
        for batch in batches([len(own.pieces) for own in inputs]):
            some = [inputs[n] for n in batch]
            given = {
                "vectors": self.vectors.of(pad([own.pieces for own in some])),
                "flags": pad([own.flags for own in some]),
                "firsts": pad([own.firsts for own in some]),
                "mask": hide_padding([len(own.pieces) for own in some]),
            }
            emissions, ratings = self.network.run(None, given)
            for n, own, scores, rating in zip(batch, some, emissions.astype(np.float64), ratings, strict=True):
                tags = log_probabilities(scores[: len(own.firsts)])
                found[n] = Reading(tags, self.mean + self.deviation * float(rating))
        return [found[n] for n in range(len(inputs))]


@functools.cache
def load_model() -> Model | None:
    """The shipped network, or None where it is not installed: the rules then stand alone."""
    if not has_weights(__name__, NETWORK, TABLES):
        return None
    tables = read_tables(__name__, TABLES)
    return Model(load_network(__name__, NETWORK), load_pieces(), load_vectors(), **tables)


def encode(tokens: Sequence[str], ruled: Sequence[str], pieces: Pieces) -> Inputs:
    """Tokens and the rules' tags as numbers; what is beyond the longest sentence falls on its last piece."""
    numbers, flags, firsts = [pieces.numbers[CLS]], [0], []
    for token, tag in zip(tokens, ruled, strict=True):
        parts = pieces.split(token)
        firsts.append(min(len(numbers), LONGEST - 1))
        numbers += parts
        flags += [TAGS.index(tag)] * len(parts)
    numbers, flags = [*numbers[: LONGEST - 1], pieces.numbers[SEP]], [*flags[: LONGEST - 1], 0]
    return Inputs(
        *(np.array(part, dtype=np.int64) for part in (numbers, [min(f, len(numbers) - 1) for f in firsts], flags))
    )


def tags_of(parse: Parse, spans: Sequence[tuple[int, int, str]]) -> list[str]:
    """One tag for each token of the parse from spans of characters with their types."""
    tags = ["O"] * len(parse.tokens)
    for start, end, kind in spans:
        for n, token in enumerate(parse.tokens_in(start, end)):
            tags[token.i] = ("I-" if n else "B-") + kind
    return tags


def weigh(scores: NDArray[np.float64], ruled: Sequence[str]) -> NDArray[np.float64]:
    """Scores with the rules' say: a vote for hedges and boosters, the last word for every other type.

    Of those the words are few and the rules know them, while the corpora that the network has learnt most from define
    inquiry and conditional otherwise than the codebook.
    """
    weighed = scores.copy()
    weighed[:, LEFT] = NEVER
    for row, tag in zip(weighed, ruled, strict=True):
        row[TAGS.index(tag)] = SURE if tag[2:] in RULED else row[TAGS.index(tag)] + VOTE
    return weighed


def decode(scores: NDArray[np.float64]) -> Iterator[Typed]:
    """The likeliest tags as cues."""
    open_cue: Typed | None = None
    for n, best in enumerate(scores.argmax(axis=1).tolist()):
        place, _, kind = TAGS[best].partition("-")
        if open_cue is not None and place == "I" and kind == open_cue[2]:
            open_cue = (open_cue[0], n, kind)
            continue
        if open_cue is not None:
            yield open_cue
        open_cue = None if place == "O" else (n, n, kind)
    if open_cue is not None:
        yield open_cue
