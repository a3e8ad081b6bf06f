"""PolNeAR as the attribution tagger is trained on it: windows of tokens with tags, spans and links."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from samestory.language import Parse
from samestory.language.phrases import meet
from samestory.language.quotations import find_quotations
from samestory.sourcing.found import Scene
from samestory.sourcing.rules import find_by_rules
from samestory.sourcing.tagger.chains import BEGIN, INSIDE, Tokens
from samestory.sourcing.tagger.features import FEATURES, ROLES, token_features
from samestory.sourcing.tagger.network import Inputs, Integers, encode
from samestory.sourcing.tagger.pieces import Pieces, Window, cut_windows
from samestory.validation.corpora import polnear
from samestory.validation.corpora.records import Attribution, AttributionDocument, Span
from samestory.validation.external import body

FEWEST = 5  # tokens that have a value of a feature, for it to be known
Codes = dict[str, dict[str, int]]


class Sample(NamedTuple):
    """One window with what the annotator marked in it.

    ``tags`` (T, role): outside, begin or inside. ``spans`` of each role count tokens of the window, both ends included.
    ``links``: for each content the number of its cue and for each cue that of its source, from 1; 0 is none.
    """

    document: str
    window: Window
    inputs: Inputs
    tags: Integers
    spans: dict[str, list[Tokens]]
    links: tuple[list[int], list[int]]


class Corpus(NamedTuple):
    """The documents with their parses, the numbers of pieces and features, and the windows of each document."""

    documents: tuple[AttributionDocument, ...]
    parses: dict[str, Parse]
    pieces: Pieces
    codes: Codes
    samples: dict[str, list[Sample]]


def read_corpus(shared: Path, model: Path, cache: Path) -> Corpus:
    """PolNeAR's training part; ``model`` holds the word pieces, ``cache`` keeps the parses between runs."""
    documents = polnear.read("train", shared)
    parses = _read_parses(documents, cache)
    features = {d.document_id: _features_of(d, parses[d.document_id]) for d in documents}
    numbers = {piece: n for n, piece in enumerate((model / "vocab.txt").read_text(encoding="utf-8").splitlines())}
    pieces, codes = Pieces(numbers), _read_codes(list(features.values()))
    samples = {
        d.document_id: [
            _sample(d, parses[d.document_id], window, encode(parses[d.document_id], window, pieces, codes,
                                                             features[d.document_id]))
            for window in cut_windows(parses[d.document_id], pieces)
        ]
        for d in documents
    }  # fmt: skip
    return Corpus(documents, parses, pieces, codes, samples)


def _features_of(document: AttributionDocument, parse: Parse) -> list[tuple[str, ...]]:
    """The features of a document's tokens, as they are made when the model is used."""
    scene = Scene(body(document.document_id, document.text), parse, tuple(find_quotations(document.text, parse.blocks)))
    return token_features(parse, scene.quotations, find_by_rules(scene))


def _read_parses(documents: Sequence[AttributionDocument], cache: Path) -> dict[str, Parse]:
    parses: dict[str, Parse] = pickle.loads(cache.read_bytes()) if cache.exists() else {}
    missing = [d for d in documents if d.document_id not in parses]
    for d in missing:
        parses[d.document_id] = body(d.document_id, d.text).parse
    if missing:
        cache.write_bytes(pickle.dumps(parses))
    return parses


def _read_codes(features: Sequence[Sequence[tuple[str, ...]]]) -> Codes:
    """Numbers for the values of features that occur at least five times, from 1."""
    codes = {}
    for n, name in enumerate(FEATURES):
        counts = Counter(values[n] for document in features for values in document)
        codes[name] = {value: 1 + at for at, value in enumerate(sorted(v for v, c in counts.items() if c >= FEWEST))}
    return codes


def _sample(document: AttributionDocument, parse: Parse, window: Window, inputs: Inputs) -> Sample:
    tokens = parse.tokens[window.first : window.last]

    def place(span: Span) -> Tokens | None:
        inside = [n for n, t in enumerate(tokens) if t.start < span[1] and span[0] < t.end]
        return (inside[0], inside[-1]) if inside else None

    limits = tokens[0].start, tokens[-1].end
    spans: dict[str, list[Tokens]] = {role: [] for role in ROLES}
    cue_of: list[int] = []
    source_of: dict[int, int] = {}
    for attribution in document.attributions:
        here = {role: [p for piece in getattr(attribution, role) if meet((piece,), (limits,)) and (p := place(piece))]
                for role in ROLES}  # fmt: skip
        numbers = {role: [_number(span, spans[role]) for span in here[role]] for role in ROLES}
        cue = next(iter(numbers["cue"]), 0)
        cue_of += [cue] * (len(spans["content"]) - len(cue_of))
        if cue:
            source_of[cue] = next(iter(numbers["source"]), 0)
    links = cue_of, [source_of.get(n + 1, 0) for n in range(len(spans["cue"]))]
    return Sample(document.document_id, window, inputs, _tags(spans, len(tokens)), spans, links)


def _number(span: Tokens, known: list[Tokens]) -> int:
    """The number of a span among those known, from 1; a new one is added."""
    if span not in known:
        known.append(span)
    return known.index(span) + 1


def _tags(spans: dict[str, list[Tokens]], length: int) -> Integers:
    """One tag for each token and role; of spans of one role that overlap the longest is tagged."""
    tags = np.zeros((length, len(ROLES)), dtype=np.int64)
    for n, role in enumerate(ROLES):
        for first, last in sorted(spans[role], key=lambda span: span[0] - span[1]):
            if not tags[first : last + 1, n].any():
                tags[first, n], tags[first + 1 : last + 1, n] = BEGIN, INSIDE
    return tags


def batches(samples: Sequence[Sample], size: int, budget: int, seed: int | None = None) -> Iterator[list[Sample]]:
    """Samples of like length together, ``size`` of them or fewer so that they fit ``budget`` word pieces with padding.

    In random order, and with chance in the lengths, where a seed is given.
    """
    chance = random.Random(seed)
    noise = [0.0 if seed is None else chance.uniform(-4, 4) for _ in samples]
    order = sorted(range(len(samples)), key=lambda n: (len(samples[n].inputs.pieces) + noise[n], n))
    found: list[list[Sample]] = [[]]
    longest = 0
    for n in order:
        longest = max(longest, len(samples[n].inputs.pieces))
        if found[-1] and (len(found[-1]) >= size or longest * (len(found[-1]) + 1) > budget):
            found.append([])
            longest = len(samples[n].inputs.pieces)
        found[-1].append(samples[n])
    if seed is not None:
        chance.shuffle(found)
    yield from found


def attributions_of(sample: Sample, parse: Parse, linked: Sequence[tuple]) -> list[Attribution]:
    """Linked spans of a window as an annotator would have marked them, in characters of the document."""
    tokens = parse.tokens[sample.window.first : sample.window.last]
    found = []
    for cue, source, contents in linked:
        parts = ((cue,), (source,) if source is not None else (), contents)
        found.append(Attribution(*(tuple((tokens[a].start, tokens[b].end) for a, b in part) for part in parts)))
    return found
