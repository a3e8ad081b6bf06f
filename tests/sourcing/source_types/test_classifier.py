"""The shipped network for types of sources, and how it works beside the rules."""

from __future__ import annotations

import pytest

from samestory.sourcing import find_attributions, sources
from samestory.sourcing.source_types import Question, weigh
from samestory.sourcing.source_types.telling import Passage
from samestory.tables import IDENTIFICATIONS, SOURCE_TYPES
from samestory.validation.external import body

OFFICIAL = {"source_type": "official", "identification": "unnamed_group"}


@pytest.mark.parametrize("words", [(), ("?",), ("#@" * 300,), ("x",) * 900, ("\u0301",)])
def test_odd_passages_are_read(words: tuple[str, ...]) -> None:
    (chosen,) = weigh([Question([Passage(words, 0, len(words))], OFFICIAL)])
    assert chosen["source_type"] in SOURCE_TYPES and chosen["identification"] in IDENTIFICATIONS


def test_the_same_source_has_the_same_type_whatever_was_read_before() -> None:
    police = [
        Passage(("the", "police"), 0, 2),
        Passage(("The", "bridge", "is", "closed", ",", "the", "police", "said"), 5, 7),
    ]
    asked = Question(police, OFFICIAL)
    before = weigh([asked])
    mother = Question([Passage(("a", "mother", "of", "two"), 0, 4)], OFFICIAL)
    (again, _, same) = weigh([asked, mother, asked])
    assert [again] == [same] == before
    assert again == {"source_type": "official", "identification": "named_institution"}


def test_the_story_tells_who_is_affected_where_no_word_list_does(monkeypatch: pytest.MonkeyPatch) -> None:
    text = (
        "Teenager sues school over locker search\n"
        "A pupil who was searched three times last month has sued her school. “I felt like a criminal,” said Jane Roe, "
        "who was sent home in tears after the second search.\n"
    )
    assert set(find_attributions(body("a", text)).sources.source_type) == {"affected"}
    monkeypatch.setattr(sources, "has_model", lambda: False)
    assert set(find_attributions(body("a", text)).sources.source_type) != {"affected"}
