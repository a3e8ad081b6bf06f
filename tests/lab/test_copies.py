"""Working copies: the chosen values in the parameters cell, everything else as it was, and never overwritten."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import nbformat
import papermill
import pytest

from samestory.lab import choose, open_notebook, open_notebooks
from samestory.lab.copies import set_parameters
from samestory.runs.plan import plan_runs, read_parameters
from samestory.study import Study, open_study

PARAMETERS = '''study = "../data/specimen"  # where it lies
event = ""
outlets = [
    "é",  # one
    "b",
]; seed = 20160718

# results
results_dir = "../results"'''


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """Two executed notebooks: one for events, one for the whole study."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    view = "samestory.open_study(study, results_dir).view(event, outlets)"
    work = f"import samestory\nprint(event, sorted({view}.articles.outlet), seed)"
    for name, scope in (("2_names", "both"), ("7_whole", "study"), ("0_begin", "start")):
        cells = [nbformat.v4.new_markdown_cell("# 2 · Names: <who>", id="a"),
                 nbformat.v4.new_code_cell(PARAMETERS, id="b", metadata={"tags": ["parameters"]}),
                 nbformat.v4.new_code_cell(work, id="c", execution_count=2,
                                           outputs=[nbformat.v4.new_output("stream", text="old")])]  # fmt: skip
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"samestory": {"scope": scope}})
        nbformat.write(notebook, folder / f"{name}.ipynb")
    return folder


def parameters_in(path: Path) -> dict[str, object]:
    return read_parameters(nbformat.read(path, as_version=4))


def test_values_are_replaced_and_all_else_in_the_cell_stays():
    cell = nbformat.v4.new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]})
    notebook = nbformat.v4.new_notebook(cells=[cell])
    set_parameters(notebook, {"event": 'a "quoted" évent\\n', "outlets": ["x"], "results_dir": "r", "other": 1})
    assert notebook.cells[0].source == (
        'study = "../data/specimen"  # where it lies\nevent = "a \\"quoted\\" évent\\\\n"\n'
        'outlets = ["x"]; seed = 20160718\n\n# results\nresults_dir = "r"'
    )
    assert read_parameters(notebook)["event"] == 'a "quoted" évent\\n'


def test_the_copy_lies_under_the_results_by_event_and_outlets(study: Study, notebooks: Path):
    explore = study.results / "explore"
    for event, outlets, folder in (
        ("ferry", [], "ferry"),
        ("ferry", ["wire"], "ferry+wire"),
        ("", [], "all.events"),
        ("", ["wire", "lantern"], "all.events+lantern+wire"),
    ):
        link = open_notebook(choose(study, event, outlets), "2_names", notebooks)
        path = explore / folder / "2_names.ipynb"
        assert link.path.resolve() == path.resolve()
        own = parameters_in(path)
        assert (own["event"], own["outlets"], own["seed"]) == (event, sorted(outlets), 20160718)
        assert (path.parent / own["study"] / "study.toml").is_file()
        assert (path.parent / own["results_dir"]).resolve() == study.results.parent.resolve()


def test_a_notebook_of_the_whole_study_takes_no_event(study: Study, notebooks: Path):
    link = open_notebook(choose(study, "ferry", ["wire"]), "7_whole", notebooks)
    assert link.path.parent.name == "all.events"
    assert (parameters_in(link.path)["event"], parameters_in(link.path)["outlets"]) == ("", [])


def test_a_study_gives_its_own_parameters(study: Study, notebooks: Path):
    link = open_notebook(choose(replace(study, parameters={"seed": 7})), "2_names", notebooks)
    assert parameters_in(link.path)["seed"] == 7


def test_what_was_shown_is_cleared_and_a_kernel_is_named(study: Study, notebooks: Path):
    copy = nbformat.read(open_notebook(choose(study), "2_names", notebooks).path, as_version=4)
    assert [cell.get("outputs") for cell in copy.cells] == [None, [], []]
    assert all(cell.execution_count is None for cell in copy.cells[1:])
    assert copy.metadata.kernelspec.name == "python3"


def test_a_copy_that_is_there_stays_as_the_user_left_it(study: Study, notebooks: Path):
    choice = choose(study, "ferry")
    path = open_notebook(choice, "2_names", notebooks).path
    path.write_text(path.read_text(encoding="utf-8").replace("print(", "print('mine', "), encoding="utf-8")
    before = path.read_bytes()
    assert open_notebook(choice, "2_names", notebooks).path == path
    assert path.read_bytes() == before


def test_papermill_runs_a_copy_with_its_parameters_and_with_others(study: Study, notebooks: Path, tmp_path: Path):
    path = open_notebook(choose(study, "ferry", ["wire"]), "2_names", notebooks).path
    for given, said in (
        ({}, "ferry ['wire'] 20160718\n"),
        ({"event": "mill-fire", "outlets": []}, "mill-fire ['lantern', 'wire'] 20160718\n"),
    ):
        done = papermill.execute_notebook(
            str(path), None, parameters=given, cwd=str(path.parent), progress_bar=False, kernel_name="python3"
        )
        assert done.cells[-1].outputs[0].text == said


def test_links_lead_from_where_the_notebook_stands_and_are_escaped(
    study: Study, notebooks: Path, tmp_path: Path, monkeypatch
):
    monkeypatch.chdir(notebooks)
    odd = replace(study, results=study.results.with_name('a "b" #1'), title="<b>Two</b>")
    study.results.rename(odd.results)
    links = open_notebooks(choose(odd, "ferry"), notebooks)
    assert [link.path.name for link in links.links] == ["2_names.ipynb", "7_whole.ipynb"]  # not the start
    html = links._repr_html_()
    assert 'href="../results/a%20%22b%22%20%231/explore/ferry/2_names.ipynb"' in html
    assert "&lt;b&gt;Two" in html and "2 · Names: &lt;who&gt;" in html and "<who>" not in html
    assert '  ../results/a "b" #1/explore/ferry/2_names.ipynb  2 · Names: <who>' in repr(links)


def test_many_outlets_still_make_a_folder(study: Study, notebooks: Path):
    choice = replace(choose(study, "ferry"), outlets=tuple(f"outlet-number-{n}" for n in range(40)))
    other = replace(choice, outlets=choice.outlets[:39])
    paths = [open_notebook(one, "2_names", notebooks).path for one in (choice, other)]
    assert paths[0].exists() and paths[0] != paths[1]


def test_a_notebook_that_is_not_there_is_named_with_those_that_are(study: Study, notebooks: Path):
    with pytest.raises(ValueError, match=r"no notebook is named '3_x'.*; the notebooks are 2_names, 7_whole"):
        open_notebook(choose(study), "3_x", notebooks)


def test_a_batch_does_not_run_the_start_notebook(study: Study, root: Path):
    names = {run.notebook.name for run in plan_runs(study)}
    assert "0_start.ipynb" not in names and (root / "notebooks" / "0_start.ipynb").is_file()
    assert {"1_articles.ipynb", "7_validation.ipynb"} <= names


def test_a_study_opened_by_a_relative_path_is_found_from_the_copy(study: Study, notebooks: Path, monkeypatch):
    monkeypatch.chdir(study.folder.parent)
    relative = open_study(os.path.relpath(study.folder), "results")
    path = open_notebook(choose(relative, "ferry"), "2_names", notebooks).path
    assert not Path(str(parameters_in(path)["study"])).is_absolute()
    assert (path.parent / str(parameters_in(path)["study"])).resolve() == study.folder.resolve()
