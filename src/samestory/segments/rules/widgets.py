"""Long lines that are no sentences: forms, players and lists of other stories that a scraper set in one line."""

from __future__ import annotations

import re

from samestory.segments.vocabulary import either

PHRASES = re.compile(
    either(
        r"please (?:verify|enter|re-enter|try again)|try again later|not a robot|invalid e-?mail|sign up(?= )",
        r"newsletters?\b|agree to (?:receive|our)|thank you for subscribing|special offers|privacy policy",
        r"terms (?:of|and) \w+|forgot(?:ten)? (?:your )?password|create (?:an )?account|my account|log ?in\b|cookie",
        r"skip (?:in|ad)\b|x embed|x share|\bautoplay|play slideshow|\b\d+ of \d+\b|(?:last|next) video|replay\b",
        r"select category|all topics|(?:show|load) more",
    ),
    re.IGNORECASE,
)
STRUNG = 3  # different phrases in one line
LIST_OF_STORIES = re.compile(
    r"^\W*(?:most (?:read|popular|viewed) (?:in|on)\b|more on\b|related (?:articles|stories)\b)", re.IGNORECASE
)
LISTED_WORDS = 25  # a line of more words that opens like a list of other stories is one
KICKER = re.compile(r"\b[A-Z][A-Z’'?!-]{2,}\b")
HEADS = re.compile(r"(?:\b[A-Z][A-Z’'?!.-]+(?: |$)){2,}(?=[A-Z‘'\"“]?[A-Za-z])")  # each title's own kicker
KICKERS = 1 / 8  # of the words: titles of other stories begin with words in capitals


def is_widget(line: str, n_words: int) -> bool:
    """Whether a long line strings together phrases of forms and players, or titles of other stories."""
    if n_words > LISTED_WORDS and LIST_OF_STORIES.search(line) and len(KICKER.findall(line)) >= KICKERS * n_words:
        return True
    if n_words > LISTED_WORDS and not line.rstrip().endswith(".") and len(HEADS.findall(line)) >= STRUNG:
        return True
    return len({found.lower() for found in PHRASES.findall(line)}) >= STRUNG
