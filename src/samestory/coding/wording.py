"""The words of a sentence as sheets show them, known again when they come back."""

from __future__ import annotations

import hashlib
import re

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_PLAIN = re.compile(r"[^0-9A-Za-z]+")


def shown(text: str) -> str:
    """A sentence on one line, without characters that no sheet can hold."""
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return " ".join(_CONTROLS.sub(" ", whole).split())


def sentence_hash(text: str) -> str:
    """By which a sentence is known again after spreadsheets had it: of its ASCII letters and digits alone.

    A file that was saved in another encoding, with other quotation marks or dashes, holds the same sentence still.
    """
    return hashlib.sha256(_PLAIN.sub("", text).lower().encode()).hexdigest()[:12]
