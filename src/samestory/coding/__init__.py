"""Coding by hand: samples, blind sheets for coders, agreement, adjudication, and the values that coders found."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from samestory.coding.record import CodingError, Mistake, Round
from samestory.coding.rounds import draw_round, read_round
from samestory.coding.sampling import Design, Sample, draw_sample
from samestory.coding.values import human_values, unread_rounds

if TYPE_CHECKING:
    from samestory.coding.widgets import CodingView

__all__ = [
    "CodingError",
    "Design",
    "Mistake",
    "Round",
    "Sample",
    "draw_round",
    "draw_sample",
    "human_values",
    "read_round",
    "unread_rounds",
    "view",
]


def view(sheet: str | Path) -> CodingView:
    """Code in JupyterLab: one sentence of a CSV sheet at a time, each answer saved as it is given.

    It begins at the first sentence that is not coded. Raises CodingError where the file is no coder's sheet.
    """
    from samestory.coding.widgets import open_view

    return open_view(sheet)
