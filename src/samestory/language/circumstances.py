"""What is said to happen to a mention: harm, violence, capture, and whether it happened on another occasion."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from samestory.language.nouns import (
    CAPTURE_VERBS,
    DYING_VERBS,
    HARM_NOUNS,
    HARM_STATES,
    HARM_VERBS,
    VIOLENT_VERBS,
    WEAPONS,
)

if TYPE_CHECKING:
    from samestory.language import Parse, Token

SUBJECTS = ("nsubj", "csubj")
CLAUSES = ("relcl", "acl", "advcl", "ccomp", "pcomp", "xcomp")
OBJECTS = ("dobj", "nsubjpass")
EARLIER = re.compile(
    r"\b(?:(?:last|previous|past)\s+(?:week|month|year|decade|weekend|winter|summer|spring|autumn|fall|"
    r"january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"since\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)|"
    r"over\s+the\s+weekend|(?:weeks|months|years|decades)\s+(?:ago|earlier|before)|"
    r"(?:a|one|two|three|four|five)\s+(?:week|month|year)s?\s+(?:ago|earlier|before|after)|"
    r"(?:in|since|of|during)\s+(?:early\s+|late\s+|mid-)?(?:january\s+|february\s+|march\s+|april\s+|may\s+|june\s+|"
    r"july\s+|august\s+|september\s+|october\s+|november\s+|december\s+)?(?:1[89]|20)\d\d|"
    r"earlier\s+this\s+(?:month|year))\b",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?<![\d,]\s)\b(?:1[89]|20)\d\d\b")
"""Times that lie before a day's news; dates of a day are not among them, since they may be the event's own."""


def clause_verb(parse: Parse, token: Token) -> Token | None:
    """The nearest verb above a token."""
    return next((t for t in parse.ancestors(token.i) if t.pos in ("VERB", "AUX")), None)


def ruling_verb(parse: Parse, token: Token) -> tuple[Token | None, str]:
    """The verb that a noun is an argument of, and how: conjuncts, appositions and wholes of partitives share it."""
    for _ in range(6):
        head = parse.tokens[token.head]
        if token.dep in ("conj", "appos") and token.head != token.i:
            token = head
        elif (
            token.dep == "pobj" and head.text.lower() == "of" and parse.tokens[head.head].pos in ("NUM", "NOUN", "DET")
        ):
            if parse.tokens[head.head].lemma.lower() in HARM_NOUNS:
                return parse.tokens[head.head], "dobj"
            token = parse.tokens[head.head]
        else:
            break
    head = parse.tokens[token.head]
    if token.dep == "pobj" and head.dep == "agent":
        return parse.tokens[head.head], "nsubj"
    if token.dep == "pobj" and head.text.lower() in ("into", "through", "at", "on", "against"):
        return parse.tokens[head.head], "into"
    return head, token.dep


def is_harmed(parse: Parse, token: Token) -> bool:
    """Whether the text says that whoever this names was killed or hurt."""
    verb, how = ruling_verb(parse, token)
    children = parse.children(token.i)
    if any(c.dep == "amod" and c.text.lower() in HARM_STATES for c in children):
        return True
    if any(c.dep in ("acl", "relcl") and c.lemma.lower() in HARM_VERBS and _is_passive(parse, c) for c in children):
        return True
    if verb is None:
        return False
    word = verb.lemma.lower()
    if how in OBJECTS:
        return word in HARM_VERBS or word in HARM_NOUNS
    if how in SUBJECTS:
        passive = verb.tag == "VBN" and not any(c.dep in ("aux", "auxpass") for c in parse.children(verb.i))
        dead = any(c.dep in ("acomp", "oprd", "attr") and c.text.lower() in HARM_STATES for c in parse.children(verb.i))
        return word in DYING_VERBS or dead or (passive and word in HARM_VERBS)
    return how in ("into", "pobj") and word in (*HARM_NOUNS, "attack", "assault") and verb.pos in ("NOUN", "PROPN")


def is_violent(parse: Parse, token: Token) -> bool:
    """Whether whoever this names attacks someone, or bears a weapon."""
    verb, how = ruling_verb(parse, token)
    if how in SUBJECTS and verb is not None and _is_violent_verb(parse, verb):
        return True
    parts = [c for c in parse.children(token.i) if c.dep in ("acl", "relcl", "prep", "amod")]
    if verb is not None and how in OBJECTS:  # "saw a man with a rifle", with the rifle hung on the seeing
        parts += [c for c in parse.children(verb.i) if c.i == token.i + 1 and c.text.lower() == "with"]
    return any(_is_violent_part(parse, part) for part in parts)


def is_captured(parse: Parse, token: Token) -> bool:
    """Whether whoever this names was detained or is being sought."""
    verb, how = ruling_verb(parse, token)
    if any(c.dep == "amod" and c.lemma.lower() in CAPTURE_VERBS for c in parse.children(token.i)):
        return True
    return verb is not None and how in OBJECTS and verb.lemma.lower() in CAPTURE_VERBS


def is_background(parse: Parse, token: Token) -> bool:
    """Whether the clause is dated to another time than the news, or the phrase itself is ("the 2015 attacks")."""
    sentence = parse.sentences[token.sentence]
    opening = EARLIER.match(parse.text, sentence.start)
    if opening and parse.text[opening.end() : opening.end() + 1] in (" ", ",", "\u00a0"):
        return True
    verb = token if token.pos in ("VERB", "AUX") else clause_verb(parse, token)
    spans = [_own_words(parse, token)]
    if verb is not None:
        spans += [
            _own_words(parse, c) for c in parse.children(verb.i) if c.dep in ("npadvmod", "prep", "advmod", "mark")
        ]
    if any(EARLIER.search(parse.text, start, end) or YEAR.search(parse.text, start, end) for start, end in spans):
        return True
    return verb is not None and _is_possible_only(parse, token, verb)


def _is_possible_only(parse: Parse, token: Token, verb: Token) -> bool:
    """What may happen one day: a bare plural under "could" ("could carry out attacks"), "if a gunman came"."""
    bare = token.tag == "NNS" and not any(c.dep in ("det", "poss", "nummod") for c in parse.children(token.i))
    verbs = [verb, parse.tokens[verb.head]] if verb.dep == "conj" else [verb]
    supposed = any(c.text.lower() in ("a", "an") for c in parse.children(token.i)) and any(
        c.dep == "mark" and c.text.lower() == "if" for v in verbs for c in parse.children(v.i)
    )
    possible = any(c.tag == "MD" and c.text.lower() != "will" for v in verbs for c in parse.children(v.i))
    return supposed or (bare and possible)


def _own_words(parse: Parse, token: Token) -> tuple[int, int]:
    """The characters of a phrase up to the first clause inside it."""
    inner = [t.i for t in parse.subtree(token.i) if t.dep in CLAUSES and t.i != token.i]
    low = {t.i for i in inner for t in parse.subtree(i)}
    members = [t for t in parse.subtree(token.i) if t.i not in low]
    return parse.span(members)


def _is_violent_verb(parse: Parse, verb: Token) -> bool:
    children = parse.children(verb.i)
    written = verb.lemma == "fire" and any(c.dep == "prt" for c in children)  # "fired off a letter"
    suffered = verb.lemma in ("gun", "kill", "stab") and not any(c.dep == "dobj" for c in children)  # "22 gunned down"
    if verb.lemma.lower() in VIOLENT_VERBS and not written and not suffered and not _is_passive(parse, verb):
        return True
    if verb.lemma == "drive" and any(c.text.lower() in ("into", "through", "over") for c in children):
        return True
    parts = [t for c in children if c.dep in ("dobj", "prep") for t in parse.subtree(c.i)]
    armed = any(t.lemma.lower() in WEAPONS and t.pos in ("NOUN", "PROPN") for t in parts)
    return armed or any(c.dep in ("xcomp", "conj", "advcl") and _is_own_violence(parse, c) for c in children)


def _is_own_violence(parse: Parse, verb: Token) -> bool:
    """Whether a verb joined to another is the violence of the same subject, neither another's nor suffered."""
    other = any(c.dep in ("nsubj", "nsubjpass") for c in parse.children(verb.i))
    return verb.lemma.lower() in VIOLENT_VERBS and not other and not _is_passive(parse, verb)


def _is_violent_part(parse: Parse, part: Token) -> bool:
    words = {t.lemma.lower() for t in parse.subtree(part.i) if t.pos in ("NOUN", "PROPN")}
    if part.dep in ("acl", "relcl") and part.lemma.lower() in VIOLENT_VERBS and not _is_passive(parse, part):
        return True
    return bool(words & WEAPONS) or (part.dep == "amod" and part.text.lower() == "armed")


def _is_passive(parse: Parse, verb: Token) -> bool:
    helpers = [c for c in parse.children(verb.i) if c.dep in ("aux", "auxpass")]
    active = any(c.lemma == "have" for c in helpers) and not any(c.dep == "auxpass" for c in helpers)
    return verb.tag == "VBN" and not active
