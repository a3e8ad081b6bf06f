from __future__ import annotations

import pytest

from samestory.validation.codings import read_coding
from samestory.validation.gold import COLUMNS, GoldError, read_gold, read_split

TEXT = "a" * 64
HEADER = ",".join(COLUMNS)


def write(folder, *rows, name="gold.csv", coder="anna"):
    lines = [f"{TEXT},news.txt,{row},{coder},1" for row in rows]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text("\n".join([HEADER, *lines]) + "\n", encoding="utf-8")
    return folder


ATTRIBUTION = (
    "attributions,a1,cue,10,14,",
    "attributions,a1,content,15,40,",
    "attributions,a1,source,0,9,",
    "attributions,a1,layer,,,1",
    "attributions,a1.2,source,50,60,",
    "attributions,a1.2,source_type,,,official",
)


def test_good_gold_is_read_with_types(tmp_path):
    write(tmp_path / "first", *ATTRIBUTION)
    write(tmp_path / "second", "certainty,k1,span,3,6,", "certainty,k1,holder,,,outlet", coder="ben")
    gold = read_gold(tmp_path)
    assert list(gold.columns) == list(COLUMNS)
    assert len(gold) == 8
    assert set(gold.coder) == {"anna", "ben"}
    assert gold.start.dtype == "Int64"
    assert gold.code[gold.field == "layer"].tolist() == ["1"]
    assert gold.code[gold.field == "cue"].isna().all()


@pytest.mark.parametrize(
    ("row", "mistake"),
    [
        ("attributions,a1,cue,14,10,", "cue ends at 10, not after its start 14"),
        ("attributions,a1,cue,,,", "cue needs start and end"),
        ("attributions,a1,cue,1,2,said", "cue is a span and holds no code"),
        ("attributions,a1,quote_type,,,loud", "quote_type has no code 'loud'"),
        ("attributions,a1,quote_type,,,", "quote_type has no code"),
        ("attributions,a1,anonymous,,,True", "anonymous is true or false, not 'True'"),
        ("attributions,a1,layer,,,first", "layer is a number, not 'first'"),
        ("attributions,a1,layer,3,4,1", "layer is a code and holds no offsets"),
        ("attributions,a1,mood,,,glad", "attributions has no field 'mood'"),
        ("moods,m1,span,1,2,", "no table is named 'moods'"),
        ("attributions,,cue,1,2,", "no unit"),
        ("attributions,a1,nested_in,,,a7", "nested_in names 'a7', which is no unit of attributions"),
        ("attributions,a1,layer,,,2", "unit a1 has a second layer"),
        ("attributions,a1,cue,10,14,", "unit a1 has a second cue"),
        ("attributions,a2,layer,,,1", "unit a2 of attributions has neither cue nor content"),
        ("attributions,a9.2,source,1,2,", "unit a9.2 is a further source of an attribution that is not there"),
        ("claims,c1,role,,,killed", "unit c1 of claims has no span"),
    ],
)
def test_every_mistake_is_named_with_its_row(tmp_path, row, mistake):
    write(tmp_path, *ATTRIBUTION, row)
    with pytest.raises(GoldError, match=f"gold.csv row 8: .*{mistake}"):
        read_gold(tmp_path)


def test_all_mistakes_are_reported_at_once(tmp_path):
    write(tmp_path, "moods,m1,span,1,2,", "certainty,k1,span,9,2,", name="one.csv")
    (tmp_path / "two.csv").write_text("text,code\n", encoding="utf-8")
    with pytest.raises(GoldError) as raised:
        read_gold(tmp_path)
    message = str(raised.value)
    assert "3 mistakes" in message
    assert all(part in message for part in ("one.csv row 2", "one.csv row 3", "two.csv row 1"))


def test_the_split_is_no_gold_and_is_checked(tmp_path):
    (tmp_path / "split.csv").write_text("corpus,event,part\nnews,flood,test\n", encoding="utf-8")
    assert read_gold(tmp_path).empty
    assert read_split(tmp_path).part.tolist() == ["test"]
    (tmp_path / "split.csv").write_text("corpus,event,part\nnews,flood,held\n", encoding="utf-8")
    with pytest.raises(GoldError, match="held"):
        read_split(tmp_path)


def test_the_tables_of_pages_and_pairs_are_no_gold(tmp_path):
    for name in ("pages.csv", "reuse_pairs.csv"):
        (tmp_path / name).write_text("package,path\nx,y\n", encoding="utf-8")
    assert read_gold(tmp_path).empty


def test_one_table_in_several_files_of_a_coder_is_one_coding(tmp_path):
    write(tmp_path, "segments,s1,span,0,9,", "segments,s1,segment,,,body", name="segments.csv")
    more = write(tmp_path / "more", "segments,s1,span,0,5,", "segments,s1,segment,,,notice") / "gold.csv"
    moved = more.rename(tmp_path / "segments_more_1.csv")
    with pytest.raises(GoldError, match="unit s1 has a second span"):
        read_gold(tmp_path)  # the same text twice
    moved.write_text(moved.read_text(encoding="utf-8").replace(TEXT, "b" * 64), encoding="utf-8")
    coding = read_coding(read_gold(tmp_path), "anna").of("segments")
    assert {text: [unit.codes["segment"] for unit in units] for text, units in coding.items()} == {
        TEXT: ["body"],
        "b" * 64: ["notice"],
    }


def test_a_text_without_a_unit_of_a_table_is_read_as_empty(tmp_path):
    row = f"{TEXT},a.txt,certainty,none,none,,,true,anna,1"
    (tmp_path / "g.csv").write_text(",".join(COLUMNS) + "\n" + row + "\n", encoding="utf-8")
    assert read_coding(read_gold(tmp_path)).units["certainty"] == {TEXT: []}
    (tmp_path / "g.csv").write_text(
        ",".join(COLUMNS) + "\n" + row.replace("none,none", "k1,none") + "\n", encoding="utf-8"
    )
    with pytest.raises(GoldError, match="both named 'none'"):
        read_gold(tmp_path)


def test_a_holder_may_name_an_attribution_of_another_coder_where_the_own_has_none(tmp_path):
    held = [
        f"{TEXT},a.txt,attributions,a1,cue,3,7,,anna,1",
        f"{TEXT},a.txt,certainty,k1,span,9,12,,ben,1",
        f"{TEXT},a.txt,certainty,k1,holder,,,a1,ben,1",
    ]
    write = (tmp_path / "g.csv").write_text
    write("\n".join([",".join(COLUMNS), *held, ""]), encoding="utf-8")
    assert len(read_gold(tmp_path)) == 3
    write("\n".join([",".join(COLUMNS), *held, f"{TEXT},a.txt,attributions,a2,cue,3,7,,ben,1", ""]), encoding="utf-8")
    with pytest.raises(GoldError, match="holder names 'a1'"):
        read_gold(tmp_path)


def test_the_gold_that_is_committed_is_sound(root):
    for folder in (root / "data" / "gold", root / "data" / "specimen" / "gold"):
        gold = read_gold(folder)
        assert not gold.empty
        alone = gold[~gold.source_file.str.endswith(".jsonl")]  # such a file holds many articles
        assert alone.text_sha256.nunique() == alone.source_file.nunique()
    split = read_split(root / "data" / "gold")
    assert not split.duplicated(["corpus", "event"]).any()
