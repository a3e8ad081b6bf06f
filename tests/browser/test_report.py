"""The report in a browser: its links, its search by keyboard, from a number to its passages; on a telephone, too."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from samestory.annotation import Annotations
from samestory.report.notebook_page import notebook_page
from samestory.study import Study

PAGES = (
    "index.html",
    "events/mill-fire/index.html",
    "events/mill-fire/reading.html",
    "events/mill-fire/2_sourcing.html",
)


@pytest.fixture(scope="module")
def results(site: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of two events with their texts, and the page of one notebook."""
    import nbformat

    copy = shutil.copytree(site.results, tmp_path_factory.mktemp("site") / "small")
    cells = [nbformat.v4.new_markdown_cell(f"{'##' if n else '#'} Part {n}\n\nwords") for n in range(5)]
    wide = {"text/html": f"<table><tr>{'<td>wide_words_in_a_row</td>' * 12}</tr></table>"}
    cells.append(nbformat.v4.new_code_cell("1", outputs=[nbformat.v4.new_output("display_data", wide)]))
    made = notebook_page(nbformat.v4.new_notebook(cells=cells), "mill-fire: sourcing", "../../", event="mill-fire")
    (copy / PAGES[-1]).write_text(made.html, encoding="utf-8")
    return copy


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("width", [1280, 390])
def test_a_page_opens_without_an_error_fits_and_breaks_no_rule_of_accessibility(
    page, open_sound, results: Path, name: str, width: int
):
    open_sound(results / name, width)
    assert page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700", "styled"


def test_search_by_keyboard_leads_to_an_event(page, results: Path, address):
    page.goto(address(results / "events/mill-fire/index.html"))
    page.keyboard.press("/")
    page.keyboard.type("FERRY")
    page.wait_for_selector("#search-hits a")
    assert "found" in page.locator("#search-count").inner_text()
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.querySelector('.title').textContent") == "ferry"
    page.keyboard.press("Enter")
    page.wait_for_url("**/events/ferry/index.html")
    assert page.locator("h1").inner_text() == "ferry" and page.said == []


def test_search_says_what_it_does_not_find_and_closes(page, results: Path, address):
    page.goto(address(results / "index.html"))
    page.get_by_label("Search").fill("<script>zebra</script>")
    page.wait_for_function("document.querySelector('#search-count').textContent.startsWith('Nothing found')")
    page.keyboard.press("Escape")
    assert page.get_by_label("Search").input_value() == "" and not page.locator("#search-count").is_visible()


def test_from_a_number_to_its_passages(page, results: Path, address, coded: Annotations):
    page.goto(address(results / "events/mill-fire/index.html"))
    page.locator('table.numbers a[href*="of=certainty_hedge&"]').first.click()
    page.wait_for_url("**/reading.html#of=certainty_hedge*")
    assert page.locator("mark.sel").first.inner_text().startswith("may")
    assert page.said == []


def test_from_a_finding_on_the_front_page_to_the_words_that_prove_it(page, results: Path, address):
    page.goto(address(results / "index.html"))
    page.locator("#finding-1 .proof a").first.click()
    page.wait_for_url("**/reading.html#mark=*")
    page.wait_for_selector("mark.sel")
    assert "nine workers" in " ".join(page.locator("mark.sel").all_inner_texts()) and page.said == []


def test_without_script_the_page_is_whole_and_offers_no_search(browser, results: Path, address):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address(results / "index.html"))
    assert plain.locator(".cards > li").count() >= 1 and not plain.locator("header.site search").is_visible()
    context.close()


def test_a_table_wider_than_the_window_says_so_until_it_is_scrolled_to_its_end(page, results: Path, address):
    page.set_viewport_size({"width": 390, "height": 800})
    page.goto(address(results / PAGES[-1]))
    wide = page.locator(".wider.more").first
    assert "scroll sideways" in wide.evaluate("one => getComputedStyle(one, '::before').content")
    wide.evaluate("one => one.scrollLeft = one.scrollWidth")
    page.wait_for_function("!document.querySelector('.more')")
    assert page.locator(".wider").count() == 1


@pytest.mark.parametrize("name", ("index.html", "events/mill-fire/index.html", "events/mill-fire/reading.html"))
def test_on_paper_no_table_is_cut(page, results: Path, address, name: str):
    page.set_viewport_size({"width": 680, "height": 960})  # A4 within its margins
    page.emulate_media(media="print")
    page.goto(address(results / name))
    widths = page.evaluate("[...document.querySelectorAll('table')].map((one) => one.getBoundingClientRect().right)")
    assert widths and max(widths) <= 680
    assert page.evaluate("getComputedStyle(document.querySelector('.scroll, .numbers')).overflowX") == "visible"
