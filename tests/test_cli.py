"""The command line: exit code 0 only if all went well, 1 with a list of what failed, 2 for wrong usage."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

from samestory import __version__
from samestory.articles import FORMATS
from samestory.cli import EXAMPLES
from samestory.cli import FORMATS as NAMES
from samestory.messages import command
from samestory.study import open_study, read_study
from samestory.tables import TABLES

Say = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("command", sorted(EXAMPLES))
def test_help_of_each_command_shows_examples(command: str, say: Say):
    code, out, _ = say(command, "--help")
    assert code == 0 and f"  samestory {command} " in out[out.index("examples:") :]


def test_help_and_version(say: Say):
    code, out, _ = say("--help")
    assert code == 0 and all(command in out for command in EXAMPLES)
    assert say("--version") == (0, f"samestory {__version__}\n", "")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ((), "required: COMMAND"),
        (("compare",), "invalid choice: 'compare'"),
        (("run",), "required: STUDY"),
        (("annotate", "x"), "required: --out"),
        (("import", "x"), "required: --into"),
        (("run", "x", "--jobs", "0"), "'0' is not a whole number of at least 1"),
        (("run", "x", "--jobs", "two"), "'two' is not a whole number"),
        (("import", "x", "--into", "y", "--column", "Body"), "'Body' is not of the form OURS=THEIRS"),
        (("import", "x", "--into", "y", "--column", "body=Body"), "an article has no 'body'"),
        (("import", "x", "--into", "y", "--format", "pdf"), "invalid choice: 'pdf'"),
    ],
)
def test_wrong_usage_is_2_and_names_what_is_wrong(arguments: tuple[str, ...], said: str, say: Say):
    code, _, err = say(*arguments)
    assert code == 2 and said in err


def test_import_makes_a_study_that_is_read_back(text_study: Path, tmp_path: Path, say: Say):
    code, out, err = say("import", text_study / "articles", "--into", tmp_path / "made")
    assert (code, err) == (0, "") and "read 4 articles from 4 files; refused 0" in out
    assert f"samestory run {tmp_path / 'made'}" in out
    lines = (tmp_path / "made" / "articles" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert {json.loads(line)["event"] for line in lines} == {"ferry", "mill-fire"}
    again = say("import", text_study / "articles", "--into", tmp_path / "made")
    assert again[0] == 0
    assert (tmp_path / "made" / "articles" / "articles.jsonl").read_text(encoding="utf-8").splitlines() == lines


def test_import_with_a_refused_file_is_1_and_names_it(text_study: Path, tmp_path: Path, say: Say):
    (text_study / "articles" / "ferry" / "broken.json").write_text('{"text": ', encoding="utf-8")
    code, out, _ = say("import", text_study / "articles", "--into", tmp_path / "made")
    assert code == 1 and "read 4 articles" in out and "refused ferry/broken.json: " in out
    report = pd.read_csv(tmp_path / "made" / "import_report.csv")
    assert report[report.status == "refused"].source_file.tolist() == ["ferry/broken.json"]


def test_import_of_named_columns(tmp_path: Path, say: Say):
    (tmp_path / "export.csv").write_text(
        'Body,Source,Head\n"A ferry sank, police said.",wire,Ferry sinks\n"The ferry, gone.",lantern,Horror\n',
        encoding="utf-8",
    )
    columns = ("--column", "text=Body", "--column", "outlet=Source", "--column", "title=Head")
    code, out, _ = say("import", tmp_path / "export.csv", "--into", tmp_path / "made", "--event", "ferry", *columns)
    assert code == 0 and "read 2 articles from 1 file;" in out


@pytest.mark.parametrize("command", ["import", "annotate"])
def test_nothing_to_read_is_1_and_writes_nothing(command: str, tmp_path: Path, say: Say):
    target = {"import": "--into", "annotate": "--out"}[command]
    code, _, err = say(command, tmp_path / "nowhere", target, tmp_path / "made")
    assert code == 1 and "nowhere" in err and not (tmp_path / "made").exists()
    (tmp_path / "empty").mkdir()
    code, _, err = say(command, tmp_path / "empty", target, tmp_path / "made")
    assert code == 1 and "nothing was written" in err and not (tmp_path / "made").exists()


def test_annotate_writes_every_table_the_same_each_time(text_study: Path, tmp_path: Path, say: Say):
    for name in ("one", "two"):
        code, out, err = say("annotate", text_study / "articles", "--out", tmp_path / name)
        assert (code, err) == (0, "") and "claims: " in out
    written = {path.name: path.read_bytes() for path in (tmp_path / "one").iterdir()}
    assert set(written) == {"reading_report.csv", *(f"{name}.parquet" for name in TABLES if name != "measures")}
    assert written == {path.name: path.read_bytes() for path in (tmp_path / "two").iterdir()}
    (text_study / "articles" / "ferry" / "broken.json").write_text('{"text": ', encoding="utf-8")
    code, out, _ = say("annotate", text_study / "articles", "--out", tmp_path / "three")
    assert code == 1 and "refused ferry/broken.json: " in out
    assert {path.name: path.read_bytes() for path in (tmp_path / "three").glob("*.parquet")}.items() < written.items()
    assert "broken.json" in (tmp_path / "three" / "reading_report.csv").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("settings", "arguments", "said"),
    [
        (None, (), "the folder is empty; `samestory import SOURCE --into"),
        ("[study]\ncolour = 'red'\n", (), "under [study] no setting is named 'colour'; the settings are name, "),
        ("", (), "no such folder of articles"),
    ],
)
def test_run_of_what_is_no_study_is_1(settings: str | None, arguments, said: str, tmp_path: Path, say: Say):
    if settings is not None:
        (tmp_path / "study.toml").write_text(settings, encoding="utf-8")
    code, _, err = say("run", tmp_path, "--results", tmp_path / "results", *arguments)
    assert code == 1 and said in err and err.startswith("samestory: ")


def test_run_names_unknown_events_and_parameters(shipped_study: Path, tmp_path: Path, say: Say):
    code, _, err = say("run", shipped_study, "--results", tmp_path / "results", "--only", "flood")
    assert code == 1 and "no event is named 'flood'; the events are ferry, mill-fire" in err
    settings = shipped_study / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[parameters]\nsed = 2\n", encoding="utf-8")
    code, _, err = say("run", shipped_study, "--results", tmp_path / "results")
    assert code == 1 and "under [parameters] no parameter is named 'sed' (did you mean 'seed'?)" in err


def test_it_runs_as_a_module_and_starts_without_the_parser():
    heavy = "import sys, samestory.cli as c; c.parser(); print({'spacy', 'pandas', 'matplotlib'} & set(sys.modules))"
    assert subprocess.run([sys.executable, "-c", heavy], capture_output=True, text=True, check=True).stdout == "set()\n"
    ran = subprocess.run(
        [sys.executable, "-m", "samestory.cli", "--version"], capture_output=True, text=True, check=True
    )
    assert ran.stdout == f"samestory {__version__}\n"


def test_events_are_proposed_confirmed_and_then_hold(tmp_path: Path, say: Say):
    rows = ["outlet,title,text,published"]
    for outlet in ("wire", "lantern"):
        rows.append(f"{outlet},Mill fire kills nine in Brask,A fire at the mill in Brask killed nine.,2020-02-06")
        rows.append(f"{outlet},Ferry sinks off Hallin,A ferry sank off Hallin and thirty are missing.,2020-02-06")
    (tmp_path / "export.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    study = tmp_path / "study"
    code, out, _ = say("import", tmp_path / "export.csv", "--into", study)
    assert code == 0 and f"4 articles name no event; samestory events {study} proposes which belong together" in out
    code, out, err = say("events", study)
    assert (code, err) == (0, "") and "4 of 4 articles in 2 events; 0 alone" in out and "save it as" in out
    (study / "events_proposed.csv").rename(study / "events.csv")
    assert len({article.event for article in read_study(open_study(study)).articles}) == 2
    code, _, err = say("events", tmp_path / "nowhere")
    assert code == 1 and "no such folder" in err


def test_the_formats_in_the_help_are_those_that_can_be_read():
    assert tuple(known.name for known in FORMATS) == NAMES


@pytest.mark.parametrize("command", ["import", "annotate"])
def test_where_all_is_refused_the_report_is_written_all_the_same(command: str, tmp_path: Path, say: Say):
    stories = [f"{n},2024-03-01,Ferry,https://news.example/{n},news.example" for n in range(50)]
    table = tmp_path / "stories.csv"
    table.write_text("\n".join(["id,publish_date,title,url,media_name", *stories]), encoding="utf-8")
    into, name = {"import": ("--into", "import_report.csv"), "annotate": ("--out", "reading_report.csv")}[command]
    code, out, err = say(command, table, into, tmp_path / "made")
    assert code == 1 and "no article could be read" in err
    assert "and 31 more" in out and len(out.splitlines()) < 30
    assert "https://news.example/49" in (tmp_path / "made" / name).read_text(encoding="utf-8")


def test_a_study_that_cannot_be_written_is_1_without_a_traceback(text_study: Path, tmp_path: Path, say: Say):
    (tmp_path / "made").write_text("a file", encoding="utf-8")
    code, _, err = say("import", text_study / "articles", "--into", tmp_path / "made")
    assert code == 1 and err.startswith("samestory: ")


def test_an_empty_event_is_none(text_study: Path, tmp_path: Path, say: Say):
    (tmp_path / "a.txt").write_text("A ferry sank, police said.", encoding="utf-8")
    code, out, _ = say("import", tmp_path / "a.txt", "--into", tmp_path / "made", "--event", "")
    assert code == 0 and "1 articles name no event" in out


def test_the_next_command_is_one_that_can_be_typed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """Outside the shell's path it is the way by which the program was called."""
    folder = tmp_path / "my tools"
    folder.mkdir()
    program = folder / "samestory"
    program.write_text("#!/bin/sh\n", encoding="utf-8")
    program.chmod(0o755)
    monkeypatch.setattr(sys, "argv", [str(program), "import"])
    monkeypatch.setenv("PATH", str(tmp_path))
    assert command() == f"'{program}'"
    monkeypatch.setenv("PATH", str(folder))
    assert command() == "samestory"


def test_an_empty_file_is_said_to_be_one(tmp_path: Path, say: Say):
    folder = tmp_path / "fire"
    folder.mkdir()
    (folder / "wire.txt").write_text("A mill burned\n\nThe mill burned at night, a clerk said.\n", encoding="utf-8")
    (folder / "daily.txt").touch()
    code, out, _ = say("import", tmp_path, "--into", tmp_path / "study")
    assert code == 1 and "refused fire/daily.txt: the file is empty\n" in out
