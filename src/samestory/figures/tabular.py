"""Tables for readers: escaped, without an index, nulls as a dash."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape

import numpy as np
import pandas as pd

from samestory.comparison.saying import moment_in_full

MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d)?(Z|[+-]\d\d:\d\d)?")  # a time of publication in a table
STYLE = "border-collapse:collapse;font-variant-numeric:tabular-nums"


@dataclass(frozen=True)
class Table:
    """A table with a caption, or a sentence where it is empty. Shown as HTML, all escaped, and as plain text."""

    data: pd.DataFrame
    caption: str = ""

    def html(self) -> str:
        """The table as an HTML element; a paragraph where it has no row."""
        if not len(self.data):
            return f'<p class="none">{escape(self._none())}</p>'
        numeric = [pd.api.types.is_numeric_dtype(self.data[name]) for name in self.data]
        aligned = ["right" if number else "left" for number in numeric]
        head = "".join(
            f'<th scope="col" style="text-align:{side}">{escape(_heading(name))}</th>'
            for name, side in zip(self.data, aligned, strict=True)
        )
        body = "".join(
            "<tr>"
            + "".join(
                f'<td style="text-align:{side}">{escape(_shown(value))}</td>'
                for value, side in zip(row, aligned, strict=True)
            )
            + "</tr>"
            for row in self.data.itertuples(index=False, name=None)
        )
        caption = f"<figcaption>{escape(self.caption)}</figcaption>" if self.caption else ""
        rows = f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>"
        return f'<figure class="table">{caption}<table style="{STYLE}">{rows}</table></figure>'

    def __repr__(self) -> str:
        if not len(self.data):
            return self._none()
        text = pd.DataFrame({name: [_shown(v) for v in self.data[name]] for name in self.data}).to_string(index=False)
        return f"{self.caption}\n{text}" if self.caption else text

    def _none(self) -> str:
        named = self.caption.removesuffix(".") or f"A table of {', '.join(map(_heading, self.data.columns))}"
        return f"{named}: none."

    def _repr_html_(self) -> str:
        return self.html()


def table(data: pd.DataFrame, caption: str = "") -> Table:
    """Show a data frame as a reader's table."""
    return Table(data.reset_index(drop=True), caption)


@dataclass(frozen=True)
class Finding:
    """A sentence that says what was found, or with ``limit`` what cannot be concluded; escaped where it is shown."""

    text: str
    limit: bool = False

    def __repr__(self) -> str:
        return self.text

    def _repr_html_(self) -> str:
        return f'<p class="{"limit" if self.limit else "finding"}">{escape(self.text)}</p>'


def finding(text: str) -> Finding:
    """Show what was found."""
    return Finding(text)


def limit(text: str) -> Finding:
    """Show what cannot be concluded."""
    return Finding(text, limit=True)


def _shown(value: object) -> str:
    if value is None or value is pd.NA or (isinstance(value, float) and value != value):
        return "–"
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:,.0f}" if value.is_integer() else f"{value:,.2f}"
    return moment_in_full(value) if MOMENT.fullmatch(str(value)) else str(value)


def _heading(name: object) -> str:
    """A column's name in words: "other outlets" for ``n_other_outlets``."""
    return str(name).removeprefix("n_").replace("_", " ")
