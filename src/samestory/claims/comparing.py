"""Two claims on the same thing: what each allows, and the relation that follows from it and from the times."""

from __future__ import annotations

import math
from datetime import timedelta
from typing import NamedTuple

from samestory.articles.moments import Moment
from samestory.claims.record import PEOPLE

GROWING = ("killed", "injured", "detained", "count_other")  # counts that later reports revise upwards, seldom down
FIXED = ("age", "size", "money")  # what no later report changes
CHANGING = ("missing", "suspects")  # counts that go either way
NEARLY = 0.85  # from which share of it on a number is "nearly" reached
APPROXIMATE = 0.1  # how far from an approximate number the true one may lie
VAGUE = {"dozens": (13, 250), "scores": (30, 300), "hundreds": (101, 2000), "thousands": (1001, 20_000),
         "millions": (1_000_001, math.inf), "several": (2, 30), "few": (2, 12), "multiple": (2, 100),
         "some": (1, math.inf), "many": (3, math.inf)}  # fmt: skip
TOGETHER = timedelta(days=2)  # articles no further apart are taken to tell of one happening
SAME_SCOPE = 0.5  # within an article, a smaller count below this share of a larger one is taken for a part of it


class Claim(NamedTuple):
    """A row of the table ``claims`` that can be compared, in plain types; sizes stand in base units."""

    article_id: str
    claim_id: str
    start: int
    role: str
    unit_class: str | None
    kind: str  # what two claims must share besides: a noun, a name, a currency
    measured: str | None
    quantity: float | None
    quantity_max: float | None
    bound: str
    value: str | None
    whole: str | None  # the claim that it counts a part of
    part_of_day: str | None = None  # of a time without a clock: "morning"


def compare(first: Claim, second: Claim, before: Moment | None, after: Moment | None) -> str:
    """The relation of two claims on the same thing; times are null where unknown."""
    if first.role == "date_time":
        return _compare_times(first, second)
    if numbers_of(first) == numbers_of(second):
        return "agree"
    if first.role in PEOPLE and (_one_of_many(first, second) or _part_of_whole(first, second)):
        return "not_comparable"
    order = order_of(before, after)
    if order < 0:
        first, second = second, first
    if _overlap(first, second):
        grown = first.bound == second.bound == "at_least" and (second.quantity or 0) > (first.quantity or 0)
        return "update" if order and grown and first.role in GROWING else "differ_in_precision"
    if first.role in FIXED:
        return "conflict"
    if not order:
        return "differ"
    if first.role in CHANGING:
        return "update"
    grown = _interval(second)[0] > _interval(first)[1]
    return "update" if grown and first.role in GROWING else "conflict"


def _compare_times(first: Claim, second: Claim) -> str:
    """Two times of one day: the same, one more precise, or two clock times for one thing."""
    if first.value == second.value:
        alike = first.bound == second.bound and (first.part_of_day is None) == (second.part_of_day is None)
        return "agree" if alike else "differ_in_precision"
    clocks = [len(str(c.value)) > len("2016-07-18") for c in (first, second)]
    loose = {first.bound, second.bound} != {"exact"}
    return "conflict" if all(clocks) and not loose else "differ_in_precision"


def _one_of_many(first: Claim, second: Claim) -> bool:
    """Whether one tells of a single person ("her son") and the other of several: the one may be among them."""
    several = [c.quantity is None or c.quantity > 1 for c in (first, second)]
    single = [c.quantity == 1 and c.bound == "exact" for c in (first, second)]
    return any(several) and any(single)


def _part_of_whole(first: Claim, second: Claim) -> bool:
    """Whether only one counts a part of what its article counts, and the two cannot be of one number."""
    return (first.whole is None) != (second.whole is None) and not _overlap(first, second)


def comparable_amounts(first: Claim, second: Claim, before: Moment | None, after: Moment | None) -> bool:
    """Whether two unequal amounts of one thing may be set against each other: of a like size, in the news together.

    Articles that lie further apart may tell of another launch, another deal; so may those of unknown date.
    """
    if _overlap(first, second):
        return True
    low, high = sorted((first.quantity or 0.0, second.quantity or 0.0))
    if before is None or after is None or low <= SAME_SCOPE * high:
        return False
    return abs(before.first - after.first) <= TOGETHER


def numbers_of(claim: Claim) -> tuple[float | str | None, ...]:
    """What must be the same for two claims to agree."""
    vague = claim.value if claim.quantity is None and claim.value in VAGUE else None
    rounded = None if claim.quantity is None else float(f"{claim.quantity:.6g}")
    return rounded, claim.quantity_max, claim.bound, vague


def contradict(first: Claim, second: Claim) -> bool:
    """Whether two claims of one article cannot both be true."""
    if _overlap(first, second):
        return False
    low, high = sorted((first.quantity or 0.0, second.quantity or 0.0))
    if low == 0:  # none against some
        return True
    if first.role == "suspects" or first.whole is not None or second.whole is not None or high < 3:
        return False
    return low >= SAME_SCOPE * high


def at_least_one(claim: Claim) -> bool:
    """Whether a claim says that there is someone."""
    return _interval(claim)[0] >= 1


def _interval(claim: Claim) -> tuple[float, float]:
    """The numbers that a claim allows."""
    if claim.quantity is None:
        return VAGUE.get(claim.value or "", (1.0, math.inf))
    if claim.bound == "at_least":
        return claim.quantity, math.inf
    if claim.bound == "at_most":
        return 0.0, claim.quantity
    if claim.bound == "range":
        return claim.quantity, claim.quantity if claim.quantity_max is None else claim.quantity_max
    if claim.value == "nearly":
        return claim.quantity * NEARLY, claim.quantity
    if claim.bound == "approximate":
        return claim.quantity * (1 - APPROXIMATE), claim.quantity * (1 + APPROXIMATE)
    return claim.quantity, claim.quantity


def _overlap(first: Claim, second: Claim) -> bool:
    (low, high), (other_low, other_high) = _interval(first), _interval(second)
    return low <= other_high and other_low <= high


def order_of(before: Moment | None, after: Moment | None) -> int:
    """1 where the first was surely published before the second, -1 where after, 0 where that cannot be told.

    Times without a zone are taken to be of one clock.
    """
    if before is None or after is None:
        return 0
    if before.last <= after.first:
        return 1
    return -1 if after.last <= before.first else 0
