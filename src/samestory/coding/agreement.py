"""How far coders agree: alpha beyond chance, percent agreement, confusion, and who counts more than the others.

Coders count in sentences, and sentences of one article are not independent: articles are what is resampled.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations
from math import isnan
from typing import TYPE_CHECKING

import pandas as pd

from samestory.coders import between
from samestory.coding.record import Round
from samestory.coding.rounds import coding_folder
from samestory.files import read_csv
from samestory.statistics import Interval, alpha_interval
from samestory.statistics.resampling import FEWEST_CLUSTERS

if TYPE_CHECKING:
    from samestory.study import Study

AGREEMENT = "agreement.csv"
CAPPED = 3  # counts from here on are one in a confusion table
# Level of measurement of alpha, and what it is taken of.
LEVELS = (("nominal", "holds at least one"), ("ordinal", "count"), ("interval", "count"))
COLUMNS = ("question", "level", "of", "alpha", "low", "high", "agreement", "n_items", "n_articles", "n_coders",
           "between_whom", "why_not")  # fmt: skip


def agreement(
    codes: pd.DataFrame, round_: Round, *, models: bool = False, seed: int = 0, n_resamples: int = 1000
) -> pd.DataFrame:
    """Agreement on each question of a round, for each level of measurement.

    Columns: question; level of measurement; of (whether a sentence holds at least one, or the count); Krippendorff's
    alpha with its 95 % interval from resampled articles (Krippendorff 2011; none below six articles); agreement, the
    share of pairs of codes of one item that are the same; n_items that two or more coded, their n_articles and
    n_coders; between_whom; why_not, where there is no alpha or no interval. ``models`` says that all coders are
    language models, whatever they are called.
    """
    article_of = round_.key.set_index("item_id").article_id
    rows = []
    for question in round_.questions:
        table = ratings_of(codes, question.key)
        coders = [str(name) for name in table.columns]
        told = between([f"model-{name}" for name in coders] if models else coders)
        articles = [str(article_of[item]) for item in table.index]
        for level, of in LEVELS:
            ratings = _ratings(table, present=level == "nominal")
            found = alpha_interval(ratings, level, articles, seed=seed, n_resamples=n_resamples)
            n_articles = len(set(articles))
            low, high = (found.low, found.high) if n_articles >= FEWEST_CLUSTERS else (float("nan"),) * 2
            rows.append([question.key, level, of, found.estimate, low, high, _same(ratings), len(table), n_articles,
                         len(coders), told, _why_not(found, low, len(table), n_articles)])  # fmt: skip
    data = pd.DataFrame(rows, columns=list(COLUMNS))
    floats = ["alpha", "low", "high", "agreement"]
    return data.assign(**{name: data[name].astype("Float64").round(4) for name in floats})


def agreement_table(study: Study) -> pd.DataFrame:
    """Agreement in all rounds of a study, as ``samestory agree`` wrote it: a row for each round and question.

    Columns: round, question, items (that two or more coded), articles, same (share of equal counts), alpha of each
    level of measurement with its interval, between whom.
    """
    rows = []
    for path in sorted(coding_folder(study).glob(f"*/{AGREEMENT}")):
        for question, part in read_csv(path).groupby("question", sort=False):
            one = part.iloc[0]
            alphas = {f"alpha ({row.level})": _alpha_text(row) for row in part.itertuples()}
            rows.append({"round": path.parent.name, "question": question, "items": one.n_items,
                         "articles": one.n_articles, "same": f"{one.agreement:.0%}" if one.n_items else None,
                         **alphas, "between whom": one.between_whom})  # fmt: skip
    names = ["round", "question", "items", "articles", "same", *(f"alpha ({level})" for level, _ in LEVELS)]
    return pd.DataFrame(rows, columns=[*names, "between whom"])


def _alpha_text(row) -> str | None:
    if pd.isna(row.alpha):
        return None
    return f"{row.alpha:.2f}" if pd.isna(row.low) else f"{row.alpha:.2f} [{row.low:.2f} to {row.high:.2f}]"


def ratings_of(codes: pd.DataFrame, question: str) -> pd.DataFrame:
    """The codes of one question: a row for each item that two or more coded, a column for each coder, null if none."""
    table = codes[codes.question == question].pivot(index="item_id", columns="coder", values="value")
    return table[table.notna().sum(axis=1) > 1].dropna(axis=1, how="all").sort_index()


def _ratings(table: pd.DataFrame, present: bool) -> list[list[int | None]]:
    return [
        [None if pd.isna(value) else int(value > 0) if present else int(value) for value in row]
        for row in table.itertuples(index=False)
    ]


def _same(ratings: list[list[int | None]]) -> float:
    pairs = [
        one == other
        for unit in ratings
        for one, other in combinations([value for value in unit if value is not None], 2)
    ]
    return sum(pairs) / len(pairs) if pairs else float("nan")


def _why_not(found: Interval, low: float, n_items: int, n_articles: int) -> str | None:
    if not n_items:
        return "no sentence was coded by two coders"
    if isnan(found.estimate):
        return "all codes are the same: agreement beyond chance cannot be seen"
    if n_articles < FEWEST_CLUSTERS:
        return f"an interval needs {FEWEST_CLUSTERS} articles, {n_articles} were coded twice"
    return "too few articles hold any" if isnan(low) else None


def confusion(codes: pd.DataFrame, round_: Round) -> pd.DataFrame:
    """What one coder says where another says something: question, coder, other, value, other_value, n.

    Values are counts as text, from 3 on together ("3+"). Each pair of coders stands once, in order of name.
    """
    rows = [row for question in round_.questions for row in _confused(ratings_of(codes, question.key), question.key)]
    return pd.DataFrame(rows, columns=["question", "coder", "other", "value", "other_value", "n"])


def _confused(table: pd.DataFrame, question: str) -> Iterator[list[object]]:
    for one, other in combinations(sorted(table.columns), 2):
        both = table[[one, other]].dropna()
        found = pd.Series([f"{_capped(a)} {_capped(b)}" for a, b in both.itertuples(index=False)]).value_counts()
        for values, n in sorted(found.items()):
            value, other_value = str(values).split()
            yield [question, one, other, value, other_value, int(n)]


def _capped(value: int) -> str:
    return str(value) if value < CAPPED else f"{CAPPED}+"


def coder_totals(codes: pd.DataFrame, round_: Round) -> pd.DataFrame:
    """Who counts more: question, coder, n_items, total, others_total.

    Over the items that the coder and at least one other coded; ``others_total`` is the sum of the others' means on
    the same items.
    """
    rows = []
    for question in round_.questions:
        table = ratings_of(codes, question.key)
        for coder in sorted(table.columns):
            own = table[table[coder].notna()]
            others = own.drop(columns=coder).mean(axis=1)
            rows.append([question.key, coder, len(own), int(own[coder].sum()), round(float(others.sum()), 2)])
    return pd.DataFrame(rows, columns=["question", "coder", "n_items", "total", "others_total"])


def disagreements(codes: pd.DataFrame) -> pd.DataFrame:
    """The items and questions on which coders differ: item_id, question, and a column for each coder."""
    table = codes.pivot(index=["item_id", "question"], columns="coder", values="value")
    differ = table.nunique(axis=1) > 1
    return table[differ].reset_index().rename_axis(columns=None)
