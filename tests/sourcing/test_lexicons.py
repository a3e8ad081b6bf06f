"""The word lists are well formed and say what the codebook says."""

from __future__ import annotations

import pytest

from samestory.sourcing import lexicons
from samestory.tables import ATTRIBUTION_KINDS, CUE_STANCES, SOURCE_TYPES


def test_headers_hold_codes_of_the_codebook() -> None:
    for header, lemmas in lexicons.read_sections("cue_verbs"):
        kind, stance = header.partition(":")[0].split()
        assert kind in ATTRIBUTION_KINDS and stance in CUE_STANCES and lemmas
    assert all(code.kind in ATTRIBUTION_KINDS and code.stance in CUE_STANCES for code in lexicons.cue_nouns().values())
    assert set(lexicons.source_types().values()) | set(lexicons.titles().values()) <= set(SOURCE_TYPES)


def test_words_are_lower_case_and_whole() -> None:
    for name in ("cue_verbs", "cue_nouns", "source_types", "titles"):
        for _, members in lexicons.read_sections(name):
            assert all(m == m.lower() and not m.endswith("-") for m in members)


@pytest.mark.parametrize(
    ("lemma", "shape", "code"),
    [
        ("say", "clause", ("speech", "neutral")),
        ("believe", "clause", ("thought", "nonfactive")),
        ("accuse", "them-of", ("speech", "nonfactive")),
        ("see", "as", ("thought", "nonfactive")),
        ("see", "clause", ("evidence", "neutral")),
        ("deny", "clause", ("speech", "denial")),
    ],
)
def test_the_same_verb_in_another_shape_may_say_something_else(lemma: str, shape: str, code: tuple[str, str]) -> None:
    assert lexicons.cue_verb(lemma)[1][shape] == code


def test_spellings_meet() -> None:
    assert lexicons.cue_verb("emphasise") == lexicons.cue_verb("emphasize")
    assert lexicons.cue_verb("hop")[0] == "hope"
    assert lexicons.cue_verb("sentence")[1] == {}


def test_an_unknown_section_is_an_error() -> None:
    with pytest.raises(KeyError):
        lexicons.words("nothing of the kind")
