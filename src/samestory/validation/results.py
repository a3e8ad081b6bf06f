"""The table of scores: where it is kept, and what is shown of it to a reader."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from samestory.files import csv_text, read_csv, results_file, write_whole

KINDS = {
    "measure": "string", "gold": "string", "coders": "string", "part": "string", "metric": "string",
    "n_documents": "Int64", "n_units": "Int64", "precision": "Float64", "recall": "Float64", "score": "Float64",
    "low": "Float64", "high": "Float64", "status": "string", "reason": "string",
}  # fmt: skip
COLUMNS = tuple(KINDS)
MEASURED, UNMEASURED = "measured", "not yet measured"
NO_CODING = "no coding"  # in place of coders: a null experiment needs none
DECIMALS = 4
# What a reader is shown first: of each measure the metric that its field compares by.
SHOWN = {
    "segments.counted": "character",
    "segments.edits": "overlap",
    "segments.reuse.versions": "pairs",
    "events": "b_cubed",
    "events.untimed": "b_cubed",
    "sourcing.cue": "exact",
    "sourcing.source": "exact",
    "sourcing.content": "exact",
    "sourcing.linked": "linked_0.8",
    "sourcing.quotes": "content_0.8",
    "sourcing.source_type": "macro_f1_of_15",
    "sourcing.anonymous": "f1",
    "sourcing.outlets.content": "largest_difference",
    "certainty.cue": "exact",
    "certainty.sentence": "sentence",
    "certainty.cue.without_conditionals": "exact",
    "certainty.holder": "accuracy",
    "certainty.scope": "token",
    "certainty.score": "pearson_r",
    "framing.labels": "overlap",
    "framing.labels.agency": "accuracy",
    "framing.labels.passive_without_agent": "accuracy",
    "referents.of_marked_labels": "conll",
    "referents.from_text": "conll",
    "referents.from_text_by_heads": "conll",
    "referents.actors": "share",
    "referents.attacker": "f1",
    "referents.attack": "f1",
    "framing.frames.policy": "micro_f1",
    "framing.distinctive": "words_called",
    "claims.tuple": "tuple",
    "claims.tuple.casualties": "tuple",
    "claims.relations": "tuple",
    "claims.relations.given_claims": "accuracy",
    "claims.relations.update_or_conflict": "accuracy",
}
F1_METRICS = ("strict", "exact", "begin", "overlap", "token", "character", "tuple", "sentence", "micro_f1", "f1",
              "content_0.3", "content_0.8", "linked_0.8", "b_cubed", "pairs")  # fmt: skip
PARTS = ("test", "all", "development")  # which part is told of a gold that has several
FEW = 10  # documents; a score on fewer says little of other texts


def rounded(scores: pd.DataFrame) -> pd.DataFrame:
    """The table with its types, numbers to four decimals."""
    typed = scores.astype(KINDS)
    return typed.assign(**{name: typed[name].round(DECIMALS) for name, kind in KINDS.items() if kind == "Float64"})


def write_scores(scores: pd.DataFrame, path: Path | None = None) -> Path:
    """Write the scores as CSV and return where."""
    target = path or results_file()
    write_whole(target, csv_text(rounded(scores)))
    return target


def read_scores(path: Path | None = None) -> pd.DataFrame:
    """The scores as last written; an empty table where none are."""
    target = path or results_file()
    if not target.is_file():
        return rounded(pd.DataFrame(columns=list(COLUMNS)))
    return rounded(read_csv(target, dict.fromkeys(COLUMNS, "string")))


def render(scores: pd.DataFrame) -> str:
    """The scores as plain text for a terminal: what is measured, gold by gold, then what is not."""
    lines = []
    measured = scores[scores.status == MEASURED]
    for (gold, part), rows in measured.groupby(["gold", "part"], sort=False):
        lines += ["", _title(str(gold), str(part), rows)]
        lines += [_line(row) for row in rows.to_dict("records")]
    missing = scores[scores.status == UNMEASURED]
    if len(missing):
        lines += ["", UNMEASURED]
        lines += [f"  {row['measure']:<34} {row['gold']}: {row['reason']}" for row in missing.to_dict("records")]
    return "\n".join(lines).strip("\n")


def shown(scores: pd.DataFrame) -> pd.DataFrame:
    """The rows of the metrics that a measure is first judged by."""
    known = scores.metric.fillna("")  # what is not yet measured has none
    chosen = [SHOWN.get(measure) == metric for measure, metric in zip(scores.measure, known, strict=True)]
    return scores[pd.Series(chosen, index=scores.index, dtype=bool) & (scores.status == MEASURED)]


def headline_scores(scores: pd.DataFrame | None = None) -> pd.DataFrame:
    """One row for each measure and gold, for the report: measure, gold, n, metric, score, interval."""
    return readable(shown(read_scores() if scores is None else scores))


def readable(scores: pd.DataFrame) -> pd.DataFrame:
    """What is measured but reliability, as a reader's table: measure, gold, part, n, metric, score, interval."""
    rows = scores[(scores.status == MEASURED) & ~scores.measure.str.startswith("reliability.")]
    return pd.DataFrame(
        {
            "measure": rows.measure,
            "gold": [gold_name(row) for row in rows.to_dict("records")],
            "part": rows.part,
            "n": [f"{d} / {u}" for d, u in zip(rows.n_documents, rows.n_units, strict=True)],
            "metric": rows.metric.str.replace("_", " "),
            "score": [number_text(value) for value in rows.score],
            "95 % interval": [interval_text(row) for row in rows.to_dict("records")],
        }
    )


