"""The figures of the site: drawn from the tables, kept as SVG, PNG and CSV, and shown in the page itself."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from samestory.files import written_whole
from samestory.report.evidence import READING, fragment
from samestory.runs.plan import FIGURES

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.figures import Chart

ADDRESS = 'xlink:href="'  # as SVG writes the way of a link


class Figure(NamedTuple):
    """A figure in a page: its name, finding, alt text, the SVG element, and the ways to its files by kind."""

    name: str
    title: str
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
            times, title=timing.timing_headline(times), links=_addresses(times.article_id, "in"),
            alt="Time of publication of each report in UTC, as wide as precision and clock leave it.",
        )  # fmt: skip
    found |= shared_charts(annotations, _passages_of(annotations))
    tolls = ledgers.tolls_in_time(annotations)
    if len(tolls):
        found["toll"] = steps(
            tolls, title=ledgers.toll_finding(tolls), alt=ledgers.toll_alt(tolls),
            links=_addresses(tolls.claim_id, "mark"),
        )  # fmt: skip
    return found


def _addresses(ids: Iterable[str], name: str) -> dict[Hashable, str]:
    """The way from an event's page to each of these articles ("in") or claims ("mark")."""
    return {one: READING + fragment(f"{name}={one}") for one in ids}


def _passages_of(annotations: Annotations) -> Callable[[str, str], str]:
    """The way from an event's page to what a measure counts in an outlet's article; in all, where it has several."""
    articles = annotations.articles.drop_duplicates("outlet", keep=False)
    alone = dict(zip(articles.outlet, articles.article_id, strict=True))

    def way(outlet: str, measure: str) -> str:
        within = f"&in={alone[outlet]}" if outlet in alone else ""
        return READING + fragment(f"of={measure}{within}")

    return way


def shared_charts(annotations: Annotations, way: Callable[[str, str], str] | None = None) -> dict[str, Chart]:
    """Who is cited and how sure the text is, of an event or of a whole study; ``way`` leads to the passages of an
    outlet that a measure counts."""
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
            links=_linked(types, "source_type", "source_", way),
        )  # fmt: skip
    if len(cues):
        found["certainty"] = stacks(
            cues, label="outlet", part="certainty_type", value="cues", title=findings.certainty(annotations),
            order=CERTAINTY_TYPES, unit="certainty cues", alt="Certainty cues by type and outlet.",
            links=_linked(cues, "certainty_type", "certainty_", way),
        )  # fmt: skip
    return found


def given_chart(compared: pd.DataFrame) -> Chart:
    """How much of each outlet's text is given to its sources; ``compared`` is what ``compare`` gives."""
    from samestory.comparison.sourcing import given_finding
    from samestory.figures import dots

    given = compared[compared.measure == "attributed_words"]
    return dots(
        given, label="outlet", value="value", unit="% of words", title=given_finding(given),
        alt="Share of words inside attributed content, by outlet.",
    )  # fmt: skip


def _linked(
    counts: pd.DataFrame, part: str, measures: str, way: Callable[[str, str], str] | None
) -> dict[Hashable, str]:
    """The address of each outlet's part, whose measure begins with ``measures``."""
    pairs = set(zip(counts.outlet, counts[part], strict=True)) if way else set()
    return {(outlet, kind): way(outlet, measures + kind) for outlet, kind in sorted(pairs)} if way else {}


def publish(charts: Mapping[str, Chart], folder: Path) -> list[Figure]:
    """Write each figure as ``figures/NAME.svg``, ``.png`` and ``.csv`` in the folder of the page that shows it."""
    shown = []
    for name, chart in charts.items():
        contents = chart.files(name)
        svg = contents[f"{name}.svg"].decode()
        contents[f"{name}.svg"] = svg.replace(f"{ADDRESS}{READING}", f"{ADDRESS}../{READING}").encode()
        for file, content in contents.items():
            with written_whole(folder / FIGURES / file) as path:
                path.write_bytes(content)
        ways = {file.rpartition(".")[2]: f"{FIGURES}/{file}" for file in contents}
        shown.append(Figure(name, chart.title, chart.alt, svg, ways))
    return shown
