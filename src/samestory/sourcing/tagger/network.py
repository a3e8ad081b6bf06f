"""The network as it ships: word pieces and features of one window in, scores of its tokens out.

Each member is a small transformer encoder (MiniLM-L6; Wang et al. 2020) fine-tuned with a seed of its own; all share
one table of word vectors. Weights are kept in eight bits and computed with in floats, so that a window's scores hang
on nothing but the window.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.language import Parse
from samestory.sourcing.tagger.features import FEATURES
from samestory.sourcing.tagger.pieces import CLS, SEP, Pieces, Window

NETWORK, PIECES, TABLES = "attributions.onnx", "pieces.txt", "tables.json"  # the files of the weights folder
Integers = NDArray[np.int64]
Floats = NDArray[np.float64]


class Inputs(NamedTuple):
    """What the encoder is given for one window of T tokens, P word pieces and F features.

    ``pieces`` (P), ``firsts``: the first piece of each token (T), ``features``: codes of each token's features, 0 for a
    value that is not known (T, F).
    """

    pieces: Integers
    firsts: Integers
    features: Integers


@dataclass(frozen=True)
class Member:
    """What one member of the ensemble learnt beside its network.

    ``transitions`` (role, tag, next tag) are those of one linear chain for each role. For the two links (content to
    cue, cue to source) ``near`` weighs the distance, ``between`` the number of other candidates in between;
    ``nothing`` is the key of "none", with ``nothing_bias``.
    """

    transitions: Floats
    near: Floats
    between: Floats
    nothing: Floats
    nothing_bias: Floats


class Scores(NamedTuple):
    """What one member says of the T tokens of a window: ``emissions`` (T, role, tag) and ``links`` (T, 5, width)."""

    emissions: Floats
    links: Floats


@dataclass(frozen=True)
class Model:
    """The network, what it reads, and what its members learnt; ``thresholds`` are probabilities for each role."""

    session: Any
    pieces: Pieces
    features: dict[str, dict[str, int]]
    members: tuple[Member, ...]
    thresholds: dict[str, float]

    def score(self, inputs: Inputs) -> list[Scores]:
        """Read one window, alone: what stands beside it in a batch can then change nothing. One score a member."""
        given = {name: part[None] for name, part in inputs._asdict().items()}
        emissions, links = self.session.run(["emissions", "links"], given)
        n = len(self.members)
        return [
            Scores(own.reshape(len(own), 3, 3).astype(np.float64), link.reshape(len(link), 5, -1).astype(np.float64))
            for own, link in zip(np.split(emissions[0], n, axis=1), np.split(links[0], n, axis=1), strict=True)
        ]


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
    return find_spec("onnxruntime") is not None and _folder().joinpath(NETWORK).is_file()


@functools.cache
def load_model() -> Model:
    """The shipped model, on one thread; raises FileNotFoundError or ImportError where ``has_model`` is false."""
    import onnxruntime

    tables = json.loads(_folder().joinpath(TABLES).read_text(encoding="utf-8"))
    pieces = _folder().joinpath(PIECES).read_text(encoding="utf-8").split("\n")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        _folder().joinpath(NETWORK).read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    members = tuple(Member(*(np.array(member[one.name]) for one in fields(Member))) for member in tables["members"])
    numbers = {piece: n for n, piece in enumerate(pieces) if piece}
    return Model(session, Pieces(numbers), tables["features"], members, tables["thresholds"])


def _folder() -> Traversable:
    return files("samestory.sourcing.tagger").joinpath("weights")
