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
COLUMNS = ("word", "outlet", "count", "other_count", "log_odds", "z", "n_events", "n_differ", "difference", "low",
           "high", "p", "q", "refusal")  # fmt: skip
CHANCE_COLUMNS = ("outlet", "n_words", "n_tested", "log_odds", "log_odds_chance", "log_odds_low", "log_odds_high",
                  "test_chance")  # fmt: skip
SPAN = (0.025, 0.975)
DECIMALS = dict.fromkeys(("log_odds", "z", "difference", "low", "high", "p", "q"), 4)


class _Tests(NamedTuple):
    """What the test gives, each with a row an outlet and a column a word; NaN where it was not tested."""

    uses: NDArray[np.float64]
    n_differ: NDArray[np.int64]
    difference: NDArray[np.float64]
    low: NDArray[np.float64]
    high: NDArray[np.float64]
    p: NDArray[np.float64]
    q: NDArray[np.float64]


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
    From difference to q, longer copy is thinned to the length of the shorter on the same event, in five ways, and what
    stands here is the middle of five (as within-cluster resampling does; Hoffman, Sen & Weinberg 2001).
    Rows with fewer than ``fewest_uses`` uses on both sides are left out, and so is an outlet that shares no event.
    """
    counted = texts if isinstance(texts, Counted) else count_texts(texts, fewest_uses=fewest_uses, masks=masks)
    blocks = arrange(counted.events, counted.outlets)
    if not blocks.units:
        return pd.DataFrame(columns=list(COLUMNS))
    tests = _tests(counted, blocks, fewest_uses, draws, seed)
    own, other = sides(counted, blocks)
    parts = []
    for group, outlet in enumerate(blocks.names):
        mine = np.array([name == outlet for name in counted.outlets])
        ratio, z = log_odds(own[mine].sum(axis=0), other[mine].sum(axis=0))
        count = counted.full[mine].sum(axis=0)
        n_events = int(mine.sum())
        part = pd.DataFrame(
            {"word": counted.vocabulary, "outlet": outlet, "count": count.astype(int),
             "other_count": (tests.uses[group] - count).astype(int), "log_odds": ratio, "z": z, "n_events": n_events,
             "n_differ": tests.n_differ[group], "difference": tests.difference[group], "low": tests.low[group],
             "high": tests.high[group], "p": tests.p[group], "q": tests.q[group]}
        )  # fmt: skip
        reasons = [_refusal(n_events, n) if n < FEWEST_EVENTS else None for n in tests.n_differ[group].tolist()]
        part["refusal"] = pd.Series(reasons, index=part.index, dtype="string")
        parts.append(part[tests.uses[group] >= fewest_uses])
    table = pd.concat(parts, ignore_index=True).sort_values(
        ["outlet", "z", "word"], ascending=[True, False, True], ignore_index=True
    )
    return table[list(COLUMNS)].round(DECIMALS)


def null_distinctive(
    texts: Counted | Iterable[OutletText] | pd.DataFrame,
    *,
    fewest_uses: int = FEWEST_USES,
    masks: Mapping[str, Sequence[str]] | None = None,
    n_shuffles: int = SHUFFLES,
    seed: int = 0,
) -> Chance:
    """What the same copy gives where chance alone says which outlet wrote what: outlets are exchanged within events.

    ``outlets`` has one row an outlet: outlet, n_words (rows of :func:`find_distinctive`), n_tested, log_odds (words
    with z beyond 1.96 either way, as the outlets are), log_odds_chance, log_odds_low, log_odds_high (as many by chance:
    mean and 95 % of the shuffles), test_chance (words that the test calls by chance, mean). ``words`` has outlet, word,
    z_low and z_high: 95 % of the shuffles of each word's z.
    """
    counted = texts if isinstance(texts, Counted) else count_texts(texts, fewest_uses=fewest_uses, masks=masks)
    blocks = arrange(counted.events, counted.outlets)
    kept = _uses(counted, blocks) >= fewest_uses
    tested = kept & (_n_differ(counted, blocks) >= FEWEST_EVENTS)
    above = differences(counted, blocks, len(counted.even) // 2)
    scales = exchange_scale(above, blocks)
    scales[scales == 0] = np.inf
    own, other = sides(counted, blocks)
    groups = range(len(blocks.names))
    drawn: list[list[NDArray[np.float64]]] = [[] for _ in groups]
    statistics: list[list[NDArray[np.float64]]] = [[] for _ in groups]
    for chunk in shuffles(blocks, n_shuffles, seed) if blocks.units else ():
        for group in groups:
            chosen, columns = holders(blocks, chunk, group, len(above)), tested[group]
            drawn[group].append(log_odds(chosen @ own, chosen @ other)[1][:, kept[group]])
            statistics[group].append(np.abs(chosen @ above[:, columns]) / scales[group, columns])
    called = _called([np.vstack(parts)[1:] for parts in statistics])
    rows, words = [], [pd.DataFrame({"outlet": [], "word": [], "z_low": [], "z_high": []})]
    for group, outlet in enumerate(blocks.names):
        z = np.vstack(drawn[group])  # the observed arrangement is the first
        out = (np.abs(z) > STANDS_OUT).sum(axis=1)
        low, high = np.quantile(out[1:], SPAN)
        rows.append((outlet, z.shape[1], tested[group].sum(), out[0], out[1:].mean(), low, high, called[group]))
        bounds = np.quantile(z[1:], SPAN, axis=0)
        own_words = np.array(counted.vocabulary, dtype=object)[kept[group]]
        words.append(pd.DataFrame({"outlet": outlet, "word": own_words, "z_low": bounds[0], "z_high": bounds[1]}))
    joined = pd.concat(words[min(1, len(rows)) :], ignore_index=True).astype({"outlet": object, "word": object})
    return Chance(pd.DataFrame(rows, columns=list(CHANCE_COLUMNS)).round(2), joined.round(4))


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


def differences(counted: Counted, blocks: Blocks, way: int) -> NDArray[np.float64]:
    """The rate of each word in each outlet's copy on an event, less the mean rate of the others; thinned in one way."""
    rates = counted.even[way] / np.maximum(counted.n_even, 1.0)[:, None]
    above = np.zeros_like(rates)
    for units in blocks.units:
        n = len(units)
        above[units] = (n * rates[units] - rates[units].sum(axis=0)) / (n - 1)
    above[np.abs(above) < SMALLEST] = 0.0
    return above


