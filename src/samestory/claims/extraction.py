"""The claims of an article: how many were killed, injured, missing or detained, how many suspects, and how old."""

from __future__ import annotations

import re
from typing import NamedTuple

import pandas as pd

from samestory.claims.ages import find_ages
from samestory.claims.background import goes_on, is_background, recalls
from samestory.claims.phrases import Phrase, counted_phrases
from samestory.claims.triggers import SUSPECTS, roles
from samestory.claims.units import common_class, unit_class
from samestory.document import Document
from samestory.language import Parse, Token
from samestory.tables import frame

OUTLET = "outlet"
_INCLUDING = re.compile(
    r"[,\s(\u2014-]*(?:including|among them|among whom|amongst them)\W+(?:at\s+least\s+)?$", re.IGNORECASE
)
_AND = re.compile(r"\s+and\s+|,\s+and\s+|\s+as\s+well\s+as\s+")
_AMONG = re.compile(r"\s+among\s+(?:the\s+)?(?P<who>\w+)")


class Count(NamedTuple):
    """A counted phrase with its role; ``parent`` is the number of the count that it is a part of."""

    start: int
    end: int
    role: str
    quantity: float | None
    quantity_max: float | None
    bound: str
    unit: str | None
    unit_class: str | None
    about: str
    top: Token | None
    parent: int | None = None


def find_claims(document: Document) -> pd.DataFrame:
    """Find the claims about people in the counted text: table ``claims``, in text order.

    Roles are killed, injured, missing, detained, suspects and age. ``holder`` is "outlet" and ``as_of`` and
    ``referent_id`` are null: they are filled where the tables are joined. Co-ordinated counts ("three officers and a
    civilian") are claims of their own, parts of a claim for their sum that spans them all. "More than 80" is the
    quantity 80 with the bound ``at_least``; "dozens" has no quantity and the bound ``approximate``. An age has the
    class of the person where the text gives one, and the noun or last name as its unit.
    """
    parse = document.parse
    rows: list[dict[str, object]] = []
    recalled = False  # whether the sentence before is about something else
    for sentence in range(len(parse.sentences)):
        counts = _sentence_counts(parse, sentence)
        carried = recalled and goes_on(parse, sentence)
        recalled = any(c.about == "other" for c in counts) or recalls(parse, sentence)
        if carried:
            counts = [c if c.role == "age" else c._replace(about="other") for c in counts]
        order = sorted(range(len(counts)), key=lambda n: (counts[n].start, -counts[n].end, counts[n].role))
        ids = {old: f"{document.article_id}-k{len(rows) + new}" for new, old in enumerate(order)}
        rows.extend(_row(document, counts[n], ids[n], ids, sentence) for n in order)
    return frame("claims", rows)


def _row(document: Document, count: Count, claim_id: str, ids: dict[int, str], sentence: int) -> dict[str, object]:
    return {
        "article_id": document.article_id,
        "claim_id": claim_id,
        "sentence_id": f"{document.article_id}-s{sentence}",
        "start": count.start,
        "end": count.end,
        "role": count.role,
        "quantity": count.quantity,
        "quantity_max": count.quantity_max,
        "bound": count.bound,
        "unit": count.unit,
        "unit_class": count.unit_class,
        "subset_of": None if count.parent is None else ids[count.parent],
        "about": count.about,
        "holder": OUTLET,
    }


def _sentence_counts(parse: Parse, sentence: int) -> list[Count]:
    counts: list[Count] = []
    phrases = counted_phrases(parse, sentence)
    given = _shared([roles(parse, phrase) for phrase in phrases], phrases, parse)
    for phrase, found in zip(phrases, given, strict=True):
        parent = _whole(parse, phrase, counts)
        if parent is not None and not (phrase.part and found):
            whole = counts[parent]
            counts.append(_count(phrase, whole.role, whole.about, parent))
            continue
        for role, trigger in found or _suspects(phrase):
            about = "other" if is_background(parse, trigger) else "this_event"
            counts.append(_count(_narrowed(parse, phrase), role, about, parent))
    counts = _with_sums(parse, counts)
    counts.extend(
        Count(age.start, age.end, "age", age.years, None, "exact", age.unit, age.unit_class, "this_event", None)
        for age in find_ages(parse, sentence)
    )
    return counts


