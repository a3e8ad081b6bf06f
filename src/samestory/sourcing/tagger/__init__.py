"""The learned tagger of attributions: a parsed paragraph in, linked spans of source, cue and content out.

``pieces`` and ``features`` turn tokens into numbers, ``network`` scores them, ``chains`` makes spans of the scores,
``links`` joins the spans of each cue to an attribution, ``reading`` gives them the codebook's codes. How the weights
were made: ``samestory.training.attributions``.
"""

from samestory.sourcing.tagger.network import has_model
from samestory.sourcing.tagger.reading import tag_attributions

__all__ = ["has_model", "tag_attributions"]
