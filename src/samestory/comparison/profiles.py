"""Tidy counts by outlet that notebooks and report draw from: one row per outlet and what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from samestory.tables import COUNTED_SEGMENTS, SEGMENTS

if TYPE_CHECKING:
    from samestory.annotation import Annotations

OUTLET = "outlet"
OWN_VOICE, SOURCE_VOICE = "own voice", "a source's voice"


def with_outlet(annotations: Annotations, data: pd.DataFrame) -> pd.DataFrame:
    """A table with the outlet and time of publication of each row's article."""
    about = annotations.articles[["article_id", "outlet", "published"]]
    joined = data.merge(about, on="article_id", how="left", validate="many_to_one")
    assert joined.outlet.notna().all(), "every row belongs to an article of the table articles"
    return joined


def keep_outlets(annotations: Annotations, outlets: list[str]) -> Annotations:
    """The annotations of some outlets (all where the list is empty); raises ValueError for an unknown outlet."""
    known = sorted(annotations.articles.outlet.unique())
    unknown = sorted(set(outlets) - set(known))
    if unknown:
        raise ValueError(f"no outlet {', '.join(unknown)} here; the outlets are {', '.join(known)}")
    articles = annotations.articles
    return annotations.select(articles.article_id[articles.outlet.isin(outlets)]) if outlets else annotations


def largest_outlets(annotations: Annotations, most: int = 12) -> tuple[Annotations, int]:
    """The annotations of the outlets with most articles, and how many outlets that leaves out."""
    sizes = annotations.articles.outlet.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return keep_outlets(annotations, list(sizes.index[:most])), max(0, len(sizes) - most)


def segment_shares(annotations: Annotations) -> pd.DataFrame:
    """Characters by outlet and role. Columns: outlet, segment, counted, characters."""
    spans = with_outlet(annotations, annotations.segments)
    spans["characters"] = (spans.end - spans.start).astype("int64")
    sums = spans.groupby(["outlet", "segment"], sort=True).characters.sum().reset_index()
    sums["segment"] = pd.Categorical(sums.segment, SEGMENTS, ordered=True)
    return sums.sort_values(["outlet", "segment"]).assign(counted=lambda d: d.segment.isin(COUNTED_SEGMENTS))


def not_counted(annotations: Annotations) -> pd.DataFrame:
    """What is not counted, by the rule that says why. Columns: outlet, segment, rule, spans, characters."""
    spans = with_outlet(annotations, annotations.segments)
    spans = spans[~spans.segment.isin(COUNTED_SEGMENTS)]
    spans["characters"] = (spans.end - spans.start).astype("int64")
    grouped = spans.groupby(["outlet", "segment", "rule"], sort=True).characters
    return grouped.agg(["size", "sum"]).reset_index().rename(columns={"size": "spans", "sum": "characters"})


def cued(annotations: Annotations) -> pd.DataFrame:
    """Attributions with a cue, with outlet; what is only carried over counts apart."""
    found = with_outlet(annotations, annotations.attributions)
    return found[found.cue_start.notna()].reset_index(drop=True)


def source_types(annotations: Annotations) -> pd.DataFrame:
    """Sources of cued attributions by type. Columns: outlet, source_type, sources."""
    own = annotations.sources[annotations.sources.attribution_id.isin(cued(annotations).attribution_id)]
    grouped = with_outlet(annotations, own).groupby(["outlet", "source_type"], sort=True)
    return grouped.size().rename("sources").reset_index()


def speakers(annotations: Annotations) -> pd.DataFrame:
    """Who is cited by name or description, how often, by how many outlets.

    Columns: referent_id, name, outlet, source_type, identification, anonymous, attributions.
    """
    own = annotations.sources[annotations.sources.attribution_id.isin(cued(annotations).attribution_id)]
    own = with_outlet(annotations, own).merge(
        annotations.referents[["referent_id", "name"]], on="referent_id", how="left", validate="many_to_one"
    )
    keys = ["referent_id", "name", "outlet"]
    grouped = own.dropna(subset="referent_id").groupby(keys, sort=True)
    return grouped.agg(
        source_type=("source_type", "first"),
        identification=("identification", "first"),
        anonymous=("anonymous", "max"),
        attributions=("attribution_id", "nunique"),
    ).reset_index()


def certainty_by_voice(annotations: Annotations) -> pd.DataFrame:
    """Certainty cues by type and by who holds them. Columns: outlet, voice, certainty_type, cues."""
    cues = with_outlet(annotations, annotations.certainty)
    cues["voice"] = cues.holder.eq(OUTLET).map({True: OWN_VOICE, False: SOURCE_VOICE})
    return cues.groupby(["outlet", "voice", "certainty_type"], sort=True).size().rename("cues").reset_index()


def label_matrix(annotations: Annotations, referent_ids: list[str] | None = None) -> pd.DataFrame:
    """How often each outlet uses each word for a referent: rows "name: head", columns outlets."""
    labels = annotations.labels.dropna(subset="referent_id")
    if referent_ids is not None:
        labels = labels[labels.referent_id.isin(referent_ids)]
    labels = with_outlet(annotations, labels)
    names = annotations.referents.set_index("referent_id").name
    labels["label"] = labels.referent_id.map(names) + ": " + labels["head"].str.lower()
    wide = labels.pivot_table(index="label", columns="outlet", values="label_id", aggfunc="count", fill_value=0)
    order = sorted(wide.index, key=lambda label: (-int(wide.loc[label].sum()), label))
    return wide.loc[order].astype("int64")


def main_referents(annotations: Annotations, most: int = 8) -> pd.DataFrame:
    """The referents that labels name most often. Columns: referent_id, name, kind, outlets, labels, heads."""
    labels = with_outlet(annotations, annotations.labels.dropna(subset="referent_id"))
    grouped = labels.groupby("referent_id", sort=True)
    found = grouped.agg(
        outlets=("outlet", "nunique"),
        labels=("label_id", "size"),
        heads=("head", lambda heads: ", ".join(heads.str.lower().value_counts().sort_index().index)),
    ).reset_index()
    found = found.merge(annotations.referents[["referent_id", "name", "kind"]], on="referent_id", validate="one_to_one")
    ordered = found.sort_values(["outlets", "labels", "referent_id"], ascending=[False, False, True])
    return ordered.head(most)[["referent_id", "name", "kind", "outlets", "labels", "heads"]].reset_index(drop=True)


def agency(annotations: Annotations) -> pd.DataFrame:
    """Who acts and who is acted upon. Columns: referent_id, name, outlet, agent, patient, other, without_agent."""
    labels = with_outlet(annotations, annotations.labels.dropna(subset="referent_id"))
    for role in ("agent", "patient", "other"):
        labels[role] = (labels.agency == role).astype("int64")
    labels["without_agent"] = labels.passive_without_agent.astype("int64")
    sums = labels.groupby(["referent_id", "outlet"], sort=True)[["agent", "patient", "other", "without_agent"]].sum()
    return sums.reset_index().merge(
        annotations.referents[["referent_id", "name"]], on="referent_id", validate="many_to_one"
    )


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
    said = sources.referent_id.map(names).fillna(sources.source_type.map(lambda kind: f"unnamed ({kind})"))
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
