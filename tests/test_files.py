"""CSV for people: no cell is a formula, and what was written is read back."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pandas as pd
from hypothesis import example, given
from hypothesis import strategies as st

from samestory.files import csv_text, plain_cell, plain_cells, read_csv, safe_cell, safe_cells, write_whole
from samestory.tables import TABLES, read_table, write_table

FORMULAS = ("=cmd|' /C calc'!A0", "@SUM(1)", "+1", "-based", "\t=1", "\r=1", "\n=1", "＝1+1")
OPENERS = ("=", "+", "-", "@", "\t", "\r", "\n")

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12)
risky = st.builds(str.__add__, st.sampled_from(["'", "''", "'''", *OPENERS, "'=", "''-", "'s"]), words)


def test_text_that_begins_like_a_formula_gets_an_apostrophe_and_other_text_does_not():
    assert [safe_cell(text) for text in FORMULAS] == [f"'{text}" for text in FORMULAS]
    for text in ("'s", "''He could swim,'' he said", "1 + 1", " =1", "", "a@b"):
        assert safe_cell(text) == text == plain_cell(text)


@given(words | risky)
@example("'=1")
@example("''=1")
def test_the_apostrophe_comes_off_as_it_went_on(text: str):
    assert not safe_cell(text).startswith(OPENERS)
    assert plain_cell(safe_cell(text)) == text


@given(st.lists(st.tuples(words | risky, words | risky), max_size=6), st.lists(words | risky, min_size=2, unique=True))
def test_a_csv_is_read_back_and_every_reader_sees_the_same_cells(rows: list[tuple[str, str]], names: list[str]):
    data = pd.DataFrame(rows, columns=names[:2], dtype="string")
    text = csv_text(data)
    header, *found = csv.reader(io.StringIO(text, newline=""))
    told = [list(row) for row in found]
    assert told == safe_cells(data).to_numpy().tolist() and header == list(safe_cells(data).columns)
    assert not any(cell.startswith(OPENERS) for row in (header, *told) for cell in row)


def test_numbers_stay_and_missing_is_empty(tmp_path: Path):
    data = pd.DataFrame(
        {"-n": pd.array([-1, None], "Int64"), "x": [-0.5, float("nan")], "any": [-2, "-two"], "outlet": ["NA", None]}
    )
    assert csv_text(data) == "'-n,x,any,outlet\n-1,-0.5,-2,NA\n,,'-two,\n"
    write_whole(tmp_path / "found.csv", csv_text(data))
    found = read_csv(tmp_path / "found.csv", {"outlet": "string"})
    assert list(found.columns) == ["-n", "x", "any", "outlet"]
    assert found.x.tolist()[0] == -0.5 and found["any"].tolist() == ["-2", "-two"] and found.outlet[0] == "NA"
    pd.testing.assert_frame_equal(plain_cells(safe_cells(data)), data)


def test_tables_that_were_shipped_before_are_the_same_bytes(root: Path, tmp_path: Path):
    kept = root / "data" / "almaty-2016" / "tables"
    names = [name for name in TABLES if (kept / f"{name}.csv").exists()]
    for name in names:
        path = write_table(name, read_table(name, kept), tmp_path, "csv")
        assert path.read_bytes() == (kept / f"{name}.csv").read_bytes()
    assert "labels" in names
