"""Claims about people, in sentences made for the purpose."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.claims import find_claims
from samestory.document import Document

Make = Callable[..., Document]


def told(document: Document) -> list[tuple[str, float | None, str, str | None]]:
    return [
        (r.role, None if pd.isna(r.quantity) else r.quantity, r.bound, None if pd.isna(r.unit_class) else r.unit_class)
        for r in find_claims(document).itertuples()
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The flood killed 12 people.", ("killed", 12, "exact", "person")),
        ("Nine miners were injured.", ("injured", 9, "exact", "person > civilian > miner")),
        ("Two guards, who died, were armed.", ("killed", 2, "exact", "person > official")),
        ("The storm left more than 70 people dead.", ("killed", 70, "at_least", "person")),
        ("Avalanche kills 14", ("killed", 14, "exact", "person")),
        ("14 dead in avalanche", ("killed", 14, "exact", "person")),
        ("Death toll in avalanche rises to 15", ("killed", 15, "exact", "person")),
        ("The fire claimed the lives of six firefighters.", ("killed", 6, "exact", "person > firefighter")),
        ("Four policemen were hurt.", ("injured", 4, "exact", "person > official > police")),
        ("Four police officers were hurt.", ("injured", 4, "exact", "person > official > police")),
        ("Five hikers are still missing.", ("missing", 5, "exact", "person > hiker")),
        ("The ship sank with up to 15 people unaccounted for.", ("missing", 15, "at_most", "person")),
        ("Troops detained several members of a gang.", ("detained", None, "unspecified", "person")),
        ("There were 12 arrests.", ("detained", 12, "exact", "person")),
        ("No one was hurt.", ("injured", 0, "exact", "person")),
        ("There were no victims among civilians.", ("killed", 0, "exact", "person > civilian")),
        ("He stole a bus, killing its driver.", ("killed", 1, "exact", "person > driver")),
        ("A policeman was shot dead.", ("killed", 1, "exact", "person > official > police")),
        ("Officials confirmed that one attacker was detained.", ("detained", 1, "exact", "attacker")),
        ("Both pilots died.", ("killed", 2, "exact", "person > pilot")),
        ("The injured include four nurses.", ("injured", 4, "exact", "person > civilian > nurse")),
        ("Nine sailors have been found dead.", ("killed", 9, "exact", "person > sailor")),
        ("Officials put the toll at 19.", ("killed", 19, "exact", "person")),
        ("Two gunmen were still at large.", ("suspects", 2, "exact", "attacker")),
        ("Seven more people are in critical condition.", ("injured", 7, "exact", "person")),
        ("Between 10 and 20 protesters were arrested.", ("detained", 10, "range", "person > protester")),
        ("Dozens of passengers drowned.", ("killed", None, "approximate", "person > passenger")),
        ("Police said the 27-year-old fled.", ("age", 27, "exact", None)),
        ("A nurse aged 41 confessed.", ("age", 41, "exact", "person > civilian > nurse")),
        ("Anna Miller, 52, confessed.", ("age", 52, "exact", None)),
    ],
)
def test_a_claim(document: Make, sentence: str, expected: tuple[str, float | None, str, str | None]) -> None:
    assert told(document(sentence)) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "The plan could kill 300 jobs.",
        "The flood could kill hundreds of people.",
        "He tried to kill two guards.",
        "The team killed two penalties.",
        "How many people were killed?",
        "More than 200 people were evacuated.",
        "The player has two knee injuries.",
        "A 30-year-old bridge fell.",
        "The 2014 model costs 900 dollars.",
        "The driver was not injured.",
    ],
)
def test_what_claims_no_count_of_people(document: Make, sentence: str) -> None:
    assert told(document(sentence)) == []


def test_coordinated_counts_are_parts_of_their_sum(document: Make) -> None:
    made = document("The blast killed at least three policemen and a civilian on Monday.")
    table = find_claims(made)
    assert [made.text[r.start : r.end] for r in table.itertuples()] == [
        "at least three policemen and a civilian", "at least three policemen", "a civilian",
    ]  # fmt: skip
    assert list(table.quantity) == [4, 3, 1] and list(table.bound) == ["at_least", "at_least", "exact"]
    assert list(table.subset_of.fillna("-")) == ["-", table.claim_id[0], table.claim_id[0]]


def test_a_slip_and_a_second_count_keep_their_bounds(document: Make) -> None:
    table = find_claims(document("At lease one baker and three nurses were killed and seven more people injured."))
    assert list(zip(table.role, table.quantity, table.bound, strict=True)) == [
        ("killed", 4, "at_least"), ("killed", 1, "at_least"), ("killed", 3, "exact"), ("injured", 7, "exact"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "sentence",
    ["The flood killed 30 people, including ten children.", "Thirty people, ten of them children, were killed."],
)
def test_a_part_points_to_its_whole(document: Make, sentence: str) -> None:
    table = find_claims(document(sentence))
    assert list(table.quantity) == [30, 10] and table.subset_of[1] == table.claim_id[0]
    assert table.unit_class[1] == "person > child" and set(table.role) == {"killed"}


def test_one_object_of_two_verbs_has_two_roles(document: Make) -> None:
    assert {role for role, *_ in told(document("The bomb killed and wounded dozens of miners."))} == {
        "killed",
        "injured",
    }


@pytest.mark.parametrize(
    "sentence",
    [
        "Last month rebels raided a depot, killing seven people.",
        "A crash in 2009 killed 155 passengers.",
        "Four years ago a fire killed nine workers.",
        "The mine has seen deaths before: in November a blast killed six miners.",
    ],
)
def test_what_lies_outside_the_event_is_other(document: Make, sentence: str) -> None:
    lead = "A fire in Harrow killed two cooks on Monday. It began at noon in a kitchen. "
    assert list(find_claims(document(lead + sentence)).about) == ["this_event", "other"]


def test_what_goes_on_with_another_event_is_other_too(document: Make) -> None:
    lead = "A fire in Harrow killed two cooks on Monday. It began at noon in a kitchen.\n"
    made = document(
        lead + "In 2009 a crash killed nine people. Six divers died in the rescue. Police have arrested two men."
    )
    assert list(find_claims(made).about) == ["this_event", "other", "other", "this_event"]


def test_the_same_text_gives_the_same_claims(document: Make) -> None:
    text = "Two cooks and a baker died. Nine people were hurt, among them three children."
    assert find_claims(document(text)).equals(find_claims(document(text)))


_WORDS = "at least three policemen and a civilian were killed , including 10 children dead no one of them"
WORDS = _WORDS.split()


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(WORDS), min_size=1, max_size=16))
def test_any_words_give_a_sound_table(document: Make, words: list[str]) -> None:
    made = document(" ".join(words))
    table = find_claims(made)
    assert table.claim_id.is_unique and set(table.subset_of.dropna()) <= set(table.claim_id)
    assert ((table.start < table.end) & (table.end <= len(made.text))).all()
    assert not (table.subset_of == table.claim_id).fillna(False).any()
