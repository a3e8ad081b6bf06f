"""What the site tells of each event in several places: looked for once, and kept beside what it was made from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from samestory.comparison import alone, proven
from samestory.comparison.profiles import lone_outlet
from samestory.comparison.proven import MOST, Evidence, Proven
from samestory.files import write_whole
from samestory.report.event_page import Event, ledger_rows
from samestory.report.search import Entry, event_entries

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations


class Summary(NamedTuple):
    """An event's findings, the rows of its ledger of claims, and what the search finds of it."""

    found: Sequence[Proven]
    claims: Sequence[dict[str, Any]]
    entries: Sequence[Entry]


def summarise(event: Event) -> Summary:
    """What is told of an event, from its tables."""
    found = findings_of(event.annotations, event.measures)
    claims = ledger_rows(event.annotations)
    return Summary(found, claims, event_entries(event, found[:MOST], claims))


def findings_of(annotations: Annotations, measures: pd.DataFrame) -> list[Proven]:
    """The findings of one event: what sets its outlets apart, and of one outlet alone how its texts tell."""
    told = alone.of_one if lone_outlet(annotations) else proven.of_event
    return told(annotations, measures)


def keep_summary(path: Path, key: str, summary: Summary) -> None:
    """Keep an event's summary under the key of all that it was made from."""
    write_whole(path, json.dumps({"key": key, "found": summary.found, "entries": summary.entries}, default=int))


def kept_summary(path: Path, key: str) -> Summary | None:
    """The summary that was kept under this key, the ledger's rows left out; None where none was."""
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept["key"] != key:
            return None
        found = [
            Proven(one[0], one[1], one[2], tuple(Evidence(*part) for part in one[3]), one[4]) for one in kept["found"]
        ]
        return Summary(found, (), [Entry(*entry) for entry in kept["entries"]])
    except (OSError, ValueError, KeyError, TypeError, IndexError):
        return None
