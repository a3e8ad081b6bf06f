"""How the claims of an event's articles stand to each other."""

from __future__ import annotations

import functools
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from typing import TYPE_CHECKING

import pandas as pd

from samestory.articles.moments import Moment, moment_of
from samestory.claims.comparing import Claim, at_least_one, comparable_amounts, compare, contradict, numbers_of
from samestory.claims.record import PART, PEOPLE
from samestory.claims.units import PERSON, contains, singular
from samestory.tables import frame

if TYPE_CHECKING:
    from pint import UnitRegistry

AMOUNTS = ("count_other", "money", "size")  # roles in which an article may count many things
# Nouns that say no more than "people": claims with these meet, whatever the noun.
ANYONE = ("people", "person", "victim", "other", "life", "individual", "dead", "death", "casualty", "body",
          "fatality", "injury", "arrest", "injured", "wounded", "missing", "man", "woman", "soul")  # fmt: skip
# The library's names of units that are written otherwise; the news does not tell tons apart.
UNIT_NAMES = {
    "feet": "foot", "ft": "foot", "inches": "inch", "lbs": "pound", "lb": "pound", "mi": "mile", "mph": "mile_per_hour",
    "kph": "kilometer_per_hour", "kmh": "kilometer_per_hour", "tonne": "metric_ton", "tonnes": "metric_ton",
    "ton": "metric_ton", "tons": "metric_ton", "season": "year", "seasons": "year", "centuries": "century",
    "light-year": "light_year", "light-years": "light_year",
}  # fmt: skip
ROUND = 12  # a number up to this may be the same by chance

Key = tuple[str, str | None, str]
Principals = dict[Key, Claim]


