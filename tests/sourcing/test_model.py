"""The learned tagger: windows, word pieces and features; spans and links from scores; the shipped weights."""

from __future__ import annotations

from itertools import pairwise, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.language import parse_blocks
from samestory.language.quotations import find_quotations
from samestory.sourcing import model
from samestory.sourcing.model import FEATURES, Scores, Vocabulary, cut_windows, has_model, token_features
from samestory.sourcing.tagging import (
    FAR,
    ROLES,
    TAGS,
    WIDTH,
    Decoder,
    Marked,
    choose_spans,
    find_candidates,
    link_spans,
    tag_attributions,
)
from samestory.validation.external import body

PIECES = {
    piece: n for n, piece in enumerate(["[UNK]", "[CLS]", "[SEP]", "the", "ferry", "fer", "##ries", "'", "s", '"'])
}
TEXT = "The ferry sank, said Jane Roe, the mayor.\nShe added: “Nobody was hurt.”\n"
NO_HINTS: dict[str, list[tuple[int, int]]] = {role: [] for role in ROLES}
needs_weights = pytest.mark.skipif(not has_model(), reason="the weights or onnxruntime are not installed")


def parse(text):
    starts = [0, *(n + 1 for n, c in enumerate(text) if c == "\n")]
    return parse_blocks(text, [block for block in pairwise(starts) if text[slice(*block)].strip()])


def decoder(transitions=None, starts=None, ends=None, threshold=0.3):
    """A decoder that knows of no spans going on from nowhere, and nothing else unless told."""
    size = len(TAGS)
    barred = np.array(
        [[-50.0 * (b % 2 == 0 and b > 0 and a not in (b, b - 1)) for b in range(size)] for a in range(size)]
    )
    return Decoder(
        transitions=barred + (0 if transitions is None else transitions),
        starts=barred[0] + (0 if starts is None else starts),
        ends=np.zeros(size) if ends is None else ends,
        near=np.zeros((2, FAR)), between=np.zeros((2, 3)), nothing=np.zeros((2, WIDTH)), nothing_bias=np.zeros(2),
        thresholds=dict.fromkeys(ROLES, threshold),
    )  # fmt: skip


def mark_spans(scores, own):
    return [choose_spans(candidates, own) for candidates in find_candidates(scores, own)]


def spans_of(tags):
    """The spans that a sequence of tags spells."""
    found, n = set(), 0
    while n < len(tags):
        end = n
        if TAGS[tags[n]].startswith("B-"):
            while end + 1 < len(tags) and tags[end + 1] == tags[n] + 1:
                end += 1
            found.add((TAGS[tags[n]][2:], n, end))
        n = end + 1
    return found


# ---- inputs


def test_words_are_split_into_the_longest_known_pieces():
    split = Vocabulary(PIECES, {}).split
    assert split("Ferries") == (PIECES["fer"], PIECES["##ries"])
    assert split("ferryx") == (PIECES["[UNK]"],)
    assert split("’s") == (PIECES["'"], PIECES["s"])
    assert split("“") == split("''") == split('"') == (PIECES['"'],)


@pytest.mark.parametrize("longest", [8, 14, 400])
def test_windows_hold_every_token_once_and_no_two_blocks(monkeypatch, longest):
    monkeypatch.setattr(model, "LONGEST", longest)
    parsed, vocabulary = parse(TEXT), Vocabulary(PIECES, {})
    windows = list(cut_windows(parsed, vocabulary))
    assert [n for w in windows for n in range(w.first, w.last)] == list(range(len(parsed.tokens)))
    for window in windows:
        tokens = parsed.tokens[window.first : window.last]
        assert {parsed.sentences[t.sentence].block for t in tokens} == {window.block}
        assert sum(len(vocabulary.split(t.text)) for t in tokens) <= longest
    assert (len(windows) == 2) == (longest > 8)


def test_heads_outside_a_window_are_the_token_itself(monkeypatch):
    monkeypatch.setattr(model, "LONGEST", 3)
    parsed, vocabulary = parse(TEXT), Vocabulary(PIECES, {name: {} for name in FEATURES})
    features = token_features(parsed, [], NO_HINTS)
    for window in cut_windows(parsed, vocabulary):
        inputs = vocabulary.encode(parsed, window, features)
        assert ((inputs.heads >= 0) & (inputs.heads < window.last - window.first)).all()
        assert inputs.features.shape == (window.last - window.first, len(FEATURES))


