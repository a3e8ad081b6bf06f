"""Two texts word by word: what stands in both, in which order, and what takes the place of what.

Long shared runs of words are the anchors (the heaviest chain of them that keeps the order in both texts). Between two
anchors, sentences are paired by likeness, and the words of paired sentences by the least number of insertions and
deletions. Sentences that find no partner there may have one elsewhere: those were moved.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.segments.reuse.bodies import Body

SEED = 8  # words of a shared run that anchors
MOST_PLACES = 16  # places of one run of words that are looked at
MOST_CELLS = 40_000  # pairs of sentences between two anchors that are compared
ALIKE = 0.5  # of two sentences that are versions of one another: shared words of all words
KEPT = 0.75  # or: shared words of the words of the shorter one
SHORTEST = 4  # words of a sentence that is paired by likeness
SAME_PLACE = 0.6  # of the words of a sentence that was moved, those that it kept
REACH = 400  # runs before a run that may stand before it in the chain

Index = dict[tuple[str, ...], list[int]]


class Run(NamedTuple):
    """Words ``start`` to ``start + length`` of one text that stand at ``other`` of another."""

    start: int
    other: int
    length: int

    @property
    def end(self) -> int:
        return self.start + self.length

    @property
    def other_end(self) -> int:
        return self.other + self.length


class Step(NamedTuple):
    """Words of one text and what stands in their place in the other, half-open; ``equal`` where these are the same.

    ``whole`` marks sentences that stand in one of the texts only (one of the two ranges is empty). ``moved`` marks
    what stands at another place; such a step is no part of the order of the others.
    """

    first: int
    last: int
    other_first: int
    other_last: int
    equal: bool = False
    whole: bool = False
    moved: bool = False

    @property
    def length(self) -> int:
        return max(self.last - self.first, self.other_last - self.other_first)


class Piece(NamedTuple):
    """A sentence, or the part of it that stands between two anchors."""

    first: int
    last: int
    head: bool  # begins inside its sentence
    tail: bool  # ends inside it


def index_runs(words: Sequence[str], size: int = SEED) -> Index:
    """Where each run of ``size`` words begins."""
    places: Index = defaultdict(list)
    for i in range(len(words) - size + 1):
        at = places[tuple(words[i : i + size])]
        if len(at) < MOST_PLACES:
            at.append(i)
    return places


def shared_runs(left: Sequence[str], right: Sequence[str], index: Index, size: int = SEED) -> list[Run]:
    """The longest shared run from each place of the right text on, left to right, not overlapping there."""
    runs: list[Run] = []
    j = 0
    while j <= len(right) - size:
        best: Run | None = None
        for i in index.get(tuple(right[j : j + size]), ()):
            length = size
            while i + length < len(left) and j + length < len(right) and left[i + length] == right[j + length]:
                length += 1
            if best is None or length > best.length:
                best = Run(i, j, length)
        if best is None:
            j += 1
        else:
            runs.append(best)
            j += best.length
    return runs


def ordered(runs: Sequence[Run]) -> list[Run]:
    """The chain of runs with most words that keeps the order of both texts; runs come in the order of the second.

    Where two runs of the chain overlap in the first text, the second loses the words.
    """
    if not runs:
        return []
    weight = [run.length for run in runs]
    before = [-1] * len(runs)
    for n, run in enumerate(runs):
        for m in range(max(0, n - REACH), n):
            if runs[m].start < run.start and runs[m].end < run.end:
                gained = weight[m] + run.length - max(0, runs[m].end - run.start)
                if gained > weight[n]:
                    weight[n], before[n] = gained, m
    at = max(range(len(runs)), key=lambda n: (weight[n], -n))
    chain: list[Run] = []
    while at >= 0:
        chain.append(runs[at])
        at = before[at]
    return [_after(run, one.end) for one, run in pairwise([Run(0, 0, 0), *chain[::-1]])]


def _after(run: Run, end: int) -> Run:
    lost = max(0, end - run.start)
    return Run(run.start + lost, run.other + lost, run.length - lost)


def slid(left: Body, right: Body, chain: Sequence[Run]) -> list[Run]:
    """The same chain, with what only one text has between two runs cut at the beginning of a sentence if it can be.

    "He left. [She spoke. She] sang" says the same as "He left. [She spoke.] She sang".
    """
    found = list(chain)
    for n in range(len(found) - 1):
        one, after = found[n : n + 2]
        ours, theirs = (one.end, after.start), (one.other_end, after.other)
        if ours[0] == ours[1] and theirs[0] < theirs[1]:
            shift = _shift(right, theirs, one.length, after.length)
        elif theirs[0] == theirs[1] and ours[0] < ours[1]:
            shift = _shift(left, ours, one.length, after.length)
        else:
            continue
        found[n] = one._replace(length=one.length + shift)
        found[n + 1] = Run(after.start + shift, after.other + shift, after.length - shift)
    return found


def _shift(body: Body, gap: tuple[int, int], back: int, forth: int) -> int:
    """How many words later (or earlier, below 0) a gap can begin so that it begins with a sentence."""
    first, last = gap
    words = body.words
    if first < len(words) and _begins(body, first):
        return 0
    for step in range(1, back):
        if words[first - step] != words[last - step]:
            break
        if _begins(body, first - step):
            return -step
    for step in range(1, forth):
        if words[first + step - 1] != words[last + step - 1]:
            break
        if _begins(body, first + step):
            return step
    return 0


def _begins(body: Body, word: int) -> bool:
    return body.sentences[body.sentence[word]].first == word


def align(left: Body, right: Body, runs: Sequence[Run]) -> list[Step]:
    """All words of both texts as steps, in order; what was moved comes last."""
    steps: list[Step] = []
    ends = Run(len(left.words), len(right.words), 0)
    for one, after in pairwise([Run(0, 0, 0), *slid(left, right, ordered(runs)), ends]):
        if one.length:
            steps.append(Step(one.start, one.end, one.other, one.other_end, equal=True))
        steps.extend(_between(left, right, (one.end, after.start), (one.other_end, after.other)))
    kept, moved = _moved(left, right, steps)
    return kept + moved


def _between(left: Body, right: Body, ours: tuple[int, int], theirs: tuple[int, int]) -> Iterator[Step]:
    """The steps between two anchors."""
    one, other = pieces(left, *ours), pieces(right, *theirs)
    at, other_at = ours[0], theirs[0]
    for a, b in _paired(left, right, one, other):
        yield from _alone(left, right, (at, a.first), (other_at, b.first))
        yield from word_steps(left.words, right.words, (a.first, a.last), (b.first, b.last))
        at, other_at = a.last, b.last
    yield from _alone(left, right, (at, ours[1]), (other_at, theirs[1]))


def _alone(left: Body, right: Body, ours: tuple[int, int], theirs: tuple[int, int]) -> Iterator[Step]:
    """What has no partner, one step for each sentence or part of one."""
    for piece in pieces(left, *ours):
        yield Step(piece.first, piece.last, theirs[0], theirs[0], whole=not (piece.head or piece.tail))
    for piece in pieces(right, *theirs):
        yield Step(ours[1], ours[1], piece.first, piece.last, whole=not (piece.head or piece.tail))


def pieces(body: Body, first: int, last: int) -> list[Piece]:
    """The sentences of these words."""
    found = []
    while first < last:
        sentence = body.sentences[body.sentence[first]]
        end = min(max(sentence.last, first + 1), last)
        found.append(Piece(first, end, first > sentence.first, end < sentence.last))
        first = end
    return found


def _paired(left: Body, right: Body, one: list[Piece], other: list[Piece]) -> list[tuple[Piece, Piece]]:
    """Pieces that are versions of each other, in order: the pairs with most shared words.

    Parts of sentences that both adjoin the same anchor belong together whatever they say.
    """
    if not one or not other or len(one) * len(other) > MOST_CELLS:
        return []
    gains: NDArray[np.float64] = np.zeros((len(one) + 1, len(other) + 1))
    best = gains.copy()
    for i in range(len(one)):
        for j in range(len(other)):
            a, b = one[i], other[j]
            at_head = i == j == 0 and a.head and b.head
            at_tail = i == len(one) - 1 and j == len(other) - 1 and a.tail and b.tail
            gains[i + 1, j + 1] = 0.5 * (at_head + at_tail) + likeness(
                left.words[a.first : a.last], right.words[b.first : b.last]
            )
            best[i + 1, j + 1] = max(
                best[i, j + 1], best[i + 1, j], best[i, j] + gains[i + 1, j + 1]
            )  # fmt: skip
    pairs = []
    i, j = len(one), len(other)
    while i and j:
        if best[i, j] == best[i - 1, j]:
            i -= 1
        elif best[i, j] == best[i, j - 1]:
            j -= 1
        else:
            i, j = i - 1, j - 1
            pairs.append((one[i], other[j]))
    return pairs[::-1]


def likeness(one: Sequence[str], other: Sequence[str]) -> int:
    """The number of words that two versions of a sentence share, in order; 0 where they are no versions."""
    from rapidfuzz.distance import LCSseq

    shorter = min(len(one), len(other))
    shared = int(LCSseq.similarity(one, other))
    if shorter < SHORTEST:
        return shared if shared == shorter == max(len(one), len(other)) else 0
    alike = 2 * shared >= ALIKE * (len(one) + len(other)) or (shared >= KEPT * shorter and shared >= SEED)
    return shared if alike else 0


def word_steps(left: Sequence[str], right: Sequence[str], ours: tuple[int, int], theirs: tuple[int, int]) -> list[Step]:
    """The words of two versions of a sentence, by the least number of words inserted and deleted (Indel distance)."""
    from rapidfuzz.distance import Indel

    one, other = left[ours[0] : ours[1]], right[theirs[0] : theirs[1]]
    steps: list[Step] = []
    for code in Indel.opcodes(one, other):
        step = Step(
            ours[0] + code.src_start, ours[0] + code.src_end, theirs[0] + code.dest_start, theirs[0] + code.dest_end,
            equal=code.tag == "equal",
        )  # fmt: skip
        if steps and not step.equal and not steps[-1].equal:
            steps[-1] = steps[-1]._replace(last=step.last, other_last=step.other_last)
        else:
            steps.append(step)
    return steps


def _moved(left: Body, right: Body, steps: list[Step]) -> tuple[list[Step], list[Step]]:
    """Sentences that only one text has at a place and the other has elsewhere, taken out of both places."""
    ours = [step for step in steps if not step.equal and step.last > step.first and step.other_first == step.other_last]
    theirs = [step for step in steps if not step.equal and step.first == step.last]
    places: dict[tuple[str, ...], list[Step]] = defaultdict(list)
    for step in theirs:
        for run in _runs_of(right.words[step.other_first : step.other_last]):
            if len(places[run]) < MOST_PLACES:
                places[run].append(step)
    pairs = []
    for a in ours:
        words = left.words[a.first : a.last]
        for b in dict.fromkeys(step for run in _runs_of(words) for step in places.get(run, ())):
            shared = likeness(words, right.words[b.other_first : b.other_last])
            least = SHORTEST if a.whole and b.whole else SEED
            if shared >= least and shared >= SAME_PLACE * max(a.length, b.length):
                pairs.append((-shared, a, b))
    gone: set[Step] = set()
    moved = []
    for _, a, b in sorted(pairs):
        if a not in gone and b not in gone:
            gone |= {a, b}
            moved.append(Step(a.first, a.last, b.other_first, b.other_last, moved=True))
    return [step for step in steps if step not in gone], sorted(moved)


def _runs_of(words: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return (tuple(words[n : n + SHORTEST]) for n in range(len(words) - SHORTEST + 1))
