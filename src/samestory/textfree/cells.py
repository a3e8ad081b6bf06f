"""Tables as they may leave the machine: no text, no title unless asked for, no cell that repeats an article."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

import pandas as pd

from samestory import tables
from samestory.textfree.borrowed import LONGEST_TITLE, WORD, Runs, find_runs, index_runs, words_of

if TYPE_CHECKING:
    from samestory.annotation import Annotations

KEPT = 4  # words of a cell that held too many
MARK = " …"
# Cells that hold an article's words, or words that people gave it; all others hold codes, ids and numbers.
WORDED = {
    "attributions": ("addressee",),
    "labels": ("head", "modifiers"),
    "referents": ("name",),
    "claims": ("value", "unit", "measured"),
}
SHORTENED = ("table", "row", "column")
EVENT_TABLES = ("articles", "referents", "claim_relations")
REFERENT_TABLES = ("referents", "labels", "sources", "claims")


class BorrowedError(ValueError):
    """Something repeats an article and cannot be shortened; the message names it and says what to do."""


class TextFree(NamedTuple):
    """Tables without text by name, ``measures`` among them, and what was changed in them.

    ``shortened`` has a row for each cell: table, row (its line in the CSV), column. ``events`` maps the events that
    were named in an article's words to the names they have here.
    """

    tables: dict[str, pd.DataFrame]
    shortened: pd.DataFrame
    events: dict[str, str]


def text_free(annotations: Annotations, measures: pd.DataFrame, *, titles: bool = False) -> TextFree:
    """The tables without text, and without titles unless they are asked for.

    A cell that repeats eight words of one of the articles in a row, or a title of five words and more, is shortened:
    an address to its host and a hash, a file's name to a hash and its suffix, an event's name and all else to the
    first four words. Done again, nothing changes. Raises BorrowedError for events that cannot be told apart then.
    """
    forbidden, near_titles = article_runs(annotations, titles)
    events = {
        event: _short_event(event)
        for event in sorted(annotations.articles.event.dropna().unique())
        if _is_borrowed(forbidden, event)
    }
    found = dict(_rename_events(annotations, events).tables())
    shortened = _event_rows(annotations, events)
    articles, changed = found["articles"], []
    if titles:
        articles, rows = _treat("articles", articles, "title", near_titles, _short_title)
        changed.append(rows)
    else:
        articles = articles.assign(title=pd.Series(pd.NA, index=articles.index, dtype="string"))
    for column, short in (("url", short_address), ("source_file", short_file)):
        articles, rows = _treat("articles", articles, column, near_titles, short)
        changed.append(rows)
    found["articles"] = articles
    for table, columns in WORDED.items():
        for column in columns:
            found[table], rows = _treat(table, found[table], column, forbidden, short_words)
            changed.append(rows)
    for table in tables.TEXT_TABLES:
        del found[table]
    return TextFree({**found, "measures": measures}, pd.concat([shortened, *changed], ignore_index=True), events)


def article_runs(annotations: Annotations, titles: bool) -> tuple[Runs, Runs]:
    """What may not be repeated, and what may not beside a title: the same, but for titles where they are asked for."""
    texts = list(annotations.texts.text.dropna())
    told = [title for title in annotations.articles.title.dropna() if len(words_of(title)) <= LONGEST_TITLE]
    if titles:
        return index_runs(texts), index_runs(texts, allowed=told)
    forbidden = index_runs(texts, told)
    return forbidden, forbidden


def short_words(text: str) -> str:
    """The first words of a text, and a mark that there were more; a text of so few words as it is."""
    found = list(WORD.finditer(text))
    return text[: found[KEPT - 1].end()] + MARK if len(found) > KEPT else text


def short_address(url: str) -> str:
    """An address as its host and a hash of the whole, by which whoever has the address knows it."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/#sha256={_hash(url, 16)}" if parts.netloc else f"sha256={_hash(url, 16)}"


def short_file(name: str) -> str:
    """A file's name as a hash of it, with its suffix."""
    return f"file-{_hash(name, 12)}{PurePosixPath(name).suffix[:6]}"


def _short_event(event: str) -> str:
    return f"{short_words(event).removesuffix(MARK)}-{_hash(event, 6)}"


def _short_title(title: str) -> str:
    return short_words(title) if len(words_of(title)) > LONGEST_TITLE else title


def _hash(text: str, digits: int) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:digits]


def _is_borrowed(runs: Runs, text: str) -> bool:
    return next(find_runs(runs, text), None) is not None


def _treat(
    table: str, data: pd.DataFrame, column: str, runs: Runs, short: Callable[[str], str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table with the cells of a column shortened that repeat an article, and the rows that say which."""
    known = {text: short(text) for text in data[column].dropna().unique() if _is_borrowed(runs, text)}
    known = {text: shorter for text, shorter in known.items() if shorter != text}
    treated = data[column].map(lambda text: known.get(text, text), na_action="ignore").astype("string")
    return data.assign(**{column: treated}), _rows(table, column, data.index[data[column].isin(known)])


def _rows(table: str, column: str, places: pd.Index) -> pd.DataFrame:
    rows = [(table, int(place) + 2, column) for place in places]
    return pd.DataFrame(rows, columns=list(SHORTENED)).astype({"table": "string", "row": "Int64", "column": "string"})


def _event_rows(annotations: Annotations, events: Mapping[str, str]) -> pd.DataFrame:
    articles = annotations.articles
    return _rows("articles", "event", articles.index[articles.event.isin(events)])


def _rename_events(annotations: Annotations, events: Mapping[str, str]) -> Annotations:
    """The tables with some events named otherwise, as if they had been named so before anything was annotated."""
    if not events:
        return annotations
    old = sorted(annotations.articles.event.dropna().unique())
    new = [events.get(event, event) for event in old]
    if sorted(set(new)) != new:
        names = ", ".join(events)
        raise BorrowedError(f"events named in an article's words ({names}): give them short names of your own")
    found = {name: getattr(annotations, name) for name in {*EVENT_TABLES, *REFERENT_TABLES}}
    for name in EVENT_TABLES:
        named = found[name].event.map(lambda event: events.get(event, event), na_action="ignore").astype("string")
        found[name] = found[name].assign(event=named)
    for name in REFERENT_TABLES:
        ids = found[name].referent_id.map(lambda one: _renamed(one, events), na_action="ignore").astype("string")
        found[name] = found[name].assign(referent_id=ids)
    return replace(annotations, **found)


def _renamed(referent_id: str, events: Mapping[str, str]) -> str:
    event, dash, number = referent_id.rpartition("-")
    return events.get(event, event) + dash + number
