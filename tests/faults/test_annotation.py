"""Annotation whose processes are killed: what was lost is done again, and what kills again and again is named."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import psutil
import pytest

from samestory.annotation import annotate
from samestory.study import open_study, read_study

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="kills by signal")


@pytest.fixture
def written(batch, text_study: Path, write_notebook) -> Path:
    """The study of ``batch``, with texts to annotate; returns the folder of its tables."""
    return batch.results / "tables"
