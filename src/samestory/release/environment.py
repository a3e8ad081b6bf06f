"""With what a release was made: versions, and a list of packages that others can install from."""

from __future__ import annotations

import platform
import re
import sys
from importlib import metadata
from pathlib import Path
from typing import Any

from samestory.files import hash_file

NAME = "environment.json"
REQUIREMENTS = "requirements.txt"
PACKAGE = "samestory"
LOCK = Path(__file__).resolve().parents[3] / "uv.lock"  # in a checkout
REQUIREMENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]*")


def describe_environment() -> dict[str, Any]:
    """Versions of the package, its engines, Python and the machine; ``lock`` is the hash of the checkout's uv.lock.

    ``engines`` is a hash of the code that makes the tables: where it is the same, so are they from the same texts.
    """
    from samestory import __version__
    from samestory.cache import engine_version, package_version

    return {
        "samestory": __version__,
        "engines": engine_version(),
        "package": package_version(),
        "python": platform.python_version(),
        "platform": f"{sys.platform}-{platform.machine()}",
        "lock": hash_file(LOCK) if LOCK.is_file() else None,
    }


def requirements_text(environment: dict[str, Any]) -> str:
    """Every package that samestory needs as it is installed here, each by its exact version, for ``pip install -r``."""
    lines = [
        f"# Python {environment['python']}; samestory {environment['samestory']} itself comes from its own source",
        *(f"{name}=={version}" for name, version in sorted(installed().items())),
    ]
    return "".join(line + "\n" for line in lines)


def installed() -> dict[str, str]:
    """The packages that samestory needs, directly or not, and their versions; those for other machines are left out."""
    found: dict[str, str] = {}
    waiting = _needed(PACKAGE)
    while waiting:
        name = waiting.pop()
        if name in found:
            continue
        try:
            found[name] = metadata.version(name)
        except metadata.PackageNotFoundError:
            continue
        waiting += _needed(name)
    return found


def _needed(name: str) -> list[str]:
    try:
        requirements = metadata.requires(name) or []
    except metadata.PackageNotFoundError:
        return []
    names = [REQUIREMENT.match(one) for one in requirements if "extra ==" not in one]
    return [re.sub(r"[-_.]+", "-", name.group()).lower() for name in names if name is not None]
