"""Dates and clock times of a text, each with the verb or noun that it dates."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from samestory.language import Parse, Token
from samestory.language.times import Time, find_times

PARTS_OF_A_DAY = ("night", "morning", "evening", "afternoon", "day")
COMING = ("will", "to", "would", "'ll", "\u2019ll")


class Moment(NamedTuple):
    """A date or time, and the token that it says the time of."""

    time: Time
    anchor: Token


def find_moments(parse: Parse) -> Iterator[Moment]:
    """The dates and clock times of a text, in text order."""
    for sentence in parse.sentences:
        for time in find_times(parse.text, sentence.start, sentence.end):
            tokens = [t for t in parse.tokens[sentence.first : sentence.last] if time.start <= t.start < time.end]
            if tokens:
                yield Moment(time, _anchor(parse, tokens))


def part_of_day(words: str) -> str | None:
    """The part of the day that a time names beside the day and without a clock: "morning" of "Friday morning"."""
    found = [word for word in re.findall(r"[a-z]+", words.lower()) if word in PARTS_OF_A_DAY]
    return None if not found or re.search(r"\d[:.]\d|\d\s*[ap]\.?m", words) else found[0]


def moment_value(parse: Parse, moment: Moment, published: date | None, day: str | None) -> str | None:
    """The ISO 8601 form of a moment; a clock time without a date has the ``day`` that was last named."""
    value = moment.time.value(published, ahead=_is_ahead(parse, moment.anchor))
    if value is None and moment.time.clock is not None and day is not None:
        return f"{day}T{moment.time.clock}"
    return value


def _anchor(parse: Parse, tokens: list[Token]) -> Token:
    """The verb or noun that a time says the time of."""
    inside = {t.i for t in tokens}
    token = next((t for t in tokens if t.head not in inside or t.head == t.i), tokens[-1])
    while token.head != token.i:
        token = parse.tokens[token.head]
        if token.i in inside or token.lemma.lower() in PARTS_OF_A_DAY:
            continue
        if token.pos in ("VERB", "AUX", "NOUN", "PROPN"):
            break
    return token


def _is_ahead(parse: Parse, anchor: Token) -> bool:
    """Whether the time is to come: "will meet on Friday", "plans to speak Monday"."""
    verb = anchor if anchor.pos in ("VERB", "AUX") else parse.tokens[anchor.head]
    for _ in range(2):
        if any(c.dep == "aux" and c.text.lower() in COMING for c in parse.children(verb.i)):
            return True
        verb = parse.tokens[verb.head]
    return False
