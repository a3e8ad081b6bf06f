"""A whole study: run, run again, fail, be killed, go on."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from samestory.annotation import annotate
from samestory.files import read_csv
from samestory.runs import plan
from samestory.runs.batch import run_study
from samestory.runs.explain import explain_study
from samestory.runs.progress import Teller
from samestory.study import open_study, read_study

by_signal = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")
RUN = """
import sys
from pathlib import Path
from samestory.runs import batch, plan
plan.notebooks_folder = lambda: Path(sys.argv[1])
sys.exit(0 if batch.run_study(Path(sys.argv[2]), Path(sys.argv[3]), workers=2) else 1)
"""


@pytest.fixture
def results(notebooks: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The results folder; the notebooks that run are the tiny ones."""
    monkeypatch.setattr(plan, "notebooks_folder", lambda: notebooks)
    return tmp_path / "results"


def times(results: Path) -> dict[str, int]:
    """When each published file was written."""
    files = (path for path in results.rglob("[!.]*") if path.is_file())
    return {path.relative_to(results).as_posix(): path.stat().st_mtime_ns for path in files}


def outputs(results: Path) -> dict[str, str]:
    """What the last cell of each notebook printed."""
    return {
        path.relative_to(results).as_posix(): nbformat.read(path, as_version=4).cells[-1].outputs[0].text
        for path in results.rglob("*.ipynb")
    }


def assert_nothing_half_written(results: Path) -> None:
    """Whatever bears the name of a result is whole; a record stands only beside a whole output and page."""
    for path in results.rglob("*"):
        if path.name.startswith(".") or not path.is_file():
            continue
        if path.suffix in (".json", ".ipynb"):
            json.loads(path.read_text(encoding="utf-8"))
        if path.suffix == ".html":
            assert path.read_text(encoding="utf-8").rstrip().endswith("</html>")
    for record in results.glob("small/events/*/*.json"):
        assert record.with_suffix(".ipynb").exists() and record.with_suffix(".html").exists()


def test_second_run_executes_nothing(shipped_study: Path, results: Path, write_notebook: Callable[..., Path], capsys):
    write_notebook("1_one", "print(event)", scope="both")
    assert run_study(shipped_study, results, workers=2)
    out = capsys.readouterr().out
    assert "notebooks: 3 executed, 0 unchanged, 0 failed" in out and "notebooks: 3 of 3 runs: " in out
    assert re.fullmatch(r"  took [0-9.]+ s: checking .*annotating .*notebooks .*report [0-9.]+", out.splitlines()[-1])
    kept = json.loads((results / "small/timings.json").read_text(encoding="utf-8"))
    assert kept["notebooks"]["executed"] == 3 and {"annotating", "report"} < set(kept)
    before = times(results)
    assert {"small/index.html", "small/study/1_one.html", "small/events/ferry/1_one.html"} <= set(before)
    assert run_study(shipped_study, results, workers=2)
    assert "notebooks: 0 executed, 3 unchanged, 0 failed" in capsys.readouterr().out
    assert times(results) == before


