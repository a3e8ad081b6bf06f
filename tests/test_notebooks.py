"""The house rules of the committed notebooks."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import nbformat
import pytest

from samestory.measures import AXES, Choices

NOTEBOOKS = sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb"))
NAMES = ("0_start", "1_articles", "2_sourcing", "3_certainty", "4_framing", "5_claims", "6_comparison", "7_validation",
         "specification")  # fmt: skip
SCOPES = ("event", "study", "both", "start", "specification")
LONGEST = 12  # lines of a code cell: what is longer belongs into src
ABSOLUTE = re.compile(r"(?<![\w.:/])/(?:home|root|tmp|work|Users|usr|opt|var|mnt|private)/|[A-Z]:\\\\|\b0x[0-9a-f]{6,}")
CLOCK = re.compile(r"\b(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\b|\b\d+(?:\.\d+)? (?:ms|µs)\b|\bit/s\b")

each = pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)


def code_cells(path: Path) -> list[nbformat.NotebookNode]:
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == "code"]


def texts_of(output: nbformat.NotebookNode) -> str:
    """What an output says in text: a printed stream, or every text of a result, pictures left out."""
    data = {kind: text for kind, text in output.get("data", {}).items() if not kind.startswith("image/")}
    return json.dumps([output.get("text", ""), data, output.get("traceback", "")], ensure_ascii=False)


def test_the_notebooks_are_there():
    assert tuple(path.stem for path in NOTEBOOKS) == NAMES


@each
def test_first_code_cell_holds_the_parameters_as_literals(path: Path):
    cells = code_cells(path)
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    assert tagged == cells[:1]
    statements = ast.parse(tagged[0].source).body
    assert all(isinstance(statement, ast.Assign) and len(statement.targets) == 1 for statement in statements)
    parameters = {statement.targets[0].id: ast.literal_eval(statement.value) for statement in statements}
    assert {"study", "results_dir"} <= set(parameters)
    assert "event" in parameters or nbformat.read(path, as_version=4).metadata.samestory.scope in ("study", SCOPES[-1])
    assert not Path(parameters["study"]).is_absolute() and not Path(parameters["results_dir"]).is_absolute()


@each
def test_committed_as_executed_from_top_to_bottom(path: Path):
    cells = code_cells(path)
    assert [cell.execution_count for cell in cells] == list(range(1, len(cells) + 1))
    assert sum(bool(cell.outputs) for cell in cells) >= 3
    assert not [output for cell in cells for output in cell.outputs if output.output_type == "error"]
    assert not [output for cell in cells for output in cell.outputs if output.get("name") == "stderr"]


@each
def test_outputs_tell_no_path_and_no_clock(path: Path):
    for cell in code_cells(path):
        for output in cell.outputs:
            said = texts_of(output)
            assert not ABSOLUTE.search(said), ABSOLUTE.search(said)
            assert not CLOCK.search(said), CLOCK.search(said)


@each
def test_metadata_holds_nothing_of_the_run(path: Path):
    notebook = nbformat.read(path, as_version=4)
    assert set(notebook.metadata) <= {"kernelspec", "language_info", "samestory"}
    assert notebook.metadata.language_info == {"name": "python"}
    assert notebook.metadata.samestory.scope in SCOPES
    for cell in notebook.cells:
        assert set(cell.metadata) <= {"tags"}


@each
def test_code_cells_are_short_and_reach_no_network(path: Path):
    for cell in code_cells(path):
        assert len(cell.source.splitlines()) <= LONGEST, cell.source
        assert not re.search(r"https?://|\b(?:requests|urllib|socket)\b|^[!%]|;\s*$", cell.source, re.MULTILINE), (
            cell.source
        )


@each
def test_pictures_tell_alt_text_and_data_in_text(path: Path):
    for cell in code_cells(path):
        for output in cell.outputs:
            if "image/png" in output.get("data", {}):
                assert re.search(r"\n\[data [0-9a-f]{16}\]$", output.data["text/plain"])
                assert output.metadata["image/png"]["alt"] in output.data["text/plain"]


@each
def test_each_begins_with_its_question_and_says_what_cannot_be_concluded(path: Path):
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
    assert any(cell.cell_type == "code" and "limit" in cell.source for cell in cells)


def test_a_specification_has_a_parameter_for_each_choice_and_is_committed_with_the_projects_own():
    statements = ast.parse(code_cells(NOTEBOOKS[0].with_name("specification.ipynb"))[0].source).body
    parameters = {statement.targets[0].id: ast.literal_eval(statement.value) for statement in statements}
    assert {axis: parameters[axis] for axis in AXES} == Choices().options()
    assert set(parameters) == {"study", "results_dir", "seed", "measures", *AXES}
