"""The figures that an executed notebook keeps: as SVG and PNG, with their finding, alt text and data."""

from __future__ import annotations

import base64
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samestory.figures.chart import KEPT

if TYPE_CHECKING:
    from nbformat import NotebookNode

NAME_LENGTH = 60  # characters of a file's name, its number aside


@dataclass(frozen=True)
class KeptFigure:
    """A figure of an executed notebook, under the name that its files are to have."""

    name: str
    title: str
    alt: str
    svg: str
    png: bytes
    csv: str

    def files(self) -> dict[str, bytes]:
        """The figure as SVG and PNG, and its data as CSV, by file name."""
        data = self.csv.encode("utf-8", "surrogatepass")
        return {f"{self.name}.svg": self.svg.encode(), f"{self.name}.png": self.png, f"{self.name}.csv": data}


def kept(notebook: NotebookNode) -> list[KeptFigure]:
    """The figures of an executed notebook, in its order; none of a committed one, which keeps pictures alone.

    A figure's name is its number in the notebook and the words of its finding, or of its alt text where it has none.
    """
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    drawn = [output for output in outputs if KEPT in output.get("metadata", {})]
    figures = []
    for n, output in enumerate(drawn, start=1):
        told, alt = output.metadata[KEPT], output.metadata["image/png"]["alt"]
        name = f"{n:02d}-{_words(told['title']) or _words(alt) or 'figure'}"
        png = base64.b64decode(output.data["image/png"])
        figures.append(KeptFigure(name, told["title"], alt, told["svg"], png, told["csv"]))
    return figures


def _words(text: str) -> str:
    """The words of a text as a file's name: small Latin letters and digits, joined by hyphens, cut between words."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    name = ""
    for word in re.findall(r"[a-z0-9]+", plain):
        if len(name) + len(word) >= NAME_LENGTH:
            break
        name += f"-{word}" if name else word
    return name
