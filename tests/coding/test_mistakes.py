"""Every mistake in a sheet is named by file and row, and all that is right is read."""

from __future__ import annotations

import json
from pathlib import Path

import openpyxl
import pytest

from samestory.coding.reading import Codings, read_sheets, round_folder, sheets_in
from samestory.coding.record import CodingError
from samestory.coding.rounds import read_round
from samestory.study import Study

RIGHT = {"sources": "2", "anonymous": "1"}


@pytest.fixture
def folder(study: Study, made) -> Path:
    """A round of 24 items in which ana and ben code everything right."""
    made.draw(study, "anonymous", "named")
    path = study.folder / "coding" / "round-1"
    for coder in ("ana", "ben"):
        made.fill(path, coder, RIGHT | {"named": "0"})
    return path


def read(folder: Path) -> Codings:
    return read_sheets(sheets_in(folder), read_round(folder))


def change(made, folder: Path, row: int, **cells: str) -> dict[str, str]:
    """Change cells of a row of ana's sheet, counted as a spreadsheet does; returns the row as it was."""
    rows = made.read_rows(folder / "ana.csv")
    before = rows[row - 2]
    rows[row - 2] = before | cells
    made.write_rows(folder / "ana.csv", rows)
    return before


def test_right_sheets_are_read_whole(folder: Path):
    found = read(folder)
    assert found.mistakes == () and len(found.codes) == 2 * 24 * 3 and found.coders == ("ana", "ben")


@pytest.mark.parametrize(
    ("cells", "said", "lost"),
    [
        ({"anonymous": "one"}, "ana.csv, row 7, anonymous: 'one' is not a whole number", 1),
        ({"anonymous": "1.5"}, "ana.csv, row 7, anonymous: '1.5' is not a whole number", 1),
        ({"anonymous": "-1"}, "ana.csv, row 7, anonymous: -1 is negative", 1),
        ({"anonymous": "3", "sources": "2"}, "ana.csv, row 7, anonymous: 3 is more than sources, 2", 2),
        ({"sources": "90"}, "ana.csv, row 7, sources: 90 is more than the sentence has words, {n_words}", 1),
        ({"anonymous": ""}, "ana.csv, row 7, anonymous: not coded", 1),
        ({"anonymous": " ", "named": ""}, "ana.csv, row 7, anonymous, named: not coded", 2),
        ({"item_id": "s12"}, "ana.csv, row 7, item_id: there is no item s12 in round-1", 3),
        ({"item_id": ""}, "ana.csv, row 7, item_id: no item_id", 3),
        ({"coder": "zoe"}, "ana.csv, row 7, coder: whose answers are these? write one of ana, ben", 3),
        ({"sentence": "Something else."},
         "ana.csv, row 7, sentence: this is not the sentence of item {item_id}: was it changed, or one column sorted "
         "alone?", 3),
    ],
)  # fmt: skip
def test_a_mistake_is_named_by_row_and_costs_no_other_answer(made, folder: Path, cells: dict, said: str, lost: int):
    before = change(made, folder, 7, **cells)
    about = read_round(folder).key.set_index("item_id").loc[before["item_id"]]
    found = read(folder)
    told = [str(mistake) for mistake in found.mistakes]
    assert said.format(n_words=about.n_words, item_id=before["item_id"]) in told
    missing = [line for line in told if line.endswith("is missing")]
    gone = [f"ana.csv, item_id: {before['item_id']} (article {about.article}, sentence {about.number}) is missing"]
    assert missing == (gone if {"item_id", "coder"} & set(cells) else [])
    assert len(told) == 1 + len(missing)
    assert len(found.codes) == 2 * 24 * 3 - lost


@pytest.mark.parametrize("told", ["2", "2.0", " 2 ", "2,0", "02"])
def test_a_whole_number_may_be_written_as_spreadsheets_write_it(made, folder: Path, told: str):
    change(made, folder, 7, sources=told)
    assert read(folder).mistakes == ()


def test_columns_sorted_alone_are_seen(made, folder: Path):
    rows = made.read_rows(folder / "ana.csv")
    sentences = sorted(row["sentence"] for row in rows)
    made.write_rows(folder / "ana.csv", [row | {"sentence": s} for row, s in zip(rows, sentences, strict=True)])
    found = read(folder)
    told = {mistake.row for mistake in found.mistakes}
    assert len(told) > 12
    kept = found.codes[found.codes.coder == "ana"].item_id
    assert {row["item_id"] for n, row in enumerate(rows, start=2) if n not in told} == set(kept)


