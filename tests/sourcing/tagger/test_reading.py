"""The shipped tagger, and how it works beside the rules."""

from __future__ import annotations

import pytest

from samestory.sourcing import attributions, find_attributions
from samestory.sourcing.found import read_scene
from samestory.sourcing.rules import find_by_rules
from samestory.sourcing.tagger import tag_attributions
from samestory.validation.external import body

TEXT = "The ferry sank, said Jane Roe, the mayor.\nShe added: “Nobody was hurt.”\n"


def tag(text):
    scene = read_scene(body("a", text))
    return tag_attributions(scene, find_by_rules(scene))


def test_the_tagger_finds_source_cue_and_content():
    text = "The ferry sank within minutes, the mayor of the town said on Monday.\n"
    (found,) = tag(text)
    assert text[slice(*found.cue)] == "said"
    assert text[slice(*found.source)] == "the mayor of the town"
    assert text[slice(*found.contents[0])].startswith("The ferry sank within minutes")
    assert (found.kind, found.stance) == ("speech", "neutral")


def test_a_paragraph_is_read_alike_wherever_it_stands():
    alone = tag(TEXT)
    after = "Filler of one line.\n\nAnd another, with a lot more words in it than the first one had.\n\n"
    assert alone and [f.cue for f in tag(TEXT + after)][: len(alone)] == [f.cue for f in alone]


@pytest.mark.parametrize("text", ["", "\n", "?", "\u0301\u200b", "word " * 700, "#@" * 900, "x" * 3000])
def test_odd_texts_are_read(text):
    for found in tag(text):
        assert found.contents and all(0 <= start < end <= len(text) for start, end in (found.cue, *found.contents))


def test_every_row_says_which_engine_found_it(monkeypatch):
    assert set(find_attributions(body("a", TEXT)).attributions.engine) == {attributions.TAGGER}
    monkeypatch.setattr(attributions, "has_model", lambda: False)
    by_rules = find_attributions(body("a", TEXT)).attributions
    assert len(by_rules) == 2 and set(by_rules.engine) == {attributions.RULES}


def test_rules_add_what_stands_inside_a_content_the_tagger_found():
    text = "One official told the paper that witnesses said the driver had fled.\n"
    found = find_attributions(body("a", text)).attributions
    inner = found[found.layer == 2]
    assert [text[int(s) : int(e)] for s, e in zip(inner.cue_start, inner.cue_end, strict=True)] == ["said"]


def test_a_passive_cue_takes_no_source_from_the_next_clause():
    text = "Dozens of pilots are known to be on strike and the airline has long warned that flights would stop.\n"
    known, warned = tag(text)
    assert text[slice(*known.cue)].startswith("are known") and not known.sources
    assert text[slice(*warned.source)] == "the airline"


def test_an_unclosed_mark_swallows_no_more_than_its_paragraph():
    text = "Jane Roe said: “The ferry sank at once.\n\nThe harbour was closed for a day. Divers came from the city.\n"
    contents = find_attributions(body("a", text)).contents
    assert contents.end.max() < text.index("The harbour")
