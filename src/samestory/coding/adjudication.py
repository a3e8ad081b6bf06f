"""The adjudication sheet: where coders differ, what each of them said, and a column for what holds.

What is decided there is never lost: a sheet written anew keeps every decision, and one that holds mistakes is left as
it is until they are mended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from samestory.coding.agreement import disagreements
from samestory.coding.questions import QUESTIONS
from samestory.coding.reading import DECISION, WORDING, Codings
from samestory.coding.record import Round
from samestory.coding.sheets import NOTE, write_csv
from samestory.coding.workbook import Answer, write_xlsx
from samestory.files import safe_cell

STEM = "adjudication"
HELP = "What holds: how many does the sentence hold? Leave it empty while it is open."


def adjudication_rows(codings: Codings, round_: Round) -> tuple[list[str], list[dict[str, object]]]:
    """Columns and rows of the sheet: every item and question on which coders differ, or that was decided before.

    Rows are in order of article and sentence; in ``decision`` and ``note`` stands what was decided already.
    """
    coders = list(codings.coders)
    said = codings.codes.pivot(index=["item_id", "question"], columns="coder", values="value")
    differ = disagreements(codings.codes)
    decided = codings.decisions.set_index(["item_id", "question"])
    places = {*zip(differ.item_id, differ.question, strict=True), *decided.index}
    key = round_.key.set_index("item_id")
    order = {question.key: n for n, question in enumerate(round_.questions)}
    rows = []
    for item, question in sorted(places, key=lambda p: (key.article[p[0]], key.number[p[0]], order[p[1]])):
        place = (item, question)
        about, wording = key.loc[item], codings.wording.get(item, {})
        rows.append({
            "item_id": item, "article": about.article, "number": str(about.number),
            **{name: safe_cell(wording.get(name, "")) for name in WORDING},
            "question": question, "asked": QUESTIONS[question].ask,
            **{coder: _told(said, place, coder) for coder in coders},
            DECISION: str(decided.value[place]) if place in decided.index else "",
            NOTE: safe_cell(str(decided.note[place])) if place in decided.index else "",
        })  # fmt: skip
    columns = ["item_id", "article", "number", *WORDING, "question", "asked", *coders, DECISION, NOTE]
    return columns, rows


def _told(said: pd.DataFrame, place: tuple[str, str], coder: str) -> str:
    value = said.at[place, coder] if place in said.index else pd.NA
    return "" if pd.isna(value) else str(value)


def adjudication_sheet(folder: Path) -> Path:
    """Where the sheet lies or will lie: a workbook, unless a CSV is there or the round has no workbooks.

    There is one alone, so that no older copy can speak against it.
    """
    book, plain = folder / f"{STEM}.xlsx", folder / f"{STEM}.csv"
    if book.exists() or (not plain.exists() and any(folder.glob("*.xlsx"))):
        return book
    return plain


def write_adjudication(path: Path, columns: Sequence[str], rows: Sequence[Mapping[str, object]]) -> None:
    """Write the sheet as CSV or XLSX, whichever the path names."""
    if path.suffix == ".csv":
        write_csv(path, columns, rows)
    else:
        write_xlsx(path, columns, rows, [Answer(DECISION, "Decision", HELP)])


def undecided(codings: Codings) -> int:
    """On how many answers coders differ without a decision."""
    differ = disagreements(codings.codes)
    places = set(zip(differ.item_id, differ.question, strict=True))
    return len(places - set(zip(codings.decisions.item_id, codings.decisions.question, strict=True)))
