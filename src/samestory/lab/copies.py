"""Working copies of the notebooks, with the chosen parameters: written once, then the user's own."""

from __future__ import annotations

import ast
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import quote

import nbformat

from samestory.files import write_whole
from samestory.lab.choosing import Choice
from samestory.messages import no_such
from samestory.runs.plan import WHOLE, notebooks_folder, parameters_of, slug

EXPLORE = "explore"  # the folder of working copies, under the study's results
ALL = "all.events"  # no event has a folder of this name
LONGEST = 150  # characters of a folder's name
SCOPES = ("event", "both", WHOLE)  # of notebooks that show a choice
KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}


@dataclass(frozen=True)
class NotebookLink:
    """A notebook to open, by its title; ``path`` is where it lies, seen from where this runs.

    In JupyterLab it is a link, which opens the notebook beside this one; in text it is the path.
    """

    title: str
    path: Path

    def html(self) -> str:
        """The link as an HTML element."""
        return f'<a href="{escape(quote(self.path.as_posix()))}">{escape(self.title)}</a>'

    def __repr__(self) -> str:
        return f"{self.path.as_posix()}  {self.title}"

    def _repr_html_(self) -> str:
        return self.html()


@dataclass(frozen=True)
class NotebookLinks:
    """Notebooks to open, and what they show."""

    choice: Choice
    links: tuple[NotebookLink, ...]

    def __repr__(self) -> str:
        return "\n".join([str(self.choice), *(f"  {link!r}" for link in self.links)])

    def html(self) -> str:
        """What they show, and the links, as HTML elements."""
        items = "".join(f"<li>{link.html()}</li>" for link in self.links)
        return f"<p>{escape(str(self.choice))}</p><ul>{items}</ul>"

    def _repr_html_(self) -> str:
        return self.html()


def open_notebooks(choice: Choice, folder: Path | None = None) -> NotebookLinks:
    """A working copy of each of the project's notebooks that a study can have; see :func:`open_notebook`."""
    names = [path.stem for path in _notebooks(folder)]
    return NotebookLinks(choice, tuple(open_notebook(choice, name, folder) for name in names))


def open_notebook(choice: Choice, notebook: str, folder: Path | None = None) -> NotebookLink:
    """A copy of a notebook (``2_sourcing``) with the chosen study, event and outlets as its parameters.

    It lies in ``RESULTS/STUDY/explore/EVENT``, where only some outlets are chosen in ``EVENT+OUTLET+OUTLET``. A copy
    that is there is the user's and stays as it is. Raises ValueError for a notebook that does not exist.
    """
    known = {path.stem: path for path in _notebooks(folder)}
    if notebook not in known:
        raise ValueError(no_such("notebook", notebook, known))
    source = nbformat.read(known[notebook], as_version=4)
    own = _own(choice, source.metadata.samestory.scope)
    target = choice.study.results / EXPLORE / _folder_name(own) / known[notebook].name
    if not target.exists():
        set_parameters(source, parameters_of(choice.study, source, target.parent, own))
        write_whole(target, nbformat.writes(cleared(source)) + "\n")
    return NotebookLink(_title(source), Path(os.path.relpath(target)))


def _own(choice: Choice, scope: str) -> dict[str, Any]:
    """What of the choice a notebook takes: one that is about the whole study takes no event."""
    if scope == WHOLE:
        return {"event": "", "outlets": []}
    return {"event": choice.event, "outlets": list(choice.outlets)}


def _notebooks(folder: Path | None) -> list[Path]:
    """The notebooks of events and studies, in order."""
    every = sorted((folder or notebooks_folder()).glob("[0-9]_*.ipynb"))
    return [path for path in every if nbformat.read(path, as_version=4).metadata.samestory.scope in SCOPES]


def _folder_name(own: Mapping[str, Any]) -> str:
    name = "+".join([slug(own["event"]) if own["event"] else ALL, *map(slug, own["outlets"])])
    return name if len(name) <= LONGEST else slug(name)


def set_parameters(notebook: nbformat.NotebookNode, values: Mapping[str, Any]) -> None:
    """Write other literals into a notebook's cell tagged ``parameters``; all else in the cell stays as it is."""
    for cell in notebook.cells:
        if "parameters" in cell.metadata.get("tags", []):
            cell.source = _replaced(cell.source, values)


def _replaced(source: str, values: Mapping[str, Any]) -> str:
    lines = [line.encode() for line in source.split("\n")]  # ast counts bytes
    for node in reversed(ast.parse(source).body):
        if isinstance(node, ast.Assign) and isinstance(name := node.targets[0], ast.Name) and name.id in values:
            old, first, last = node.value, node.value.lineno - 1, (node.value.end_lineno or 0) - 1
            before, after = lines[first][: old.col_offset], lines[last][old.end_col_offset :]
            lines[first : last + 1] = [before + _literal(values[name.id]).encode() + after]
    return b"\n".join(lines).decode()


def _literal(value: object) -> str:
    """A value as the notebooks write it, text in double quotes."""
    if isinstance(value, list):
        return f"[{', '.join(map(_literal, value))}]"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, str) else repr(value)


def cleared(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """A notebook without what it showed when it was run, and with a kernel to run it."""
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    notebook.metadata.setdefault("kernelspec", KERNEL)
    notebook.metadata.pop("widgets", None)
    return notebook


def _title(notebook: nbformat.NotebookNode) -> str:
    return notebook.cells[0].source.splitlines()[0].lstrip("# ")
