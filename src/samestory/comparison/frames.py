"""Issue frames by outlet, each with how well it can be read, and the sentences that carry it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.profiles import with_outlet
from samestory.comparison.saying import listed, plural
from samestory.framing import frame_validity
from samestory.tables import SEPARATOR

if TYPE_CHECKING:
    from samestory.annotation import Annotations

VALIDITIES = ("good", "fair", "weak", "unknown")
READABLE = ("good", "fair")


def profile(annotations: Annotations) -> pd.DataFrame:
    """In how many of each outlet's articles a frame is present, to be drawn: rows (validity, frame), columns outlets.

    Frames that can be read well come first, those that hold in most articles before others. A frame that holds nowhere
    is left out: see :func:`validity_table`.
    """
    frames = _present(annotations)
    outlets = sorted(annotations.articles.outlet.unique())
    wide = frames.pivot_table(index=["group", "label"], columns="outlet", values="present", aggfunc="sum", fill_value=0)
    wide = wide.reindex(columns=outlets, fill_value=0)
    wide = wide[wide.sum(axis=1) > 0]
    total, ranks = wide.sum(axis=1), dict(zip(frames.group, frames["rank"], strict=True))
    order = sorted(wide.index, key=lambda key: (ranks[key[0]], -int(total[key]), key[1]))
    return wide.loc[order].astype("int64").rename_axis(columns=None)


def validity_table(annotations: Annotations) -> pd.DataFrame:
    """Every frame of the schemes in use: how well it can be read, and in how many of these articles it holds.

    Columns: scheme, frame, validity, F1 (against people's coding, with the 95 % interval), coded articles, present.
    """
    frames = _present(annotations)
    held = frames.groupby(["scheme", "frame"], sort=False).present.sum()
    known = frame_validity(annotations.frames).assign(
        order=lambda d: d.validity.map(VALIDITIES.index), present=lambda d: [
            int(held.get((scheme, frame), 0)) for scheme, frame in zip(d.scheme, d.frame, strict=True)
        ],
    )  # fmt: skip
    known = known.sort_values(["order", "f1", "scheme", "frame"], ascending=[True, False, True, True])
    intervals = [
        "–" if pd.isna(row.f1) else f"{row.f1:.2f} ({row.low:.2f} to {row.high:.2f})" for row in known.itertuples()
    ]
    shown = known.assign(frame=known.frame.str.replace("_", " "), F1=intervals, coded=known.n_articles)
    shown = shown.rename(columns={"coded": "coded articles", "present": "present here"})
    return shown[["scheme", "frame", "validity", "F1", "coded articles", "present here"]].reset_index(drop=True)


def evidence(annotations: Annotations, most: int = 1) -> pd.DataFrame:
    """The sentences that add most to the frames that can be read: ``most`` for each article and frame.

    Columns: article_id, start, end, outlet, frame, note. Sentences have no gold: they are to be read, not counted.
    """
    columns = ["article_id", "start", "end", "outlet", "frame", "note"]
    frames = _present(annotations)
    frames = frames[frames.present.astype(bool) & frames.validity.isin(READABLE)].dropna(subset="evidence")
    named = frames.assign(sentence_id=frames.evidence.str.split(SEPARATOR).str[:most]).explode("sentence_id")
    places = annotations.sentences[["sentence_id", "start", "end"]]
    found = named.merge(places, on="sentence_id", how="inner", validate="many_to_one")
    words = found.frame.str.replace("_", " ")
    found = found.assign(frame=words, note=found.outlet + ", " + words)
    return found.sort_values(["frame", "outlet", "article_id", "start"])[columns].reset_index(drop=True)


def finding(annotations: Annotations) -> str:
    """Which well read frames every article has, and which one outlet's articles alone."""
    frames = _present(annotations)
    frames = frames[(frames.scheme == "policy") & (frames.validity == "good")]
    articles = frames.article_id.nunique()
    if not articles:
        return "No frame can be told: no text came in."
    held = frames[frames.present.astype(bool)].groupby("frame", sort=True)
    everywhere = [_quoted(name) for name, own in held if own.article_id.nunique() == articles]
    alone = [
        (_quoted(name), own.outlet.iloc[0])
        for name, own in held if own.outlet.nunique() == 1 < frames.outlet.nunique()
    ]  # fmt: skip
    parts = []
    if everywhere:
        verb = "holds" if len(everywhere) == 1 else "hold"
        parts.append(f"{listed(everywhere)} {verb} in {_all(articles)}")
    if alone:
        more = len(alone) - 3
        rest = f", {more} more in one outlet each" if more > 0 else ""
        parts.append(f"{'; '.join(f'{words} holds in {outlet} alone' for words, outlet in alone[:3])}{rest}")
    text = "; ".join(parts) or "No frame that can be read well holds in every article, and none in one outlet's alone"
    return f"{text[:1].upper()}{text[1:]}."


def _quoted(frame: object) -> str:
    """A frame's name between marks: some are "crime and punishment", which would run into a list's own "and"."""
    return f"“{str(frame).replace('_', ' ')}”"


def profile_finding(grid: pd.DataFrame) -> str:
    """How many frames every outlet's articles have, and how many one outlet's alone; ``grid`` as of :func:`profile`."""
    if grid.empty:
        return "No frame holds in any article"
    held = (grid > 0).sum(axis=1)
    everywhere, alone = int((held == grid.shape[1]).sum()), int((held == 1).sum())
    if grid.shape[1] == 1:
        return f"{len(grid)} {plural(len(grid), 'frame')} {'holds' if len(grid) == 1 else 'hold'} in {grid.columns[0]}"
    return (
        f"Of {len(grid)} {plural(len(grid), 'frame')}, {everywhere or 'none'} "
        f"{'hold' if everywhere > 1 else 'holds'} in every outlet, {alone or 'none'} in one outlet alone"
    )


def _all(articles: int) -> str:
    return {1: "the one article here", 2: "both articles"}.get(articles, f"all {articles} articles")


def limits(annotations: Annotations) -> list[str]:
    """What frames read by machine cannot tell."""
    known = frame_validity(annotations.frames)
    weak = known.frame[known.validity == "weak"].str.replace("_", " ").tolist()
    return [
        f"These frames are hardly better than guesses and are shown so that nothing is hidden: {', '.join(weak)}.",
        "The weights were learnt from US and British articles of 2017 to 2020; on other news they are less sure. The "
        "generic frames, and a study's own, have no coding by people to be set against.",
        "A sentence is shown because its words add to the score. Nobody has coded sentences.",
    ]


def _present(annotations: Annotations) -> pd.DataFrame:
    """The table ``frames`` with outlet, validity, and how a figure names frame and group."""
    frames = with_outlet(annotations, annotations.frames)
    known = frame_validity(annotations.frames)[["scheme", "frame", "validity"]]
    frames = frames.merge(known, on=["scheme", "frame"], how="left", validate="many_to_one")
    policy = frames.scheme == "policy"
    group = frames.validity.map(lambda word: f"policy frames, validity {word}").where(policy, frames.scheme + " frames")
    return frames.assign(
        present=frames.present.astype("int64"),
        label=frames.frame.str.replace("_", " "),
        group=group.where(policy, group + ", validity unknown"),
        rank=frames.validity.map(VALIDITIES.index).where(policy, len(VALIDITIES)),
    )
