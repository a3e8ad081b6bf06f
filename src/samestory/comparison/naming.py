"""What outlets call the same referents, which frames hold, which words are one outlet's."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.profiles import with_outlet

if TYPE_CHECKING:
    from samestory.annotation import Annotations


def label_matrix(annotations: Annotations, referent_ids: list[str] | None = None, most: int = 6) -> pd.DataFrame:
    """How often each outlet uses each word for a referent: rows (referent, label), columns outlets.

    The referents named most come first, and of each its ``most`` most used words; how many others there are, and how
    often they are used, stands in a last row of the referent.
    """
    labels = annotations.labels.dropna(subset="referent_id")
    if referent_ids is not None:
        labels = labels[labels.referent_id.isin(referent_ids)]
    labels = with_outlet(annotations, labels)
    names = annotations.referents.set_index("referent_id").name
    labels["referent"] = labels.referent_id.map(names).astype("string")
    ranks = labels.groupby(["referent", "head"]).size().rename("uses").reset_index()
    ranks = ranks.sort_values(["referent", "uses", "head"], ascending=[True, False, True])
    late = ranks[ranks.groupby("referent").cumcount() >= most]
    rest = late.groupby("referent")["head"].size().map(lambda n: f"{n} other {'word' if n == 1 else 'words'}")
    rare = pd.MultiIndex.from_frame(late[["referent", "head"]])
    is_rare = pd.MultiIndex.from_frame(labels[["referent", "head"]]).isin(rare)
    labels["label"] = labels["head"].where(~is_rare, labels.referent.map(rest))
    index = ["referent", "label"]
    wide = labels.pivot_table(index=index, columns="outlet", values="label_id", aggfunc="count", fill_value=0)
    wide = wide.reindex(columns=sorted(annotations.articles.outlet.unique()), fill_value=0)
    totals, uses = wide.groupby("referent").sum().sum(axis=1), wide.sum(axis=1)
    others = set(rest)
    order = sorted(
        wide.index, key=lambda key: (-int(totals[key[0]]), key[0], key[1] in others, -int(uses[key]), key[1])
    )
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


def frame_table(annotations: Annotations) -> pd.DataFrame:
    """In how many of each outlet's articles a frame is present. Columns: scheme, frame, then the outlets."""
    frames = with_outlet(annotations, annotations.frames)
    wide = frames.assign(present=frames.present.astype("int64")).pivot_table(
        index=["scheme", "frame"], columns="outlet", values="present", aggfunc="sum", fill_value=0
    )
    total = wide.sum(axis=1)
    order = sorted(wide.index, key=lambda key: (key[0] != "policy", key[0], -int(total[key]), key[1]))
    return wide.loc[order][total.loc[order] > 0].reset_index().rename_axis(columns=None)


def distinctive_words(annotations: Annotations, most: int = 5, seed: int = 0) -> pd.DataFrame:
    """The words most distinctive of each outlet on shared events, from counted text; empty where texts are missing.

    Columns: outlet, word, count, other_count, log_odds, n_events, p, q, refusal (see framing.find_distinctive).
    """
    from samestory.framing import find_distinctive
    from samestory.tables import COUNTED_SEGMENTS

    columns = ["outlet", "word", "count", "other_count", "log_odds", "n_events", "p", "q", "refusal"]
    known = annotations.texts.dropna(subset="text")
    texts = dict(zip(known.article_id, known.text, strict=True))
    counted = annotations.segments[annotations.segments.segment.isin(COUNTED_SEGMENTS)]
    rows = [
        {"event": article.event, "outlet": article.outlet, "text": "\n".join(texts[article.article_id][s:e] for s, e in
         zip(own.start, own.end, strict=True))}
        for article in annotations.articles.dropna(subset="event").itertuples()
        if article.article_id in texts
        for own in [counted[counted.article_id == article.article_id]]
    ]  # fmt: skip
    if len({row["outlet"] for row in rows}) < 2:
        return pd.DataFrame(columns=columns)
    found = find_distinctive(pd.DataFrame(rows), seed=seed)
    return found[found.log_odds > 0].groupby("outlet", sort=True).head(most)[columns].reset_index(drop=True)
