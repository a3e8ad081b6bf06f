"""Words of articles and codes, as the details beside a passage print them."""

from __future__ import annotations

LONGEST = 80  # characters of a quotation


def worded(code: str) -> str:
    """A code as words."""
    return code.replace("_", " ")


def span_words(texts: dict[str, str], article_id: str, start: int, end: int) -> str:
    """A span as a quotation, a long one shortened; where the text is not here, which characters it would be."""
    if article_id not in texts:
        return f"characters {start} to {end}"
    words = " ".join(texts[article_id][start:end].split())
    return f"“{words if len(words) <= LONGEST else words[: LONGEST - 1].rstrip() + '…'}”"
