"""A study whose tables are there already: annotated by hand, so that nothing waits for a parser."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from samestory.annotation import Annotations
from samestory.files import write_whole
from samestory.measures import measure
from samestory.preparing import STAMP, event_hashes, fingerprint
from samestory.study import Study, open_study
from samestory.tables import write_table


@pytest.fixture
def study(text_study: Path, coded: Annotations, tmp_path: Path) -> Study:
    """The study of ``text_study`` with the tables of ``coded``, which are current."""
    opened = open_study(text_study, tmp_path / "results")
    coded.write(opened.tables)
    write_table("measures", measure(coded), opened.tables)
    stamp = {"fingerprint": fingerprint(opened), "events": event_hashes(coded)}
    write_whole(opened.results / STAMP, json.dumps(stamp))
    return opened
