"""Approximators and bounds, each tied to the number that it qualifies."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samestory.certainty.record import Cue, head_of
from samestory.language import Parse
from samestory.language.numbers import find_quantities

TYPES = ("approximator", "bound")
NEAR = 24  # characters between a cue that only the network finds and its number
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
FIGURE = re.compile(r"(?:US)?[$£€]?\d[\d.,:/]*(?<![.,:])(?:\s?[ap]\.?m\b)?")
AMOUNT = re.compile(
    rf"\b(?:(?P<about>{_ABOUT})|(?P<bound>{_BOUND}))\s+"
    rf"(?P<number>{FIGURE.pattern}|an?(?=\s+(?:{_MEASURES})\b)|half|twice|midnight|noon)",
    re.IGNORECASE,
)
AFTER_AMOUNT = re.compile(
    r"(?P<number>[$£€]?\d[\d.,]*)(?:\s+[\w%]+){0,2}\s+"
    r"(?P<bound>or (?:lower|higher|older|younger|above|below|better|worse))\b"
)


def find_amounts(parse: Parse) -> Iterator[Cue]:
    """Words that bound or blur a number, and orders of size that stand for one ("dozens")."""
    for sentence in parse.sentences:
        for quantity in find_quantities(parse.text, sentence.start, sentence.end):
            inside = parse.tokens_in(quantity.number_start, quantity.number_end)
            if not inside:
                continue
            number = quantity.number_start, quantity.number_end
            if quantity.low is None:
                yield Cue(*number, "approximator", head_of(inside), number)
            if quantity.qualifier_start is not None and quantity.qualifier_end is not None:
                begin, kind = quantity.qualifier_start, BOUND_TYPES[quantity.bound]
                words = parse.text[begin : quantity.qualifier_end]
                begin += len(words) - len(words.removeprefix("just ").removeprefix("well "))  # the span is minimal
                yield Cue(begin, quantity.qualifier_end, kind, head_of(inside), number)
    yield from _amount_cues(parse)


def _amount_cues(parse: Parse) -> Iterator[Cue]:
    """The same of amounts that are no plain number: clock times, fractions, "a year", "twice", units run on."""
    for sentence in parse.sentences:
        for match in AMOUNT.finditer(parse.text, sentence.start, sentence.end):
            inside = parse.tokens_in(*match.span("number"))
            if inside:
                named, kind = ("about", "approximator") if match["about"] else ("bound", "bound")
                yield Cue(*match.span(named), kind, head_of(inside), match.span("number"))
        for match in AFTER_AMOUNT.finditer(parse.text, sentence.start, sentence.end):
            tokens = parse.tokens_in(*match.span("bound"))
            if tokens:
                yield Cue(*match.span("bound"), "bound", head_of(tokens), match.span("number"))


def tie(parse: Parse, cue: Cue) -> Cue:
    """The cue with the number that it qualifies: the first figure or number word close behind it, else close before."""
    if cue.type not in TYPES or cue.number is not None:
        return cue
    sentence = parse.sentences[cue.token.sentence]
    figures = [(q.number_start, q.number_end) for q in find_quantities(parse.text, sentence.start, sentence.end)]
    figures += [match.span() for match in FIGURE.finditer(parse.text, sentence.start, sentence.end)]
    behind = min((f for f in figures if 0 <= f[0] - cue.end <= NEAR), default=None)
    before = max((f for f in figures if 0 <= cue.start - f[1] <= NEAR), default=None)
    return cue._replace(number=behind or before)
