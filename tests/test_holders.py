"""Holders: the innermost content that contains a span, else the outlet."""

from __future__ import annotations

import pandas as pd
import pytest

from samestory.holders import fill_claims, fill_cue_holders, fill_holders, innermost, named_spans, reports
from samestory.tables import frame

# "One source told us [1 the police suspect [2 he may have fled] and are searching] ... [1 more]"
CONTENTS = frame(
    "contents",
    [
        {"article_id": "t", "attribution_id": "t-a0", "start": 20, "end": 80},
        {"article_id": "t", "attribution_id": "t-a1", "start": 40, "end": 60},
        {"article_id": "t", "attribution_id": "t-a0", "start": 100, "end": 120},
    ],
)
ATTRIBUTION = {"article_id": "t", "sentence_id": "t-s0", "attribution_kind": "speech", "quote_type": "indirect",
               "layer": 1, "engine": "test"}  # fmt: skip
ATTRIBUTIONS = frame(
    "attributions",
    [
        ATTRIBUTION | {"attribution_id": "t-a0", "cue_start": 11, "cue_end": 15},
        ATTRIBUTION | {"attribution_id": "t-a1", "cue_start": 31, "cue_end": 39, "layer": 2, "nested_in": "t-a0"},
        ATTRIBUTION | {"attribution_id": "t-a2", "carried_from": "t-a0"},
    ],
)


def cue(start: int, end: int, kind: str = "hedge") -> dict[str, object]:
    return {"article_id": "t", "cue_id": f"t-k{start}", "sentence_id": "t-s0", "start": start, "end": end,
            "certainty_type": kind, "holder": "outlet"}  # fmt: skip


def claim(start: int, end: int) -> dict[str, object]:
    return {"article_id": "t", "claim_id": f"t-c{start}", "sentence_id": "t-s0", "start": start, "end": end,
            "role": "killed", "bound": "exact", "about": "this_event", "holder": "outlet"}  # fmt: skip


@pytest.mark.parametrize(
    ("start", "end", "holder"),
    [
        (0, 5, "outlet"),
        (25, 30, "t-a0"),
        (45, 50, "t-a1"),
        (40, 60, "t-a1"),
        (20, 80, "t-a0"),
        (58, 62, "t-a0"),  # crosses the end of the inner content, so only the outer contains it
        (78, 82, "outlet"),
        (105, 110, "t-a0"),
    ],
)
def test_holder_is_the_innermost_content(start: int, end: int, holder: str):
    assert innermost(named_spans(CONTENTS, "attribution_id"), start, end) == holder


def test_without_contents_all_is_the_outlets():
    filled = fill_holders(frame("claims", [claim(3, 5)]), frame("contents"), "holder")
    assert filled.holder.tolist() == ["outlet"]
    assert len(fill_holders(frame("labels"), CONTENTS, "voice")) == 0


def test_voice_of_labels_is_filled_and_the_table_stays_sound():
    label = {"article_id": "t", "label_id": "t-l0", "start": 45, "end": 50, "head": "men", "position": "body",
             "voice": "outlet", "agency": "other", "passive_without_agent": False, "response": False}  # fmt: skip
    filled = fill_holders(
        frame("labels", [label, label | {"label_id": "t-l1", "start": 90, "end": 95}]), CONTENTS, "voice"
    )
    assert filled.voice.tolist() == ["t-a1", "outlet"]
    pd.testing.assert_frame_equal(frame("labels", filled.to_dict("records")), filled)


def test_a_cue_that_is_an_attributions_cue_is_held_by_that_attribution():
    # 31..39 is the cue "suspect" of t-a1: it lies in the content of t-a0 and outside its own content
    filled = fill_cue_holders(frame("certainty", [cue(31, 38), cue(45, 48), cue(0, 4)]), ATTRIBUTIONS, CONTENTS)
    assert filled.holder.tolist() == ["t-a1", "t-a1", "outlet"]


def test_number_belongs_to_the_cue_right_before_or_inside_it():
    claims = frame("claims", [claim(10, 12), claim(30, 45), claim(60, 62)])
    cues = [
        cue(1, 9, "bound"),  # "at least 20"
        cue(32, 37, "approximator"),  # "killing [about] 20 people"
        cue(50, 55, "approximator"),  # too far away from the next number
        cue(56, 59, "hedge"),  # qualifies no number
    ]
    filled = fill_claims(frame("certainty", cues), claims)
    assert filled.claim_id.fillna("-").tolist() == ["t-c10", "t-c30", "-", "-"]


def test_what_only_seems_holds_nothing():
    text = "It seems that the mill burned. Police said so. It is believed that nine died."
    rows = [
        ATTRIBUTION | {"attribution_id": "t-a0", "cue_start": 3, "cue_end": 8},
        ATTRIBUTION | {"attribution_id": "t-a1", "cue_start": 38, "cue_end": 42, "source_start": 31, "source_end": 37},
        ATTRIBUTION | {"attribution_id": "t-a2", "cue_start": 50, "cue_end": 61},
    ]
    assert reports(frame("attributions", rows), text).attribution_id.tolist() == ["t-a1", "t-a2"]
