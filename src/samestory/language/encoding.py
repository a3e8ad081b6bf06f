"""Words as the learned models read them: word pieces, their vectors, and networks that run on one thread.

All networks share one table of word vectors, kept in few bits with a scale for each row, so that it ships once.
"""

from __future__ import annotations

import functools
import json
import lzma
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from samestory.language.model import ModelError
from samestory.messages import INSTALL

MOST = 64  # pieces of one token that are read: a longer one is no word
ALIKE, TOGETHER = 0.8, 300  # share of the longest that others of a batch have; word pieces of a batch
NEVER = -10_000.0
MARKS = frozenset({"''", "``", "“", "”", "„", "«", "»"})
CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
PIECES, VECTORS = "pieces.txt", "vectors.npz"
Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Pieces:
    """The word pieces that the networks know, by their numbers (Wu et al. 2016)."""

    numbers: dict[str, int]
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def split(self, word: str) -> tuple[int, ...]:
        """The pieces of a token: lower case, without accents, the longest known piece first, 64 at most."""
        if word not in self._seen:
            parts = [n for part in _parts(word) for n in self._longest_first(part)]
            self._seen[word] = tuple(parts[:MOST]) or (self.numbers[UNKNOWN],)
        return self._seen[word]

    def _longest_first(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in self.numbers), None)
            if end is None:
                return [self.numbers[UNKNOWN]]
            found.append(self.numbers[prefix + part[start:end]])
            start = end
        return found


@dataclass(frozen=True)
class Vectors:
    """The vectors of word pieces: small integers (piece, width) and the scale of each row (piece, 1)."""

    table: NDArray[np.int8]
    scale: NDArray[np.float32]

    def of(self, pieces: Integers) -> NDArray[np.float32]:
        """One vector a piece (..., width)."""
        return self.table[pieces].astype(np.float32) * self.scale[pieces]


@functools.cache
def missing_weights(module: str, *names: str) -> tuple[str, ...]:
    """What is not installed of a module's engine: these weights, the word vectors, and what runs networks."""
    own, shared = weights_of(module), weights_of(__name__)
    paths = [own.joinpath(name) for name in names] + [shared.joinpath(name) for name in (PIECES, VECTORS)]
    absent = [str(path) for path in paths if not path.is_file()]
    return tuple(absent if find_spec("onnxruntime") is not None else ["the package onnxruntime", *absent])


def has_weights(module: str, *names: str) -> bool:
    """Whether these weights of a module's engine, the word vectors and what runs networks are installed."""
    return not missing_weights(module, *names)


@contextmanager
def reading_weights(path: Traversable) -> Iterator[Traversable]:
    """A file of weights that is read in the block; ModelError that names it where it cannot be read or is damaged."""
    try:
        yield path
    except ImportError:
        raise
    except Exception as error:  # each library that reads weights has errors of its own
        raise ModelError(f"{path}: missing or damaged ({type(error).__name__}: {error}); {INSTALL}") from error


@functools.cache
def load_pieces() -> Pieces:
    """The shipped word pieces."""
    with reading_weights(weights_of(__name__).joinpath(PIECES)) as path:
        lines = path.read_text(encoding="utf-8").split("\n")
    return Pieces({piece: n for n, piece in enumerate(lines) if piece})


@functools.cache
def load_vectors() -> Vectors:
    """The shipped word vectors."""
    place = weights_of(__name__).joinpath(VECTORS)
    with reading_weights(place) as path, path.open("rb") as file, np.load(file) as kept:
        return Vectors(kept["table"], kept["scale"])


def read_tables(module: str, name: str) -> dict[str, Any]:
    """What was learnt beside a network."""
    with reading_weights(weights_of(module).joinpath(name)) as path:
        return json.loads(path.read_text(encoding="utf-8"))


def load_network(module: str, name: str) -> Any:
    """A network of a module's engine, on one thread; raises ModelError or ImportError where it cannot run."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    with reading_weights(weights_of(module).joinpath(name)) as path:
        weights = lzma.decompress(path.read_bytes())
        return onnxruntime.InferenceSession(weights, options, providers=["CPUExecutionProvider"])


def batches(lengths: Sequence[int]) -> Iterator[list[int]]:
    """The numbers of sequences of like length, to be run together in this order: the longest first.

    An article's sequences are batched with one another only: what else is read can then change nothing.
    """
    batch: list[int] = []
    for n in sorted(range(len(lengths)), key=lambda n: (-lengths[n], n)):
        longest = lengths[batch[0]] if batch else 0
        if batch and (lengths[n] < ALIKE * longest or (len(batch) + 1) * longest > TOGETHER):
            yield batch
            batch = []
        batch.append(n)
    if batch:
        yield batch


def pad(rows: Sequence[NDArray[Any]]) -> NDArray[Any]:
    """Arrays of unlike length as one, with zeros after each."""
    padded = np.zeros((len(rows), max(map(len, rows)), *rows[0].shape[1:]), dtype=rows[0].dtype)
    for whole, row in zip(padded, rows, strict=True):
        whole[: len(row)] = row
    return padded


def hide_padding(lengths: Sequence[int]) -> NDArray[np.float32]:
    """What keeps padding from being mixed in (row, 1, 1, piece): 0 for pieces, else much less."""
    beyond = np.arange(max(lengths))[None] >= np.array(lengths)[:, None]
    return (beyond * NEVER).astype(np.float32)[:, None, None]


def log_probabilities(scores: NDArray[np.float64]) -> NDArray[np.float64]:
    """Scores as logarithms of probabilities, along the last axis."""
    return scores - np.logaddexp.reduce(scores, axis=-1, keepdims=True)


def weights_of(module: str) -> Traversable:
    """Where the weights of a module's engine ship: ``weights`` in the package right below ``samestory``."""
    return files(".".join(module.split(".")[:2])).joinpath("weights")


def _parts(word: str) -> Sequence[str]:
    """A token as BERT's basic tokenizer splits it; marks of one kind are written alike."""
    plain = '"' if word in MARKS else word.replace("’", "'").replace("‘", "'").lower()
    parts: list[str] = []
    open_word = False
    for c in unicodedata.normalize("NFD", plain):
        category = unicodedata.category(c)
        if category in ("Mn", "Cc", "Cf"):
            continue
        if category[0] == "P" or (c.isascii() and not c.isalnum()):
            parts.append(c)
            open_word = False
        elif open_word:
            parts[-1] += c
        else:
            parts.append(c)
            open_word = True
    return parts
