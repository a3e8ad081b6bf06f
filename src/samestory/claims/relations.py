"""How the claims of an event's articles stand to each other."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import combinations
from typing import NamedTuple

import pandas as pd

from samestory.claims.units import PERSON, contains
from samestory.tables import frame

LENGTHS = {"second": timedelta(seconds=1), "minute": timedelta(minutes=1), "day": timedelta(days=1),
           "month": timedelta(days=31), "year": timedelta(days=366)}  # fmt: skip
GROWING = ("killed", "injured", "detained")  # counts that later reports revise upwards, seldom down
APPROXIMATE = 0.1  # how far from an approximate number the true one may lie
VAGUE_LEAST = 13.0  # "dozens" is more than one dozen
SAME_SCOPE = 0.5  # within an article, a smaller count below this share of a larger one is taken for a part of it


class Claim(NamedTuple):
    """A row of the table ``claims`` that can be compared, in plain types."""

    article_id: str
    claim_id: str
    start: int
    role: str
    unit_class: str
    unit: str | None
    quantity: float | None
    quantity_max: float | None
    bound: str
    part: bool
    summed: bool


class Published(NamedTuple):
    """When an article was published: no earlier and no later than."""

    first: datetime
    last: datetime


def relate(articles: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Relate the claims of one event's articles: table ``claim_relations``.

    ``articles`` and ``claims`` are the tables of one event. Only claims about this event are related. Each article
    enters a comparison of role and unit class once, with its principal claim: the first that gives a number and is
    neither a part of another nor the sum of its own parts, or else the first. Every pair of articles gives one row
    for each role and class that either tells of: a comparison where both do, ``only_in`` where one is silent.
    Articles that share no class of a role, but count people of which one kind holds the other, give one row
    ``not_comparable`` instead. ``article_id`` is the earlier in the table ``articles``, but for ``only_in``, where it
    is the one that tells. Within an article only contradictions give a row (``internal_conflict``): none against some
    of the same class, or two numbers for it of a like size. Ages are compared only where said of the same name.
    """
    event = None if articles.empty or articles.event.isna().all() else str(articles.event.dropna().iloc[0])
    order = [str(a) for a in articles.article_id]
    published = {str(a.article_id): _published(a.published, a.published_precision) for a in articles.itertuples()}
    by_article: dict[str, list[Claim]] = {a: [] for a in order}
    for claim in _comparable(claims):
        if claim.article_id in by_article:
            by_article[claim.article_id].append(claim)
    rows = [_row(event, c, "internal_conflict", o) for a in order for c, o in _internal(by_article[a])]
    principals = {a: _principals(by_article[a]) for a in order}
    for earlier, later in combinations(order, 2):
        rows.extend(_pair(event, principals[earlier], principals[later], published, (earlier, later)))
    return frame("claim_relations", rows)


def _comparable(claims: pd.DataFrame) -> Iterator[Claim]:
    spans = {str(r.claim_id): (r.start, r.end) for r in claims.itertuples()}
    inner = claims.dropna(subset=["subset_of"])
    sums = {str(r.subset_of) for r in inner.itertuples() if _inside((r.start, r.end), spans.get(str(r.subset_of)))}
    for row in claims[claims.about == "this_event"].sort_values(["article_id", "start", "end"]).itertuples():
        if row.role == "age" and (pd.isna(row.unit) or not str(row.unit)[0].isupper()):
            continue
        yield Claim(
            str(row.article_id), str(row.claim_id), int(row.start), str(row.role),
            PERSON if pd.isna(row.unit_class) else str(row.unit_class),
            None if pd.isna(row.unit) else str(row.unit).lower(),
            None if pd.isna(row.quantity) else float(row.quantity),
            None if pd.isna(row.quantity_max) else float(row.quantity_max),
            str(row.bound), not pd.isna(row.subset_of), str(row.claim_id) in sums,
        )  # fmt: skip


def _inside(span: tuple[int, int], other: tuple[int, int] | None) -> bool:
    return other is not None and other[0] <= span[0] and span[1] <= other[1]


def _key(claim: Claim) -> tuple[str, str, str]:
    """What two claims must share to be compared; an age is one person's."""
    if claim.role == "age":
        return claim.role, claim.unit or "", claim.unit or ""
    return claim.role, claim.unit_class, ""


def _principals(claims: Sequence[Claim]) -> dict[tuple[str, str, str], Claim]:
    """An article's claim on each role and class: the first that has a number and is no part, or else the first."""
    best: dict[tuple[str, str, str], Claim] = {}
    for claim in claims:
        key = _key(claim)
        if key not in best or _rank(claim) < _rank(best[key]):
            best[key] = claim
    return best


def _rank(claim: Claim) -> tuple[bool, bool, bool]:
    # a part counts fully where its class is its own ("including ten children"), less where it is people at large
    return claim.quantity is None, claim.part and claim.unit_class == PERSON, claim.summed


