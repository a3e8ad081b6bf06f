"""Counts with a number: "at least 12 people", "dozens of drivers", "84 dead", "a family of five"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from samestory.claims.record import Phrase
from samestory.claims.units import PERSON, unit_class
from samestory.claims.vocabulary import SUFFERING
from samestory.language import Parse, Token
from samestory.language.numbers import Quantity, find_quantities

PARTS = ("them", "whom", "these", "those", "which")
PEOPLED = ("city", "town", "nation", "country", "village", "population", "community", "state", "island", "region")
GROUPS_OF = ("family", "group", "team", "party", "crew", "band", "total")
COLLECTIVES = ("people", "police", "staff", "crew", "personnel", "dead", "aircraft", "percent", "more", "other",
               "injured", "wounded", "total")  # fmt: skip
# Before "one", which then is a pronoun and no number.
NOT_ONE = ("same", "no", "not", "the", "this", "that", "any", "every", "which", "each")
NOT_COUNTS = ("MONEY", "PERCENT", "TIME", "ORDINAL")
LABELS = ("lap", "no", "no.", "number", "chapter", "page", "room", "gate", "article", "section", "formula", "route",
          "part", "level", "phase", "group", "turn", "top", "figure", "stage", "day", "game", "week", "channel",
          "version", "age", "aged")  # fmt: skip
HEADLINE_VERBS = ("kills", "killed", "kill", "killing", "arrests", "arrest", "arrested", "injures", "injured",
                  "wounds", "wounded", "leaves", "detains", "hits", "tops", "passes", "nears", "reaches", "toll",
                  "hurts", "over", "at", "to", "is")  # fmt: skip
_NO_COUNT = re.compile(
    r"\s?%|-?year|\s*percent|\s*per cent|st\b|nd\b|rd\b|th\b|[.:/]\d|[-\u2013]\d|-times?\b"
    r"|-(?:on|to)-|[-\s](?:thirds?|quarters?|fifths?|tenths?)\b|\s?[ap]\.?m\b|\s?st\.\s"
)
_FIGURE = re.compile(r"\b(?:toll|number|figure|count|total)s?\b[^.;,]*$", re.IGNORECASE)
_VOTE = re.compile(r"(?<![\w-])(?P<ayes>\d{1,3})(?:\s?[-\u2013]\s?|\s+to\s+)(?P<noes>\d{1,3})(?![\w-])")
_VOTING = re.compile(r"\b(?:vot(?:e[sd]?|ing)|pass(?:ed|es|ing)|approv\w+|reject\w+)\b", re.IGNORECASE)
VOTING_NEAR = 30  # characters from a tally to the word that tells of a vote
ACTING = ("nsubj", "nsubjpass", "dobj")  # in which no date stands
REACH = 7  # tokens from a number to the noun that it counts


def numbered_phrases(parse: Parse, sentence: int, measured: Sequence[tuple[int, int]]) -> Iterator[Phrase]:
    """The counts of a sentence that have a number or an order of size, but for numbers in ``measured`` spans."""
    span = parse.sentences[sentence]
    for quantity in find_quantities(parse.text, span.start, span.end):
        tokens = parse.tokens_in(quantity.number_start, quantity.number_end)
        elsewhere = any(start < quantity.number_end and quantity.number_start < end for start, end in measured)
        if not tokens or elsewhere or not _is_count(parse, quantity, tokens):
            continue
        phrase = _phrase_of_number(parse, quantity, tokens)
        if phrase is not None:
            yield phrase


def votes(parse: Parse, sentence: int) -> Iterator[Phrase]:
    """The two sides of a tally, where a vote is told of: "passed 234-193", "by a vote of 52 to 48"."""
    span, text = parse.sentences[sentence], parse.text
    for tally in _VOTE.finditer(text, span.start, span.end):
        beside = text[max(span.start, tally.start() - VOTING_NEAR) : tally.end() + VOTING_NEAR]
        for side in ("ayes", "noes") if _VOTING.search(beside) else ():
            start, end = tally.span(side)
            token = parse.tokens_in(start, end)[0]
            yield Phrase(start, end, token, None, float(tally[side]), None, "exact", None, None, True, True)


def _is_count(parse: Parse, quantity: Quantity, tokens: list[Token]) -> bool:
    """Whether a number counts something: it is no amount, date, score, rank or part of a name."""
    before, after = parse.text[: quantity.number_start][-4:].lower(), parse.text[quantity.number_end :][:9].lower()
    if before.endswith(("$", "£", "€", "#", "-", "/", "no. ")) or _NO_COUNT.match(after):
        return False
    if after.startswith(" another") and tokens[0].text.lower() == "one":
        return False
    digits = parse.text[quantity.number_start : quantity.number_end]
    if digits.isdigit() and len(digits) == 4 and 1700 <= int(digits) < 2100:  # a year
        return False
    previous = parse.tokens[tokens[0].i - 1] if tokens[0].i > parse.sentences[tokens[0].sentence].first else None
    pronoun = previous is not None and previous.text.lower() in NOT_ONE and previous.dep != "mark"
    if pronoun and tokens[0].text.lower() == "one":
        return False
    labelled = previous is not None and _is_name(previous) and previous.text.lower() not in HEADLINE_VERBS
    if labelled and tokens[0].text[0].isdigit():
        return False  # "Flight 370", "Lap 48"
    if previous is not None and previous.lemma.lower() in LABELS:
        return False
    return not any(t.entity in NOT_COUNTS for t in tokens)


def _is_name(token: Token) -> bool:
    return token.pos == "PROPN" or token.tag == "NNP"


def _phrase_of_number(parse: Parse, quantity: Quantity, tokens: list[Token]) -> Phrase | None:
    noun, last = _counted_noun(parse, tokens), tokens[-1]
    if noun is not None and noun.text.lower() in PARTS:
        return _part(parse, quantity, last, noun)
    stated = noun is not None and noun.tag == "NN" and noun.text.lower() in ("hurt", "shot") and quantity.low != 1
    if noun is not None and (noun.pos == "ADJ" or stated):  # "14 dead", and "31 hurt" in a heading
        return _make(quantity, quantity.start, last.end, noun, None, None, PERSON)
    group = _group_before(parse, tokens[0])
    if noun is None and group is not None:  # "a family of five"
        return _make(quantity, group.start, last.end, group, group, group.text, PERSON)
    if noun is None and _peopled(parse, tokens[0]) and (quantity.low or 0) >= 1000:  # "a city of 340,000"
        return _make(quantity, quantity.start, last.end, last, None, None, PERSON)._replace(part=True)
    if noun is None:
        dated = any(t.entity == "DATE" for t in tokens) and _top(parse, last).dep not in ACTING
        if dated or _belongs_to_other_noun(parse, last):
            return None
        year = parse.text[quantity.number_start : quantity.number_end].isdigit() and 1900 <= (quantity.low or 0) <= 2100
        if quantity.low is not None and (quantity.low != int(quantity.low) or year):
            return None
        end = _end_of_more(parse, last)
        return _make(quantity, quantity.start, end, _top(parse, last), None, None, PERSON)
    path = unit_class(parse, noun)
    top = noun if not _partitive(parse, tokens, noun) else _top(parse, last)
    return _make(quantity, quantity.start, noun.end, top, noun, noun.text, path)


def _peopled(parse: Parse, number: Token) -> bool:
    of = parse.tokens[number.i - 1] if number.i else number
    return of.text.lower() == "of" and parse.tokens[of.head].lemma.lower() in PEOPLED


def _group_before(parse: Parse, number: Token) -> Token | None:
    """The noun of "a family of five", "a group of 20"."""
    before = parse.tokens[max(0, number.i - 2) : number.i]
    is_group = len(before) == 2 and before[1].text.lower() == "of" and before[0].lemma.lower() in GROUPS_OF
    return before[0] if is_group else None


def _part(parse: Parse, quantity: Quantity, last: Token, pronoun: Token) -> Phrase:
    """ "Ten of them children", "two of whom were nurses": the noun, if any, follows the pronoun."""
    noun, path = None, PERSON
    for token in next_words(parse, pronoun, 4):
        if token.pos == "NOUN" and (found := unit_class(parse, token)) is not None:
            noun, path = token, found
            break
        if token.pos not in ("AUX", "DET", "ADJ", "ADV") and token.lemma != "be":
            break
    end = pronoun.end if noun is None else noun.end
    unit = None if noun is None else noun.text
    made = _make(quantity, quantity.start, end, _top(parse, last), noun, unit, path)
    return made._replace(part=True)


def _make(
    quantity: Quantity, start: int, end: int, top: Token, noun: Token | None, unit: str | None, path: str | None
) -> Phrase:
    low, high = quantity.low, quantity.high
    return Phrase(start, max(end, quantity.end), top, noun, low, high, quantity.bound, unit, path, True, True)


def _counted_noun(parse: Parse, tokens: list[Token]) -> Token | None:
    """The noun that a number counts: the one it modifies, or that after "of" ("dozens of people")."""
    last = tokens[-1]
    for token in tokens:
        if token.dep in ("nummod", "quantmod", "compound", "amod", "nmod", "det") and token.head > last.i:
            head = parse.tokens[token.head]
            while head.pos == "NUM" and head.head > head.i:
                head = parse.tokens[head.head]
            if (
                head.pos in ("NOUN", "PROPN", "ADJ")
                and head.i - last.i <= REACH
                and not _disagrees(parse, tokens, head)
            ):
                return _noun_after(parse, _end_of_compound(parse, head))
    following = next_words(parse, last, 3)
    if following and following[0].text.lower() in ("more", "other", "others", "of", "further", "additional"):
        rest = following[1:]
        if following[0].text.lower() == "of":
            return object_of(parse, following[0])
        if rest and rest[0].pos == "NOUN" and rest[0].tag in ("NN", "NNS"):
            return _end_of_compound(parse, rest[0])
        return following[0] if following[0].text.lower() == "others" else None
    if following and following[0].pos in ("NOUN", "PROPN") and last.dep != "pobj":
        return _end_of_compound(parse, following[0])
    return None


def _disagrees(parse: Parse, tokens: list[Token], head: Token) -> bool:
    """Whether a noun in the singular follows a number above one: then it is another word's ("killed 37 tell of")."""
    several = tokens[0].text.lower() not in ("one", "1", "a", "half") and head.tag == "NN"
    joined = any(t.text == "-" for t in parse.tokens[tokens[-1].i + 1 : head.i])
    return several and not joined and head.lemma.lower() not in COLLECTIVES


