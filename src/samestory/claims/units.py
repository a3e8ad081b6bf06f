"""What is counted: the class of a noun that names people, so that "officers" and "policemen" meet."""

from __future__ import annotations

import re

from samestory.language import Parse, Token
from samestory.language.numbers import number_value
from samestory.language.people import people_nouns

PERSON, ATTACKER = "person", "attacker"
SEPARATOR = " > "
ADULT = 18  # years

_CLASSES = {
    PERSON: "people person victim individual other life soul member survivor death fatality injury casualty arrest "
    "body corpse dead wounded injured missing",
    "person > official > police": "policeman policewoman police cop trooper constable gendarme sheriff deputy",
    "person > official > military": "soldier serviceman servicewoman troop marine airman recruit conscript "
    "paratrooper guardsman peacekeeper reservist infantryman",
    "person > official": "official diplomat ambassador minister senator justice congressman congresswoman lawmaker "
    "legislator judge prosecutor mayor governor guard firefighter fireman councillor envoy president "
    "premier secretary chancellor",
    "person > civilian": "civilian noncombatant non-combatant bystander onlooker passer-by passerby "
    "resident local villager inhabitant tourist holidaymaker midwife cleaner cook commuter guide vendor worker "
    "labourer laborer driver trucker shopper student pupil teacher professor doctor nurse medic paramedic farmer "
    "miner fisherman journalist reporter photographer pedestrian cyclist motorist shopkeeper docker",
    "person > child": "child kid baby infant toddler boy girl minor schoolgirl schoolboy schoolchild newborn teenager "
    "teen youngster",
    ATTACKER: "attacker gunman suspect assailant perpetrator shooter bomber hijacker kidnapper knifeman terrorist "
    "accomplice culprit arsonist assassin militant insurgent rebel extremist jihadist jihadi islamist thug",
}
CLASSES = {noun: path for path, nouns in _CLASSES.items() for noun in nouns.split()}

# Nouns of the dictionary that are seldom counted as people in the news, and some that it lacks.
NOT_PEOPLE = frozenset(
    ("angel", "beast", "bomb", "case", "cast", "character", "chicken", "cracker", "creature", "draft",
     "draught", "draw", "figure", "find", "gem", "head", "lamb", "lighter", "match", "model", "monster",
     "number", "nut", "party", "pick", "ram", "reader", "rocket", "runner", "signal", "sleeper", "slicker",
     "sport", "star", "stroller", "subject", "sweep", "tanker", "turkey")
)  # fmt: skip
MORE_PEOPLE = frozenset(
    ("agent", "american", "asylum-seeker", "briton", "builder", "carer", "caver", "climber", "clubber", "concertgoer",
     "couple", "crew", "crew-member", "crewmember", "family", "fan", "female", "fireman", "male", "mum",
     "nationals", "protestor", "radical", "sherpa", "source", "staff", "student-athlete")
)  # fmt: skip
MILITARY_OFFICERS = ("army", "military", "naval", "navy", "air", "intelligence", "prison", "customs", "company")


def unit_class(parse: Parse, noun: Token) -> str | None:
    """The class of people that a noun names, as a path, or None where it names no people."""
    path = _class_of(parse, noun)
    minor = path == PERSON and any(
        _years(t.text) < ADULT for t in _ages_before(parse, noun, noun.text.lower() == "old")
    )
    return CLASSES["child"] if minor else path


def _class_of(parse: Parse, noun: Token) -> str | None:
    word = (noun.lemma if noun.pos == "NOUN" else noun.text).lower()
    before = [c for c in parse.children(noun.i) if c.i < noun.i]
    if any(c.text.lower() == "civilian" for c in before):
        return CLASSES["civilian"]
    if before and re.search(r"\b[A-Z]{1,3}-?\d", parse.text[before[0].start : noun.start]):  # "F-15 fighters"
        return None
    if word in ("officer", "agent"):
        return _officer(parse, noun, word)
    for form in (word, singular(word), singular(noun.text.lower())):
        if form in CLASSES:
            return CLASSES[form]
        if form in MORE_PEOPLE or (form in people_nouns() and form not in NOT_PEOPLE):
            return PERSON
        if form.endswith(("man", "woman")) and len(form) > 4:
            return PERSON
    if word == "old" and _ages_before(parse, noun, within=True):  # "a 17-year-old"
        return PERSON
    if noun.entity == "NORP" or (noun.tag == "NNPS" and noun.entity == ""):
        return PERSON
    return None


def _ages_before(parse: Parse, noun: Token, within: bool = False) -> list[Token]:
    """The years of "his 13-year-old son", and of "a 13-year-old" where the noun is ``within`` them."""
    window = parse.tokens[max(0, noun.i - 6) : noun.i + within]
    return [
        token
        for n, token in enumerate(window[:-1])
        if window[n + 1].text.lower() in ("-", "year", "-year", "years")
        and _years(token.text)
        and any(w.text.lower().startswith("old") for w in window[n + 1 :])
        and all(w.text != "," for w in window[n + 1 :])
    ]


def _years(word: str) -> float:
    return number_value(word) or 0.0


def singular(word: str) -> str:
    """The singular of a noun in lower case: "officers", "policemen", "women"."""
    if word.endswith("men"):
        return word[:-2] + "an"
    if word.endswith("children"):
        return word[:-3]
    if word == "wives":
        return "wife"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


def _officer(parse: Parse, noun: Token, word: str) -> str | None:
    before = {c.text.lower() for c in parse.children(noun.i) if c.i < noun.i}
    if before & {"army", "military", "naval", "navy"}:
        return "person > official > military"
    if word == "officer" and not before & set(MILITARY_OFFICERS):
        return "person > official > police"
    return "person > official" if word in ("officer", "agent") else None


def common_class(paths: list[str]) -> str:
    """The narrowest class that holds all of these ("attacker" is a kind of person)."""
    split = [p.split(SEPARATOR) if p.startswith(PERSON) else [PERSON, p] for p in paths]
    shared = []
    for level in zip(*split, strict=False):
        if len(set(level)) > 1:
            break
        shared.append(level[0])
    return paths[0] if len(set(paths)) == 1 else SEPARATOR.join(shared) or PERSON


def contains(wider: str, narrower: str) -> bool:
    """Whether one class holds another, and is not the same."""
    if wider == narrower:
        return False
    return wider == PERSON or narrower.startswith(wider + SEPARATOR)
