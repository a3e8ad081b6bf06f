"""House style: cut out or read as one form, listed, and nothing else touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.framing.house_style import KINDS, name_pattern, read_words


def read(text: str, **names: list[str]) -> list[str]:
    return [word.word for word in read_words(text, name_pattern(names, names)).words]


def kinds(text: str, **names: list[str]) -> list[tuple[str, str]]:
    return [(mask.mask, mask.kind) for mask in read_words(text, name_pattern(names, names)).masks]


def test_words_are_lower_case_without_marks_and_numbers():
    assert read("The ferry (No. 40) left Ostrow-Lake; “late,” she said.") == [
        "the", "ferry", "no", "left", "ostrow-lake", "late", "she", "said",
    ]  # fmt: skip


def test_outlets_are_masked():
    pattern = name_pattern(["www.courier.com", "gazette"], {"gazette": ["The Evening Gazette"]})
    text = "courier.com: The Courier sent a courier to the gazette and the evening gazette"
    assert [w.word for w in read_words(text, pattern).words] == ["the", "sent", "a", "courier", "to", "the", "and"]


def test_a_paper_is_masked_by_its_short_names_with_a_capital():
    pattern = name_pattern(["The Brask Lantern"])
    text = "the Brask Lantern: the lantern that The Lantern lit"
    assert [w.word for w in read_words(text, pattern).words] == ["the", "lantern", "that", "lit"]


@pytest.mark.parametrize(
    ("text", "words", "mask", "kind"),
    [
        ("met Mr. Ruel", "met ruel", "mr", "courtesy"),
        ("met Mrs Ruel", "met ruel", "mrs", "courtesy"),
        ("met Sen. Ruel", "met ruel", "sen", "title"),
        ("met Senator Ruel", "met ruel", "senator", "title"),
        ("met Lt. Gen. Ruel", "met ruel", "lt. gen", "title"),
        ("Ruel, R-Ohio, left", "ruel left", "r-ohio", "title"),
        ("Ruel, Republican of Ohio, left", "ruel left", "republican of ohio", "title"),
        ("met Ada B. Ruel", "met ada ruel", "b", "name_form"),
        ("met Ada Ruel Jr. there", "met ada ruel there", "jr", "name_form"),
        ("Ruel told The Brask Times on Friday", "ruel on friday", "told the brask times", "credit"),
        ("Ruel told Reuters on Friday", "ruel on friday", "told reuters", "credit"),
        ("BRASK (AP) fire", "brask fire", "ap", "credit"),
        ("see https://brask.example/a-b now", "see now", "https://brask.example/a-b", "address"),
        ("ten per cent fell", "ten percent fell", "per cent = percent", "spelling"),
        ("10% fell", "percent fell", "% = percent", "spelling"),
        ("the U.S. envoy", "the united states envoy", "U.S. = united states", "spelling"),
        ("the F.B.I. came", "the fbi came", "F.B.I. = fbi", "spelling"),
        ("in Brask, Calif., today", "in brask california today", "Calif. = california", "spelling"),
        ("on Sept. 3", "on september", "Sept. = september", "spelling"),
        ("the colour", "the color", "colour = color", "spelling"),
        ("it organised", "it organized", "organised = organized", "spelling"),
        ("two metres", "two meters", "metres = meters", "spelling"),
        ("they travelled", "they traveled", "travelled = traveled", "spelling"),
        ("Al-Qaida fell", "al qaeda fell", "al-qaida = al qaeda", "spelling"),
        ("she won’t go", "she will not go", "n't = not", "contraction"),
        ("it's late", "it is late", "'s = is", "contraction"),
    ],
)
def test_house_style_is_read_as_one_form_and_listed(text: str, words: str, mask: str, kind: str):
    assert " ".join(read(text)) == words
    assert kinds(text) == [(mask, kind)]


@pytest.mark.parametrize(
    "text",
    ["the senator spoke", "a general strike", "an hour of our time", "they promise exercise", "General Motors fell",
     "she told the council", "a miss is as good", "four sure sources"],
)  # fmt: skip
def test_common_words_stay(text: str):
    assert " ".join(read(text)) == text.lower()
    assert kinds(text) == []


def test_a_possessive_is_the_bare_word():
    assert read("the town’s bridge") == ["the", "town", "bridge"]
    assert kinds("the town’s bridge") == []


def test_telling_any_outlet_of_the_study_is_a_credit():
    assert kinds("she told Lantern on Friday", lantern=["Lantern"]) == [("told lantern", "credit")]


@given(st.text(alphabet=" .,'’\nAaBbMmRrSsUu%1-", max_size=60))
def test_every_word_stands_where_it_says(text: str):
    reading = read_words(text, name_pattern(["ab"]))
    assert [w.start for w in reading.words] == sorted(w.start for w in reading.words)
    for word in reading.words:
        assert word.word and 0 <= word.start < word.end <= len(text)
    assert {mask.kind for mask in reading.masks} <= set(KINDS)
