"""What reading gives: an article, its fields, and why a file was refused."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Field:
    """A span of the canonical text that the format itself names: ``headline``, ``deck``, ``body`` or ``caption``."""

    start: int
    end: int
    segment: str


@dataclass(frozen=True, slots=True)
class Article:
    """An article as read. ``text`` is canonical and never changes; ``fields`` is empty where the format has none.

    ``published`` is ISO 8601 text at its own precision, or None; no time zone is invented. ``outlet`` is a domain
    without "www.", or what the study calls it. ``event`` is None where the article stands alone. ``credit`` is what
    the format says of author, agency and rights, in one line; it is no part of the text.
    """

    article_id: str
    outlet: str
    text: str
    source_file: str
    format: str
    event: str | None = None
    title: str | None = None
    published: str | None = None
    published_precision: str = "unknown"
    url: str | None = None
    language: str | None = None
    fields: tuple[Field, ...] = ()
    credit: str | None = None

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the canonical text in UTF-8 (a lone surrogate is kept as its own bytes)."""
        return text_hash(self.text)


def text_hash(text: str) -> str:
    """SHA-256 of a canonical text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def article_id(outlet: str, where: str, text: str) -> str:
    """A stable id: 12 hexadecimal digits from outlet, URL or file name, and text."""
    joined = "\x1f".join((outlet, where, text_hash(text)))
    return hashlib.sha256(joined.encode("utf-8", "surrogatepass")).hexdigest()[:12]
