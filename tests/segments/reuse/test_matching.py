"""Passages that bodies share, and the agency that a text comes from."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz.distance import LCSseq

from samestory.articles import Article
from samestory.segments import find_agency, find_reuse, segment
from samestory.segments.reuse.candidates import NEIGHBOURS, RUN, WINDOW, fingerprints
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


def test_passages_of_shared_copy() -> None:
    paper = WIRE.replace("Gunmen", "Militants").replace("three", "four")
    found, passages, _ = reuse(WIRE, "The mayor of the town was not there to see it.\n" + paper)
    ours = passages[passages.article_id == "a0"]
    assert [(row.start, row.end) for row in ours.itertuples()] == [(0, len(WIRE))]
    assert found[1].text[ours.other_start.iloc[0] :].startswith("Militants")


def test_a_short_text_is_found_in_a_long_one() -> None:
    """Containment and not likeness: 30 words of a report inside 3,000 of other things."""
    around = [f"Item {n} of the long list was read aloud and item {n + 1} was put off." for n in range(200)]
    found, passages, _ = reuse(WIRE.split("\n")[0], "\n".join([*around[:100], WIRE, *around[100:]]))
    assert len(passages) == 2
    assert passages.start.iloc[0] == 0 and passages.end.iloc[0] == len(found[0].text)


def test_the_order_of_the_articles_changes_nothing() -> None:
    found = articles(WIRE, WIRE.replace("three", "four"), "It rained all day.\n" + WIRE)
    segments = concat("segments", [segment(one) for one in found])
    for one, other in zip(find_reuse(found, segments), find_reuse(found[::-1], segments), strict=True):
        pd.testing.assert_frame_equal(one, other)


def test_a_pair_does_not_depend_on_the_batch() -> None:
    pair = [WIRE, "It rained all day.\n" + WIRE.replace("three", "four")]
    _, alone, _ = reuse(*pair)
    _, among, _ = reuse(*pair, *(f"The town of number {n} has nothing new to say of itself." for n in range(30)))
    pd.testing.assert_frame_equal(alone, among)


def test_copy_that_everyone_took_is_found_in_all() -> None:
    count = NEIGHBOURS + 12
    _, passages, _ = reuse(*(f"Paper {n} has its own first line.\n{WIRE}" for n in range(count)))
    assert passages.article_id.nunique() == count


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


NUMBERS = st.lists(st.integers(0, 2**63), max_size=30).map(lambda n: np.array(n, dtype=np.uint64))


@given(NUMBERS, st.lists(st.integers(0, 2**63), min_size=RUN + WINDOW - 1, max_size=20), NUMBERS, NUMBERS)
def test_twelve_words_in_a_row_are_found_for_certain(first, shared, second, third) -> None:
    both = np.array(shared, dtype=np.uint64)
    one, other = np.concatenate([first, both, second]), np.concatenate([third, both, first])
    assert set(fingerprints(one).tolist()) & set(fingerprints(other).tolist())


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
        words = [w.lower() for w in texts[row.article_id][row.start : row.end].replace(".", "").split()]
        others = [
            w.lower() for w in texts[row.other_article_id][row.other_start : row.other_end].replace(".", "").split()
        ]
        assert LCSseq.similarity(words, others) >= 8


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
        ("A man told Reuters of it, a guard told Reuters too, and the mayor told the Post that he knew.", None),
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
