"""Which texts of a batch share a run of words, without comparing all pairs.

Each text is fingerprinted by winnowing (Schleimer, Wilkerson and Aiken 2003): of every ``WINDOW`` neighbouring runs of
``RUN`` words, the one with the least hash is kept. Two texts that share ``RUN + WINDOW - 1`` words in a row share a
fingerprint for certain, however long the one and however short the other, which signatures of whole texts (MinHash)
do not promise: a short text inside a long one is found by what it contains and not by how alike the two are.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

RUN = 8  # words
WINDOW = 5  # runs; 12 words in a row are found for certain, shorter runs often
# A run that stands in many texts is a form, a credit or copy that everyone took: each text is then compared with so
# many that follow it, which keeps the copies together and the work linear.
NEIGHBOURS = 48
BASE = np.uint64(0x9E3779B97F4A7C15)

Hashes = NDArray[np.uint64]


def find_candidates(texts: Iterable[Sequence[str]]) -> list[tuple[int, int]]:
    """Pairs of numbers of texts, the smaller first, that share a fingerprint; in order.

    A pair does not depend on what else is in the batch, except where one run stands in more than ``NEIGHBOURS``
    texts. Memory is linear in the number of words: about 4 bytes for each.
    """
    hashes = _Hashes()
    prints = [fingerprints(hashes.of(words)) for words in texts]
    if not sum(map(len, prints)):
        return []
    values = np.concatenate(prints)
    owners = np.repeat(np.arange(len(prints), dtype=np.int32), [len(own) for own in prints])
    del prints
    order = np.argsort(values, kind="stable")
    values, owners = values[order], owners[order]
    same = values[1:] == values[:-1]
    shared = np.concatenate([same, [False]]) | np.concatenate([[False], same])  # what stands in one text only is done
    values, owners = values[shared], owners[shared].astype(np.int64)
    found = np.empty(0, dtype=np.int64)
    count = int(owners.max()) + 1 if len(owners) else 0
    for step in range(1, NEIGHBOURS + 1):
        meet = values[step:] == values[:-step]
        if not meet.any():
            break
        pairs = owners[:-step][meet] * count + owners[step:][meet]
        found = np.union1d(found, pairs)
    return [(int(pair // count), int(pair % count)) for pair in found]


def fingerprints(words: Hashes) -> Hashes:
    """The distinct hashes that winnowing keeps of a text; none of a text that is shorter than a run."""
    length = len(words) - RUN + 1
    if length < 1:
        return np.empty(0, dtype=np.uint64)
    runs = np.zeros(length, dtype=np.uint64)
    for n in range(RUN):
        runs = runs * BASE + words[n : n + length]
    runs = _mixed(runs)
    if length <= WINDOW:
        return runs.min(keepdims=True)
    windows = np.lib.stride_tricks.sliding_window_view(runs, WINDOW)
    return np.unique(windows.min(axis=1))


def _mixed(values: Hashes) -> Hashes:
    """Spread the bits, so that the least hash is any run and not that of a frequent word (splitmix64)."""
    values = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    values = (values ^ (values >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return values ^ (values >> np.uint64(31))


class _Hashes:
    """The same 64 bits for the same word on every machine."""

    def __init__(self) -> None:
        self.known: dict[str, int] = {}

    def of(self, words: Sequence[str]) -> Hashes:
        found = np.empty(len(words), dtype=np.uint64)
        for n, word in enumerate(words):
            value = self.known.get(word)
            if value is None:
                value = int.from_bytes(blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")
                self.known[word] = value
            found[n] = value
        return found
