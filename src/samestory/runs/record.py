"""The record of a run: what it depended on, what became of it and what it took; and why a run has to run again."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import importlib.metadata
import json
import platform
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from samestory.files import write_whole

SHOWN = 6  # names that a reason lists


class Cell(NamedTuple):
    """A cell of a notebook as its author has it: its place, counted from 0, and the first line of its source."""

    place: int
    line: str


@functools.cache
def installed_versions() -> dict[str, str]:
    """The versions of Python, of samestory and of the packages that it needs: what outputs depend on besides its code.

    Packages that it can do without (extras) are left out, and so is one that is not installed.
    """
    from samestory import __version__

    needed = [one for one in importlib.metadata.requires("samestory") or [] if "extra ==" not in one]
    found = {"python": platform.python_version(), "samestory": __version__}
    for name in sorted(re.match(r"[\w.-]+", one)[0] for one in needed):  # type: ignore[index]
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            found[name] = importlib.metadata.version(name)
    return found


def read_record(path: Path) -> dict[str, Any] | None:
    """A record as it was written; None where there is none, or none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None


def write_record(path: Path, told: Mapping[str, Any], inputs: Mapping[str, Any], files: Iterable[Path] = ()) -> None:
    """Write the record of a run: what is ``told`` of it, what it depended on, and size and SHA-256 of its ``files``, by
    name from the record's folder."""
    written = {file.relative_to(path.parent).as_posix(): _content(file) for file in files}
    write_whole(path, json.dumps({**told, "inputs": inputs, "files": written}, indent=1, ensure_ascii=False))


def _content(path: Path) -> list[int | str]:
    """Size in bytes and SHA-256."""
    data = path.read_bytes()
    return [len(data), hashlib.sha256(data).hexdigest()]


def why(done: Path, failed: Path, inputs: Mapping[str, Any]) -> list[str]:
    """Why a run with these inputs has to run, given the records of its success and of its failure; [] where it is done
    and all its files are there as they were written."""
    if (record := read_record(done)) is not None:
        return differences(record.get("inputs"), inputs) or list(_damaged(record, done.parent))
    if done.exists():
        return ["its record is damaged"]
    if (record := read_record(failed)) is None:
        return ["it has not run to its end here"]
    cell, reason = record.get("cell"), record.get("reason")
    where = f" at `{cell['line']}`" if cell else ""
    return [f"it failed last time{where}: {reason}", *differences(record.get("inputs"), inputs)]


def _damaged(record: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """What is wrong with the files of a run that was done."""
    if not record.get("files"):
        yield "its record is damaged"
    for name, content in record.get("files", {}).items():
        try:
            if _content(folder / name) != content:
                yield f"output {name} was altered"
        except FileNotFoundError:
            yield f"output {name} is missing"


def differences(before: object, now: Mapping[str, Any]) -> list[str]:
    """What of a run's inputs is another than it was, in words."""
    if before == now:
        return []
    if not isinstance(before, Mapping) or set(before) != set(now):
        return ["its record is of another version of samestory"]
    said = {"notebook": "the notebook's source changed", "code": "the code of samestory changed"}
    found = [told for name, told in said.items() if before[name] != now[name]]
    found += [
        f"parameter {name} was {_shown(old)}, is {_shown(new)}"
        for name, old, new in _changes(before["parameters"], now["parameters"])
    ]
    found += changed("tables of the event", before["tables"], now["tables"])
    found += changed("events of the study", before["events"], now["events"])
    found += changed("files that it shows", before["files"], now["files"])
    found += [
        f"{name} was {old or 'not installed'}, is {new or 'not installed'}"
        for name, old, new in _changes(before["versions"], now["versions"])
    ]
    found += [f"the study's {name} changed" for name, _, _ in _changes(before["study"], now["study"])]
    return found


def changed(what: str, before: Mapping[str, str], now: Mapping[str, str]) -> list[str]:
    """Which names are new, gone or hold something else, a line for each kind of change.

    >>> changed("tables of the event", {"claims": "1", "texts": "2"}, {"claims": "3", "texts": "2", "edits": "4"})
    ['tables of the event new: edits', 'tables of the event changed: claims']
    """
    kinds = {
        "new": sorted(set(now) - set(before)),
        "gone": sorted(set(before) - set(now)),
        "changed": sorted(name for name in set(before) & set(now) if before[name] != now[name]),
    }
    return [f"{what} {kind}: {_listed(names)}" for kind, names in kinds.items() if names]


def _listed(names: Sequence[str]) -> str:
    more = f" and {len(names) - SHOWN} more" if len(names) > SHOWN else ""
    return ", ".join(names[:SHOWN]) + more


def _changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    names = sorted({*before, *now})
    return [(name, before.get(name), now.get(name)) for name in names if before.get(name) != now.get(name)]


def _shown(value: object) -> str:
    return "the notebook's own" if value is None else repr(value)
