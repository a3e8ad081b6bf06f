"""Whose words: families, shares and edits of the specimen's wire copy."""

from __future__ import annotations

import pytest

from samestory.annotation import Annotations, annotate
from samestory.comparison import findings, lineage
from samestory.comparison.versions import versions
from samestory.study import open_study, read_study


@pytest.fixture(scope="module")
def attack(root, tmp_path_factory) -> Annotations:
    study = open_study(root / "data" / "specimen", tmp_path_factory.mktemp("results"))
    articles = [a for a in read_study(study).articles if a.event in ("harbour-attack", "river-flood")]
    return annotate(articles)


def test_the_wire_is_the_origin_of_its_family(attack: Annotations) -> None:
    told = lineage.family_table(attack)
    assert told.event.tolist() == ["harbour-attack"] * 2
    assert set(told.outlet) == {"meridian-wire", "castrel-courier"} and set(told["comes from"]) == {"Meridian"}
    paper = attack.articles[attack.articles.agency == "Meridian"]
    assert paper.outlet.tolist() == ["castrel-courier"]
    assert "castrel-courier runs Meridian copy" in findings.lineage(attack)


def test_shares_are_told_from_both_sides(attack: Annotations) -> None:
    shares = lineage.shared_matrix(attack.event("harbour-attack")).droplevel(0)
    assert shares.loc["castrel-courier", "meridian-wire"] > shares.loc["meridian-wire", "castrel-courier"] > 50
    assert shares.loc["meridian-wire", "meridian-wire"] == 0


def test_the_versions_to_read_begin_with_the_original(attack: Annotations) -> None:
    pair = lineage.most_edited(attack)
    assert pair is not None
    outlets = attack.articles.set_index("article_id").outlet
    assert [outlets[one] for one in pair] == ["meridian-wire", "castrel-courier"]
    assert (versions(attack, *pair).kind == "headline").any()
    assert lineage.most_edited(attack.event("river-flood")) is None


def test_edits_stand_once_a_pair(attack: Annotations) -> None:
    edits = lineage.house_edits(attack)
    assert len(edits) * 2 == len(attack.edits)
    assert {"Militants", "Gunmen"} <= set(edits.wording) | set(edits.other_wording)


def test_the_page_names_the_agency(attack: Annotations) -> None:
    assert any("byline" in note for note in lineage.credits(attack).note)


def test_without_agency_copy_nothing_is_credited(coded: Annotations):
    assert lineage.credits(coded).empty
