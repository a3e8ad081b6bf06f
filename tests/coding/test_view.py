"""The coding view: a coder works through the widgets, and the CSV holds what was answered at every step."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.coding import CodingError, view
from samestory.coding.reading import read_sheets
from samestory.coding.rounds import read_round
from samestory.coding.session import answer, open_session
from samestory.coding.widgets import CodingView
from samestory.study import Study


@pytest.fixture
def sheet(study: Study, made) -> Path:
    """A sheet of 12 sentences that asks for sources and how many of them are anonymous."""
    return made.draw(study, articles=1) / "ana.csv"


def enter(shown: CodingView, **answers: str) -> None:
    for key, value in answers.items():
        shown.panel.answers[key].value = value


def test_it_shows_the_sentence_in_its_context_and_the_questions(sheet: Path, made):
    shown = view(sheet)
    row = made.read_rows(sheet)[0]
    assert "1 of 12" in shown.progress.value and "0 coded" in shown.progress.value
    assert f"article {row['article']}, sentence 1" in shown.progress.value
    assert f">{row['sentence']}</p>" in shown.sentence.value and f">{row['after']}</p>" in shown.sentence.value
    told = " ".join(child.value for box in shown.panel.box.children[:2] for child in box.children[1:])
    assert "How many sources?" in told and "How many of the sources are anonymous?" in told


def test_every_answer_is_in_the_file_at_once(sheet: Path, made):
    shown = view(sheet)
    enter(shown, sources="2")
    assert made.read_rows(sheet)[0]["sources"] == "2" and "saved" in shown.message.value
    enter(shown, anonymous="1")
    shown.panel.note.value = "the “aide”?"
    assert (
        made.read_rows(sheet)[0] | {"sources": "2", "anonymous": "1", "note": "the “aide”?"} == made.read_rows(sheet)[0]
    )
    assert "1 coded" in shown.progress.value


def test_next_and_back_keep_what_was_answered(sheet: Path, made):
    shown = view(sheet)
    enter(shown, sources="2", anonymous="1")
    shown.next.click()
    assert shown.place == 1 and "2 of 12" in shown.progress.value
    assert [field.value for field in shown.panel.answers.values()] == ["", ""]
    enter(shown, sources="0", anonymous="0")
    shown.back.click()
    assert shown.place == 0 and [field.value for field in shown.panel.answers.values()] == ["2", "1"]
    assert shown.back.disabled
    assert [row["sources"] for row in made.read_rows(sheet)[:3]] == ["2", "0", ""]


def test_empty_is_not_zero_unless_the_coder_says_so(sheet: Path, made):
    shown = view(sheet)
    shown.next.click()
    assert made.read_rows(sheet)[0]["sources"] == ""
    enter(shown, sources="1")
    shown.zeros.click()
    assert shown.place == 2
    assert [made.read_rows(sheet)[1][key] for key in ("sources", "anonymous")] == ["1", "0"]


def test_next_uncoded_goes_round_and_opening_again_goes_on(sheet: Path):
    shown = view(sheet)
    shown.next.click()
    for _ in range(10):
        shown.zeros.click()
    assert shown.place == 11 and "10 coded" in shown.progress.value
    again = view(sheet)
    assert again.place == 0
    again.zeros.click()
    assert view(sheet).place == 11
    again.uncoded.click()
    assert again.place == 11
    again.zeros.click()
    assert "All are coded." in again.message.value
    again.uncoded.click()
    assert "All sentences are coded." in again.message.value and view(sheet).place == 0


def test_after_the_last_it_says_how_many_are_left(sheet: Path):
    shown = view(sheet)
    for _ in range(11):
        shown.next.click()
    shown.next.click()
    assert shown.place == 11 and "12 are not coded yet" in shown.message.value


@pytest.mark.parametrize(
    ("answers", "said"),
    [
        ({"sources": "two"}, "is not a whole number"),
        ({"sources": "-1"}, "is negative"),
        ({"sources": "1", "anonymous": "2"}, "anonymous: 2 is more than sources, 1"),
        ({"sources": "70"}, "more than the sentence has words"),
    ],
)
def test_an_answer_that_cannot_be_is_not_saved_and_holds_the_coder_back(sheet: Path, made, answers: dict, said: str):
    shown = view(sheet)
    enter(shown, **answers)
    assert said in shown.message.value and "not saved" in shown.message.value
    shown.next.click()
    assert shown.place == 0 and said in shown.message.value
    last = list(answers)[-1]
    assert made.read_rows(sheet)[0][last] == ""
    enter(shown, **dict.fromkeys(answers, "0"))
    shown.next.click()
    assert shown.place == 1 and made.read_rows(sheet)[0][last] == "0"


def test_enter_goes_on(sheet: Path, made):
    shown = view(sheet)
    field = shown.panel.answers["sources"]
    field.value = "1"
    field._handle_custom_msg({"event": "submit"}, [])
    assert shown.place == 1 and made.read_rows(sheet)[0]["sources"] == "1"


def test_what_arrives_after_the_click_belongs_to_the_sentence_it_was_typed_for(sheet: Path, made):
    shown = view(sheet)
    late = shown.panel.answers["sources"]
    shown.next.click()
    late.value = "2"
    assert [row["sources"] for row in made.read_rows(sheet)[:2]] == ["2", ""]
    assert shown.panel.answers["sources"].value == "" and shown.place == 1


def test_one_panel_is_shown_at_a_time(sheet: Path):
    shown = view(sheet)
    for _ in range(3):
        assert (shown.panel.box.layout.display, shown.other.box.layout.display) == ("", "none")
        shown.next.click()


def test_text_is_escaped(study: Study, made):
    told = ("<b>Weir</b> & <script>alert(1)</script>", "It & <i>rained</i>.")
    shown = view(made.draw(study, articles=1, annotations=made.annotate(sentences=told)) / "ana.csv")
    assert "&lt;script&gt;" in shown.sentence.value and "<script>" not in shown.sentence.value
    assert "&lt;i&gt;rained" in shown.sentence.value


def test_guarded_text_and_notes_are_shown_as_they_were(sheet: Path, made):
    shown = view(sheet)
    place = next(n for n, row in enumerate(made.read_rows(sheet)) if row["sentence"].startswith("'="))
    for _ in range(place):
        shown.next.click()
    assert ">=Nobody was hurt" in shown.sentence.value
    shown.panel.note.value = "=what?"
    assert made.read_rows(sheet)[place]["note"] == "'=what?"
    shown.back.click()
    shown.next.click()
    assert shown.panel.note.value == "=what?"


def test_a_file_that_another_program_changed_is_not_written_over(sheet: Path, made):
    shown = view(sheet)
    rows = made.read_rows(sheet)
    rows[5]["sources"] = "1"
    made.write_rows(sheet, rows)
    before = sheet.read_bytes()
    enter(shown, sources="2")
    assert "changed by another program" in shown.message.value and sheet.read_bytes() == before
    assert view(sheet).session.rows[5]["sources"] == "1"


def test_what_the_view_saved_is_read_as_any_sheet(sheet: Path):
    shown = view(sheet)
    for n in range(12):
        enter(shown, sources=str(n % 3))
        shown.zeros.click()
    found = read_sheets([sheet], read_round(sheet.parent))
    assert len(found.codes) == 24 and [m.file for m in found.mistakes] == ["ben"]
    assert sorted(found.codes[found.codes.question == "sources"].value) == sorted([0, 1, 2] * 4)


def test_columns_of_the_coders_own_and_the_order_of_rows_are_kept(sheet: Path, made):
    rows = [row | {"mine": str(n)} for n, row in enumerate(reversed(made.read_rows(sheet)))]
    made.write_rows(sheet, rows, "cp1252", ";")
    session = answer(open_session(sheet), 3, {"sources": "1", "anonymous": "0"}, "so")
    assert made.read_rows(sheet) == [*rows[:3], rows[3] | {"sources": "1", "anonymous": "0", "note": "so"}, *rows[4:]]
    assert session.n_coded == 1


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda rows: [*rows, rows[0]], "an item stands in it twice"),
        (lambda rows: [{"item_id": row["item_id"]} for row in rows], "there is nothing to code in it"),
        (lambda rows: [{"a": "b"}], "has no column item_id"),
    ],
)
def test_what_is_no_sheet_is_refused(sheet: Path, made, change, said: str):
    made.write_rows(sheet, change(made.read_rows(sheet)))
    with pytest.raises(CodingError, match=said):
        view(sheet)
    with pytest.raises(CodingError, match="no such file"):
        view(sheet.with_name("zoe.csv"))
