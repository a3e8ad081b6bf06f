"""The type of a body by the phrase that names it, or takes up its name."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.language import Token
from samestory.sourcing.found import Scene
from samestory.sourcing.lexicons import bodies
from samestory.sourcing.naming import BODIES
from samestory.sourcing.roles import LEARNING, body_type, is_place, noun_type

SAME_BODY = frozenset({"the", "this", "that"})  # with nothing else before its noun, a phrase takes up a name
_PRESS = frozenset({"media", "news", "press", "local", "newspaper", "tv", "television", "radio", "preliminary",
                    "earlier"})  # fmt: skip
_SEVERAL = frozenset({"initial", "latest", "recent", "unconfirmed", "multiple", "several", "some", "various", "other"})


def is_press(before: set[str], head: Token) -> bool:
    """Whether a report or reports are those of the press."""
    plural = head.tag == "NNS" and before <= {"the", *_SEVERAL} and before != {"the"}
    return plural or not _PRESS.isdisjoint(before)


def names_medium(text: Sequence[str]) -> bool:
    """Whether a report is told to stand in a paper: "a report in the Herald"."""
    at = next((n for n, word in enumerate(text) if n and word.lower() in ("in", "by", "from", "on")), None)
    return at is not None and any(word[:1].isupper() for word in text[at:]) and body_type(text[at + 1 :]) == "media"


def compound_type(until: Sequence[str]) -> str | None:
    """The type of a compound noun for a group or body that the lists know whole: "rights | group", "news site"."""
    for length in (3, 2):
        name = "-".join(word.lower() for word in until[-length:] if word != "-")
        if len(until) >= length and "-" in name and (code := noun_type(name)) not in (None, "other"):
            return code
    return None


def named_before(scene: Scene, head: Token) -> str | None:
    """The type of the body whose name, told before, ends in this noun: "the committee"."""
    noun = head.text.lower()
    for token in reversed(scene.parse.tokens[: head.i]):
        if token.text[:1].isupper() and token.pos == "PROPN" and token.text.lower() == noun:
            name = [token]
            while (
                name[0].i
                and (before := scene.parse.tokens[name[0].i - 1]).pos in ("PROPN", "PART")
                and before.sentence == token.sentence
            ):
                name.insert(0, before)
            if len(name) > 1:
                code = body_type([t.text for t in name if not is_place(t.text)]) or body_type([t.text for t in name])
                return "organisation" if code == LEARNING else code
    return None


def name_type(scene: Scene, text: Sequence[str], until: Sequence[str], head: Token) -> str | None:
    """The type of a body; of one that no list knows, what a noun beside its name says of it, else organisation."""
    if (
        head.pos != "PROPN"
        and head.entity not in BODIES
        and noun_type(head.text) in ("document", "media", "armed_group")
    ):
        return noun_type(head.text)
    if head.entity != "GPE" and is_place(head.text) and len(text) == 1:  # "American" said, after "American Airlines"
        whole = next((e for e in scene.parse.entities if e.type == "ORG" and e.last - e.first > 1
                      and scene.parse.tokens[e.first].text == head.text), None)  # fmt: skip
        if whole is not None:
            return body_type([t.text for t in scene.parse.tokens[whole.first + 1 : whole.last]]) or "organisation"
    entity = next((e for e in scene.parse.entities if e.first <= head.i < e.last and e.type in BODIES), None)
    name = [t.text for t in scene.parse.tokens[entity.first : entity.last]] if entity is not None else list(until)
    code = bodies()[0].get("-".join(word.lower() for word in until))  # "the Hill", "the Times"
    code = code or body_type(name, scene.people.places if head.entity in ("GPE", "NORP", "") else ())
    if code is None and entity is not None:
        code = body_type(until, scene.people.places) if len(until) > len(name) else None
    if code is None and (noun := noun_type(head.text)) is not None and noun != "citizen":
        code = noun
    if code is None:
        code = _beside(scene, head)
    if code == LEARNING:
        return "organisation"
    return code or ("official" if head.entity in ("GPE",) else "organisation" if head.pos == "PROPN" else None)


def _beside(scene: Scene, head: Token) -> str | None:
    """ "the KNB state security service": the noun that a name modifies anywhere in the article."""
    for token in scene.parse.tokens:
        noun = scene.parse.tokens[token.head]
        if token.text == head.text and token.dep in ("compound", "nmod", "appos") and noun.pos == "NOUN":
            code = body_type([noun.text]) or noun_type(noun.text)
            if code is not None and code not in ("citizen", "document", "witness", "affected", "expert"):
                return code
    return None
