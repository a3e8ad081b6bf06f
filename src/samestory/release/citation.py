"""CITATION.cff of a release: how the data are cited, with the software as a reference."""

from __future__ import annotations

import json
import re
from typing import Any

NAME = "CITATION.cff"
# Licences of data by the names that the Citation File Format knows; another is told in the data card alone.
LICENCES = ("CC0-1.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC-BY-NC-4.0", "CC-BY-NC-SA-4.0", "ODbL-1.0", "ODC-By-1.0",
            "PDDL-1.0", "MIT", "Apache-2.0")  # fmt: skip
TO_FILL_IN = "FILL IN: the authors of this data set"
YEAR = re.compile(r"\s*[(,.]?\s*\b(?:1[89]|20)\d\d\b")
AND = re.compile(r",?\s+(?:and|&)\s+")
NAME_FIRST = re.compile(r"([^,]+),\s*([^,]+)")


def citation_text(own: dict[str, Any], version: str) -> str:
    """The file's text, from the settings in ``[study]``; ``version`` is the package's.

    Authors are what stands before the year in ``citation``, divided by semicolons, or by "and" between persons who are
    written family name first; without a citation a marked place says how they get there.
    """
    cited = own.get("citation", "")
    message = f"If you use these data, please cite them as: {cited}" if cited else "Please cite these data as below."
    lines = [
        "cff-version: 1.2.0",
        f"message: {_quoted(message)}",
        f"title: {_quoted(own['title'])}",
        "type: dataset",
        "authors:"
        + ("" if cited else "  # `citation` under [study] in the study's study.toml, and the release made again"),
        *_authors(cited),
    ]
    if own.get("licence") in LICENCES:
        lines.append(f"license: {own['licence']}")
    lines += [
        "keywords: [journalism studies, news coverage, text-free data]",
        "references:",
        "  - type: software",
        '    title: "samestory: comparing how news outlets tell the same event"',
        f"    version: {version}",
        "    license: MIT",
        "    authors:",
        "      - name: The samestory authors",
    ]
    return "".join(line + "\n" for line in lines)


def _authors(cited: str) -> list[str]:
    lines = []
    for name in _names(YEAR.split(cited, maxsplit=1)[0]) or [TO_FILL_IN]:
        if (person := NAME_FIRST.fullmatch(name)) is not None:
            lines += [f"  - family-names: {_quoted(person[1])}", f"    given-names: {_quoted(person[2])}"]
        else:
            lines.append(f"  - name: {_quoted(name)}")
    return lines


def _names(text: str) -> list[str]:
    found: list[str] = []
    for part in text.split(";"):
        persons = AND.split(part)
        found += persons if all("," in person for person in persons) else [part]
    return [name for name in (name.strip(" ,(") for name in found) if name]


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)
