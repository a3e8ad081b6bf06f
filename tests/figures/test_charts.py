"""Charts: their text tells what is drawn, changes with the data, and is drawn as it stands."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from samestory.figures import Chart, agency_chart, bars, dots, grouped_dots, matrix, stacks, steps, timeline
from samestory.figures import words as words_plot

HOSTILE = ["<script>alert(1)</script> costs $5 and $6_x^", "café “ü” \\frac{ & {y} " + "a" * 200]


def drawn(name: str, label: str = "wire", number: float = 3.0) -> Chart:
    """One chart of each kind, with ``label`` as a row's name and in the title, and ``number`` in it."""
    words = {"title": f"What {label} says", "alt": f"Counts for {label}."}
    if name == "matrix":
        rows = pd.MultiIndex.from_tuples([("attacker", label), ("attacker", "other")])
        return matrix(pd.DataFrame({"wire": [number, 0]}, index=rows), **words)
    if name == "steps":
        hours = pd.to_datetime(pd.Series(["2020-02-06T08:00", "2020-02-06T12:00", None]))
        columns = {"role": ["killed", "killed", "injured"], "outlet": [label, "b", "c"], "earliest": hours,
                   "latest": hours, "quantity": [number, 4.0, 9.0], "low": [number, 3.0, None],
                   "high": [None, 5.0, 9.0],
                   "bound": ["at_least", "approximate", "at_most"],
                   "voice": ["outlet", label, "outlet"]}  # fmt: skip
        return steps(pd.DataFrame(columns), **words)
    if name == "words":
        rows = [
            (label, "lorry", 9, number, 3.0, 0.01),
            (label, label, 20, 2, 2.5, 0.4),
            (label, "of", 400, 390, 0.1, 0.9),
        ]
        data = pd.DataFrame(rows, columns=["outlet", "word", "count", "other_count", "z", "q"])
        data = pd.concat([data, data.assign(outlet="b", z=-data.z)], ignore_index=True)
        bands = data[["outlet", "word"]].assign(z_low=-1.9, z_high=1.9)
        return words_plot(data, bands, **words)
    if name == "timeline":
        hours = pd.to_datetime(pd.Series([f"2020-02-06T{int(number) + n:02d}:00" for n in (0, 5)] + [None]))
        columns = {"outlet": [label, "b", "c"], "published": [f"at {number}", label, pd.NA], "earliest": hours,
                   "latest": hours + pd.to_timedelta([1, 1600, 0], unit="min")}  # fmt: skip
        data = pd.DataFrame(columns | {"stage": ["earlier", "later", "unknown"]})
        return timeline(data, **words)
    if name == "stacks":
        data = pd.DataFrame({"outlet": [label, label, "b"], "kind": [label, "y", "y"], "n": [number, 1, 2]})
        return stacks(data, label="outlet", part="kind", value="n", unit="mentions", **words)
    if name == "grouped_dots":
        columns = {"name": [label, label, "y"], "outlet": [label, "b", "b"], "n": [number, None, 2.0],
                   "said": [label, "not named", "word 2"], "position": ["body", pd.NA, "lead"]}  # fmt: skip
        return grouped_dots(pd.DataFrame(columns), group="name", label="outlet", value="n", said="said", unit="words",
                            kind="position", kinds=("headline", "lead", "body"), **words)  # fmt: skip
    if name == "agency":
        columns = {"name": [label, label, "y"], "outlet": [label, "b", "b"], "agent": [number, 0, 0],
                   "patient": [2, 1, 0], "without_agent": [1, 0, 0], "other": [0, 3, 0]}  # fmt: skip
        return agency_chart(pd.DataFrame(columns), **words)
    data = pd.DataFrame({"outlet": [label, "b"], "n": [number, 2.0], "low": [1.0, None], "high": [5.0, None]})
    return {"bars": bars, "dots": dots}[name](data, label="outlet", value="n", unit="words", **words)


KINDS = ("agency", "bars", "dots", "grouped_dots", "matrix", "stacks", "steps", "timeline", "words")


@pytest.mark.parametrize("kind", KINDS)
def test_text_is_alt_text_and_a_hash_of_the_data(kind: str):
    chart = drawn(kind)
    data, metadata = chart._repr_mimebundle_()
    assert data["text/plain"] == f"Counts for wire.\n[data {chart.data_hash}]"
    assert metadata == {"image/png": {"alt": "Counts for wire."}}
    assert set(data) == {"image/png", "text/plain"}


@pytest.mark.parametrize("kind", KINDS)
def test_hash_changes_with_the_data_and_only_with_them(kind: str):
    assert drawn(kind).data_hash == drawn(kind).data_hash
    assert drawn(kind).data_hash != drawn(kind, number=3.5).data_hash
    assert drawn(kind).data_hash != drawn(kind, label="lantern").data_hash


@pytest.mark.filterwarnings("error")  # a label that is not cut pushes the plot out of its figure
@pytest.mark.parametrize("kind", KINDS)
def test_hostile_words_are_drawn_and_not_read(kind: str):
    for label in HOSTILE:
        svg = drawn(kind, label=label).svg()
        assert "<script" not in svg


def test_same_chart_is_the_same_svg_and_names_no_time():
    first, second = drawn("dots").svg(), drawn("dots").svg()
    assert first == second and "<dc:date>" not in first


def test_a_dollar_opens_no_formula():
    labels = drawn("bars", label="$x$ y").figure.axes[0].get_yticklabels()
    assert labels[0].get_text() == r"\$x\$ y"


def test_long_names_are_cut_but_not_away():
    names = [label.get_text() for label in drawn("bars", label="a" * 200).figure.axes[0].get_yticklabels()]
    assert re.fullmatch("a{20,60}…", names[0])


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
    assert chart.figure.axes[0].get_xlabel() == "words; 3 more are not drawn"
    parts = data.assign(agent=1, patient=0, without_agent=0, other=0)
    assert agency_chart(parts, title="t", alt="a", most=8).figure.axes[0].get_xlabel() == "1 more is not drawn"


def test_a_left_out_agent_is_hatched_and_not_coloured_alone():
    bars_drawn = drawn("agency").figure.axes[0].patches
    assert [bar.get_width() for bar in bars_drawn if bar.get_hatch()] == [1]


def names_in(chart: Chart) -> list[list[str]]:
    """The words named in each panel, those at its right edge left out."""
    found = [[text.get_text() for text in axes.texts] for axes in chart.figure.axes]
    return [[text for text in panel if not text.startswith(("more in", "less than"))] for panel in found]


def test_words_that_stand_out_are_named_once_for_two_outlets_and_by_panel_for_more():
    assert names_in(drawn("words")) == [["lorry", "wire"]]
    data = pd.concat([drawn("words").data.assign(q=0.01), drawn("words").data.head(3).assign(outlet="c")])
    data = data.assign(q=data.called.map({True: 0.01, False: 0.5}), count=data.uses, other_count=0)
    bands = data[["outlet", "word", "z_low", "z_high"]]
    chart = words_plot(data.drop(columns=["z_low", "z_high"]), bands, title="t", alt="a")
    assert names_in(chart) == [["lorry", "wire"]] * 3


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
