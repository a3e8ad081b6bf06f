"""NELA-GT (Norregaard, Horne and Adali 2019): a SQLite table, or an array of records per outlet."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from urllib.parse import quote

from samestory.articles.dates import read_date
from samestory.articles.draft import Draft, FileNote, Refused, RefusedRow
from samestory.articles.formats.jsonfile import opens_with_json, read_values
from samestory.articles.formats.rows import choose_told, draft_row
from samestory.articles.source_file import SourceFile

SQLITE = b"SQLite format 3\x00"
# The first that is there holds the articles; that of 2018 names a column otherwise.
TABLES: dict[str, dict[str, str]] = {"newsdata": {}, "articles": {"name": "title"}}
TELLING = ('"published_utc"', '"collection_utc"')
NEEDED = ("title", "content")
MASK = "@"
LAST_MOMENT = 4_102_444_800  # 2100; later numbers are no seconds
Row = tuple[int, Mapping[str, object]]


def recognise(file: SourceFile) -> bool:
    """Whether the file is a SQLite database, or JSON whose first record has the fields of NELA-GT."""
    if file.start.startswith(SQLITE):
        return True
    try:  # an article may be longer than the head, and stands before the fields that tell
        return opens_with_json(file) and all(name in file.text for name in TELLING)
    except Refused:
        return False


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft | RefusedRow | FileNote]:
    """One article a row. ``source`` is the outlet; the time is ``published_utc``, else ``published``, else ``date``.

    NELA-GT replaces some of the words of each article with ``@``: how many is said in a note, since it cuts
    quotations and whatever is counted. Raises Refused where the database holds none of its tables.
    """
    masked = words = touched = 0
    for number, item in _database(file) if file.start.startswith(SQLITE) else read_values(file.text):
        if isinstance(item, RefusedRow | FileNote):
            yield item
            continue
        drafted = _draft(number, item, columns)
        if isinstance(drafted, Draft):
            tokens = drafted.text.split()
            found = tokens.count(MASK)
            masked, words, touched = masked + found, words + len(tokens), touched + (found > 0)
        yield drafted
    if masked:
        cut = f"{masked} of {words} words, in {touched} articles, masked with {MASK}"
        yield FileNote(f"{cut}: quotations and counts are cut")


def _draft(number: int, item: object, columns: Mapping[str, str] | None) -> Draft | RefusedRow:
    if not isinstance(item, Mapping):
        return RefusedRow(number, f"not a record: a {type(item).__name__}")
    chosen = choose_told(item, columns, number)
    if isinstance(chosen, RefusedRow):
        return chosen
    published, precision = _published(item)
    drafted = draft_row({**item, chosen.get("published", "published"): None}, chosen, number)
    return (
        drafted
        if isinstance(drafted, RefusedRow)
        else replace(drafted, published=published, published_precision=precision)
    )


def _published(item: Mapping[str, object]) -> tuple[str | None, str]:
    given = item.get("published_utc")
    seconds = given if isinstance(given, int) else int(given) if isinstance(given, str) and given.isdecimal() else 0
    if 0 < seconds < LAST_MOMENT:
        return datetime.fromtimestamp(seconds, UTC).isoformat(), "second"
    found = read_date(item.get("published"))
    return found if found[0] else read_date(item.get("date"))


def _database(file: SourceFile) -> Iterator[tuple[int, object]]:
    """The rows of the table, streamed, with their numbers; of a damaged database those up to the fault."""
    place = f"file:{quote(str(file.path.resolve()))}?mode=ro&immutable=1"
    number = 0
    try:
        connection = sqlite3.connect(place, uri=True)
    except sqlite3.Error as error:
        raise Refused(f"unreadable: {error}") from error
    connection.text_factory = _text
    try:
        tables = [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        if (table := next((name for name in TABLES if name in tables), None)) is None:
            wanted = " or ".join(TABLES)
            raise Refused(f"no table {wanted} in the database; there are {', '.join(tables)[:200] or 'none'}")
        rows = connection.execute(f"SELECT * FROM {table}")
        names = [TABLES[table].get(column[0], column[0]) for column in rows.description]
        if missing := [name for name in NEEDED if name not in names]:
            raise Refused(f"the table {table} lacks {', '.join(missing)}; the columns are {', '.join(names)[:200]}")
        for number, row in enumerate(rows, start=1):
            yield number, dict(zip(names, row, strict=True))
    except sqlite3.Error as error:
        if not number:
            raise Refused(f"damaged database: {error}") from error
        yield number, FileNote(f"damaged database: read up to row {number} ({error})")
    finally:
        connection.close()


def _text(raw: bytes) -> str:
    return raw.decode("utf-8", "replace")
