"""Whatever a file holds, reading it ends, raises nothing, and the report says what became of it."""

from __future__ import annotations

import json
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.articles import FORMATS, Reading, read

SENTENCE = "The mayor of Wesby said on Thursday that the bridge would stay closed until May. "
LARGE = 50_000_000  # bytes
KINDS = {
    "text": ".txt", "csv": ".csv", "jsonl": ".jsonl", "news-please": ".json", "html": ".html", "warc": ".warc",
    "nela": ".db", "mediacloud": ".csv",
}  # fmt: skip
EVERY_EXAMPLE = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)


def read_bytes(folder: Path, raw: bytes, name: str, format: str | None = None) -> Reading:
    (folder / name).write_bytes(raw)
    reading = read(folder / name, format=format)
    assert reading.report.n_articles.sum() == len(reading.articles)
    assert set(reading.report.status) <= {"read", "refused", "ignored"}
    assert reading.report.reason[reading.report.status != "read"].str.len().gt(0).all()
    return reading


def test_every_format_is_tried_here_or_among_the_databases():
    names = {known if isinstance(known, str) else known.name for known in FORMATS}
    assert names - set(KINDS) == {"nexis", "nexis-uni", "factiva", "proquest"}


@pytest.mark.parametrize("raw", [b"", b" \n\t\n", b"\xef\xbb\xbf", b"\x00" * 100], ids=["none", "blank", "mark", "nul"])
@pytest.mark.parametrize("format", KINDS)
def test_empty_files_are_refused(tmp_path: Path, format: str, raw: bytes) -> None:
    for forced in (None, format):
        reading = read_bytes(tmp_path, raw, f"file{KINDS[format]}", forced)
        assert not reading.articles and reading.report.status.tolist() == ["refused"]


@EVERY_EXAMPLE
@pytest.mark.parametrize("format", KINDS)
@given(raw=st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(tmp_path: Path, format: str, raw: bytes) -> None:
    read_bytes(tmp_path, raw, f"file{KINDS[format]}")
    read_bytes(tmp_path, raw, "file.bin", format)


@EVERY_EXAMPLE
@pytest.mark.parametrize("name", ["csv", "jsonl", "html", "warc", "news-please", "nela json", "nela database"])
@given(data=st.data())
def test_files_cut_or_overwritten_anywhere(tmp_path: Path, exports: ModuleType, name: str, data: st.DataObject) -> None:
    story = exports.Story()
    writer = exports.CRAWLS.get(name) or exports.WRITERS[name]
    whole = writer.write([story, story]) if name in exports.WRITERS else writer.write(story)
    where = data.draw(st.integers(0, len(whole)))
    cut = (
        whole[:where]
        if data.draw(st.booleans())
        else whole[:where] + data.draw(st.binary(max_size=9)) + whole[where + 5 :]
    )
    read_bytes(tmp_path, cut, f"file{writer.suffix}")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "cp1252"])
@pytest.mark.parametrize("name", ["csv", "jsonl", "news-please", "nela json"])
def test_encodings_give_the_same_text(tmp_path: Path, exports: ModuleType, name: str, encoding: str) -> None:
    story = exports.Story()
    writer = exports.CRAWLS.get(name) or exports.WRITERS[name]
    raw = writer.write([story]) if name in exports.WRITERS else writer.write(story)
    plain = raw.decode()
    if name != "csv":
        plain = json.dumps(json.loads(plain), ensure_ascii=False)
    (article,) = read_bytes(tmp_path, plain.encode(encoding), f"file{writer.suffix}").articles
    assert article.text == "\n\n".join((story.headline, "\n".join(story.paragraphs)))


def test_a_nul_in_a_table_is_named(tmp_path: Path) -> None:
    reading = read_bytes(tmp_path, b"title,text\nA bridge,closed \x00 until May\n", "a.csv")
    assert "binary" in reading.report.reason[0]


@pytest.mark.parametrize(
    "raw", ["[" * 200_000, '{"a":' * 200_000, '[{"text": ' + "[" * 100_000], ids=["lists", "objects", "within"]
)
@pytest.mark.parametrize("name", ["a.json", "a.jsonl", "a"])
def test_deep_json_is_refused(tmp_path: Path, raw: str, name: str) -> None:
    reading = read_bytes(tmp_path, raw.encode(), name)
    assert not reading.articles or reading.report.format[0] == "text"


def test_lines_of_another_kind_cost_only_themselves(tmp_path: Path) -> None:
    good = [json.dumps({"title": f"Bridge {n}", "text": SENTENCE}) for n in range(3)]
    lines = [
        good[0],
        "",
        '{"text": "cut',
        "17",
        '{"title": "no text"}',
        good[1],
        '{"text": ["a", "b"]}',
        good[2] + "\r",
    ]
    reading = read_bytes(tmp_path, "\n".join(lines).encode(), "a.jsonl")
    assert len(reading.articles) == 3
    refused = reading.report[reading.report.status == "refused"].source_file
    assert refused.tolist() == ["a.jsonl:3", "a.jsonl:4", "a.jsonl:5", "a.jsonl:7"]


@pytest.mark.parametrize(
    ("name", "raw"),
    [("a.jsonl", b'{"text": "x\n' * 300_000), ("a.csv", b"title,text\n" + b'a,"b\n' * 300_000),
     ("b.csv", b"title,text\n" + b"a,b,c\n" * 300_000)],
)  # fmt: skip
def test_files_of_faults_alone_are_refused_at_once(tmp_path: Path, name: str, raw: bytes) -> None:
    reading = read_bytes(tmp_path, raw, name)
    assert reading.report.status[0] == "refused" and "not one of the first" in reading.report.reason[0]
    assert len(reading.report) <= 10_001


LARGE_FILES = {
    "a.txt": lambda text: text,
    "a.csv": lambda text: f'title,text\nBridge,"{text}"\n',
    "a.jsonl": lambda text: json.dumps({"title": "Bridge", "text": text}) + "\n",
    "a.json": lambda text: json.dumps({"title": "Bridge", "maintext": text, "source_domain": "wesby.example"}),
    "a.html": lambda text: f"<html><body><p>{text}</p></body></html>",
    "b.csv": lambda text: "id,title,url,publish_date,media_name\n1,Bridge,https://w.example/1,2024-01-02," + text,
}


@pytest.mark.parametrize("name", LARGE_FILES)
def test_fifty_megabytes_in_one_cell(tmp_path: Path, name: str) -> None:
    raw = LARGE_FILES[name](SENTENCE * (LARGE // len(SENTENCE))).encode()
    reading = read_bytes(tmp_path, raw, name)
    assert len(reading.articles) == (name not in ("a.html", "b.csv"))
    (tmp_path / name).unlink()
