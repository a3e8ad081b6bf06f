"""What the attribution tagger is trained on: marked spans as tags and links of windows."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.sourcing.tagger.chains import BEGIN, INSIDE
from samestory.training import samples
from samestory.training.samples import batches, read_corpus
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


def test_every_role_has_its_own_tags_and_contents_know_their_cue(corpus: samples.Corpus) -> None:
    first, second = corpus.samples["a"]
    tokens = [t.text for t in corpus.parses["a"].tokens[: first.window.last]]
    starts = {role: (first.tags[:, at] == BEGIN).nonzero()[0] for at, role in enumerate(first.spans)}
    begins = {role: [tokens[n] for n in own] for role, own in starts.items()}
    assert begins == {"source": ["Jane"], "cue": ["said"], "content": ["“", "“"]}
    assert tokens[[*first.tags[:, 0]].index(INSIDE)] == "Roe"
    assert first.links == ([1, 1], [1]) and second.links == ([1], [1])


def test_batches_hold_every_window_once_and_fit_their_budget(corpus: samples.Corpus) -> None:
    windows = corpus.samples["a"] * 5
    for seed in (None, 3):
        made = list(batches(windows, 4, 60, seed))
        assert sorted(id(s) for b in made for s in b) == sorted(map(id, windows))
        assert all(len(b) <= 4 and len(b) * max(len(s.inputs.pieces) for s in b) <= 60 for b in made)
    assert list(batches(windows, 4, 60, 3)) == list(batches(windows, 4, 60, 3))
