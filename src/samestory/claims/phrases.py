"""Counted noun phrases: who, how many, and how exactly."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from samestory.claims.units import PERSON, unit_class
from samestory.language import Parse, Token
from samestory.language.numbers import Quantity, find_quantities

VAGUE = ("several", "many", "few", "some", "numerous", "multiple", "various", "countless")
PARTS = ("them", "whom", "these", "those", "which")
NOBODY = ("nobody", "none")
NOT_ONE = ("no", "the", "this", "that", "any", "every", "which", "each")  # before "one": a pronoun, not a number
NOT_COUNTS = ("MONEY", "PERCENT", "TIME", "ORDINAL")
HAPPENINGS = ("death", "fatality", "injury", "casualty", "arrest")
REACH = 7  # tokens from a number to the noun that it counts


class Phrase(NamedTuple):
    """A noun phrase that counts people.

    ``top`` is the token by which it hangs in the sentence, ``noun`` the counted noun (null for a bare number). The
    quantity is null for "several". ``explicit`` is false for singulars ("a civilian"), whose number is only implied.
    """

    start: int
    end: int
    top: Token
    noun: Token | None
    quantity: float | None
    quantity_max: float | None
    bound: str
    unit: str | None
    unit_class: str
    explicit: bool
    part: bool = False  # "ten of them": a part of what was counted before


def counted_phrases(parse: Parse, sentence: int) -> list[Phrase]:
    """The phrases of a sentence that count people or could ("80 were killed"), in text order, each noun once."""
    found: list[Phrase] = []
    taken: set[int] = set()
    for phrase in (*_numbered(parse, sentence), *_worded(parse, sentence)):
        key = phrase.noun.i if phrase.noun is not None else phrase.top.i
        if key not in taken and phrase.top.i not in taken:
            taken |= {key, phrase.top.i}
            found.append(phrase)
    return sorted(found, key=lambda p: p.start)


def _numbered(parse: Parse, sentence: int) -> Iterator[Phrase]:
    span = parse.sentences[sentence]
    for quantity in find_quantities(parse.text, span.start, span.end):
        tokens = parse.tokens_in(quantity.number_start, quantity.number_end)
        if not tokens or not _is_count(parse, quantity, tokens):
            continue
        phrase = _phrase_of_number(parse, quantity, tokens)
        if phrase is not None:
            yield phrase


def _is_count(parse: Parse, quantity: Quantity, tokens: list[Token]) -> bool:
    before, after = parse.text[: quantity.number_start][-2:], parse.text[quantity.number_end :][:8].lower()
    if before.endswith(("$", "£", "€", "#")) or re.match(
        r"\s?%|-?year|\s*percent|\s*per cent|st\b|nd\b|rd\b|th\b|[.:]\d", after
    ):
        return False
    if tokens[0].text.lower() == "one" and tokens[0].i:
        previous = parse.tokens[tokens[0].i - 1]
        if previous.text.lower() in NOT_ONE and previous.dep != "mark":
            return False
    return not any(t.entity in NOT_COUNTS for t in tokens)


def _phrase_of_number(parse: Parse, quantity: Quantity, tokens: list[Token]) -> Phrase | None:
    noun, last = _counted_noun(parse, tokens), tokens[-1]
    if noun is not None and noun.text.lower() in PARTS:
        return _part(parse, quantity, last, noun)
    if noun is not None and noun.pos == "ADJ":  # "14 dead"
        return _make(quantity, quantity.start, last.end, noun, None, None, PERSON)
    if noun is None:
        if _belongs_to_other_noun(parse, last) or any(t.entity == "DATE" for t in tokens):
            return None
        if quantity.low is not None and (quantity.low != int(quantity.low) or 1900 <= quantity.low <= 2100):
            return None
        end = _end_of_more(parse, last)
        return _make(quantity, quantity.start, end, _top(parse, last), None, None, PERSON)
    path = unit_class(parse, noun)
    if path is None:
        return None
    top = noun if not _partitive(parse, tokens, noun) else _top(parse, last)
    return _make(quantity, quantity.start, noun.end, top, noun, noun.text, path)


def _part(parse: Parse, quantity: Quantity, last: Token, pronoun: Token) -> Phrase:
    """ "Ten of them children", "two of whom were nurses": the noun, if any, follows the pronoun."""
    noun, path = None, PERSON
    for token in _next_words(parse, pronoun, 4):
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
    quantity: Quantity, start: int, end: int, top: Token, noun: Token | None, unit: str | None, path: str
) -> Phrase:
    low, high = quantity.low, quantity.high
    return Phrase(start, max(end, quantity.end), top, noun, low, high, quantity.bound, unit, path, True)


def _counted_noun(parse: Parse, tokens: list[Token]) -> Token | None:
    """The noun that a number counts: the one it modifies, or that after "of" ("dozens of people")."""
    last = tokens[-1]
    for token in tokens:
        if token.dep in ("nummod", "quantmod", "compound", "amod", "nmod", "det") and token.head > last.i:
            head = parse.tokens[token.head]
            while head.pos == "NUM" and head.head > head.i:
                head = parse.tokens[head.head]
            if head.pos in ("NOUN", "PROPN", "ADJ") and head.i - last.i <= REACH:
                return _noun_after(parse, head)
    following = _next_words(parse, last, 3)
    if following and following[0].text.lower() in ("more", "other", "others", "of", "further", "additional"):
        rest = following[1:]
        if following[0].text.lower() == "of":
            return _pobj(parse, following[0])
        if rest and rest[0].pos == "NOUN" and rest[0].tag in ("NN", "NNS"):
            return _end_of_compound(parse, rest[0])
        return following[0] if following[0].text.lower() == "others" else None
    if following and following[0].pos in ("NOUN", "PROPN") and last.dep != "pobj":
        return _end_of_compound(parse, following[0])
    return None


def _noun_after(parse: Parse, head: Token) -> Token | None:
    """A measure noun gives way to what it measures ("a group of 20" is no such case: the number follows)."""
    if head.lemma.lower() in ("number", "total", "handful", "group", "pair"):
        of = next((c for c in parse.children(head.i) if c.lemma == "of"), None)
        return _pobj(parse, of) if of is not None else head
    return head


def _end_of_compound(parse: Parse, noun: Token) -> Token:
    while noun.dep == "compound" and noun.head == noun.i + 1:
        noun = parse.tokens[noun.head]
    return noun


def _pobj(parse: Parse, preposition: Token) -> Token | None:
    return next((c for c in parse.children(preposition.i) if c.dep == "pobj"), None)


def _partitive(parse: Parse, tokens: list[Token], noun: Token) -> bool:
    return any(t.text.lower() == "of" for t in parse.tokens[tokens[-1].i + 1 : noun.i])


def _belongs_to_other_noun(parse: Parse, number: Token) -> bool:
    """Whether a number modifies a noun (that is none for people), so that it does not stand for people itself."""
    if number.dep in ("nummod", "compound", "nmod", "quantmod", "npadvmod", "appos"):
        return parse.tokens[number.head].pos in ("NOUN", "PROPN", "ADJ", "SYM", "ADV", "ADP")
    if number.dep != "pobj" or parse.tokens[number.head - 1].lemma in ("toll", "stand"):
        return False
    return parse.tokens[number.head].lemma in ("in", "on", "at", "by", "since", "until", "for")


def _top(parse: Parse, token: Token) -> Token:
    """Out of a number of several words, the token that heads it."""
    while token.dep in ("compound", "nummod", "quantmod", "advmod", "cc") and parse.tokens[token.head].pos == "NUM":
        token = parse.tokens[token.head]
    return token


def _end_of_more(parse: Parse, last: Token) -> int:
    following = _next_words(parse, last, 1)
    return following[0].end if following and following[0].text.lower() in ("more", "other", "others") else last.end


def _next_words(parse: Parse, token: Token, count: int) -> list[Token]:
    return [t for t in parse.tokens[token.i + 1 : token.i + 1 + count] if t.sentence == token.sentence]


def _worded(parse: Parse, sentence: int) -> Iterator[Phrase]:
    """Counts without a number: "no one", "several officers", "a civilian", "its driver"."""
    span = parse.sentences[sentence]
    for token in parse.tokens[span.first : span.last]:
        word = token.text.lower()
        if word in NOBODY or (word == "one" and token.i and parse.tokens[token.i - 1].text.lower() == "no"):
            start = token.start if word in NOBODY else parse.tokens[token.i - 1].start
            yield Phrase(start, token.end, token, None, 0.0, None, "exact", None, PERSON, True)
        elif token.pos in ("NOUN", "PROPN") and token.dep not in ("compound", "amod", "nmod"):
            phrase = _noun_phrase(parse, token)
            if phrase is not None:
                yield phrase


def _noun_phrase(parse: Parse, noun: Token) -> Phrase | None:
    path = unit_class(parse, noun)
    if path is None:
        return None
    modifiers = [c for c in parse.children(noun.i) if c.i < noun.i and c.dep not in ("cc", "punct", "preconj")]
    if any(c.dep in ("nummod", "quantmod") for c in modifiers) or noun.entity == "PERSON":
        return None
    start = min((t.start for m in modifiers for t in parse.subtree(m.i)), default=noun.start)
    words = {m.text.lower(): m for m in modifiers}
    if "no" in words:
        return Phrase(start, noun.end, noun, noun, 0.0, None, "exact", noun.text, path, True)
    if "both" in words:
        return Phrase(start, noun.end, noun, noun, 2.0, None, "exact", noun.text, path, True)
    if noun.tag in ("NNS", "NNPS"):
        if set(words) & set(VAGUE) and not _asked(parse, words) and noun.lemma.lower() not in HAPPENINGS:
            return Phrase(start, noun.end, noun, noun, None, None, "unspecified", noun.text, path, True)
        return None
    if noun.lemma.lower() in ("people", "police", "crew", "staff", "family"):
        return None
    if any(parse.tokens[t.i].entity == "ORDINAL" for m in modifiers for t in parse.subtree(m.i)):
        return None
    if _determined(parse, noun) and noun.lemma.lower() not in HAPPENINGS:
        return Phrase(start, noun.end, noun, noun, 1.0, None, "exact", noun.text, path, False)
    return None


def _asked(parse: Parse, words: dict[str, Token]) -> bool:
    """ "How many people" asks."""
    return any(c.text.lower() == "how" for word in words.values() for c in parse.children(word.i))


def _determined(parse: Parse, noun: Token) -> bool:
    """A singular with an article or a possessive, its own or shared ("his wife and son")."""
    if any(
        c.dep in ("det", "poss") and c.i < noun.i and c.text.lower() not in ("any", "every", "each")
        for c in parse.children(noun.i)
    ):
        return True
    head = parse.tokens[noun.head]
    return noun.dep == "conj" and head.tag == "NN" and noun.i - head.i <= REACH and _determined(parse, head)
