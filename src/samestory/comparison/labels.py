"""What each outlet calls a referent: which word, how often, in whose voice, from where on, with which adjectives."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.extents import Extent, extents, with_sentence
from samestory.comparison.once import once
from samestory.comparison.profiles import OUTLET, with_outlet
from samestory.comparison.saying import listed, plural, the, times
from samestory.tables import POSITIONS, SEPARATOR

if TYPE_CHECKING:
    from samestory.annotation import Annotations

OTHER_WORDS = r"\d+ other words?"  # the row of a grid that sums up rare ones
OTHERS = 2  # other outlets that must name a referent before one outlet's word for it is called its own choice
COLUMNS = (
    "event", "referent_id", "name", "outlet", "head", "count", "own", "attributed", "first_word", *POSITIONS,
    "modifiers", "only_here", "response", "article_id", "start", "end",
)  # fmt: skip


def named(annotations: Annotations, referent_ids: Collection[str] | None = None) -> pd.DataFrame:
    """The labels of referents in text order, with event, outlet, the referent's name and kind, and the sentence."""
    labels = _named(annotations)
    if referent_ids is not None:
        labels = labels[labels.referent_id.isin(list(referent_ids))].reset_index(drop=True)
    return labels


@once
def _named(annotations: Annotations) -> pd.DataFrame:
    labels = with_sentence(annotations, annotations.labels.dropna(subset="referent_id"))
    about = {"article_id": (annotations.articles, ("event", "outlet")),
             "referent_id": (annotations.referents, ("name", "kind"))}  # fmt: skip
    for key, (table, names) in about.items():
        row = pd.Index(table[key]).get_indexer(pd.Index(labels[key]))
        labels = labels.assign(**{name: table[name].array.take(row, allow_fill=True) for name in names})
    return labels


def main_ids(annotations: Annotations, most: int = 8, kinds: Collection[str] | None = None) -> list[str]:
    """The referents of each event that most outlets name, and of those the ones named most often; of some kinds."""
    labels = named(annotations)
    if kinds is not None:
        labels = labels[labels.kind.isin(list(kinds))]
    grouped = labels.groupby(["event", "referent_id"], dropna=False, sort=True)
    ranks = grouped.agg(outlets=("outlet", "nunique"), labels=("label_id", "size")).reset_index()
    ranks = ranks.sort_values(["outlets", "labels", "referent_id"], ascending=[False, False, True])
    return ranks.groupby("event", dropna=False, sort=False).head(most).referent_id.tolist()


def alike(one: str, other: str) -> bool:
    """Whether two heads are one word, or a longer and a shorter form of one name ("Albin Kastor", "Kastor")."""
    words, others = set(one.lower().split()), set(other.lower().split())
    return words <= others or others <= words


