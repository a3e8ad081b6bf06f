"""Text that stands a second time in the same article: whole lines, word for word or nearly, and lines inside others.

Lines are compared by their words alone. Candidates share a run of four words (shingles, Broder 1997); likeness is the
normalised Indel similarity of rapidfuzz. Lines whose numbers differ are never repeats: tables and lists look alike.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from samestory.segments.lines import Line, normal_words

SHINGLE = 4
SHORTEST = {"line": 5, "sentence": 8}  # words; a shorter one is a repeat only within a run of repeated ones
SHORTEST_NEAR = {"line": 8, "sentence": 12}
SHORTEST_TWEET = 3  # words of a tweet's sentence: what is embedded has often been quoted before
NEAR = 90.0  # similarity, of 100
COVERED = {
    "deck": 0.75,
    "caption": 0.75,
    "unplaced": 0.75,
    "tweet": 0.75,
    "notice": 1.0,
    "body": 1.0,
    "below caption": 1.0,
}  # share of a line's words
MOST_PLACES = 16  # places of one shingle that are looked at: furniture stands a thousand times in large files
# Of two that say the same, the one with the lower number is the original.
RANK = {"headline": 0, "body": 0, "below caption": 0, "deck": 1, "caption": 1, "notice": 1, "tweet": 2, "unplaced": 2}
LOOSE = {
    "deck": 0.8,
    "caption": 0.75,
    "tweet": 0.8,
}  # share of words, in order, that these have from one line of the body
BELOW = 3  # lines between a caption and its copy, at most
LONGEST = 3000  # words; longer lines are compared with none


class Repeat(NamedTuple):
    """What a line repeats: the span of the original, and the rule that found it."""

    start: int
    end: int
    rule: str
    line: int


class _Side(NamedTuple):
    line: Line
    role: str
    words: list[tuple[str, int, int]]
    key: tuple[str, ...]
    numbers: tuple[str, ...]


def find_repeats(lines: Sequence[Line], roles: Sequence[str]) -> dict[int, Repeat]:
    """Which lines repeat which passage; only lines with a role in RANK are compared.

    Lines ``unplaced`` stand outside the story, lines ``below caption`` are body right under a caption. Of two that
    say the same, the body is the original before deck and caption, and the earlier before the later.
    """
    return _find(lines, roles, "line")


def find_sentence_repeats(sentences: Sequence[Line], roles: Sequence[str]) -> dict[int, Repeat]:
    """Which sentences repeat which passage, where whole lines do not; roles as for :func:`find_repeats`."""
    return _find(sentences, roles, "sentence")


def _find(lines: Sequence[Line], roles: Sequence[str], unit: str) -> dict[int, Repeat]:
    sides = {n: _side(line, role) for n, (line, role) in enumerate(zip(lines, roles, strict=True)) if role in RANK}
    order = sorted(sides, key=lambda n: (RANK[sides[n].role], n))
    found = _find_exact(sides, order, unit)
    places = _shingles(sides, found)
    for n in order:
        if n not in found and (repeat := _find_near(n, sides, places, found, unit)) is not None:
            found[n] = repeat
    return found


def _side(line: Line, role: str) -> _Side:
    words = normal_words(line.text)
    key = tuple(word for word, _, _ in words)
    return _Side(line, role, words, key, tuple(word for word in key if any(map(str.isdigit, word))))


def _find_exact(sides: dict[int, _Side], order: Sequence[int], unit: str) -> dict[int, Repeat]:
    first: dict[tuple[str, ...], int] = {}
    twins: dict[int, int] = {}
    for n in order:
        key = sides[n].key
        if key and first.setdefault(key, n) != n:
            twins[n] = first[key]
    least = {n: SHORTEST_TWEET if sides[n].role == "tweet" else SHORTEST[unit] for n in twins}
    kept = {n: twin for n, twin in twins.items() if len(sides[n].key) >= least[n]}
    following = sorted(sides)
    after = dict(pairwise(following))
    before = {later: earlier for earlier, later in after.items()}
    for step, numbers in ((before, sorted(twins)), (after, sorted(twins, reverse=True))):
        for n in numbers:  # a short line counts where its neighbour in the run does
            neighbour = step.get(n)
            if n not in kept and neighbour in kept and step.get(twins[n]) == kept[neighbour]:
                kept[n] = twins[n]
    return {n: Repeat(*sides[twin].line[:2], f"repeated {unit}", twin) for n, twin in kept.items()}


def _shingles(sides: dict[int, _Side], found: dict[int, Repeat]) -> dict[tuple[str, ...], list[tuple[int, int]]]:
    places: dict[tuple[str, ...], list[tuple[int, int]]] = defaultdict(list)
    for n, side in sides.items():
        if n in found or len(side.key) > LONGEST:
            continue
        for i in range(len(side.key) - SHINGLE + 1):
            at = places[side.key[i : i + SHINGLE]]
            if len(at) < MOST_PLACES:
                at.append((n, i))
    return places


def _find_near(
    n: int,
    sides: dict[int, _Side],
    places: dict[tuple[str, ...], list[tuple[int, int]]],
    found: dict[int, Repeat],
    unit: str,
) -> Repeat | None:
    """The best passage of another line that line ``n`` repeats."""
    side = sides[n]
    least = SHINGLE if side.role == "tweet" else SHORTEST_NEAR[unit]
    if len(side.key) < least or len(side.key) > LONGEST or side.role == "headline":
        return None
    shared: dict[int, dict[int, int]] = defaultdict(dict)
    for i in range(len(side.key) - SHINGLE + 1):
        for other, j in places.get(side.key[i : i + SHINGLE], ()):
            if other != n and other not in found:
                shared[other].setdefault(i, j)
    best = Counter({other: len(starts) for other, starts in shared.items()})
    for other, _ in sorted(best.items(), key=lambda item: (-item[1], item[0]))[:3]:
        if (repeat := _compare(n, other, sides, shared[other], unit)) is not None:
            return repeat
    return None


def _compare(n: int, other: int, sides: dict[int, _Side], starts: dict[int, int], unit: str) -> Repeat | None:
    from rapidfuzz import fuzz
    from rapidfuzz.distance import LCSseq

    side, original = sides[n], sides[other]
    comes_first = (RANK[original.role], other) < (RANK[side.role], n) or _is_second_caption(sides, n, other)
    whole = comes_first and side.numbers == original.numbers
    if whole and fuzz.ratio(" ".join(side.key), " ".join(original.key)) >= NEAR:
        return Repeat(original.line.start, original.line.end, f"nearly repeated {unit}", other)
    loose = LOOSE.get(side.role, 2.0) * len(side.key)
    alike = RANK[original.role] == 0 and len(original.key) <= 2 * len(side.key) + SHINGLE
    if alike and LCSseq.similarity(side.key, original.key) >= loose:
        return Repeat(original.line.start, original.line.end, f"nearly repeated {unit}", other)
    covered = {i + step for i in starts for step in range(SHINGLE)}
    longer = len(original.key) > len(side.key)
    if not (comes_first or (longer and RANK[original.role] <= RANK[side.role])):
        return None
    if len(covered) < COVERED[side.role] * len(side.key):
        return None
    targets = sorted(starts.values())
    first, last = targets[0], targets[-1] + SHINGLE - 1
    if last - first + 1 > 1.5 * len(side.key) + SHINGLE or (
        side.role in ("body", "below caption") and last - first + 1 != len(side.key)
    ):
        return None
    begin = original.line.start
    return Repeat(begin + original.words[first][1], begin + original.words[last][2], "stands within other text", other)


def _is_second_caption(sides: dict[int, _Side], n: int, other: int) -> bool:
    return sides[n].role == "below caption" and sides[other].role == "caption" and n - BELOW <= other < n
