"""PolNeAR as the attribution tagger is trained on it: windows of tokens, and what is asked about them."""

from __future__ import annotations

import pickle
import random
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from samestory.language import Parse
from samestory.language.encoding import Integers, Pieces
from samestory.language.phrases import meet
from samestory.language.quotations import find_quotations
from samestory.sourcing.found import Scene
from samestory.sourcing.rules import find_by_rules
from samestory.sourcing.tagger.chains import BEGIN, INSIDE, Tokens
from samestory.sourcing.tagger.features import FEATURES, ROLES, token_features
from samestory.sourcing.tagger.links import Linked
from samestory.sourcing.tagger.network import Inputs, encode
from samestory.sourcing.tagger.windows import Window, cut_windows
from samestory.validation.corpora import polnear
from samestory.validation.corpora.records import Attribution, AttributionDocument, Span
from samestory.validation.external import body

FEWEST = 5  # tokens that have a value of a feature, for it to be known
Codes = dict[str, dict[str, int]]


class Marked(NamedTuple):
    """One attribution as the annotator marked it in a window; spans count its tokens, both ends included."""

    source: tuple[Tokens, ...]
    cue: tuple[Tokens, ...]
    content: tuple[Tokens, ...]


class Sample(NamedTuple):
    """One window with what the annotator marked in it."""

    document: str
    window: Window
    inputs: Inputs
    marked: tuple[Marked, ...]

    def spans(self, role: str) -> list[Tokens]:
        """All spans of a role."""
        return [span for one in self.marked for span in getattr(one, role)]


class Question(NamedTuple):
    """What the network is asked about a window: all attributions, or those of one ``cue``; and the right answer.

    ``tags`` (T, role): outside, begin or inside.
    """

    sample: Sample
    cue: Tokens | None
    tags: Integers


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
    limits = tokens[0].start, tokens[-1].end

    def place(spans: Sequence[Span]) -> tuple[Tokens, ...]:
        inside = [
            [n for n, t in enumerate(tokens) if t.start < end and start < t.end]
            for start, end in spans
            if meet(((start, end),), (limits,))
        ]
        return tuple((own[0], own[-1]) for own in inside if own)

    here = (Marked(*(place(getattr(one, role)) for role in ROLES)) for one in document.attributions)
    return Sample(document.document_id, window, inputs, tuple(one for one in here if any(one)))


def ask_all(sample: Sample) -> Question:
    """The question for all attributions of a window."""
    return Question(sample, None, _tags([sample.spans(role) for role in ROLES], sample))


def ask_each(sample: Sample, wrong: Sequence[Tokens]) -> list[Question]:
    """A question for each cue that is marked, and one, to be answered with nothing, for each ``wrong`` cue.

    Wrong ones that overlap a right one or an earlier wrong one are left out.
    """
    found = [
        Question(sample, cue, _tags([one.source, (cue,), one.content], sample))
        for one in sample.marked
        for cue in one.cue
    ]
    taken = sample.spans("cue")
    for cue in wrong:
        if not meet((_half_open(cue),), [_half_open(other) for other in taken]):
            taken.append(cue)
            found.append(Question(sample, cue, _tags([(), (), ()], sample)))
    return found


def ruled_cues(sample: Sample, codes: Codes) -> list[Tokens]:
    """The cues that the rules find in a window, read off its features."""
    values = {number: value for value, number in codes["rule_cue"].items()}
    found, first = [], 0
    for n, number in enumerate(sample.inputs.features[:, FEATURES.index("rule_cue")].tolist()):
        value = values.get(number, "")
        first = n if "B" in value else first
        if "E" in value:
            found.append((first, n))
    return found


def _half_open(span: Tokens) -> Span:
    return span[0], span[1] + 1


def _tags(spans: Sequence[Sequence[Tokens]], sample: Sample) -> Integers:
    """One tag for each token and role; of spans of one role that overlap the longest is tagged."""
    tags = np.zeros((len(sample.inputs.firsts), len(ROLES)), dtype=np.int64)
    for n, own in enumerate(spans):
        for first, last in sorted(own, key=lambda span: span[0] - span[1]):
            if not tags[first : last + 1, n].any():
                tags[first, n], tags[first + 1 : last + 1, n] = BEGIN, INSIDE
    return tags


def batches(questions: Sequence[Question], size: int, budget: int, seed: int | None = None) -> Iterator[list[Question]]:
    """Questions on windows of like length together, ``size`` of them or fewer so that they fit ``budget`` word
    pieces with padding.

    In random order, and with chance in the lengths, where a seed is given.
    """
    chance = random.Random(seed)
    lengths = [len(question.sample.inputs.pieces) for question in questions]
    noise = [0.0 if seed is None else chance.uniform(-4, 4) for _ in questions]
    found: list[list[Question]] = [[]]
    longest = 0
    for n in sorted(range(len(questions)), key=lambda n: (lengths[n] + noise[n], n)):
        longest = max(longest, lengths[n])
        if found[-1] and (len(found[-1]) >= size or longest * (len(found[-1]) + 1) > budget):
            found.append([])
            longest = lengths[n]
        found[-1].append(questions[n])
    if seed is not None:
        chance.shuffle(found)
    yield from found


def attributions_of(sample: Sample, parse: Parse, linked: Sequence[Linked]) -> list[Attribution]:
    """Linked spans of a window as an annotator would have marked them, in characters of the document."""
    tokens = parse.tokens[sample.window.first : sample.window.last]
    found = []
    for cue, source, contents in linked:
        parts = ((cue,), (source,) if source is not None else (), contents)
        found.append(Attribution(*(tuple((tokens[a].start, tokens[b].end) for a, b in part) for part in parts)))
    return found
