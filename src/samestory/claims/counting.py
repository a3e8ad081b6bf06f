"""The people and things that a sentence counts: what happened to them, what is a part of what, and sums."""

from __future__ import annotations

import re

from samestory.claims.attackers import is_indefinite
from samestory.claims.comparing import VAGUE
from samestory.claims.measures import UNITS
from samestory.claims.numbered import COLLECTIVES
from samestory.claims.phrases import counted_phrases
from samestory.claims.reality import unreal
from samestory.claims.record import PART, PEOPLE, Count, Phrase
from samestory.claims.triggers import role_of_opening, roles
from samestory.claims.units import ATTACKER, PERSON, common_class, singular, unit_class
from samestory.claims.worded import is_heading
from samestory.language import Parse, Token

# What is numbered and counts nothing that happened: occasions, scores, and numbers that stand for themselves.
UNCOUNTED = ("time", "point", "way", "day", "thing", "percent", "number", "moment", "hand", "goal", "rebound",
             "assist", "steal", "yard", "touchdown", "inning", "carry", "reception", "sack", "turnover", "attempt",
             "completion", "year", "ago")  # fmt: skip
NEARLY = "nearly"
LISTED = ("conj", "appos", "nmod", "dep", "npadvmod", "attr", "dobj")  # how what is listed further on hangs
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
_INCLUDING = re.compile(
    r"[,\s(\u2014-]*(?:including|among them|among whom|amongst them)\W+(?:at\s+least\s+)?$", re.IGNORECASE
)
_AND = re.compile(r"(?:,?\s+and|\s+as\s+well\s+as|\s+&)\s+(?:(?:the|an?|his|her|its|their|our|my)\s+)?")
_AMONG_THE = re.compile(r"\s+(?:(?:were|was|are|is)\s+)?(?:among|of)\s+(?:the\s+)?(?:at\s+least\s+)?", re.IGNORECASE)
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
    given = _shared([roles(parse, p) or role_of_opening(parse, p) for p in phrases], phrases, parse)
    phrases = [_as_people(p, found, attacked) for p, found in zip(phrases, given, strict=True)]
    wholes: list[int | None] = []
    for n, (phrase, found) in enumerate(zip(phrases, given, strict=True)):
        parent = _whole(parse, phrase, counts)
        if parent is None and n and not found and phrase.top.dep in LISTED and _listed(parse, phrases, n - 1):
            parent = wholes[-1]  # "104 people, among them a cook, two nurses and a deputy"
        wholes.append(parent)
        if parent is not None and found and counts[parent].role not in {role for role, _ in found}:
            parent = None  # "21 cases, including 17 deaths"
        if parent is not None and not (phrase.part and found):
            counts.append(_count(parse, phrase, counts[parent].role, counts[parent].sign, parent))
            continue
        for role, trigger in found or _suspects(parse, phrase, attackers) or _others(parse, phrase):
            counts.append(_count(parse, _narrowed(parse, phrase), role, trigger, parent))
    return _with_sums(parse, _among(parse, counts))


def _among(parse: Parse, counts: list[Count]) -> list[Count]:
    """ "Ten nurses were among the 12 dead", "five of the 12": what stands before is a part of what follows."""
    result = list(counts)
    for n, count in enumerate(counts):
        for m in range(n + 1, len(counts)):
            other = counts[m]
            same = other.role == count.role and other.start > count.start and other.parent != n
            within = other.start < count.end <= other.end  # "five of the 12 dead"
            # "nine people were among the 12 who died": the word that gives the role is the other's own
            within |= other.top is not None and count.top is not None and _is_under(parse, count.sign, other.top)
            if (
                same
                and count.parent is None
                and (within or _AMONG_THE.fullmatch(parse.text, count.end, max(count.end, other.start)))
            ):
                result[n] = count._replace(parent=m)
                break
    return result


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


