"""Words and wordings that say what happened to people: killed, injured, missing, detained, suspected."""

from __future__ import annotations

import re

VERBS = {
    **dict.fromkeys(
        ("kill", "murder", "slay", "massacre", "assassinate", "behead", "slaughter", "execute", "electrocute",
         "strangle", "crucify", "decapitate", "lynch"),
        "killed",
    ),
    **dict.fromkeys(("injure", "wound", "hurt", "maim", "harm", "graze", "hospitalize", "hospitalise"), "injured"),
    **dict.fromkeys(
        ("detain", "arrest", "apprehend", "nab", "capture", "recapture", "imprison", "jail",
         "sentence"),
        "detained",
    ),
    **dict.fromkeys(("charge", "indict", "prosecute", "hunt", "investigate", "suspect", "accuse", "convict", "question",
         "interrogate"), "suspects"),
}  # fmt: skip
DYING = {"die": "killed", "perish": "killed", "drown": "killed", "succumb": "killed", "suffocate": "killed",
         "disappear": "missing", "vanish": "missing"}  # fmt: skip
STATES = {
    "dead": "killed", "killed": "killed", "slain": "killed", "drowned": "killed", "injured": "injured",
    "wounded": "injured", "hurt": "injured",
    "hospitalized": "injured", "hospitalised": "injured", "critical": "injured", "missing": "missing",
    "unaccounted": "missing", "detained": "detained", "arrested": "detained", "murdered": "killed",
    "massacred": "killed",
}  # fmt: skip
SUFFERING = frozenset(STATES) - {"critical"}  # states that stand before a noun: "three wounded soldiers"
# "The dead include", "the victims were": who they are.
WHO_THEY_ARE = {state: STATES[state] for state in SUFFERING} | {
    "victims": "killed",
    "casualties": "killed",
    "fatalities": "killed",
}
NOUNS = {
    "death": "killed", "fatality": "killed", "dead": "killed", "killing": "killed", "murder": "killed",
    "body": "killed", "corpse": "killed", "homicide": "killed", "slaying": "killed", "martyr": "killed",
    "remain": "killed", "remains": "killed", "injury": "injured", "injured": "injured", "wounded": "injured",
    "arrest": "detained", "detainee": "detained", "missing": "missing",
}  # fmt: skip
KIN = ("son", "daughter", "mother", "father", "wife", "husband", "brother", "sister", "child", "parent", "cousin",
       "friend", "relative", "neighbour", "neighbor", "colleague", "comrade", "grandson", "granddaughter",
       "grandmother", "grandfather")  # fmt: skip
EXISTING = ("be", "report", "have", "leave", "cause", "claim")
OF_PEOPLE = ("arrest", "detain", "injure", "wound", "hospitalize", "hospitalise", "unaccounted")
OTHER_BODIES = ("legislative", "governing", "regulatory", "public", "international", "professional", "student",
                "advisory", "state", "official", "foreign", "political", "rights", "celestial", "heavenly", "water",
                "local", "national", "government", "sports", "religious", "judicial", "similar", "such")  # fmt: skip
WITH_PARTICLE = {
    ("mow", "down"): "injured", ("run", "over"): "injured", ("run", "down"): "injured", ("knock", "down"): "injured",
    ("lock", "up"): "detained", ("round", "up"): "detained",
}  # fmt: skip
FALLING = ("fall", "plunge", "leap", "jump", "bleed", "burn", "freeze", "starve")  # to their deaths
LIFE_TAKING = ("cost", "claim", "take", "lose")
STRIKING = ("hit", "strike", "trample")  # of people, in the passive
POLICE = ("police", "officer", "detective", "investigator", "force", "agent", "authority", "prosecutor", "sheriff",
          "fbi", "policeman", "marshal", "soldier", "deputy")  # fmt: skip
# Whom one may lose alive.
UNMOURNED = ("player", "starter", "coach", "quarterback", "striker", "midfielder", "defender", "batsman", "voter",
             "supporter", "customer", "client", "subscriber", "viewer", "follower", "reader", "user", "delegate",
             "fan", "partner", "star", "captain", "aide")  # fmt: skip
