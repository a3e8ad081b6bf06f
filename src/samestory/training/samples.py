"""PolNeAR as the attribution tagger is trained on it: windows of tokens with tags, spans and links."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from samestory.language import Parse
from samestory.language.quotations import find_quotations
from samestory.sourcing.found import Scene
from samestory.sourcing.model import FEATURES, Inputs, Vocabulary, Window, cut_windows, token_features
from samestory.sourcing.tagging import ROLES, find_by_rules, hints_of
from samestory.validation.corpora import polnear
from samestory.validation.corpora.records import AttributionDocument, Span
from samestory.validation.external import body

FEWEST = 5  # tokens that have a value of a feature, for it to be known


class Sample(NamedTuple):
    """One window with what the annotator marked in it; spans count tokens of the window, both ends included."""

    document: str
    window: Window
    inputs: Inputs
    tags: list[int]
    spans: dict[str, list[Span]]
    cue_of: list[int]  # for each content the number of its cue, from 1; 0 is none
    source_of: list[int]  # for each cue the number of its source, from 1; 0 is none


class Corpus(NamedTuple):
    """The documents with their parses, the vocabulary of their features, and the windows of each."""

    documents: tuple[AttributionDocument, ...]
    parses: dict[str, Parse]
    vocabulary: Vocabulary
    samples: dict[str, list[Sample]]


def read_corpus(shared: Path, model: Path, cache: Path) -> Corpus:
    """PolNeAR's training part; ``model`` holds the word pieces, ``cache`` keeps the parses between runs."""
    documents = polnear.read("train", shared)
    parses = read_parses(documents, cache)
    features = {d.document_id: features_of(d, parses[d.document_id]) for d in documents}
    vocabulary = read_vocabulary(model, list(features.values()))
    samples = {
        d.document_id: list(samples_of(d, parses[d.document_id], vocabulary, features[d.document_id]))
        for d in documents
    }
    return Corpus(documents, parses, vocabulary, samples)


def features_of(document: AttributionDocument, parse: Parse) -> list[tuple[str, ...]]:
    """The features of a document's tokens, as they are made when the model is used."""
    scene = Scene(body(document.document_id, document.text), parse, tuple(find_quotations(document.text, parse.blocks)))
    return token_features(parse, scene.quotations, hints_of(find_by_rules(scene)))


def read_parses(documents: Sequence[AttributionDocument], cache: Path) -> dict[str, Parse]:
    """The parse of each document, kept in a file between runs."""
    parses: dict[str, Parse] = pickle.loads(cache.read_bytes()) if cache.exists() else {}
    missing = [d for d in documents if d.document_id not in parses]
    for d in missing:
        parses[d.document_id] = body(d.document_id, d.text).parse
    if missing:
        cache.write_bytes(pickle.dumps(parses))
    return parses


def read_vocabulary(model: Path, features: Sequence[Sequence[tuple[str, ...]]]) -> Vocabulary:
    """Word pieces of the pre-trained model, and the values of features that occur at least five times."""
    pieces = {piece: n for n, piece in enumerate((model / "vocab.txt").read_text(encoding="utf-8").splitlines())}
    known = {}
    for n, name in enumerate(FEATURES):
        counts = Counter(values[n] for document in features for values in document)
        known[name] = {value: 1 + at for at, value in enumerate(sorted(v for v, c in counts.items() if c >= FEWEST))}
    return Vocabulary(pieces, known)


def samples_of(
    document: AttributionDocument, parse: Parse, vocabulary: Vocabulary, features: list[tuple[str, ...]]
) -> Iterator[Sample]:
    """The windows of a document with their tags and links."""
    for window in cut_windows(parse, vocabulary):
        tokens = parse.tokens[window.first : window.last]

        def place(span: Span, tokens: Sequence[Any] = tokens) -> Span | None:
            inside = [n for n, t in enumerate(tokens) if t.start < span[1] and span[0] < t.end]
            return (inside[0], inside[-1]) if inside else None

        tags = [0] * len(tokens)
        spans: dict[str, list[Span]] = {role: [] for role in ROLES}
        cue_of, source_of = [], {}
        for attribution in document.attributions:
            at: dict[str, list[int]] = {}
            for role in ROLES:
                placed = [p for piece in getattr(attribution, role) if (p := place(piece)) is not None]
                at[role] = [_add(role, span, spans[role], tags) for span in placed]
            cue = at["cue"][0] + 1 if at["cue"] else 0
            cue_of += [cue] * (len(spans["content"]) - len(cue_of))
            if cue:
                source_of[cue] = at["source"][0] + 1 if at["source"] else 0
        yield Sample(
            document.document_id, window, vocabulary.encode(parse, window, features), tags, spans, cue_of,
            [source_of.get(n + 1, 0) for n in range(len(spans["cue"]))],
        )  # fmt: skip


def _add(role: str, span: Span, known: list[Span], tags: list[int]) -> int:
    """Tag a span, unless it is known already; its number among those of its role."""
    if span in known:
        return known.index(span)
    known.append(span)
    begin = 1 + 2 * ROLES.index(role)
    if not any(tags[span[0] : span[1] + 1]):
        tags[span[0] : span[1] + 1] = [begin, *[begin + 1] * (span[1] - span[0])]
    return len(known) - 1


def batches(samples: Sequence[Sample], budget: int, seed: int | None = None) -> Iterator[list[Sample]]:
    """Samples of like length together; in random order, and with chance in the lengths, where a seed is given."""
    chance = random.Random(seed)
    noise = [0.0 if seed is None else chance.uniform(-4, 4) for _ in samples]
    order = sorted(range(len(samples)), key=lambda n: (len(samples[n].inputs.pieces) + noise[n], n))
    found: list[list[Sample]] = [[]]
    longest = 0
    for n in order:
        longest = max(longest, len(samples[n].inputs.pieces))
        if found[-1] and longest * (len(found[-1]) + 1) > budget:
            found.append([])
            longest = len(samples[n].inputs.pieces)
        found[-1].append(samples[n])
    if seed is not None:
        chance.shuffle(found)
    yield from found
