"""Science findings rated for certainty by readers (Pei & Jurgens 2021)."""

from __future__ import annotations

import json
from pathlib import Path

from samestory.validation.corpora.location import corpus_path
from samestory.validation.corpora.records import Finding


def read(part: str | None = None, shared: Path | None = None, limit: int | None = None) -> tuple[Finding, ...]:
    """The findings of one part (``train`` or ``val``), or of both."""
    path = corpus_path(shared, "gold", "certainty", "science_ratings.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    findings = (Finding(str(r["id"]), r["finding"], float(r["sentence-level-certainty"]), r["split"]) for r in rows)
    return tuple(finding for finding in findings if part in (None, finding.part))[:limit]
