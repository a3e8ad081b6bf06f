"""Mentions: labels and source phrases of an article, with what their words tell of whom they name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samestory.language.circumstances import clause_verb, is_background, is_captured, is_harmed, is_violent
from samestory.language.nouns import FEMALE, KINDS, MALE, noun_class, same_word, singular
from samestory.language.people import people_nouns
from samestory.language.phrases import head_of
from samestory.language.states import state_named
from samestory.tables import cells

if TYPE_CHECKING:
    import pandas as pd

    from samestory.document import Document
    from samestory.language import Parse, Token

NAME_KINDS = {"PERSON": "person", "ORG": "institution", "GPE": "place", "LOC": "place", "FAC": "place", "NORP": "group",
              "EVENT": "event", "PRODUCT": "object", "WORK_OF_ART": "object"}  # fmt: skip
SOURCE_KINDS = {"document": "object", "media": "institution", "organisation": "institution", "official": "institution",
                "social_media": "institution"}  # fmt: skip
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
OTHER = frozenset(
    ("no", "any", "such", "another", "other", "similar", "previous", "earlier", "future", "possible", "every")
)
MEDIA = ("agency", "channel", "newspaper", "outlet")
PARTS = ("amod", "compound", "nmod", "poss")
ACTING = ("nsubj", "nsubjpass", "dobj", "dative", "poss", "agent")


class Mention(NamedTuple):
    """A label or a source phrase: characters, head token, and what can be read off the phrase itself."""

    start: int
    end: int
    token: Token
    head: str
    noun: str | None
    kind: str
    name: tuple[str, str] | None
    modifiers: tuple[str, ...]
    plural: bool
    definite: bool
    bare: bool
    other: bool
    gender: str | None
    pronoun: bool
    parties: tuple[tuple[str, str], ...]
    place: str | None
    state: str | None
    ruler: str | None
    acts: bool
    owner: str | None
    harmed: bool
    violent: bool
    captured: bool
    block: int
    background: bool
    response: bool
    labels: tuple[int, ...] = ()
    sources: tuple[int, ...] = ()

    @property
    def attacks(self) -> bool:
        """Whether whoever this names is told to attack, or is detained or sought."""
        return self.violent or self.captured


def read_mentions(document: Document, labels: pd.DataFrame, sources: pd.DataFrame) -> list[Mention]:
    """The mentions of one article in text order; a source phrase whose head a label names is the same mention.

    ``labels`` and ``sources`` are the article's rows; a mention keeps their index in these tables.
    """
    parse = document.parse
    found: dict[int, Mention] = {}
    told = cells(labels, "start", "end", "head", "modifiers", "response")
    for row, (start, end, head, modifiers, response) in zip(labels.index, told, strict=True):
        token = head_of(parse, start, end)
        if token is not None and token.i not in found:
            listed = tuple(modifiers.split("; ")) if isinstance(modifiers, str) else ()
            mention = _mention(parse, token, start, end, head, listed, response)
            found[token.i] = mention._replace(labels=(row,))
        elif token is not None:
            found[token.i] = found[token.i]._replace(labels=(*found[token.i].labels, row))
    for row, (start, end, code) in zip(sources.index, cells(sources, "start", "end", "source_type"), strict=True):
        token = head_of(parse, start, end) if isinstance(start, int) else None
        if token is None:
            continue
        if token.i not in found:
            kind = SOURCE_KINDS.get(code, "person")
            mention = _mention(parse, token, start, end, singular(token.text), (), False)
            found[token.i] = mention if mention.noun or mention.name else mention._replace(kind=kind)
        found[token.i] = found[token.i]._replace(sources=(*found[token.i].sources, row))
    return [found[i] for i in sorted(found)]


def _mention(
    parse: Parse, token: Token, start: int, end: int, head: str, modifiers: tuple[str, ...], response: bool
) -> Mention:
    name = _name(parse, token, head)
    if name is not None and name[1] == "NORP" and token.tag in ("NN", "NNP") and _is_counted(parse, token):
        name, head = None, token.text.lower()  # "a Frenchman"
    noun = None if name is not None and name[1] != "" else _class_of(head)
    determiners = {c.text.lower() for c in parse.children(token.i) if c.dep in ("det", "poss", "predet")}
    return Mention(
        start=start,
        end=end,
        token=token,
        head=head,
        noun=noun,
        kind="event" if response else "person" if name and _has_title(modifiers) else _kind(name, noun),
        name=name,
        modifiers=modifiers,
        plural=token.tag in ("NNS", "NNPS") or token.text.lower() in ("people", "police", "they", "we"),
        definite=bool(determiners & DEFINITE) or head.endswith("-year-old"),
        bare=not determiners and not any(c.dep == "nummod" for c in parse.children(token.i)),
        other=bool(determiners & OTHER) or any(m.lower() in OTHER for m in modifiers),
        gender=_gender([head, token.text.lower(), *(m.lower() for m in modifiers)]),
        pronoun=token.pos == "PRON",
        parties=_parties(parse, token) if noun == "talks" else (),
        place=_place(parse, token),
        state=tied_state(parse, token),
        ruler=_ruler(parse, token),
        acts=token.dep in ACTING,
        owner=_owner(parse, token),
        harmed=is_harmed(parse, token),
        violent=is_violent(parse, token),
        captured=is_captured(parse, token),
        block=parse.sentences[token.sentence].block,
        background=is_background(parse, token),
        response=response,
    )


def _is_counted(parse: Parse, token: Token) -> bool:
    return any(c.text.lower() in ("a", "an", "one") for c in parse.children(token.i))


def _class_of(head: str) -> str | None:
    """The class of a noun, of what news calls the same thing, or of any word for a person."""
    return noun_class(head) or noun_class(same_word(head)) or ("person" if head in people_nouns() else None)


def _has_title(modifiers: tuple[str, ...]) -> bool:
    return any(KINDS.get(noun_class(m.split()[-1]) or "") == "person" for m in modifiers)


def _kind(name: tuple[str, str] | None, noun: str | None) -> str:
    """The kind of referent: a name's own noun tells more than the recogniser ("Promenade", "Ministry")."""
    if name is None:
        return KINDS.get(noun or "", "person")
    words = name[0].split()
    told = [KINDS.get(noun_class(w) or "") for w in (words[-1], words[0]) if len(words) > 1]
    if name[1] in ("ORG", "FAC", "NORP", "PERSON") and "institution" in told[:1]:
        return "institution"
    return "place" if name[1] in ("ORG", "FAC") and "place" in told else NAME_KINDS.get(name[1], "institution")


