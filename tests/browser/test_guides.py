"""The guides in a browser: styled, within the window, readable by all, one after the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.report.guides import guide_pages
from samestory.report.pages import write_assets

SHOWN = (
    "index.html",
    "getting-started.html",
    "guides/run-on-a-cluster.html",
    "codebook.html",
    "tables.html",
    "api.html",
)


@pytest.fixture(scope="module")
def docs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The guides of a site, with its style sheets."""
    site = tmp_path_factory.mktemp("site")
    write_assets(site)
    for name, html in guide_pages("../").items():
        (site / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (site / "docs" / name).write_text(html, encoding="utf-8")
    return site / "docs"


@pytest.mark.parametrize("name", SHOWN)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_opens_without_an_error_fits_and_breaks_no_rule_of_accessibility(
    open_sound, docs: Path, name: str, width: int
):
    open_sound(docs / name, width)


def test_what_is_typed_and_what_is_answered_look_unlike(page, docs: Path, address):
    page.goto(address(docs / "getting-started.html"))
    looks = "e => getComputedStyle(e).backgroundColor"
    typed, answered = page.locator("pre:has(.language-sh)").first, page.locator("pre:has(.language-text)").first
    assert typed.evaluate(looks) != answered.evaluate(looks)


def test_a_reader_goes_from_page_to_page_and_from_contents_to_a_section(page, docs: Path, address):
    page.goto(address(docs / "index.html"))
    page.get_by_role("link", name="Getting started →").click()
    page.get_by_role("navigation", name="On this page").get_by_role("link", name="3. Run the study").click()
    assert page.url.endswith("getting-started.html#3-run-the-study")
    page.get_by_role("link", name="Import an export →").click()
    page.get_by_role("navigation", name="Where you are").get_by_role("link", name="Guides").click()
    assert page.url == address(docs / "index.html")
    assert page.said == []
