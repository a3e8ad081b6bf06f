"""Distinctive words: what one outlet uses more than the others on the same events."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from samestory.framing.word_counts import FEWEST_USES, Counted, OutletText, count_texts
from samestory.statistics.exchange import (
    DRAWS,
    Blocks,
    arrange,
    exchange_labels,
    exchange_scale,
    holders,
    shuffles,
)
from samestory.statistics.intervals import t_bounds

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_EVENTS = 6  # 2 / 2**6 = .03 is the first two-sided p below .05 that exchanging two labels can give
PRIOR = 500.0  # words that the informative prior weighs
STANDS_OUT = 1.96  # the |z| of log-odds from which the field calls a word distinctive
ALPHA = 0.05
SHUFFLES = 200
SMALLEST = 1e-12  # a difference of rates below is rounding
PER = 1000.0  # rates are uses in so many words
COLUMNS = ("word", "outlet", "count", "other_count", "log_odds", "z", "n_events", "n_differ", "difference", "low", "high",
           "p", "q", "refusal")  # fmt: skip
DECIMALS = dict.fromkeys(("log_odds", "z", "difference", "low", "high", "p", "q"), 4)


class Chance(NamedTuple):
    """What labels exchanged at random give: ``outlets`` counts words, ``words`` holds the span of each word's z."""

    outlets: pd.DataFrame
    words: pd.DataFrame


def find_distinctive(
    texts: Counted | Iterable[OutletText] | pd.DataFrame,
    *,
    fewest_uses: int = FEWEST_USES,
    masks: Mapping[str, Sequence[str]] | None = None,
    seed: int = 0,
    draws: int = DRAWS,
) -> pd.DataFrame:
    """Words by outlet, the most distinctive first, from the events that an outlet shares with another.

    ``texts`` are what :func:`count_texts` counted, or what it takes, with ``fewest_uses`` and ``masks``. Columns: word,
    outlet, count, other_count (its uses by all other outlets on the shared events); log_odds and z (log-odds ratio with
    an informative Dirichlet prior; Monroe, Colaresi & Quinn 2008: a description, not a test; the longer side of an
    event weighs as many words as the shorter); n_events (shared), n_differ (of these, where the outlets differ);
    difference (uses per 1,000 words, less the mean of the other outlets, mean over the shared events), low and high
    (its 95 % interval from Student's t over events, not corrected for many words);
    p (two-sided, outlets exchanged within each event; for two outlets the sign-flip test of Fisher 1935) and q (p
    adjusted over all tested rows, so that in 95 of 100 studies without any difference no word at all is called;
    Westfall & Young 1993); refusal (why difference, interval, p and q are null, or null).
    Rows with fewer than ``fewest_uses`` uses on both sides are left out, and so is an outlet that shares no event.
    """
    counted = texts if isinstance(texts, Counted) else count_texts(texts, fewest_uses=fewest_uses, masks=masks)
    blocks = arrange(counted.events, counted.outlets)
    above = differences(counted, blocks)
    differ = _events_that_differ(above, blocks)
    tested = (differ >= FEWEST_EVENTS) & (_uses(counted, blocks) >= fewest_uses)
    found = exchange_labels(above, blocks, tested, draws=draws, seed=seed)
    own, other = sides(counted, blocks)
    parts = []
    for group, outlet in enumerate(blocks.names):
        mine = np.array([name == outlet for name in counted.outlets])
        events = np.array([event in set(np.array(counted.events)[mine]) for event in counted.events])
        ratio, z = log_odds(own[mine].sum(axis=0), other[mine].sum(axis=0))
        counts = counted.full[mine].sum(axis=0), counted.full[events & ~mine].sum(axis=0)
        low, high = t_bounds(PER * above[mine])
        untested = ~tested[group]
        data = {
            "word": counted.vocabulary, "outlet": outlet, "count": counts[0].astype(int),
            "other_count": counts[1].astype(int), "log_odds": ratio, "z": z, "n_events": int(mine.sum()),
            "n_differ": differ[group], "difference": PER * above[mine].mean(axis=0), "low": low, "high": high,
            "p": found.p[group], "q": found.adjusted[group],
        }  # fmt: skip
        part = pd.DataFrame(data)
        part.loc[untested, ["difference", "low", "high"]] = np.nan
        reasons = [_refusal(int(mine.sum()), int(n)) if no else None for n, no in zip(differ[group], untested, strict=True)]
        part["refusal"] = pd.Series(reasons, index=part.index, dtype="string")
        parts.append(part[part["count"] + part.other_count >= fewest_uses])
    if not parts:
        return pd.DataFrame(columns=list(COLUMNS))
    table = pd.concat(parts, ignore_index=True)
    table = table.sort_values(["outlet", "z", "word"], ascending=[True, False, True], ignore_index=True)
    return table[list(COLUMNS)].round(DECIMALS)


