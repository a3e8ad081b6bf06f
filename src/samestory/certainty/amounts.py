"""Approximators and bounds, each tied to the number that it qualifies.

``AMOUNT`` is for what is no plain number: clock times, fractions, "a year", "twice", units run on ("50,000lb").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from samestory.certainty.record import Cue, head_of
from samestory.language import Parse
from samestory.language.numbers import Quantity, find_quantities

BOUND_TYPES = {"at_least": "bound", "at_most": "bound", "approximate": "approximator"}
_MEASURES = (
    "second|minute|hour|day|week|month|year|decade|century|mile|kilomet(?:er|re)|met(?:er|re)|centimet(?:er|re)|inch|"
    "foot|yard|tonn?e?|third|quarter|half|fifth|tenth|dozen|hundred|thousand|million|billion"
)
_ABOUT = r"about|around|approximately|roughly|nearly|almost|close to|just about|some(?=\s+[$£€\d])"
_BOUND = (
    "more than|less than|fewer than|at least|at most|up to|as (?:much|little|many|far|low|high|slow) as|over|under|"
    "above|below|beyond|no more than|no less than"
)
_FIGURE = r"(?:US)?[$£€]?\d[\d.,:/]*(?<![.,:])(?:\s?[ap]\.?m\b)?"
AMOUNT = re.compile(
    rf"\b(?:(?P<about>{_ABOUT})|(?P<bound>{_BOUND}))\s+"
    rf"(?P<number>{_FIGURE}|an?(?=\s+(?:{_MEASURES})\b)|half|twice|midnight|noon)",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"(?:%|(?:\s+[\w%]+){0,2}\s+)\s*(?:(?P<about>or so|or thereabouts)"
    r"|(?P<bound>or (?:lower|higher|older|younger|above|below|better|worse)))\b"
)


def find_amounts(parse: Parse) -> Iterator[Cue]:
    """Words that bound or blur a number, and orders of size that stand for one ("dozens")."""
    for sentence in parse.sentences:
        for quantity in find_quantities(parse.text, sentence.start, sentence.end):
            inside = parse.tokens_in(quantity.number_start, quantity.number_end)
            if inside:
                head, number = head_of(inside), (quantity.number_start, quantity.number_end)
                if quantity.low is None:
                    yield Cue(*number, "approximator", head, number)
                yield from (Cue(*span, kind, head, number) for span, kind in _qualifiers(parse.text, quantity))
        for match in AMOUNT.finditer(parse.text, sentence.start, sentence.end):
            inside = parse.tokens_in(*match.span("number"))
            if inside:
                named, kind = ("about", "approximator") if match["about"] else ("bound", "bound")
                yield Cue(*match.span(named), kind, head_of(inside), match.span("number"))


def _qualifiers(text: str, quantity: Quantity) -> Iterator[tuple[tuple[int, int], str]]:
    """What stands before a number, and behind it and its unit; the span is minimal: not "just over" but "over"."""
    begin, end = quantity.qualifier_start, quantity.qualifier_end
    if begin is not None and end is not None:
        words = text[begin:end]
        begin += len(words) - len(words.removeprefix("just ").removeprefix("well "))
        yield (begin, end), BOUND_TYPES[quantity.bound]
    behind = BEHIND.match(text, quantity.number_end)
    if behind is not None:
        named, kind = ("about", "approximator") if behind["about"] else ("bound", "bound")
        yield behind.span(named), kind
