"""Charts: their text tells what is drawn, changes with the data, and is drawn as it stands."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from samestory.figures import Chart, agency_chart, bars, dots, grouped_dots, matrix, stacks, steps, timeline
from samestory.figures import words as words_plot

from .conftest import KINDS, drawn

HOSTILE = ["<script>alert(1)</script> costs $5 and $6_x^", "café “ü” \\frac{ & {y} " + "a" * 200]


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_alt_text_and_a_hash_of_the_data(kind: str):
    chart = drawn(kind)
    data, metadata = chart._repr_mimebundle_()
    assert data["text/plain"] == f"Counts for wire.\n[data {chart.data_hash}]"
    assert metadata["image/png"] == {"alt": "Counts for wire.", "width": 720}
    assert metadata["samestory"] == {"title": "What wire says of it", "svg": chart.svg(), "csv": chart.csv()}
    assert set(data) == {"image/png", "text/plain"}


@pytest.mark.parametrize("kind", KINDS)
def test_hash_changes_with_the_data_and_only_with_them(kind: str):
    assert drawn(kind).data_hash == drawn(kind).data_hash
    assert drawn(kind).data_hash != drawn(kind, number=3.5).data_hash
    assert drawn(kind).data_hash != drawn(kind, ["lantern", "b", "c"]).data_hash


@pytest.mark.filterwarnings("error")  # a label that is not cut pushes the plot out of its figure
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_are_drawn_and_not_read(kind: str):
    for label in HOSTILE:
        svg = drawn(kind, [label, "b"]).svg()
        assert "<script" not in svg


def test_same_chart_is_the_same_svg_and_names_no_time():
    first, second = drawn("dots").svg(), drawn("dots").svg()
    assert first == second and "<dc:date>" not in first


def test_long_names_are_cut_but_not_away():
    names = [label.get_text() for label in drawn("bars", ["a" * 200]).figure.axes[0].get_yticklabels()]
    assert re.fullmatch("a{15,60}\na{15,60}…", names[0])


def test_parts_are_named_above_the_first_bar_where_each_name_stands_over_its_own_part():
    def said(*numbers: int) -> list[str]:
        data = pd.DataFrame({"outlet": "a", "kind": ["direct", "indirect", "mixed_or_other"], "n": numbers})
        chart = stacks(data, label="outlet", part="kind", value="n", title="t", unit="u", alt="a")
        return [text.get_text() for text in chart.figure.axes[0].texts]

    assert said(5, 4, 3)[-3:] == ["direct", "indirect", "mixed or other"]
    assert "direct" not in said(99, 2, 1)


def test_one_decimal_anywhere_is_one_everywhere():
    data = pd.DataFrame({"outlet": ["a", "b"], "kind": "x", "n": [5.0, 2.5]})
    chart = stacks(data, label="outlet", part="kind", value="n", title="t", unit="u", alt="a")
    assert [text.get_text() for text in chart.figure.axes[0].texts[:2]] == ["5.0", "2.5"]


@pytest.mark.parametrize("kind", ["agency", "bars", "dots", "grouped_dots", "matrix", "steps", "timeline", "words"])
def test_nothing_to_draw_is_an_empty_chart(kind: str):
    full = drawn(kind)
    nothing = full.data.iloc[:0]
    words = {"title": "Nothing", "alt": "Nothing."}
    if kind == "matrix":
        chart = matrix(nothing.set_index(["group", "label"]), **words)
    elif kind in ("agency", "timeline", "steps"):
        chart = {"agency": agency_chart, "timeline": timeline, "steps": steps}[kind](nothing, **words)
    elif kind == "grouped_dots":
        chart = grouped_dots(nothing, group="name", label="outlet", value="n", said="said", unit="words", **words)
    elif kind == "words":
        bands = nothing[["outlet", "word", "z_low", "z_high"]]
        renamed = nothing.rename(columns={"uses": "count"}).assign(other_count=0, q=0.5)
        chart = words_plot(renamed.drop(columns=["z_low", "z_high"]), bands, **words)
    else:
        chart = {"bars": bars, "dots": dots}[kind](nothing, label="outlet", value="n", unit="words", **words)
    assert chart.svg().endswith("</svg>\n")


def test_largest_comes_first_and_ties_by_name():
    data = pd.DataFrame({"outlet": ["b", "c", "a"], "n": [1, 5, 1]})
    chart = bars(data, label="outlet", value="n", title="t", unit="u", alt="a")
    assert chart.data.outlet.tolist() == ["c", "a", "b"]


def test_groups_that_are_not_drawn_are_counted():
    names = [f"referent {n}" for n in range(9)]
    data = pd.DataFrame({"name": names, "outlet": "a", "n": 1.0, "said": "one"})
    chart = grouped_dots(data, group="name", label="outlet", value="n", said="said", title="t", unit="words", alt="a")
    assert chart.data.name.tolist() == names[:6]
    assert "words; 3 more are not drawn" in [text.get_text() for text in chart.figure.texts]
    parts = data.assign(agent=1, patient=0, without_agent=0, other=0)
    chart = agency_chart(parts, title="t", alt="a", most=8)
    assert "labels of each outlet; 1 more is not drawn" in [text.get_text() for text in chart.figure.texts]


def test_a_figure_ends_before_it_is_too_long_to_read():
    data = pd.DataFrame({"name": [f"r{n // 20}" for n in range(80)], "outlet": range(80), "n": 1.0, "said": "one"})
    chart = grouped_dots(data, group="name", label="outlet", value="n", said="said", title="t", unit="words", alt="a")
    assert chart.data.name.unique().tolist() == ["r0", "r1"]


def test_a_left_out_agent_is_hatched_and_not_coloured_alone():
    bars_drawn = drawn("agency").figure.axes[0].patches
    assert [bar.get_width() for bar in bars_drawn if bar.get_hatch()] == [1, 2, 1, 2]


def names_in(chart: Chart) -> list[list[str]]:
    """The words named in each panel, those at its right edge left out."""
    found = [[text.get_text() for text in axes.texts] for axes in chart.figure.axes]
    return [[text for text in panel if not text.startswith(("↑", "↓"))] for panel in found]


def test_words_that_stand_out_are_named_once_for_two_outlets_and_by_panel_for_more():
    assert names_in(drawn("words", ["a", "b"])) == [["bombing", "lorry"]]
    assert names_in(drawn("words", ["a", "b", "c"])) == [["bombing", "lorry"]] * 3


def test_names_of_words_do_not_lie_on_each_other():
    many = pd.DataFrame(
        {"outlet": "a", "word": [f"word{n}" for n in range(30)], "count": [50 + n % 3 for n in range(30)],
         "other_count": 1, "z": [3 + n / 100 for n in range(30)], "q": 0.01}
    )  # fmt: skip
    bands = many[["outlet", "word"]].assign(z_low=-2.0, z_high=2.0)
    chart = words_plot(many, bands, title="t", alt="a")
    assert 0 < len(names_in(chart)[0]) < 30
    chart.svg()
    boxes = [text.get_window_extent() for text in chart.figure.axes[0].texts]
    assert not any(a.overlaps(b) for n, a in enumerate(boxes) for b in boxes[:n])