def relate(articles: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Relate the claims of one event's articles: table ``claim_relations``.

    ``articles`` and ``claims`` are the tables of one event. Only claims about this event are related, and only those
    on the same thing: people of one role and class (of plain persons and civilians also of one noun, so that
    "Americans" are not set beside "people"), ages of one name, dates of one day, a place of one name. Each article
    enters such a comparison once, with its principal claim: the first that gives a number and is no part of another,
    or else the first; what is told as a part of the dead at large ("five of the dead") enters none. Money, sizes and
    other counts are set beside each other where currency, dimension or noun are the same and either the number is the
    same and not a small one, or what is measured is the same, each article gives but one such number, and the two could
    be meant for one: of a like size, published within two days.

    ``article_id`` is the earlier in the table ``articles``; in ``only_in``, which is given for people, it is the
    article that tells, and ``other_article_id`` the silent one. Articles that share nothing of a role, but count people
    of which one kind holds the other, give one row ``not_comparable``. Within an article only contradictions give a row
    (``internal_conflict``): none against some of the same class, or two numbers for it of a like size.
    """
    event = None if articles.empty or articles.event.isna().all() else str(articles.event.dropna().iloc[0])
    order = [str(a) for a in articles.article_id]
    published = {str(a.article_id): moment_of(a.published, a.published_precision) for a in articles.itertuples()}
    by_article: dict[str, list[Claim]] = {a: [] for a in order}
    for claim in _comparable(claims):
        if claim.article_id in by_article:
            by_article[claim.article_id].append(claim)
    rows = [_row(event, c, "internal_conflict", o) for a in order for c, o in _internal(by_article[a])]
    principals = {a: _principals(by_article[a]) for a in order}
    for earlier, later in combinations(order, 2):
        times = published[earlier], published[later]
        rows.extend(_pair(event, principals[earlier], principals[later], times, (earlier, later)))
        for one, other in _amounts(by_article[earlier], by_article[later], times):
            rows.append(_row(event, one, compare(one, other, *times), other))
    return frame("claim_relations", rows)


def principal_claims(claims: pd.DataFrame) -> pd.DataFrame:
    """The claims by which articles enter comparisons, one for each article and thing but amounts.

    Columns: article_id, claim_id, role, unit_class, kind (the noun or name that two claims must share, "" for people at
    large).
    """
    by_article: dict[str, list[Claim]] = {}
    for claim in _comparable(claims):
        by_article.setdefault(claim.article_id, []).append(claim)
    found = [c for members in by_article.values() for c in _principals(members).values()]
    return pd.DataFrame(
        [(c.article_id, c.claim_id, c.role, c.unit_class, c.kind) for c in found],
        columns=["article_id", "claim_id", "role", "unit_class", "kind"],
    )


def _comparable(claims: pd.DataFrame) -> Iterator[Claim]:
    for row in claims[claims.about == "this_event"].sort_values(["article_id", "start", "end"]).itertuples():
        unit, value, path, measured = (
            None if pd.isna(v) else str(v) for v in (row.unit, row.value, row.unit_class, row.measured)
        )
        role = str(row.role)
        if (role == "age" and not (unit or " ")[0].isupper()) or (role == "date_time" and len(value or "") < 10):
            continue
        if role in PEOPLE and measured == PART:
            continue
        factor = to_base(unit, path) if role == "size" else 1.0
        low, high = (None if pd.isna(q) else float(q) * factor for q in (row.quantity, row.quantity_max))
        path = (path or PERSON) if role in PEOPLE else None if role == "age" else path
        yield Claim(
            str(row.article_id), str(row.claim_id), int(row.start), role, path,
            _kind(role, path, unit, value, measured), measured, low, high,
            str(row.bound), value, None if pd.isna(row.subset_of) else str(row.subset_of),
            unit if role == "date_time" else None,
        )  # fmt: skip


def _kind(role: str, path: str | None, unit: str | None, value: str | None, measured: str | None) -> str:
    noun = singular((unit or "").lower())
    if role in PEOPLE and measured is not None:
        return measured  # "in critical condition" is set beside its like alone
    if role in PEOPLE:
        return noun if path in (PERSON, "person > civilian") and noun not in (*ANYONE, "civilian", "") else ""
    if role == "date_time":
        return (value or "")[:10]
    if role in ("place", "money"):
        return (value or unit or "").lower()
    return "" if role == "size" else noun


@functools.cache
def to_base(unit: str | None, path: str | None) -> float:
    """The factor that brings a size to the base unit of its kind; 1 where the unit has none ("percent")."""
    if unit is None or path not in ("length", "area", "weight", "volume", "speed", "duration"):
        return 1.0
    from pint import UndefinedUnitError

    name = UNIT_NAMES.get(unit.lower(), singular(unit.lower()))
    if not name.replace("_", "").isalpha():
        return 1.0
    try:
        return float(_units().Quantity(1.0, name).to_base_units().magnitude)
    except UndefinedUnitError:
        return 1.0


@functools.cache
def _units() -> UnitRegistry:
    from pint import UnitRegistry

    return UnitRegistry()


def _principals(claims: Sequence[Claim]) -> Principals:
    """An article's claim on each thing: the first that has a number and is no part, or else the first."""
    best: Principals = {}
    for claim in claims:
        if claim.role in AMOUNTS:
            continue
        key = claim.role, claim.unit_class, claim.kind
        if key not in best or _rank(claim) < _rank(best[key]):
            best[key] = claim
    return best


def _rank(claim: Claim) -> tuple[bool, bool]:
    # a part counts fully where its class is its own ("including ten children"), less where it is people at large
    number = claim.quantity is None and claim.role in PEOPLE
    return number, claim.whole is not None and claim.unit_class == PERSON and not claim.kind


def _amounts(
    mine: Sequence[Claim], theirs: Sequence[Claim], times: tuple[Moment | None, Moment | None]
) -> Iterator[tuple[Claim, Claim]]:
    """Money, sizes and other counts of two articles that measure the same, each claim once."""
    taken: set[str] = set()
    counted = Counter((c.article_id, c.role, c.unit_class, c.kind, c.measured) for c in (*mine, *theirs))
    single = {
        c.claim_id for c in (*mine, *theirs) if counted[c.article_id, c.role, c.unit_class, c.kind, c.measured] == 1
    }
    for same in (_same_amount, _same_measure):
        for one in mine:
            if one.role not in AMOUNTS or one.claim_id in taken:
                continue
            for other in theirs:
                like = (one.role, one.unit_class, one.kind) == (other.role, other.unit_class, other.kind)
                clear = same is _same_amount or (one.claim_id in single and other.claim_id in single)
                if not like or not clear or other.claim_id in taken:
                    continue
                if same(one, other) and comparable_amounts(one, other, *times):
                    taken |= {one.claim_id, other.claim_id}
                    yield one, other
                    break


def _same_amount(one: Claim, other: Claim) -> bool:
    """The same number, of the same thing or too long a number to be the same by chance."""
    if one.quantity is None:
        return one.value is not None and numbers_of(one) == numbers_of(other) and one.measured == other.measured
    if numbers_of(one)[0] != numbers_of(other)[0]:
        return False
    return one.measured == other.measured or one.role == "count_other" or one.quantity > ROUND


def _same_measure(one: Claim, other: Claim) -> bool:
    return one.measured is not None and one.measured == other.measured and (one.whole is None) == (other.whole is None)


def _internal(claims: Sequence[Claim]) -> Iterator[tuple[Claim, Claim]]:
    """Pairs of one article that cannot both be true: each claim with the first that it contradicts."""
    groups: dict[Key, list[Claim]] = {}
    for claim in claims:
        if claim.role not in PEOPLE or claim.quantity is None:
            continue
        members = groups.setdefault((claim.role, claim.unit_class, claim.kind), [])
        if all(numbers_of(claim) != numbers_of(other) for other in members):
            members.append(claim)
    for members in groups.values():
        for n, second in enumerate(members):
            first = next((c for c in members[:n] if contradict(c, second)), None)
            if first is not None:
                yield first, second
    counted = [c for members in groups.values() for c in members]
    yield from ((none, some) for none in counted for some in counted if _none_of(none, some))


def _none_of(none: Claim, some: Claim) -> bool:
    """Whether one claim says that there is no one of a class of which the other counts a kind."""
    if none.role != some.role or none.role not in PEOPLE or none.quantity != 0 or none.bound != "exact":
        return False
    same = none.unit_class == some.unit_class and not none.kind and bool(some.kind)
    return (same or contains(str(none.unit_class), str(some.unit_class))) and at_least_one(some)


def _pair(
    event: str | None,
    mine: Principals,
    theirs: Principals,
    times: tuple[Moment | None, Moment | None],
    ids: tuple[str, str],
) -> Iterator[dict[str, object]]:
    shared = {key[0] for key in mine.keys() & theirs.keys()}
    set_aside: set[str] = set()
    paired: set[tuple[str, str]] = set()
    for key in sorted(mine.keys() | theirs.keys(), key=str):
        first, second, role = mine.get(key), theirs.get(key), key[0]
        if first is not None and second is not None:
            yield _row(event, first, compare(first, second, *times), second)
            continue
        if role not in PEOPLE or role in set_aside:
            continue
        one = first or _denied(second, mine)
        another = second or _denied(first, theirs)
        if one is not None and another is not None:
            if (one.claim_id, another.claim_id) not in paired:
                paired.add((one.claim_id, another.claim_id))
                yield _row(event, one, compare(one, another, *times), another)
            continue
        kin = None if role in shared else _nearest(role, mine, theirs)
        if kin is not None:
            set_aside.add(role)
            yield _row(event, kin[0], "not_comparable", kin[1])
        elif first is not None:
            yield _row(event, first, "only_in", None, ids[1])
        elif second is not None:
            yield _row(event, second, "only_in", None, ids[0])


def _denied(claim: Claim | None, others: Principals) -> Claim | None:
    """The first claim of another article of which this one denies every case, or that denies this one."""
    if claim is None:
        return None
    return next((o for _, o in sorted(others.items(), key=str) if _none_of(claim, o) or _none_of(o, claim)), None)


def _nearest(role: str, mine: Principals, theirs: Principals) -> tuple[Claim, Claim] | None:
    """The first claims on a role of which one counts a kind of what the other counts."""
    for key, claim in sorted(mine.items(), key=str):
        for other_key, other in sorted(theirs.items(), key=str):
            if key[0] == other_key[0] == role and _kin(claim, other):
                return claim, other
    return None


def _kin(one: Claim, other: Claim) -> bool:
    path, another = str(one.unit_class), str(other.unit_class)
    return contains(path, another) or contains(another, path) or (path == another and "" in (one.kind, other.kind))


def _row(
    event: str | None, claim: Claim, relation: str, other: Claim | None, silent: str | None = None
) -> dict[str, object]:
    return {
        "event": event,
        "role": claim.role,
        "unit_class": claim.unit_class,
        "relation": relation,
        "article_id": claim.article_id,
        "claim_id": claim.claim_id,
        "other_article_id": silent if other is None else other.article_id,
        "other_claim_id": None if other is None else other.claim_id,
    }
