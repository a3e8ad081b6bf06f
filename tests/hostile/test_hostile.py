"""Hostile text is shown as it stands: in notebooks, pages, papers, CSV and workbooks; no order in it is carried out."""

from __future__ import annotations

import base64
import csv
import io
import json
import re
import shutil
import zipfile
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from samestory.figures.reading import reading_script
from samestory.runs.plan import slug
from samestory.study import open_study

OPENERS = ("=", "+", "-", "@", "\t", "\r")
OWN = re.compile(r"(\.\./)*assets/[a-z]+\.js|figures/[\w-]+\.svg")
MEDIA = ("src", "srcset", "data", "poster", "action", "formaction", "background")


class Parsed(HTMLParser):
    """A page as a browser's parser sees it: its words, and what in it would run or ask another host."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.active: list[str] = []
        self.scripts: list[str] = []
        self._open: list[str] = []
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        held = {name: value or "" for name, value in attrs}
        self._open.append(tag)
        if tag == "script" and held.get("type") != "application/json":
            self.scripts.append(held.get("src", ""))
        if tag in ("iframe", "object", "embed", "base", "form") or (tag == "meta" and "refresh" in str(held)):
            self.active.append(f"{tag} {held}")
        for name, value in held.items():
            flat = re.sub(r"[\s\x00-\x1f]", "", value).lower()
            asks = name in MEDIA and not flat.startswith("data:image/") and not OWN.fullmatch(value)
            if name.startswith("on") or flat.startswith(("javascript:", "vbscript:", "data:text")) or asks:
                self.active.append(f"{tag} {name}={value[:80]}")
            if name in ("href", "xlink:href") and "evil.example" in value:
                self.active.append(f"{tag} {name}={value[:80]}")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if self._open[-1:] not in (["script"], ["style"]):
            self.words.append(data)

    @property
    def text(self) -> str:
        return squeezed("".join(self.words))


def squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)


def pages(hostile) -> list[Path]:
    return sorted(hostile.results.rglob("*.html"))


def outputs(hostile) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each output of each executed notebook."""
    found = sorted(hostile.results.rglob("*.ipynb"))
    assert len(found) >= 12
    for path in found:
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", []):
                yield path.stem, output


def test_nothing_was_carried_out_and_everything_stays_in_its_folder(hostile):
    home = hostile.folder.parent
    assert {path.name for path in home.iterdir()} == {"hostile", "results"}
    assert not [path for path in home.rglob("*") if path.name == "pwned"]
    assert {path.name for path in (home / "results").iterdir()} == {"hostile"}
    assert [path.name for path in (hostile.results / "events").iterdir()] == [slug(hostile.event)]


def test_outputs_of_notebooks_hold_no_markup_from_texts(hostile):
    kinds, shown = set(), []
    for name, output in outputs(hostile):
        assert output["output_type"] in ("display_data", "execute_result"), (name, output)
        kinds |= set(output["data"])
        if "text/html" in output["data"]:
            parsed = Parsed("".join(output["data"]["text/html"]).replace(f"<script>{reading_script()}</script>", ""))
            assert not parsed.active and not parsed.scripts, name
            shown.append(parsed.text)
    assert kinds <= {"text/plain", "text/html", "image/png"}, "markdown, LaTeX and scripts would be carried out"
    for text in hostile.outlets:
        assert any(squeezed(text) in words for words in shown)


def test_no_page_of_the_report_runs_or_asks_for_what_texts_say(hostile):
    assert len(pages(hostile)) >= 15
    for path in pages(hostile):
        parsed = Parsed(path.read_text(encoding="utf-8"))
        assert not parsed.active, path.name
        assert all(OWN.fullmatch(name) for name in parsed.scripts if name), path.name


def test_the_pages_show_the_texts_as_they_stand(hostile):
    event = hostile.results / "events" / slug(hostile.event)
    front, page, reading = (
        Parsed(path.read_text(encoding="utf-8")).text
        for path in (hostile.results / "index.html", event / "index.html", event / "reading.html")
    )
    for text in (*hostile.outlets, hostile.event):
        assert all(squeezed(text) in words for words in (front, page, reading))
    for text in hostile.texts:
        assert squeezed(text) in reading


def test_no_script_or_drawing_of_the_site_holds_markup_from_texts(hostile):
    for path in hostile.results.rglob("*.svg"):
        assert not Parsed(path.read_text(encoding="utf-8")).scripts, path.name
        assert not Parsed(path.read_text(encoding="utf-8")).active, path.name
    search = (hostile.results / "assets" / "search.js").read_text(encoding="utf-8")
    assert "</script" not in search.lower()


