"""Issue frames by outlet, with their validity and their sentences."""

from __future__ import annotations

import pytest

from samestory.annotation import Annotations, annotate
from samestory.articles.record import Article
from samestory.comparison import frames

CRIME = (
    "A court sent the two robbers to prison on Monday. The jury found them guilty of murder, and the judge said the "
    "crime was cruel. Police had arrested the suspects after the robbery. Prosecutors asked for life."
)
VOTE = (
    "The president and the senator fought for votes in the election on Monday. Democrats and Republicans traded blows "
    "in the campaign, and the party leaders rallied their voters before the poll."
)


@pytest.fixture(scope="module")
def told() -> Annotations:
    return annotate(
        [
            Article("a", "wire", CRIME, "a.txt", "text", event="e"),
            Article("b", "tabloid", VOTE, "b.txt", "text", event="e"),
        ]
    )


def test_frames_stand_in_groups_of_validity_well_read_ones_first(told: Annotations):
    profile = frames.profile(told)
    assert profile.columns.tolist() == ["tabloid", "wire"]
    order = [f"policy frames, validity {word}" for word in ("good", "fair", "weak")]
    groups = [group for group, _ in profile.index]
    assert groups == sorted(groups, key=[*order, "generic frames, validity unknown"].index)
    assert profile.loc[("policy frames, validity good", "crime and punishment")].tolist() == [0, 1]
    assert profile.loc[("policy frames, validity good", "political")].tolist() == [1, 0]


def test_every_frame_has_its_validity_and_what_it_rests_on(told: Annotations):
    table = frames.validity_table(told).set_index("frame")
    assert len(table) == 19 and table.validity.value_counts()["good"] == 6
    assert table.loc["political", "coded articles"] == 235 and table.loc["political", "present here"] == 1
    assert table.validity["public opinion"] == "weak" and table.F1["conflict"] == "–"


def test_sentences_are_shown_for_frames_that_can_be_read(told: Annotations):
    rows = frames.evidence(told, most=2)
    assert set(rows.outlet) == {"wire", "tabloid"} and rows.frame.ne("public opinion").all()
    crime = rows[rows.note == "wire, crime and punishment"]
    assert len(crime) == 2 and all("." in CRIME[s:e] for s, e in zip(crime.start, crime.end, strict=True))


def test_finding_tells_what_one_outlet_alone_has(told: Annotations):
    finding = frames.finding(told)
    assert "“crime and punishment” holds in wire alone" in finding
    assert finding.endswith(".")


def test_limits_name_the_frames_that_are_hardly_guesses(told: Annotations):
    assert "public opinion" in frames.limits(told)[0] and "political" not in frames.limits(told)[0]
