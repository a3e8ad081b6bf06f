"""The study.toml of a release: all that the study's own says, but for where texts and tables lie."""

from __future__ import annotations

import datetime
import json
import re
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from samestory.release.manifest import TEXTS
from samestory.study import Study
from samestory.textfree import Runs, find_runs
from samestory.textfree.cells import short_words

SUFFIX = "-release"  # of the study's name, so that its results do not take the place of the study's own
TABLES = "tables"
BARE = re.compile(r"[A-Za-z0-9_-]+")


class Settings(NamedTuple):
    """A release's settings, the files that they name (path in the release to where it lies), and what was shortened."""

    values: dict[str, Any]
    files: dict[str, Path]
    shortened: tuple[str, ...]


def release_settings(study: Study, runs: Runs, events: Mapping[str, str]) -> Settings:
    """The settings of a release: every section of the study's own file, events by the names that they have here.

    Each string that names a file in the study's folder takes that file along. A string of ``[study]`` that repeats an
    article is cut after its first words.
    """
    raw = tomllib.loads((study.folder / "study.toml").read_text(encoding="utf-8"))
    files: dict[str, Path] = {}

    def settle(value: str) -> str:
        place = study.folder / value
        if value and place.is_file():
            name = value if not Path(value).is_absolute() and ".." not in Path(value).parts else Path(value).name
            files[name] = place
            return name
        return events.get(value, value)

    own = raw.get("study", {})
    values = {name: _each(value, settle) for name, value in raw.items() if name != "study"}
    cut = [name for name, value in own.items() if next(find_runs(runs, value), None) is not None]
    own = {name: short_words(value) if name in cut else value for name, value in own.items()}
    name = study.name if study.name.endswith(SUFFIX) else study.name + SUFFIX
    own = own | {"name": name, "title": own.get("title", study.title), "articles": TEXTS, "tables": TABLES}
    return Settings({"study": own, **values}, files, tuple(cut))


def _each(value: Any, settle: Callable[[str], str]) -> Any:
    if isinstance(value, dict):
        return {name: _each(item, settle) for name, item in value.items()}
    if isinstance(value, list):
        return [_each(item, settle) for item in value]
    return settle(value) if isinstance(value, str) else value


def to_toml(values: Mapping[str, Any]) -> str:
    """Settings as TOML, as tomllib reads them back."""
    text = "\n".join(_section((), values)).strip("\n") + "\n"
    assert tomllib.loads(text) == values
    return text


def _section(path: tuple[str, ...], values: Mapping[str, Any]) -> list[str]:
    plain = {name: value for name, value in values.items() if not isinstance(value, dict)}
    lines = ["", f"[{'.'.join(map(_key, path))}]"] if path and (plain or not values) else []
    lines += [f"{_key(name)} = {_value(value)}" for name, value in plain.items()]
    for name, value in values.items():
        if isinstance(value, dict):
            lines += _section((*path, name), value)
    return lines


def _key(name: str) -> str:
    return name if BARE.fullmatch(name) else _value(name)


def _value(value: Any) -> str:
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, list):
        return f"[{', '.join(map(_value, value))}]"
    if isinstance(value, dict):
        return f"{{{', '.join(f'{_key(name)} = {_value(item)}' for name, item in value.items())}}}"
    return repr(value)
