"""How far a certainty cue reaches: the clause or the noun phrase that it qualifies."""

from __future__ import annotations

from samestory.language import Parse, Token

NOMINAL = ("NOUN", "PROPN", "NUM", "PRON")
QUALIFYING = ("amod", "nummod", "quantmod", "det", "compound", "nmod", "poss")
OPEN_CLAUSES = ("ccomp", "xcomp", "acl", "oprd", "acomp")
PUNCTUATION = ",.;:'\"\u2019\u201d\u201c\u2018-\u2013\u2014!?)("


def cue_scope(parse: Parse, token: Token, certainty_type: str) -> tuple[int, int]:
    """Characters of the scope of the cue whose head is ``token``.

    A number's cue reaches over the number's noun phrase, an attributive adjective over its noun phrase, a verb of
    belief over its complement (with the raised subject, where it is passive), "if" over the clause that hangs on it
    and the condition itself, every other word over the clause of its verb.
    """
    if certainty_type in ("approximator", "bound"):
        return _phrase(parse, _noun(parse, token))
    if token.dep == "amod" or (token.pos in NOMINAL and token.dep in QUALIFYING):
        return _phrase(parse, parse.tokens[token.head])
    if token.dep == "mark":
        clause = parse.tokens[token.head]
        return _clause(parse, clause if certainty_type == "inquiry" else parse.tokens[clause.head])
    if token.dep in ("aux", "advmod", "neg", "auxpass"):
        return _clause(parse, parse.tokens[token.head])
    complements = [c for c in parse.children(token.i) if c.dep in ("ccomp", "acl")]
    if complements and token.pos in (*NOMINAL, "VERB", "AUX", "ADJ"):
        return _clause(parse, complements[-1])
    if token.pos in NOMINAL:
        return _phrase(parse, token)
    if token.dep in ("acomp", "oprd", "prep"):
        return _clause(parse, parse.tokens[token.head])
    return _clause(parse, token)


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


def _phrase(parse: Parse, head: Token) -> tuple[int, int]:
    """The noun phrase of a noun, without relative clauses and what is set off from it."""
    kept, todo = (
        [head],
        [c for c in parse.children(head.i) if c.dep not in ("relcl", "acl", "appos", "punct", "cc", "conj")],
    )
    for child in todo:
        kept.extend(parse.subtree(child.i))
    return _trimmed(parse, kept)


def _clause(parse: Parse, verb: Token) -> tuple[int, int]:
    """The clause of a verb; clauses joined to it by "and" are their own."""
    kept = [verb]
    for child in parse.children(verb.i):
        if (
            child.dep == "conj"
            and child.pos in ("VERB", "AUX")
            and any(c.dep in ("nsubj", "nsubjpass") for c in parse.children(child.i))
        ):
            continue
        if child.dep not in ("punct", "parataxis"):
            kept.extend(parse.subtree(child.i))
    return _trimmed(parse, kept)


def _trimmed(parse: Parse, tokens: list[Token]) -> tuple[int, int]:
    ordered = sorted(tokens, key=lambda t: t.i)
    while len(ordered) > 1 and ordered[-1].text in PUNCTUATION:
        ordered.pop()
    while len(ordered) > 1 and (ordered[0].text in PUNCTUATION or ordered[0].dep == "cc"):
        ordered.pop(0)
    return parse.span(ordered)
