"""The multiverse: which contrasts between outlets hold however things are counted, and what the others turn with.

Every combination of reasonable choices is a specification (Steegen et al. 2016); all of them are shown, and tested
together (Simonsohn, Simmons & Nelson 2020).
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from samestory.comparison.contrasts import label_of, unit_of
from samestory.comparison.saying import chance
from samestory.comparison.specifications import (
    ALPHA,
    CONTRASTS,
    COUNTS,
    FOLDER,
    GRID,
    PAIR,
    RECORD,
    SEED,
    WORDS,
)
from samestory.files import read_csv
from samestory.measures import AXES

if TYPE_CHECKING:
    from samestory.study import Study

DRAWS = 1_999  # arrangements of the joint test


class Specifications(NamedTuple):
    """How many specifications a multiverse has, and how many of them failed."""

    run: int
    failed: int


class Results(NamedTuple):
    """A grid: ``specifications`` (specification, an option of each choice, status, reason), and of those that are done
    the contrasts of each (specification and the columns of ``contrast``) and the counts of each event. ``why`` says
    why there is none."""

    specifications: pd.DataFrame
    contrasts: pd.DataFrame
    counts: pd.DataFrame
    why: str = ""


def read_results(study: Study, event: str = "") -> Results:
    """What ``samestory run`` wrote of a study's grid; empty, and with the reason, where there is none to show."""
    if not event and (shipped := shipped_grid(study)) is not None:
        return _read_shipped(shipped)
    folder = study.results / FOLDER
    why = ""
    if event:
        why = "A multiverse is of a whole study: the comparison over all events shows it."
    elif study.multiverse is None:
        why = (
            "No multiverse was asked for: with a section [multiverse] in study.toml, `samestory run` counts under "
            "every combination of choices."
        )
    elif not (folder / RECORD).exists():
        why = "The multiverse that study.toml asks for has not been run: `samestory run` does it."
    if why:
        nothing = pd.DataFrame(columns=["specification", *AXES, "status", "reason"], dtype="string")
        return Results(nothing, _stacked([], [], CONTRASTS), _stacked([], [], COUNTS), why)
    specifications = read_csv(folder / RECORD, "string")
    done = specifications.specification[specifications.status == "done"].tolist()
    contrasts = [read_csv(folder / f"{name}.csv", {"refusal": "string"}) for name in done]
    counts = [pd.read_parquet(folder / f"{name}.parquet") for name in done]
    return Results(specifications, _stacked(done, contrasts, CONTRASTS), _stacked(done, counts, COUNTS))


def shipped_grid(study: Study) -> Path | None:
    """Where the grid lies that came with a text-free study, which cannot be run without texts; None where none did."""
    folder = study.folder / FOLDER
    return folder if not study.has_texts() and (folder / RECORD).exists() else None


def _read_shipped(folder: Path) -> Results:
    """A shipped grid: without the counts of each event, so that nothing can be said of all specifications together."""
    contrasts = read_csv(folder / GRID, {"refusal": "string", "specification": "string"})
    return Results(read_csv(folder / RECORD, "string"), contrasts, _stacked([], [], COUNTS))


def _stacked(names: Sequence[str], parts: Sequence[pd.DataFrame], columns: Sequence[str]) -> pd.DataFrame:
    filled = [part.assign(specification=name) for name, part in zip(names, parts, strict=True) if len(part)]
    return pd.concat(filled, ignore_index=True) if filled else pd.DataFrame(columns=["specification", *columns])


