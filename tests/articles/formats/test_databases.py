"""The exports of text databases: the same story out of each, whatever the interface's language, encoding and cut."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.articles import Article, Reading, read, write_import

DATABASES = (
    "nexis", "nexis labelled", "nexis docx", "nexis docx without cover", "nexis rtf", "factiva html",
    "factiva html without codes", "factiva rtf", "factiva rtf without codes", "proquest",
)  # fmt: skip
TABLES = ("csv", "jsonl")
TEXT_FILES = ("nexis", "nexis labelled", "proquest")
INTERFACES = ("en", "de", "fr", "es", "nl")


def stories(exports: ModuleType) -> list[Any]:
    first = exports.Story()
    second = replace(
        first,
        headline="Stadt sperrt die alte Brücke",
        paragraphs=("Die Brücke bleibt bis Mai zu.", "Das sagte die Bürgermeisterin: „Es ist zu gefährlich.“"),
        outlet="Wesbyer Bote",
        published=date(2020, 12, 31),
        language="de",
        author="Reuters",
    )
    return [first, second, replace(first, headline="Third", published=date(2021, 5, 1), language="fr")]


def write(folder: Path, exports: ModuleType, name: str, raw: bytes) -> Path:
    path = folder / f"export{exports.WRITERS[name].suffix}"
    path.write_bytes(raw)
    return path


def body(article: Article) -> str | None:
    return next((article.text[field.start : field.end] for field in article.fields if field.segment == "body"), None)


def facts(article: Article) -> tuple:
    published = (article.published, article.published_precision)
    return (article.title, body(article), article.outlet, *published, article.language)


def expected(story: Any) -> tuple:
    text = "\n".join(story.paragraphs)
    return (story.headline, text, story.outlet, story.published.isoformat(), "day", story.language)


def reasons(reading: Reading) -> dict[str, tuple[str, str]]:
    return {row.source_file: (row.status, str(row.reason)) for row in reading.report.itertuples()}


@pytest.mark.parametrize("interface", INTERFACES)
@pytest.mark.parametrize("name", DATABASES + TABLES)
def test_the_same_story_comes_out_of_each_format(
    tmp_path: Path, exports: ModuleType, name: str, interface: str
) -> None:
    told = stories(exports)
    writer = exports.WRITERS[name]
    reading = read(write(tmp_path, exports, name, writer.write(told, interface)))
    assert {facts(article) for article in reading.articles} == set(map(expected, told))
    assert {article.format for article in reading.articles} == {writer.format}
    assert list(reading.report.status) == ["read"]
    credits = {article.title: article.credit or "" for article in reading.articles}
    assert "Reuters" in credits["Stadt sperrt die alte Brücke"]
    assert all("Carrow Press" in credit for credit in credits.values())
    study = write_import(reading, tmp_path / "study")
    assert read(study / "articles").articles == reading.articles


WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs", "Co", "Cn", "Zs", "Zl", "Zp")), min_size=1, max_size=12)
LINES = st.lists(WORDS, min_size=1, max_size=30).map(lambda words: " ".join(["So", *words]))


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=8, deadline=None)
@pytest.mark.parametrize("name", DATABASES)
@given(headline=LINES, paragraphs=st.lists(LINES, min_size=1, max_size=4), deck=st.just("") | LINES)
def test_any_characters_come_back(
    tmp_path: Path, exports: ModuleType, name: str, headline: str, paragraphs: list[str], deck: str
) -> None:
    story = replace(exports.Story(), headline=headline, paragraphs=tuple(paragraphs))
    keeps_deck = not name.startswith("factiva")
    story = replace(story, deck=deck) if keeps_deck else story
    [article] = read(write(tmp_path, exports, name, exports.WRITERS[name].write([story]))).articles
    parts = {field.segment: article.text[field.start : field.end] for field in article.fields}
    told = {"headline": headline, "deck": story.deck, "body": "\n".join(paragraphs)}
    assert parts == {segment: text for segment, text in told.items() if text}


@pytest.mark.parametrize("name", DATABASES)
def test_a_file_cut_anywhere_gives_no_half_article(tmp_path: Path, exports: ModuleType, name: str) -> None:
    told = stories(exports)[:2]
    raw = exports.WRITERS[name].write(told)
    whole = {"\n".join(story.paragraphs) for story in told}
    start = max(raw.find(b"<body"), 0)  # a page's style sheet holds nothing to lose
    for end in range(start, len(raw), max((len(raw) - start) // 60, 1)):
        reading = read(write(tmp_path, exports, name, raw[:end]), format=exports.WRITERS[name].format)
        assert {body(article) for article in reading.articles} <= whole
        assert len(reading.report) >= 1


@pytest.mark.parametrize("name", TEXT_FILES)
@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16", "utf-16-le", "cp1252"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_encodings_and_line_ends(tmp_path: Path, exports: ModuleType, name: str, encoding: str, line_end: str) -> None:
    told = stories(exports)
    text = exports.WRITERS[name].write(told).decode().replace("\n", line_end)
    reading = read(write(tmp_path, exports, name, text.encode(encoding)))
    assert {facts(article) for article in reading.articles} == set(map(expected, told))


def test_rich_text_in_bytes_of_its_code_page(tmp_path: Path, exports: ModuleType) -> None:
    told = stories(exports)
    raw = exports.nexis_rtf(told, "de")
    for character in "üöäÜéß„“”":
        raw = raw.replace(f"\\u{ord(character)}?".encode(), b"\\'" + character.encode("cp1252").hex().encode())
    reading = read(write(tmp_path, exports, "nexis rtf", raw))
    assert {facts(article) for article in reading.articles} == set(map(expected, told))


@pytest.mark.parametrize("name", ["nexis", "proquest"])
def test_documents_that_a_file_lacks_are_reported(tmp_path: Path, exports: ModuleType, name: str) -> None:
    raw = exports.WRITERS[name].write(stories(exports), of=5)
    reading = read(write(tmp_path, exports, name, raw))
    assert len(reading.articles) == 3
    assert "5 documents announced, 3 in the file (missing: 4, 5)" in str(reading.report.reason[0])


# in rich text without codes nothing but its place tells an author from a title
@pytest.mark.parametrize("name", [name for name in DATABASES if name != "factiva rtf without codes"])
def test_a_document_without_text_loses_itself_alone(tmp_path: Path, exports: ModuleType, name: str) -> None:
    first, second, third = stories(exports)
    empty = replace(second, headline="", paragraphs=("", ""))
    reading = read(write(tmp_path, exports, name, exports.WRITERS[name].write([first, empty, third])))
    assert {facts(article) for article in reading.articles} == {expected(first), expected(third)}
    assert list(reading.report.status) == ["read", "refused"]
    assert reading.report.source_file[1].endswith(":2")
    assert reading.report.reason[1].startswith("no text")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=15, deadline=None)
@pytest.mark.parametrize("format", ["nexis", "nexis-uni", "factiva", "proquest"])
@given(
    raw=st.binary(max_size=300),
    opening=st.sampled_from([b"", b"{\\rtf1 ", b"PK\x03\x04", b"<div>", b"1 of 1 DOCUMENTS\n"]),
)
def test_no_bytes_crash_a_reader_that_is_forced(tmp_path: Path, format: str, raw: bytes, opening: bytes) -> None:
    path = tmp_path / "any.bin"
    path.write_bytes(opening + raw)
    assert len(read(path, format=format).report) >= 1


HOSTILE = {
    "spaces": ("nexis", b"1 of 1 DOCUMENTS\n" + b" " * 2_000_000),
    "numbers": ("nexis", b"1 of 1 DOCUMENTS\n" * 15_000),
    "labels": ("nexis", b"1 of 1 DOCUMENTS\n\nLENGTH: 1\n\n" + b"BODY:\nLOAD-DATE: x\n\n" * 25_000),
    "rules": ("proquest", b"_" * 2_000_000),
    "many rules": ("proquest", (b"_" * 60 + b"\nFull text: a\n") * 8_000),
    "links": ("nexis-uni", b"{\\rtf1 " + b"{\\field{\\*\\fldinst{HYPERLINK \"a\"}{\\fldrslt " * 20_000),
    "braces": ("nexis-uni", b"{\\rtf1 {\\fonttbl" + b"{\\f0 a;" * 100_000),
    "cells": ("factiva", b"{\\rtf1 " + b"HD\\cell " * 25_000),
    "divisions": ("factiva", b'<html><div class="article enArticle">' * 30_000),
}  # fmt: skip


@pytest.mark.parametrize("case", sorted(HOSTILE))
def test_hostile_files_end(tmp_path: Path, case: str) -> None:
    import time

    format, raw = HOSTILE[case]
    path = tmp_path / "hostile.txt"
    path.write_bytes(raw)
    start = time.process_time()
    read(path, format=format)
    read(path)
    assert time.process_time() - start < 20
