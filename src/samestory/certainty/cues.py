"""What an article's certainty language is: cues with scope and number, and how sure each sentence is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from samestory.certainty.network import Model, Typed, decode, load_model, tags_of, weigh
from samestory.certainty.record import Cue, head_of
from samestory.certainty.rules import find_by_rules
from samestory.certainty.scope import cue_scope
from samestory.certainty.scores import bounded, grade
from samestory.document import Document
from samestory.language import Parse
from samestory.tables import frame

OUTLET = "outlet"


class Certainty(NamedTuple):
    """The table ``certainty`` of an article, and the score of each of its sentences (1 to 6, 6 certain) by its id."""

    cues: pd.DataFrame
    scores: dict[str, float]


class _Read(NamedTuple):
    """A sentence read: its cues, its score, and how much each cue moves that."""

    cues: Sequence[Cue]
    score: float
    effects: Sequence[float]


def read_certainty(document: Document) -> Certainty:
    """Find the certainty cues of the counted text, in text order, and score every sentence.

    ``holder`` is "outlet" and ``claim_id`` null throughout: both are filled where the tables are joined. Spans do not
    overlap. ``score_effect`` is how much the score of its sentence changes by the cue: below 0 where it takes certainty
    away. Holders make no difference to scores: what a source doubts lowers that of the sentence that reports it.
    """
    parse, rows, scores = document.parse, [], {}
    for number, read in enumerate(_read(parse)):
        sentence_id = f"{document.article_id}-s{number}"
        scores[sentence_id] = read.score
        rows += [
            _row(parse, cue, {"article_id": document.article_id, "sentence_id": sentence_id, "score_effect": effect})
            for cue, effect in zip(read.cues, read.effects, strict=True)
        ]
    for number, row in enumerate(rows):
        row["cue_id"] = f"{document.article_id}-c{number}"
    return Certainty(frame("certainty", rows), scores)


def find_certainty(document: Document) -> pd.DataFrame:
    """The table ``certainty`` alone: see :func:`read_certainty`."""
    return read_certainty(document).cues


def score_sentences(document: Document) -> dict[str, float]:
    """The scores alone: see :func:`read_certainty`."""
    return read_certainty(document).scores


def _row(parse: Parse, cue: Cue, known: dict[str, object]) -> dict[str, object]:
    scope_start, scope_end = cue_scope(parse, cue)
    number_start, number_end = cue.number or (None, None)
    return known | {
        "start": cue.start,
        "end": cue.end,
        "certainty_type": cue.type,
        "scope_start": scope_start,
        "scope_end": scope_end,
        "number_start": number_start,
        "number_end": number_end,
        "holder": OUTLET,
    }


def _read(parse: Parse) -> Iterator[_Read]:
    """Every sentence, by the network where it is installed."""
    ruled, model = find_by_rules(parse), load_model()
    if model is not None:
        yield from _by_network(parse, ruled, model)
        return
    for number in range(len(parse.sentences)):
        own = [cue for cue in ruled if cue.token.sentence == number]
        yield _Read(own, *grade([(cue.type, cue.token.lemma.lower()) for cue in own]))


def _by_network(parse: Parse, ruled: Sequence[Cue], model: Model) -> Iterator[_Read]:
    """The cues of network and rules together; one that the rules find keeps its head and its number.

    A cue's effect is by erasure (Li, Monroe & Jurafsky 2016): the score, less the score without the cue's words.
    """
    known = {(cue.start, cue.end): cue for cue in ruled}
    words = [token.text for token in parse.tokens]
    tags = tags_of(parse, [(cue.start, cue.end, cue.type) for cue in ruled])
    spans = [(sentence.first, sentence.last) for sentence in parse.sentences]
    readings = model.read([(words[low:high], tags[low:high]) for low, high in spans])
    found = [
        [(low + first, low + last, kind) for first, last, kind in decode(weigh(reading.tags, tags[low:high]))]
        for (low, high), reading in zip(spans, readings, strict=True)
    ]
    erased = [
        ([*words[low:first], *words[last + 1 : high]], [*tags[low:first], *tags[last + 1 : high]])
        for (low, high), own in zip(spans, found, strict=True)
        for first, last, _ in own
    ]
    without = iter(model.read(erased))
    for reading, own in zip(readings, found, strict=True):
        cues = [_cue(parse, typed, known) for typed in own]
        effects = [round(reading.rating - next(without).rating, 4) for _ in own]
        yield _Read(cues, bounded(reading.rating), effects)


def _cue(parse: Parse, typed: Typed, known: Mapping[tuple[int, int], Cue]) -> Cue:
    first, last, kind = typed
    span = parse.tokens[first].start, parse.tokens[last].end
    same = known.get(span, Cue(*span, kind, head_of(parse.tokens[first : last + 1])))
    return same._replace(type=kind)