def _shared(given: list[list[tuple[str, Token]]], phrases: list[Phrase], parse: Parse) -> list[list[tuple[str, Token]]]:
    """Roles, where a phrase without one is listed with one that has it.

    From the last backwards: "a nurse and two drivers were killed", and "ten of the 12 killed". Then forwards, where
    the parse takes what follows for no subject of its own: "killed a nurse, two drivers and a cook".
    """
    result = list(given)
    for n in range(len(phrases) - 2, -1, -1):
        first, second = phrases[n], phrases[n + 1]
        told = first.unit_class is not None or _overlap(first, second)
        if not result[n] and told and result[n + 1] and _listed(parse, phrases, n):
            result[n] = result[n + 1]
    for n in range(1, len(phrases)):
        hangs = phrases[n].top.dep in LISTED and phrases[n].unit_class is not None
        if hangs and not result[n] and result[n - 1] and _listed(parse, phrases, n - 1):
            result[n] = result[n - 1]
    return result


def _overlap(first: Phrase, second: Phrase) -> bool:
    """ "Ten of the 12 killed", not "the driver's brother"."""
    return first.numbered and second.start < first.end


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


def _listed(parse: Parse, phrases: list[Phrase], n: int) -> bool:
    """Whether a phrase and the next stand in one list: joined by "and", or by a comma with an "and" further on."""
    first, second = phrases[n], phrases[n + 1]
    if _overlap(first, second) or _beside(parse, first.end, second.start):
        return True
    if parse.text[first.end : second.start].strip() != "," or first.top.sentence != second.top.sentence:
        return False
    headed = first.numbered and is_heading(parse, first.top.sentence)
    return headed or (n + 2 < len(phrases) and _listed(parse, phrases, n + 1))


def _beside(parse: Parse, end: int, start: int) -> bool:
    return bool(_AND.fullmatch(parse.text[end:start]))


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


def _whole(parse: Parse, phrase: Phrase, counts: list[Count]) -> int | None:
    """The count that a phrase tells a part of: "84 people, including ten children", "ten of them children"."""
    for number in range(len(counts) - 1, -1, -1):
        count = counts[number]
        if count.top is None or (count.parent is not None and not _joined(parse, phrase.top, count.top)):
            continue
        if phrase.part and count.end <= phrase.start:
            return number
        if _INCLUDING.search(parse.text[count.end : phrase.start]):
            return number
        if count.parent is not None and _joined(parse, phrase.top, count.top):
            return count.parent
    return None


def _is_under(parse: Parse, token: Token, top: Token) -> bool:
    """Whether a token depends on another, directly or not."""
    return token.i != top.i and any(t.i == top.i for t in parse.ancestors(token.i))


def _joined(parse: Parse, token: Token, other: Token) -> bool:
    """Whether one token is co-ordinated with the other, directly or along a chain."""
    while token.dep == "conj":
        if token.head == other.i:
            return True
        token = parse.tokens[token.head]
    return False


def _with_sums(parse: Parse, counts: list[Count]) -> list[Count]:
    """Add the sum of co-ordinated counts of one role, and make them its parts.

    A floor that stands before the first holds for all ("at least two cooks and a baker").
    """
    result = list(counts)
    taken: set[int] = set()
    for first, count in enumerate(counts):
        if first in taken or count.top is None or count.role == "count_other":
            continue
        group = [first, *(n for n in range(first + 1, len(counts)) if _adds(parse, count, counts[n]))]
        if len(group) < 2 or any(counts[n].quantity is None for n in group):
            continue
        taken.update(group)
        floor = count.bound == "at_least"
        for n in group:
            bound = "at_least" if floor and counts[n].bound == "exact" else counts[n].bound
            result[n] = counts[n]._replace(parent=len(result), bound=bound)
        result.append(_sum([counts[n] for n in group]))
    return result


def _adds(parse: Parse, first: Count, other: Count) -> bool:
    if other.top is None or (other.role, other.parent) != (first.role, first.parent):
        return False
    if first.top is None or other.start < first.end:
        return False
    return _joined(parse, other.top, first.top) or _beside(parse, first.end, other.start)


def _sum(parts: list[Count]) -> Count:
    low = sum(p.quantity or 0.0 for p in parts)
    high = sum(p.quantity_max if p.quantity_max is not None else p.quantity or 0.0 for p in parts)
    bounds = [p.bound for p in parts]
    bound = next((b for b in ("at_least", "at_most", "approximate", "range") if b in bounds), "exact")
    path = common_class([p.unit_class or "person" for p in parts])
    first = parts[0]
    return first._replace(
        start=min(p.start for p in parts), end=max(p.end for p in parts), quantity=low,
        quantity_max=high if bound == "range" else None, bound=bound, unit=None, unit_class=path,
    )  # fmt: skip
