"""Sheets as coders get them, and the way back: what was entered is what is read, whatever the format."""

from __future__ import annotations

import json
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.coding.reading import read_sheets
from samestory.coding.record import CodingError, Round
from samestory.coding.rounds import read_round
from samestory.coding.sheets import coder_rows, columns_of, write_csv
from samestory.coding.wording import sentence_hash
from samestory.coding.workbook import answers_of, write_xlsx
from samestory.files import plain_cell
from samestory.study import Study

ASKED = ("sources", "anonymous", "hedge_outlet")
COUNTS = st.one_of(st.none(), st.integers(0, 2))
NOTES = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp", "Zs")), max_size=12)
ENTERED = st.lists(st.tuples(COUNTS, COUNTS, NOTES), min_size=24, max_size=24)
SLOW = settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])


@pytest.fixture
def round_folder(study: Study, made) -> Path:
    return made.draw(study, "anonymous", "hedge_outlet", formats=("csv", "xlsx", "label-studio"))


def entered_of(round_: Round, entered: list, coder: str) -> tuple[dict, dict]:
    """What a coder enters, by item and question: sources are all the words, so that no part is too large."""
    answers, notes = {}, {}
    for row, (anonymous, hedges, note) in zip(round_.items_of(coder).itertuples(), entered, strict=False):
        told = {"sources": row.n_words if anonymous is not None else None,
                "anonymous": anonymous, "hedge_outlet": hedges}  # fmt: skip
        answers[row.item_id] = {key: value for key, value in told.items() if value is not None}
        notes[row.item_id] = note
    return answers, notes


def read_back(path: Path, round_: Round) -> tuple[dict, dict, set[str]]:
    found = read_sheets([path], round_)
    answers: dict[str, dict[str, int]] = {item: {} for item in round_.key.item_id}
    for row in found.codes.itertuples():
        answers[row.item_id][row.question] = row.value
    wrong = {mistake.what for mistake in found.mistakes if mistake.file == path.name}
    return answers, dict(zip(found.notes.item_id, found.notes.note, strict=True)), wrong


def check(path: Path, round_: Round, answers: dict, notes: dict) -> None:
    found, kept, wrong = read_back(path, round_)
    assert found == answers
    assert kept == {item: note for item, note in notes.items() if note}
    begun = any(answers.values())
    assert all(what == "not coded" or (not begun and what.startswith("nothing is coded yet")) for what in wrong)


@SLOW
@given(ENTERED)
def test_a_csv_is_read_back_as_it_was_filled_in(round_folder: Path, made, entered: list):
    round_ = read_round(round_folder)
    answers, notes = entered_of(round_, entered, "ana")
    rows = made.read_rows(round_folder / "ana.csv")
    path = round_folder.parent / "ana-back.csv"
    made.write_rows(
        path,
        [row | {k: str(v) for k, v in answers[row["item_id"]].items()} | {"note": notes[row["item_id"]]}
         for row in rows],
    )  # fmt: skip
    check(path, round_, answers, {item: plain_cell(note.strip()) for item, note in notes.items()})


@SLOW
@given(ENTERED)
def test_a_workbook_is_read_back_as_it_was_filled_in(round_folder: Path, entered: list):
    round_ = read_round(round_folder)
    answers, notes = entered_of(round_, entered, "ana")
    book = openpyxl.load_workbook(round_folder / "ana.xlsx")
    sheet = book["Coding"]
    place = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        item = sheet.cell(row, place["item_id"]).value
        for key, value in answers[item].items():
            sheet.cell(row, place[key]).value = value
        note = sheet.cell(row, place["note"])
        note.value = notes[item] or None
        if note.value is not None:
            note.data_type = "s"  # as typed with an apostrophe before it
    path = round_folder.parent / "ana-back.xlsx"
    book.save(path)
    check(path, round_, answers, {item: plain_cell(note.strip()) for item, note in notes.items()})


