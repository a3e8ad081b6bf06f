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
from samestory.sourcing.institutions import SAME_BODY, compound_type, is_press, name_type, named_before, names_medium
from samestory.sourcing.lexicons import words
from samestory.sourcing.naming import BODIES, named_in
from samestory.sourcing.people import Mention, body_before
from samestory.sourcing.roles import LEARNING, SPEAKS, body_type, noun_type, person_noun, role_type

CLOSE_TO = ("close to", "familiar with", "with knowledge", "knowledge of", "briefed on", "who asked not",
            "who spoke on", "anonym", "condition of", "not authorized", "not authorised", "unauthorized", "privy to",
            "declined to be named", "asked to remain", "asked not to be", "did not want to be named", "not allowed to",
            "not permitted to", "involved in the talks", "unnamed", "unidentified", "with direct")  # fmt: skip
_SITE = re.compile(r"\w\.(?:com|org|net|tv|info|kz|ru|uk|co)$")
_HANDLE = re.compile(r"@\w+")
_SIGNED = 3  # characters between a name and the handle behind it
_MANY = frozenset({"many", "some", "several", "most", "other", "various", "few", "different"})
_COLLECTIVE = frozenset({"people", "family", "staff", "public", "crowd", "crew", "audience", "couple", "media",
                         "community", "press", "leadership-team", "folk", "cast", "police", "team"})  # fmt: skip
_CLUSTER = frozenset({"community", "public"})


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
    several = people_of_several(scene, resolved)
    if several is not None:
        return Coded(person_type(scene, several, resolved), "named_person", False)
    return _code_phrase(scene, resolved, earlier)


def _code_phrase(scene: Scene, source: Source, earlier: Sequence[Source]) -> Coded:
    mention = named_in(scene, source)
    if mention is not None:
        return Coded(person_type(scene, mention, source), "named_person", False)
    head = _head(scene, source)
    owner = _maker(scene, source, head, earlier)
    if owner is not None:
        return _code_phrase(scene, owner, [])
    signed = _signature(scene, source)
    if signed is not None:
        return Coded(person_type(scene, signed, source), "named_person", False)
    if _HANDLE.search(scene.parse.text[source.start : source.end]) and body_type(
        [t.text for t in scene.parse.tokens_in(source.start, source.end)]
    ) in (None, "media", LEARNING):
        names = [t for t in _core(scene, source, head) if t.pos == "PROPN" and t.text[:1].isupper()]
        return Coded("social_media", "named_person" if len(names) > 1 else "unnamed_person", False)
    if any(_SITE.search(t.text) for t in _core(scene, source, head)):
        return Coded("media", "named_institution", False)
    known = _taken_up(scene, source, head) or _aged_or_of_a_people(scene, source, head)
    if known is not None:
        told = scene.people.known_type(known) or noun_type(head.text)
        kept = told in (None, "other", "document", "affected", "citizen") or scene.people.known_type(known) is not None
        return Coded(person_type(scene, known, source) if kept else str(told), "named_person", False)
    code = _type(scene, source, head)
    if code == "document":
        return Coded(code, "named_institution" if _is_named(scene, source) else "none", False)
    kind = _identification(scene, source, head)
    return Coded(code, kind, kind.startswith("unnamed") and _is_withheld(scene, source, head))


# ---- people


def _signature(scene: Scene, source: Source) -> Mention | None:
    """The person named elsewhere who signs with a handle, in whatever case: "jane roe (@janeroe)"."""
    told = scene.parse.text[source.start : source.end + _SIGNED].split("\n")[0]
    name = _HANDLE.split(told)[0].lower().split() if _HANDLE.search(told) else []
    bare = [word.strip("(") for word in name if word.strip("(")]
    return next((m for m in scene.people.mentions if bare and len(m.words) > 1 and m.words[-1] == bare[-1]), None)


def _taken_up(scene: Scene, source: Source, head: Token) -> Mention | None:
    """The named person that a definite description takes up: "the comedian", "the mayor", "the dictator"."""
    tokens = scene.parse.tokens_in(source.start, source.end)
    owned = any(t.text in ("'s", "’s") and tokens[n - 1].entity in BODIES for n, t in enumerate(tokens) if n)
    definite = bool(tokens) and (tokens[0].text.lower() in ("the", "this", "that") or owned)
    if not definite or head.tag not in ("NN", "NNP"):
        return None
    until = [t.text for t in tokens if t.i <= head.i]
    noun = person_noun(until)
    if (
        noun is None
        or noun.split("-")[-1] != head.text.lower()
        or noun in words("institutions") | words("bodies by noun")
        or noun_type(head.text) in ("witness", "document", "social_media")
    ):
        return None
    before = [m for m in scene.people.mentions if m.end <= source.start]
    same = [m for m in before if noun in m.nouns or head.text.lower() in m.nouns]
    if same:
        return same[-1]
    singular = {
        m for m in before if scene.parse.tokens[source.head].sentence - scene.parse.tokens[m.first].sentence <= 2
    }
    near = [m for m in before if m in singular and scene.people.known_type(m) in (None, noun_type(head.text), "other")]
    vague = noun in (
        "man",
        "woman",
        "victim",
        "suspect",
        "resident",
        "person",
        "source",
        "official",
        "officer",
        "driver",
    )
    return near[-1] if near and not vague and not owned and len(until) <= 3 else None


