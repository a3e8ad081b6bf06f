"""The learned tagger's inputs and outputs: a parsed paragraph in, scores of its tokens out.

A small transformer encoder (MiniLM-L6; Wang et al. 2020) reads the word pieces of one paragraph. Each token also tells
it what the parse and the quotation marks say of it. How the weights were made: ``samestory.training.attributions``.
"""

from __future__ import annotations

import functools
import json
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from importlib.resources.abc import Traversable
from importlib.util import find_spec
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from samestory.language import Parse, Token
from samestory.language.phrases import Span
from samestory.language.quotations import Quotation

LONGEST = 400  # word pieces that are read at a time; a longer paragraph is cut between sentences
FEATURES = ("tag", "dep", "head", "left", "right", "clause", "entity", "quote", "shape", "place",
            "rule_source", "rule_cue", "rule_content")  # fmt: skip
MARKS = frozenset({"''", "``", "“", "”", "„", "«", "»"})
CLAUSES = frozenset({"ROOT", "ccomp", "advcl", "relcl", "acl", "xcomp", "pcomp", "csubj", "parataxis", "conj"})
NETWORK, PIECES, TABLES = "attributions.onnx", "pieces.txt", "tables.json"  # the files of the weights folder
CLS, SEP, UNKNOWN = "[CLS]", "[SEP]", "[UNK]"
Integers = NDArray[np.int64]


class Window(NamedTuple):
    """Tokens ``[first, last)`` of a parse that are read together, all of one block."""

    block: int
    first: int
    last: int


class Inputs(NamedTuple):
    """What the encoder is given for one window of T tokens, P word pieces and F features.

    ``pieces`` (P), ``firsts``: the first piece of each token (T), ``heads``: the syntactic head of each token, counted
    from the window's first (T), ``features``: codes of each token's features (T, F).
    """

    pieces: Integers
    firsts: Integers
    heads: Integers
    features: Integers


class Scores(NamedTuple):
    """What the model says of the T tokens of a window: ``emissions`` (T, tags) and ``links`` (T, 5 * width)."""

    emissions: NDArray[np.float32]
    links: NDArray[np.float32]


@dataclass(frozen=True)
class Vocabulary:
    """Word pieces and values of features as numbers; 0 is a value of a feature that is not known."""

    pieces: dict[str, int]
    features: dict[str, dict[str, int]]
    _seen: dict[str, tuple[int, ...]] = field(default_factory=dict, repr=False, compare=False)

    def split(self, word: str) -> tuple[int, ...]:
        """The word pieces of a token: lower case, without accents, the longest known piece first."""
        if word not in self._seen:
            parts = [n for part in _parts(word) for n in self._longest_first(part)]
            self._seen[word] = tuple(parts) or (self.pieces[UNKNOWN],)
        return self._seen[word]

    def _longest_first(self, part: str) -> list[int]:
        found: list[int] = []
        start = 0
        while start < len(part):
            prefix = "##" if start else ""
            end = next((e for e in range(len(part), start, -1) if prefix + part[start:e] in self.pieces), None)
            if end is None:
                return [self.pieces[UNKNOWN]]
            found.append(self.pieces[prefix + part[start:end]])
            start = end
        return found

    def encode(self, parse: Parse, window: Window, features: Sequence[tuple[str, ...]]) -> Inputs:
        """The integers of one window; ``features`` are those of all tokens of the parse."""
        pieces, firsts, heads = [self.pieces[CLS]], [], []
        for token in parse.tokens[window.first : window.last]:
            firsts.append(len(pieces))
            pieces.extend(self.split(token.text))
            heads.append((token.head if window.first <= token.head < window.last else token.i) - window.first)
        pieces.append(self.pieces[SEP])
        codes = [
            [self.features[name].get(value, 0) for name, value in zip(FEATURES, values, strict=True)]
            for values in features[window.first : window.last]
        ]
        return Inputs(*(np.array(part, dtype=np.int64) for part in (pieces, firsts, heads, codes)))


