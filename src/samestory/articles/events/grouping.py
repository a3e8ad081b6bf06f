"""Grouping: texts that tell the same thing at the same time, by average linkage over their nearest neighbours."""

from __future__ import annotations

import heapq
import math
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from scipy.sparse import csr_matrix

NEIGHBOURS = 20  # of each text that are looked at; clusters are compared in full
COMMON = 300  # a word of more texts than this, and of more than one in fifty, finds no neighbours
BLOCK = 500  # texts whose neighbours are searched at once
SMOOTHING = 0.5  # what a word weighs that stands in every text: with few texts the event's own words do
FAINTEST = 0.3  # what likeness is worth between texts published far apart: dates can be wrong, copies are still one
FADING = 5  # windows after the first in which time takes two thirds of its effect

Floats = NDArray[np.float64]


class Vectors(NamedTuple):
    """Texts as rows of unit length, and the words that the columns stand for."""

    rows: csr_matrix
    words: tuple[str, ...]


def weigh(counts: Sequence[Mapping[str, int]]) -> Vectors:
    """Words of each text, weighted by the logarithm of their count and by inverse document frequency (Jones 1972)."""
    from scipy import sparse

    in_texts = Counter(word for own in counts for word in own)
    words = tuple(sorted(in_texts))
    place = {word: n for n, word in enumerate(words)}
    rarity = np.array([math.log((1 + len(counts)) / (1 + in_texts[word])) + SMOOTHING for word in words])
    starts = np.cumsum([0, *(len(own) for own in counts)])
    columns = np.array([place[word] for own in counts for word in own], dtype=np.int64)
    weights = np.array([1 + math.log(n) for own in counts for n in own.values()]) * rarity[columns]
    rows = sparse.csr_matrix((weights, columns, starts), shape=(len(counts), len(words)))
    rows.sort_indices()
    lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    return Vectors(sparse.csr_matrix(sparse.diags(1 / np.where(lengths > 0, lengths, 1)) @ rows), words)


def fade(days_apart: Floats, window: float) -> Floats:
    """What likeness is worth so many days apart: all within the window and where a time is not known, then less."""
    beyond = np.fmax(np.abs(days_apart) - window, 0)  # fmax takes no time for none apart
    return FAINTEST + (1 - FAINTEST) * np.exp(-beyond / (FADING * max(window, 1.0)))


def group(
    rows: csr_matrix,
    days: Floats,
    *,
    threshold: float,
    window: float,
    names: Sequence[str | None],
    progress: Callable[[int], object] | None = None,
) -> list[list[int]]:
    """Clusters of texts, as sorted numbers of rows, in order of their first.

    Two clusters join while the mean cosine of their texts' pairs, faded by the days between their mean times, is at
    least ``threshold`` (average linkage; Sokal & Michener 1958). ``days`` is the time of each text, NaN where unknown.
    Texts of one name are a cluster from the beginning, and clusters of two names never join. ``progress`` is called
    with so many texts more whose neighbours are known.
    """
    clusters = _Clusters(rows, days, window, names)
    for one, other in _neighbours(rows, days, window, progress):
        clusters.link(one, other)
    for name in sorted({name for name in names if name is not None}):
        first, *rest = (n for n, own in enumerate(names) if own == name)
        for other in rest:
            first = clusters.join(first, other)
    waiting = [
        (-likeness, one, near)
        for one in sorted(clusters.members)
        for near, likeness in clusters.likenesses(one)
        if one < near and likeness >= threshold
    ]
    heapq.heapify(waiting)
    while waiting:
        _, one, other = heapq.heappop(waiting)
        if one in clusters.members and other in clusters.members:
            made = clusters.join(one, other)
            for near, likeness in clusters.likenesses(made):
                if likeness >= threshold:
                    heapq.heappush(waiting, (-likeness, near, made))
    return sorted(sorted(members) for members in clusters.members.values())


