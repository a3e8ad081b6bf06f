"""Passages: the characters that prove a number, marked in their sentence, with every character escaped."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from samestory.texts import known_texts

LONGEST = 240  # characters of a mark that are shown; of a longer one, its beginning and end
NONE = "No passage is counted here."
CONTEXT = 90  # characters shown on each side of a mark


@dataclass(frozen=True)
class Passage:
    """A marked span with its surroundings and the note that stands before it."""

    note: str
    before: str
    marked: str
    after: str


@dataclass(frozen=True)
class Passages:
    """Passages to read. Shown as HTML with marks and as plain text with brackets."""

    items: tuple[Passage, ...]
    more: int = 0

    def __repr__(self) -> str:
        lines = [f"{p.note}: {p.before}[{p.marked}]{p.after}" for p in self.items]
        return "\n".join(lines + self._rest()) or NONE

    def _rest(self) -> list[str]:
        return [f"... and {self.more} more"] if self.more else []

    def _repr_html_(self) -> str:
        items = "".join(
            f"<li><b>{escape(p.note)}</b> {escape(p.before)}<mark>{escape(p.marked)}</mark>{escape(p.after)}</li>"
            for p in self.items
        )
        rest = "".join(f"<p>{escape(line)}</p>" for line in self._rest())
        return f'<ul class="passages">{items}</ul>{rest}' if items else f"<p>{NONE}</p>"


def passages(texts: pd.DataFrame, spans: pd.DataFrame, *, note: str, most: int = 12) -> Passages:
    """The passages of spans (columns article_id, start, end and the one that ``note`` names), at most ``most``.

    Where a text is not on this machine, the passage says which characters it would show.
    """
    here = known_texts(texts)
    items = []
    for row in spans.head(most).to_dict("records"):
        start, end, text = int(row["start"]), int(row["end"]), here.get(row["article_id"])
        if text is None:
            items.append(Passage(str(row[note]), "", f"characters {start} to {end} of {row['article_id']}", ""))
            continue
        items.append(
            Passage(
                str(row[note]),
                _one_line(("…" if start > CONTEXT else "") + text[max(0, start - CONTEXT) : start]),
                _shortened(_one_line(text[start:end])),
                _one_line(text[end : end + CONTEXT] + ("…" if end + CONTEXT < len(text) else "")),
            )
        )
    return Passages(tuple(items), max(0, len(spans) - most))


def _shortened(marked: str) -> str:
    if len(marked) <= LONGEST:
        return marked
    head, tail = marked[: 2 * LONGEST // 3], marked[-LONGEST // 3 :]
    return f"{head} […{len(marked) - len(head) - len(tail)} characters…] {tail}"


def _one_line(text: str) -> str:
    return text.replace("\r\n", " ").replace("\n", " ")
