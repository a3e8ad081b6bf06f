"""Quotation marks of every kind, careless ones included."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.language.quotations import Quotation, covering, find_quotations


def quoted(text: str) -> list[str]:
    return [text[q.start : q.end] for q in find_quotations(text, lines(text))]


def lines(text: str) -> list[tuple[int, int]]:
    spans, start = [], 0
    for line in text.splitlines(keepends=True):
        spans.append((start, start + len(line.rstrip())))
        start += len(line)
    return spans


@pytest.mark.parametrize(
    "text",
    [
        '"Go home," she said.',
        "“Go home,” she said.",
        "''Go home,'' she said.",
        "``Go home,'' she said.",
        "«Go home,» she said.",
    ],
)
def test_any_double_marks_are_found_with_the_marks(text: str) -> None:
    assert quoted(text) == [text[: text.index(" she")]]


def test_two_quotations_around_a_cue() -> None:
    assert quoted('"We ran," he said. "Nobody helped."') == ['"We ran,"', '"Nobody helped."']


def test_single_marks_count_and_apostrophes_do_not() -> None:
    text = "The farmers' union says it isn't 'over yet', but the 'lads' mag' row won't end."
    assert quoted(text) == ["'over yet'", "'lads' mag'"]


def test_a_quotation_within_a_quotation_is_one_deeper() -> None:
    text = "\"She told me 'get out' and left,\" Ann said."
    assert [(text[q.start : q.end], q.depth) for q in find_quotations(text, lines(text))] == [
        ("\"She told me 'get out' and left,\"", 0),
        ("'get out'", 1),
    ]


def test_nested_marks_that_close_together_as_three_apostrophes() -> None:
    text = "''He said, 'You are late,''' she recalled."
    assert quoted(text) == ["''He said, 'You are late,'''", "'You are late,'"]


def test_an_unclosed_mark_ends_with_its_sentence() -> None:
    text = 'They planned "acts of sabotage using stolen fuel. Nobody was hurt.'
    (found,) = find_quotations(text, lines(text))
    assert (text[found.start : found.end], found.closed) == ('"acts of sabotage using stolen fuel.', False)


def test_a_closing_mark_that_was_never_opened_begins_with_its_sentence() -> None:
    text = "It rained. Neighbours say the man ran east.”"
    (found,) = find_quotations(text, lines(text))
    assert (text[found.start : found.end], found.opened) == ("Neighbours say the man ran east.”", False)


def test_a_speaker_who_goes_on_over_paragraphs() -> None:
    text = "“First we waited. Then we left.\n“Then it rained.”\nHe went home."
    found = find_quotations(text, lines(text))
    assert [(text[q.start : q.end], q.closed) for q in found] == [
        ("“First we waited. Then we left.", False),
        ("“Then it rained.”", True),
    ]


def test_an_unclosed_mark_never_swallows_the_next_paragraph() -> None:
    text = '"It is over\nThe mayor left. "Good," said one.'
    assert quoted(text) == ['"It is over', '"Good,"']


def test_feet_and_inches_are_no_quotation() -> None:
    assert quoted("He is 5'10\" tall and left.") == []


def test_covering_gives_the_outermost_opened_quotation() -> None:
    outer, inner = Quotation(0, 20, True, True, 0, 0), Quotation(5, 10, True, True, 1, 0)
    assert covering([outer, inner], 6, 8) == outer
    assert covering([outer._replace(opened=False)], 6, 8) is None


@given(st.text(alphabet="ab. ,\n\"'“”‘’`«»sT", max_size=80))
def test_quotations_stay_in_their_block_and_do_not_overlap_at_one_depth(text: str) -> None:
    blocks = lines(text)
    found = find_quotations(text, blocks)
    for q in found:
        assert blocks[q.block][0] <= q.start < q.end <= blocks[q.block][1]
    level = [q for q in found if q.depth == 0 and text[q.end - 1] not in "'’"]
    assert all(one.end <= other.start for one, other in pairwise(level))
