"""From what an article tells of a source to its type: a small network beside the rules.

The network is the lowest layers of the encoder that the tagger starts from too (MiniLM; Wang et al. 2020), and reads
the passages alone. What the rules say is weighed by how often they say it of each type (naive Bayes): they know names
of institutions and of public figures, the network reads what somebody does in the story.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

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
from samestory.sourcing.source_types.telling import Passage

NETWORK, TABLES = "source_types.onnx.xz", "source_types.json"
LONGEST = 300  # word pieces that are read of a source


class Question(NamedTuple):
    """What an article tells of a source, and what the rules say of it for each field."""

    passages: Sequence[Passage]
    ruled: Mapping[str, str]


@dataclass(frozen=True)
class Model:
    """The network, and for each field its values and how the rules' say is weighed.

    ``ruled`` holds for each field the log probabilities of what the rules say (column) of each value (row).
    """

    session: Any
    pieces: Pieces
    vectors: Vectors
    values: dict[str, list[str]]
    ruled: dict[str, np.ndarray]


def encode(passages: Sequence[Passage], pieces: Pieces) -> tuple[Integers, Integers]:
    """Word pieces of all passages, and 1 for those that name the source."""
    own, flags = [pieces.numbers[CLS]], [0]
    for passage in passages:
        for n, word in enumerate(passage.words):
            parts = pieces.split(word)
            own.extend(parts)
            flags.extend([int(passage.first <= n < passage.last)] * len(parts))
        own.append(pieces.numbers[SEP])
        flags.append(0)
    return np.array(own[:LONGEST], dtype=np.int64), np.array(flags[:LONGEST], dtype=np.int64)


def has_model() -> bool:
    """Whether the weights and what runs them are installed."""
    return has_weights(__name__, NETWORK, TABLES)


def weigh(questions: Sequence[Question]) -> list[dict[str, str]]:
    """The likeliest value of each field for each of an article's sources, which are read together."""
    model = load_model()
    inputs = [encode(question.passages, model.pieces) for question in questions]
    chosen: dict[int, dict[str, str]] = {}
    for batch in batches([len(own) for own, _ in inputs]):
        some = [inputs[n] for n in batch]
        given = {
            "vectors": model.vectors.of(pad([own for own, _ in some])),
            "flags": pad([flags for _, flags in some]),
            "mask": hide_padding([len(own) for own, _ in some]),
        }
        found = dict(zip(model.values, model.session.run(list(model.values), given), strict=True))
        for at, n in enumerate(batch):
            ruled = questions[n].ruled
            chosen[n] = {field: _likeliest(model, field, own[at], ruled[field]) for field, own in found.items()}
    return [chosen[n] for n in range(len(questions))]


def _likeliest(model: Model, field: str, scores: np.ndarray, ruled: str) -> str:
    values = model.values[field]
    said = rules_say(model.ruled[field], values, ruled)
    return values[int(np.argmax(log_probabilities(scores.astype(np.float64)) + said))]


def rules_say(table: np.ndarray, values: Sequence[str], ruled: str) -> np.ndarray:
    """What the rules' value adds to each value's log probability: nothing where it is none of the values."""
    return table[:, values.index(ruled)] if ruled in values else np.zeros(len(values))


@functools.cache
def load_model() -> Model:
    """The shipped model; raises ModelError or ImportError where ``has_model`` is false."""
    tables = read_tables(__name__, TABLES)
    ruled = {field: np.array(table) for field, table in tables["ruled"].items()}
    return Model(load_network(__name__, NETWORK), load_pieces(), load_vectors(), tables["values"], ruled)
