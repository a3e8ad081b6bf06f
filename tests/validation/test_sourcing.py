from __future__ import annotations

from samestory.language.quotations import find_quotations
from samestory.validation.corpora.records import Attribution
from samestory.validation.external import body
from samestory.validation.sourcing import _is_quote, _kind, _quote_type, score_polnear, score_quotes

TEXT = "\"It is over,\" Anna Mirkel said. The mayor believes the bridge is 'safe'. Police say it “may” fall.\n"


def attribution(cue, source, content):
    spans = ((((start := TEXT.index(words)), start + len(words)),) for words in (cue, source, content))
    return Attribution(*spans)


SAID = attribution("said", "Anna Mirkel", '"It is over,"')
BELIEVED = attribution("believes", "The mayor", "the bridge is")
SAY = attribution("say", "Police", "it “may” fall")


def test_the_quote_type_of_gold_is_read_from_its_marks():
    assert [_quote_type(body("t", TEXT), one) for one in (SAID, BELIEVED, SAY)] == ["direct", "indirect", "mixed"]


def test_cues_that_are_known_as_thought_are_no_speech_and_unknown_ones_are():
    unknown = Attribution(((0, 1),), (), ())
    assert [_kind(body("t", TEXT), one) for one in (SAID, BELIEVED, unknown)] == ["speech", "other", "speech"]


def test_what_is_quoted_or_a_clause_is_a_quote_and_the_naming_of_what_was_said_is_none():
    text = 'The mayor condemned the closure of the bridge. Police say it is safe. He called it "shut for good".\n'
    pieces = ("the closure of the bridge", "it is safe", '"shut for good"')
    spans = ((text.index(piece), text.index(piece) + len(piece)) for piece in pieces)
    read = body("t", text)
    marks = find_quotations(text, read.parse.blocks)
    assert [_is_quote(read, marks, span) for span in spans] == [False, True, True]


def test_both_corpora_are_scored_by_span_whole_kind_and_outlet(shared):
    scores = [*score_polnear(shared, 2, seed=1), *score_quotes(shared, 2, seed=1)]
    measures = {score.measure for score in scores}
    assert {"sourcing.linked", "sourcing.content.direct", "sourcing.source.speech", "sourcing.quotes"} <= measures
    assert all(score.score is None or 0 <= score.score <= 1 for score in scores)
    linked = {score.metric: score.score for score in scores if score.measure == "sourcing.quotes"}
    assert linked["linked_0.3"] <= linked["content_0.3"]
    assert linked["linked_0.8"] <= linked["linked_0.3"]
    kinds = {score.reason for score in scores if score.measure == "sourcing.content.direct"}
    assert kinds == {"quote type read from the marks"}
