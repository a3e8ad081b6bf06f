"""Executing planned runs with papermill; an output is published whole, after success, or not at all."""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Collection, Mapping, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samestory.files import private_folder, write_whole, written_whole
from samestory.pools import open_pool
from samestory.runs.kernels import USUAL, Limits, end_kernels, listed_manager, reason
from samestory.runs.plan import FIGURES, Run
from samestory.runs.record import Cell, write_record

if TYPE_CHECKING:
    from jupyter_client import AsyncKernelManager

POSIX = os.name == "posix"  # kernels talk over sockets in a private folder there: no port can be taken twice
SOON = 0.2  # seconds until it is looked again whether all kernels have ended


@dataclass(frozen=True)
class Outcome:
    """What became of a run: ``done``, ``skipped`` (a complete output of the same key was there) or ``failed``.

    ``started`` (ISO 8601, UTC), ``seconds`` and ``peak_memory`` (bytes of its kernel, where the system tells them) are
    of now; ``cell`` is the one at which it failed.
    """

    run: Run
    status: str
    reason: str = ""
    seconds: float = 0.0
    started: str = ""
    peak_memory: int | None = None
    cell: Cell | None = None

    def told(self) -> dict[str, Any]:
        """What a record tells of it first."""
        run = self.run
        return {
            "notebook": run.notebook.name,
            "event": run.event,
            "key": run.key,
            "status": self.status,
            "reason": self.reason or None,
            "cell": self.cell._asdict() if self.cell else None,
            "started": self.started or None,
            "seconds": self.seconds,
            "peak_memory": self.peak_memory,
        }


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
            work = partial(_execute, limits=limits)
            futures = {pool.submit(work, moved): run for moved, run in zip(whole, todo, strict=True)}
            try:
                for future in as_completed(futures):
                    outcome = replace(future.result(), run=futures[future])
                    outcomes[outcome.run.output] = outcome
                    if progress is not None:
                        progress(outcome)
            except BaseException:
                _stop(futures, outcomes)
                raise
    return [outcomes[run.output] for run in runs]


def _stop(futures: Mapping[Future[Outcome], Run], told: Collection[Path]) -> None:
    """Let nothing more begin, and end what has begun, the kernel that is just starting as well.

    What was ended so did not fail, and no record says that it did; ``told`` are the outputs whose outcomes are known.
    """
    for future in futures:
        future.cancel()
    while not all(future.done() for future in futures):
        end_kernels()
        time.sleep(SOON)
    for future, run in futures.items():
        if run.output not in told and not future.cancelled() and future.result().status == "failed":
            _remove(run)


def _execute(run: Run, limits: Limits) -> Outcome:
    """Execute a run, publish what came of it, and keep a record of it."""
    started, clock = datetime.now(UTC).isoformat(timespec="seconds"), time.monotonic()
    cells: list[Any] = []
    kernels = listed_manager()
    status, why, cell = "done", "", None
    _remove(run)
    try:
        files = _publish(run, _papermill(run, limits, kernels, lambda **begun: cells.append(begun)))
    except Exception as error:  # a notebook may raise anything; the batch goes on and reports it
        status, why, cell = "failed", reason(error, len(cells), limits), _at(cells)
    seconds = round(time.monotonic() - clock, 2)
    outcome = Outcome(run, status, why, seconds, started, kernels.peak_memory, cell)  # type: ignore[attr-defined]
    try:
        if status == "done":
            write_record(run.record, outcome.told(), run.inputs, files)
            return outcome
    except OSError as error:  # no room for the record: what is published is not known to be whole
        outcome = replace(outcome, status="failed", reason=reason(error, 0, limits))
    _remove(run)
    with contextlib.suppress(OSError):  # it is told at once; the record is for later
        write_record(run.failure, outcome.told(), run.inputs)
    return outcome


def _publish(run: Run, notebook: Any) -> list[Path]:
    """Write an executed notebook, its page and its figures; returns all files of the run but the record."""
    import nbformat

    from samestory.figures import drop_kept
    from samestory.report.notebook_page import notebook_page

    page = notebook_page(notebook, run.name, run.home, site=run.title, event=run.event, stem=run.output.stem)
    drop_kept(notebook)  # from here on its figures lie beside it as files
    write_whole(run.output, nbformat.writes(notebook) + "\n")
    for name, content in page.figures.items():
        with written_whole(run.output.parent / name) as path:
            path.write_bytes(content)
    write_whole(run.page, page.html)
    return [*run.written[1:], *(run.output.parent / name for name in page.figures)]


def _at(cells: Sequence[Any]) -> Cell | None:
    """The cell that was begun last, as it stands in the notebook before papermill puts in the parameters."""
    if not cells:
        return None
    injected = any("injected-parameters" in begun["cell"].metadata.get("tags", []) for begun in cells)
    last = cells[-1]
    return Cell(last["cell_index"] - injected, last["cell"].source.strip().partition("\n")[0])


def _remove(run: Run) -> None:
    for path in (*run.written, run.failure, *run.output.parent.glob(f"{FIGURES}/{run.output.stem}-[0-9]*")):
        path.unlink(missing_ok=True)
    with contextlib.suppress(OSError):  # others may have failed beside it
        run.failure.parent.rmdir()


def _papermill(run: Run, limits: Limits, kernels: type[AsyncKernelManager], on_cell: Callable[..., object]):
    import papermill
    from traitlets.config import Config

    logging.getLogger("papermill").setLevel(logging.CRITICAL)  # what fails is told as the run's outcome
    with private_folder() as private:
        manager = {"connection_file": f"{private}/connection.json"}
        if POSIX:
            manager |= {"transport": "ipc", "ip": f"{private}/kernel"}
        notebook = papermill.execute_notebook(
            str(run.notebook),
            None,
            parameters=run.parameters,
            kernel_name="python3",
            kernel_manager_class=kernels,
            progress_bar=False,
            execution_timeout=limits.seconds,
            # a kernel that is told to end need not say so
            extra_arguments=["--IPKernelApp.log_level=50", *limits.arguments()],
            on_cell_execute=on_cell,
            config=Config({"KernelManager": manager}),
            resources={"metadata": {"path": str(run.notebook.parent)}},
        )
    for cell in notebook.cells:
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.id = "injected-parameters"  # papermill names it by chance, and the page its place by that
    return notebook
