from __future__ import annotations

import hashlib
import json

import pytest

from samestory.tables import SOURCE_TYPES
from samestory.validation.corpora import (
    Attribution,
    CorpusAbsentError,
    coded_sources,
    find_shared,
    gender_gap_tracker,
    newswcl50,
    policy_frames,
    polnear,
    science_ratings,
    szeged_uncertainty,
)
from samestory.validation.corpora.newswcl50 import parse_conll
from samestory.validation.corpora.polnear import parse_standoff
from samestory.validation.corpora.records import Cue

STANDOFF = """T1\tSource 0 9\tThe mayor
T2\tCue 10 14\tsaid
T3\tContent 15 20;25 31\tit is shut
and dry
T4\tAttribution 10 14\tsaid
E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1
T5\tContent 40 44\tthat
E2\tAttribution-no-source:T4 Content:T5 Content2:T3 Cue:T2
E3\tAttribution-no-source:T4 
T6\tDiscuss 40 44\tthat
#1\tAnnotatorNotes T6\twhat of this?
"""  # noqa: W291


def test_standoff_joins_pieces_and_skips_what_is_no_attribution():
    assert list(parse_standoff(STANDOFF)) == [
        Attribution(cue=((10, 14),), source=((0, 9),), content=((15, 20), (25, 31))),
        Attribution(cue=((10, 14),), source=(), content=((15, 20), (25, 31), (40, 44))),
    ]


def test_standoff_that_names_a_missing_span_is_refused():
    with pytest.raises(ValueError, match="Source:T9"):
        list(parse_standoff("T1\tCue 0 4\tsaid\nE1\tAttribution:T1 Source:T9 Cue:T1\n", "x.ann"))


def test_polnear_takes_the_first_annotator_and_keeps_line_ends(tmp_path):
    folder = tmp_path / "gold" / "polnear" / "dev"
    (folder / "text").mkdir(parents=True)
    (folder / "attributions").mkdir()
    (folder / "text" / "a_1.txt").write_bytes(b"Hm.\r\nShe left.\r\n")
    (folder / "attributions" / "a_1_5fec.ann").write_text("", encoding="utf-8")
    (folder / "attributions" / "a_1_4e07.ann").write_text(STANDOFF, encoding="utf-8")
    (document,) = polnear.read("dev", tmp_path)
    assert document.annotator == "4e07"
    assert len(document.attributions) == 2
    assert document.text[5:8] == "She"


def test_szeged_sentences_keep_their_offsets_when_joined(tmp_path):
    folder = tmp_path / "gold" / "certainty"
    folder.mkdir(parents=True)
    rows = [
        {"doc": "d", "sentence": "S1", "text": "Rain fell.", "cues": []},
        {"doc": "d", "sentence": "S2", "text": "It may stop.",
         "cues": [{"start": 3, "end": 6, "type": "speculation_modal_probable", "text": "may"}]},
    ]  # fmt: skip
    (folder / "news.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    (document,) = szeged_uncertainty.read("news", tmp_path)
    assert [document.text[s:e] for s, e in document.sentences] == ["Rain fell.", "It may stop."]
    assert document.cues == (Cue(14, 17, "hedge", "speculation_modal_probable"),)
    assert document.text[14:17] == "may"


def test_conll_chains_nest_and_close():
    rows = [
        ("The", "(7_River_OBJECT"),
        ("Oder", "(7_Oder_PLACE)|7_River_OBJECT)"),
        ("\\n", "-"),
        ("it", "(7_River_OBJECT)"),
    ]
    lines = [f"7/-/7_L\t0\t{n}\t{word}\t{mark}\t" for n, (word, mark) in enumerate(rows)]
    (document,) = parse_conll("#begin document 7/-/7_L; part 000\n" + "\n".join(lines) + "\n#end document\n")
    assert document.event == "7"
    named = {chain.referent: [document.text[s:e] for s, e in chain.mentions] for chain in document.chains}
    assert named == {"7_River_OBJECT": ["The Oder", "it"], "7_Oder_PLACE": ["Oder"]}
    assert [chain.kind for chain in document.chains] == ["place", "object"]


def test_conll_with_an_open_chain_is_refused():
    with pytest.raises(ValueError, match="7_River_OBJECT opens without closing"):
        list(parse_conll("#begin document 7/-/7_L; part 000\n7/-/7_L\t0\t0\tThe\t(7_River_OBJECT\t\n#end document\n"))


def test_absent_corpora_are_named_with_what_to_do(tmp_path, monkeypatch):
    monkeypatch.setenv("SAMESTORY_CORPORA", str(tmp_path / "nowhere"))
    with pytest.raises(CorpusAbsentError, match="SAMESTORY_CORPORA"):
        find_shared()
    with pytest.raises(CorpusAbsentError, match="no gold/ggt"):
        gender_gap_tracker.read(tmp_path)


def test_the_variable_points_at_the_corpora(tmp_path, monkeypatch):
    (tmp_path / "gold").mkdir()
    monkeypatch.setenv("SAMESTORY_CORPORA", str(tmp_path))
    assert find_shared() == tmp_path


def test_the_real_corpora_have_the_published_sizes(shared):
    dev = polnear.read("dev", shared)
    assert (len(dev), len(polnear.read("train", shared))) == (84, 840)
    assert all(end <= len(d.text) for d in dev for a in d.attributions for part in a for _, end in part)
    assert sum(len(d.quotes) for d in gender_gap_tracker.read(shared)) == 759
    news = szeged_uncertainty.read("news", shared)
    assert (len(news), sum(len(d.cues) for d in news)) == (163, 576)
    assert sum(len(d.sentences) for d in szeged_uncertainty.read("wikipedia", shared)) == 11139
    assert len(science_ratings.read(shared=shared)) == 1220
    assert len(policy_frames.read(shared)) == 433
    chains = newswcl50.read("dev", shared)
    assert (len(chains), len({d.event for d in chains})) == (20, 4)


def test_cues_of_real_documents_lie_inside_their_sentences(shared):
    for document in szeged_uncertainty.read("news", shared):
        assert all(any(s <= c.start and c.end <= e for s, e in document.sentences) for c in document.cues)


def test_coded_sources_come_with_their_articles(shared):
    articles = coded_sources.read(shared, limit=5)
    assert len(articles) == 5
    for article in articles:
        assert hashlib.sha256(article.text.encode("utf-8")).hexdigest() == article.text_sha256
        assert set(article.phrases.source_type) <= set(SOURCE_TYPES)
        assert (article.phrases.start < article.phrases.end).all() and article.phrases.end.max() <= len(article.text)


def test_a_coded_article_that_the_corpora_do_not_hold_is_named(shared, tmp_path):
    row = "f" * 64 + ",x,0,3,official,none,false,model-i,first"
    header = "text_sha256,source_file,start,end,source_type,identification,anonymous,coder,reading"
    (tmp_path / "sources.csv").write_text(f"{header}\n{row}\n", encoding="utf-8")
    with pytest.raises(ValueError, match="1 articles are not in the corpora"):
        coded_sources.read(shared, folder=tmp_path)
