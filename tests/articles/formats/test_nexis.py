"""Nexis text exports: what stands where in documents of several ages, and lines of a story that look like fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.articles import Article, read

OLD = """\
                               1 of 2 DOCUMENTS

                 Copyright 2003 The Carrow Courier Company
                               The Carrow Courier

                 January 5, 2003, Sunday, Late Edition - Final

SECTION: Section A; Page 1; Column 1; Foreign Desk

LENGTH: 61 words

HEADLINE: Ferry line closes after
   a night of storms

BYLINE: By THE ASSOCIATED PRESS

DATELINE: WESBY, Jan. 4

HIGHLIGHT: The harbour stays shut.

BODY:
   The harbour of Wesby was closed on Saturday, the master said,
and will not open before Monday.
   UPDATE: Two ships lie at anchor.

LANGUAGE: never stop learning it, said a sailor.

   He laughed.

URL: http://www.carrow-courier.example

GRAPHIC: Photo: The harbour. (Ida Brandt)

Map: Wesby.

LOAD-DATE: January 9, 2003

LANGUAGE: ENGLISH
PUBLICATION-TYPE: Newspaper

                               2 of 2 DOCUMENTS

                               The Wesby Echo

                     January 6, 2003 Monday 3:05 PM GMT

Mayor thanks the crews

LENGTH: 9 words

The mayor thanked the crews on Sunday.

LOAD-DATE: January 7, 2003


                         Copyright 2003 The Wesby Echo
                              All Rights Reserved
"""


def read_text(folder: Path, text: str) -> list[Article]:
    path = folder / "nexis.txt"
    path.write_text(text, encoding="utf-8")
    return sorted(read(path).articles, key=lambda article: article.outlet)


def parts(article: Article) -> dict[str, str]:
    return {field.segment: article.text[field.start : field.end] for field in article.fields}


def test_documents_of_two_ages_in_one_file(tmp_path: Path) -> None:
    old, new = read_text(tmp_path, OLD)
    assert (old.outlet, old.title) == ("The Carrow Courier", "Ferry line closes after a night of storms")
    assert (old.published, old.published_precision, old.language) == ("2003-01-05", "day", "en")
    assert old.credit == "By THE ASSOCIATED PRESS; Copyright 2003 The Carrow Courier Company"
    assert parts(old)["deck"] == "The harbour stays shut."
    assert old.url is None  # the paper's front page is no address of the story
    assert (new.outlet, new.title, new.published) == (
        "The Wesby Echo",
        "Mayor thanks the crews",
        "2003-01-06T15:05+00:00",
    )
    assert (new.published_precision, parts(new)["body"]) == ("minute", "The mayor thanked the crews on Sunday.")


def test_lines_that_look_like_fields_stay_in_the_story(tmp_path: Path) -> None:
    old, _ = read_text(tmp_path, OLD)
    assert parts(old)["body"].split("\n") == [
        "The harbour of Wesby was closed on Saturday, the master said, and will not open before Monday.",
        "UPDATE: Two ships lie at anchor.",
        "LANGUAGE: never stop learning it, said a sailor.",
        "He laughed.",
    ]


def test_a_document_of_a_picture_alone_is_noted(tmp_path: Path) -> None:
    text = OLD.replace("The mayor thanked the crews on Sunday.\n", "")
    path = tmp_path / "nexis.txt"
    path.write_text(text, encoding="utf-8")
    reading = read(path)
    assert [parts(article) for article in reading.articles if article.outlet == "The Wesby Echo"] == [
        {"headline": "Mayor thanks the crews"}
    ]
    assert "no body" in str(reading.report.reason[0])


def test_a_page_number_in_a_text_makes_no_export(tmp_path: Path) -> None:
    [article] = read_text(tmp_path, "A note.\n\n3 of 4 DOCUMENTS\n\nThe rest of the note, without fields.\n")
    assert article.format == "text"


@pytest.mark.parametrize("line", ["January 11, 2010 Monday", "Monday, 11 January 2010", "11. Januar 2010 Montag"])
def test_the_loading_date_is_not_the_date_of_publication(tmp_path: Path, line: str) -> None:
    text = OLD.replace("January 6, 2003 Monday 3:05 PM GMT", line)
    assert read_text(tmp_path, text)[1].published == "2010-01-11"
    undated = OLD.replace("                     January 6, 2003 Monday 3:05 PM GMT\n", "")
    assert read_text(tmp_path, undated)[1].published is None
