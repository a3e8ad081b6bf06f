"""The frame that every page of the site stands in, and an executed notebook as a page of it, its code folded."""

from __future__ import annotations

import base64
import functools
import hashlib
from collections.abc import Sequence
from pathlib import Path

from samestory.files import write_whole

TEMPLATES = Path(__file__).with_name("templates")
ASSETS = Path(__file__).with_name("assets")


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


def render(
    template: str,
    *,
    title: str,
    here: str,
    crumbs: Sequence[tuple[str, str]] = (),
    home: str = "",
    site: str = "",
    assets: Sequence[str] = (),
    inline: Sequence[str] = (),
    **values: object,
) -> str:
    """Render a page of the site; everything is escaped, except what is Markup already.

    ``title`` is the window's, ``here`` the page's name in the way that leads to it, ``crumbs`` the names and links of
    that way, ``home`` the way to the site's folder ("../" from a folder in it), ``site`` the study's title where it is
    known, ``assets`` further style sheets and scripts of the folder ``assets/``, ``inline`` scripts that may run where
    they stand in the page, known by their hashes.
    """
    from markupsafe import Markup

    from samestory import __version__

    hashes = "".join(f" 'sha256-{_hash(script)}'" for script in inline)
    frame = {"title": title, "here": here, "crumbs": crumbs, "home": home, "site": site, "assets": assets}
    return environment().get_template(template).render(version=__version__, hashes=Markup(hashes), **frame, **values)


def _hash(script: str) -> str:
    return base64.b64encode(hashlib.sha256(script.encode()).digest()).decode("ascii")


def write_assets(site: Path) -> None:
    """Write what all pages share, style sheet and script, into the folder ``assets`` of the site."""
    for path in sorted(ASSETS.iterdir()):
        write_whole(site / ASSETS.name / path.name, path.read_text(encoding="utf-8"))
