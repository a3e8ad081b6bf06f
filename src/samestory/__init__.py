"""samestory: how news outlets tell the same event, set side by side.

>>> import samestory
>>> study = samestory.open_study("data/specimen")           # doctest: +SKIP
>>> annotations = study.annotations()                        # doctest: +SKIP
>>> measures = samestory.measure(annotations)                # doctest: +SKIP
>>> samestory.compare(measures, annotations.articles)        # doctest: +SKIP
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING

__version__ = "0.1.0"

if TYPE_CHECKING:
    from samestory.annotation import Annotations, annotate
    from samestory.articles import read
    from samestory.comparison import compare
    from samestory.comparison.concordance import concordance
    from samestory.measures import measure
    from samestory.study import Study, open_study

_HOMES = {
    "Annotations": "annotation",
    "annotate": "annotation",
    "compare": "comparison",
    "concordance": "comparison.concordance",
    "measure": "measures",
    "open_study": "study",
    "read": "articles",
    "Study": "study",
}
__all__ = ["Annotations", "Study", "annotate", "compare", "concordance", "measure", "open_study", "read"]


def __getattr__(name: str):
    """Import on first use, so that starting a kernel or the command line stays quick."""
    if name in _HOMES:
        return getattr(importlib.import_module(f"samestory.{_HOMES[name]}"), name)
    from samestory.messages import did_you_mean

    raise AttributeError(f"module 'samestory' has no attribute {name!r}{did_you_mean(name, __all__)}")