def test_features_tell_quotations_and_the_edges_of_clauses():
    parsed = parse(TEXT)
    rows = [
        dict(zip(FEATURES, values, strict=True))
        for values in token_features(parsed, find_quotations(TEXT, parsed.blocks), NO_HINTS)
    ]
    by_word = {t.text: row for t, row in zip(parsed.tokens, rows, strict=True)}
    assert (
        by_word["“"]["quote"] == "firstoc" and by_word["Nobody"]["quote"] == "oc" and by_word["sank"]["quote"] == "out"
    )
    assert by_word["sank"]["right"] == "ccomp" and by_word["ferry"]["shape"] == "lower"
    assert rows[0]["place"] == "0^" and rows[-1]["place"] == "1"


# ---- spans and links


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_probabilities_of_spans_are_those_of_all_taggings_counted_out(seed, length):
    chance = np.random.default_rng(seed)
    size = len(TAGS)
    own = decoder(chance.normal(size=(size, size)), chance.normal(size=size), chance.normal(size=size), threshold=0.0)
    emissions = chance.normal(size=(length, size)) * 2
    weights: dict = {}
    total = 0.0
    for tags in product(range(size), repeat=length):
        score = own.starts[tags[0]] + own.ends[tags[-1]] + sum(emissions[n, tag] for n, tag in enumerate(tags))
        weight = np.exp(score + sum(own.transitions[a, b] for a, b in pairwise(tags)))
        total += weight
        for span in spans_of(tags):
            weights[span] = weights.get(span, 0.0) + weight
    for span in mark_spans([Scores(emissions, np.zeros((length, 5 * WIDTH)))], own)[0]:
        assert span.probability == pytest.approx(weights[span[:3]] / total, rel=1e-6)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_spans_never_overlap_and_do_not_depend_on_other_windows(seed, lengths):
    chance = np.random.default_rng(seed)
    scores = [Scores(chance.normal(size=(n, len(TAGS))) * 3, np.zeros((n, 5 * WIDTH))) for n in lengths]
    together = mark_spans(scores, decoder())
    assert together == [mark_spans([score], decoder())[0] for score in scores]
    for spans in together:
        assert all(a.last < b.first for a, b in pairwise(spans))


def test_a_threshold_keeps_out_what_is_less_likely():
    emissions = np.zeros((3, len(TAGS)))
    emissions[:, 0] = 3.0
    emissions[1, TAGS.index("B-cue")] = 3.0
    scores = [Scores(emissions, np.zeros((3, 5 * WIDTH)))]
    low, high = (mark_spans(scores, decoder(threshold=t))[0] for t in (0.3, 0.6))
    assert [(s.role, s.first, s.last) for s in low] == [("cue", 1, 1)] and high == []


def test_each_content_goes_to_its_cue_and_cues_may_share_a_source():
    spans = [Marked("source", 0, 0, 1.0), Marked("cue", 1, 1, 1.0), Marked("content", 2, 4, 1.0),
             Marked("cue", 5, 5, 1.0), Marked("content", 6, 8, 1.0), Marked("content", 9, 9, 1.0)]  # fmt: skip
    links = np.zeros((10, 5, WIDTH))
    links[1, 2, 0] = links[5, 2, 1] = 10.0  # keys of the cues
    links[2, 0, 0] = links[6, 0, 1] = 10.0  # what the contents ask for
    links[9, 1, 2] = 10.0  # asks for what no cue has
    links[0, 4, 3] = links[1, 3, 3] = links[5, 3, 3] = 10.0  # both cues ask for the source
    own = decoder()
    own.nothing[0, 2] = 10.0
    linked = link_spans(Scores(np.zeros((10, len(TAGS))), links.reshape(10, -1)), spans, own)
    assert [(one.cue.first, [c.first for c in one.contents]) for one in linked] == [(1, [2]), (5, [6])]
    assert [one.source.first for one in linked] == [0, 0]


# ---- the shipped weights


@needs_weights
def test_the_model_finds_source_cue_and_content():
    text = "The ferry sank within minutes, the mayor of the town told reporters on Monday.\n"
    (found,) = tag_attributions(body("a", text))
    assert text[slice(*found.cue)] == "told reporters" or text[slice(*found.cue)] == "told"
    assert text[slice(*found.source)] == "the mayor of the town"
    assert text[slice(*found.contents[0])].startswith("The ferry sank within minutes")
    assert (found.kind, found.stance) == ("speech", "neutral")


@needs_weights
def test_a_paragraph_is_read_alike_wherever_it_stands():
    alone = tag_attributions(body("a", TEXT))
    after = "Filler of one line.\n\nAnd another, with a lot more words in it than the first one had.\n\n"
    beside = tag_attributions(body("a", TEXT + after))
    assert alone and [f.cue for f in beside][: len(alone)] == [f.cue for f in alone]


@needs_weights
@pytest.mark.parametrize("text", ["", "\n", "?", "\u0301\u200b", "word " * 700])
def test_odd_texts_are_read(text):
    for found in tag_attributions(body("a", text)):
        assert found.contents and all(0 <= start < end <= len(text) for start, end in (found.cue, *found.contents))
