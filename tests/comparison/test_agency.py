"""Who acts and who is acted upon, by outlet, and the passages that show it."""

from __future__ import annotations

from samestory.annotation import Annotations, annotate
from samestory.articles.record import Article
from samestory.comparison import agency


def test_parts_are_counted_over_labels(dam: Annotations):
    acts = agency.agency(dam, ["r-owner"]).set_index("outlet")
    assert acts.loc["courier", ["labels", "agent", "patient", "other", "without_agent"]].tolist() == [2, 0, 2, 0, 1]
    assert acts.loc["courier", ["agent_share", "patient_share", "without_agent_share"]].tolist() == [0, 1, 0.5]
    assert acts.without_agent_share.isna()["lantern"]
    assert acts.index.tolist() == ["lantern", "state", "courier", "wire"]  # who lets them act most, first


def test_things_and_events_are_left_out_unless_asked_for(dam: Annotations):
    assert not {"r-dam", "r-event"} & set(agency.agency(dam).referent_id)
    assert agency.agency(dam, ["r-dam"]).labels.sum() == 5


def test_every_count_has_its_passage(dam: Annotations):
    acts, rows = agency.agency(dam), agency.agency_passages(dam)
    assert len(rows) == acts.labels.sum()
    assert rows.without_agent.sum() == acts.without_agent.sum()
    assert rows.note.iloc[0] == "courier, owners acted upon, by no one named"
    assert rows.agency.tolist() == sorted(rows.agency, key=["patient", "agent", "other"].index)


def test_findings_tell_where_the_parts_differ(dam: Annotations):
    acts = agency.agency(dam)
    assert agency.agency_finding(acts).startswith("No one plays another part")  # fewer than three labels each
    many = acts.assign(labels=3)
    assert agency.agency_finding(many) == "lantern shows the owners acting in 2 of 3 labels, wire in 0 of 3."
    assert agency.left_out_finding(dam) == (
        "Where a label shows a person, group or institution acted upon, a passive leaves out by whom: "
        "courier in 2 of 4 cases."
    )


def test_table_for_readers(dam: Annotations):
    table = agency.agency_table(agency.agency(dam, ["r-owner"]))
    assert table.iloc[2].tolist() == ["owners", "courier", 0, 2, 1, 0]


def test_someone_who_dies_is_acted_upon_by_no_one_named():
    text = "Ten farmers have also died in the raid. Three farmers were killed. The raiders shot a farmer."
    rows = agency.agency_passages(annotate([Article("a", "wire", text, "a.txt", "text", event="raid")]))
    farmers = rows[rows.note.str.contains("farmers|victims")]
    assert farmers.without_agent.tolist() == [True, False, False]
    assert farmers.dies.tolist() == [False, True, False]
    assert farmers.note.iloc[1].endswith(agency.DIES)
