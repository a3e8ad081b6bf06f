"""Quantities from digits and words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.language.numbers import SMALL, TENS, find_quantities, number_value

ONES = {value: word for word, value in SMALL.items()}
DECADES = {value: word for word, value in TENS.items()}


def spell(number: int) -> str:
    """A number below a billion in British words: an inverse of the reader, written apart from it."""
    if number < 20:
        return ONES[number]
    if number < 100:
        return DECADES[number - number % 10] + (f"-{ONES[number % 10]}" if number % 10 else "")
    for size, word in ((10**6, "million"), (10**3, "thousand"), (100, "hundred")):
        if number >= size:
            rest = number % size
            joint = " and " if rest < 100 else " "
            return f"{spell(number // size)} {word}" + (f"{joint}{spell(rest)}" if rest else "")
    raise ValueError(number)


@given(st.integers(1, 10**9 - 1))
def test_a_spelled_number_has_its_value(number: int) -> None:
    assert number_value(spell(number)) == number


@given(st.integers(1, 10**9 - 1))
def test_digits_have_their_value_with_and_without_commas(number: int) -> None:
    assert number_value(str(number)) == number_value(f"{number:,}") == number


@given(
    st.text(
        alphabet=st.sampled_from("ab 0123456789,.-$one two to at least dozens about half \n\u2019\u0130"), max_size=60
    )
)
def test_spans_lie_in_the_text_and_do_not_overlap(text: str) -> None:
    at = 0
    for quantity in find_quantities(text):
        assert at <= quantity.start <= quantity.number_start < quantity.number_end <= quantity.end <= len(text)
        at = quantity.end


@pytest.mark.parametrize(
    ("text", "span", "low", "high", "bound"),
    [
        ("at least 12 of them", "at least 12", 12, None, "at_least"),
        ("At lease one baker", "At lease one", 1, None, "at_least"),
        ("more than a hundred", "more than a hundred", 100, None, "at_least"),
        ("no fewer than nine", "no fewer than nine", 9, None, "at_least"),
        ("30 or more sheep", "30 or more", 30, None, "at_least"),
        ("as many as 60", "as many as 60", 60, None, "at_most"),
        ("fewer than ten", "fewer than ten", 10, None, "at_most"),
        ("nearly 80", "nearly 80", 80, None, "approximate"),
        ("about US$5 million", "about US$5 million", 5e6, None, "approximate"),
        ("some 200 barns", "some 200", 200, None, "approximate"),
        ("two or three", "two or three", 2, 3, "range"),
        ("between 10 and 20", "between 10 and 20", 10, 20, "range"),
        ("10-20 goats", "10-20", 10, 20, "range"),
        ("10 to 20 million", "10 to 20 million", 1e7, 2e7, "range"),
        ("a dozen eggs", "a dozen", 12, None, "exact"),
        ("half a dozen", "half a dozen", 6, None, "exact"),
        ("dozens of goats", "dozens", None, None, "approximate"),
        ("several hundred goats", "several hundred", None, None, "approximate"),
        ("tens of thousands", "tens of thousands", None, None, "approximate"),
        ("scores of goats", "scores", None, None, "approximate"),
        ("1.5 million", "1.5 million", 1.5e6, None, "exact"),
    ],
)
def test_a_quantity_with_its_bound(text: str, span: str, low: float | None, high: float | None, bound: str) -> None:
    (found,) = find_quantities(text)
    assert (text[found.start : found.end], found.low, found.high, found.bound) == (span, low, high, bound)


@pytest.mark.parametrize("text", ["at 10:30", "on 9/11", "the A320", "the 7th", "version 3.5.2", "she scores goals"])
def test_what_is_no_quantity(text: str) -> None:
    assert find_quantities(text) == []


def test_a_change_is_two_quantities() -> None:
    assert [q.low for q in find_quantities("rose from 80 to 84")] == [80, 84]


@pytest.mark.parametrize("text", ["talked about three goats", "over three days"])
def test_about_and_over_do_not_always_qualify(text: str) -> None:
    (found,) = find_quantities(text)
    assert found.bound == "exact" and found.qualifier_start is None
