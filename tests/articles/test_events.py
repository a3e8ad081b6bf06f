"""Events: proposed from text and time, confirmed in a table, never guessed against what the user has said."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.articles import Article
from samestory.articles.events.confirmed import EventsError, confirm_events
from samestory.articles.events.proposing import COLUMNS, Grouping, propose_events
from samestory.articles.record import article_id

QUAKE = (
    ("Quake shakes Torvel, dozens hurt", "A strong earthquake shook the port of Torvel before dawn, injuring dozens."),
    (
        "Torvel earthquake injures dozens",
        "Dozens of people were injured when an earthquake struck Torvel, rescuers said.",
    ),
    ("Homes fall as Torvel is shaken", "The earthquake that struck Torvel brought down homes; rescuers searched them."),
)
STRIKE = (
    ("Tram drivers of Ossmere walk out", "Tram drivers in Ossmere stopped work on Monday in a dispute over their pay."),
    ("Ossmere trams stand still in pay dispute", "No tram ran in Ossmere as drivers walked out in a dispute over pay."),
)
FAIR = (("Giant marrow wins at Lunby fair", "A gardener took the prize of the Lunby fair with a marrow of 40 kilos."),)


def articles(*groups: tuple[tuple[str, str], ...], published: str | None = "2021-03-04") -> list[Article]:
    made = []
    for title, lead in (story for group in groups for story in group):
        outlet, text = f"outlet-{len(made)}", f"{title}\n\n{lead}"
        made.append(
            Article(article_id(outlet, "a", text), outlet, text, f"{outlet}.txt", "text", title=title,
                    published=published, published_precision="day" if published else "unknown")
        )  # fmt: skip
    return made


def grouped(made: list[Article], **settings: float) -> set[frozenset[str]]:
    """The outlets of each proposed event of several articles."""
    table = propose_events(made, Grouping(**settings))
    assert set(table.article_id) == {article.article_id for article in made} and tuple(table.columns) == COLUMNS
    return {frozenset(own.outlet) for _, own in table.dropna(subset="event").groupby("event")}


EXPECTED = {frozenset({"outlet-0", "outlet-1", "outlet-2"}), frozenset({"outlet-3", "outlet-4"})}


@pytest.mark.parametrize("published", ["2021-03-04", None, "2021-03"])
def test_same_event_is_grouped_whether_or_not_times_are_known(published: str | None):
    assert grouped(articles(QUAKE, STRIKE, FAIR, published=published)) == EXPECTED


def test_an_unknown_time_keeps_no_article_out():
    made = articles(QUAKE, STRIKE)
    made[1] = replace(made[1], published=None, published_precision="unknown")
    assert grouped(made) == EXPECTED


@pytest.mark.parametrize(
    ("published", "together"), [("2021-03-06", True), ("2022-03-04", False), ("2021-03", True), (None, True)]
)
def test_like_words_a_year_later_are_another_event(published: str | None, together: bool):
    first, second = articles(QUAKE[:2])
    later = replace(second, published=published, published_precision="day" if published else "unknown")
    assert bool(grouped([first, later, *articles(STRIKE, FAIR)[1:]])) is together


def test_names_are_words_of_the_titles_and_the_day_and_the_evidence_is_shown():
    table = propose_events(articles(QUAKE, STRIKE, FAIR)).set_index("outlet")
    assert "torvel" in table.event["outlet-0"] and table.event["outlet-0"].endswith("2021-03-04")
    assert "ossmere" in table.event["outlet-4"].split("-")
    assert "earthquake" in table.words["outlet-1"] and 0 < table.similarity["outlet-1"] < 1
    assert table.loc["outlet-5", ["event", "similarity", "words"]].isna().all() and table.index[-1] == "outlet-5"


def test_given_names_hold_and_never_become_one():
    made = [replace(a, article_id=str(n)) for n, a in enumerate(articles(QUAKE, QUAKE))]
    made = [replace(a, event=("one", "two")[n // 3] if n % 3 else None) for n, a in enumerate(made)]
    assert set(propose_events(made).event) == {"one", "two"}


def test_two_events_of_the_same_words_and_day_have_two_names():
    made = [replace(a, article_id=str(n)) for n, a in enumerate(articles(QUAKE, STRIKE))]
    made = [replace(a, title="Torvel") for a in made]
    names = set(propose_events(made).event)
    assert names == {"torvel-2021-03-04", "torvel-2021-03-04-2"}


def test_articles_join_an_event_that_is_known_already():
    made = articles(QUAKE, STRIKE)
    made[0] = replace(made[0], event="the quake")
    table = propose_events(made).set_index("outlet")
    assert (table.event[["outlet-0", "outlet-1", "outlet-2"]] == "the quake").all()
    assert table.event["outlet-3"] not in ("the quake", None)


def test_order_does_not_matter():
    made = articles(QUAKE, STRIKE, FAIR)
    random.Random(3).shuffle(made)
    table = propose_events(made)
    first = propose_events(articles(QUAKE, STRIKE, FAIR))
    assert set(zip(table.article_id, table.event.fillna(""), strict=True)) == set(
        zip(first.article_id, first.event.fillna(""), strict=True)
    )


@given(
    st.lists(st.tuples(st.text(max_size=40), st.sampled_from([None, "2020", "2020-02-30", "9999-12-31"])), max_size=6)
)
def test_any_text_and_any_time_are_taken(texts: list[tuple[str, str | None]]):
    made = [
        Article(
            str(n), "o", text, "f", "text", published=published, published_precision="day" if published else "unknown"
        )
        for n, (text, published) in enumerate(texts)
    ]
    assert sorted(propose_events(made).article_id) == sorted(article.article_id for article in made)


@pytest.mark.parametrize("settings", [{"threshold": 2}, {"window_days": -1}, {"lead_words": 0}, {"threshold": "high"}])
def test_settings_out_of_bounds_are_refused(settings: dict):
    with pytest.raises(ValueError, match=next(iter(settings))):
        Grouping(**settings)


def write(path: Path, *lines: str) -> Path:
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_confirmed_events_hold_and_what_is_not_listed_keeps_its_own(tmp_path: Path):
    made = articles(QUAKE)
    made = [replace(made[0], event="a"), replace(made[1], event="b"), made[2]]
    path = write(
        tmp_path / "events.csv", "article_id;title;event", f"{made[0].article_id};x;", f"{made[2].article_id};x; c "
    )
    assert [a.event for a in confirm_events(made, path)] == [None, "b", "c"]


@pytest.mark.parametrize(
    ("lines", "said"),
    [
        (("article_id,events",), "row 1: no column named event; it has article_id, events"),
        (("",), "events.csv: empty"),
        (("name",), "row 1: no column named article_id or event; it has name"),
        (("article_id,event", "", "nobody,fire"), "row 3: no article has the id 'nobody'"),
        (("event,article_id", "fire,{0}", "flood,{0}"), "row 3: article {0} has another event in row 2"),
        (("article_id,event", "{0},fire,3"), "row 2: 3 cells where the header has 2"),
    ],
)
def test_wrong_tables_are_refused_by_file_and_row(lines: tuple[str, ...], said: str, tmp_path: Path):
    made = articles(QUAKE)
    path = write(tmp_path / "events.csv", *(line.format(made[0].article_id) for line in lines))
    with pytest.raises(EventsError) as raised:
        confirm_events(made, path)
    assert "events.csv" in str(raised.value) and said.format(made[0].article_id) in str(raised.value)


def test_an_id_that_a_spreadsheet_made_a_number_is_known_by_its_title(tmp_path: Path):
    made = articles(QUAKE)
    made[1] = replace(made[1], article_id="1234567890e5")
    path = write(tmp_path / "events.csv", "article_id,source_file,title,event",
                 f'1.23457E+14,{made[1].source_file},"{made[1].title}",quake')  # fmt: skip
    assert [a.event for a in confirm_events(made, path)] == [None, "quake", None]
