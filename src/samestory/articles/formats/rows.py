"""Records with named columns to drafts: what CSV, JSONL and JSON files have in common."""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterable, Mapping

from samestory.articles.dates import is_given, read_date
from samestory.articles.draft import Draft, Refused, RefusedRow, domain_of, join_fields
from samestory.articles.record import Field
from samestory.messages import no_such
from samestory.tables import PRECISIONS, SEGMENTS

COLUMN_NAMES: dict[str, tuple[str, ...]] = {
    "text": (
        *("text", "body", "content", "maintext", "article", "article_text", "full_text", "fulltext", "body_text"),
        *("volltext", "texte", "texto", "tekst"),
    ),
    "title": ("title", "headline", "titel", "titre", "titulo", "título"),
    "deck": ("deck", "description", "subtitle", "standfirst", "subheadline"),
    "outlet": (
        *("outlet", "source", "source_domain", "publication", "publisher", "newspaper", "media_name", "domain"),
        *("quelle", "zeitung", "journal", "fuente", "bron", "krant"),
    ),
    "event": ("event", "event_name"),
    "published": (
        *("published", "date_publish", "date", "publish_date", "published_at", "publication_date", "pub_date"),
        *("datum", "fecha"),
    ),
    "published_precision": ("published_precision",),
    "url": ("url", "link", "web_url"),
    "language": ("language", "lang"),
    "credit": ("credit", "byline", "author", "authors"),
    "source_file": ("source_file",),
    "format": ("format",),
}
SURROGATES = re.compile("[\ud800-\udfff]")
NO_TEXT = "no text: title, deck and body are empty; only its address is known"


def check_columns(columns: Mapping[str, str] | None) -> None:
    """Raise ValueError where a mapping of columns names something that no article has."""
    if unknown := sorted(set(columns or ()) - set(COLUMN_NAMES)):
        raise ValueError(no_such("column", unknown, COLUMN_NAMES))


def choose_columns(
    names: Iterable[str], columns: Mapping[str, str] | None = None, empty: Container[str] = ()
) -> dict[str, str]:
    """Which column of a file holds what: as ``columns`` says, else by the usual names, whatever their case.

    Of several usual names one that is not among the ``empty`` goes first. Raises Refused where a column that was asked
    for is not there.
    """
    present = {str(name).strip().lower(): str(name) for name in names}
    chosen: dict[str, str] = {}
    for wanted, name in (columns or {}).items():
        if name.strip().lower() not in present:
            raise Refused(f"no column named {name!r} (for {wanted}); there are {', '.join(present.values()) or 'none'}")
        chosen[wanted] = present[name.strip().lower()]
    taken = set(chosen.values())
    for wanted, usual in COLUMN_NAMES.items():
        found = [present[name] for name in usual if name in present and present[name] not in taken]
        if wanted not in chosen and found:
            chosen[wanted] = next((name for name in found if name not in empty), found[0])
            taken.add(chosen[wanted])
    return chosen


def choose_fields(record: Mapping[str, object], columns: Mapping[str, str] | None = None) -> dict[str, str]:
    """The same of one record: crawlers write ``text`` as null where the text is in ``maintext``."""
    return choose_columns(record, columns, [name for name, value in record.items() if not is_given(value)])


def choose_told(
    record: Mapping[str, object], columns: Mapping[str, str] | None, number: int
) -> dict[str, str] | RefusedRow:
    """The fields of one record that has a text, else why it is refused."""
    try:
        chosen = choose_fields(record, columns)
    except Refused as error:
        return RefusedRow(number, str(error))
    if "text" not in chosen:
        return RefusedRow(number, f"no text field; the fields are {', '.join(record)[:200]}")
    return chosen


