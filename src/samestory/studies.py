"""Where studies lie: a study's folder from what the user named, and what is near where it is none."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from samestory.messages import no_path
from samestory.settings import StudyError

FILE = "study.toml"
SHOWN = 6  # studies that a message lists
DEEP = 2  # folders below one, in which studies are looked for


def study_folder(path: str | Path) -> Path:
    """The folder of a study: the one named, or that of a study.toml named itself.

    Raises StudyError where it is none: the message says what is there instead, which studies are near, and what to do.
    """
    if not isinstance(path, str | os.PathLike):
        raise StudyError(f"a study is named by its folder, as in 'data/specimen', not by {path!r}")
    folder = Path(path)
    if folder.name == FILE and folder.is_file():
        return folder.parent
    if (folder / FILE).is_file():
        return folder
    raise StudyError(_instead(folder))


def find_studies(folder: Path, deep: int = DEEP) -> list[Path]:
    """The folders that hold a study.toml, at most so many levels below this one, sorted; hidden ones are left out."""
    return sorted(_walk(folder, deep))


def _walk(folder: Path, deep: int) -> Iterator[Path]:
    try:
        inside = sorted(child for child in folder.iterdir() if child.is_dir() and not child.name.startswith("."))
    except OSError:
        return
    for child in inside:
        if (child / FILE).is_file():
            yield child
        elif deep > 1:
            yield from _walk(child, deep - 1)


def _instead(folder: Path) -> str:
    """What is there instead of a study, and what to do."""
    if folder.is_file():
        made = f"`samestory import {folder} --into NEW-FOLDER` makes one of it"
        return f"{folder}: a file, and a study is a folder; {made}"
    if not folder.is_dir():
        return no_path(folder, "folder") + _near(folder)
    if above := next((parent for parent in folder.resolve().parents if (parent / FILE).is_file()), None):
        return f"{folder}: no {FILE} there; it is a part of the study {_shown(above)}: name that"
    if inside := find_studies(folder):
        return f"{folder}: no {FILE} there; it holds studies, name one of them: {_listed(inside)}"
    if any(folder.iterdir()):
        return f"{folder}: no {FILE} there; `samestory import {folder} --into NEW-FOLDER` makes a study of its articles"
    return f"{folder}: the folder is empty; `samestory import SOURCE --into {folder}` makes a study there"


def _near(folder: Path) -> str:
    """The studies near what exists of the path, else in the working folder or beside it; or how to make one."""
    start = next((parent for parent in folder.parents if parent.is_dir()), Path())
    found = next((inside for place in (start, Path(), Path("..")) if (inside := find_studies(place))), [])
    if not found:
        return f"; `samestory import SOURCE --into {folder}` makes a study there"
    return f"; the studies near are {_listed(sorted(found, key=lambda one: one.name != folder.name))}"


def _shown(folder: Path) -> Path:
    """A folder as seen from the working folder, where it lies in it or beside it."""
    relative = Path(os.path.relpath(folder))
    return folder if relative.parts[:2] == ("..", "..") else relative


def _listed(folders: list[Path]) -> str:
    more = f" and {len(folders) - SHOWN} more" if len(folders) > SHOWN else ""
    return ", ".join(folder.as_posix() for folder in folders[:SHOWN]) + more
