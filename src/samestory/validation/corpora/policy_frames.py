"""News articles with policy frames, English training part of SemEval-2023 task 3, subtask 2 (Piskorski et al. 2023)."""

from __future__ import annotations

import json
from pathlib import Path

from samestory.validation.corpora.location import corpus_path
from samestory.validation.corpora.records import FrameDocument

FRAMES = {
    "Economic": "economic",
    "Capacity_and_resources": "capacity_and_resources",
    "Morality": "morality",
    "Fairness_and_equality": "fairness_and_equality",
    "Legality_Constitutionality_and_jurisprudence": "legality_and_constitutionality",
    "Policy_prescription_and_evaluation": "policy_prescription_and_evaluation",
    "Crime_and_punishment": "crime_and_punishment",
    "Security_and_defense": "security_and_defense",
    "Health_and_safety": "health_and_safety",
    "Quality_of_life": "quality_of_life",
    "Cultural_identity": "cultural_identity",
    "Public_opinion": "public_opinion",
    "Political": "political",
    "External_regulation_and_reputation": "external_regulation_and_reputation",
}


def read(shared: Path | None = None, limit: int | None = None) -> tuple[FrameDocument, ...]:
    """The 433 articles, in the corpus's order; frames sorted by name."""
    path = corpus_path(shared, "gold", "frames", "policy_frames_train.jsonl")
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()[:limit]]
    return tuple(FrameDocument(str(r["id"]), r["text"], tuple(sorted(FRAMES[f] for f in r["frames"]))) for r in rows)
