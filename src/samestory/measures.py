"""Tables to measures: one row per article and measure, with numerator and denominator.

Every measure is a count over a count. It is taken over headline, deck and body together, and over each alone where
its name ends in ``.headline``, ``.deck`` or ``.body``. Repeats, notices and furniture never count.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory import tables
from samestory.segments.lines import WORD

if TYPE_CHECKING:
    from samestory.annotation import Annotations

OUTLET = "outlet"
PER_1000 = 1000.0
PERCENT = 100.0


class Measure(NamedTuple):
    """What a measure is called, what it counts over what, and how many of it a reader is shown."""

    name: str
    aspect: str
    label: str
    numerator: str
    denominator: str
    scale: float

    @property
    def unit(self) -> str:
        """How the value reads: per 1,000 words, or percent."""
        return f"per 1,000 {self.denominator}" if self.scale == PER_1000 else f"% of {self.denominator}"


def _catalogue() -> tuple[Measure, ...]:
    rows = [
        Measure("attributions", "sourcing", "Attributions", "attributions", "words", PER_1000),
        Measure("attributed_words", "sourcing", "Words given to sources", "attributed words", "words", PERCENT),
        Measure("quoted", "sourcing", "Direct or mixed quotation", "quoted attributions", "attributions", PERCENT),
        Measure("agentless", "sourcing", "Attributions without a source", "agentless", "attributions", PERCENT),
        Measure("anonymous", "sourcing", "Anonymous sources", "anonymous sources", "sources", PERCENT),
        Measure("named", "sourcing", "Sources identified by name", "named sources", "sources", PERCENT),
        *(
            Measure(f"source_{kind}", "sourcing", f"Sources: {kind.replace('_', ' ')}", f"{kind} sources", "sources",
                    PERCENT)
            for kind in tables.SOURCE_TYPES if kind != "none"
        ),
        *(
            Measure(f"certainty_{kind}", "certainty", f"{kind.capitalize()} cues", f"{kind} cues", "words", PER_1000)
            for kind in tables.CERTAINTY_TYPES
        ),
        Measure("hedge_outlet", "certainty", "Hedges in the outlet's own voice", "hedges", "own words", PER_1000),
        Measure("hedge_source", "certainty", "Hedges in the sources' voices", "hedges", "attributed words", PER_1000),
        Measure("labels", "framing", "Labels", "labels", "words", PER_1000),
        Measure("agent", "framing", "Labels that act", "agents", "labels", PERCENT),
        Measure("patient", "framing", "Labels that are acted upon", "patients", "labels", PERCENT),
        Measure("passive_without_agent", "framing", "Patients whose agent is left out", "without agent", "patients",
                PERCENT),
        Measure("response", "framing", "Labels for the state's response", "response labels", "labels", PERCENT),
        Measure("claims", "claims", "Claims", "claims", "words", PER_1000),
        Measure("claims_attributed", "claims", "Claims held by a source", "attributed claims", "claims", PERCENT),
        Measure("claims_exact", "claims", "Claims with an exact number", "exact claims", "claims", PERCENT),
    ]  # fmt: skip
    return tuple(rows)


MEASURES = {measure.name: measure for measure in _catalogue()}


class _Counts(NamedTuple):
    """What an article holds in the segments that are counted."""

    words: int
    attributed_words: int
    attributions: pd.DataFrame
    sources: pd.DataFrame
    certainty: pd.DataFrame
    labels: pd.DataFrame
    claims: pd.DataFrame


def measure(annotations: Annotations) -> pd.DataFrame:
    """The table ``measures`` of a set of articles. Words need the texts; a text-free study ships its measures."""
    rows = []
    for part in _by_article(annotations):
        for segment in (None, *tables.COUNTED_SEGMENTS):
            counts = _count(part, (segment,) if segment else tables.COUNTED_SEGMENTS)
            if counts.words:
                rows += _rows(str(part.articles.article_id.iloc[0]), counts, f".{segment}" if segment else "")
    return tables.frame("measures", rows)


def _by_article(annotations: Annotations):
    groups = {
        name: dict(tuple(data.groupby("article_id", sort=False)))
        for name, data in annotations.tables()
        if name in ("articles", "texts", "segments", "attributions", "sources", "contents", "certainty", "labels",
                    "claims")
    }  # fmt: skip
    empty = {name: data.iloc[:0] for name, data in annotations.tables()}
    for article_id in annotations.articles.article_id:
        yield _Article(**{name: parts.get(article_id, empty[name]) for name, parts in groups.items()})


class _Article(NamedTuple):
    articles: pd.DataFrame
    texts: pd.DataFrame
    segments: pd.DataFrame
    attributions: pd.DataFrame
    sources: pd.DataFrame
    contents: pd.DataFrame
    certainty: pd.DataFrame
    labels: pd.DataFrame
    claims: pd.DataFrame


def _count(part: _Article, segments: tuple[str, ...]) -> _Counts:
    inside = _membership(part.segments, segments)
    text = part.texts.text.fillna("").iloc[0]
    spans = part.segments[part.segments.segment.isin(segments)]
    words = [w.start() for row in spans.itertuples() for w in WORD.finditer(text, int(row.start), int(row.end))]
    covered = _covered(part.contents)
    cued = part.attributions[part.attributions.cue_start.notna()]
    cued = _within(cued, "cue_start", inside)
    return _Counts(
        words=len(words),
        attributed_words=sum(covered(start) for start in words),
        attributions=cued,
        sources=part.sources[part.sources.attribution_id.isin(cued.attribution_id)],
        certainty=_within(part.certainty, "start", inside),
        labels=_within(part.labels, "start", inside),
        claims=_within(part.claims, "start", inside),
    )


def _membership(segments: pd.DataFrame, wanted: tuple[str, ...]) -> Callable[[int], bool]:
    ordered = segments.sort_values("start")
    starts, roles = ordered.start.tolist(), ordered.segment.tolist()
    return lambda offset: bool(starts) and roles[bisect_right(starts, offset) - 1] in wanted


def _within(data: pd.DataFrame, column: str, inside: Callable[[int], bool]) -> pd.DataFrame:
    return data[pd.Series([inside(offset) for offset in data[column]], index=data.index, dtype=bool)]


def _covered(contents: pd.DataFrame) -> Callable[[int], bool]:
    spans = list(zip(contents.start.tolist(), contents.end.tolist(), strict=True))
    return lambda offset: any(start <= offset < end for start, end in spans)


def _rows(article_id: str, counts: _Counts, suffix: str) -> list[dict[str, object]]:
    ratios = _sourcing(counts) | _certainty(counts) | _framing(counts) | _claims(counts)
    return [
        {
            "article_id": article_id,
            "measure": name + suffix,
            "numerator": ratios[name][0],
            "denominator": ratios[name][1],
        }
        for name in MEASURES
    ]


def _sourcing(counts: _Counts) -> dict[str, tuple[int, int]]:
    n, sources = len(counts.attributions), counts.sources[counts.sources.source_type != "none"]
    kinds = {
        f"source_{kind}": (int((sources.source_type == kind).sum()), len(sources))
        for kind in tables.SOURCE_TYPES
        if kind != "none"
    }
    named = sources.identification.isin(("named_person", "named_institution"))
    return {
        "attributions": (n, counts.words),
        "attributed_words": (counts.attributed_words, counts.words),
        "quoted": (int(counts.attributions.quote_type.isin(("direct", "mixed")).sum()), n),
        "agentless": (int((counts.sources.source_type == "none").sum()), n),
        "anonymous": (int(sources.anonymous.sum()), len(sources)),
        "named": (int(named.sum()), len(sources)),
        **kinds,
    }


def _certainty(counts: _Counts) -> dict[str, tuple[int, int]]:
    cues = counts.certainty
    own = cues.holder == OUTLET
    hedges = cues.certainty_type == "hedge"
    types = {
        f"certainty_{kind}": (int((cues.certainty_type == kind).sum()), counts.words) for kind in tables.CERTAINTY_TYPES
    }
    return types | {
        "hedge_outlet": (int((hedges & own).sum()), counts.words - counts.attributed_words),
        "hedge_source": (int((hedges & ~own).sum()), counts.attributed_words),
    }


def _framing(counts: _Counts) -> dict[str, tuple[int, int]]:
    labels = counts.labels
    patients = labels.agency == "patient"
    return {
        "labels": (len(labels), counts.words),
        "agent": (int((labels.agency == "agent").sum()), len(labels)),
        "patient": (int(patients.sum()), len(labels)),
        "passive_without_agent": (int((labels.passive_without_agent & patients).sum()), int(patients.sum())),
        "response": (int(labels.response.sum()), len(labels)),
    }


def _claims(counts: _Counts) -> dict[str, tuple[int, int]]:
    claims = counts.claims
    return {
        "claims": (len(claims), counts.words),
        "claims_attributed": (int((claims.holder != OUTLET).sum()), len(claims)),
        "claims_exact": (int((claims.bound == "exact").sum()), len(claims)),
    }
