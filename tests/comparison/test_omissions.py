"""What most other outlets carry and one does not."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.comparison import omissions
from samestory.tables import frame


def told(annotations: Annotations, **options: float) -> set[tuple]:
    rows = omissions.omissions(annotations, **options)
    return set(rows[["outlet", "kind", "what", "carried_by", "of"]].itertuples(index=False, name=None))


def test_what_most_others_carry(dam: Annotations):
    assert told(dam) == {
        ("courier", "referent", "disaster", 2, 3), ("wire", "referent", "disaster", 2, 3),
        ("lantern", "referent", "police", 3, 3), ("state", "referent", "dam", 3, 3),
        ("lantern", "source_type", "officials", 3, 3),
    }  # fmt: skip


def test_the_share_of_others_is_more_than_asked_for(dam: Annotations):
    assert {row[3] for row in told(dam, share=0.9)} == {3}
    assert told(dam, share=1.0) == set()


def test_the_example_stands_in_another_outlet(dam: Annotations):
    rows = omissions.omissions(dam)
    texts = dict(zip(dam.texts.article_id, dam.texts.text, strict=True))
    police = rows[rows.what == "police"].iloc[0]
    assert police.article_id != "lantern" and texts[police.article_id][police.start : police.end] == "police"
    assert omissions.examples(rows).note.tolist()[1] == "lantern leaves out police"


def test_a_source_that_is_named_but_not_cited(dam: Annotations):
    row = dam.labels.label_id == "lantern-l3"
    named = dam.labels.assign(referent_id=dam.labels.referent_id.mask(row, "r-police"))
    assert ("lantern", "source", "police", 3, 3) in told(replace(dam, labels=named))


def test_who_uses_the_others_word_does_not_leave_it_out(dam: Annotations):
    row = dam.labels.label_id == "lantern-l3"
    police = replace(dam, labels=dam.labels.assign(head=dam.labels["head"].mask(row, "Police")))
    assert ("lantern", "referent", "police", 3, 3) not in told(police)


def test_claims_that_are_set_side_by_side(dam: Annotations):
    silent = dam.select(["courier", "lantern", "state", "wire"])
    silent = replace(silent, claims=silent.claims[silent.claims.article_id != "state"])
    relations = silent.claim_relations
    silent = replace(silent, claim_relations=relations[~relations[["article_id", "other_article_id"]].eq("state").any(
        axis=1)])  # fmt: skip
    assert ("state", "claim", "killed, person", 3, 3) in told(silent)
    row = dam.claims.article_id == "state"
    child = dam.claims[row].assign(unit_class="person > child", claim_id="state-child")
    narrower = replace(silent, claims=frame("claims", pd.concat([silent.claims, child]).to_dict("records")))
    assert not any(kind == "claim" for _, kind, *_ in told(narrower))


def test_shared_copy_is_one_choice(dam: Annotations):
    bodies = dam.segments[dam.segments.segment == "body"].set_index("article_id")
    ends = {"article_id": "courier", "other_article_id": "wire"}
    spans = {"start": bodies.start["courier"], "end": bodies.end["courier"], "other_start": bodies.start["wire"],
             "other_end": bodies.end["wire"]}  # fmt: skip
    back = {"article_id": "wire", "other_article_id": "courier", "start": spans["other_start"],
            "end": spans["other_end"], "other_start": spans["start"], "other_end": spans["end"]}  # fmt: skip
    copied = replace(dam.select(["courier", "state", "wire"]), reuse=frame("reuse", [{**ends, **spans}, back]))
    rows = omissions.omissions(copied)
    assert rows[rows.what == "dam"].one_copy.tolist() == [True]
    assert "in one copy" in omissions.omission_table(rows)["carried by"].iloc[0]
    assert "shared copy set aside" in omissions.omission_finding(rows, copied)


def test_of_two_outlets_nothing_is_said(dam: Annotations):
    two = dam.select(["wire", "state"])
    assert omissions.omissions(two).empty
    assert omissions.refuse_omissions(two) == (
        "what is left out cannot be told here: it takes three outlets on an event"
    )
    assert omissions.limits(two)[-1] == omissions.omission_finding(omissions.omissions(two), two)
    assert omissions.limits(two)[-1].startswith("What is left out cannot be told here")
    assert omissions.refuse_omissions(dam) is None and len(omissions.limits(dam)) == 2


def test_an_outlet_carries_what_any_of_its_articles_does(dam: Annotations):
    outlets = dam.articles.outlet.replace("state", "lantern")
    one = replace(dam, articles=dam.articles.assign(outlet=outlets))
    assert not any(outlet == "lantern" for outlet, *_ in told(one))


@pytest.mark.parametrize("change", ["without_text", "same"])
def test_a_text_free_copy_gives_the_same(dam: Annotations, change: str):
    copy = dam.without_text() if change == "without_text" else dam
    assert omissions.omissions(copy).equals(omissions.omissions(dam))


def test_finding_counts_and_gives_examples(dam: Annotations):
    assert omissions.omission_finding(omissions.omissions(dam), dam) == (
        "lantern leaves out 2 things that most others carry (courier 1, state 1, wire 1): 3 of 3 others name the "
        "police; 3 of 3 others cite officials."
    )
