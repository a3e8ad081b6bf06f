"""The sourcing engine on attributions and quotations that people marked: PolNeAR and the Gender Gap Tracker's set."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from samestory.document import Document
from samestory.language.phrases import meet
from samestory.tables import QUOTE_TYPES
from samestory.validation.codes import score_codes
from samestory.validation.corpora import Attribution, QuoteDocument, Span, gender_gap_tracker, polnear
from samestory.validation.external import body, spans_in
from samestory.validation.linked import SHARES, score_linked, share_found
from samestory.validation.outlets import score_outlets
from samestory.validation.spans import Score, count_spans, match_units, score_counts, score_spans

if TYPE_CHECKING:
    from samestory.language.quotations import Quotation
    from samestory.sourcing import Sourcing

READ_OFF = {"quote_type": "quote type read from the marks", "kind": "speech told from cue words by the lexicon"}
ROLES = ("cue", "source", "content")
SPEECH = "speech"
FINITE = ("VBD", "VBP", "VBZ", "MD")


class Coded(NamedTuple):
    """An attribution with its kind (``speech`` or another) and quote type."""

    spans: Attribution
    kind: str
    quote_type: str


Codings = Mapping[str, Sequence[Coded]]  # by document


def score_polnear(shared: Path | None, limit: int | None, seed: int, part: str = "dev") -> Iterator[Score]:
    """Attributions of PolNeAR: spans of each role, whole attributions, kinds of them, outlets.

    The corpus gives each token to one attribution at most, so that it has no nested and no carried ones: found ones
    of a deeper layer or without a cue are left out. It marks no kinds: the quote type of its attributions is read from
    the quotation marks, and all count as speech but those with cue words that the shipped lexicon knows as thought or
    evidence alone.
    """
    from samestory.sourcing import find_attributions

    gold, found, texts = {}, {}, {}
    for name, text, attributions, _ in polnear.read(part, shared, limit):
        document = body(name, text)
        texts[name] = text
        gold[name] = [Coded(one, _kind(document, one), _quote_type(document, one)) for one in attributions]
        found[name] = [one for one in outermost(find_attributions(document)) if one.spans.cue]
    names: dict[str, Any] = {"corpus": "PolNeAR", "part": part, "seed": seed}
    for role in ROLES:
        sides = _role(gold, role), _role(found, role)
        yield from score_spans(*sides, texts, measure=f"sourcing.{role}", **names)
    yield from score_linked(_whole(gold), _whole(found), measure="sourcing.linked", **names)
    yield from _score_kinds(gold, found, names)
    yield from _score_outlets(gold, found, names)


def score_quotes(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """Quotations of the Gender Gap Tracker: content found to .3 and to .8 of its length; speaker and verb of those.

    Found are the contents of speech attributions of the outermost layer, each contiguous piece on its own, with those
    that are carried over: the corpus marks floating quotations too. It marks what is quoted or reported as a clause,
    and no naming of what was said ("condemned the deal"): pieces without quotation mark and finite verb are left out.
    ``linked`` asks for content, speaker and verb.
    ``marked`` are the quotes to which the corpus gives a speaker or verb; the others, floating, must have none, though
    the codebook joins a quotation after its cue to the one before it.
    """
    from samestory.language.quotations import find_quotations
    from samestory.sourcing import find_attributions

    held: dict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    codes: dict[str, dict[str, list[tuple[str, str]]]] = defaultdict(dict)
    for document in gender_gap_tracker.read(shared, limit):
        read = body(document.document_id, document.text)
        marks = find_quotations(read.text, read.parse.blocks)
        found = [q for q in _found_quotes(outermost(find_attributions(read))) if _is_quote(read, marks, q.content)]
        near = []
        for g, f in match_units([(q.content,) for q in document.quotes], [(one.content,) for one in found]):
            share = share_found((document.quotes[g].content,), (found[f].content,))
            near.append((share, _speaker(document, g, found[f].source), _verb(document, g, found[f].cue), g))
        for least in SHARES:
            linked = sum(share >= least and speaker == verb == "right" for share, speaker, verb, _ in near)
            for metric, right in ((f"content_{least:g}", sum(one[0] >= least for one in near)),
                                  (f"linked_{least:g}", linked)):  # fmt: skip
                held[metric].append((right, len(found), right, len(document.quotes)))
        name = document.document_id
        for share, speaker, verb, g in near:
            quote = document.quotes[g]
            for measure, judged, marked in (("speaker", speaker, quote.source), ("verb", verb, quote.verb)):
                if share >= SHARES[0]:
                    codes[measure].setdefault(name, []).append(("right", judged))
                if share >= SHARES[0] and marked:
                    codes[f"{measure}.marked"].setdefault(name, []).append(("right", judged))
    names: dict[str, Any] = {"corpus": "Gender Gap Tracker", "part": "all", "seed": seed}
    for metric in sorted(held):
        yield score_counts(held[metric], metric, measure="sourcing.quotes", **names)
    for measure in sorted(codes):  # accuracy: right or wrong has no classes
        yield from score_codes(codes[measure], measure=f"sourcing.quotes.{measure}", **names)[:1]


def outermost(sourcing: Sourcing) -> list[Coded]:
    """The attributions of the first layer, carried ones (without a cue) too."""
    rows = sourcing.attributions
    contents = {key: tuple(spans_in(own)) for key, own in sourcing.contents.groupby("attribution_id", sort=False)}
    return [
        Coded(
            Attribution(_piece(row, "cue_"), _piece(row, "source_"), contents.get(row["attribution_id"], ())),
            row["attribution_kind"],
            row["quote_type"],
        )
        for row in rows[rows.layer == 1].to_dict("records")
    ]


def _score_kinds(gold: Codings, found: Codings, names: Mapping[str, Any]) -> Iterator[Score]:
    """Contents by quote type; every role of speech."""
    kinds = [("content", "quote_type", kind) for kind in QUOTE_TYPES] + [(role, "kind", SPEECH) for role in ROLES]
    for role, field, kind in kinds:
        sides = _role(gold, role), _role(found, role)
        ours = [{name: [one for one in units if getattr(one, field) == kind] for name, units in side.items()}
                for side in (gold, found)]  # fmt: skip
        for score in score_spans(_role(ours[0], role), _role(ours[1], role), against=sides,
                                 metrics=("exact", "overlap"), measure=f"sourcing.{role}.{kind}", **names):  # fmt: skip
            yield score._replace(reason=READ_OFF[field])


def _score_outlets(gold: Codings, found: Codings, names: Mapping[str, Any]) -> Iterator[Score]:
    """PolNeAR's files are named by outlet and date."""
    outlets: dict[str, list[str]] = defaultdict(list)
    for name in gold:
        outlets[name.partition("_")[0]].append(name)
    if len(outlets) < 2:
        return
    for role in ROLES:
        sides = _role(gold, role), _role(found, role)
        counts = {
            outlet: count_spans({name: sides[0][name] for name in own}, sides[1], "exact")
            for outlet, own in sorted(outlets.items())
        }
        yield from score_outlets(counts, "exact", measure=f"sourcing.outlets.{role}", **names)


