"""What a format's reader hands on: a draft of each article, and each row that it had to refuse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from samestory.articles.record import Field

BLANK_LINE = "\n\n"
DOMAIN_PREFIXES = ("www.", "www2.", "m.", "amp.")


class Refused(ValueError):
    """A file cannot be read as articles; the message is the reason that the report gives."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """One article of a file that holds many could not be read; ``row`` is its line or number, counted from 1."""

    row: int
    reason: str


@dataclass(frozen=True, slots=True)
class FileNote:
    """What the report should say of a file as a whole, though its articles were read."""

    note: str


@dataclass(frozen=True, slots=True)
class Draft:
    """An article as its file tells it; whatever the file does not say is None and is filled by its surroundings.

    ``source_file`` and ``format`` are set only where the file keeps those of an earlier import. ``note`` is what the
    report should say of an article that was read all the same.
    """

    text: str
    fields: tuple[Field, ...] = ()
    outlet: str | None = None
    event: str | None = None
    title: str | None = None
    published: str | None = None
    published_precision: str = "unknown"
    url: str | None = None
    language: str | None = None
    credit: str | None = None
    source_file: str | None = None
    format: str | None = None
    row: int | None = None
    note: str | None = None


def join_fields(parts: Mapping[str, str | None]) -> tuple[str, tuple[Field, ...]]:
    """The canonical text of named parts, those that hold more than white space, joined by a blank line.

    ``parts`` maps ``headline``, ``deck`` and ``body`` to their text as read; their order is kept.
    """
    pieces: list[str] = []
    fields: list[Field] = []
    length = 0
    for segment, part in parts.items():
        if part is None or not part.strip():
            continue
        start = length + (len(BLANK_LINE) if pieces else 0)
        length = start + len(part)
        pieces.append(part)
        fields.append(Field(start, length, segment))
    return BLANK_LINE.join(pieces), tuple(fields)


def domain_of(address: str | None) -> str | None:
    """The domain of a URL or of a bare host, in lower case and without "www."; None where there is none."""
    if not address:
        return None
    host = address.strip().lower().split("://", 1)[-1].split("/", 1)[0].split("?", 1)[0].split("@")[-1].split(":", 1)[0]
    for prefix in DOMAIN_PREFIXES:
        if host.startswith(prefix) and host.count(".") > 1:
            host = host[len(prefix) :]
            break
    return host if "." in host and " " not in host else None
