"""The passages of an article that tell who a source is: its phrase, where it is introduced, where it speaks."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from samestory.language import Token
from samestory.sourcing.found import Scene, Source
from samestory.sourcing.naming import named_in

PHRASE, HEADLINE = 24, 26  # tokens of a phrase and of a headline that are told
INTRODUCED, SPEAKING = (12, 22), (16, 26)  # tokens before and after, of the same sentence
DESCRIBED = 2  # mentions of a person that are told: the first, and one with a role


class Passage(NamedTuple):
    """Words of an article, of which ``[first, last)`` name the source."""

    words: tuple[str, ...]
    first: int
    last: int


def tell(scene: Scene, source: Source, meant: Source | None) -> tuple[Passage, ...]:
    """What an article tells of a source. ``meant`` is the phrase that a pronoun stands for, the source itself, or None.

    First the phrase that is meant; where a person is named, the first mention and one that tells a role; then the
    sentence with the source; last how the article opens.
    """
    tokens = scene.parse.tokens
    phrase = scene.parse.tokens_in(*(meant or source)[:2])[:PHRASE]
    own = scene.parse.tokens_in(source.start, source.end)[:PHRASE]
    sentence = own[0].sentence
    passages = [Passage(_texts(phrase), 0, len(phrase))]
    for first, last in _introductions(scene, source, meant, phrase):
        if tokens[first].sentence != sentence:
            passages.append(_around(scene, first, last, INTRODUCED))
    passages.append(_around(scene, own[0].i, own[-1].i + 1, SPEAKING))
    opening = scene.parse.tokens_in(*scene.parse.blocks[0])[:HEADLINE] if scene.parse.blocks else ()
    return (*passages, Passage(_texts(opening), 0, 0))


def _introductions(
    scene: Scene, source: Source, meant: Source | None, phrase: Sequence[Token]
) -> list[tuple[int, int]]:
    """Tokens ``[first, last)`` of the mentions that introduce who is meant."""
    mention = named_in(scene, meant or source)
    if mention is not None:
        same = scene.people.same(mention)
        told = [same[0], *[m for m in same[1:] if m.role is not None]][:DESCRIBED]
        return [(m.first, m.last) for m in told]
    return [(phrase[0].i, phrase[-1].i + 1)] if meant not in (None, source) else []


def _around(scene: Scene, first: int, last: int, reach: tuple[int, int]) -> Passage:
    sentence = scene.parse.sentences[scene.parse.tokens[first].sentence]
    start, end = max(sentence.first, first - reach[0]), min(sentence.last, last + reach[1])
    return Passage(_texts(scene.parse.tokens[start:end]), first - start, last - start)


def _texts(tokens: Sequence[Token]) -> tuple[str, ...]:
    return tuple(t.text for t in tokens)
