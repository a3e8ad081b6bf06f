"""Plain text: the file as decoded is the canonical text."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from samestory.articles.draft import Draft, Refused
from samestory.articles.formats.richtext import RTF
from samestory.articles.source_file import SourceFile


def recognise(file: SourceFile) -> bool:
    """Whether the file holds text at all."""
    return file.head is not None


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft]:
    """One article, without fields; line ends are kept. ``columns`` means nothing here."""
    if file.start.lstrip().startswith(RTF):
        raise Refused("rich text, but neither of Nexis Uni nor of Factiva: save it as plain text")
    yield Draft(file.text)
