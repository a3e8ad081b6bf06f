"""Strip from the committed notebooks what changes from run to run and tells a reader nothing: times and versions.

Figures are kept there as pictures alone; a run of the notebook brings their SVG and their data back.
"""

from __future__ import annotations

from pathlib import Path

import nbformat

from samestory.figures import drop_kept

for path in sorted((Path(__file__).resolve().parents[1] / "notebooks").glob("*.ipynb")):
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata["language_info"] = {"name": "python"}
    notebook.metadata.pop("widgets", None)
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            output.get("data", {}).pop("application/vnd.jupyter.widget-view+json", None)  # ids, new in each run
    drop_kept(notebook)
    nbformat.write(notebook, path)
