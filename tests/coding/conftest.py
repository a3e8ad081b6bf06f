"""What the tests of coding share; the makers of studies and sheets stand in made.py."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from samestory.study import Study


@pytest.fixture(scope="session")
def made() -> ModuleType:
    """The module made.py."""
    name = "coding_made"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("made.py"))
        assert spec and spec.loader
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])
    return sys.modules[name]


@pytest.fixture
def study(tmp_path: Path, made: ModuleType) -> Study:
    """An empty study's folder."""
    return made.open_empty(tmp_path)