def conclusions(results: Results, *, seed: int = SEED) -> pd.DataFrame:
    """What all specifications together say of each contrast, in order of measure and outlets.

    Columns: measure, outlet, other_outlet; specifications (asked for), ran (gave an estimate), refused (ran, without a
    test), failed (those that stopped and those not run), different (distinct results among those that ran); reference
    (the difference in the first specification, the project's own way where it is among them; null where that has
    none); same_sign, significant (p < .05) and corrected (q < .05), in how many the difference has that sign (without
    it, the median's); against (q < .05 the other way); median, lowest, highest; bears (the choices that change
    anything), moves_most and moved_by (the choice between whose options the mean difference, all else equal, is
    largest, and how large); p_median and p_share (the joint test: that the median, and the share of significant
    specifications, are as large by chance), q_joint (p_median corrected for all contrasts); outcome (``holds``,
    ``turns``, ``cannot be said``) and said, the sentence. Differences are scaled as their measure says.
    """
    from samestory.statistics import benjamini_hochberg

    rows = []
    for pair, own in results.contrasts.groupby(PAIR, sort=False):
        rows.append(dict(zip(PAIR, pair, strict=True)) | _concluded(results, own, seed))
    found = pd.DataFrame(rows, columns=[*PAIR, *COLUMNS])
    found["q_joint"] = benjamini_hochberg(found.p_median.to_numpy(dtype=float)).round(4)
    said = [_sentence(row, curve(results, row.measure, row.outlet, row.other_outlet)) for row in found.itertuples()]
    return found.assign(said=pd.Series(said, index=found.index, dtype="string"))


COLUMNS = ["specifications", "ran", "refused", "failed", "different", "reference", "same_sign", "significant",
           "corrected", "against", "median", "lowest", "highest", "bears", "moves_most", "moved_by", "p_median",
           "p_share", "q_joint", "outcome"]  # fmt: skip


def _concluded(results: Results, own: pd.DataFrame, seed: int) -> dict[str, object]:
    every = results.specifications
    known = own.dropna(subset="difference").set_index("specification")
    first = every.specification.iloc[0]
    reference = known.difference.get(first)
    median = known.difference.median()
    sign = np.sign(median if reference is None or reference == 0 else reference)
    along = known[np.sign(known.difference) == sign]
    against = known[np.sign(known.difference) == -sign]
    optioned = own.merge(every, on="specification")
    bears = bearing(optioned)
    moves = {axis: _moved(optioned, axis) for axis in bears}
    most = max(moves, key=lambda axis: (moves[axis], -list(AXES).index(axis)), default=None)
    tested, corrected = int(known.p.notna().sum()), int((along.q < ALPHA).sum())
    joint = _joint(results, own, bears, seed)
    return {
        "specifications": len(every),
        "ran": len(known),
        "refused": len(known) - tested,
        "failed": int((every.status != "done").sum()),
        "different": len(optioned.drop_duplicates(bears)) if bears else min(1, len(optioned)),
        "reference": reference,
        "same_sign": len(along),
        "significant": int((along.p < ALPHA).sum()),
        "corrected": corrected,
        "against": int((against.q < ALPHA).sum()),
        "median": round(median, 4),
        "lowest": known.difference.min(),
        "highest": known.difference.max(),
        "bears": ", ".join(bears),
        "moves_most": most,
        "moved_by": None if most is None else round(moves[most], 4),
        "p_median": round(joint.p_median, 4),
        "p_share": round(joint.p_share, 4),
        "outcome": _outcome(len(known), tested, corrected, int((against.q < ALPHA).sum())),
    }


def _outcome(ran: int, tested: int, corrected: int, against: int) -> str:
    if not tested or not corrected + against:
        return "cannot be said"
    return "holds" if corrected == ran else "turns"


def bearing(optioned: pd.DataFrame) -> list[str]:
    """The choices that change the result of any specification, all else equal; ``optioned`` has a row for each."""
    found = []
    for axis in AXES:
        others = [name for name in AXES if name != axis]
        results = optioned.groupby(others, dropna=False)[["difference", "n_events"]].nunique(dropna=False)
        if (results > 1).any(axis=None):
            found.append(axis)
    return found


def _moved(optioned: pd.DataFrame, axis: str) -> float:
    """The largest difference between the mean results of two options, over settings of the rest that all have."""
    others = [name for name in AXES if name != axis]
    wide = optioned.pivot(index=others, columns=axis, values="difference").dropna()
    return float(np.ptp(wide.mean().to_numpy(dtype=float))) if len(wide) else 0.0