def _internal(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of one article that cannot both be true: each claim with the first that it contradicts."""
    groups: dict[tuple[str, str, str], list[Claim]] = {}
    for claim in claims:
        if claim.role == "age" or claim.quantity is None:
            continue
        members = groups.setdefault(_key(claim), [])
        if all(_numbers(claim) != _numbers(other) for other in members):
            members.append(claim)
    for members in groups.values():
        for n, second in enumerate(members):
            first = next((c for c in members[:n] if _contradict(c, second)), None)
            if first is not None:
                yield first, second
    counted = [c for members in groups.values() for c in members]
    yield from ((none, some) for none in counted for some in counted if _none_of(none, some))


def _none_of(none: Claim, some: Claim) -> bool:
    """Whether one claim says that there is no one of a class of which the other counts a kind."""
    if none.role != some.role or none.role == "age" or none.quantity != 0 or none.bound != "exact":
        return False
    return contains(none.unit_class, some.unit_class) and _interval(some)[0] >= 1


def _numbers(claim: Claim) -> tuple[float | None, float | None, str]:
    return claim.quantity, claim.quantity_max, claim.bound


def _contradict(first: Claim, second: Claim) -> bool:
    if _overlap(first, second):
        return False
    low, high = sorted((first.quantity or 0.0, second.quantity or 0.0))
    if low == 0:
        return True
    if first.role == "suspects" or first.part != second.part or high < 3:
        return False
    return low >= SAME_SCOPE * high


def _interval(claim: Claim) -> tuple[float, float]:
    """The numbers that a claim allows."""
    if claim.quantity is None:
        return (VAGUE_LEAST if claim.bound == "approximate" else 1.0), math.inf
    if claim.bound == "at_least":
        return claim.quantity, math.inf
    if claim.bound == "at_most":
        return 0.0, claim.quantity
    if claim.bound == "range":
        return claim.quantity, claim.quantity if claim.quantity_max is None else claim.quantity_max
    if claim.bound == "approximate":
        return claim.quantity * (1 - APPROXIMATE), claim.quantity * (1 + APPROXIMATE)
    return claim.quantity, claim.quantity


def _overlap(first: Claim, second: Claim) -> bool:
    (low, high), (other_low, other_high) = _interval(first), _interval(second)
    return low <= other_high and other_low <= high


def _pair(
    event: str | None,
    mine: dict[tuple[str, str, str], Claim],
    theirs: dict[tuple[str, str, str], Claim],
    published: dict[str, Published | None],
    ids: tuple[str, str],
) -> Iterator[dict[str, object]]:
    shared = {key[0] for key in mine.keys() & theirs.keys()}
    set_aside: set[str] = set()
    paired: set[tuple[str, str]] = set()
    for key in sorted(mine.keys() | theirs.keys()):
        first, second, role = mine.get(key), theirs.get(key), key[0]
        if first is not None and second is not None:
            yield _row(event, first, compare(first, second, published[ids[0]], published[ids[1]]), second)
            continue
        if role == "age" or role in set_aside:
            continue
        one = first or _denied(second, mine)
        another = second or _denied(first, theirs)
        if one is not None and another is not None:
            if (one.claim_id, another.claim_id) in paired:
                continue
            paired.add((one.claim_id, another.claim_id))
            yield _row(event, one, compare(one, another, published[ids[0]], published[ids[1]]), another)
            continue
        kin = None if role in shared else _nearest(role, mine, theirs)
        if kin is not None:
            set_aside.add(role)
            yield _row(event, kin[0], "not_comparable", kin[1])
        elif first is not None:
            yield _row(event, first, "only_in", None, ids[1])
        elif second is not None:
            yield _row(event, second, "only_in", None, ids[0])


def _denied(claim: Claim | None, others: dict[tuple[str, str, str], Claim]) -> Claim | None:
    """The first claim of another article of which this one denies every case, or that denies this one."""
    if claim is None:
        return None
    return next((o for _, o in sorted(others.items()) if _none_of(claim, o) or _none_of(o, claim)), None)


def _nearest(
    role: str, mine: dict[tuple[str, str, str], Claim], theirs: dict[tuple[str, str, str], Claim]
) -> tuple[Claim, Claim] | None:
    """The first claims on a role of which one counts a kind of what the other counts."""
    for key, claim in sorted(mine.items()):
        for other_key, other in sorted(theirs.items()):
            if key[0] == other_key[0] == role and _kin(key[1], other_key[1]):
                return claim, other
    return None


def _kin(path: str, other: str) -> bool:
    return contains(path, other) or contains(other, path)


def compare(first: Claim, second: Claim, before: Published | None, after: Published | None) -> str:
    """The relation of two claims on the same role and class; times are null where unknown."""
    if _numbers(first) == _numbers(second):
        return "agree"
    order = _order(before, after)
    if order < 0:
        first, second = second, first
    if _overlap(first, second):
        grown = first.bound == second.bound == "at_least" and (second.quantity or 0) > (first.quantity or 0)
        return "update" if order and grown and first.role in GROWING else "differ_in_precision"
    if not order:
        return "differ"
    if first.role not in GROWING:
        return "update" if first.role == "missing" else "conflict"
    return "update" if _interval(second)[0] > _interval(first)[1] else "conflict"


def _order(before: Published | None, after: Published | None) -> int:
    """1 where the first was surely published before the second, -1 where after, 0 where that cannot be told."""
    if before is None or after is None:
        return 0
    if before.last < after.first:
        return 1
    return -1 if after.last < before.first else 0


def _published(text: object, precision: object) -> Published | None:
    """The span of time in which an article was published; a time without a zone is taken as it stands."""
    if not isinstance(text, str) or precision not in LENGTHS:
        return None
    padded = text + "-01-01"[len(text) - 4 :] if len(text) in (4, 7) else text
    try:
        first = datetime.fromisoformat(padded.replace("Z", "+00:00"))
    except ValueError:
        return None
    if first.tzinfo is not None:
        first = (first - (first.utcoffset() or timedelta())).replace(tzinfo=None)
    return Published(first, first + LENGTHS[str(precision)] - timedelta(microseconds=1))


def _row(
    event: str | None, claim: Claim, relation: str, other: Claim | None, silent: str | None = None
) -> dict[str, object]:
    return {
        "event": event,
        "role": claim.role,
        "unit_class": claim.unit_class if claim.role != "age" else None,
        "relation": relation,
        "article_id": claim.article_id,
        "claim_id": claim.claim_id,
        "other_article_id": silent if other is None else other.article_id,
        "other_claim_id": None if other is None else other.claim_id,
    }
