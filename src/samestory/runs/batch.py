"""A whole study from articles to report."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samestory.clock import Clock
from samestory.files import read_csv, write_whole
from samestory.messages import did_you_mean
from samestory.preparing import is_current, prepare, ship
from samestory.runs.alone import alone
from samestory.runs.execute import Outcome, execute
from samestory.runs.grid import plan_grid, run_grid, told_once
from samestory.runs.kernels import USUAL, Limits
from samestory.runs.listing import write_runs
from samestory.runs.plan import Run, check_parameters, plan_runs
from samestory.runs.progress import Progress, Teller
from samestory.runs.record import read_record
from samestory.settings import StudyError
from samestory.studies import FILE
from samestory.study import Study, open_study, own_scheme, read_study, remember_texts

TIMINGS = "timings.json"  # under a study's results: how long each stage took when it last did something


def run_study(
    path: Path,
    results_dir: Path,
    *,
    workers: int | None = None,
    scheduler: str | None = None,
    only: Sequence[str] = (),
    texts: Path | None = None,
    ship_tables: bool = False,
    limits: Limits = USUAL,
    teller: Teller | None = None,
) -> bool:
    """Annotate a study, execute its notebooks and build its report; returns whether all of it went well.

    What is there already and depends on nothing that changed is left alone. So many ``workers`` do what is done side by
    side, or those of a Dask ``scheduler``, all but the report. ``texts`` is where a text-free study finds its texts;
    with ``ship_tables`` its shipped tables are written anew. ``limits`` is what a notebook may take, ``teller``
    how it tells what it does. Raises StudyError where another run of the study is going on.
    """
    limits.check()
    study = open_study(path, results_dir)
    check_parameters(study)
    with alone(study):
        if texts is not None:
            study = remember_texts(study, texts)
        work = _Work(study, workers or os.cpu_count() or 1, scheduler, limits, teller or Teller(), Clock())
        return _run_study(work, only, ship_tables)


@dataclass(frozen=True)
class _Work:
    """A study that is run: by how many workers or whose, within which limits, how it is told, and how long it took."""

    study: Study
    workers: int
    scheduler: str | None
    limits: Limits
    teller: Teller
    clock: Clock

    @property
    def index(self) -> Path:
        return self.study.results / "index.html"

    def spread(self) -> dict[str, Any]:
        """Who executes notebooks, and within which limits."""
        return {"workers": self.workers, "scheduler": self.scheduler, "limits": self.limits}


def _run_study(work: _Work, only: Sequence[str], ship_tables: bool) -> bool:
    study, teller, clock = work.study, work.teller, work.clock
    teller.sum_up(f"{study.name}: {study.title}")
    if ship_tables:
        _ship(study, teller)
    with clock.stage("checking"):
        current = is_current(study)
    if not current:
        work.index.unlink(missing_ok=True)
        _annotate(study, work.workers, work.scheduler, teller, clock)
    with clock.stage("checking"):
        for line in _unused_outlets(study):
            teller.warn(f"  note: {line}")
        refused = _refused(study)
        specifications = [] if only else plan_grid(study)
    # all of them, since their table lists all; those that wait alone are executed
    grid = _execute(work, "specifications", specifications, lambda _, **how: run_grid(study, specifications, **how))
    with clock.stage("checking"):
        runs = plan_runs(study, only)
    outcomes = _execute(work, "notebooks", runs, execute)
    failed = [*told_once(grid), *(outcome for outcome in outcomes if outcome.status == "failed")]
    if not work.index.exists():
        _publish(work, [*grid, *outcomes], failed)
    if only and study.multiverse is not None:
        teller.sum_up("  specifications: none, since they are of the whole study and --only leaves it out")
    _sum_up(work, grid, outcomes)
    for outcome in failed:
        teller.warn(f"  failed {outcome.run.name}: {outcome.reason}")
    for line in refused:
        teller.warn(f"  refused {line}")
    teller.sum_up(f"  report: {work.index}")
    teller.sum_up(f"  {clock.line()}")
    return not failed and not refused


def _publish(work: _Work, outcomes: Sequence[Outcome], failed: Sequence[Outcome]) -> None:
    """The table of all runs, and the report."""
    from samestory.report import build_report

    study = work.study
    work.teller.tell("stage", study=study.name, stage="report")
    with work.clock.stage("report"):
        runs = plan_runs(study)
        write_runs(study, [*plan_grid(study), *runs], outcomes)
        build_report(study, runs, failed, workers=work.workers)


def _sum_up(work: _Work, grid: Sequence[Outcome], outcomes: Sequence[Outcome]) -> None:
    """Tell how many runs came to what, and keep how long each stage took that did something."""
    counts = {"specifications": grid, "notebooks": outcomes}
    for stage, of in counts.items():
        if of or stage == "notebooks":
            work.teller.sum_up(f"  {stage}: {_counted(of)}")
    seconds = {stage: round(seconds, 2) for stage, seconds in work.clock.seconds.items()}
    told = Counter(outcome.status for outcome in (*grid, *outcomes))
    work.teller.tell(
        "summary", study=work.study.name, executed=told["done"], unchanged=told["skipped"], failed=told["failed"],
        report=str(work.index), seconds=seconds,
    )  # fmt: skip
    executed = {stage: sum(outcome.status != "skipped" for outcome in of) for stage, of in counts.items()}
    did = {stage: {"seconds": seconds[stage]} for stage in seconds if stage != "checking" and executed.get(stage, 1)}
    if did:
        path = work.study.results / TIMINGS
        did |= {stage: did[stage] | {"executed": n} for stage, n in executed.items() if stage in did}
        write_whole(path, json.dumps((read_record(path) or {}) | did, indent=1))


def _counted(outcomes: Sequence[Outcome]) -> str:
    counts = Counter(outcome.status for outcome in outcomes)
    return f"{counts['done']} executed, {counts['skipped']} unchanged, {counts['failed']} failed"


def _ship(study: Study, teller: Teller) -> None:
    from samestory.annotation import annotate

    ship(study, annotate(read_study(study).articles, scheme=own_scheme(study)))
    teller.say(f"  shipped tables written to {study.shipped}")


def annotate_study(study: Study, workers: int, scheduler: str | None = None) -> None:
    """Prepare a study whose tables are not those of what lies there now, and show how far it is."""
    if not is_current(study):
        with alone(study):
            _annotate(study, workers, scheduler, Teller(), Clock())


def _annotate(study: Study, workers: int, scheduler: str | None, teller: Teller, clock: Clock) -> None:
    teller.tell("stage", study=study.name, stage="annotating")
    with Progress("  annotating", 0, "articles", teller, each=True) as bar:
        prepare(study, workers=workers, scheduler=scheduler, progress=bar.step, clock=clock)


def _execute(work: _Work, stage: str, runs: Sequence[Run], execute: Callable[..., list[Outcome]]) -> list[Outcome]:
    """Execute those of the runs that have to; one that is stopped leaves no front page of what was there before."""
    with work.clock.stage("checking"):
        waiting = [run for run in runs if not run.is_done()]
    outcomes = {run.output: Outcome(run, "skipped") for run in runs}
    for run in waiting:
        del outcomes[run.output]
    for outcome in outcomes.values():
        _tell(work, outcome)
    if waiting:
        work.index.unlink(missing_ok=True)
        work.teller.tell("stage", study=work.study.name, stage=stage, of=len(waiting))
    with work.clock.stage(stage), Progress(f"  {stage}", len(waiting), "runs", work.teller, each=True) as bar:
        ran = execute(waiting, **work.spread(), progress=lambda outcome: _advance(work, bar, outcome))
    outcomes |= {outcome.run.output: outcome for outcome in ran}
    return [outcomes[run.output] for run in runs]


def _advance(work: _Work, bar: Progress, outcome: Outcome) -> None:
    """Tell what became of a run that was executed."""
    if outcome.status != "skipped":
        _tell(work, outcome)
        failed = ", failed" if outcome.status == "failed" else ""
        bar.advance(told=f"{outcome.run.name}, {outcome.seconds:.1f} s{failed}")


def _tell(work: _Work, outcome: Outcome) -> None:
    work.teller.tell("run", study=work.study.name, run=outcome.run.name, **outcome.told())


def _unused_outlets(study: Study) -> list[str]:
    """A line for each outlet of study.toml that no article is from; StudyError where a parameter names such a one."""
    from samestory.tables import read_table

    known = sorted(set(read_table("articles", study.tables).outlet))
    try:
        study.outlet_codes(study.parameters.get("outlets", []), known)
    except ValueError as error:
        raise StudyError(f"{study.folder / FILE}: under [parameters] {error}") from error
    where = study.folder / FILE
    return [
        f"{where}: no article is from the outlet of [outlets.{code}]{did_you_mean(code, known)}"
        for code in study.unused_outlets(known)
    ]


def _refused(study: Study) -> list[str]:
    report = read_csv(study.results / "reading_report.csv", "string")
    return [f"{row.source_file}: {row.reason}" for row in report[report.status == "refused"].itertuples()]
