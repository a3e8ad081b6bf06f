"""A real browser for the tests: Debian's chromium, driven by playwright; skipped with the reason where it is absent."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
SERIOUS = ("serious", "critical")  # impacts, as axe-core calls them


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Chromium without a window; closed when the tests here end, since it keeps an event loop that others need."""
    path = next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        pytest.skip("no chromium here: `apt-get install chromium` brings the browser that these tests drive")
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of 1280 by 800 pixels; ``page.said`` lists the console's errors, what a page threw, and each request to
    another host."""
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    opened = context.new_page()
    said: list[str] = []
    opened.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
    opened.on("pageerror", lambda error: said.append(str(error)))
    opened.on("request", lambda request: said.append(request.url) if not _is_ours(request.url) else None)
    opened.said = said  # type: ignore[attr-defined]
    yield opened
    context.close()


def _is_ours(url: str) -> bool:
    return url.startswith(("file:", "data:", "blob:", "http://localhost", "http://127.0.0.1", "ws://localhost"))


@pytest.fixture
def open_sound(page: Page, address: Callable[[Path], str], violations) -> Callable[[Path, int], None]:
    """Open a page of the site at some width: no error, nothing beyond the window, no rule of accessibility broken."""

    def check(path: Path, width: int) -> None:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(address(path))
        assert page.said == []  # type: ignore[attr-defined]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert violations(page) == []

    return check


@pytest.fixture
def address() -> Callable[[Path], str]:
    """A file as the address that a browser opens."""
    return lambda path: path.resolve().as_uri()


@pytest.fixture(scope="session")
def violations() -> Callable[[Page], list[dict[str, Any]]]:
    """What axe-core finds on a page that is serious or critical: rule, how many places, the first of them."""
    from axe_playwright_python.sync_playwright import Axe

    def find(page: Page) -> list[dict[str, Any]]:
        return [
            {"rule": found["id"], "places": len(found["nodes"]), "first": found["nodes"][0]["html"][:200]}
            for found in Axe().run(page).response["violations"]
            if found["impact"] in SERIOUS
        ]

    return find