def test_a_missing_row_and_a_missing_column_are_named_once(made, folder: Path):
    rows = made.read_rows(folder / "ana.csv")
    gone = rows.pop(3)
    made.write_rows(folder / "ana.csv", [{k: v for k, v in row.items() if k != "named"} for row in rows])
    told = [str(mistake) for mistake in read(folder).mistakes]
    where = f"(article {gone['article']}, sentence {gone['number']})"
    assert told == ["ana.csv, named: the column is missing", f"ana.csv, item_id: {gone['item_id']} {where} is missing"]


def test_an_item_that_stands_twice(made, folder: Path):
    rows = made.read_rows(folder / "ana.csv")
    made.write_rows(folder / "ana.csv", [*rows, rows[0], rows[1] | {"sources": "1"}])
    found = read(folder)
    assert [str(mistake) for mistake in found.mistakes] == [
        f"ana.csv, row 26, item_id: {rows[0]['item_id']} stands in row 2 already",
        f"ana.csv, row 27, item_id: {rows[1]['item_id']} stands in row 3 already",
        "ana.csv, row 27, sources: 1, but ana.csv, row 3 says 2: neither is read",
    ]
    assert len(found.codes) == 2 * 24 * 3 - 1


def test_answers_to_questions_that_are_not_asked(made, folder: Path):
    rows = made.read_rows(folder / "ana.csv")
    rows = [row | {"quoted": "1" if n == 4 else "", "my remarks": "x"} for n, row in enumerate(rows)]
    made.write_rows(folder / "ana.csv", rows)
    assert [str(m) for m in read(folder).mistakes] == [
        "ana.csv, row 6, quoted: this question is not asked in the round"
    ]


def test_items_of_another_coder_are_not_read(study: Study, made):
    folder = made.draw(study, overlap=0.0)
    for coder in ("ana", "ben"):
        made.fill(folder, coder, RIGHT)
    rows = made.read_rows(folder / "ana.csv")
    theirs = made.read_rows(folder / "ben.csv")[0] | {"coder": "ana"}
    made.write_rows(folder / "ana.csv", [*rows, theirs])
    found = read(folder)
    assert [str(m) for m in found.mistakes] == [
        f"ana.csv, row {len(rows) + 2}, item_id: {theirs['item_id']} is not ana's to code"
    ]
    assert len(found.codes) == 2 * 24


def test_a_sheet_that_is_not_begun_or_not_there_is_one_line(study: Study, made):
    folder = made.draw(study, coders=("ana", "ben", "carl"))
    made.fill(folder, "ana", RIGHT)
    (folder / "carl.csv").unlink()
    assert [str(m) for m in read(folder).mistakes] == [
        "ben.csv: nothing is coded yet (24 sentences)",
        "carl: no sheet of this coder was read",
    ]


def test_of_two_formats_that_lie_there_the_one_with_answers_counts(study: Study, made):
    folder = made.draw(study, formats=("csv", "xlsx", "label-studio"))
    made.fill(folder, "ana", RIGHT)
    book = openpyxl.load_workbook(folder / "ben.xlsx")
    for row in book["Coding"].iter_rows(min_row=2):
        row[6].value, row[7].value = 1, 0
    book.save(folder / "ben.xlsx")
    found = read(folder)
    assert found.mistakes == () and found.codes.groupby("coder").size().to_dict() == {"ana": 48, "ben": 48}
    rows = made.fill(folder, "ben", lambda row: {"sources": "0"} if row["number"] == "1" else {})
    first = next(n for n, row in enumerate(rows, start=2) if row["number"] == "1")
    told = [str(mistake) for mistake in read(folder).mistakes]
    assert len(told) == 6 and f"ben.xlsx, row {first}, sources: 1, but ben.csv, row {first} says 0" in told[0]


