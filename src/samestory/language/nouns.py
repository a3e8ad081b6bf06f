"""The nouns that name people, groups, institutions, places, objects and events in news, by class.

The lists were written for this project from general knowledge. A class tells what kind of referent a noun names and,
for people, the part they play in an event.
"""

from __future__ import annotations

import functools


def word_set(words: str) -> frozenset[str]:
    """The words of a list that is written as running text."""
    return frozenset(words.split())


_PEOPLE = {
    "perpetrator": """
        abductor accomplice aggressor ambusher arsonist assailant assassin attacker bomber brute burglar butcher captor
        criminal culprit extremist fanatic fugitive gangster gunman hijacker hitman hostage-taker insurgent intruder
        islamist jihadi jihadist kidnapper killer knifeman looter maniac mastermind militant murderer offender
        perpetrator pirate plotter radical raider rapist rebel rioter robber shooter smuggler sniper suspect terrorist
        thief thug trafficker vandal""",
    "victim": "casualty corpse dead deceased fatality hostage injured victim wounded",
    "guard": """
        agent bodyguard constable cop deputy detective fireman firefighter gendarme guard guardsman lifeguard marine
        officer paramedic patrolman policeman policewoman rescuer sergeant serviceman sheriff soldier trooper""",
    "person": """
        activist adult aunt baby babysitter baker barber bartender boy boyfriend bride brother bystander captive
        cashier child citizen civilian cleaner colleague commuter companion couple cousin customer cyclist dad
        daughter demonstrator driver employee father fan foreigner friend girl girlfriend grandfather grandmother
        guest guy husband immigrant individual infant inmate kid lady loner local man migrant minor mom mother motorist
        mourner mum national neighbor neighbour nephew onlooker owner parent passenger passer-by passerby patient
        pedestrian people person pilgrim pilot prisoner protester protestor reader refugee relative resident reveler
        reveller
        shopper sibling sister son spectator spouse student supporter survivor teen teenager tourist traveler
        traveller uncle user victim viewer villager visitor voter waiter waitress wife witness woman worker
        worshipper youngster youth crewman staffer""",
    "role": """
        actor actress admiral adviser advisor aide ally ambassador analyst announcer archbishop artist astronaut
        astronomer athlete attorney author banker billionaire bishop boss candidate captain celebrity ceo chairman
        chairwoman champion chancellor chef chief clerk coach comedian commander commentator commissioner composer
        congressman congresswoman consul correspondent coroner councillor critic dancer defendant defender delegate
        democrat designer developer dictator diplomat director doctor economist editor emperor engineer envoy
        executive expert farmer filmmaker forecaster founder general goalkeeper governor historian host imam
        inspector inventor investigator investor jockey journalist judge juror king lawmaker lawyer leader legend
        legislator lieutenant linebacker manager mayor meteorologist minister model monarch mp musician negotiator
        novelist nurse observer official opponent organizer organiser partner pastor performer photographer physician
        player politician pope premier president presenter priest prince princess principal producer professor
        prosecutor psychologist quarterback queen racer rapper receiver rector referee reporter representative
        republican researcher rival scholar scientist secretary senator servant singer skipper source specialist
        spokesman spokesperson spokeswoman star striker successor superintendent surgeon teacher teammate technician
        trader trainer treasurer trustee tycoon umpire veteran vice-president winner writer""",
}
_GROUPS = {
    "group": """
        alliance band battalion brigade caravan cartel cell clan coalition committee community convoy crew
        crowd delegation duo faction family force gang group jury league militia minority mob movement network
        opposition organisation organization party patrol public population squad staff syndicate team trio tribe
        troop union unit""",
}
_INSTITUTIONS = {
    "institution": """
        academy administration agency airline assembly association authority bank board
        brand bureau cabinet channel chamber charity club college commission company congress
        consulate corporation council court department embassy employer enforcement firm forum foundation fund
        government gendarmerie headquarters institute institution interpol judiciary
        kremlin law-enforcement legislature magistracy maker manufacturer media military ministry monarchy nasa
        newspaper ngo office operator outlet palace parliament pentagon police presidency prosecution provider
        publisher regime regulator retailer secretariat senate service startup state studio supplier survey taliban
        treasury tribunal university watchdog white-house army navy air-force coastguard""",
}
_PLACES = {
    "place": """
        airport apartment arena avenue barracks base beach block border boulevard bridge building cafe camp capital
        cathedral cemetery church city clinic continent country county crossing district embankment facility farm
        field forest garage home hospital hotel house island jail junction lake library mall market mosque motel
        mountain museum nation neighborhood neighbourhood nightclub park port precinct prison promenade province pub
        region resort restaurant river road runway school sea seafront shop square stadium station store street
        suburb supermarket synagogue temple terminal territory theater theatre town track tunnel venue village
        volcano warehouse waterfront zone""",
}
_OBJECTS = {
    "vehicle": """
        aircraft airliner airplane ambulance bike boat bus cab car carriage ferry helicopter jet lorry
        motorbike motorcycle minibus plane ship suv taxi train tram truck van vehicle vessel yacht""",
    "object": """
        album app asteroid bill bitcoin blanket browser camera cargo chip comet cryptocurrency currency
        device document drone film gadget glacier glasses headset iceberg
        instrument laptop meteor meteorite microbe missile moon movie phone planet projectile rocket
        roadster satellite sensor smartphone spacecraft supermoon tablet telescope trailer website""",
}
_EVENTS = {
    "violence": """
        abduction act ambush assassination assault atrocity attack battle beheading blast bloodbath bloodshed
        bombardment bombing carnage clash crime explosion fighting firefight gunbattle gunfight gunfire heist hijack
        hijacking homicide horror incident kidnapping killing lynching massacre mayhem murder onslaught outrage pogrom
        rampage robbery shelling shoot-out shooting shootout siege slaughter slaying stabbing stand-off standoff strike
        terror terrorism tragedy vandalism violence""",
    "accident": "accident collision crash derailment pile-up wreck",
    "disaster": """
        avalanche blaze blizzard catastrophe cyclone disaster drought earthquake epidemic eruption fire flood
        flooding hurricane outbreak quake snowfall snowstorm storm tornado tsunami typhoon wildfire""",
    "unrest": "coup demonstration insurgency march protest rally rebellion revolt riot unrest uprising",
    "launch": "launch liftoff",
    "talks": "conference dialogue meeting negotiation summit talk visit trip",
    "occasion": """
        acquisition auction award ban birth breakup ceremony championship collapse concert crisis cut cyberattack
        deal debut death defeat departure disappearance dismissal divorce draft eclipse election feast festival final
        fireworks flight funeral game hack hearing invasion leak lawsuit loss match merger mission offer opening
        parade performance plot race referendum release resignation retirement sale scandal
        season sentencing show split sting takeover test tournament treaty trial triumph update upgrade
        verdict victory vote war wedding win withdrawal""",
}
_RESPONSES = {
    "response": """
        alert arrest clampdown cordon crackdown curfew deployment detention dragnet emergency evacuation
        investigation lockdown manhunt mobilisation mobilization operation probe raid sweep""",
}

