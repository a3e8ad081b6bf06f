"""Own gold: offsets and codes in CSV, as ``data/gold/README.md`` lays down; read, checked, every mistake named."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory import tables

COLUMNS = ("text_sha256", "source_file", "table", "unit", "field", "start", "end", "code", "coder", "pass")
SPLIT = "split.csv"
PAIRS = "reuse_pairs.csv"  # judgements of pairs of articles: see shared_copy
SOURCES = "sources.csv"  # types of source phrases: see corpora.coded_sources
PAGES = "pages.csv"  # web pages to be scored: see corpora.web_pages
MENTIONS = "mentions.csv"  # head words of what names a referent: see naming
AGENCY = "agency.csv"  # who acts: see naming
OTHERS = (SPLIT, PAIRS, SOURCES, PAGES, MENTIONS, AGENCY)
SPANS: dict[str, tuple[str, ...]] = {
    "segments": ("span", "repeat_of"),
    "attributions": ("cue", "source", "content"),
    "certainty": ("span", "scope", "number"),
    "labels": ("span",),
    "claims": ("span",),
    "claim_relations": (),
    "frames": (),
}
# A code that names another unit, by the table that the unit stands in.
POINTERS = {
    "holder": "attributions",
    "voice": "attributions",
    "nested_in": "attributions",
    "carried_from": "attributions",
    "subset_of": "claims",
    "claim_id": "claims",
    "claim": "claims",
}
NONE = "none"  # a unit and its only field: the text was read for this table and holds nothing
FREE = ("referent", "referent_id", "other_claim", "other_source_file", "note")
OUTLET = "outlet"
_SHA256 = re.compile(r"[0-9a-f]{64}")
_TRUTHS = ("true", "false")


class GoldError(ValueError):
    """Gold that breaks its format; the message names file and row of every mistake."""


class _Row(NamedTuple):
    where: str
    values: Mapping[str, str]


def read_gold(folder: str | Path) -> pd.DataFrame:
    """Read and check all gold of a folder, sub-folders included: every CSV file but those of ``OTHERS``, which have
    formats of their own.

    The columns are those of the README; ``start``, ``end`` and ``pass`` are integers, what is empty is null. Raises
    GoldError with one line for each mistake: ``attributions.csv row 12: ...`` (row 1 holds the names of columns).
    """
    root = Path(folder)
    rows: list[_Row] = []
    mistakes: list[str] = []
    for path in sorted(root.rglob("*.csv")):
        if path.name not in OTHERS:
            found, wrong = _read_rows(path, path.relative_to(root).as_posix())
            rows += found
            mistakes += wrong
    for row in rows:
        mistakes += [f"{row.where}: {mistake}" for mistake in _check_row(row.values)]
    if not mistakes:
        mistakes = list(_check_units(rows))
    if mistakes:
        raise GoldError(f"{root}: {len(mistakes)} mistakes in this gold:\n" + "\n".join(mistakes))
    return _frame(rows)


def read_split(folder: str | Path) -> pd.DataFrame:
    """Which events of a corpus serve ``development`` and which ``test``: columns corpus, event, part."""
    split = pd.read_csv(Path(folder) / SPLIT, dtype="string")
    strange = sorted(set(split.part) - {"development", "test"})
    if strange or list(split.columns) != ["corpus", "event", "part"]:
        raise GoldError(f"{SPLIT}: columns must be corpus, event, part, and a part development or test, not {strange}")
    return split


def _read_rows(path: Path, name: str) -> tuple[list[_Row], list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        header = next(reader, [])
        if tuple(header) != COLUMNS:
            return [], [f"{name} row 1: the columns must be {', '.join(COLUMNS)}"]
        rows, mistakes = [], []
        for number, cells in enumerate(reader, start=2):
            if len(cells) == len(COLUMNS):
                rows.append(_Row(f"{name} row {number}", dict(zip(COLUMNS, cells, strict=True))))
            else:
                mistakes.append(f"{name} row {number}: {len(cells)} cells, but {len(COLUMNS)} columns")
    return rows, mistakes


def _check_row(row: Mapping[str, str]) -> Iterator[str]:
    for column in ("source_file", "unit", "coder"):
        if not row[column]:
            yield f"no {column}"
    if not _SHA256.fullmatch(row["text_sha256"]):
        yield "text_sha256 is not 64 hexadecimal digits in lower case"
    if not row["pass"].isdecimal():
        yield f"pass {row['pass']!r} is no number"
    table, field = row["table"], row["field"]
    if table not in SPANS:
        yield f"no table is named {table!r}; there are {', '.join(SPANS)}"
    elif field in SPANS[table]:
        yield from _check_span(row)
    elif NONE in (field, row["unit"]) and field != row["unit"]:
        yield f"unit and field of an empty coding are both named {NONE!r}, not {row['unit']!r} and {field!r}"
    elif field not in _code_fields(table) and field not in (*FREE, NONE):
        yield f"{table} has no field {field!r}"
    else:
        yield from _check_code(row)


def _check_span(row: Mapping[str, str]) -> Iterator[str]:
    if row["code"]:
        yield f"{row['field']} is a span and holds no code"
    if not (row["start"].isdecimal() and row["end"].isdecimal()):
        yield f"{row['field']} needs start and end, got {row['start']!r} and {row['end']!r}"
    elif int(row["start"]) >= int(row["end"]):
        yield f"{row['field']} ends at {row['end']}, not after its start {row['start']}"


def _check_code(row: Mapping[str, str]) -> Iterator[str]:
    field, code = row["field"], row["code"]
    if row["start"] or row["end"]:
        yield f"{field} is a code and holds no offsets"
    if not code:
        yield f"{field} has no code; leave the row out where there is none"
        return
    column = _code_fields(row["table"]).get(field)
    if column is None:
        return
    if column.codes is not None and code not in column.codes:
        yield f"{field} has no code {code!r}; there are {', '.join(column.codes)}"
    elif column.kind == "bool" and code not in _TRUTHS:
        yield f"{field} is true or false, not {code!r}"
    elif column.kind in ("int", "float") and not _is_number(code):
        yield f"{field} is a number, not {code!r}"


def _code_fields(table: str) -> dict[str, tables.Column]:
    """The columns that a coder may fill; for attributions also those of their sources."""
    known = {column.name: column for column in tables.SCHEMAS[table]}
    if table == "attributions":
        known = {column.name: column for column in tables.SCHEMAS["sources"]} | known
    if table == "claim_relations":
        known["claim"] = known["claim_id"]
    return known


def _is_number(code: str) -> bool:
    try:
        return float(code) == float(code)
    except ValueError:
        return False


def _check_units(rows: list[_Row]) -> Iterator[str]:
    """What no row shows alone: doubles, units without extent, codes that point nowhere."""
    units: dict[tuple[str, ...], dict[str, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for row in rows:
        units[_unit_key(row.values)][row.values["field"]].append(row)
    known = _known(units)
    for key, fields in units.items():
        table, spans = key[0], SPANS[key[0]]
        for field, same in fields.items():
            shown = [(row.values["start"], row.values["end"]) for row in same]
            repeats = [row for n, row in enumerate(same) if shown[n] in shown[:n]] if field in spans else same[1:]
            for row in repeats + (same[1:] if field == "span" else []):
                yield f"{row.where}: unit {key[1]} has a second {field}"
        first = next(iter(fields.values()))[0].where
        if "span" in spans and not {"span", NONE} & set(fields):
            yield f"{first}: unit {key[1]} of {table} has no span"
        if table == "attributions" and "." not in key[1] and not {"cue", "content", NONE} & set(fields):
            yield f"{first}: unit {key[1]} of {table} has neither cue nor content"
        if table == "attributions" and "." in key[1] and (table, key[1].split(".")[0], *key[2:]) not in units:
            yield f"{first}: unit {key[1]} is a further source of an attribution that is not there"
        yield from _check_pointers(key, fields, known)


def _known(units: Iterable[tuple[str, ...]]) -> dict[tuple[str, ...], set[str]]:
    """Units by table and text of each coder (with coder and pass), and of all coders together."""
    known: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for table, unit, *coding in units:
        known[table, *coding].add(unit)
        known[table, coding[0]].add(unit)
    return known


def _check_pointers(
    key: tuple[str, ...], fields: Mapping[str, list[_Row]], known: Mapping[tuple[str, ...], set[str]]
) -> Iterator[str]:
    """A code names a unit of the same coding or, where that has none of the table, of another coder's."""
    for field, target in POINTERS.items():
        units = known.get((target, *key[2:])) or known.get((target, key[2]), set())
        for row in fields.get(field, []):
            code = row.values["code"]
            if code != OUTLET and code not in units:
                yield f"{row.where}: {field} names {code!r}, which is no unit of {target} in this text"


def _unit_key(row: Mapping[str, str]) -> tuple[str, ...]:
    return row["table"], row["unit"], row["text_sha256"], row["coder"], row["pass"]


def _frame(rows: list[_Row]) -> pd.DataFrame:
    data = pd.DataFrame([row.values for row in rows], columns=list(COLUMNS), dtype="string").replace("", pd.NA)
    numbers = {name: pd.to_numeric(data[name]).astype("Int64") for name in ("start", "end", "pass")}
    return data.assign(**numbers)