def test_a_sheet_without_the_coders_column_is_told_by_its_name(made, folder: Path):
    rows = [{k: v for k, v in row.items() if k != "coder"} for row in made.read_rows(folder / "ana.csv")]
    (folder / "ana.csv").unlink()
    made.write_rows(folder / "Ana (final).csv", rows)
    assert read(folder).mistakes == ()
    (folder / "Ana (final).csv").rename(folder / "anabel.csv")
    assert {mistake.what for mistake in read(folder).mistakes} == {
        "whose answers are these? write one of ana, ben",
        "no sheet of this coder was read",
    }


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("x.csv", b"", "cannot be read: empty"),
        ("x.csv", b"a,b\n1,2\n", "has no column item_id, so it is no sheet of a round"),
        ("x.csv", b"item_id,sources,Sources\n", "has the column sources twice"),
        ("x.csv", b'item_id,sources\n"a,1\n', "is not a CSV that can be read"),
        ("x.xlsx", b"PK", "is not an Excel workbook that can be read"),
        ("x.json", b"{", "is not JSON"),
        ("x.json", b"{}", "is not an export of Label Studio"),
        ("x.json", b'[{"data": {"text": "a"}}]', "has no item_id in its tasks"),
        ("x.ods", b"PK", "is of a kind that is not read (.ods)"),
        ("none.csv", None, "No such file"),
    ],
)
def test_files_that_are_no_sheets_are_named_and_the_others_read(folder: Path, name: str, content, said: str):
    if content is not None:
        (folder / name).write_bytes(content)
    found = read_sheets([folder / name, folder / "ana.csv", folder / "ben.csv"], read_round(folder))
    assert len(found.mistakes) == 1 and found.mistakes[0].file == name and said in found.mistakes[0].what
    assert len(found.codes) == 2 * 24 * 3


def test_a_workbook_with_words_dates_and_ticks_in_it(study: Study, made):
    from datetime import datetime

    folder = made.draw(study, formats=("xlsx",))
    book = openpyxl.load_workbook(folder / "ana.xlsx")
    sheet = book["Coding"]
    for n, value in enumerate((datetime(2024, 1, 2), True, 1.5, "2", 2.0), start=2):
        sheet.cell(n, 7).value = value
    book.save(folder / "ana.xlsx")
    told = [(m.row, m.what) for m in read(folder).mistakes if m.column == "sources"]
    assert told == [
        (2, "'2024-01-02 00:00:00' is not a whole number"),
        (3, "'True' is not a whole number"),
        (4, "'1.5' is not a whole number"),
    ]


def test_two_annotations_of_a_task_that_contradict(study: Study, made):
    folder = made.draw(study, formats=("label-studio",))
    tasks = json.loads((folder / "ana.label-studio.json").read_text("utf-8"))

    def said(n: int) -> dict:
        answers = {"sources": n, "anonymous": 0}
        return {"result": [{"from_name": k, "type": "number", "value": {"number": v}} for k, v in answers.items()]}

    for task in tasks:
        task["annotations"] = [said(1)]
    tasks[2]["annotations"].append(said(2))
    (folder / "project-1.json").write_text(json.dumps(tasks), encoding="utf-8")
    found = read(folder)
    assert [str(m) for m in found.mistakes if m.file == "project-1.json"] == [
        f"project-1.json, row 3, item_id: {tasks[2]['data']['item_id']} stands in row 3 already",
        "project-1.json, row 3, sources: 2, but project-1.json, row 3 says 1: neither is read",
    ]
    assert len(found.codes) == 2 * 24 - 1


def test_sheets_lie_in_one_round(folder: Path, tmp_path: Path, made, study: Study):
    other = made.draw(study, name="round-2")
    assert round_folder([folder / "ana.csv", folder / "ben.csv"]) == folder
    assert round_folder([folder, tmp_path / "ana.csv"]) == folder
    made_elsewhere = tmp_path / "ana.csv"
    made_elsewhere.write_text("", encoding="utf-8")
    with pytest.raises(CodingError, match=r"no sample.csv beside these sheets; name the round's folder too"):
        round_folder([made_elsewhere])
    with pytest.raises(CodingError, match=r"ben\.csv: no such sheet or folder of a round"):
        round_folder([tmp_path / "ben.csv"])
    with pytest.raises(CodingError, match="sheets of one round at a time"):
        round_folder([folder / "ana.csv", other / "ben.csv"])


def test_a_round_without_a_whole_key_is_refused(folder: Path, tmp_path: Path):
    with pytest.raises(CodingError, match=r"no sample.csv there"):
        read_round(tmp_path)
    key = (folder / "sample.csv").read_text("utf-8")
    (folder / "sample.csv").write_text(key.splitlines()[0] + "\n", encoding="utf-8")
    with pytest.raises(CodingError, match="has no items"):
        read_round(folder)
    (folder / "sample.csv").write_text(key.replace("inclusion,", "chance,", 1), encoding="utf-8")
    with pytest.raises(CodingError, match="no column inclusion"):
        read_round(folder)
