"""Studies: opened from study.toml, prepared once, and honest about texts that are others or elsewhere."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

from samestory.annotation import Annotations, read_annotations
from samestory.parts import find_part, written_tables
from samestory.preparing import fingerprint, is_current, prepare, read_stamp, ship
from samestory.study import StudyError, open_study, read_study, write_proposal


def test_specimen_opens_with_its_names(root: Path):
    study = open_study(root / "data" / "specimen")
    assert (study.name, study.results) == ("specimen", Path("results/specimen"))
    assert study.outlet_name("orvenia-one") == "Orvenia One" and study.outlet_name("stranger") == "stranger"
    assert study.has_texts() and len(read_study(study).articles) == 24


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("[study]\nname = ", "not valid TOML"),
        (
            "[study]\ntitel = 'x'\n",
            "under [study] no setting is named 'titel' (did you mean 'title'?); the settings",
        ),
        (
            "[outlet.wire]\nname = 'x'\n",
            "no section is named 'outlet' (did you mean 'outlets'?); the sections",
        ),
        ("study = 'x'\n", "study must be a table"),
        ("[outlets]\nwire = 'Wire'\n", "outlets.wire must be a table"),
        ("[study]\ntables = 3\n", "study.tables must be text"),
        ("[outlets.wire]\nmasks = 'The Wire'\n", "outlets.wire.masks must be a list of names"),
        ("[framing]\nscheme = 3\n", "[framing] holds scheme"),
        ("[framing]\nfile = 'x.csv'\n", "[framing] holds scheme"),
    ],
)
def test_wrong_settings_name_the_file(settings: str, said: str, tmp_path: Path):
    (tmp_path / "study.toml").write_text(settings, encoding="utf-8")
    with pytest.raises(StudyError) as raised:
        open_study(tmp_path)
    assert "study.toml" in str(raised.value) and said in str(raised.value)


def test_an_outlet_is_masked_by_domain_and_what_the_study_adds(tmp_path: Path):
    settings = (
        '[outlets.cc]\nname = "The Courier"\ndomains = ["courier.example"]\nmasks = ["this paper"]\n[outlets.w]\n'
    )
    (tmp_path / "study.toml").write_text(settings, encoding="utf-8")
    assert open_study(tmp_path).outlet_masks() == {"The Courier": ["courier.example", "this paper"], "w": []}


def test_folder_that_is_no_study_says_how_to_make_one(tmp_path: Path):
    with pytest.raises(StudyError, match=r"the folder is empty; `samestory import SOURCE --into"):
        open_study(tmp_path)
    (tmp_path / "study.toml").write_text("", encoding="utf-8")
    study = open_study(tmp_path, tmp_path / "results")
    assert study.title == tmp_path.name and not study.has_texts()
    with pytest.raises(StudyError, match=r"articles: no such folder of articles; `samestory import SOURCE --into"):
        prepare(study)
    assert not is_current(study)


def test_prepared_study_is_current_until_something_changes(shipped_study: Path, tmp_path: Path, coded: Annotations):
    study = open_study(shipped_study, tmp_path / "results")
    assert not is_current(study) and read_stamp(study) == {}
    prepare(study)
    assert is_current(study) and sorted(read_stamp(study)["events"]) == ["ferry", "mill-fire"]
    settings = shipped_study / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + "\n[parameters]\nseed = 2\n", encoding="utf-8")
    changed = open_study(shipped_study, tmp_path / "results")
    assert not is_current(changed) and changed.parameters == {"seed": 2}
    prepare(changed)
    assert is_current(changed)
    ship(study, replace(coded, claims=coded.claims.head(1)))
    assert not is_current(changed)
    (study.results / "stamp.json").write_text('{"fingerprint": ', encoding="utf-8")
    assert not is_current(study) and read_stamp(study) == {}


def test_tables_that_were_lost_are_made_again(shipped_study: Path, tmp_path: Path):
    study = open_study(shipped_study, tmp_path / "results")
    prepare(study)
    (study.tables / "claims.parquet").unlink()
    assert len(study.annotations().claims) == 3


@pytest.mark.parametrize("damage", ["cut", "empty", "garbage", "another table's", "one byte changed"])
def test_tables_that_were_damaged_are_made_again(damage: str, shipped_study: Path, tmp_path: Path):
    study = open_study(shipped_study, tmp_path / "results")
    prepare(study)
    path = study.tables / "claims.parquet"
    whole = path.read_bytes()
    middle = len(whole) // 2
    path.write_bytes(
        {
            "cut": whole[:-9],
            "empty": b"",
            "garbage": b"no parquet",
            "another table's": (study.tables / "labels.parquet").read_bytes(),
            "one byte changed": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        }[damage]
    )
    assert not is_current(study)
    assert len(study.annotations().claims) == 3
    assert path.read_bytes() == whole and is_current(study)


def test_one_event_is_read_from_the_part_that_holds_it(tmp_path: Path, coded: Annotations):
    with written_tables(tmp_path) as tables:
        for _, own in coded.by_event():
            for name, data in own.tables():
                tables.add(name, data)
    found_in = [find_part(tmp_path, event) for event in ("ferry", "mill-fire")]
    assert [part and part.number for part in found_in] == [0, 1]
    assert dict(coded.by_event()).keys() == {"ferry", "mill-fire"}
    for event, own in coded.by_event():
        for found in (read_annotations(tmp_path, event), coded.event(event)):
            for (name, data), (_, expected) in zip(found.tables(), own.tables(), strict=True):
                pd.testing.assert_frame_equal(data, expected, obj=name)
    with pytest.raises(KeyError, match="no event is named 'flood'; the events are ferry, mill-fire"):
        read_annotations(tmp_path, "flood")


def test_tables_are_published_whole_and_what_a_killed_run_left_is_removed(tmp_path: Path, coded: Annotations):
    left = tmp_path / ".unfinished-1" / "claims.parquet"
    left.parent.mkdir()
    left.write_bytes(b"PAR1")
    with pytest.raises(ZeroDivisionError), written_tables(tmp_path) as tables:
        tables.add("claims", coded.claims)
        raise ZeroDivisionError
    assert not list(tmp_path.iterdir())
    with written_tables(tmp_path) as tables:
        for name, data in coded.tables():
            tables.add(name, data)
        assert not list(tmp_path.glob("*.parquet"))
    coded.write(tmp_path / "whole")
    for path in (tmp_path / "whole").iterdir():
        assert (tmp_path / path.name).read_bytes() == path.read_bytes(), path.name


def test_text_free_study_gives_its_shipped_tables(shipped_study: Path, tmp_path: Path, coded: Annotations):
    study = open_study(shipped_study, tmp_path / "results")
    annotations = study.annotations()
    for (name, found), (_, expected) in zip(annotations.tables(), coded.without_text().tables(), strict=True):
        pd.testing.assert_frame_equal(found, expected, obj=name)
    assert set(study.measures().article_id) == set(coded.articles.article_id)
    report = study.reading_report()
    assert (report.status == "read").all() and (report.reason == "from shipped tables, without text").all()
    assert not [path for path in (shipped_study / "tables").iterdir() if path.stem == "texts"]


def test_view_is_of_an_event_and_of_outlets_by_display_name(shipped_study: Path, tmp_path: Path):
    study = replace(open_study(shipped_study, tmp_path / "results"), outlets={"wire": "The Wire"})
    assert sorted(study.view().articles.outlet.unique()) == ["The Wire", "lantern"]
    view = study.view("ferry", ["wire"])
    assert view.articles.outlet.tolist() == ["The Wire"] and set(view.claims.role) == {"missing"}
    with pytest.raises(KeyError, match="no event is named 'flood'; the events are ferry, mill-fire"):
        study.view("flood")


def write_texts(folder: Path, coded: Annotations) -> None:
    for article, text in zip(coded.articles.source_file, coded.texts.text, strict=True):
        path = folder / article
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


def test_another_text_is_refused_by_name(shipped_study: Path, tmp_path: Path, coded: Annotations):
    write_texts(shipped_study / "texts", coded)
    (shipped_study / "texts" / "ferry" / "wire.txt").write_text("Another text altogether.\n", encoding="utf-8")
    study = open_study(shipped_study, tmp_path / "results")
    with pytest.raises(StudyError, match=r"ferry/wire\.txt: this is another text than the study was made from"):
        prepare(study)
    assert not is_current(study)


def test_a_missing_text_is_named(shipped_study: Path, tmp_path: Path, coded: Annotations):
    write_texts(shipped_study / "texts", coded)
    (shipped_study / "texts" / "ferry" / "wire.txt").unlink()
    with pytest.raises(StudyError, match=r"ferry/wire\.txt missing; put all the texts there or none"):
        prepare(open_study(shipped_study, tmp_path / "results"))


def test_own_frames_of_a_study_are_in_its_tables_until_their_table_changes(text_study: Path, tmp_path: Path):
    settings = text_study / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + '\n[framing]\nscheme = "mine.csv"\n', encoding="utf-8")
    study = open_study(text_study, tmp_path / "results")
    with pytest.raises(StudyError, match=r"mine\.csv: no such file"):
        prepare(study)
    (text_study / "mine.csv").write_text("frame,words\nthe,the\nodd,\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"mine\.csv, row 3: neither words nor an example for 'odd'"):
        prepare(study)
    for words, held in (("the", True), ("zeppelin", False)):
        (text_study / "mine.csv").write_text(f"frame,words\nodd,{words}\n", encoding="utf-8")
        assert not is_current(study)
        prepare(study)
        frames = study.annotations().frames
        own = frames[frames.scheme == "mine"]
        assert len(own) == frames.article_id.nunique() == 4
        assert own.evidence.notna().any() == held


def test_recomputed_tables_must_be_the_shipped_ones(text_study: Path, tmp_path: Path):
    """From texts to shipped tables and back: identical; with one number changed: refused by the table's name."""
    study = open_study(text_study, tmp_path / "results")
    prepare(study)
    made = study.annotations()
    assert len(made.articles) == 4 and is_current(study)
    settings = text_study / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + 'tables = "tables"\n', encoding="utf-8")
    shipped = open_study(text_study, tmp_path / "results")
    ship(shipped, made)
    prepare(shipped)
    assert is_current(shipped)
    claims = made.claims.assign(quantity=made.claims.quantity + 1)
    ship(shipped, replace(made, claims=claims))
    with pytest.raises(StudyError, match=r"claims\.csv: recomputed from the texts the table comes out otherwise"):
        prepare(shipped)