@SLOW
@given(ENTERED, st.booleans())
def test_an_export_of_label_studio_is_read_back(round_folder: Path, entered: list, short: bool):
    round_ = read_round(round_folder)
    answers, notes = entered_of(round_, entered, "ana")
    tasks = json.loads((round_folder / "ana.label-studio.json").read_text(encoding="utf-8"))
    config = ET.parse(round_folder / "label-studio.xml").getroot()
    tags = {tag.get("name"): tag for tag in config.iter() if tag.get("toName")}
    assert set(tags) == {*ASKED, "note"} and {tag.get("toName") for tag in tags.values()} == {"sentence"}
    exported = []
    for n, task in enumerate(tasks):
        item = task["data"]["item_id"]
        told, note = answers[item], notes[item].strip()
        if short:
            flat = task["data"] | told | ({"note": note} if note else {})
            exported.append(flat | {"id": n, "annotator": 1, "annotation_id": n, "lead_time": 2.5})
            continue
        result = [
            {"from_name": key, "to_name": "sentence", "type": tags[key].tag.lower(), "value": {"number": value}}
            for key, value in told.items()
        ]
        if note:
            result.append({"from_name": "note", "to_name": "sentence", "type": "textarea", "value": {"text": [note]}})
        skipped = {"result": [{"from_name": "sources", "value": {"number": 1}}], "was_cancelled": True}
        exported.append({"id": n, "data": task["data"], "annotations": [skipped, {"result": result}]})
    path = round_folder.parent / "project-3-at-noon.json"
    path.write_text(json.dumps(exported), encoding="utf-8")
    check(path, round_, answers, {item: plain_cell(note.strip()) for item, note in notes.items()})


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16", "mac_roman"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_csv_that_other_programs_saved_is_read(study: Study, made, encoding: str, delimiter: str):
    told = ("Weir – “holds”, für now", "The weir may hold; Łódź, a diver said.", "It rained • again.")
    folder = made.draw(study, annotations=made.annotate(sentences=told))
    round_ = read_round(folder)
    rows = made.fill(folder, "ana", lambda row: {"sources": "1", "anonymous": str(int(row["number"]) % 2)})
    renamed = {"item_id": "Item ID", "sources": " SOURCES ", "anonymous": "Anonymous", "sentence": "Sentence"}
    columns = ["anonymous", *(name for name in rows[0] if name != "anonymous")]
    changed = [{renamed.get(name, name): row[name] for name in columns} | {"my own": "x"} for row in rows]
    path = folder / "ana.csv"
    made.write_rows(path, sorted(changed, key=lambda row: row["Item ID"]), encoding, delimiter)
    found = read_sheets([path], round_)
    assert [m for m in found.mistakes if m.file == "ana.csv"] == []
    number = round_.key.set_index("item_id").number
    assert len(found.codes) == 2 * len(round_.key)
    for row in found.codes[found.codes.question == "anonymous"].itertuples():
        assert row.value == number[row.item_id] % 2


def test_the_line_that_names_the_delimiter_is_no_row(study: Study, made):
    folder = made.draw(study)
    made.fill(folder, "ana", {"sources": "2", "anonymous": "x"})
    rows = made.read_rows(folder / "ana.csv")
    made.write_rows(folder / "ana.csv", rows, "cp1252", ";")
    (folder / "ana.csv").write_bytes(b"sep=;\r\n" + (folder / "ana.csv").read_bytes())
    found = read_sheets([folder / "ana.csv"], read_round(folder))
    assert set(found.codes.value) == {2} and found.mistakes[0].column == "anonymous"


def test_sheets_are_blind(study: Study, made):
    folder = made.draw(study, formats=("csv", "xlsx", "label-studio"))
    told = (folder / "ana.csv").read_text("utf-8") + (folder / "ana.label-studio.json").read_text("utf-8")
    for sheet in openpyxl.load_workbook(folder / "ana.xlsx"):
        told += " ".join(str(cell) for row in sheet.iter_rows(values_only=True) for cell in row)
    for hidden in ("outlet-", "event-", "article-0", "example", "http", "inclusion"):
        assert hidden not in told
    key = (folder / "sample.csv").read_text("utf-8")
    assert "outlet-1" in key and not any(sentence in key for sentence in made.SENTENCES)


def test_each_coder_has_an_order_of_articles_and_sentences_stay_in_text_order(study: Study, made):
    folder = made.draw(study, articles=4)
    orders = {}
    for coder in ("ana", "ben"):
        rows = made.read_rows(folder / f"{coder}.csv")
        orders[coder] = list(dict.fromkeys(row["article"] for row in rows))
        for article in orders[coder]:
            assert [row["number"] for row in rows if row["article"] == article] == ["1", "2", "3", "4"]
    assert orders["ana"] != orders["ben"] and sorted(orders["ana"]) == sorted(orders["ben"])
    assert orders["ana"] != sorted(orders["ana"])


def test_no_text_becomes_a_formula(study: Study, made):
    folder = made.draw(study, formats=("csv", "xlsx", "label-studio"))
    raw = (folder / "ana.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    cells = [cell for row in made.read_rows(folder / "ana.csv") for cell in row.values()]
    assert "'=Nobody was hurt, and nobody fled." in cells and "'- It rained again." in cells
    assert not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)
    sheet = openpyxl.load_workbook(folder / "ana.xlsx")["Coding"]
    found = [cell for row in sheet.iter_rows() for cell in row if str(cell.value).startswith(("=", "-", "'"))]
    assert {cell.value for cell in found} == {"=Nobody was hurt, and nobody fled.", "- It rained again."}
    assert all(cell.data_type == "s" and cell.quotePrefix for cell in found)


