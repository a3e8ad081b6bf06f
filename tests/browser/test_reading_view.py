"""The reading view in a real browser: switches, details, numbers and their passages, paper, other readers' means."""

from __future__ import annotations

from dataclasses import replace

import pytest

from samestory.figures import reading_view
from samestory.figures.reading import LAYERS

PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1"><title>Reading</title></head>
<body><main><h1>Reading</h1>{}</main></body></html>"""
CUE = "mark.certainty.hedge"
LOOK = """mark => ["", "::before", "::after"].map((part) => getComputedStyle(mark, part || null)).map((style) =>
    [style.textDecorationLine, style.borderTopStyle, style.backgroundColor, style.fontFamily, style.content].join())
    .join()"""  # what a mark looks like, colour of the letters apart


@pytest.fixture
def opened(page, tmp_path, address):
    """Open views as one page, at a fragment, and return the page."""

    def open_page(*views, fragment: str = ""):
        path = tmp_path / "reading.html"
        path.write_text(PAGE.format("".join(view._repr_html_() for view in views)), encoding="utf-8")
        page.goto(address(path) + fragment)
        return page

    return open_page


@pytest.fixture
def mill(coded):
    return reading_view(coded.event("mill-fire"), measures=["claims", "attributions", "labels"])


def border(page, selector: str = CUE) -> str:
    return page.locator(selector).first.evaluate("mark => getComputedStyle(mark).borderTopStyle")


def switch(page, value: str):
    return page.locator(f'input[value="{value}"]')


@pytest.mark.parametrize("layer", [layer for layer in LAYERS if layer != "copy"])
def test_each_layer_is_switched_by_mouse_and_by_keyboard(opened, coded, layer) -> None:
    page = opened(reading_view(coded.event("mill-fire"), layers=[]))
    mark = page.locator(f".text mark.{layer}").first
    plain = mark.evaluate(LOOK)
    switch(page, layer).click()
    marked = mark.evaluate(LOOK)
    assert marked != plain
    page.keyboard.press("Space")
    assert mark.evaluate(LOOK) == plain and not page.said


def test_a_code_is_switched_alone_in_the_key(opened, mill) -> None:
    page = opened(mill)
    assert border(page) == "solid"
    page.locator(".layer.certainty summary").click()
    assert "Lowers the commitment" in page.locator(".layer.certainty .entries").inner_text()
    switch(page, "certainty.hedge").click()
    assert border(page) == "none" and border(page, "mark.certainty.bound") == "solid"
    page.keyboard.press("Escape")
    assert page.locator("details.key[open]").count() == 0


def test_switches_work_without_script(browser, mill) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.set_content(PAGE.format(mill._repr_html_()))
    marked = page.locator(CUE).first.screenshot()
    switch(page, "certainty").uncheck()
    assert page.locator(CUE).first.screenshot() != marked
    context.close()


def test_the_detail_of_a_mark_is_shown_by_mouse_and_keys_and_goes_with_escape(opened, mill) -> None:
    page = opened(mill)
    card = page.locator(".card")
    page.locator(CUE).hover()
    card.wait_for(state="visible")
    assert "Lowers the commitment" in card.inner_text() and "outlet's own voice" in card.inner_text()
    page.mouse.move(2, 2)
    card.wait_for(state="hidden")
    page.locator('mark[tabindex="0"]').first.focus()
    first = page.evaluate("document.activeElement.textContent")
    page.keyboard.press("ArrowRight")
    assert page.evaluate("document.activeElement.textContent") != first
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.closest('.card') !== null")
    page.keyboard.press("Escape")
    assert card.is_hidden() and page.evaluate("document.activeElement.matches('mark')")


def test_a_claim_leads_to_what_it_conflicts_with(opened, coded) -> None:
    page = opened(reading_view(coded.event("mill-fire"), layers=["claims"]))
    page.locator("mark.claims", has_text="nine workers").click()
    page.get_by_role("link", name="conflicts with “12 people” in lantern").click()
    assert page.locator("mark.now").all_inner_texts() == ["12 people"]
    page.locator(".card .close").click()
    page.get_by_role("button", name="Back", exact=True).click()
    assert page.evaluate("document.activeElement.textContent") == "nine workers"
    assert "#" not in page.url


def test_from_a_number_to_its_passages_and_back(opened, mill) -> None:
    page = opened(mill)
    number = page.locator('.numbers a[href="#of=attributions&in=mill-fire-lantern"]')
    number.focus()
    page.keyboard.press("Enter")
    found = page.locator(".found")
    assert page.locator(".counter").inner_text() == "1 of 2"
    assert page.locator("mark.sel").all_inner_texts() == ["said", "claimed"]
    assert page.locator("mark.now").all_inner_texts() == ["said"]
    assert "Passage 1 of 2, lantern: said" in page.locator(".status").inner_text()
    page.get_by_role("button", name="Next").click()
    assert page.locator("mark.now").all_inner_texts() == ["claimed"]
    page.get_by_role("button", name="Next").click()
    assert page.locator(".counter").inner_text() == "1 of 2"
    found.locator("li button").nth(1).click()
    assert page.locator(".counter").inner_text() == "2 of 2"
    page.get_by_role("button", name="Back to the number").click()
    assert found.is_hidden() and page.locator("mark.sel").count() == 0
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#of=attributions&in=mill-fire-lantern"
    assert "#" not in page.url and not page.said


def test_a_fragment_opens_the_passages_on_load_and_when_it_changes(opened, mill) -> None:
    page = opened(mill, fragment="#of=certainty_hedge&in=mill-fire-wire")
    assert page.locator("mark.now").all_inner_texts() == ["may"]
    page.evaluate("location.hash = '#of=labels'")
    page.wait_for_function("document.querySelector('.counter').textContent === '1 of 3'")
    page.evaluate("location.hash = '#mark=mill-fire-lantern-c0'")
    page.wait_for_function("document.querySelector('mark.now').textContent === '12 people'")
    page.evaluate("location.hash = '#of=labels.headline&in=mill-fire-lantern'")
    page.wait_for_function("document.querySelector('.counter').textContent === '1 of 1'")
    page.evaluate("location.hash = '#of=nothing&in=nowhere'")
    assert not page.said


def test_views_on_one_page_leave_each_other_alone(opened, mill, coded) -> None:
    page = opened(mill, reading_view(coded.event("ferry"), measures=["claims"]), mill)
    first, second, third = (page.locator(".samestory-reading").nth(n) for n in range(3))
    switch(first, "certainty").uncheck()
    assert switch(third, "certainty").is_checked()
    first.locator(".numbers a").first.click()
    assert first.locator(".found").is_visible() and second.locator(".found").is_hidden()
    assert page.locator(".samestory-reading > .card").count() == 3 and not page.said


def test_articles_are_opened_and_closed_four_at_most(opened, coded) -> None:
    event = coded.event("mill-fire")
    ids = [f"x{n}" for n in range(5)]
    articles = event.articles.iloc[[0] * 5].assign(article_id=ids, outlet=[f"paper {n}" for n in range(5)])
    texts = event.texts.iloc[[0] * 5].assign(article_id=ids)
    many = replace(event, articles=articles.reset_index(drop=True), texts=texts.reset_index(drop=True))
    page = opened(reading_view(many.select(ids)))
    visible = "[...document.querySelectorAll('.head')].filter(h => h.getClientRects().length).length"
    assert page.evaluate(visible) == 4
    switch(page, "4").check()
    assert page.evaluate(visible) == 4 and not switch(page, "0").is_checked()
    assert "paper 0 is closed" in page.locator(".status").inner_text()


def test_a_column_is_its_articles_text_and_hostile_words_stay_words(opened, hostile_articles) -> None:
    page = opened(reading_view(hostile_articles, layers=LAYERS, measures=["labels"]))
    for n, text in enumerate(hostile_articles.texts.text):
        cells = page.locator(f'.cell[data-c="{n}"]')
        column = "".join(cells.evaluate_all("cells => cells.map(cell => cell.textContent)"))
        assert column == text.replace("\x00", "�")
    page.locator("mark.labels").first.click()
    page.keyboard.press("Escape")
    page.locator(".numbers a").first.click()
    assert page.locator("img").count() == 0 and not page.said
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_nothing_serious_for_those_who_read_otherwise(opened, violations, mill, coded) -> None:
    page = opened(mill)
    assert violations(page) == []
    for control in page.locator(".layers input[type=checkbox]").all():
        control.check()
    page.locator(".layer.sources summary").click()
    page.locator(".numbers a").first.click()
    assert violations(page) == []
    page = opened(reading_view(coded.event("mill-fire").without_text(), layers=LAYERS, measures=["claims"]))
    assert violations(page) == []


def test_on_a_narrow_screen_articles_stand_one_under_another(opened, mill) -> None:
    page = opened(mill)
    page.set_viewport_size({"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    tops = [page.locator('.cell[data-row="1"]').nth(n).bounding_box() for n in range(2)]
    assert tops[0]["x"] == tops[1]["x"] and tops[1]["y"] >= tops[0]["y"] + tops[0]["height"]
    named = page.locator(".cell.shared").first.evaluate("cell => getComputedStyle(cell, '::before').content")
    assert "wire" in named and "headlines" in named


def test_on_paper_marks_stay_and_controls_go(opened, mill) -> None:
    page = opened(mill)
    page.emulate_media(media="print")
    assert page.locator(".bar").is_hidden() and border(page) == "solid"
    assert page.locator(".printed .certainty").is_visible() and page.locator(".printed .labels").is_hidden()
    columns = [page.locator(".head").nth(n).bounding_box() for n in range(2)]
    assert columns[0]["y"] == columns[1]["y"] and columns[1]["x"] > columns[0]["x"]


def test_without_texts_a_number_still_leads_to_its_places(opened, coded) -> None:
    page = opened(reading_view(coded.event("mill-fire").without_text(), measures=["claims"]))
    page.locator(".numbers a").first.click()
    assert page.locator("mark.now").is_visible() and not page.said
