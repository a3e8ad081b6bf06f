"""Verifying: what was changed, lost or added is named; texts are known by what they say, not by their files."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pandas as pd
import pytest

from samestory.cli import main
from samestory.release import verify_release
from samestory.study import Study, open_study, read_study

TABLES = 15


@pytest.fixture
def copy(released: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(released, tmp_path / "copy"))


def write_copies(study: Study, folder: Path, skip: tuple[str, ...] = ()) -> Path:
    """The study's articles as plain text under names of one's own."""
    folder.mkdir()
    for number, article in enumerate(read_study(study).articles):
        if article.source_file not in skip:
            (folder / f"copy {number}.txt").write_bytes(article.text.encode())
    return folder


def test_with_the_texts_every_table_comes_out_identical(study: Study, released: Path) -> None:
    found = verify_release(released, study.articles)
    assert found.failed == ()
    assert sum(line.endswith(": identical") for line in found.said) == TABLES


def test_plain_copies_under_other_names_and_with_other_line_ends_do_as_well(
    study: Study, released: Path, tmp_path: Path
) -> None:
    folder = write_copies(study, tmp_path / "texts")
    path = folder / "copy 0.txt"
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n") + b"\r\n")
    found = verify_release(released, folder)
    assert found.failed == ()
    assert sum(line.endswith(": identical") for line in found.said) == TABLES
    assert "  but for line ends or white space at the end: 1" in found.said
    assert any("do not tell title, deck and body apart" in line for line in found.said)


def test_without_texts_it_says_what_was_not_verified(released: Path) -> None:
    found = verify_release(released)
    assert found.failed == () and any(line.startswith("not verified: that the tables come out") for line in found.said)


def test_files_changed_missing_and_extra_are_named(copy: Path) -> None:
    with (copy / "DATA_CARD.md").open("a", encoding="utf-8") as file:
        file.write("More.\n")
    (copy / "parameters.json").unlink()
    (copy / "notes.txt").write_text("mine\n", encoding="utf-8")
    (copy / "texts").mkdir()
    (copy / "texts" / "a.txt").write_text("A copy of one's own.\n", encoding="utf-8")
    failed = verify_release(copy).failed
    assert [line.split(":")[0] for line in failed] == ["parameters.json", "DATA_CARD.md", "notes.txt"]
    assert [line for line in failed if "changed since" in line and "DATA_CARD" in line]


def test_a_changed_cell_is_named_with_both_values(copy: Path, study: Study) -> None:
    path = copy / "tables" / "claims.csv"
    claims = pd.read_csv(path, dtype="string")
    at = claims.index[claims.quantity == "9.0"][0]
    claims.assign(quantity=claims.quantity.mask(claims.index == at, "10.0")).to_csv(path, index=False)
    changed, cell = verify_release(copy, study.articles).failed
    assert changed.startswith("tables/claims.csv: changed")
    assert cell == (
        f"claims.csv, line {at + 2}, {claims.article_id[at]}, {claims.claim_id[at]}, column quantity: "
        "10.0 there, 9.0 recomputed"
    )


def test_a_lost_row_and_a_broken_table_are_named(copy: Path, study: Study) -> None:
    path = copy / "tables" / "labels.csv"
    rows = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(rows[:-1]), encoding="utf-8")
    assert f"labels.csv, line {len(rows)}, " in verify_release(copy, study.articles).failed[-1]
    path.write_text("".join(rows).replace("lead", "leading"), encoding="utf-8")
    assert "tables cannot be read: table labels, column position" in verify_release(copy).failed[-1]


def test_measures_of_an_article_that_is_not_there_are_named(copy: Path) -> None:
    path = copy / "tables" / "measures.csv"
    path.write_text(path.read_text(encoding="utf-8") + "nobody,claims,1.0,2.0\n", encoding="utf-8")
    assert "measures.csv, column article_id: no article is named nobody" in verify_release(copy).failed


def test_one_changed_character_and_a_missing_text_leave_the_other_events_to_compare(
    study: Study, released: Path, tmp_path: Path
) -> None:
    """The ferry's articles are changed and missing; lines that the outlet repeats are known from the release."""
    articles = {article.source_file: article for article in read_study(study).articles}
    ferry = sorted(name for name, article in articles.items() if article.event == "ferry")
    folder = write_copies(study, tmp_path / "texts", skip=(ferry[0],))
    changed = next(path for path in folder.iterdir() if path.read_text(encoding="utf-8") == articles[ferry[1]].text)
    changed.write_text(articles[ferry[1]].text.replace("e", "a", 1), encoding="utf-8")
    found = verify_release(released, folder)
    missing, other = sorted(found.failed, key=lambda line: "another text" in line)
    assert missing.startswith(f"{ferry[0]} (") and "text missing" in missing
    assert other.startswith(f"{ferry[1]} (") and f"{changed.name} holds another text" in other
    assert any(line.startswith("tables are compared for 4 of 6 articles") for line in found.said)
    assert sum(line.endswith(": identical") for line in found.said) == TABLES
    told = pd.read_csv(released / "reading.csv", dtype="string")
    assert (
        told.recurring.notna().sum() == 3
    )  # the wire's last line, which two of its stories do not show to be furniture


