"""What type of source a phrase names, learnt from coded sources: what the article tells of it in, probabilities out.

``telling`` collects the passages that tell who is meant, ``classifier`` reads them and weighs what the rules say. How
the weights were made: ``samestory.training.source_types``.
"""

from samestory.sourcing.source_types.classifier import Question, has_model, weigh
from samestory.sourcing.source_types.telling import tell

__all__ = ["Question", "has_model", "tell", "weigh"]
