"""Who the attackers are in an article, by what they do, so that "the driver" is known for one."""

from __future__ import annotations

from samestory.claims.background import LEAD
from samestory.claims.units import ATTACKER, CLASSES, PERSON, unit_class
from samestory.language import Parse, Token
from samestory.language.circumstances import is_violent

POLICE = ("police", "officer", "policeman", "soldier", "agent", "troop", "guard", "deputy", "force", "unit")
KILLING = ("shoot", "kill", "neutralise", "neutralize", "gun")
ATTACKS = ("attack", "shooting", "bombing", "massacre", "assault", "rampage", "stabbing", "killing", "gun", "ambush")
ARMS = ("bomb", "explosive", "gunman", "attacker", "shooter", "murder", "terrorist")
# What tells that whoever the police shot was an attacker; "a shooting" may be theirs.
POLICE_ATTACKED = ("attack", "bombing", "massacre", "rampage", "stabbing", "ambush", "siege", "hostage", *ARMS)
INDEFINITE = ("a", "an", "another", "one", "some")


def find_attackers(parse: Parse) -> frozenset[int]:
    """The tokens of nouns for people that name attackers by what they do, or that come back to one of these."""
    attacked = tells_of_attack(parse, POLICE_ATTACKED)
    acting = {
        t.i
        for t in parse.tokens
        if _may_be(parse, t)
        and (is_violent(parse, t) or _attacks(parse, t) or (attacked and _killed_by_police(parse, t)))
    }
    nouns = {parse.tokens[i].lemma.lower() for i in acting}
    again = {
        t.i
        for t in parse.tokens
        if t.lemma.lower() in nouns and _may_be(parse, t) and any(c.text.lower() == "the" for c in parse.children(t.i))
    }
    return frozenset(acting | again)


def tells_of_attack(parse: Parse, words: tuple[str, ...] = (*ATTACKS, *ARMS)) -> bool:
    """Whether the first sentences tell of an attack, by these words; a man arrested then is a suspect."""
    last = parse.sentences[min(LEAD, len(parse.sentences)) - 1].last if parse.sentences else 0
    return any(t.lemma.lower() in words for t in parse.tokens[:last])


def _attacks(parse: Parse, token: Token) -> bool:
    """ "A shooting by two radicals", "gunned down by a robber"."""
    by = parse.tokens[token.head]
    return token.dep == "pobj" and by.lemma == "by" and parse.tokens[by.head].lemma.lower() in ATTACKS


def _may_be(parse: Parse, token: Token) -> bool:
    """A noun for attackers, or for people whom it names as no official, policeman or soldier."""
    if token.pos != "NOUN" or token.lemma.lower() in ("people", "person", "victim", "other"):
        return False
    path = unit_class(parse, token)
    return path is not None and path in (PERSON, ATTACKER, CLASSES["civilian"], CLASSES["child"])


def _killed_by_police(parse: Parse, token: Token) -> bool:
    """ "Police shot the driver", "the driver was shot by police"."""
    verb = parse.tokens[token.head]
    if token.tag != "NN" or verb.lemma not in KILLING:
        return False
    if token.dep == "dobj":
        while verb.dep == "conj" and not any(c.dep == "nsubj" for c in parse.children(verb.i)):
            verb = parse.tokens[verb.head]
        subjects = [c for c in parse.children(verb.i) if c.dep == "nsubj"]
        if verb.dep == "relcl" and any(c.text.lower() in ("who", "that") for c in subjects):
            subjects = [parse.tokens[verb.head]]
        return any(c.lemma.lower() in POLICE for c in subjects)
    agents = [c for c in parse.children(verb.i) if c.dep == "agent"]
    return token.dep == "nsubjpass" and any(c.lemma.lower() in POLICE for a in agents for c in parse.children(a.i))


def is_indefinite(parse: Parse, noun: Token) -> bool:
    """Whether a noun phrase brings someone in: with an indefinite article or a number."""
    before = [c for c in parse.children(noun.i) if c.i < noun.i and c.dep in ("det", "poss", "nummod")]
    return bool(before) and all(c.dep == "nummod" or c.text.lower() in INDEFINITE for c in before)
