"""The people and things that a sentence counts, and what happened to them."""

from __future__ import annotations

import re

from samestory.claims.attackers import is_indefinite
from samestory.claims.comparing import VAGUE
from samestory.claims.lists import LISTED, among_others, are_listed, shared_roles, whole_of, with_sums
from samestory.claims.measures import UNITS
from samestory.claims.numbered import COLLECTIVES
from samestory.claims.phrases import counted_phrases
from samestory.claims.reality import unreal
from samestory.claims.record import PART, PEOPLE, Count, Phrase
from samestory.claims.triggers import role_of_opening, roles
from samestory.claims.units import ATTACKER, PERSON, singular, unit_class
from samestory.language import Parse, Token

# What is numbered and counts nothing that happened: occasions, scores, and numbers that stand for themselves.
UNCOUNTED = ("time", "point", "way", "day", "thing", "percent", "number", "moment", "hand", "goal", "rebound",
             "assist", "steal", "yard", "touchdown", "inning", "carry", "reception", "sack", "turnover", "attempt",
             "completion", "year", "ago")  # fmt: skip
NEARLY = "nearly"
_FROM = re.compile(r"\s+from\s+(?:the\s+)?[A-Z][\w.]*")
# "Five of the dead", "ten of the 12 victims", "two of them": a part of those whom the role is about.
_OF_THEM = re.compile(
    r"\s+of\s+(?:(?:them|whom|which|those)\b|(?:the|these)\s+(?:[\w-]+\s+){0,3}?(?:dead|victims|injured|wounded|missing|killed|detained"
    r"|arrested|hurt|detainees|casualties|fatalities)\b)",
    re.IGNORECASE,
)
_SEVERE = re.compile(
    r"\b(?:critical(?:ly)?|serious(?:ly)?|grave(?:ly)?|severe(?:ly)?|intensive\s+care|fighting\s+for)\b", re.IGNORECASE
)
_NEARLY = re.compile(r"(?:just\s+)?(?:nearly|almost|close\s+to)\b", re.IGNORECASE)
_AMONG = re.compile(r"\s+among\s+(?:the\s+)?(?P<who>\w+)")


def sentence_counts(
    parse: Parse, sentence: int, elsewhere: list[tuple[int, int]], attackers: frozenset[int], attacked: bool
) -> list[Count]:
    """The people and things that a sentence counts, with roles, wholes and sums; not what stands ``elsewhere``.

    ``attackers`` are the tokens that name them, ``attacked`` whether the article tells of an attack.
    """
    counts: list[Count] = []
    phrases = [
        p if p.noun is None or p.noun.i not in attackers else p._replace(unit_class=ATTACKER)
        for p in counted_phrases(parse, sentence, elsewhere)
    ]
    phrases = [p for p in phrases if not _renames(parse, p)]
    given = shared_roles([roles(parse, p) or role_of_opening(parse, p) for p in phrases], phrases, parse)
    phrases = [_as_people(p, found, attacked) for p, found in zip(phrases, given, strict=True)]
    wholes: list[int | None] = []
    for n, (phrase, found) in enumerate(zip(phrases, given, strict=True)):
        parent = whole_of(parse, phrase, counts)
        if parent is None and n and not found and phrase.top.dep in LISTED and are_listed(parse, phrases, n - 1):
            parent = wholes[-1]  # "104 people, among them a cook, two nurses and a deputy"
        wholes.append(parent)
        if parent is not None and found and counts[parent].role not in {role for role, _ in found}:
            parent = None  # "21 cases, including 17 deaths"
        if parent is not None and not (phrase.part and found):
            counts.append(_count(parse, phrase, counts[parent].role, counts[parent].sign, parent))
            continue
        for role, trigger in found or _suspects(parse, phrase, attackers) or _others(parse, phrase):
            counts.append(_count(parse, _narrowed(parse, phrase), role, trigger, parent))
    return with_sums(parse, among_others(parse, counts))


def _as_people(phrase: Phrase, found: list[tuple[str, Token]], attacked: bool) -> Phrase:
    """Whoever is arrested or dies is a person, whatever the noun; who is charged or sought, a suspect.

    So is a man arrested where the article tells of an attack.
    """
    given = {role for role, _ in found}
    man = phrase.noun is not None and phrase.noun.lemma.lower() in ("man", "woman")
    accused = "suspects" in given or ("detained" in given and attacked and man)
    if accused and phrase.unit_class in (None, PERSON):
        return phrase._replace(unit_class=ATTACKER)
    return phrase._replace(unit_class=PERSON) if found and phrase.unit_class is None else phrase


