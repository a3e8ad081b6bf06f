"""The formats that can be read, and how a file's content tells which it is in."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping

from samestory.articles.delimited import find_delimiter, read_delimited
from samestory.articles.draft import Draft, Refused, RefusedRow
from samestory.articles.encoding import decode
from samestory.articles.jsonfile import NEWS_PLEASE_KEYS, read_json_lines, read_news_please
from samestory.articles.plain import read_plain
from samestory.articles.rows import choose_columns
from samestory.articles.webpage import read_webpage

Reader = Callable[[bytes, Mapping[str, str] | None], Iterator[Draft | RefusedRow]]
READERS: dict[str, Reader] = {
    "text": read_plain,
    "csv": read_delimited,
    "jsonl": read_json_lines,
    "news-please": read_news_please,
    "html": read_webpage,
}
FORMATS = tuple(READERS)
SUFFIXES = {
    ".csv": "csv", ".tsv": "csv", ".jsonl": "jsonl", ".ndjson": "jsonl", ".html": "html", ".htm": "html",
    ".xhtml": "html",
}  # fmt: skip
HEAD = 20_000  # characters that tell a format
HTML = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)


def recognise(raw: bytes, suffix: str = "") -> str:
    """The format of a file: what its suffix says of tables and pages, else what its content shows; text otherwise."""
    if suffix in SUFFIXES:
        return SUFFIXES[suffix]
    try:
        head = decode(raw[:HEAD] if suffix != ".json" else raw)[0]
    except Refused:
        return "news-please" if suffix == ".json" else "text"
    if HTML.match(head):
        return "html"
    if suffix == ".json" or head.lstrip().startswith(("{", "[")):
        return _json_format(raw) or ("news-please" if suffix == ".json" else "text")
    return "csv" if _is_table(head) else "text"


def _json_format(raw: bytes) -> str | None:
    try:
        text = decode(raw)[0]
    except Refused:
        return None
    try:
        whole = json.loads(text)
    except (ValueError, RecursionError):
        return "jsonl" if _opens_with_record(text) else None
    if isinstance(whole, dict):
        return "jsonl" if "fields" in whole and not NEWS_PLEASE_KEYS & set(whole) else "news-please"
    return "jsonl" if isinstance(whole, list) and any(isinstance(item, dict) for item in whole) else None


def _opens_with_record(text: str) -> bool:
    lines = [line for line in text.split("\n", 50)[:50] if line.strip()]
    for line in lines:
        try:
            if isinstance(json.loads(line), dict):
                return True
        except (ValueError, RecursionError):
            continue
    return False


def _is_table(head: str) -> bool:
    """Whether the first line names at least two columns that articles have, one of them the text."""
    first = head.split("\n", 1)[0]
    names = [name.strip().strip('"') for name in first.split(find_delimiter(first))]
    return len(names) > 1 and len(chosen := choose_columns(names)) > 1 and "text" in chosen and len(first) < 500
