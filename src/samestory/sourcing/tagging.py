"""From the scores of a window's tokens to spans, and from spans to linked attributions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.document import Document
from samestory.language.phrases import Span
from samestory.sourcing.found import Found, Scene, Source, read_scene
from samestory.sourcing.headlines import find_marked
from samestory.sourcing.lexicons import cue_nouns
from samestory.sourcing.model import Scores, Window, cut_windows, load_model, token_features
from samestory.sourcing.nominal import find_nominal
from samestory.sourcing.quotes import link_quotations
from samestory.sourcing.shapes import read_verb
from samestory.sourcing.speakers import addressee
from samestory.sourcing.verbal import find_verbal

ROLES = ("source", "cue", "content")
TAGS = ("O", *(f"{position}-{role}" for role in ROLES for position in "BI"))
WIDTH = 64  # of each vector by which spans are linked
DISTANCES = (0, 1, 2, 4, 8, 16, 32, 64)  # tokens between two spans, upper ends of classes
FAR = 2 * (len(DISTANCES) + 1)
LEAST = 0.02  # probability below which a span is not considered
SPARE = 0.1  # probability that the content of a cue without any other must have
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Decoder:
    """What was learnt beside the network.

    ``transitions`` (tag, next tag), ``starts`` and ``ends`` are those of a linear-chain conditional random field.
    For the two links (content to cue, cue to source) ``near`` weighs the distance, ``between`` the number of other
    candidates in between, ``nothing`` is the key of "none" with ``nothing_bias``. ``thresholds`` are probabilities.
    """

    transitions: Floats
    starts: Floats
    ends: Floats
    near: Floats
    between: Floats
    nothing: Floats
    nothing_bias: Floats
    thresholds: dict[str, float]


class Marked(NamedTuple):
    """A span of tokens ``[first, last]`` of one window with its role and probability."""

    role: str
    first: int
    last: int
    probability: float


class Linked(NamedTuple):
    """A cue with its source and its contents; spans count tokens of the window, both ends included."""

    cue: Marked
    source: Marked | None
    contents: tuple[Marked, ...]


def find_candidates(scores: Sequence[Scores], decoder: Decoder) -> list[list[Marked]]:
    """The spans of each window that have a probability of one in fifty or more.

    It is their marginal in the conditional random field (Lafferty, McCallum & Pereira 2001).
    """
    if not scores:
        return []
    lengths = np.array([len(s.emissions) for s in scores])
    emissions = np.zeros((len(scores), lengths.max(), len(TAGS)))
    for n, s in enumerate(scores):
        emissions[n, : lengths[n]] = s.emissions
    forward, backward = _messages(emissions, lengths, decoder)
    return [
        _candidates(emissions[n, :length], forward[n, :length], backward[n, :length], decoder)
        for n, length in enumerate(lengths)
    ]


def _messages(emissions: Floats, lengths: NDArray[np.int64], decoder: Decoder) -> tuple[Floats, Floats]:
    """Log sums over all taggings up to each token (its own emission included) and after it."""
    forward, backward = np.zeros_like(emissions), np.zeros_like(emissions)
    steps = emissions.shape[1]
    forward[:, 0] = decoder.starts + emissions[:, 0]
    for t in range(1, steps):
        forward[:, t] = _log_sum(forward[:, t - 1, :, None] + decoder.transitions, axis=1) + emissions[:, t]
    backward[:, -1] = decoder.ends
    for t in range(steps - 2, -1, -1):
        following = emissions[:, t + 1] + backward[:, t + 1]
        sums = _log_sum(decoder.transitions + following[:, None, :], axis=2)
        backward[:, t] = np.where((t >= lengths - 1)[:, None], decoder.ends, sums)
    return forward, backward


def _log_sum(values: Floats, axis: int) -> Floats:
    top = values.max(axis=axis, keepdims=True)
    return np.log(np.exp(values - top).sum(axis=axis)) + top.squeeze(axis)


def _candidates(emissions: Floats, forward: Floats, backward: Floats, decoder: Decoder) -> list[Marked]:
    total = _log_sum((forward[-1] + decoder.ends)[None], axis=1)[0]
    after = np.vstack([(emissions + backward)[1:], np.full((1, len(TAGS)), -np.inf)])
    found = []
    for n, role in enumerate(ROLES):
        begin, inside = 1 + 2 * n, 2 + 2 * n
        others = [tag for tag in range(len(TAGS)) if tag != inside]
        leave = {}
        for tag in (begin, inside):  # the next token does not go on with the span, or there is none
            exits = np.concatenate([after[:, others] + decoder.transitions[tag, others],
                                    np.full((len(after), 1), -np.inf)], axis=1)  # fmt: skip
            exits[-1, -1] = decoder.ends[tag]
            leave[tag] = _log_sum(exits, axis=1)
        steps = np.cumsum(emissions[:, inside] + decoder.transitions[inside, inside])
        bridge = decoder.transitions[begin, inside] - decoder.transitions[inside, inside]
        log = forward[:, begin, None] - steps[:, None] + (steps + leave[inside])[None, :] + bridge - total
        log = np.where(np.tri(len(emissions), dtype=bool), -np.inf, log)
        np.fill_diagonal(log, forward[:, begin] + leave[begin] - total)
        probability = np.exp(log)
        for first, last in zip(*np.nonzero(probability > LEAST), strict=True):
            found.append(Marked(role, int(first), int(last), float(probability[first, last])))
    return found


def choose_spans(candidates: Sequence[Marked], decoder: Decoder) -> list[Marked]:
    """The spans of a window that are most likely right and do not overlap, in text order.

    They have the greatest sum of probabilities less the threshold of the role, which is what exact F1 rewards.
    """
    kept = [c for c in candidates if c.probability > decoder.thresholds[c.role]]
    kept.sort(key=lambda c: (c.last, c.first, c.role))
    best: list[tuple[float, list[Marked]]] = [(0.0, [])]
    ends = [-1]
    for c in kept:
        before = int(np.searchsorted(ends, c.first, side="left")) - 1
        weight, chosen = best[before]
        weight += c.probability - decoder.thresholds[c.role]
        ends.append(c.last)
        best.append((weight, [*chosen, c]) if weight > best[-1][0] else best[-1])
    return best[-1][1]


def link_spans(scores: Scores, candidates: Sequence[Marked], decoder: Decoder) -> list[Linked]:
    """The attributions of a window in the order of their cues.

    Contents that belong to no cue are left out. A cue without content takes the likeliest candidate that is its own
    and overlaps no other span, however low the threshold it would have to pass; a source may serve several cues.
    """
    spans = choose_spans(candidates, decoder)
    sources, cues, contents = ([s for s in spans if s.role == role] for role in ROLES)
    first, last, cue_key, cue_query, source_key = np.split(scores.links.astype(np.float64), 5, axis=1)

    def cue_of(content: Marked) -> int | None:
        return _choose(first[content.first] + last[content.last], cue_key, content, cues, decoder, 0)

    own: dict[int | None, list[Marked]] = {}
    for content in contents:
        own.setdefault(cue_of(content), []).append(content)
    spare = [c for c in candidates if c.role == "content" and c.probability >= SPARE and c not in spans]
    for content in (
        sorted(spare, key=lambda c: (-c.probability, c.first)) if len(own.keys() - {None}) < len(cues) else ()
    ):
        if all(content.last < s.first or s.last < content.first for s in spans):
            at = cue_of(content)
            if at is not None and at not in own:
                own[at] = [content]
                spans.append(content)
    linked = []
    for n, cue in enumerate(cues):
        at = _choose(cue_query[cue.first], source_key, cue, sources, decoder, 1)
        linked.append(Linked(cue, sources[at] if at is not None else None, tuple(own.get(n, ()))))
    return linked


def _choose(
    query: Floats, keys: Floats, span: Marked, candidates: Sequence[Marked], decoder: Decoder, link: int
) -> int | None:
    """The number of the candidate that a span belongs to, or None."""
    weights = [decoder.nothing[link] @ query / WIDTH**0.5 + decoder.nothing_bias[link]]
    for other in candidates:
        distance, between = relation((span.first, span.last), (other.first, other.last),
                                     [(c.first, c.last) for c in candidates])  # fmt: skip
        weight = keys[other.first] @ query / WIDTH**0.5
        weights.append(weight + decoder.near[link, distance] + decoder.between[link, between])
    best = int(np.argmax(weights))
    return best - 1 if best else None


def relation(span: tuple[int, int], other: tuple[int, int], all_others: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """How two spans stand to each other: class of their distance, before or after, and candidates between (up to 2)."""
    after = other[0] > span[1]
    gap = other[0] - span[1] - 1 if after else span[0] - other[1] - 1
    low, high = (span[1], other[0]) if after else (other[1], span[0])
    between = sum(low < first and last < high for first, last in all_others)
    distance = int(np.searchsorted(DISTANCES, max(gap, 0)))
    return distance + (FAR // 2 if after else 0), min(between, 2)


# ---- from spans to what the rules find


def tag_attributions(document: Document) -> list[Found]:
    """The attributions of a document that the model finds, in text order, none nested."""
    scene = read_scene(document)
    model = load_model()
    decoder = decoder_of(model.tables)
    rules = find_by_rules(scene)
    features = token_features(scene.parse, scene.quotations, hints_of(rules))
    windows = list(cut_windows(scene.parse, model.vocabulary))
    scores = [model.score(model.vocabulary.encode(scene.parse, window, features)) for window in windows]
    found = []
    for window, own, candidates in zip(windows, scores, find_candidates(scores, decoder), strict=True):
        linked = link_spans(own, candidates, decoder)
        found += [_as_found(scene, window, one, rules) for one in linked if one.contents]
    return sorted(found, key=lambda f: (f.start, f.cue or (0, 0)))


def find_by_rules(scene: Scene) -> list[Found]:
    """What the rules find, which the model is told and may overrule."""
    return link_quotations(scene, [*find_verbal(scene), *find_nominal(scene), *find_marked(scene)])


def hints_of(found: Sequence[Found]) -> dict[str, list[Span]]:
    """The spans of each role."""
    return {
        "source": [(s.start, s.end) for f in found for s in f.sources],
        "cue": [f.cue for f in found if f.cue is not None],
        "content": [span for f in found for span in f.contents],
    }


def decoder_of(tables: Mapping[str, Any]) -> Decoder:
    """The decoder as the shipped tables hold it."""
    arrays = (np.array(tables[field.name]) for field in fields(Decoder) if field.name != "thresholds")
    return Decoder(*arrays, tables["thresholds"])


def _as_found(scene: Scene, window: Window, linked: Linked, rules: Sequence[Found]) -> Found:
    def span(marked: Marked) -> Span:
        tokens = scene.parse.tokens
        return tokens[window.first + marked.first].start, tokens[window.first + marked.last].end

    source = span(linked.source) if linked.source is not None else None
    return code_attribution(scene, span(linked.cue), source, tuple(span(c) for c in linked.contents), rules)


def code_attribution(
    scene: Scene, cue: Span, source: Span | None, contents: tuple[Span, ...], rules: Sequence[Found]
) -> Found:
    """Spans with kind, stance and addressee: a rule's where one reads the same cue, else what the lexicons say."""
    sources = _sources(scene, source) if source is not None else ()
    rule = next((r for r in rules if r.cue is not None and r.cue[0] < cue[1] and cue[0] < r.cue[1]), None)
    if rule is not None:
        return Found(cue, sources, contents, rule.kind, rule.stance, rule.addressee, rule.quotable)
    return _read_cue(scene, cue, sources, contents)


