"""What the attribution tagger is trained on: marked spans as tags of windows, cue by cue."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.sourcing.tagger.chains import BEGIN, INSIDE
from samestory.sourcing.tagger.features import ROLES
from samestory.training import samples
from samestory.training.samples import ask_all, ask_each, batches, read_corpus, ruled_cues
from samestory.validation.corpora.records import Attribution, AttributionDocument

TEXT = "“It sank,” said Jane Roe. “Nobody was hurt.”\n\nShe added that divers had come.\n"


def span(words: str) -> tuple[int, int]:
    return TEXT.index(words), TEXT.index(words) + len(words)


@pytest.fixture
def corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> samples.Corpus:
    marked = (
        Attribution((span("said"),), (span("Jane Roe"),), (span("“It sank,”"), span("“Nobody was hurt.”"))),
        Attribution((span("added"),), (span("She"),), (span("that divers had come"),)),
    )
    documents = (AttributionDocument("a", TEXT, marked, "one"),)
    monkeypatch.setattr(samples.polnear, "read", lambda part, shared: documents)
    (tmp_path / "vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\nsaid\n", encoding="utf-8")
    return read_corpus(tmp_path, tmp_path, tmp_path / "parses.pickle")


def test_every_role_has_its_own_tags(corpus: samples.Corpus) -> None:
    first, _ = corpus.samples["a"]
    tokens = [t.text for t in corpus.parses["a"].tokens[: first.window.last]]
    tags = ask_all(first).tags
    begins = {role: [tokens[n] for n in (tags[:, at] == BEGIN).nonzero()[0]] for at, role in enumerate(ROLES)}
    assert begins == {"source": ["Jane"], "cue": ["said"], "content": ["“", "“"]}
    assert tokens[[*tags[:, 0]].index(INSIDE)] == "Roe"


def test_each_cue_is_asked_about_alone_and_one_that_is_none_has_nothing(corpus: samples.Corpus) -> None:
    first, second = corpus.samples["a"]
    right = ask_each(first, [])
    assert len(right) == 1 and (right[0].tags == ask_all(first).tags).all()
    said, sank = first.marked[0].cue[0], (2, 2)
    flags = first.inputs.flags(said)
    assert flags.sum() == 1 and flags[first.inputs.firsts[said[0]]] == 1
    wrong = ask_each(first, [said, sank, (1, 2)])  # the first is right, the last overlaps the one before
    assert [q.cue for q in wrong] == [said, sank] and not wrong[1].tags.any()
    assert ruled_cues(second, corpus.codes) == []  # features of so few tokens are not known


def test_batches_hold_every_question_once_and_fit_their_budget(corpus: samples.Corpus) -> None:
    questions = [ask_all(s) for s in corpus.samples["a"] * 5]
    for seed in (None, 3):
        made = list(batches(questions, 4, 60, seed))
        assert sorted(id(q) for b in made for q in b) == sorted(map(id, questions))
        assert all(len(b) <= 4 and len(b) * max(len(q.sample.inputs.pieces) for q in b) <= 60 for b in made)
    again = [[[id(q) for q in b] for b in batches(questions, 4, 60, 3)] for _ in range(2)]
    assert again[0] == again[1]
