"""The registry: every format by name, told by content before suffix."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.articles import FORMATS
from samestory.articles.registry import find_format, recognise
from samestory.articles.source_file import HEAD, START, SourceFile
from samestory.cli import main


def source(path: Path, raw: bytes) -> SourceFile:
    path.write_bytes(raw)
    return SourceFile(path, path.name)


def test_each_format_is_found_by_name_and_listed_by_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["import", "--help"])
    told = " ".join(capsys.readouterr().out.split())
    names = [known.name for known in FORMATS]
    assert ", ".join(names[:-1]) + f" or {names[-1]}" in told
    assert all(find_format(known.name) is known for known in FORMATS)
    with pytest.raises(ValueError, match="nexis"):
        find_format("lexis")


@pytest.mark.parametrize(
    ("name", "raw", "format"),
    [
        ("page.txt", b"<!doctype html><p>Text", "html"),
        ("table.txt", b"title,text\na,b\n", "csv"),
        ("lines.json", b'{"text": "a"}\n{"text": "b"}\n', "jsonl"),
        ("one.jsonl", b'{"text": "a"}', "jsonl"),
        ("one.txt", b'{"text": "a"}', "news-please"),
        ("odd.csv", b"Kopf;Wortlaut\n", "csv"),
        ("odd.html", b"No page at all.", "html"),
        ("odd.docx", b"No document at all.", "nexis-uni"),
        ("prose.md", b"Some prose.", "text"),
        ("empty", b"", "text"),
    ],
)
def test_content_tells_and_the_suffix_where_it_does_not(tmp_path: Path, name: str, raw: bytes, format: str) -> None:
    assert recognise(source(tmp_path / name, raw)).name == format


def test_a_head_is_text_though_the_limit_cuts_a_character(tmp_path: Path) -> None:
    text = "a" + "é" * START
    assert source(tmp_path / "x.txt", text.encode()).head == text[:HEAD]
    assert source(tmp_path / "y.txt", b"\x00\x01\x02").head is None
