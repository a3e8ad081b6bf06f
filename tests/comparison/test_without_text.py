"""An event of which no page was captured: everything that notebooks ask for has an answer."""

from __future__ import annotations

from samestory.annotation import annotate
from samestory.articles.record import Article
from samestory.comparison import (
    agency,
    compare,
    comparison_table,
    contrast,
    emphasis,
    findings,
    headlines,
    labels,
    ledgers,
    omissions,
    profiles,
    wording,
)
from samestory.figures import agency_chart, matrix
from samestory.measures import measure


def test_articles_known_by_address_alone_are_told_as_such() -> None:
    articles = [
        Article(f"a{n}", outlet, "", f"{outlet}.json", "news-please", event="lost", url=f"http://{outlet}.example/1")
        for n, outlet in enumerate(("lantern", "wire"))
    ]
    found = annotate(articles)
    measures = measure(found)
    assert found.texts.text.isna().all() and found.segments.empty and measures.empty
    assert profiles.roster(found).body_words.tolist() == [0, 0]
    assert "No text came in" in findings.counting(found)
    assert len(findings.headlines(found)) == 6
    compared = compare(measures, found.articles)
    assert compared.empty and comparison_table(compared).empty
    assert "No contrast" in findings.contrasts(contrast(measures, found.articles))
    main = labels.main_referents(found)
    assert main.empty and agency.agency(found).empty and wording.top_words(wording.wording(found).words).empty
    assert all(part.empty for part in wording.wording(found)) and wording.word_passages(found, "fire").empty
    assert matrix(labels.label_matrix(found, []), title="t", alt="a").svg()
    assert ledgers.conflict_table(ledgers.conflicts(found)).empty and ledgers.omissions(found).empty
    assert labels.only_choices(found).empty and labels.label_table(found).empty
    first, rooms, against = emphasis.first_named(found), emphasis.room(found), headlines.headline_against_body(found)
    assert first.empty and emphasis.room_rows(rooms).empty and emphasis.opening(emphasis.first_things(found)).empty
    assert headlines.against_finding(against, found) == "No headline was read."
    assert headlines.both_places(against).empty and headlines.against_table(against).empty
    assert omissions.omission_table(omissions.omissions(found)).empty
    assert agency_chart(agency.agency(found), title="t", alt="a").svg()
    assert agency.agency_passages(found).empty
    said = [emphasis.headline_finding(found), emphasis.first_finding(first), emphasis.room_finding(rooms),
            labels.choice_finding(labels.only_choices(found)), agency.left_out_finding(found),
            agency.agency_finding(agency.agency(found)),
            omissions.omission_finding(omissions.omissions(found), found)]  # fmt: skip
    assert all(sentence.startswith(("No ", "Nowhere", "There are no", "What is left out cannot")) for sentence in said)
