"""What the parse, the quotation marks and the rules say of each token, as the network is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from samestory.language import Parse, Token
from samestory.language.phrases import Span
from samestory.language.quotations import Quotation
from samestory.sourcing.found import Found

ROLES = ("source", "cue", "content")
FEATURES = ("tag", "dep", "head", "left", "right", "clause", "entity", "quote", "shape", "place",
            "rule_source", "rule_cue", "rule_content")  # fmt: skip
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "csubj", "parataxis", "conj"})


def token_features(parse: Parse, quotations: Sequence[Quotation], ruled: Sequence[Found]) -> list[tuple[str, ...]]:
    """For each token the values of ``FEATURES``: its place in the parse, in quotation marks and in the text.

    ``ruled`` are the attributions that the rules find.
    """
    hints = _spans(ruled)
    left, right, clause = _edges(parse)
    states = [_hint_states(parse, hints[role]) for role in ROLES]
    quote = _quotation_states(parse, quotations)
    starts = {s.first for s in parse.sentences}
    places = [min(parse.sentences[t.sentence].block, 2) for t in parse.tokens]
    return [
        (
            t.tag, t.dep, _head_feature(parse, t), left[t.i], right[t.i], clause[t.i], t.entity, quote[t.i],
            _shape(t.text), f"{places[t.i]}{'^' if t.i in starts else ''}", *(state[t.i] for state in states),
        )
        for t in parse.tokens
    ]  # fmt: skip


def _spans(found: Sequence[Found]) -> Mapping[str, Sequence[Span]]:
    return {
        "source": [(s.start, s.end) for f in found for s in f.sources],
        "cue": [f.cue for f in found if f.cue is not None],
        "content": [span for f in found for span in f.contents],
    }


def _head_feature(parse: Parse, token: Token) -> str:
    """The head's part of speech, and on which side and how far away it stands."""
    distance = token.head - token.i
    reach = next((n for n in (0, 1, 2, 4, 8, 16) if abs(distance) <= n), 99)
    return f"{parse.tokens[token.head].pos}{'<' if distance < 0 else '>'}{reach}"


def _edges(parse: Parse) -> tuple[list[str], list[str], list[str]]:
    """The relation of the largest subtree that begins at each token, of the largest that ends there, and of its clause.

    A lone token begins and ends its own subtree.
    """
    n = len(parse.tokens)
    low, high, depth = list(range(n)), list(range(n)), [0] * n
    clause = [""] * n
    for t in parse.tokens:
        chain = [t, *parse.ancestors(t.i)]
        depth[t.i] = len(chain)
        clause[t.i] = next((a.dep for a in chain if a.dep in CLAUSES), "")
        for a in chain:
            low[a.i], high[a.i] = min(low[a.i], t.i), max(high[a.i], t.i)
    left, right = [""] * n, [""] * n
    for i in sorted(range(n), key=lambda i: -depth[i]):  # the nearest to the root is written last
        left[low[i]] = right[high[i]] = parse.tokens[i].dep
    return left, right, clause


def _quotation_states(parse: Parse, quotations: Sequence[Quotation]) -> list[str]:
    """Whether each token opens, closes or stands in a quotation, and whether that has both its marks."""
    states = ["out"] * len(parse.tokens)
    for q in quotations:
        kind = ("o" if q.opened else "") + ("c" if q.closed else "") + ("'" if q.depth else "")
        inside = parse.tokens_in(q.start, q.end)
        for token in inside:
            states[token.i] = kind
        if inside and q.opened:
            states[inside[0].i] = "first" + kind
        if inside and q.closed:
            states[inside[-1].i] = "last" + kind
    return states


def _hint_states(parse: Parse, spans: Sequence[Span]) -> list[str]:
    """In how many of the spans each token stands, and whether one begins or ends there."""
    depth, marks = [0] * len(parse.tokens), [""] * len(parse.tokens)
    for start, end in sorted(set(spans)):
        inside = parse.tokens_in(start, end)
        for token in inside:
            depth[token.i] += 1
        if inside:
            marks[inside[0].i] += "B" * ("B" not in marks[inside[0].i])
            marks[inside[-1].i] += "E" * ("E" not in marks[inside[-1].i])
    return [f"{min(n, 2)}{''.join(sorted(mark))}" for n, mark in zip(depth, marks, strict=True)]


def _shape(word: str) -> str:
    if not any(c.isalnum() for c in word):
        return "mark"
    if any(c.isdigit() for c in word):
        return "digit"
    if word.islower():
        return "lower"
    if word.istitle():
        return "title"
    return "upper" if word.isupper() else "mixed"
