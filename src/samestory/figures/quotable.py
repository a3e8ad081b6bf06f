"""Text to be quoted in a paper, with its references: a block in a notebook, plain text elsewhere."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

QUOTED = "border-left:3px solid #d9dce1;margin:0 0 0.6em 0;padding:0.1em 0 0.1em 1em;max-width:46em"
FOLDED = "white-space:pre-wrap;font-size:0.85em"


@dataclass(frozen=True)
class Quotable:
    """A text, whose paragraphs a blank line parts, and its BibTeX, which a notebook folds under it; both escaped."""

    text: str
    bibtex: str = ""

    def html(self) -> str:
        """The text as a block of paragraphs, the BibTeX folded."""
        paragraphs = "".join(f"<p>{escape(part)}</p>" for part in self.text.split("\n\n"))
        block = f'<blockquote style="{QUOTED}">{paragraphs}</blockquote>'
        if not self.bibtex:
            return f'<figure class="quotable">{block}</figure>'
        folded = f'<summary>BibTeX</summary><pre style="{FOLDED}">{escape(self.bibtex)}</pre>'
        return f'<figure class="quotable">{block}<details>{folded}</details></figure>'

    def __repr__(self) -> str:
        return f"{self.text}\n\n{self.bibtex}".rstrip()

    def _repr_html_(self) -> str:
        return self.html()


def quotable(text: str, bibtex: str = "") -> Quotable:
    """Show a text that can be quoted, with the references that it cites."""
    return Quotable(text, bibtex)