def test_the_paper_shows_them_literally(hostile):
    path = hostile.results / "events" / slug(hostile.event) / "paper.pdf"
    pdf = PdfReader(io.BytesIO(path.read_bytes()))
    text = squeezed(" ".join(page.extract_text() for page in pdf.pages))
    title = open_study(hostile.folder, hostile.results.parent).title
    for told in (*hostile.outlets, hostile.event, title):
        assert squeezed(told) in text
    actions = [str(note.get_object().get("/A")) for page in pdf.pages for note in page.get("/Annots") or ()]
    assert not [action for action in actions if "/JavaScript" in action or "/Launch" in action or "evil" in action]
    assert not {"/OpenAction", "/AA"} & set(pdf.trailer["/Root"]), "nothing happens when it is opened"


def tables_of(hostile) -> Iterator[tuple[str, str]]:
    """Every CSV that the report holds, those in archives too."""
    for path in hostile.results.rglob("*.csv"):
        yield path.name, path.read_text(encoding="utf-8-sig")
    for path in hostile.results.rglob("*.zip"):
        with zipfile.ZipFile(path) as archive:
            yield from ((name, archive.read(name).decode("utf-8-sig")) for name in archive.namelist())


def test_no_cell_of_a_table_is_a_formula(hostile):
    seen = set()
    for name, text in tables_of(hostile):
        for row in csv.reader(io.StringIO(text, newline="")):
            seen |= set(row)
            risky = [cell for cell in row if cell.startswith(OPENERS) and not _is_number(cell)]
            assert not risky, (name, risky[0])
    assert {f"'{outlet}" for outlet in hostile.outlets} <= seen


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_figures_show_dollars_and_backslashes_not_formulas(hostile):
    from matplotlib.text import Text

    from samestory.report.charts import event_charts

    study = open_study(hostile.folder, hostile.results.parent)
    said = []
    for chart in event_charts(study.view(hostile.event)).values():
        for text in chart.figure.findobj(Text):
            assert not text._preprocess_math(text.get_text())[1], text.get_text()
            said.append(text._preprocess_math(text.get_text())[0])
    assert any(r"$\nosuch{$" in squeezed(text) for text in said)


def test_sheets_for_coders_hold_text_and_no_formulas(hostile, tmp_path: Path, say):
    import openpyxl

    study = shutil.copytree(hostile.folder, tmp_path / "hostile")
    shutil.copytree(hostile.results, tmp_path / "results" / "hostile")
    code, out, err = say("code", study, "--results", tmp_path / "results", "--measures", "hedge_outlet",
                         "--articles", 1, "--coders", "ana,ben", "--format", "csv,xlsx")  # fmt: skip
    assert code == 0, out + err
    books = list((study / "coding").rglob("*.xlsx"))
    assert len(books) == 2
    for path in books:
        for sheet in openpyxl.load_workbook(path).worksheets:
            cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
            assert {cell.data_type for cell in cells} <= {"s", "n"}
            assert not [cell for cell in cells if cell.hyperlink]
    for path in (study / "coding").rglob("*.csv"):
        rows = csv.reader(io.StringIO(path.read_text(encoding="utf-8-sig"), newline=""))
        assert not [cell for row in rows for cell in row if cell.startswith(OPENERS) and not _is_number(cell)]


@pytest.mark.parametrize(
    "event",
    ["..", "../../etc", "/etc/passwd", "a" * 400, "Fire", "fire", "-rf", "~", "$(touch pwned)", "a\\b", "é", "\n"],
)
def test_an_events_folder_lies_where_it_should(event: str, tmp_path: Path):
    name = slug(event)
    assert (tmp_path / name).resolve().parent == tmp_path.resolve()
    assert re.fullmatch(r"[A-Za-z0-9_-]{1,90}", name)
    (tmp_path / name).mkdir()


def test_events_that_differ_by_case_have_folders_of_their_own_where_case_does_not_count():
    names = [slug(event).lower() for event in ("fire", "Fire", "FIRE", "fi re", "fi_re")]
    assert len(set(names)) == len(names)


def test_pictures_are_pictures(hostile):
    for name, output in outputs(hostile):
        if "image/png" in output["data"]:
            assert base64.b64decode(output["data"]["image/png"]).startswith(b"\x89PNG"), name
