"""One form for words that are spelt in several ways: American and British, abbreviated or not, contracted or not.

The lists are closed: a word that is not in them is left as it stands.
"""

from __future__ import annotations

import re

SHORT_NAMES: dict[str, tuple[str, ...]] = {
    "US": ("united", "states"),
    "USA": ("united", "states"),
    "UK": ("united", "kingdom"),
    "UN": ("united", "nations"),
    "EU": ("european", "union"),
}
MONTHS = {
    "Jan": "january", "Feb": "february", "Mar": "march", "Apr": "april", "Jun": "june", "Jul": "july",
    "Aug": "august", "Sept": "september", "Sep": "september", "Oct": "october", "Nov": "november", "Dec": "december",
}  # fmt: skip
STATES: dict[str, tuple[str, ...]] = {
    short: tuple(name.split())
    for short, name in (
        ("Ala.", "alabama"), ("Ariz.", "arizona"), ("Ark.", "arkansas"), ("Calif.", "california"),
        ("Colo.", "colorado"), ("Conn.", "connecticut"), ("Del.", "delaware"), ("D.C.", "district of columbia"),
        ("Fla.", "florida"), ("Ga.", "georgia"), ("Ill.", "illinois"), ("Ind.", "indiana"), ("Kan.", "kansas"),
        ("Ky.", "kentucky"), ("La.", "louisiana"), ("Md.", "maryland"), ("Mass.", "massachusetts"),
        ("Mich.", "michigan"), ("Minn.", "minnesota"), ("Miss.", "mississippi"), ("Mo.", "missouri"),
        ("Mont.", "montana"), ("Neb.", "nebraska"), ("Nev.", "nevada"), ("N.C.", "north carolina"),
        ("N.D.", "north dakota"), ("N.H.", "new hampshire"), ("N.J.", "new jersey"), ("N.M.", "new mexico"),
        ("N.Y.", "new york"), ("Okla.", "oklahoma"), ("Ore.", "oregon"), ("Pa.", "pennsylvania"),
        ("R.I.", "rhode island"), ("S.C.", "south carolina"), ("S.D.", "south dakota"), ("Tenn.", "tennessee"),
        ("Tex.", "texas"), ("Va.", "virginia"), ("Vt.", "vermont"), ("Wash.", "washington"),
        ("W.Va.", "west virginia"), ("Wis.", "wisconsin"), ("Wyo.", "wyoming"),
    )
}  # fmt: skip
_OUR = re.compile(
    r"((?:un|dis|mis)?(?:arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl|ranc|rig|rum"
    r"|sav|splend|succ|tum|val|vap|vig))our(s|ed|ing|er|ers|ite|ites|able|ably|ful|fully|hood|hoods|ing|less|al|y)?"
)
_ISE = re.compile(
    r"((?:re|de|un|dis)?(?:agon|apolog|author|brutal|capital|categor|central|character|civil|critic|crystall|decentral"
    r"|demon|destabil|econom|emphas|equal|familiar|final|general|global|harmon|hospital|human|ideal|immun|industrial"
    r"|jeopard|legal|liberal|local|marginal|material|maxim|memor|mili?tar|minim|mobil|modern|moral|national|neutral|normal"
    r"|optim|organ|ostrac|penal|polar|popular|pressur|priorit|privat|public|radical|rational|real|recogn|sanit|scrutin"
    r"|social|special|stabil|standard|stigmat|subsid|summar|symbol|sympath|terror|urban|util|vandal|victim|visual))"
    r"is(e|ed|es|er|ers|ing|ation|ations|ational|able)"
)
_YSE = re.compile(r"(anal|paral|catal)ys(e|ed|er|ers|ing)")
_RE = re.compile(r"((?:kilo|centi|milli)?met|lit|cent|theat|fib|calib|sab|spect|somb|lust|manoeuv)re(s|d)?")
_LL = re.compile(
    r"(travel|cancel|label|model|signal|fuel|counsel|quarrel|level|marshal|channel|dial|total|rival|unravel|duel)"
    r"l(ed|ing|er|ers|or|ors|ings)"
)
_PLAIN = {
    "acknowledgement": "acknowledgment", "advisor": "adviser", "advisors": "advisers", "aeroplane": "airplane",
    "aeroplanes": "airplanes", "ageing": "aging", "afterwards": "afterward", "al-qaeda": "al qaeda",
    "al-qaida": "al qaeda", "aluminium": "aluminum", "amongst": "among", "backwards": "backward", "burnt": "burned",
    "cannot": "can not", "catalogue": "catalog", "catalogues": "catalogs", "cellphone": "cell phone",
    "cellphones": "cell phones", "cell-phone": "cell phone", "cheque": "check", "cheques": "checks",
    "co-operate": "cooperate", "co-operation": "cooperation", "co-ordinate": "coordinate",
    "co-ordinated": "coordinated", "co-ordination": "coordination", "czar": "tsar", "defence": "defense",
    "defences": "defenses", "dreamt": "dreamed", "e-mail": "email", "e-mails": "emails", "e-mailed": "emailed",
    "enrol": "enroll", "enrolment": "enrollment", "forwards": "forward", "fulfil": "fulfill",
    "fund-raiser": "fundraiser", "fund-raisers": "fundraisers", "fund-raising": "fundraising", "grey": "gray",
    "health-care": "health care", "healthcare": "health care", "instalment": "installment",
    "instalments": "installments", "jewellery": "jewelry", "judgement": "judgment", "judgements": "judgments",
    "kerb": "curb", "learnt": "learned", "licence": "license", "licences": "licenses", "moustache": "mustache",
    "offence": "offense", "offences": "offenses", "ok": "okay", "on-line": "online", "plough": "plow",
    "policy-maker": "policymaker", "policy-makers": "policymakers", "pretence": "pretense", "programme": "program",
    "programmes": "programs", "qaida": "qaeda", "sceptic": "skeptic", "sceptical": "skeptical",
    "scepticism": "skepticism", "sceptics": "skeptics", "skilful": "skillful", "spelt": "spelled",
    "storey": "story", "storeys": "stories", "teen-ager": "teenager", "teen-agers": "teenagers",
    "towards": "toward", "tyre": "tire", "tyres": "tires", "upwards": "upward", "downwards": "downward",
    "web-site": "website", "whilst": "while", "wilful": "willful",
}  # fmt: skip
_ENDS = {"'re": "are", "'ve": "have", "'ll": "will", "'m": "am"}
_NEGATED = {"ca": "can", "wo": "will", "sha": "shall", "ai": "is"}
_IS_AFTER = frozenset(
    ("it", "he", "she", "that", "there", "what", "who", "here", "where", "how", "when", "why", "this", "everyone")
)


