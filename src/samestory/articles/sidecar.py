"""``articles.csv`` beside the files: bibliographic data that they do not hold themselves."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from samestory.articles.dates import read_date
from samestory.articles.draft import Refused, RefusedRow
from samestory.articles.encoding import decode
from samestory.articles.formats.delimited import find_delimiter, read_rows
from samestory.articles.formats.rows import choose_columns, text_of
from samestory.tables import PRECISIONS

NAME = "articles.csv"
SUPPLIED = ("outlet", "event", "published", "published_precision", "url", "title", "language", "credit")


@dataclass(frozen=True)
class Sidecar:
    """What a sidecar says of each file that it names, and the rows that could not be read."""

    rows: Mapping[str, dict[str, str]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)
    refused: tuple[RefusedRow, ...] = ()


def read_sidecar(raw: bytes) -> Sidecar | None:
    """A sidecar's rows by file name; None where the table is none, since it lacks ``source_file`` or holds text."""
    try:
        text = decode(raw)[0]
    except Refused:
        return None
    table = read_rows(text, find_delimiter(text))
    header = next(table, None)
    if header is None or isinstance(header, RefusedRow):
        return None
    names = header[1]
    chosen = choose_columns(names)
    if "source_file" not in chosen or "text" in chosen:
        return None
    rows: dict[str, dict[str, str]] = {}
    lines: dict[str, int] = {}
    refused = []
    for row in table:
        if isinstance(row, RefusedRow) or len(row[1]) != len(names):
            bad = row if isinstance(row, RefusedRow) else RefusedRow(row[0], "not as many cells as the header has")
            refused.append(bad)
            continue
        cells = dict(zip(names, row[1], strict=True))
        told = {wanted: text_of(cells[chosen[wanted]]) for wanted in SUPPLIED if wanted in chosen}
        name = (text_of(cells[chosen["source_file"]]) or "").replace("\\", "/").removeprefix("./")
        rows[name] = _dated({wanted: value for wanted, value in told.items() if value is not None})
        lines[name] = row[0]
    return Sidecar(rows, lines, tuple(refused))


def _dated(told: dict[str, str]) -> dict[str, str]:
    published, precision = read_date(told.pop("published", None))
    stated = told.pop("published_precision", None)
    if published is None:
        return told
    return told | {"published": published, "published_precision": stated if stated in PRECISIONS else precision}
