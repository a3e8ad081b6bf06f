"""Ages: "27-year-old", "aged 27", "Jane Roe, 27,"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from samestory.claims.units import unit_class
from samestory.language import Parse, Token
from samestory.language.numbers import number_value

_OLD = re.compile(r"\b(?P<age>\d{1,3}|[a-z]+(?:-[a-z]+)?)[\s-]years?[\s-]olds?\b", re.IGNORECASE)
_AGED = re.compile(r"\b(?:aged?|at\s+the\s+age\s+of)\s+(?P<age>\d{1,3})\b(?!\s*(?:to|-|and)\s*\d)", re.IGNORECASE)
_APPOSED = re.compile(r",\s+(?P<age>\d{1,3})(?=\s*[,.;)\u2014-]|\s+and\b|$)")
OLDEST = 120


class Age(NamedTuple):
    """Characters of an age, the years, and whom it is said of: noun or last name, and class, null where unknown."""

    start: int
    end: int
    years: float
    unit: str | None
    unit_class: str | None


def find_ages(parse: Parse, sentence: int) -> Iterator[Age]:
    """The ages of people in a sentence; years beside a name count only after a person's name."""
    span = parse.sentences[sentence]
    for pattern in (_OLD, _AGED):
        for match in pattern.finditer(parse.text, span.start, span.end):
            years = number_value(match["age"])
            if years is None or years > OLDEST:
                continue
            owner = _owner(parse, match.start(), match.end())
            if owner is not None and owner.pos == "NOUN" and unit_class(parse, owner) is None:
                continue  # "a 25-year-old bridge"
            path = None if owner is None or owner.pos != "NOUN" else unit_class(parse, owner)
            yield Age(match.start(), match.end(), years, None if owner is None else owner.text, path)
    yield from _set_beside(parse, sentence)


def _set_beside(parse: Parse, sentence: int) -> Iterator[Age]:
    """ "Jane Roe, 27,", "a baker, 43,": years after a comma, beside a person's name or a noun for a person."""
    span = parse.sentences[sentence]
    people = [e for e in parse.entities if e.type == "PERSON" and span.start <= e.start < span.end]
    owners = [(parse.tokens[e.last - 1], None) for e in people]
    named = {t for person in people for t in range(person.first, person.last)}
    nouns = [t for t in parse.tokens[span.first : span.last] if t.tag == "NN" and t.i not in named]
    classes = [(t, path) for t in nouns if (path := unit_class(parse, t)) is not None]
    for token, path in (*owners, *classes):
        beside = _APPOSED.match(parse.text, token.end, span.end)
        if beside is not None and 0 < float(beside["age"]) <= OLDEST:
            yield Age(beside.start("age"), beside.end("age"), float(beside["age"]), token.text, path)


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
    return None
