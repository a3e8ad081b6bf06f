"""Drawings as pictures: the SVG of a figure is its one drawing, and its PNG is made from that."""

from __future__ import annotations

import functools
import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typst

PAGE = b"""#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: eval(sys.inputs.width))"""
HEAD = 33  # bytes of a PNG before what may follow its header
INCHES = 0.0254  # metres


def picture(svg: str, width: float, dpi: int) -> bytes:
    """An SVG whose letters are outlines as a PNG so many inches wide; typst draws it several times faster than
    matplotlib would draw the figure again."""
    import typst

    drawn = typst.compile(
        PAGE, format="png", ppi=dpi, font_paths=_no_fonts(), sys_inputs={"svg": svg, "width": f"{width}in"}
    )
    assert isinstance(drawn, bytes)
    return drawn[:HEAD] + _resolution(dpi) + drawn[HEAD:]


@functools.cache
def _no_fonts() -> typst.Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False)


def _resolution(dpi: int) -> bytes:
    """The part of a PNG that says how large it is meant to be (pHYs)."""
    dots = round(dpi / INCHES)
    content = b"pHYs" + struct.pack(">IIB", dots, dots, 1)
    return struct.pack(">I", len(content) - 4) + content + struct.pack(">I", zlib.crc32(content))