def _others(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """A number of people or things that no other role fits; of bare numbers only parts ("two of them") and votes.

    "One of the captains" and "three times" count nobody and nothing.
    """
    if phrase.noun is None:
        return [("count_other", phrase.top)] if phrase.part or phrase.unit_class is None else []
    word = phrase.noun.lemma.lower()
    one_of = phrase.quantity == 1 and phrase.top.i != phrase.noun.i
    if not phrase.numbered or one_of or word in UNCOUNTED or singular(word) in UNITS or _is_label(parse, phrase):
        return []
    return [("count_other", phrase.top)]


def _is_label(parse: Parse, phrase: Phrase) -> bool:
    """Whether a number names or ranks what follows it: "the 5.50 update", "1426 Quincy St.", "a 737 jet"."""
    if phrase.quantity is None or phrase.noun is None or phrase.quantity <= 1:
        return False
    if phrase.quantity != int(phrase.quantity):
        return True
    joined = "-" in parse.text[phrase.start : phrase.noun.start]  # "a 300-member coalition"
    one = phrase.noun.tag in ("NN", "NNP") and phrase.unit_class is None
    return one and not joined and phrase.noun.lemma.lower() not in COLLECTIVES


def _renames(parse: Parse, phrase: Phrase) -> bool:
    """Whether a phrase says once more who someone is: "the trooper, a veteran and father of two, was killed"."""
    top = phrase.top
    if top.lemma == "life" and not phrase.explicit:  # "claimed the life of a teacher"
        return True
    while top.dep == "conj":
        top = parse.tokens[top.head]
    head = parse.tokens[top.head]
    one = phrase.quantity == 1 and not phrase.explicit
    behind = parse.text[head.end : top.start].lstrip(" \u00a0").startswith(",")
    return one and top.dep == "appos" and top.tag != "NNS" and head.tag in ("NN", "NNP") and head.i < top.i and behind


def _count(parse: Parse, phrase: Phrase, role: str, sign: Token, parent: int | None) -> Count:
    above = parse.tokens[phrase.top.head]
    governor = above.lemma.lower() if role == "count_other" and above.pos in ("NOUN", "PROPN", "VERB") else None
    if role == "injured" and _SEVERE.search(parse.text, phrase.end, max(sign.end, phrase.end) + 40):
        governor = "critical"
    words = parse.text[phrase.start : phrase.end]
    vague = _vague(words) if phrase.quantity is None else NEARLY if _NEARLY.match(words) else None
    if role in PEOPLE and phrase.noun is None and (whence := _FROM.match(parse.text, phrase.end)) is not None:
        governor = " ".join(whence.group().split()).lower()  # "kills ten from Orvenia" is no total
    partial = phrase.part or (phrase.numbered and _OF_THEM.match(parse.text, _number_end(parse, phrase)) is not None)
    governor = PART if partial and role in PEOPLE else governor
    return Count(phrase.start, phrase.end, role, phrase.quantity, phrase.quantity_max, phrase.bound, phrase.unit,
                 phrase.unit_class, vague, sign, governor, phrase.top, parent, partial)  # fmt: skip


def _number_end(parse: Parse, phrase: Phrase) -> int:
    """Where the number of a phrase ends: before "of the dead"."""
    of = next((t for t in parse.tokens_in(phrase.start, phrase.end) if t.text.lower() == "of"), None)
    return phrase.end if of is None else parse.tokens[of.i - 1].end


def _vague(words: str) -> str | None:
    """The word that stands for a number: "dozens", "several", and "hundreds" of "several hundred"."""
    found = re.findall(r"[a-z]+", re.sub(r"\b(dozen|hundred|thousand|million)\b", r"\1s", words.lower()))
    return next((word for word in reversed(found) if word in VAGUE), None)


def _suspects(parse: Parse, phrase: Phrase, attackers: frozenset[int]) -> list[tuple[str, Token]]:
    """ "Two gunmen", "a man who opened fire": attackers brought in, to whom nothing happened that counts."""
    noun = phrase.noun
    vague = phrase.quantity is None and (phrase.numbered or phrase.unit_class != ATTACKER)
    if noun is None or vague or phrase.part:
        return []
    brought_in = is_indefinite(parse, noun) or phrase.numbered or phrase.quantity == 0  # not "the gunman"
    if phrase.quantity is not None and not brought_in:
        return []
    named = phrase.unit_class == ATTACKER and noun.dep not in ("attr", "compound")
    acting = (named or noun.i in attackers) and not unreal(parse, phrase.top)
    return [("suspects", phrase.top)] if acting else []


def _narrowed(parse: Parse, phrase: Phrase) -> Phrase:
    """ "No victims among civilians" counts civilians."""
    match = _AMONG.match(parse.text, phrase.end)
    if match is None or phrase.quantity != 0:
        return phrase
    tokens = parse.tokens_in(match.start("who"), match.end("who"))
    path = unit_class(parse, tokens[0]) if tokens else None
    return phrase if path is None else phrase._replace(end=tokens[0].end, unit=tokens[0].text, unit_class=path)
