"""How the statistics keep their promises: coverage of intervals, type I error of tests, each printed as a table.

Corrected estimates: two outlets report the same events; an article has 20 sentences, and how many are of the kind that
is counted varies from article to article (intra-class correlation .3) and goes along with the event. The machine sees
them with a sensitivity of .85 and a specificity of .95 in one outlet, .75 and .90 in the other.
Tests: real articles, or simulated ones where no study is given, whose outlets are drawn anew within each event.

    python benchmarks/inference.py [--study RESULTS/NAME/tables] [--only TABLE] [--part SHARE]
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterable
from itertools import combinations
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import betaincinv, ndtr

from samestory.statistics import (
    Coded,
    alpha_interval,
    benjamini_hochberg,
    bootstrap_ratio,
    corrected_difference,
    corrected_ratio,
    krippendorff_alpha,
    relabel_ratios,
    swap_ratios,
)

SEED = 20160718
SENTENCES, ICC, EVENT = 20, 0.3, 0.3  # EVENT: how articles on one event go along, as a correlation of normal scores
MACHINES = ((0.85, 0.95), (0.75, 0.90))
ALPHA = 0.05
# Prevalences in either outlet, articles, coded; the first two are the setting that the project is held to.
SETTINGS = (
    ((0.3, 0.2), 200, 30),
    ((0.3, 0.3), 200, 30),
    ((0.15, 0.05), 200, 30),
    ((0.05, 0.05), 200, 30),
    ((0.3, 0.2), 60, 12),
    ((0.3, 0.3), 60, 9),
    ((0.3, 0.2), 60, 6),
    ((0.05, 0.05), 60, 12),
)
REPETITIONS, HARDER = 10_000, 2_000
RELABELLINGS, DRAWS = 10_000, 199
FAMILY_RELABELLINGS, FAMILY_DRAWS = 1_000, 9_999
BATCH = 100  # relabellings that are tested together
ATTAINED = 0.045  # a test whose level can come no nearer to .05 than this, on average, is discrete
EXAMINED, ARRANGEMENTS = 20, 999  # relabellings for which the attainable level is found, and from what

Floats = NDArray[np.float64]


def table(title: str, rows: Iterable[dict[str, object]]) -> None:
    """Print a title and a table."""
    print(f"\n{title}\n")
    print(pd.DataFrame(list(rows)).to_string(index=False), flush=True)


def quantiles(prevalence: float, n: int = 4001) -> Floats:
    """The distribution of an article's share of such sentences, as values that are equally likely."""
    spread = 1 / ICC - 1
    return betaincinv(prevalence * spread, (1 - prevalence) * spread, (np.arange(n) + 0.5) / n)


def outlet(
    random: np.random.Generator, shares: Floats, events: Floats, n_coded: int, machine: tuple[float, float]
) -> Coded:
    """One article an event: what the machine counts in all, and people in some."""
    n = len(events)
    scores = np.sqrt(EVENT) * events + np.sqrt(1 - EVENT) * random.normal(size=n)
    found = random.binomial(SENTENCES, shares[(ndtr(scores) * len(shares)).astype(int)])
    seen = random.binomial(found, machine[0]) + random.binomial(SENTENCES - found, 1 - machine[1])
    human = np.full((n, 2), np.nan)
    drawn = random.permutation(n)[:n_coded]
    human[drawn, 0], human[drawn, 1] = found[drawn], SENTENCES
    return Coded(np.column_stack([seen, np.full(n, SENTENCES)]), human, np.full(n, n_coded / n), range(n))


def corrected(part: float) -> None:
    """Coverage of the three ways to report a value, for either outlet and their difference; what correcting saves."""
    rows = []
    for number, (prevalences, n, n_coded) in enumerate(SETTINGS):
        random = np.random.default_rng([SEED, number])
        shares = [quantiles(prevalence) for prevalence in prevalences]
        truths = [shares[0].mean(), shares[1].mean(), shares[0].mean() - shares[1].mean()]
        repetitions = round(part * (REPETITIONS if number < 2 else HARDER))
        found: list[list[Any]] = [[], [], []]
        for _ in range(repetitions):
            events = random.normal(size=n)
            sides = [outlet(random, *of) for of in zip(shares, (events,) * 2, (n_coded,) * 2, MACHINES, strict=True)]
            for kept, way in zip(found, (*map(corrected_ratio, sides), corrected_difference(*sides)), strict=True):
                kept.append(way)
        for what, truth, kept in zip(("one outlet", "the other", "difference"), truths, found, strict=True):
            rows.append(
                {"prevalences": prevalences, "articles": n, "coded": n_coded, "of": what, **scored(kept, truth)}
            )
    table(f"Corrected estimates: coverage of 95 % intervals ({round(part * REPETITIONS)} repetitions in the first two "
          f"settings, {round(part * HARDER)} in the others), width beside people alone", rows)  # fmt: skip