def test_a_sentence_is_known_again_in_another_encoding_but_not_with_other_words():
    sentence = "The “weir” – says Łukasz – held, 3 times."
    for encoding in ("cp1252", "ascii", "latin-1"):
        assert sentence_hash(sentence.encode(encoding, "replace").decode(encoding)) == sentence_hash(sentence)
    assert sentence_hash(sentence.encode().decode("cp1252", "replace")) == sentence_hash(sentence)
    assert sentence_hash(sentence.replace("3", "4")) != sentence_hash(sentence)


def test_a_workbook_looks_as_coders_need_it(study: Study, made):
    folder = made.draw(study, "anonymous", formats=("xlsx",))
    book = openpyxl.load_workbook(folder / "ana.xlsx")
    sheet, about = book.worksheets
    assert [cell.value for cell in sheet[1]] == ["item_id", "article", "number", "before", "sentence", "after",
                                                "sources", "anonymous", "note", "coder"]  # fmt: skip
    assert sheet.freeze_panes == "A2" and sheet.protection.sheet and sheet["E2"].alignment.wrap_text
    assert [cell.protection.locked for cell in sheet[2]] == [True] * 6 + [False] * 3 + [True]
    assert sheet["A2"].fill.fgColor.rgb != sheet["G2"].fill.fgColor.rgb
    checks = {str(check.sqref): check for check in sheet.data_validations.dataValidation}
    assert set(checks) == {"G2:G25", "H2:H25"}
    for check in checks.values():
        assert (check.type, check.operator, check.formula1) == ("whole", "greaterThanOrEqual", "0")
        assert len(check.promptTitle) <= 32 and len(check.prompt) <= 255
    told = "\n".join(str(row[0].value) for row in about.iter_rows())
    assert "How many of the sources are anonymous?" in told and "`" not in told


def test_the_same_round_gives_the_same_bytes(study: Study, made, tmp_path: Path):
    formats = ("csv", "xlsx", "label-studio")
    one = made.whole_folder(made.draw(study, formats=formats))
    (tmp_path / "again").mkdir()
    other = made.whole_folder(made.draw(made.open_empty(tmp_path / "again"), formats=formats))
    assert one == other and len(one) == 3 + 1 + 2 * 3


def test_a_round_is_never_written_over(study: Study, made):
    folder = made.draw(study)
    before = made.whole_folder(folder)
    with pytest.raises(CodingError, match="is there already and stays as it is; draw --round round-2"):
        made.draw(study, seed=5)
    assert made.whole_folder(folder) == before
    assert made.draw(study, name="round-2").name == "round-2"
    assert [path.name for path in folder.parent.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("coders", [("ana", "Ana"), ("sample",), ("../ana",), ("",), ("model a",)])
def test_coders_whose_sheets_could_not_be_told_apart_are_refused(study: Study, made, coders: tuple[str, ...]):
    with pytest.raises(ValueError, match=r"same name|cannot be the name of a coder"):
        made.draw(study, coders=coders)
    assert not (study.folder / "coding").exists()


def test_a_study_without_text_cannot_be_coded(study: Study, made):
    with pytest.raises(CodingError, match="without its texts, and sentences are what is coded"):
        made.draw(study, annotations=made.annotate().without_text())


def test_text_that_no_sheet_can_hold_is_made_fit(study: Study, made):
    told = ("Weir\x07 holds", "It rained\u2028and\trained.", "\ud800 It\u00a0rained \x00on.")
    folder = made.draw(study, annotations=made.annotate(sentences=told), formats=("csv", "xlsx"))
    found = {row["sentence"] for row in made.read_rows(folder / "ana.csv")}
    assert found == {"Weir holds", "It rained and rained.", "? It rained on."}
    made.fill(folder, "ana", {"sources": "0", "anonymous": "0"})
    assert all(mistake.file != "ana.csv" for mistake in read_sheets([folder / "ana.csv"], read_round(folder)).mistakes)


def test_rows_and_columns_of_a_coder_fit_each_other(study: Study, made, tmp_path: Path):
    folder = made.draw(study)
    round_ = read_round(folder)
    wording = round_.key[["item_id"]].assign(before="", sentence="It rained.", after="")
    rows = coder_rows(round_.key, wording, round_.questions, "ana", seed=0)
    columns = columns_of(round_.questions)
    assert all(list(row) == columns for row in rows)
    write_csv(tmp_path / "a.csv", columns, rows)
    write_xlsx(tmp_path / "a.xlsx", columns, rows, answers_of(round_.questions))
    assert len(made.read_rows(tmp_path / "a.csv")) == openpyxl.load_workbook(tmp_path / "a.xlsx").active.max_row - 1
