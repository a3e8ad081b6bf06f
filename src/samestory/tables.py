"""The schemas of every table, checked where tables enter and leave.

A table is a :class:`pandas.DataFrame` with exactly the columns of its schema, in that order. Offsets are half-open
characters into an article's canonical text. Missing is null (``pd.NA``), never ``""`` or 0. Codes are the codebook's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from pandas.api.extensions import ExtensionArray

from samestory.files import csv_text, read_csv, write_whole, written_whole

DTYPES = {"string": pd.StringDtype(), "int": pd.Int64Dtype(), "float": pd.Float64Dtype(), "bool": pd.BooleanDtype()}
DECIMALS = 4  # scores are rounded when stored, so that tables are the same bytes on every machine
SEPARATOR = "; "  # joins the members of a list in one cell: modifiers, evidence

SEGMENTS = ("headline", "deck", "byline", "dateline", "body", "caption", "repeat", "notice", "furniture")
COUNTED_SEGMENTS = ("headline", "deck", "body")
ATTRIBUTION_KINDS = ("speech", "thought", "evidence")
QUOTE_TYPES = ("direct", "indirect", "mixed")
CUE_STANCES = ("neutral", "factive", "nonfactive", "directive", "denial", "refusal", "hearsay")
SOURCE_TYPES = (
    "official", "political", "expert", "witness", "affected", "citizen", "armed_group", "organisation", "media",
    "document", "social_media", "outlet", "other", "none",
)  # fmt: skip
IDENTIFICATIONS = ("named_person", "named_institution", "unnamed_person", "unnamed_group", "none")
CERTAINTY_TYPES = ("hedge", "inquiry", "conditional", "booster", "evidential", "approximator", "bound")
AGENCIES = ("agent", "patient", "other")
POSITIONS = ("headline", "lead", "body")
REFERENT_KINDS = ("person", "group", "institution", "place", "object", "event")
FRAME_SCHEMES = ("policy", "generic")
CLAIM_ROLES = (
    "killed", "injured", "missing", "detained", "suspects", "age", "date_time", "place", "money", "size",
    "count_other",
)  # fmt: skip
BOUNDS = ("exact", "at_least", "at_most", "approximate", "range", "unspecified")
ABOUTS = ("this_event", "other")
RELATIONS = (
    "agree", "differ_in_precision", "update", "conflict", "differ", "not_comparable", "only_in", "internal_conflict",
)  # fmt: skip
EDIT_KINDS = ("substituted", "inserted", "deleted", "moved")
PRECISIONS = ("second", "minute", "day", "month", "year", "unknown")


class TableError(ValueError):
    """A table breaks its schema; the message names table, column and the first offending values."""


class Column(NamedTuple):
    """One column of a schema: its type, whether it may be null, and the codes it may hold."""

    name: str
    kind: str = "string"
    null: bool = False
    codes: tuple[str, ...] | None = None


def _text(*names: str, null: bool = False) -> list[Column]:
    return [Column(name, "string", null) for name in names]


def _offsets(*names: str, null: bool = False) -> list[Column]:
    return [Column(name, "int", null) for name in names]


def _code(name: str, codes: tuple[str, ...], null: bool = False) -> list[Column]:
    return [Column(name, "string", null, codes)]


SCHEMAS: dict[str, list[Column]] = {
    "articles": [
        *_text("article_id"),
        *_text("event", null=True),
        *_text("outlet"),
        *_text("agency", "title", "published", null=True),
        *_code("published_precision", PRECISIONS),
        *_text("url", "language", null=True),
        *_text("source_file", "format", "text_sha256"),
        *_offsets("n_chars", "n_words", "n_body_words"),
    ],
    "texts": [*_text("article_id"), *_text("text", null=True)],
    "segments": [
        *_text("article_id"),
        *_offsets("start", "end"),
        *_code("segment", SEGMENTS),
        *_text("rule"),
        *_offsets("repeat_of_start", "repeat_of_end", null=True),
    ],
    "sentences": [
        *_text("article_id", "sentence_id"),
        *_offsets("start", "end"),
        *_code("segment", SEGMENTS),
        Column("certainty_score", "float", null=True),
    ],
    "reuse": [
        *_text("article_id"),
        *_offsets("start", "end"),
        *_text("other_article_id"),
        *_offsets("other_start", "other_end"),
    ],
    "edits": [
        *_text("article_id"),
        *_offsets("start", "end"),
        *_text("other_article_id"),
        *_offsets("other_start", "other_end"),
        *_code("kind", EDIT_KINDS),
    ],
    "attributions": [
        *_text("article_id", "attribution_id", "sentence_id"),
        *_code("attribution_kind", ATTRIBUTION_KINDS),
        *_code("quote_type", QUOTE_TYPES),
        *_code("cue_stance", CUE_STANCES, null=True),
        *_offsets("cue_start", "cue_end", "source_start", "source_end", null=True),
        *_text("addressee", null=True),
        Column("layer", "int"),
        *_text("nested_in", "carried_from", null=True),
        *_text("engine"),
    ],
    "sources": [
        *_text("article_id", "attribution_id"),
        *_offsets("start", "end", null=True),
        *_text("referent_id", null=True),
        *_code("source_type", SOURCE_TYPES),
        *_code("identification", IDENTIFICATIONS),
        Column("anonymous", "bool"),
    ],
    "contents": [*_text("article_id", "attribution_id"), *_offsets("start", "end")],
    "certainty": [
        *_text("article_id", "cue_id", "sentence_id"),
        *_offsets("start", "end"),
        *_code("certainty_type", CERTAINTY_TYPES),
        *_offsets("scope_start", "scope_end", null=True),
        *_offsets("number_start", "number_end", null=True),
        Column("score_effect", "float", null=True),
        *_text("holder"),
        *_text("claim_id", null=True),
    ],
    "labels": [
        *_text("article_id", "label_id"),
        *_offsets("start", "end"),
        *_text("head"),
        *_text("modifiers", "referent_id", null=True),
        *_code("position", POSITIONS),
        *_text("voice"),
        *_code("agency", AGENCIES),
        Column("passive_without_agent", "bool"),
        Column("response", "bool"),
    ],
    "referents": [*_text("event", null=True), *_text("referent_id", "name"), *_code("kind", REFERENT_KINDS)],
    "frames": [
        *_text("article_id", "scheme", "frame"),
        Column("score", "float"),
        Column("present", "bool"),
        *_text("evidence", null=True),
    ],
    "claims": [
        *_text("article_id", "claim_id", "sentence_id"),
        *_offsets("start", "end"),
        *_code("role", CLAIM_ROLES),
        Column("quantity", "float", null=True),
        Column("quantity_max", "float", null=True),
        *_text("value", null=True),
        *_code("bound", BOUNDS),
        *_text("unit", "unit_class", "measured", "subset_of", null=True),
        *_code("about", ABOUTS),
        *_text("referent_id", null=True),
        *_text("holder"),
        *_text("as_of", null=True),
    ],
    "claim_relations": [
        *_text("event", null=True),
        *_code("role", CLAIM_ROLES),
        *_text("unit_class", null=True),
        *_code("relation", RELATIONS),
        *_text("article_id", "claim_id"),
        *_text("other_article_id", "other_claim_id", null=True),
    ],
    "measures": [
        *_text("article_id", "measure"),
        Column("numerator", "float"),
        Column("denominator", "float"),
    ],
}
TABLES = tuple(SCHEMAS)
TEXT_TABLES = ("texts",)  # what stays on the user's machine


def columns(table: str) -> list[str]:
    """The column names of a table, in order."""
    return [column.name for column in SCHEMAS[table]]


def frame(table: str, rows: Iterable[Mapping[str, object]] = ()) -> pd.DataFrame:
    """Build a checked table from rows; a column that a row does not name is null."""
    names, held = columns(table), list(rows)
    if unknown := set().union(*held).difference(names):
        raise TableError(f"table {table}: no column named {', '.join(sorted(unknown))}")
    return _checked(table, {name: [row.get(name) for row in held] for name in names})


def cells(data: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """The cells of these columns, row by row, as Python's own values: NumPy's numbers would slow all that uses them."""
    return zip(*(data[name].tolist() for name in names), strict=True)


def check(table: str, data: pd.DataFrame) -> pd.DataFrame:
    """Return the table with its schema's types and column order; raise TableError where it breaks the schema."""
    if table not in SCHEMAS:
        raise TableError(f"no table is named {table}; the tables are {', '.join(TABLES)}")
    names = columns(table)
    missing, unknown = set(names) - set(data.columns), set(data.columns) - set(names)
    if missing or unknown:
        raise TableError(f"table {table}: missing columns {sorted(missing)}, unknown columns {sorted(unknown)}")
    return _checked(table, {name: data[name].array for name in names})


