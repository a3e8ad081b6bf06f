"""Articles of one event side by side, with what was annotated marked in the text."""

from samestory.figures.reading.html import reading_script, reading_style
from samestory.figures.reading.marks import LAYERS
from samestory.figures.reading.view import ReadingView, reading_view

__all__ = ["LAYERS", "ReadingView", "reading_script", "reading_style", "reading_view"]
