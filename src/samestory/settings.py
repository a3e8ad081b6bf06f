"""Reading study.toml: its sections and settings, each checked, and each mistake told by file, line and name."""

from __future__ import annotations

import codecs
import re
import tomllib
from pathlib import Path
from typing import Any

from samestory.messages import did_you_mean, no_such

SETTINGS = ("name", "title", "description", "articles", "tables", "format", "licence", "citation", "zone")
SECTIONS = ("study", "columns", "outlets", "parameters", "events", "framing", "multiverse")
OF_AN_OUTLET = ("name", "domains", "zone", "masks")
WIDE = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)")
_UNQUOTED = re.compile(r"=\s*[^\s\"'\[{\d+-]")


class StudyError(ValueError):
    """A study's folder or its study.toml is wrong; the message names the file and says what to do."""


def read_settings(file: Path) -> dict[str, Any]:
    """What a study.toml says, checked: only sections and settings that there are, each of its kind; else StudyError."""
    settings = _parse(file)
    _check_sections(file, settings)
    _check_study(file, settings.get("study", {}))
    for code, about in settings.get("outlets", {}).items():
        _check_outlet(f"{file}: outlets.{code}", about)
    _check_columns(file, settings.get("columns", {}))
    framing = settings.get("framing", {})
    if framing and (set(framing) != {"scheme"} or not isinstance(framing["scheme"], str)):
        raise StudyError(f'{file}: [framing] holds scheme = "FILE.csv", a table of frames, and nothing else')
    _check_multiverse(file, settings.get("multiverse", {}))
    _check_events(file, settings.get("events", {}))
    return settings


def _parse(file: Path) -> dict[str, Any]:
    text = _text(file)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        said = str(error)
        place = _PLACE.search(said)
        lines = text.splitlines()
        number = int(place[1]) if place and place[1] else len(lines)
        line = lines[number - 1].strip() if 0 < number <= len(lines) else ""
        reason = _PLACE.sub("", said)
        raise StudyError(
            f"{file}, line {number}: not valid TOML ({reason[:1].lower()}{reason[1:]}): {line}{_advice(reason, line)}"
        ) from error


def _text(file: Path) -> str:
    raw = file.read_bytes()
    if raw.startswith(WIDE):
        raise StudyError(f"{file}: saved as UTF-16; save it as UTF-8, which your editor offers under “Save as”")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise StudyError(
            f"{file}, line {line}: the byte 0x{raw[error.start]:02x} is no UTF-8; save the file as UTF-8, which your "
            "editor offers under “Save as”"
        ) from error


def _advice(reason: str, line: str) -> str:
    """What to do about a line that is not TOML, where that can be told."""
    if "\\" in line and '"' in line:
        return "\n  a path with backslashes stands in single quotes, as in articles = 'C:\\Users\\ana\\texts'"
    if any(mark in line for mark in "“”„‘’"):
        return "\n  the quotation marks must be straight ones: \" or '"
    if reason.startswith("Cannot overwrite") or "twice" in reason:
        return "\n  the name stands in this section already; keep one of the two"
    if _UNQUOTED.search(line):
        return '\n  text stands in quotation marks, as in title = "My study"'
    if line.endswith("="):
        return '\n  a value must follow, as in title = "My study"'
    return ""


def _check_sections(file: Path, settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        if name not in SECTIONS and not isinstance(value, dict):
            home = "[study]" if name in SETTINGS else "a section"
            raise StudyError(f"{file}: {name} stands above every section; write it below {home}")
    if unknown := [name for name in settings if name not in SECTIONS]:
        raise StudyError(f"{file}: {no_such('section', unknown, SECTIONS)}")
    for name, value in settings.items():
        if not isinstance(value, dict):
            raise StudyError(f"{file}: {name} must be a table, as in [{name}]")


def _check_study(file: Path, own: dict[str, Any]) -> None:
    if unknown := [key for key in own if key not in SETTINGS]:
        raise StudyError(f"{file}: under [study] {no_such('setting', unknown, SETTINGS)}")
    for key, value in own.items():
        if not isinstance(value, str):
            raise StudyError(f'{file}: study.{key} must be text, as in {key} = "...", not {value!r}')
    name = own.get("name", "study")
    if not name.strip() or name.startswith(".") or "/" in name or "\\" in name:
        raise StudyError(f"{file}: study.name is the name of a folder of results, without slashes, not {name!r}")
    if "zone" in own:
        _check_zone(f"{file}: study.zone", own["zone"])
    if "format" in own:
        from samestory.articles.registry import find_format

        try:
            find_format(own["format"])
        except ValueError as error:
            raise StudyError(f"{file}: study.format: {error}") from error


def _check_outlet(where: str, about: object) -> None:
    if not isinstance(about, dict):
        section = where.rpartition(": ")[2]
        raise StudyError(f"{where} must be a table, as in [{section}]")
    for key in about:  # a study may note more about an outlet, but not under a name that is one of these misspelt
        if key not in OF_AN_OUTLET and did_you_mean(key, OF_AN_OUTLET):
            raise StudyError(f"{where}: {no_such('setting', key, OF_AN_OUTLET)}")
    if not isinstance(about.get("name", ""), str):
        raise StudyError(f'{where}.name must be text, as in name = "The Tribune"')
    for key, example in (("masks", "the tribune"), ("domains", "tribune.example")):
        names = about.get(key, [])
        if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
            raise StudyError(f'{where}.{key} must be a list of names, as in {key} = ["{example}"]')
    if "zone" in about:
        _check_zone(f"{where}.zone", about["zone"])


def _check_columns(file: Path, columns: dict[str, Any]) -> None:
    if not columns:
        return
    from samestory.articles.formats.rows import check_columns

    try:
        check_columns(columns)
    except ValueError as error:
        raise StudyError(f"{file}: under [columns] {error}") from error
    for ours, theirs in columns.items():
        if not isinstance(theirs, str):
            raise StudyError(f'{file}: columns.{ours} names a column of your table, as in {ours} = "Body"')


def _check_events(file: Path, numbers: dict[str, Any]) -> None:
    if not numbers:
        return
    from samestory.articles.events.proposing import Grouping

    known = list(Grouping.__dataclass_fields__)
    if unknown := [key for key in numbers if key not in known]:
        raise StudyError(f"{file}: under [events] {no_such('number', unknown, known)}")
    try:
        Grouping(**numbers)
    except (TypeError, ValueError) as error:
        raise StudyError(f"{file}: under [events] {error}") from error


def _check_multiverse(file: Path, section: dict[str, Any]) -> None:
    """Only names that there are: of measures, of choices, and of their options."""
    if not section:
        return
    from samestory.measures import MEASURES, specifications

    for key, value in section.items():
        if not isinstance(value, list) or not value or not all(isinstance(name, str) for name in value):
            raise StudyError(f'{file}: multiverse.{key} must be a list of names, as in headline = ["counted"]')
    if unknown := [name for name in section.get("measures", []) if name not in MEASURES]:
        raise StudyError(f"{file}: multiverse.measures: {no_such('measure', unknown, MEASURES)}")
    try:
        specifications({key: value for key, value in section.items() if key != "measures"})
    except ValueError as error:
        raise StudyError(f"{file}: multiverse: {error}") from error


def _check_zone(where: str, zone: object) -> None:
    from samestory.articles.moments import zone_of

    try:
        zone_of(str(zone))
    except ValueError as error:
        raise StudyError(f"{where}: {error}") from error
