"""What kind of source a phrase names, how it is identified, and whether its identity is withheld.

Short forms and pronouns are looked up within the article, for these codes alone: who is who across an event is
settled elsewhere. A person is coded by everything that the article says of them, a body by its name, anyone else by
the noun that heads the phrase.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from samestory.language import Token
from samestory.language.lexicon import fold
from samestory.sourcing.antecedents import SOME, people_of_several, resolve_source
from samestory.sourcing.cast import as_witness, is_calamity, person_type, tells_what_it_saw
from samestory.sourcing.found import Scene, Source
from samestory.sourcing.lexicons import words
from samestory.sourcing.naming import BODIES, named_in
from samestory.sourcing.phrases import MANY, core_of, head_of, is_people, phrase_type
from samestory.sourcing.references import HANDLE, maker, signature, taken_up
from samestory.sourcing.roles import LEARNING, body_type, noun_type, person_noun
from samestory.sourcing.source_types import Question, has_model, tell, weigh

CLOSE_TO = ("close to", "familiar with", "with knowledge", "knowledge of", "briefed on", "who asked not",
            "who spoke on", "anonym", "condition of", "not authorized", "not authorised", "unauthorized", "privy to",
            "declined to be named", "asked to remain", "asked not to be", "did not want to be named", "not allowed to",
            "not permitted to", "involved in the talks", "unnamed", "unidentified", "with direct")  # fmt: skip
_SITE = re.compile(r"\w\.(?:com|org|net|tv|info|kz|ru|uk|co)$")
_COLLECTIVE = frozenset({"people", "family", "staff", "public", "crowd", "crew", "audience", "couple", "media",
                         "community", "press", "leadership-team", "folk", "cast", "police", "team"})  # fmt: skip
_CLUSTER = frozenset({"community", "public"})


class Coded(NamedTuple):
    """A source as the codebook codes it."""

    source_type: str
    identification: str
    anonymous: bool


NOBODY = Coded("none", "none", False)
WEIGHED = ("source_type", "identification")  # what is learnt beside the rules


class Placed(NamedTuple):
    """A source, those before it in the article, that of the attribution around it, and whether it tells what it saw."""

    source: Source
    earlier: tuple[Source, ...]
    outer: Source | None
    saw: bool


def code_sources(scene: Scene, placed: Sequence[Placed]) -> list[Coded]:
    """Code the sources of an article.

    Type and identification are weighed between rules and what a network reads of the source, where its weights are.
    Whoever is cited several times is read where it is cited first, and has one type throughout. Who tells what it saw
    itself is a witness, unless it is known as something else.
    """
    meant = [resolve_source(scene, one.source, one.earlier, one.outer) for one in placed]
    ruled = [code_by_rules(scene, one.source, own, one.earlier) for one, own in zip(placed, meant, strict=True)]
    who = [_who(scene, one.source, own) for one, own in zip(placed, meant, strict=True)]
    first = {own: n for n, own in reversed(list(enumerate(who)))}
    asked = {}
    for own, n in first.items():
        said = {field: str(getattr(ruled[n], field)) for field in WEIGHED}
        asked[own] = Question(tell(scene, placed[n].source, meant[n]), said)
    chosen = dict(zip(asked, weigh(list(asked.values())), strict=True)) if has_model() else {}
    saw = {own for own, one in zip(who, placed, strict=True) if one.saw}
    coded = []
    for own, code in zip(who, ruled, strict=True):
        said = chosen.get(own, {})
        weighed = Coded(said.get("source_type", code.source_type), said.get("identification", code.identification),
                        code.anonymous)  # fmt: skip
        witness = own in saw and (weighed.source_type in ("citizen", "other") or code.source_type == "witness")
        coded.append(weighed._replace(source_type="witness") if witness else weighed)
    return coded


def _who(scene: Scene, source: Source, meant: Source | None) -> tuple[int, int]:
    """Where a source is first named in the article, as far as that is known: characters."""
    mention = named_in(scene, meant or source)
    known = scene.people.same(mention)[0] if mention is not None else meant or source
    return known.start, known.end


def code_by_rules(scene: Scene, source: Source, meant: Source | None, earlier: Sequence[Source]) -> Coded:
    """What the rules say of a source; ``meant`` is the phrase that it stands for, or None where that is not found."""
    if meant is None:
        head = scene.parse.tokens[source.head].text.lower()
        return Coded("other", "unnamed_group" if head in ("they", "we", *SOME) else "unnamed_person", False)
    several = people_of_several(scene, meant)
    if several is not None:
        return Coded(person_type(scene, several, meant), "named_person", False)
    return _code_phrase(scene, meant, earlier)


def _code_phrase(scene: Scene, source: Source, earlier: Sequence[Source]) -> Coded:
    mention = named_in(scene, source)
    if mention is not None:
        return Coded(person_type(scene, mention, source), "named_person", False)
    head = head_of(scene, source)
    owner = maker(scene, source, head, earlier)
    if owner is not None:
        return _code_phrase(scene, owner, [])
    signed = signature(scene, source)
    if signed is not None:
        return Coded(person_type(scene, signed, source), "named_person", False)
    if HANDLE.search(scene.parse.text[source.start : source.end]) and body_type(
        [t.text for t in scene.parse.tokens_in(source.start, source.end)]
    ) in (None, "media", LEARNING):
        names = [t for t in core_of(scene, source, head) if t.pos == "PROPN" and t.text[:1].isupper()]
        return Coded("social_media", "named_person" if len(names) > 1 else "unnamed_person", False)
    if any(_SITE.search(t.text) for t in core_of(scene, source, head)):
        return Coded("media", "named_institution", False)
    known = taken_up(scene, source, head)
    if known is not None:
        told = scene.people.known_type(known) or noun_type(head.text)
        kept = told in (None, "other", "document", "affected", "citizen") or scene.people.known_type(known) is not None
        return Coded(person_type(scene, known, source) if kept else str(told), "named_person", False)
    code = phrase_type(scene, source, head)
    if code == "document":
        return Coded(code, "named_institution" if _is_named(scene, source) else "none", False)
    kind = _identification(scene, source, head)
    withheld = kind.startswith("unnamed") and _is_withheld(scene, source, head)
    if code == "citizen":
        code = "other" if withheld else _citizen_type(scene, source, head)  # "a person close to the talks"
    return Coded(as_witness(scene, source, code), kind, withheld)


def _citizen_type(scene: Scene, source: Source, head: Token) -> str:
    saw = head.tag == "NN" and (tells_what_it_saw(scene, source.start) or is_calamity(scene))
    return "witness" if saw else "citizen"


def _is_named(scene: Scene, source: Source) -> bool:
    return any(
        t.entity == "ORG" or (t.entity == "PERSON") for t in scene.parse.tokens_in(source.start, source.end)
    ) or (scene.parse.tokens[source.head].text.lower() == "constitution")


def _identification(scene: Scene, source: Source, head: Token) -> str:
    tokens = core_of(scene, source, head)
    lemma = head.lemma.lower()
    before = {t.text.lower() for t in tokens if t.i < head.i}
    plural = head.tag in ("NNS", "NNPS")
    inner_capital = head.text[:1].isupper() and head.i != scene.parse.sentences[head.sentence].first
    person = person_noun([t.text for t in tokens if t.i <= head.i])
    body = lemma in words("institutions") or (noun_type(head.text) == "official" and person is None)
    if lemma in _CLUSTER or (plural and head.pos == "NOUN" and before & MANY) or is_people(before, head):
        return "unnamed_group"
    if any(t.text.lower() in ("including", "like") for t in tokens) and body_type([t.text for t in tokens]) and plural:
        return "named_institution"
    if lemma in words("bodies by noun"):
        definite = bool(before & {"the", "this", "that", "its", "our", "his", "her", "their", "my"}) or any(
            t.entity in BODIES or t.pos == "PROPN" for t in tokens
        )
        return "unnamed_group" if plural else "named_institution" if definite else "unnamed_group"
    if (
        head.entity in BODIES
        or body
        or (head.pos == "PROPN" and not plural)
        or (inner_capital and plural and not person)
    ):
        if (
            (head.pos != "PROPN" and not inner_capital)
            and plural
            and lemma not in ("authority", "police", "ally", "troop", "force", "service")
        ):
            return "unnamed_group"
        return "named_institution"
    if head.pos == "PROPN" and head.entity != "":
        return "named_institution"
    if plural or lemma in _COLLECTIVE or head.text.lower() in SOME:
        return "unnamed_group"
    return "unnamed_person"


def _is_withheld(scene: Scene, source: Source, head: Token) -> bool:
    text = fold(scene.parse.text[source.start : source.end])
    if any(phrase in text for phrase in CLOSE_TO):
        return True
    lemma = head.lemma.lower()
    return lemma in words("insiders") and lemma not in words("speakers")
