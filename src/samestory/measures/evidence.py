"""From a measure back to the characters that it counts."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pandas as pd

from samestory.measures.catalogue import MEASURES
from samestory.measures.choices import OWN
from samestory.measures.counting import Kind, find_things, numerators
from samestory.measures.ground import Ground, lay_out
from samestory.messages import no_such
from samestory.tables import COUNTED_SEGMENTS

if TYPE_CHECKING:
    from samestory.annotation import Annotations

COLUMNS = ("measure", "article_id", "start", "end", "table", "row_id")
IDS = {"attributions": "attribution_id", "sources": "attribution_id", "contents": "attribution_id",
       "certainty": "cue_id", "labels": "label_id", "claims": "claim_id"}  # fmt: skip


def evidence(annotations: Annotations, measures: Iterable[str] | None = None) -> pd.DataFrame:
    """What the numerator of each measure counts, one row a thing: measure, article_id, start, end, table, row_id.

    It is counted as :func:`measure` counts without further choices, so that an article has as many rows of a measure
    as the numerator says. ``attributed_words`` has the contents instead, as far as they count: the words that begin in
    any of them are its numerator, those in two once. An attribution is shown by its cue, a source by its phrase, or by
    the cue where there is none. ``measures`` names some of them, also in one segment (``labels.headline``); all over
    headline, deck and body by default. Texts are not needed. Raises ValueError for a measure that does not exist.
    """
    wanted = list(MEASURES if measures is None else measures)
    for name in wanted:
        _check(name)
    ground = lay_out(annotations, OWN)
    things = find_things(annotations, ground)
    counted = numerators(things)
    places = {table: _places(table, kind, annotations) for table, kind in things.items()}
    parts: list[pd.DataFrame] = []
    for name in wanted:
        base, _, role = name.partition(".")
        roles = (role,) if role else COUNTED_SEGMENTS
        if base == "attributed_words":
            own = _contents(annotations, roles)
        else:
            table, flag = counted[base]
            counts = things[table].items.within(roles).times > 0
            own = places[table][counts if flag is None else counts & flag.to_numpy(dtype=bool)]
        parts.append(own.assign(measure=name, turn=len(parts)))
    return _ordered(pd.concat(parts), ground) if parts else pd.DataFrame(columns=list(COLUMNS))


def _check(name: str) -> None:
    base, dot, role = name.partition(".")
    if base not in MEASURES or (dot and role not in COUNTED_SEGMENTS):
        raise ValueError(f"{no_such('measure', name, MEASURES)}; each also as NAME.headline, NAME.deck, NAME.body")


def _places(table: str, kind: Kind, annotations: Annotations) -> pd.DataFrame:
    """Where the things of a table stand, and their ids."""
    data = kind.data
    start, end = (data["cue_start"], data["cue_end"]) if table == "attributions" else (data.start, data.end)
    if table == "sources":
        cues = annotations.attributions.set_index("attribution_id")
        start = start.fillna(data.attribution_id.map(cues.cue_start))
        end = end.fillna(data.attribution_id.map(cues.cue_end))
    return _frame(table, data.article_id, start, end, data[IDS[table]])


def _contents(annotations: Annotations, roles: tuple[str, ...]) -> pd.DataFrame:
    """The contents, cut to the segments in which words count."""
    segments = annotations.segments[annotations.segments.segment.isin(roles)][["article_id", "start", "end"]]
    both = annotations.contents.merge(segments, on="article_id", suffixes=("", "_of_segment"))
    start, end = both[["start", "start_of_segment"]].max(axis=1), both[["end", "end_of_segment"]].min(axis=1)
    own = _frame("contents", both.article_id, start, end, both.attribution_id)
    return own[own.start < own.end]


def _frame(table: str, article_id: pd.Series, start: pd.Series, end: pd.Series, row_id: pd.Series) -> pd.DataFrame:
    columns = {"article_id": article_id, "start": start, "end": end, "table": table, "row_id": row_id}
    return pd.DataFrame(columns).astype({"start": "Int64", "end": "Int64"})


def _ordered(found: pd.DataFrame, ground: Ground) -> pd.DataFrame:
    number = ground.articles.get_indexer(pd.Index(found.article_id))
    ordered = found.assign(number=number).sort_values(["turn", "number", "start", "end", "row_id"], kind="stable")
    return ordered[list(COLUMNS)].reset_index(drop=True)
