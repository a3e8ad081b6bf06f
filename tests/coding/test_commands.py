"""samestory code and samestory agree, as a user runs them."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from samestory.coding import human_values
from samestory.study import open_study


def test_from_articles_to_values(text_study: Path, tmp_path: Path, say, made):
    asked = ("--measures", "anonymous,hedge_outlet", "--coders", "ana,ben", "--results", tmp_path / "results")
    code, out, err = say("code", text_study, *asked, "--articles", "1", "--format", "csv,xlsx,label-studio")
    assert (code, err) == (0, "")
    folder = text_study / "coding" / "round-1"
    for line in (
        "round-1: 2 articles drawn by outlet, ",
        "  lantern: 1 of 2 articles",
        "answers to a sentence: sources, anonymous, hedge_outlet",
        " articles, about 0.",
        "hedge_outlet: the words of each voice are the machine's, unless attributed_words is coded too",
        f"  samestory agree {folder}",
        f'samestory.coding.view("{folder / "ana.csv"}")',
    ):
        assert line in out
    assert {path.name for path in folder.iterdir()} == {
        "sample.csv", "codebook.md", "round.json", "label-studio.xml", "ana.csv", "ana.xlsx", "ana.label-studio.json",
        "ben.csv", "ben.xlsx", "ben.label-studio.json",
    }  # fmt: skip
    answers = {"sources": "1", "anonymous": "0", "hedge_outlet": "0"}
    made.fill(folder, "ana", answers)
    book = openpyxl.load_workbook(folder / "ben.xlsx")
    for row in book["Coding"].iter_rows(min_row=2, min_col=7, max_col=9):
        for cell, value in zip(row, (1, 1, 0), strict=True):
            cell.value = value
    book.save(tmp_path / "ben (1).xlsx")
    code, out, err = say("agree", folder, folder / "ana.csv", tmp_path / "ben (1).xlsx")
    assert (code, err) == (0, "") and "; 0 mistakes or gaps" in out
    assert "agreement between coders (Krippendorff's alpha" in out
    assert f"decide them in {folder / 'adjudication.xlsx'}, column decision" in out
    values = human_values(open_study(text_study, tmp_path / "results"))
    assert set(values.measure) == {"anonymous", "hedge_outlet"} and values.article_id.nunique() == 2
    code, out, _ = say("agree", folder, "--coders", "model")
    assert code == 1 and "ben.csv: nothing is coded yet" in out
    again = say("code", text_study, *asked, "--articles", "1")
    assert again[0] == 1 and "draw --round round-2" in again[2]


def test_many_mistakes_are_cut_on_the_console_and_whole_in_the_file(study, made, say):
    folder = made.draw(study, articles=4)
    for coder in ("ana", "ben"):
        made.fill(folder, coder, {"sources": "x", "anonymous": "0"})
    code, out, _ = say("agree", folder)
    assert code == 1 and out.count("is not a whole number") == 20 and "and 76 more in " in out
    assert len((folder / "mistakes.csv").read_text("utf-8").splitlines()) == 97


def test_a_text_free_study_cannot_be_coded(shipped_study: Path, tmp_path: Path, say):
    code, _, err = say(
        "code", shipped_study, "--measures", "labels", "--coders", "ana", "--results", tmp_path / "results"
    )
    assert code == 1 and "the study is here without its texts" in err and "--texts" in err
    assert not (shipped_study / "coding").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (
            ("--measures", "anonymus"),
            "no measure is named 'anonymus' (did you mean 'anonymous'?); the measures are",
        ),
        (("--measures", ","), "name the measures to code"),
        (("--coders", "a b"), "'a b' cannot be the name of a coder"),
        (("--coders", ","), "name the coders"),
        (("--coders", "ana,ana"), "'ana,ana' names a coder twice"),
        (("--plan", "0"), "--plan takes a difference above 0"),
        (("--articles", "0"), "'0' is not a whole number of at least 1"),
        (("--overlap", "2"), "'2' is not a share from 0 to 1"),
        (("--overlap", "all"), "'all' is not a share from 0 to 1"),
        (("--round", "../x"), "'../x' cannot be the name of a round"),
        (("--format", "docx"), "sheets are written as csv, xlsx, label-studio"),
        (("--by", "event"), "--by event takes --events alone"),
        (("--by", "event", "--events", "3", "--articles", "2"), "--by event takes --events alone"),
        (("--by", "both", "--events", "3"), "--by both takes both --articles and --events"),
        (("--by", "outlet", "--events", "3"), "--by outlet takes --articles alone"),
    ],
)
def test_wrong_usage_is_2(arguments: tuple[str, ...], said: str, say):
    code, _, err = say("code", "x", "--measures", "labels", "--coders", "ana", *arguments)
    assert code == 2 and said in err


def test_sheets_of_no_round_are_1(tmp_path: Path, say):
    (tmp_path / "ana.csv").write_text("item_id\n", encoding="utf-8")
    code, _, err = say("agree", tmp_path / "ana.csv")
    assert code == 1 and err.startswith("samestory: ") and "no sample.csv beside these sheets" in err


def test_by_event_all_articles_of_the_drawn_events_are_coded(text_study: Path, tmp_path: Path, say):
    code, out, _ = say(
        "code", text_study, "--measures", "labels", "--coders", "ana", "--events", "1", "--by", "event", "--results",
        tmp_path / "results",
    )  # fmt: skip
    assert code == 0 and "2 articles drawn by event" in out and "  wire: 1 of 2 articles" in out
