"""Notebooks on the workers of a Dask cluster, which are processes of their own."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest
from distributed import LocalCluster

from samestory.preparing import prepare
from samestory.runs import execute, plan_runs
from samestory.study import open_study


def test_notebooks_come_out_the_same_on_workers_of_dask(
    cluster: LocalCluster, shipped_study: Path, notebooks: Path, write_notebook: Callable[..., Path], tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
):  # fmt: skip
    write_notebook("1_one", "import samestory", "print(event, samestory.open_study(study, results_dir).title)")
    write_notebook("2_two", "if event == 'ferry': raise ValueError('no toll')")
    monkeypatch.chdir(tmp_path)
    told = {}
    for spread, scheduler in (("here", None), ("dask", cluster.scheduler_address)):
        study = open_study(shipped_study.relative_to(tmp_path), spread)
        prepare(study)
        outcomes = execute(plan_runs(study, folder=notebooks), workers=2, scheduler=scheduler)
        assert [(o.run.name, o.status) for o in outcomes if o.reason] == [("ferry: two", "failed")]
        told[spread] = {
            o.run.name: [cell.get("outputs") for cell in nbformat.read(o.run.output, as_version=4).cells]
            for o in outcomes if o.status == "done"
        }  # fmt: skip
        assert all(o.run.is_done() for o in outcomes if o.status == "done")
    assert told["here"] == told["dask"] and len(told["here"]) == 3
    assert "Two events, two outlets" in str(told["dask"])