def read_spelling(word: str) -> tuple[tuple[str, ...], str] | None:
    """The words that a word in lower case is read as, and what is listed as masked; None where it stays as it is."""
    if word in _PLAIN:
        return tuple(_PLAIN[word].split()), f"{word} = {_PLAIN[word]}"
    for pattern, middle in ((_OUR, "or"), (_ISE, "iz"), (_YSE, "yz"), (_RE, "er"), (_LL, "")):
        match = pattern.fullmatch(word)
        if match:
            normal = f"{match[1]}{middle}{match[2] or ''}".replace("manoeuver", "maneuver").replace("erd", "ered")
            return (normal,), f"{word} = {normal}"
    return None


def read_contraction(word: str) -> tuple[tuple[str, ...], str] | None:
    """The words of a contraction in lower case, and what is listed; None where it is none.

    A possessive is read as the bare word, and lists nothing; "'d" may be "had" or "would" and is left off.
    """
    base, apostrophe, end = word.rpartition("'")
    if not apostrophe:
        return None
    if end == "t" and base.endswith("n"):
        return (_NEGATED.get(base[:-1], base[:-1]), "not"), "n't = not"
    if (full := _ENDS.get(f"'{end}")) is not None:
        return (base, full), f"'{end} = {full}"
    if end == "d":
        return (base,), "'d"
    if end == "s" and base == "let":
        return ("let", "us"), "'s = us"
    if end == "s":
        return ((base, "is"), "'s = is") if base in _IS_AFTER else ((base,), "")
    return None
