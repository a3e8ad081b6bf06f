"""Borrowed words: eight in a row, however they are set; whole titles; and what is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.textfree import find_runs, index_runs

TEXT = "Gunman kills four in attack on police station.\nThe Café's owner, 42, saw it all — twice, she said."
RUNS = index_runs([TEXT], titles=["Five dead in café siege", "Four dead"])


@pytest.mark.parametrize(
    "set_so",
    [
        "gunman kills four in attack on police station",
        "https://x.example/2016/gunman-kills-four-in-attack-on-police-station/?id=3",
        "gunman_kills_four_in_attack_on_police_station.html",
        "Gunman%20kills%20four%20in%20attack%20on%20police%20station",
        "GunmanKillsFourInAttackOnPoliceStation",
        "https://x.example/gunmankillsfourinattackonpolicestation",
        '"Gunman, kills, four, in","attack, on, police station"',
        "Gunman\\nkills four\\u0020in attack on police station",
        "Gunman &quot;kills&quot; four in attack on police station",
        "station, the cafe's owner 42 saw it all",
        "the-cafes-owner-42-saw-it-all-twice",
        "x\nthe\ncafé's\nowner\n42\nsaw\nit\nall",
        "/five-dead-in-cafe-siege/",
    ],
)
def test_a_run_is_found_however_it_is_set(set_so: str) -> None:
    assert next(find_runs(RUNS, set_so), None) is not None


@pytest.mark.parametrize(
    "other",
    [
        "gunman kills four in attack on police",  # seven
        "gunman kills four in an attack on police station",
        "four dead",  # a title of two words
        "five dead in café sieges",
        "https://x.example/gunman-kills-four-attack-police-station",
        "",
    ],
)
def test_fewer_words_and_other_words_are_none(other: str) -> None:
    assert list(find_runs(RUNS, other)) == []


def test_it_says_which_words_and_in_which_line() -> None:
    (found,) = find_runs(RUNS, "id,name\n1,x\n2,gunman kills four in attack on police station\n")
    assert found == ("gunman kills four in attack on police station", 3)


def test_what_lies_within_an_allowed_title_is_none_and_what_goes_on_after_it_is() -> None:
    title = "Gunman kills four in attack on police station"
    runs = index_runs([TEXT], allowed=[title])
    assert list(find_runs(runs, title)) == []
    assert next(find_runs(runs, f"{title}. The"), None) is not None


def test_numbers_in_a_row_are_found_and_joined_digits_are_none() -> None:
    runs = index_runs(["laps 1 2 3 4 5 6 7 8"])
    assert next(find_runs(runs, "1,2,3,4,5,6,7,8"), None) is not None
    assert list(find_runs(runs, "laps12345678, 112345678901234567")) == []


@given(st.lists(st.text("abcdefg", min_size=2, max_size=6), min_size=8, max_size=30), st.integers(0, 22))
def test_every_run_of_eight_words_of_a_text_is_found(words: list[str], start: int) -> None:
    runs = index_runs([" ".join(words)])
    taken = words[min(start, len(words) - 8) :][:8]
    for set_so in (" ".join(taken), "-".join(taken).upper(), "; ".join(taken)):
        assert next(find_runs(runs, f"0 {set_so} 0"), None) is not None
