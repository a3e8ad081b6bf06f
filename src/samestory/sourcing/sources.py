"""What kind of source a phrase names, how it is identified, and whether its identity is withheld.

Short forms and pronouns are looked up within the article, for these codes alone: who is who across an event is
settled elsewhere.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from samestory.language import Token
from samestory.language.lexicon import fold
from samestory.sourcing.found import Scene, Source
from samestory.sourcing.lexicons import source_types, titles, words

RELATIVE = frozenset({"who", "which", "that", "whom"})
SOME = frozenset({"both", "all", "some", "many", "most", "others", "few", "several"})
SINGULAR = frozenset({"he", "she", "him", "her", "his"})
PLURAL = frozenset({"they", "them", "it", "its", "their"})
SPEAKING = frozenset({"i", "we", "me", "us", "my", "our"})
CLOSE_TO = ("close to", "familiar with", "with knowledge", "briefed on", "who asked not", "who spoke on", "anonym",
            "condition of", "not authorized", "not authorised", "declined to be named")  # fmt: skip
_SITE = re.compile(r"\w\.(?:com|org|net|tv|info|kz|ru|uk)$")
_PLACES = ("GPE", "NORP", "LOC")
_UNLIKELY_NAMES = frozenset({"citizen", "document", "witness", "affected"})  # "Times Report", "Citizen Bank"


class Coded(NamedTuple):
    """A source as the codebook codes it."""

    source_type: str
    identification: str
    anonymous: bool


NOBODY = Coded("none", "none", False)


def code_source(scene: Scene, source: Source, earlier: Sequence[Source], outer: Source | None) -> Coded:
    """Code one source. ``earlier`` are those before it in the article, ``outer`` that of the attribution around it."""
    resolved = resolve_source(scene, source, earlier, outer)
    if resolved is None:
        head = scene.parse.tokens[source.head].text.lower()
        return Coded("other", "unnamed_group" if head in ("they", "we", *SOME) else "unnamed_person", False)
    return _code_phrase(scene, resolved)


def resolve_source(scene: Scene, source: Source, earlier: Sequence[Source], outer: Source | None) -> Source | None:
    """The noun phrase that a pronoun stands for within the article; any other phrase stands for itself."""
    tokens = scene.parse.tokens
    head = tokens[source.head]
    word = head.text.lower()
    if word in SOME and not any(c.dep == "prep" for c in scene.parse.children(head.i)):
        return None
    if word in RELATIVE:
        return _antecedent(scene, head)
    if word in SPEAKING:
        return resolve_source(scene, outer, [], None) if outer is not None and outer != source else None
    if word in SINGULAR:
        named = [s for s in earlier if _is_person(scene, s)]
        return named[-1] if named else _last_name(scene, head)
    if word in PLURAL:
        groups = [s for s in earlier if not _is_person(scene, s) and tokens[s.head].pos != "PRON"]
        return groups[-1] if groups else None
    return source


def _antecedent(scene: Scene, pronoun: Token) -> Source | None:
    tokens = scene.parse.tokens
    clause = tokens[pronoun.head]
    if clause.dep != "relcl" or tokens[clause.head].pos == "PRON":
        return None
    noun = tokens[clause.head]
    inside = [t for t in scene.parse.subtree(noun.i) if t.i < pronoun.i]
    return Source(inside[0].start, max(noun.end, inside[-1].end), noun.i) if inside else None


def _is_person(scene: Scene, source: Source) -> bool:
    head = scene.parse.tokens[source.head]
    if head.pos == "PRON":
        return False
    if head.entity == "PERSON":
        return True
    return (
        head.tag in ("NN", "NNP")
        and head.lemma.lower() not in words("institutions") | words("documents")
        and head.entity in ("", "PERSON")
    )


def _last_name(scene: Scene, before: Token) -> Source | None:
    names = [e for e in scene.parse.entities if e.type == "PERSON" and e.last <= before.i]
    return Source(names[-1].start, names[-1].end, names[-1].last - 1) if names else None


# ---- coding a noun phrase


def _code_phrase(scene: Scene, source: Source) -> Coded:
    head = scene.parse.tokens[source.head]
    lemma = head.lemma.lower()
    if head.entity == "PERSON" or _is_named(scene, source, head) or _is_surname(scene, head):
        return Coded(_person_type(scene, source, head), "named_person", False)
    if _SITE.search(head.text):
        return Coded("media", "named_institution", False)
    kind = _noun_type(scene, source, head)
    if kind == "document":
        named = any(t.entity == "ORG" for t in _tokens(scene, source))
        return Coded(kind, "named_institution" if named else "none", False)
    if head.entity in ("ORG", *_PLACES) or lemma in words("institutions") or head.pos == "PROPN":
        return Coded(kind, "named_institution", False)
    group = head.tag in ("NNS", "NNPS") or lemma in ("people", "family", "staff", "public", "crowd")
    return Coded(kind, "unnamed_group" if group else "unnamed_person", _is_withheld(scene, source, lemma))


def _is_withheld(scene: Scene, source: Source, lemma: str) -> bool:
    text = fold(scene.parse.text[source.start : source.end])
    if any(phrase in text for phrase in CLOSE_TO):
        return True
    return lemma in words("insiders") and lemma not in words("speakers")


def _tokens(scene: Scene, source: Source) -> list[Token]:
    return scene.parse.tokens_in(source.start, source.end)


def _is_named(scene: Scene, source: Source, head: Token) -> bool:
    """Whether a person's name stands in apposition to the head, or the head after a name that it is part of."""
    for token in _tokens(scene, source):
        if token.entity == "PERSON" and token.head == head.i:
            return token.dep == "appos" or (token.dep == "compound" and head.pos == "PROPN")
    return False


