"""The figures of the site: drawn from the tables, kept as SVG, PNG and CSV, and shown in the page itself."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from samestory.files import csv_text, write_whole, written_whole
from samestory.runs.plan import FIGURES

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.figures import Chart

DPI = 300
_NAMES = re.compile(r'(\bid="|href="#|url\(#)')


class Figure(NamedTuple):
    """A figure in a page: its name, alt text, the SVG element, and the ways to its files by kind."""

    name: str
    alt: str
    svg: str
    files: Mapping[str, str]


def event_charts(annotations: Annotations) -> dict[str, Chart]:
    """The figures of one event by name: when, who is cited, how sure, and the toll, as far as there is something."""
    from samestory.comparison import ledgers, timing
    from samestory.figures import steps, timeline

    found = {}
    times = timing.timing(annotations.articles)
    if times.earliest.notna().any():
        found["timeline"] = timeline(
            times, title=timing.timing_headline(times),
            alt="Time of publication of each report in UTC, as wide as precision and clock leave it.",
        )  # fmt: skip
    found |= shared_charts(annotations)
    tolls = ledgers.tolls_in_time(annotations)
    if len(tolls):
        found["toll"] = steps(
            tolls, title="The toll as the outlets told it, in the order of publication",
            alt=f"Killed, injured, missing and detained by time of publication: {len(tolls)} claims of "
                f"{tolls.outlet.nunique()} outlets.",
        )  # fmt: skip
    return found


def shared_charts(annotations: Annotations) -> dict[str, Chart]:
    """Who is cited and how sure the text is, of an event or of a whole study."""
    from samestory.comparison import findings, profiles
    from samestory.figures import stacks
    from samestory.tables import CERTAINTY_TYPES, SOURCE_TYPES

    types = profiles.source_types(annotations)
    types = types[types.source_type != "none"]
    cues = profiles.certainty_by_voice(annotations)
    found = {}
    if len(types):
        found["sources"] = stacks(
            types, label="outlet", part="source_type", value="sources", title=findings.sourcing(annotations),
            order=SOURCE_TYPES, unit="source mentions", alt="Source mentions by type and outlet.",
        )  # fmt: skip
    if len(cues):
        found["certainty"] = stacks(
            cues, label="outlet", part="certainty_type", value="cues", title=findings.certainty(annotations),
            order=CERTAINTY_TYPES, unit="certainty cues", alt="Certainty cues by type and outlet.",
        )  # fmt: skip
    return found


def given_chart(compared: pd.DataFrame) -> Chart:
    """How much of each outlet's text is given to its sources; ``compared`` is what ``compare`` gives."""
    from samestory.figures import dots

    return dots(
        compared[compared.measure == "attributed_words"], label="outlet", value="value", unit="% of words",
        title="How much of each outlet's text is given to its sources",
        alt="Share of words inside attributed content, by outlet.",
    )  # fmt: skip


def publish(charts: Mapping[str, Chart], folder: Path) -> list[Figure]:
    """Write each figure as ``figures/NAME.svg``, ``.png`` and ``.csv`` in the folder of the page that shows it."""
    shown = []
    for name, chart in charts.items():
        svg = chart.svg()
        write_whole(folder / FIGURES / f"{name}.svg", svg)
        with written_whole(folder / FIGURES / f"{name}.png") as path:
            path.write_bytes(chart.png(DPI))
        write_whole(folder / FIGURES / f"{name}.csv", csv_text(chart.data))
        files = {kind: f"{FIGURES}/{name}.{kind}" for kind in ("svg", "png", "csv")}
        shown.append(Figure(name, chart.alt, inline(svg, name), files))
    return shown


def inline(svg: str, name: str) -> str:
    """The SVG element alone, to stand inside a page, its ids told from those of the page's other figures."""
    return _NAMES.sub(rf"\g<1>{name}-", svg[svg.index("<svg") :])