@dataclass(frozen=True)
class Model:
    """The network as it ships, its vocabulary, and the tables that are kept beside it."""

    session: Any
    vocabulary: Vocabulary
    tables: dict[str, Any]

    def score(self, inputs: Inputs) -> Scores:
        """Read one window, alone: what stands beside it in a batch can then change nothing."""
        given = {name: part[None] for name, part in inputs._asdict().items()}
        emissions, links = self.session.run(["emissions", "links"], given | {"owners": owners(inputs)[None]})
        return Scores(emissions[0], links[0])


def owners(inputs: Inputs) -> Integers:
    """The token of each word piece, from 1; 0 for the marks at both ends."""
    found = np.searchsorted(inputs.firsts, np.arange(len(inputs.pieces)), side="right")
    found[-1] = 0
    return found


def has_model() -> bool:
    """Whether the weights and what runs them are installed."""
    return find_spec("onnxruntime") is not None and _folder().joinpath(NETWORK).is_file()


@functools.cache
def load_model() -> Model:
    """The shipped model, on one thread; raises FileNotFoundError or ImportError where ``has_model`` is false."""
    import onnxruntime

    tables = json.loads(_folder().joinpath(TABLES).read_text(encoding="utf-8"))
    pieces = _folder().joinpath(PIECES).read_text(encoding="utf-8").split("\n")
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    session = onnxruntime.InferenceSession(
        _folder().joinpath(NETWORK).read_bytes(), options, providers=["CPUExecutionProvider"]
    )
    vocabulary = Vocabulary({piece: n for n, piece in enumerate(pieces) if piece}, tables["features"])
    return Model(session, vocabulary, tables)


def _folder() -> Traversable:
    return files("samestory.sourcing").joinpath("weights")


def _parts(word: str) -> list[str]:
    """A token as BERT's basic tokenizer splits it; marks of one kind are written alike."""
    plain = '"' if word in MARKS else word.replace("’", "'").replace("‘", "'").lower()
    parts, open_word = [], False
    for c in unicodedata.normalize("NFD", plain):
        category = unicodedata.category(c)
        if category in ("Mn", "Cc", "Cf"):
            continue
        if category[0] == "P" or (c.isascii() and not c.isalnum()):
            parts.append(c)
            open_word = False
        elif open_word:
            parts[-1] += c
        else:
            parts.append(c)
            open_word = True
    return parts


def cut_windows(parse: Parse, vocabulary: Vocabulary) -> Iterator[Window]:
    """The parse in windows of at most ``LONGEST`` word pieces, each as much of one block as fits."""
    block, first, size = -1, 0, 0
    for sentence in parse.sentences:
        for start, _last, length in _cut_sentence(parse, sentence.first, sentence.last, vocabulary):
            if sentence.block != block or size + length > LONGEST:
                if start > first:
                    yield Window(block, first, start)
                block, first, size = sentence.block, start, 0
            size += length
    if first < len(parse.tokens):
        yield Window(block, first, len(parse.tokens))


def _cut_sentence(parse: Parse, first: int, last: int, vocabulary: Vocabulary) -> Iterator[tuple[int, int, int]]:
    size = 0
    for token in parse.tokens[first:last]:
        length = len(vocabulary.split(token.text))
        if size + length > LONGEST:
            yield first, token.i, size
            first, size = token.i, 0
        size += length
    yield first, last, size


def token_features(
    parse: Parse, quotations: Sequence[Quotation], hints: Mapping[str, Sequence[Span]]
) -> list[tuple[str, ...]]:
    """For each token the values of ``FEATURES``: its place in the parse, in quotation marks and in the text.

    ``hints`` are the spans of each role that the rules find.
    """
    left, right, clause = _edges(parse)
    ruled = [_hint_states(parse, hints[role]) for role in ("source", "cue", "content")]
    quote = _quotation_states(parse, quotations)
    starts = {s.first for s in parse.sentences}
    places = [min(parse.sentences[t.sentence].block, 2) for t in parse.tokens]
    return [
        (
            t.tag, t.dep, _head_feature(parse, t), left[t.i], right[t.i], clause[t.i], t.entity, quote[t.i],
            _shape(t.text), f"{places[t.i]}{'^' if t.i in starts else ''}", *(states[t.i] for states in ruled),
        )
        for t in parse.tokens
    ]  # fmt: skip


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
