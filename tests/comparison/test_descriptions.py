"""What is said of the tables: counts by outlet, ledgers, omissions, findings and limits in sentences."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.comparison import agency, findings, frames, labels, ledgers, lineage, profiles
from samestory.figures import ledger
from samestory.tables import frame


def empty(coded: Annotations) -> Annotations:
    """The articles alone: nothing was found in them."""
    kept = ("articles", "texts", "segments")
    return replace(coded, **{f.name: frame(f.name) for f in fields(Annotations) if f.name not in kept})


def related(coded: Annotations, relation: str) -> Annotations:
    return replace(coded, claim_relations=coded.claim_relations.assign(relation=relation).astype("string"))


def test_source_types_count_cued_attributions_by_outlet(coded: Annotations):
    counts = profiles.source_types(coded)
    assert counts.to_numpy().tolist() == [
        ["lantern", "affected", 1],
        ["lantern", "organisation", 1],
        ["lantern", "witness", 1],
        ["wire", "official", 2],
    ]


def test_shares_of_segments_hold_every_character(coded: Annotations):
    shares = profiles.segment_shares(coded)
    assert shares.characters.sum() == coded.articles.n_chars.sum()
    assert shares[~shares.counted][["outlet", "segment"]].to_numpy().tolist() == [["lantern", "furniture"]]


def test_unknown_outlet_is_refused_by_name(coded: Annotations):
    with pytest.raises(ValueError, match="no outlet is named 'post'; the outlets are lantern, wire"):
        profiles.keep_outlets(coded, ["wire", "post"])
    wire = profiles.keep_outlets(coded, ["wire"])
    assert set(wire.articles.outlet) == {"wire"}
    assert set(wire.labels.article_id) <= set(wire.articles.article_id)
    assert set(wire.referents.referent_id) == {"r-fire", "r-ferry"}
    assert wire.claim_relations.relation.tolist() == ["only_in"]


def test_outlets_left_out_are_counted(coded: Annotations):
    kept, left_out = profiles.largest_outlets(coded, most=1)
    assert kept.articles.outlet.unique().tolist() == ["lantern"] and left_out == 1
    assert any("leave out 1" in sentence for sentence in findings.limits(kept, left_out))


def test_labels_are_set_side_by_side_by_referent(coded: Annotations):
    counts = labels.label_matrix(coded, ["r-fire"])
    assert counts.loc[("fire", "Blaze")].to_dict() == {"lantern": 1, "wire": 0}
    assert counts.loc[("fire", "fire")].to_dict() == {"lantern": 0, "wire": 1}
    assert labels.main_referents(coded, most=1).outlets.tolist() == [2]


def test_ledger_names_who_said_a_number(coded: Annotations):
    ledger = ledgers.ledger(coded)
    assert len(ledger) == len(coded.claims)
    assert set(ledger.voice) == {"unnamed official", "unnamed organisation"}


def test_conflict_shows_both_sides_and_silence_is_none(coded: Annotations):
    pairs = ledgers.conflicts(coded)
    row = pairs.iloc[0]
    assert len(pairs) == 1 and (row.quantity, row.other_quantity) == (9, 12)
    assert (row.outlet, row.other_outlet) == ("wire", "lantern")
    assert ledgers.both_sides(pairs).outlet.tolist() == ["wire", "lantern"]
    assert ledgers.conflicts(related(coded, "agree")).empty


def test_the_ledger_sets_conflicts_first_and_links_each_number(coded: Annotations):
    cells = ledgers.side_by_side_claims(coded)
    assert cells.status.iloc[0] == "conflict" and set(cells.outlet[cells.status == "conflict"]) == {"wire", "lantern"}
    shown = ledger(cells, coded.texts)
    html = shown._repr_html_()
    assert all(f'href="#{claim}"' in html and f'id="{claim}"' in html for claim in cells.claim_id)
    assert "conflict" in repr(shown)


def test_every_claim_that_stands_beside_none_is_counted(coded: Annotations):
    beside = coded.claim_relations[~coded.claim_relations.relation.isin(("only_in", "not_comparable"))]
    met = set(beside.claim_id) | set(beside.other_claim_id.dropna())
    assert ledgers.not_compared(coded).claims.sum() == len(coded.claims) - len(met)


def test_the_toll_in_time_keeps_what_a_bound_leaves_open(coded: Annotations):
    tolls = ledgers.tolls_in_time(coded)
    assert set(tolls.role.astype(str)) <= set(ledgers.TOLLS)
    assert tolls.high.isna().tolist() == tolls.bound.eq("at_least").tolist()
    assert tolls.low.isna().tolist() == tolls.bound.eq("at_most").tolist()


def test_omission_is_what_the_others_carry(coded: Annotations):
    missing = ledgers.omissions(coded)
    assert missing.empty, "of two outlets, most others is one"


def test_omission_of_a_number_is_told_where_three_report(dam: Annotations):
    silent = replace(dam, claims=dam.claims[dam.claims.article_id != "state"])
    missing = ledgers.omissions(silent)
    assert missing[["outlet", "what", "n_other_outlets"]].to_numpy().tolist() == [["state", "killed, person", 3]]


def test_findings_name_their_numbers(coded: Annotations):
    assert findings.sourcing(coded) == ("Officials make up 2 of 2 of the source mentions in wire, 0 of 3 in lantern.")
    assert findings.certainty(coded).startswith("1 of 1 hedge stands in an outlet's own voice")
    assert "1 pair of numbers from different articles conflicts" in findings.claims(coded)
    assert "lantern: blaze; wire: fire" in findings.naming(coded)


def test_two_sources_that_differ_are_no_outlet_that_contradicts_itself(coded: Annotations):
    inner = related(coded, "internal_conflict")
    assert findings.claims(inner).startswith(
        "wire gives two numbers (killed): 9, said by unnamed official, and at least 12, said by unnamed organisation"
    )
    own = replace(inner, claims=inner.claims.assign(holder="outlet").astype({"holder": "string"}))
    assert findings.claims(own).startswith("wire contradicts itself (killed): 9 and at least 12. ")


def test_both_numbers_of_one_article_stand_in_its_cell(dam: Annotations):
    """The headline's nine and the body's at least nine are one claim; here they are made to conflict."""
    row = dam.claim_relations.head(1).assign(article_id="wire", claim_id="wire-c1", other_article_id="wire",
                                             other_claim_id="wire-c0", relation="internal_conflict")  # fmt: skip
    cells = ledgers.side_by_side_claims(replace(dam, claim_relations=row.astype("string")))
    own = cells[cells.outlet == "wire"]
    assert set(own.claim_id) == {"wire-c0", "wire-c1"} and own.what.nunique() == 1
    assert set(own.status) == {"internal conflict"}


def test_where_numbers_were_not_comparable_none_is_said_to_agree(coded: Annotations):
    said = findings.claims(related(coded, "not_comparable"))
    assert said.startswith("None of the numbers that could be compared contradict each other (")


def test_where_nothing_was_found_it_says_so(coded: Annotations):
    told = findings.headlines(empty(coded))
    assert "No source is cited." in told and "No hedge was found." in told
    assert "No copy shared between articles was found." in told
    assert "No count, amount, date or place of the event was found." in told
    assert all(sentence.endswith(".") for sentence in told)


def test_profiles_of_nothing_are_empty_tables(coded: Annotations):
    nothing = empty(coded)
    for table in (
        profiles.source_types(nothing),
        profiles.speakers(nothing),
        profiles.certainty_by_voice(nothing),
        profiles.attribution_profile(nothing),
        lineage.house_edits(nothing),
        labels.label_matrix(nothing),
        labels.main_referents(nothing),
        agency.agency(nothing),
        frames.profile(nothing),
        frames.evidence(nothing),
        ledgers.ledger(nothing),
        ledgers.conflicts(nothing),
        ledgers.omissions(nothing),
    ):
        assert table.empty


def test_limits_say_that_two_events_test_nothing(coded: Annotations):
    assert any("With 2 events no paired test" in sentence for sentence in findings.limits(coded))
    one = coded.event("ferry")
    assert any(sentence.startswith("Every outlet has one article here.") for sentence in findings.limits(one))


def test_limits_tell_which_report_is_earlier_only_where_the_clocks_are_known(coded: Annotations):
    def published(first: str, second: str, precision: str) -> str:
        articles = coded.event("ferry").articles.assign(published=[first, second], published_precision=precision)
        typed = articles.astype({"published": "string", "published_precision": "string"})
        return " ".join(findings.limits(replace(coded.event("ferry"), articles=typed)))

    assert "by at least 11 hours" in published("2020-02-06T08:00+00:00", "2020-02-06T20:00+00:00", "minute")
    assert "cannot be said" in published("2020-02-06T08:00", "2020-02-06T20:00", "minute")
    assert "within an hour of each other" in published("2020-02-06T08:00+06:00", "2020-02-06T05:20+03:00", "minute")


def test_agency_copy_is_a_limit(coded: Annotations):
    agency = pd.Series(["Meridian", pd.NA, pd.NA, pd.NA], dtype="string")
    borrowed = replace(coded, articles=coded.articles.assign(agency=agency))
    assert any(sentence.startswith("Agency copy in 1 of 4 articles") for sentence in findings.limits(borrowed))
    assert "runs Meridian copy" in findings.lineage(borrowed)


def test_contrasts_that_could_not_be_tested_are_no_finding():
    none = pd.DataFrame({"p": [float("nan")], "q": [float("nan")]})
    assert findings.contrasts(none).startswith("No contrast between outlets can be tested here")


def test_money_that_two_outlets_agree_on_stands_in_the_ledger(dam: Annotations):
    claims = dam.claims.assign(role="money", unit_class="money", unit="crown").astype(dam.claims.dtypes)
    relations = dam.claim_relations.assign(role="money", relation="agree").astype("string")
    cells = ledgers.side_by_side_claims(replace(dam, claims=claims, claim_relations=relations))
    assert set(cells.what) == {"money (crown)"} and cells.outlet.nunique() == 4
