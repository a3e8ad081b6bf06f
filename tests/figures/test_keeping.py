"""What an executed notebook keeps of its figures, and what a page and a file get of them."""

from __future__ import annotations

import io
import re
import xml.etree.ElementTree as ET

import nbformat
import pytest
from PIL import Image

from samestory.figures import Chart, drop_kept

from .conftest import KINDS, LINKED, drawn

SVG = "{http://www.w3.org/2000/svg}"
HREF = "{http://www.w3.org/1999/xlink}href"
HOSTILE = ["</title><script>alert(1)</script> costs $5", '"><img onerror=x>', "=cmd|' /C calc'!A0"]


def notebook(*charts: Chart) -> nbformat.NotebookNode:
    """An executed notebook that shows these charts, as it comes back from a file."""
    cells = []
    for chart in charts:
        data, metadata = chart._repr_mimebundle_()
        output = nbformat.v4.new_output("display_data", data, metadata=metadata)
        cells.append(nbformat.v4.new_code_cell("chart", outputs=[output]))
    return nbformat.reads(nbformat.writes(nbformat.v4.new_notebook(cells=cells)), as_version=4)


def test_an_output_keeps_the_figure_as_svg_with_its_finding_and_its_data():
    chart = drawn("dots", HOSTILE)
    kept = notebook(chart).cells[0].outputs[0].metadata["samestory"]
    assert kept == {"title": chart.title, "svg": chart.svg(), "csv": chart.csv()}


def test_a_committed_notebook_keeps_pictures_alone():
    bare = notebook(drawn("bars"), drawn("dots"))
    drop_kept(bare)
    assert [set(cell.outputs[0].metadata) for cell in bare.cells] == [{"image/png"}] * 2
    assert all("image/png" in cell.outputs[0].data for cell in bare.cells)


@pytest.mark.parametrize("kind", KINDS)
def test_files_are_the_same_bytes_each_time(kind: str):
    first = drawn(kind, HOSTILE).files("x")
    assert list(first) == ["x.svg", "x.png", "x.csv"] and first == drawn(kind, HOSTILE).files("x")


def test_the_picture_has_300_dots_an_inch():
    picture = Image.open(io.BytesIO(drawn("bars").png()))
    assert picture.width == 7.2 * 300 and picture.info["dpi"] == pytest.approx((300, 300), abs=0.1)


def test_the_table_behind_it_holds_no_formula():
    assert "\n'=cmd" in drawn("bars", HOSTILE).csv()


@pytest.mark.parametrize("kind", KINDS)
def test_the_drawing_says_its_finding_and_what_it_shows(kind: str):
    chart = drawn(kind, HOSTILE)
    root = ET.fromstring(chart.svg())
    title, description = root[0], root[1]
    assert (title.tag, title.text, description.tag, description.text) == (
        f"{SVG}title", chart.title, f"{SVG}desc", chart.alt
    )  # fmt: skip
    assert root.get("role") == "img"
    assert root.get("aria-labelledby") == title.get("id") and root.get("aria-describedby") == description.get("id")


@pytest.mark.parametrize("kind", KINDS)
def test_drawings_beside_each_other_share_no_id_and_each_finds_its_own(kind: str):
    one, other = drawn(kind).svg(), drawn(kind, ["wire", "b", "d"]).svg()
    ids = [re.findall(r'\bid="([^"]*)"', svg) for svg in (one, other)]
    assert len(set(ids[0])) == len(ids[0]) and not set(ids[0]) & set(ids[1])
    used = set(re.findall(r'<use[^>]*href="#([^"]*)"', one)) | set(re.findall(r"url\(#([^)]*)\)", one))
    assert used and used <= set(ids[0])


KEYS = {
    "contrasts": ("wire – wire", "Words given to sources"),
    "grouped_dots": ("victims", "wire"),
    "matrix": ("wire", "c", "wire"),
    "stacks": ("wire", "y"),
}


@pytest.mark.parametrize("kind", LINKED)
@pytest.mark.parametrize("address", ["reading.html#of=anonymous&in=a<b>", "#of=anonymous"])
def test_marks_and_their_numbers_are_links_with_a_name(kind: str, address: str):
    chart = drawn(kind, links={KEYS.get(kind, "wire"): address, "nobody": "elsewhere.html"})
    root = ET.fromstring(chart.svg())
    links = list(root.iter(f"{SVG}a"))
    assert {link.get(HREF) for link in links} == {address} and len(links) > 1
    names = {link.findtext(f"{SVG}title") for link in links}
    assert len(names) == 1 and "wire" in names.pop()
    assert [link.get("tabindex") for link in links] == [None, *["-1"] * (len(links) - 1)]
    assert root.get("role") == "group" and "target" not in chart.svg()
