"""What the site says of notebooks: their names and questions, which ran, which failed, and their headings."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from samestory.runs import Outcome, Run

HEADING = re.compile(r'<h([1-3])[^>]*\bid="([^"]*)"[^>]*>(.*?)</h\1>', re.DOTALL)
_ANCHOR = re.compile(r'<a class="anchor-link".*?</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


class Heading(NamedTuple):
    """A heading of a page: its level, its id, and its words."""

    level: int
    id: str
    text: str


class Link(NamedTuple):
    """A notebook in a list: its name, the question that it asks, the way to it, or why it failed."""

    name: str
    question: str
    href: str | None
    failed: str = ""


def links(runs: Sequence[Run], failed: Sequence[Outcome], event: str | None, way: str) -> list[Link]:
    """The notebooks of an event (None: over the whole study) that ran, and those that failed; ``way`` leads from the
    page to their folder."""
    there = [Link(*_named(run.notebook), f"{way}{run.page.name}") for run in runs if run.event == event]
    lost = [Link(*_named(one.run.notebook), None, one.reason) for one in failed if one.run.event == event]
    return sorted(there + lost, key=lambda link: link.href or "")


@functools.cache
def _named(path: Path) -> tuple[str, str]:
    """ "Sourcing", "who gets to say what happened": the two sides of the first heading's colon."""
    cells = json.loads(path.read_text(encoding="utf-8"))["cells"]
    first = next(("".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"), "")
    title = first.partition("\n")[0].lstrip("# ")
    name, _, question = title.partition(":")
    plain = path.stem.partition("_")[2].replace("_", " ").capitalize()
    return name.partition("·")[2].strip() or plain, question.strip()


def headings(html: str) -> list[Heading]:
    """The headings of a page's content that can be linked to, in order."""
    return [Heading(int(level), name, _words(text)) for level, name, text in HEADING.findall(html)]


def sections(html: str) -> list[str]:
    """The different words under each of a page's :func:`headings`, up to the next, in small letters; for search."""
    ends = [found.span() for found in HEADING.finditer(html)]
    stops = [start for start, _ in ends[1:]] + [len(html)]
    texts = (_words(html[end:stop]).lower() for (_, end), stop in zip(ends, stops, strict=True))
    return [" ".join(dict.fromkeys(re.findall(r"\w[\w'’-]*", text))) for text in texts]


@functools.cache
def source_headings(path: Path) -> tuple[Heading, ...]:
    """The headings of a notebook as its page has them, read off its prose."""
    import nbformat

    from samestory.report.notebook_page import notebook_body

    notebook = nbformat.read(path, as_version=4)
    notebook.cells = [cell for cell in notebook.cells if cell.cell_type == "markdown"]
    return tuple(headings(notebook_body(notebook)))


def _words(html: str) -> str:
    return " ".join(unescape(_TAG.sub("", _ANCHOR.sub("", html))).split())
