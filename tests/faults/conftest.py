"""Faults that really happen, seen through the command line: processes that are killed, disks that are full."""

from __future__ import annotations

import contextlib
import json
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import nbformat
import psutil
import pytest
from pyarrow.parquet import read_table

from samestory.runs import plan

LONG = 120  # seconds after which what is waited for will not come any more
TIMES = ("runs_times.csv", "timings.json")  # how long it took
TINY = """
import sys
from pathlib import Path
from samestory.cli import main
from samestory.runs import plan
plan.notebooks_folder = lambda: Path(sys.argv[1])
sys.exit(main(sys.argv[2:]))
"""  # the command, with tiny notebooks in the place of the project's
WAITS = """
import time
from pathlib import Path
waits = Path(f"../waits-{event}")
waits.touch()
while not Path("../calm").exists():
    time.sleep(0.01)
waits.unlink()
print("calm at", event)
"""  # a cell that takes as long as a test needs


@dataclass(frozen=True)
class Batch:
    """A study named ``small``, its results and tiny notebooks, all in one folder, its ``home``; ``say`` is the command
    without a process of its own."""

    home: Path
    say: Callable[..., tuple[int, str, str]]

    @property
    def results(self) -> Path:
        """Where the study's results go."""
        return self.home / "results" / "small"

    def start(self, *options: object) -> subprocess.Popen[str]:
        """``samestory run`` in a process of its own, which can be killed."""
        command = (sys.executable, "-c", TINY, "notebooks", "run", "small", "--jobs", 2, *options)
        return subprocess.Popen(
            list(map(str, command)), cwd=self.home, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        )

    def run(self, *options: object) -> tuple[int, str, str]:
        """``samestory run`` to its end; returns exit code, output and errors."""
        with contextlib.chdir(self.home):
            return self.say("run", "small", "--jobs", 2, *options)

    def end(self, process: subprocess.Popen[str]) -> tuple[int, str, str]:
        """Exit code, output and errors, once a process and all that hold its output have ended."""
        try:
            out, errors = process.communicate(timeout=LONG)
        finally:
            process.kill()
        return process.returncode, out, errors

    def until(self, condition: Callable[[], object], process: subprocess.Popen[str]) -> None:
        """Wait for a condition while a process runs."""
        deadline = time.monotonic() + LONG
        while not condition():
            if process.poll() is not None or time.monotonic() > deadline:
                process.kill()
                raise AssertionError(process.communicate())
            time.sleep(0.02)

    def waits(self) -> bool:
        """Whether the notebooks of both events have come to their waiting."""
        return len(list(self.home.glob("waits-*"))) == 2

    def calm(self) -> None:
        """Let notebooks that wait go on."""
        (self.home / "calm").touch()

    def descendants(self, process: subprocess.Popen[str]) -> list[psutil.Process]:
        """The processes that it started, and those that they started."""
        return psutil.Process(process.pid).children(recursive=True)

    def ended(self, processes: list[psutil.Process]) -> bool:
        """Whether all these processes end."""
        deadline = time.monotonic() + LONG
        while left := [process for process in processes if _runs(process)]:
            if time.monotonic() > deadline:
                return not left
            time.sleep(0.02)
        return True

    def left_over(self) -> list[str]:
        """Temporary files of the study's."""
        return [path.name for path in self.results.rglob(".*") if path.name != ".lock"]

    def is_whole(self) -> bool:
        """Whether all that bears the name of a result is whole, and records stand beside whole outputs and pages."""
        for path in (path for path in self.results.rglob("[!.]*") if path.is_file()):
            if path.suffix in (".json", ".ipynb"):
                json.loads(path.read_text(encoding="utf-8"))
            if path.suffix == ".html":
                assert path.read_text(encoding="utf-8").rstrip().endswith("</html>"), path
            if path.suffix == ".parquet":
                read_table(path)
        records = self.results.glob("events/*/[0-9]*.json")
        return all(record.with_suffix(kind).exists() for record in records for kind in (".ipynb", ".html"))

    def published(self) -> dict[str, object]:
        """What is published: notebooks by what their cells show, records by their keys, all else byte for byte."""
        found: dict[str, object] = {}
        for path in sorted(path for path in self.results.rglob("[!.]*") if path.is_file()):
            name = path.relative_to(self.results).as_posix()
            if path.suffix == ".ipynb":
                found[name] = [cell.get("outputs") for cell in nbformat.read(path, as_version=4).cells]
            elif name.startswith("events/") and path.suffix == ".json":
                found[name] = json.loads(path.read_text(encoding="utf-8"))["key"]
            elif not name.startswith("cache/") and name not in TIMES:
                found[name] = path.read_bytes()
        return found

    def undisturbed(self) -> dict[str, object]:
        """What is published where nothing disturbs."""
        home = self.home.with_name(f"{self.home.name}-undisturbed")
        for name in ("small", "notebooks"):
            shutil.copytree(self.home / name, home / name)
        other = replace(self, home=home)
        other.calm()
        code, out, errors = other.run()
        assert (code, errors) == (0, ""), out
        return other.published()


def _runs(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the study lies; the notebooks that run are the tiny ones beside it."""
    monkeypatch.setattr(plan, "notebooks_folder", lambda: Path("notebooks"))
    return tmp_path


@pytest.fixture
def batch(shipped_study: Path, write_notebook: Callable[..., Path], home: Path, say) -> Batch:
    """A text-free study of two events, with a notebook that waits until it is calm."""
    write_notebook("1_waits", WAITS)
    return Batch(home, say)


@pytest.fixture
def batch_of_texts(text_study: Path, write_notebook: Callable[..., Path], home: Path, say) -> Batch:
    """A study of four short articles on two events, and a notebook on all of them."""
    write_notebook("1_one", "print(study)", scope="study")
    return Batch(home, say)
