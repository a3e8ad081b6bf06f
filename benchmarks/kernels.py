"""How much faster notebooks run in warm kernels than with papermill's own, with the same outputs.

Run it with folders of studies and the results folder that holds their tables, as ratios of one and the same run:

    python benchmarks/kernels.py data/specimen ../news-cluster --results results
"""

from __future__ import annotations

import argparse
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory

import nbformat
import papermill

from samestory.figures import drop_kept
from samestory.runs import Run, execute, plan_runs
from samestory.runs.warm import WarmProvisioner
from samestory.study import open_study

NOTEBOOKS, WORKERS, REPEATS = 40, 2, 2


def plan(studies: Sequence[Path], results: Path, most: int) -> list[Run]:
    """The first event notebooks of each study, as many of one as of the other."""
    each = most // len(studies)
    planned = (plan_runs(open_study(path, results)) for path in studies)
    return list(chain.from_iterable([run for run in runs if run.event][:each] for runs in planned))


def moved(runs: Sequence[Run], folder: Path) -> list[Run]:
    """The same runs with other outputs."""
    return [replace(run, output=folder / f"{n}.ipynb") for n, run in enumerate(runs)]


def ordinary(runs: Sequence[Run]) -> None:
    """papermill's own execution, in threads."""
    with ThreadPoolExecutor(WORKERS) as pool:
        list(pool.map(_papermill, runs))


def _papermill(run: Run) -> None:
    where = {"metadata": {"path": str(run.notebook.parent)}}  # its own `cwd` is of the process, not of a thread
    papermill.execute_notebook(
        str(run.notebook), str(run.output), run.parameters, kernel_name="python3", progress_bar=False, resources=where
    )


def warm(runs: Sequence[Run]) -> None:
    """The project's own execution, with its web pages; the process that holds the imports begins and ends with it."""
    failed = [outcome.reason for outcome in execute(runs, workers=WORKERS) if outcome.status != "done"]
    zygote = WarmProvisioner.zygote
    WarmProvisioner.end()
    if zygote is None or zygote.process.wait() or failed:
        raise RuntimeError(f"not all ran in warm kernels: {failed}")


def measure(work: Callable[[Sequence[Run]], None], runs: Sequence[Run]) -> tuple[float, float]:
    """Seconds by the clock, and of all processors together, the kernels' included."""
    clock, before = time.perf_counter(), os.times()
    work(runs)
    return time.perf_counter() - clock, sum(os.times()[:4]) - sum(before[:4])


def same(first: Sequence[Run], second: Sequence[Run]) -> bool:
    """Whether all cells of these show the same, texts and pictures."""
    return all(_shown(one) == _shown(other) for one, other in zip(first, second, strict=True))


def _shown(run: Run) -> list[object]:
    """The outputs as they are published: what a figure keeps for its page goes into files there."""
    notebook = nbformat.read(run.output, as_version=4)
    drop_kept(notebook)
    return [cell.get("outputs") for cell in notebook.cells]


def main() -> None:
    """Print what either way takes, time and again, and whether the outputs are the same."""
    grammar = argparse.ArgumentParser(description=__doc__)
    grammar.add_argument("studies", nargs="+", type=Path)
    grammar.add_argument("--results", type=Path, default=Path("results"))
    grammar.add_argument("--notebooks", type=int, default=NOTEBOOKS)
    grammar.add_argument("--repeats", type=int, default=REPEATS)
    options = grammar.parse_args()
    runs = plan(options.studies, options.results, options.notebooks)
    print(f"{len(runs)} notebooks, {WORKERS} at a time", flush=True)
    for _ in range(options.repeats):
        with TemporaryDirectory() as folder:
            plain, own = moved(runs, Path(folder) / "ordinary"), moved(runs, Path(folder) / "warm")
            for run in (plain[0], own[0]):
                run.output.parent.mkdir()
            usual, quick = measure(ordinary, plain), measure(warm, own)
            print(
                f"ordinary {usual[0]:.1f} s ({usual[1]:.1f} of processors), warm {quick[0]:.1f} s ({quick[1]:.1f}): "
                f"{usual[0] / quick[0]:.2f} times as fast, 1/{usual[1] / quick[1]:.2f} of the work; "
                f"outputs {'the same' if same(plain, own) else 'DIFFER'}",
                flush=True,
            )


if __name__ == "__main__":
    main()
