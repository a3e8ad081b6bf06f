"""A figure with what makes it accountable: its finding, alt text, and the data behind it."""

from __future__ import annotations

import base64
import contextlib
import functools
import hashlib
import io
import re
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape, unescape
from typing import TYPE_CHECKING, Any

from samestory.figures.raster import picture
from samestory.figures.style import WIDTH, style
from samestory.files import csv_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure
    from matplotlib.transforms import Bbox

DPI = 300  # of the PNG, for print; the one picture of a figure, in its notebook and beside its page
SHOWN_WIDTH = round(100 * WIDTH)  # pixels of a screen
LAYOUTS = 2  # rounds of layout, the second with what the first moved
SAME_PLACE = 9  # decimals, of a figure's width and height
KEPT = "samestory"  # under which a notebook's output keeps the figure as SVG and its data
_LONG = re.compile(r"(\d\.\d{2})\d+")


@dataclass(frozen=True)
class Chart:
    """A drawn figure, its finding, its alt text and the plotted data; ``links`` names each address that it links to.

    Shown as a picture, and as text: alt text and a hash, which changes when the data do, so that a changed plot fails
    the comparison of notebooks.
    """

    figure: Figure
    title: str
    alt: str
    data: pd.DataFrame
    links: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Settle the layout once, so that the figure is the same in every format and each time it is saved."""
        import matplotlib

        if (layout := self.figure.get_layout_engine()) is not None:
            with matplotlib.rc_context(style()), _measured_once(self.figure.axes):
                for _ in range(LAYOUTS if self.figure.axes else 0):
                    layout.execute(self.figure)
                self.figure.set_layout_engine("none")

    @property
    def data_hash(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the plotted data as CSV."""
        return hashlib.sha256(self.data.to_csv(index=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def svg(self) -> str:
        """The figure as an SVG element, to be a file or to stand inside a page beside others: its ids are its own.

        Its title is the finding and its description the alt text. Marks and numbers that have an address are links.
        """
        return self._svg

    @functools.cached_property
    def _svg(self) -> str:
        """Drawn once, for the page and for the paper."""
        import matplotlib
        from matplotlib.backends.backend_svg import FigureCanvasSVG

        buffer = io.StringIO()
        with matplotlib.rc_context(style()):  # not by `savefig`, which would first go through all of it for nothing
            FigureCanvasSVG(self.figure).print_svg(buffer, metadata={"Date": None, "Creator": None})
        return _accessible(buffer.getvalue(), self.title, self.alt, self.links)

    def png(self, dpi: int = DPI) -> bytes:
        """The figure as PNG."""
        return picture(self.svg(), WIDTH, dpi)

    def csv(self) -> str:
        """The plotted data as CSV, which no spreadsheet runs."""
        return csv_text(self.data)

    def files(self, stem: str) -> dict[str, bytes]:
        """The figure as SVG, as PNG at 300 dpi, and its data as CSV, by file name."""
        return drawing_files(self.svg(), self.png(), self.csv(), stem)

    def __repr__(self) -> str:
        return f"{self.alt}\n[data {self.data_hash}]"

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> tuple[dict, dict]:
        shown = base64.b64encode(self.png()).decode("ascii")
        kept = {"title": self.title, "svg": self.svg(), "csv": self.csv()}
        told = {"alt": self.alt, "width": SHOWN_WIDTH}
        return {"image/png": shown, "text/plain": repr(self)}, {"image/png": told, KEPT: kept}


@contextlib.contextmanager
def _measured_once(drawn: Sequence[Axes]) -> Iterator[None]:
    """Axes that a layout leaves where they are keep their size meanwhile, and most of its rounds leave them."""
    for axes in drawn:
        axes.get_tightbbox = functools.partial(_measured, axes.get_tightbbox, axes, {})  # type: ignore[method-assign]
    try:
        yield
    finally:
        for axes in drawn:
            del axes.get_tightbbox


def _measured(
    measure: Callable[..., Bbox | None], axes: Axes, known: dict[Hashable, Bbox | None], *how: Any, **also: Any
) -> Bbox | None:
    key = tuple(round(side, SAME_PLACE) for side in axes.get_position().bounds)
    if key not in known:
        known[key] = measure(*how, **also)
    return known[key]


def drawing_files(svg: str, png: bytes, csv: str, stem: str) -> dict[str, bytes]:
    """A drawing as SVG and as PNG, and its data as CSV, by file name."""
    return {f"{stem}.svg": svg.encode(), f"{stem}.png": png, f"{stem}.csv": csv.encode("utf-8", "surrogatepass")}


def nothing(title: str, alt: str, data: pd.DataFrame) -> Chart:
    """A figure of which nothing can be drawn: its title says why, and its data are the columns alone."""
    import matplotlib

    from samestory.figures.canvas import sheet

    with matplotlib.rc_context(style()):
        return Chart(sheet(0.05, title), title, alt, data)


def _accessible(svg: str, title: str, alt: str, links: Mapping[str, str]) -> str:
    """matplotlib's SVG with title and description, named links, ids of its own, and no more digits than are seen."""
    svg = re.sub(r"<metadata>.*?</metadata>\s*|<!--.*?-->\s*", "", svg[svg.index("<svg") :], flags=re.DOTALL)
    svg = re.sub(r' d="[^"]+"', lambda found: _LONG.sub(r"\1", found.group()), svg)
    svg = re.sub(r"\n\s*", "\n", svg)
    own = f"f{hashlib.sha256((title + alt + svg).encode('utf-8', 'surrogatepass')).hexdigest()[:10]}-"
    svg = re.sub(r'\bid="|<use\b[^>]*?href="#|url\(#', lambda found: found.group() + own, svg)
    svg = _named(svg, links)
    # an image's parts are not read out, so one with links is a group of them
    role = "group" if links else "img"
    opened = svg.index(">") + 1
    start = svg[: opened - 1] + f' role="{role}" aria-labelledby="{own}title" aria-describedby="{own}desc">'
    told = f'\n<title id="{own}title">{escape(title)}</title>\n<desc id="{own}desc">{escape(alt)}</desc>'
    return _printable(start + told + svg[opened:])


def _named(svg: str, links: Mapping[str, str]) -> str:
    """Each link with its name; of several to one address, a mark and its number, the keyboard reaches the first."""
    seen: set[str] = set()

    def name(found: re.Match[str]) -> str:
        address = found.group(1)
        told = escape(links.get(unescape(address), unescape(address)))
        again = ' tabindex="-1"' if address in seen else ""
        seen.add(address)
        return f'<a xlink:href="{address}"{again}><title>{told}</title>'

    return re.sub(r'<a xlink:href="([^"]*)"[^>]*>', name, svg)


def _printable(text: str) -> str:
    """Text without the characters that XML forbids."""
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "\ufffd", text)
