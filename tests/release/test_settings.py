"""Settings are written so that they are read back, whatever sections a study has."""

from __future__ import annotations

import tomllib

from hypothesis import given
from hypothesis import strategies as st

from samestory.release.settings import to_toml

PLAIN = st.booleans() | st.integers(-(2**63), 2**63 - 1) | st.floats(allow_nan=False) | st.text(
    st.characters(exclude_categories=["Cs"])
) | st.dates() | st.times()  # fmt: skip
KEYS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=8)
VALUES = st.recursive(
    PLAIN, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3), max_leaves=8
)


@given(st.dictionaries(KEYS, st.dictionaries(KEYS, VALUES, max_size=4), max_size=4))
def test_any_settings_are_read_back(settings: dict) -> None:
    assert tomllib.loads(to_toml(settings)) == settings
