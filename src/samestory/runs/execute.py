"""Executing planned runs with papermill; an output is published whole, after success, or not at all."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, replace
from functools import partial

from samestory.files import private_folder, write_whole, written_whole
from samestory.pools import open_pool
from samestory.runs.kernels import USUAL, Limits, end_kernels, listed_manager, reason
from samestory.runs.plan import FIGURES, Run

POSIX = os.name == "posix"  # kernels talk over sockets in a private folder there: no port can be taken twice
SOON = 0.2  # seconds until it is looked again whether all kernels have ended


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
    limits: Limits = USUAL,
    progress: Callable[[Outcome], object] | None = None,
) -> list[Outcome]:
    """Execute runs, the same outcome in any order; one that fails does not stop the others.

    So many kernels run at a time, or one for each thread of the workers of a Dask ``scheduler``, who see the results.
    ``limits`` is what each may take. Where this is stopped (Ctrl-C), so are the kernels, and what they were at is left
    out.
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
            futures = {
                pool.submit(partial(_execute, limits=limits), moved): run
                for moved, run in zip(whole, todo, strict=True)
            }
            try:
                for future in as_completed(futures):
                    outcome = replace(future.result(), run=futures[future])
                    outcomes[outcome.run.output] = outcome
                    if progress is not None:
                        progress(outcome)
            except BaseException:
                _stop(list(futures))
                raise
    return [outcomes[run.output] for run in runs]


def _stop(futures: Sequence[Future[Outcome]]) -> None:
    """Let nothing more begin, and end what has begun, the kernel that is just starting as well."""
    for future in futures:
        future.cancel()
    while not all(future.done() for future in futures):
        end_kernels()
        time.sleep(SOON)


def _execute(run: Run, limits: Limits) -> Outcome:
    import nbformat

    from samestory.figures import drop_kept
    from samestory.report.notebook_page import notebook_page

    started = time.monotonic()
    cells: list[int] = []
    _remove(run)
    try:
        notebook = _papermill(run, limits, lambda cell, cell_index: cells.append(cell_index))
        page = notebook_page(notebook, run.name, run.home, site=run.title, event=run.event, stem=run.output.stem)
        drop_kept(notebook)  # from here on its figures lie beside it as files
        write_whole(run.output, nbformat.writes(notebook) + "\n")
        for name, content in page.figures.items():
            with written_whole(run.output.parent / name) as path:
                path.write_bytes(content)
        write_whole(run.page, page.html)
    except Exception as error:  # a notebook may raise anything; the batch goes on and reports it
        _remove(run)
        return Outcome(run, "failed", reason(error, len(cells), limits), round(time.monotonic() - started, 2))
    seconds = round(time.monotonic() - started, 2)
    record = {"key": run.key, "status": "done", "seconds": seconds}
    write_whole(run.record, json.dumps({"notebook": run.notebook.name, "event": run.event, **record}, indent=1))
    return Outcome(run, "done", seconds=seconds)


def _remove(run: Run) -> None:
    for path in (*run.written, *run.output.parent.glob(f"{FIGURES}/{run.output.stem}-[0-9]*")):
        path.unlink(missing_ok=True)


def _papermill(run: Run, limits: Limits, on_cell: Callable[..., object]):
    import papermill
    from traitlets.config import Config

    with private_folder() as private:
        manager = {"connection_file": f"{private}/connection.json"}
        if POSIX:
            manager |= {"transport": "ipc", "ip": f"{private}/kernel"}
        return papermill.execute_notebook(
            str(run.notebook),
            None,
            parameters=run.parameters,
            kernel_name="python3",
            kernel_manager_class=listed_manager(),
            progress_bar=False,
            execution_timeout=limits.seconds,
            # a kernel that is told to end need not say so
            extra_arguments=["--IPKernelApp.log_level=50", *limits.arguments()],
            on_cell_execute=on_cell,
            config=Config({"KernelManager": manager}),
            resources={"metadata": {"path": str(run.notebook.parent)}},
        )
