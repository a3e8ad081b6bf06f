"""A release: what is in it, what is not, that nothing is published by halves, and that it runs and verifies."""

from __future__ import annotations

import json
import shutil
import subprocess
import tomllib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest
import yaml

from samestory.annotation import read_annotations
from samestory.preparing import is_current, prepare
from samestory.release import ReleaseError, verify_release, write_release
from samestory.study import Study, StudyError, open_study

from .conftest import leaks


def test_it_holds_no_run_of_eight_words_and_no_title(released: Path, texts: list[str]) -> None:
    assert leaks(released, texts) == []
    articles = pd.read_csv(released / "tables" / "articles.csv", dtype="string")
    assert articles.title.isna().all() and not (released / "tables" / "texts.csv").exists()
    assert len(leaks(released.parent, [*texts, (released / "DATA_CARD.md").read_text(encoding="utf-8")])) > 0


def test_addresses_are_cut_to_host_and_hash_where_they_hold_a_title(released: Path) -> None:
    articles = pd.read_csv(released / "tables" / "articles.csv", dtype="string").set_index("article_id")
    cut = articles.url[articles.url.str.contains("#sha256=")]
    assert len(cut) == 1 and cut.str.match(r"https://wire\.example/#sha256=[0-9a-f]{16}$").all()
    assert "https://lantern.example/news/blaze-of-death/" in set(articles.url)


def test_an_event_named_in_an_articles_words_has_a_short_name_everywhere(released: Path) -> None:
    kept = read_annotations(released / "tables")
    (mayor,) = {event for event in kept.articles.event if event.startswith("the_mayor")}
    assert mayor.startswith("the_mayor_of_brask-") and len(mayor) < 30
    assert mayor in set(kept.referents.event)
    assert kept.labels.referent_id.dropna().isin(kept.referents.referent_id).all()
    runs = json.loads((released / "parameters.json").read_text(encoding="utf-8"))["runs"]
    assert {run["event"] for run in runs} == {"ferry", "mill-fire", mayor, None}
    codings = pd.read_csv(released / "coding" / "first" / "codings.csv")
    assert codings.event.tolist() == ["ferry", mayor, "ferry"]


def test_what_was_shortened_is_counted_and_shown(study: Study, released: Path, tmp_path: Path) -> None:
    listed = pd.read_csv(released / "shortened.csv")
    counts = listed.groupby(["table", "column"]).size().to_dict()
    assert counts[("articles", "event")] == 2 and counts[("articles", "url")] == 1
    assert counts[("coding/first/codings.csv", "note")] == 1 and counts[("study.toml", "study.description")] == 1
    made = write_release(study, tmp_path / "again")
    assert made.shortened.set_index(["table", "column"]).cells.to_dict() == counts
    card = (released / "DATA_CARD.md").read_text(encoding="utf-8")
    assert "articles, url: 1 cell repeated an article; host and hash kept" in card


def test_settings_stay_and_files_that_they_name_come_along(study: Study, released: Path) -> None:
    before = tomllib.loads((study.folder / "study.toml").read_text(encoding="utf-8"))
    after = tomllib.loads((released / "study.toml").read_text(encoding="utf-8"))
    assert {name: after[name] for name in before if name != "study"} == {n: before[n] for n in before if n != "study"}
    own = {"name": "brask-release", "articles": "texts", "tables": "tables", "description": "On how nine workers …"}
    assert after["study"] == before["study"] | own
    assert (released / "own.csv").read_bytes() == (study.folder / "own.csv").read_bytes()
    assert not (released / "coding" / "first" / "sheet.csv").exists()


def test_the_same_study_gives_the_same_bytes(study: Study, released: Path, tmp_path: Path) -> None:
    again = write_release(study, tmp_path / "again").folder
    files = {path.relative_to(again): path.read_bytes() for path in again.rglob("*") if path.is_file()}
    assert files == {path.relative_to(released): path.read_bytes() for path in released.rglob("*") if path.is_file()}


