"""A file on its way into articles: what a format needs to recognise and to read it, read from disk once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from samestory.articles.draft import Refused
from samestory.articles.encoding import decode

START = 65_536  # bytes
HEAD = 20_000  # characters that tell a format


@dataclass(frozen=True)
class SourceFile:
    """A file and, as they are asked for, its bytes and text.

    ``name`` is relative to the folder that was given, with slashes. What is large is read only when asked for, so a
    format that streams from ``path`` never holds the whole file. Reading raises OSError where the file cannot be
    opened.
    """

    path: Path
    name: str

    @property
    def suffix(self) -> str:
        """The suffix in lower case, with its dot."""
        return self.path.suffix.lower()

    @cached_property
    def start(self) -> bytes:
        """The first 64 KB."""
        with self.path.open("rb") as opened:
            return opened.read(START)

    @cached_property
    def head(self) -> str | None:
        """The first 20,000 characters, or None where the file is empty or holds no text."""
        start = self.start
        try:
            start.decode("utf-8")
        except UnicodeDecodeError as error:
            if len(start) == START and error.reason == "unexpected end of data":
                start = start[: error.start]  # a character that the limit cuts in two
        try:
            return decode(start)[0][:HEAD]
        except Refused:
            return None

    @cached_property
    def raw(self) -> bytes:
        """All bytes."""
        return self.path.read_bytes()

    @property
    def text(self) -> str:
        """All of it decoded, line ends kept; raises Refused where it is empty or no text."""
        return self.decoded[0]

    @cached_property
    def decoded(self) -> tuple[str, str]:
        """The text and the name of its encoding."""
        return decode(self.raw)

    @property
    def encoding_note(self) -> str | None:
        """What the report should say of its encoding, where the text was asked for and is not UTF-8."""
        encoding = self.__dict__["decoded"][1] if "decoded" in self.__dict__ else "utf-8"
        return None if encoding == "utf-8" else f"decoded as {encoding}"
