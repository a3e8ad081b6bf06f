"""Claims set side by side: the ledger, conflicts, the toll, and what an outlet leaves out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.claims import principal_claims
from samestory.comparison.profiles import OUTLET, with_outlet
from samestory.comparison.saying import day_of, in_full, plural, source_of
from samestory.comparison.timing import timing

if TYPE_CHECKING:
    from samestory.annotation import Annotations


TOLLS = ("killed", "injured", "missing", "detained")
MEASURED = ("money", "size")
AMOUNTS = ("count_other", *MEASURED)
FEWEST = 3  # outlets on an event, of which "most others" can be said
VALUED = ("date_time", "place")  # roles whose claims have a value instead of a number
NO_ONE, UNNAMED = "no one named", "unnamed"
STATUS = ("internal_conflict", "conflict", "differ", "update")  # from the worst on


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
    """Who an attribution is ascribed to, in words: the source's name, or its type where it has none
    ("unnamed official")."""
    names = annotations.referents.set_index("referent_id").name
    sources = annotations.sources
    said = sources.referent_id.map(names).fillna(
        sources.source_type.map(lambda kind: NO_ONE if kind == "none" else f"{UNNAMED} {source_of(str(kind))}")
    )
    named = said.groupby(sources.attribution_id).agg(" and ".join)
    return {OUTLET: OUTLET} | {str(key): value for key, value in named.items()}


def conflicts(annotations: Annotations) -> pd.DataFrame:
    """Claims that contradict each other, with both sides: see :func:`related`."""
    return related(annotations, ("internal_conflict", "conflict", "differ"))


def related(annotations: Annotations, relations: Sequence[str]) -> pd.DataFrame:
    """Claims that stand in some relations, in their order, with both sides. Columns: relation, role, unit_class,
    outlet, start, end, quantity, bound, voice, and the same with ``other_`` before."""
    between = annotations.claim_relations
    apart = between[between.relation.isin(relations)]
    claims = ledger(annotations)[["claim_id", "article_id", "outlet", "start", "end", "quantity", "bound", "voice"]]
    other = claims.add_prefix("other_")
    both = apart.merge(claims, on=["claim_id", "article_id"], validate="many_to_one")
    both = both.merge(other, on=["other_claim_id", "other_article_id"], validate="many_to_one")
    order = {relation: n for n, relation in enumerate(relations)}
    both = both.assign(order=both.relation.map(order)).sort_values(["order", "role", "claim_id", "other_claim_id"])
    return both.drop(columns="order").reset_index(drop=True)


def what_is_counted(role: str, unit_class: object, kind: str = "") -> str:
    """ "killed, civilian": a role, the narrowest class of people, and the noun that tells them from others."""
    if role in (*VALUED, "age"):
        if role == "date_time":
            day = day_of(kind)
            return f"the day {in_full(day)}" if day else f"the time{f', {kind}' if kind else ''}"
        if role == "age":
            return f"age of {kind.title()}" if kind else role
        return f"{role}, {kind.title()}" if kind else role
    told = (
        role.replace("_", " ")
        if pd.isna(unit_class) or unit_class == role
        else f"{role.replace('_', ' ')}, {str(unit_class).split(' > ')[-1]}"
    )
    return f"{told} ({kind})" if kind else told


def in_words(quantity: float | None, bound: str, value: object = None) -> str:
    """ "at least 4": a number with its bound; "dozens" where the text gives no more."""
    if pd.isna(quantity):
        return "a number not given" if value is None or pd.isna(value) else str(value)
    words = {"at_least": "at least ", "at_most": "at most ", "approximate": "about "}.get(bound, "")
    return f"{words}{quantity:,.0f}"


def conflict_table(pairs: pd.DataFrame) -> pd.DataFrame:
    """What :func:`conflicts` gives, for readers, each different pair once. Columns: relation, what, one says, another
    says."""
    return in_both_words(pairs).drop_duplicates().reset_index(drop=True)


def in_both_words(pairs: pd.DataFrame) -> pd.DataFrame:
    """Each pair of claims in words, a row a pair. Columns: relation, what, one says, another says."""
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
    return pd.DataFrame({"relation": relation, "what": what, **sides})


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


def tolls_in_time(annotations: Annotations) -> pd.DataFrame:
    """What each article says of the killed, injured, missing and detained at large, in order of publication.

    Columns: role, outlet, earliest, latest (UTC, null where unknown), quantity, low, high (what the bound leaves open;
    null where there is no limit), bound, voice, claim_id. An article enters a role once, with its principal claim
    on people of the widest class that it counts.
    """
    ledgered = ledger(annotations)
    chosen = principal_claims(annotations.claims).merge(
        ledgered[["claim_id", "article_id", "quantity", "quantity_max", "bound", "voice", "outlet"]],
        on=["claim_id", "article_id"], validate="one_to_one",
    )  # fmt: skip
    chosen = chosen[chosen.role.isin(TOLLS) & chosen.kind.eq("") & chosen.quantity.notna()]
    chosen = chosen.assign(depth=chosen.unit_class.fillna("").str.count(">"), other=chosen.unit_class.ne("person"))
    chosen = chosen.sort_values(["article_id", "role", "other", "depth"], kind="stable")
    chosen = chosen.drop_duplicates(["article_id", "role"])
    times = pd.concat(
        [
            timing(part)[["article_id", "earliest", "latest"]]
            for _, part in annotations.articles.groupby("event", dropna=False)
        ]
    )
    told = chosen.merge(times, on="article_id", validate="many_to_one")
    low, high = told.quantity.astype(float), told.quantity.astype(float)
    told["low"] = low.where(told.bound != "approximate", low * 0.9).mask(told.bound == "at_most")
    told["high"] = high.where(told.bound != "approximate", high * 1.1).where(
        told.bound != "range", told.quantity_max.astype("Float64").astype(float)
    ).mask(told.bound == "at_least")  # fmt: skip
    told["role"] = pd.Categorical(told.role, TOLLS, ordered=True)
    columns = ["role", "outlet", "earliest", "latest", "quantity", "low", "high", "bound", "voice", "claim_id"]
    return told.sort_values(["role", "earliest", "outlet"], kind="stable")[columns].reset_index(drop=True)


def toll_finding(tolls: pd.DataFrame) -> str:
    """How far the toll that the outlets tell most often lies apart; ``tolls`` as of :func:`tolls_in_time`."""
    if tolls.empty:
        return "No outlet counts killed, injured, missing or detained"
    role = tolls.role.value_counts(sort=False).idxmax()
    told = tolls[tolls.role == role].sort_values(["quantity", "earliest", "outlet"], kind="stable")
    highest = told[told.quantity == told.quantity.max()]  # of those who say so, the first
    low, high = next(told.itertuples()), next(highest.itertuples())
    many = told.outlet.nunique()
    if tolls.outlet.nunique() == 1:
        both = "" if low.quantity == high.quantity else f"{in_words(low.quantity, low.bound)} to "
        return f"{low.outlet} tells of {both}{in_words(high.quantity, high.bound)} {role}"
    if many == 1:
        return f"{low.outlet} alone counts the {role}: {in_words(high.quantity, high.bound)}"
    if low.quantity == high.quantity:
        return f"{'Both' if many == 2 else f'All {many}'} outlets that count the {role} say {low.quantity:,.0f}"
    first, last = (f"{in_words(row.quantity, row.bound)} in {row.outlet}" for row in (low, high))
    return f"The number of {role} lies between {first} and {last}"


def toll_alt(tolls: pd.DataFrame) -> str:
    """What the figure of the tolls shows, for those who do not see it."""
    claims, outlets = len(tolls), tolls.outlet.nunique()
    told = f"{claims} {plural(claims, 'claim')} of {outlets} {plural(outlets, 'outlet')}"
    when = ", no time of publication known" if tolls.earliest.isna().all() else " by time of publication"
    return f"Killed, injured, missing and detained{when}: {told}."


def side_by_side_claims(annotations: Annotations, most: int = 40) -> pd.DataFrame:
    """The principal claims of the articles: those that contradict each other first, then the widely shared.

    Columns: what, status (conflict, internal conflict, differ, update, or ""), outlet, shown (the number and who holds
    it), claim_id, article_id, start, end. ``most`` is the number of different things.
    """
    told = _principal_or_conflicting(annotations)
    rank = {name: n for n, name in enumerate(STATUS)}
    relations = annotations.claim_relations[annotations.claim_relations.relation.isin(STATUS)]
    others = relations[["other_claim_id", "relation"]].set_axis(["claim_id", "relation"], axis=1)
    ends = pd.concat([relations[["claim_id", "relation"]], others])
    worst = ends.groupby("claim_id").relation.agg(lambda names: min(names, key=rank.__getitem__))
    told["relation"] = told.claim_id.map(worst)
    told["shown"] = [
        (in_words(quantity, bound, value) if role not in VALUED else str(value))
        + ("" if voice == OUTLET else f" ({voice})")
        for quantity, bound, role, value, voice in zip(
            told.quantity, told.bound, told.role, told.value, told.voice, strict=True
        )
    ]
    grouped = told.groupby("what").agg(
        status=("relation", lambda names: min(names.dropna(), key=rank.__getitem__, default="")),
        spread=("outlet", "nunique"),
    )
    grouped["rank"] = grouped.status.map(rank).fillna(len(rank))
    kept = grouped[(grouped.spread > 1) | (grouped.status != "")].sort_values(
        ["rank", "spread", "what"], ascending=[True, False, True]
    )
    chosen = kept.head(most).reset_index().reset_index(names="order")
    columns = ["what", "status", "outlet", "shown", "claim_id", "article_id", "start", "end"]
    joined = told.merge(chosen[["what", "status", "order"]], on="what", validate="many_to_one")
    joined["status"] = joined.status.astype("string").str.replace("_", " ")
    return joined.sort_values(["order", "outlet", "start"], kind="stable")[columns].reset_index(drop=True)


def _principal_or_conflicting(annotations: Annotations) -> pd.DataFrame:
    """The principal claims with ``what`` each counts, and beside them the numbers of the same article that contradict
    them, and amounts of money and sizes that were set side by side: both of a pair stand under one name, or a reader
    takes one of them for another outlet's."""
    relations = annotations.claim_relations
    amounts = relations.role.isin(MEASURED) & relations.relation.isin((*STATUS, "agree", "differ_in_precision"))
    inner = relations[(relations.relation == "internal_conflict") | amounts]
    kinds = principal_claims(annotations.claims).set_index("claim_id").kind
    told = ledger(annotations)
    told = told[told.claim_id.isin(kinds.index) | told.claim_id.isin((*inner.claim_id, *inner.other_claim_id))]
    nouns = told.unit.where(told.role.isin(MEASURED))
    told = told.assign(kind=told.claim_id.map(kinds).fillna(nouns).fillna(""))
    what = dict(zip(told.claim_id, map(what_is_counted, told.role, told.unit_class, told.kind), strict=True))
    for one, other in zip(inner.claim_id, inner.other_claim_id, strict=True):
        first, second = (one, other) if one in kinds.index else (other, one)
        what[second] = what[first]
    return told.assign(what=told.claim_id.map(what))


