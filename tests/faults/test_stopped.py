"""A run that is stopped, asked to end or killed leaves no process, nothing half-written and no page that lies."""

from __future__ import annotations

import signal
import sys
import tempfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="by signals")
ENDS = {signal.SIGINT: 130, signal.SIGTERM: 143, signal.SIGKILL: -signal.SIGKILL}


def private_folders() -> set[Path]:
    """Folders with the sockets of kernels."""
    return set(Path(tempfile.gettempdir()).glob("samestory-*"))


def test_stopped_while_notebooks_run_the_next_run_gives_what_an_undisturbed_one_does(batch):
    for number, code in ENDS.items():
        run = batch.start()
        batch.until(batch.waits, run)
        processes = batch.descendants(run)
        assert len(processes) >= 3  # the zygote and two kernels
        run.send_signal(number)
        told = batch.end(run)
        assert told[0] == code
        assert ("the same command goes on from here" in told[2]) == (code > 0)
        assert batch.ended(processes) and batch.is_whole()
        assert not list(batch.results.rglob("*.html")) and not list(batch.results.glob("events/**/1_waits.*"))
        assert bool(batch.left_over()) <= (code < 0)
        for path in batch.home.glob("waits-*"):
            path.unlink()
    (batch.results / "tables" / f".claims.parquet.{run.pid}").touch()  # as one who is killed in the middle leaves it
    batch.calm()
    code, out, errors = batch.run()
    assert (code, errors) == (0, "") and "2 executed, 0 unchanged, 0 failed" in out
    assert batch.published() == batch.undisturbed()
    assert not batch.left_over()
    assert not [path for path in private_folders() if f"-{run.pid}-" in path.name]


def test_a_second_run_of_a_study_is_refused_while_the_first_goes_on_and_touches_nothing(batch):
    first = batch.start()
    batch.until(batch.waits, first)
    before = {path: path.stat().st_mtime_ns for path in batch.results.rglob("*")}
    code, out, errors = batch.run()
    assert (code, out) == (1, "")
    assert errors == (
        f"samestory: small: another run of this study is going on (process {first.pid}); wait until it has ended, "
        "or end it\n"
    )
    assert {path: path.stat().st_mtime_ns for path in batch.results.rglob("*")} == before
    first.kill()
    batch.end(first)
    batch.calm()
    code, _, errors = batch.run()
    assert (code, errors) == (0, ""), "a run that was killed holds nothing any more"
