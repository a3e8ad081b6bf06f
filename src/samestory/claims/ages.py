"""Ages: "27-year-old", "aged 27", "Jane Roe, 27,"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from samestory.claims.units import unit_class
from samestory.language import Parse, Token
from samestory.language.numbers import Quantity, find_quantities, number_value

_OLD = re.compile(r"[\s-]*years?[\s-]+olds?\b|\s+years\s+of\s+age\b", re.IGNORECASE)
_AGED = re.compile(
    r"\b(?:(?P<most>under|below|younger\s+than)|(?P<least>over|above|older\s+than)\s+)?\s*(?:the\s+)?"
    r"(?:aged?(?:\s+of)?|ages(?:\s+of)?|at\s+the\s+age\s+of)\s+$",
    re.IGNORECASE,
)
_DECADE = re.compile(r"\bin\s+(?:his|her|their)\s+(?:(?:early|mid|late)[\s-]+)?(?P<tens>[1-9])0s\b", re.IGNORECASE)
_APPOSED = re.compile(r",\s+(?P<age>\d{1,3}|[a-z]+)(?P<closed>(?=\s*[,;)]))?(?=\s*[,.;)\u2014-]|\s+and\b|$)")
_TURNED = re.compile(r"\bturn(?:s|ed|ing)\s+(?P<age>\d{1,3})\b(?!\s*(?:%|[a-z]+s\b|of\b|percent|to\b))")
_AND_OLDER = re.compile(r"\b(?P<age>\d{1,3})\s+(?:and|or)\s+(?:(?P<least>older|over|above|up)|younger|under)\b")
CALLED = ("star", "model")  # nouns for people here, elsewhere seldom
OLDEST = 120
PLACES = ("GPE", "LOC", "FAC")  # for which the parser also takes last names
NUMBERS = ("DATE", "TIME", "CARDINAL", "MONEY")


class Age(NamedTuple):
    """Characters of an age, the years with their bound, and whom it is said of: noun or last name, and class.

    ``most`` is the upper end of a range ("in his 30s"); unit and class are null where they are unknown.
    """

    start: int
    end: int
    years: float
    most: float | None
    bound: str
    unit: str | None
    unit_class: str | None


def find_ages(parse: Parse, sentence: int) -> Iterator[Age]:
    """The ages of people in a sentence; years beside a name count only after a person's name."""
    span = parse.sentences[sentence]
    for quantity in find_quantities(parse.text, span.start, span.end):
        age = _stated(parse, quantity, span.start, span.end)
        if age is not None:
            yield age
    for match in _DECADE.finditer(parse.text, span.start, span.end):
        years = 10.0 * int(match["tens"])
        yield _aged(parse, match.start(), match.end(), years, years + 9, "range")
    for match in _TURNED.finditer(parse.text, span.start, span.end):
        yield _aged(parse, match.start("age"), match.end(), float(match["age"]), None, "exact")
    for match in _AND_OLDER.finditer(parse.text, span.start, span.end):
        bound = "at_least" if match["least"] else "at_most"
        yield _aged(parse, match.start(), match.end(), float(match["age"]), None, bound)
    yield from _set_beside(parse, sentence)


def _stated(parse: Parse, quantity: Quantity, begin: int, limit: int) -> Age | None:
    """ "27-year-old", "between 16 and 18 years old", "aged 27", "under the age of 18"."""
    if quantity.low is None or quantity.low > OLDEST:
        return None
    old = _OLD.match(parse.text, quantity.end, limit)
    aged = _AGED.search(parse.text[begin : quantity.start])
    if old is None and aged is None:
        return None
    start = quantity.start if aged is None else begin + aged.start()
    start += len(parse.text[start : quantity.start]) - len(parse.text[start : quantity.start].lstrip())
    bound = quantity.bound
    if aged is not None and (aged["most"] or aged["least"]):
        bound = "at_most" if aged["most"] else "at_least"
    end = quantity.end if old is None else old.end()
    age = _aged(parse, start, end, quantity.low, quantity.high, bound)
    thing = age.unit is not None and age.unit.islower() and age.unit_class is None
    return None if old is not None and thing and _owner_noun(parse, start, end) else age  # "a 25-year-old bridge"


def _aged(parse: Parse, start: int, end: int, years: float, most: float | None, bound: str) -> Age:
    owner = _owner(parse, start, end)
    path = None if owner is None or owner.pos != "NOUN" else unit_class(parse, owner)
    return Age(start, end, years, most, bound, None if owner is None else owner.text, path)


def _owner_noun(parse: Parse, start: int, end: int) -> bool:
    owner = _owner(parse, start, end)
    return owner is not None and owner.pos == "NOUN"


def _set_beside(parse: Parse, sentence: int) -> Iterator[Age]:
    """ "Jane Roe, 27,", "a baker, 43,": years after a comma, beside a person's name or a noun for a person."""
    span = parse.sentences[sentence]
    tokens = parse.tokens[span.first : span.last]
    owners = [(t, None) for t in tokens if t.pos == "PROPN" and t.entity not in NUMBERS]
    nouns = [t for t in tokens if t.tag == "NN"]
    classes = [(t, path) for t in nouns if (path := unit_class(parse, t)) is not None or t.lemma.lower() in CALLED]
    for token, path in (*owners, *classes):
        beside = _APPOSED.match(parse.text, token.end, span.end)
        years = None if beside is None else number_value(beside["age"])
        if beside is None or years is None or not 0 < years <= OLDEST:
            continue
        placed = token.entity in PLACES and (token.dep == "pobj" or beside["closed"] is None)
        if not placed:
            owner = parse.tokens[token.i - 1] if token.text.rstrip(".") in ("Jr", "Sr") and token.i else token
            yield Age(beside.start("age"), beside.end("age"), years, None, "exact", owner.text, path)


def _owner(parse: Parse, start: int, end: int) -> Token | None:
    """The noun or name that an age is said of: what follows it, or what it is set beside."""
    tokens = parse.tokens_in(start, end)
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    for token in tokens:
        head = parse.tokens[token.head]
        if head.i not in inside and head.pos in ("NOUN", "PROPN"):
            return head
        if head.lemma == "be":  # "Roe is 52 years old"
            return next((c for c in parse.children(head.i) if c.dep == "nsubj" and c.pos in ("NOUN", "PROPN")), None)
    return None
