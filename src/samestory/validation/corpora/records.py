"""What the readers give: frozen records of a text and what people marked in it."""

from __future__ import annotations

from typing import NamedTuple

Span = tuple[int, int]  # half-open characters of the document's text
Pieces = tuple[Span, ...]  # one unit, in text order; more than one piece where it is discontinuous, none where empty


class Attribution(NamedTuple):
    """An attribution; ``source`` is empty where the text names none."""

    cue: Pieces
    source: Pieces
    content: Pieces


class AttributionDocument(NamedTuple):
    """An article with all its attributions, as one annotator marked them."""

    document_id: str
    text: str
    attributions: tuple[Attribution, ...]
    annotator: str


class Quote(NamedTuple):
    """A quotation; ``source`` is None and ``verb`` empty for a floating quote."""

    content: Span
    source: Span | None
    verb: str


class QuoteDocument(NamedTuple):
    """An article with its quotations."""

    document_id: str
    text: str
    quotes: tuple[Quote, ...]


class Cue(NamedTuple):
    """A certainty cue; ``original`` is the corpus's own type."""

    start: int
    end: int
    certainty_type: str
    original: str


class CueDocument(NamedTuple):
    """Sentences of one document, one a line, and their certainty cues in offsets of ``text``."""

    document_id: str
    text: str
    sentences: tuple[Span, ...]
    cues: tuple[Cue, ...]


class Finding(NamedTuple):
    """A sentence about science, rated from 1 (lowest) to 6 (highest) for certainty."""

    document_id: str
    text: str
    certainty: float
    part: str


class FrameDocument(NamedTuple):
    """An article and the issue frames that hold for it, in the codebook's names."""

    document_id: str
    text: str
    frames: tuple[str, ...]


class Chain(NamedTuple):
    """All mentions of one referent in an article."""

    referent: str
    kind: str
    mentions: tuple[Span, ...]


class ChainDocument(NamedTuple):
    """An article with its chains of labels, and the event that it tells."""

    document_id: str
    event: str
    text: str
    chains: tuple[Chain, ...]