def _joint(results: Results, own: pd.DataFrame, bears: Sequence[str], seed: int):
    """The joint test over the specifications that differ."""
    from samestory.statistics.multiverse import joint_permutation

    measure, outlet, other = (own[name].iloc[0] for name in PAIR)
    named = own.merge(results.specifications, on="specification")
    names = (named.drop_duplicates(list(bears)) if bears else named.head(1)).specification.tolist()
    counts = results.counts
    counts = counts[(counts.measure == measure) & counts.specification.isin(names)]
    events = sorted(counts.event.unique())
    sides = []
    for code in (outlet, other):
        side = counts[counts.outlet == code]
        wide = [
            side.pivot(index="event", columns="specification", values=value).reindex(index=events, columns=names)
            for value in ("numerator", "denominator")
        ]
        sides.append(np.stack([part.to_numpy(dtype=float) for part in wide], axis=2))
    return joint_permutation(*sides, draws=DRAWS, seed=seed)


def curve(results: Results, measure: str, outlet: str, other_outlet: str) -> pd.DataFrame:
    """The specification curve of one contrast: what is drawn.

    A row for each specification that differs (those that only differ in choices without effect are one), and one for
    each that failed. Columns: specification, stands_for (how many), difference, low, high, significant (q < .05),
    reference (whether it is the first of the grid), status (``ran``, ``refused``, ``failed``), reason, and a column of
    options for each choice that bears on it.
    """
    own = results.contrasts
    own = own[(own.measure == measure) & (own.outlet == outlet) & (own.other_outlet == other_outlet)]
    every = results.specifications.merge(own.drop(columns=PAIR), on="specification", how="left", validate="one_to_one")
    ran = every[(every.status == "done") & every.difference.notna()]
    bears = bearing(ran)
    status = np.where(every.status != "done", "failed", np.where(every.p.isna(), "refused", "ran"))
    shown = pd.DataFrame(
        {
            "specification": every.specification,
            **{name: every[name].astype(float) for name in ("difference", "low", "high")},
            "significant": (every.q < ALPHA).fillna(False).astype(bool),
            "reference": every.index == 0,
            "status": status,
            "reason": every.reason.fillna(every.refusal),
            **{axis: every[axis] for axis in bears},
        }
    )
    alone = shown.specification.where(shown.status == "failed", "")
    keys = [shown[axis] for axis in bears] + [shown.status, alone]
    shown["stands_for"] = shown.groupby(keys, dropna=False).specification.transform("size")
    return shown[~pd.concat(keys, axis=1).duplicated()].reset_index(drop=True)


def _sentence(row, shown: pd.DataFrame) -> str:
    """What can be said of one contrast, with its numbers."""
    label = label_of(row.measure)
    about = f"{label}, {row.outlet} and {row.other_outlet}"
    silent = row.specifications - row.ran - row.failed
    failed = f"; {silent} of {row.specifications} gave no difference" if silent else ""
    failed += f"; {row.failed} of {row.specifications} failed" if row.failed else ""
    if not row.ran:
        return f"{about}: cannot be said; no specification gave a difference{failed}."
    spread = f"the difference goes from {_signed(row.lowest)} to {_signed(row.highest)}"
    if row.refused == row.ran:
        why = shown.reason[shown.status == "refused"].iloc[0]
        return f"{about}: cannot be said; {why}; over {row.ran} specifications {spread}{failed}."
    if row.outcome == "cannot be said":
        return f"{about}: cannot be said; q < .05 in none of {row.ran} specifications; {spread}{failed}."
    up = (row.median if pd.isna(row.reference) or row.reference == 0 else row.reference) > 0
    claim = f"{label}: {row.outlet} {'above' if up else 'below'} {row.other_outlet}"
    alike = f" ({row.different} of them different)" if row.different < row.ran else ""
    if row.outcome == "holds":
        return f"{claim} holds in {row.ran} of {row.ran} specifications{alike}, q < .05 in all; {spread}{failed}."
    other = f", q < .05 the other way in {row.against}" if row.against else ""
    return (
        f"{claim} turns with {turns_with(shown, up)}: same direction in {row.same_sign} of {row.ran} specifications"
        f"{alike}, q < .05 in {row.corrected}{other}; {spread}{failed}."
    )


def turns_with(shown: pd.DataFrame, up: bool) -> str:
    """The choice between whose options significance differs most, and how much; ``shown`` as from ``curve``."""
    ran = shown[shown.status == "ran"]
    axes = [axis for axis in AXES if axis in ran and ran[axis].nunique() > 1]
    held = ran.significant & ((ran.difference > 0) == up)
    shares = {axis: held.groupby(ran[axis]).mean() for axis in axes}
    most = max(axes, key=lambda axis: float(np.ptp(shares[axis].to_numpy())), default=None)
    if most is None or not np.ptp(shares[most].to_numpy()):
        return "no single choice"
    parts = [f"{shares[most][option]:.0%} under “{option}”" for option in AXES[most] if option in shares[most]]
    return f"{WORDS[most]} (q < .05 in {', '.join(parts)})"


