"""The role that a verb or noun gives to what hangs on it: its object, its subject, "of" and "with" them."""

from __future__ import annotations

import re

from samestory.claims.numbered import object_of
from samestory.claims.reality import HEARSAY
from samestory.claims.record import Phrase
from samestory.claims.units import ATTACKER, unit_class
from samestory.claims.vocabulary import (
    ASKING,
    BREAKING,
    COPULAS,
    DEADLY,
    DYING,
    FALLING,
    HARM,
    KIN,
    LIFE_TAKING,
    NOUNS,
    PARTS_OF_BODY,
    POLICE,
    ROLES_OF_STATES,
    SHOOTING,
    STATE_AFTER,
    STATES,
    STRIKING,
    SUFFERING,
    UNMOURNED,
    VERBS,
    WHO_THEY_ARE,
    WITH_PARTICLE,
)
from samestory.language import Parse, Token
from samestory.language.numbers import VAGUE

_TO_DEATH = re.compile(r"[^,.;]{0,20}\bto\s+(?:their\s+|his\s+|her\s+)?deaths?\b")
_UP = re.compile(r"\s+(?:themselves|himself|herself)\s+up")
_THEIR_LIVES = re.compile(r"\s+(?:their|his|her)\s+li(?:fe|ves)")


def of_argument(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """The role that the verb or noun gives on which the phrase, or what it is joined to, hangs."""
    top = phrase.top
    while top.dep in ("conj", "appos") and parse.tokens[top.head].pos in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
        top = parse.tokens[top.head]
    head = parse.tokens[top.head]
    joined = top.i != phrase.top.i
    if joined and top.lemma in ("body", "death") and has_of(parse, top):  # "the bodies of a guide and a nurse"
        return [("killed", top)]
    also = (
        top.dep == "conj"
        and head.pos == "VERB"
        and any(c.dep == "dobj" and c.i < top.i for c in parse.children(head.i))
    )  # "shot my friend, and then two girls"
    if top.dep == "dobj" or also:
        return _of_object(parse, head)
    if top.dep in ("nsubjpass", "nsubj"):
        return of_subject(parse, top, head)
    if top.dep == "attr":  # "among the dead were two children", "the dead were a couple"
        subject = next((c.text.lower() for c in parse.children(head.i) if c.dep == "nsubj"), "")
        return [(WHO_THEY_ARE[subject], head)] if subject in WHO_THEY_ARE else _among(parse, head)
    if top.dep == "poss":
        lost = head.lemma == "life" and parse.tokens[head.head].lemma in LIFE_TAKING
        own = head.lemma in ("death", "murder", "killing", "slaying", "arrest")
        return [("killed", parse.tokens[head.head])] if lost else [(NOUNS[head.lemma], head)] if own else []
    return _of_preposition(parse, phrase, top, head) if top.dep == "pobj" else []


def _of_preposition(parse: Parse, phrase: Phrase, top: Token, preposition: Token) -> list[tuple[str, Token]]:
    above = parse.tokens[preposition.head]
    if preposition.lemma == "of":
        if above.lemma == "life" and parse.tokens[above.head].lemma in LIFE_TAKING:
            return [("killed", parse.tokens[above.head])]
        if above.lemma == "loss" and top.lemma == "life":
            return [("killed", above)]
        indefinite = any(c.text.lower() == "a" for c in parse.children(top.i))
        own = above.text.lower() == "body" and not indefinite  # "the body of the driver" tells of no new death
        named = (above, *(c for c in parse.children(above.i) if c.dep == "conj"))  # "the rape and murder of a student"
        role = None if own else next((NOUNS[n.lemma.lower()] for n in named if n.lemma.lower() in NOUNS), None)
        return [(role, above)] if role is not None and above.pos == "NOUN" else []
    if preposition.lemma == "with" and (phrase.unit_class is not None or phrase.noun is None):
        # "arrested with four others", "died along with her son"
        verb = parse.tokens[above.head] if above.lemma in ("along", "together") else above
        role = VERBS.get(verb.lemma) if verb.tag == "VBN" else DYING.get(verb.lemma)
        return [] if role is None else [(role, verb)]
    if preposition.lemma == "for" and above.lemma.lower() in ("search", "look", "hunt", "manhunt"):
        return _sought(parse, phrase, above)
    return _of_toll(parse, above) if preposition.lemma in ("to", "at") else []


def _sought(parse: Parse, phrase: Phrase, seeking: Token) -> list[tuple[str, Token]]:
    """Whom the police look for is a suspect, whom others look for is missing; a new coach is neither."""
    if any(c.text.lower() in ("new", "next", "permanent") for c in parse.children(phrase.top.i)):
        return []
    span = parse.sentences[seeking.sentence]
    by_police = any(t.dep == "nsubj" and t.lemma.lower() in POLICE for t in parse.tokens[span.first : seeking.i])
    known = not phrase.explicit and any(c.text.lower() == "the" for c in parse.children(phrase.top.i))
    if known:  # "the hunt for the culprit"
        return []
    hunted = by_police or seeking.lemma.lower() in ("hunt", "manhunt") or phrase.unit_class == ATTACKER
    return [("suspects" if hunted else "missing", seeking)]


def _of_object(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    if verb.lemma in ASKING and not _by_police(parse, verb):
        return []
    if verb.lemma in VERBS:
        return both_roles(parse, verb, VERBS[verb.lemma])
    if verb.lemma == "claim" and any(c.lemma in ("life", "victim") for c in parse.children(verb.i)):
        return [("killed", verb)]
    if verb.lemma == "include":  # "the dead include two nurses"
        subject = next((c.text.lower() for c in parse.children(verb.i) if c.dep == "nsubj"), "")
        if subject in WHO_THEY_ARE:
            return [(WHO_THEY_ARE[subject], verb)]
        held = (a for c in parse.children(verb.i) if c.dep == "nsubj" for a in parse.children(c.i) if a.dep == "acl")
        return [(VERBS[a.lemma], a) for a in held if a.tag == "VBN" and a.lemma in VERBS][:1]
    if verb.lemma in DEADLY and _to_death(parse, verb):
        return [("killed", verb)]
    if verb.lemma in SHOOTING:
        both = [c for c in parse.children(verb.i) if c.dep == "conj" and c.lemma in VERBS]
        return [(VERBS[c.lemma], c) for c in both] or [("injured", verb)]
    if verb.lemma == "leave" and _with_wounds(parse, verb):
        return [("injured", verb)]
    if verb.lemma == "lose":  # "she lost her son"
        return [("killed", verb)] if any(_is_mourned(parse, c) for c in parse.children(verb.i)) else []
    particle = next((c.text.lower() for c in parse.children(verb.i) if c.dep == "prt"), "")
    if (verb.lemma, particle) in WITH_PARTICLE:
        return [(WITH_PARTICLE[verb.lemma, particle], verb)]
    likened = any(c.lemma in ("as", "like") for c in parse.children(verb.i))
    return [("injured", verb)] if verb.lemma == "treat" and not likened else []


def _by_police(parse: Parse, verb: Token) -> bool:
    """Whether the police question someone, or it is not said who does."""
    subjects = [c for c in parse.children(verb.i) if c.dep == "nsubj"]
    return all(c.lemma.lower() in POLICE for c in subjects) if subjects else verb.tag == "VBN"


def _with_wounds(parse: Parse, verb: Token) -> bool:
    """ "Left ten others with gunshot wounds"."""
    beside = (c for c in parse.children(verb.i) if c.lemma == "with")
    return any(t.lemma in HARM for c in beside for t in parse.children(c.i))


def _is_mourned(parse: Parse, lost: Token) -> bool:
    """ "Lost her son", "lost two soldiers", "lost five of our pupils", "a life was lost", not "lost three players"."""
    if lost.dep not in ("dobj", "nsubjpass"):
        return False
    of = next((c for c in parse.children(lost.i) if c.lemma == "of"), None)
    noun = object_of(parse, of) if of is not None and (lost.pos == "NUM" or lost.text.lower() in VAGUE) else lost
    if noun is None or noun.pos == "PROPN" or noun.lemma.lower() in UNMOURNED:
        return False
    return noun.lemma.lower() in (*KIN, "life") or unit_class(parse, noun) is not None


def _to_death(parse: Parse, verb: Token) -> bool:
    following = parse.text[verb.end : parse.sentences[verb.sentence].end][:60].lower().split(",")[0]
    fatal = any(c.text.lower() == "fatally" for c in parse.children(verb.i))
    deadly = re.search(r"\bdead\b|\bto death\b", following) is not None
    return fatal or deadly or (verb.lemma == "gun" and " down" in following)


def of_subject(parse: Parse, subject: Token, verb: Token) -> list[tuple[str, Token]]:
    """The role that a verb gives its subject, or else one joined to it that has no subject of its own.

    Who "was hit and died" is dead.
    """
    joined = [
        c for c in parse.children(verb.i)
        if c.dep == "conj" and not any(o.dep in ("nsubj", "nsubjpass") for o in parse.children(c.i))
    ]  # fmt: skip
    found = _of_one_verb(parse, subject, verb)
    later = [r for other in joined for r in _of_one_verb(parse, subject, other) or _state_of(parse, other)]
    died = [(role, verb) for role, verb in later if role == "killed" and verb.lemma in DYING]
    return died or found or _state_of(parse, verb) or later


def _state_of(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    """The role of a state that stands where a verb begins, behind auxiliaries or alone: " were slightly hurt"."""
    match = STATE_AFTER.match(parse.text, _before_auxiliaries(parse, verb), parse.sentences[verb.sentence].end)
    return [] if match is None else state_role(parse, match)


def _before_auxiliaries(parse: Parse, verb: Token) -> int:
    """Where a verb begins with its auxiliaries: "(three men from here) were taken to hospital"."""
    before = [c for c in parse.children(verb.i) if c.i < verb.i and c.dep in ("aux", "auxpass", "neg", "advmod")]
    first = min((verb, *before), key=lambda t: t.i)
    return parse.tokens[first.i - 1].end if first.i else first.start


def _of_one_verb(parse: Parse, subject: Token, verb: Token) -> list[tuple[str, Token]]:
    active = not has_object(parse, verb)
    if active and (verb.lemma in DYING or verb.text.lower() == "missing"):
        return [(DYING.get(verb.lemma, "missing"), verb)]
    bare = verb.lemma in (*VERBS, *SHOOTING) and verb.tag == "VBD"  # a headline's "Skier killed"
    subject_of_passive = subject.dep == "nsubjpass" and subject.head == verb.i
    if subject_of_passive or ((verb.tag == "VBN" or bare) and active):
        return _of_passive(parse, subject, verb)
    return _of_active(parse, verb)


def _of_passive(parse: Parse, subject: Token, verb: Token) -> list[tuple[str, Token]]:
    if verb.lemma in ("find", "leave", "report", "confirm", "pull", "dig"):
        for child in parse.children(verb.i):
            if child.dep in ("acomp", "oprd", "xcomp", "acl", "advcl", "ccomp") and child.text.lower() in SUFFERING:
                return [(STATES[child.text.lower()], child)]
    if verb.lemma in HEARSAY:  # "are believed to have died"
        return [r for c in parse.children(verb.i) if c.dep == "xcomp" for r in _of_one_verb(parse, subject, c)]
    if verb.lemma in STRIKING:
        return [("injured", verb)]
    found = _of_object(parse, verb)
    for other in parse.children(verb.i):
        own = any(c.dep in ("nsubj", "nsubjpass", "dobj") for c in parse.children(other.i))
        if other.dep == "conj" and other.tag == "VBN" and other.lemma in VERBS and not own:
            found.append((VERBS[other.lemma], other))
    return found


def _of_active(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    objects = [c for c in parse.children(verb.i) if c.dep == "dobj"]
    following = parse.text[verb.end : verb.end + 40]
    if verb.lemma in ("suffer", "sustain") and any(c.lemma in (*HARM, *PARTS_OF_BODY) for c in objects):
        return [("injured", verb)]
    if verb.lemma in BREAKING and any(c.lemma in PARTS_OF_BODY for c in objects):
        return [("injured", verb)]
    if verb.lemma in ("stand", "face", "await") and any(c.lemma in ("trial", "charge") for c in objects):
        return [("suspects", verb)]
    if verb.lemma in FALLING and _TO_DEATH.match(following):
        return [("killed", verb)]
    if (verb.lemma == "blow" and _UP.match(following)) or (verb.lemma == "lose" and _THEIR_LIVES.match(following)):
        return [("killed", verb)]
    if verb.lemma in ("go", "come") and any(c.text.lower() == "missing" for c in parse.children(verb.i)):
        return [("missing", verb)]
    if verb.lemma == "commit" and any(c.lemma == "suicide" for c in objects):
        return [("killed", verb)]
    if verb.lemma in COPULAS:
        for child in parse.children(verb.i):
            if child.dep in ("acomp", "oprd") and child.text.lower() in SUFFERING:
                return [(STATES[child.text.lower()], child)]
        return _among(parse, verb)
    return []


def state_role(parse: Parse, match: re.Match[str]) -> list[tuple[str, Token]]:
    """The role that a state gives whom it is said of, unless it is their own act ("two gunmen killed 12")."""
    tokens = parse.tokens_in(match.start("state"), match.end("state"))
    passive = bool(re.search(r"\b(?:is|are|was|were|be|been|being)\b", match.group()))
    if not tokens or (not passive and _is_act(parse, tokens[-1])):
        return []
    fatal = re.search(r"\bfatally\b", match.group(), re.IGNORECASE) is not None
    return [("killed" if fatal else _role_of_state(match["state"]), tokens[0])]


def _is_act(parse: Parse, token: Token) -> bool:
    """Whether what looks like a state is the act of those counted ("two gunmen killed 12")."""
    if token.lemma not in (*VERBS, *SHOOTING):
        return False
    if has_object(parse, token):
        return True
    following = parse.tokens[token.i + 1 : token.i + 2]
    return bool(following) and following[0].pos in ("NUM", "DET", "NOUN", "PROPN", "ADJ", "PRON")


def _role_of_state(state: str) -> str:
    words = " ".join(state.lower().split())
    first = words.split()[0]
    if first in STATES:
        return STATES[first]
    return next((role for pattern, role in ROLES_OF_STATES if pattern.match(words)), "injured")


def has_object(parse: Parse, verb: Token) -> bool:
    return any(c.dep == "dobj" for c in parse.children(verb.i))


def _among(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    """ "Were among the dead", "were among the 84 people killed"."""
    for child in parse.children(verb.i):
        if child.lemma.lower() != "among":
            continue
        for token in parse.subtree(child.i):
            word = token.text.lower()
            if word in ("dead", "killed", "victims"):
                return [("killed", token)]
            if word in SUFFERING:
                return [(STATES[word], token)]
            if token.lemma in DYING:
                return [(DYING[token.lemma], token)]
            if token.tag == "VBN" and token.lemma in VERBS and token.dep == "acl":
                return [(VERBS[token.lemma], token)]
    return []


def _of_toll(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    subject = next((c for c in parse.children(verb.i) if c.dep == "nsubj"), None)
    return [("killed", verb)] if subject is not None and subject.lemma.lower() == "toll" else []


def both_roles(parse: Parse, verb: Token, role: str) -> list[tuple[str, Token]]:
    """The role of a verb and of one joined to it without an object of its own ("killed and wounded dozens")."""
    found = [(role, verb)]
    joined = [c for c in parse.children(verb.i) if c.dep == "conj"]
    if verb.dep == "conj":
        joined.append(parse.tokens[verb.head])
    for other in joined:
        between = parse.text[min(verb.end, other.end) : max(verb.start, other.start)]
        if other.lemma in VERBS and re.fullmatch(r"\s+(?:and|or)\s+", between):
            found.append((VERBS[other.lemma], other))
    return found


def has_of(parse: Parse, noun: Token) -> bool:
    return any(c.lemma == "of" for c in parse.children(noun.i))
