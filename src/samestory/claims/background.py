"""Whether a claim is about the event of the article or about another one that it recalls."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samestory.language import Parse, Token

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIMES = ("npadvmod", "advmod", "prep", "nmod", "compound", "poss", "amod", "nummod", "det", "pobj")
OPENING = 25  # a time so near the start of a sentence sets it for the whole of it
LEAD = 4  # sentences that say what the article is about
HAPPENINGS = ("attack", "bombing", "shooting", "massacre", "war", "raid", "crash", "blast", "explosion", "siege",
              "assault", "killing", "earthquake", "riot", "incident")  # fmt: skip

_PAST = re.compile(
    r"\b(?:last|previous)\s+(?:week|weekend|month|year|decade|spring|summer|autumn|fall|winter|january|february|march|april"
    r"|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:weeks?|months?|years?|decades?|centur(?:y|ies))\s+(?:ago|earlier|before)\b"
    r"|\b(?:over\s+the|the\s+past|this\s+past|over\s+the\s+past)\s+(?:weekend|year|years|decade|decades|month|months)\b"
    r"|\bearlier\s+this\s+(?:week|month|year)\b|\bin\s+recent\s+(?:weeks|months|years|decades)\b"
    r"|\bsince\s+(?:(?:19|20)\d\d|last)\b|\b(?:in|of|since|during)\s+(?:the\s+)?(?:19|20)\d\d(?:s)?\b|\bthe\s+(?:19|20)\d\d\s+[a-z]+|\b(?:19|20)\d\d\s+(?:[a-z]+\s+){0,2}(?:attacks?|bombings?|shootings?|massacres?|wars?|crash(?:es)?|earthquakes?)"
    r"|\b(?:previous|earlier|past|similar)\s+(?:attacks?|bombings?|shootings?|incidents?|crash(?:es)?|raids?)\b"
    r"|\b(?:this|each|every|per|a)\s+year\b|\bannually\b|\bso\s+far\s+this\s+year\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?P<weekday>(?:{'|'.join(WEEKDAYS)}),?\s+)?\b(?P<month>{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
    r"\b\.?(?:,?\s+(?P<day>\d{1,2})\b)?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
_DAY_BEFORE = re.compile(r"\b\d{1,2}(?:st|nd|rd|th)?\s+(?:of\s+)?$")
_NOW = re.compile(
    rf"\b(?:today|tonight|now|this\s+(?:morning|afternoon|evening)|{'|'.join(WEEKDAYS)})\b", re.IGNORECASE
)
_TOWN = re.compile(r"\b(?:city|town|village|capital)(?: of)? (?P<name>[A-Z]\w+)")
_FOLLOWS = re.compile(
    r"^\W*(?:the\s+next\s+day|a\s+(?:day|week|month)\s+later|days\s+later|that\s+(?:attack|crash|incident)|the\s+day\s+after)\b",
    re.IGNORECASE,
)


_ATTACK = re.compile(rf"[\s,]+(?:\w+\s+){{0,3}}(?:{'|'.join(HAPPENINGS)})", re.IGNORECASE)


def is_background(parse: Parse, trigger: Token) -> bool:
    """Whether what the trigger tells lies outside the event: an earlier time, another date, another place's attack.

    Times are read in the trigger's clause and the clauses above it, up to a verb that only reports.
    """
    sentence = parse.sentences[trigger.sentence]
    opening = _PAST.search(parse.text[sentence.start : sentence.end])
    if opening is not None and opening.start() <= OPENING:
        return True
    clause = _clause_text(parse, trigger)
    if _PAST.search(clause) or _other_date(parse, clause, trigger.sentence):
        return True
    return not any(day in clause.lower() for day in WEEKDAYS) and _other_place(parse, trigger, clause)


def recalls(parse: Parse, sentence: int) -> bool:
    """Whether a sentence names an earlier time as its own, so that the next may go on with it."""
    span, root = parse.sentences[sentence], _root(parse, sentence)
    if root is None or _NOW.search(parse.text[span.start : span.end]):
        return False
    return _PAST.search(_clause_text(parse, root, deep=False)) is not None


def goes_on(parse: Parse, sentence: int) -> bool:
    """Whether a sentence goes on with what the one before recalled.

    It says so ("a day later"), or it stands in the same paragraph, in the simple past, without a time of its own.
    """
    span, root = parse.sentences[sentence], _root(parse, sentence)
    text = parse.text[span.start : span.end]
    if _FOLLOWS.match(text):
        return True
    if not sentence or root is None or parse.sentences[sentence - 1].block != span.block or _NOW.search(text):
        return False
    return "VBD" in (root.tag, *(c.tag for c in parse.children(root.i) if c.dep in ("aux", "auxpass")))


def _root(parse: Parse, sentence: int) -> Token | None:
    span = parse.sentences[sentence]
    return next((t for t in parse.tokens[span.first : span.last] if t.head == t.i), None)


def _clause_text(parse: Parse, trigger: Token, deep: bool = True) -> str:
    """The words of the trigger's clause and, above it, of what says when: not of joined or reported clauses.

    Without ``deep`` only the trigger's own modifiers are read, none of the clauses below it.
    """
    kept = {t.i for t in parse.subtree(trigger.i)} if deep else {trigger.i}
    if not deep:
        for child in parse.children(trigger.i):
            if child.dep in TIMES:
                kept.update(t.i for t in parse.subtree(child.i))
    low = trigger
    for above in parse.ancestors(trigger.i):
        if low.dep in ("ccomp", "parataxis"):
            break
        kept.add(above.i)
        for child in parse.children(above.i):
            if child.dep in TIMES:
                kept.update(t.i for t in parse.subtree(child.i))
        if low.dep == "relcl":
            break
        low = above
    return " ".join(parse.tokens[i].text for i in sorted(kept))


def _lead(parse: Parse, sentence: int) -> str:
    """The sentences that say what the article is about, before this one where it is not among the first two."""
    last = parse.sentences[min(LEAD, max(2, sentence), len(parse.sentences)) - 1].end
    return parse.text[parse.sentences[0].start : last].lower()


def _other_date(parse: Parse, text: str, sentence: int) -> bool:
    """A month that the lead does not name, alone or as the date of an attack; a full date may be the event's own."""
    named = {month for month, _ in _months(_lead(parse, sentence))}
    for month, match in _months(text):
        if month in named or match["weekday"] is not None:
            continue
        day = match["day"] is not None or _DAY_BEFORE.search(text[: match.start()]) is not None
        if not day or named or _ATTACK.match(text, match.end()) is not None:
            return True
    return False


def _months(text: str) -> Iterator[tuple[str, re.Match[str]]]:
    """The months that a text names, by their first three letters; a bare "may", "march" or "mar" is no month."""
    for match in _MONTH.finditer(text):
        word = match["month"].lower()
        dated = match["day"] or match["year"] or _DAY_BEFORE.search(text[: match.start()])
        if dated or word not in ("may", "march", "mar", "sep", "dec", "jan"):
            yield word[:3], match


def _other_place(parse: Parse, trigger: Token, clause: str) -> bool:
    """A town that only this clause introduces, or an attack that bears the name of a place not in the lead."""
    lead = _lead(parse, trigger.sentence)
    named = _TOWN.search(clause)
    if named is not None and named["name"].lower() not in lead:
        return True
    for above in (trigger, *parse.ancestors(trigger.i)[:3]):
        if above.lemma.lower() not in HAPPENINGS:
            continue
        for token in parse.subtree(above.i):
            if token.entity == "GPE" and token.text.lower() not in lead and token.i < trigger.i:
                return True
    return False
