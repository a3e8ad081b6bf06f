"""The paper of an event: what stands in it, that it is the same each time, and that nothing is dropped in silence."""

from __future__ import annotations

import io
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from pypdf import PdfReader

import samestory
from samestory.annotation import Annotations
from samestory.comparison.proven import of_event
from samestory.comparison.timing import timing
from samestory.figures import timeline
from samestory.report import paper
from samestory.report.paper import event_paper, paper_content
from samestory.study import Study, open_study


@pytest.fixture
def study(shipped_study: Path) -> Study:
    return open_study(shipped_study, shipped_study.parent / "results")


@pytest.fixture
def fire(coded: Annotations) -> Annotations:
    return coded.event("mill-fire")


def make(study: Study, view: Annotations, measures: pd.DataFrame | None = None) -> bytes:
    measures = samestory.measure(view) if measures is None else measures
    chart = timeline(timing(view.articles), title="When", alt="When each was published.")
    return event_paper(study, view, measures, of_event(view, measures), [chart])


def text_of(pdf: bytes) -> str:
    """All words, on one line."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def test_it_tells_what_was_compared_found_and_cannot_be_concluded(study: Study, fire: Annotations):
    text = text_of(make(study, fire))
    for heading in ("What was compared", "What was found", "What cannot be concluded", "Numbers side by side",
                    "The ledger of claims", "The passages", "How it was made", "How far the numbers can be trusted",
                    "How to cite", "Works cited"):  # fmt: skip
        assert heading in text
    assert "mill-fire" in text and "Two events, two outlets" in text and "Mill fire kills nine" in text
    assert "every outlet has one article here" in text.lower()
    ledger = text[text.index("What is said, and by whom") :]
    assert ledger.startswith("What is said, and by whom killed, person conflict") and "): lantern [" in ledger
    assert "At least 12 people died" in text and "article 2, characters" in text


def test_each_passage_is_told_by_its_characters(study: Study, fire: Annotations):
    measures = samestory.measure(fire)
    content = paper_content(study, fire, measures, of_event(fire, measures))
    texts = fire.texts.set_index("article_id").text
    names = {row["number"]: row["article_id"] for row in content["articles"]}
    assert [one["number"] for one in content["passages"]] == list(range(1, len(content["passages"]) + 1))
    for one in content["passages"]:
        assert texts[names[one["article"]]][one["start"] : one["end"]] == one["marked"]
    referred = {part["passage"] for finding in content["findings"] for part in finding["proof"]} - {None}
    assert referred and referred <= {one["number"] for one in content["passages"]}


def test_a_value_stands_above_what_it_was_counted_of(study: Study, fire: Annotations):
    measures = samestory.measure(fire)
    rows = {row["outlet"]: row["values"] for row in paper_content(study, fire, measures, [])["outlets"]}
    place = paper.SHOWN.index("attributions")
    own = measures.merge(fire.articles[["article_id", "outlet"]], on="article_id")
    told = own[(own.measure == "attributions") & (own.outlet == "lantern")].iloc[0]
    assert rows["lantern"][place] == {
        "value": f"{1000 * told.numerator / told.denominator:.1f}",
        "counts": f"{told.numerator:.0f}/{told.denominator:.0f}",
    }


def test_the_same_event_gives_the_same_bytes(study: Study, fire: Annotations):
    assert make(study, fire) == make(study, fire)


def test_it_can_be_read_aloud(study: Study, fire: Annotations):
    pdf = PdfReader(io.BytesIO(make(study, fire)))
    root = pdf.trailer["/Root"]
    assert root["/Lang"] == "en" and root["/MarkInfo"]["/Marked"] and "/StructTreeRoot" in root
    assert pdf.metadata is not None and pdf.metadata.title == "mill-fire: Two events, two outlets"
    assert "When each was published." in _alternatives(root["/StructTreeRoot"])
    assert len(pdf.pages) <= 6


def _alternatives(node: Any) -> set[str]:
    """What the tree of a document's parts says in place of its pictures."""
    held = node.get_object() if hasattr(node, "get_object") else node
    if isinstance(held, list):
        return set().union(*map(_alternatives, held))
    if not isinstance(held, dict):
        return set()
    return {str(held["/Alt"])} if "/Alt" in held else _alternatives(held.get("/K", []))


def test_characters_without_a_sign_are_told_by_their_code_points(study: Study, fire: Annotations):
    odd = "Привет Ελλάδα عربي \u4e2d\u202egnp\u0007\ud800"
    articles = fire.articles.assign(title=odd)
    text = text_of(make(study, replace(fire, articles=articles)))
    assert "Привет Ελλάδα" in text
    for code in ("[U+4E2D]", "[U+202E]", "[U+0007]", "[U+D800]"):
        assert code in squeezed(text)
    assert "4 characters of the texts have no sign in the fonts of this file" in text
    assert "no sign in the fonts" not in text_of(make(study, fire))


def test_a_study_without_texts_says_which_characters_it_would_show(study: Study, fire: Annotations):
    bare = replace(fire, texts=fire.texts.iloc[:0])
    assert re.search(r"characters \d+ to \d+ of mill-fire-wire", text_of(make(study, bare, samestory.measure(fire))))


def test_what_is_too_much_for_a_paper_is_counted(study: Study, fire: Annotations, monkeypatch: pytest.MonkeyPatch):
    measures = samestory.measure(fire)
    found = of_event(fire, measures)
    whole = len(paper_content(study, fire, measures, found)["passages"])
    monkeypatch.setattr(paper, "QUOTED", 1)
    told = paper_content(study, fire, measures, found)
    assert len(told["passages"]) == 1 and told["passages_note"].startswith(f"1 of {whole} passages")


def test_text_is_never_markup(study: Study, fire: Annotations):
    order = '#read("x") *b* _i_ $1/0$ `raw` \\u{41} <label> @wire [@efron1979] = h // c'
    articles = fire.articles.assign(outlet=order, title=order)
    text = text_of(make(replace(study, title=order), replace(fire, articles=articles)))
    assert squeezed(text).count(squeezed(order).replace("[@efron1979]", "")[:20]) >= 4
    assert squeezed("`raw` \\u{41} <label> @wire [@efron1979] = h // c") in squeezed(text)


def test_no_articles_of_an_event_still_make_a_paper(study: Study, coded: Annotations):
    alone = coded.select(coded.articles.article_id[coded.articles.outlet == "wire"])
    alone = replace(alone, articles=alone.articles.assign(event=pd.Series(pd.NA, alone.articles.index, "string")))
    assert "articles without an event" in text_of(make(study, alone))
