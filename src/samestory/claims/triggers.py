"""What happened to the people counted: the role that verbs, adjectives and nouns around a phrase give it."""

from __future__ import annotations

import re

from samestory.claims.arguments import both_roles, has_object, has_of, of_argument, of_subject, state_role
from samestory.claims.measures import UNITS
from samestory.claims.reality import unreal
from samestory.claims.record import Phrase
from samestory.claims.units import singular
from samestory.claims.vocabulary import (
    ACT_BEFORE,
    AMONG_THEM,
    ASIDE,
    DYING,
    EXISTING,
    GRADE,
    NOUNS,
    OF_PEOPLE,
    OPENING,
    OPENING_ROLES,
    OTHER_BODIES,
    STATE_AFTER,
    STATES,
    SUFFERING,
    VERBS,
)
from samestory.language import Parse, Token


def roles(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """The roles that the sentence gives a phrase, each with the word that gives it; none where nothing happened.

    Nouns that are not known for people have a role only where they name the happening ("12 killings"), or where the
    verb is one of people alone ("arrested 20 loyalists").
    """
    if phrase.noun is not None and singular(phrase.noun.text.lower()) in UNITS:  # "arrested three days later"
        return []
    for find in (_own_noun, _state_after, _act_before, _modified, of_argument):
        found = [(role, token) for role, token in find(parse, phrase) if not unreal(parse, token)]
        if phrase.unit_class is None:
            found = [(role, t) for role, t in found if t == phrase.noun or (phrase.numbered and t.lemma in OF_PEOPLE)]
        if found and {role for role, _ in found} == {"suspects"}:  # "arrested a man suspected of theft"
            found = [r for r in of_argument(parse, phrase) if r[0] == "detained" and not unreal(parse, r[1])] or found
        if {role for role, _ in found} == {"detained"}:  # "the deaths of two men in custody"
            found = [r for r in of_argument(parse, phrase) if r[0] == "killed" and r[1].pos == "NOUN"] or found
        if phrase.noun is not None and phrase.noun.lemma.lower() in NOUNS:  # "accuses the civil rights body"
            found = [(role, token) for role, token in found if role != "suspects"]
        if found:
            return list(dict.fromkeys(found))
    return []


def role_of_opening(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "Among those who died: a cook and two nurses", "of those arrested, 68 were freed": the opening says it."""
    begin = parse.sentences[phrase.top.sentence].start
    match = OPENING.match(parse.text, begin, phrase.start)
    if match is None or phrase.unit_class is None or (match["how"].lower() == "of" and phrase.noun is not None):
        return []
    tokens = parse.tokens_in(match.start("state"), match.end("state"))
    word = match["state"].lower()
    role = OPENING_ROLES.get(word) or STATES.get(word) or DYING.get(tokens[0].lemma)
    return [] if role is None else [(role, tokens[0])]


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
        return [("killed", phrase.noun)] if parse.text[phrase.start] in "aA" and not has_of(parse, phrase.noun) else []
    if not phrase.explicit:
        return []
    if lemma == "casualty":
        return [("killed", phrase.noun), ("injured", phrase.noun)] if phrase.quantity == 0 else []
    if lemma == "victim" and phrase.quantity == 0 and parse.tokens[phrase.noun.head].lemma in EXISTING:
        return [("killed", phrase.noun)]
    if lemma == "injury" and phrase.quantity and _of_one_person(parse, phrase.noun):
        return []
    forms = (lemma, phrase.noun.text.lower(), singular(phrase.noun.text.lower()))  # "ten of the injured", "24 corpses"
    named = next((form for form in forms if form in NOUNS), "")
    return [(NOUNS[named], phrase.noun)] if named else []


def _other_body(parse: Parse, noun: Token) -> bool:
    """ "State legislative bodies": no dead."""
    kinds = [c for c in parse.children(noun.i) if c.dep in ("amod", "compound", "nmod")]
    return any(c.text.lower() in OTHER_BODIES for c in kinds)


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
    return [] if match is None else state_role(parse, match)


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
            return both_roles(parse, verb, role)
    return both_roles(parse, verb, "killed")


def _is_ranked(parse: Parse, noun: Token) -> bool:
    return any(re.fullmatch(r"\d+(?:st|nd|rd|th)", c.text.lower()) for c in parse.children(noun.i))


def _modified(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "The 84 people killed in Nice", "two officers who died", "three wounded soldiers"."""
    noun = phrase.noun if phrase.noun is not None else phrase.top
    found: list[tuple[str, Token]] = []
    for child in parse.children(noun.i):
        if child.dep == "acl" and child.tag in ("VBD", "VBN") and child.lemma in DYING:
            found.append((DYING[child.lemma], child))
        elif child.dep in ("acl", "relcl") and child.lemma in DYING and _is_ranked(parse, noun):
            found.append((DYING[child.lemma], noun))  # "the 17th person to die"
        elif child.dep == "acl" and child.tag == "VBN":
            for verb in (child, *(c for c in parse.children(child.i) if c.dep == "conj" and c.tag == "VBN")):
                if verb.lemma in VERBS and not has_object(parse, verb):  # not "a gunman killed five" in a heading
                    found.append((VERBS[verb.lemma], verb))
        elif child.dep == "relcl" and not phrase.part:
            subject = next((c for c in parse.children(child.i) if c.dep in ("nsubj", "nsubjpass")), None)
            if subject is not None and subject.text.lower() in ("who", "that", "which"):
                found.extend(of_subject(parse, subject, child))
        elif child.dep == "amod" and child.text.lower() in SUFFERING:
            found.append((STATES[child.text.lower()], child))
    return found
