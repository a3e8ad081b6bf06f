"""What the scores say of each measure that a comparison rests on: by which gold, on how many articles, how well."""

from __future__ import annotations

import pandas as pd

from samestory.measures import MEASURES
from samestory.validation.article_values import CORRELATION, PREFIX, RATIO
from samestory.validation.results import MEASURED, PARTS, gold_name, interval_text, number_text

RELIABILITY = f"reliability.{PREFIX}"


def best_rows(scores: pd.DataFrame, metric: str) -> pd.DataFrame:
    """One row for each measure that has a score by this metric: of a test part where there is one, else of most
    articles."""
    rows = scores[(scores.status == MEASURED) & scores.measure.str.startswith(PREFIX) & (scores.metric == metric)]
    rank = rows.part.map({part: n for n, part in enumerate(PARTS)}).fillna(len(PARTS))
    ordered = rows.assign(rank=rank, name=rows.measure.str.removeprefix(PREFIX))
    ordered = ordered.sort_values(["rank", "n_documents", "gold"], ascending=[True, False, True], kind="stable")
    return ordered.drop_duplicates("name").set_index("name")


def measure_table(scores: pd.DataFrame) -> pd.DataFrame:
    """Every measure, for readers: measure, gold, part, articles, counted, r, ratio, alpha, each with its interval.

    r is between the articles' values from gold and by the engines; ratio is how much the engines count for what gold
    counts; alpha is Krippendorff's, for numbers, between two coders of the same articles. A measure without gold has
    a row of nulls.
    """
    correlations, ratios = best_rows(scores, CORRELATION), best_rows(scores, RATIO)
    alphas = scores[scores.measure.str.startswith(RELIABILITY)]
    alphas = alphas.assign(name=alphas.measure.str.removeprefix(RELIABILITY))
    alphas = alphas.sort_values(["n_documents", "gold"], ascending=[False, True], kind="stable")
    alphas = alphas.drop_duplicates("name").set_index("name")
    rows = []
    for name, about in MEASURES.items():
        row: dict[str, object] = {"aspect": about.aspect, "measure": f"{about.label} ({about.unit})"}
        if name in ratios.index:
            told = ratios.loc[name]
            row |= {"gold": gold_name(told.to_dict()), "part": told.part, "articles": told.n_documents,
                    "counted": told.n_units}  # fmt: skip
        for column, table in (("r", correlations), ("ratio", ratios), ("alpha of coders", alphas)):
            row[column] = _told(table.loc[name].to_dict()) if name in table.index else None
        rows.append(row)
    columns = ["aspect", "measure", "gold", "part", "articles", "counted", "r", "ratio", "alpha of coders"]
    return pd.DataFrame(rows, columns=columns).astype({"articles": "Int64", "counted": "Int64"})


def correlation_of(scores: pd.DataFrame, name: str, unknown: float = 0.5) -> tuple[float, str]:
    """How far a measure's values follow gold's from article to article (r, at least 0), and on what that rests."""
    rows = best_rows(scores, CORRELATION)
    if name not in rows.index:
        return unknown, "not measured: a cautious guess"
    row = rows.loc[name]
    return max(0.0, float(row.score)), f"{gold_name(row.to_dict())}, {row.part}, {row.n_documents} articles"


def drawn_measures(scores: pd.DataFrame) -> pd.DataFrame:
    """r of each measure for a plot: label, r, low, high."""
    rows = best_rows(scores, CORRELATION)
    rows = rows[rows.index.isin(MEASURES)]
    labels = [f"{MEASURES[name].label}, {row.gold} ({row.part})" for name, row in zip(rows.index, rows.itertuples())]  # noqa: B905
    return pd.DataFrame({"label": labels, "r": rows.score, "low": rows.low, "high": rows.high}).reset_index(drop=True)


def measures_headline(scores: pd.DataFrame, sound: float = 0.7) -> str:
    """How many measures follow gold from article to article, and which hardly do."""
    rows = best_rows(scores, CORRELATION)
    if rows.empty:
        return "No measure has been set beside gold article by article yet."
    good = int((rows.score >= sound).sum())
    weak = rows[rows.score < 0.5].sort_values("score").index[:4].tolist()
    text = f"{good} of {len(MEASURES)} measures follow gold from article to article (r of {sound} or more)"
    return f"{text}; the weakest are {', '.join(weak)}." if weak else f"{text}."


def measures_title(scores: pd.DataFrame, sound: float = 0.7) -> str:
    """How many measures follow gold from article to article, as the title of a figure."""
    rows = best_rows(scores, CORRELATION)
    good = int((rows[rows.index.isin(MEASURES)].score >= sound).sum())
    return f"{good} of {len(MEASURES)} measures follow gold from article to article (r of {sound} or more)"


def _told(row: dict) -> str:
    return f"{number_text(row['score'])} [{interval_text(row)}]" if pd.notna(row["score"]) else "–"
