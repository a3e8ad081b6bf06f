"""ProQuest text exports: fields below the text, paragraphs that look like them, older lines on the issue."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from types import ModuleType

from samestory.articles import Article, read


def parts(article: Article) -> dict[str, str]:
    return {field.segment: article.text[field.start : field.end] for field in article.fields}


def read_bytes(folder: Path, raw: bytes) -> list[Article]:
    path = folder / "ProQuestDocuments.txt"
    path.write_bytes(raw)
    return list(read(path).articles)


def test_paragraphs_that_look_like_fields_stay_in_the_story(tmp_path: Path, exports: ModuleType) -> None:
    paragraphs = ("One.", "Location: the old harbour, he said.", "Title: none, she said.", "Two.")
    story = replace(exports.Story(), paragraphs=paragraphs)
    [article] = read_bytes(tmp_path, exports.proquest([story]))
    assert parts(article)["body"] == "\n".join(paragraphs)
    apart = exports.proquest([story]).replace(b"One.\nLocation", b"One.\n\nLocation")
    [article] = read_bytes(tmp_path, apart)
    assert parts(article)["body"] == "\n".join(paragraphs)
    assert article.outlet == "The Carrow Courier"


def test_a_subtitle_is_the_deck_and_an_abstract_is_no_part_of_the_story(tmp_path: Path, exports: ModuleType) -> None:
    [without] = read_bytes(tmp_path, exports.proquest([exports.Story()]))
    assert list(parts(without)) == ["headline", "body"]
    [article] = read_bytes(tmp_path, exports.proquest([replace(exports.Story(), deck="Nobody was hurt.")]))
    assert parts(article)["deck"] == "Nobody was hurt."
    assert "summary" not in article.text


def test_the_outlet_comes_without_its_place(tmp_path: Path, exports: ModuleType) -> None:
    [article] = read_bytes(tmp_path, exports.proquest([replace(exports.Story(), outlet="The Echo; Wesby (UK)")]))
    assert article.outlet == "The Echo"


def test_the_line_on_the_issue_gives_outlet_and_date(tmp_path: Path) -> None:
    rule = "_" * 60
    issue = "Publication info: The Wesby Echo; Wesby [Wesby]15 Jan 2019: 12."
    text = f"{rule}\n\nHead\n\n{issue}\n\nFull text: One.\n\nLanguage: English\n\n{rule}\n\nContact us\n"
    [article] = read_bytes(tmp_path, text.encode())
    assert (article.outlet, article.published, article.language) == ("The Wesby Echo", "2019-01-15", "en")


def test_a_document_without_full_text_is_noted(tmp_path: Path, exports: ModuleType) -> None:
    raw = exports.proquest([replace(exports.Story(), paragraphs=())]).replace(b"Full text: ", b"Notes: ")
    path = tmp_path / "x.txt"
    path.write_bytes(raw)
    reading = read(path)
    assert [article.text for article in reading.articles] == ["Ferry runs aground off Carrow"]
    assert "no body" in str(reading.report.reason[0])