def test_the_manifest_is_one_that_sha256sum_checks(released: Path) -> None:
    command = ["sha256sum", "--check", "--strict", "MANIFEST"]
    done = subprocess.run(command, cwd=released, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK\n") == sum(path.is_file() for path in released.rglob("*")) - 1


def test_citation_names_authors_data_and_software(released: Path) -> None:
    cited = yaml.safe_load((released / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["authors"] == [
        {"family-names": "Odd", "given-names": "Kim"},
        {"family-names": "Even", "given-names": "Jo"},
    ]
    assert (cited["cff-version"], cited["type"], cited["title"], cited["license"]) == (
        "1.2.0",
        "dataset",
        "Brask",
        "CC0-1.0",
    )
    assert [one["type"] for one in cited["references"]] == ["software"]


def test_titles_stand_where_they_are_asked_for_and_nowhere_else(study: Study, texts: list[str], tmp_path: Path) -> None:
    folder = write_release(study, tmp_path / "titled", titles=True).folder
    articles = pd.read_csv(folder / "tables" / "articles.csv", dtype="string")
    assert "Mill fire kills nine workers in Brask as doors stay locked" in set(articles.title)
    assert not articles.url.str.contains("sha256").any()
    assert {name for name, _ in leaks(folder, texts)} == {"articles.csv"}
    articles.drop(columns=["title", "url"]).to_csv(folder / "tables" / "articles.csv", index=False)
    assert leaks(folder, texts) == []


def test_it_runs_without_texts_and_comes_out_the_same_with_them(study: Study, released: Path, tmp_path: Path) -> None:
    bare = open_study(released, tmp_path / "results")
    prepare(bare)
    assert is_current(bare) and not bare.has_texts()
    assert study.articles is not None
    full = replace(bare, articles=study.articles, results=tmp_path / "full" / "brask-release")
    prepare(full)  # raises where a table comes out otherwise
    found = full.annotations()
    assert found.texts.text.notna().all() and found.articles.title.notna().all()


@pytest.mark.parametrize(
    ("name", "content", "place"),
    [
        ("own.csv", "frame,words,examples\nblame,denied,\nloss,,A ferry sank on Friday and 30 passengers are missing\n",
         "own.csv, line 3, column examples"),
        ("study.toml", '[study]\nname = "x"\n[outlets.a]\nname = "a ferry sank on friday and\\n30 passengers"\n',
         "study.toml, line 8"),
        ("coding/a-ferry-sank-on-friday-and-30-passengers/codings.csv", "item\n1\n",
         "codings.csv: the file's name"),
    ],
)  # fmt: skip
def test_words_that_are_left_stop_it_with_file_line_and_column(
    name: str, content: str, place: str, study: Study, tmp_path: Path
) -> None:
    folder = tmp_path / "brask"
    shutil.copytree(study.folder, folder)
    (folder / name).parent.mkdir(exist_ok=True)
    (folder / name).write_text(content, encoding="utf-8")
    other = open_study(folder, tmp_path / "results")
    with pytest.raises(ReleaseError) as raised:
        write_release(other, tmp_path / "out")
    assert place in str(raised.value) and "nothing was written" in str(raised.value)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["brask", "results"]


def test_a_folder_that_holds_something_and_a_study_without_texts_are_refused(
    study: Study, released: Path, tmp_path: Path
) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(ReleaseError, match="is there already and not empty"):
        write_release(study, tmp_path / "out")
    with pytest.raises(StudyError, match="they are not here"):
        write_release(open_study(released, tmp_path / "results"), tmp_path / "new")
    assert (tmp_path / "out" / "mine.txt").read_text(encoding="utf-8") == "mine"
    (tmp_path / "empty").mkdir()
    assert verify_release(write_release(study, tmp_path / "empty").folder).failed == ()
