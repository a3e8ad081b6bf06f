"""Plots, tables and passages for notebooks and report: one style, alt text always, escaped always."""

from samestory.figures.chart import Chart
from samestory.figures.contrasts import contrast_chart, triple_chart
from samestory.figures.grouped import agency_chart, grouped_dots
from samestory.figures.keeping import drop_kept
from samestory.figures.kwic import Kwic, kwic
from samestory.figures.ledger import Ledger, ledger
from samestory.figures.passages import Passages, passages
from samestory.figures.plots import bars, dots, matrix, stacks
from samestory.figures.quotable import Quotable, quotable
from samestory.figures.reading import ReadingView, reading_script, reading_style, reading_view
from samestory.figures.specification_curve import specification_curve
from samestory.figures.stages import stage_bars
from samestory.figures.steps import steps
from samestory.figures.tabular import Finding, Table, finding, limit, table
from samestory.figures.timeline import timeline
from samestory.figures.versions import SideBySide, side_by_side
from samestory.figures.words import words

__all__ = [
    "Chart",
    "Finding",
    "Kwic",
    "Ledger",
    "Passages",
    "Quotable",
    "ReadingView",
    "SideBySide",
    "Table",
    "agency_chart",
    "bars",
    "contrast_chart",
    "dots",
    "drop_kept",
    "finding",
    "grouped_dots",
    "kwic",
    "ledger",
    "limit",
    "matrix",
    "passages",
    "quotable",
    "reading_script",
    "reading_style",
    "reading_view",
    "side_by_side",
    "specification_curve",
    "stacks",
    "stage_bars",
    "steps",
    "table",
    "timeline",
    "triple_chart",
    "words",
]