def _signed(value: float) -> str:
    return f"{value:+.1f}".replace("-", "−")


def finding(found: pd.DataFrame, results: Results) -> str:
    """How many contrasts hold, turn and cannot be said, and how many specifications failed; or why there are none."""
    if results.why:
        return results.why
    n, failed = len(results.specifications), int((results.specifications.status != "done").sum())
    counts = found.outcome.value_counts()
    lost = f" {failed} of {n} specifications failed." if failed else ""
    if found.empty:
        return f"No contrast came out of {n} specifications.{lost}"
    holds, turns, open_ = (int(counts.get(code, 0)) for code in ("holds", "turns", "cannot be said"))
    return (
        f"Of {len(found)} contrasts under {n} specifications, {holds} {'holds' if holds == 1 else 'hold'} in all that "
        f"ran, {turns} {'turns' if turns == 1 else 'turn'} with a choice, and of {open_} nothing can be said.{lost}"
    )


def conclusion_table(found: pd.DataFrame) -> pd.DataFrame:
    """The conclusions to be read: what holds first, then what turns, then the rest."""
    order = {"holds": 0, "turns": 1, "cannot be said": 2}
    rows = found.sort_values("outcome", key=lambda codes: codes.map(order), kind="stable")
    return pd.DataFrame(
        {
            "measure": [label_of(name) for name in rows.measure],
            "outlets": rows.outlet + " – " + rows.other_outlet,
            "by default": rows.reference,
            "median": rows["median"],
            "from": rows.lowest,
            "to": rows.highest,
            "same direction": [f"{r.same_sign} of {r.ran}" for r in rows.itertuples()],
            "p < .05": rows.significant,
            "q < .05": rows.corrected,
            "joint p": [chance(p) for p in rows.p_median],
            "joint q": [chance(q) for q in rows.q_joint],
            "moved most by": rows.moves_most.map(WORDS),
            "so it": rows.outcome,
        }
    ).reset_index(drop=True)


def failures(results: Results) -> pd.DataFrame:
    """The specifications that failed or did not run, with their choices and the reason."""
    lost = results.specifications[results.specifications.status != "done"]
    return lost[["specification", *AXES, "status", "reason"]].reset_index(drop=True)


def most_telling(found: pd.DataFrame, most: int = 2) -> list:
    """The contrasts whose curves say most, as rows: those that turn, the most divided first, then those that hold."""
    tested = found[(found.ran > 0) & (found.outcome != "cannot be said")]
    order = pd.DataFrame(
        {"holds": tested.outcome == "holds", "divided": (tested.corrected / tested.ran - 0.5).abs().astype(float)}
    )
    return list(tested.loc[order.sort_values(["holds", "divided"], kind="stable").index].head(most).itertuples())


def counted(results: Results) -> Specifications | None:
    """How many specifications there are, and how many failed; None where there is no grid."""
    n = len(results.specifications)
    return Specifications(n, int((results.specifications.status != "done").sum())) if n else None


def drawn_choices(shown: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """The choices that a curve shows, each with its options that were tried."""
    return {
        axis: tuple(option for option in options if (shown[axis] == option).any())
        for axis, options in AXES.items()
        if axis in shown
    }


def curve_title(row) -> str:
    """What is found of a contrast, without the details that its curve shows."""
    return row.said.partition(";")[0].partition(": same direction")[0]


def curve_unit(row) -> str:
    """What the estimates of a contrast are."""
    return f"{row.outlet} less {row.other_outlet}, {unit_of(row.measure)}"


def curve_alt(row, shown: pd.DataFrame) -> str:
    """A curve in words, for those who cannot see it."""
    failed = int((shown.status == "failed").sum())
    return (
        f"Specification curve of {len(shown) - failed} estimates in order, with 95 % intervals where there are any, "
        f"and beneath each the choices behind it; {failed} failed. {row.said}"
    )
