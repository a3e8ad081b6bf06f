"""The networks as they ship: word pieces and features of one window in, scores of its tokens out.

A window is read twice: a survey marks all attributions together, then a reader is asked about each likely cue alone,
whose pieces are flagged, so that attributions may overlap and nest. Either is two small transformer encoders
(MiniLM-L6; Wang et al. 2020), fine-tuned with seeds of their own. Weights are kept in few bits and multiplied as
integers. Windows of one article are computed together, so that their scores hang on nothing but the article.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

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
    pad,
    read_tables,
)
from samestory.sourcing.tagger.chains import Floats, Tokens, mean, span_probabilities
from samestory.sourcing.tagger.features import FEATURES, ROLES
from samestory.sourcing.tagger.links import Answer
from samestory.sourcing.tagger.windows import Window

SURVEY, READER, TABLES = "survey.onnx.xz", "reader.onnx.xz", "attributions.json"


class Inputs(NamedTuple):
    """What the encoder is given for one window of T tokens, P word pieces and F features.

    ``pieces`` (P), ``firsts``: the first piece of each token (T), ``features``: codes of each token's features, 0 for a
    value that is not known (T, F).
    """

    pieces: Integers
    firsts: Integers
    features: Integers

    def flags(self, cue: Tokens) -> Integers:
        """Which pieces belong to the cue that is asked about (P): 1 there, else 0."""
        flags = np.zeros(len(self.pieces), dtype=np.int64)
        ends = [*self.firsts[1:], len(self.pieces) - 1]
        flags[self.firsts[cue[0]] : ends[cue[1]]] = 1
        return flags


@dataclass(frozen=True)
class Model:
    """The networks, what they read, and what was learnt beside them.

    ``transitions`` (2, role, tag, next tag) are those of the linear chains, in the survey and for one cue;
    ``thresholds`` are probabilities.
    """

    networks: tuple[Any, Any]
    pieces: Pieces
    vectors: Vectors
    features: dict[str, dict[str, int]]
    transitions: Floats
    thresholds: dict[str, float]

    def survey(self, windows: Sequence[Inputs]) -> list[Answer]:
        """The spans of each role in each of an article's windows, of all attributions together."""
        return self._run(0, windows)

    def ask(self, windows: Sequence[Inputs], cues: Sequence[Tokens]) -> list[Answer]:
        """The spans of each role that belong to a cue of its window, for each of an article's ``cues``."""
        return self._run(1, windows, [own.flags(cue) for own, cue in zip(windows, cues, strict=True)])

    def _run(self, network: int, windows: Sequence[Inputs], flags: Sequence[Integers] | None = None) -> list[Answer]:
        """The answers about windows, those of like length computed together."""
        answers: dict[int, Answer] = {}
        for batch in batches([len(own.pieces) for own in windows]):
            some = [windows[n] for n in batch]
            given = {
                "vectors": self.vectors.of(pad([own.pieces for own in some])),
                "firsts": pad([own.firsts for own in some]),
                "features": pad([own.features for own in some]),
                "mask": hide_padding([len(own.pieces) for own in some]),
            }
            if flags is not None:
                given["flags"] = pad([flags[n] for n in batch])
            (scores,) = self.networks[network].run(["emissions"], given)
            emissions = scores.astype(np.float64).reshape(*scores.shape[:2], -1, len(ROLES), 3)
            found = read_answers(emissions, self.transitions[network], [len(own.firsts) for own in some])
            answers |= dict(zip(batch, found, strict=True))
        return [answers[n] for n in range(len(windows))]


def read_answers(emissions: Floats, transitions: Floats, lengths: Sequence[int] | None = None) -> list[Answer]:
    """For each question about a window the spans of each role: the mean over members.

    ``emissions`` (question, T, member, role, tag), ``transitions`` (role, tag, next tag); ``lengths`` are the tokens of
    each question's window, where some have fewer than T.
    """
    questions, length, members, roles, tags = emissions.shape
    chains = emissions.transpose(0, 2, 3, 1, 4).reshape(-1, length, tags)
    each = None if lengths is None else np.repeat(lengths, members * roles).tolist()
    found = span_probabilities(chains, np.tile(transitions, (questions * members, 1, 1)), each)
    at = np.arange(len(found)).reshape(questions, members, roles)
    return [{role: mean([found[n] for n in at[q, :, r]]) for r, role in enumerate(ROLES)} for q in range(questions)]


def encode(
    parse: Parse,
    window: Window,
    pieces: Pieces,
    codes: Mapping[str, Mapping[str, int]],
    features: Sequence[tuple[str, ...]],
) -> Inputs:
    """The integers of one window; ``features`` are the values of all tokens of the parse, ``codes`` their numbers."""
    own, firsts = [pieces.numbers[CLS]], []
    for token in parse.tokens[window.first : window.last]:
        firsts.append(len(own))
        own.extend(pieces.split(token.text))
    own.append(pieces.numbers[SEP])
    told = [
        [codes[name].get(value, 0) for name, value in zip(FEATURES, values, strict=True)]
        for values in features[window.first : window.last]
    ]
    return Inputs(*(np.array(part, dtype=np.int64) for part in (own, firsts, told)))


def has_model() -> bool:
    """Whether the weights and what runs them are installed."""
    return has_weights(__name__, SURVEY, READER, TABLES)


@functools.cache
def load_model() -> Model:
    """The shipped model; raises ModelError or ImportError where ``has_model`` is false."""
    tables = read_tables(__name__, TABLES)
    transitions, thresholds = np.array(tables["transitions"]), tables["thresholds"]
    networks = load_network(__name__, SURVEY), load_network(__name__, READER)
    return Model(networks, load_pieces(), load_vectors(), tables["features"], transitions, thresholds)
