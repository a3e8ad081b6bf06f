"""Reuse between two bodies, edits inside it, and the agency that a text comes from."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.articles import Article
from samestory.segments import find_agency, find_reuse, segment
from samestory.tables import concat

WIRE = (
    "Gunmen opened fire on a customs post in the main port on Monday, killing at least three officers and a clerk, "
    "the ministry said.\nOne of the attackers was believed to be still at large on Monday night.\n"
    "The port was closed, and ships were told to wait outside the strait until morning."
)


def articles(*texts: str) -> list[Article]:
    return [Article(f"a{n}", f"outlet{n}", text, f"{n}.txt", "text") for n, text in enumerate(texts)]


def reuse(*texts: str) -> tuple[list[Article], pd.DataFrame, pd.DataFrame]:
    found = articles(*texts)
    return found, *find_reuse(found, concat("segments", [segment(one) for one in found]))


def edit_words(found: list[Article], edits: pd.DataFrame) -> list[tuple[str, str, str]]:
    texts = {one.article_id: one.text for one in found}
    return [
        (
            row.kind,
            texts[row.article_id][row.start : row.end],
            texts[row.other_article_id][row.other_start : row.other_end],
        )
        for row in edits[edits.article_id == "a0"].itertuples()
    ]


def test_changed_wording_in_shared_copy() -> None:
    paper = WIRE.replace("Gunmen", "Militants").replace("main port", "country's port").replace("three", "four")
    paper = paper.replace("at large", "at large in the hills").replace(" until morning", "")
    found, passages, edits = reuse(WIRE, "The mayor of the town was not there to see it.\n" + paper)
    assert len(passages) == 2
    assert edit_words(found, edits) == [
        ("substituted", "main", "country's"),
        ("substituted", "three", "four"),
        ("deleted", "", "in the hills"),
    ]
    assert passages.iloc[0].start == len("Gunmen ")


def test_moved_copy() -> None:
    first, second, third = WIRE.split("\n")
    longer = f"{second[:-1]}, said a man who had seen him run up the hill behind the church."
    found, _, edits = reuse(f"{first}\n{longer}\n{third}", f"{longer}\n{first}\nIt rained.\n{third}")
    assert [kind for kind, _, _ in edit_words(found, edits)].count("moved") == 1


def test_common_phrases_are_no_reuse() -> None:
    _, passages, edits = reuse(
        "The ministry said on Monday that nobody had been hurt in the fire at the mill.",
        "The ministry said on Monday that three men had been found in the hills.",
    )
    assert passages.empty
    assert edits.empty


def test_only_bodies_are_compared() -> None:
    notice = "© 2019 This material may not be published, broadcast, rewritten or redistributed by anybody at all"
    _, passages, _ = reuse(f"One thing happened in the old town today.\n{notice}", f"Another was seen later.\n{notice}")
    assert passages.empty


WORDS = st.lists(
    st.sampled_from(
        ["the", "mill", "burnt", "down", "on", "Monday", "police", "said", "nine", "men", "were", "hurt", "there"]
    ),
    max_size=60,
)


@settings(deadline=None, max_examples=25)
@given(WORDS, WORDS, WORDS)
def test_passages_are_alike_and_stand_from_both_sides(first: list[str], second: list[str], third: list[str]) -> None:
    found, passages, edits = reuse(
        *(" ".join(words) + ". It was over." for words in (first + third, second + third, third))
    )
    texts = {one.article_id: one.text for one in found}
    for table in (passages, edits):
        sides = set(
            zip(table.article_id, table.start, table.end, table.other_article_id, table.other_start, strict=True)
        )
        turned = set(
            zip(table.other_article_id, table.other_start, table.other_end, table.article_id, table.start, strict=True)
        )
        assert sides == turned
    for row in passages.itertuples():
        assert (
            texts[row.article_id][row.start : row.end].split()[:7]
            == (texts[row.other_article_id][row.other_start : row.other_end].split()[:7])
        )


STORY = (
    "The mill in the old town burnt down on Thursday, the police said.\n{}\nNobody was hurt when the roof came down."
)


@pytest.mark.parametrize(
    ("line", "agency"),
    [
        ("© Thomson Reuters 2016", "Reuters"),
        ("Copyright 2016 The Associated Press. All rights reserved.", "AP"),
        ("(Reporting by Ann Roe; Editing by Karl Teske)", "Reuters"),
        ("A Reuters reporter saw the roof come down.", "Reuters"),
        ("A man told Reuters that he had seen it, and a guard told Reuters the same.", "Reuters"),
        ("A man told Reuters that he had seen it.", None),
        ("© REUTERS / Karl Teske The mill on Friday", None),
        ("The mill on Friday. (AP Photo/Karl Teske)", None),
        ("The Associated Press contributed to this report.", None),
        ("A guard said he had seen nothing of it.", None),
    ],
)
def test_agency(line: str, agency: str | None) -> None:
    one = Article("a", "post.example", STORY.format(line), "a.txt", "text")
    assert find_agency(one, segment(one)) == agency


def test_agency_in_the_dateline_and_the_outlets_own_name() -> None:
    text = "PORT HALLIN, May 13 (Meridian) - The mill burnt down on Thursday, the police said.\nNobody was hurt in it."
    paper, wire = (Article("a", outlet, text, "a.txt", "text") for outlet in ("post.example", "meridian-wire"))
    assert find_agency(paper, segment(paper)) == "Meridian"
    assert find_agency(wire, segment(wire)) is None
