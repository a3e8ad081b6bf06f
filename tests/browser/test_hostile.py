"""Hostile text in a real browser: it is seen as it stands, nothing runs, no other host is asked."""

from __future__ import annotations

import re

from samestory.runs.plan import slug


def test_no_page_runs_what_texts_say_and_readers_see_it(hostile, page, address):
    ran: list[str] = []

    def dismiss(dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", dismiss)
    event = hostile.results / "events" / slug(hostile.event)
    for path in sorted(hostile.results.rglob("*.html")):
        page.goto(address(path))
        page.wait_for_load_state("load")
        assert page.locator("img[src='x'], img[src*='evil'], [onerror]").count() == 0, path.name
        assert page.locator("a[href^='javascript:']").count() == 0, path.name
        assert not ran and not page.said, (path.name, ran, page.said)
    page.goto(address(event / "reading.html"))
    seen = re.sub(r"\s", "", page.locator("main").inner_text())
    for text in (*hostile.texts, *hostile.outlets):
        assert re.sub(r"\s", "", text) in seen
    page.goto(address(event / "index.html"))
    assert re.sub(r"\s", "", hostile.event) in re.sub(r"\s", "", page.locator("h1").inner_text())