def _noun_after(parse: Parse, head: Token) -> Token | None:
    """A measure noun gives way to what it measures ("a group of 20" is no such case: the number follows)."""
    if head.lemma.lower() in ("number", "total", "handful", "group", "pair"):
        of = next((c for c in parse.children(head.i) if c.lemma == "of"), None)
        return object_of(parse, of) if of is not None else head
    return head


def _end_of_compound(parse: Parse, noun: Token) -> Token:
    while noun.dep == "compound" and noun.head == noun.i + 1:
        noun = parse.tokens[noun.head]
    return noun


def object_of(parse: Parse, preposition: Token) -> Token | None:
    return next((c for c in parse.children(preposition.i) if c.dep == "pobj"), None)


def _partitive(parse: Parse, tokens: list[Token], noun: Token) -> bool:
    return any(t.text.lower() == "of" for t in parse.tokens[tokens[-1].i + 1 : noun.i])


def _belongs_to_other_noun(parse: Parse, number: Token) -> bool:
    """Whether a number modifies a noun (that is none for people), so that it does not stand for people itself."""
    listed = parse.text[max(0, number.start - 2) : number.start].strip() == ":"  # "Fatalities: 13"
    stated = any(t.text.lower() in SUFFERING for t in next_words(parse, number, 1))  # "3 dead, 11 wounded"
    if listed or stated or _disagrees(parse, [number], parse.tokens[number.head]):
        return False
    if number.dep in ("nummod", "compound", "nmod", "quantmod", "npadvmod", "appos"):
        return parse.tokens[number.head].pos in ("NOUN", "PROPN", "ADJ", "SYM", "ADV", "ADP")
    if number.dep != "pobj" or _FIGURE.search(parse.text[max(0, number.start - 70) : number.start]):
        return False
    above = parse.tokens[number.head]
    if above.text.lower() == "of" and unit_class(parse, parse.tokens[above.head]) is not None:  # "a mother of three"
        return True
    told_of = any(c.dep in ("relcl", "acl") for c in parse.children(number.i))  # "for the seven who are missing"
    return not told_of and parse.tokens[number.head].lemma in ("in", "on", "at", "by", "since", "until", "for")


def _top(parse: Parse, token: Token) -> Token:
    """Out of a number of several words, the token that heads it."""
    while token.dep in ("compound", "nummod", "quantmod", "advmod", "cc") and parse.tokens[token.head].pos == "NUM":
        token = parse.tokens[token.head]
    return token


def _end_of_more(parse: Parse, last: Token) -> int:
    following = next_words(parse, last, 1)
    return following[0].end if following and following[0].text.lower() in ("more", "other", "others") else last.end


def next_words(parse: Parse, token: Token, count: int) -> list[Token]:
    return [t for t in parse.tokens[token.i + 1 : token.i + 1 + count] if t.sentence == token.sentence]
