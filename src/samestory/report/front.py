"""The front page: what was compared, five findings with their proof, what cannot be concluded, and the ways on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from samestory.comparison.contrasts import label_of, unit_of
from samestory.comparison.profiles import lone_outlet
from samestory.comparison.saying import listed, plural, span_of
from samestory.report.evidence import READING, Card, fragment
from samestory.report.pages import render

if TYPE_CHECKING:
    from samestory.annotation import Annotations
    from samestory.comparison.proven import Proven
    from samestory.report.charts import Figure
    from samestory.report.event_page import Event
    from samestory.report.notebooks import Link
    from samestory.runs import Outcome
    from samestory.study import Study

NAMED = 6  # outlets that the first sentence names
CONFLICTS = 12
COMPARED = (
    "attributions", "attributed_words", "anonymous", "source_official", "hedge_outlet", "certainty_bound",
    "passive_without_agent", "claims_attributed",
)  # fmt: skip


class Front(NamedTuple):
    """What the front page tells besides the tables."""

    cards: Sequence[Card]
    limits: Sequence[str]
    events: Sequence[Event]
    found: Sequence[Sequence[Proven]]
    paper: str
    notebooks: Sequence[Link]
    figures: Sequence[Figure]
    methods: str
    downloads: Mapping[str, str]
    failed: Sequence[Outcome]
    specifications: str | None


def front_page(study: Study, annotations: Annotations, shown: Annotations, compared: pd.DataFrame, front: Front) -> str:
    """The page as HTML; ``shown`` are the outlets with most articles, ``compared`` what ``compare`` gives."""
    from samestory.report.downloads import bibtex, cite
    from samestory.report.methods import with_names

    report, outlets = study.reading_report(), sorted(shown.articles.outlet.unique())
    folders = {event.name: f"events/{event.slug}/" for event in front.events}
    validation = [link.href for link in front.notebooks if link.href and "validation" in link.href]
    return render(
        "index.html.j2",
        title=study.title, here="Report", site=study.title, study=study,
        sentence=sentence(annotations), alone=lone_outlet(annotations),
        cards=front.cards, folders=folders, limits=front.limits,
        failed=front.failed, refused=list(report[report.status == "refused"].itertuples()),
        events=event_rows(front), without=int(annotations.articles.event.isna().sum()),
        notebooks=front.notebooks, specifications=front.specifications, figures=front.figures,
        outlets=outlets, numbers=number_rows(compared, outlets),
        roster=roster(annotations), conflicts=conflict_rows(annotations, folders),
        methods=with_names(front.methods).split("\n\n"), validity=validity_rows(),
        validity_page=next(iter(validation), None),
        downloads=front.downloads, cite=cite(study), bibtex=bibtex(study),
    )  # fmt: skip


def sentence(annotations: Annotations) -> str:
    """What was compared, in one sentence with its numbers."""
    articles = annotations.articles
    outlets, events = sorted(articles.outlet.unique()), articles.event.nunique()
    who = f": {listed(outlets)}" if len(outlets) <= NAMED else ""
    on = f" on {events} {plural(events, 'event')}" if events else ""
    when = f", published {days}" if (days := span_of(articles.published.dropna())) else ""
    n = len(articles)
    return (
        f"{n:,} {plural(n, 'article')} from {len(outlets)} {plural(len(outlets), 'outlet')}{on}{when}{who}. "
        f"{int(articles.n_words.sum()):,} words were read; {int(articles.n_body_words.sum()):,} of them are the body "
        "of a story."
    )


def event_rows(front: Front) -> list[dict[str, Any]]:
    """A row for each event: name, folder, articles, outlets, when, its first finding, its PDF, what failed."""
    rows = []
    for event, found in zip(front.events, front.found, strict=True):
        articles = event.annotations.articles
        first = articles.published.dropna().sort_values()[:1]
        rows.append(
            {
                "name": event.name, "folder": f"events/{event.slug}/", "articles": len(articles),
                "outlets": articles.outlet.nunique(), "when": span_of(first) or "unknown",
                "finding": found[0].sentence if found else "", "paper": front.paper,
                "read": "side by side" if len(articles) > 1 else "the article",
                "failed": sum(one.run.event == event.name for one in front.failed),
            }
        )  # fmt: skip
    return rows


def number_rows(compared: pd.DataFrame, outlets: Sequence[str]) -> list[tuple]:
    """The measures that are shown first: label, unit, and for each outlet its value, and its interval and counts."""
    cells = {(row.measure, row.outlet): row for row in compared.itertuples()}
    return [
        (label_of(name), unit_of(name), [_cell(cells.get((name, outlet))) for outlet in outlets]) for name in COMPARED
    ]


def _cell(row) -> tuple[str, str] | None:
    if row is None or pd.isna(row.value):
        return None
    between = f"[{row.low:.1f}, {row.high:.1f}] " if pd.notna(row.low) else ""
    return f"{row.value:.1f}", f"{between}{row.numerator:,.0f} / {row.denominator:,.0f}"


def roster(annotations: Annotations) -> list[tuple]:
    """Every outlet with its articles, events, and words of story."""
    from samestory.comparison import profiles

    table = profiles.roster(annotations)
    return list(table[["outlet", "articles", "events", "body_words"]].itertuples(index=False, name=None))


def conflict_rows(annotations: Annotations, folders: Mapping[str, str]) -> dict[str, Any]:
    """Numbers that contradict each other, inside an article first, each pair once, with links to both sides."""
    from samestory.comparison.ledgers import conflicts, in_both_words

    pairs = conflicts(annotations)
    if pairs.empty:
        return {"rows": [], "all": 0}
    told = in_both_words(pairs).set_axis(["relation", "what", "one", "other"], axis=1)
    joined = pd.concat([pairs[["event", "claim_id", "other_claim_id"]].reset_index(drop=True), told], axis=1)
    joined = joined.drop_duplicates(["event", "relation", "what", "one", "other"])
    rows = [
        {**row, **{f"{side}href": f"{folders[row['event']]}{READING}{fragment(f'mark={row[side + name]}')}"
                   for side, name in (("", "claim_id"), ("other_", "claim_id"))}}
        for row in joined.head(CONFLICTS).to_dict("records")
    ]  # fmt: skip
    return {"rows": rows, "all": len(joined)}


def validity_rows() -> list[tuple]:
    """Of the measures that are shown first: gold, articles, how far the values follow it, how much is counted."""
    from samestory.measures import MEASURES
    from samestory.validation.measure_validity import measure_table
    from samestory.validation.results import read_scores

    table = measure_table(read_scores())
    table = table.set_axis(list(MEASURES), axis=0).loc[list(COMPARED)]
    table = table[["measure", "gold", "part", "articles", "r", "ratio"]].astype(object)
    return list(table.where(table.notna(), "–").itertuples(index=False, name=None))
