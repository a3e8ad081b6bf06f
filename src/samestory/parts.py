"""A study's tables as files that are written and read part by part: a part is a row group in every table's file.

The parts are those of the articles (see :func:`samestory.annotation.annotate_parts`), the same in all tables, so that
one event is read without the others.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from os import getpid
from pathlib import Path
from typing import NamedTuple

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from samestory import tables
from samestory.files import hash_file

UNFINISHED = ".unfinished-"  # the beginning of a folder's name, inside that of the tables


class Writer:
    """Takes the parts of tables; see :func:`written_tables`. ``rows`` counts those of each table."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.rows, self.files = folder, Counter[str](), dict[str, pq.ParquetWriter]()

    def add(self, table: str, data: pd.DataFrame) -> None:
        """Write one part of a table, checked against its schema; a part without a row is one too."""
        if table not in self.files:
            schema = pa.Schema.from_pandas(tables.frame(table), preserve_index=False)
            self.files[table] = pq.ParquetWriter(self.folder / f"{table}.parquet", schema, compression="zstd")
        file = self.files[table]
        part = pa.Table.from_pandas(tables.check(table, data), file.schema, preserve_index=False)
        file.write_table(part, row_group_size=max(1, len(data)))
        self.rows[table] += len(data)

    def close(self) -> None:
        """No part comes any more: the files, not yet published, can be read in ``folder``."""
        with ExitStack() as stack:
            for file in self.files.values():
                stack.callback(file.close)


@contextmanager
def written_tables(folder: Path) -> Iterator[Writer]:
    """Write ``folder/TABLE.parquet`` of every table that gets a part; all are published when the block ends well.

    What another run of this left behind when it was killed is removed.
    """
    for left in folder.glob(f"{UNFINISHED}*"):
        shutil.rmtree(left, ignore_errors=True)
    unfinished = folder / f"{UNFINISHED}{getpid()}"
    unfinished.mkdir(parents=True)
    writer = Writer(unfinished)
    try:
        try:
            yield writer
        finally:
            writer.close()
        for table in writer.files:
            (unfinished / f"{table}.parquet").replace(folder / f"{table}.parquet")
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


class Part(NamedTuple):
    """Where one event is: the number of the part that holds it, and its articles."""

    number: int
    event: str
    articles: pa.Array

    def rows(self, table: str) -> pc.Expression:
        """Which rows of the part's tables are the event's."""
        if table == "referents":
            return pc.field("event") == self.event
        return pc.field("article_id").isin(self.articles)


def find_part(folder: Path, event: str) -> Part | None:
    """The part that holds an event; None where it is in none, or the tables are not in such parts."""
    path = folder / "articles.parquet"
    if not path.exists():
        return None
    with pq.ParquetFile(path) as file:
        for number in range(file.num_row_groups):
            articles = file.read_row_group(number, ["article_id", "event"], use_threads=False)
            own = articles.filter(pc.field("event") == event)["article_id"]
            if len(own):
                return Part(number, event, own.combine_chunks())
    return None


def read_part(table: str, folder: Path, part: Part | None) -> pd.DataFrame:
    """What an event has in a table, or the whole where ``part`` is None; raises FileNotFoundError as ``read_table``."""
    if part is None:
        return tables.read_table(table, folder)
    with pq.ParquetFile(folder / f"{table}.parquet") as file:
        rows = file.read_row_group(part.number, use_threads=False).filter(part.rows(table))
    return tables.check(table, rows.to_pandas(use_threads=False))


def table_hashes(folder: Path) -> dict[str, str]:
    """SHA-256 of the file of each table that is there."""
    paths = [folder / f"{table}.parquet" for table in tables.TABLES]
    return {path.stem: hash_file(path) for path in paths if path.exists()}
