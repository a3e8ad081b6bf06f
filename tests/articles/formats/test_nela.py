from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from samestory.articles import read

COLUMNS = ("id", "date", "source", "title", "content", "author", "url", "published", "published_utc", "collection_utc")
STORY = (
    "wesbyherald--2020-02-06--Bridge closed", "2020-02-06", "wesbyherald", "Bridge closed",
    "The bridge was closed. “It is @ @ @ today,” the mayor said.", "Ida Brandt", "https://wesbyherald.example/bridge",
    "Thu, 06 Feb 2020 08:30:00 GMT", 1580977800, 1580990000,
)  # fmt: skip


def database(path: Path, rows, columns=COLUMNS, table="newsdata") -> Path:
    connection = sqlite3.connect(path)
    connection.execute(f"CREATE TABLE {table} ({', '.join(columns)})")
    connection.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
    connection.commit()
    connection.close()
    return path


def test_database_and_array_give_the_same_article(tmp_path):
    (stored,) = read(database(tmp_path / "nela.db", [STORY])).articles
    (tmp_path / "wesbyherald.json").write_text(json.dumps([dict(zip(COLUMNS, STORY, strict=True))]))
    (listed,) = read(tmp_path / "wesbyherald.json").articles
    assert stored.article_id == listed.article_id and stored.format == listed.format == "nela"
    assert (stored.outlet, stored.credit, stored.title) == ("wesbyherald", "Ida Brandt", "Bridge closed")
    assert (stored.published, stored.published_precision) == ("2020-02-06T08:30:00+00:00", "second")
    assert stored.text == f"{STORY[3]}\n\n{STORY[4]}"


@pytest.mark.parametrize(
    ("published", "seconds", "expected"),
    [("", 0, ("2020-02-06", "day")), ("Thu, 06 Feb 2020 08:30:00 GMT", None, ("2020-02-06T08:30:00", "second"))],
)
def test_time_falls_back(tmp_path, published, seconds, expected):
    row = (*STORY[:7], published, seconds, 1580990000)
    (article,) = read(database(tmp_path / "nela.db", [row])).articles
    assert article.published.removesuffix("+00:00") == expected[0] and article.published_precision == expected[1]


def test_the_database_of_2018_has_another_table(tmp_path):
    columns, row = ("date", "source", "name", "content"), ("2018-02-06", "echo", "Bridge closed", "It was shut.")
    (article,) = read(database(tmp_path / "articles.db", [row], columns, "articles")).articles
    assert (article.title, article.outlet, article.published) == ("Bridge closed", "echo", "2018-02-06")


def test_masking_is_reported(tmp_path):
    clear = ("other", *STORY[1:4], "Nothing is hidden here.", *STORY[5:])
    reading = read(database(tmp_path / "nela.db", [STORY, clear]))
    assert len(reading.articles) == 2
    assert "3 of 21 words, in 1 articles, masked with @: quotations and counts are cut" in reading.report.reason[0]


def test_a_bad_row_loses_itself_alone(tmp_path):
    reading = read(
        database(tmp_path / "nela.db", [STORY, (*STORY[:4], 7, *STORY[5:]), (*STORY[:3], None, None, *[None] * 5)])
    )
    assert len(reading.articles) == 1
    assert reading.report.source_file.tolist() == ["nela.db", "nela.db:2", "nela.db:3"]
    assert reading.report.status.tolist() == ["read", "refused", "refused"]


def test_databases_of_another_kind_are_refused(tmp_path):
    other = read(database(tmp_path / "a.sqlite", [("x",)], ("name",), "people"))
    assert "no table newsdata or articles in the database; there are people" in other.report.reason[0]
    lacking = read(database(tmp_path / "b.sqlite", [("x",)], ("name",)))
    assert "lacks title, content" in lacking.report.reason[0]


def test_a_damaged_database_is_read_up_to_the_fault(tmp_path):
    rows = [
        (f"{n}", *STORY[1:3], f"Story {n}", f"Sentence {n} of a long account. " * 40, *STORY[5:]) for n in range(300)
    ]
    path = database(tmp_path / "nela.db", rows)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    reading = read(path)
    assert "damaged database" in " ".join(reading.report.reason.dropna())
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    assert read(path).report.status[0] in ("read", "refused")
