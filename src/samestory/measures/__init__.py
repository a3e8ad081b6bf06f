"""Tables to measures: one row per article and measure, with numerator and denominator.

Every measure is a count over a count. It is taken over headline, deck and body together, and over each alone where
its name ends in ``.headline``, ``.deck`` or ``.body``. Notices and furniture never count; what else could be counted
otherwise is a choice (:class:`Choices`). :func:`evidence` leads from a count back to the characters.
"""

from samestory.measures.catalogue import MEASURES, PER_1000, PERCENT, Measure
from samestory.measures.choices import AXES, DOUBTS, Choices, specifications
from samestory.measures.counting import measure
from samestory.measures.evidence import evidence

__all__ = [
    "AXES",
    "DOUBTS",
    "MEASURES",
    "PERCENT",
    "PER_1000",
    "Choices",
    "Measure",
    "evidence",
    "measure",
    "specifications",
]
