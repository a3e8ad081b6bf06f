"""The site of a study: what is built of it, in which order. The front page comes last, and stands only beside a whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from samestory.files import write_whole
from samestory.report import charts, downloads, search
from samestory.report.event_page import HOME, Event, event_page, ledger_rows
from samestory.report.evidence import READING, cards
from samestory.report.front import Front, front_page
from samestory.report.notebooks import links
from samestory.report.pages import ASSETS, write_assets
from samestory.report.reading_page import reading_page, write_reading_assets

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.comparison.proven import Proven
    from samestory.report.methods import Told
    from samestory.runs import Outcome, Run
    from samestory.study import Study

SEED = 20160718


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
