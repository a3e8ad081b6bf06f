"""Keyword in context, shown: aligned, counted, and no character becomes markup."""

from __future__ import annotations

import pandas as pd

from samestory.figures import kwic

HOSTILE = '"><img src=x onerror=alert(1)><script>'


def rows(*cells: tuple[object, ...]) -> pd.DataFrame:
    names = ["outlet", "event", "segment", "voice", "left", "keyword", "right", "article_id", "start", "end"]
    told = [
        (outlet, "e", "body", voice, left, keyword, right, "a", 3, 9) for outlet, voice, left, keyword, right in cells
    ]
    return pd.DataFrame(told, columns=names)


FOUND = rows(
    ("Wire", "outlet", "the ferry was ", "safe", " on Friday"),
    ("A Very Long Outlet Name", "coastguard", "in ", "safety", ""),
)


def test_in_text_the_keywords_stand_under_each_other():
    first, *lines = repr(kwic(FOUND, "saf*")).splitlines()
    assert first == "saf*: 2 places"
    assert len({line.index("[") for line in lines}) == 1
    assert lines[0].split("]")[1].strip() == "on Friday" and lines[1].endswith("[safety]")
    assert lines[1].startswith("A Very Long Out… coastguard")


def test_how_many_there_are_is_said_and_how_many_are_shown():
    assert kwic(FOUND, most=1).counted == "2 places, the first 1 shown"
    assert kwic(FOUND.head(1), "safe").counted == "safe: 1 place"
    empty = kwic(FOUND.head(0), "zeppelin")
    assert repr(empty) == "zeppelin: 0 places" and "zeppelin: 0 places" in empty.html() and "<table" not in empty.html()


def test_every_character_is_escaped():
    html = kwic(rows((HOSTILE, HOSTILE, HOSTILE, HOSTILE, HOSTILE)), HOSTILE).html()
    assert "<img" not in html and "<script" not in html
    assert html.count("&lt;img") == 7  # five cells, the caption, the region's name


def test_a_long_keyword_is_cut_between_words_and_says_so():
    shown = repr(kwic(rows(("Wire", "outlet", "", "word " * 40, ""))))
    assert "word […]" in shown and len(shown.splitlines()[1]) < 150


def test_where_the_text_is_not_here_the_characters_are_named():
    assert "[characters 3 to 9]" in repr(kwic(rows(("Wire", "outlet", pd.NA, pd.NA, pd.NA))))


def test_the_table_can_be_reached_and_is_named():
    html = kwic(FOUND, "saf*").html()
    assert 'role="region" tabindex="0"' in html and 'aria-label="saf*: 2 places"' in html
    assert html.count('scope="col"') == 5 and html.count('scope="row"') == 2
