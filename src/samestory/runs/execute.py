"""Executing planned runs with papermill; an output is published whole, after success, or not at all."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from tempfile import TemporaryDirectory

from samestory.files import write_whole, written_whole
from samestory.pools import open_pool
from samestory.runs.plan import FIGURES, Run

POSIX = os.name == "posix"  # kernels talk over sockets in a private folder there: no port can be taken twice
TIMEOUT = 600  # seconds that one cell may take


@dataclass(frozen=True)
class Outcome:
    """What became of a run: ``done``, ``skipped`` (a complete output of the same key was there) or ``failed``.

    ``seconds`` is how long it took now.
    """

    run: Run
    status: str
    reason: str = ""
    seconds: float = 0.0


def execute(
    runs: Sequence[Run],
    *,
    workers: int = 1,
    scheduler: str | None = None,
    progress: Callable[[Outcome], object] | None = None,
) -> list[Outcome]:
    """Execute runs, the same outcome in any order; one that fails does not stop the others.

    So many kernels run at a time, or one for each thread of the workers of a Dask ``scheduler``, who see the results.
    """
    outcomes = {run.output: Outcome(run, "skipped") for run in runs if run.is_done()}
    for outcome in outcomes.values():
        if progress is not None:
            progress(outcome)
    todo = [run for run in runs if run.output not in outcomes]
    if todo:
        # threads: each only waits for its kernel, and kernels end with the process that started them
        with open_pool(workers, scheduler, todo[0].output.parent) as pool:
            # whole paths: a worker of a cluster starts in another folder
            whole = [replace(run, notebook=run.notebook.resolve(), output=run.output.resolve()) for run in todo]
            futures = {pool.submit(_execute, moved): run for moved, run in zip(whole, todo, strict=True)}
            for future in as_completed(futures):
                outcome = replace(future.result(), run=futures[future])
                outcomes[outcome.run.output] = outcome
                if progress is not None:
                    progress(outcome)
    return [outcomes[run.output] for run in runs]


def _execute(run: Run) -> Outcome:
    import nbformat

    from samestory.figures import drop_kept
    from samestory.report.notebook_page import notebook_page

    started = time.monotonic()
    _remove(run)
    try:
        notebook = _papermill(run)
        page = notebook_page(notebook, run.name, run.home, site=run.title, event=run.event, stem=run.output.stem)
        drop_kept(notebook)  # from here on its figures lie beside it as files
        write_whole(run.output, nbformat.writes(notebook) + "\n")
        for name, content in page.figures.items():
            with written_whole(run.output.parent / name) as path:
                path.write_bytes(content)
        write_whole(run.page, page.html)
    except Exception as error:  # a notebook may raise anything; the batch goes on and reports it
        _remove(run)
        return Outcome(run, "failed", _reason(error), round(time.monotonic() - started, 2))
    seconds = round(time.monotonic() - started, 2)
    record = {"key": run.key, "status": "done", "seconds": seconds}
    write_whole(run.record, json.dumps({"notebook": run.notebook.name, "event": run.event, **record}, indent=1))
    return Outcome(run, "done", seconds=seconds)


def _remove(run: Run) -> None:
    for path in (*run.written, *run.output.parent.glob(f"{FIGURES}/{run.output.stem}-[0-9]*")):
        path.unlink(missing_ok=True)


def _papermill(run: Run):
    import papermill
    from traitlets.config import Config

    from samestory.runs.warm import kernel_manager

    with TemporaryDirectory(prefix="samestory-") as sockets:
        return papermill.execute_notebook(
            str(run.notebook),
            None,
            parameters=run.parameters,
            kernel_name="python3",
            kernel_manager_class=kernel_manager(),
            progress_bar=False,
            execution_timeout=TIMEOUT,
            extra_arguments=["--IPKernelApp.log_level=50"],  # a kernel that is told to end need not say so
            config=Config({"KernelManager": {"transport": "ipc", "ip": f"{sockets}/kernel"}} if POSIX else {}),
            resources={"metadata": {"path": str(run.notebook.parent)}},
        )


def _reason(error: Exception) -> str:
    """The error in one line, with the cell where a notebook raised it."""
    cell = getattr(error, "exec_count", None)
    if cell is not None:
        return f"cell {cell}: {error.ename}: {error.evalue}"  # type: ignore[attr-defined]
    return f"{type(error).__name__}: {str(error).strip().splitlines()[0] if str(error).strip() else 'no message'}"
