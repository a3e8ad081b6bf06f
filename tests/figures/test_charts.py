"""Charts: their text tells what is drawn, changes with the data, and is drawn as it stands."""

from __future__ import annotations

import re

import pandas as pd
import pytest

from samestory.figures import Chart, agency_chart, bars, dots, grouped_dots, matrix, stacks, steps, timeline

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


KINDS = ("agency", "bars", "dots", "grouped_dots", "matrix", "stacks", "steps", "timeline")


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


@pytest.mark.parametrize("kind", ["agency", "bars", "dots", "grouped_dots", "matrix", "steps", "timeline"])
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
