"""What the machine counts, what people counted, and both together: each measure corrected for the machine's error."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pandas as pd

from samestory.comparison.contrasts import DECIMALS, label_of, of_articles, scale_of, unit_of
from samestory.comparison.saying import listed, plural
from samestory.measures import MEASURES
from samestory.statistics import Coded, Corrected, corrected_difference, corrected_ratio

WAYS = ("machine", "human", "corrected")
COLUMNS = ["measure", "outlet", "other_outlet", "n_articles", "n_coded",
           *(f"{way}{end}" for way in WAYS for end in ("", "_low", "_high")), "refusal"]  # fmt: skip
TYPES = dict.fromkeys(("measure", "outlet", "other_outlet", "refusal"), "string") | {
    name: "Int64" if name.startswith("n_") else "Float64" for name in COLUMNS
    if name not in ("measure", "outlet", "other_outlet", "refusal")
}  # fmt: skip


def estimates(measures: pd.DataFrame, articles: pd.DataFrame, codings: pd.DataFrame) -> pd.DataFrame:
    """Each coded measure for each outlet and each pair of outlets in three ways: machine only, human only, corrected.

    ``codings`` is what :func:`samestory.coding.human_values` gives: a row for each coded article and measure with what
    people counted and the probability with which the article was drawn; where it has no denominator that is the
    machine's, since words are counted without error; of several rounds that coded a measure the largest holds.
    Columns: measure, outlet, other_outlet (null: the outlet itself; else the row is its value less the other's),
    n_articles, n_coded, each way with its 95 % interval (scaled as the measure says), refusal (why there is no human or
    corrected value, or null). The interval of the machine alone knows nothing of the machine's errors: it is there as a
    warning. All of an outlet's articles are looked at, not only those on events that others cover too.
    """
    rows = []
    joined = of_articles(measures, articles)
    for name in [name for name in MEASURES if name in set(codings.measure)]:
        own = joined[joined.measure == name]
        coded = _largest_round(codings[codings.measure == name]).set_index("article_id")
        groups = {str(outlet): _group(part, coded) for outlet, part in own.groupby("outlet", sort=True)}
        rows += [_row(name, outlet, None, corrected_ratio(group)) for outlet, group in groups.items()]
        rows += [
            _row(name, one, other, corrected_difference(groups[one], groups[other]))
            for one, other in combinations(groups, 2)
        ]
    return pd.DataFrame(rows, columns=COLUMNS).astype(TYPES)


def _largest_round(coded: pd.DataFrame) -> pd.DataFrame:
    """The round in which most articles were coded for a measure: each has its own chances, and they do not mix."""
    complete = coded.dropna(subset="numerator").groupby("round").size().sort_index()
    return coded[coded["round"] == complete.idxmax()] if len(complete) else coded.head(0)


def _group(part: pd.DataFrame, coded: pd.DataFrame) -> Coded:
    """One outlet's articles: machine and human counts, and how probable it was that each was coded."""
    own = part.sort_values("article_id")
    human = coded.reindex(own.article_id)
    machine = own[["numerator", "denominator"]].to_numpy(dtype=float)
    below = np.where(human.denominator.isna(), machine[:, 1], human.denominator.astype(float))
    counts = np.column_stack([human.numerator.astype(float), np.where(human.numerator.isna(), np.nan, below)])
    inclusion = human.inclusion.astype(float).fillna(1.0).to_numpy()  # of what was not coded it is not looked at
    return Coded(machine, counts, inclusion, own.event.fillna(own.article_id).tolist())


def _row(name: str, outlet: str, other: str | None, found: Corrected) -> dict[str, object]:
    scale = scale_of(name)
    row: dict[str, object] = {"measure": name, "outlet": outlet, "other_outlet": other, "n_articles": found.n,
                              "n_coded": found.n_coded, "refusal": found.refusal}  # fmt: skip
    for way in WAYS:
        interval = getattr(found, way)
        for end, bound in zip(("", "_low", "_high"), interval, strict=True):
            row[way + end] = None if np.isnan(bound) else round(scale * float(bound), DECIMALS)
    return row


def estimate_lines(told: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The rows of one measure for :func:`samestory.figures.triple_chart`: outlets first, then what they differ by."""
    own = told[told.measure == measure]
    own = pd.concat([own[own.other_outlet.isna()], own[own.other_outlet.notna()]])
    names = [
        row.outlet if pd.isna(row.other_outlet) else f"{row.outlet} less {row.other_outlet}" for row in own.itertuples()
    ]
    return own.assign(label=names)


def estimate_title(told: pd.DataFrame, measure: str) -> str:
    """What correcting says of a measure, as the title of its figure."""
    pairs = told[(told.measure == measure) & told.other_outlet.notna()]
    known = pairs[pairs.corrected.notna()]
    if known.empty:
        return f"{label_of(measure)}: too little is coded to correct a difference between outlets"
    machine, corrected = (int(_apart(known, way).sum()) for way in ("machine", "corrected"))
    lie = "lies" if corrected == 1 else "lie"
    return (
        f"{label_of(measure)}: {corrected or 'none'} of {len(known)} differences between outlets {lie} apart from zero "
        f"once corrected, {machine or 'none'} by the machine alone"
    )


def estimate_table(told: pd.DataFrame) -> pd.DataFrame:
    """The estimates for readers: measure, what, coded, then each way as "value [interval]"; refusals as they are."""
    rows = []
    for name in told.measure.drop_duplicates():
        for row in estimate_lines(told, name).to_dict("records"):
            cells = {way: _cell(row, way) for way in WAYS}
            rows.append({"measure": f"{label_of(name)} ({unit_of(name)})", "of": row["label"],
                         "coded": f"{row['n_coded']} of {row['n_articles']}", **cells,
                         "why not": row["refusal"]})  # fmt: skip
    return pd.DataFrame(rows, columns=["measure", "of", "coded", *WAYS, "why not"])


def estimate_limits(codings: pd.DataFrame) -> list[str]:
    """What the corrected estimates rest on, in sentences; none where nothing was coded."""
    if codings.empty:
        return []
    found = []
    if codings.coded_by.ne("people").any():
        found.append(
            "Language models coded: what is called human here is their reading, and the correction is right only as "
            "far as that reading is."
        )
    unfinished = codings[codings.numerator.isna()].article_id.nunique()
    if unfinished:
        drawn = plural(unfinished, "article")
        found.append(f"{unfinished} drawn {drawn} not coded in full: left out of the estimates.")
    undecided = int(codings.undecided.sum())
    if undecided:
        found.append(f"On {undecided} {plural(undecided, 'answer')} coders differ, undecided; their mean counts there.")
    return found


def estimates_finding(told: pd.DataFrame) -> str:
    """Where correcting for the machine's error moves what is concluded of two outlets, and where it does not."""
    if told.empty:
        return "No article of this study was coded by hand: every value here takes the machine's word."
    pairs = told[told.other_outlet.notna() & told.corrected.notna()]
    if pairs.empty:
        return "Too few articles were coded by hand to correct a difference between outlets for the machine's errors."
    machine, corrected = (_apart(pairs, way) for way in ("machine", "corrected"))
    text = (
        f"By the machine alone {int(machine.sum())} of {len(pairs)} differences between outlets lie apart from zero, "
        f"corrected for its errors {int(corrected.sum())}"
    )
    parts = [
        f"what is {word} is {listed([_pair(row) for row in changed.head(3).itertuples()])}"
        for word, changed in (("lost", pairs[machine & ~corrected]), ("gained", pairs[~machine & corrected]))
        if len(changed)
    ]
    return "; ".join([text, *parts]) + "."


def _pair(row) -> str:
    return f"{label_of(row.measure).lower()} of {row.outlet} against {row.other_outlet}"


def _apart(pairs: pd.DataFrame, way: str) -> pd.Series:
    """Which intervals leave out zero."""
    return ((pairs[f"{way}_low"] > 0) | (pairs[f"{way}_high"] < 0)).fillna(False).astype(bool)


def _cell(row: dict, way: str) -> str:
    if pd.isna(row[way]):
        return "–"
    interval = "" if pd.isna(row[f"{way}_low"]) else f" [{row[f'{way}_low']:.1f}, {row[f'{way}_high']:.1f}]"
    return f"{row[way]:.1f}{interval}"
