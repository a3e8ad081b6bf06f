"""Which person a noun phrase names, and whether a noun stands for a body."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.language import Token
from samestory.sourcing.lexicons import titles, words
from samestory.sourcing.people import Mention
from samestory.sourcing.roles import PREPOSITIONS, is_body_word, is_place, person_noun

if TYPE_CHECKING:
    from samestory.sourcing.found import Scene, Source

_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_INCLUDING = frozenset({"including", "like", "than", "about", "against", "by", "between", "among", "called", "over"})
BODIES = ("ORG", "GPE", "NORP", "FAC", "LOC")


def named_in(scene: Scene, source: Source) -> Mention | None:
    """The person that a source phrase names as the source itself, not as owner, employer or example."""
    tokens = scene.parse.tokens
    for mention in scene.people.mentions:
        if mention.start >= source.end:
            break
        if mention.end <= source.start or mention.start < source.start:
            continue
        following = tokens[mention.last] if mention.last < len(tokens) else None
        if following is not None and following.end < source.end and following.text in _POSSESSIVE:
            continue
        if following is not None and following.end <= source.end and following.pos in ("NOUN", "PROPN"):
            if following.text[:1] not in "@([" and not following.text[:1].isupper():
                continue  # "the Roe administration"
            if is_body_word(following.text):
                continue
        if not _depends(scene, source, mention):
            return mention
    return None


def _depends(scene: Scene, source: Source, mention: Mention) -> bool:
    """Whether a name hangs on a preposition: "spokesman for President | Roe", "drivers including | Roe"."""
    tokens = scene.parse.tokens
    at = mention.first - 1
    while at >= 0 and tokens[at].start >= source.start:
        word = tokens[at].text.lower()
        if word in _INCLUDING or (word == "as" and tokens[at - 1].text.lower() == "such"):
            return True
        if word in PREPOSITIONS:
            nearest = tokens[mention.first - 1]
            body = is_body_word(nearest.text) or is_place(nearest.text) or nearest.entity in BODIES
            body = body and nearest.text.lower() not in titles()
            return not (body and person_noun([t.text for t in tokens[_start(scene, source) : at]]))
        if word == ",":
            return False
        at -= 1
    return False


def _start(scene: Scene, source: Source) -> int:
    return scene.parse.tokens_in(source.start, source.end)[0].i


def is_body(token: Token) -> bool:
    """Whether a noun or name stands for an institution, a company or a state."""
    if token.entity == "PERSON":
        return False
    lemma = token.lemma.lower()
    if lemma in words("institutions") and token.tag not in ("NNS",):
        return True
    return token.pos == "PROPN" and (token.entity in BODIES or is_place(token.text) or is_body_word(token.text))
