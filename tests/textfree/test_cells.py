"""Tables without text: cells that repeat an article are shortened, once and for all; the rest stays as it is."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.measures import measure
from samestory.tables import TABLES
from samestory.textfree import BorrowedError, text_free

RUN = "A fire at a mill in Brask killed nine workers"


@pytest.fixture
def quoting(coded: Annotations) -> Annotations:
    """The coded study with an address, an event, a label and a file that repeat an article."""
    slug = RUN.lower().replace(" ", "-")
    articles = coded.articles.assign(
        url=[f"https://x.example/{slug}/", "https://x.example/short/", None, None],
        source_file=[f"{slug}.html", *coded.articles.source_file[1:]],
        event=coded.articles.event.replace("mill-fire", slug),
    )
    named = {name: getattr(coded, name) for name in ("referents", "claim_relations")}
    named = {name: data.assign(event=data.event.replace("mill-fire", slug)) for name, data in named.items()}
    labels = coded.labels.assign(head=coded.labels["head"].replace("fire", RUN))
    kinds = {"url": "string", "source_file": "string", "event": "string"}
    return replace(coded, articles=articles.astype(kinds), labels=labels, **named)


def test_what_repeats_nothing_is_left_as_it_is(coded: Annotations) -> None:
    free = text_free(coded, measure(coded))
    assert set(free.tables) == set(TABLES) - {"texts"} and free.shortened.empty and not free.events
    for name, data in coded.without_text().tables():
        if name != "texts":
            pd.testing.assert_frame_equal(free.tables[name], data, obj=name)


def test_what_repeats_an_article_is_shortened_and_listed(quoting: Annotations) -> None:
    free = text_free(quoting, measure(quoting))
    articles, labels = free.tables["articles"], free.tables["labels"]
    assert articles.url[0].startswith("https://x.example/#sha256=") and articles.url[1] == "https://x.example/short/"
    assert articles.source_file[0].startswith("file-") and articles.source_file[0].endswith(".html")
    assert labels["head"][0] == "A fire at a …"
    (short,) = free.events.values()
    assert short.startswith("a-fire-at-a-") and set(articles.event) == {"ferry", short}
    assert set(free.tables["claim_relations"].event) == {"ferry", short}
    listed = {(row.table, row.row, row.column) for row in free.shortened.itertuples()}
    assert listed == {
        ("articles", 2, "url"), ("articles", 2, "source_file"), ("labels", 2, "head"),
        ("articles", 2, "event"), ("articles", 3, "event"),
    }  # fmt: skip


def test_done_again_nothing_changes(quoting: Annotations) -> None:
    free = text_free(quoting, measure(quoting))
    held = {name: data for name, data in free.tables.items() if name != "measures"}
    again = text_free(Annotations(texts=quoting.texts, **held), free.tables["measures"])
    assert again.shortened.empty and not again.events
    for name, data in free.tables.items():
        pd.testing.assert_frame_equal(again.tables[name], data, obj=name)


def test_events_whose_order_a_short_name_would_change_are_refused(quoting: Annotations) -> None:
    twin = quoting.articles.assign(
        event=["a-fire-at-a-mill-in-brask-killed-nine", "a-fire-at-a-mill", "ferry", "ferry"]
    )
    with pytest.raises(BorrowedError, match="give them short names of your own"):
        text_free(replace(quoting, articles=twin.astype({"event": "string"})), measure(quoting))
