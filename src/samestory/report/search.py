"""What the site's search finds, as a script that pages load: no text of an article but short words as evidence."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from samestory.comparison.labels import main_referents
from samestory.comparison.saying import plural
from samestory.measures import MEASURES
from samestory.report.evidence import READING, fragment
from samestory.report.guides import measure_anchor
from samestory.report.notebooks import headings, sections, source_headings

if TYPE_CHECKING:
    from samestory.comparison.proven import Proven
    from samestory.report.event_page import Event
    from samestory.runs import Run
    from samestory.study import Study

FILE = "search.js"
REFERENTS = 12  # of each event, those that most outlets name


class Entry(NamedTuple):
    """Something that can be found: what it is, its name, its address from the site's folder, more on it that is shown,
    and words by which it is found, too."""

    kind: str
    title: str
    address: str
    more: str
    words: str = ""


def study_entries(
    study: Study,
    events: Sequence[Event],
    told: Iterable[Iterable[Entry]],
    runs: Iterable[Run],
    guides: Mapping[str, str],
) -> Iterator[Entry]:
    """Everything that can be found in a study's site; ``told`` are the entries of each event."""
    yield from chain.from_iterable(told)
    yield from outlet_entries(events)
    yield from measure_entries()
    yield from notebook_entries(study, runs)
    yield from guide_entries(guides)


def event_entries(event: Event, found: Sequence[Proven], claims: Iterable[dict[str, Any]]) -> list[Entry]:
    """An event with its findings, the names and words in it, and its claims, as rows of its ledger."""
    way = f"events/{event.slug}/"
    outlets = sorted(event.annotations.articles.outlet.unique())
    entries = [Entry("event", event.name, f"{way}index.html", ", ".join(outlets))]
    entries += [Entry("finding", one.sentence, f"{way}index.html#finding-{n}", event.name)
                for n, one in enumerate(found, start=1)]  # fmt: skip
    labels = event.annotations.labels.sort_values(["article_id", "start"]).drop_duplicates("referent_id")
    first = dict(zip(labels.referent_id, labels.label_id, strict=True))
    for row in main_referents(event.annotations, most=REFERENTS).itertuples():
        named = f"{event.name}; called {row.heads}"
        entries.append(Entry("name", row.name, f"{way}{READING}{fragment(f'mark={first[row.referent_id]}')}", named))
    for row in claims:
        told = "; ".join(f"{outlet} {text}" for outlet, cell in zip(outlets, row["cells"], strict=True)
                         for text, _ in cell[:2])  # fmt: skip
        entries.append(Entry("claim", row["what"], f"{way}index.html#claims", f"{event.name}: {told}"))
    return entries


def outlet_entries(events: Sequence[Event]) -> list[Entry]:
    """Every outlet, with how many events it tells."""
    told: dict[str, list[Event]] = {}
    for event in events:
        for outlet in event.annotations.articles.outlet.unique():
            told.setdefault(str(outlet), []).append(event)
    return [
        Entry("outlet", outlet, "index.html#outlets" if len(own) > 1 else f"events/{own[0].slug}/index.html#told",
              f"{len(own)} {plural(len(own), 'event')}: {', '.join(event.name for event in own)}")
        for outlet, own in sorted(told.items())
    ]  # fmt: skip


def notebook_entries(study: Study, runs: Iterable[Run]) -> Iterator[Entry]:
    """Each heading of each executed notebook."""
    for run in runs:
        where, address = run.event or "whole study", run.page.relative_to(study.results).as_posix()
        for heading in source_headings(run.notebook):
            end = f"#{heading.id}" if heading.level > 1 else ""
            yield Entry("notebook", heading.text, address + end, where)


def measure_entries() -> Iterator[Entry]:
    """Each measure, at its row of the codebook."""
    for measure in MEASURES.values():
        counts = f"{measure.aspect}: {measure.numerator} / {measure.denominator}"
        address = f"docs/codebook.html#{measure_anchor(measure.name)}"
        yield Entry("measure", measure.label, address, counts, measure.name)


def guide_entries(pages: Mapping[str, str]) -> Iterator[Entry]:
    """Each section of the guides, by its heading and its words; pages are told by their path under ``docs/``."""
    for path, html in pages.items():
        found = headings(html)
        name = next((heading.text for heading in found if heading.level == 1), path)
        for heading, words in zip(found, sections(html), strict=True):
            more = "" if heading.level == 1 else name
            yield Entry("guide", heading.text, f"docs/{path}#{heading.id}", more, words)


def script(entries: Iterable[Entry]) -> str:
    """The entries as a script: one line each, nothing in it that could end a script or a line."""
    rows = ",\n".join(json.dumps(entry, ensure_ascii=True).replace("<", "\\u003c") for entry in entries)
    return f"window.samestorySearch = [\n{rows}\n];\n"
