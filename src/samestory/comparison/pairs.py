"""Two numbers for the same thing, in a sentence: who gives which, on whose word, and which came first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from samestory.comparison import ledgers, timing
from samestory.comparison.profiles import OUTLET

if TYPE_CHECKING:
    from samestory.annotation import Annotations

INTERNAL, AGREE = "internal_conflict", "agree"
RELATIONS = (INTERNAL, "conflict", "update", "differ", AGREE)  # the first that is there is told
SIDED = ("claim_id", "article_id", "outlet", "start", "end", "quantity", "bound", "voice", "earliest", "name")
SAYS = {
    "conflict": "One number, two versions ({what}): {sides}.",
    "differ": "One number, two versions ({what}): {sides}; which is later is not known.",
    AGREE: "On one number they agree ({what}): {sides}.",
}


def numbered_pairs(annotations: Annotations) -> pd.DataFrame:
    """Pairs of numbers as :func:`samestory.comparison.ledgers.related` gives them, those that weigh most first.

    Inside an article before between two, tolls before other numbers, those far apart before those close together.
    Adds earliest and other_earliest (when the article was published at the earliest, UTC; the earlier stands first),
    name and other_name (the outlet; of an outlet's two articles which), place (of the relation in RELATIONS), toll and
    apart (of the logarithms).
    """
    pairs = ledgers.related(annotations, RELATIONS)
    pairs = pairs[pairs.quantity.notna() & pairs.other_quantity.notna()]
    when = {row.article_id: row.earliest for _, part in annotations.articles.groupby("event", dropna=False)
            for row in timing.timing(part).itertuples()}  # fmt: skip
    names = timing.article_names(annotations.articles)
    two = (pairs.outlet == pairs.other_outlet) & (pairs.article_id != pairs.other_article_id)
    for side in ("", "other_"):
        articles = pairs[f"{side}article_id"]
        pairs = pairs.assign(**{f"{side}earliest": pd.to_datetime(articles.map(when), utc=True),
                                f"{side}name": pairs[f"{side}outlet"].where(~two, articles.map(names))})  # fmt: skip
    pairs = _earlier_first(pairs)
    numbers = [pairs[name].astype(float) + 1 for name in ("quantity", "other_quantity")]
    pairs = pairs.assign(
        place=pairs.relation.map(RELATIONS.index),
        toll=pairs.role.isin(ledgers.TOLLS),
        apart=np.abs(np.log(numbers[0] / numbers[1])),
        size=numbers[0],
    ).sort_values(["place", "toll", "apart", "size"], ascending=[True, False, False, False], kind="stable")
    return pairs.drop(columns="size").reset_index(drop=True)


def _earlier_first(pairs: pd.DataFrame) -> pd.DataFrame:
    names = {name: f"other_{name}" for name in SIDED}
    swapped = pairs.rename(columns=names | {other: name for name, other in names.items()})
    return pairs.where(~(pairs.other_earliest < pairs.earliest), swapped[pairs.columns])


def contradicts_itself(pair: Any) -> bool:
    """Whether two numbers of one article have one holder: an outlet that cites two who differ does not contradict
    itself, nor do two who are not named need to be one."""
    return pair.voice == pair.other_voice and not str(pair.voice).startswith((ledgers.UNNAMED, ledgers.NO_ONE))


def counted(pair: Any) -> str:
    """What the numbers of a pair count, as short as it can be told: "killed", "injured, civilian"."""
    what = ledgers.what_is_counted(pair.role, pair.unit_class)
    return what.removesuffix(f", {pair.role}").removesuffix(", person")


def both_numbers(pair: Any) -> tuple[str, str]:
    """The numbers of both sides, each with its bound."""
    return ledgers.in_words(pair.quantity, pair.bound), ledgers.in_words(pair.other_quantity, pair.other_bound)


def within(pair: Any) -> str:
    """What one article says in two ways: "wire contradicts itself (killed): 20 and 19", or whose numbers they are."""
    numbers = both_numbers(pair)
    if contradicts_itself(pair):
        held = "" if pair.voice == OUTLET else f", both said by {pair.voice}"
        return f"{pair.outlet} contradicts itself ({counted(pair)}): {numbers[0]} and {numbers[1]}{held}"
    one, other = (number + (", in its own voice" if voice == OUTLET else held_by(voice))
                  for number, voice in zip(numbers, (pair.voice, pair.other_voice), strict=True))  # fmt: skip
    return f"{pair.outlet} gives two numbers ({counted(pair)}): {one}, and {other}"


def held_by(voice: str) -> str:
    """ ", said by police"; nothing where the outlet itself says it."""
    return "" if voice == OUTLET else f", said by {voice}"


def pair_sentence(pair: Any, internal: int = 1) -> str:
    """A pair of :func:`numbered_pairs` in a sentence; ``internal`` is how many an article tells in two ways."""
    if pair.relation == INTERNAL:
        more = internal - 1
        others = f" {more} more such {'pair stands' if more == 1 else 'pairs stand'} in these articles." if more else ""
        return f"{within(pair)}.{others}"
    numbers = both_numbers(pair)
    one, other = (f"{number} in {name}{held_by(voice)}" for number, name, voice in zip(
        numbers, (pair.name, pair.other_name), (pair.voice, pair.other_voice), strict=True))  # fmt: skip
    if pair.relation != "update":
        return SAYS[pair.relation].format(what=counted(pair), sides=f"{one}; {other}")
    if pair.voice == pair.other_voice:
        return f"A number that was revised ({counted(pair)}): {one}; then {other}."
    return f"The later report gives another number ({counted(pair)}): {one}; then {other}."
