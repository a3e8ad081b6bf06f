"""What to look at: a study, one of its events or all, some of its outlets or all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from samestory.comparison.saying import listed, plural
from samestory.lab.listing import articles_of
from samestory.messages import no_such
from samestory.settings import StudyError
from samestory.study import Study

ALL_EVENTS = "all events"


@dataclass(frozen=True)
class Choice:
    """A study, an event (empty: all) and outlets by their codes (empty: all); ``n_articles`` is what that leaves."""

    study: Study
    event: str
    outlets: tuple[str, ...]
    n_articles: int

    def __str__(self) -> str:
        names = [self.study.outlet_name(outlet) for outlet in self.outlets]
        told = listed(names) or "all outlets"
        n = f"{self.n_articles} {plural(self.n_articles, 'article')}"
        return f"{self.study.title}: {self.event or ALL_EVENTS}, {told} ({n})"


def choose(study: Study, event: str = "", outlets: Sequence[str] = ()) -> Choice:
    """A choice that can be looked at; StudyError that names what there is for an event or outlet that is not there."""
    articles = articles_of(study)
    if articles is None:
        raise StudyError(f"{study.folder}: not annotated yet; `samestory run {study.folder}` does that")
    there = event_options(articles)
    if event and event not in there:
        raise StudyError(f"{study.name}: {no_such('event', event, there)}")
    told = articles[articles.event.eq(event).fillna(False)] if event else articles
    codes = outlet_options(articles, event)
    if unknown := [outlet for outlet in outlets if outlet not in codes]:
        where = f" on {event}" if event else ""
        raise StudyError(f"{study.name}{where}: {no_such('outlet', unknown, codes)}")
    chosen = tuple(code for code in codes if code in outlets)
    return Choice(study, event, chosen, int(told.outlet.isin(chosen or codes).sum()))


def event_options(articles: pd.DataFrame) -> list[str]:
    """The events that articles tell of."""
    return sorted(articles.event.dropna().unique())


def outlet_options(articles: pd.DataFrame, event: str = "") -> list[str]:
    """The outlets that tell of an event, or of any."""
    told = articles[articles.event.eq(event).fillna(False)] if event else articles
    return sorted(told.outlet.unique())
