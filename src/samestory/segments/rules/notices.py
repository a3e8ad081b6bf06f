"""What the page says of its own text: rights, corrections, warnings; and who wrote it, and when."""

from __future__ import annotations

from samestory.segments.rules.rule import AS_WRITTEN, START, rule
from samestory.segments.vocabulary import AGENCY, DATE, NAME, TIME, either

_STORY = r"(?:article|story|post|report|piece|headline|review)"

NOTICES = (
    rule(
        "notice",
        "syndicated feed",
        r"\bhas not been edited by\b|\bauto-generated from a syndicated feed\b|"
        r"\bpublished from a (?:syndicated|wire|agency) (?:feed|agency)\b",
        80,
    ),
    rule(
        "notice",
        "rights",
        START
        + either(
            r"copyright\b",
            r"©\s*(?:copyright\b|\d{4}\b|thomson reuters\b|[^/|]{2,60}\b(?:19|20)\d\d\b)",
            r"\(c\)\s*(?:copyright|\d{4})",
            r".{0,200}\ball rights reserved\b",
            r".{0,200}\bmay not be (?:published, broadcast|reproduced)",
        ),
        80,
    ),
    rule(
        "notice",
        "editor's note",
        START
        + either(
            r"editor['’]?s?['’]? note",
            r"note to (?:readers|editors)",
            "publisher['’]s note",
            "disclaimer",
            "disclosure",
        )
        + r"\b\s*[:.—–-]",
        200,
    ),
    rule(
        "notice",
        "correction",
        START
        + either(
            r"(?:corrections?(?: and clarifications?| appended)?|clarification|amendment)\b\s*(?:[:.—–-]|$|\()",
            rf"an? (?:earlier|previous) version of this {_STORY}\b",
            rf"this {_STORY} (?:has been|was) (?:first |originally )?"
            r"(?:updated|amended|corrected|edited|changed|modified|revised|shortened|published|produced)\b",
            r"the (?:material|article|story|text) has been (?:updated|corrected)\b.{0,40}$",
            rf"a version of this {_STORY} (?:appears|appeared) in print\b",
            rf"this {_STORY} (?:was )?(?:(?:first|originally) (?:appeared|published|ran|posted)|is republished)\b",
        ),
        200,
    ),
    rule(
        "notice",
        "developing story",
        START
        + either(
            rf"this is a (?:developing|breaking)(?: news)? {_STORY}\b",
            r"(?:please )?check back (?:here |later |soon )?for (?:more |further |the latest )?"
            r"(?:updates|information|details)\b",
            rf"(?:more (?:to follow|details? (?:to follow|soon))|(?:this {_STORY} )?(?:will be|is being) updated)\b",
        )
        + r"[^\"“]*$",
        30,
    ),
    rule(
        "notice",
        "content warning",
        START
        + either(
            r"(?:content |graphic )?warning\b\s*[!:.—–-].*\b"
            r"(?:graphic|content|images?|video|footage|disturbing|language|spoilers?|distress\w*)",
            r"this (?:video|article|story|page) contains (?:graphic|distressing|disturbing|offensive)",
            r"(?:some )?(?:viewers|readers) may find",
        ),
        40,
    ),
    rule(
        "notice",
        "views disclaimer",
        START
        + r"(?:the )?(?:views?|opinions?|statements?)(?: and (?:views?|opinions?))? expressed (?:in|by|here|are)\b",
        80,
    ),
)

BYLINES = (
    rule("byline", "time stamp", rf"\b(?:updated|published|posted)\b:? *(?:at )?(?:{DATE}|{TIME})", 20),
    rule(
        "byline",
        "time stamp",
        r"^(?:(?:(?:first|last) )?(?:published|updated|posted|modified|created|publish date|date)\b[:\s]*|on )?"
        rf"(?:{TIME},?\s*)?{DATE}(?:[,\s|•·at-]*{TIME})?"
        rf"(?:[\s|•·,]*(?:(?:last )?(?:updated|published|modified)\b[:\s]*)?(?:{DATE})?(?:[,\s|at-]*{TIME})?)?\W*$",
        20,
    ),
    rule("byline", "time stamp", r"^(?:published|updated|posted|last (?:updated|modified))\b\s*(?::|\d+ \w+ ago)", 20),
    rule(
        "byline",
        "agency credit",
        START
        + either(
            r"\(?\s*(?:additional |further )?(?:reporting|writing|editing|compiled|written|reported) by\b",
            rf"(?:[\w.,'’ &-]{{2,120}} )?(?:contributed|contributing) (?:reporting|to this {_STORY})\b",
            r"(?:[A-Z][\w.'’-]+[, ]+(?:and |in |at |from |for |of |the )*){2,16}"
            r"contributed(?: (?:to|from)\b.{0,60})?\.?$",
            r"(?:[A-Z][\w.'’-]+ ){2,4}(?:and (?:[A-Z][\w.'’-]+ ){2,4})?reported from [A-Z]",
            r"with (?:reporting|inputs?|files|additional reporting) (?:by|from)\b",
            r"\(?with (?:agency|agencies|wire) inputs?",
        ),
        60,
    ),
    rule(
        "byline",
        "author",
        r"^[-–—\s]*(?:By|BY|(?:Story|Words|Report|Analysis|Posted|Written) by)\b:?"
        r"(?:[\s,|•·/]+(?:[A-Z][\w.'’-]*|and|for|of|in|the|at|on|with|de|van|von|staff|reporters?|reporting|agenc(?:y|ies)|correspondent|updated|published|@\w+|[\d:./]+(?:[ap]\.?m\.?)?))+"
        r"\W*$",
        25,
        AS_WRITTEN,
    ),
    rule(
        "byline",
        "author",
        r"^\W*(?:[A-Z][\w.'’-]+,? (?:and |& )?){2,8}(?:[|,/•·–—-] ?)?"
        r"(?:(?:[Ss]taff|[Ss]enior|[Ss]pecial|[Cc]hief|[Pp]olitical|[Ff]oreign)[ -])*"
        r"(?:[Ww]riter|[Rr]eporter|[Cc]orrespondent|[Cc]ontributor|[Cc]olumnist|[Ee]ditor|"
        r"[Ss]pecial to .{3,40}|USA TODAY(?: Sports)?|"
        rf"{AGENCY})(?:,? (?:in|at) [A-Z]\w+(?: [A-Z]\w+)?)?\W*$",
        14,
        AS_WRITTEN,
    ),
    rule(
        "byline",
        "author's address",
        START
        + either(
            r"(?:you can )?(?:follow|reach|contact|e-?mail|tweet|write to) "
            r"(?!us\b|our\b|the (?!author|writer|reporter)).{0,60}?"
            r"(?:@|\bat \S|\bon (?:twitter|facebook|instagram|linkedin))",
            r"(?:twitter|e-?mail)\s*:\s*\S*@\S+",
        ),
        25,
    ),
    rule(
        "byline",
        "author's blurb",
        r"^\W*[A-Z][\w.'’-]+ [A-Z][^.]{0,80}? (?:can be (?:reached|contacted|e-?mailed|followed)|may be reached|"
        r"(?:reports?|writes?) (?:on|about|for)\b[^.]*(?:[Ff]ollow|@|[Ee]-?mail))\b",
        45,
        AS_WRITTEN,
    ),
    rule("byline", "author", rf"^{NAME}(?:\s*[|•·]\s*{NAME})?\s*[|•·]\s*(?:{DATE}|{TIME})\W*$", 15, AS_WRITTEN),
)

LAST = (rule("byline", "agency alone", rf"^\W*{AGENCY}\W*$", 3, AS_WRITTEN),)
