"""A whole study from articles to report."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from samestory.messages import did_you_mean
from samestory.preparing import is_current, prepare, ship
from samestory.runs.alone import alone
from samestory.runs.execute import Outcome, execute
from samestory.runs.grid import plan_grid, run_grid, told_once
from samestory.runs.kernels import USUAL, Limits
from samestory.runs.plan import Run, check_parameters, plan_runs
from samestory.runs.progress import Progress
from samestory.settings import StudyError
from samestory.studies import FILE
from samestory.study import Study, open_study, own_scheme, read_study, remember_texts


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
) -> bool:
    """Annotate a study, execute its notebooks and build its report; returns whether all of it went well.

    What is there already and depends on nothing that changed is left alone. So many ``workers`` do what is done side by
    side, or those of a Dask ``scheduler``, all but the report. ``texts`` is where a text-free study finds its texts;
    with ``ship_tables`` its shipped tables are written anew. ``limits`` is what a notebook may take. Raises StudyError
    where another run of the study is going on.
    """
    limits.check()
    study = open_study(path, results_dir)
    check_parameters(study)
    with alone(study):
        if texts is not None:
            study = remember_texts(study, texts)
        return _run_study(study, workers or os.cpu_count() or 1, scheduler, only, ship_tables, limits)


def _run_study(
    study: Study, workers: int, scheduler: str | None, only: Sequence[str], ship_tables: bool, limits: Limits
) -> bool:
    print(f"{study.name}: {study.title}")
    if ship_tables:
        _ship(study)
    index = study.results / "index.html"
    if not is_current(study):
        index.unlink(missing_ok=True)
        _annotate(study, workers, scheduler)
    for line in _unused_outlets(study):
        print(f"  note: {line}", file=sys.stderr)
    refused = _refused(study)
    spread = {"workers": workers, "scheduler": scheduler, "limits": limits}
    grid = [] if only else _run_grid(study, index, spread)
    outcomes = _execute(study, only, index, spread)
    failed = [*told_once(grid), *(outcome for outcome in outcomes if outcome.status == "failed")]
    if not index.exists():
        from samestory.report import build_report

        build_report(study, plan_runs(study), failed, workers=workers)
    if grid:
        print(f"  specifications: {_counted(grid)}")
    elif only and study.multiverse is not None:
        print("  specifications: none, since they are of the whole study and --only leaves it out")
    print(f"  notebooks: {_counted(outcomes)}")
    for outcome in failed:
        print(f"  failed {outcome.run.name}: {outcome.reason}", file=sys.stderr)
    for line in refused:
        print(f"  refused {line}", file=sys.stderr)
    print(f"  report: {index}")
    return not failed and not refused


def _counted(outcomes: Sequence[Outcome]) -> str:
    counts = Counter(outcome.status for outcome in outcomes)
    return f"{counts['done']} executed, {counts['skipped']} unchanged, {counts['failed']} failed"


def _ship(study: Study) -> None:
    from samestory.annotation import annotate

    ship(study, annotate(read_study(study).articles, scheme=own_scheme(study)))
    print(f"  shipped tables written to {study.shipped}")


def annotate_study(study: Study, workers: int, scheduler: str | None = None) -> None:
    """Prepare a study whose tables are not those of what lies there now, and show how far it is."""
    if not is_current(study):
        with alone(study):
            _annotate(study, workers, scheduler)


def _annotate(study: Study, workers: int, scheduler: str | None) -> None:
    with Progress("  annotating", 0, "articles") as bar:
        prepare(study, workers=workers, scheduler=scheduler, progress=bar.step)


def _run_grid(study: Study, index: Path, spread: dict[str, Any]) -> list[Outcome]:
    """The study's multiverse, before the notebooks over the whole study, which read its results."""
    runs = plan_grid(study)
    with Progress("  specifications", _waiting(runs, index), "runs") as bar:
        return run_grid(study, runs, **spread, progress=lambda outcome: _advance(bar, outcome))


def _execute(study: Study, only: Sequence[str], index: Path, spread: dict[str, Any]) -> list[Outcome]:
    runs = plan_runs(study, only)
    with Progress("  notebooks", _waiting(runs, index), "runs") as bar:
        return execute(runs, **spread, progress=lambda outcome: _advance(bar, outcome))


def _waiting(runs: Sequence[Run], index: Path) -> int:
    """How many have to run; a run that is stopped leaves no front page of what was there before."""
    waiting = sum(not run.is_done() for run in runs)
    if waiting:
        index.unlink(missing_ok=True)
    return waiting


def _advance(bar: Progress, outcome: Outcome) -> None:
    if outcome.status != "skipped":
        bar.advance()


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
    report = study.reading_report()
    return [f"{row.source_file}: {row.reason}" for row in report[report.status == "refused"].itertuples()]
