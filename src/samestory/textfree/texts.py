"""Whose text is which: copies of a study's articles, under any name and in any format, known by their SHA-256."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from samestory.articles.record import Article, Field, text_hash
from samestory.files import read_csv
from samestory.segments.agency import NAMES, explain_agency
from samestory.segments.recurring import find_recurring
from samestory.study import READING
from samestory.tables import SEGMENTS
from samestory.textfree.cells import short_address, short_file

COLUMNS = ("article_id", "fields", "credit_agency", "recurring")
SEPARATOR = "; "
OWN = ("article_id", "outlet", "source_file", "format", "event", "published", "published_precision", "url", "language")


class Told(NamedTuple):
    """What annotating an article needs besides its text and the table ``articles``.

    ``fields`` are the spans that its format named, ``credit`` an agency that its format named, ``recurring`` the keys
    of its lines that its outlet prints around other stories too.
    """

    fields: tuple[Field, ...] = ()
    credit: str | None = None
    recurring: frozenset[str] = frozenset()


class Missing(NamedTuple):
    """An article whose text is not there. ``instead`` is the file that seems to hold it and holds another text."""

    article_id: str
    source_file: str
    text_sha256: str
    instead: str | None = None
    instead_sha256: str | None = None


class Copies(NamedTuple):
    """A study's articles as found in copies of their texts, and how far the copies go.

    ``mended`` counts the copies that are the same but for line ends and white space at the end, ``unmarked`` those
    that name no fields where the study has them; ``other_fields`` lists the files that name others; ``strangers``
    counts the texts that are none of the study's.
    """

    articles: tuple[Article, ...]
    missing: tuple[Missing, ...]
    mended: int
    unmarked: int
    other_fields: tuple[str, ...]
    strangers: int


def tell_reading(articles: Iterable[Article], segments: pd.DataFrame) -> pd.DataFrame:
    """What annotating needs besides texts, as a table without text: article_id, fields, credit_agency, recurring.

    Of what a format says of authors and rights the agency alone is kept, and only where nothing in the text tells it.
    """
    articles = sorted(articles, key=lambda article: article.article_id)
    recurring = find_recurring(articles)
    rows = []
    for article in articles:
        origin = explain_agency(article, segments)
        credit = _agency_name(origin.agency) if origin is not None and origin.rule == "credit" else None
        fields = SEPARATOR.join(f"{field.segment} {field.start}-{field.end}" for field in article.fields)
        keys = SEPARATOR.join(sorted(recurring.get(article.article_id, ())))
        rows.append((article.article_id, fields or None, credit, keys or None))
    return pd.DataFrame(rows, columns=list(COLUMNS), dtype="string")


def _agency_name(agency: str) -> str:
    """The shortest name by which an agency is known."""
    return min((name for name, known in NAMES.items() if known == agency), key=lambda name: (len(name), name))


def read_told(folder: Path) -> dict[str, Told] | None:
    """What ``reading.csv`` in a study's folder tells of each article; None where there is no such file.

    Raises ValueError where the file is not what :func:`tell_reading` makes.
    """
    path = folder / READING
    if not path.is_file():
        return None
    data = read_csv(path, "string")
    if tuple(data.columns) != COLUMNS:
        raise ValueError(f"{path}: the columns must be {', '.join(COLUMNS)}")
    try:
        return {row.article_id: _told(row) for row in data.itertuples()}
    except (ValueError, AttributeError) as error:
        raise ValueError(f"{path}: cannot be read ({error})") from error


def _told(row: Any) -> Told:
    fields = []
    for cell in [] if pd.isna(row.fields) else row.fields.split(SEPARATOR):
        segment, span = cell.split(" ")
        start, end = span.split("-")
        if segment not in SEGMENTS:
            raise ValueError(f"no segment is called {segment!r}")
        fields.append(Field(int(start), int(end), segment))
    keys = [] if pd.isna(row.recurring) else row.recurring.split(SEPARATOR)
    return Told(tuple(fields), _value(row.credit_agency), frozenset(keys))


def match_copies(kept: pd.DataFrame, told: Mapping[str, Told] | None, copies: Sequence[Article]) -> Copies:
    """The articles of the table ``kept`` with their texts, as copies hold them.

    A copy is known by the SHA-256 of its text, as it stands or with other line ends and white space at its end. All
    else but fields is as ``kept`` has it; fields and credit are as ``told`` says, and the copy's own where nothing is
    told. An article without a text needs no copy.
    """
    wanted = set(kept.text_sha256)
    exact = {copy.text_sha256: copy for copy in copies}
    near = {sha: (copy, text) for copy in copies for sha, text in _mended(copy, wanted - set(exact))}
    articles, missing, unmarked, other_fields, mended = [], [], 0, [], 0
    used = {sha for sha in exact if sha in wanted} | {copy.text_sha256 for copy, _ in near.values()}
    spare = _by_place(copy for copy in copies if copy.text_sha256 not in used)
    for row in kept.to_dict("records"):
        sha = row["text_sha256"]
        own = None if told is None else told.get(row["article_id"], Told())
        if sha in exact:
            copy = exact[sha]
            if own is not None and copy.fields != own.fields:
                unmarked += not copy.fields
                other_fields += [copy.source_file] if copy.fields else []
            articles.append(_article(row, copy.text, copy, own))
        elif sha in near:
            mended += 1
            articles.append(_article(row, near[sha][1], near[sha][0], own))
        elif not row["n_chars"]:
            articles.append(_article(row, "", None, own))
        else:
            missing.append(_missing(row, spare))
    strangers = len({copy.text_sha256 for copy in copies} - used)
    return Copies(tuple(articles), tuple(missing), mended, unmarked, tuple(other_fields), strangers)


def _mended(copy: Article, wanted: set[str]) -> Iterator[tuple[str, str]]:
    """The texts that are looked for and differ from a copy in line ends or in white space at the end alone."""
    if not wanted:
        return
    unix = copy.text.replace("\r\n", "\n")
    for text in (unix, unix.replace("\n", "\r\n")):
        for candidate in (text, text.rstrip(), text.rstrip() + "\n", text.rstrip() + "\r\n"):
            if (sha := text_hash(candidate)) in wanted:
                yield sha, candidate


def _article(row: Mapping[str, Any], text: str, copy: Article | None, told: Told | None) -> Article:
    own: dict[str, Any] = {name: _value(row[name]) for name in OWN}
    if told is None and copy is not None:
        told = Told(copy.fields if copy.text == text else (), copy.credit)
    told = told or Told()
    title = _value(row["title"]) or (copy.title if copy is not None else None)
    return Article(**own, text=text, title=title, fields=told.fields, credit=told.credit)


def _by_place(copies: Iterable[Article]) -> dict[str | int, Article]:
    """Copies by what may tell that one is of an article whose text it does not hold: file, address, length."""
    found: dict[str | int, Article] = {}
    for copy in copies:
        places: list[str | int] = [copy.source_file, short_file(copy.source_file), len(copy.text)]
        places += [copy.url, short_address(copy.url)] if copy.url else []
        for place in places:
            found.setdefault(place, copy)
    return found


def _missing(row: Mapping[str, Any], spare: Mapping[str | int, Article]) -> Missing:
    own = (row["article_id"], row["source_file"], row["text_sha256"])
    places = (_value(row["url"]), row["source_file"], int(row["n_chars"]))
    copy = next((spare[place] for place in places if place in spare), None)
    return Missing(*own) if copy is None else Missing(*own, copy.source_file, copy.text_sha256)


def _value(cell: Any) -> Any:
    return None if pd.isna(cell) else cell
