"""The house style, on every kind of chart and ugly data: large enough, inside, apart, readable, whole titles."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import matplotlib
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.text import Text
from matplotlib.transforms import Bbox

from samestory.figures.canvas import FULL, breadth, folded, wrapped
from samestory.figures.style import PALETTE, READABLE, SIZE, WIDTH, contrast, on, style

from .conftest import KINDS, drawn

UGLY = {
    "one outlet": ["Meridian"],
    "zeros": ["Meridian", "The Daily Lantern"],
    "large numbers": ["Meridian", "The Daily Lantern", "Orvenia One"],
    "long names": ["The Very Reverend Gazette of the Northern Provinces and Islands", "africa.chinadaily.com.cn",
                   "a" * 200, "europe.chinadaily.com.cn"],
    "twelve outlets": [f"regional-edition-{n}.example.com" for n in range(12)],
    "markup": ["$x^2$ <b> =1+1 \\frac{1}{2}", "</text><script>alert(1)</script>", "$$", "café “ü” & {y} ^ _"],
    "other writing": ["Новая газета Қазақстан", "Ελευθεροτυπία", "الشرق الأوسط", "The Hindu"],
}  # fmt: skip


def texts_of(figure: Figure) -> list[Text]:
    """The texts that are really drawn."""
    found: list[Text] = []
    draw = Text.draw

    def noting(text: Text, renderer: object) -> None:
        if text.get_visible() and text.get_text().strip():
            found.append(text)
        draw(text, renderer)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch, matplotlib.rc_context(style()):
        patch.setattr(Text, "draw", noting)
        FigureCanvasAgg(figure).draw()
    return found


def box_of(text: Text) -> Bbox:
    return Text.get_window_extent(text)


def said(texts: Sequence[Text]) -> str:
    return "; ".join(text.get_text().replace("\n", " ") for text in texts)


each_kind = pytest.mark.parametrize("kind", KINDS)
each_ugly = pytest.mark.parametrize("ugly", UGLY)
NUMBERS = {"zeros": 0.0, "large numbers": 12345.6, "twelve outlets": 30.4}  # elsewhere 3


@each_kind
@each_ugly
def test_texts_are_large_enough_inside_the_figure_and_apart(kind: str, ugly: str):
    figure = drawn(kind, UGLY[ugly], NUMBERS.get(ugly, 3.0)).figure
    assert figure.get_size_inches()[0] == WIDTH
    texts = texts_of(figure)
    assert not [text.get_text() for text in texts if text.get_fontsize() < SIZE]
    frame = figure.bbox
    outside = [text for text in texts if not _within(box_of(text), frame)]
    assert not outside, said(outside)
    level = [text for text in texts if text.get_rotation() == 0]
    boxes = [box_of(text).padded(-1.0) for text in level]
    over = [(level[n], level[m]) for n in range(len(boxes)) for m in range(n) if boxes[n].overlaps(boxes[m])]
    assert not over, [said(pair) for pair in over]


def _within(box: Bbox, frame: Bbox) -> bool:
    return box.x0 >= frame.x0 - 1 and box.y0 >= frame.y0 - 1 and box.x1 <= frame.x1 + 1 and box.y1 <= frame.y1 + 1


@each_kind
def test_text_reads_on_what_it_stands_on(kind: str):
    figure = drawn(kind, UGLY["twelve outlets"], 30.0).figure
    texts = texts_of(figure)
    shades = [to_hex(text.get_color()) for text in texts]
    for text in texts:
        text.set_color((0, 0, 0, 0))
    canvas = FigureCanvasAgg(figure)
    with matplotlib.rc_context(style()):
        canvas.draw()
    pixels = np.asarray(canvas.buffer_rgba())[::-1]
    for text, shade in zip(texts, shades, strict=True):
        box = box_of(text)
        part = pixels[max(0, int(box.y0)) : int(box.y1) + 1, max(0, int(box.x0)) : int(box.x1) + 1, :3].reshape(-1, 3)
        ground = Counter(map(tuple, part.tolist())).most_common(1)[0][0]
        assert contrast(shade, "#{:02x}{:02x}{:02x}".format(*ground)) >= READABLE, text.get_text()


@each_kind
def test_titles_are_wrapped_and_never_cut(kind: str):
    chart = drawn(kind, ["a $long$ " * 30 + "b" * 200, "c"])
    title = chart.figure.get_suptitle()
    assert "".join(title.split()) == "".join(chart.title.split())
    assert all(breadth(line, 14, bold=True) <= FULL for line in title.split("\n"))


def test_numbers_read_on_every_colour():
    assert all(contrast(on(shade), shade) >= READABLE for shade in PALETTE)
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


def test_lines_break_between_words_and_in_a_word_only_where_it_alone_is_too_long():
    assert wrapped("one two", 1000) == ["one two"]
    assert wrapped("one two", breadth("one t")) == ["one", "two"]
    assert wrapped("north.example", breadth("north.exa")) == ["north.", "example"]
    assert "".join(wrapped("a" * 50, 60)) == "a" * 50 and max(map(breadth, wrapped("a" * 50, 60))) <= 60
    assert wrapped("", 60) == []


def test_what_does_not_fit_ends_in_an_ellipsis():
    lines = folded("one two three four", breadth("one two"), 2).split("\n")
    assert lines[0] == "one two" and lines[1].endswith("…") and len(lines) == 2
    assert folded("one two", breadth("one two"), 2) == "one two"
