"""A round's sheets, read: agreement, adjudication and values written beside them, and all of it in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from samestory.coding.adjudication import STEM, adjudication_rows, adjudication_sheet, undecided, write_adjudication
from samestory.coding.agreement import AGREEMENT, agreement, coder_totals, confusion
from samestory.coding.reading import Codings, read_sheets, round_folder, sheets_in
from samestory.coding.record import Mistake, Round
from samestory.coding.rounds import read_round, write_table
from samestory.coding.values import CODINGS, article_values

SHOWN = 20  # mistakes that are printed; mistakes.csv has all
ADJUDICATED = "adjudicated"  # stands for a coder where something was decided


@dataclass(frozen=True)
class Outcome:
    """What came of a round: its tables (see :mod:`samestory.coding.agreement` and values), and where they lie."""

    folder: Path
    round: Round
    codings: Codings
    agreement: pd.DataFrame
    confusion: pd.DataFrame
    totals: pd.DataFrame
    values: pd.DataFrame
    kept_back: bool  # the adjudication sheet holds mistakes, and was not written anew

    @property
    def mistakes(self) -> tuple[Mistake, ...]:
        """Everything that is wrong in the sheets."""
        return self.codings.mistakes


def read_outcome(paths: Sequence[Path], *, models: bool = False, seed: int = 0) -> Outcome:
    """Read a round's sheets and write what they say beside them.

    ``paths`` are the round's folder (all sheets in it are read), or sheets in it, or its folder and sheets elsewhere;
    an adjudication sheet in the folder is read too. Written are agreement.csv, confusion.csv, coders.csv, codings.csv
    (values of articles), codes.csv (answers without text), mistakes.csv, and where coders differ an adjudication sheet.
    Raises CodingError where the sheets belong to no round.
    """
    folder = round_folder(paths)
    round_ = read_round(folder)
    files = [path for path in paths if not path.is_dir()]
    found = sheets_in(folder)
    chosen = [*files, *(path for path in found if path.stem.lower() == STEM and path not in files)] if files else found
    codings = read_sheets(chosen, round_)
    outcome = Outcome(
        folder=folder,
        round=round_,
        codings=codings,
        agreement=agreement(codings.codes, round_, models=models, seed=seed),
        confusion=confusion(codings.codes, round_),
        totals=coder_totals(codings.codes, round_),
        values=article_values(codings, round_, models=models),
        kept_back=any(Path(mistake.file).stem.lower() == STEM for mistake in codings.mistakes),
    )
    if len(codings.codes):  # of sheets without an answer nothing may take the place of what was read before
        _write(outcome)
    return outcome


def _write(outcome: Outcome) -> None:
    folder, codings = outcome.folder, outcome.codings
    write_table(folder / AGREEMENT, outcome.agreement)
    write_table(folder / "confusion.csv", outcome.confusion)
    write_table(folder / "coders.csv", outcome.totals)
    write_table(folder / CODINGS, outcome.values)
    decided = codings.decisions.drop(columns="note").assign(coder=ADJUDICATED)
    told = [part for part in (codings.codes, decided[list(codings.codes.columns)]) if len(part)]
    write_table(folder / "codes.csv", pd.concat(told) if told else codings.codes)
    mistakes = pd.DataFrame(codings.mistakes, columns=list(Mistake._fields)).astype({"row": "Int64"})
    write_table(folder / "mistakes.csv", mistakes)
    columns, rows = adjudication_rows(codings, outcome.round)
    sheet = adjudication_sheet(folder)
    if (rows or sheet.exists()) and not outcome.kept_back:
        write_adjudication(sheet, columns, rows)


def describe(outcome: Outcome) -> Iterator[str]:
    """The outcome in lines to print."""
    codings = outcome.codings
    n = len(codings.mistakes)
    for mistake in codings.mistakes[:SHOWN]:
        yield f"  {mistake}"
    if n > SHOWN:
        yield f"  and {n - SHOWN} more in {outcome.folder / 'mistakes.csv'}"
    yield f"{outcome.round.name}: {len(codings.codes)} answers of {_who(codings)} read; {n} mistakes or gaps"
    if len(codings.coders) > 1:
        yield from _agreement_lines(outcome)
        yield from _total_lines(outcome)
        if len(codings.coders) == 2:
            yield from _confusion_lines(outcome.confusion)
    elif codings.coders:
        yield f"only {codings.coders[0]}'s answers were read: agreement needs two coders"
    yield from _value_lines(outcome)
    yield from _adjudication_lines(outcome)


def _who(codings: Codings) -> str:
    return ", ".join(codings.coders) or "nobody"


def _agreement_lines(outcome: Outcome) -> Iterator[str]:
    data = outcome.agreement
    for told in data.between_whom.unique():
        part = data[data.between_whom == told]
        yield ""
        yield f"agreement {told} (Krippendorff's alpha, 95 % interval over articles; same: share of equal counts)"
        width = max(len(name) for name in part.question)
        heads = ("any (nominal)", "count (ordinal)", "count (interval)")
        yield f"  {'':{width}} {'items':>6} {'articles':>8} {'same':>5}  {'  '.join(f'{head:21}' for head in heads)}"
        for question, rows in part.groupby("question", sort=False):
            one = rows.iloc[-1]
            same = "–" if pd.isna(one.agreement) else f"{one.agreement:.0%}"
            told_ = "  ".join(f"{_alpha(row):21}" for row in rows.itertuples())
            yield f"  {question:{width}} {one.n_items:6} {one.n_articles:8} {same:>5}  {told_}".rstrip()
        reasons = part.dropna(subset="why_not").groupby("why_not", sort=False).question.unique()
        for reason, questions in reasons.items():
            yield f"  {', '.join(questions)}: {reason}"


def _alpha(row) -> str:
    if pd.isna(row.alpha):
        return "–"
    return f"{row.alpha:.2f}" + ("" if pd.isna(row.low) else f" ({row.low:.2f} to {row.high:.2f})")


def _total_lines(outcome: Outcome) -> Iterator[str]:
    yield ""
    yield "what each coder counts, and the others on the same sentences"
    for question, rows in outcome.totals.groupby("question", sort=False):
        told = (f"{row.coder} {row.total} (others {row.others_total:g})" for row in rows.itertuples())
        yield f"  {question}: {', '.join(told)}"


def _confusion_lines(data: pd.DataFrame) -> Iterator[str]:
    """A small table for each question and pair of coders that do not agree throughout."""
    for (question, one, other), rows in data.groupby(["question", "coder", "other"], sort=False):
        if (rows.value == rows.other_value).all():
            continue
        table = rows.pivot(index="value", columns="other_value", values="n").fillna(0).astype(int)
        yield ""
        yield f"  {question}: {one} down, {other} across"
        yield "      " + "".join(f"{name:>6}" for name in table.columns)
        for name, row in table.iterrows():
            yield f"    {name:>2}" + "".join(f"{n:6}" for n in row)


def _value_lines(outcome: Outcome) -> Iterator[str]:
    values = outcome.values
    whole = values[values.numerator.notna()].groupby("article_id").measure.nunique() == len(outcome.round.measures)
    n = outcome.round.key.article_id.nunique()
    yield ""
    yield f"values of articles: {int(whole.sum())} of {n} articles are coded in full, in {outcome.folder / CODINGS}"


def _adjudication_lines(outcome: Outcome) -> Iterator[str]:
    waiting = undecided(outcome.codings)
    sheet = adjudication_sheet(outcome.folder)
    if outcome.kept_back:
        yield f"{sheet} was left as it is: mend its mistakes first"
    if waiting:
        yield f"coders differ on {waiting} answers that nobody has decided; until then the mean of the coders counts"
        yield f"decide them in {sheet}, column decision, and run samestory agree {outcome.folder} again"
