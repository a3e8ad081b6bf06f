"""An executed notebook as a page: code folded, figures with alt text, the site's own style sheet."""

from __future__ import annotations

import functools
from pathlib import Path

TEMPLATES = Path(__file__).with_name("templates")


@functools.cache
def environment():
    """The templates, every value escaped unless it is marked as HTML."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def render(template: str, **values: object) -> str:
    """Render a page of the site; ``values`` are escaped, except those that are Markup already."""
    from markupsafe import Markup

    from samestory import __version__

    css = Markup((TEMPLATES / "style.css").read_text(encoding="utf-8"))
    return environment().get_template(template).render(css=css, version=__version__, **values)


def notebook_page(notebook, name: str, home: str) -> str:
    """An executed notebook (an nbformat node) as one HTML page; ``name`` says event and notebook, ``home``
    is the way to the front page."""
    from markupsafe import Markup
    from nbconvert import HTMLExporter
    from traitlets.config import Config

    exporter = HTMLExporter(
        config=Config(),
        template_name="page",
        extra_template_basedirs=[str(TEMPLATES)],
        exclude_input_prompt=True,
        exclude_output_prompt=True,
    )
    body, _ = exporter.from_notebook_node(notebook)
    return render("base.html.j2", title=name, here=name, crumbs=[("Report", home)], body=Markup(body))
