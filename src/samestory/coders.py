"""Who codes: people, or language models, whose names begin with ``model-``.

Two language models of one kind agree more than two people would: such an agreement is "between model coders, not
human reliability" wherever it is shown.
"""

from __future__ import annotations

from collections.abc import Iterable

MODEL = "model-"
BETWEEN_PEOPLE = "between coders"
BETWEEN_MODELS = "between model coders, not human reliability"
BETWEEN_BOTH = "between people and model coders, not human reliability"


def is_model(coder: str) -> bool:
    """Whether a coder's name says that it is a language model."""
    return coder.startswith(MODEL)


def kind_of(coders: Iterable[str]) -> str:
    """Who coded, as one word of a table: ``people``, ``models`` or ``both``."""
    models = {is_model(coder) for coder in coders}
    return "both" if models == {True, False} else "models" if models == {True} else "people"


def between(coders: Iterable[str]) -> str:
    """Between whom an agreement is, in words to be shown beside it."""
    models = {is_model(coder) for coder in coders}
    return BETWEEN_BOTH if models == {True, False} else BETWEEN_MODELS if models == {True} else BETWEEN_PEOPLE