def test_what_would_run_is_explained_and_nothing_is_written(shipped_study: Path, results: Path, write_notebook, capsys):
    write_notebook("1_one", "print(event)")
    explain_study(shipped_study, results)
    assert "annotated first, since no tables were made yet" in capsys.readouterr().out and not results.exists()
    assert run_study(shipped_study, results, workers=2)
    record = results / "small/events/ferry/1_one.html"
    record.write_text(record.read_text(encoding="utf-8") + " ", encoding="utf-8")
    before = times(results)
    capsys.readouterr()
    explain_study(shipped_study, results)
    assert capsys.readouterr().out.splitlines() == [
        "small: Two events, two outlets",
        "  ferry: one runs, since output 1_one.html was altered",
        "  mill-fire: one is skipped: nothing changed",
        "  1 of 2 would run",
    ]
    shipped = next((shipped_study / "tables").glob("claims.csv"))
    shipped.write_text(shipped.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    (shipped_study / "study.toml").open("a", encoding="utf-8").write("\n")
    explain_study(shipped_study, results)
    told = capsys.readouterr().out
    assert "annotated first, since shipped tables changed: tables/claims.csv" in told
    assert "annotated first, since settings changed: study.toml" in told
    assert times(results) | {"small/tables": 0} == before | {"small/tables": 0}


def test_programs_are_told_in_json_lines_alone_and_all_runs_are_listed(
    shipped_study: Path, results: Path, write_notebook, capsys
):
    write_notebook("1_one", "if event == 'ferry': raise ValueError('no toll')")
    assert not run_study(shipped_study, results, workers=1, teller=Teller(jsonl=True))
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [one["status"] for one in told if one["what"] == "run"] == ["failed", "done"]
    failed = next(one for one in told if one["what"] == "run")
    assert (failed["event"], failed["reason"]) == ("ferry", "cell 3: ValueError: no toll")
    assert told[-1]["what"] == "summary"
    assert (told[-1]["executed"], told[-1]["unchanged"], told[-1]["failed"]) == (1, 0, 1)
    runs = read_csv(results / "small/runs.csv", "string")
    assert list(runs.run) == ["events/ferry/1_one", "events/mill-fire/1_one"]
    assert list(runs.status) == ["failed", "done"] and list(runs.cell.fillna("")) == ["1", ""]
    taken = read_csv(results / "small/runs_times.csv")
    assert (taken.seconds > 0).all() and list(taken.run) == list(runs.run)
    assert 'href="downloads/../runs.csv"' in (results / "small/index.html").read_text(encoding="utf-8")
    assert not run_study(shipped_study, results, workers=1, teller=Teller(quiet=True))
    told = capsys.readouterr()
    assert told.out.splitlines()[1] == "  notebooks: 0 executed, 1 unchanged, 1 failed" and "failed ferry" in told.err


def test_only_one_event_runs_and_the_report_keeps_the_others(
    shipped_study: Path, results: Path, write_notebook, capsys
):
    write_notebook("1_one", "print(event)")
    assert run_study(shipped_study, results, workers=2, only=["ferry"])
    assert "1 executed" in capsys.readouterr().out
    ferry, mill = (results / "small" / "events" / event / "index.html" for event in ("ferry", "mill-fire"))
    assert 'href="1_one.html"' in ferry.read_text(encoding="utf-8")
    assert 'href="1_one.html"' not in mill.read_text(encoding="utf-8"), "it has its page, from the tables alone"
    assert run_study(shipped_study, results, workers=2)
    assert run_study(shipped_study, results, only=["ferry"])
    assert "0 executed, 1 unchanged" in capsys.readouterr().out
    assert 'href="1_one.html"' in mill.read_text(encoding="utf-8")


def test_failure_is_told_on_the_front_page_until_it_is_mended(
    shipped_study: Path, results: Path, write_notebook, capsys
):
    write_notebook("1_one", "if event == 'ferry': raise ValueError('<b>no toll')")
    assert not run_study(shipped_study, results, workers=2)
    captured = capsys.readouterr()
    assert "1 executed, 0 unchanged, 1 failed" in captured.out
    assert "failed ferry: one: cell 3: ValueError: <b>no toll" in captured.err
    index = (results / "small" / "index.html").read_text(encoding="utf-8")
    ferry, mill = (results / "small" / "events" / event / "index.html" for event in ("ferry", "mill-fire"))
    assert all("ValueError: &lt;b&gt;no toll" in told for told in (index, ferry.read_text(encoding="utf-8")))
    assert 'href="1_one.html"' not in ferry.read_text(encoding="utf-8")
    assert 'href="1_one.html"' in mill.read_text(encoding="utf-8")
    assert not (results / "small/events/ferry/1_one.ipynb").exists()
    write_notebook("1_one", "print('mended')")
    assert run_study(shipped_study, results, workers=2, only=["ferry"])
    assert "1 executed, 0 unchanged, 0 failed" in capsys.readouterr().out
    assert "no toll" not in (results / "small" / "index.html").read_text(encoding="utf-8")


def test_front_page_follows_the_settings_even_where_a_run_ended_before_it(
    shipped_study: Path, results: Path, write_notebook, monkeypatch: pytest.MonkeyPatch
):
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    write_notebook("1_one", "print(event)")
    index, settings = results / "small" / "index.html", shipped_study / "study.toml"
    assert run_study(shipped_study, results, only=["ferry"]) and "Two events" in index.read_text(encoding="utf-8")
    settings.write_text(settings.read_text(encoding="utf-8").replace("Two events", "Both events"), encoding="utf-8")
    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr("samestory.report.build_report", stopped)
        run_study(shipped_study, results, only=["ferry"])
    assert not index.exists()
    assert run_study(shipped_study, results, only=["ferry"]) and "Both events" in index.read_text(encoding="utf-8")


def kill_at(moment: str, study: Path, results: Path, notebooks: Path) -> None:
    """Run a study in a process of its own and kill it as soon as a file of this name is there."""
    command = [sys.executable, "-c", RUN, str(notebooks), str(study), str(results)]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while not any(results.glob(moment)) and killed.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    os.kill(killed.pid, signal.SIGKILL)
    killed.wait()
    assert any(results.glob(moment)) and killed.returncode == -signal.SIGKILL
    assert not (results / "small/index.html").exists()
    assert_nothing_half_written(results)


@by_signal
def test_killed_while_notebooks_run_the_study_completes_on_the_next_start(
    shipped_study: Path, results: Path, notebooks: Path, write_notebook
):
    for name in ("1_one", "2_two"):
        write_notebook(name, f"print('{name} of', event)")
    for moment in ("small/tables/claims.parquet", "small/events/ferry/1_one.ipynb", "small/events/*/2_two.json"):
        kill_at(moment, shipped_study, results, notebooks)
    kept = [(path, path.read_text(encoding="utf-8")) for path in results.glob("small/events/*/2_two.json")]
    assert kept and run_study(shipped_study, results, workers=2)
    assert all(path.read_text(encoding="utf-8") == record for path, record in kept)
    assert_nothing_half_written(results)
    assert outputs(results) == {
        f"small/events/{event}/{name}.ipynb": f"{name} of {event}\n"
        for event in ("ferry", "mill-fire")
        for name in ("1_one", "2_two")
    }


@by_signal
def test_killed_while_annotating_the_tables_come_out_as_if_it_had_not_been(
    text_study: Path, results: Path, notebooks: Path, write_notebook, tmp_path: Path
):
    write_notebook("1_one", "print(event)", scope="study")
    kill_at("small/cache/*/*.cache", text_study, results, notebooks)
    assert not (results / "small/stamp.json").exists()
    assert run_study(text_study, results, workers=1)
    study = open_study(text_study, results)
    annotate(read_study(study).articles).write(tmp_path / "undisturbed")
    for path in (tmp_path / "undisturbed").iterdir():
        assert (study.tables / path.name).read_bytes() == path.read_bytes(), path.name