def _name(parse: Parse, token: Token, head: str) -> tuple[str, str] | None:
    """The name and its entity type: the whole recognised name, or one that stands before an institution's noun."""
    entity = next((e for e in parse.entities if e.first <= token.i < e.last and e.type in NAME_KINDS), None)
    capital = head[:1].isupper()
    if entity is not None and (capital or noun_class(head) is None) and token.pos == "PROPN":
        text = head if capital else parse.text[entity.start : entity.end]
        return " ".join(text.split()), entity.type
    if capital:
        return head, "ORG" if noun_class(head.split()[-1]) else "PERSON"
    if KINDS.get(noun_class(head) or "") == "institution" and token.pos == "NOUN":
        for part in parse.children(token.i):
            initials = part.text.isupper() and 2 <= len(part.text) <= 6  # "the KNB state security service"
            outlet = head in MEDIA and part.text[0].isupper() and part.entity not in ("NORP", "GPE")
            if part.dep in ("compound", "nmod", "appos") and (initials or outlet):
                return part.text, "ORG"
    return None


def _place(parse: Parse, token: Token) -> str | None:
    """The place or body that a phrase ties its head to: "the Paris attacks", "attacks in Paris", "ISIS fighters"."""
    for child in parse.children(token.i):
        if child.dep in PARTS and child.entity in ("GPE", "LOC", "FAC", "ORG") and child.pos in ("PROPN", "NOUN"):
            return child.text.lower()
        if child.dep == "prep" and child.text.lower() in ("in", "at", "near", "of"):
            for ruled in parse.children(child.i):
                if ruled.entity in ("GPE", "LOC", "FAC"):
                    return ruled.text.lower()
    return None


def tied_state(parse: Parse, token: Token) -> str | None:
    """The state that a phrase ties its head to: "North Korean leader", "Japan's premier", "president of Mexico"."""
    before = [t for c in parse.children(token.i) if c.i < token.i and c.dep in PARTS for t in parse.subtree(c.i)]
    after = [
        t
        for c in parse.children(token.i)
        if c.dep == "prep" and c.text.lower() == "of"
        for ruled in parse.children(c.i)
        for t in parse.subtree(ruled.i)
    ]
    for tokens in (before, after):
        words = [t.text.lower().replace(".", "") for t in tokens]
        for width in (3, 2, 1):
            for n in range(len(words) - width + 1):
                named = state_named(" ".join(words[n : n + width]))
                if named is not None and tokens[n].text[0].isupper():
                    return named.state
    return None


def _ruler(parse: Parse, token: Token) -> str | None:
    """The last name of the person whose government it is: "the Trump administration"."""
    people = [c for c in parse.children(token.i) if c.dep in PARTS and c.entity == "PERSON" and c.pos == "PROPN"]
    return people[-1].text.lower() if people else None


def _parties(parse: Parse, token: Token) -> tuple[tuple[str, str], ...]:
    """Who meets, by name and type: names in the phrase, and its verb's subject ("Japan held talks with Peru")."""
    inside = {t.i for t in parse.subtree(token.i)}
    verb = clause_verb(parse, token)
    if verb is not None and token.dep in ("dobj", "pobj"):
        inside |= {c.i for c in parse.children(verb.i) if c.dep == "nsubj"}
    clause = {t.i for c in parse.children(token.i) if c.dep in ("relcl", "acl") for t in parse.subtree(c.i)}
    return tuple(
        (" ".join(parse.text[e.start : e.end].split()), e.type)
        for e in parse.entities
        if e.type in ("PERSON", "GPE", "NORP") and e.last - 1 in inside and e.first not in clause
    )


def _owner(parse: Parse, token: Token) -> str | None:
    """Whose it is, in lower case: "his" office, "France" 's president."""
    return next((c.text.lower() for c in parse.children(token.i) if c.dep == "poss"), None)


def _gender(words: list[str]) -> str | None:
    if any(w in FEMALE for w in words) or "she" in words or "her" in words:
        return "female"
    return "male" if any(w in MALE for w in words) or "he" in words or "him" in words else None