def scored(found: list[Any], truth: float) -> dict[str, object]:
    """How often intervals hold the truth, and how wide the corrected are."""
    given = [way for way in found if way.refusal is None]

    def covered(name: str, ways: list[Any]) -> float:
        return round(100 * np.mean([getattr(w, name).low <= truth <= getattr(w, name).high for w in ways]), 1)

    widths = [(w.corrected.high - w.corrected.low) / (w.human.high - w.human.low) for w in given]
    return {
        "machine %": covered("machine", found),
        "human %": covered("human", given),
        "corrected %": covered("corrected", given),
        "width": round(float(np.median(widths)), 2),
        "refused %": round(100 * (1 - len(given) / len(found)), 1),
    }


def intervals(part: float) -> None:
    """Coverage of bootstrap intervals of a rate, by method and number of events."""
    rows = []
    for rate, spread in ((6, 0.4), (1.5, 0.5)):
        for n in (6, 8, 12, 20, 50, 100):
            random = np.random.default_rng([SEED, n])
            covered = dict.fromkeys(("t", "percentile", "BCa"), 0)
            repetitions = round(part * 1000)
            for seed in range(repetitions):
                of = np.repeat(np.arange(n), random.integers(1, 4, n))
                effects = np.exp(random.normal(0, spread, n) - spread**2 / 2)
                words = random.integers(300, 1201, len(of))
                counts = random.poisson(rate / 1000 * words * effects[of] * random.gamma(2.5, 0.4, len(of)))
                for method in covered:
                    found = bootstrap_ratio(counts, words, of.tolist(), method=method, n_resamples=999, seed=seed)
                    covered[method] += found.low <= rate / 1000 <= found.high
            shares = {f"{method} %": round(100 * count / repetitions, 1) for method, count in covered.items()}
            rows.append({"per 1,000 words": rate, "events": n, **shares})
    table(f"Bootstrap of a rate over events, 1 to 3 articles each: coverage of 95 % intervals ({round(part * 1000)} "
          "repetitions)", rows)  # fmt: skip


def coded_units(random: np.random.Generator, kind: str, n: int) -> list[list[int]]:
    """Two coders: codes of which some are guessed, or ranks of five that both see through noise."""
    if kind in ("nominal", "rare"):
        shares, guessed = ([0.5, 0.3, 0.2], 0.2) if kind == "nominal" else ([0.9, 0.1], 0.06)
        true = random.choice(len(shares), n, p=shares)
        seen = [np.where(random.random(n) < guessed, random.choice(len(shares), n), true) for _ in range(2)]
    else:
        true = random.normal(size=n)
        seen = [np.clip(np.round((true + random.normal(0, 0.6, n)) * 1.2 + 2), 0, 4).astype(int) for _ in range(2)]
    return np.column_stack(seen).tolist()


def reliability(part: float) -> None:
    """Coverage of the interval of Krippendorff's alpha, by level of measurement and number of units."""
    rows = []
    for kind in ("nominal", "rare", "ordinal", "interval"):
        level = "nominal" if kind == "rare" else kind
        truth = krippendorff_alpha(coded_units(np.random.default_rng(SEED), kind, 200_000), level)
        row: dict[str, object] = {"codes": kind, "alpha": round(truth, 3)}
        for n in (20, 50, 100, 300):
            random = np.random.default_rng([SEED, n])
            ways = [
                alpha_interval(coded_units(random, kind, n), level, n_resamples=999, seed=seed)
                for seed in range(round(part * 1000))
            ]
            ways = [way for way in ways if not np.isnan(way.low)]
            row[f"{n} units %"] = round(100 * np.mean([way.low <= truth <= way.high for way in ways]), 1)
        rows.append(row)
    table(f"Krippendorff's alpha: coverage of 95 % intervals ({round(part * 1000)} repetitions)", rows)


class Counts(NamedTuple):
    """Counts of shape (events, outlets, measures, 2), NaN where an article has none, and what they are called."""

    values: Floats
    outlets: list[str]
    measures: list[str]


