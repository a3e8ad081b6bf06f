"""Tidy counts by outlet that notebooks and report draw from: one row per outlet and what is counted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.contrasts import scale_of
from samestory.messages import no_such
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


def with_voice(annotations: Annotations, data: pd.DataFrame) -> pd.DataFrame:
    """A table that has holders with the outlet of each row, and whether its own voice or a source's holds it."""
    found = with_outlet(annotations, data)
    return found.assign(voice=found.holder.eq(OUTLET).map({True: OWN_VOICE, False: SOURCE_VOICE}).astype("string"))


def keep_outlets(annotations: Annotations, outlets: list[str]) -> Annotations:
    """The annotations of some outlets (all where the list is empty); raises ValueError for an unknown outlet."""
    known = sorted(annotations.articles.outlet.unique())
    if unknown := sorted(set(outlets) - set(known)):
        raise ValueError(no_such("outlet", unknown, known))
    articles = annotations.articles
    return annotations.select(articles.article_id[articles.outlet.isin(outlets)]) if outlets else annotations


def lone_outlet(annotations: Annotations) -> str | None:
    """The outlet that all articles are from, where there is but one: nothing can then be compared."""
    outlets = annotations.articles.outlet.unique()
    return str(outlets[0]) if len(outlets) == 1 else None


def largest_outlets(annotations: Annotations, most: int = 12) -> tuple[Annotations, int]:
    """The annotations of the outlets with most articles, and how many outlets that leaves out."""
    sizes = annotations.articles.outlet.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    return keep_outlets(annotations, list(sizes.index[:most])), max(0, len(sizes) - most)


def roster(annotations: Annotations) -> pd.DataFrame:
    """Who is compared. Columns: outlet, articles, events, first and last published, body words."""
    grouped = annotations.articles.groupby("outlet", sort=True)
    return grouped.agg(
        articles=("article_id", "size"),
        events=("event", "nunique"),
        first_published=("published", "min"),
        last_published=("published", "max"),
        body_words=("n_body_words", "sum"),
    ).reset_index()


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
    cues = with_voice(annotations, annotations.certainty)
    return cues.groupby(["outlet", "voice", "certainty_type"], sort=True).size().rename("cues").reset_index()


def attribution_profile(annotations: Annotations) -> pd.DataFrame:
    """Attributions by outlet. Columns: outlet, attributions, direct, mixed, indirect, agentless, carried, deepest."""
    every = with_outlet(annotations, annotations.attributions)
    every["cued"] = every.cue_start.notna()
    agentless = set(annotations.sources.attribution_id[annotations.sources.source_type == "none"])
    rows = []
    for outlet, part in every.groupby("outlet", sort=True):
        own = part[part.cued]
        types = own.quote_type.value_counts()
        rows.append(
            {
                "outlet": outlet,
                "attributions": len(own),
                **{kind: int(types.get(kind, 0)) for kind in ("direct", "mixed", "indirect")},
                "agentless": int(own.attribution_id.isin(agentless).sum()),
                "carried": int((~part.cued).sum()),
                "deepest": int(own.layer.max()) if len(own) else 0,
            }
        )
    return pd.DataFrame(rows)


def rates(measures: pd.DataFrame, annotations: Annotations, names: list[str]) -> pd.DataFrame:
    """Measures by outlet as "value (numerator/denominator)": rows outlets, columns the measures named."""

    joined = with_outlet(annotations, measures[measures.article_id.isin(annotations.articles.article_id)])
    sums = joined[joined.measure.isin(names)].groupby(["outlet", "measure"])[["numerator", "denominator"]].sum()
    shown: dict[str, dict[str, str]] = {}
    for (outlet, name), (numerator, denominator) in zip(sums.index, sums.to_numpy(), strict=True):
        scale = scale_of(name)
        value = f"{scale * numerator / denominator:.1f}" if denominator else "–"
        shown.setdefault(outlet, {})[name] = f"{value} ({numerator:.0f}/{denominator:.0f})"
    wide = pd.DataFrame.from_dict(shown, orient="index").reindex(columns=names)
    return wide.rename(columns=_label).rename_axis("outlet").reset_index()


def _label(measure: str) -> str:
    from samestory.measures import MEASURES

    name, _, segment = measure.partition(".")
    return MEASURES[name].label + (f", {segment}" if segment else "")