PARTS_OF_BODY = ("leg", "arm", "foot", "ankle", "wrist", "nose", "jaw", "rib", "collarbone", "neck", "eye",
                 "finger", "hip", "bone")  # fmt: skip
ASKING = ("question", "interrogate")  # of suspects, where the police do
SHOOTING = ("shoot", "stab")
DEADLY = ("shoot", "gun", "stab", "beat", "crush", "trample", "hack", "burn", "bludgeon")  # to death
BREAKING = ("break", "fracture", "twist", "sprain", "dislocate", "lose")
HARM = ("injury", "wound", "burn", "fracture", "concussion", "bruise", "inhalation", "shock")  # fmt: skip
COPULAS = ("be", "lie", "lay", "remain", "leave", "find", "report", "confirm", "presume", "believe", "declare",
           "consider", "list")  # fmt: skip

LINKS = (
    "who that is are was were be been being have has had to now lay lie lies lying remain remained reported confirmed "
    "also still since already reportedly allegedly critically seriously severely badly slightly gravely lightly "
    "fatally found feared presumed considered believed thought known said listed as got"
)
# What may follow a counted phrase at once: a state, with auxiliaries and adverbs or without ("84 dead").
STATE_AFTER = re.compile(
    rf"(?:\s+(?:more|others?|people|lives|aboard|on\s+board))?(?:\s+(?:{'|'.join(LINKS.split())}))*\s+(?P<state>"
    r"dead|killed|slain|injured|wounded|hurt|hospitali[sz]ed|missing|unaccounted\s+for|detained|arrested|murdered|drowned"
    r"|being\s+held(?!\s+(?:hostage|captive|at\s+gunpoint))|pronounced\s+dead|burn(?:ed|t)\s+alive|(?:dug|pulled)\s+out\s+dead|(?:being\s+)?treated\s+(?:for|in|at)\b|charged|at\s+large|on\s+the\s+run"
    r"|under\s+investigation|wanted|held\s+(?:over|after|on\s+suspicion|for\s+questioning|in\s+(?:custody|connection|detention|the\s+(?:\w+\s+)?(?:sting|raids?|operation)))"
    r"|massacred|(?:taken|rushed|brought|airlifted)\s+to\s+(?:an?\s+|the\s+)?(?:[\w.]+\s+){0,4}hospitals?"
    r"|in\s+intensive\s+care|in\s+(?:the\s+)?hospital|in\s+(?:jail|prison|detention)|behind\s+bars|being\s+sought"
    r"|(?:sent|returned)\s+to\s+(?:jail|prison)|clinging\s+to\s+life|para[lyz]+ed|(?:crushed|trampled|beaten|hacked|burn(?:ed|t)|stoned|clubbed|bludgeoned|frozen)\s+to\s+death"
    r"|shot\s+and\s+(?:wounded|injured|killed)"
    r"|(?:shot|stabbed)(?!\s+(?:dead|to\s+death|and\s+killed|(?:an?|the|at|his|her|their|down|up|him|them|back|off)\b|(?-i:[A-Z])|\d))"
    r"|did(?:\s+not|n.t)\s+survive|need(?:ed|ing)?\s+(?:(?:hospital|medical)\s+)?(?:treatment|care)|survived\s+(?:the\s+\w+\s+)?with\s+(?:\w+\s+){0,2}injuries"
    r"|(?:kept|admitted)\s+(?:in|to)\s+(?:the\s+)?hospital|escaped\s+with\s+(?:\w+\s+){0,2}(?:cuts|bruises|injuries|burns|scratches)"
    r"|in\s+(?:an?\s+)?(?:critical|serious|stable|grave)(?:\s+but\s+\w+)?\s+condition"
    r"|critical|fighting\s+for\s+(?:their|his|her)\s+li(?:fe|ves)|(?:taken\s+into|in)\s+(?:police\s+)?custody|(?:placed|put)\s+under\s+(?:house\s+)?arrest"
    r"|shot\s+dead|shot\s+to\s+death|stabbed\s+to\s+death|dying|died|perished|lost\s+their\s+lives)\b",
    re.IGNORECASE,
)
# The role of such a state where its first word is none of STATES: the first that fits, else injured.
ROLES_OF_STATES = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (r".*to death$", "killed"),
        (r".*(?:custody|arrest|jail|prison|detention|bars)$", "detained"),
        (r"(?:shot|stabbed)(?: and (?:wounded|injured))?$|need|escaped|clinging|paraly", "injured"),
        (r"being sought$", "suspects"),
        (r"did|shot|stabbed|dying|died|perished|lost|drowned|burn|dug|pulled|pronounced|fatally", "killed"),
        (r"(?:held|being)(?!.*treated)", "detained"),
        (r"charged|at|on|under|wanted", "suspects"),
    )
)
# "10 nurses among 12 killed", "two were among the dead"
AMONG_THEM = re.compile(
    r"(?:(?:\s+(?:were|was|are|is))?\s+among\s+(?:the\s+)?(?:at\s+least\s+)?|\s+the\s+number\s+of\s+)(?:[\w-]+\s+){0,3}?"
    r"(?P<state>dead|killed|injured|wounded|missing|arrested|detained)\b",
    re.IGNORECASE,
)
# "Two officers hurt, one fatally"
GRADE = re.compile(
    r"\s+(?:of\s+(?:them|whom)\s+)?(?P<state>fatally|critically|seriously|gravely|badly|slightly|lightly)\b(?!\s+(?:injured|wounded|hurt|ill|burned))",
    re.IGNORECASE,
)
# "Eleven people, among them two nurses, were killed"
ASIDE = re.compile(
    r"\s*,\s+[^,.;]{3,80},(?=\s+(?:were|was|have|had|has|are|is|remain|remained|killed|wounded|injured|dead)\b)"
)
# "Among the dead were", "of the 31 suspects named so far,"
OPENING = re.compile(
    r"\W*(?P<how>among|amongst|of)\s+(?:those|the(?:\s+[\w-]+){0,3}?)\s+(?:who\s+)?(?:were\s+)?"
    r"(?P<state>dead|killed|died|perished|drowned|injured|wounded|hurt|missing|arrested|detained|victims|suspects)\b",
    re.IGNORECASE,
)
OPENING_ROLES = {"victims": "killed", "suspects": "suspects"}
TOLL = (
    r"(?:rises|rose|climbs|climbed|risen|rising|jumps|jumped|grows|grew|reaches|reached|stands\s+at|stood\s+at|hits?"
    r"|tops|topped|climbing|pass(?:es|ed)|exceeds?|exceeded|surpass(?:es|ed)|nears|neared)"
)
# What may stand right before it.
ACT_BEFORE = re.compile(
    r"\b(?P<state>kill(?:s|ed|ing)?|injur(?:es|ed|ing)|wound(?:s|ed|ing)|murder(?:s|ed|ing)|arrest(?:s|ed|ing)"
    r"|detain(?:s|ed|ing)|maim(?:s|ed|ing)|claim(?:s|ed|ing)\s+the\s+lives\s+of|(?:death\s+)?tolls?\s+(?:of|at|to|from)"
    r"|(?:dead|fatalities|deaths|killed|injured|wounded|missing)\s*:"
    r"|number\s+(?:of\s+)?(?:[\w-]+\s+){0,3}?killed[^.;]{0,60}?(?:to|at)"
    r"|number\s+of\s+(?:dead|deaths?|fatalities|injured|wounded|missing|arrests|detained)\s+[^.;]{0,50}?(?:to|at|is|was|reached|hit)"
    r"|death\s+toll\s+[^.;]{0,40}?\bis"
    rf"|(?:death\s+)?tolls?\s+(?:\w+\s+){{0,2}}?{TOLL}(?:\s+to)?|killed(?:\s+[^.;]{{0,40}})?:"
    r"|death\s+toll\s+[^.;]{0,60}(?:to|at))\s+[\"\u201c\u2018]?$",
    re.IGNORECASE,
)
