"""Who acts and who is acted upon: the part that a noun phrase plays for its verb (van Leeuwen 1996, agency)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samestory.language.nouns import DYING_VERBS, HARM_NOUNS, word_set

if TYPE_CHECKING:
    from samestory.language import Parse, Token

PARTITIVES = word_set("""
    all any both dozen each few half hundred least majority many more most none number one part pair score several
    some thousand two three four five six seven eight nine ten
    billion crowd dozens group handful hundreds million millions thousands
""")
HOSTILE_NOUNS = HARM_NOUNS | word_set("ambush assault attack bombing raid siege strike")
ACTING_NOUNS = HOSTILE_NOUNS | word_set("""
    accusation announcement answer appeal attempt call claim comment criticism decision demand denial effort meeting
    pledge promise protest refusal remark request response statement threat visit vote vow warning
""")
BEING_VERBS = word_set("""
    appear be become contain cost get have include lack own possess receive miss remain resemble seem
""")
SUFFERING_VERBS = DYING_VERBS | word_set("drown suffer sustain undergo")
TELLING_VERBS = word_set("inform notify tell")
CAUSING_VERBS = word_set("allow enable force help let make permit urge")
PARTS_NAMED = ("including", "like", "such")


class Role(NamedTuple):
    """``agent``, ``patient`` or ``other``; and whether a passive leaves out who acts."""

    agency: str
    passive_without_agent: bool = False


OTHER = Role("other")


def agency_of(parse: Parse, token: Token) -> Role:
    """The role of the phrase that this token heads.

    Subjects act, and so do "by X", "according to X", "X's decision"; subjects of passives and of dying, direct objects,
    "the killing of X" and "an attack on X" are acted upon. A conjunct, an apposition, an example ("including X") and
    the whole of a partitive ("one of the attackers") share the role of what they join. Subjects of being and having do
    neither, nor does whoever is told something.
    """
    head = parse.tokens[token.head]
    if token.dep == "nsubjpass":
        return Role("patient", not _has_agent(parse, head))
    if token.dep in ("nsubj", "csubj"):
        return _subject(parse, token, head)
    if token.dep in ("dobj", "dative") and head.pos in ("VERB", "AUX"):
        # whoever is told something is not acted upon
        told = head.lemma in BEING_VERBS | TELLING_VERBS or token.dep == "dative"
        return OTHER if told else Role("patient")
    if token.dep in ("conj", "appos") and token.head != token.i:
        return agency_of(parse, head)
    if token.dep == "pobj":
        return _prepositional(parse, token, head)
    if token.dep == "poss" and head.lemma.lower() in ACTING_NOUNS:
        return Role("patient" if head.lemma.lower() in HARM_NOUNS else "agent")
    return _headline_passive(parse, token) or OTHER


def _subject(parse: Parse, token: Token, verb: Token) -> Role:
    if verb.lemma in BEING_VERBS or verb.pos not in ("VERB", "AUX"):
        return OTHER
    if verb.tag == "VBN" and not any(c.dep in ("aux", "auxpass") for c in parse.children(verb.i)):
        return Role("patient", not _has_agent(parse, verb))  # "Three officers killed": a headline's passive
    if verb.lemma in SUFFERING_VERBS:
        return Role("patient")
    if verb.dep in ("ccomp", "xcomp") and verb.tag == "VB" and parse.tokens[verb.head].lemma in CAUSING_VERBS:
        return Role("patient")  # "helped the team win"
    return Role("agent")


def _prepositional(parse: Parse, token: Token, preposition: Token) -> Role:
    ruler = parse.tokens[preposition.head]
    word = ruler.lemma.lower()
    according = preposition.text.lower() == "to" and ruler.text.lower() == "according"
    acting = any(c.dep == "acl" and c.tag == "VBG" for c in parse.children(token.i))
    if preposition.dep == "agent" or according or (preposition.text.lower() == "with" and acting):
        return Role("agent")
    if preposition.text.lower() in PARTS_NAMED and ruler.pos in ("NOUN", "PROPN"):
        return agency_of(parse, ruler)
    if preposition.text.lower() == "of" and (word in PARTITIVES or ruler.pos == "NUM"):
        return agency_of(parse, ruler)
    if ruler.pos in ("NOUN", "PROPN"):
        if preposition.text.lower() == "of" and word in HARM_NOUNS:
            return Role("patient")
        if preposition.text.lower() == "of" and word in ACTING_NOUNS - HOSTILE_NOUNS:
            return Role("agent")
        if preposition.text.lower() == "against" or (preposition.text.lower() == "on" and word in HOSTILE_NOUNS):
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
