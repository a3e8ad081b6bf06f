"""What outlets call the same referents, which frames hold, which words are one outlet's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

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


class Wording(NamedTuple):
    """The words that tell outlets apart, and what stands beside them.

    ``words`` is the table of :func:`samestory.framing.find_distinctive`; ``chance`` has a row an outlet, with the words
    that stand out as the outlets are and where chance exchanges them; ``bands`` the span of each word's z by chance;
    ``masks`` what was masked; ``compared`` how many words were.
    """

    words: pd.DataFrame
    chance: pd.DataFrame
    bands: pd.DataFrame
    masks: pd.DataFrame
    compared: pd.DataFrame


def wording(annotations: Annotations, masks: Mapping[str, Sequence[str]] | None = None, seed: int = 0) -> Wording:
    """The words of each outlet's counted text on shared events; all tables are empty where texts are missing.

    ``masks`` gives further names of an outlet (:meth:`samestory.study.Study.outlet_masks`). ``chance`` has the columns
    outlet, n_words, n_tested, log_odds, log_odds_chance, log_odds_low, log_odds_high, test (words that the test calls),
    test_chance; see :func:`samestory.framing.null_distinctive`.
    """
    from samestory.framing import count_texts, find_distinctive, null_distinctive
    from samestory.framing.distinctive import ALPHA, COLUMNS

    texts = _counted_texts(annotations)
    if texts.outlet.nunique() < 2:
        chance = ["outlet", "n_words", "n_tested", "log_odds", "log_odds_chance", "log_odds_low", "log_odds_high",
                  "test", "test_chance"]  # fmt: skip
        bands, listed = ["outlet", "word", "z_low", "z_high"], ["outlet", "mask", "kind", "count"]
        compared = ["outlet", "n_events", "words", "even_words", "briefs"]
        return Wording(*(pd.DataFrame(columns=list(names)) for names in (COLUMNS, chance, bands, listed, compared)))
    counted = count_texts(texts, masks=masks)
    words = find_distinctive(counted, seed=seed)
    null = null_distinctive(counted, seed=seed)
    called = (words.q < ALPHA).groupby(words.outlet).sum()
    chance_table = null.outlets.copy()
    chance_table.insert(7, "test", chance_table.outlet.map(called).fillna(0).astype("int64"))
    return Wording(words, chance_table, null.words, counted.masks, counted.compared)


def distinctive_words(
    annotations: Annotations, most: int = 5, seed: int = 0, masks: Mapping[str, Sequence[str]] | None = None
) -> pd.DataFrame:
    """The ``most`` words most distinctive of each outlet on shared events; empty where texts are missing.

    Columns: outlet, word, count, other_count, log_odds, n_events, difference, low, high, p, q, refusal (see
    framing.find_distinctive). Words that the test calls come first, then those with the highest log-odds z.
    """
    return top_words(wording(annotations, masks, seed).words, most)


def top_words(words: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """Of a table of words, the ``most`` that each outlet uses more than the others; those that the test calls first."""
    from samestory.framing.distinctive import ALPHA

    columns = ["outlet", "word", "count", "other_count", "log_odds", "n_events", "difference", "low", "high", "p", "q",
               "refusal"]  # fmt: skip
    more = words[words.log_odds > 0]
    more = more.assign(called=more.q < ALPHA).sort_values(["outlet", "called", "z", "word"],
                                                           ascending=[True, False, False, True])  # fmt: skip
    return more.groupby("outlet", sort=True).head(most)[columns].reset_index(drop=True)


def word_passages(annotations: Annotations, word: str, outlet: str | None = None, most: int = 3) -> pd.DataFrame:
    """Where a word stands in the counted text of events, at most ``most`` times an outlet, each article once first.

    Columns: article_id, start, end, outlet, word. A word is found in every form that is read as it.
    """
    from samestory.framing.house_style import read_words

    columns = ["article_id", "start", "end", "outlet", "word"]
    rows = []
    for text in _counted_texts(annotations).itertuples():
        if outlet is not None and text.outlet != outlet:
            continue
        found = [w for w in read_words(text.text).words if w.word == word]
        rows += [
            (nth, text.article_id, *_in_article(text.pieces, w.start, w.end), text.outlet, word)
            for nth, w in enumerate(found)
        ]
    rows.sort(key=lambda row: (row[4], row[0], row[1], row[2]))
    table = pd.DataFrame([row[1:] for row in rows], columns=columns)
    return table.groupby("outlet", sort=True).head(most).reset_index(drop=True)


def _counted_texts(annotations: Annotations) -> pd.DataFrame:
    """The counted text of each article that has an event. Columns: article_id, event, outlet, text, pieces."""
    from samestory.tables import COUNTED_SEGMENTS

    known = annotations.texts.dropna(subset="text")
    texts = dict(zip(known.article_id, known.text, strict=True))
    counted = annotations.segments[annotations.segments.segment.isin(COUNTED_SEGMENTS)]
    spans = {
        name: [(int(s), int(e)) for s, e in zip(own.start, own.end, strict=True)]
        for name, own in counted.groupby("article_id")
    }
    rows = [
        (a.article_id, a.event, a.outlet, "\n".join(texts[a.article_id][s:e] for s, e in spans.get(a.article_id, [])),
         spans.get(a.article_id, []))
        for a in annotations.articles.dropna(subset="event").itertuples()
        if a.article_id in texts
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["article_id", "event", "outlet", "text", "pieces"])


def _in_article(pieces: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Offsets in joined pieces as offsets in the article."""
    at = 0
    for first, last in pieces:
        if start < at + last - first:
            return first + start - at, first + end - at
        at += last - first + 1  # the line end that joins them
    raise ValueError(f"{start} to {end} lies in no piece")
