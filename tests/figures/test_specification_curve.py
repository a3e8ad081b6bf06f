"""The specification curve: what ran, what is significant, what failed, each told by form and number."""

from __future__ import annotations

import numpy as np
import pandas as pd

from samestory.figures import Chart, specification_curve

AXES = {"headline": ("counted", "not counted"), "wire": ("in every outlet", "once")}


def drawn(failed: int = 0, refused: bool = False, ran: int = 4) -> Chart:
    rows = [
        {"specification": f"s{n}", "difference": float(n - 1), "low": n - 1.5, "high": n - 0.5,
         "significant": n > 2 and not refused, "reference": n == 1,
         "status": "refused" if refused else "ran", "headline": AXES["headline"][n % 2],
         "wire": AXES["wire"][n // 2 % 2]} for n in range(ran)
    ] + [
        {"specification": f"f{n}", "difference": np.nan, "low": np.nan, "high": np.nan, "significant": False,
         "reference": False, "status": "failed", "headline": "counted", "wire": "once"} for n in range(failed)
    ]  # fmt: skip
    return specification_curve(pd.DataFrame(rows), AXES, title="It turns", unit="difference", alt="A curve.")


def texts(chart: Chart) -> list[str]:
    """The key, what the curve says, and the choices and their options beneath it."""
    key = [text.get_text() for text in chart.figure.texts][2:]
    upper, lower = chart.figure.axes
    options = dict(enumerate(text.get_text() for text in lower.get_yticklabels()))
    headings = {int(text.get_position()[1]): text.get_text() for text in lower.texts}
    return [*key, *(text.get_text() for text in upper.texts), *(options | headings).values()]


def test_each_form_is_named_with_how_many_there_are():
    said = texts(drawn(failed=2))
    assert said[:4] == ["q < .05 (1)", "q of .05 or more (3)", "reference, s1", "failed (2)"]
    assert {"f0", "f1"} <= set(said) and said[-6:] == [
        "headline", "counted", "not counted", "wire", "in every outlet", "once",
    ]  # fmt: skip


def test_what_did_not_fail_is_in_order_and_what_failed_at_its_side():
    upper = drawn(failed=1).figure.axes[0]
    dots = [line for line in upper.lines if line.get_marker() == "o" and len(line.get_xdata())]
    heights = [float(line.get_ydata()[0]) for line in dots]
    assert heights == sorted(heights) == [-1.0, 0.0, 1.0, 2.0]
    crosses = [line for line in upper.lines if line.get_marker() == "x" and len(line.get_xdata())]
    assert len(crosses) == 1 and crosses[0].get_xdata()[0] > max(line.get_xdata()[0] for line in dots)


def test_many_that_failed_are_counted_and_not_named():
    said = texts(drawn(failed=30))
    assert "failed (30)" in said and "f0" not in said


def test_where_nothing_was_tested_or_ran_it_says_so():
    assert texts(drawn(refused=True))[0] == "no test (4)"
    assert texts(drawn(failed=3, ran=0))[0] == "failed (3)"
    assert drawn(failed=3, ran=0).svg().startswith("<svg")


def test_the_same_data_give_the_same_picture():
    assert drawn(failed=1).svg() == drawn(failed=1).svg()
