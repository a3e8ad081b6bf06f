"""How far a certainty cue reaches: the clause or the noun phrase that it qualifies."""

from __future__ import annotations

from itertools import pairwise

from samestory.certainty.record import Cue
from samestory.language import Parse, Token
from samestory.language.numbers import VAGUE

NOMINAL = ("NOUN", "PROPN", "NUM", "PRON")
QUALIFYING = ("amod", "nummod", "quantmod", "det", "compound", "nmod", "poss")
SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")
COUNTING, APART = ("quantmod", "nummod"), ("relcl", "acl", "punct", "prep", "appos")
JOINING = ("that", "so", "because", "to")
ADDED = ("with", "while", "although", "though", "including", "but")  # what begins an addition behind a comma
ADDED_TAGS = ("WDT", "WP", "WRB", "VBG")
PUNCTUATION = ",.;:'\"\u2019\u201d\u201c\u2018-\u2013\u2014!?)("


def cue_scope(parse: Parse, cue: Cue) -> tuple[int, int]:
    """Characters of the scope of a cue, the cue included.

    A number's cue reaches over the number's noun phrase, an attributive adjective over its noun phrase, a verb of
    finding out over its object, a verb of belief over its complement (with the raised subject, where it is passive),
    "if" over the clause that hangs on it and the condition itself, every other word over the clause of its verb. What a
    comma sets off from a clause stays outside: a circumstance before its subject, a relative clause behind.
    """
    tokens = sorted(_reach(parse, cue), key=lambda t: t.i)
    if cue.type != "conditional" and cue.number is None:
        tokens = _set_off(parse, tokens, cue)
    start, end = _trimmed(parse, tokens, cue) if tokens else (cue.start, cue.end)
    return min(start, cue.start), max(end, cue.end)


def _reach(parse: Parse, cue: Cue) -> list[Token]:
    token = cue.token
    if cue.number is not None:
        return _amount(parse, _noun(parse, token))
    head = parse.tokens[token.head]
    if cue.type == "approximator":  # of degree: "nearly died", "almost certain"
        return _clause(parse, head) if head.pos in ("VERB", "AUX") else [token, head]
    if token.dep == "amod" or (token.pos in NOMINAL and token.dep in QUALIFYING):
        return _phrase(parse, head)
    if token.dep == "mark":
        return _clause(parse, head if cue.type == "inquiry" else parse.tokens[head.head])
    if token.dep in ("aux", "advmod", "neg", "auxpass"):
        return _clause(parse, head)
    if cue.type == "inquiry" and token.pos == "VERB":
        return [t for t in _clause(parse, token) if t.i >= token.i]
    complements = [c for c in parse.children(token.i) if c.dep in ("ccomp", "acl")]
    if complements and token.pos in (*NOMINAL, "VERB", "AUX", "ADJ"):
        return _clause(parse, complements[-1])
    if token.pos in NOMINAL:
        return _phrase(parse, token)
    return _clause(parse, head if token.dep in ("acomp", "oprd", "prep") else token)


def _set_off(parse: Parse, tokens: list[Token], cue: Cue) -> list[Token]:
    """Without what a comma sets off before the subject, and without what one begins that adds to the clause."""
    subjects = [t for t in tokens if t.dep in SUBJECTS and t.i < cue.token.i and _over(parse, t, cue)]
    if subjects:
        first = min(t.i for t in parse.subtree(subjects[0].i))
        if any(t.text == "," and t.i < first for t in tokens):
            tokens = [t for t in tokens if t.i >= first]
    for here, there in pairwise(tokens):
        adds = there.tag in ADDED_TAGS or there.text.lower() in ADDED
        if here.text == "," and here.i > cue.token.i and there.i == here.i + 1 and adds:
            return [t for t in tokens if t.i < here.i]
    return tokens


def _over(parse: Parse, subject: Token, cue: Cue) -> bool:
    """Whether this is the subject of the cue's own clause."""
    verbs = {cue.token.i, cue.token.head, parse.tokens[cue.token.head].head}
    return subject.head in verbs


def _amount(parse: Parse, head: Token) -> list[Token]:
    """The noun phrase of a number: what precedes the noun, what is joined to it, and what "dozens of" counts."""
    kept = [head]
    for child in parse.children(head.i):
        if child.dep == "prep" and child.text.lower() == "of" and head.text.lower() in VAGUE:
            kept.append(child)
            kept += [t for c in parse.children(child.i) if c.dep == "pobj" for t in _amount(parse, c)]
        elif child.dep in COUNTING or (child.i < head.i and child.dep not in APART):
            kept += parse.subtree(child.i)
    return kept


def _noun(parse: Parse, token: Token) -> Token:
    """The noun whose number the token qualifies: up through quantifiers, or the phrase itself."""
    while token.head != token.i and (token.dep in QUALIFYING or token.dep in ("advmod", "pobj", "prep", "npadvmod")):
        head = parse.tokens[token.head]
        if head.pos not in (*NOMINAL, "ADV", "ADP", "SYM", "ADJ", "DET") or (
            token.dep == "pobj" and head.i < token.i - 3
        ):
            break
        if head.pos == "ADP" and parse.tokens[head.head].pos == "VERB":
            break
        token = head
        if token.pos in ("NOUN", "PROPN") and token.dep not in QUALIFYING:
            break
    return token


def _phrase(parse: Parse, head: Token) -> list[Token]:
    """The noun phrase of a noun, without relative clauses and what is set off from it."""
    kept = [head]
    for child in parse.children(head.i):
        if child.dep not in ("relcl", "acl", "appos", "punct", "cc", "conj"):
            kept.extend(parse.subtree(child.i))
    return kept


def _clause(parse: Parse, verb: Token) -> list[Token]:
    """The clause of a verb; clauses joined to it by "and" are their own."""
    kept = [verb]
    for child in parse.children(verb.i):
        joined = child.dep == "conj" and child.pos in ("VERB", "AUX")
        if joined and any(c.dep in SUBJECTS for c in parse.children(child.i)):
            continue
        if child.dep not in ("punct", "parataxis"):
            kept.extend(parse.subtree(child.i))
        elif child.text == ",":
            kept.append(child)
    return kept


def _trimmed(parse: Parse, ordered: list[Token], cue: Cue) -> tuple[int, int]:
    """The span of tokens without marks at its ends, and without the words that only join it ("that", "but")."""
    while len(ordered) > 1 and ordered[-1].text in PUNCTUATION:
        ordered = ordered[:-1]
    while len(ordered) > 1 and (
        ordered[0].text in PUNCTUATION
        or ordered[0].dep == "cc"
        or (ordered[0].text.lower() in JOINING and ordered[0].end <= cue.start)
    ):
        ordered = ordered[1:]
    return parse.span(ordered)
