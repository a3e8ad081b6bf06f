"""What an outlet leaves out that most others carry: referents, things counted, sources."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import pandas as pd

from samestory.claims import principal_claims
from samestory.claims.units import PERSON, contains
from samestory.comparison.labels import named
from samestory.comparison.ledgers import AMOUNTS, FEWEST, TOLLS, what_is_counted
from samestory.comparison.lineage import families
from samestory.comparison.profiles import cued, with_outlet
from samestory.comparison.saying import source_of, the

if TYPE_CHECKING:
    from samestory.annotation import Annotations

COLUMNS = ("event", "outlet", "kind", "what", "carried_by", "of", "one_copy", "article_id", "start", "end")
CARRIED = ("event", "outlet", "kind", "key", "what", "article_id", "start", "end")
DOES = {"referent": "name", "source": "cite", "source_type": "cite", "claim": "give"}
KINDS = ("referent", "source", "source_type", "claim")
NAMED = ("referent", "source")


def omissions(annotations: Annotations, share: float = 0.5) -> pd.DataFrame:
    """What more than ``share`` of the other outlets on an event carry and an outlet does not.

    Columns: event, outlet (that does not carry it), kind, what, carried_by (how many of the others do), of (how many
    others there are), one_copy (all that carry it run versions of one copy, see
    :func:`samestory.comparison.lineage.families`: one choice and not several), article_id, start, end (an example in
    another outlet; start and end null where a source has no words of its own). Kinds: ``referent`` (named by labels;
    an outlet that uses one of the others' words for it, be it for whom it will, is not taken to leave it out),
    ``source`` (cited; where the outlet does not even name it, it stands as a referent), ``source_type`` (no source of
    the type is cited), ``claim`` (numbers, ages and dates set side by side in ``claim_relations``; an outlet that
    counts people in this role by a wider or narrower class is not taken to leave it out). An outlet with several
    articles carries what any of them does. Events that fewer than three outlets report are left out: see
    :func:`refuse_omissions`.
    """
    carried = _carried(annotations)
    excused = _excused(annotations, carried)
    copies = families(annotations).set_index("article_id").family.to_dict()
    rows: list[tuple] = []
    for event, outlets in _reporting(annotations).items():
        own = carried[carried.event == event]
        for (kind, key), part in own.groupby(["kind", "key"], sort=False):
            carriers = set(part.outlet)
            if len(carriers) <= share * (len(outlets) - 1):
                continue
            first, whose = part.iloc[0], {copies.get(name, name) for name in part.article_id}
            rows += [
                (event, outlet, kind, first.what, len(carriers), len(outlets) - 1, len(whose) == 1 < len(carriers),
                 first.article_id, first.start, first.end, key)
                for outlet in outlets if outlet not in carriers and (outlet, kind, key) not in excused
            ]  # fmt: skip
    table = pd.DataFrame(rows, columns=[*COLUMNS, "key"]).astype({"start": "Int64", "end": "Int64", "one_copy": "bool"})
    unnamed = set(table[table.kind == "referent"][["outlet", "key"]].itertuples(index=False, name=None))
    known = [row.kind == "source" and (row.outlet, row.key) in unnamed for row in table.itertuples()]
    table = table[~pd.Series(known, index=table.index, dtype=bool)]
    table = table.assign(order=table.kind.map(KINDS.index))
    ranks = ["event", "outlet", "order", "one_copy", "carried_by", "what"]
    table = table.sort_values(ranks, ascending=[True, True, True, True, False, True], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def refuse_omissions(annotations: Annotations) -> str | None:
    """Why nothing, or not all, can be said of omissions, as a sentence; None where every event allows it."""
    reported = annotations.articles.dropna(subset="event").groupby("event").outlet.nunique()
    few = int((reported < FEWEST).sum())
    if not few and len(reported):
        return None
    takes = "it takes three outlets on an event"
    if few == len(reported):
        return f"what is left out cannot be told here: {takes}"
    return f"what is left out cannot be told of {few} of {len(reported)} events: {takes}"


def _reporting(annotations: Annotations) -> dict[str, list[str]]:
    """The outlets that report each event, where there are three or more."""
    events = annotations.articles.dropna(subset="event").groupby("event", sort=True).outlet.unique()
    return {str(event): sorted(outlets) for event, outlets in events.items() if len(outlets) >= FEWEST}


def _carried(annotations: Annotations) -> pd.DataFrame:
    """Each thing that an outlet's articles on an event carry, at its first place there; see CARRIED."""
    parts = [_referents(annotations), *_sources(annotations), _claims(annotations)]
    rows = pd.concat([part[list(CARRIED)].astype(object) for part in parts], ignore_index=True)
    rows = rows.dropna(subset=["event", "key"]).sort_values(["outlet", "article_id", "start"], kind="stable")
    return rows.drop_duplicates(["event", "kind", "key", "outlet"])


def _referents(annotations: Annotations) -> pd.DataFrame:
    labels = named(annotations)
    return labels.assign(kind="referent", key=labels.referent_id, what=labels.name)


def _sources(annotations: Annotations) -> Iterator[pd.DataFrame]:
    """Cited sources one by one, and by type; an outlet that is itself the source does not leave itself out."""
    own = annotations.sources[annotations.sources.attribution_id.isin(cued(annotations).attribution_id)]
    events = annotations.articles[["article_id", "event"]]
    own = with_outlet(annotations, own).merge(events, on="article_id", validate="many_to_one")
    names = annotations.referents.set_index("referent_id").name
    yield own.assign(kind="source", key=own.referent_id, what=own.referent_id.map(names))
    typed = own[~own.source_type.isin(("none", "other", "outlet"))]
    yield typed.assign(
        kind="source_type", key=typed.source_type, what=[source_of(str(kind), 2) for kind in typed.source_type]
    )


def _claims(annotations: Annotations) -> pd.DataFrame:
    """Claims that are set beside claims of other articles, each group of them as one thing.

    Places are left out: they are referents.
    """
    group = _groups(annotations.claim_relations)
    claims = annotations.claims[annotations.claims.claim_id.isin(group) & (annotations.claims.role != "place")]
    claims = with_outlet(annotations, claims)
    claims = claims.merge(annotations.articles[["article_id", "event"]], on="article_id", validate="many_to_one")
    kinds = principal_claims(annotations.claims).set_index("claim_id").kind
    nouns = claims.claim_id.map(kinds).fillna(claims.unit.where(claims.role.isin(AMOUNTS))).fillna("")
    what = [what_is_counted(*row) for row in zip(claims.role, claims.unit_class, nouns, strict=True)]
    return claims.assign(kind="claim", key=claims.claim_id.map(group), what=what)


def _groups(relations: pd.DataFrame) -> dict[str, str]:
    """Claims that were set side by side, each with the first of all that hang together with it."""
    beside = relations[~relations.relation.isin(("only_in", "not_comparable")) & relations.other_claim_id.notna()]
    first: dict[str, str] = {}

    def find(claim: str) -> str:
        while first.setdefault(claim, claim) != claim:
            claim = first[claim]
        return claim

    for one, other in zip(beside.claim_id, beside.other_claim_id, strict=True):
        low, high = sorted((find(one), find(other)))
        first[high] = low
    return {claim: find(claim) for claim in first}


def _excused(annotations: Annotations, carried: pd.DataFrame) -> set[tuple[str, str, str]]:
    """Who cannot be said to leave a thing out: outlet, kind and key.

    It is itself the source or the medium named, it uses one of the words that others use for a referent, or it counts
    people in the same role by a wider or narrower class.
    """
    themselves = carried[carried.kind.isin(("source", "referent")) & carried.what.isin(set(carried.outlet))]
    found = {(str(row.what), str(row.kind), str(row.key)) for row in themselves.itertuples()}
    labels = named(annotations)
    words = labels.assign(word=labels["head"].str.lower())[["event", "outlet", "referent_id", "word"]].drop_duplicates()
    shared = words.merge(words[["event", "outlet", "word"]], on=["event", "word"], suffixes=("", "_too"))
    found |= {(str(row.outlet_too), "referent", str(row.referent_id)) for row in shared.itertuples()}
    about = annotations.articles.set_index("article_id")
    counts = annotations.claims[annotations.claims.role.isin(TOLLS) & (annotations.claims.about == "this_event")]
    counts = counts.assign(event=counts.article_id.map(about.event), outlet=counts.article_id.map(about.outlet))
    classes = counts[["event", "role", "unit_class", "outlet"]].drop_duplicates()
    groups = carried.loc[carried.kind == "claim", ["event", "key"]].drop_duplicates()
    groups = groups.merge(counts[["claim_id", "role", "unit_class"]], left_on="key", right_on="claim_id")
    beside = groups.merge(classes, on=["event", "role"], suffixes=("", "_too"))
    return found | {
        (str(row.outlet), "claim", str(row.key))
        for row in beside.itertuples()
        if _kin(*(PERSON if pd.isna(path) else str(path) for path in (row.unit_class, row.unit_class_too)))
    }


def _kin(path: str, other: str) -> bool:
    return path == other or contains(path, other) or contains(other, path)


def omission_table(rows: pd.DataFrame) -> pd.DataFrame:
    """What :func:`omissions` gives, to be read. Columns: outlet, leaves out, kind, carried by."""
    by = [f"{row.carried_by} of {row.of} others{', in one copy' if row.one_copy else ''}" for row in rows.itertuples()]
    kind = rows.kind.str.replace("_", " ")
    return pd.DataFrame({"outlet": rows.outlet, "leaves out": rows.what, "kind": kind, "carried by": by})


def examples(rows: pd.DataFrame) -> pd.DataFrame:
    """Where others carry what an outlet leaves out. Columns: article_id, start, end, note."""
    found = rows.dropna(subset="start")
    return found.assign(note=found.outlet + " leaves out " + found.what)[["article_id", "start", "end", "note"]]


def omission_finding(rows: pd.DataFrame, annotations: Annotations) -> str:
    """The outlet that leaves out most of what most others carry, with examples; ``rows`` is what omissions gives.

    What the others carry in versions of one copy is not counted here.
    """
    refused = refuse_omissions(annotations)
    if rows.empty and refused:
        return _sentence(refused)
    own = rows[~rows.one_copy]
    if own.empty:
        return "No outlet leaves out what most others carry, shared copy set aside."
    counts = own.outlet.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    first = own[own.outlet == counts.index[0]].sort_values("carried_by", ascending=False, kind="stable")
    said = [
        f"{row.carried_by} of {row.of} others {DOES[row.kind]} {the(row.what) if row.kind in NAMED else row.what}"
        for row in first.head(3).itertuples()
    ]
    rest = ", ".join(f"{outlet} {n}" for outlet, n in counts.iloc[1:4].items())
    n = int(counts.iloc[0])
    return (
        f"{counts.index[0]} leaves out {n} {'thing' if n == 1 else 'things'} that most others carry"
        f"{f' ({rest})' if rest else ''}: {'; '.join(said)}."
    )


def limits(annotations: Annotations) -> list[str]:
    """What a list of omissions cannot tell, in sentences."""
    found = [
        "Not told is not the same as kept back: a shorter or earlier report knows less, and what most carry need not "
        "be what matters.",
        "One and the same person or thing under a word that the project did not recognise looks like an omission: "
        "read the passage before you call it one.",
    ]
    refused = refuse_omissions(annotations)
    return [*found, _sentence(refused)] if refused else found


def _sentence(reason: str) -> str:
    return f"{reason[:1].upper()}{reason[1:]}."
