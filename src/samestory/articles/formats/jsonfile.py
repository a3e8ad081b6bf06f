"""JSON: news-please records, JSON lines, and arrays of records."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import chain

from samestory.articles.draft import Draft, Refused, RefusedRow
from samestory.articles.formats.rows import choose_fields, choose_told, draft_row, text_of
from samestory.articles.source_file import SourceFile

NEWS_PLEASE_KEYS = {"date_publish", "source_domain"}
OPENING_LINES = 50  # one of so many must be a record
OPENING_VALUES = 10_000  # where not one of so many is a record, none is looked for further down
JSON_ERRORS = (ValueError, RecursionError)


def recognise_record(file: SourceFile) -> bool:
    """Whether the file is one JSON object, and none that an import wrote."""
    whole = _whole(file)
    return isinstance(whole, dict) and not ("fields" in whole and not NEWS_PLEASE_KEYS & set(whole))


def recognise_records(file: SourceFile) -> bool:
    """Whether the file holds one JSON object a line, or an array of them."""
    whole = _whole(file)
    if whole is not None:
        return isinstance(whole, dict) or (isinstance(whole, list) and any(isinstance(item, dict) for item in whole))
    return opens_with_json(file) and any(isinstance(record, dict) for _, record in _lines(_opening_lines(file)))


def read_news_please(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft]:
    """One article as the crawler news-please writes it (Hamborg et al. 2017); ``newsCluster.Event`` is its event."""
    record = _parse(file.text)
    if not isinstance(record, dict):
        raise Refused(f"not a news-please record: the JSON holds a {type(record).__name__}")
    chosen = choose_fields(record, columns)
    if "text" not in chosen:
        raise Refused(f"no text field; the fields are {', '.join(record)[:200]}")
    draft = draft_row(record, chosen)
    if isinstance(draft, RefusedRow):
        raise Refused(draft.reason)
    cluster = record.get("newsCluster")
    event = text_of(cluster.get("Event")) if isinstance(cluster, dict) else None
    yield replace(draft, event=event or draft.event)


def read_records(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow]:
    """One record a line, or one JSON array of records; each record is an article."""
    records = read_values(file.text)
    opening = []
    for number, record in records:
        opening.append((number, record))
        if isinstance(record, dict):
            break
        if len(opening) == OPENING_VALUES:
            raise Refused(f"unparseable: not one of the first {OPENING_VALUES} lines is a JSON object")
    else:
        raise Refused("unparseable: not one line is a JSON object")
    for number, record in chain(opening, records):
        if isinstance(record, RefusedRow):
            yield record
        elif not isinstance(record, dict):
            yield RefusedRow(number, f"not a record: a {type(record).__name__}")
        else:
            yield _draft(record, columns, number)


def read_values(text: str) -> Iterator[tuple[int, object]]:
    """The values of a JSON array, or of one line each, with their numbers; a line that is none as RefusedRow."""
    yield from _array(text) if text.lstrip().startswith("[") else _lines(text)


def opens_with_json(file: SourceFile) -> bool:
    """Whether the file begins as a JSON object or array does."""
    return (file.head or "").lstrip().startswith(("{", "["))


def _whole(file: SourceFile) -> object:
    """What the whole file says as one JSON value; None where it is none."""
    if not opens_with_json(file):
        return None
    try:
        return _parse(file.text)
    except Refused:
        return None


def _opening_lines(file: SourceFile) -> str:
    return "\n".join(file.text.split("\n", OPENING_LINES)[:OPENING_LINES])


def _draft(record: dict, columns: Mapping[str, str] | None, number: int) -> Draft | RefusedRow:
    chosen = choose_told(record, columns, number)
    return chosen if isinstance(chosen, RefusedRow) else draft_row(record, chosen, number)


def _lines(text: str) -> Iterator[tuple[int, object]]:
    for number, line in enumerate(text.split("\n"), start=1):
        if line.strip():
            try:
                yield number, json.loads(line)
            except JSON_ERRORS as error:
                yield number, RefusedRow(number, _reason(error))


def _array(text: str) -> Iterator[tuple[int, object]]:
    records = _parse(text)
    if not isinstance(records, list):
        raise Refused("not a JSON array")
    yield from enumerate(records, start=1)


def _parse(text: str) -> object:
    try:
        return json.loads(text)
    except JSON_ERRORS as error:
        raise Refused(_reason(error)) from error


def _reason(error: BaseException) -> str:
    return f"unparseable: {error}" if isinstance(error, ValueError) else "unparseable: JSON nested too deeply"