def test_fields_that_are_elsewhere_are_named(copy: Path, study: Study) -> None:
    path = copy / "reading.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("headline 0-14; ", ""), encoding="utf-8")
    failed = verify_release(copy, study.articles).failed
    assert any("its title, deck and body are not where reading.csv has them" in line for line in failed)


def test_fields_outside_a_text_and_a_file_that_is_none_are_named(copy: Path, study: Study, tmp_path: Path) -> None:
    path = copy / "reading.csv"
    whole = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r"body (\d+)-\d+", r"body \1-9999", whole), encoding="utf-8")
    failed = verify_release(copy, write_copies(study, tmp_path / "texts")).failed
    assert failed[-1].startswith("reading.csv: fields of ") and "lie outside its text" in failed[-1]
    path.write_text(whole.replace("body ", "body: "), encoding="utf-8")
    assert "reading.csv: cannot be read" in verify_release(copy, study.articles).failed[-1]


def test_other_engines_are_told_and_are_no_failure(copy: Path) -> None:
    path = copy / "environment.json"
    made = json.loads(path.read_text(encoding="utf-8")) | {"engines": "0" * 64}
    path.write_text(json.dumps(made), encoding="utf-8")
    found = verify_release(copy)
    assert any(line.startswith("engines: others than the release was made with") for line in found.said)
    assert [line.split(":")[0] for line in found.failed] == ["environment.json"]


def test_nothing_of_the_study_there_is_said_and_no_table_compared(released: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Another story altogether.\n", encoding="utf-8")
    found = verify_release(released, tmp_path)
    assert found.failed[-1] == "no event has all its texts here, so no table could be made again"
    assert "  other texts there, which are none of the release's: 1" in found.said


def test_the_commands_give_0_only_if_all_holds(
    study: Study, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    results = ["--results", str(study.results.parent)]
    assert main(["release", str(study.folder), str(tmp_path / "out"), *results]) == 0
    said = capsys.readouterr().out
    assert "articles, url: 1 cell repeated an article; host and hash kept" in said
    assert f"samestory verify {tmp_path / 'out'} --texts" in said
    assert main(["verify", str(tmp_path / "out")]) == 0
    assert "all that was asked for holds" in capsys.readouterr().out
    (tmp_path / "out" / "notes.txt").write_text("mine\n", encoding="utf-8")
    assert main(["verify", str(tmp_path / "out")]) == 1
    captured = capsys.readouterr()
    assert "failed: notes.txt: no part of the release" in captured.err and "not verified, 1 failed" in captured.out
    assert main(["verify", str(study.folder)]) == 1
    assert "no MANIFEST there" in capsys.readouterr().err
    assert open_study(tmp_path / "out").name == "brask-release"
