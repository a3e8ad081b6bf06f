"""Claims in sentences made for the purpose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.claims import find_claims
from samestory.document import Document

Make = Callable[..., Document]


Told = tuple[str, float | None, str, str | None]
PEOPLE = ("killed", "injured", "missing", "detained", "suspects")


def told(document: Document, roles: Collection[str] = ()) -> list[Told]:
    """Role, quantity, bound and class of the claims, of some roles or of all."""
    return [
        (r.role, None if pd.isna(r.quantity) else r.quantity, r.bound, None if pd.isna(r.unit_class) else r.unit_class)
        for r in find_claims(document).itertuples()
        if not roles or r.role in roles
    ]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The flood killed 12 people.", ("killed", 12, "exact", "person")),
        ("Nine miners were injured.", ("injured", 9, "exact", "person > civilian")),
        ("Two guards, who died, were armed.", ("killed", 2, "exact", "person > official")),
        ("The storm left more than 70 people dead.", ("killed", 70, "at_least", "person")),
        ("Avalanche kills 14", ("killed", 14, "exact", "person")),
        ("14 dead in avalanche", ("killed", 14, "exact", "person")),
        ("Death toll in avalanche rises to 15", ("killed", 15, "exact", "person")),
        ("The fire claimed the lives of six firefighters.", ("killed", 6, "exact", "person > official")),
        ("Four policemen were hurt.", ("injured", 4, "exact", "person > official > police")),
        ("Four police officers were hurt.", ("injured", 4, "exact", "person > official > police")),
        ("Five hikers are still missing.", ("missing", 5, "exact", "person")),
        ("The ship sank with up to 15 people unaccounted for.", ("missing", 15, "at_most", "person")),
        ("The tremor killed a family of five.", ("killed", 5, "exact", "person")),
        ("The plane hit a hill, killing all aboard.", ("killed", None, "unspecified", "person")),
        ("None of the 16 pupils was hurt.", ("injured", 0, "exact", "person > civilian")),
        ("He is the 31st person killed there.", ("killed", 31, "exact", "person")),
        ("Scores die as ferry sinks", ("killed", None, "approximate", "person")),
        ("Policeman shot dead in market", ("killed", 1, "exact", "person > official > police")),
        ("Troops detained several members of a gang.", ("detained", None, "unspecified", "person")),
        ("There were 12 arrests.", ("detained", 12, "exact", "person")),
        ("No one was hurt.", ("injured", 0, "exact", "person")),
        ("There were no victims among civilians.", ("killed", 0, "exact", "person > civilian")),
        ("He stole a bus, killing its driver.", ("killed", 1, "exact", "person > civilian")),
        ("A policeman was shot dead.", ("killed", 1, "exact", "person > official > police")),
        ("Officials confirmed that one attacker was detained.", ("detained", 1, "exact", "attacker")),
        ("Both pilots died.", ("killed", 2, "exact", "person")),
        ("The injured include four nurses.", ("injured", 4, "exact", "person > civilian")),
        ("Nine sailors have been found dead.", ("killed", 9, "exact", "person")),
        ("Officials put the toll at 19.", ("killed", 19, "exact", "person")),
        ("Two gunmen were still at large.", ("suspects", 2, "exact", "attacker")),
        ("Seven more people are in critical condition.", ("injured", 7, "exact", "person")),
        ("Between 10 and 20 protesters were arrested.", ("detained", 10, "range", "person")),
        ("Dozens of passengers drowned.", ("killed", None, "approximate", "person")),
        ("Police said the 27-year-old fled.", ("age", 27, "exact", None)),
        ("A nurse aged 41 confessed.", ("age", 41, "exact", "person > civilian")),
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
    assert told(document(sentence), (*PEOPLE, "age")) == []


def test_coordinated_counts_are_parts_of_their_sum(document: Make) -> None:
    made = document("The blast killed at least three policemen and a civilian on Monday.")
    table = find_claims(made)
    table = table[table.role == "killed"]
    assert [made.text[r.start : r.end] for r in table.itertuples()] == [
        "at least three policemen and a civilian", "at least three policemen", "a civilian",
    ]  # fmt: skip
    assert list(table.quantity) == [4, 3, 1] and set(table.bound) == {"at_least"}
    assert list(table.subset_of.fillna("-")) == ["-", table.claim_id.iloc[0], table.claim_id.iloc[0]]


def test_a_slip_and_a_second_count_keep_their_bounds(document: Make) -> None:
    table = find_claims(document("At lease one baker and three nurses were killed and seven more people injured."))
    assert list(zip(table.role, table.quantity, table.bound, strict=True)) == [
        ("killed", 4, "at_least"), ("killed", 1, "at_least"), ("killed", 3, "at_least"), ("injured", 7, "exact"),
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
    table = find_claims(document(lead + sentence))
    assert list(table.about[table.role == "killed"]) == ["this_event", "other"]


def test_what_goes_on_with_another_event_is_other_too(document: Make) -> None:
    lead = "A fire in Harrow killed two cooks on Monday. It began at noon in a kitchen.\n"
    made = document(
        lead + "In 2009 a crash killed nine people. Six divers died in the rescue. Police have arrested two men."
    )
    table = find_claims(made)
    assert list(table.about[table.role.isin(PEOPLE)]) == ["this_event", "other", "other", "this_event"]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The repairs cost £2m.", ("money", 2e6, "exact", "money")),
        ("He took bribes worth about 300 euros.", ("money", 300, "approximate", "money")),
        ("The ship sank nine miles off the coast.", ("size", 9, "exact", "length")),
        ("It was a 19-ton truck.", ("size", 19, "exact", "weight")),
        ("Winds reached 22 metres per second.", ("size", 22, "exact", "speed")),
        ("The fire burned 800 square metres.", ("size", 800, "exact", "area")),
        ("He faces up to four years in prison.", ("size", 4, "at_most", "duration")),
        ("Turnout fell by 2 percent to 3 percent.", ("size", 2, "range", "percent")),
        ("Two-thirds of the houses burned.", ("size", 0.67, "exact", "percent")),
        ("More than half of the houses burned.", ("size", 0.5, "at_least", "percent")),
        ("The bridge cost twice its budget.", ("size", 2, "exact", "multiple")),
        ("The truck went on for more than a mile.", ("size", 1, "at_least", "length")),
        ("Some 140 people were on shift.", ("count_other", 140, "approximate", "person")),
        ("They fired 12 shots.", ("count_other", 12, "exact", None)),
        ("Both ferries sank.", ("count_other", 2, "exact", None)),
        ("A man in his 30s fled.", ("age", 30, "range", "person")),
    ],
)
def test_an_amount(document: Make, sentence: str, expected: Told) -> None:
    assert told(document(sentence), ("money", "size", "count_other", "age")) == [expected]


@pytest.mark.parametrize(
    "sentence",
    [
        "They fled two years ago.",
        "Flight 370 left at noon.",
        "They won 3-1.",
        "He is the world champion of 2007.",
        "He was one of the captains.",
        "She won three times.",
    ],
)
def test_what_is_no_amount(document: Make, sentence: str) -> None:
    assert told(document(sentence), ("money", "size", "count_other", "age")) == []


def test_a_conversion_is_as_exact_as_what_it_converts(document: Make) -> None:
    assert told(document("It flew about 90 miles (145 km)."), ("size",)) == [
        ("size", 90, "approximate", "length"),
        ("size", 145, "approximate", "length"),
    ]


def test_the_date_and_the_place_of_the_event_have_their_normal_form(document: Make) -> None:
    made = document("A fire in Lisbon killed two cooks on Monday at 9 p.m. Police said on Tuesday that they had left.")
    table = find_claims(made, "2021-03-10")
    assert list(table.value[table.role == "date_time"]) == ["2021-03-08T21:00"]
    assert list(table.value[table.role == "place"]) == ["Lisbon"]


def test_whoever_attacks_is_an_attacker_in_the_whole_article(document: Make) -> None:
    made = document("A driver ploughed a truck into the market. Police shot the driver dead.")
    assert told(made, PEOPLE) == [("suspects", 1, "exact", "attacker"), ("killed", 1, "exact", "attacker")]


def test_a_part_of_the_dead_points_to_the_toll(document: Make) -> None:
    table = find_claims(document("The crash killed 12 people. Five of the dead came from one village."))
    dead = table[table.role == "killed"]
    assert list(dead.quantity) == [12, 5] and dead.subset_of.iloc[1] == dead.claim_id.iloc[0]


def test_reports_of_casualties(document: Make) -> None:
    """Sentences invented for the purpose and coded by a language model: most claims are found, few are made up."""
    coded = pd.read_csv(Path(__file__).parent / "casualties.csv")
    right = found = 0
    for sentence, rows in coded.groupby("sentence"):
        wanted = Counter((r.role, r.quantity, r.bound) for r in rows.dropna(subset="role").fillna(-1).itertuples())
        table = find_claims(document(str(sentence)))
        whole = set(table.subset_of[table.unit.notna() | table.subset_of.notna()].dropna())
        sums = table.claim_id.isin(whole) & table.unit.isna()
        own = table[table.role.isin(PEOPLE) & ~sums].assign(quantity=lambda t: t.quantity.fillna(-1))
        told_here = Counter((r.role, r.quantity, r.bound) for r in own.itertuples())
        right += (wanted & told_here).total()
        found += told_here.total()
    assert right / found > 0.9 and right / coded.role.notna().sum() > 0.75


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
