"""The table of scores: its columns, where it is kept, and how it reads on a terminal."""

from __future__ import annotations

from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[3]


def results_file() -> Path:
    """Where the project keeps the scores of its last full run: ``data/validation.csv`` of the checkout."""
    return CHECKOUT / "data" / "validation.csv"
