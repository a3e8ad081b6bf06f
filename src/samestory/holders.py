"""Who holds what: joins certainty cues, claims and labels to the attributions in whose content they stand."""

from __future__ import annotations

import re

import pandas as pd

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
    cued = [
        "" if pd.isna(start) else text[int(start) : int(end)]
        for start, end in zip(attributions.cue_start, attributions.cue_end, strict=True)
    ]
    seeming = [
        bool(_ADVERB.search(cue)) or (pd.isna(source) and bool(_SEEMING.search(cue)))
        for cue, source in zip(cued, attributions.source_start, strict=True)
    ]
    return attributions[~pd.Series(seeming, index=attributions.index, dtype=bool)]


def innermost(contents: pd.DataFrame, start: int, end: int) -> str:
    """The attribution with the smallest content that contains these characters, or ``outlet``."""
    inside = contents[(contents.start <= start) & (end <= contents.end)]
    if inside.empty:
        return OUTLET
    widths = (inside.end - inside.start).astype("int64")
    return str(inside.attribution_id.loc[widths.idxmin()])


def fill_holders(data: pd.DataFrame, contents: pd.DataFrame, column: str) -> pd.DataFrame:
    """Fill ``holder`` or ``voice`` of a table of spans of one article."""
    holders = [innermost(contents, row.start, row.end) for row in data.itertuples()]
    return data.assign(**{column: pd.Series(holders, index=data.index, dtype="string")})


def fill_cue_holders(certainty: pd.DataFrame, attributions: pd.DataFrame, contents: pd.DataFrame) -> pd.DataFrame:
    """Fill ``holder`` of certainty cues; one that is an attribution's own cue, or part of it, is held by that one."""
    filled = fill_holders(certainty, contents, "holder")
    cued = attributions.dropna(subset=["cue_start"])
    holders = filled.holder.tolist()
    for n, row in enumerate(filled.itertuples()):
        own = cued[(cued.cue_start < row.end) & (row.start < cued.cue_end)]
        if len(own):
            holders[n] = str(own.attribution_id.iloc[-1])
    return filled.assign(holder=pd.Series(holders, index=filled.index, dtype="string"))


def fill_own_reporters(sources: pd.DataFrame, text: str, outlet: str) -> pd.DataFrame:
    """Set ``outlet`` as the type of a named medium's reporter where that medium is the article's own outlet."""
    own = {word for word in re.split(r"[^a-z]+", outlet.lower()) if len(word) >= LONG}
    types = [
        OUTLET
        if row.source_type == "media" and own & set(re.split(r"[^a-z]+", (phrase := text[row.start : row.end].lower())))
        and _REPORTER.search(phrase)
        else row.source_type
        for row in sources.itertuples()
    ]  # fmt: skip
    return sources.assign(source_type=pd.Series(types, index=sources.index, dtype="string"))


def fill_claims(certainty: pd.DataFrame, claims: pd.DataFrame) -> pd.DataFrame:
    """Fill ``claim_id``: the number that an approximator or bound qualifies stands right after it or around it."""
    ids: list[object] = []
    for row in certainty.itertuples():
        ids.append(_qualified(row, claims) if row.certainty_type in ("approximator", "bound") else pd.NA)
    return certainty.assign(claim_id=pd.Series(ids, index=certainty.index, dtype="string"))


def _qualified(cue, claims: pd.DataFrame) -> object:
    around = claims[(claims.start <= cue.start) & (cue.end <= claims.end)]
    after = claims[(claims.start >= cue.end) & (claims.start - cue.end <= NEAR)]
    near = pd.concat([around, after])
    if near.empty:
        return pd.NA
    widths = (near.end - near.start).astype("int64")
    return near.claim_id.loc[widths.idxmin()]
