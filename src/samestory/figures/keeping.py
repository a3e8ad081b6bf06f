"""What an executed notebook keeps of its figures besides their pictures: SVG and data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.figures.chart import KEPT

if TYPE_CHECKING:
    from nbformat import NotebookNode


def drop_kept(notebook: NotebookNode) -> None:
    """Leave the pictures alone: where SVG and data lie beside as files, or a run of the notebook brings them back."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            output.get("metadata", {}).pop(KEPT, None)
