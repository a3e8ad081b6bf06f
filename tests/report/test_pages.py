"""Pages of executed notebooks: safe to open, asking no other host for anything, their figures with their files."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest

from samestory.figures import bars, passages, table
from samestory.report.notebook_page import notebook_page
from samestory.tables import frame

LOADING = {"src", "href", "srcset", "data", "poster", "action", "background", "xlink:href"}


class Page(HTMLParser):
    """The elements of a page, what it would load, and which elements stand inside which."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.inside: list[tuple[str, ...]] = []
        self._open: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        self.inside.append(tuple(self._open))
        if tag not in ("meta", "img", "br", "link", "hr", "input", "path", "use", "rect"):
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def assert_stays_home(html: str) -> None:
    """No script but the site's own, and nothing that a browser would fetch from another host."""
    page = Page(html)
    assert [script.get("src") for script in page.named("script")] == ["../../assets/site.js"]
    assert [link.get("href") for link in page.named("link")] == ["../../assets/site.css"]
    assert not page.named("iframe")
    for _, attributes in page.elements:
        for name, value in attributes.items():
            assert name not in LOADING or not re.match(r"\s*(https?:|//|javascript:)", value or ""), value
            assert not name.startswith("on"), name
    assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", html)
    (policy,) = (meta["content"] for meta in page.named("meta") if meta.get("http-equiv"))
    assert "default-src 'none'" in policy and "script-src 'self';" in policy


def output(data: dict[str, object], metadata: dict[str, object] | None = None):
    return nbformat.v4.new_output("display_data", data, metadata=metadata or {})


@pytest.fixture
def executed():
    """A notebook as it stands after a run: prose, a chart, a table, passages, a printed line."""
    counts = pd.DataFrame({"outlet": ["wire", "<script>x</script>"], "n": [3, 4]})
    chart = bars(counts, label="outlet", value="n", title="t", unit="u", alt='Counts of "wire".')
    texts = frame("texts", [{"article_id": "a", "text": "He wrote <script>alert(1)</script> there."}])
    shown = passages(texts, pd.DataFrame([{"article_id": "a", "start": 9, "end": 17, "note": "n"}]), note="note")
    results = [
        output(*chart._repr_mimebundle_()),
        output({"text/html": table(counts)._repr_html_(), "text/plain": repr(table(counts))}),
        output({"text/html": shown._repr_html_(), "text/plain": repr(shown)}),
        nbformat.v4.new_output("stream", name="stdout", text="<script>printed</script>\n"),
    ]
    code = nbformat.v4.new_code_cell("secret = 1  # <script>", outputs=results, execution_count=1)
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell("# Sourcing\n\nWho *speaks*."), code])


def test_page_of_a_notebook_loads_nothing_from_elsewhere(executed):
    assert_stays_home(notebook_page(executed, "ferry: 2_sourcing", "../../").html)


def test_code_is_folded_and_outputs_are_not(executed):
    page = Page(notebook_page(executed, "ferry: 2_sourcing", "../../").html)
    folds = page.named("details")
    assert len(folds) == 1 and "open" not in folds[0]
    around = {
        tag: inside for (tag, _), inside in zip(page.elements, page.inside, strict=True) if tag in ("img", "table")
    }
    assert "details" not in around["img"] and "details" not in around["table"]


def test_a_figure_stands_in_the_page_with_what_it_says_and_its_files(executed):
    before = nbformat.writes(executed)
    html, figures = notebook_page(executed, "ferry: 2_sourcing", "../../", stem="2_sourcing")
    assert nbformat.writes(executed) == before, "the notebook itself keeps its picture"
    assert set(figures) == {f"figures/2_sourcing-1.{kind}" for kind in ("svg", "png", "csv")}
    assert figures["figures/2_sourcing-1.svg"].decode() == executed.cells[1].outputs[0].metadata["samestory"]["svg"]
    assert (
        figures["figures/2_sourcing-1.png"].startswith(b"\x89PNG") and b"wire,3" in figures["figures/2_sourcing-1.csv"]
    )
    assert set(figures) <= {link.get("href") for link in Page(html).named("a")}
    [picture] = Page(html).named("img")
    assert picture["src"] == "figures/2_sourcing-1.svg" and picture["alt"] == 'Counts of "wire".'


def test_headings_are_listed_and_lead_to_their_places(executed):
    executed.cells += [nbformat.v4.new_markdown_cell(f"## Part *{n}* & more") for n in range(3)]
    page = Page(notebook_page(executed, "ferry: 2_sourcing", "../../").html)
    ids = [heading["id"] for heading in page.named("h2")]
    assert len(ids) == 3 and {f"#{name}" for name in ids} <= {link.get("href") for link in page.named("a")}


def test_hostile_names_are_shown_as_they_stand(executed):
    name = "</title><script>x</script>: 2_sourcing"
    html = notebook_page(executed, name, "../../", site="<u>s", event="<i>").html
    assert_stays_home(html)
    assert not Page(html).named("u") and not Page(html).named("i")
    assert "&lt;/title&gt;&lt;script&gt;x" in html
    assert Page(html).named("a")[1]["href"] == "../../index.html"
