"""Tables: what they refuse, and that what was written is read back."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from samestory import tables

SEGMENT = {"article_id": "a", "start": 0, "end": 9, "segment": "body", "rule": "default"}
CLAIM = {"article_id": "a", "claim_id": "a-c0", "sentence_id": "a-s0", "start": 0, "end": 3, "role": "killed",
         "bound": "exact", "about": "this_event", "holder": "outlet"}  # fmt: skip

# any text but what the files cannot hold: lone surrogates, and a NUL in CSV
words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), min_size=1, max_size=12)
odd = st.sampled_from(["NA", "null", "None", "nan", "007", "1e5", " ", "=1+1", '"', "a,b", "a\r\nb", "\r", "True", "#"])


def segment(**other: object) -> dict[str, object]:
    return SEGMENT | other


def test_frame_has_the_schemas_columns_types_and_order():
    data = tables.frame("segments", [segment()])
    assert list(data.columns) == tables.columns("segments")
    assert data.start.dtype == "Int64" and data.segment.dtype == "string"
    assert data.repeat_of_start.isna().all()


@pytest.mark.parametrize("name", tables.TABLES)
def test_empty_table_keeps_its_types_on_disk(name: str, tmp_path: Path):
    for suffix in ("parquet", "csv"):
        tables.write_table(name, tables.frame(name), tmp_path / suffix, suffix)
        pd.testing.assert_frame_equal(tables.read_table(name, tmp_path / suffix), tables.frame(name))


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"segment": "bodyy"}, "column segment: no such code as ['bodyy']"),
        ({"rule": None}, "column rule: null in rows [0]"),
        ({"rule": ""}, "column rule: an empty string"),
        ({"start": "three"}, "column start: not all values are int"),
        ({"start": 0.5}, "column start: not all values are int"),
        ({"start": 10}, "start, end is negative or ends before it starts"),
        ({"start": -1}, "start, end is negative or ends before it starts"),
        ({"repeat_of_start": 3}, "repeat_of_start and repeat_of_end must be null together"),
        ({"color": "red"}, "no column named color"),
    ],
)
def test_broken_row_is_refused_by_table_and_column(change: dict[str, object], said: str):
    with pytest.raises(tables.TableError) as raised:
        tables.frame("segments", [segment(**change)])
    assert str(raised.value).startswith("table segments") and said in str(raised.value)


def test_missing_and_unknown_columns_are_named():
    data = tables.frame("contents").drop(columns="end").assign(length=1)
    with pytest.raises(tables.TableError, match=r"table contents: missing columns \['end'\], unknown .*length"):
        tables.check("contents", data)
    with pytest.raises(tables.TableError, match="no table is named sentence; the tables are articles"):
        tables.check("sentence", data)


def test_scores_are_rounded_and_columns_put_in_order():
    data = pd.DataFrame([{"measure": "m", "article_id": "a", "denominator": 3, "numerator": 2 / 3}])
    checked = tables.check("measures", data)
    assert checked.numerator.tolist() == [0.6667]
    assert list(checked.columns) == tables.columns("measures")


def test_concat_of_nothing_is_the_empty_table():
    pd.testing.assert_frame_equal(tables.concat("labels", []), tables.frame("labels"))
    one = tables.frame("segments", [segment()])
    assert len(tables.concat("segments", [one, tables.frame("segments"), one])) == 2


@given(st.lists(st.tuples(words | odd, words | odd), max_size=6))
@example([("a", "\r"), ("b", "line\rline"), ("c", "\ufeff")])
@settings(max_examples=60, deadline=None)
def test_texts_come_back_as_they_were_from_parquet_and_csv(rows: list[tuple[str, str]]):
    data = tables.frame("texts", [{"article_id": name, "text": text} for name, text in rows])
    with TemporaryDirectory() as folder:
        for suffix in ("parquet", "csv"):
            tables.write_table("texts", data, Path(folder, suffix), suffix)
            pd.testing.assert_frame_equal(tables.read_table("texts", Path(folder, suffix)), data)


@given(
    quantity=st.none() | st.floats(-1e9, 1e9),
    value=st.none() | words | odd,
    start=st.integers(0, 2**40),
)
@settings(max_examples=60, deadline=None)
def test_nulls_and_numbers_come_back_as_they_were(quantity: float | None, value: str | None, start: int):
    row = CLAIM | {"quantity": quantity, "value": value, "start": start, "end": start + 1}
    data = tables.frame("claims", [row])
    with TemporaryDirectory() as folder:
        for suffix in ("parquet", "csv"):
            tables.write_table("claims", data, Path(folder, suffix), suffix)
            pd.testing.assert_frame_equal(tables.read_table("claims", Path(folder, suffix)), data)


@pytest.mark.parametrize("suffix", ["parquet", "csv"])
def test_same_table_gives_same_bytes_and_leaves_nothing_else(suffix: str, tmp_path: Path):
    data = tables.frame("claims", [CLAIM | {"claim_id": f"a-c{n}", "quantity": n / 7} for n in range(50)])
    first = tables.write_table("claims", data, tmp_path / "one", suffix)
    second = tables.write_table("claims", data[data.columns[::-1]], tmp_path / "two", suffix)
    assert first.read_bytes() == second.read_bytes()
    assert [path.name for path in (tmp_path / "one").iterdir()] == [f"claims.{suffix}"]


def test_broken_table_is_not_written_over_a_good_one(tmp_path: Path):
    path = tables.write_table("segments", tables.frame("segments", [segment()]), tmp_path, "csv")
    before = path.read_bytes()
    broken = tables.frame("segments", [segment()]).assign(segment="story")
    with pytest.raises(tables.TableError):
        tables.write_table("segments", broken, tmp_path, "csv")
    assert path.read_bytes() == before and len(list(tmp_path.iterdir())) == 1


def test_reading_names_what_is_not_there(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match=r"no table labels in .*labels\.parquet nor labels\.csv"):
        tables.read_table("labels", tmp_path)
