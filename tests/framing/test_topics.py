"""Topics: nouns that an article comes back to, though no list holds them."""

from __future__ import annotations

from samestory.framing import find_labels
from samestory.framing.topics import find_topics

MEMOS = (
    "The mayor wrote seven memos about the bridge. Rivals asked for the memos on Monday, and the memos came out. "
    "Her lawyer kept copies of the memos. She likes tea, and tea was served."
)


def test_what_an_article_takes_up_again_is_a_topic(document):
    assert find_topics(document(MEMOS).parse) == {"memo"}


def test_topics_are_labels_and_what_stands_once_is_not(document):
    heads = find_labels(document(MEMOS))["head"].tolist()
    assert heads.count("memo") == 4 and "tea" not in heads
    assert "memo" not in find_labels(document("She sent a memo. He read it."))["head"].tolist()


def test_measures_and_times_are_no_topics(document):
    years = "That year was hard. The year before was worse. The year after was good. The year ended."
    assert find_topics(document(years).parse) == frozenset()
