"""What each outlet calls a referent, and the words that are one outlet's choice."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samestory.annotation import Annotations
from samestory.comparison import labels


def test_a_word_is_counted_by_voice_and_position(dam: Annotations):
    table = labels.label_table(dam, ["r-dam"]).set_index(["outlet", "head"])
    wire = table.loc["wire", "dam"]
    assert wire[["count", "own", "attributed"]].tolist() == [2, 1, 1]
    assert wire[["headline", "lead", "body", "first_word"]].tolist() == [1, 1, 0, 0]
    assert dam.texts.text[dam.texts.article_id == "wire"].iloc[0][wire.start : wire.end] == "Dam"


def test_every_label_of_a_referent_stands_in_one_row(dam: Annotations):
    table = labels.label_table(dam)
    assert table["count"].sum() == len(dam.labels)
    assert (table.own + table.attributed == table["count"]).all()
    assert (table[["headline", "lead", "body"]].sum(axis=1) == table["count"]).all()


def test_adjectives_stand_with_their_word(dam: Annotations):
    table = labels.label_table(dam, ["r-owner"]).set_index("head")
    assert table.modifiers["fat cats"] == "greedy"
    assert table.modifiers[["owner"]].isna().all()


def test_a_choice_needs_two_others_that_name_it(dam: Annotations):
    choices = labels.only_choices(dam)
    assert choices[["outlet", "head", "others", "others_say"]].to_numpy().tolist() == [
        ["lantern", "fat cats", 3, "owner"]
    ]
    table = labels.label_table(dam)
    assert set(table[table.only_here]["head"]) == {"fat cats", "massacre", "disaster"}
    assert labels.only_choices(dam.select(["lantern", "wire"])).empty


@pytest.mark.parametrize(("one", "other", "same"), [
    ("Albin Kastor", "kastor", True), ("Dam", "dam", True), ("gunman", "man", False), ("Kastor", "Kastner", False),
])  # fmt: skip
def test_a_part_of_a_name_is_the_same_name(one: str, other: str, same: bool):
    assert labels.alike(one, other) == labels.alike(other, one) == same


def test_a_shorter_name_is_no_choice(dam: Annotations):
    heads = dam.labels["head"].mask(
        dam.labels.article_id.eq("lantern") & dam.labels["head"].eq("fat cats"), "Ann Owner"
    )
    named = replace(dam, labels=dam.labels.assign(head=heads))
    assert labels.only_choices(named).empty


def test_finding_says_who_alone_and_in_whose_voice(dam: Annotations):
    said = labels.choice_finding(labels.only_choices(dam))
    assert said == (
        "lantern alone writes 'fat cats' for the owners: twice, in its own voice, first as word 11. The 3 others that "
        "name it write owner."
    )
    assert labels.choice_finding(labels.only_choices(dam.select(["wire"]))).startswith("No word")


def test_main_referents_are_those_that_most_outlets_name(dam: Annotations):
    assert labels.main_ids(dam, 3) == ["r-owner", "r-dead", "r-dam"]
    assert labels.main_ids(dam, 3, ("institution",)) == ["r-police", "r-ministry"]


def test_nothing_is_read_from_text_but_words_before(dam: Annotations):
    bare, told = labels.label_table(dam.without_text()), labels.label_table(dam)
    same = ["referent_id", "outlet", "head", "count", "own", "modifiers", "only_here", "start"]
    key = ["referent_id", "outlet", "head"]
    assert bare[same].sort_values(key).to_csv(index=False) == told[same].sort_values(key).to_csv(index=False)
