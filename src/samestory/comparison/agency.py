"""Who acts and who is acted upon in each outlet's telling, and where the one who acts is left out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.labels import main_ids, named
from samestory.comparison.saying import the
from samestory.tables import AGENCIES
from samestory.texts import known_texts

if TYPE_CHECKING:
    from samestory.annotation import Annotations

ACTORS = ("person", "group", "institution")  # kinds of which the tables say who acts
COLUMNS = ("event", "referent_id", "name", "outlet", "labels", *AGENCIES, "without_agent", "agent_share",
           "patient_share", "other_share", "without_agent_share")  # fmt: skip
FEWEST = 3  # labels of an outlet whose shares are told
SAID = {"agent": "acting", "patient": "acted upon", "other": "neither"}
LEFT_OUT = "acted upon, by no one named"
DIES = "dies, and no one is said to kill"
DYING = re.compile(
    r"\W{0,3}(?:who\s+)?(?:(?:have|has|had|also|later|then|both|all)\s+){0,3}"
    r"(?:die[ds]?|perish(?:ed|es)?|drown(?:ed|s)?|succumbed|lost\s+(?:his|her|its|their)\s+li(?:fe|ves))\b",
    re.IGNORECASE,
)
"""What follows someone of whose death is told without saying who caused it: "ten people died in the attack"."""


def agency(annotations: Annotations, referent_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """The parts that referents play in each outlet: a row for each referent and outlet that names it.

    Columns: event, referent_id, name, outlet, labels; agent, patient, other (how many of these labels act, are acted
    upon, do neither) and their shares; without_agent (patients of a passive that leaves out who acts) and its share of
    the patients (null where there are none). Without ``referent_ids``, the persons, groups and institutions that most
    outlets name. The order is that of ``referent_ids``; of each, the outlets in which it acts most come first.
    """
    ids = main_ids(annotations, kinds=ACTORS) if referent_ids is None else list(referent_ids)
    labels = named(annotations, ids)
    for role in AGENCIES:
        labels[role] = labels.agency.eq(role).astype("int64")
    labels["without_agent"] = labels.passive_without_agent.astype("int64")
    keys = ["event", "referent_id", "name", "outlet"]
    sums = labels.groupby(keys, dropna=False)[[*AGENCIES, "without_agent"]].sum().reset_index()
    sums["labels"] = sums[list(AGENCIES)].sum(axis=1)
    for role in AGENCIES:
        sums[f"{role}_share"] = (sums[role] / sums.labels).round(4)
    sums["without_agent_share"] = (sums.without_agent / sums.patient.where(sums.patient > 0)).round(4)
    sums["order"] = sums.referent_id.map({key: n for n, key in enumerate(ids)})
    sums["lead"] = sums.agent_share - sums.patient_share
    ranks = ["order", "lead", "labels", "outlet"]
    return sums.sort_values(ranks, ascending=[True, False, False, True])[list(COLUMNS)].reset_index(drop=True)


def agency_table(acts: pd.DataFrame) -> pd.DataFrame:
    """What :func:`agency` gives, for readers: how many labels act, are acted upon, by no one named, do neither."""
    names = {"name": "referent", "outlet": "outlet", "agent": "acts", "patient": "is acted upon",
             "without_agent": "of these, by no one named", "other": "neither"}  # fmt: skip
    return acts[list(names)].rename(columns=names)


def agency_passages(annotations: Annotations, referent_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """The labels behind :func:`agency`, each with the part that it plays: the words around it are the evidence.

    Columns: article_id, start, end, outlet, referent_id, name, agency, without_agent, dies, note. Passives that leave
    out who acts come first, then those who die ("died in the attack": read off the text, so false where that is not
    here), patients, agents and the rest, by referent and outlet.
    """
    ids = main_ids(annotations, kinds=ACTORS) if referent_ids is None else list(referent_ids)
    labels = named(annotations, ids).assign(without_agent=lambda d: d.passive_without_agent.astype(bool))
    labels["dies"] = _dies(annotations, labels)
    said = labels.agency.map(SAID).mask(labels.dies, DIES).mask(labels.without_agent, LEFT_OUT)
    labels = labels.assign(
        note=labels.outlet + ", " + labels.name + " " + said,
        part=labels.agency.map({"patient": 2, "agent": 3, "other": 4})
        .mask(labels.dies, 1)
        .mask(labels.without_agent, 0),
        order=labels.referent_id.map({key: n for n, key in enumerate(ids)}),
    )
    labels = labels.sort_values(["part", "order", "outlet", "article_id", "start"], kind="stable")
    columns = ["article_id", "start", "end", "outlet", "referent_id", "name", "agency", "without_agent", "dies", "note"]
    return labels[columns].reset_index(drop=True)


def _dies(annotations: Annotations, labels: pd.DataFrame) -> pd.Series:
    texts = known_texts(annotations.texts)
    patients = labels.agency.eq("patient") & labels.article_id.isin(list(texts))
    dies = [
        bool(patient and DYING.match(texts[name], int(end)))
        for patient, name, end in zip(patients, labels.article_id, labels.end, strict=True)
    ]
    return pd.Series(dies, index=labels.index, dtype="bool")


def agency_finding(acts: pd.DataFrame) -> str:
    """The referent whose part differs most between two outlets; ``acts`` is what :func:`agency` gives."""
    best: tuple[float, str] = (0.0, "")
    for _, part in acts[acts.labels >= FEWEST].groupby("referent_id", sort=False):
        for role in ("agent", "patient"):
            ordered = part.sort_values([f"{role}_share", "outlet"], ascending=[False, True])
            high, low = ordered.iloc[0], ordered.iloc[-1]
            apart = float(high[f"{role}_share"] - low[f"{role}_share"])
            if high.outlet != low.outlet and apart > best[0]:
                best = (apart, f"{high.outlet} shows {the(high['name'])} {SAID[role]} in {high[role]} of {high.labels} "
                               f"labels, {low.outlet} in {low[role]} of {low.labels}.")  # fmt: skip
    return best[1] or "No one plays another part in one outlet than in another."


def left_out_finding(annotations: Annotations) -> str:
    """How often each outlet says what was done to someone without saying by whom."""
    labels = named(annotations)
    patients = labels[(labels.agency == "patient") & labels.kind.isin(ACTORS)]
    counts = patients.groupby("outlet").passive_without_agent.agg(["sum", "size"])
    counts = counts[counts["size"] >= FEWEST]
    if not patients.passive_without_agent.any():
        return "Nowhere does a passive leave out who acted."
    if counts.empty or not counts["sum"].sum():
        n, left = len(patients), int(patients.passive_without_agent.sum())
        return (
            f"Where a label shows a person, group or institution acted upon, a passive leaves out by whom in {left} of "
            f"{n} cases: too few to compare."
        )
    shares = (counts["sum"] / counts["size"]).sort_values(ascending=False, kind="stable")
    told = [f"{outlet} in {counts['sum'][outlet]} of {counts['size'][outlet]}" for outlet in shares.index]
    listed = ", ".join(told if len(told) < 5 else [*told[:2], *told[-1:]])
    return (
        f"Where a label shows a person, group or institution acted upon, a passive leaves out by whom: {listed} cases."
    )


def limits() -> list[str]:
    """What counts of agency cannot tell."""
    return [
        "A part is that of a noun for its verb, as the parser reads it; what a pronoun does (\"they fired\") is not "
        "counted. Someone who \"died in the attack\" is acted upon: the passages say so where no one is said to kill.",
        "A passive without an agent may leave out what the sentence before has told, or what nobody knows.",
    ]  # fmt: skip
