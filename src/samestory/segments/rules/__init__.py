"""What single lines are by their own wording: notices, bylines, captions, furniture.

Each rule has a name, which the table ``segments`` gives, so that every decision can be read and disputed. People who
are quoted say "subscribe" too: patterns hold at the start of a line or at its end, hardly ever within.
"""

from __future__ import annotations

from samestory.segments.rules.abroad import RULES_ABROAD
from samestory.segments.rules.captions import CAPTIONS, PICTURED
from samestory.segments.rules.furniture import FURNITURE, LABELLED
from samestory.segments.rules.notices import BYLINES, LAST, NOTICES
from samestory.segments.rules.rule import Rule

__all__ = ["PICTURED", "RULES", "Rule", "match_rule"]

RULES = (*NOTICES, *BYLINES, *LABELLED, *CAPTIONS, *FURNITURE, *RULES_ABROAD, *LAST)  # the first that matches decides


def match_rule(line: str, n_words: int) -> Rule | None:
    """The first rule that a line's own wording meets, or None."""
    for one in RULES:
        if n_words <= one.most_words and one.pattern.search(line):
            return one
    return None