def sides(counted: Counted, blocks: Blocks) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Counts of all words of an outlet's copy on an event, and of all others'; the longer is scaled to the shorter."""
    own, other = np.zeros_like(counted.full), np.zeros_like(counted.full)
    for units in blocks.units:
        counts, n = counted.full[units], counted.n_full[units][:, None]
        rest, n_rest = counts.sum(axis=0) - counts, n.sum() - n
        even = np.minimum(n, n_rest)
        own[units], other[units] = counts * even / n, rest * even / n_rest
    return own, other


def _tests(counted: Counted, blocks: Blocks, fewest_uses: int, draws: int, seed: int) -> _Tests:
    """The test of each word, once for each way to thin, and of the results the middle."""
    uses, n_differ = _uses(counted, blocks), _n_differ(counted, blocks)
    tested = (uses >= fewest_uses) & (n_differ >= FEWEST_EVENTS)
    columns = tested.any(axis=0)
    narrow = counted._replace(even=counted.even[:, :, columns])
    own_rows = [np.array([name == outlet for name in counted.outlets], dtype=bool) for outlet in blocks.names]
    found = []
    for way in range(len(narrow.even)):
        above = differences(narrow, blocks, way)
        exchanged = exchange_labels(above, blocks, tested[:, columns], draws=draws, seed=seed)
        means = [PER * above[own].mean(axis=0) for own in own_rows]
        bounds = [t_bounds(PER * above[own]) for own in own_rows]
        found.append(np.array([means, [low for low, _ in bounds], [high for _, high in bounds], *exchanged]))
    spread = np.full((5, *tested.shape), np.nan)
    spread[:, :, columns] = np.median(np.array(found), axis=0)
    spread[:, ~tested] = np.nan
    return _Tests(uses, n_differ, *spread)


def _n_differ(counted: Counted, blocks: Blocks) -> NDArray[np.int64]:
    """On how many of its events each outlet (row) and the others differ in a word (column); the middle of all ways."""
    found = np.zeros((len(counted.even), len(blocks.names), counted.full.shape[1]))
    for way in range(len(counted.even)):
        for units, groups in zip(blocks.units, blocks.groups, strict=True):
            counts = counted.even[way, units]
            found[way][groups] += (counts != counts[0]).any(axis=0)
    return np.median(found, axis=0).astype(np.int64)


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
    """How many of an outlet's words reach, on average over shuffles, what the largest of all reaches in .05 of them."""
    if not any(part.size for part in statistics):
        return [0.0 for _ in statistics]
    largest = np.sort(np.max([part.max(axis=1) for part in statistics if part.size], axis=0))[::-1]
    critical = largest[int(ALPHA * len(largest))]
    return [float((part > critical * (1 + 1e-9)).sum(axis=1).mean()) if part.size else 0.0 for part in statistics]
