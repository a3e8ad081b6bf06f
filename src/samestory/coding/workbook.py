"""Sheets as Excel workbooks: what is given is locked, answers are checked as they are typed, the codebook beside."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from samestory.coding.questions import Question
from samestory.coding.record import CodingError
from samestory.coding.sheets import NOTE, Row, as_rows
from samestory.files import plain_cell, safe_cell, written_whole

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.worksheet.worksheet import Worksheet

WIDTHS = {"item_id": 13, "article": 8, "number": 8, "before": 32, "sentence": 58, "after": 32, NOTE: 28}
WIDTH = 14  # of a column of answers
PAPER, PALE, HEAD, EMPTY = "FFFFFF", "F1F2F4", "DDE1E7", "FFF8DC"
_PROMPT, _PROMPT_TITLE = 255, 32  # characters that Excel shows beside a cell
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Answer(NamedTuple):
    """A column that coders fill with whole numbers, and what they are told when they enter its cells."""

    column: str
    title: str
    help: str


def answers_of(questions: Sequence[Question]) -> list[Answer]:
    """The columns of answers of a coder's sheet."""
    return [Answer(q.key, q.ask, f"{q.help} {q.example}") for q in questions]


def write_xlsx(
    path: Path,
    columns: Sequence[str],
    rows: Sequence[Mapping[str, object]],
    answers: Sequence[Answer],
    codebook: str = "",
) -> None:
    """Write a sheet as a workbook, whole or not at all; the same sheet gives the same bytes.

    Text is stored as text, so that nothing becomes a formula, and without the apostrophe that a CSV needs for that.
    Answers and notes can be entered, everything else is locked (without a password).
    """
    from openpyxl import Workbook

    book = Workbook()
    sheet = book.active
    sheet.title = "Coding"
    _fill(sheet, columns, rows, {answer.column for answer in answers} | {NOTE})
    _lay_out(sheet, columns)
    for answer in answers:
        _check_answers(sheet, columns.index(answer.column) + 1, len(rows), answer)
    _lock(sheet)
    if codebook:
        _add_codebook(book, codebook)
    with written_whole(path) as temporary:
        temporary.write_bytes(_steady(book))


def _fill(sheet: Worksheet, columns: Sequence[str], rows: Iterable[Mapping[str, object]], open_: set[str]) -> None:
    from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

    wrapped = Alignment(wrap_text=True, vertical="top")
    line = Border(bottom=Side("thin", color="D0D4DA"))
    fills = {colour: PatternFill("solid", fgColor=colour) for colour in (PAPER, PALE, HEAD)}
    bold, plain, grey = Font(bold=True), Font(), Font(color="6B7280")
    unlocked = Protection(locked=False)
    for place, name in enumerate(columns, start=1):
        cell = sheet.cell(1, place, name)
        cell.font, cell.fill, cell.alignment, cell.border = bold, fills[HEAD], wrapped, line
    for number, row in enumerate(rows, start=2):
        for place, name in enumerate(columns, start=1):
            value = row.get(name, "")
            cell = sheet.cell(number, place)
            if isinstance(value, str) and name in ("number", *open_) and value.isdecimal() and value.isascii():
                value = int(value)
            if value not in (None, ""):
                cell.value = plain_cell(value) if isinstance(value, str) else value
                if isinstance(value, str):
                    cell.data_type = "s"
                    cell.quotePrefix = safe_cell(cell.value) != cell.value
            cell.alignment, cell.border = wrapped, line
            cell.font = bold if name == "sentence" else plain if name in open_ else grey
            cell.fill = fills[PAPER if name in open_ or name == "sentence" else PALE]
            if name in open_:
                cell.protection = unlocked


def _lay_out(sheet: Worksheet, columns: Sequence[str]) -> None:
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    sheet.sheet_view.zoomScale = 110
    for place, name in enumerate(columns, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = WIDTHS.get(name, WIDTH)
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _check_answers(sheet: Worksheet, place: int, n_rows: int, answer: Answer) -> None:
    from openpyxl.formatting.rule import FormulaRule
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    letter = get_column_letter(place)
    cells = f"{letter}2:{letter}{max(2, n_rows + 1)}"
    check = DataValidation(type="whole", operator="greaterThanOrEqual", formula1="0", allow_blank=True)
    check.showErrorMessage = check.showInputMessage = True
    check.errorTitle, check.error = "A whole number, please", "How many does the sentence hold? 0 if there is none."
    check.promptTitle, check.prompt = _cut(answer.title, _PROMPT_TITLE), _cut(answer.help, _PROMPT)
    check.add(cells)
    sheet.add_data_validation(check)
    waiting = PatternFill("solid", bgColor=EMPTY)
    sheet.conditional_formatting.add(cells, FormulaRule(formula=[f'{letter}2=""'], fill=waiting))


def _cut(text: str, length: int) -> str:
    return text if len(text) <= length else text[: length - 1].rsplit(" ", 1)[0] + "…"


def _lock(sheet: Worksheet) -> None:
    """Lock what is given; columns and rows may still be widened."""
    protection = sheet.protection
    protection.sheet = True
    protection.formatColumns = protection.formatRows = protection.autoFilter = False


def _add_codebook(book: Workbook, codebook: str) -> None:
    from openpyxl.styles import Alignment, Font

    sheet = book.create_sheet("Codebook")
    sheet.column_dimensions["A"].width = 110
    for number, line in enumerate(filter(None, codebook.split("\n")), start=1):
        cell = sheet.cell(number, 1)
        cell.value = re.sub(r"\*\*|`", "", line.lstrip("# "))
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        cell.font = Font(bold=line.startswith("#"))
    sheet.protection.sheet = True


def _steady(book: Workbook) -> bytes:
    """The workbook's bytes without the hour they were written at."""
    book.properties.creator = "samestory"
    raw, steady = io.BytesIO(), io.BytesIO()
    book.properties.created = datetime(*_EPOCH)
    book.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(steady, "w", zipfile.ZIP_DEFLATED) as target:
        for entry in source.infolist():
            content = source.read(entry)
            if entry.filename == "docProps/core.xml":
                content = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>1980-01-01T00:00:00Z", content)
            target.writestr(zipfile.ZipInfo(entry.filename, _EPOCH), content, zipfile.ZIP_DEFLATED)
    return steady.getvalue()


def read_xlsx(path: Path) -> tuple[list[str], list[Row]]:
    """The columns and rows of the first worksheet that has a column item_id; CodingError where there is none."""
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError) as error:
        raise CodingError(f"is not an Excel workbook that can be read: {error}") from error
    reason = CodingError("holds no worksheet")
    for sheet in book.worksheets:
        try:
            return as_rows([list(row) for row in sheet.iter_rows(values_only=True)])
        except CodingError as error:
            reason = error if sheet is book.worksheets[0] else reason
    raise reason
