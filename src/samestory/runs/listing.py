"""One table over all runs of a study, and what they took in another: the first is the same for the same inputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from samestory.files import csv_text, write_whole
from samestory.runs.plan import Run
from samestory.runs.record import read_record

if TYPE_CHECKING:
    from samestory.runs.execute import Outcome
    from samestory.study import Study

FILE, TIMES = "runs.csv", "runs_times.csv"  # under a study's results


def write_runs(study: Study, runs: Sequence[Run], outcomes: Sequence[Outcome]) -> None:
    """Write what became of each of a study's ``runs``, of which some have their ``outcomes`` just now, by their path.

    ``runs.csv``: run (the path of its output without suffix), event, notebook, status (done, failed, not run: never, or
    not since what it depends on changed), reason, cell (its place in the notebook, from 0), key. ``runs_times.csv``:
    run, started (UTC), seconds, peak_memory (bytes).
    """
    import pandas as pd

    fresh = {outcome.run.output: outcome for outcome in outcomes}
    rows, times = [], []
    for run in sorted(runs, key=lambda run: run.output):
        outcome = fresh.get(run.output)
        told = _kept(run) if outcome is None or outcome.status == "skipped" else outcome.told()
        name = run.output.relative_to(study.results).with_suffix("").as_posix()
        first = {"run": name, "event": run.event, "notebook": run.notebook.name, "status": told["status"]}
        cell = told.get("cell") or {}
        rows.append({**first, "reason": told.get("reason"), "cell": cell.get("place"), "key": run.key})
        times.append({"run": name, **{column: told.get(column) for column in ("started", "seconds", "peak_memory")}})
    whole = {"cell": "Int64", "peak_memory": "Int64"}
    for file, found in ((FILE, pd.DataFrame(rows)), (TIMES, pd.DataFrame(times))):
        data = found.astype({name: kind for name, kind in whole.items() if name in found})
        write_whole(study.results / file, csv_text(data))


def _kept(run: Run) -> dict:
    """What the records of earlier tell of a run as it stands now."""
    for path in (run.record, run.failure):
        record = read_record(path)
        if record is not None and record.get("key") == run.key:
            return record
    return {"status": "not run"}
