"""Agreement, adjudication and values: what a round says once its sheets are read."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from samestory.coders import BETWEEN_BOTH, BETWEEN_MODELS, BETWEEN_PEOPLE
from samestory.coding import CodingError, human_values, unread_rounds
from samestory.coding.outcome import Outcome, describe, read_outcome
from samestory.statistics import alpha_interval, krippendorff_alpha
from samestory.study import Study


def of(data: pd.DataFrame, **wanted: object) -> pd.DataFrame:
    for name, value in wanted.items():
        data = data[data[name] == value]
    return data


def by_number(coder: str):
    """Ana finds a source in the second sentence; ben in the second and, in article A01, the third; carl two in all."""

    def answers(row: dict[str, str]) -> dict[str, str]:
        found = {
            "ana": int(row["number"] == "2"),
            "ben": int(row["number"] == "2" or (row["number"] == "3" and row["article"] == "A01")),
            "carl": 2,
        }[coder]
        return {"sources": str(found), "anonymous": "0"}

    return answers


@pytest.fixture
def folder(study: Study, made) -> Path:
    path = made.draw(study, articles=4)
    for coder in ("ana", "ben"):
        made.fill(path, coder, by_number(coder))
    return path


def decide(folder: Path, values: list[object]) -> None:
    """Fill in decisions, row by row."""
    path = folder / "adjudication.csv"
    data = pd.read_csv(path, dtype="string", keep_default_na=False)
    data.loc[range(len(values)), "decision"] = values
    data.to_csv(path, index=False)


def test_agreement_is_that_of_the_counts_over_articles(folder: Path):
    found = read_outcome([folder])
    round_, codes = found.round, found.codings.codes
    table = codes[codes.question == "sources"].pivot(index="item_id", columns="coder", values="value")
    articles = round_.key.set_index("item_id").article_id[table.index].tolist()
    ratings = [list(map(int, row)) for row in table.itertuples(index=False)]
    for level in ("nominal", "ordinal", "interval"):
        row = of(found.agreement, question="sources", level=level).iloc[0]
        assert row.alpha == pytest.approx(krippendorff_alpha(ratings, level), abs=1e-4)
        expected = alpha_interval(ratings, level, articles)
        assert (row.low, row.high) == pytest.approx((expected.low, expected.high), abs=1e-4)
        assert (row.n_items, row.n_articles, row.n_coders, row.between_whom) == (48, 12, 2, BETWEEN_PEOPLE)
        assert row.agreement == pytest.approx(47 / 48, abs=1e-4)
    silent = of(found.agreement, question="anonymous", level="interval").iloc[0]
    assert pd.isna(silent.alpha) and silent.agreement == 1 and "all codes are the same" in silent.why_not


def test_confusion_and_totals_say_who_counts_more(folder: Path):
    found = read_outcome([folder])
    table = of(found.confusion, question="sources").set_index(["value", "other_value"]).n.to_dict()
    assert table == {("0", "0"): 35, ("0", "1"): 1, ("1", "1"): 12}
    totals = of(found.totals, question="sources").set_index("coder")
    assert totals.total.to_dict() == {"ana": 12, "ben": 13} and totals.others_total.to_dict() == {"ana": 13, "ben": 12}


def test_counts_from_three_on_are_one_in_the_confusion(study: Study, made):
    told = ("Weir holds", "One two three four five six seven eight nine.")
    folder = made.draw(study, annotations=made.annotate(sentences=told))
    made.fill(folder, "ana", lambda row: {"sources": "3" if row["number"] == "2" else "1", "anonymous": "0"})
    made.fill(folder, "ben", lambda row: {"sources": "7" if row["number"] == "2" else "1", "anonymous": "0"})
    found = of(read_outcome([folder]).confusion, question="sources")
    assert dict(zip(found.value, found.other_value, strict=True)) == {"1": "1", "3+": "3+"}


def test_three_coders_of_whom_some_are_silent(study: Study, made):
    folder = made.draw(study, coders=("ana", "ben", "carl"), articles=4, overlap=0.5)
    for coder in ("ana", "ben", "carl"):
        answers = by_number(coder)
        made.fill(folder, coder, lambda row, a=answers, c=coder: a(row) if (c, row["number"]) != ("carl", "1") else {})
    found = read_outcome([folder])
    row = of(found.agreement, question="sources", level="interval").iloc[0]
    assert (row.n_items, row.n_articles, row.n_coders) == (24, 6, 3)
    codes = of(found.codings.codes, question="sources")
    shared = found.round.key[found.round.key.coders.str.contains(";")].item_id
    table = codes[codes.item_id.isin(shared)].pivot(index="item_id", columns="coder", values="value")
    ratings = [[None if pd.isna(v) else int(v) for v in row] for row in table.itertuples(index=False)]
    assert row.alpha == pytest.approx(krippendorff_alpha(ratings, "interval"), abs=1e-4)
    assert {mistake.what for mistake in found.mistakes} == {"not coded"}
    assert set(found.confusion[["coder", "other"]].itertuples(index=False, name=None)) == {
        ("ana", "ben"), ("ana", "carl"), ("ben", "carl"),
    }  # fmt: skip


def test_too_few_articles_have_no_interval(study: Study, made):
    folder = made.draw(study, articles=1)
    for coder in ("ana", "ben"):
        made.fill(folder, coder, by_number(coder))
    row = of(read_outcome([folder]).agreement, question="sources", level="nominal").iloc[0]
    assert not pd.isna(row.alpha) and pd.isna(row.low)
    assert row.why_not == "an interval needs 6 articles, 3 were coded twice"


@pytest.mark.parametrize(
    ("coders", "models", "said"),
    [
        (("ana", "ben"), False, BETWEEN_PEOPLE),
        (("ana", "ben"), True, BETWEEN_MODELS),
        (("model-a", "model-b"), False, BETWEEN_MODELS),
        (("ana", "model-b"), False, BETWEEN_BOTH),
    ],
)
def test_between_whom_is_said_wherever_agreement_is_shown(study: Study, made, coders, models: bool, said: str):
    folder = made.draw(study, coders=coders)
    for coder in coders:
        made.fill(folder, coder, {"sources": "1", "anonymous": "0"})
    found = read_outcome([folder], models=models)
    assert set(found.agreement.between_whom) == {said}
    assert any(line.startswith(f"agreement {said} (") for line in describe(found))


def test_where_coders_differ_stands_in_the_adjudication_sheet(folder: Path, made):
    read_outcome([folder])
    rows = made.read_rows(folder / "adjudication.csv")
    assert [(row["article"], row["number"], row["question"], row["ana"], row["ben"], row["decision"])
            for row in rows] == [("A01", "3", "sources", "0", "1", "")]  # fmt: skip
    assert rows[0]["sentence"] == "'- It rained again." and rows[0]["asked"] == "How many sources?"


def value(found: Outcome, article: str, measure: str = "anonymous"):
    article_id = found.round.key.set_index("article").article_id[article].iloc[0]
    return of(found.values, article_id=article_id, measure=measure).iloc[0]


def test_values_take_the_mean_until_it_is_decided(folder: Path):
    found = read_outcome([folder])
    row = value(found, "A01")
    assert (row.numerator, row.denominator, row.undecided, row.n_coders, row.n_sentences) == (0, 1.5, 1, 2, 4)
    decide(folder, ["1"])
    found = read_outcome([folder])
    row = value(found, "A01")
    assert (row.denominator, row.undecided) == (2, 0)
    assert not any("nobody has decided" in line for line in describe(found))
    assert value(found, "A02").denominator == 1 and set(found.values.inclusion) == {1.0}


def test_decisions_are_never_lost(folder: Path, made):
    read_outcome([folder])
    decide(folder, ["1"])
    made.fill(folder, "ana", lambda row: {"sources": "1"} if row["number"] == "1" else {})
    read_outcome([folder])
    rows = made.read_rows(folder / "adjudication.csv")
    assert len(rows) == 13 and [row["decision"] for row in rows if row["decision"]] == ["1"]
    made.fill(folder, "ana", by_number("ben"))
    made.fill(folder, "ana", lambda row: {"sources": "0"} if row["number"] == "1" else {})
    found = read_outcome([folder])
    rows = made.read_rows(folder / "adjudication.csv")
    assert [(row["ana"], row["ben"], row["decision"]) for row in rows] == [("1", "1", "1")]
    assert len(found.codings.decisions) == 1


def test_mistakes_in_decisions_are_named_and_the_sheet_is_left_alone(folder: Path, made):
    made.fill(folder, "ana", lambda row: {"sources": "1"} if row["number"] == "1" else {})
    read_outcome([folder])
    decide(folder, ["x", "1", "-1", "99"])
    rows = made.read_rows(folder / "adjudication.csv")
    rows[4]["item_id"], rows[5]["question"] = "s0", "quoted"
    made.write_rows(folder / "adjudication.csv", [*rows, rows[1] | {"decision": "0"}])
    before = (folder / "adjudication.csv").read_bytes()
    found = read_outcome([folder])
    told = [str(mistake) for mistake in found.mistakes]
    assert told[0] == "adjudication.csv, row 2, decision: 'x' is not a whole number"
    assert told[1] == "adjudication.csv, row 4, decision: -1 is negative"
    assert told[2].startswith("adjudication.csv, row 5, decision: 99 is more than the sentence has words")
    assert told[3:5] == [
        "adjudication.csv, row 6, item_id: there is no item s0 in round-1",
        "adjudication.csv, row 7, question: quoted is not asked in the round",
    ]
    assert told[5].startswith("adjudication.csv, row 15, decision: 0, but another row says 1") and len(told) == 6
    assert len(found.codings.decisions) == 0 and (folder / "adjudication.csv").read_bytes() == before
    assert any("was left as it is" in line for line in describe(found))


def test_with_workbooks_the_adjudication_is_one_too(study: Study, made):
    folder = made.draw(study, formats=("csv", "xlsx"))
    for coder in ("ana", "ben"):
        made.fill(folder, coder, by_number(coder))
    read_outcome([folder])
    assert not (folder / "adjudication.csv").exists()
    book = openpyxl.load_workbook(folder / "adjudication.xlsx")
    sheet = book.active
    place = {cell.value: cell.column for cell in sheet[1]}
    assert sheet.cell(2, place["sentence"]).value == "- It rained again."
    sheet.cell(2, place["decision"]).value = 0
    sheet.cell(2, place["note"]).value = "weather is no source"
    book.save(folder / "adjudication.xlsx")
    found = read_outcome([folder])
    assert found.codings.decisions.value.tolist() == [0]
    kept = openpyxl.load_workbook(folder / "adjudication.xlsx").active
    assert [kept.cell(2, place[name]).value for name in ("decision", "note")] == [0, "weather is no source"]


def test_of_drawn_sentences_the_sums_are_weighted_up(study: Study, made):
    folder = made.draw(study, "anonymous", "labels", "attributed_words", "hedge_outlet", "hedge_source", sentences=2)
    told = {"sources": "1", "anonymous": "0", "labels": "2", "attributed_words": "1", "hedge_outlet": "1",
            "hedge_source": "0"}  # fmt: skip
    made.fill(folder, "ana", told)
    found = read_outcome([folder / "ana.csv"])
    n_words = found.round.key[found.round.key.article == "A01"].n_words.sum()
    rows = {name: value(found, "A01", name) for name in found.round.measures}
    assert (rows["anonymous"].numerator, rows["anonymous"].denominator) == (0, 4)
    assert rows["labels"].numerator == 8 and pd.isna(rows["labels"].denominator)
    assert pd.isna(rows["attributed_words"].denominator)
    assert rows["hedge_source"].denominator == 4 and rows["hedge_outlet"].denominator == 2 * n_words - 4
    assert set(found.values.inclusion.round(6)) == {0.5} and set(found.values.n_coders) == {1}
    assert any("agreement needs two coders" in line for line in describe(found))


def test_words_by_voice_are_left_to_the_machine_where_nobody_counts_them(study: Study, made):
    folder = made.draw(study, "hedge_outlet")
    made.fill(folder, "ana", {"hedge_outlet": "1"})
    assert read_outcome([folder / "ana.csv"]).values.denominator.isna().all()


def test_an_article_that_is_not_coded_in_full_has_no_value_yet(folder: Path, made):
    for coder in ("ana", "ben"):
        made.fill(
            folder, coder, lambda row: {"anonymous": ""} if (row["article"], row["number"]) == ("A01", "1") else {}
        )
        made.fill(folder, coder, lambda row: {"anonymous": "", "sources": ""} if row["article"] == "A02" else {})
    found = read_outcome([folder])
    row = value(found, "A01")
    assert pd.isna(row.numerator) and pd.isna(row.denominator) and (row.n_sentences, row.n_missing) == (3, 1)
    assert found.values.article_id.nunique() == 11
    assert any(line.startswith("values of articles: 10 of 12 articles are coded in full") for line in describe(found))


def test_values_of_all_rounds_of_a_study(study: Study, folder: Path, made):
    empty = human_values(study)
    assert empty.empty and unread_rounds(study) == ["round-1"]
    with pytest.raises(CodingError, match=r"no codings.csv there; samestory agree .* writes it"):
        human_values(folder)
    written = read_outcome([folder]).values
    pd.testing.assert_frame_equal(human_values(folder), written)
    other = made.draw(study, "labels", name="round-2")
    made.fill(other, "ana", {"labels": "1"})
    assert unread_rounds(study) == ["round-2"]
    read_outcome([other])
    found = human_values(study)
    assert found["round"].unique().tolist() == ["round-1", "round-2"] and unread_rounds(study) == []
    assert list(found.columns) == list(empty.columns) and found.dtypes.equals(empty.dtypes)


def test_what_is_written_beside_the_sheets_holds_no_text(folder: Path, made):
    read_outcome([folder])
    for name in ("agreement.csv", "confusion.csv", "coders.csv", "codings.csv", "codes.csv", "mistakes.csv"):
        told = (folder / name).read_text("utf-8")
        assert told and not any(sentence in told for sentence in made.SENTENCES)


def test_reading_again_changes_nothing(folder: Path, made):
    read_outcome([folder])
    before = made.whole_folder(folder)
    read_outcome([folder])
    assert made.whole_folder(folder) == before


def test_nothing_coded_yet_says_so(study: Study, made):
    folder = made.draw(study)
    found = read_outcome([folder])
    assert found.values.empty and found.agreement.alpha.isna().all()
    assert "round-1: 0 answers of nobody read; 2 mistakes or gaps" in list(describe(found))


def test_a_decision_that_leaves_more_parts_than_wholes_is_a_mistake(study: Study, made):
    folder = made.draw(study, articles=2)
    for coder, sources in (("ana", "1"), ("ben", "2")):
        made.fill(folder, coder, {"sources": sources, "anonymous": "1"})
    assert not read_outcome([folder]).mistakes
    decide(folder, ["0"])
    (mistake,) = read_outcome([folder]).mistakes
    assert mistake.file == "adjudication.csv" and "anonymous 1 is more than sources 0" in mistake.what


def test_sheets_without_an_answer_take_the_place_of_nothing(folder: Path):
    read_outcome([folder])
    before = {path.name: path.read_bytes() for path in folder.glob("*.csv")}
    found = read_outcome([folder / "codebook.md"])
    assert found.mistakes and not len(found.codings.codes)
    assert {path.name: path.read_bytes() for path in folder.glob("*.csv")} == before


def test_values_say_whether_people_or_models_coded(folder: Path):
    assert set(read_outcome([folder]).values.coded_by) == {"people"}
    assert set(read_outcome([folder], models=True).values.coded_by) == {"models"}
