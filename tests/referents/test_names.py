"""Names: which belong to one bearer."""

from __future__ import annotations

import pytest

from samestory.referents.names import acronym, best_name, canonical_names, plain_name


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Anna Kovar", "PERSON"), ("Kovar", "ORG")),
        (("President Anna Kovar", "PERSON"), ("Anna Kovar", "PERSON")),
        (("Kim Dae-ho", "PERSON"), ("Kim", "PERSON")),
        (("François Petit", "PERSON"), ("Francois Petit", "PERSON")),
        (("the Interior Ministry", "ORG"), ("Ministry of Internal Affairs", "ORG")),
        (("Federal Security Service", "ORG"), ("FSS", "ORG")),
        (("the U.S.", "GPE"), ("United States", "GPE")),
    ],
)
def test_the_same_bearer(one, other):
    keys = canonical_names([one, other])
    assert keys[one] == keys[other]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Anna Kovar", "PERSON"), ("Anna Petrov", "PERSON")),
        (("Nice Matin", "PERSON"), ("Nice", "GPE")),
        (("Interior Ministry", "ORG"), ("Finance Ministry", "ORG")),
        (("Claude Paris", "PERSON"), ("Paris", "GPE")),
    ],
)
def test_different_bearers(one, other):
    keys = canonical_names([one, other])
    assert keys[one] != keys[other]


def test_of_several_full_names_the_most_frequent_takes_the_short_one():
    pairs = [("Tom Hale", "PERSON"), ("Ruth Hale", "PERSON"), ("Ruth Hale", "PERSON"), ("Hale", "PERSON")]
    assert canonical_names(pairs)["Hale", "PERSON"] == "ruth hale"


def test_a_body_is_not_absorbed_by_one_misread_person():
    pairs = [("Enlarge Photo Norvik", "PERSON"), *[("Norvik", "ORG")] * 4]
    keys = canonical_names(pairs)
    assert keys[pairs[0]] != keys[pairs[1]]


def test_small_parts():
    assert plain_name("Kazan's Interior Ministry", "ORG") == "interior ministry"
    assert acronym("Bank of the North") is None
    assert best_name({"Kovar": 9, "Anna Kovar": 1}) == "Anna Kovar"
