"""Executing: what succeeds is published whole, what fails leaves nothing and stops nobody."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from samestory.preparing import prepare
from samestory.runs import execute, plan_runs
from samestory.runs.kernels import Limits
from samestory.runs.record import read_record
from samestory.study import Study, open_study


@pytest.fixture
def study(shipped_study: Path, tmp_path: Path) -> Study:
    opened = open_study(shipped_study, tmp_path / "results")
    prepare(opened)
    return opened


def published(study: Study) -> set[str]:
    return {path.name for path in (study.results / "events").rglob("*") if path.is_file()}


def test_outputs_tell_of_their_event_and_are_left_alone_the_second_time(
    study: Study, notebooks: Path, write_notebook: Callable[..., Path]
):
    write_notebook("1_one", "print('event:', event, top)", "assert names == []")
    runs = plan_runs(study, folder=notebooks)
    seen: list[str] = []
    outcomes = execute(runs, workers=2, progress=lambda outcome: seen.append(outcome.status))
    assert [outcome.status for outcome in outcomes] == seen == ["done", "done"]
    for run in runs:
        cells = nbformat.read(run.output, as_version=4).cells
        assert cells[2].outputs[0].text == f"event: {run.event} 3\n"
        assert f"event: {run.event} 3" in run.page.read_text(encoding="utf-8")
        record = json.loads(run.record.read_text(encoding="utf-8"))
        assert (record["status"], record["event"], record["key"]) == ("done", run.event, run.key)
        assert record["inputs"] == run.inputs and record["seconds"] > 0
        assert record["peak_memory"] is None or record["peak_memory"] > 10_000_000
        assert sys.platform != "linux" or record["peak_memory"]
    assert published(study) == {"1_one.ipynb", "1_one.html", "1_one.json"}
    before = {run.output: run.output.stat().st_mtime_ns for run in runs}
    assert [outcome.status for outcome in execute(runs)] == ["skipped", "skipped"]
    assert {run.output: run.output.stat().st_mtime_ns for run in runs} == before
    assert nbformat.read(notebooks / "1_one.ipynb", as_version=4).cells[1].outputs == []


def test_what_fails_is_reported_and_leaves_nothing_but_its_record_while_others_finish(
    study: Study, notebooks: Path, write_notebook
):
    write_notebook("1_raises", "1 + 1", "if event == 'ferry': raise KeyError('toll')")
    write_notebook("2_dies", "import os; os._exit(3)")
    write_notebook("3_hangs", "import time; time.sleep(60)")
    for_ferry = plan_runs(study, ["ferry"], notebooks)
    runs = [*for_ferry, plan_runs(study, ["mill-fire"], notebooks)[0]]
    outcomes = {outcome.run.name: outcome for outcome in execute(runs, workers=2, limits=Limits(8))}
    assert [outcome.status for outcome in outcomes.values()] == ["failed", "failed", "failed", "done"]
    assert outcomes["ferry: raises"].reason == "cell 4: KeyError: 'toll'"
    assert "DeadKernel" in outcomes["ferry: dies"].reason
    assert "Timeout" in outcomes["ferry: hangs"].reason
    left = [path for path in runs[0].output.parent.rglob("*") if path.is_file()]
    assert sorted(left) == sorted(run.failure for run in for_ferry)
    records = [read_record(run.failure) for run in for_ferry]
    assert [record["cell"]["line"] for record in records] == [
        "if event == 'ferry': raise KeyError('toll')", "import os; os._exit(3)", "import time; time.sleep(60)",
    ]  # fmt: skip
    assert [record["cell"]["place"] for record in records] == [2, 1, 1], "as the author's notebook has them"
    assert [record["status"] for record in records] == ["failed"] * 3
    assert runs[0].why() == [
        "it failed last time at `if event == 'ferry': raise KeyError('toll')`: cell 4: KeyError: 'toll'"
    ]
    assert runs[-1].is_done()


def test_an_old_output_does_not_outlive_a_failure_and_a_repair_runs_only_what_failed(
    study: Study, notebooks: Path, write_notebook
):
    write_notebook("1_one", "print('kept')")
    write_notebook("2_two", "print('first')")
    first = execute(plan_runs(study, ["ferry"], notebooks), workers=2)
    assert [outcome.status for outcome in first] == ["done", "done"]
    write_notebook("2_two", "raise ValueError(event)")
    second = execute(plan_runs(study, ["ferry"], notebooks))
    assert [(outcome.status, outcome.reason) for outcome in second] == [
        ("skipped", ""),
        ("failed", "cell 3: ValueError: ferry"),
    ]
    assert published(study) == {"1_one.ipynb", "1_one.html", "1_one.json", "2_two.json"}
    assert not first[1].run.record.exists() and second[1].run.failure.exists()
    write_notebook("2_two", "print('first')")
    third = execute(plan_runs(study, ["ferry"], notebooks))
    assert [outcome.status for outcome in third] == ["skipped", "done"]
    assert not third[1].run.failure.parent.exists()
