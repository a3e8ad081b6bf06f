"""Families of shared copy, where they come from, and whose agency spreads to whom."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from samestory.articles import Article
from samestory.segments import find_agency, find_reuse, segment
from samestory.segments.reuse.families import explain_origin, find_families, spread_agency
from samestory.tables import concat, frame

COPY = (
    "Gunmen opened fire on a customs post in the main port on Monday, killing three officers, the ministry said.\n"
    "One of the attackers, a 23-year-old man, was believed to be still at large in the hills on Monday night.\n"
    "The port was closed, and ships were told to wait outside the strait until the next morning came.\n"
    "Insurers said that they would raise their prices for every ship that calls at one of the ports."
)
OWN = "\n".join(f"The paper number {n} has a story of its own about street {n} and house {n}." for n in range(30))
STATEMENT = (
    '"We take pride in bringing people together, and we know that we let some of our customers down. Our team is '
    'looking into what happened, and we will be in touch with each of them to make it right, and soon," it said.'
)


def article(name: str, outlet: str, text: str, published: str | None = None) -> Article:
    precision = {None: "unknown", 10: "day"}.get(len(published) if published else None, "minute")
    return Article(name, outlet, text, f"{name}.txt", "text", published=published, published_precision=precision)


def family(*articles: Article, told: tuple[str, str] | None = None) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Families, the table of articles, and segments; ``told`` is an article and whom people told in it."""
    segments = concat("segments", [segment(one) for one in articles])
    reuse, edits = find_reuse(articles, segments)
    table = frame(
        "articles",
        [
            {"article_id": a.article_id, "outlet": a.outlet, "agency": find_agency(a, segments), "format": "text",
             "published": a.published, "published_precision": a.published_precision, "source_file": a.source_file,
             "text_sha256": a.text_sha256, "n_chars": len(a.text), "n_words": 0, "n_body_words": 0}
            for a in articles
        ],
    )  # fmt: skip
    attribution = {
        "article_id": told[0], "attribution_id": "x", "sentence_id": "s", "cue_start": 0, "cue_end": 4,
        "addressee": told[1], "layer": 1, "attribution_kind": "speech", "quote_type": "indirect", "engine": "test",
    } if told else None  # fmt: skip
    attributions = frame("attributions", [attribution] if attribution else [])
    return find_families(reuse, edits, table, segments, attributions), table, segments


def test_versions_are_one_family_and_others_none() -> None:
    found, _, _ = family(
        article("a", "one", COPY),
        article("b", "two", COPY.replace("Gunmen", "Militants")),
        article("c", "three", COPY.split("\n", 1)[1] + "\nIt rained."),
        article("d", "four", OWN),
    )
    assert list(found.article_id) == ["a", "b", "c"] and found.family.nunique() == 1
    assert found.share.between(0.8, 1).all()


def test_word_for_word_copies_are_a_family() -> None:
    found, _, _ = family(article("a", "one", COPY), article("b", "two", COPY))
    assert list(found.share) == [1, 1]


def test_one_statement_makes_no_family() -> None:
    found, _, _ = family(
        article("a", "one", f"Two players had to leave a flight in Dallas because of blankets.\n{STATEMENT}"),
        article("b", "two", f"{STATEMENT}\nThat was all that the airline had to say of it on the whole of Tuesday."),
    )
    assert found.empty


def test_the_agency_that_one_member_names_is_that_of_the_others() -> None:
    credited = article("a", "one", f"{COPY}\n(Reporting by Ann Roe; Editing by Karl Teske)")
    copy, around = article("b", "two", COPY.replace("three", "four")), article("c", "three", f"{OWN}\n{COPY}")
    found, table, segments = family(credited, copy, around)
    assert set(found.agency) == {"Reuters"} and set(found.rule) == {"credited"} and found.origin.isna().all()
    spread = spread_agency(table, found).set_index("article_id").agency
    assert spread["a"] == spread["b"] == "Reuters"
    assert pd.isna(spread["c"])  # most of it is the paper's own
    why = explain_origin(found, [credited, copy, around], segments).set_index("article_id")
    assert why.rule["a"] == "byline" and why.rule["b"] == "credited"
    assert "eporting by" in credited.text[why.start["a"] : why.end["a"]] and pd.isna(why.start["b"])


def test_an_agency_is_not_given_its_own_name() -> None:
    page, paper = article("a", "reuters.com", COPY), article("b", "two", f"{COPY}\n© Thomson Reuters 2016")
    found, table, _ = family(page, paper)
    assert set(found.origin) == {"a"}
    assert list(spread_agency(table, found).agency.fillna("")) == ["", "Reuters"]


def test_an_agencys_own_page_is_the_origin() -> None:
    found, table, _ = family(article("a", "two", COPY), article("b", "apnews.com/ap", COPY.replace("three", "3 or 4")))
    assert set(found.rule) == {"agency's page"} and set(found.origin) == {"b"}
    assert list(spread_agency(table, found).agency.fillna("")) == ["AP", ""]


def test_people_told_the_outlet_of_another_member() -> None:
    members = article("a", "castrel-courier", COPY), article("b", "two", COPY.replace("three", "four"))
    found, table, _ = family(*members, told=("b", "the Courier"))
    assert set(found.rule) == {"told outlet"} and set(found.origin) == {"a"} and found.agency.isna().all()
    assert spread_agency(table, found).agency.isna().all()


def test_who_was_first() -> None:
    early, late = article("a", "one", COPY, "2016-07-18"), article("b", "two", COPY, "2016-07-21")
    found, _, _ = family(late, early)
    assert set(found.rule) == {"published first"} and set(found.origin) == {"a"}
    same_day, _, _ = family(early, replace(late, published="2016-07-18"))
    assert same_day.rule.isna().all()
    mistaken, _, _ = family(replace(early, published="2015-07-18"), late)
    assert mistaken.rule.isna().all()


def test_who_has_all_of_it() -> None:
    found, _, _ = family(article("a", "one", COPY.rsplit("\n", 1)[0]), article("b", "two", COPY))
    assert set(found.rule) == {"contains the others"} and set(found.origin) == {"b"}
    taken_in, _, _ = family(article("a", "one", COPY), article("b", "two", f"{COPY}\n{OWN}"))
    assert taken_in.rule.isna().all()


def test_the_order_of_rows_changes_nothing() -> None:
    members = [article(name, f"outlet{name}", COPY.replace("three", name)) for name in "abcd"]
    one, _, _ = family(*members)
    other, _, _ = family(*members[::-1])
    pd.testing.assert_frame_equal(one, other)
