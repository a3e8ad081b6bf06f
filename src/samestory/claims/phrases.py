"""Counted noun phrases: who or what, how many, and how exactly."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.claims.numbered import numbered_phrases, votes
from samestory.claims.record import Phrase
from samestory.claims.worded import worded_phrases
from samestory.language import Parse


def counted_phrases(parse: Parse, sentence: int, measured: Sequence[tuple[int, int]] = ()) -> list[Phrase]:
    """The phrases of a sentence that count, in text order, each noun once; numbers in ``measured`` spans do not."""
    worded = list(worded_phrases(parse, sentence))
    denied = {p.noun.i for p in worded if p.noun is not None and p.quantity == 0}  # "none of the 40 pupils"
    found = [p for p in numbered_phrases(parse, sentence, measured) if p.noun is None or p.noun.i not in denied]
    tallies = list(votes(parse, sentence))
    cast = {p.top.i for p in tallies}
    found = [*tallies, *(p for p in found if p.top.i not in cast)]
    taken = {i for p in found for i in (p.top.i, p.top.i if p.noun is None else p.noun.i)}
    found += [p for p in worded if not {p.top.i, p.top.i if p.noun is None else p.noun.i} & taken]
    return sorted(found, key=lambda p: p.start)
