"""The founding study from its texts: what a careful reader sees by hand, the tables must hold."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from samestory.annotation import Annotations, annotate, read_annotations
from samestory.comparison.ledgers import conflicts, voices
from samestory.measures import measure
from samestory.study import Study, open_study, read_study
from samestory.tables import read_table


@pytest.fixture(scope="module")
def study(root: Path, shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Study:
    opened = open_study(root / "data" / "almaty-2016", tmp_path_factory.mktemp("results"))
    return replace(opened, articles=shared / "corpora" / "almaty")


@pytest.fixture(scope="module")
def found(study: Study) -> Annotations:
    return annotate(read_study(study).articles)


def by_outlet(found: Annotations, name: str, outlet: str):
    data, articles = getattr(found, name), found.articles
    return data[data.article_id.isin(articles.article_id[articles.outlet == outlet])]


def test_recomputed_from_text_it_is_what_was_shipped(study: Study, found: Annotations) -> None:
    assert study.shipped is not None
    shipped = dict(read_annotations(study.shipped).tables())
    for name, data in found.without_text().tables():
        assert data.equals(shipped[name]), name
    assert measure(found).equals(read_table("measures", study.shipped))


def test_only_the_story_is_counted_once(found: Annotations) -> None:
    words = found.articles.set_index("outlet").n_body_words
    assert words["ndtv"] == pytest.approx(435, rel=0.03)
    assert words["sputnik"] == pytest.approx(261, rel=0.03)


def test_the_doubled_page_is_its_agencys(found: Annotations) -> None:
    agency = found.articles.set_index("outlet").agency
    assert agency["ndtv"] == "Reuters"
    assert agency.isna()["sputnik"]


def test_the_toll_of_both_pages_has_bound_and_holder(found: Annotations) -> None:
    names = voices(found)
    for outlet, holder in (("ndtv", "security sources and witnesses"), ("sputnik", "Ministry of Internal Affairs")):
        claims = by_outlet(found, "claims", outlet)
        toll = claims[(claims.role == "killed") & (claims.quantity == 4)]
        assert toll.bound.tolist() == ["at_least"]
        assert [names[h] for h in toll.holder] == [holder]


def test_the_page_that_contradicts_itself(found: Annotations) -> None:
    (pair,) = conflicts(found).itertuples()
    assert (pair.relation, pair.role, pair.unit_class) == ("internal_conflict", "killed", "person > civilian")
    assert pair.outlet == pair.other_outlet == "sputnik"
    assert sorted((pair.quantity, pair.other_quantity)) == [0, 1]


def test_perpetrators_and_the_states_response_are_apart(found: Annotations) -> None:
    heads = {
        outlet: by_outlet(found, "labels", outlet)[lambda d: ~d.response]["head"].str.lower().value_counts()
        for outlet in ("ndtv", "sputnik")
    }
    assert {word: heads["ndtv"][word] for word in ("attacker", "gunman")} == {"attacker": 3, "gunman": 2}
    assert {word: heads["sputnik"][word] for word in ("attacker", "gunman", "perpetrator")} == {
        "attacker": 1,
        "gunman": 2,
        "perpetrator": 1,
    }
    response = by_outlet(found, "labels", "sputnik")[lambda d: d.response]
    assert set(response["head"]) == {"alert", "operation"}
