"""What is asked of the same tables several times is found once."""

from __future__ import annotations

import pickle

from samestory.annotation import Annotations
from samestory.comparison.once import once


def test_it_is_found_once_for_the_same_tables_and_anew_for_others(coded: Annotations) -> None:
    asked = []

    @once
    def articles(annotations: Annotations) -> int:
        asked.append(annotations)
        return len(annotations.articles)

    some = coded.select(coded.articles.article_id[:1])
    assert [articles(coded), articles(coded), articles(some), articles(coded)] == [len(coded.articles)] * 2 + [
        1,
        len(coded.articles),
    ]
    assert len(asked) == 2
    again = pickle.loads(pickle.dumps(some))
    assert again.articles.equals(some.articles)