def _shared(given: list[list[tuple[str, Token]]], phrases: list[Phrase], parse: Parse) -> list[list[tuple[str, Token]]]:
    """Roles, where a phrase without one is joined by "and" to the next: "one nurse and two drivers were killed"."""
    result = list(given)
    for n in range(len(phrases) - 2, -1, -1):
        first, second = phrases[n], phrases[n + 1]
        if not result[n] and result[n + 1] and _beside(parse, first.end, second.start):
            result[n] = result[n + 1]
    return result


def _beside(parse: Parse, end: int, start: int) -> bool:
    return bool(_AND.fullmatch(parse.text[end:start]))


def _count(phrase: Phrase, role: str, about: str, parent: int | None) -> Count:
    return Count(phrase.start, phrase.end, role, phrase.quantity, phrase.quantity_max, phrase.bound, phrase.unit,
                 phrase.unit_class, about, phrase.top, parent)  # fmt: skip


def _suspects(phrase: Phrase) -> list[tuple[str, Token]]:
    """ "Two gunmen": a number of suspects to whom nothing happened that counts."""
    noun = phrase.noun
    if noun is None or not phrase.explicit or phrase.quantity is None or noun.lemma.lower() not in SUSPECTS:
        return []
    return [("suspects", phrase.top)]


def _narrowed(parse: Parse, phrase: Phrase) -> Phrase:
    """ "No victims among civilians" counts civilians."""
    match = _AMONG.match(parse.text, phrase.end)
    if match is None or phrase.quantity != 0:
        return phrase
    tokens = parse.tokens_in(match.start("who"), match.end("who"))
    path = unit_class(parse, tokens[0]) if tokens else None
    return phrase if path is None else phrase._replace(end=tokens[0].end, unit=tokens[0].text, unit_class=path)


def _whole(parse: Parse, phrase: Phrase, counts: list[Count]) -> int | None:
    """The count that a phrase tells a part of: "84 people, including ten children", "ten of them children"."""
    for number in range(len(counts) - 1, -1, -1):
        count = counts[number]
        if count.top is None or (count.parent is not None and not _joined(parse, phrase.top, count.top)):
            continue
        if phrase.part and count.end <= phrase.start:
            return number
        if _INCLUDING.search(parse.text[count.end : phrase.start]):
            return number
        if count.parent is not None and _joined(parse, phrase.top, count.top):
            return count.parent
    return None


def _joined(parse: Parse, token: Token, other: Token) -> bool:
    """Whether one token is co-ordinated with the other, directly or along a chain."""
    while token.dep == "conj":
        if token.head == other.i:
            return True
        token = parse.tokens[token.head]
    return False


def _with_sums(parse: Parse, counts: list[Count]) -> list[Count]:
    """Add the sum of co-ordinated counts of one role, and make them its parts."""
    result = list(counts)
    taken: set[int] = set()
    for first, count in enumerate(counts):
        if first in taken or count.top is None:
            continue
        group = [first, *(n for n in range(first + 1, len(counts)) if _adds(parse, count, counts[n]))]
        if len(group) < 2 or any(counts[n].quantity is None for n in group):
            continue
        taken.update(group)
        result.append(_sum([counts[n] for n in group]))
        for n in group:
            result[n] = result[n]._replace(parent=len(result) - 1)
    return result


def _adds(parse: Parse, first: Count, other: Count) -> bool:
    if other.top is None or (other.role, other.about, other.parent) != (first.role, first.about, first.parent):
        return False
    if first.top is None or other.start < first.end:
        return False
    return _joined(parse, other.top, first.top) or _beside(parse, first.end, other.start)


def _sum(parts: list[Count]) -> Count:
    low = sum(p.quantity or 0.0 for p in parts)
    high = sum(p.quantity_max if p.quantity_max is not None else p.quantity or 0.0 for p in parts)
    bounds = [p.bound for p in parts]
    bound = next((b for b in ("at_least", "at_most", "approximate", "range") if b in bounds), "exact")
    path = common_class([p.unit_class or "person" for p in parts])
    first = parts[0]
    return first._replace(
        start=min(p.start for p in parts), end=max(p.end for p in parts), quantity=low,
        quantity_max=high if bound == "range" else None, bound=bound, unit=None, unit_class=path,
    )  # fmt: skip