def _aged_or_of_a_people(scene: Scene, source: Source, head: Token) -> Mention | None:
    """Who "the 65-year-old" or "the Finn" is: the person named last."""
    words_of = [t.text.lower() for t in scene.parse.tokens_in(source.start, source.end)]
    aged = "old" in words_of and {"year", "years"} & set(words_of)
    people = len(words_of) == 2 and head.text.lower() in words("compatriots") and head.tag in ("NN", "NNP")
    if (
        not words_of
        or words_of[0] != "the"
        or not (aged or people)
        or (aged and noun_type(head.text) is not None and head.pos != "PROPN")
    ):
        return None
    return next((m for m in reversed(scene.people.mentions) if m.end <= source.start), None)


# ---- what somebody made


def _maker(scene: Scene, source: Source, head: Token, earlier: Sequence[Source]) -> Source | None:
    """Whose statement, message or theory it is: the owner that the phrase names, or who spoke last."""
    lemma = head.lemma.lower()
    written = lemma in words("writings")
    if not written and lemma not in words("utterances") and head.text.lower() not in words("utterances"):
        return None
    tokens = scene.parse.tokens_in(source.start, source.end)
    at = next((n for n, t in enumerate(tokens) if t.i == head.i), None)
    if at is None:
        return None
    before, after = [t for t in tokens[:at] if t.pos != "DET"], tokens[at + 1 :]
    for n, t in enumerate(after):
        if (t.text.lower() in ("by", "from") or (t.text.lower() == "of" and n == 0)) and n + 1 < len(after):
            return _owner(scene, after[n + 1 :])
    while before and before[-1].text in ("'s", "’s", "'", "’"):
        before.pop()
    bodies_before = [t for t in before if t.pos == "PROPN" or (t.pos == "NOUN" and _may_speak(t))]
    if bodies_before:
        mark = max(t.i for t in bodies_before)
        found = _owner(scene, [t for t in before if t.i <= mark])
        if found is not None and noun_type(scene.parse.tokens[found.head].text) != "document":
            return found
    if written:
        return None
    spoke = [s for s in earlier if s.end <= source.start and scene.parse.tokens[s.head].pos != "PRON"]
    same = next((s for s in reversed(spoke) if scene.parse.tokens[s.head].lemma == head.lemma), None)
    if same is not None:  # "the statement" goes on with one that was ascribed before
        return _maker(scene, same, scene.parse.tokens[same.head], [s for s in spoke if s.end <= same.start])
    return spoke[-1] if spoke else None


def _may_speak(noun: Token) -> bool:
    return noun_type(noun.text) not in (None, "document") or noun.lemma.lower() in words("institutions")


def _owner(scene: Scene, tokens: Sequence[Token]) -> Source | None:
    cut = next((n for n, t in enumerate(tokens) if t.text in (",", "and") or t.text.lower() in ("after", "on")), None)
    kept = [t for t in tokens[:cut] if t.text not in ("'s", "’s", "'", "’")]
    if not kept or kept[-1].pos == "PRON":
        return None
    inside = {t.i for t in kept}
    head = next((t for t in kept if t.head not in inside and t.pos in ("NOUN", "PROPN")), kept[-1])
    return Source(kept[0].start, kept[-1].end, head.i)


# ---- groups, bodies, documents


def _head(scene: Scene, source: Source) -> Token:
    """The token that heads the phrase: the parse's choice if a noun, else the last noun before a preposition."""
    head = scene.parse.tokens[source.head]
    tokens = scene.parse.tokens_in(source.start, source.end)
    if head.lemma.lower() in words("quantities") or head.pos == "NUM" or head.text == "%":  # "several of | the drivers"
        at = next((n for n, t in enumerate(tokens) if t.i > head.i), len(tokens))
        part = (
            next((t for t in tokens[at + 1 :] if t.dep == "pobj" and t.head == tokens[at].i), None)
            if tokens[at : at + 1] and tokens[at].text.lower() in ("of", "in", "among")
            else None
        )
        head = part if part is not None and part.pos in ("NOUN", "PROPN") else head
    if head.pos in ("NOUN", "PROPN", "PRON", "NUM") and head in tokens:
        return head
    cut = next((n for n, t in enumerate(tokens) if n and (t.pos == "ADP" or t.text == ",")), len(tokens))
    return next((t for t in reversed(tokens[:cut]) if t.pos in ("NOUN", "PROPN")), head)


