"""The one style sheet: colours that colour-blind readers tell apart (Okabe & Ito 2008), quiet axes, direct labels."""

from __future__ import annotations

from typing import Any

INK, GREY, PALE = "#1f2430", "#6b7280", "#d9dce1"
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#7A5195", "#8C6D31")
WIDTH = 7.2  # inches
RC: dict[Any, Any] = {
    "font.family": "DejaVu Sans",
    "font.size": 9.5,
    "text.color": INK,
    "axes.edgecolor": PALE,
    "axes.labelcolor": GREY,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
    "figure.titlesize": 11.5,
    "figure.titleweight": "bold",
    "axes.axisbelow": True,
    "axes.grid": True,
    "axes.grid.axis": "x",
    "grid.color": "#eceef1",
    "xtick.color": GREY,
    "xtick.labelcolor": GREY,
    "xtick.major.size": 0,
    "ytick.color": INK,
    "ytick.major.size": 0,
    "svg.hashsalt": "samestory",
    "svg.fonttype": "path",
    "figure.dpi": 110,
    "savefig.bbox": "tight",
    "savefig.pad_inches": 0.15,
}


def colour(n: int) -> str:
    """The n-th colour of the palette, around again after the last."""
    return PALETTE[n % len(PALETTE)]


def on(background: str) -> str:
    """Black or white, whichever reads on this colour (relative luminance, WCAG 2)."""
    red, green, blue = (int(background[i : i + 2], 16) / 255 for i in (1, 3, 5))
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return "#ffffff" if luminance < 0.33 else INK