def draft_row(row: Mapping[str, object], chosen: Mapping[str, str], number: int | None = None) -> Draft | RefusedRow:
    """One record to a draft; title, deck and body become the fields of its text."""
    if "fields" in row and "text" in row:
        return _draft_kept(row, number)
    told = {wanted: row.get(column) for wanted, column in chosen.items()}
    told = {wanted: value for wanted, value in told.items() if value == value}  # NaN is how tables write none
    for wanted in ("text", "title", "deck"):
        if told.get(wanted) is not None and not isinstance(told[wanted], str):
            return RefusedRow(number or 1, f"{chosen[wanted]!r} holds no text but {type(told[wanted]).__name__}")
    parts = {"headline": told.get("title"), "deck": told.get("deck"), "body": told.get("text")}
    cleaned = {segment: mend(part) if isinstance(part, str) else None for segment, part in parts.items()}
    text, fields = join_fields(cleaned)
    url = text_of(told.get("url"))
    if not text and url is None:
        return RefusedRow(number or 1, "no text: title, deck and body are empty")
    published, precision = _published(told)
    notes = []
    if not text:  # an article that is known to exist and was not captured counts as read, with nothing in it
        notes.append(NO_TEXT)
    elif not (cleaned["body"] and cleaned["body"].strip()):
        notes.append("no body: title or deck alone")
    if published is None and is_given(told.get("published")):
        notes.append(f"date not understood: {str(told['published'])[:40]!r}")
    if cleaned != parts:
        notes.append("characters that are none replaced (unpaired surrogates)")
    return Draft(
        text,
        fields,
        outlet=_outlet(text_of(told.get("outlet"))) or domain_of(url),
        event=text_of(told.get("event")),
        title=(cleaned["headline"] or "").strip() or None,
        published=published,
        published_precision=precision,
        url=url,
        language=text_of(told.get("language")),
        credit=_credit(told.get("credit")),
        row=number,
        note="; ".join(notes) or None,
    )


def mend(text: str) -> str:
    """The text with unpaired surrogates, which no encoding can write, replaced one for one."""
    return SURROGATES.sub("\ufffd", text)


def text_of(value: object) -> str | None:
    """A cell as trimmed text, or None where it holds nothing."""
    return mend(str(value).strip()) if is_given(value) and isinstance(value, str | int | float) else None


def _credit(value: object) -> str | None:
    """Authors as one line, whether the record holds one or a list of them."""
    names = [text_of(name) for name in value] if isinstance(value, list) else [text_of(value)]
    return " ".join("; ".join(name for name in names if name).split()) or None


def _outlet(name: str | None) -> str | None:
    """An outlet's name as given; of a web address its domain."""
    if name is None:
        return None
    return (domain_of(name) or name) if "." in name and " " not in name else name


def _published(told: Mapping[str, object]) -> tuple[str | None, str]:
    published, precision = read_date(told.get("published"))
    stated = told.get("published_precision")
    return published, str(stated) if published and stated in PRECISIONS else precision


def _draft_kept(row: Mapping[str, object], number: int | None) -> Draft | RefusedRow:
    """A record that an earlier import wrote: its text is canonical already, its fields are spans."""
    text, fields = row["text"], row["fields"]
    if isinstance(fields, str):
        try:
            fields = json.loads(fields)
        except ValueError:
            fields = None
    if not isinstance(text, str) or not (text.strip() or text_of(row.get("url"))):
        return RefusedRow(number or 1, "no text")
    if not isinstance(fields, list) or not _are_spans(fields, len(text)):
        return RefusedRow(number or 1, "'fields' are not spans of the text")
    kept = {name: text_of(row.get(name)) for name in ("outlet", "event", "title", "url", "language", "credit")}
    published, precision = _published(row)
    return Draft(
        mend(text),
        tuple(Field(*field) for field in fields),
        published=published,
        published_precision=precision,
        source_file=text_of(row.get("source_file")),
        format=text_of(row.get("format")),
        row=number,
        note=None if text.strip() else NO_TEXT,
        **kept,
    )


def _are_spans(fields: list, length: int) -> bool:
    end = 0
    for field in fields:
        if not (isinstance(field, list) and len(field) == 3 and all(type(n) is int for n in field[:2])):
            return False
        if not end <= field[0] <= field[1] <= length or field[2] not in SEGMENTS:
            return False
        end = field[1]
    return True
