"""The reading view of an event as a page of the site."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.files import write_whole
from samestory.report.pages import ASSETS, render
from samestory.texts import known_texts

if TYPE_CHECKING:
    from pathlib import Path

    from samestory.report.event_page import Event

STYLE, SCRIPT = "reading.css", "reading.js"
LISTED = ("attributions", "attributed_words", "source_official", "named", "anonymous", "certainty_hedge", "claims")


def write_reading_assets(site: Path) -> None:
    """Write the reading view's style sheet and script among what the pages share."""
    from samestory.figures import reading_script, reading_style

    write_whole(site / ASSETS.name / STYLE, reading_style())
    write_whole(site / ASSETS.name / SCRIPT, reading_script())


def reading_page(event: Event, site: str, home: str) -> str:
    """The page as HTML. It holds the articles' words where they are on this machine, and says whose they are."""
    from markupsafe import Markup

    from samestory.figures import reading_view

    one = len(event.annotations.articles) == 1
    view = reading_view(event.annotations, measures=LISTED, heading="The article" if one else "The articles")
    here = "Marked" if one else "Side by side"
    return render(
        "reading.html.j2",
        title=f"{event.name}, {here.lower()}", heading=f"{event.name}, {here.lower()}", here=here,
        crumbs=[("Report", f"{home}index.html"), ("Events", f"{home}index.html#events"), (event.name, "index.html")],
        home=home, site=site, assets=(STYLE, SCRIPT), texts=bool(known_texts(event.annotations.texts)),
        body=Markup(view.markup()),
    )  # fmt: skip
