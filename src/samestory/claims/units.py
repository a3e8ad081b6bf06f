"""What is counted: the class of a noun that names people, so that "officers" and "policemen" meet."""

from __future__ import annotations

from samestory.language import Parse, Token

PERSON, ATTACKER = "person", "attacker"
SEPARATOR = " > "

_CLASSES = {
    PERSON: "people person victim individual other life soul member survivor death fatality injury casualty arrest",
    "person > official > police": "policeman policewoman police cop trooper gendarme sheriff deputy",
    "person > official > military": "soldier serviceman servicewoman troop marine airman recruit conscript "
    "paratrooper guardsman peacekeeper reservist",
    "person > official": "official diplomat ambassador minister senator lawmaker judge prosecutor mayor guard",
    "person > civilian": "civilian noncombatant non-combatant",
    "person > child": "child kid baby infant toddler boy girl minor schoolchild newborn teenager teen youngster",
    ATTACKER: "attacker gunman suspect assailant perpetrator shooter bomber hijacker kidnapper knifeman terrorist "
    "accomplice culprit robber arsonist assassin",
    "person > militant": "militant insurgent rebel fighter extremist jihadist jihadi islamist guerrilla separatist",
}
CLASSES = {noun: path for path, nouns in _CLASSES.items() for noun in nouns.split()}

# Nouns for people that are a class of their own: two counts meet only where both use the same noun.
_OWN_CLASS = """
sailor man woman father mother son daughter brother sister husband wife parent grandmother grandfather cousin uncle
aunt twin couple relative family neighbour neighbor friend colleague student pupil teacher professor doctor
nurse medic paramedic physician patient tourist visitor guest passenger pedestrian commuter cyclist motorist
crew pilot astronaut captain steward stewardess attendant journalist photographer cameraman reporter worker
employee miner labourer laborer contractor engineer fisherman farmer shopper bystander onlooker spectator
reveller reveler resident local villager citizen national foreigner migrant refugee asylum-seeker immigrant
hostage detainee prisoner inmate convict protester protestor demonstrator activist rioter supporter fan
worshipper worshiper pilgrim priest nun monk imam pastor bishop player athlete coach footballer singer  actor
actress musician dancer climber hiker skier swimmer surfer diver driver rider biker trucker firefighter  fireman
rescuer volunteer adult youth male female youngster elder pensioner veteran holidaymaker traveller  traveler
customer client staff delegate participant runner marathoner officer agent spy informant lawyer  attorney
businessman businesswoman executive politician candidate voter owner landlord tenant caller  occupant homeowner
camper clubber concertgoer partygoer churchgoer attendee sibling grandchild niece nephew  infantryman commander
general leader boss chief cleric preacher smuggler trafficker dealer gangster thief  burglar criminal offender
defendant murderer killer rapist slave orphan widow witness
dissident opponent critic settler loyalist envoy aide scientist technician cook shopkeeper vendor caregiver carer
bride groom fiancee girlfriend boyfriend partner roommate classmate teammate dissenter evacuee deportee inhabitant
"""
OWN_CLASS = frozenset(_OWN_CLASS.split())
# Of these, who is a civilian by what the noun says; a sister or a passenger may be a soldier.
_CIVILIANS = """
student pupil teacher professor doctor nurse medic paramedic tourist pedestrian commuter cyclist motorist journalist
photographer worker labourer laborer miner fisherman farmer shopper bystander onlooker shopkeeper vendor resident
villager homeowner holidaymaker businessman businesswoman schoolteacher churchgoer concertgoer partygoer
"""
CIVILIANS = frozenset(_CIVILIANS.split())
# Endings of nouns for people, and nouns with these endings that are none and may be killed, hurt, seized or missing.
ENDINGS = ("er", "or", "ist", "ian", "eer", "ee")
_THINGS = """
finger shoulder letter paper number computer trailer tanker helicopter chopper container tower tiger spider order liter
litre meter metre center quarter chapter river summer winter dinner matter water power tractor motor reactor sensor door
floor color factor sector error mirror freighter cruiser carrier fighter bomber steamer server folder poster banner
reindeer deer steer beer gator alligator condor otter beaver badger panther lobster oyster hamster rooster
tumor terror flower tree bee committee coffee flee degree knee fee helter shelter cluster
monster filter trigger corner bumper liver bladder feather leather weather laser blister cancer
"""
THINGS = frozenset(_THINGS.split())
MILITARY_OFFICERS = ("army", "military", "naval", "navy", "air", "intelligence", "prison", "customs", "company")


def unit_class(parse: Parse, noun: Token) -> str | None:
    """The class of people that a noun names, as a path, or None where it names no people."""
    word = (noun.lemma if noun.pos == "NOUN" else noun.text).lower()
    if any(c.i < noun.i and c.text.lower() == "civilian" for c in parse.children(noun.i)):
        return CLASSES["civilian"]
    if word in ("officer", "agent", "force"):
        return _officer(parse, noun, word)
    if word in CLASSES:
        return CLASSES[word]
    singular = word[:-1] if word.endswith("s") else word
    for form in (word, singular):
        if form in CLASSES:
            return CLASSES[form]
        if form in CIVILIANS:
            return CLASSES["civilian"] + SEPARATOR + form
        if form in OWN_CLASS:
            return PERSON + SEPARATOR + form
        if form.endswith(("policemen", "gunmen", "servicemen")):
            return CLASSES[form[:-3] + "man"]
        if form.endswith(("men", "women")) and len(form) > 4:
            return PERSON + SEPARATOR + form[:-2] + "an"
    if noun.entity == "NORP" or (noun.tag == "NNPS" and noun.entity == ""):
        return PERSON + SEPARATOR + singular
    if noun.pos == "NOUN" and singular.endswith(ENDINGS) and len(singular) > 4 and singular not in THINGS:
        return PERSON + SEPARATOR + singular
    return None


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
