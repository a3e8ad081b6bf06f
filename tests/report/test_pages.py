"""Pages: executed notebooks and the front page, safe to open and asking no other host for anything."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.figures import bars, passages, table
from samestory.preparing import prepare, ship
from samestory.report import build_report
from samestory.report.pages import notebook_page
from samestory.study import open_study
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
    """No script, and nothing that a browser would fetch from another host."""
    page = Page(html)
    assert not page.named("script") and not page.named("iframe") and not page.named("link")
    for _, attributes in page.elements:
        for name, value in attributes.items():
            assert name not in LOADING or not re.match(r"\s*(https?:|//|javascript:)", value or ""), value
            assert not name.startswith("on"), name
    assert not re.search(r"url\(\s*['\"]?(https?:)?//|@import", html)
    assert any("default-src 'none'" in (meta.get("content") or "") for meta in page.named("meta"))


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
    assert_stays_home(notebook_page(executed, "ferry: 2_sourcing", "../../index.html"))


def test_code_is_folded_and_outputs_are_not(executed):
    page = Page(notebook_page(executed, "ferry: 2_sourcing", "../../index.html"))
    folds = page.named("details")
    assert len(folds) == 1 and "open" not in folds[0]
    around = {
        tag: inside for (tag, _), inside in zip(page.elements, page.inside, strict=True) if tag in ("img", "table")
    }
    assert "details" not in around["img"] and "details" not in around["table"]


def test_chart_keeps_its_alt_text_on_the_page(executed):
    page = Page(notebook_page(executed, "ferry: 2_sourcing", "../../index.html"))
    (picture,) = page.named("img")
    assert picture["alt"] == 'Counts of "wire".' and str(picture["src"]).startswith("data:image/png;base64,")


def test_hostile_names_are_shown_as_they_stand(executed):
    html = notebook_page(executed, "</title><script>x</script>: 2_sourcing", "../../index.html")
    assert_stays_home(html)
    assert "&lt;/title&gt;&lt;script&gt;x" in html
    assert Page(html).named("a")[0]["href"] == "../../index.html"


def test_front_page_of_a_study_stays_home_and_escapes(tmp_path: Path, coded: Annotations, shipped_study: Path):
    settings = shipped_study / "study.toml"
    hostile = '<img src=x onerror=alert(1)> & "co"'
    settings.write_text(
        settings.read_text(encoding="utf-8").replace("'", "").replace('"Two events, two outlets"', f"'{hostile}'")
        + f"\n[outlets.wire]\nname = '{hostile} $5'\n",
        encoding="utf-8",
    )
    study = open_study(shipped_study, tmp_path / "results")
    referents = coded.referents.assign(name=coded.referents.name + " <script>")
    ship(study, replace(coded, referents=referents))
    prepare(study)
    html = build_report(study, []).read_text(encoding="utf-8")
    assert_stays_home(html)
    assert "&lt;img src=x onerror" in html and not Page(html).named("img")
    assert "What cannot be concluded" in html and "With 2 events no paired test" in html
    figures = [figure for figure in Page(html).named("figure") if figure.get("class") != "table"]
    assert figures and all(figure["aria-label"] for figure in figures)


def test_same_study_gives_the_same_front_page(tmp_path: Path, shipped_study: Path):
    study = open_study(shipped_study, tmp_path / "results")
    first = build_report(study, []).read_bytes()
    assert build_report(study, []).read_bytes() == first and b"2 outlets on 2 events" in first
