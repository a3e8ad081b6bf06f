"""Annotation whose processes are killed: what was lost is done again, and what kills again and again is named."""

from __future__ import annotations

import contextlib
import sys
import time
from pathlib import Path

import psutil
import pytest

from samestory.annotation import annotate
from samestory.study import open_study, read_study

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")


def kill_workers(processes: list[psutil.Process]) -> int:
    """Kill those of these processes that annotate; returns how many."""
    killed = 0
    for process in processes:
        with contextlib.suppress(psutil.NoSuchProcess):
            if "spawn_main" in " ".join(process.cmdline()):
                process.kill()
                killed += 1
    return killed


def test_an_event_whose_processes_are_always_killed_is_named_and_one_that_is_lost_is_done_again(
    batch_of_texts, tmp_path: Path
):
    batch = batch_of_texts
    run = batch.start()
    while run.poll() is None:
        with contextlib.suppress(psutil.NoSuchProcess):
            kill_workers(batch.descendants(run))
        time.sleep(0.02)  # a worker takes longer until it works
    code, out, errors = batch.end(run)
    assert code == 1 and "report:" not in out and "Traceback" not in errors
    assert "samestory: event 'ferry': what worked on it was killed three times" in errors
    assert batch.is_whole() and not batch.left_over() and not (batch.results / "stamp.json").exists()
    run = batch.start()
    batch.until(lambda: kill_workers(batch.descendants(run)), run)
    code, out, errors = batch.end(run)
    assert code == 0 and "1 executed, 0 unchanged, 0 failed" in out, errors
    study = open_study(batch.home / "small", tmp_path / "results")
    annotate(read_study(study).articles).write(tmp_path / "undisturbed")
    for path in (tmp_path / "undisturbed").iterdir():
        assert (study.tables / path.name).read_bytes() == path.read_bytes(), path.name