def _checked(table: str, cells: Mapping[str, Sequence[object] | ExtensionArray]) -> pd.DataFrame:
    """The table of these columns. It works on arrays: most tables are an article's and so small that frames cost."""
    typed = {column.name: _check_column(table, column, cells[column.name]) for column in SCHEMAS[table]}
    _check_spans(table, typed)
    return pd.DataFrame(typed, copy=False)


def _check_column(table: str, column: Column, values: Sequence[object] | ExtensionArray) -> ExtensionArray:
    dtype = DTYPES[column.kind]
    try:
        if isinstance(values, ExtensionArray) and values.dtype == dtype:
            typed = values.copy()
        else:
            typed = pd.array(values, dtype=dtype)
    except (TypeError, ValueError) as error:
        raise TableError(f"table {table}, column {column.name}: not all values are {column.kind} ({error})") from error
    if column.kind == "float":
        typed = typed.round(DECIMALS)
    if not column.null and (null := typed.isna()).any():
        raise TableError(f"table {table}, column {column.name}: null in rows {_first(null)}, but it may not be null")
    if column.kind == "string":
        told = set(typed.to_numpy().tolist()) - {pd.NA}
        if "" in told:
            raise TableError(f"table {table}, column {column.name}: an empty string; missing is null")
        if column.codes is not None and (strange := sorted(told.difference(column.codes))):
            raise TableError(f"table {table}, column {column.name}: no such code as {strange[:3]}")
    return typed