def _sources(scene: Scene, span: Span) -> tuple[Source, ...]:
    """A source phrase as its co-ordinated parts where they fill it, else whole."""
    tokens = scene.parse.tokens_in(*span)
    inside = {t.i for t in tokens}
    head = next((t for t in tokens if t.head not in inside or t.head == t.i), tokens[-1])
    parts = scene.sources(head)
    if len(parts) > 1 and (parts[0].start, parts[-1].end) == span:
        return parts
    return (Source(*span, head.i),)


def _read_cue(scene: Scene, cue: Span, sources: tuple[Source, ...], contents: tuple[Span, ...]) -> Found:
    """Kind and stance of a cue that no rule reads: those of its last word in the lexicon, else plain speech."""
    kind, stance, quotable, told = "speech", "neutral", False, None
    quoted = any(q.opened and q.start <= start and end <= q.end for q in scene.quotations for start, end in contents)
    for token in scene.parse.tokens_in(*cue):
        verb = read_verb(scene, token)
        if verb is not None:
            order = ["quote", "clause"] if quoted else ["clause", "infinitive", "object", "to", "as"]
            shape = next((s for s in order if s in verb.shapes), next(iter(verb.shapes)))
            kind, stance = verb.shapes[shape]
            quotable, told = "quote" in verb.shapes, addressee(scene, verb)
        elif token.lemma.lower() in cue_nouns():
            kind, stance = cue_nouns()[token.lemma.lower()]
    if not sources and (kind, stance) == ("speech", "neutral"):
        stance = "hearsay"
    return Found(cue, sources, contents, kind, stance, told, quotable)
