"""A study whose tables are there already, so that nothing waits for a parser."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from samestory.study import Study


@pytest.fixture
def study(text_study: Path, keep_tables: Callable[[Path, Path], Study], tmp_path: Path) -> Study:
    """The study of ``text_study`` with the tables of ``coded``, which are current."""
    return keep_tables(text_study, tmp_path / "results")
