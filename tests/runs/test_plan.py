"""Plans: which notebook runs for which event, what its key depends on, and which parameters are refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.annotation import Annotations
from samestory.files import write_whole
from samestory.preparing import prepare, ship
from samestory.runs import plan
from samestory.runs.plan import Run, notebooks_folder, plan_runs, read_parameters, slug
from samestory.runs.record import installed_versions, write_record
from samestory.study import Study, StudyError, open_study

HOSTILE = ("../../etc/passwd", "/", ".", "..", "a/b", "a\\b", "CON:", "a\nb", "Пожар", "🚢", "x" * 300, "-rf *", "Fire")


@pytest.fixture
def study(shipped_study: Path, tmp_path: Path) -> Study:
    opened = open_study(shipped_study, tmp_path / "results")
    prepare(opened)
    return opened


def keys(study: Study, folder: Path) -> dict[str, str]:
    return {run.name: run.key for run in plan_runs(study, folder=folder)}


def changed(before: dict[str, str], after: dict[str, str]) -> set[str]:
    assert set(before) == set(after)
    return {name for name in before if before[name] != after[name]}


def test_scope_says_what_a_notebook_runs_over(study: Study, notebooks: Path, write_notebook: Callable[..., Path]):
    for name, scope in (("1_one", "event"), ("2_two", "both"), ("3_three", "study")):
        write_notebook(name, scope=scope)
    write_notebook("draft")
    runs = plan_runs(study, folder=notebooks)
    assert [run.name for run in runs] == [
        "ferry: one", "ferry: two", "mill-fire: one", "mill-fire: two",
        "whole study: two", "whole study: three",
    ]  # fmt: skip
    assert len({run.output for run in runs}) == len(runs)
    assert [run.name for run in plan_runs(study, ["ferry"], notebooks)] == ["ferry: one", "ferry: two"]


def test_unknown_event_is_named_with_those_there_are(study: Study, notebooks: Path):
    with pytest.raises(StudyError, match=r"small: no event is named 'fire' .*; the events are ferry, mill-fire"):
        plan_runs(study, ["fire", "ferry"], notebooks)


def test_paths_are_relative_to_where_the_notebook_runs(study: Study, notebooks: Path, write_notebook):
    path = write_notebook("1_one")
    given = plan_runs(study, folder=notebooks)[0].parameters
    assert given == {"study": "../small", "event": "ferry", "results_dir": "../results"}
    assert (path.parent / given["study"] / "study.toml").exists()


def test_parameters_of_the_study_reach_the_notebooks_that_have_them(study: Study, notebooks: Path, write_notebook):
    write_notebook("1_one")
    write_notebook("2_two", parameters='study = ""')
    one, two, *_ = plan_runs(replace(study, parameters={"top": 5, "names": ["a"]}), folder=notebooks)
    assert one.parameters["top"] == 5 and one.parameters["names"] == ["a"]
    assert set(two.parameters) == {"study"}


@pytest.mark.parametrize(
    ("parameters", "said"),
    [
        ({"topp": 5}, r"study\.toml: under \[parameters\] no parameter is named 'topp' \(did you mean 'top'"),
        ({"top": "5"}, r"study\.toml: the parameter top must be a whole number, as in top = 3, not '5'"),
        ({"top": True}, "parameter top must be a whole number, as in top = 3, not True"),
        ({"names": "a"}, "the parameter names must be a list, as in names = "),
        ({"event": "ferry"}, "parameter event is set for each run"),
    ],
)
def test_wrong_parameter_is_refused_before_anything_runs(
    study: Study, notebooks: Path, write_notebook, parameters, said
):
    write_notebook("1_one")
    with pytest.raises(StudyError, match=said):
        plan_runs(replace(study, parameters=parameters), folder=notebooks)


def test_key_changes_with_what_the_run_depends_on(study: Study, notebooks: Path, write_notebook):
    write_notebook("1_one", "print(top)")
    write_notebook("2_two", scope="both")
    before = keys(study, notebooks)
    assert len(set(before.values())) == len(before) and before == keys(study, notebooks)
    assert changed(before, keys(replace(study, parameters={"top": 4}), notebooks)) == set(before)
    write_notebook("1_one", "print(top + 1)")
    assert changed(before, keys(study, notebooks)) == {"ferry: one", "mill-fire: one"}


def test_key_does_not_change_with_outputs(study: Study, notebooks: Path, write_notebook):
    path = write_notebook("1_one", "print(top)")
    before = keys(study, notebooks)
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"][1] |= {
        "execution_count": 2,
        "outputs": [{"output_type": "stream", "name": "stdout", "text": "3"}],
    }
    path.write_text(json.dumps(notebook), encoding="utf-8")
    assert keys(study, notebooks) == before


def test_an_event_runs_again_only_where_its_own_tables_change(
    study: Study, notebooks: Path, write_notebook, coded: Annotations
):
    write_notebook("1_one", scope="both")
    before = keys(study, notebooks)
    claims = coded.claims.assign(quantity=coded.claims.quantity.replace(30, 31))
    ship(study, replace(coded, claims=claims))
    prepare(study)
    assert changed(before, keys(study, notebooks)) == {"ferry: one", "whole study: one"}


def published(run: Run) -> Run:
    """A run with output, page and record, as one that was done leaves them."""
    for path, content in ((run.output, "{}"), (run.page, "<html>")):
        write_whole(path, content)
    write_record(run.record, {"status": "done"}, run.inputs, [run.output, run.page])
    return run


def test_a_run_is_done_only_when_all_of_it_is_there_as_it_was_written(study: Study, notebooks: Path, write_notebook):
    write_notebook("1_one")
    run = plan_runs(study, folder=notebooks)[0]
    assert run.why() == ["it has not run to its end here"]
    assert published(run).is_done()
    run.page.write_text("<html", encoding="utf-8")
    assert run.why() == ["output 1_one.html was altered"]
    run.page.unlink()
    assert run.why() == ["output 1_one.html is missing"]
    record = published(run).record.read_text(encoding="utf-8")
    for damaged in (record[: len(record) // 2], "", "[]", json.dumps(json.loads(record) | {"files": {}})):
        run.record.write_text(damaged, encoding="utf-8")
        assert run.why() == ["its record is damaged"]
    run.record.write_text('{"key": "0"}', encoding="utf-8")
    assert run.why() == ["its record is of another version of samestory"]
    published(run).record.unlink()
    assert not run.is_done()


def test_why_a_run_runs_is_told_by_what_changed(
    study: Study, notebooks: Path, write_notebook, coded: Annotations, monkeypatch: pytest.MonkeyPatch
):
    write_notebook("1_one", scope="both")
    for run in plan_runs(study, folder=notebooks):
        published(run)
    ship(study, replace(coded, claims=coded.claims.assign(quantity=coded.claims.quantity.replace(30, 31))))
    prepare(study)
    told = {run.name: run.why() for run in plan_runs(study, folder=notebooks)}
    assert told == {
        "ferry: one": ["tables of the event changed: claims"],
        "mill-fire: one": [],
        "whole study: one": ["events of the study changed: ferry"],
    }
    versions = installed_versions()
    assert {"python", "samestory", "pandas"} <= set(versions)
    monkeypatch.setattr(plan, "installed_versions", lambda: versions | {"pandas": "0.1"})
    write_notebook("1_one", "print(top)", scope="both")
    mill = plan_runs(replace(study, parameters={"top": 4}), ["mill-fire"], notebooks)[0]
    assert mill.why() == [
        "the notebook's source changed",
        "parameter top was the notebook's own, is 4",
        f"pandas was {versions['pandas']}, is 0.1",
    ]


@pytest.mark.parametrize("event", HOSTILE)
def test_hostile_event_names_stay_in_their_folder(event: str, tmp_path: Path):
    name = slug(event)
    assert name and set(name) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-")
    assert len(name) <= 100 and (tmp_path / name).resolve().parent == tmp_path.resolve()


@given(st.text(min_size=1, max_size=90), st.text(min_size=1, max_size=90))
def test_two_events_have_two_folders(one: str, other: str):
    assert slug("harbour-attack") == "harbour-attack"
    same = slug(one).casefold() == slug(other).casefold()  # not every file system tells cases apart
    assert same == (one == other)
    for twin in (one.swapcase(), one + " ", one.replace("_", "/")):
        assert (slug(one).casefold() == slug(twin).casefold()) == (one == twin)


def test_parameters_are_literals_of_the_tagged_cell():
    cells = [
        {"metadata": {}, "source": ["x = 1"]},
        {"metadata": {"tags": ["parameters"]}, "source": ["y = [1]\n", "z = 'a'"]},
    ]
    assert read_parameters({"cells": cells}) == {"y": [1], "z": "a"}
    assert read_parameters({"cells": cells[:1]}) == {}


def test_the_projects_notebooks_are_found():
    found = [path.name[:2] for path in sorted(notebooks_folder().glob("[0-9]_*.ipynb"))]
    assert found == [f"{n}_" for n in range(8)]