KINDS = {
    **dict.fromkeys(_PEOPLE, "person"),
    **dict.fromkeys(_GROUPS, "group"),
    **dict.fromkeys(_INSTITUTIONS, "institution"),
    **dict.fromkeys(_PLACES, "place"),
    **dict.fromkeys(_OBJECTS, "object"),
    **dict.fromkeys(_EVENTS, "event"),
    **dict.fromkeys(_RESPONSES, "event"),
}
"""The kind of referent that each class of noun names."""

# Words for what police and state do once something has happened. Some say so alone, others only in such company.
RESPONSE_ALONE = word_set("""
    arrest clampdown cordon crackdown curfew detention dragnet evacuation investigation lockdown manhunt
    mobilisation mobilization probe
""")
RESPONSE_COMPANY = {
    "alert": "amber emergency heightened high highest maximum red security severe terror terrorism terrorist threat",
    "deployment": "army military police security troop",
    "emergency": "state national",
    "meeting": "crisis emergency security",
    "talk": "crisis emergency security",
    "operation": """antiterror antiterrorism antiterrorist counterterror counterterrorism counterterrorist military
        police relief rescue search security special""",
    "raid": "antiterror antiterrorism counterterrorism police security",
    "sweep": "police security",
}

HARM_VERBS = word_set("""
    assassinate behead bludgeon butcher crush decapitate execute gun hurt injure kill maim massacre mow murder shoot
    slaughter slay stab strangle wound
""")
DYING_VERBS = word_set("die perish succumb")
HARM_STATES = word_set("dead hurt injured killed murdered slain wounded")
HARM_NOUNS = word_set("""
    assassination beheading killing massacre murder shooting slaughter slaying stabbing
""")
VIOLENT_VERBS = HARM_VERBS | word_set("""
    ambush assault attack barrel bomb brandish carjack detonate fire hijack kidnap launch plough plow ram
    rampage spray storm target wield
""")
CAPTURE_VERBS = word_set("""
    apprehend arrest capture chase corner detain disarm hunt neutralise neutralize
""")
WEAPONS = word_set("""
    axe blade bomb dagger explosive explosives fire firearm grenade gun handgun knife machete machine-gun pistol
    revolver rifle shotgun weapon
""")
TITLES = word_set("""
    mr mr. mrs mrs. ms ms. miss dr dr. sir lord lady prof prof. gen gen. col col. lt lt. sgt sgt. capt capt. maj
    maj. cpl cpl. sen sen. rep rep. gov gov. st st. vice deputy prime former ex acting interim chief assistant
    foreign interior defense defence justice finance press first rev rev. detective special state police
""")
"""Words that stand before a person's name or a title and are no part of the name."""
FEMALE = word_set("""
    actress aunt bride chairwoman congresswoman daughter girl girlfriend grandmother lady mom mother mrs mrs. ms ms.
    mum policewoman princess queen sister spokeswoman wife woman
""")
MALE = word_set("""
    boy boyfriend brother chairman congressman dad father fireman grandfather gunman guy husband king knifeman man
    mr mr. policeman prince sir son spokesman uncle
""")