def _neighbours(
    rows: csr_matrix, days: Floats, window: float, progress: Callable[[int], object] | None
) -> Iterator[tuple[int, int]]:
    """Each text with each of its nearest."""
    in_texts = np.asarray((rows > 0).sum(axis=0)).ravel()
    telling = rows[:, np.flatnonzero((in_texts > 1) & (in_texts <= max(COMMON, rows.shape[0] // 50)))]
    turned = telling.T.tocsr()
    for start in range(0, rows.shape[0], BLOCK):
        block = (telling[start : start + BLOCK] @ turned).tocsr()
        for n in range(block.shape[0]):
            own = slice(block.indptr[n], block.indptr[n + 1])
            others = block.indices[own]
            likeness = block.data[own] * fade(days[others] - days[start + n], window)
            nearest = others[np.lexsort((others, -likeness))]
            yield from ((start + n, int(other)) for other in nearest[: NEIGHBOURS + 1] if other != start + n)
        if progress is not None:
            progress(block.shape[0])


class _Clusters:
    """Clusters in the making: members, the sum of their rows, their times, and which lie near which.

    The mean cosine of all pairs between two clusters is the product of their sums by both sizes.
    """

    def __init__(self, rows: csr_matrix, days: Floats, window: float, names: Sequence[str | None]) -> None:
        own = [slice(a, b) for a, b in zip(rows.indptr, rows.indptr[1:], strict=False)]
        self.members = {n: [n] for n in range(rows.shape[0])}
        self._sums = {n: (rows.indices[span], rows.data[span]) for n, span in enumerate(own)}
        self._days = dict(enumerate(days.tolist()))  # mean time of the members whose time is known
        self._names = dict(enumerate(names))
        self._near: dict[int, set[int]] = {n: set() for n in self.members}
        self._scratch = np.zeros(rows.shape[1])
        self._window = window
        self._newest = rows.shape[0] - 1

    def link(self, one: int, other: int) -> None:
        """Two clusters lie near each other."""
        self._near[one].add(other)
        self._near[other].add(one)

    def likenesses(self, one: int) -> list[tuple[int, float]]:
        """A cluster's likeness to all that lie near; -1 where they have two names."""
        chosen = sorted(self._near[one])
        indices, values = self._sums[one]
        self._scratch[indices] = values
        shared = [float(weights @ self._scratch[columns]) for columns, weights in (self._sums[n] for n in chosen)]
        self._scratch[indices] = 0
        sizes = np.array([len(self.members[other]) for other in chosen]) * len(self.members[one])
        apart = np.array([self._days[other] for other in chosen]) - self._days[one]
        likeness = np.array(shared) / sizes * fade(apart, self._window)
        return [
            (other, value if self._may_join(one, other) else -1.0)
            for other, value in zip(chosen, likeness.tolist(), strict=True)
        ]

    def join(self, one: int, other: int) -> int:
        """Make one cluster of two; returns its number, which is new."""
        self._newest += 1
        made = self._newest
        sizes = len(self.members[one]), len(self.members[other])
        self._days[made] = _mean(self._days.pop(one), sizes[0], self._days.pop(other), sizes[1])
        self.members[made] = self.members.pop(one) + self.members.pop(other)
        (left, a), (right, b) = self._sums.pop(one), self._sums.pop(other)
        columns = np.union1d(left, right)
        np.add.at(self._scratch, left, a)
        np.add.at(self._scratch, right, b)
        self._sums[made] = (columns, self._scratch[columns])
        self._scratch[columns] = 0
        self._near[made] = (self._near.pop(one) | self._near.pop(other)) - {one, other}
        for near in self._near[made]:
            self._near[near] -= {one, other}
            self._near[near].add(made)
        self._names[made] = self._names.pop(one) or self._names.pop(other)
        return made

    def _may_join(self, one: int, other: int) -> bool:
        name, named = self._names[one], self._names[other]
        return name is None or named is None or name == named


def _mean(one: float, n_one: int, other: float, n_other: int) -> float:
    """The mean of two means of so many known times; of the one that is known where the other is not."""
    if math.isnan(one) or math.isnan(other):
        return other if math.isnan(one) else one
    return (one * n_one + other * n_other) / (n_one + n_other)
