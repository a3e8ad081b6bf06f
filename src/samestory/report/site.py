"""The front page of a study's report: what was compared, found, and cannot be concluded."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samestory.files import write_whole
from samestory.report.pages import render

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.runs import Outcome, Run
    from samestory.study import Study

CONFLICTS_SHOWN = 40
SHOWN = (
    "attributions", "attributed_words", "anonymous", "source_official", "hedge_outlet", "certainty_bound",
    "passive_without_agent", "claims_attributed",
)  # fmt: skip


def build_report(study: Study, runs: Sequence[Run], failed: Sequence[Outcome] = ()) -> Path:
    """Write ``index.html`` under the study's results and return its path.

    It links the pages of those ``runs`` that are complete and names those that ``failed``.
    """
    from markupsafe import Markup

    from samestory.comparison import compare, findings, profiles

    done = [run for run in runs if run.is_done()]
    annotations = study.view()
    shown, left_out = profiles.largest_outlets(annotations)
    compared = compare(study.measures(), annotations.articles)
    limits = findings.limits(shown, left_out)
    report = study.reading_report()
    html = render(
        "index.html.j2",
        title=study.title,
        here="Report",
        crumbs=[],
        body="",
        study=study,
        counts=_counts(annotations),
        findings=findings.headlines(annotations),
        limits=limits,
        failed=failed,
        refused=list(report[report.status == "refused"].itertuples()),
        events=_events(study, annotations, done),
        whole=[(_name(run), _link(study, run)) for run in done if run.event is None],
        figures=[{"alt": chart.alt, "svg": Markup(_inline(chart.svg()))} for chart in _figures(shown, compared)],
        comparison=Markup(_comparison(compared, set(shown.articles.outlet)).html()),
        conflicts=_conflicts(annotations),
        validity=Markup(_validity().html()),
        validity_page=_validity_page(study, done),
    )
    path = study.results / "index.html"
    write_whole(path, html)
    return path


def _counts(annotations: Annotations) -> dict[str, Any]:
    articles = annotations.articles
    days = articles.published.dropna().str.slice(0, 10)
    return {
        "articles": len(articles),
        "outlets": articles.outlet.nunique(),
        "events": articles.event.nunique(),
        "words": int(articles.n_words.sum()),
        "body": int(articles.n_body_words.sum()),
        "first": days.min() if len(days) else None,
        "last": days.max() if len(days) else None,
    }


def _name(run: Run) -> str:
    return run.notebook.stem.partition("_")[2].replace("_", " ")


def _link(study: Study, run: Run) -> str:
    return run.page.relative_to(study.results).as_posix()


def _events(study: Study, annotations: Annotations, done: Sequence[Run]) -> list[dict[str, Any]]:
    rows = []
    for event, part in annotations.articles.groupby("event", sort=True):
        pages = [(_name(run), _link(study, run)) for run in done if run.event == event]
        rows.append({"name": event, "articles": len(part), "outlets": part.outlet.nunique(), "pages": pages})
    return rows


def _figures(annotations: Annotations, compared: pd.DataFrame) -> list:
    from samestory.comparison import findings, profiles
    from samestory.figures import dots, stacks
    from samestory.tables import CERTAINTY_TYPES, SOURCE_TYPES

    types = profiles.source_types(annotations)
    types = types[types.source_type != "none"]
    voice = profiles.certainty_by_voice(annotations)
    shown = compared[(compared.measure == "attributed_words") & compared.outlet.isin(set(annotations.articles.outlet))]
    charts = [
        dots(
            shown,
            label="outlet",
            value="value",
            title="How much of each outlet's text is given to its sources",
            unit="% of words",
            alt="Share of words inside attributed content, by outlet.",
        ),
    ]
    if len(types):
        charts.append(
            stacks(
                types,
                label="outlet",
                part="source_type",
                value="sources",
                title=findings.sourcing(annotations),
                order=SOURCE_TYPES,
                unit="source mentions",
                alt="Source mentions by type and outlet.",
            )
        )
    if len(voice):
        charts.append(
            stacks(
                voice,
                label="outlet",
                part="certainty_type",
                value="cues",
                title=findings.certainty(annotations),
                order=CERTAINTY_TYPES,
                unit="certainty cues",
                alt="Certainty cues by type and outlet.",
            )
        )
    return charts


def _inline(svg: str) -> str:
    """The SVG element alone, to stand inside a page."""
    return svg[svg.index("<svg") :]


def _comparison(compared: pd.DataFrame, outlets: set[str]):
    from samestory.comparison import comparison_table
    from samestory.figures import table

    shown = comparison_table(compared[compared.outlet.isin(outlets)], SHOWN)
    return table(shown, "Value [95 % interval over events, where there are at least six] (numerator/denominator)")


def _conflicts(annotations: Annotations):
    from markupsafe import Markup

    from samestory.comparison.ledgers import conflict_table, conflicts
    from samestory.figures import table

    found = conflicts(annotations)
    if found.empty:
        return ""
    different = conflict_table(found)
    shown = different.head(CONFLICTS_SHOWN)
    return Markup(table(shown, f"{len(shown)} of {len(different)} shown").html())


def _validity():
    from samestory.figures import table
    from samestory.validation.results import headline_scores

    return table(headline_scores())


def _validity_page(study: Study, done: Sequence[Run]) -> str | None:
    pages = [_link(study, run) for run in done if run.event is None and "validation" in run.notebook.stem]
    return pages[0] if pages else None
