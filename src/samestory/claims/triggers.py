"""What happened to the people counted: the role that verbs, adjectives and nouns around a phrase give it."""

from __future__ import annotations

import re

from samestory.claims.measures import UNITS
from samestory.claims.reality import unreal
from samestory.claims.record import Phrase
from samestory.claims.units import ATTACKER, singular
from samestory.claims.vocabulary import (
    ACT_BEFORE,
    AMONG_THEM,
    ASIDE,
    BODIES,
    COPULAS,
    DYING,
    EXISTING,
    GRADE,
    KIN,
    NOUNS,
    OF_PEOPLE,
    RUN_DOWN,
    STATE_AFTER,
    STATES,
    SUFFERING,
    VERBS,
    WHO_THEY_ARE,
)
from samestory.language import Parse, Token


def roles(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """The roles that the sentence gives a phrase, each with the word that gives it; none where nothing happened.

    Nouns that are not known for people have a role only where they name the happening ("12 killings"), or where the
    verb is one of people alone ("arrested 20 loyalists").
    """
    if phrase.noun is not None and singular(phrase.noun.text.lower()) in UNITS:  # "arrested three days later"
        return []
    for find in (_own_noun, _state_after, _act_before, _modified, _argument):
        found = [(role, token) for role, token in find(parse, phrase) if not unreal(parse, token)]
        if phrase.unit_class is None:
            found = [(role, t) for role, t in found if t == phrase.noun or (phrase.numbered and t.lemma in OF_PEOPLE)]
        if found:
            return list(dict.fromkeys(found))
    return []


def _own_noun(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "12 deaths", "three arrests", "no victims": the counted noun says what happened."""
    if phrase.noun is None:  # "five of the dead"
        word = phrase.top.text.lower()
        partial = word in SUFFERING and phrase.top.start >= phrase.end
        return [(STATES[word], phrase.top)] if partial else []
    lemma = phrase.noun.lemma.lower()
    if lemma in ("body", "corpse") and _other_body(parse, phrase.noun):
        return []
    if lemma in ("body", "corpse") and not phrase.explicit:  # "a body", not "the body of the school"
        return [("killed", phrase.noun)] if parse.text[phrase.start] in "aA" and not _of(parse, phrase.noun) else []
    if not phrase.explicit:
        return []
    if lemma == "casualty":
        return [("killed", phrase.noun), ("injured", phrase.noun)] if phrase.quantity == 0 else []
    if lemma == "victim" and phrase.quantity == 0 and parse.tokens[phrase.noun.head].lemma in EXISTING:
        return [("killed", phrase.noun)]
    if lemma == "injury" and phrase.quantity and _of_one_person(parse, phrase.noun):
        return []
    return [(NOUNS[lemma], phrase.noun)] if lemma in NOUNS else []


def _other_body(parse: Parse, noun: Token) -> bool:
    """ "State legislative bodies": no dead."""
    kinds = [c for c in parse.children(noun.i) if c.dep in ("amod", "compound", "nmod")]
    return any(c.text.lower() not in BODIES for c in kinds)


def _of(parse: Parse, noun: Token) -> bool:
    return any(c.lemma == "of" for c in parse.children(noun.i))


def _of_one_person(parse: Parse, injury: Token) -> bool:
    """ "Two knee injuries", "suffered three injuries": not a count of people."""
    kind = any(c.dep == "compound" for c in parse.children(injury.i))
    return kind or (injury.dep == "dobj" and parse.tokens[injury.head].lemma in ("suffer", "sustain", "have"))


def _state_after(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "84 dead", "seven more in critical condition", "two officers were slightly hurt"."""
    limit = parse.sentences[phrase.top.sentence].end
    aside = ASIDE.match(parse.text, phrase.end, limit)
    graded = GRADE.match(parse.text, phrase.end, limit) if phrase.noun is None else None
    matches = [
        graded,
        AMONG_THEM.match(parse.text, phrase.end, limit),
        STATE_AFTER.match(parse.text, phrase.end, limit),
    ]
    if aside is not None and not any(matches):
        matches.append(STATE_AFTER.match(parse.text, aside.end(), limit))
    match = next((m for m in matches if m is not None), None)
    if match is None:
        return []
    tokens = parse.tokens_in(match.start("state"), match.end("state"))
    passive = bool(re.search(r"\b(?:is|are|was|were|be|been|being)\b", match.group()))
    if not tokens or (not passive and _is_act(parse, tokens[-1])):
        return []
    return [(_state_role(match["state"]), tokens[0])]


def _is_act(parse: Parse, token: Token) -> bool:
    """Whether what looks like a state is the act of those counted ("two gunmen killed 12")."""
    if token.lemma not in VERBS:
        return False
    if any(c.dep == "dobj" for c in parse.children(token.i)):
        return True
    following = parse.tokens[token.i + 1 : token.i + 2]
    return bool(following) and following[0].pos in ("NUM", "DET", "NOUN", "PROPN", "ADJ", "PRON")


def _state_role(state: str) -> str:
    first = state.lower().split()[0]
    if first in STATES:
        return STATES[first]
    if re.search(r"custody$", state.lower()) or state.lower().endswith("arrest"):
        return "detained"
    if re.match(r"shot|stabbed|dying|died|perished|lost|drowned|burn|dug|pulled|pronounced|fatally", first):
        return "killed"
    if re.match(r"held|being", first) and "treated" not in state.lower():
        return "detained"
    if re.match(r"charged|at|on|under|wanted", first):
        return "suspects"
    return "injured"


def _act_before(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "Kills 84", "injuring around 100", "death toll rises to 85"."""
    if not phrase.explicit:
        return []
    begin = parse.sentences[phrase.top.sentence].start
    match = ACT_BEFORE.search(parse.text[begin : phrase.start])
    if match is None:
        return []
    tokens = parse.tokens_in(begin + match.start("state"), begin + match.end("state"))
    if not tokens:
        return []
    verb = tokens[0]
    word = match["state"].lower().removeprefix("number of ")
    verb = tokens[-1] if ":" in word else verb
    for stem, role in (("injur", "injured"), ("wound", "injured"), ("maim", "injured"), ("arrest", "detained"),
                       ("detain", "detained"), ("missing", "missing")):  # fmt: skip
        if word.startswith(stem):
            return _both(parse, verb, role)
    return _both(parse, verb, "killed")


def _both(parse: Parse, verb: Token, role: str) -> list[tuple[str, Token]]:
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


def _modified(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "The 84 people killed in Nice", "two officers who died", "three wounded soldiers"."""
    noun = phrase.noun if phrase.noun is not None else phrase.top
    found: list[tuple[str, Token]] = []
    for child in parse.children(noun.i):
        if child.dep == "acl" and child.tag in ("VBD", "VBN") and child.lemma in DYING:
            found.append((DYING[child.lemma], child))
        elif child.dep == "acl" and child.tag == "VBN":
            for verb in (child, *(c for c in parse.children(child.i) if c.dep == "conj" and c.tag == "VBN")):
                if verb.lemma in VERBS:
                    found.append((VERBS[verb.lemma], verb))
        elif child.dep == "relcl" and not phrase.part:
            subject = next((c for c in parse.children(child.i) if c.dep in ("nsubj", "nsubjpass")), None)
            if subject is not None and subject.text.lower() in ("who", "that", "which"):
                found.extend(_of_subject(parse, subject, child))
        elif child.dep == "amod" and child.text.lower() in SUFFERING:
            found.append((STATES[child.text.lower()], child))
    return found


def _argument(parse: Parse, phrase: Phrase, top: Token | None = None) -> list[tuple[str, Token]]:
    """The role that the verb or noun gives on which the phrase, or what it is joined to, hangs."""
    top = phrase.top if top is None else top
    while top.dep in ("conj", "appos") and parse.tokens[top.head].pos in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
        top = parse.tokens[top.head]
    head = parse.tokens[top.head]
    if (
        top.i != phrase.top.i and top.lemma in ("body", "death") and _of(parse, top)
    ):  # "the bodies of a guide and a nurse"
        return [("killed", top)]
    if top.dep == "dobj":
        return _of_object(parse, head)
    if top.dep in ("nsubjpass", "nsubj"):
        return _of_subject(parse, top, head)
    if top.dep == "attr":  # "among the dead were two children", "the dead were a couple"
        subject = next((c.text.lower() for c in parse.children(head.i) if c.dep == "nsubj"), "")
        return [(WHO_THEY_ARE[subject], head)] if subject in WHO_THEY_ARE else _among(parse, head)
    if top.dep == "pobj" and head.lemma == "of":
        noun = parse.tokens[head.head]
        if noun.lemma == "life" and parse.tokens[noun.head].lemma in ("cost", "claim", "take", "lose"):
            return [("killed", parse.tokens[noun.head])]
        indefinite = any(c.text.lower() == "a" for c in parse.children(top.i))
        own = noun.text.lower() == "body" and not indefinite  # "the body of the driver" tells of no new death
        role = None if own else NOUNS.get(noun.lemma.lower())
        return [(role, noun)] if role is not None and noun.pos == "NOUN" else []
    if (
        top.dep == "poss"
        and head.lemma == "life"
        and parse.tokens[head.head].lemma in ("take", "claim", "cost", "lose")
    ):
        return [("killed", parse.tokens[head.head])]
    if top.dep == "poss" and head.lemma in ("death", "murder", "killing", "arrest"):
        return [(NOUNS[head.lemma], head)]
    if top.dep == "pobj" and head.lemma == "with":  # "arrested with four others", "died along with her son"
        verb = parse.tokens[head.head]
        verb = parse.tokens[verb.head] if verb.lemma in ("along", "together") else verb
        role = VERBS.get(verb.lemma) if verb.tag == "VBN" else DYING.get(verb.lemma)
        return [] if role is None else [(role, verb)]
    if top.dep == "pobj" and head.lemma == "for" and parse.tokens[head.head].lemma.lower() in ("search", "look"):
        return [("missing", parse.tokens[head.head])] if phrase.unit_class != ATTACKER else []
    if top.dep == "pobj" and head.lemma in ("to", "at"):
        return _of_toll(parse, parse.tokens[head.head])
    return []


def _of_object(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    if verb.lemma in VERBS:
        return _both(parse, verb, VERBS[verb.lemma])
    if verb.lemma == "claim" and any(c.lemma == "life" for c in parse.children(verb.i)):
        return [("killed", verb)]
    if verb.lemma == "include":  # "the dead include two nurses"
        subject = next((c.text.lower() for c in parse.children(verb.i) if c.dep == "nsubj"), "")
        if subject in WHO_THEY_ARE:
            return [(WHO_THEY_ARE[subject], verb)]
        held = (a for c in parse.children(verb.i) if c.dep == "nsubj" for a in parse.children(c.i) if a.dep == "acl")
        return [(VERBS[a.lemma], a) for a in held if a.tag == "VBN" and a.lemma in VERBS][:1]
    if verb.lemma in ("shoot", "gun", "stab", "beat") and _to_death(parse, verb):
        return [("killed", verb)]
    if verb.lemma in ("shoot", "stab"):
        both = [c for c in parse.children(verb.i) if c.dep == "conj" and c.lemma in VERBS]
        return [(VERBS[c.lemma], c) for c in both] or [("injured", verb)]
    if verb.lemma == "lose":  # "she lost her son"
        lost = next((c for c in parse.children(verb.i) if c.dep == "dobj"), None)
        return [("killed", verb)] if lost is not None and lost.lemma.lower() in KIN else []
    if (verb.lemma, *(c.text.lower() for c in parse.children(verb.i) if c.dep == "prt"))[:2] in RUN_DOWN:
        return [("injured", verb)]
    return []


def _to_death(parse: Parse, verb: Token) -> bool:
    following = parse.text[verb.end : parse.sentences[verb.sentence].end][:60].lower()
    fatal = any(c.text.lower() == "fatally" for c in parse.children(verb.i))
    return (
        fatal or bool(re.search(r"\bdead\b|\bto death\b", following)) or (verb.lemma == "gun" and " down" in following)
    )


def _of_subject(parse: Parse, subject: Token, verb: Token) -> list[tuple[str, Token]]:
    if verb.lemma in DYING and not _has_object(parse, verb):
        return [(DYING[verb.lemma], verb)]
    if verb.text.lower() == "missing" and not _has_object(parse, verb):
        return [("missing", verb)]
    bare = verb.lemma in VERBS and verb.tag == "VBD"  # a headline's "Skier killed"
    passive = subject.dep == "nsubjpass" or ((verb.tag == "VBN" or bare) and not _has_object(parse, verb))
    if passive and verb.lemma in ("find", "leave", "report", "confirm", "pull", "dig"):
        for child in parse.children(verb.i):
            if child.dep in ("acomp", "oprd", "xcomp", "acl", "advcl", "ccomp") and child.text.lower() in SUFFERING:
                return [(STATES[child.text.lower()], child)]
    if passive:
        found = _of_object(parse, verb)
        for other in parse.children(verb.i):
            own = any(c.dep in ("nsubj", "nsubjpass", "dobj") for c in parse.children(other.i))
            if other.dep == "conj" and other.tag == "VBN" and other.lemma in VERBS and not own:
                found.append((VERBS[other.lemma], other))
        return found
    hurt = verb.lemma in ("suffer", "sustain") and any(
        c.lemma in ("injury", "wound", "burn", "fracture") for c in parse.children(verb.i) if c.dep == "dobj"
    )
    if hurt:
        return [("injured", verb)]
    if verb.lemma in ("fall", "plunge", "leap", "jump", "bleed", "burn", "freeze", "starve") and re.match(
        r"[^,.;]{0,20}\bto\s+(?:their\s+|his\s+|her\s+)?deaths?\b", parse.text[verb.end : verb.end + 40]
    ):
        return [("killed", verb)]
    if verb.lemma == "blow" and re.match(
        r"\s+(?:themselves|himself|herself)\s+up", parse.text[verb.end : verb.end + 20]
    ):
        return [("killed", verb)]
    if verb.lemma in ("go", "come") and any(c.text.lower() == "missing" for c in parse.children(verb.i)):
        return [("missing", verb)]
    if verb.lemma == "commit" and any(c.lemma == "suicide" for c in parse.children(verb.i) if c.dep == "dobj"):
        return [("killed", verb)]
    if verb.lemma == "lose" and re.match(r"\s+(?:their|his|her)\s+li(?:fe|ves)", parse.text[verb.end : verb.end + 20]):
        return [("killed", verb)]
    if verb.lemma in COPULAS:
        for child in parse.children(verb.i):
            if child.dep in ("acomp", "oprd") and child.text.lower() in SUFFERING:
                return [(STATES[child.text.lower()], child)]
        return _among(parse, verb)
    return []


def _has_object(parse: Parse, verb: Token) -> bool:
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
    return []


def _of_toll(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    subject = next((c for c in parse.children(verb.i) if c.dep == "nsubj"), None)
    return [("killed", verb)] if subject is not None and subject.lemma.lower() == "toll" else []
