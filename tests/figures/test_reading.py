"""What readers see of texts and tables: every character escaped, nulls told apart from zero."""

from __future__ import annotations

from html.parser import HTMLParser

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory.annotation import Annotations
from samestory.figures import finding, limit, passages, table
from samestory.tables import frame

TEXT = 'She said <script>alert("x")</script> & left; it cost $5.\nThen it rained.'


class Reader(HTMLParser):
    """Reads a page as a browser would: its tags and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def spans(*pairs: tuple[int, int], article_id: str = "a") -> pd.DataFrame:
    return pd.DataFrame([{"article_id": article_id, "start": s, "end": e, "note": "<b>note"} for s, e in pairs])


def texts(text: str = TEXT) -> pd.DataFrame:
    return frame("texts", [{"article_id": "a", "text": text}])


def test_passage_is_escaped_and_marked():
    start = TEXT.index("<script>")
    shown = passages(texts(), spans((start, start + 8)), note="note")
    page = Reader(shown._repr_html_())
    assert page.tags == ["ul", "li", "b", "mark"]
    assert page.text == "<b>note " + TEXT.replace("\n", " ")
    assert repr(shown).startswith("<b>note: She said [<script>]alert(")


@given(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\n\0"), min_size=1, max_size=60), st.data()
)
@settings(max_examples=100, deadline=None)
def test_marked_are_the_very_characters(text: str, data: st.DataObject):
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    shown = passages(texts(text), spans((start, end)), note="note")
    assert shown.items[0].marked == text[start:end]
    assert Reader(shown._repr_html_()).text == "<b>note " + text


def test_long_text_is_cut_on_both_sides_and_says_so():
    text = "x" * 500 + "HERE" + "y" * 500
    shown = passages(texts(text), spans((500, 504)), note="note")
    before, after = shown.items[0].before, shown.items[0].after
    assert before.startswith("…x") and after.endswith("y…") and len(before) < 100 > len(after)


def test_more_than_shown_is_counted():
    shown = passages(texts(), spans(*[(n, n + 1) for n in range(5)]), note="note", most=2)
    assert len(shown.items) == 2 and repr(shown).endswith("... and 3 more")
    assert "... and 3 more" in shown._repr_html_()


def test_without_text_the_passage_says_where_it_would_be(coded: Annotations):
    bare = coded.without_text()
    assert bare.texts.empty and bare.articles.title.isna().all()
    shown = passages(bare.texts, bare.claims, note="role")
    assert repr(shown).splitlines()[0] == "killed: [characters 55 to 67 of mill-fire-wire]"


def test_no_passages_are_said_to_be_none():
    empty = passages(texts(), spans().reindex(columns=["article_id", "start", "end", "note"]), note="note")
    assert repr(empty) == "No passage is counted here."
    assert empty._repr_html_() == "<p>No passage is counted here.</p>"


def test_table_is_escaped_and_null_is_no_zero():
    data = pd.DataFrame({"<i>name": ['<script>"&', "b"], "n": pd.Series([0, None], dtype="Int64"), "x": [0.5, None]})
    shown = table(data, "Who <said>")
    page = Reader(shown.html())
    assert "script" not in page.tags and "i" not in page.tags
    assert page.text == 'Who <said><i>namenx<script>"&00.50b––'
    assert "–" in repr(shown) and "NA" not in repr(shown)


def test_empty_table_names_its_columns():
    empty = pd.DataFrame(columns=["outlet", "n_words"])
    assert repr(table(empty)) == "A table of outlet, words: none."
    assert table(empty, "Families of <copy>").html() == '<p class="none">Families of &lt;copy&gt;: none.</p>'


def test_tables_tell_times_and_heads_in_words():
    shown = table(pd.DataFrame({"n_articles": [2], "first_published": ["2019-05-13T15:20:00+02:00"]})).html()
    assert ">articles</th>" in shown and ">first published</th>" in shown
    assert ">13 May 2019, 15:20 (UTC+02:00)</td>" in shown


@pytest.mark.parametrize(("show", "kind"), [(finding, "finding"), (limit, "limit")])
def test_sentences_are_escaped(show, kind: str):
    said = show("2 of 3 <b>sources</b> & more")
    assert repr(said) == "2 of 3 <b>sources</b> & more"
    assert said._repr_html_() == f'<p class="{kind}">2 of 3 &lt;b&gt;sources&lt;/b&gt; &amp; more</p>'
