"""The cache: what it gives back is what was computed, and what it cannot read is computed again."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.articles.record import Article
from samestory.cache import Cache, key_of
from samestory.tables import frame

CLAIM = {"article_id": "a", "claim_id": "a-c0", "sentence_id": "a-s0", "start": 0, "end": 3, "role": "killed",
         "bound": "exact", "about": "this_event", "holder": "outlet"}  # fmt: skip

DAMAGE: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda kept: b"",
    "cut": lambda kept: kept[:-1],
    "cut to a line": lambda kept: kept.split(b"\n")[0],
    "garbage": lambda kept: b"\xff\xfe\x00" * 9,
    "zeros, as after a crash": lambda kept: bytes(len(kept)),
    "another file's": lambda kept: b"{}\n{}",
    "one number changed": lambda kept: kept.replace(b'"end": [3]', b'"end": [2]'),
}


class Work:
    """Counts how often it is done."""

    def __init__(self, **tables: pd.DataFrame) -> None:
        self.tables, self.done = tables, 0

    def __call__(self) -> dict[str, pd.DataFrame]:
        self.done += 1
        return self.tables


def assert_same(found: dict[str, pd.DataFrame], expected: dict[str, pd.DataFrame]) -> None:
    assert list(found) == list(expected)
    for name in expected:
        pd.testing.assert_frame_equal(found[name], expected[name])


def test_kept_tables_come_back_without_work(tmp_path: Path):
    claims = frame("claims", [CLAIM | {"quantity": 1 / 3, "value": "“NA”"}, CLAIM | {"claim_id": "a-c1"}])
    work = Work(
        claims=claims, labels=frame("labels"), texts=frame("texts", [{"article_id": "a", "text": "x\r\n\0ß🚢"}])
    )
    first = Cache(tmp_path).tables("k" * 64, work)
    second = Cache(tmp_path).tables("k" * 64, work)
    assert work.done == 1
    assert_same(second, first)
    assert_same(second, work.tables)


def test_another_key_is_other_work(tmp_path: Path):
    work = Work(labels=frame("labels"))
    for key in ("a" * 64, "b" * 64, "a" * 64):
        Cache(tmp_path).tables(key, work)
    assert work.done == 2


def test_without_a_folder_everything_is_computed():
    work = Work(labels=frame("labels"))
    Cache(None).tables("k", work)
    Cache(None).tables("k", work)
    assert work.done == 2


@pytest.mark.parametrize("damage", DAMAGE)
def test_a_damaged_file_is_replaced(damage: str, tmp_path: Path):
    work = Work(claims=frame("claims", [CLAIM]))
    Cache(tmp_path).tables("k" * 64, work)
    (path,) = (file for file in tmp_path.rglob("*") if file.is_file())
    whole = path.read_bytes()
    path.write_bytes(DAMAGE[damage](whole))
    assert path.read_bytes() != whole
    assert_same(Cache(tmp_path).tables("k" * 64, work), work.tables)
    assert work.done == 2
    assert path.read_bytes() == whole
    Cache(tmp_path).tables("k" * 64, work)
    assert work.done == 2


@given(st.text(max_size=20), st.text(max_size=20), st.text(min_size=1, max_size=3))
@settings(max_examples=50)
def test_keys_tell_parts_apart(one: str, other: str, more: str):
    assert key_of(one, other) == key_of(one, other)
    assert key_of(one, other) != key_of(one + other) != key_of(one, other, None)
    article = Article("id", "wire", one, "f", "plain")
    assert key_of(article) != key_of(Article("id", "wire", one + more, "f", "plain"))
    assert key_of(article) != key_of(Article("id", "wire", one, "f", "plain", event=more))
