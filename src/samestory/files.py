"""Writing files whole or not at all, their hashes, and tables for people: CSV in which no cell is a formula.

Whoever reads a path sees the old content or the new, never a part. Spreadsheets take a cell that begins with ``=`` and
the like for something to compute, and article text, outlets' names and titles can begin so: an apostrophe goes before
it, and before an apostrophe that already stands before such a beginning, so that reading undoes exactly what writing
did (OWASP, "CSV injection").
"""

from __future__ import annotations

import csv
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd

# What a spreadsheet may take for a formula at the beginning of a cell, wide forms and all.
_FORMULA = r"[=+\-@\t\r\n＝＋－＠]"
_RISKY, _GUARDED = re.compile(f"'*{_FORMULA}"), re.compile(f"''*{_FORMULA}")

_PRIVATE = "samestory-"  # begins the names of temporary folders; the process's number follows


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A hidden temporary path beside ``path``, which takes its place when the block ends without an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    except OSError as error:
        error.filename = error.filename or str(path)  # a disk that is full does not say which file it was
        raise
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, content: str) -> None:
    """Write text, in UTF-8, whole or not at all."""
    with written_whole(path) as temporary:
        temporary.write_text(content, encoding="utf-8", newline="")


def hash_file(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sweep(folder: Path) -> None:
    """Remove the temporary files under a folder whose writers were killed: those of :func:`written_whole`.

    Those of this process's own number as well, which may have been a killed one's in a container; so it must not be
    writing there.
    """
    for place, _, names in os.walk(folder):
        for name in names:
            number = name.rpartition(".")[2] if name.startswith(".") else ""
            if number == str(os.getpid()) or _is_left(number):
                (Path(place) / name).unlink(missing_ok=True)


def private_folder() -> tempfile.TemporaryDirectory[str]:
    """A temporary folder for this process alone, as a context; :func:`sweep_private_folders` knows it by its name."""
    return tempfile.TemporaryDirectory(prefix=f"{_PRIVATE}{os.getpid()}-")


def sweep_private_folders() -> None:
    """Remove the temporary folders whose processes were killed, as far as they are the user's own."""
    for folder in Path(tempfile.gettempdir()).glob(f"{_PRIVATE}*-*"):
        if _is_left(folder.name.removeprefix(_PRIVATE).partition("-")[0]):
            shutil.rmtree(folder, ignore_errors=True)


def _is_left(number: str) -> bool:
    """Whether this is the number of a process that is no more."""
    import psutil

    return number.isdecimal() and not psutil.pid_exists(int(number))


def safe_cell(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe goes before one that begins like it.

    >>> safe_cell("=2+2"), safe_cell("- reports"), safe_cell("'s"), safe_cell("It rained.")
    ("'=2+2", "'- reports", "'s", 'It rained.')
    """
    return f"'{text}" if _RISKY.match(text) else text


def plain_cell(text: str) -> str:
    """Text as it was before :func:`safe_cell`, whatever it was."""
    return text[1:] if _GUARDED.match(text) else text


def safe_cells(data: pd.DataFrame) -> pd.DataFrame:
    """A table whose text, column names included, no spreadsheet takes for formulas (see :func:`safe_cell`)."""
    return _each_text(data, safe_cell)


def plain_cells(data: pd.DataFrame) -> pd.DataFrame:
    """A table as it was before :func:`safe_cells`, once its numbers are read as numbers."""
    return _each_text(data, plain_cell)


def _each_text(data: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    def changed(cell: object) -> object:
        return change(cell) if isinstance(cell, str) else cell

    result = data.rename(columns=changed)
    for place, kind in enumerate(data.dtypes):
        if str(kind) in ("object", "string", "str"):
            result.isetitem(place, data.iloc[:, place].map(changed).astype(kind))
    return result


def csv_text(data: pd.DataFrame) -> str:
    """A table as the text of a CSV file: missing is empty, line ends are ``\\n``, no cell is a formula."""
    safe = safe_cells(data)
    text = safe.to_csv(index=False, lineterminator="\n")
    if "\r" in text:  # which the csv module of Python 3.11 leaves without quotation marks
        text = safe.to_csv(index=False, lineterminator="\n", quoting=csv.QUOTE_NONNUMERIC)
    return text


def read_csv(path: Path, kinds: Mapping[str, str] | str | None = None) -> pd.DataFrame:
    """Read what :func:`csv_text` gave; ``kinds`` are pandas' types by column, or one for all."""
    import pandas as pd

    data = pd.read_csv(path, dtype=kinds, keep_default_na=False, na_values=[""])
    return plain_cells(data)


def project_folder(name: str) -> Path:
    """A folder of the project, such as its notebooks: in the package where it was installed, else in the checkout.

    Raises FileNotFoundError where it is in neither.
    """
    inside, beside = Path(__file__).with_name(name), Path(__file__).parents[2] / name
    for folder in (inside, beside):
        if folder.is_dir():
            return folder
    raise FileNotFoundError(f"no {name} in {inside} or {beside}")


def results_file() -> Path:
    """Where the project keeps the scores of its last full validation: ``data/validation.csv`` of the checkout."""
    return Path(__file__).resolve().parents[2] / "data" / "validation.csv"
