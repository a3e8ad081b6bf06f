"""States by name, people, capital and seat of government."""

from __future__ import annotations

import csv

import pytest

from samestory.language.states import TABLE, state_named


@pytest.mark.parametrize(
    ("words", "state", "by"),
    [
        ("north korea", "north korea", "name"),
        ("dprk", "north korea", "name"),
        ("north korean", "north korea", "people"),
        ("pyongyang", "north korea", "capital"),
        ("kremlin", "russia", "seat"),
    ],
)
def test_what_stands_for_a_state(words: str, state: str, by: str):
    assert state_named(words) == (state, by)


def test_what_stands_for_none():
    assert state_named("korean") is None and state_named("") is None


def test_no_word_of_the_table_stands_for_two_states():
    with TABLE.open(encoding="utf-8", newline="") as file:
        words = [w for row in csv.DictReader(file) for cell in row.values() for w in cell.split(";") if w]
    # a state that is called as its capital is names that capital by an empty cell
    assert sorted(w for w in set(words) if words.count(w) > 1) == []