def _first(chosen: np.ndarray) -> list[int]:
    return chosen.nonzero()[0][:3].tolist()


def _check_spans(table: str, typed: Mapping[str, ExtensionArray]) -> None:
    for end in [name for name in typed if name.endswith("end")]:
        start = end[: -len("end")] + "start"
        low, high = (typed[name].to_numpy("float64", na_value=np.nan) for name in (start, end))
        if ((high < low) | (low < 0)).any():
            raise TableError(f"table {table}: a span in {start}, {end} is negative or ends before it starts")
        if (np.isnan(low) != np.isnan(high)).any():
            raise TableError(f"table {table}: {start} and {end} must be null together")


def concat(table: str, parts: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """Stack checked parts of one table; no parts give the empty table."""
    filled = [part for part in parts if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else frame(table)


def write_table(table: str, data: pd.DataFrame, folder: Path, suffix: str = "parquet") -> Path:
    """Write ``folder/TABLE.parquet`` (or ``.csv``) whole or not at all; the same table gives the same bytes."""
    path = folder / f"{table}.{suffix}"
    checked = check(table, data)
    if suffix == "csv":
        write_whole(path, csv_text(checked))
        return path
    with written_whole(path) as temporary:
        checked.to_parquet(temporary, index=False, compression="zstd")
    return path


def read_table(table: str, folder: Path) -> pd.DataFrame:
    """Read ``folder/TABLE.parquet`` or ``folder/TABLE.csv`` and check it."""
    parquet, csv = folder / f"{table}.parquet", folder / f"{table}.csv"
    if parquet.exists():
        return check(table, pd.read_parquet(parquet))
    if csv.exists():
        kinds = {c.name: DTYPES[c.kind] for c in SCHEMAS[table]}
        return check(table, read_csv(csv, kinds))
    raise FileNotFoundError(f"no table {table} in {folder}: neither {parquet.name} nor {csv.name}")
