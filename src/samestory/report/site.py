"""The site of a study: what is built, in which order. The front page comes last, and stands only beside a whole."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from samestory.cache import key_of, package_version
from samestory.comparison import proven
from samestory.comparison.profiles import lone_outlet
from samestory.comparison.proven import MOST
from samestory.files import write_whole, written_whole
from samestory.pools import in_order
from samestory.preparing import read_stamp
from samestory.report import charts, downloads, search
from samestory.report.event_page import HOME, Event, event_page
from samestory.report.evidence import READING, cards
from samestory.report.front import Front, front_page
from samestory.report.guides import guide_pages
from samestory.report.notebooks import Link, links
from samestory.report.pages import ASSETS, write_assets
from samestory.report.paper import event_paper
from samestory.report.reading_page import reading_page, write_reading_assets
from samestory.report.summary import Summary, findings_of, keep_summary, kept_summary, summarise
from samestory.runs.plan import slug

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.comparison.proven import Proven
    from samestory.figures import Chart
    from samestory.report.methods import Told
    from samestory.runs import Outcome, Run
    from samestory.study import Study

SEED = 20160718
PAGE, PAPER, NUMBERS, GUIDES = "index.html", "paper.pdf", "numbers.csv", "docs"
WORTH_IT = 8  # events from which on a second process starts sooner than it would take to write them in one


class Site(NamedTuple):
    """What a site is made of: the study's tables, its events, the notebooks that ran and those that failed, and the
    pages of the guides."""

    study: Study
    annotations: Annotations
    measures: pd.DataFrame
    events: Sequence[Event]
    done: Sequence[Run]
    failed: Sequence[Outcome]
    guides: Mapping[str, str]


class Work(NamedTuple):
    """What one event's pages are made of, and the key of all that they depend on."""

    event: Event
    notebooks: Sequence[Link]
    before: tuple[str, str] | None
    after: tuple[str, str] | None
    key: str


def build_report(study: Study, runs: Sequence[Run], failed: Sequence[Outcome] = (), *, workers: int = 1) -> Path:
    """Write the study's site under its results and return the path of its front page.

    It links the pages of those ``runs`` that are complete and names those that ``failed``. Pages of an event of which
    nothing changed are left alone. ``workers`` is a number of processes; it changes nothing in the pages.
    """
    annotations, measures = study.view(), study.measures()
    events = split(annotations, measures)
    done = [run for run in runs if run.is_done()]
    site = Site(study, annotations, measures, events, done, failed, guide_pages("../"))
    write_assets(study.results)
    write_reading_assets(study.results)
    summaries = write_events(study, plan(site), workers)
    for name, html in site.guides.items():
        write_whole(study.results / GUIDES / name, html)
    write_front(site, summaries)
    return study.results / PAGE


def split(annotations: Annotations, measures: pd.DataFrame) -> list[Event]:
    """The study's events, by name, each with its own tables."""
    found = []
    for name, own in annotations.by_event():
        found.append(Event(name, slug(name), own, measures[measures.article_id.isin(own.articles.article_id)]))
    return found


def plan(site: Site) -> list[Work]:
    """What is to be written for each event, whether or not it is there already."""
    study, events = site.study, site.events
    hashes, version = read_stamp(study)["events"], package_version()
    works = []
    for place, event in enumerate(events):
        beside = [(events[n].name, events[n].slug) if 0 <= n < len(events) else None for n in (place - 1, place + 1)]
        notebooks = links(site.done, site.failed, event.name, "")
        key = key_of(version, hashes[event.name], study.title, study.outlets, notebooks, beside)
        works.append(Work(event, notebooks, beside[0], beside[1], key))
    return works


def fresh(study: Study, work: Work) -> Summary | None:
    """The event's summary, where its pages are there and were made of the same; None where they were not. The page,
    written last, tells of what."""
    folder = study.results / "events" / work.event.slug
    if not all((folder / name).exists() for name in (PAGE, READING, PAPER, NUMBERS)):
        return None
    same = f'content="{work.key}"' in (folder / PAGE).read_text(encoding="utf-8")[:2000]
    return kept_summary(kept(study, work), work.key) if same else None