def test_founding_study_holds_no_text_and_its_spans_fit(root: Path, tmp_path: Path):
    folder = root / "data" / "almaty-2016"
    study = open_study(folder, tmp_path)
    shipped = read_annotations(folder / "tables")
    assert (
        shipped.texts.empty
        and shipped.articles.title.isna().all()
        and set(shipped.articles.outlet) == {"ndtv", "sputnik"}
    )
    lengths = shipped.articles.set_index("article_id").n_chars
    for _, data in shipped.tables():
        if "end" in data:
            assert (data.end.dropna() <= data.loc[data.end.notna(), "article_id"].map(lengths)).all()
    bare = replace(study, articles=None)
    prepare(bare)
    assert is_current(bare) and bare.view().articles.outlet.tolist() == ["NDTV", "Sputnik"]


def test_founding_study_comes_out_the_same_from_the_texts(root: Path, shared: Path, tmp_path: Path):
    study = replace(open_study(root / "data" / "almaty-2016", tmp_path), articles=shared / "corpora" / "almaty")
    prepare(study)  # raises where a table differs from the shipped one
    for article in study.annotations().articles.itertuples():
        raw = (shared / "corpora" / "almaty" / article.source_file).read_bytes()
        assert article.text_sha256 == hashlib.sha256(raw).hexdigest()


