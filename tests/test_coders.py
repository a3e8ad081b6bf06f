"""Who codes, and what an agreement between them is called."""

from __future__ import annotations

import pytest

from samestory.coders import between, is_model


@pytest.mark.parametrize(
    ("coders", "said"),
    [
        ((), "between coders"),
        (("ana", "ben"), "between coders"),
        (("model-a", "model-b"), "between model coders, not human reliability"),
        (("ana", "model-b"), "between people and model coders, not human reliability"),
    ],
)
def test_between_whom(coders: tuple[str, ...], said: str):
    assert between(coders) == said


def test_models_say_so_in_their_name():
    assert is_model("model-a") and not is_model("a model") and not is_model("modeller")