def kept(study: Study, work: Work) -> Path:
    """Where an event's summary is kept."""
    return study.results / "cache" / "summaries" / f"{work.event.slug}.json"


def write_events(study: Study, works: Sequence[Work], workers: int) -> list[Summary]:
    """Write the pages of the events of which something changed, in several processes where there are enough; returns
    the summaries of all, in their order."""
    summaries = [fresh(study, work) for work in works]
    waiting = [work for work, summary in zip(works, summaries, strict=True) if summary is None]
    spread = min(workers, len(waiting)) if len(waiting) >= WORTH_IT else 1
    work = partial(write_event, study)
    written = list(in_order(work, waiting, workers=spread, name=lambda one: f"event {one.event.name!r}"))
    news = iter(written)
    return [summary or next(news) for summary in summaries]


def write_event(study: Study, work: Work) -> Summary:
    """Write one event's figures, paper, numbers, reading view and page, the page last; returns its summary."""
    event = work.event
    folder = study.results / "events" / event.slug
    summary = summarise(event)
    found = summary.found[:MOST]
    keep_summary(kept(study, work), work.key, summary)
    drawn = charts.event_charts(event.annotations)
    figures = charts.publish(drawn, folder)
    with written_whole(folder / PAPER) as path:
        path.write_bytes(event_paper(study, event.annotations, event.measures, found, drawn.values()))
    write_whole(folder / NUMBERS, downloads.numbers(event))
    write_whole(folder / READING, reading_page(event, study.title, HOME))
    page = event_page(
        event, study.title, cards=cards(found, event.annotations, lambda _: ""), claims=summary.claims, figures=figures,
        notebooks=work.notebooks, paper=PAPER, before=work.before, after=work.after, key=work.key,
    )  # fmt: skip
    write_whole(folder / PAGE, page)
    return summary


def write_front(site: Site, summaries: Sequence[Summary]) -> None:
    """Write downloads, what can be searched, and the front page, which comes last; ``summaries`` are the
    events', in their order."""
    from samestory.comparison import compare, contrast, findings, profiles
    from samestory.report.methods import methods_paragraph

    study, measures = site.study, site.measures
    shown, left_out = profiles.largest_outlets(site.annotations)
    compared = compare(measures, shown.articles)
    contrasts = contrast(measures, shown.articles)
    methods = methods_paragraph(study, shown, measures, tell(study, shown, measures, compared, contrasts), seed=SEED)
    folders = {event.name: f"events/{event.slug}/" for event in site.events}
    front = Front(
        cards=cards(best_of(site, summaries, shown, contrasts), site.annotations, folders.__getitem__),
        limits=findings.limits(shown, left_out),
        events=site.events,
        found=[one.found for one in summaries],
        paper=PAPER,
        notebooks=links(site.done, site.failed, None, "study/"),
        figures=charts.publish(study_charts(shown, compared), study.results),
        methods=methods,
        downloads=downloads.write_downloads(study, site.annotations, measures, methods),
        failed=site.failed,
        specifications=specifications(study),
    )
    entries = search.study_entries(study, site.events, [one.entries for one in summaries], site.done, site.guides)
    write_whole(study.results / ASSETS.name / search.FILE, search.script(entries))
    write_whole(study.results / PAGE, front_page(study, site.annotations, shown, compared, front))


def best_of(site: Site, summaries: Sequence[Summary], shown: Annotations, contrasts: pd.DataFrame) -> list[Proven]:
    """The findings of the front page. Events that one outlet tells alone add nothing to what sets outlets apart."""
    if lone_outlet(shown):
        return findings_of(shown, site.measures)[:MOST]
    apart = [
        () if lone_outlet(event.annotations) else one.found for event, one in zip(site.events, summaries, strict=True)
    ]
    return proven.of_study(shown, site.measures, apart, contrasts)[:MOST]


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
