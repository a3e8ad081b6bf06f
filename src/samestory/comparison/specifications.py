"""One way of counting: what is chosen, the contrasts under it, and where they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.comparison.contrasts import SEED
from samestory.measures import AXES, Choices
from samestory.statistics.refusals import ALPHA

if TYPE_CHECKING:
    from samestory.annotation import Annotations

FOLDER, RECORD, TIMES = "multiverse", "specifications.csv", "times.csv"  # under a study's results
GRID = "contrasts.csv"  # the contrasts of all specifications, as a release ships them
COUNTS = ("measure", "event", "outlet", "numerator", "denominator")
PRODUCTS = (".csv", ".parquet")  # of a specification: its contrasts, and the counts of each event
DEFAULT_MEASURES = ("attributed_words", "source_official", "anonymous", "hedge_outlet", "hedge_source",
                    "passive_without_agent", "claims_attributed")  # fmt: skip
PAIR = ["measure", "outlet", "other_outlet"]
CONTRASTS = [*PAIR, "n_events", "difference", "low", "high", "p", "q", "refusal"]
WORDS = {
    "headline": "the headline", "quotes": "quotations", "lexicon": "what is taken for a hedge",
    "denominator": "the denominator", "carried": "carried attributions", "repeats": "repeated text",
    "wire": "shared copy",
}  # fmt: skip


class Specified(NamedTuple):
    """The contrasts of one specification, and the counts behind them: measure, event, outlet and both sums."""

    choices: Choices
    contrasts: pd.DataFrame
    counts: pd.DataFrame


def specify(annotations: Annotations, choices: Choices, measures: Sequence[str], *, seed: int = SEED) -> Specified:
    """Count under these choices and contrast every pair of outlets (of more than twelve, the largest).

    ``annotations`` are a whole study's. Raises ValueError where its texts are not on this machine.
    """
    from samestory.comparison.contrasts import contrast
    from samestory.comparison.profiles import largest_outlets
    from samestory.measures import measure

    articles = largest_outlets(annotations)[0].articles
    counted = measure(annotations, choices)
    contrasts = contrast(counted, articles, names=list(measures), seed=seed).reindex(columns=CONTRASTS)
    own = counted[counted.measure.isin(measures)].merge(articles[["article_id", "outlet", "event"]], on="article_id")
    sums = own.dropna(subset="event").groupby(["measure", "event", "outlet"], sort=True)[["numerator", "denominator"]]
    return Specified(choices, contrasts, sums.sum().reset_index())


def choice_table(choices: Choices) -> pd.DataFrame:
    """The choices of a specification to be read: choice, option, and the others that there are."""
    rows = [
        (WORDS[axis], option, "; ".join(other for other in AXES[axis] if other != option))
        for axis, option in choices.options().items()
    ]
    return pd.DataFrame(rows, columns=["choice", "here", "otherwise"])


def specification_finding(found: Specified) -> str:
    """How many contrasts one specification could test, and how many hold after correction."""
    tested, held = int(found.contrasts.p.notna().sum()), int((found.contrasts.q < ALPHA).sum())
    return f"{found.choices.code}: {tested} of {len(found.contrasts)} contrasts could be tested; {held} have q < .05."


def specification_limits(found: Specified) -> list[str]:
    """What one specification cannot bear."""
    reasons = found.contrasts.refusal.dropna().unique()
    return [
        "One way of counting is one of many: a conclusion that holds here alone is the choices' and not the outlets'.",
        *(f"{reason[0].upper()}{reason[1:]}." for reason in reasons[:3]),
    ]


def write_specification(found: Specified, results: Path) -> None:
    """Write the contrasts and the counts of a specification under a study's results, whole."""
    from samestory.files import csv_text, write_whole, written_whole

    path = results / FOLDER / f"{found.choices.code}.csv"
    write_whole(path, csv_text(found.contrasts))
    with written_whole(path.with_suffix(".parquet")) as temporary:
        found.counts.to_parquet(temporary, index=False, compression="zstd")
