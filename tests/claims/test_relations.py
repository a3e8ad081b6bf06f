"""How claims of several articles stand to each other."""

from __future__ import annotations

from itertools import count

import pandas as pd
import pytest

from samestory.claims import find_claims, relate
from samestory.tables import concat, frame


def articles(*published: str | None) -> pd.DataFrame:
    return frame(
        "articles",
        [
            {
                "article_id": f"a{n}", "event": "flood", "outlet": f"o{n}", "published": time,
                "published_precision": "minute" if time else "unknown", "source_file": "f", "format": "text",
                "text_sha256": "0", "n_chars": 1, "n_words": 1, "n_body_words": 1,
            }
            for n, time in enumerate(published)
        ],
    )  # fmt: skip


def claims(*rows: dict[str, object]) -> pd.DataFrame:
    number = count()
    common = {"role": "killed", "unit_class": "person", "bound": "exact", "about": "this_event", "holder": "outlet"}
    made = []
    for row in rows:
        n = next(number)
        place = {"claim_id": f"k{n}", "sentence_id": "s", "start": 10 * n, "end": 10 * n + 5}
        made.append({**common, **place, **row})
    return frame("claims", made)


def relation(times: tuple[str | None, str | None], first: dict, second: dict) -> str:
    table = relate(articles(*times), claims({"article_id": "a0", **first}, {"article_id": "a1", **second}))
    (only,) = table.relation
    return only


EARLY, LATE = "2021-03-04T08:00", "2021-03-04T20:00"


@pytest.mark.parametrize(
    ("times", "first", "second", "expected"),
    [
        ((None, None), {"quantity": 7}, {"quantity": 7}, "agree"),
        ((None, None), {"quantity": 5, "bound": "at_least"}, {"quantity": 7}, "differ_in_precision"),
        ((None, None), {"quantity": 5}, {"quantity": 7}, "differ"),
        ((EARLY, LATE), {"quantity": 5}, {"quantity": 7}, "update"),
        ((LATE, EARLY), {"quantity": 7}, {"quantity": 5}, "update"),
        ((EARLY, LATE), {"quantity": 7}, {"quantity": 5}, "conflict"),
        ((EARLY, EARLY), {"quantity": 7}, {"quantity": 5}, "differ"),
        ((EARLY, None), {"quantity": 7}, {"quantity": 5}, "differ"),
        ((EARLY, LATE), {"quantity": 0}, {"quantity": 7, "bound": "at_least"}, "update"),
        ((EARLY, LATE), {"quantity": None, "bound": "approximate"}, {"quantity": 84}, "differ_in_precision"),
        ((None, None), {"quantity": 80, "bound": "approximate"}, {"quantity": 84}, "differ_in_precision"),
        ((None, None), {"quantity": 4}, {"quantity": 4, "unit_class": "person > child"}, "not_comparable"),
        ((EARLY, LATE), {"quantity": 9, "role": "missing"}, {"quantity": 2, "role": "missing"}, "update"),
    ],
)
def test_a_pair(times: tuple[str | None, str | None], first: dict, second: dict, expected: str) -> None:
    assert relation(times, first, second) == expected


def test_silence_is_only_in() -> None:
    table = relate(articles(None, None), claims({"article_id": "a1", "quantity": 3, "role": "injured"}))
    (row,) = table.itertuples()
    assert (row.relation, row.article_id, row.other_article_id) == ("only_in", "a1", "a0")
    assert pd.isna(row.other_claim_id)


def test_other_events_are_left_out() -> None:
    table = claims(
        {"article_id": "a0", "quantity": 3, "about": "other"}, {"article_id": "a1", "quantity": 4, "about": "other"}
    )
    assert relate(articles(None, None), table).empty


def test_a_repeated_claim_makes_one_pair() -> None:
    table = claims(*({"article_id": a, "quantity": 3} for a in ("a0", "a0", "a1", "a1", "a0")))
    assert list(relate(articles(None, None), table).relation) == ["agree"]


def test_none_against_some_in_one_article_is_an_internal_conflict(document) -> None:
    made = document(
        "At least one civilian and two guards were killed. There were no victims among civilians.", article_id="a0"
    )
    table = relate(articles(None), find_claims(made))
    assert list(table.relation) == ["internal_conflict"] and list(table.unit_class) == ["person > civilian"]


def test_a_part_of_a_larger_count_is_no_conflict(document) -> None:
    made = document("The flood killed 30 people. Two people died in a car.", article_id="a0")
    assert relate(articles(None), find_claims(made)).empty


def test_officers_and_policemen_meet(document) -> None:
    first = document("Three policemen and a cook were killed.", article_id="a0")
    second = document("Three police officers and a cook died.", article_id="a1")
    table = relate(articles(None, None), concat("claims", [find_claims(first), find_claims(second)]))
    assert set(table.relation) == {"agree"} and "person > official > police" in set(table.unit_class)


@pytest.mark.corpora
def test_the_two_pages_of_the_founding_study(shared) -> None:
    from samestory.document import Document

    made = []
    for n, name in enumerate(("ndtv", "sputnik")):
        text = (shared / f"corpora/almaty/{name}.txt").read_bytes().decode("utf-8")
        rows = [{"article_id": f"a{n}", "start": 0, "end": len(text), "segment": "body", "rule": "test"}]
        made.append(find_claims(Document(f"a{n}", text, frame("segments", rows))))
    table = relate(articles(None, None), concat("claims", made))
    found = set(zip(table.role, table.unit_class, table.relation, strict=True))
    assert ("killed", "person > civilian", "internal_conflict") in found
    assert ("killed", "person", "agree") in found


def test_no_civilian_dead_is_contradicted_by_a_dead_worker() -> None:
    none = {"unit_class": "person > civilian", "quantity": 0}
    one = {"unit_class": "person > civilian > worker", "quantity": 1}
    assert relation((None, None), none, one) == "differ"
    assert relation((None, None), one, none) == "differ"
    police = {"unit_class": "person > official > police", "quantity": 1}
    table = relate(articles(None, None), claims({"article_id": "a0", **none}, {"article_id": "a1", **police}))
    assert "differ" not in set(table.relation)