def test_confirmed_events_are_what_the_study_compares(text_study: Path, tmp_path: Path):
    study = open_study(text_study, tmp_path / "results")
    articles = read_study(study).articles
    path, proposed = write_proposal(study, articles)
    assert path == text_study / "events_proposed.csv" and set(proposed.event) == {"ferry", "mill-fire"}
    before = fingerprint(study)
    confirmed = pd.read_csv(path, dtype="string").assign(event=["sinking", "sinking", None, "mill"])
    confirmed.to_csv(text_study / "events.csv", index=False)
    assert fingerprint(study) != before
    found = {article.article_id: article.event for article in read_study(study).articles}
    assert [found[name] for name in confirmed.article_id] == ["sinking", "sinking", None, "mill"]
    (text_study / "events.csv").write_text("article_id,event\nnobody,mill\n", encoding="utf-8")
    with pytest.raises(StudyError, match=r"events\.csv, row 2: no article has the id 'nobody'"):
        prepare(study)


@pytest.mark.parametrize("settings", ["threshold = 2", "colour = 1", 'window_days = "three"'])
def test_wrong_settings_of_events_name_the_file(settings: str, tmp_path: Path):
    (tmp_path / "study.toml").write_text(f"[events]\n{settings}\n", encoding="utf-8")
    with pytest.raises(StudyError, match=rf"study\.toml: under \[events\] .*{settings.split()[0]}"):
        open_study(tmp_path)


