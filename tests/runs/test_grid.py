"""The multiverse of a study: every specification runs or says why not, once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import nbformat
import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.comparison.multiverse import conclusions, failures, finding, read_results
from samestory.measures import AXES, Choices, specifications
from samestory.preparing import event_hashes, fingerprint, prepare, write_stamp
from samestory.runs import Outcome, plan
from samestory.runs.batch import run_study
from samestory.runs.grid import WITHOUT_TEXTS, plan_grid, run_grid, told_once
from samestory.runs.record import write_record
from samestory.study import Study, StudyError, open_study

NARROW = {"measures": ["attributed_words"], "lexicon": ["hedges"], "denominator": ["words and mentions"],
          "carried": ["not counted"], "repeats": ["not counted"], "wire": ["once"]}  # fmt: skip
PARAMETERS = "\n".join(
    ['study = ""', 'results_dir = ""', "measures = []", *(f"{axis} = {options[0]!r}" for axis, options in AXES.items())]
)
WRITE = """
import samestory
from samestory.comparison import specifications
from samestory.measures import Choices
choices = Choices(headline, quotes, lexicon, denominator, carried, repeats, wire)
opened = samestory.open_study(study, results_dir)
specifications.write_specification(specifications.specify(opened.view(), choices, measures), opened.results)
"""


@pytest.fixture
def study(shipped_study: Path, tmp_path: Path, coded: Annotations) -> Study:
    """Two events by hand, with their texts, and a grid of four specifications."""
    for name, text in zip(coded.articles.source_file, coded.texts.text, strict=True):
        path = shipped_study / "texts" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    opened = open_study(shipped_study, tmp_path / "results")
    without = replace(opened, articles=None)
    prepare(without)
    coded.write(opened.tables)
    write_stamp(without, fingerprint(without), event_hashes(coded))
    return replace(opened, multiverse=NARROW)


def write_specification(write_notebook: Callable[..., Path], *more: str) -> None:
    write_notebook("specification", *more, scope="specification", parameters=PARAMETERS)


def test_no_section_no_grid(study: Study, notebooks: Path):
    assert plan_grid(replace(study, multiverse=None), notebooks) == []


def test_a_run_for_each_specification_with_its_options_as_parameters(study: Study, notebooks: Path, write_notebook):
    write_specification(write_notebook, "print(headline)")
    runs = plan_grid(study, notebooks)
    assert [run.name for run in runs] == [
        "specification s0000001", "specification s0100001", "specification s1000001", "specification s1100001",
    ]  # fmt: skip
    assert len({run.key for run in runs}) == 4
    assert {axis: runs[2].parameters[axis] for axis in AXES} == Choices(headline="not counted", wire="once").options()
    assert runs[0].parameters["measures"] == ["attributed_words"]
    more = plan_grid(replace(study, multiverse=NARROW | {"measures": ["anonymous"]}), notebooks)
    assert not {run.key for run in more} & {run.key for run in runs}


def test_a_notebook_that_lacks_a_choice_is_refused(study: Study, notebooks: Path, write_notebook):
    lines = [line for line in PARAMETERS.splitlines() if not line.startswith("wire")]
    write_notebook("specification", scope="specification", parameters="\n".join(lines))
    with pytest.raises(StudyError, match=r"specification\.ipynb: no parameter wire, which a specification sets"):
        plan_grid(study, notebooks)


def test_one_that_fails_stops_no_other_stays_visible_and_is_mended_alone(study: Study, notebooks: Path, write_notebook):
    touch = "from pathlib import Path\nfolder = Path(results_dir) / 'small' / 'multiverse'"
    name = "code = 's' + str(int(headline != 'counted')) + str(int(quotes != 'counted')) + '00001'"
    rows = "(folder / f'{code}.csv').write_text('measure,outlet,other_outlet,n_events,difference,low,high,p,q,refusal')"
    counts = "import pandas as pd; pd.DataFrame({'measure': []}).to_parquet(folder / f'{code}.parquet')"
    fails = "if quotes == headline == 'not counted': raise ArithmeticError('nothing is left, of all')"
    write_specification(write_notebook, touch, name, rows, counts, fails)
    outcomes = run_grid(study, plan_grid(study, notebooks), workers=2)
    assert [outcome.status for outcome in outcomes] == ["done", "done", "done", "failed"]
    record = pd.read_csv(study.results / "multiverse" / "specifications.csv")
    assert record.status.tolist() == ["done", "done", "done", "failed"]
    assert record.reason.iloc[3] == "cell 7: ArithmeticError: nothing is left, of all"
    times = pd.read_csv(study.results / "multiverse" / "times.csv")
    assert (times.seconds > 0).all() and times.specification.tolist() == record.specification.tolist()
    assert not list((study.results / "multiverse").glob("s1100001*"))  # what it had written is no result
    results = read_results(study)
    assert failures(results).specification.tolist() == ["s1100001"]
    assert "1 of 4 specifications failed" in finding(conclusions(results), results)
    write_specification(write_notebook, touch, name, rows, counts)
    again = run_grid(study, plan_grid(study, notebooks))
    assert [outcome.status for outcome in again] == ["done"] * 4  # the notebook is another: all run
    assert [outcome.status for outcome in run_grid(study, plan_grid(study, notebooks))] == ["skipped"] * 4
    assert pd.read_csv(study.results / "multiverse" / "specifications.csv").status.tolist() == ["done"] * 4


def test_a_lost_result_runs_again_alone(study: Study, notebooks: Path, write_notebook):
    write_specification(write_notebook, "print(1)")
    runs = plan_grid(study, notebooks)
    for run in runs:
        run.output.parent.mkdir(parents=True, exist_ok=True)
        for path in run.written[1:]:
            path.write_text("", encoding="utf-8")
        write_record(run.record, {"status": "done"}, run.inputs, run.written[1:])
    assert all(run.is_done() for run in runs)
    runs[2].output.with_suffix(".csv").unlink()
    assert [run.is_done() for run in runs] == [True, True, False, True]


def test_without_texts_all_fail_and_say_so_and_nothing_else_breaks(
    shipped_study: Path, tmp_path: Path, notebooks: Path, write_notebook, monkeypatch, capsys
):
    monkeypatch.setattr("samestory.runs.grid.notebooks_folder", lambda: notebooks)
    monkeypatch.setattr(plan, "notebooks_folder", lambda: notebooks)
    write_notebook("1_one", "print(event)")
    write_specification(write_notebook, WRITE)
    settings = shipped_study / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[multiverse]\n", encoding="utf-8")
    assert not run_study(shipped_study, tmp_path / "results", workers=2)
    captured = capsys.readouterr()
    assert "specifications: 0 executed, 0 unchanged, 192 failed" in captured.out
    assert "notebooks: 2 executed, 0 unchanged, 0 failed" in captured.out
    assert captured.err.count(WITHOUT_TEXTS) == 1 and "(and 191 more)" in captured.err
    study = open_study(shipped_study, tmp_path / "results")
    index = (study.results / "index.html").read_text(encoding="utf-8")
    assert WITHOUT_TEXTS in index
    results = read_results(study)
    found = conclusions(results)
    assert found.empty and finding(found, results) == (
        "No contrast came out of 192 specifications. 192 of 192 specifications failed."
    )
    assert set(failures(results).reason) == {WITHOUT_TEXTS}


def test_a_grid_that_came_with_a_text_free_study_is_shown_and_not_run(shipped_study: Path, tmp_path: Path):
    settings = shipped_study / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[multiverse]\n", encoding="utf-8")
    chosen = specifications(
        {"lexicon": ["hedges"], "carried": ["not counted"], "wire": ["once"], "repeats": ["counted"]}
    )
    record = [{"specification": c.code, **c.options(), "status": "done", "reason": None} for c in chosen]
    told = [{"specification": c.code, "measure": "quoted", "outlet": "lantern", "other_outlet": "wire", "n_events": 9,
             "difference": 3.0, "low": 1.0, "high": 5.0, "p": 0.01, "q": 0.01} for c in chosen]  # fmt: skip
    folder = shipped_study / "multiverse"
    folder.mkdir()
    pd.DataFrame(record).to_csv(folder / "specifications.csv", index=False)
    pd.DataFrame(told).assign(refusal=None).to_csv(folder / "contrasts.csv", index=False)
    study = open_study(shipped_study, tmp_path / "results")
    prepare(study)
    assert plan_grid(study) == []
    results = read_results(study)
    found = conclusions(results)
    assert found.outcome.tolist() == ["holds"] and "8 of 8 specifications" in found.said.iloc[0]
    assert found.p_median.isna().all()  # that takes the counts of each event
    assert "1 holds" in finding(found, results)


def test_failures_for_one_reason_are_told_once(study: Study, notebooks: Path, write_notebook):
    write_specification(write_notebook, "print(1)")
    runs = plan_grid(study, notebooks)
    outcomes = [Outcome(run, "failed", "a" if n else "b") for n, run in enumerate(runs)] + [Outcome(runs[0], "done")]
    assert [outcome.reason for outcome in told_once(outcomes)] == ["b", "a (and 2 more)"]


def test_a_study_of_texts_runs_its_grid_before_the_notebooks_that_read_it(
    text_study: Path, tmp_path: Path, notebooks: Path, write_notebook, monkeypatch, capsys
):
    monkeypatch.setattr("samestory.runs.grid.notebooks_folder", lambda: notebooks)
    monkeypatch.setattr(plan, "notebooks_folder", lambda: notebooks)
    write_specification(write_notebook, WRITE)
    imports = "import samestory\nfrom samestory.comparison.multiverse import read_results"
    reads = "print(len(read_results(samestory.open_study(study, results_dir)).contrasts))"
    write_notebook("6_comparison", imports, reads, scope="study")
    settings = text_study / "study.toml"
    lines = "\n".join(f"{key} = {value}" for key, value in NARROW.items() if key != "quotes").replace("'", '"')
    settings.write_text(settings.read_text(encoding="utf-8") + f"\n[multiverse]\n{lines}\n", encoding="utf-8")
    assert run_study(text_study, tmp_path / "results", workers=2)
    assert "specifications: 4 executed" in capsys.readouterr().out
    read = nbformat.read(tmp_path / "results/small/study/6_comparison.ipynb", as_version=4)
    assert read.cells[-1].outputs[0].text == "4\n"
    assert run_study(text_study, tmp_path / "results", workers=2)
    out = capsys.readouterr().out
    assert "specifications: 0 executed, 4 unchanged" in out and "notebooks: 0 executed, 1 unchanged" in out
    record = tmp_path / "results/small/multiverse/s0000001.csv"
    record.write_text(record.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert not plan.plan_runs(open_study(text_study, tmp_path / "results"))[0].is_done()
