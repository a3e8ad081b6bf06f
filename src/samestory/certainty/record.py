"""What a certainty cue is, before it is a row of a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from samestory.language import Token


class Cue(NamedTuple):
    """Characters of a cue, its type, the token that heads it, and the number that it qualifies."""

    start: int
    end: int
    type: str
    token: Token
    number: tuple[int, int] | None = None


def head_of(tokens: Sequence[Token]) -> Token:
    """The token of a phrase that hangs on something outside it."""
    inside = {t.i for t in tokens}
    return next((t for t in tokens if t.head not in inside or t.head == t.i), tokens[0])
