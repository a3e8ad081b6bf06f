"""The articles' canonical texts, as far as they are on this machine."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd


def known_texts(texts: pd.DataFrame) -> dict[str, str]:
    """Of the table ``texts``, those that are on this machine, by article."""
    there = texts.dropna(subset="text")
    return {str(article): str(text) for article, text in zip(there.article_id, there.text, strict=True)}
