"""A figure with what makes it accountable: alt text and the data behind it."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure


@dataclass(frozen=True)
class Chart:
    """A drawn figure, its alt text and the plotted data. Shown as a picture, and as text: alt text and a hash.

    The text changes when the data do, so that a changed plot fails the comparison of notebooks.
    """

    figure: Figure
    alt: str
    data: pd.DataFrame

    @property
    def data_hash(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the plotted data as CSV."""
        return hashlib.sha256(self.data.to_csv(index=False).encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def svg(self) -> str:
        """The figure as an SVG document, without time stamp."""
        buffer = io.StringIO()
        self._save(buffer, format="svg", metadata={"Date": None, "Creator": None})
        return buffer.getvalue()

    def png(self, dpi: int = 160) -> bytes:
        """The figure as PNG."""
        buffer = io.BytesIO()
        self._save(buffer, format="png", dpi=dpi)
        return buffer.getvalue()

    def _save(self, buffer, **options) -> None:
        import matplotlib

        from samestory.figures.style import RC

        with matplotlib.rc_context(RC):
            self.figure.savefig(buffer, **options)

    def __repr__(self) -> str:
        return f"{self.alt}\n[data {self.data_hash}]"

    def _repr_mimebundle_(self, include=None, exclude=None):
        picture = base64.b64encode(self.png()).decode("ascii")
        return {"image/png": picture, "text/plain": repr(self)}, {"image/png": {"alt": self.alt}}