def label_table(annotations: Annotations, referent_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """Every word that an outlet uses for a referent: a row for each referent, outlet and head.

    Columns: event, referent_id, name, outlet, head, count; own and attributed (how many of these in the outlet's own
    voice and inside what it attributes to a source); first_word (words of headline, deck and body before its first
    use); headline, lead, body (uses by position); modifiers (those attached, the most used first; null where none
    is); only_here (other outlets of the event name the referent, and none uses this head, nor a longer or shorter form
    of it); response (names the state's response); article_id, start, end (the first use). Without
    ``referent_ids``, all referents. Rows come in the order of ``referent_ids``, then outlet and count.
    """
    labels = named(annotations, referent_ids)
    if labels.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    table = _counted(labels.sort_values(["article_id", "start", "end"], kind="stable"), extents(annotations))
    table["only_here"] = _only_here(table)
    order = list(referent_ids if referent_ids is not None else main_ids(annotations, most=len(annotations.referents)))
    table["order"] = table.referent_id.map({key: n for n, key in enumerate(order)})
    table = table.sort_values(["order", "outlet", "count", "first_word"], ascending=[True, True, False, True])
    return table[list(COLUMNS)].reset_index(drop=True)


def _counted(labels: pd.DataFrame, words: dict[str, Extent]) -> pd.DataFrame:
    """One row for each referent, outlet and head, with the place of the first use."""
    labels = labels.assign(
        head=labels["head"].where(labels["head"].str.contains(" "), labels["head"].str.lower()),
        first_word=[words[row.article_id].before(int(row.start)) for row in labels.itertuples()],
        own=labels.voice.eq(OUTLET).astype("int64"),
        **{position: labels.position.eq(position).astype("int64") for position in POSITIONS},
    )
    keys = ["referent_id", "outlet", "head"]
    labels = labels.sort_values("first_word", kind="stable")
    grouped = labels.groupby(keys, sort=True)
    firsts = dict.fromkeys(("event", "name", "first_word", "article_id", "start", "end"), "first")
    sums = dict.fromkeys(("own", *POSITIONS), "sum")
    table = grouped.agg(firsts | sums | {"label_id": "size", "response": "any"}).reset_index()
    modified = labels.dropna(subset="modifiers").groupby(keys).modifiers.agg(_most_used).rename("modifiers")
    table = table.rename(columns={"label_id": "count"}).merge(modified, on=keys, how="left", validate="one_to_one")
    return table.assign(attributed=table["count"] - table.own)


def _most_used(cells: Iterable[str]) -> str:
    uses = Counter(word for cell in cells for word in cell.split(SEPARATOR))
    return ", ".join(sorted(uses, key=lambda word: (-uses[word], word)))


def _only_here(table: pd.DataFrame) -> list[bool]:
    heads = {key: list(zip(part.outlet, part["head"], strict=True)) for key, part in table.groupby("referent_id")}
    others = [[head for outlet, head in heads[row.referent_id] if outlet != row.outlet] for row in table.itertuples()]
    return [
        bool(theirs) and not any(alike(head, own) for head in theirs)
        for theirs, own in zip(others, table["head"], strict=True)
    ]


def only_choices(annotations: Annotations, referent_ids: Sequence[str] | None = None) -> pd.DataFrame:
    """The words that one outlet alone uses for a referent that at least two other outlets name.

    Columns: those of :func:`label_table` without only_here, others (how many other outlets name the referent) and
    others_say (their words for it, those of most outlets first).
    """
    table = label_table(annotations, referent_ids)
    others = table.groupby("referent_id").outlet.nunique() - 1
    told = dict(tuple(table.groupby("referent_id")))
    alone = table[table.only_here.astype(bool)].drop(columns="only_here")
    alone = alone.assign(others=alone.referent_id.map(others).astype("int64"))
    alone = alone[alone.others >= OTHERS]
    say = [_most_outlets(told[row.referent_id], row.outlet) for row in alone.itertuples()]
    return alone.assign(others_say=pd.Series(say, index=alone.index, dtype="string")).reset_index(drop=True)


def _most_outlets(words: pd.DataFrame, but: str) -> str:
    """The words of all outlets but one, those of most outlets first."""
    uses = words[words.outlet != but].groupby("head").agg(outlets=("outlet", "nunique"), count=("count", "sum"))
    uses = uses.reset_index().sort_values(["outlets", "count", "head"], ascending=[False, False, True])
    return ", ".join(uses["head"])


def label_matrix(annotations: Annotations, referent_ids: list[str] | None = None, most: int = 6) -> pd.DataFrame:
    """How often each outlet uses each word for a referent: rows (referent, label), columns outlets.

    The referents named most come first, and of each its ``most`` most used words; where there are two others or more,
    how many they are, and how often they are used, stands in a last row of the referent.
    """
    labels = annotations.labels.dropna(subset="referent_id")
    if referent_ids is not None:
        labels = labels[labels.referent_id.isin(referent_ids)]
    labels = with_outlet(annotations, labels)
    names = annotations.referents.set_index("referent_id").name
    labels["referent"] = labels.referent_id.map(names).astype("string")
    ranks = labels.groupby(["referent", "head"]).size().rename("uses").reset_index()
    ranks = ranks.sort_values(["referent", "uses", "head"], ascending=[True, False, True])
    grouped = ranks.groupby("referent")["head"]
    late = ranks[(grouped.cumcount() >= most) & (grouped.transform("size") > most + 1)]
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
    found = grouped.agg(outlets=("outlet", "nunique"), labels=("label_id", "size")).reset_index()
    found = found.sort_values(["outlets", "labels", "referent_id"], ascending=[False, False, True]).head(most)
    found = found.merge(annotations.referents[["referent_id", "name", "kind"]], on="referent_id", validate="one_to_one")
    words = labels[labels.referent_id.isin(found.referent_id)].groupby("referent_id")["head"]
    heads = {name: ", ".join(sorted(own.str.lower().unique())) for name, own in words}
    return found.assign(heads=found.referent_id.map(heads).astype("string")).reset_index(drop=True)


def most_used_choice(choices: pd.DataFrame) -> pd.Series:
    """The row of :func:`only_choices` that its outlet uses most often in its own voice."""
    return choices.sort_values(["own", "count", "first_word", "outlet"], ascending=[False, False, True, True]).iloc[0]


def label_finding(grid: pd.DataFrame) -> str:
    """What the outlets call by most words, and which words all of them use; ``grid`` as of :func:`label_matrix`."""
    told = grid[~grid.index.get_level_values("label").str.fullmatch(OTHER_WORDS)]
    if told.empty:
        return "No person, group or event is named by these outlets"
    name = told.groupby(level=0, sort=False).size().idxmax()
    own = told.loc[[name]]
    outlets = own.columns[(own > 0).any()]
    common = own.index.get_level_values("label")[(own[outlets] > 0).all(axis=1)].tolist()
    more = len(own) < len(grid.loc[[name]])
    words = f"{len(own)}{' words and more' if more else ' ' + plural(len(own), 'word')}"
    if len(outlets) == 1:
        return f"{outlets[0]} uses {words} for {the(name)}"
    shared = f"all use {listed(common)}" if common else "no word is common to all"
    return f"{len(outlets)} outlets use {words} for {the(name)}; {shared}"


def choice_finding(choices: pd.DataFrame) -> str:
    """The word that one outlet alone uses most often, with what the others say; ``choices`` as of only_choices."""
    if choices.empty:
        return "No word is found to be one outlet's alone: that takes a referent that three outlets name."
    top = most_used_choice(choices)
    both = "in its own and its sources' voices"
    voice = "in its own voice" if top.own == top["count"] else both if top.own else "in its sources' voices"
    words = top.others_say.split(", ")
    more = len(words) - 4
    said = ", ".join(words[:4]) + (f" and {more} other word{'s' if more > 1 else ''}" if more > 0 else "")
    return (
        f"{top.outlet} alone writes {top['head']!r} for {the(top['name'])}: {times(top['count'])}, {voice}, first as "
        f"word {top.first_word + 1}. The {top.others} others that name it write {said}."
    )