def null_distinctive(
    texts: Counted | Iterable[OutletText] | pd.DataFrame,
    *,
    fewest_uses: int = FEWEST_USES,
    masks: Mapping[str, Sequence[str]] | None = None,
    n_shuffles: int = SHUFFLES,
    seed: int = 0,
) -> Chance:
    """What the same copy gives where it is chance alone which outlet wrote which text: outlets exchanged within events.

    ``outlets`` has one row an outlet: outlet, n_words (rows of :func:`find_distinctive`), n_tested, log_odds (words
    with \|z\| above 1.96 as the outlets are), log_odds_chance, log_odds_low, log_odds_high (as many by chance: mean and
    95 % of the shuffles), test_chance (words that the test calls by chance, mean). ``words`` has outlet, word, z_low
    and z_high: 95 % of the shuffles of each word's z.
    """
    counted = texts if isinstance(texts, Counted) else count_texts(texts, fewest_uses=fewest_uses, masks=masks)
    blocks = arrange(counted.events, counted.outlets)
    above = differences(counted, blocks)
    uses = _uses(counted, blocks) >= fewest_uses
    tested = uses & (_events_that_differ(above, blocks) >= FEWEST_EVENTS)
    own, other = sides(counted, blocks)
    scales = exchange_scale(above, blocks)
    drawn: list[list[NDArray[np.float64]]] = [[] for _ in blocks.names]
    statistics: list[list[NDArray[np.float64]]] = [[] for _ in blocks.names]
    for chunk in shuffles(blocks, n_shuffles, seed) if blocks.units else ():
        for group in range(len(blocks.names)):
            chosen = holders(blocks, chunk, group, len(above))
            drawn[group].append(log_odds(chosen @ own, chosen @ other)[1][:, uses[group]])
            columns = tested[group]
            statistics[group].append(np.abs(chosen @ above[:, columns]) / scales[group, columns])
    called = _called([np.vstack(parts)[1:] for parts in statistics])
    rows, words = [], []
    for group, outlet in enumerate(blocks.names):
        z = np.vstack(drawn[group])
        out = (np.abs(z) > STANDS_OUT).sum(axis=1)
        low, high = np.quantile(out[1:], [0.025, 0.975])
        rows.append((outlet, z.shape[1], int(tested[group].sum()), int(out[0]), out[1:].mean(), low, high, called[group]))
        bounds = np.quantile(z[1:], [0.025, 0.975], axis=0)
        chosen_words = np.array(counted.vocabulary, dtype=object)[uses[group]]
        words.append(pd.DataFrame({"outlet": outlet, "word": chosen_words, "z_low": bounds[0], "z_high": bounds[1]}))
    names = ["outlet", "n_words", "n_tested", "log_odds", "log_odds_chance", "log_odds_low", "log_odds_high", "test_chance"]
    table = pd.concat(words, ignore_index=True) if words else pd.DataFrame(columns=["outlet", "word", "z_low", "z_high"])
    return Chance(pd.DataFrame(rows, columns=names).round(2), table.round(4))


def log_odds(
    own: NDArray[np.float64], other: NDArray[np.float64], prior: NDArray[np.float64] | None = None
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds ratios of word counts (last axis) and their z, with pseudo-counts (Monroe, Colaresi & Quinn 2008).

    ``prior`` are the pseudo-counts; without, 500 words shared out as both sides together use them.
    """
    if prior is None:
        used = own + other
        prior = np.maximum(PRIOR * used / np.maximum(used.sum(axis=-1, keepdims=True), 1.0), 1e-9)
    a, b = own + prior, other + prior
    ratio = np.log(a / (a.sum(axis=-1, keepdims=True) - a)) - np.log(b / (b.sum(axis=-1, keepdims=True) - b))
    return ratio, ratio / np.sqrt(1 / a + 1 / b)


def differences(counted: Counted, blocks: Blocks) -> NDArray[np.float64]:
    """The rate of each word in each outlet's copy on an event, less the mean rate of the other outlets there."""
    rates = counted.even / np.maximum(counted.n_even, 1.0)[:, None]
    above = np.zeros_like(rates)
    for units in blocks.units:
        n = len(units)
        above[units] = (n * rates[units] - rates[units].sum(axis=0)) / (n - 1)
    above[np.abs(above) < SMALLEST] = 0.0
    return above


def sides(counted: Counted, blocks: Blocks) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Counts of all words of an outlet's copy on an event, and of all others', the longer scaled down to the shorter."""
    own, other = np.zeros_like(counted.full), np.zeros_like(counted.full)
    for units in blocks.units:
        counts, n = counted.full[units], counted.n_full[units][:, None]
        rest, n_rest = counts.sum(axis=0) - counts, n.sum() - n
        even = np.minimum(n, n_rest)
        own[units], other[units] = counts * even / n, rest * even / n_rest
    return own, other


def _events_that_differ(above: NDArray[np.float64], blocks: Blocks) -> NDArray[np.int64]:
    """On how many of its events each outlet (row) and the others differ in a word (column)."""
    found = np.zeros((len(blocks.names), above.shape[1]), dtype=np.int64)
    for units, groups in zip(blocks.units, blocks.groups, strict=True):
        found[groups] += above[units].any(axis=0)
    return found


def _uses(counted: Counted, blocks: Blocks) -> NDArray[np.float64]:
    """How often each word (column) is used on the events of each outlet (row), by anyone."""
    found = np.zeros((len(blocks.names), counted.full.shape[1]))
    for units, groups in zip(blocks.units, blocks.groups, strict=True):
        found[groups] += counted.full[units].sum(axis=0)
    return found


def _refusal(n_events: int, n_differ: int) -> str:
    if n_events < FEWEST_EVENTS:
        return f"no test: {n_events} shared event{'s' * (n_events != 1)}, {FEWEST_EVENTS} are needed"
    return f"no test: the outlets differ on {n_differ} of {n_events} shared events, {FEWEST_EVENTS} are needed"


def _called(statistics: Sequence[NDArray[np.float64]]) -> list[float]:
    """How many of each outlet's words reach, on average over shuffles, what the largest of all reaches in .05 of them."""
    if not any(part.size for part in statistics):
        return [0.0 for _ in statistics]
    largest = np.sort(np.max([part.max(axis=1) for part in statistics if part.size], axis=0))[::-1]
    critical = largest[int(ALPHA * len(largest))]
    return [float((part > critical * (1 + 1e-9)).sum(axis=1).mean()) if part.size else 0.0 for part in statistics]