def headline(scores: pd.DataFrame) -> str:
    """What the scores say, in a sentence."""
    measured = scores[scores.status == MEASURED]
    f1 = shown(scores)
    f1 = (
        f1[f1.metric.isin(F1_METRICS)].dropna(subset="score").sort_values(["score", "measure"], ascending=[False, True])
    )
    if f1.empty:
        return "Nothing has been measured yet: `samestory validate` scores the measures against gold."
    best, worst = f1.iloc[0], f1.iloc[-1]
    golds = measured[~measured.measure.str.startswith("reliability.")].gold.nunique()
    return (
        f"{measured.measure.nunique()} measures are scored on {golds} golds; F1 goes from {worst.score:.2f} "
        f"({worst.measure} on {worst.gold}) to {best.score:.2f} ({best.measure} on {best.gold})"
    )


def drawn(scores: pd.DataFrame) -> pd.DataFrame:
    """F1 of the first metric of each measure, for a plot: label, f1, low, high.

    One row for each measure: of a test part where there is one, else of most documents.
    """
    rows = shown(scores)
    rows = rows[rows.metric.isin(F1_METRICS)]
    rank = rows.part.map({part: n for n, part in enumerate(PARTS)}).fillna(len(PARTS))
    rows = rows.assign(rank=rank).sort_values(
        ["rank", "n_documents", "gold"], ascending=[True, False, True], kind="stable"
    )
    rows = rows.drop_duplicates("measure").sort_index()
    labels = [f"{row['measure']}, {row['gold']} ({row['part']})" for row in rows.to_dict("records")]
    return pd.DataFrame({"label": labels, "f1": rows.score, "low": rows.low, "high": rows.high})


def drawn_title(scores: pd.DataFrame) -> str:
    """From which F1 to which the measures go, as the title of the plot of :func:`drawn`."""
    rows = drawn(scores).dropna(subset="f1").sort_values(["f1", "label"], kind="stable")
    if rows.empty:
        return "Nothing has been measured yet"
    low, high = (f"{row.f1:.2f} ({row.label.partition(',')[0]})" for row in rows.iloc[[0, -1]].itertuples())
    return f"F1 goes from {low} to {high}"


def reliability(scores: pd.DataFrame) -> pd.DataFrame:
    """Agreement between coders: measure, coders, n, metric, value, interval, and what it may be called."""
    rows = scores[(scores.status == MEASURED) & scores.measure.str.startswith("reliability.")]
    return pd.DataFrame(
        {
            "measure": rows.measure.str.removeprefix("reliability."),
            "coders": rows.gold,
            "n": [f"{d} / {u}" for d, u in zip(rows.n_documents, rows.n_units, strict=True)],
            "metric": ["F1 " + metric if metric != "alpha" else metric for metric in rows.metric],
            "value": [number_text(value) for value in rows.score],
            "95 % interval": [interval_text(row) for row in rows.to_dict("records")],
            "what it is": rows.reason,
        }
    )


def unmeasured(scores: pd.DataFrame) -> pd.DataFrame:
    """What no gold judges yet: measure, gold, reason."""
    return scores.loc[scores.status == UNMEASURED, ["measure", "gold", "reason"]]


def limits(scores: pd.DataFrame) -> list[str]:
    """What cannot be concluded from these scores, in sentences."""
    measured = scores[scores.status == MEASURED]
    found = []
    if measured.coders.str.contains("model").any():
        found.append(
            "Own gold was coded by language models, not by people: it shows whether the engines follow the codebook as "
            "these models read it. Their agreement is between model coders, not human reliability."
        )
    small = shown(scores)
    small = small[small.n_documents < FEW]
    if len(small):
        golds = ", ".join(sorted({f"{gold} ({part})" for gold, part in zip(small.gold, small.part, strict=True)}))
        found.append(f"Fewer than {FEW} documents stand behind the scores on {golds}: they say little of other texts.")
    if (measured.part.isin(["train", "development"])).any():
        found.append(
            "Scores on parts named development or train are on texts that the engines were made with: "
            "expect less on others."
        )
    held_back = set(measured.gold[measured.part == "test"])
    whole = measured[(measured.part == "all") & ~measured.measure.str.startswith("reliability.")].gold
    whole = whole[~whole.isin(held_back)]
    if len(whole):
        found.append(
            f"No part was held back of {', '.join(whole.drop_duplicates())}: the engines may have been fitted to it."
        )
    missing = scores[scores.status == UNMEASURED].measure.drop_duplicates().tolist()
    if missing:
        found.append(f"Nothing is known of how good these are: {', '.join(missing)}.")
    return found


def _title(gold: str, part: str, rows: pd.DataFrame) -> str:
    who = str(rows.coders.iloc[0])
    return f"{gold}, {part} ({who if who == NO_CODING else f'coded by {who}'})"


def _line(row: dict) -> str:
    parts = [f"  {row['measure']:<48} {row['metric']:<18} {number_text(row['score']):>5}  {interval_text(row):<13}"]
    if not pd.isna(row["precision"]):
        parts.append(f"P {number_text(row['precision'])}  R {number_text(row['recall'])}")
    parts.append(f" {row['n_units']} in {row['n_documents']} documents")
    return " ".join([*parts, *([] if pd.isna(row["reason"]) else [f" {row['reason']}"])])


def gold_name(row: dict) -> str:
    """A gold and, where they were not people, who coded it."""
    return str(row["gold"]) if row["coders"] == "people" else f"{row['gold']} ({row['coders']})"


def number_text(value: object) -> str:
    """A score to two decimals."""
    return "–" if pd.isna(value) else f"{value:.2f}"


def interval_text(row: dict) -> str:
    """The interval of a row of scores."""
    return "–" if pd.isna(row["low"]) else f"{row['low']:.2f} to {row['high']:.2f}"
