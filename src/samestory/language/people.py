"""Nouns for people, from WordNet (Fellbaum 1998, *WordNet: An Electronic Lexical Database*)."""

from __future__ import annotations

import functools
from pathlib import Path

TABLE = Path(__file__).parent / "people_nouns.txt"


@functools.cache
def people_nouns() -> frozenset[str]:
    """Nouns of one word, in lower case, whose first sense in WordNet is a person ("guide", "bodyguard")."""
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return frozenset(line for line in lines if not line.startswith("#"))
