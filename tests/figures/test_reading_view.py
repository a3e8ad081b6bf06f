"""The reading view: every character once, whatever the marks; rows by what is shared; nothing becomes markup."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.annotation import Annotations
from samestory.figures import reading_script, reading_style, reading_view
from samestory.figures.reading import LAYERS
from samestory.figures.reading.layout import lay_cells
from samestory.figures.reading.marks import Mark, find_marks
from samestory.figures.reading.spans import marked_text
from samestory.figures.reading.units import cut_units
from samestory.measures import evidence, measure
from samestory.tables import frame

VOID = ("input", "img", "br")


class Seen(HTMLParser):
    """What stands in each column of a view, character by character, with the numbers of the marks around each."""

    def __init__(self, markup: str) -> None:
        super().__init__(convert_charrefs=True)
        self.characters: dict[str, list[tuple[str, frozenset[int]]]] = {}
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self._open: list[tuple[str, dict[str, str | None]]] = []
        self.feed(markup)
        self.close()
        assert not self._open, "every element is closed"

    def handle_starttag(self, tag, attrs) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}
        if tag not in VOID:
            self._open.append((tag, dict(attrs)))

    def handle_endtag(self, tag) -> None:
        assert self._open.pop()[0] == tag, "elements nest"

    def handle_data(self, data) -> None:
        column = next((own["data-c"] for _, own in self._open if "cell" in (own.get("class") or "").split()), None)
        marks = frozenset(int(own["data-n"] or 0) for tag, own in self._open if tag == "mark")
        self.characters.setdefault(column or "", []).extend((character, marks) for character in data)

    def text(self, column: int) -> str:
        return "".join(character for character, _ in self.characters[str(column)])


def shown(text: str) -> str:
    """A text as a page gives it back: a null and half a surrogate pair are replaced, one for one."""
    return re.sub("[\x00\ud800-\udfff]", "�", text)


def texts_of(annotations) -> list[str]:
    return [str(text) for text in annotations.texts.text]


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)).map(sorted), max_size=8)


@given(st.text(max_size=40), SPANS, st.randoms(use_true_random=False))
def test_every_character_stands_once_inside_exactly_the_marks_that_cover_it(text, spans, chance) -> None:
    marks = [(n, Mark("a", chance.choice(LAYERS), "c", "content", start, end, f"r{n}", "<s>"))
             for n, (start, end) in enumerate(spans) if start < end]  # fmt: skip
    seen = Seen(f'<div class="cell" data-c="0">{marked_text(text, 0, len(text), marks)}</div>')
    found = seen.characters.get("0", [])
    assert "".join(character for character, _ in found) == shown(text)
    for place, (_, around) in enumerate(found):
        assert around == {n for n, mark in marks if mark.start <= place < mark.end}


@given(st.text(alphabet="ab \n\r\x85\u2028", max_size=60))
def test_units_hold_every_character_of_an_article_once(text) -> None:
    article = {"article_id": "a", "outlet": "o", "published_precision": "unknown", "source_file": "f", "format": "p",
               "text_sha256": "0", "n_chars": len(text), "n_words": 1, "n_body_words": 1}  # fmt: skip
    empty = {name: frame(name) for name in Annotations.__dataclass_fields__}
    only = Annotations(**{**empty, "articles": frame("articles", [article])})
    units = cut_units(only, "a", text)
    assert "".join(text[unit.start : unit.end] for unit in units) == text
    assert all(text[unit.start : unit.end].strip() for unit in units) or not text.strip()


def test_each_column_is_its_articles_text(coded) -> None:
    event = coded.event("mill-fire")
    seen = Seen(reading_view(event, layers=LAYERS).markup())
    assert [seen.text(n) for n in range(2)] == texts_of(event)


def test_hostile_words_stay_words(hostile_articles) -> None:
    view = reading_view(
        hostile_articles, measures=["labels"], layers=LAYERS, heading=hostile_articles.articles.outlet[0]
    )
    seen = Seen(view.markup())
    assert [seen.text(n) for n in range(2)] == [shown(text) for text in texts_of(hostile_articles)]
    assert "img" not in seen.elements and "onerror" not in seen.attributes
    assert view.markup().count("<script") == 1  # the notes, which are data
    (notes,) = re.findall(r'<script type="application/json" class="data">(.*?)</script>', view.markup(), re.S)
    assert "<" not in notes and "<script>" in json.dumps(json.loads(notes))


def test_shared_facts_and_headlines_stand_in_one_row(coded) -> None:
    event = coded.event("mill-fire")
    rows: dict[int, list[str]] = {}
    view = reading_view(event)
    texts = {column.article_id: column.text for column in view.columns}
    for cell in view.cells:
        words = "".join(texts[cell.article_id][unit.start : unit.end] for unit in cell.units)
        rows.setdefault(cell.row, []).append(f"{words.strip()} [{cell.why}]")
    assert rows[1] == ["Mill fire kills nine [headlines]", "Blaze of death [headlines]"]
    assert [row.endswith("[facts: killed (conflict)]") for row in rows[2]] == [True, True]
    assert "SHARE THIS []" in rows[0]


def test_rows_keep_the_order_of_every_article_and_lose_no_unit(coded) -> None:
    event = coded.event("mill-fire")
    texts = dict(zip(event.texts.article_id, event.texts.text, strict=True))
    units = {str(one): cut_units(event, one, texts[one]) for one in event.articles.article_id}
    cells = lay_cells(event, units)
    for article, own in units.items():
        column = [cell for cell in cells if cell.article_id == article]
        assert [unit for cell in column for unit in cell.units] == own
        assert all(above.bottom <= below.top for above, below in pairwise(column))


def test_a_paragraph_that_stands_split_elsewhere_meets_all_its_parts(coded) -> None:
    event = coded.event("mill-fire")
    one, other = event.articles.article_id
    parts = (
        "The first half of one long sentence stands here, and then ",
        "the second half of it follows at once, as long.",
    )
    texts = {one: "".join(parts), other: "\n".join(parts)}
    width = len(texts[one])
    rows = [{"article_id": a, "start": 0, "end": len(texts[a]), "segment": "body", "rule": "hand"} for a in texts]
    shared = [{"article_id": one, "start": 0, "end": width, "other_article_id": other, "other_start": 0,
               "other_end": width + 1},
              {"article_id": other, "start": 0, "end": width + 1, "other_article_id": one, "other_start": 0,
               "other_end": width}]  # fmt: skip
    split = replace(
        event, texts=frame("texts", [{"article_id": a, "text": t} for a, t in texts.items()]),
        segments=frame("segments", rows), reuse=frame("reuse", shared), labels=frame("labels"),
        claim_relations=frame("claim_relations"),
    )  # fmt: skip
    cells = lay_cells(split, {a: cut_units(split, a, t) for a, t in texts.items()})
    assert [(cell.article_id, len(cell.units), cell.row) for cell in cells] == [(one, 1, 1), (other, 2, 1)]


def test_the_same_referent_has_the_same_letter_everywhere(coded) -> None:
    marked = find_marks(coded.event("mill-fire"))
    letters = {mark.article_id: mark.code for mark in marked.marks if mark.layer == "labels" and "fire" in
               dict(marked.notes[mark.row_id].facts)["Stands for"]}  # fmt: skip
    assert letters == {"mill-fire-wire": "A", "mill-fire-lantern": "A"}
    assert marked.referents["A"] == "fire"


def test_a_claim_says_how_it_stands_to_the_others_and_leads_there(coded) -> None:
    marked = find_marks(coded.event("mill-fire"))
    (claim,) = [mark for mark in marked.marks if mark.row_id == "mill-fire-wire-c0"]
    assert (claim.code, claim.symbol) == ("conflict", "1≠")
    assert marked.notes[claim.row_id].links == (("conflicts with “12 people” in lantern", "mill-fire-lantern-c0"),)
    assert ("Counts", "killed: 9 people") in marked.notes[claim.row_id].facts


def test_doubt_is_told_apart_by_whose_it_is(coded) -> None:
    event = coded.event("mill-fire")
    held = event.certainty.assign(holder=["mill-fire-wire-a0", "outlet"])
    marks = [m for m in find_marks(replace(event, certainty=held)).marks if m.layer == "certainty"]
    kinds = {mark.article_id: mark.kind for mark in marks}
    assert kinds == dict(zip(held.article_id, ["cited", "own"], strict=True))


def test_a_number_leads_to_as_many_passages_as_it_counts(coded) -> None:
    event = coded.event("mill-fire")
    view = reading_view(event)
    counted = measure(event)
    whole = counted[~counted.measure.str.contains(".", regex=False) & (counted.measure != "attributed_words")]
    for row in whole.itertuples():
        assert len(view.passages.get(row.measure, {}).get(row.article_id, ())) == row.numerator, row.measure
    for row in evidence(event).itertuples():
        places = [view.marks[n] for n in view.passages[row.measure][row.article_id]]
        assert (row.start, row.end, row.row_id) in [(m.start, m.end, m.row_id) for m in places]


def test_listed_numbers_link_to_their_passages(coded) -> None:
    markup = reading_view(coded.event("mill-fire"), measures=["claims"]).markup()
    assert 'href="#of=claims&amp;in=mill-fire-wire"' in markup and "per 1,000 words" in markup
    assert "<table>" not in reading_view(coded.event("mill-fire")).markup()


def test_without_texts_the_skeleton_is_shown_and_says_why(coded) -> None:
    event = coded.event("mill-fire").without_text()
    view = reading_view(event, measures=["claims"], layers=LAYERS)
    markup = view.markup()
    assert "not on this machine" in markup and "characters" in markup
    assert "Mirkel" not in re.sub(r"<script.*?</script>", "", markup, flags=re.S)
    assert {int(n) for n in re.findall(r'<mark [^>]*data-n="(\d+)"', markup)} == set(range(len(view.marks)))
    assert '<a href="#of=claims&amp;in=mill-fire-wire"' in markup
    assert "passages" in markup and "per 1,000" not in markup
    assert "characters 0 to" in repr(view)


def test_as_text_marks_are_in_brackets_and_the_length_is_bounded(coded, hostile_articles) -> None:
    said = repr(reading_view(coded.event("mill-fire")))
    assert "[police|official] [said|cue]" in said
    assert "1. headlines" in said and "conflict" in said
    assert repr(reading_view(coded.event("mill-fire"))) == said
    assert max(map(len, repr(reading_view(hostile_articles)).splitlines())) < 700


def test_the_same_articles_give_the_same_bytes_and_others_another_id(coded) -> None:
    first, again, other = (reading_view(coded.event(e)).markup() for e in ("mill-fire", "mill-fire", "ferry"))
    ids = [re.search(r'id="(r[0-9a-f]{10})"', markup).group(1) for markup in (first, other)]
    assert first == again and ids[0] != ids[1]


def test_the_notebooks_form_holds_style_and_script_and_asks_no_other_host(coded) -> None:
    html = reading_view(coded.event("mill-fire"))._repr_html_()
    markup = reading_view(coded.event("mill-fire")).markup()
    assert html == f"<style>{reading_style()}</style>{markup}<script>{reading_script()}</script>"
    assert "http" not in reading_style() and "http" not in reading_script() and "</" not in reading_style()
    assert "innerHTML" not in reading_script() and not re.search(r'\son\w+="', html)


def test_of_many_articles_four_are_open_and_each_outlet_comes_first(coded) -> None:
    event = coded.event("mill-fire")
    rows = [{**event.articles.iloc[0].dropna().to_dict(), "article_id": f"x{n}", "outlet": o}
            for n, o in enumerate(("daily", "daily", "daily", "echo", "post", "star"))]  # fmt: skip
    many = replace(event, articles=frame("articles", rows)).select([f"x{n}" for n in range(6)])
    view = reading_view(many)
    assert [column.outlet for column in view.columns if column.shown] == ["daily (1)", "echo", "post", "star"]
    assert view.markup().count('class="article"') == 6


def test_long_runs_that_are_no_story_are_folded(coded) -> None:
    event = coded.event("ferry")
    one = event.articles.article_id[0]
    tail = "Share\nLike\nTweet\nMore\n"
    text = event.texts.set_index("article_id").text[one] + tail
    end = len(text)
    added = {"article_id": one, "start": end - len(tail), "end": end, "segment": "furniture", "rule": "hand"}
    rows = [*event.segments.to_dict("records"), added]
    longer = replace(
        event, texts=event.texts.assign(text=[text if a == one else t for a, t in event.texts.itertuples(index=False)]),
        segments=frame("segments", [{k: v for k, v in row.items() if not pd.isna(v)} for row in rows]),
    )  # fmt: skip
    markup = reading_view(longer).markup()
    assert markup.count('class="folded"') == 1 and "4 lines: furniture" in markup
    assert Seen(markup).text(0) == text


def test_wrong_names_and_several_events_are_refused(coded) -> None:
    event = coded.event("mill-fire")
    with pytest.raises(ValueError, match="no measure is named 'shouting'"):
        reading_view(event, measures=["shouting"])
    with pytest.raises(ValueError, match="no layer is named 'colour'; the layers are segments"):
        reading_view(event, layers=["colour"])
    with pytest.raises(ValueError, match=r"layers is a list of names, as in layers=\['sources'\]"):
        reading_view(event, layers="sources")
    with pytest.raises(ValueError, match="choose one of ferry, mill-fire"):
        reading_view(coded)
