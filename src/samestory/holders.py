"""Who holds what: joins certainty cues, claims and labels to the attributions in whose content they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from samestory.tables import cells

Named = tuple[int, int, str]  # characters, and the id of what stands there
OUTLET = "outlet"
LONG = 4  # letters of an outlet's name that tell it from others: not "the", not "co"
_REPORTER = re.compile(r"\b(?:reporter|correspondent|journalist|photographer)s?\b")
# The text's own doubt and no report (codebook, section 2), though a tagger may take it for one: verbs without a source,
# adverbs always.
_SEEMING = re.compile(r"\b(?:(?:appear|seem|look|sound)(?:s|ed|ing)?|suggests?)\b", re.IGNORECASE)
_ADVERB = re.compile(r"\b(?:reportedly|allegedly|apparently|supposedly|no doubt)\b", re.IGNORECASE)
NEAR = 2  # characters between a cue and the number that it qualifies ("about 20", "up to $5")


def reports(attributions: pd.DataFrame, text: str) -> pd.DataFrame:
    """The attributions that can hold something: not "it seems that" or "reportedly"."""
    kept = []
    for start, end, source in cells(attributions, "cue_start", "cue_end", "source_start"):
        cue = "" if pd.isna(start) else text[start:end]
        kept.append(not (_ADVERB.search(cue) or (pd.isna(source) and _SEEMING.search(cue))))
    return attributions[np.array(kept, dtype=bool)]


def named_spans(data: pd.DataFrame, name: str, prefix: str = "") -> list[Named]:
    """The spans of a table, each with the id that stands in the column ``name``; rows without one are left out."""
    return [row for row in cells(data, f"{prefix}start", f"{prefix}end", name) if not pd.isna(row[0])]


def innermost(spans: Iterable[Named], start: int, end: int) -> str:
    """The attribution whose content, of those that contain these characters, is the smallest, or ``outlet``."""
    around = (span for span in spans if span[0] <= start and end <= span[1])
    return min(around, key=lambda span: span[1] - span[0], default=(0, 0, OUTLET))[2]


def fill_holders(data: pd.DataFrame, contents: pd.DataFrame, column: str) -> pd.DataFrame:
    """Fill ``holder`` or ``voice`` of a table of spans of one article: the attribution in whose content one stands."""
    spans = named_spans(contents, "attribution_id")
    return _fill(data, column, (innermost(spans, *span) for span in cells(data, "start", "end")))


def fill_cue_holders(certainty: pd.DataFrame, attributions: pd.DataFrame, contents: pd.DataFrame) -> pd.DataFrame:
    """Fill ``holder`` of certainty cues; one that is an attribution's own cue, or part of it, is held by that one."""
    spans = named_spans(contents, "attribution_id")
    cued = named_spans(attributions, "attribution_id", "cue_")[::-1]
    holders = [
        next((name for low, high, name in cued if low < end and start < high), None) or innermost(spans, start, end)
        for start, end in cells(certainty, "start", "end")
    ]
    return _fill(certainty, "holder", holders)


def fill_own_reporters(sources: pd.DataFrame, text: str, outlet: str) -> pd.DataFrame:
    """Set ``outlet`` as the type of a named medium's reporter where that medium is the article's own outlet."""
    own = {word for word in _words(outlet) if len(word) >= LONG}
    types = []
    for kind, start, end in cells(sources, "source_type", "start", "end"):
        phrase = text[start:end].lower() if kind == "media" else ""
        types.append(OUTLET if own & _words(phrase) and _REPORTER.search(phrase) else kind)
    return _fill(sources, "source_type", types)


def fill_claims(certainty: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Fill ``claim_id``: the number that an approximator or bound qualifies stands right after it or around it."""
    spans = named_spans(claims, "claim_id")
    ids = [
        _qualified(spans, start, end) if kind in ("approximator", "bound") else None
        for kind, start, end in cells(certainty, "certainty_type", "start", "end")
    ]
    return _fill(certainty, "claim_id", ids)


def _qualified(claims: Sequence[Named], start: int, end: int) -> str | None:
    around = [claim for claim in claims if claim[0] <= start and end <= claim[1]]
    after = [claim for claim in claims if end <= claim[0] <= end + NEAR]
    return min((*around, *after), key=lambda claim: claim[1] - claim[0], default=(0, 0, None))[2]


def _words(text: str) -> set[str]:
    return set(re.split(r"[^a-z]+", text.lower()))


def _fill(data: pd.DataFrame, column: str, values: Iterable[str | None]) -> pd.DataFrame:
    return data.assign(**{column: pd.array(list(values), dtype="string")})
