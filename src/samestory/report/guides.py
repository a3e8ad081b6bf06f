"""The guides and the reference: Markdown in ``docs/`` to pages of the site.

Markdown holds no HTML but three markers, each alone in a paragraph, which are filled in from where the truth stands:
``<!-- codes: TABLE.COLUMN -->`` the codes of a column and what they mean, ``<!-- measures: ASPECT -->`` what each
measure of an aspect counts over what, ``<!-- api: MODULE or NAME ... -->`` signatures and docstrings.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Collection, Iterable, Sequence
from itertools import chain, repeat
from pathlib import Path
from typing import NamedTuple

from mistune import HTMLRenderer, create_markdown

from samestory.codebook import definitions
from samestory.files import project_folder
from samestory.measures import MEASURES
from samestory.report.api import public, reference
from samestory.report.notebooks import headings
from samestory.report.pages import render

INDEX = "index.md"
MARKER = re.compile(r"<!-- (codes|measures|api): ([\w.]+(?: [\w.]+)*) -->")
MARKDOWN = re.compile(r"^([^:#?]+)\.md(#.*)?$")  # a link to another page of these
TAG = re.compile(r"<[^>]+>")
LINK = re.compile(r"\]\(([^():#]+\.md)[^()]*\)")


class Neighbour(NamedTuple):
    """The page before or after one."""

    href: str
    title: str


def docs_folder() -> Path:
    """The Markdown of the guides, in a checkout or where the package was installed as a wheel."""
    return project_folder("docs")


def guide_pages(home: str) -> dict[str, str]:
    """Every page of the guides: path under the site's ``docs/``, and its HTML.

    ``home`` is the way from the site's ``docs/`` to its front page's folder ("../"). Pages follow each other as the
    index links them. Raises ValueError for a marker that names no column, aspect or name.
    """
    texts = {name: (docs_folder() / name).read_text(encoding="utf-8") for name in page_names()}
    titles = {name: title_of(text) for name, text in texts.items()}
    names = list(texts)
    pages = {}
    for place, name in enumerate(names):
        beside = [
            Neighbour(_way(name, other), titles[other]) if other else None
            for other in (names[place - 1] if place else None, names[place + 1] if place + 1 < len(names) else None)
        ]
        pages[_page(name)] = _guide_page(name, texts[name], home, beside)
    return pages


def page_names() -> tuple[str, ...]:
    """The Markdown files, in the order in which the index links them; the index first."""
    index = (docs_folder() / INDEX).read_text(encoding="utf-8")
    return (INDEX, *dict.fromkeys(LINK.findall(index)))


def title_of(text: str) -> str:
    """The title of a page of Markdown: its first line."""
    return text.splitlines()[0].removeprefix("# ").replace("`", "")


def _guide_page(name: str, text: str, home: str, beside: Sequence[Neighbour | None]) -> str:
    from markupsafe import Markup

    up = "../" * name.count("/")
    body = to_html(text)
    contents = [heading for heading in headings(body) if heading.level == 2]
    crumbs = [("Report", f"{up}{home}index.html")]
    return render(
        "guide.html.j2",
        title=title_of(text),
        here="Guides" if name == INDEX else title_of(text),
        crumbs=crumbs if name == INDEX else [*crumbs, ("Guides", f"{up}index.html")],
        home=f"{up}{home}",
        assets=["guides.css"],
        contents=contents if name != INDEX else [],
        body=Markup(body),
        before=beside[0],
        after=beside[1],
    )


def _page(name: str) -> str:
    return f"{name.removesuffix('.md')}.html"


def _way(name: str, other: str) -> str:
    """The link from one page to another."""
    return posixpath.relpath(_page(other), posixpath.dirname(name) or ".")


def to_html(text: str) -> str:
    """Markdown as HTML: markers filled in, HTML itself escaped, an anchor on each heading."""
    return str(create_markdown(renderer=_Renderer(public(_api_words(text))), plugins=["table"])(text))


def _api_words(text: str) -> list[str]:
    return [word for kind, words in MARKER.findall(text) if kind == "api" for word in words.split()]


class _Renderer(HTMLRenderer):
    def __init__(self, known: dict[str, object]) -> None:
        super().__init__(escape=True)
        self.known = known
        self.said: dict[str, str] = {}  # anchors of the headings so far, and their words

    def heading(self, text: str, level: int, **attrs: object) -> str:
        words = html.unescape(TAG.sub("", text))
        anchor = _anchor(words, self.said)
        self.said[anchor] = words
        return f'<h{level} id="{anchor}">{text}</h{level}>\n'

    def link(self, text: str, url: str, title: str | None = None) -> str:
        return super().link(text, MARKDOWN.sub(lambda found: f"{found[1]}.html{found[2] or ''}", url), title)

    def table(self, text: str) -> str:
        return _scrolling(f"<table>{text}</table>", next(reversed(self.said.values()), "Table"))

    def block_html(self, html: str) -> str:
        found = MARKER.fullmatch(html.strip())
        if found is None:
            return super().block_html(html)
        return self._filled(found[1], found[2])

    def _filled(self, kind: str, words: str) -> str:
        if kind == "api":
            return reference(words.split(), self.known)
        return codes_table(words) if kind == "codes" else measures_table(words)


def codes_table(name: str) -> str:
    """The codes of TABLE.COLUMN and what each means, as a table."""
    table, _, column = name.partition(".")
    try:
        rows = definitions(table, column).items()
    except KeyError as error:
        raise ValueError(f"<!-- codes: {name} -->: {error.args[0]}") from error
    return _table(f"Codes of {column}", (column, "means"), ((code, meaning) for code, meaning in rows))


def measures_table(aspect: str) -> str:
    """What each measure of an aspect counts over what, as a table."""
    rows = [
        (measure.name, measure.label, f"{measure.numerator} / {measure.denominator}", measure.unit)
        for measure in MEASURES.values()
        if measure.aspect == aspect
    ]
    if not rows:
        aspects = ", ".join(dict.fromkeys(measure.aspect for measure in MEASURES.values()))
        raise ValueError(f"<!-- measures: {aspect} -->: the aspects of measures are {aspects}")
    anchors = [f' id="{measure_anchor(name)}"' for name, *_ in rows]
    return _table(f"Measures of {aspect}", ("measure", "is called", "counts", "reads as"), rows, anchors)


def measure_anchor(name: str) -> str:
    """Where a measure stands in the codebook."""
    return f"measure-{name}"


def _table(name: str, head: Sequence[str], rows: Iterable[Sequence[str]], anchors: Sequence[str] = ()) -> str:
    """A table whose first column holds names as they are written in code; ``anchors`` are the rows' ids as
    attributes, in order."""
    top = "".join(f'<th scope="col">{html.escape(cell)}</th>' for cell in head)
    lines = [
        f'<tr{anchor}><th scope="row"><code>{html.escape(first)}</code></th>'
        + "".join(f"<td>{html.escape(cell)}</td>" for cell in rest)
        + "</tr>"
        for (first, *rest), anchor in zip(rows, chain(anchors, repeat("")), strict=False)
    ]
    return _scrolling(f"<table><thead><tr>{top}</tr></thead><tbody>\n" + "\n".join(lines) + "\n</tbody></table>", name)


def _scrolling(table: str, name: str) -> str:
    """A table that scrolls where the window is narrow, by keyboard too."""
    return f'<div class="scroll" role="group" aria-label="{html.escape(name)}" tabindex="0">{table}</div>\n'


def _anchor(text: str, taken: Collection[str]) -> str:
    """An anchor as GitHub makes it: small letters, hyphens for spaces, a number where it is taken."""
    plain = re.sub(r"[^\w\- ]", "", text.lower()).replace(" ", "-")
    return next(name for n in range(len(taken) + 1) if (name := f"{plain}-{n}" if n else plain) not in taken)
