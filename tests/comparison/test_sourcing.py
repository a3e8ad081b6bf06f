"""Who speaks: what is counted, what is said of it, what is left to read."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.comparison import sourcing
from samestory.figures import matrix
from samestory.tables import COUNTED_SEGMENTS, frame


def rows(table: pd.DataFrame) -> list[list[object]]:
    return table.to_numpy().tolist()


@pytest.fixture
def nested(coded: Annotations) -> Annotations:
    """The organiser told the wire, and Mirkel's words are the organiser's to report; "police" is known everywhere."""
    first, second = "mill-fire-lantern-a0", "mill-fire-lantern-a1"
    attributions = coded.attributions.copy()
    attributions.loc[attributions.attribution_id == second, ["nested_in", "layer"]] = [first, 2]
    attributions.loc[attributions.attribution_id == first, "addressee"] = "the wire"
    contents = coded.contents.copy()
    end = contents.end[contents.attribution_id == second].iloc[0]
    contents.loc[contents.attribution_id == first, "end"] = end
    return replace(coded, attributions=attributions, contents=contents)


@pytest.fixture
def bare(coded: Annotations) -> Annotations:
    kept = ("articles", "texts", "segments")
    return replace(coded, **{f.name: frame(f.name) for f in fields(Annotations) if f.name not in kept})


def test_sources_are_counted_by_what_readers_learn_of_them(coded: Annotations):
    withheld = coded.sources.assign(anonymous=coded.sources.source_type == "organisation")
    counts = sourcing.identities(replace(coded, sources=withheld))
    assert rows(counts) == [
        ["lantern", "name withheld", 1],
        ["lantern", "person by name", 1],
        ["lantern", "without a name", 1],
        ["wire", "without a name", 2],
    ]
    assert sourcing.identity_finding(counts) == "lantern names the source in 1 of 3 mentions, wire in 0 of 2."


def test_those_who_saw_or_suffered_stand_beside_officials(coded: Annotations):
    counts = sourcing.standings(coded)
    assert rows(counts) == [
        ["lantern", "others", 1],
        ["lantern", "witnesses and people affected", 2],
        ["wire", "officials", 2],
    ]
    assert "lantern cites witnesses or people affected in 2 of 3 mentions" in sourcing.standing_finding(counts)


def test_each_character_is_given_to_the_innermost_source(coded: Annotations, nested: Annotations):
    def of_lantern(annotations: Annotations) -> dict[str, int]:
        given = sourcing.text_given(annotations)
        return given[given.outlet == "lantern"].set_index("source_type").number.to_dict()

    before, after = of_lantern(coded), of_lantern(nested)
    assert after["witness"] == before["witness"] == len("“They locked it,”")
    assert after["organisation"] > before["organisation"]
    assert after["affected"] == before["affected"]


def test_shares_are_of_counted_text_and_need_no_text(coded: Annotations):
    given = sourcing.text_given(replace(coded, texts=coded.texts.assign(text=pd.NA)))
    wire = coded.articles.article_id[coded.articles.outlet == "wire"]
    segments = coded.segments[coded.segments.article_id.isin(wire) & coded.segments.segment.isin(COUNTED_SEGMENTS)]
    own = given[given.outlet == "wire"].iloc[0]
    assert own.percent == pytest.approx(100 * own.number / (segments.end - segments.start).sum(), abs=0.05)


def test_what_is_carried_over_is_given_apart(coded: Annotations):
    carried = coded.attributions.assign(cue_start=pd.NA, cue_end=pd.NA)
    assert set(sourcing.text_given(replace(coded, attributions=carried)).source_type) == {"carried over"}


def test_a_chain_tells_who_told_whom_outermost_first(nested: Annotations):
    chains = sourcing.chains(nested)
    assert rows(chains[["outlet", "chain", "layer"]]) == [["lantern", "unnamed organisation (told the wire) → anna", 2]]
    home = nested.attributions.addressee.mask(nested.attributions.addressee.notna(), "the Lantern")
    told = sourcing.chains(replace(nested, attributions=nested.attributions.assign(addressee=home)))
    assert told.chain.tolist() == ["unnamed organisation → anna"], "what an outlet is told itself is not borrowed"
    text = nested.texts.set_index("article_id").text
    marked = [text[row.article_id][row.start : row.end] for row in chains.itertuples()]
    assert marked == ["“They locked it,”"]
    counts = sourcing.steps(nested)
    assert ["lantern", "two voices", 1] in rows(counts)
    assert sourcing.step_finding(counts).startswith("lantern reports through two voices or more in 1 of 3")


def test_without_nesting_there_is_no_second_voice(coded: Annotations):
    assert sourcing.chains(coded).empty
    assert sourcing.step_finding(sourcing.steps(coded)).startswith("Nothing comes through two voices")


def cited_by(coded: Annotations, *outlets: str) -> Annotations:
    """Three outlets tell of one event; these cite anna."""
    names = ("lantern", "mail", "wire")
    article, attribution, source = (
        table[table.article_id == "mill-fire-wire"] for table in (coded.articles, coded.attributions, coded.sources)
    )
    made = {"articles": [], "attributions": [], "sources": []}
    for name in names:
        made["articles"].append(article.assign(article_id=name, outlet=name))
        made["attributions"].append(attribution.assign(article_id=name, attribution_id=f"{name}-a"))
        referent = "r-anna" if name in outlets else pd.NA
        made["sources"].append(source.assign(article_id=name, attribution_id=f"{name}-a", referent_id=referent))
    return replace(coded, **{name: pd.concat(parts, ignore_index=True) for name, parts in made.items()})


def test_sources_are_grouped_by_how_many_outlets_cite_them(coded: Annotations):
    for outlets, group in (
        (("lantern", "mail", "wire"), sourcing.EVERY),
        (("lantern", "mail"), sourcing.SOME),
        (("mail",), sourcing.ALONE),
    ):
        counts = sourcing.cited(cited_by(coded, *outlets))
        assert counts.index.tolist() == [(group, "anna")]
        assert counts.loc[(group, "anna")].to_dict() == {n: int(n in outlets) for n in ("lantern", "mail", "wire")}
    assert "stand in one outlet alone" in sourcing.cited_finding(cited_by(coded, "mail"))


def test_what_is_not_shown_of_a_group_is_counted(coded: Annotations):
    shown = sourcing.cited(cited_by(coded, "mail"), most=0)
    assert shown.index.tolist() == [(sourcing.ALONE, "and 1 more")]


def test_a_source_that_most_others_cite_is_missed_where_it_is_not_cited(coded: Annotations):
    missed = sourcing.uncited(cited_by(coded, "lantern", "mail"))
    assert rows(missed[["event", "outlet", "name", "n_other_outlets", "n_outlets"]]) == [
        ["mill-fire", "wire", "anna", 2, 2]
    ]
    assert sourcing.uncited(cited_by(coded, "mail")).empty
    assert sourcing.uncited(coded).empty  # of two outlets neither is most others


def test_an_outlet_does_not_miss_itself_as_a_source(coded: Annotations):
    annotations = cited_by(coded, "lantern", "mail")
    named = annotations.referents.assign(name="wire")
    assert sourcing.uncited(replace(annotations, referents=named)).empty


def test_small_outlets_do_not_count_as_extremes():
    counts = pd.DataFrame(
        [["big", "direct", 10], ["big", "indirect", 30], ["tiny", "direct", 2], ["mid", "indirect", 9]],
        columns=["outlet", "quote_type", "number"],
    )
    high, low = sourcing.extremes(counts, ("direct",))
    assert (high.outlet, low.outlet) == ("big", "mid")


def test_mentions_are_passages_of_the_sources_asked_for(coded: Annotations):
    found = sourcing.mentions(coded, coded.sources.source_type == "witness")
    assert found.outlet.tolist() == ["lantern"]
    twice = replace(coded, sources=pd.concat([coded.sources, coded.sources], ignore_index=True))
    assert len(sourcing.mentions(twice, twice.sources.source_type == "witness")) == 1


def test_where_nothing_is_attributed_everything_says_so(bare: Annotations):
    assert sourcing.identity_finding(sourcing.identities(bare)) == "No source is cited."
    assert sourcing.standing_finding(sourcing.standings(bare)) == "No source is cited."
    assert sourcing.quotation_finding(sourcing.quotations(bare)) == "Nothing is attributed."
    assert sourcing.step_finding(sourcing.steps(bare)).startswith("Nothing comes")
    assert sourcing.text_finding(sourcing.text_given(bare)) == "No text is given to sources."
    assert sourcing.cited_finding(bare) == "No source is cited."
    assert sourcing.chains(bare).empty and sourcing.uncited(bare).empty
    assert matrix(sourcing.cited(bare), title="t", alt="a").svg()
    assert "Fewer than ten attributions: lantern, wire" in " ".join(sourcing.limits(bare))


def test_limits_name_the_engine(coded: Annotations):
    assert any("found by hand" in sentence for sentence in sourcing.limits(coded))
