"""Counts without a number: "nobody", "several officers", "a third", "its driver"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from samestory.claims.numbered import REACH, next_words, object_of
from samestory.claims.record import Phrase
from samestory.claims.units import PERSON, unit_class
from samestory.claims.vocabulary import SUFFERING
from samestory.language import Parse, Token
from samestory.language.numbers import PAIRS

VAGUE = ("several", "many", "few", "some", "numerous", "multiple", "various", "countless")
ALONE = ("several", "many", "most", "some")
EVERYBODY = ("everyone", "everybody", "all")
ORDINALS = ("second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
NOBODY = ("nobody", "none")
HAPPENINGS = ("death", "fatality", "injury", "casualty", "arrest")
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|whom)\b", re.IGNORECASE)
_ABOARD = re.compile(r"\s+(?:aboard|on\s+board)\b", re.IGNORECASE)


def worded_phrases(parse: Parse, sentence: int) -> Iterator[Phrase]:
    """Counts without a number: "no one", "several officers", "a civilian", "its driver"."""
    span = parse.sentences[sentence]
    for token in parse.tokens[span.first : span.last]:
        word = token.text.lower()
        before = parse.tokens[token.i - 1].text.lower() if token.i > span.first else ""
        if word in NOBODY or (word == "one" and before in ("no", "not")):
            start = token.start if word in NOBODY else parse.tokens[token.i - 1].start
            yield _nobody(parse, token, start)
        elif ((word in ORDINALS and before in ("a", "the")) or word == "another") and _stands_alone(parse, token):
            start = token.start if word == "another" else parse.tokens[token.i - 1].start
            yield Phrase(start, token.end, token, None, 1.0, None, "exact", None, PERSON, True)
        elif word == "both" and token.dep in ("nsubj", "nsubjpass", "dobj"):
            yield Phrase(token.start, token.end, token, None, 2.0, None, "exact", None, PERSON, True)
        elif word in ALONE and _stands_for_some(parse, token):  # "many were hurt", "most of them died"
            match = _OF_THEM.match(parse.text, token.end)
            end = token.end if match is None else match.end()
            yield Phrase(token.start, end, token, None, None, None, "unspecified", None, PERSON, True)
        elif word in EVERYBODY and _stands_for_people(parse, token):
            end = token.end
            if (match := _ABOARD.match(parse.text, token.end)) is not None:
                end = match.end()
            yield Phrase(token.start, end, token, None, None, None, "unspecified", None, PERSON, True)
        elif (token.pos in ("NOUN", "PROPN") or word == "old") and token.dep not in ("compound", "amod", "nmod"):
            phrase = _noun_phrase(parse, token)
            if phrase is not None:
                yield phrase


def _nobody(parse: Parse, token: Token, start: int) -> Phrase:
    """ "Nobody", "none of the 40 pupils": of whom, where the text says it."""
    of = next((c for c in parse.children(token.i) if c.lemma == "of" and c.i > token.i), None)
    noun = None if of is None else object_of(parse, of)
    path = None if noun is None else unit_class(parse, noun)
    if noun is None or path is None:
        return Phrase(start, token.end, token, None, 0.0, None, "exact", None, PERSON, True)
    return Phrase(start, noun.end, token, noun, 0.0, None, "exact", noun.text, path, True)


def _stands_alone(parse: Parse, token: Token) -> bool:
    """Whether an ordinal or "another" is itself who is meant: "a third fled", not "a third man", "a third of"."""
    following = next_words(parse, token, 1)
    if following and (following[0].pos in ("NOUN", "PROPN", "NUM", "ADJ") or following[0].text.lower() in ("of", "-")):
        return False
    loose = token.dep in ("det", "amod") and parse.tokens[token.head].pos == "VERB"  # "another critically hurt"
    return loose or token.dep in ("nsubj", "nsubjpass", "dobj", "conj", "pobj", "ROOT", "appos", "attr")


def _stands_for_some(parse: Parse, token: Token) -> bool:
    following = next_words(parse, token, 1)
    hurt = bool(following) and following[0].pos != "NOUN" and following[0].text.lower() in SUFFERING
    return hurt or token.dep in ("nsubj", "nsubjpass")


def _stands_for_people(parse: Parse, token: Token) -> bool:
    """ "Everyone", and "all" where no noun follows: "killing all aboard", "all of those on the bus"."""
    if token.text.lower() != "all":
        return True
    following = next_words(parse, token, 2)
    words = [t.text.lower() for t in following]
    if not words or (words[0] not in ("aboard", "on") and token.dep in ("det", "predet", "advmod", "prep", "cc")):
        return False
    return words[0] in ("aboard", "those") or words[:2] in (
        ["on", "board"],
        ["of", "them"],
        ["of", "those"],
        ["of", "whom"],
    )


def _noun_phrase(parse: Parse, noun: Token) -> Phrase | None:
    path = unit_class(parse, noun)
    modifiers = [c for c in parse.children(noun.i) if c.i < noun.i and c.dep not in ("cc", "punct", "preconj", "prep")]
    if any(c.dep in ("nummod", "quantmod") for c in modifiers) or noun.entity == "PERSON" or _is_named(parse, noun):
        return None
    start = min((t.start for m in modifiers for t in parse.subtree(m.i)), default=noun.start)
    words = {m.text.lower(): m for m in modifiers}
    if "both" in words and not _joins(parse, words["both"], noun):
        return Phrase(start, noun.end, noun, noun, 2.0, None, "exact", noun.text, path, True, True)
    if path is None:
        return None
    joined = noun.dep == "conj" and any(c.text.lower() == "no" for c in parse.children(noun.head))
    if "no" in words and {"other", "more", "further", "additional"} & set(words):
        return None  # none but those that were told before
    none = "single" in words and parse.text[start : start + 4].lower() == "not "  # "not a single arrest"
    if "no" in words or none or (joined and not words and noun.lemma.lower() in HAPPENINGS):  # "no deaths or injuries"
        return Phrase(start, noun.end, noun, noun, 0.0, None, "exact", noun.text, path, True, noun.tag == "NNS")
    if noun.tag in ("NNS", "NNPS"):
        if set(words) & set(VAGUE) and not _asked(parse, words):
            return Phrase(start, noun.end, noun, noun, None, None, "unspecified", noun.text, path, True)
        return None
    if noun.pos == "ADJ" and noun.dep not in ("nsubj", "nsubjpass", "dobj", "pobj", "conj"):
        return None  # "is 17 years old"
    if noun.lemma.lower() in ("people", "police", "crew", "staff", "family"):
        return None
    ranks = [r for m in modifiers for t in parse.subtree(m.i) if (r := _rank(t.text)) is not None]
    if ranks:  # "a second officer" is one, "the fourth" and "a 31st person killed" tell of four and 31
        ranked = "the" in words or any(w[0].isdigit() for w in words)
        number = float(ranks[0]) if ranked else 1.0
        return Phrase(start, noun.end, noun, noun, number, None, "exact", noun.text, path, False)
    if noun.lemma.lower() in PAIRS:  # "a couple" by itself
        return Phrase(start, noun.end, noun, noun, 2.0, None, "exact", noun.text, path, True)
    headed = noun.tag in ("NN", "NNP", "JJ") and is_heading(parse, noun.sentence)  # headings leave articles out
    if (_determined(parse, noun) or headed) and noun.lemma.lower() not in HAPPENINGS:
        return Phrase(start, noun.end, noun, noun, 1.0, None, "exact", noun.text, path, False)
    return None


def _joins(parse: Parse, both: Token, noun: Token) -> bool:
    """Whether "both" belongs to an "and": "both state and local rules", "both adults and children"."""
    last = max((c.i for c in parse.children(noun.i) if c.dep == "conj"), default=noun.i)
    return any(t.text.lower() == "and" for t in parse.tokens[both.i : last])


def _rank(word: str) -> int | None:
    """The rank of "31st" or "fourth"; null for other words, and for "first" and "last"."""
    if (match := re.fullmatch(r"(\d+)(?:st|nd|rd|th)", word.lower())) is not None:
        return int(match[1])
    return ORDINALS.index(word.lower()) + 2 if word.lower() in ORDINALS else None


def _is_named(parse: Parse, noun: Token) -> bool:
    """Whether a name stands beside the noun: then a person is spoken of, and nobody counted."""
    beside = [c for c in parse.children(noun.i) if c.dep == "appos"]
    if noun.dep == "appos":
        beside.append(parse.tokens[noun.head])
    return any(c.entity == "PERSON" or c.tag == "NNP" for c in beside)


def is_heading(parse: Parse, sentence: int) -> bool:
    """Whether a sentence has no full stop, as headings have none: articles are left out there."""
    return parse.text[parse.sentences[sentence].end - 1] not in ".!?\"\u201d'\u2019"


def _asked(parse: Parse, words: dict[str, Token]) -> bool:
    """ "How many people" asks, "as many people" compares."""
    return any(c.text.lower() in ("how", "as") for word in words.values() for c in parse.children(word.i))


def _determined(parse: Parse, noun: Token) -> bool:
    """A singular with an article or a possessive, its own or shared ("his wife and son")."""
    if any(
        c.dep in ("det", "poss") and c.i < noun.i and c.text.lower() not in ("any", "every", "each")
        for c in parse.children(noun.i)
    ):
        return True
    head = parse.tokens[noun.head]
    return noun.dep == "conj" and head.tag == "NN" and noun.i - head.i <= REACH and _determined(parse, head)
