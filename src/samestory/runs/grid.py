"""The multiverse of a study: one run of ``specification.ipynb`` for each way of counting, and what became of each."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from pathlib import Path

from samestory.files import csv_text, write_whole
from samestory.preparing import read_stamp
from samestory.runs.execute import Outcome, execute
from samestory.runs.kernels import USUAL, Limits
from samestory.runs.plan import Run, build_run, notebooks_folder, read_parameters
from samestory.runs.record import read_record
from samestory.study import Study, StudyError

NOTEBOOK = "specification.ipynb"
WITHOUT_TEXTS = "words cannot be counted anew: the texts of this study are not on this machine"


def plan_grid(study: Study, folder: Path | None = None) -> list[Run]:
    """A run for each specification that the section ``[multiverse]`` of study.toml asks for; none without it, nor where
    a text-free study came with its grid.

    Raises StudyError where the notebook lacks a parameter for one of the choices.
    """
    if study.multiverse is None:
        return []
    from samestory.comparison.multiverse import shipped_grid

    if shipped_grid(study) is not None:
        return []
    from samestory.comparison.specifications import DEFAULT_MEASURES, FOLDER, PRODUCTS
    from samestory.measures import AXES, specifications

    path = (folder or notebooks_folder()) / NOTEBOOK
    notebook = json.loads(path.read_text(encoding="utf-8"))
    if missing := sorted({"measures", *AXES} - set(read_parameters(notebook))):
        raise StudyError(f"{path.name}: no parameter {', '.join(missing)}, which a specification sets")
    restricted = {axis: options for axis, options in study.multiverse.items() if axis in AXES}
    measures = study.multiverse.get("measures", list(DEFAULT_MEASURES))
    hashes = read_stamp(study)["events"]
    return [
        build_run(
            study,
            path,
            notebook,
            hashes,
            study.results / FOLDER / f"{choices.code}.ipynb",
            own={"measures": measures, **choices.options()},
            products=PRODUCTS,
        )
        for choices in specifications(restricted)
    ]


def run_grid(
    study: Study,
    runs: Sequence[Run],
    *,
    workers: int = 1,
    scheduler: str | None = None,
    limits: Limits = USUAL,
    progress: Callable[[Outcome], object] | None = None,
) -> list[Outcome]:
    """Execute specifications and write what became of each; one that fails does not stop the others.

    The table ``specifications.csv`` lists all of them from the start, so that one that is stopped tells what is
    missing. Of a study without its texts none is tried: those that are not there already fail, and say why.
    """
    if not runs:
        return []
    _write_record(study, [Outcome(run, "skipped" if run.is_done() else "not run") for run in runs])
    if study.has_texts():
        outcomes = execute(runs, workers=workers, scheduler=scheduler, limits=limits, progress=progress)
    else:
        outcomes = [Outcome(run, "skipped") if run.is_done() else Outcome(run, "failed", WITHOUT_TEXTS) for run in runs]
    _write_record(study, outcomes)
    return outcomes


def _write_record(study: Study, outcomes: Sequence[Outcome]) -> None:
    """All specifications with choices, status and reason; how long each took stands beside, in a file of its own."""
    import pandas as pd

    from samestory.comparison.specifications import FOLDER, RECORD, TIMES
    from samestory.measures import AXES

    names = [outcome.run.output.stem for outcome in outcomes]
    rows = [
        {
            "specification": name,
            **{axis: outcome.run.parameters[axis] for axis in AXES},
            "status": "done" if outcome.status == "skipped" else outcome.status,
            "reason": outcome.reason or None,
        }
        for name, outcome in zip(names, outcomes, strict=True)
    ]
    times = {"specification": names, "seconds": [outcome.seconds or _seconds(outcome.run) for outcome in outcomes]}
    for file, data in ((RECORD, pd.DataFrame(rows)), (TIMES, pd.DataFrame(times))):
        write_whole(study.results / FOLDER / file, csv_text(data))


def _seconds(run: Run) -> float | None:
    return (read_record(run.record) or {}).get("seconds")


def told_once(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """The failures, those for the same reason told once, with how many there are."""
    first: dict[str, Outcome] = {}
    counts: dict[str, int] = {}
    for outcome in outcomes:
        if outcome.status == "failed":
            first.setdefault(outcome.reason, outcome)
            counts[outcome.reason] = counts.get(outcome.reason, 0) + 1
    return [
        Outcome(o.run, o.status, o.reason + (f" (and {counts[o.reason] - 1} more)" if counts[o.reason] > 1 else ""))
        for o in first.values()
    ]
