"""Whether a claim is about the event of the article or about another one that it recalls."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from samestory.language import Parse, Token
from samestory.language.times import days_between, find_times

MONTHS = ("january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
          "november", "december")  # fmt: skip
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
TIMES = ("npadvmod", "advmod", "prep", "nmod", "compound", "poss", "amod", "nummod", "det", "pobj")
OPENING = 25  # a time so near the start of a sentence sets it for the whole of it
LEAD = 4  # sentences that say what the article is about
FAR = 60  # days from publication from which a date is another event's
HAPPENINGS = ("attack", "bombing", "shooting", "massacre", "war", "raid", "crash", "blast", "explosion", "siege",
              "assault", "killing", "earthquake", "riot", "incident", "strike", "airstrike", "flood", "accident",
              "storm", "outbreak", "collision", "fire", "disaster", "stampede", "robbery", "ambush", "derailment",
              "hijacking", "epidemic", "stabbing", "failure")  # fmt: skip

_PAST = re.compile(
    r"\b(?:last|previous)\s+(?:week|weekend|month|year|decade|spring|summer|autumn|fall|winter|january|february|march|april"
    r"|may|june|july|august|september|october|november|december)\b"
    r"|\b(?:weeks?|months?|years?|decades?|centur(?:y|ies))\s+(?:ago|earlier|before)\b"
    r"|\b(?:over\s+the|the\s+past|this\s+past|over\s+the\s+past)\s+(?:weekend|year|years|decade|decades|month|months)\b"
    r"|\bearlier\s+this\s+(?:week|month|year)\b|\bin\s+recent\s+(?:weeks|months|years|decades)\b"
    r"|\bsince\s+(?:(?:19|20)\d\d|last)\b|\b(?:in|of|since|during)\s+(?:the\s+)?(?:19|20)\d\d(?:s)?\b|\bthe\s+(?:19|20)\d\d\s+[a-z]+|\b(?:19|20)\d\d\s+(?:[a-z]+\s+){0,2}(?:attacks?|bombings?|shootings?|massacres?|wars?|crash(?:es)?|earthquakes?)"
    rf"|\b(?:previous|earlier|past|similar|another|separate|different|unrelated)\s+(?:\w+\s+)?(?:{'|'.join(HAPPENINGS)}|crashe)s?\b"
    r"|\bpast\s+(?:\w+\s+)?years?\b|\b(?:figures|statistics|data|records)\s+shows?\b|\bnationwide,|\bneighbou?ring\s+(?-i:[A-Z])"
    r"|\b(?:has|have|had|was|were)\s+ever\b|\bin\s+history\b"
    r"|\bin\s+the\s+(?-i:[A-Z])\w+\s+war\b|\b(?:this|each|every|per|a)\s+year\b|\bannually\b|\bso\s+far\s+this\s+year\b",
    re.IGNORECASE,
)
_MONTH = re.compile(
    rf"(?P<weekday>(?:{'|'.join(WEEKDAYS)}),?\s+)?\b(?P<month>{'|'.join(MONTHS)}|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)"
    r"\b\.?(?:,?\s+(?P<day>\d{1,2})\b)?(?:,?\s+(?P<year>(?:19|20)\d\d)\b)?",
    re.IGNORECASE,
)
# Years that date a happening: "between 1978 and 1995", "a 1997 case", "the 2001 attacks".
_YEARS = re.compile(r"(?:between|from|and|to|a|an|the|his|her|of|in|since|during)\s+((?:19|20)\d\d)\b")
# "15 years after the attacks that killed": the attacks are long past.
_LONG_AFTER = re.compile(
    rf"\b(?:years?|months?|decades?)\s+(?:after|since)\s+(?:the\s+)?(?:\w+\s+)?(?:{'|'.join(HAPPENINGS)})s?\b",
    re.IGNORECASE,
)
# "In 1998, when 19 died": what follows the year is of that year.
_THEN = re.compile(r"\b(?P<year>(?:19|20)\d\d),?\s+(?:when|that|which|in\s+which|after\s+which|where)\b", re.IGNORECASE)
# "The strike comes a week after six soldiers died", "the deadliest since 31 drowned off the cape"
_COMES_AFTER = re.compile(
    r"\b(?:comes?|came)\s+(?:\w+\s+){0,4}(?:days?|weeks?|months?|years?|hours?)\s+after\b"
    r"|\b(?:worst|deadliest|biggest|largest|bloodiest|first|most\s+\w+)\b[^.;]{0,60}\bsince\b",
    re.IGNORECASE,
)
_REMAINS = re.compile(
    r"\b(?:worst|deadliest|biggest|largest|bloodiest)\b[^.;]{0,40}\b(?:remains?|was)\b", re.IGNORECASE
)
# What opens the news of something else.
_ELSEWHERE = re.compile(
    r"\W*(?:elsewhere|meanwhile|separately|in\s+(?:a\s+separate|another|an?\s+unrelated|other))\b", re.IGNORECASE
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


def is_background(parse: Parse, trigger: Token, published: date | None = None) -> bool:
    """Whether what the trigger tells lies outside the event: an earlier time, another date, another place's attack.

    Times are read in the trigger's clause and the clauses above it, up to a verb that only reports. Where the day of
    publication is known, a date two months from it is another's, unless the lead names it.
    """
    sentence = parse.sentences[trigger.sentence]
    opening = _PAST.search(parse.text[sentence.start : sentence.end])
    if opening is not None and opening.start() <= OPENING:
        return True
    if _ELSEWHERE.match(parse.text, sentence.start) or _in_general(parse, trigger):
        return True
    if any(sign.search(parse.text, sentence.start, trigger.start) for sign in (_LONG_AFTER, _COMES_AFTER, _REMAINS)):
        return True
    then = _THEN.search(parse.text, sentence.start, trigger.start)
    if then is not None and (published is None or int(then["year"]) < published.year):
        return True
    if trigger.sentence >= LEAD and _in_another(parse, trigger):
        return True
    clause = clause_text(parse, trigger)
    if _PAST.search(clause) or _other_date(parse, clause, trigger.sentence):
        return True
    if published is not None and _far_date(parse, clause, trigger.sentence, published):
        return True
    return not any(day in clause.lower() for day in WEEKDAYS) and _other_place(parse, trigger, clause)


def _in_general(parse: Parse, trigger: Token) -> bool:
    """ "Attacks have killed hundreds": happenings in the plural, told in the perfect, are a record, not the event."""
    verb = next((t for t in (trigger, *parse.ancestors(trigger.i)) if t.pos in ("VERB", "AUX")), trigger)
    children = parse.children(verb.i)
    perfect = any(c.dep == "aux" and c.lemma == "have" for c in children)
    return perfect and any(
        c.dep == "nsubj" and c.tag == "NNS" and c.lemma.lower() in HAPPENINGS and c.i < verb.i for c in children
    )


def _in_another(parse: Parse, trigger: Token) -> bool:
    """ "A robbery in which a guard was killed", "a crash that killed two": one that only this sentence brings in."""
    for token in (trigger, *parse.ancestors(trigger.i)):
        if token.dep in ("relcl", "acl"):
            noun = parse.tokens[token.head]
            brought = any(c.text.lower() in ("a", "an") for c in parse.children(noun.i))
            return brought and noun.lemma.lower() in HAPPENINGS
        if token.dep in ("ccomp", "parataxis", "ROOT"):
            break
    return False


def recalls(parse: Parse, sentence: int) -> bool:
    """Whether a sentence names an earlier time as its own, so that the next may go on with it."""
    span, root = parse.sentences[sentence], _root(parse, sentence)
    if root is None or _NOW.search(parse.text[span.start : span.end]):
        return False
    return _PAST.search(clause_text(parse, root, deep=False)) is not None


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


def clause_text(parse: Parse, trigger: Token, deep: bool = True) -> str:
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
    months = list(_months(text))
    named = {month for month, _ in _months(_lead(parse, sentence))} if months else set()
    for month, match in months:
        if month in named or match["weekday"] is not None:
            continue
        day = match["day"] is not None or _DAY_BEFORE.search(text[: match.start()]) is not None
        if not day or named or _ATTACK.match(text, match.end()) is not None:
            return True
    return False


def _far_date(parse: Parse, clause: str, sentence: int, published: date) -> bool:
    """A date or year long before publication (or after) that the lead does not name."""
    lead = _lead(parse, sentence)
    far = [time for time in find_times(clause) if (days_between(time, published) or 0.0) > FAR]
    if far and {time.value(published) for time in far} - {time.value(published) for time in find_times(lead)}:
        return True
    years = {int(year) for year in _YEARS.findall(clause)}
    return any(year < published.year - 1 and str(year) not in lead for year in years)


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
    sentence = parse.sentences[trigger.sentence]
    named = _TOWN.search(clause) or _TOWN.search(parse.text, sentence.start, sentence.end)
    home = any(
        t.entity in ("GPE", "LOC", "FAC") and t.text.lower() in lead
        for t in parse.tokens[sentence.first : sentence.last]
    )
    if named is not None and named["name"].lower() not in lead and not home:
        return True
    return any(
        t.lemma.lower() in HAPPENINGS and _bears_other_name(parse, t, trigger, lead)
        for t in (*parse.tokens[sentence.first : trigger.i], trigger, *parse.ancestors(trigger.i)[:3])
    )


def _bears_other_name(parse: Parse, happening: Token, trigger: Token, lead: str) -> bool:
    """ "The Dunmore church shooting", "the attack in Paris": a name before the trigger that the lead has not."""
    names = [c for c in parse.children(happening.i) if c.pos == "PROPN" and c.dep in ("compound", "nmod", "poss")]
    near = happening.i == trigger.i or any(t.i == happening.i for t in parse.ancestors(trigger.i)[:3])
    names += [t for t in parse.subtree(happening.i) if near and t.entity == "GPE"]
    dated = ("DATE", "TIME", "PERSON", "NORP")
    return any(
        t.text.lower() not in lead and t.i < trigger.i and t.entity not in dated and t.text[0].isupper() for t in names
    )
