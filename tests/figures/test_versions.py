"""Two versions side by side: what differs is marked on its side, and no character becomes markup."""

from __future__ import annotations

import pandas as pd

from samestory.figures import side_by_side

ROWS = pd.DataFrame(
    {
        "kind": ["headline", "shared", "shared", "inserted"],
        "pieces": [
            (("Gunmen <kill> four", "substituted"),),
            (("The mill was ", None), ("apparently ", "inserted"), ("set on fire.", None)),
            (("Nobody was hurt.", None),),
            (("One man was held.", "inserted"),),
        ],
        "other_pieces": [
            (("Militants kill four", "substituted"),),
            (("The mill was set on fire.", None),),
            (("Nobody was hurt.", None),),
            (),
        ],
    }
)


def test_changes_are_marked_on_the_side_that_they_stand_on() -> None:
    lines = repr(side_by_side(ROWS, "Wire", "Paper")).splitlines()
    assert lines[1] == "{Gunmen <kill> four} | {Militants kill four}"
    assert lines[2] == "The mill was [apparently ]set on fire. | The mill was set on fire."
    assert lines[4] == "[One man was held.] | –"


def test_text_is_escaped_and_marks_say_their_kind() -> None:
    html = side_by_side(ROWS, "<Wire>", "Paper")._repr_html_()
    assert "Gunmen &lt;kill&gt; four" in html and "&lt;Wire&gt;" in html and "<kill>" not in html
    assert 'title="substituted"' in html and 'title="inserted"' in html


def test_of_many_rows_those_that_differ_are_shown_and_the_rest_counted() -> None:
    shown = side_by_side(ROWS, "Wire", "Paper", most=3)
    assert [row[0] for row in shown.rows] == ["headline", "shared", "inserted"] and shown.more == 1
    assert "1 more" in repr(shown) and "1 more" in shown._repr_html_()


def test_without_texts_the_rows_say_so() -> None:
    absent = ROWS.assign(pieces=None, other_pieces=None)
    assert "not on this machine" in repr(side_by_side(absent, "Wire", "Paper"))