def read_counts(tables: Path | None) -> Counts:
    """The measures of a study in which each outlet has one article on each event, or of simulated articles."""
    if tables is None:
        print("\nno --study given: the tests run on simulated articles (60 events, 3 outlets, 6 measures)")
        random = np.random.default_rng(SEED)
        words = random.integers(300, 1200, (60, 3, 6))
        rates = np.array([0.02, 0.01, 0.005, 0.002, 0.001, 0.0003])
        effects = random.gamma(2, 0.5, (60, 1, 6)) * random.gamma(2, 0.5, (60, 3, 6))
        counts = random.poisson(rates * words * effects)
        return Counts(np.stack([counts, words], -1).astype(float), list("abc"), [f"rate of {rate:g}" for rate in rates])
    measures, articles = (pd.read_parquet(tables / f"{name}.parquet") for name in ("measures", "articles"))
    joined = measures.merge(articles[["article_id", "event", "outlet"]], on="article_id", validate="many_to_one")
    sums = (
        joined.groupby(["event", "outlet", "measure"])[["numerator", "denominator"]]
        .sum()
        .unstack(["outlet", "measure"])
    )
    outlets, names = sorted(joined.outlet.unique()), list(measures.measure.unique())
    columns = pd.MultiIndex.from_product([["numerator", "denominator"], outlets, names])
    values = sums.reindex(columns=columns).to_numpy(dtype=float).reshape(len(sums), 2, len(outlets), len(names))
    return Counts(np.moveaxis(values, 1, -1), outlets, names)


Test = Callable[..., Floats]


def relabelled(
    random: np.random.Generator, counts: Counts, within: bool, n: int
) -> Iterable[tuple[str, Floats, Floats]]:
    """Each pair of outlets after so many relabellings: shapes (articles, relabellings times measures, 2)."""
    n_events, n_outlets, n_measures = counts.values.shape[:3]
    pairs = list(combinations(range(n_outlets), 2))
    names = [f"{counts.outlets[a]} - {counts.outlets[b]}" for a, b in pairs]
    if within:  # all outlets of an event change places
        orders = random.random((n_events, n, n_outlets)).argsort(axis=-1)
        drawn = counts.values[np.arange(n_events)[:, None, None], orders]
        for name, (a, b) in zip(names, pairs, strict=True):
            yield name, *(drawn[:, :, side].reshape(n_events, n * n_measures, 2) for side in (a, b))
        return
    for name, pair in zip(names, pairs, strict=True):  # all articles of two outlets change places
        articles = counts.values[:, list(pair)].reshape(2 * n_events, n_measures, 2)
        drawn = articles[random.random((n, 2 * n_events)).argsort(axis=-1)].transpose(1, 0, 2, 3)
        yield name, *(half.reshape(n_events, n * n_measures, 2) for half in (drawn[:n_events], drawn[n_events:]))


def attained(one: Floats, other: Floats, random: np.random.Generator, within: bool) -> Floats:
    """The highest level not above .05 at which each test can reject what was drawn: far below .05 where values tie.

    That is what the statistic allows, over arrangements that are drawn here: swaps of events in which both sides have
    a denominator, or ways to part all articles.
    """
    cases = np.nan_to_num(np.concatenate([one, other]))
    n = len(one)
    if within:
        used = np.tile(((one[..., 1] > 0) & (other[..., 1] > 0))[..., None], (2, 1, 1))
        cases = cases * used
        swaps = random.integers(0, 2, (ARRANGEMENTS, n))
        chosen = np.concatenate([swaps, 1 - swaps], axis=1)
    else:
        chosen = random.random((ARRANGEMENTS, 2 * n)).argsort(axis=1) < n
    first = np.einsum("ac,ctk->kta", chosen.astype(float), cases, optimize=True)
    total = cases.sum(axis=0).T[..., None]
    with np.errstate(divide="ignore", invalid="ignore"):
        gaps = np.abs(first[0] / first[1] - (total[0] - first[0]) / (total[1] - first[1]))
    return np.array([_highest(own) for own in np.nan_to_num(gaps, nan=np.inf)])


def _highest(statistics: Floats) -> float:
    _, counts = np.unique(np.round(statistics, 12), return_counts=True)
    shares = np.cumsum(counts[::-1]) / len(statistics)
    return float(shares[shares <= ALPHA].max(initial=0))