def _role(side: Codings, role: str) -> dict[str, list]:
    return {name: [pieces for one in units if (pieces := getattr(one.spans, role))] for name, units in side.items()}


def _whole(side: Codings) -> dict[str, list[Attribution]]:
    return {name: [one.spans for one in units] for name, units in side.items()}


def _kind(document: Document, attribution: Attribution) -> str:
    from samestory.sourcing.lexicons import cue_nouns, cue_verb

    kinds: set[str] = set()
    for start, end in attribution.cue:
        for token in document.parse.tokens_in(start, end):
            kinds |= {code.kind for code in cue_verb(token.lemma)[1].values()}
            kinds |= {cue_nouns()[token.lemma].kind} if token.lemma in cue_nouns() else set()
    return SPEECH if not kinds or SPEECH in kinds else "other"


def _quote_type(document: Document, attribution: Attribution) -> str:
    """By the marks: direct where each content or the cue stands in quotation, mixed where some of the content does."""
    from samestory.language.quotations import find_quotations

    marks = [q for q in find_quotations(document.text, document.parse.blocks) if not q.depth]
    inside = [any(q.start <= start and end <= q.end for q in marks) for start, end in attribution.content]
    quoted = any(q.start < start and end < q.end for q in marks for start, end in attribution.cue)
    if quoted or (inside and all(inside)):
        return "direct"
    touched = any(q.start < end and start < q.end for q in marks for start, end in attribution.content)
    return "mixed" if touched else "indirect"


class _Quote(NamedTuple):
    content: Span
    source: Span | None
    cue: Span | None


def _found_quotes(found: Sequence[Coded]) -> list[_Quote]:
    """Each piece of speech with its source and cue."""
    return [
        _Quote(piece, next(iter(one.spans.source), None), next(iter(one.spans.cue), None))
        for one in found
        if one.kind == SPEECH
        for piece in one.spans.content
    ]


def _is_quote(document: Document, marks: Sequence[Quotation], content: Span) -> bool:
    """Whether a piece of content stands in quotation marks, in part at least, or holds a finite verb."""
    finite = any(token.tag in FINITE for token in document.parse.tokens_in(*content))
    return finite or meet((content,), [(q.start, q.end) for q in marks])


def _piece(row: Mapping[str, Any], prefix: str) -> tuple[Span, ...]:
    start, end = row[f"{prefix}start"], row[f"{prefix}end"]
    return () if pd.isna(start) else ((int(start), int(end)),)


def _speaker(document: QuoteDocument, number: int, found: Span | None) -> str:
    source = document.quotes[number].source
    if source is None or found is None:
        return "right" if source == found else "wrong"
    return "right" if share_found((source,), (found,)) > 0 else "wrong"


def _verb(document: QuoteDocument, number: int, found: Span | None) -> str:
    verb = document.quotes[number].verb.lower()
    words = document.text[slice(*found)].lower().split() if found else []
    return "right" if (verb in words if verb else not words) else "wrong"
