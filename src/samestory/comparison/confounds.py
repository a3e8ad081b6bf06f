"""What else differs between two outlets' reports besides the outlet: whose copy, which stage, length and topic."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from samestory.comparison.contrasts import SEED, contrast
from samestory.comparison.frames import READABLE
from samestory.comparison.lineage import families
from samestory.comparison.timing import Report, reports_of, stage_between
from samestory.framing import frame_validity
from samestory.measures import MEASURES
from samestory.segments.agency import names_outlet
from samestory.segments.reuse.bodies import Span, merged
from samestory.statistics import benjamini_hochberg, refuse_paired
from samestory.statistics.refusals import ALPHA
from samestory.tables import SEPARATOR

if TYPE_CHECKING:
    from samestory.annotation import Annotations

FEWEST_ARTICLES = 20  # of an outlet, for a correlation with length
KNOWN_STAGES = ("earlier", "same", "later")
WORDS_OF = "attributions"  # the measure whose denominator is the article's counted words
COLUMNS = {
    "outlet": "string", "other_outlet": "string", "n_events": "Int64", "one_copy": "Int64", "one_agency": "Int64",
    "shared": "Float64", "other_shared": "Float64", "agency": "Float64", "other_agency": "Float64",
    "earlier": "Int64", "same_stage": "Int64", "later": "Int64", "unknown_stage": "Int64", "separable": "string",
    "words": "Float64", "other_words": "Float64", "longer_in": "Int64", "shorter_in": "Int64",
    "one_is_longer": "boolean", "only_here": "Int64", "only_there": "Int64", "frames_here": "string",
    "frames_there": "string",
}  # fmt: skip


class _Telling(NamedTuple):
    """What one outlet published on one event."""

    ids: tuple[str, ...]
    reports: tuple[Report, ...]
    agencies: frozenset[str]
    copies: frozenset[str]
    frames: frozenset[str]
    words: float  # counted words of a report, the mean where there are several; NaN without text
    characters: int  # of its bodies
    from_agency: int  # of those that are in reports which name an agency


Tellings = Mapping[str, Mapping[str, _Telling]]  # by outlet, then by event
Shared = Mapping[tuple[str, str], Sequence[Span]]  # by article, and the outlet that it shares words with


def confounds(annotations: Annotations, measures: pd.DataFrame) -> pd.DataFrame:
    """For each pair of outlets, what besides the outlet could make their reports differ on the events that both cover.

    Columns: outlet, other_outlet, n_events (that both cover).

    Copy: one_copy (events on which both have versions of one copy), one_agency (events on which both have copy of one
    agency, or one is the agency that the other names), shared and other_shared (of the outlet's body characters on
    these events, those that stand in the other's reports, and the reverse, in per cent), agency and other_agency (the
    characters in reports that name an agency, in per cent).

    Stage: earlier, same_stage, later, unknown_stage (events on which the outlet stands so in time to the other: see
    :func:`samestory.comparison.timing.stage_between`), separable: ``yes`` where as many events as a test needs (six)
    are of one stage, or as many each of either order; ``unknown`` where the order is known of no event; else ``no``:
    then a difference between the two may be one of stage.

    Length: words and other_words (median over events of the counted words of a report), longer_in and shorter_in
    (events), one_is_longer (by the sign test at the .05 level; null where it could not come to that).

    Topic: only_here and only_there (events that but one of the two covers, which enter no contrast), frames_here and
    frames_there (policy frames, among those that can be read well or fairly, which the outlet's reports carry more
    often on events that it alone covers than on shared ones; Fisher's exact test, q < .05 over the frames; null where
    none, or where fewer than six events are on either side).
    """
    tellings = _tellings(annotations, measures)
    shared = _shared(annotations)
    rows = [
        _pair(outlet, other, tellings[outlet], tellings[other], shared)
        for outlet, other in combinations(sorted(tellings), 2)
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def stages(articles: pd.DataFrame) -> pd.DataFrame:
    """How two outlets stand in time on each event that both cover. Columns: outlet, other_outlet, event, stage."""
    reports: dict[str, dict[str, list[Report]]] = defaultdict(dict)
    told = articles.dropna(subset="event").sort_values(["event", "outlet", "article_id"])
    for (event, outlet), part in told.groupby(["event", "outlet"], sort=True):
        reports[event][outlet] = reports_of(part)
    rows = [
        (outlet, other, event, stage_between(own[outlet], own[other]))
        for event, own in reports.items()
        for outlet, other in combinations(sorted(own), 2)
    ]
    found = pd.DataFrame(rows, columns=["outlet", "other_outlet", "event", "stage"], dtype="string")
    return found.sort_values(["outlet", "other_outlet", "event"], ignore_index=True)


def stage_check(
    contrasts: pd.DataFrame, measures: pd.DataFrame, articles: pd.DataFrame, *, seed: int = SEED
) -> pd.DataFrame:
    """Whether the contrasts that hold (q < .05) hold within events of one stage, where order could make them.

    Only stages with events enough for a test have a row: six within an hour, or six each of either order, since one
    order alone says no more than all events do. Events of unknown order are in no row.

    Columns: measure, outlet, other_outlet, stage (of the outlet, to the other), n_events, difference, overall (the
    difference over all events), same_sign (null where either is 0), p, q (Benjamini & Hochberg 1995, over this table),
    refusal (where the measure's denominator is 0 on too many of the events).
    """
    order = stages(articles)
    rows: list[dict[str, object]] = []
    for row in contrasts[contrasts.q < ALPHA].itertuples():
        pair = order[(order.outlet == row.outlet) & (order.other_outlet == row.other_outlet)]
        for stage in _testable(Counter(pair.stage)):
            events = pair.event[pair.stage == stage]
            own = articles[articles.event.isin(events) & articles.outlet.isin([row.outlet, row.other_outlet])]
            for found in contrast(measures, own, names=[row.measure], seed=seed).itertuples():
                signs = np.sign([found.difference, row.difference])
                rows.append(
                    {"measure": row.measure, "outlet": row.outlet, "other_outlet": row.other_outlet, "stage": stage,
                     "n_events": found.n_events, "difference": found.difference, "overall": row.difference,
                     "same_sign": bool(signs[0] == signs[1]) if signs.all() else pd.NA, "p": found.p,
                     "refusal": found.refusal}
                )  # fmt: skip
    columns = ["measure", "outlet", "other_outlet", "stage", "n_events", "difference", "overall", "same_sign", "p",
               "refusal"]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).astype({"same_sign": "boolean"})
    table.insert(9, "q", benjamini_hochberg(table.p.to_numpy(dtype=float)).round(4))
    return table


def length_effects(measures: pd.DataFrame, articles: pd.DataFrame) -> pd.DataFrame:
    """How each measure goes with the length of an outlet's reports, so that a difference of length could make one.

    Columns: measure, outlet, n_articles (that have the measure's denominator), rho (Spearman's rank correlation of the
    measure with the counted words, over the outlet's articles), p, q (Benjamini & Hochberg 1995, over this table).
    Outlets with fewer than 20 such articles have no row: of them it cannot be said.
    """
    from scipy import stats

    told = measures.merge(articles[["article_id", "outlet"]], on="article_id", validate="many_to_one")
    told = told.assign(words=told.article_id.map(_counted_words(measures)))
    told = told[told.measure.isin(MEASURES) & (told.denominator > 0)]
    order = {name: n for n, name in enumerate(MEASURES)}
    rows = []
    for (outlet, name), part in told.groupby(["outlet", "measure"], sort=True):
        values = (part.numerator / part.denominator).to_numpy(dtype=float)
        words = part.words.to_numpy(dtype=float)
        if len(part) < FEWEST_ARTICLES or not np.ptp(values) or not np.ptp(words):
            continue
        found = stats.spearmanr(values, words)
        rows.append((name, outlet, len(part), round(float(found.statistic), 4), float(found.pvalue)))
    rows.sort(key=lambda row: (order[row[0]], row[1]))
    table = pd.DataFrame(rows, columns=["measure", "outlet", "n_articles", "rho", "p"])
    table["q"] = benjamini_hochberg(table.p.to_numpy(dtype=float))
    return table.round({"p": 4, "q": 4})


def _counted_words(measures: pd.DataFrame) -> pd.Series:
    """Counted words by article; one without text has no row."""
    return measures[measures.measure == WORDS_OF].set_index("article_id").denominator.astype("float64")


def _tellings(annotations: Annotations, measures: pd.DataFrame) -> Tellings:
    """Each outlet's reports on each event; an outlet whose articles have no event has an empty entry."""
    articles = annotations.articles
    words = _counted_words(measures)
    found = families(annotations)
    family = dict(zip(found.article_id, found.family, strict=True))
    body = annotations.segments[annotations.segments.segment == "body"]
    characters = (body.end - body.start).groupby(body.article_id).sum().to_dict()
    frames = _frames(annotations)
    tellings: dict[str, dict[str, _Telling]] = {str(outlet): {} for outlet in articles.outlet.unique()}
    told = articles.dropna(subset="event").sort_values("article_id")
    for (outlet, event), part in told.groupby(["outlet", "event"], sort=True):
        ids = tuple(part.article_id)
        agency = {row.article_id: row.agency for row in part.itertuples() if _foreign(row.agency, outlet)}
        tellings[outlet][event] = _Telling(
            ids, tuple(reports_of(part)), frozenset(agency.values()), frozenset(family[i] for i in ids if i in family),
            frozenset().union(*(frames.get(i, ()) for i in ids)), float(words.reindex(ids).mean()),
            int(sum(characters.get(i, 0) for i in ids)), int(sum(characters.get(i, 0) for i in agency)),
        )  # fmt: skip
    return tellings


def _foreign(agency: object, outlet: str) -> bool:
    """Whether an article's agency is another than its own outlet."""
    return isinstance(agency, str) and not names_outlet(agency, outlet)


def _frames(annotations: Annotations) -> dict[str, frozenset[str]]:
    """The policy frames in each article, of those that can be read."""
    known = frame_validity(annotations.frames)
    readable = set(known.frame[(known.scheme == "policy") & known.validity.isin(READABLE)])
    frames = annotations.frames
    held = frames[(frames.scheme == "policy") & frames.present.astype(bool) & frames.frame.isin(readable)]
    return {str(name): frozenset(part.frame) for name, part in held.groupby("article_id")}


def _shared(annotations: Annotations) -> Shared:
    """The passages of each article that stand in another outlet's."""
    outlets = dict(zip(annotations.articles.article_id, annotations.articles.outlet, strict=True))
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for row in annotations.reuse.itertuples():
        found[row.article_id, outlets[row.other_article_id]].append((int(row.start), int(row.end)))
    return found


def _pair(
    outlet: str, other: str, own: Mapping[str, _Telling], its: Mapping[str, _Telling], shared: Shared
) -> dict[str, object]:
    both = [(own[event], its[event]) for event in own if event in its]
    here, there = [a for a, _ in both], [b for _, b in both]
    alone, alone_there = ([x[event] for event in x if event not in y] for x, y in ((own, its), (its, own)))
    counts = Counter(stage_between(a.reports, b.reports) for a, b in both)
    known = [(a.words, b.words) for a, b in both if not np.isnan([a.words, b.words]).any()]
    longer, shorter = sum(a > b for a, b in known), sum(a < b for a, b in known)
    medians = [round(float(np.median(side)), 1) for side in zip(*known, strict=True)] or [pd.NA, pd.NA]
    return {
        "outlet": outlet, "other_outlet": other, "n_events": len(both),
        "one_copy": sum(bool(a.copies & b.copies) for a, b in both),
        "one_agency": sum(_one_agency(a, b, outlet, other) for a, b in both),
        "shared": _part(sum(_overlap(a, other, shared) for a in here), here),
        "other_shared": _part(sum(_overlap(b, outlet, shared) for b in there), there),
        "agency": _part(sum(a.from_agency for a in here), here),
        "other_agency": _part(sum(b.from_agency for b in there), there),
        "earlier": counts["earlier"], "same_stage": counts["same"], "later": counts["later"],
        "unknown_stage": counts["unknown"], "separable": _separable(counts) if both else pd.NA,
        "words": medians[0], "other_words": medians[1], "longer_in": longer, "shorter_in": shorter,
        "one_is_longer": _one_is_longer(longer, shorter), "only_here": len(alone), "only_there": len(alone_there),
        "frames_here": _more_often(alone, here), "frames_there": _more_often(alone_there, there),
    }  # fmt: skip


def _one_agency(a: _Telling, b: _Telling, outlet: str, other: str) -> bool:
    named = any(names_outlet(agency, other) for agency in a.agencies)
    return bool(a.agencies & b.agencies) or named or any(names_outlet(agency, outlet) for agency in b.agencies)


def _overlap(telling: _Telling, other: str, shared: Shared) -> int:
    return sum(end - start for one in telling.ids for start, end in merged(shared.get((one, other), ())))


def _part(characters: int, tellings: Sequence[_Telling]) -> object:
    whole = sum(telling.characters for telling in tellings)
    return round(100 * characters / whole, 1) if whole else pd.NA


def _testable(counts: Mapping[str, int]) -> list[str]:
    """The stages that can be looked at by themselves: within an hour, or both orders."""
    enough = {stage for stage in KNOWN_STAGES if refuse_paired(counts.get(stage, 0)) is None}
    orders = {"earlier", "later"}
    return [stage for stage in KNOWN_STAGES if stage in enough and (stage not in orders or orders <= enough)]


def _separable(counts: Mapping[str, int]) -> str:
    """Whether events enough remain to tell a difference of outlets from one of stage."""
    if not any(counts.get(stage, 0) for stage in KNOWN_STAGES):
        return "unknown"
    return "yes" if _testable(counts) else "no"


def _one_is_longer(longer: int, shorter: int) -> object:
    """Whether one outlet's reports are the longer on more events than chance gives; null where too few to tell."""
    from scipy import stats

    if refuse_paired(longer + shorter):
        return pd.NA
    return bool(stats.binomtest(longer, longer + shorter).pvalue < ALPHA)


def _more_often(alone: Sequence[_Telling], shared: Sequence[_Telling]) -> object:
    """The frames that hold more often where one outlet is alone (Fisher's exact test), joined; null without any."""
    from scipy import stats

    names = sorted(frozenset().union(*(telling.frames for telling in [*alone, *shared])))
    if any(refuse_paired(len(side)) for side in (alone, shared)) or not names:
        return pd.NA
    tests = []
    for name in names:
        held, held_shared = (sum(name in telling.frames for telling in side) for side in (alone, shared))
        counts = [[held, len(alone) - held], [held_shared, len(shared) - held_shared]]
        tests.append((stats.fisher_exact(counts).pvalue, held / len(alone) > held_shared / len(shared)))
    q = benjamini_hochberg([p for p, _ in tests])
    found = [name for name, adjusted, (_, more) in zip(names, q, tests, strict=True) if adjusted < ALPHA and more]
    return SEPARATOR.join(found) or pd.NA
