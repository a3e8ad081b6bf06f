"""Phrases on the dependency parse: noun phrases, verb groups, subjects, clauses, as spans of characters."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from samestory.language.parse import Parse, Token

Span = tuple[int, int]

SUBJECTS = ("nsubj", "nsubjpass", "csubj", "csubjpass")
NOMINALS = ("NOUN", "PROPN", "PRON", "NUM")
_IN_GROUP = ("aux", "auxpass", "neg", "advmod", "prt")
_EDGES = frozenset(",;:-–—.\"“”''``‘’…") | {"''", "``", "--"}


def is_mark(token: Token) -> bool:
    """Whether a token is punctuation that does not belong at the edge of a phrase."""
    return token.text in _EDGES


def trim(tokens: list[Token]) -> list[Token]:
    """The tokens without punctuation and conjunctions at the left edge and punctuation at the right."""
    low, high = 0, len(tokens)
    while low < high and (is_mark(tokens[low]) or tokens[low].dep == "cc"):
        low += 1
    while high > low and (is_mark(tokens[high - 1]) or tokens[high - 1].dep == "cc"):
        high -= 1
    inner = tokens[low:high]
    if inner and inner[0].text == "(" and all(t.text != ")" for t in inner):
        return trim(inner[1:])
    if inner and inner[-1].text == ")" and all(t.text != "(" for t in inner):
        return trim(inner[:-1])
    return inner


def head_of(parse: Parse, start: int, end: int) -> Token | None:
    """The token of a phrase that what stands outside the phrase governs; None where no token lies in it."""
    tokens = parse.tokens_in(int(start), int(end))
    inside = {t.i for t in tokens}
    tops = [t for t in tokens if t.head == t.i or t.head not in inside]
    nouns = [t for t in tops if t.pos in ("NOUN", "PROPN", "PRON")]
    return next(iter(nouns or tops), None)


def span_of(tokens: list[Token]) -> Span | None:
    """The characters from the first to the last of these tokens, or None for none."""
    return (tokens[0].start, tokens[-1].end) if tokens else None


def meet(spans: Iterable[Span], others: Sequence[Span]) -> bool:
    """Whether any of these spans shares a character with any of the others."""
    return any(a < end and start < b for a, b in spans for start, end in others)


def top(tokens: Sequence[Token]) -> Token:
    """The first of these tokens that hangs on none of the others, else the last."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head not in inside or t.head == t.i), tokens[-1])


def subtree_without(parse: Parse, i: int, cut: Callable[[Token], bool]) -> list[Token]:
    """Token ``i`` and what depends on it, leaving out each dependent (with its own) for which ``cut`` holds."""
    found, todo = [], [i]
    while todo:
        j = todo.pop()
        found.append(j)
        todo.extend(c.i for c in parse.children(j) if not cut(c))
    return [parse.tokens[j] for j in sorted(found)]


def runs(tokens: Iterable[Token]) -> list[list[Token]]:
    """Tokens as unbroken runs."""
    found: list[list[Token]] = []
    for token in tokens:
        if found and token.i == found[-1][-1].i + 1:
            found[-1].append(token)
        else:
            found.append([token])
    return found


def noun_phrase(parse: Parse, i: int) -> list[Token]:
    """The full noun phrase headed by token ``i``: determiner, modifiers, apposition, relative clause, conjuncts."""
    members = parse.subtree(i)
    run = trim(next(r for r in runs(members) if any(t.i == i for t in r)))
    return _whole_word(parse, run)


def _whole_word(parse: Parse, tokens: list[Token]) -> list[Token]:
    """Add what a hyphen joins to the last token without a blank: "its co|-founder"."""
    while tokens and tokens[-1].i + 2 < len(parse.tokens):
        hyphen, word = parse.tokens[tokens[-1].i + 1], parse.tokens[tokens[-1].i + 2]
        if hyphen.text != "-" or hyphen.start != tokens[-1].end or word.start != hyphen.end:
            break
        tokens = [*tokens, hyphen, word]
    return tokens


def conjuncts(parse: Parse, i: int) -> list[list[Token]]:
    """The co-ordinated noun phrases headed by token ``i``, each on its own; a name that holds "and" stays whole."""
    heads = [parse.tokens[i]]
    while (following := next((c for c in parse.children(heads[-1].i) if c.dep == "conj"), None)) is not None:
        if _one_name(parse, heads[-1], following):
            break
        heads.append(following)
    if len(heads) == 1:
        return [p for p in [noun_phrase(parse, i)] if p]
    following_heads = [h.i for h in heads[1:]] + [-1]
    parts = []
    for head, after in zip(heads, following_heads, strict=True):
        joint = {c.i for c in parse.children(head.i) if c.i == after or (c.dep in ("cc", "preconj") and after > 0)}
        members = subtree_without(parse, head.i, lambda c, joint=joint: c.i in joint)  # type: ignore[misc]
        parts.append(_whole_word(parse, trim(next(r for r in runs(members) if any(t.i == head.i for t in r)))))
    return [p for p in parts if p]


def _one_name(parse: Parse, one: Token, other: Token) -> bool:
    return any(e.first <= one.i and other.i < e.last for e in parse.entities)


def subject(parse: Parse, i: int) -> Token | None:
    """The verb's own subject, or None."""
    return next((c for c in parse.children(i) if c.dep in SUBJECTS), None)


def governing_subject(parse: Parse, i: int) -> Token | None:
    """The subject of verb ``i``, its own or one it shares: with the verb it is joined to, or that governs it."""
    seen = parse.tokens[i]
    for _ in range(6):
        own = subject(parse, seen.i)
        if own is not None:
            return own
        head = parse.tokens[seen.head]
        if head.i == seen.i:
            return None
        if seen.dep == "acl" and head.pos in NOMINALS:
            return head
        if seen.dep not in ("conj", "xcomp", "advcl", "ccomp", "pcomp", "prep", "dep"):
            return None
        if seen.dep == "ccomp" and seen.tag not in ("VBG", "VB", "VBN"):
            return None
        seen = head
    return None


def is_passive(parse: Parse, i: int) -> bool:
    """Whether a verb stands in the passive, reduced participles ("accused of") included."""
    token = parse.tokens[i]
    if token.tag not in ("VBN", "VBD"):
        return False
    deps = {c.dep for c in parse.children(i)}
    if deps & {"auxpass", "nsubjpass", "csubjpass"}:
        return True
    if token.dep == "conj" and "nsubj" not in deps and "aux" not in deps and token.tag == "VBN":
        return is_passive(parse, token.head)
    return token.tag == "VBN" and token.dep in ("acl", "advcl", "oprd") and not deps & {"aux", "nsubj"}


def verb_group(parse: Parse, i: int) -> tuple[int, int]:
    """Tokens ``[first, last)`` of the whole verb group of verb ``i``: auxiliaries, negation, adverbs, particle."""
    belongs = {c.i for c in parse.children(i) if c.dep in _IN_GROUP}
    first, last = i, i + 1
    while first - 1 in belongs:
        first -= 1
    while first < i and parse.tokens[first].dep == "advmod" and parse.tokens[first].tag in ("WRB", "IN"):
        first += 1
    while last in belongs and parse.tokens[last].dep == "prt":
        last += 1
    return first, last