def test_times_without_a_zone_are_of_the_clock_that_the_study_names(text_study: Path, tmp_path: Path):
    settings = text_study / "study.toml"
    told = '[study]\nzone = "+09:00"\n[outlets.wire]\nzone = "Europe/Berlin"\n'
    settings.write_text(told, encoding="utf-8")
    beside = text_study / "articles" / "articles.csv"
    beside.write_text(
        "source_file,outlet,published\nferry/wire.txt,wire,2020-07-06T10:00\nferry/lantern.txt,lantern,2020-07-06T10:00\n"
        "mill-fire/wire.txt,wire,2020-07-06T10:00Z\nmill-fire/lantern.txt,lantern,2020-07-06\n",
        encoding="utf-8",
    )
    found = {a.source_file: a.published for a in read_study(open_study(text_study, tmp_path / "results")).articles}
    assert found == {"ferry/wire.txt": "2020-07-06T10:00+02:00", "ferry/lantern.txt": "2020-07-06T10:00+09:00",
                     "mill-fire/wire.txt": "2020-07-06T10:00+00:00", "mill-fire/lantern.txt": "2020-07-06"}  # fmt: skip
    settings.write_text('[outlets.wire]\nzone = "Mars/Olympus"\n', encoding="utf-8")
    with pytest.raises(StudyError, match=r"study\.toml: outlets\.wire\.zone: no time zone is named 'Mars/Olympus'"):
        open_study(text_study)


def with_settings(folder: Path, tmp_path: Path, lines: str):
    settings = folder / "study.toml"
    settings.write_text(settings.read_text(encoding="utf-8") + lines, encoding="utf-8")
    return open_study(folder, tmp_path / "results")


def test_a_multiverse_is_none_all_or_narrowed(text_study: Path, tmp_path: Path):
    assert open_study(text_study, tmp_path / "results").multiverse is None
    assert with_settings(text_study, tmp_path, "\n[multiverse]\n").multiverse == {}
    narrowed = with_settings(text_study, tmp_path, 'measures = ["anonymous"]\nwire = ["once"]\n').multiverse
    assert narrowed == {"measures": ["anonymous"], "wire": ["once"]}


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            'measures = ["anonimous"]',
            r"study\.toml: multiverse\.measures: no measure is named 'anonimous' \(did you mean 'anonym",
        ),
        ("measures = []", r"study\.toml: multiverse\.measures must be a list of names"),
        ('headline = "counted"', r"study\.toml: multiverse\.headline must be a list of names"),
        (
            'headline = ["sometimes"]',
            r"study\.toml: multiverse: headline: no option is named 'sometimes'; the options are coun",
        ),
        ('deck = ["counted"]', r"study\.toml: multiverse: no choice is named 'deck'; the choices are headline, quotes"),
    ],
)
def test_a_wrong_multiverse_is_refused_by_file_and_key(text_study: Path, tmp_path: Path, line: str, said: str):
    with pytest.raises(StudyError, match=said):
        with_settings(text_study, tmp_path, f"\n[multiverse]\n{line}\n")