_SAME_WORDS = """
    lawsuit suit complaint litigation
    memo memorandum
    investigation probe inquiry enquiry
    summit meeting talk negotiation encounter discussion dialogue conversation
    deal agreement accord pact treaty
    announcement declaration pledge
    suspension freeze halt moratorium
    shutdown closure closing dismantlement
    acquisition takeover buyout purchase
    resignation departure exit
    collusion conspiracy
    meddling interference
    cyberattack hack hacking breach intrusion
    visit trip tour
    ban prohibition
    tariff duty levy
    sanction penalty
    rally demonstration protest march
    plane airplane aircraft jet airliner
    car vehicle automobile
    truck lorry
    film movie
    phone smartphone handset
    launch liftoff blastoff
    rise increase surge jump
    fall drop decline plunge slump
    remark comment
    email e-mail
    wedding marriage
    verdict ruling judgment
    layoff redundancy job-cut
    dossier report
    hotline line
"""
"""Lines of nouns that news uses for one thing within a story."""

_PERSON_ENDINGS = ("woman", "man", "women", "ologist", "person")
_IRREGULAR = {"men": "man", "women": "woman", "children": "child", "wives": "wife", "policemen": "policeman"}


@functools.cache
def _same_words() -> dict[str, str]:
    lines = [line.split() for line in _SAME_WORDS.splitlines() if line.strip()]
    return {word: words[0] for words in lines for word in words}


def same_word(noun: str) -> str:
    """The noun that stands for all which news uses for the same thing: "suit" and "lawsuit" are one."""
    return _same_words().get(noun, noun)


@functools.cache
def _classes() -> dict[str, str]:
    found: dict[str, str] = {}
    for table in (_PEOPLE, _GROUPS, _INSTITUTIONS, _PLACES, _OBJECTS, _EVENTS, _RESPONSES):
        for name, words in table.items():
            for word in words.split():
                found.setdefault(word, name)
    return found


@functools.cache
def noun_class(word: str) -> str | None:
    """The class of a noun, given in singular or plural and any case, or None where no list holds it."""
    lemma = singular(word)
    found = _classes().get(lemma) or _classes().get(lemma.replace("-", ""))
    if found is None and len(lemma) > 5 and lemma.endswith(_PERSON_ENDINGS) and word.islower():
        return "person"
    return found


def singular(word: str) -> str:
    """The lower-case singular of an English noun, by the lists first and by ending where they do not hold it.

    >>> singular("Gunmen"), singular("authorities"), singular("police")
    ('gunman', 'authority', 'police')
    """
    word = word.lower()
    if word in _classes():
        return word
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    for ending, replacement in (("men", "man"), ("ies", "y"), ("es", ""), ("s", "")):
        if word.endswith(ending) and word[: -len(ending)] + replacement in _classes():
            return word[: -len(ending)] + replacement
    return word
