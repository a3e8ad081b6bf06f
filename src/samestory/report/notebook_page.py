"""An executed notebook as a page of the site: its contents listed, its code folded, its figures with their files."""

from __future__ import annotations

import base64
import copy
import functools
import re
from collections.abc import Mapping
from html import escape
from typing import NamedTuple

from samestory.figures.chart import KEPT, SHOWN_WIDTH, drawing_files
from samestory.report.pages import TEMPLATES, render
from samestory.runs.plan import FIGURES

CODE = 512  # cells whose code is kept as it is shown: a study's notebooks hold the same for every event
PREPROCESSORS = ("CoalesceStreamsPreprocessor", "HighlightMagicsPreprocessor")  # each copies and checks the notebook
WORDLESS = re.compile(r"<img\b(?![^>]*\salt=)", re.IGNORECASE)  # a picture without a text in its place


class Page(NamedTuple):
    """A page, and the files of its figures by their way from it."""

    html: str
    figures: Mapping[str, bytes]


def notebook_page(notebook, name: str, home: str, *, site: str = "", event: str | None = None, stem: str = "") -> Page:
    """An executed notebook (an nbformat node) as a page.

    ``name`` is the page's, ``home`` the way to the site's folder, ``site`` the study's title, ``event`` whose notebook
    it is, ``stem`` how the files of its figures begin.
    """
    from markupsafe import Markup

    from samestory.figures import reading_script
    from samestory.report.notebooks import headings

    shown = copy.deepcopy(notebook)
    figures = _with_files(shown, stem)
    body = notebook_body(shown)
    crumbs = [("Report", f"{home}index.html")]
    crumbs += [("Events", f"{home}index.html#events"), (event, "index.html")] if event else []
    html = render(
        "notebook.html.j2", title=name, here=name.removeprefix(f"{event}: "), crumbs=crumbs, home=home, site=site,
        contents=[heading for heading in headings(body) if heading.level == 2],
        inline=[script for script in [reading_script()] if script in body], body=Markup(body),
    )  # fmt: skip
    return Page(html, figures)


def notebook_body(notebook) -> str:
    """The cells of a notebook as HTML, code folded and without prompts."""
    from nbconvert.exporters import TemplateExporter
    from nbconvert.filters.widgetsdatatypefilter import WidgetsDataTypeFilter

    exporter, metadata = _exporter(), notebook.metadata
    language = metadata.get("language_info", {})
    lexer = language.get("pygments_lexer", language.get("name"))
    exporter.register_filter("highlight_code", functools.partial(_highlighted, lexer))
    kinds = WidgetsDataTypeFilter(notebook_metadata=metadata, parent=exporter, resources={})
    exporter.register_filter("filter_data_type", kinds)
    # not by its own method: that parses the whole page again, for the sake of pictures without words
    html = TemplateExporter.from_notebook_node(exporter, notebook)[0]
    return exporter.from_notebook_node(notebook)[0] if WORDLESS.search(html) else html


def _highlighted(lexer: str | None, code: str, metadata: Mapping[str, object] | None = None) -> str:
    return _highlighted_as(lexer, code, (metadata or {}).get("magics_language"))


@functools.lru_cache(CODE)
def _highlighted_as(lexer: str | None, code: str, magics: object) -> str:
    from nbconvert.filters import Highlight2HTML

    return Highlight2HTML(pygments_lexer=lexer)(code, metadata={"magics_language": magics} if magics else {})


@functools.lru_cache(CODE)
def _clean(html: str | bytes) -> str:
    from nbconvert.filters import clean_html

    return clean_html(html)


@functools.cache
def _exporter():
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    return HTMLExporter(
        config=Config(),
        template_name="page",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
        default_preprocessors=[f"nbconvert.preprocessors.{name}" for name in PREPROCESSORS],
        filters={"clean_html": _clean},
    )


def _with_files(notebook, stem: str) -> dict[str, bytes]:
    """Show each figure that an output keeps by its SVG file, with links to all its files, which are returned."""
    files: dict[str, bytes] = {}
    outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
    drawn = [output for output in outputs if KEPT in output.get("metadata", {}) and "image/png" in output.data]
    for n, output in enumerate(drawn, start=1):
        kept = output.metadata[KEPT]
        drawn_once = base64.b64decode(output.data["image/png"])
        own = drawing_files(kept["svg"], drawn_once, kept["csv"], f"{FIGURES}/{stem}-{n}")
        files |= own
        names = {name.rpartition(".")[2]: name for name in own}
        output.data = {"text/html": _figure(output.metadata["image/png"]["alt"], names, n)}
    return files


def _figure(alt: str, names: Mapping[str, str], n: int) -> str:
    ways = " ".join(
        f'<a href="{escape(name)}" download aria-label="Figure {n} as {kind.upper()}">{kind.upper()}</a>'
        for kind, name in names.items()
    )
    return (
        f'<figure id="figure-{n}">'
        f'<div class="scroll" role="group" aria-label="Figure {n}" tabindex="0">'
        f'<img src="{escape(names["svg"])}" alt="{escape(alt)}" width="{SHOWN_WIDTH}"></div>'
        f'<figcaption>Figure {n} <span class="files">{ways}</span></figcaption></figure>'
    )