def not_compared(annotations: Annotations) -> pd.DataFrame:
    """Claims that were set beside nothing, and why. Columns: role, reason, claims."""
    claims, relations = annotations.claims, annotations.claim_relations
    beside = relations[~relations.relation.isin(("only_in", "not_comparable"))]
    met = set(beside.claim_id) | set(beside.other_claim_id.dropna())
    apart = relations[relations.relation == "not_comparable"]
    unlike = (set(apart.claim_id) | set(apart.other_claim_id.dropna())) - met
    principal = set(principal_claims(claims).claim_id)
    reasons = pd.Series("of a thing that no other article tells alike", index=claims.index, dtype="string")
    amount = claims.role.isin(AMOUNTS)
    reasons = reasons.mask(~amount & ~claims.claim_id.isin(principal), "told again, or a part of what was told")
    reasons = reasons.mask(claims.claim_id.isin(unlike), "of another group than the other article counts")
    reasons = reasons.mask(claims.about == "other", "about something else than the event")
    left = claims.assign(reason=reasons)[~claims.claim_id.isin(met)]
    counted = left.groupby(["reason", "role"], sort=True).size().rename("claims").reset_index()
    return counted.sort_values(["reason", "claims", "role"], ascending=[True, False, True])[
        ["role", "reason", "claims"]
    ]


def omissions(annotations: Annotations, share: float = 0.5) -> pd.DataFrame:
    """Things that more than ``share`` of an event's other outlets tell of and an outlet does not.

    Columns: event, outlet, what, n_other_outlets (that carry it), n_outlets (all others). Events that fewer than three
    outlets report are left out: of two, "most others" is one.
    """
    told = with_outlet(annotations, principal_claims(annotations.claims))
    told = told.merge(annotations.articles[["article_id", "event"]], on="article_id", validate="many_to_one")
    told["what"] = [what_is_counted(*row) for row in zip(told.role, told.unit_class, told.kind, strict=True)]
    rows = []
    for event, part in annotations.articles.dropna(subset="event").groupby("event", sort=True):
        outlets = sorted(part.outlet.unique())
        if len(outlets) < FEWEST:
            continue
        for what, group in told[told.event == event].groupby("what"):
            carriers = set(group.outlet)
            if len(carriers) > share * (len(outlets) - 1):
                rows += [
                    (event, outlet, what, len(carriers), len(outlets) - 1)
                    for outlet in outlets
                    if outlet not in carriers
                ]
    return pd.DataFrame(rows, columns=["event", "outlet", "what", "n_other_outlets", "n_outlets"])
