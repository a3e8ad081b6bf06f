"""Shared passages of two aligned bodies, and whether they make the two articles versions of one copy."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.segments.reuse.alignment import SEED, Step
from samestory.segments.reuse.bodies import Body, Span
from samestory.segments.reuse.edits import joined_moves

GAP = 20  # words that one of the texts has alone inside a passage, at most
EDGE = 3  # changed words at the end of a sentence that belong to its passage
LEAST = 12  # shared words of the longest passage of a pair; such a run is found for certain (see candidates)
COPY_WORDS = 40  # shared words, in no quotation, that two versions of one copy have
COPY_SHARE = 0.4  # and their part of the shorter body's
SAME = 0.9  # of all words of both


def shared_passages(left: Body, right: Body, steps: Sequence[Step]) -> list[tuple[Step, int]]:
    """Runs of steps without a long gap, with their number of shared words; in order, what was moved last.

    A passage takes in the changed words at its ends where its first or last sentence is shared but for these.
    """
    found: list[tuple[Step, int]] = []
    run: list[Step] = []
    for step in [*(step for step in steps if not step.moved), None]:
        short = step is not None and (step.equal or (step.length <= GAP and not step.whole))
        if step is None or not short or (run and not _adjoin(run[-1], step)):
            found.extend(_passage(left, right, run))
            run = []
        if step is not None and short:
            run.append(step)
    moved = [(step, min(step.last - step.first, step.other_last - step.other_first)) for step in joined_moves(steps)]
    found.extend(one for one in moved if one[1] >= SEED)
    return found if max((shared for _, shared in found), default=0) >= LEAST else []


def _adjoin(one: Step, other: Step) -> bool:
    return one.last == other.first and one.other_last == other.other_first


def _passage(left: Body, right: Body, run: list[Step]) -> list[tuple[Step, int]]:
    while run and not run[0].equal and not _is_edge(left, right, run[0], 0):
        run = run[1:]
    while run and not run[-1].equal and not _is_edge(left, right, run[-1], 1):
        run = run[:-1]
    shared = sum(step.last - step.first for step in run if step.equal)
    if shared < SEED:
        return []
    return [(Step(run[0].first, run[-1].last, run[0].other_first, run[-1].other_last), shared)]


def _is_edge(left: Body, right: Body, step: Step, end: int) -> bool:
    """Whether these few words begin (or end) a sentence in both texts."""
    if step.length > EDGE:
        return False
    sides = ((left, step.first, step.last), (right, step.other_first, step.other_last))
    if end:
        return all(last and body.sentences[body.sentence[last - 1]].last == last for body, _, last in sides)
    return all(
        first < len(body.words) and body.sentences[body.sentence[first]].first == first for body, first, _ in sides
    )


def copied(left: Body, right: Body, steps: Sequence[Step]) -> tuple[int, float]:
    """Words that both texts share outside quotations and embedded posts, and their part of the shorter text's."""
    shared = sum(
        not (left.quoted[step.first + n] or right.quoted[step.other_first + n])
        for step in steps
        if step.equal
        for n in range(step.last - step.first)
    )
    for step in steps:
        if step.moved:
            shared += min(
                left.quoted[step.first : step.last].count(False),
                right.quoted[step.other_first : step.other_last].count(False),
            )
    own = min(left.quoted.count(False), right.quoted.count(False))
    return shared, shared / own if own else 0.0


def are_versions(left: Body, right: Body, steps: Sequence[Step]) -> bool:
    """Whether two articles carry the same copy: a good part of the shorter one's own words stands in the other.

    Words in quotation do not count, since everyone prints the same statement. Two that have little else are versions
    only where they say the same from beginning to end.
    """
    shared, share = copied(left, right, steps)
    kept = sum(step.last - step.first for step in steps if step.equal)
    same = kept >= SAME * max(len(left.words), len(right.words))
    return same or (shared >= COPY_WORDS and share >= COPY_SHARE)


def characters(left: Body, right: Body, step: Step) -> tuple[Span, Span]:
    """The characters of a passage on both sides, closing marks included where a sentence ends it in both."""
    ours, theirs = left.characters(step.first, step.last), right.characters(step.other_first, step.other_last)
    one, other = left.sentences[left.sentence[step.last - 1]], right.sentences[right.sentence[step.other_last - 1]]
    if one.last == step.last and other.last == step.other_last:
        ours, theirs = (ours[0], one.end), (theirs[0], other.end)
    one, other = left.sentences[left.sentence[step.first]], right.sentences[right.sentence[step.other_first]]
    if one.first == step.first and other.first == step.other_first:
        ours, theirs = (one.start, ours[1]), (other.start, theirs[1])
    return ours, theirs
