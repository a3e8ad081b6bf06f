"""Findings with what proves each: chosen by rule, told with their numbers, pointing at characters that are there."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from samestory import compare, measure
from samestory.annotation import Annotations
from samestory.comparison import contrast, proven
from samestory.comparison.proven import Proven
from samestory.tables import frame


@pytest.fixture
def measures(coded: Annotations) -> pd.DataFrame:
    return measure(coded)


def found(annotations: Annotations, measures: pd.DataFrame) -> dict[str, Proven]:
    return {one.kind: one for one in proven.of_event(annotations, measures)}


def counts(rows: list[tuple[str, str, str, float, float]]) -> tuple[Annotations, pd.DataFrame]:
    """Articles without text and what was counted in them: event, outlet, measure, numerator, denominator."""
    names = sorted({(event, outlet) for event, outlet, *_ in rows})
    articles = [
        {"article_id": f"{event}-{outlet}", "event": event, "outlet": outlet, "published_precision": "unknown",
         "source_file": "f", "format": "plain", "text_sha256": "0", "n_chars": 1, "n_words": 1, "n_body_words": 1}
        for event, outlet in names
    ]  # fmt: skip
    told = [{"article_id": f"{event}-{outlet}", "measure": name, "numerator": a, "denominator": b}
            for event, outlet, name, a, b in rows]  # fmt: skip
    empty = Annotations(**{name: frame(name) for name in Annotations.__dataclass_fields__})
    return replace(empty, articles=frame("articles", articles)), frame("measures", told)


def test_a_contradiction_comes_first_and_points_at_both_sides(coded: Annotations, measures):
    first = proven.of_event(coded.event("mill-fire"), measures)[0]
    assert first.kind == "conflict" and first.event == "mill-fire"
    assert first.sentence.startswith("One number, two versions (killed): 9 in wire")
    texts = coded.texts.set_index("article_id").text
    assert [texts[part.article_id][part.start : part.end] for part in first.evidence] == ["nine workers", "12 people"]
    assert {part.fragment.removeprefix("mark=") for part in first.evidence} <= set(coded.claims.claim_id)


def test_the_later_number_stands_last_and_is_revised_for_one_holder_alone(coded: Annotations, measures):
    one = coded.event("mill-fire")
    times = {"mill-fire-wire": "2020-02-06T12:00Z", "mill-fire-lantern": "2020-02-06T08:00Z"}
    articles = one.articles.assign(published=one.articles.article_id.map(times), published_precision="minute")
    update = replace(one, articles=articles.astype({"published": "string", "published_precision": "string"}),
                     claim_relations=one.claim_relations.assign(relation="update").astype("string"))  # fmt: skip
    first = proven.of_event(update, measures)[0]
    assert first.sentence.startswith("The later report gives another number (killed): at least 12 in lantern, said by ")
    assert [part.outlet for part in first.evidence] == ["lantern", "wire"]
    own = replace(update, claims=update.claims.assign(holder="outlet").astype({"holder": "string"}))
    assert proven.of_event(own, measures)[0].sentence == (
        "A number that was revised (killed): at least 12 in lantern; then 9 in wire."
    )


def test_a_share_is_told_with_its_counts_and_each_article_is_linked():
    rows = [("e", "wire", "source_official", 9, 10), ("e", "lantern", "source_official", 0, 12)]
    one = found(*counts(rows))["sourcing"]
    assert one.sentence == "Officials make up 9 of 10 source mentions in wire, 0 of 12 in lantern."
    assert [(part.outlet, part.said, part.fragment) for part in one.evidence] == [
        ("wire", "9 of 10", "of=source_official&in=e-wire"),
        ("lantern", "0 of 12", ""),
    ], "nothing was counted there, so that nothing can be shown"


@pytest.mark.parametrize("wire, lantern", [((2, 4), (0, 4)), ((5, 10), (5, 10)), ((3, 10), (2, 10))])
def test_few_cases_no_difference_or_a_small_one_are_no_finding(wire, lantern):
    assert "sourcing" not in found(*counts([("e", "wire", "named", *wire), ("e", "lantern", "named", *lantern)]))


def test_a_rate_of_words_is_told_by_how_often():
    rows = [("e", "wire", "hedge_outlet", 8, 300), ("e", "lantern", "hedge_outlet", 0, 250)]
    sentence = found(*counts(rows))["certainty"].sentence
    assert sentence == "wire hedges in its own voice 8 times in 300 words of its own; in lantern's, none found in 250."


def test_over_a_study_shares_are_of_all_events_and_the_event_that_shows_them_most_proves_them():
    rows = [(f"e{n}", outlet, "named", a, 10) for n in range(8)
            for outlet, a in (("wire", 9), ("lantern", 1 if n == 5 else 4))]  # fmt: skip
    annotations, told = counts(rows)
    by_event = [proven.of_event(annotations.event(f"e{n}"), told) for n in range(8)]
    contrasts = contrast(told, annotations.articles, names=["named"])
    (one,) = proven.of_study(annotations, told, by_event, contrasts)
    said = "lantern identifies its sources by name or institution in 29 of 80 mentions, wire in 72 of 80. "
    assert one.sentence.startswith(said)
    assert "On the 8 events of both, the difference holds after correction (q = .008)." in one.sentence
    assert one.event == "e5" and {part.event for part in one.evidence} == {"e5"}


def test_contradictions_are_counted_over_events(coded: Annotations, measures):
    by_event = [proven.of_event(coded.event(name), measures) for name in ("ferry", "mill-fire")]
    over = proven.of_study(coded, measures, by_event, contrast(measures, coded.articles))
    assert over[0].sentence.startswith("Numbers do not agree in 1 of 2 events. One number, two versions")


def test_one_event_alone_tells_what_it_finds(coded: Annotations, measures):
    one = coded.event("mill-fire")
    alone = proven.of_event(one, measures)
    assert proven.of_study(one, measures, [alone], contrast(measures, one.articles)) == alone


def test_an_article_alone_or_without_anything_found_gives_nothing(coded: Annotations, measures):
    one = coded.select(coded.articles.article_id[:1])
    assert proven.of_event(one, measures) == []
    empty, none = counts([("e", "wire", "named", 0, 0)])
    assert proven.of_event(empty, none) == [] and compare(none, empty.articles).value.isna().all()


def test_two_outlets_words_for_the_same_thing(coded: Annotations, measures):
    one = found(coded.event("mill-fire"), measures)["wording"]
    assert "lantern alone writes blaze; wire alone writes fire" in one.sentence
    assert [part.said for part in one.evidence] == ["blaze", "fire"]
    assert all(part.fragment.startswith("mark=") for part in one.evidence)
