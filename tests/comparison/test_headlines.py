"""The headline against the body: numbers, bounds, certainty and words."""

from __future__ import annotations

from dataclasses import replace

from samestory.annotation import Annotations
from samestory.comparison import headlines


def kinds(annotations: Annotations) -> list[tuple[str, str, str]]:
    rows = headlines.headline_against_body(annotations)
    return list(rows[["outlet", "kind", "what"]].itertuples(index=False, name=None))


def test_bound_and_certainty_that_the_headline_drops(dam: Annotations):
    rows = headlines.headline_against_body(dam)
    courier = rows[rows.outlet == "courier"]
    assert courier.kind.tolist() == ["bound", "certainty"]
    assert courier.note.tolist() == ["the body: at least 9", "the body: held by police"]
    text = dam.texts.text[dam.texts.article_id == "courier"].iloc[0]
    assert [text[a:b] for a, b in zip(courier.headline_start, courier.headline_end, strict=True)] == ["nine"] * 2
    assert {text[a:b] for a, b in zip(courier.body_start, courier.body_end, strict=True)} == {"At least nine"}


def test_a_hedge_below_and_none_above(dam: Annotations):
    rows = headlines.headline_against_body(dam)
    assert rows.note[(rows.outlet == "lantern") & (rows.kind == "certainty")].tolist() == ["the body: hedge"]
    unhedged = replace(dam, certainty=dam.certainty[:0])
    assert ("lantern", "certainty", "killed, person: 12") not in kinds(unhedged)


def test_where_headline_and_body_say_the_same_there_is_no_row(dam: Annotations):
    assert not {"wire", "state"} & {outlet for outlet, _, _ in kinds(dam)}


def test_a_number_that_the_body_gives_otherwise_or_not(dam: Annotations):
    def lower(number: float, **columns: str) -> Annotations:
        row = dam.claims.claim_id == "wire-c1"
        claims = dam.claims.assign(quantity=dam.claims.quantity.mask(row, number))
        return replace(dam, claims=claims.assign(**{k: claims[k].mask(row, v) for k, v in columns.items()}))

    rows = headlines.headline_against_body(lower(8))
    wire = rows[rows.outlet == "wire"].iloc[0]
    assert (wire.kind, wire.what, wire.note) == ("number", "killed, person: 9", "the body: 8")
    assert ("wire", "claim", "killed, person: 9") in kinds(lower(8, about="other"))
    assert ("wire", "claim", "killed, person: 9") in kinds(lower(8, unit_class="person > child"))
    assert "wire" not in {outlet for outlet, _, _ in kinds(lower(9, about="other"))}


def test_a_word_that_the_body_has_not(dam: Annotations):
    assert ("lantern", "word", "massacre") in kinds(dam)
    row = dam.labels.label_id == "lantern-l2"
    named = replace(dam, labels=dam.labels.assign(referent_id=dam.labels.referent_id.mask(row, "r-event")))
    rows = headlines.headline_against_body(named)
    label = rows[rows.kind == "label"].iloc[0]
    assert (label.what, label.note) == ("massacre", "the body: fat cats")
    used = replace(named, labels=named.labels.assign(head=named.labels["head"].mask(row, "Massacre")))
    assert not {"label", "word"} & {kind for _, kind, _ in kinds(used)}


def test_a_form_of_the_word_in_the_body_is_enough(dam: Annotations):
    def described(modifiers: str) -> Annotations:
        row = dam.labels.label_id == "lantern-l4"
        return replace(dam, labels=dam.labels.assign(modifiers=dam.labels.modifiers.mask(row, modifiers)))

    assert ("lantern", "word", "massacre") in kinds(described("new; old"))
    assert ("lantern", "word", "massacre") not in kinds(described("new; Massacred"))


def test_a_text_free_copy_gives_the_same(dam: Annotations):
    assert headlines.headline_against_body(dam.without_text()).equals(headlines.headline_against_body(dam))


def test_an_article_without_a_body_is_not_compared(dam: Annotations):
    headline = dam.segments.segment == "headline"
    bare = replace(dam, segments=dam.segments[headline], sentences=dam.sentences[dam.sentences.segment == "headline"])
    assert kinds(bare) == []
    assert headlines.against_finding(headlines.headline_against_body(bare), bare).startswith("None of 4 headlines")


def test_finding_and_passages_show_both_sides(dam: Annotations):
    rows = headlines.headline_against_body(dam)
    said = headlines.against_finding(rows, dam)
    assert said.startswith("In 1 of 4 articles the headline gives a number with another bound than its body (courier")
    assert "in 2 it states flatly" in said
    places = headlines.both_places(rows)
    assert places.note.tolist()[:2] == ["courier, headline: bound", "courier, body: bound"]
    assert len(places) == len(rows) + rows.body_start.notna().sum()
    assert headlines.against_table(rows).body.tolist()[0] == "at least 9"
