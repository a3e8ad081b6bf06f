"""How sure a text is: certainty cues, their scope, and a graded reading of each sentence."""

from samestory.certainty.cues import find_certainty, read_certainty, score_sentences

__all__ = ["find_certainty", "read_certainty", "score_sentences"]