def _is_surname(scene: Scene, head: Token) -> bool:
    """Whether a name on its own ends a person's full name elsewhere in the article."""
    if head.pos != "PROPN" or any(t.dep == "compound" for t in scene.parse.children(head.i)):
        return False
    return any(
        e.type == "PERSON" and e.last - e.first > 1 and scene.parse.tokens[e.last - 1].text == head.text
        for e in scene.parse.entities
    )


def _noun_type(scene: Scene, source: Source, head: Token) -> str:
    lemma = "media" if head.text.lower() == "media" else head.lemma.lower()
    before = {t.text.lower() for t in _tokens(scene, source) if t.i < head.i}
    if head.entity == "ORG" or head.pos == "PROPN":
        return _name_type(scene, head)
    if lemma in words("armed groups"):
        return "armed_group"
    if head.entity in _PLACES:
        return "official"
    if lemma in words("speakers"):
        return _speaks_for(scene, source)
    if lemma == "source":
        return "official" if before & {"security", "police", "government", "military", "official"} else "other"
    if lemma == "account" and before & {"witness", "eyewitness"}:
        return "witness"
    if lemma == "agency" and (before & words("media names") or any("." in word for word in before)):
        return "media"
    if lemma in ("reporter", "correspondent", "journalist"):
        if before & {"this", "our"}:
            return "outlet"
        if before & words("media names"):
            return "media"  # whose reporter it is shows only beside the article's outlet
    return source_types().get(lemma, "other")


def _speaks_for(scene: Scene, source: Source) -> str:
    """A spokesperson has the type of whom the phrase names; of a body unknown to the lists, organisation."""
    tokens = _tokens(scene, source)
    for token in tokens:
        code = source_types().get(token.lemma.lower())
        if code is not None and token.lemma.lower() not in words("speakers"):
            return code
    return "official" if any(t.entity in _PLACES for t in tokens) else "organisation"


def _name_type(scene: Scene, head: Token) -> str:
    """The type of a named body: by the words of its name, last to first, or by a noun that it modifies elsewhere."""
    if head.entity in _PLACES and head.text.lower() not in words("armed groups"):
        return "official"
    entity = next((e for e in scene.parse.entities if e.first <= head.i < e.last), None)
    members = scene.parse.tokens[entity.first : entity.last] if entity is not None else (head,)
    names = [t.text.lower() for t in members]
    if set(names) & words("armed groups") or "islamic state" in " ".join(names):
        return "armed_group"
    if set(names) & {"news", "newspaper", "television", "tv", "radio"}:
        return "media"
    for name in reversed(names):
        code = source_types().get(name)
        if code is not None and code not in _UNLIKELY_NAMES:
            return code
    if set(names) & words("media names"):
        return "media"
    for token in scene.parse.tokens:  # "the KNB state security service"
        noun = scene.parse.tokens[token.head]
        if token.text == head.text and token.dep in ("compound", "nmod") and noun.pos == "NOUN":
            code = source_types().get(noun.lemma.lower())
            if code is not None and code not in _UNLIKELY_NAMES:
                return code
    return "organisation"


def _person_type(scene: Scene, source: Source, head: Token) -> str:
    """The type of a named person, by the titles and appositions that any mention of the name carries."""
    surname = _surname(scene, source, head)
    for entity in scene.parse.entities:
        if entity.type != "PERSON" or surname not in {t.text for t in scene.parse.tokens[entity.first : entity.last]}:
            continue
        for word in _descriptions(scene, entity.first, entity.last):
            code = titles().get(word) or source_types().get(word)
            if word in words("media names"):
                return "media"
            if code is not None and code != "document":
                return code
    return "other"


def _surname(scene: Scene, source: Source, head: Token) -> str:
    """The last word of the person's name in the phrase."""
    entity = next((e for e in scene.parse.entities if e.type == "PERSON" and e.first <= head.i < e.last), None)
    if entity is not None:
        members = [t for t in scene.parse.tokens[entity.first : entity.last] if t.pos == "PROPN"]
    else:
        members = [t for t in _tokens(scene, source) if t.entity == "PERSON"]
    return members[-1].text if members else head.text


def _descriptions(scene: Scene, first: int, last: int) -> list[str]:
    """Words that stand with a name: titles and modifiers before it, appositions, the noun it is apposed to."""
    parse = scene.parse
    head = next((t for t in parse.tokens[first:last] if not first <= t.head < last), parse.tokens[last - 1])
    found = [t for t in parse.children(head.i) if t.dep in ("compound", "appos", "nmod", "amod")]
    for apposed in [t for t in found if t.dep == "appos"]:
        found += [c for c in parse.children(apposed.i) if c.dep in ("conj", "compound")]
    if head.dep == "appos":
        found.append(parse.tokens[head.head])
    named = [word for t in found for word in (t.text.lower(), t.lemma.lower())]
    bodies = [word for t in found if t.dep == "appos" for word in _body_of(scene, t)]
    return bodies + named


def _body_of(scene: Scene, office: Token) -> list[str]:
    """Of an office that many bodies have, the words that tell the body: president of the | University of Leeds."""
    if office.lemma.lower() not in words("general offices"):
        return []
    at = next(
        (c for c in scene.parse.children(office.i) if c.dep == "prep" and c.text.lower() in ("of", "at", "for")), None
    )
    members = scene.parse.subtree(at.i) if at is not None else []
    scholarly = any(t.lemma.lower() in words("places of learning") for t in members)
    firm = any(t.entity == "ORG" for t in members)
    return ["professor"] if scholarly else ["company"] if firm else []
