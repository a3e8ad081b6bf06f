"""A folder of tiny notebooks, so that runs are quick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

PARAMETERS = 'study = ""\nevent = "none"\nresults_dir = ""\ntop = 3\nnames = []'


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """An empty folder for notebooks."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return folder


@pytest.fixture
def write_notebook(notebooks: Path) -> Callable[..., Path]:
    """Write a notebook with a parameters cell and one cell a source: ``write_notebook("1_a", "print(event)")``."""

    def write(name: str, *sources: str, scope: str = "event", parameters: str = PARAMETERS) -> Path:
        cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate((parameters, *sources))]
        cells[0].metadata.tags = ["parameters"]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "samestory": {"scope": scope}})
        path = notebooks / f"{name}.ipynb"
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
        return path

    return write
