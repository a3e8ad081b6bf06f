"""Counts listed together: the role that they share, what is a part of what, and their sum."""

from __future__ import annotations

import re

from samestory.claims.record import Count, Phrase
from samestory.claims.units import common_class
from samestory.claims.worded import is_heading
from samestory.language import Parse, Token

Roles = list[tuple[str, Token]]  # each with the word that gives it
LISTED = ("conj", "appos", "nmod", "dep", "npadvmod", "attr", "dobj")  # how what is listed further on hangs
_INCLUDING = re.compile(
    r"[,\s(\u2014-]*(?:including|among them|among whom|amongst them)\W+(?:at\s+least\s+)?$", re.IGNORECASE
)
_AND = re.compile(r"(?:,?\s+and|\s+as\s+well\s+as|\s+&)\s+(?:(?:the|an?|his|her|its|their|our|my)\s+)?")
_AMONG_THE = re.compile(r"\s+(?:(?:were|was|are|is)\s+)?(?:among|of)\s+(?:the\s+)?(?:at\s+least\s+)?", re.IGNORECASE)


def shared_roles(given: list[Roles], phrases: list[Phrase], parse: Parse) -> list[Roles]:
    """Roles, where a phrase without one is listed with one that has it.

    From the last backwards: "a nurse and two drivers were killed", and "ten of the 12 killed". Then forwards, where
    the parse takes what follows for no subject of its own: "killed a nurse, two drivers and a cook".
    """
    result = list(given)
    for n in range(len(phrases) - 2, -1, -1):
        first, second = phrases[n], phrases[n + 1]
        told = first.unit_class is not None or _overlap(first, second)
        told &= not _INCLUDING.search(parse.text[max(0, first.start - 30) : first.start])  # that is a part already
        if not result[n] and told and result[n + 1] and are_listed(parse, phrases, n):
            result[n] = result[n + 1]
    for n in range(1, len(phrases)):
        hangs = phrases[n].top.dep in LISTED and phrases[n].unit_class is not None
        if hangs and not result[n] and result[n - 1] and are_listed(parse, phrases, n - 1):
            result[n] = result[n - 1]
    return result


def are_listed(parse: Parse, phrases: list[Phrase], n: int) -> bool:
    """Whether a phrase and the next stand in one list: joined by "and", or by a comma with an "and" further on."""
    first, second = phrases[n], phrases[n + 1]
    if _overlap(first, second) or _beside(parse, first.end, second.start):
        return True
    if parse.text[first.end : second.start].strip() != "," or first.top.sentence != second.top.sentence:
        return False
    headed = first.numbered and is_heading(parse, first.top.sentence)
    return headed or (n + 2 < len(phrases) and are_listed(parse, phrases, n + 1))


def _overlap(first: Phrase, second: Phrase) -> bool:
    """ "Ten of the 12 killed", not "the driver's brother"."""
    return first.numbered and second.start < first.end


def _beside(parse: Parse, end: int, start: int) -> bool:
    return bool(_AND.fullmatch(parse.text[end:start]))


def whole_of(parse: Parse, phrase: Phrase, counts: list[Count]) -> int | None:
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


def among_others(parse: Parse, counts: list[Count]) -> list[Count]:
    """ "Ten nurses were among the 12 dead", "five of the 12": what stands before is a part of what follows."""
    result = list(counts)
    for n, count in enumerate(counts):
        for m in range(n + 1, len(counts)):
            other = counts[m]
            same = other.role == count.role and other.start > count.start and other.parent != n
            within = other.start < count.end <= other.end  # "five of the 12 dead"
            # "nine people were among the 12 who died": the word that gives the role is the other's own
            within |= other.top is not None and count.top is not None and _is_under(parse, count.sign, other.top)
            if (
                same
                and count.parent is None
                and (within or _AMONG_THE.fullmatch(parse.text, count.end, max(count.end, other.start)))
            ):
                result[n] = count._replace(parent=m)
                break
    return result


def with_sums(parse: Parse, counts: list[Count]) -> list[Count]:
    """Add the sum of co-ordinated counts of one role, and make them its parts.

    A floor that stands before the first holds for all ("at least two cooks and a baker").
    """
    result = list(counts)
    taken: set[int] = set()
    for first, count in enumerate(counts):
        if first in taken or count.top is None or count.role == "count_other":
            continue
        group = [first, *(n for n in range(first + 1, len(counts)) if _adds(parse, count, counts[n]))]
        if len(group) < 2 or any(counts[n].quantity is None for n in group):
            continue
        taken.update(group)
        floor = count.bound == "at_least"
        for n in group:
            bound = "at_least" if floor and counts[n].bound == "exact" else counts[n].bound
            result[n] = counts[n]._replace(parent=len(result), bound=bound)
        result.append(_sum([counts[n] for n in group]))
    return result


def _adds(parse: Parse, first: Count, other: Count) -> bool:
    if other.top is None or (other.role, other.parent) != (first.role, first.parent):
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


def _is_under(parse: Parse, token: Token, top: Token) -> bool:
    """Whether a token depends on another, directly or not."""
    return token.i != top.i and any(t.i == top.i for t in parse.ancestors(token.i))


def _joined(parse: Parse, token: Token, other: Token) -> bool:
    """Whether one token is co-ordinated with the other, directly or along a chain."""
    while token.dep == "conj":
        if token.head == other.i:
            return True
        token = parse.tokens[token.head]
    return False
