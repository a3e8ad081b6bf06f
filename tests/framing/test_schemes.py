"""A study's own frames: what a table of them says, what is wrong with one, and what is found by it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from samestory.framing import Scheme, SchemeError, find_frames, frame_validity, read_scheme
from samestory.framing.schemes import Frame, compare

TABLE = """frame,words,examples
thrift,"save, saved; belt-tightening",
thrift,,"Households cut their spending and put coins aside for the winter."
wonder,,"The comet blazed across the night and children gasped at the stars."
"""
FLOOD = ["The river rose.", "Families saved what they could.", "They saved coins.", "Rain fell."]


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_of_a_frame_are_joined_and_the_name_is_the_file_s(tmp_path: Path):
    scheme = read_scheme(written(tmp_path / "mine.csv", TABLE))
    assert scheme.name == "mine"
    thrift, wonder = scheme.frames
    assert thrift.words == ("save", "saved", "belt-tightening")
    assert len(thrift.examples) == 1
    assert (wonder.name, wonder.words) == ("wonder", ())


def test_a_spreadsheet_s_semicolons_and_mark_are_read(tmp_path: Path):
    scheme = read_scheme(written(tmp_path / "mine.csv", "\ufeffFrame;Words;Note\nthrift;save, saved;x\n"))
    assert scheme == Scheme("mine", (Frame("thrift", ("save", "saved"), ()),))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "empty"),
        ("frame,note\na,b\n", "row 1: needs the column frame, and words or examples; its columns are frame, note"),
        ("words,examples\na,b\n", "row 1: needs the column frame"),
        ("frame,words,words\na,b,c\n", "row 1: two columns are named words"),
        ("frame,words\n", "row 2: no frame"),
        ("frame,words\nthrift,save\n,saved\n", "row 3: the row names no frame"),
        ("frame,words\nthrift,save\nwonder,\n", "row 3: neither words nor an example for 'wonder'"),
        ("frame,words\nthrift,save,saved\n", "row 2: 3 cells where the header has 2; put a cell"),
        ("frame,words\nthrift,\"save, ---\"\n", "row 2: '---' is no word"),
        ("frame,examples\nthrift,To be\n", "row 2: the example 'To be' is too short"),
    ],
)  # fmt: skip
def test_a_wrong_table_is_told_by_file_row_and_reason(text: str, said: str, tmp_path: Path):
    with pytest.raises(SchemeError) as raised:
        read_scheme(written(tmp_path / "mine.csv", text))
    assert str(raised.value).startswith(str(tmp_path / "mine.csv"))
    assert said in str(raised.value)


def test_a_missing_file_and_a_shipped_scheme_s_name_are_refused(tmp_path: Path):
    with pytest.raises(SchemeError, match=r"absent\.csv: no such file"):
        read_scheme(tmp_path / "absent.csv")
    with pytest.raises(SchemeError, match="a scheme that ships has the name 'policy'"):
        read_scheme(written(tmp_path / "policy.csv", TABLE))


def test_words_need_two_sentences_and_15_percent():
    scheme = Scheme("mine", (Frame("thrift", ("saved",), ()),))
    scores, added = compare(scheme, FLOOD)
    assert scores[0] == pytest.approx(0.5 / 0.15)
    assert (added[:, 0] > 0).tolist() == [False, True, True, False]
    assert compare(scheme, FLOOD[:2])[0][0] == 0
    long = FLOOD + ["Rain fell."] * 10
    assert compare(scheme, long)[0][0] < 1


def test_examples_find_a_text_of_their_kind_and_not_another(tmp_path: Path):
    scheme = read_scheme(written(tmp_path / "mine.csv", TABLE))
    sky = ["A meteor shower lit the night sky.", "The moon and the stars shone.", "The bill passed."]
    law = ["The senate passed the bill.", "The court upheld the statute.", "Lawyers filed an appeal."]
    wonder_of_sky, wonder_of_law = (compare(scheme, text)[0][1] for text in (sky, law))
    assert wonder_of_sky >= 1 > wonder_of_law
    added = compare(scheme, sky)[1][:, 1]
    assert np.argmin(added) == 2


def test_own_frames_stand_in_the_table_beside_the_shipped_ones(document, tmp_path: Path):
    scheme = read_scheme(written(tmp_path / "mine.csv", TABLE))
    made = document(" ".join(FLOOD), article_id="x")
    frames = find_frames(made, scheme)
    own = frames[frames.scheme == "mine"].set_index("frame")
    assert list(own.index) == ["thrift", "wonder"]
    assert own.present["thrift"]
    assert set(own.evidence["thrift"].split("; ")[:2]) == {"x-s1", "x-s2"}
    assert (own.present == (own.score >= 1)).all()
    assert frames[frames.scheme != "mine"].equals(find_frames(made))
    validity = frame_validity(frames).set_index(["scheme", "frame"])
    assert validity.validity["mine", "thrift"] == "unknown"


def test_a_text_without_words_has_no_frame():
    scores, added = compare(Scheme("mine", (Frame("a", ("x",), ("one two three four",)),)), ["1 2.", "3."])
    assert scores.tolist() == [0] and not added.any()
