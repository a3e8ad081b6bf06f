"""An event of which no page was captured: everything that notebooks ask for has an answer."""

from __future__ import annotations

from samestory.annotation import annotate
from samestory.articles.record import Article
from samestory.comparison import compare, comparison_table, contrast, findings, ledgers, naming, profiles
from samestory.figures import matrix
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
    main = naming.main_referents(found)
    assert main.empty and naming.agency(found).empty and naming.distinctive_words(found).empty
    assert all(part.empty for part in naming.wording(found)) and naming.word_passages(found, "fire").empty
    assert matrix(naming.label_matrix(found, []), title="t", alt="a").svg()
    assert ledgers.conflict_table(ledgers.conflicts(found)).empty and ledgers.omissions(found).empty
