"""The one style sheet: colours that colour-blind readers tell apart (Okabe & Ito 2008), quiet axes, direct labels.

Figures are 7.2 inches wide and no text in them is smaller than 12 points: printed at half their width, the smallest
letters are 6 points high.
"""

from __future__ import annotations

import functools
from typing import Any

INK, GREY, PALE, FAINT = "#1f2430", "#5f6673", "#d9dce1", "#f4f6f8"
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#56B4E9", "#E69F00", "#7A5195", "#8C6D31")
READABLE = 4.5  # the least contrast of text with what it stands on (WCAG 2, level AA)
WIDTH = 7.2  # inches
SIZE, TITLE_SIZE = 12.0, 14.0  # points
LETTERS = "DejaVu Sans"  # comes with matplotlib, so that figures look the same everywhere
# For writing that these letters lack, the first of these that is installed; without any, a box stands for the sign.
OTHER_LETTERS = ("Noto Sans CJK SC", "Noto Sans CJK JP", "PingFang SC", "Hiragino Sans", "Microsoft YaHei",
                 "Arial Unicode MS", "WenQuanYi Zen Hei", "Droid Sans Fallback")  # fmt: skip


@functools.cache
def style() -> dict[Any, Any]:
    """The settings of matplotlib under which every figure is drawn and saved."""
    from matplotlib.font_manager import get_font_names

    installed = set(get_font_names())
    return {
        "font.family": [LETTERS, *(name for name in OTHER_LETTERS if name in installed)],
        "font.size": SIZE,
        "text.color": INK,
        "text.parse_math": False,  # a dollar sign in a name opens no formula
        "text.usetex": False,
        "axes.edgecolor": PALE,
        "axes.labelcolor": GREY,
        "axes.spines.top": False,
        "axes.spines.right": False,
        "axes.spines.left": False,
        "axes.axisbelow": True,
        "axes.grid": True,
        "axes.grid.axis": "x",
        "axes.unicode_minus": True,
        "figure.titlesize": TITLE_SIZE,
        "figure.titleweight": "bold",
        "grid.color": "#eceef1",
        "xtick.color": GREY,
        "xtick.labelcolor": GREY,
        "xtick.major.size": 0,
        "ytick.color": INK,
        "ytick.major.size": 0,
        "svg.fonttype": "path",
        "svg.hashsalt": "samestory",
        "figure.dpi": 100,
        "savefig.bbox": "standard",  # every figure is saved as wide as the others, its letters of the same size
        "savefig.facecolor": "white",
    }


def colour(n: int) -> str:
    """The n-th colour of the palette, around again after the last."""
    return PALETTE[n % len(PALETTE)]


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21 (WCAG 2)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def on(background: str) -> str:
    """White where it reads on this colour, else black."""
    return "#ffffff" if contrast("#ffffff", background) >= READABLE else "#000000"


def _luminance(shade: str) -> float:
    parts = (int(shade[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
