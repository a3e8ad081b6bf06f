"""Choices: only of what there is."""

from __future__ import annotations

import pytest

from samestory.lab import choose
from samestory.study import Study, StudyError, open_study


def test_a_choice_says_what_it_leaves(study: Study):
    assert str(choose(study)) == "Two events, two outlets: all events, all outlets (4 articles)"
    assert str(choose(study, "ferry", ["wire"])) == "Two events, two outlets: ferry, wire (1 article)"
    assert choose(study, "ferry", ["wire", "lantern"]).outlets == ("lantern", "wire")


def test_what_is_not_there_is_named_with_what_is(study: Study):
    with pytest.raises(StudyError, match=r"small: no event is named 'fire'.*; the events are ferry, mill-fire"):
        choose(study, "fire")
    with pytest.raises(StudyError, match="small on ferry: no outlet is named 'herald'; the outlets are lantern, wire"):
        choose(study, "ferry", ["wire", "herald"])


def test_a_study_without_tables_says_what_to_do(text_study, tmp_path):
    with pytest.raises(StudyError, match=r"not annotated yet; `samestory run .*small` does that"):
        choose(open_study(text_study, tmp_path / "none"))
