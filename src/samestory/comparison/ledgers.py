"""Claims set side by side: the ledger, conflicts, the toll, and what an outlet leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.profiles import OUTLET, with_outlet

if TYPE_CHECKING:
    from samestory.annotation import Annotations


def ledger(annotations: Annotations) -> pd.DataFrame:
    """Every claim with outlet and voice, the most widely shared kinds first.

    Columns: those of ``claims``, outlet, published, voice ("outlet", or the name of the source that holds it).
    """
    claims = with_outlet(annotations, annotations.claims)
    claims["voice"] = claims.holder.map(voices(annotations)).fillna(claims.holder)
    claims["spread"] = claims.groupby(["role", "unit_class"], dropna=False).outlet.transform("nunique")
    order = ["spread", "role", "unit_class", "outlet", "start"]
    return (
        claims.sort_values(order, ascending=[False, True, True, True, True])
        .drop(columns="spread")
        .reset_index(drop=True)
    )


def voices(annotations: Annotations) -> dict[str, str]:
    """Who an attribution is ascribed to, in words: the source's name, or its type where it has none."""
    names = annotations.referents.set_index("referent_id").name
    sources = annotations.sources
    said = sources.referent_id.map(names).fillna(
        sources.source_type.map(lambda kind: "no one named" if kind == "none" else f"unnamed ({kind})")
    )
    named = said.groupby(sources.attribution_id).agg(" and ".join)
    return {OUTLET: OUTLET} | {str(key): value for key, value in named.items()}


def conflicts(annotations: Annotations) -> pd.DataFrame:
    """Claims that contradict each other, with both sides. Columns: relation, role, unit_class, outlet, start, end,
    quantity, bound, voice, and the same with ``other_`` before."""
    relations = annotations.claim_relations
    apart = relations[relations.relation.isin(("conflict", "internal_conflict", "differ"))]
    claims = ledger(annotations)[["claim_id", "article_id", "outlet", "start", "end", "quantity", "bound", "voice"]]
    other = claims.add_prefix("other_")
    both = apart.merge(claims, on=["claim_id", "article_id"], validate="many_to_one")
    both = both.merge(other, on=["other_claim_id", "other_article_id"], validate="many_to_one")
    order = {"internal_conflict": 0, "conflict": 1, "differ": 2}
    both = both.assign(order=both.relation.map(order)).sort_values(["order", "role", "claim_id", "other_claim_id"])
    return both.drop(columns="order").reset_index(drop=True)


def what_is_counted(role: str, unit_class: object) -> str:
    """ "killed, civilian": a role and the narrowest class of people."""
    return role if pd.isna(unit_class) else f"{role}, {str(unit_class).split(' > ')[-1]}"


def in_words(quantity: float | None, bound: str) -> str:
    """ "at least 4": a number with its bound."""
    if pd.isna(quantity):
        return "a number not given"
    words = {"at_least": "at least ", "at_most": "at most ", "approximate": "about "}.get(bound, "")
    return f"{words}{quantity:,.0f}"


def conflict_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """What :func:`conflicts` gives, for readers. Columns: relation, what, one says, another says."""
    sides = {
        title: [
            f"{outlet}: {in_words(quantity, bound)}" + ("" if voice == OUTLET else f", said by {voice}")
            for outlet, quantity, bound, voice in zip(
                *(pairs[prefix + name] for name in ("outlet", "quantity", "bound", "voice")), strict=True
            )
        ]
        for title, prefix in (("one says", ""), ("another says", "other_"))
    }
    what = [what_is_counted(role, path) for role, path in zip(pairs.role, pairs.unit_class, strict=True)]
    relation = pairs.relation.str.replace("_", " ")
    return pd.DataFrame({"relation": relation, "what": what, **sides}).drop_duplicates().reset_index(drop=True)


def both_sides(pairs: pd.DataFrame) -> pd.DataFrame:
    """The spans on both sides of conflicts, each claim once. Columns: article_id, start, end, outlet, note, pair."""
    spans = both_of(pairs.assign(other_role=pairs.role), ("article_id", "start", "end", "outlet", "role"))
    spans = spans.assign(note=spans.outlet + ", " + spans.role)[
        ["article_id", "start", "end", "outlet", "note", "pair"]
    ]
    return spans.sort_values("pair", kind="stable").drop_duplicates(["article_id", "start", "end"])


def both_of(pairs: pd.DataFrame, names: Sequence[str]) -> pd.DataFrame:
    """The columns ``names`` of one side of each pair, then of the other, and the number of the ``pair``."""
    sides = [pairs[[prefix + name for name in names]].set_axis(list(names), axis=1) for prefix in ("", "other_")]
    return pd.concat([side.assign(pair=range(len(pairs))) for side in sides])


def toll_rows(claims: pd.DataFrame, most: int = 18) -> pd.DataFrame:
    """The claims of a ledger to draw: about this event, with a number, each outlet's and voice's own only once.

    Columns: label, quantity, quantity_max, bound, voice.
    """
    drawn = claims[(claims.about == "this_event") & claims.quantity.notna() & (claims.role != "age")]
    drawn = drawn.drop_duplicates(["outlet", "role", "unit_class", "quantity", "bound", "voice"]).head(most)
    what = [what_is_counted(role, path) for role, path in zip(drawn.role, drawn.unit_class, strict=True)]
    return drawn.assign(label=drawn.outlet + ": " + pd.Series(what, index=drawn.index, dtype="string"))[
        ["label", "quantity", "quantity_max", "bound", "voice"]
    ]


def omissions(annotations: Annotations, share: float = 0.5) -> pd.DataFrame:
    """Kinds of claim that more than ``share`` of an event's other outlets make and an outlet does not.

    Columns: event, outlet, role, unit_class, n_other_outlets (that carry it), n_outlets (all others).
    """
    claims = with_outlet(annotations, annotations.claims[annotations.claims.about == "this_event"])
    claims = claims.merge(annotations.articles[["article_id", "event"]], on="article_id", validate="many_to_one")
    rows = []
    for event, part in annotations.articles.dropna(subset="event").groupby("event", sort=True):
        outlets = sorted(part.outlet.unique())
        for (role, unit_class), group in claims[claims.event == event].groupby(["role", "unit_class"], dropna=False):
            carriers = set(group.outlet)
            if len(carriers) > share * (len(outlets) - 1):
                rows += [
                    (event, outlet, role, unit_class, len(carriers), len(outlets) - 1)
                    for outlet in outlets
                    if outlet not in carriers
                ]
    return pd.DataFrame(rows, columns=["event", "outlet", "role", "unit_class", "n_other_outlets", "n_outlets"])
