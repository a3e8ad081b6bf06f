"""The site of a study: what is built of it, in which order. The front page comes last, and stands only beside a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from samestory.files import write_whole, written_whole
from samestory.report import charts, downloads, search
from samestory.report.event_page import HOME, Event, event_page
from samestory.report.evidence import READING, cards
from samestory.report.front import Front, front_page
from samestory.report.notebooks import links
from samestory.report.pages import ASSETS, write_assets
from samestory.report.paper import event_paper
from samestory.report.reading_page import reading_page, write_reading_assets

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.comparison.proven import Proven
    from samestory.figures import Chart
    from samestory.report.methods import Told
    from samestory.runs import Outcome, Run
    from samestory.study import Study

SEED = 20160718
PAPER = "paper.pdf"


def build_report(study: Study, runs: Sequence[Run], failed: Sequence[Outcome] = ()) -> Path:
    """Write the study's site under its results and return the path of its front page.

    It links the pages of those ``runs`` that are complete and names those that ``failed``.
    """
    from samestory.comparison import proven

    done = [run for run in runs if run.is_done()]
    annotations, measures = study.view(), study.measures()
    events = split(annotations, measures)
    write_assets(study.results)
    write_reading_assets(study.results)
    found = [proven.of_event(event.annotations, event.measures)[: proven.MOST] for event in events]
    for place in range(len(events)):
        write_event(study, events, place, found[place], done, failed)
    write_front(study, annotations, measures, events, found, done, failed)
    return study.results / "index.html"


def split(annotations: Annotations, measures: pd.DataFrame) -> list[Event]:
    """The study's events, by name, each with its own tables."""
    from samestory.runs.plan import slug

    found = []
    for name in sorted(annotations.articles.event.dropna().unique()):
        own = annotations.event(name)
        found.append(Event(name, slug(name), own, measures[measures.article_id.isin(own.articles.article_id)]))
    return found


def write_event(
    study: Study, events: Sequence[Event], place: int, found: Sequence[Proven], done: Sequence[Run],
    failed: Sequence[Outcome],
) -> None:  # fmt: skip
    """Write one event's figures, numbers, reading view and page, the page last."""
    event = events[place]
    folder = study.results / "events" / event.slug
    neighbours = [(events[n].name, events[n].slug) if 0 <= n < len(events) else None for n in (place - 1, place + 1)]
    drawn = charts.event_charts(event.annotations)
    figures = charts.publish(drawn, folder)
    with written_whole(folder / PAPER) as path:
        path.write_bytes(event_paper(study, event.annotations, event.measures, found, drawn.values()))
    write_whole(folder / READING, reading_page(event, study.title, HOME))
    write_whole(folder / "numbers.csv", downloads.numbers(event))
    page = event_page(
        event, study.title, cards=cards(found, event.annotations, lambda _: ""), figures=figures,
        notebooks=links(done, failed, event.name, ""), paper=PAPER, before=neighbours[0], after=neighbours[1],
    )  # fmt: skip
    write_whole(folder / "index.html", page)


def write_front(
    study: Study, annotations: Annotations, measures: pd.DataFrame, events: Sequence[Event],
    found: Sequence[Sequence[Proven]], done: Sequence[Run], failed: Sequence[Outcome],
) -> None:  # fmt: skip
    """Write downloads, what can be searched, and the front page, which comes last."""
    from samestory.comparison import compare, contrast, findings, profiles, proven
    from samestory.report.methods import methods_paragraph

    shown, left_out = profiles.largest_outlets(annotations)
    compared = compare(measures, annotations.articles)
    contrasts = contrast(measures, shown.articles)
    told = tell(study, shown, measures, compared[compared.outlet.isin(set(shown.articles.outlet))], contrasts)
    methods = methods_paragraph(study, shown, measures, told, seed=SEED)
    best = proven.of_study(shown, measures, found, contrasts)[: proven.MOST]
    folders = {event.name: f"events/{event.slug}/" for event in events}
    front = Front(
        cards=cards(best, annotations, folders.__getitem__),
        limits=findings.limits(shown, left_out),
        events=events,
        found=found,
        papers={event.name: PAPER for event in events},
        notebooks=links(done, failed, None, "study/"),
        figures=charts.publish(study_charts(shown, told.compared), study.results),
        methods=methods,
        downloads=downloads.write_downloads(study, annotations, measures, methods),
        failed=failed,
        specifications=specifications(study),
    )
    entries = search.study_entries(study, events, found, done)
    write_whole(study.results / ASSETS.name / search.FILE, search.script(entries))
    write_whole(study.results / "index.html", front_page(study, annotations, shown, compared, front))


def study_charts(shown: Annotations, compared: pd.DataFrame) -> dict[str, Chart]:
    """The figures of the front page by name."""
    return {"given": charts.given_chart(compared), **charts.shared_charts(shown)}


def tell(
    study: Study, shown: Annotations, measures: pd.DataFrame, compared: pd.DataFrame, contrasts: pd.DataFrame
) -> Told:
    """What the methods paragraph tells of, as notebook 6 has it."""
    from samestory.coding import human_values
    from samestory.comparison import multiverse
    from samestory.comparison.confounds import confounds
    from samestory.comparison.estimates import estimates
    from samestory.report.methods import Told

    codings = human_values(study)
    codings = codings[codings.article_id.isin(shown.articles.article_id)]
    corrected = int(estimates(measures, shown.articles, codings).corrected.notna().sum())
    grid = multiverse.counted(multiverse.read_results(study))
    return Told(compared, contrasts, confounds(shown, measures), codings, corrected, grid)


def specifications(study: Study) -> str | None:
    """The way to the table of the multiverse's specifications, where it ran."""
    from samestory.comparison.specifications import FOLDER, RECORD

    path = study.results / FOLDER / RECORD
    return path.relative_to(study.results).as_posix() if path.exists() else None