def levels(counts: Counts, test: Test, within: bool, part: float) -> pd.DataFrame:
    """For each pair and measure: how often a test rejects at .05 what is no difference, and the level it can attain.

    Where nothing can be tested after some relabelling, nothing is rejected.
    """
    random = np.random.default_rng([SEED, within])
    n_measures = len(counts.measures)
    p: dict[str, list[Floats]] = {}
    attainable: dict[str, list[Floats]] = {}
    for batch in range(max(1, round(part * RELABELLINGS / BATCH))):
        for name, one, other in relabelled(random, counts, within, BATCH):
            p.setdefault(name, []).append(test(one, other, draws=DRAWS, seed=batch).reshape(BATCH, -1))
            if batch < EXAMINED:
                own = attained(one[:, :n_measures], other[:, :n_measures], random, within)
                attainable.setdefault(name, []).append(own)
    rows = []
    for name, found in p.items():
        rejected = (np.concatenate(found) <= ALPHA + 1e-9).mean(axis=0)
        rows += list(
            zip([name] * n_measures, counts.measures, rejected, np.mean(attainable[name], axis=0), strict=True)
        )
    return pd.DataFrame(rows, columns=["pair", "measure", "rejected", "attained"])


def rates(rejected: pd.Series, n: int) -> dict[str, object]:
    """Rejection rates of many tests, and how many lie above .05 beyond Monte Carlo error (2 and 4 standard errors)."""
    error = np.sqrt(ALPHA * (1 - ALPHA) / n)
    return {
        **{f"{name} %": round(100 * float(getattr(rejected, name)()), 2) for name in ("min", "mean", "max")},
        **{f"over by {k} errors": int((rejected > ALPHA + k * error).sum()) for k in (2, 4)},
        "below 4 %": int((rejected < 0.04).sum()),
    }


def tests(study: Path | None, part: float) -> None:
    """Type I error of the tests, and of Benjamini and Hochberg's correction over a family of them."""
    counts = read_counts(study)
    rows = []
    for title, test, within in (("swap", swap_ratios, True), ("two samples", relabel_ratios, False)):
        found = levels(counts, test, within, part)
        discrete = found.attained < ATTAINED
        for row in found[~discrete & (found.rejected < 0.04)].itertuples():
            print(f"below 4 %: {title}, {row.pair}, {row.measure}: {100 * row.rejected:.2f} %")
        n = round(part * RELABELLINGS)
        rows += [
            {"test": title, "statistic": kind, "tests": len(own), "relabellings": n, **rates(own.rejected, n)}
            for kind, own in (("continuous", found[~discrete]), ("discrete", found[discrete])) if len(own)
        ]  # fmt: skip
    table(f"Type I error at .05, over pairs and measures ({DRAWS} arrangements a test; a statistic is discrete where "
          f"the level that it can attain is below {ATTAINED} on average)", rows)  # fmt: skip
    family(counts, part)


def family(counts: Counts, part: float) -> None:
    """How often Benjamini and Hochberg's correction leaves any finding where no outlet differs from another."""
    whole = [n for n, name in enumerate(counts.measures) if "." not in name.replace("0.", "")]
    chosen = Counts(counts.values[:, :, whole], counts.outlets, [counts.measures[n] for n in whole])
    random = np.random.default_rng([SEED, 2])
    n = max(1, round(part * FAMILY_RELABELLINGS / BATCH))
    any_found, single = [], []
    for batch in range(n):
        p = np.concatenate([
            swap_ratios(one, other, draws=FAMILY_DRAWS, seed=batch).reshape(BATCH, -1)
            for _, one, other in relabelled(random, chosen, True, BATCH)
        ], axis=1)  # fmt: skip
        any_found += [bool((benjamini_hochberg(row) <= ALPHA).any()) for row in p]
        single += [bool((row <= ALPHA).any()) for row in p]
    rows = [{"tests": p.shape[1], "relabellings": len(any_found), "any finding uncorrected %": 100 * np.mean(single),
             "any finding corrected %": 100 * np.mean(any_found)}]  # fmt: skip
    table(f"Benjamini and Hochberg over all pairs and measures, swap test with {FAMILY_DRAWS} arrangements", rows)


def main() -> None:
    """Print the tables, or one of them."""
    parser = argparse.ArgumentParser(description="How the statistics keep their promises.")
    parser.add_argument(
        "--study", type=Path, help="a folder with the tables of a study, one article an outlet and event"
    )
    parser.add_argument("--only", choices=["corrected", "tests", "intervals", "reliability"])
    parser.add_argument("--part", type=float, default=1, help="share of the repetitions to do")
    asked = parser.parse_args()
    jobs: dict[str, Callable[[], None]] = {
        "corrected": lambda: corrected(asked.part),
        "tests": lambda: tests(asked.study, asked.part),
        "intervals": lambda: intervals(asked.part),
        "reliability": lambda: reliability(asked.part),
    }
    for name, job in jobs.items():
        if asked.only in (None, name):
            job()


if __name__ == "__main__":
    main()
