"""What can be told of one outlet alone: how its texts tell, each finding with what proves it, and none compared.

Whether a share is large or small takes a second outlet's article of the same event.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.comparison import labels
from samestory.comparison.profiles import lone_outlet
from samestory.comparison.proven import (
    FEWEST,
    FEWEST_WORDS,
    HELD,
    PATIENTS,
    PER_WORD,
    SHOWN,
    Evidence,
    Proven,
    cases,
    counts_of,
    event_of,
    of_event,
)
from samestory.comparison.saying import listed, the, times
from samestory.comparison.timing import article_names

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations

WORDS = 3  # that are told of how one is named
TELLS = {
    "source_official": ("sourcing", "Officials make up {cases} source mentions in {outlet}."),
    "hedge_outlet": ("certainty", "{outlet} hedges in its own voice {cases} words of its own."),
    "attributed_words": ("sourcing", "Sources fill {cases} of the words in {outlet}."),
    HELD: ("holders", "Sources hold {cases} claims in {outlet}."),
    PATIENTS: ("actors", "Of those acted upon, {outlet} leaves out by whom in {cases} cases."),
}


def of_one(annotations: Annotations, measures: pd.DataFrame) -> list[Proven]:
    """The findings of articles that are all from one outlet: numbers that its own articles tell in two ways, then who
    is cited, how sure it is, how it names whom it names most, who holds the claims, and actors left out.

    ``measures`` is the table of that name. Raises ValueError where the articles are from several outlets.
    """
    outlet = lone_outlet(annotations)
    if outlet is None:
        raise ValueError("these articles are from several outlets; samestory.comparison.proven compares them")
    own = counts_of(measures, annotations)
    told = [_told(own[own.measure == name], name, outlet) for name in TELLS]
    inside = of_event(annotations, measures) if event_of(annotations) else []  # of several events, each page tells it
    found = [*inside, *told[:2], _named(annotations, outlet), *told[2:]]
    names = article_names(annotations.articles)  # its articles have numbers where there are several
    return [
        one._replace(evidence=tuple(part._replace(outlet=names[part.article_id]) for part in one.evidence))
        for one in found
        if one is not None
    ]


def _told(counts: pd.DataFrame, name: str, outlet: str) -> Proven | None:
    part, whole = float(counts.numerator.sum()), float(counts.denominator.sum())
    if whole < (FEWEST_WORDS if name in PER_WORD else FEWEST):
        return None
    kind, sentence = TELLS[name]
    evidence = tuple(
        Evidence(row.event, row.outlet, row.article_id, cases(name, row.numerator, row.denominator),
                 f"of={name}&in={row.article_id}" if row.numerator else "")
        for row in counts.sort_values(["numerator", "article_id"], ascending=[False, True]).head(SHOWN).itertuples()
    )  # fmt: skip
    event = str(counts.event.iloc[0]) if counts.event.nunique() == 1 else None
    return Proven(kind, sentence.format(outlet=outlet, cases=cases(name, part, whole)), event, evidence, 0.0)


def _named(annotations: Annotations, outlet: str) -> Proven | None:
    """Whom or what it names most often, and in which words."""
    ids = labels.main_ids(annotations, 1)
    named = labels.named(annotations, ids[:1])
    if named.empty:
        return None
    words = named["head"].str.lower().value_counts(sort=False).sort_values(ascending=False, kind="stable")
    told = [f"“{word}” {times(int(n))}" for word, n in words.head(WORDS).items()]
    firsts = named.assign(word=named["head"].str.lower()).drop_duplicates("word").head(SHOWN)
    evidence = tuple(
        Evidence(row["event"], outlet, row["article_id"], row["head"], f"mark={row['label_id']}", row["start"],
                 row["end"])
        for row in firsts.to_dict("records")
    )  # fmt: skip
    sentence = f"What {outlet} names most often is {the(str(named.name.iloc[0]))}: {listed(told)}."
    return Proven("wording", sentence, event_of(annotations), evidence, 0.0)