def _core(scene: Scene, source: Source, head: Token) -> list[Token]:
    """The words of the phrase up to its head and what belongs to the head's name."""
    tokens = scene.parse.tokens_in(source.start, source.end)
    cut = next(
        (
            n
            for n, t in enumerate(tokens)
            if t.i > head.i and (t.text in (",", "(") or t.tag in ("WP", "WDT", "VBN", "VBG"))
        ),
        None,
    )
    return list(tokens[:cut])


def _type(scene: Scene, source: Source, head: Token) -> str:
    text = [t.text for t in _core(scene, source, head)]
    places = scene.people.places
    lemma = "media" if head.text.lower() == "media" else head.lemma.lower()
    before = {t.text.lower() for t in scene.parse.tokens_in(source.start, source.end) if t.i < head.i}
    until = [t.text for t in _core(scene, source, head) if t.i <= head.i]
    if lemma in ("reporter", "correspondent", "journalist", "producer") and before & {"this", "our"}:
        return "outlet"
    if noun_type(head.text) == "political" or head.text.lower() in ("dems", "republicans", "democrats", "tories"):
        return "political"
    if head.pos == "NOUN" and (whole := compound_type(until)) is not None:
        return whole
    if head.entity == "NORP" and (before & _MANY or head.text.endswith("s")):
        return "citizen"
    if head.text == "%" or lemma in ("percent", "those") or head.text[:1].isdigit():
        return "citizen"  # of those asked
    if head.text.lower() == "paper" and before == {"the"}:
        return "media"
    if (
        head.pos == "PROPN"
        or head.entity in BODIES
        or (lemma in words("institutions") and lemma not in ("media", "team"))
        or (lemma in words("bodies by noun") and before <= SAME_BODY and named_before(scene, head) is not None)
    ):
        named = named_before(scene, head) if before <= SAME_BODY else None
        named = named or name_type(scene, text, until, head)
        if named is not None:
            return named
    if lemma == "account" and before & {"witness", "eyewitness"}:
        return "witness"
    if lemma in ("report", "article", "story", "column") and (is_press(before, head) or names_medium(text)):
        return "media"
    if lemma == "source":
        return (
            role_type(
                ["official", "source"] if before & {"security", "law", "enforcement", "diplomatic"} else text, places
            )
            or "other"
        )
    if any(word in ("former", "ex") for word in before) and lemma in ("employee", "staffer", "worker", "executive"):
        return "organisation"
    code = role_type(text, places)
    served = next((m for m in scene.people.mentions if source.start <= m.start and m.end <= source.end), None)
    if served is not None and code == "organisation" and lemma in words("offices of bodies"):
        told = scene.people.known_type(served)  # "a spokesman for Roe"
        code = told if told in ("official", "political", "armed_group") else code
    if code == "organisation" and lemma in SPEAKS and len(until) <= 2:
        code = body_before(scene.parse, head.i) or code
    if code is None or (noun_type(head.text) == "document"):
        code = noun_type(head.text) or noun_type(lemma) or code
    if code is None:
        code = body_type(until, places)
    if (
        code == "citizen"
        and head.tag == "NN"
        and (tells_what_it_saw(scene, source.start) or (is_calamity(scene) and not _is_withheld(scene, source, head)))
    ):
        return "witness"
    if code == "citizen" and _is_withheld(scene, source, head):
        return "other"  # "a person close to the talks"
    if code == "other" and person_noun(until) in words("performers"):
        return "affected"
    return as_witness(scene, source, "organisation" if code == LEARNING else code or "other")


def _is_named(scene: Scene, source: Source) -> bool:
    return any(
        t.entity == "ORG" or (t.entity == "PERSON") for t in scene.parse.tokens_in(source.start, source.end)
    ) or (scene.parse.tokens[source.head].text.lower() == "constitution")


def _identification(scene: Scene, source: Source, head: Token) -> str:
    tokens = _core(scene, source, head)
    lemma = head.lemma.lower()
    before = {t.text.lower() for t in tokens if t.i < head.i}
    plural = head.tag in ("NNS", "NNPS")
    inner_capital = head.text[:1].isupper() and head.i != scene.parse.sentences[head.sentence].first
    person = person_noun([t.text for t in tokens if t.i <= head.i])
    body = lemma in words("institutions") or (noun_type(head.text) == "official" and person is None)
    if (
        lemma in _CLUSTER
        or (plural and head.pos == "NOUN" and before & _MANY)
        or (head.entity == "NORP" and (before & _MANY or head.text.endswith("s")))
    ):
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
