"""What the tagger is given: windows, word pieces and features."""

from __future__ import annotations

from itertools import pairwise

import pytest

from samestory.language import parse_blocks
from samestory.language.encoding import Pieces
from samestory.language.quotations import find_quotations
from samestory.sourcing.found import read_scene
from samestory.sourcing.rules import find_by_rules
from samestory.sourcing.tagger import windows
from samestory.sourcing.tagger.features import FEATURES, token_features
from samestory.sourcing.tagger.network import encode
from samestory.sourcing.tagger.windows import cut_windows
from samestory.validation.external import body

PIECES = Pieces(
    {piece: n for n, piece in enumerate(["[UNK]", "[CLS]", "[SEP]", "the", "ferry", "fer", "##ries", "'", "s", '"'])}
)
TEXT = "The ferry sank, said Jane Roe, the mayor.\nShe added: “Nobody was hurt.”\n"


def parse(text):
    starts = [0, *(n + 1 for n, c in enumerate(text) if c == "\n")]
    return parse_blocks(text, [block for block in pairwise(starts) if text[slice(*block)].strip()])


def test_words_are_split_into_the_longest_known_pieces():
    numbers, split = PIECES.numbers, PIECES.split
    assert split("Ferries") == (numbers["fer"], numbers["##ries"])
    assert split("ferryx") == (numbers["[UNK]"],)
    assert split("’s") == (numbers["'"], numbers["s"])
    assert split("“") == split("''") == split('"') == (numbers['"'],)


@pytest.mark.parametrize("longest", [8, 14, 400])
def test_windows_hold_every_token_once_and_no_two_blocks(monkeypatch, longest):
    monkeypatch.setattr(windows, "LONGEST", longest)
    parsed = parse(TEXT)
    cut = list(cut_windows(parsed, PIECES))
    assert [n for w in cut for n in range(w.first, w.last)] == list(range(len(parsed.tokens)))
    for window in cut:
        tokens = parsed.tokens[window.first : window.last]
        assert {parsed.sentences[t.sentence].block for t in tokens} == {window.block}
        assert sum(len(PIECES.split(t.text)) for t in tokens) <= longest
    assert (len(cut) == 2) == (longest > 8)


def test_inputs_of_a_window_point_into_the_window(monkeypatch):
    monkeypatch.setattr(windows, "LONGEST", 3)
    parsed = parse(TEXT)
    features = token_features(parsed, [], [])
    for window in cut_windows(parsed, PIECES):
        size = window.last - window.first
        inputs = encode(parsed, window, PIECES, {name: {} for name in FEATURES}, features)
        assert inputs.features.shape == (size, len(FEATURES)) and not inputs.features.any()
        assert [int(inputs.firsts[0]), len(inputs.firsts)] == [1, size] and inputs.firsts.max() < len(inputs.pieces) - 1


def test_features_tell_quotations_and_the_edges_of_clauses():
    parsed = parse(TEXT)
    rows = [
        dict(zip(FEATURES, values, strict=True))
        for values in token_features(parsed, find_quotations(TEXT, parsed.blocks), [])
    ]
    by_word = {t.text: row for t, row in zip(parsed.tokens, rows, strict=True)}
    assert by_word["“"]["quote"] == "firstoc" and by_word["Nobody"]["quote"] == "oc"
    assert by_word["sank"]["quote"] == "out" and by_word["sank"]["right"] == "ccomp"
    assert by_word["ferry"]["shape"] == "lower"
    assert rows[0]["place"] == "0^" and rows[-1]["place"] == "1"


def test_features_tell_what_the_rules_find():
    scene = read_scene(body("a", TEXT))
    rows = token_features(scene.parse, scene.quotations, find_by_rules(scene))
    by_word = {t.text: dict(zip(FEATURES, row, strict=True)) for t, row in zip(scene.parse.tokens, rows, strict=True)}
    assert by_word["said"]["rule_cue"] == "1BE" and by_word["ferry"]["rule_content"] == "1"
    assert by_word["Jane"]["rule_source"] == "1B" and by_word["hurt"]["rule_source"] == "0"
