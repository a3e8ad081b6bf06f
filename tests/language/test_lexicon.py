"""Lexicons: whole words, the longest entry, and offsets that hold in any text."""

from __future__ import annotations

import re

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samestory.language import Lexicon
from samestory.language.lexicon import fold

CUES = Lexicon(
    {"may": "hedge", "more than": "bound", "more than likely": "hedge", "at least": "bound", "i'm told": "evidential"}
)

letters = st.text("abé -'’.", min_size=1, max_size=6).filter(lambda s: s.strip())
anything = st.text(st.characters(), max_size=40)


def found(lexicon: Lexicon, text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.code) for m in lexicon.find(text)]


def test_longest_entry_wins():
    assert found(CUES, "It is more than likely, with more than ten.") == [
        ("more than likely", "hedge"),
        ("more than", "bound"),
    ]


def test_only_whole_words():
    assert found(CUES, "The mayor may dismay Mayfield.") == [("may", "hedge")]
    assert found(CUES, "May_1 x may2 “may” may.") == [("may", "hedge"), ("may", "hedge")]


def test_blank_in_an_entry_stands_for_any_white_space():
    assert found(CUES, "At\u00a0least 5, at\r\nleast 6, AT  LEAST 7, atleast 8") == [
        ("At\u00a0least", "bound"),
        ("at\r\nleast", "bound"),
        ("AT  LEAST", "bound"),
    ]


def test_curly_apostrophes_are_apostrophes():
    assert found(CUES, "I’m told that I'm told") == [("I’m told", "evidential"), ("I'm told", "evidential")]


def test_only_what_lies_between_start_and_end():
    text = "may may may"
    assert [m.start for m in CUES.find(text, 4, 7)] == [4]
    assert [m.start for m in CUES.find(text, 5)] == [8]


def test_lexicon_without_entries_finds_nothing():
    assert found(Lexicon({}), "may") == []


def test_entries_are_looked_up_as_they_are_found():
    assert "More  Than" in CUES and "than" not in CUES
    assert CUES.code("AT LEAST") == "bound" and CUES.code("least") is None


@pytest.mark.parametrize("text", ["İstanbul may", "ǰ ẞ ﬁ İİİ may", "🚢🚢 may", "a\u0301 may"])
def test_letters_that_fold_to_two_do_not_move_what_follows(text: str):
    assert found(CUES, text) == [("may", "hedge")]


@given(anything)
@example("İ" * 5 + " may’")
@settings(max_examples=200)
def test_folding_keeps_every_character_in_its_place(text: str):
    folded = fold(text)
    assert len(folded) == len(text)
    assert all(f in (c.lower(), c, "'") for c, f in zip(text, folded, strict=True))


@given(st.dictionaries(letters, st.just("x"), max_size=8), st.text("abéAB -'’.\n\u00a0İ", max_size=40))
@settings(max_examples=300, deadline=None)
def test_finds_what_a_plain_search_finds(entries: dict[str, str], text: str):
    lexicon = Lexicon(entries)
    folded = fold(text)
    expected, at = [], 0
    while at <= len(text):
        lengths = [
            len(hit.group())
            for entry in lexicon_entries(entries)
            if (hit := re.compile(rf"(?<!\w){entry}(?!\w)").match(folded, at))
        ]
        if lengths and max(lengths):
            expected.append((at, at + max(lengths)))
            at += max(lengths)
        else:
            at += 1
    assert [(m.start, m.end) for m in lexicon.find(text)] == expected


def lexicon_entries(entries: dict[str, str]) -> list[str]:
    """The entries as patterns of their own, without a trie."""
    plain = {" ".join(fold(entry).split()) for entry in entries}
    return [r"\s+".join(re.escape(word) for word in entry.split()) for entry in sorted(plain)]
