"""The one place that knows the NLP library: sentences, tokens, parse, entities, lexicons, quotation marks."""

from samestory.language.lexicon import Lexicon
from samestory.language.model import model_info
from samestory.language.parse import Parse, Sentence, Token, parse_blocks

__all__ = ["Lexicon", "Parse", "Sentence", "Token", "model_info", "parse_blocks"]
