"""The ledger: what each outlet says of the same thing, each cell linked to the passage that proves it."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import pandas as pd

from samestory.figures.passages import Passages, passages

SILENT = "\u2013"
STYLE = "border-collapse:collapse;font-variant-numeric:tabular-nums"


@dataclass(frozen=True)
class Ledger:
    """Claims by thing (rows) and outlet (columns) and their passages. Shown as HTML with links, and as plain text."""

    cells: pd.DataFrame
    proof: Passages

    def _rows(self) -> list[tuple[str, str, dict[str, list[tuple[str, str]]]]]:
        """Thing, status, and for each outlet what it says with the claim's id."""
        rows: dict[str, tuple[str, str, dict[str, list[tuple[str, str]]]]] = {}
        for cell in self.cells.to_dict("records"):
            row = rows.setdefault(str(cell["what"]), (str(cell["what"]), str(cell["status"]), {}))
            row[2].setdefault(str(cell["outlet"]), []).append((str(cell["shown"]), str(cell["claim_id"])))
        return list(rows.values())

    def _outlets(self) -> list[str]:
        return sorted(self.cells.outlet.astype(str).unique())

    def __repr__(self) -> str:
        lines = []
        for what, status, told in self._rows():
            lines.append(what + (f" [{status}]" if status else ""))
            lines += [f"    {name}: {'; '.join(text for text, _ in told[name])}" for name in sorted(told)]
        return "\n".join([*lines, "", repr(self.proof)]) if lines else "(no claim that two outlets make)"

    def _repr_html_(self) -> str:
        if self.cells.empty:
            return "<p>(no claim that two outlets make)</p>"
        outlets = self._outlets()
        head = "".join(f'<th scope="col" style="text-align:left">{escape(name)}</th>' for name in ("", *outlets))
        body = ""
        for what, status, told in self._rows():
            mark = f"<br><small>{escape(status)}</small>" if status else ""
            body += f'<tr><th scope="row" style="text-align:left">{escape(what)}{mark}</th>'
            body += (
                "".join(f'<td style="text-align:left">{_cell(told.get(name, []))}</td>' for name in outlets) + "</tr>"
            )
        table = f'<table style="{STYLE}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
        ids = self.cells.claim_id.astype(str).tolist()
        items = "".join(
            f'<li id="{escape(claim)}"><b>{escape(p.note)}</b> {escape(p.before)}<mark>{escape(p.marked)}</mark>'
            f"{escape(p.after)}</li>"
            for claim, p in zip(ids, self.proof.items, strict=True)
        )
        return f'<figure class="table">{table}</figure><ul class="passages">{items}</ul>'


def _cell(told: list[tuple[str, str]]) -> str:
    links = [f'<a href="#{escape(claim)}">{escape(text)}</a>' for text, claim in told]
    return "<br>".join(links) or SILENT


def ledger(cells: pd.DataFrame, texts: pd.DataFrame) -> Ledger:
    """The ledger of claims: columns what, status, outlet, shown, claim_id, article_id, start, end, in order of rows."""
    noted = cells.assign(note=cells.outlet + ", " + cells.what)
    return Ledger(cells.reset_index(drop=True), passages(texts, noted, note="note", most=len(noted)))
