"""Who acts and who is acted upon: the part that a noun phrase plays for its verb (van Leeuwen 1996, agency)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samestory.language.nouns import HARM_NOUNS, word_set

if TYPE_CHECKING:
    from samestory.language import Parse, Token

PARTITIVES = word_set("""
    all any both dozen each few half hundred least majority many more most none number one part pair score several
    some thousand two three four five six seven eight nine ten
""")
ACTING_NOUNS = HARM_NOUNS | word_set("ambush assault attack bombing raid siege strike")
BEING_VERBS = word_set("be become have remain seem appear")


class Role(NamedTuple):
    """``agent``, ``patient`` or ``other``; and whether a passive leaves out who acts."""

    agency: str
    passive_without_agent: bool = False


OTHER = Role("other")


def agency_of(parse: Parse, token: Token) -> Role:
    """The role of the phrase that this token heads.

    Subjects act, subjects of passives and direct objects are acted upon, and so are "the killing of X", "an attack
    on X"; "by X" acts. A conjunct, an apposition and the whole of a partitive ("one of the attackers") share the
    role of what they join. Subjects of being and having do neither.
    """
    head = parse.tokens[token.head]
    if token.dep == "nsubjpass":
        return Role("patient", not _has_agent(parse, head))
    if token.dep in ("nsubj", "csubj"):
        return _subject(parse, token, head)
    if token.dep in ("dobj", "dative") and head.pos in ("VERB", "AUX"):
        # whoever is told something is not acted upon
        return OTHER if head.lemma in BEING_VERBS or head.lemma == "tell" or token.dep == "dative" else Role("patient")
    if token.dep in ("conj", "appos") and token.head != token.i:
        return agency_of(parse, head)
    if token.dep == "pobj":
        return _prepositional(parse, head)
    if token.dep == "poss" and head.lemma.lower() in ACTING_NOUNS:
        return Role("patient" if head.lemma.lower() in HARM_NOUNS else "agent")
    return _headline_passive(parse, token) or OTHER


def _subject(parse: Parse, token: Token, verb: Token) -> Role:
    if verb.lemma in BEING_VERBS or verb.pos not in ("VERB", "AUX"):
        return OTHER
    if verb.tag == "VBN" and not any(c.dep in ("aux", "auxpass") for c in parse.children(verb.i)):
        return Role("patient", not _has_agent(parse, verb))  # "Three officers killed": a headline's passive
    return Role("agent")


def _prepositional(parse: Parse, preposition: Token) -> Role:
    if preposition.dep == "agent":
        return Role("agent")
    ruler = parse.tokens[preposition.head]
    word = ruler.lemma.lower()
    if preposition.text.lower() == "of" and (word in PARTITIVES or ruler.pos == "NUM"):
        return agency_of(parse, ruler)
    if ruler.pos in ("NOUN", "PROPN"):
        if preposition.text.lower() == "of" and word in HARM_NOUNS:
            return Role("patient")
        if preposition.text.lower() in ("on", "against") and word in ACTING_NOUNS:
            return Role("patient")
        if preposition.text.lower() == "by" and word in ACTING_NOUNS:
            return Role("agent")
    return OTHER


def _headline_passive(parse: Parse, token: Token) -> Role | None:
    """ "Woman killed in crash" parsed as a noun with a participle."""
    if token.dep != "ROOT":
        return None
    for child in parse.children(token.i):
        if child.dep == "acl" and child.tag == "VBN":
            return Role("patient", not _has_agent(parse, child))
    return None


def _has_agent(parse: Parse, verb: Token) -> bool:
    chain = [verb.i] + [c.i for c in parse.children(verb.i) if c.dep == "conj"]
    if verb.dep == "conj":
        chain.append(verb.head)
    return any(c.dep == "agent" for i in chain for c in parse.children(i))
