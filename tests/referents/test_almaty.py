"""The founding study: what both pages call those who attacked, and the state's response."""

from __future__ import annotations

from collections import Counter

import pytest

from samestory.articles import read
from samestory.document import Document
from samestory.framing import find_labels
from samestory.referents import resolve
from samestory.segments import segment
from samestory.tables import concat, frame

pytestmark = pytest.mark.corpora


@pytest.fixture(scope="module")
def labels(shared):
    folder = shared / "corpora" / "almaty"
    articles = read([folder / "ndtv.txt", folder / "sputnik.txt"], event="almaty").articles
    documents = [Document(a.article_id, a.text, segment(a)) for a in articles]
    found = concat("labels", [find_labels(document) for document in documents])
    names = {a.article_id: a.source_file.removesuffix(".txt").rpartition("/")[2] for a in articles}
    resolved = resolve("almaty", documents, found, frame("sources")).labels
    return resolved.assign(page=resolved.article_id.map(names))


def test_perpetrator_labels_of_both_pages(labels):
    referent = labels[labels["head"] == "gunman"].referent_id.unique()
    assert len(referent) == 1
    own = labels[labels.referent_id == referent[0]]
    ndtv, sputnik = (Counter(own[own.page == page]["head"]) for page in ("ndtv", "sputnik"))
    told = Counter(attacker=3, man=3, gunman=2, terrorist=1, militant=1)
    assert {head: ndtv[head] for head in told} == told
    assert sputnik == Counter(gunman=2, man=2, attacker=1, perpetrator=1)


def test_words_for_the_response_are_apart(labels):
    heads = set(labels[labels.response]["head"])
    assert {"alert", "operation", "meeting"} <= heads
    assert not heads & {"gunman", "attacker", "attack", "shootout"}
