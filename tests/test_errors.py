"""Errors that people meet: each message says what is wrong, where, and what to do next; no traceback."""

from __future__ import annotations

import lzma
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pandas as pd
import pytest

import samestory
from samestory import annotation, messages
from samestory.annotation import Annotations
from samestory.comparison import contrast
from samestory.language import encoding, model
from samestory.language.encoding import load_network, missing_weights, read_tables
from samestory.language.model import ModelError
from samestory.settings import StudyError
from samestory.study import open_study

Say = Callable[..., tuple[int, str, str]]
unprivileged = pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="the superuser may write anywhere")


@pytest.fixture
def there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder with two studies in ``data``, articles without a study, an empty folder and a file."""
    for name in ("mill-fires", "ferries"):
        (tmp_path / "data" / name / "articles").mkdir(parents=True)
        (tmp_path / "data" / name / "study.toml").write_text("", encoding="utf-8")
    for folder in ("pasted", "empty", "notebooks"):
        (tmp_path / folder).mkdir()
    (tmp_path / "pasted" / "wire.txt").write_text("A ferry sank, police said.\n", encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("nowhere", ("nowhere: no such folder, seen from ", "the studies near are data/ferries, data/mill-fires")),
        ("data/mill-fire", ("no such folder", "(did you mean 'mill-fires'?)", "data/ferries, data/mill-fires")),
        ("data", ("data: no study.toml there", "name one of them: data/ferries, data/mill-fires")),
        ("pasted", ("pasted: no study.toml there", "`samestory import pasted --into NEW-FOLDER`")),
        ("pasted/wire.txt", ("wire.txt: a file", "`samestory import pasted/wire.txt --into NEW-FOLDER`")),
        ("empty", ("empty: the folder is empty", "`samestory import SOURCE --into empty`")),
        ("data/ferries/articles", ("no study.toml there", "part of the study data/ferries: name that")),
    ],
)
@pytest.mark.parametrize("command", ["run", "events"])
def test_a_wrong_folder_says_what_is_there_and_what_is_near(command: str, named: str, said, there: Path, say: Say):
    code, _, err = say(command, named)
    assert code == 1 and err.startswith("samestory: ")
    for part in said:
        assert part in err


def test_from_a_notebook_the_working_folder_is_named(there: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(there / "notebooks")
    with pytest.raises(StudyError) as raised:
        open_study("data/ferries")
    said = str(raised.value)
    assert f"data/ferries: no such folder, seen from {there / 'notebooks'}" in said
    assert "the studies near are ../data/ferries, ../data/mill-fires" in said


def test_far_from_any_study_the_message_says_how_to_make_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    (tmp_path / "a" / "b").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "a" / "b")
    with pytest.raises(StudyError, match="`samestory import SOURCE --into mine` makes a study there"):
        open_study("mine")


def test_study_toml_itself_is_taken_for_its_folder(there: Path):
    assert open_study("data/ferries/study.toml").folder == Path("data/ferries")


@pytest.mark.parametrize("wrong", [None, 3, ["data"]])
def test_what_is_no_path_is_refused(wrong: object):
    with pytest.raises(StudyError, match="a study is named by its folder, as in 'data/specimen', not by "):
        open_study(wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"[study]\ntitle = 'x'\nname = \n", (", line 3: not valid TOML", "a value must follow")),
        (b"[study]\nname = Mill fires\n", (", line 2: not valid TOML", "name = Mill fires", "in quotation marks")),
        (b'[study]\narticles = "C:\\Users\\ana"\n', (", line 2: ", "single quotes, as in articles = 'C:\\Users\\ana")),
        ("[study]\ntitle = “Mill”\n".encode(), (", line 2: ", "straight ones")),
        (b"[study]\nname = 'a'\nname = 'b'\n", (", line 3: ", "keep one of the two")),
        (b"[study\nname = 'a'\n", (", line 1: not valid TOML",)),
        (b"[study]\ntitle = 'caf\xe9'\n", (", line 2: the byte 0xe9 is no UTF-8", "save the file as UTF-8")),
        ("[study]\n".encode("utf-16"), ("saved as UTF-16", "save it as UTF-8")),
        (b"title = 'x'\n", ("title stands above every section; write it below [study]",)),
        (b"[paramters]\nseed = 1\n", ("no section is named 'paramters' (did you mean 'parameters'?); the s",)),
        (b"[study]\ntitel = 'x'\n", ("under [study] no setting is named 'titel' (did you mean 'title'?)",)),
        (b"[study]\nname = '../x'\n", ("study.name is the name of a folder of results, without slashes",)),
        (b"[study]\nformat = 'txt'\n", ("study.format: no format is named 'txt' (did you mean 'text'?)",)),
        (b"[study]\nzone = 'Asia/Almatty'\n", ("study.zone: no time zone is named", "(did you mean 'Asia/Almaty'?)")),
        (b"[outlets.wire]\nnam = 'x'\n", ("outlets.wire: no setting is named 'nam' (did you mean 'name'?)",)),
        (b"[outlets.wire]\nname = 3\n", ('outlets.wire.name must be text, as in name = "The Tribune"',)),
        (b"[outlets.wire]\ndomains = 'w.example'\n", ('must be a list of names, as in domains = ["tribune.example"]',)),
        (b"[columns]\ntxt = 'Body'\n", ("under [columns] no column is named 'txt' (did you mean 'text'?)",)),
        (b"[columns]\ntext = 3\n", ('columns.text names a column of your table, as in text = "Body"',)),
        (b"[events]\nthreshhold = 1\n", ("no number is named 'threshhold' (did you mean 'threshold'?)",)),
        (b"[events]\nthreshold = 2\n", ("under [events] threshold must be a number from 0 to 1, not 2",)),
        (b"[multiverse]\nmeasures = ['anonimous']\n", ("multiverse.measures: ", "(did you mean 'anonymous'?)")),
    ],
)  # fmt: skip
def test_a_wrong_study_toml_is_told_by_file_line_and_name(content: bytes, said, tmp_path: Path, say: Say):
    file = tmp_path / "study.toml"
    file.write_bytes(content)
    code, _, err = say("run", tmp_path, "--results", tmp_path / "results")
    assert code == 1 and f"samestory: {file}" in err and not (tmp_path / "results").exists()
    for part in said:
        assert part in err


def test_windows_line_ends_a_byte_order_mark_and_notes_on_outlets_are_read(tmp_path: Path):
    content = b"\xef\xbb\xbf[study]\r\ntitle = 'x'\r\n[outlets.wire]\r\ncountry = 'Orvenia'\r\n"
    (tmp_path / "study.toml").write_bytes(content)
    assert open_study(tmp_path).title == "x"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("sed = 3", ("under [parameters] no parameter is named 'sed' (did you mean 'seed'?)", "the parameters are")),
        ('seed = "3"', ("the parameter seed must be a whole number, as in seed = 20160718, not '3'",)),
        ('outlets = "wire"', ('the parameter outlets must be a list, as in outlets = ["a", "b"]',)),
        ('event = "ferry"', ("the parameter event is set for each run and not by the study; take it out",)),
        ('outlets = ["lanter"]', ("under [parameters] no outlet is named 'lanter' (did you mean 'lantern'?)",)),
    ],
)
def test_a_wrong_parameter_is_told_before_any_notebook_runs(line: str, said, shipped_study: Path, tmp_path, say: Say):
    settings = shipped_study / "study.toml"
    settings.write_text(f"{settings.read_text(encoding='utf-8')}[parameters]\n{line}\n", encoding="utf-8")
    code, out, err = say("run", shipped_study, "--results", tmp_path / "results")
    assert code == 1 and str(settings) in err and "notebooks" not in out
    for part in said:
        assert part in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("rnu", "x"), "(did you mean 'run'?)"),
        (("run", "x", "--onyl", "ferry"), "run: error: unrecognized arguments: --onyl ferry (did you mean '--only'?)"),
        (("code", "x", "--measures", "hegde_outlet"), "'hegde_outlet' (did you mean 'hedge_outlet'?); the measures"),
        (("code", "x", "--measures", "quoted", "--by", "outlett"), "(did you mean 'outlet'?)"),
        (("import", "x", "--into", "y", "--format", "txt"), "(did you mean 'text'?)"),
        (("import", "x", "--into", "y", "--column", "txt=Body"), "no 'txt' (did you mean 'text'?); it has text, title"),
        (("validate", "--limit", "-2"), "'-2' is not a whole number of at least 1"),
    ],
)  # fmt: skip
def test_a_misspelt_command_option_or_value_is_2_with_what_is_near(arguments: tuple[str, ...], said: str, say: Say):
    code, _, err = say(*arguments)
    assert code == 2 and said in err and "usage: samestory" in err


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "pastd", "--into", "x"), "pastd: no such file or folder, seen from {} (did you mean 'pasted'?)"),
        (("annotate", "pastd", "--out", "x"), "pastd: no such file or folder, seen from {} (did you mean 'pasted'?)"),
        (("agree", "nowhere"), "nowhere: no such sheet or folder of a round, seen from {}"),
        (
            ("validate", "--gold", "gold"),
            "gold: no such folder of gold, seen from {}; without --gold ",
        ),
        (("run", "data/ferries", "--texts", "txts"), "txts: no such folder of texts, seen from {}"),
    ],
)
def test_a_path_that_is_not_there_is_told_with_the_working_folder(arguments, said: str, there: Path, say: Say):
    code, _, err = say(*arguments)
    assert code == 1 and f"samestory: {said.format(there)}" in err


def test_articles_that_are_missing_empty_or_refused_are_told_with_the_next_step(there: Path, say: Say):
    ferries = there / "data" / "ferries"
    code, _, err = say("run", "data/ferries")
    assert code == 1 and "data/ferries/articles: no article lies there; `samestory import SOURCE --into data" in err
    (ferries / "articles" / "a.txt").write_text("", encoding="utf-8")
    (ferries / "articles" / "b.json").write_text('{"text": ', encoding="utf-8")
    code, _, err = say("run", "data/ferries")
    assert code == 1 and "no article could be read (a.txt: empty; b.json: " in err and "put articles there" in err
    (ferries / "study.toml").write_text('[study]\narticles = "article"\n', encoding="utf-8")
    code, _, err = say("run", "data/ferries")
    assert code == 1 and "data/ferries/article: no such folder of articles" in err
    assert "(did you mean 'articles'?)" in err and "data/ferries/study.toml says under [study], as articles" in err
    (ferries / "study.toml").write_text('[study]\narticles = "none"\ntables = "tabels"\n', encoding="utf-8")
    code, _, err = say("run", "data/ferries")
    assert code == 1 and "tabels: no such folder of tables; correct tables in data/ferries/study.toml" in err


def test_results_that_cannot_be_written_are_told_before_the_work(shipped_study: Path, tmp_path: Path, say: Say):
    (tmp_path / "file").write_text("", encoding="utf-8")
    code, out, err = say("run", shipped_study, "--results", tmp_path / "file")
    assert code == 1 and out == "" and f"{tmp_path / 'file' / 'small'}: results cannot be written there (" in err
    assert "name another folder: --results DIR, or results_dir" in err


@unprivileged
def test_folders_without_permission_are_told(shipped_study: Path, tmp_path: Path, say: Say):
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o500)
    code, _, err = say("run", shipped_study, "--results", closed)
    assert code == 1 and "small: results cannot be written there (Permission denied); name another folder" in err


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (PermissionError(13, "Permission denied", "x/y"), "x/y: you have no permission there; change it, or name"),
        (OSError(28, "No space left on device", "x"), "x: the disk is full; make room, and the same command goes on"),
        (OSError(30, "Read-only file system", "x"), "x: this disk can only be read; name another place"),
        (NotADirectoryError(20, "Not a directory", "x"), "x: a file lies where a folder is needed"),
        (OSError(5, "Input/output error", "x"), "x: Input/output error"),
        (ModuleNotFoundError("No module named 'spacy'"), "No module named 'spacy': a package is missing or broken"),
        (KeyError("no event is named 'x'"), "no event is named 'x'"),
        (ValueError(), "ValueError"),
    ],
)  # fmt: skip
def test_errors_of_the_system_are_said_in_plain_words(error: BaseException, said: str):
    assert messages.explain(error).startswith(said)


def test_an_outlet_of_study_toml_that_no_article_is_from_is_noted(shipped_study: Path, tmp_path: Path):
    from samestory.preparing import prepare
    from samestory.runs.batch import _unused_outlets

    settings = shipped_study / "study.toml"
    settings.write_text(f"{settings.read_text('utf-8')}[outlets.lanterne]\nname = 'Lantern'\n", encoding="utf-8")
    study = open_study(shipped_study, tmp_path / "results")
    prepare(study)
    assert _unused_outlets(study) == [
        f"{settings}: no article is from the outlet of [outlets.lanterne] (did you mean 'lantern'?)"
    ]


def test_outlets_are_chosen_by_code_or_by_name_and_wrong_ones_told(shipped_study: Path, tmp_path: Path):
    settings = shipped_study / "study.toml"
    settings.write_text(f"{settings.read_text('utf-8')}[outlets.wire]\nname = 'The Wire'\n", encoding="utf-8")
    study = open_study(shipped_study, tmp_path / "results")
    for name in ("wire", "The Wire"):
        assert study.view("ferry", [name]).articles.outlet.tolist() == ["The Wire"]
    with pytest.raises(ValueError, match=r"no outlet .* 'the wir' \(did you mean 'The Wire'\?\); the outlets are"):
        study.view("ferry", ["the wir"])
    with pytest.raises(ValueError, match=r"outlets is a list of names, as in outlets = \['wire'\], not text"):
        study.view("ferry", "wire")  # type: ignore[arg-type]
    with pytest.raises(KeyError, match=r"no event is named 'fery' \(did you mean 'ferry'\?\); the events are"):
        study.view("fery")


def test_outlets_that_an_event_lacks_are_left_out_of_it_alone(coded: Annotations, monkeypatch, tmp_path: Path):
    from samestory.study import Study

    without = coded.select(coded.articles.article_id[coded.articles.article_id != "ferry-lantern"])
    monkeypatch.setattr(Study, "annotations", lambda self, event: without.event(event))
    study = Study(folder=tmp_path, results=tmp_path, name="small", title="small")
    without.write(study.tables)
    assert study.view("ferry", ["wire", "lantern"]).articles.outlet.tolist() == ["wire"]
    with pytest.raises(ValueError, match="none of the outlets lantern tells of 'ferry'; these do: wire"):
        study.view("ferry", ["lantern"])


def test_wrong_tables_and_names_in_python_say_what_is_needed(coded: Annotations):
    measures = samestory.measure(coded)
    for wrong in ((coded, coded.articles), (coded.articles, measures)):
        with pytest.raises(ValueError, match=r"not the table measures: it lacks .*samestory\.measure\(annotations\)"):
            samestory.compare(*wrong)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match=r"not the table articles: it lacks .*annotations\.articles is that table"):
        samestory.compare(measures, coded)  # type: ignore[arg-type]
    for function in (samestory.compare, contrast):
        with pytest.raises(ValueError, match=r"no measure is named 'hegde_outlet' \(did you mean 'hedge_outlet'\?\)"):
            function(measures, coded.articles, names=["hegde_outlet"])
        with pytest.raises(ValueError, match=r"names is a list of measures, as in names=\['quoted'\]"):
            function(measures, coded.articles, names="quoted")  # type: ignore[arg-type]
    assert set(samestory.compare(measures, coded.articles, names=["labels.body"]).measure) == {"labels.body"}


@pytest.mark.parametrize("wrong", ["A ferry sank, police said.", Path("data"), ["A ferry sank."], None, 3])
def test_annotate_takes_articles_and_says_where_they_come_from(wrong: object):
    with pytest.raises(TypeError, match=r"takes articles, as samestory\.read\(PATH\)\.articles gives them, not "):
        samestory.annotate(wrong)  # type: ignore[arg-type]


def test_measure_takes_annotations_and_says_where_they_come_from():
    with pytest.raises(TypeError, match=r"takes annotations, as samestory\.annotate\(articles\) .* not DataFrame"):
        samestory.measure(pd.DataFrame())  # type: ignore[arg-type]


def test_reading_what_is_not_there_and_a_misspelt_function(there: Path):
    with pytest.raises(FileNotFoundError, match=r"pastd: no such file or folder, seen .*\(did you mean 'pasted'\?"):
        samestory.read("pastd")
    with pytest.raises(AttributeError, match=r"no attribute 'anotate' \(did you mean 'annotate'\?\)"):
        samestory.anotate  # noqa: B018


@pytest.fixture
def without_caches():
    """What was found installed is looked for anew, before and after."""
    cached = (missing_weights, model.model_info, encoding.load_vectors, encoding.load_pieces)
    for function in cached:
        function.cache_clear()
    yield
    for function in cached:
        function.cache_clear()


@pytest.mark.usefixtures("without_caches")
def test_a_missing_parser_is_1_with_the_command_that_brings_it(there: Path, monkeypatch, say: Say):
    monkeypatch.setattr(model, "PACKAGES", ("en_core_web_none",))
    code, _, err = say("annotate", "pasted", "--out", "tables")
    assert code == 1 and "no English model is installed (looked for en_core_web_none); run `make setup`" in err


@pytest.mark.usefixtures("without_caches")
def test_another_parser_is_told_by_its_folder(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(model, "WEIGHTS_SHA256", "0" * 64)
    with pytest.raises(ModelError, match=r"en_core_web_sm.*: the weights are damaged, .*run `make setup`"):
        model.model_info()


@pytest.mark.usefixtures("without_caches")
def test_weights_that_are_missing_are_named_and_nothing_goes_on_without_them(there: Path, monkeypatch, say: Say):
    monkeypatch.setattr(encoding, "weights_of", lambda module: there / module)
    code, _, err = say("annotate", "pasted", "--out", "tables")
    assert code == 1 and "not installed: " in err and "run `make setup`" in err
    for name in ("certainty.onnx.xz", "reader.onnx.xz", "survey.onnx.xz", "source_types.onnx.xz", "vectors.npz"):
        assert name in err
    assert not list((there / "tables").glob("*.parquet"))


@pytest.mark.usefixtures("without_caches")
def test_a_missing_runtime_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoding, "find_spec", lambda name: None)
    with pytest.raises(ModelError, match="not installed: the package onnxruntime; run `make setup`"):
        annotation.check_models()


@pytest.mark.usefixtures("without_caches")
def test_weights_that_are_damaged_are_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(encoding, "weights_of", lambda module: tmp_path)
    (tmp_path / "a.onnx.xz").write_bytes(b"no archive")
    (tmp_path / "b.onnx.xz").write_bytes(lzma.compress(b"no network"))
    (tmp_path / "c.json").write_text("{", encoding="utf-8")
    (tmp_path / "vectors.npz").write_bytes(b"PK")
    for name in ("a.onnx.xz", "b.onnx.xz"):
        with pytest.raises(ModelError, match=rf"{name}: missing or damaged .*run `make setup`"):
            load_network("samestory.certainty", name)
    with pytest.raises(ModelError, match=r"c\.json: missing or damaged"):
        read_tables("samestory.certainty", "c.json")
    with pytest.raises(ModelError, match=r"vectors\.npz: missing or damaged"):
        encoding.load_vectors()


def test_no_traceback_where_a_package_is_missing(there: Path):
    """As a user meets it: in a process of its own, in which spaCy cannot be imported."""
    blocked = "import sys; sys.modules['spacy'] = None; from samestory.cli import main; sys.exit(main(sys.argv[1:]))"
    command = [sys.executable, "-c", blocked, "annotate", "pasted", "--out", "tables"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 1 and "Traceback" not in ran.stderr
    assert "spacy" in ran.stderr and "a package is missing or broken; run `make setup`" in ran.stderr


@pytest.mark.parametrize(
    ("name", "known", "said"),
    [
        ("Mill_Fire", ["ferry", "mill-fire"], " (did you mean 'mill-fire'?)"),
        ("zebra", ["ferry", "mill-fire"], ""),
        ("x", [], ""),
    ],
)
def test_the_nearest_name_whatever_its_capitals_and_hyphens(name: str, known: list[str], said: str):
    assert messages.did_you_mean(name, known) == said


def test_of_very_many_names_the_rest_is_counted():
    said = messages.no_such("event", "zebra", [f"event-{n}" for n in range(100)])
    assert said.startswith("no event is named 'zebra'; the events are event-0, ") and said.endswith("and 60 more")
    assert messages.no_such("event", "zebra", []) == "no event is named 'zebra'; there is no event"
