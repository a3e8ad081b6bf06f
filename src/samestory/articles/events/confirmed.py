"""Confirmed events: a table beside the articles that says which event each of them tells of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from samestory.articles.draft import Refused, RefusedRow
from samestory.articles.encoding import decode
from samestory.articles.formats.delimited import find_delimiter, read_rows
from samestory.articles.record import Article
from samestory.files import plain_cell

NEEDED = ("article_id", "event")


class EventsError(ValueError):
    """A table of confirmed events is wrong; the message names the file and the row."""


def confirm_events(articles: Sequence[Article], path: Path) -> tuple[Article, ...]:
    """The articles with the events that ``path`` gives them: columns article_id and event, others do not matter.

    An empty event says that the article belongs to none; an article that is not listed keeps what it has. Raises
    EventsError for a missing column, for an id that no article has and for one that is given two events. A
    spreadsheet may have turned an id into a number: the row is then known by source_file and title, where no other
    article has the same.
    """
    found: dict[str, tuple[str | None, int]] = {}
    known = {article.article_id for article in articles}
    for line, row in _rows(path):
        name = row["article_id"] if row["article_id"] in known else _by_title(articles, row)
        if name is None:
            raise EventsError(f"{path}, row {line}: no article has the id {row['article_id']!r}")
        event = row["event"] or None
        if name in found and found[name][0] != event:
            raise EventsError(f"{path}, row {line}: article {name} has another event in row {found[name][1]}")
        found.setdefault(name, (event, line))
    return tuple(
        replace(article, event=found[article.article_id][0]) if article.article_id in found else article
        for article in articles
    )


def _rows(path: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows that hold anything, with their lines; cells without white space around them."""
    try:
        text = decode(path.read_bytes())[0]
    except Refused as error:
        raise EventsError(f"{path}: {error}") from error
    rows = read_rows(text, find_delimiter(text))
    header = next(rows, None)
    names = [] if header is None or isinstance(header, RefusedRow) else [name.strip() for name in header[1]]
    missing = [name for name in NEEDED if name not in names]
    if missing:
        raise EventsError(f"{path}, row 1: no column named {' or '.join(missing)}; it has {', '.join(names) or 'none'}")
    found = []
    for row in rows:
        if isinstance(row, RefusedRow):
            raise EventsError(f"{path}, row {row.row}: {row.reason}")
        if len(row[1]) > len(names):
            raise EventsError(f"{path}, row {row[0]}: {len(row[1])} cells where the header has {len(names)}")
        cells = [plain_cell(cell.strip()) for cell in row[1]] + [""] * (len(names) - len(row[1]))
        if any(cells):
            found.append((row[0], dict(zip(names, cells, strict=True))))
    return found


def _by_title(articles: Sequence[Article], row: dict[str, str]) -> str | None:
    """The id of the one article with this source file and title."""
    where, title = row.get("source_file"), row.get("title")
    same = [a.article_id for a in articles if where and a.source_file == where and (a.title or "").strip() == title]
    return same[0] if len(same) == 1 else None
