"""Which studies there are, and how far they have come."""

from __future__ import annotations

from pathlib import Path

import pytest

from samestory.lab import find_studies, studies_table
from samestory.study import Study


def listed(root: Path, results: Path) -> dict[str, dict[str, object]]:
    data = studies_table([root], results).data
    return {Path(row["study"]).name: row for row in data.to_dict("records")}


def test_a_study_is_told_with_its_numbers_and_state(study: Study, tmp_path: Path):
    row = listed(tmp_path, tmp_path / "results")["small"]
    assert (row["events"], row["outlets"], row["articles"]) == (2, 2, 4)
    assert row["texts"] is True and row["results"] == "current"
    study.folder.joinpath("articles", "ferry", "wire.txt").write_text("Ferry found\n\nIt floats.\n", encoding="utf-8")
    assert listed(tmp_path, tmp_path / "results")["small"]["results"] == "older than the study"


def test_a_study_that_was_never_annotated_has_no_numbers(text_study: Path, tmp_path: Path):
    row = listed(tmp_path, tmp_path / "elsewhere")["small"]
    assert row["articles"] is None and row["results"] == "none yet"
    assert "–" in repr(studies_table([tmp_path], tmp_path / "elsewhere"))


def test_a_text_free_study_is_told_from_its_shipped_tables(shipped_study: Path, tmp_path: Path):
    row = listed(tmp_path, tmp_path / "elsewhere")["small"]
    assert (row["articles"], row["texts"]) == (4, False)


def test_studies_are_found_below_and_in_order_hidden_folders_left_out(text_study: Path, tmp_path: Path):
    text = (text_study / "study.toml").read_text(encoding="utf-8")
    for place in ("b/deep", "a", ".hidden/x", "b/deep/inside"):
        (tmp_path / "more" / place).mkdir(parents=True, exist_ok=True)
        (tmp_path / "more" / place / "study.toml").write_text(text, encoding="utf-8")
    found = find_studies([tmp_path / "more", text_study / ".."], tmp_path / "results")
    assert [study.folder.relative_to(tmp_path).as_posix() for study in found] == ["more/a", "more/b/deep", "small"]


def test_a_study_that_cannot_be_read_is_named_and_the_others_are_told(text_study: Path, tmp_path: Path):
    broken = tmp_path / "broken"
    broken.mkdir()
    (broken / "study.toml").write_text("[study\n", encoding="utf-8")
    shown = studies_table([tmp_path], tmp_path / "results")
    assert len(shown.data) == 1 and "not readable" in shown.caption and "broken" in shown.caption


def test_a_folder_that_is_not_there_is_named(tmp_path: Path):
    with pytest.raises(FileNotFoundError, match="nowhere: no such folder to look for studies in"):
        find_studies([tmp_path / "nowhere"])
