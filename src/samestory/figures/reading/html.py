"""The reading view as markup: controls, legend, numbers and the articles, with the notes that the script shows."""

from __future__ import annotations

import functools
import hashlib
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from samestory.comparison.saying import listed, moment_in_full, plural
from samestory.figures.reading.legend import LEGENDS, NAMES, legend_entries, off_rules
from samestory.figures.reading.marks import LAYERS, Note
from samestory.figures.reading.spans import Numbered, escaped, marked_text
from samestory.figures.reading.view import BESIDE
from samestory.figures.reading.words import worded
from samestory.measures import MEASURES

if TYPE_CHECKING:
    from samestory.figures.reading.layout import Cell
    from samestory.figures.reading.marks import Mark
    from samestory.figures.reading.units import Unit
    from samestory.figures.reading.view import Column, Number, ReadingView

Thing = TypeVar("Thing", str, tuple[str, str], tuple[str, str, str])
FOLDER = Path(__file__).parent
FOLDED = 4  # lines in a row that are no story, from which on they are folded
FOLDING = ("furniture", "repeat")
OWN_KEYS = 'data-lm-suppress-shortcuts="true"'  # JupyterLab leaves the keys pressed here to the view
ABSENT = (
    "The texts are not on this machine, so the words cannot be shown. What follows is their skeleton: what stands at "
    "which characters, sentence by sentence."
)


@functools.cache
def reading_style() -> str:
    """The style sheet of reading views."""
    return (FOLDER / "reading.css").read_text(encoding="utf-8") + off_rules()


@functools.cache
def reading_script() -> str:
    """The script of reading views: safe to run more than once, and it touches nothing outside of them."""
    return (FOLDER / "reading.js").read_text(encoding="utf-8")


def view_markup(view: ReadingView) -> str:
    """The whole view as one element; its id comes from its content."""
    told = repr((view.heading, view.columns, view.cells, view.marks, view.numbers, view.layers))
    name = f"r{hashlib.sha256(told.encode()).hexdigest()[:10]}"  # repr escapes what UTF-8 does not have
    top = f'<div class="top">{_bar(view)}{_heads(view, name)}</div>'
    return (
        f'<section class="samestory-reading" id="{name}" aria-label="{escaped(view.heading)}" {OWN_KEYS}>'
        f"{_head(view)}{_articles(view)}{top}{_text(view, name)}{_data(view)}</section>"
    )


def _head(view: ReadingView) -> str:
    rows = len({cell.row for cell in view.cells if cell.row})
    lead = f"{len(view.columns)} {plural(len(view.columns), 'article')}"
    if len(view.columns) > 1:
        lead += f"; {rows} {plural(rows, 'row')} of paragraphs that share copy, facts or names."
    absent = any(column.text is None for column in view.columns)
    note = f'<p class="absent">{ABSENT}</p>' if absent else ""
    return f'<header><h2>{escaped(view.heading)}</h2><p class="lead">{lead}</p>{note}{_numbers(view)}</header>'


def _numbers(view: ReadingView) -> str:
    if not view.numbers:
        return ""
    heads = "".join(f'<th scope="col"{_column(n)}><bdi>{escaped(c.outlet)}</bdi></th>' for n, c in
                    enumerate(view.columns))  # fmt: skip
    rows = []
    for name, own in view.numbers.items():
        about = MEASURES[name]
        cells = "".join(
            f"<td{_column(n)}>{_number(name, column, own.get(column.article_id))}</td>"
            for n, column in enumerate(view.columns)
        )
        unit = about.unit if any(number.denominator is not None for number in own.values()) else "passages"
        rows.append(f'<tr><th scope="row">{escaped(about.label)} <small>{escaped(unit)}</small></th>{cells}</tr>')
    return (
        '<p class="hint">Each number leads to the passages that it counts.</p>'
        '<div class="numbers" role="region" tabindex="0" aria-label="Numbers"><table>'
        f'<thead><tr><th scope="col">Measure</th>{heads}</tr></thead>'
        f"<tbody>{''.join(rows)}</tbody></table></div>"
    )


def _number(name: str, column: Column, number: Number | None) -> str:
    if number is None:
        return "–"
    about, words = MEASURES[name], f"{number.numerator:,.0f}"
    where = f"#of={name}&amp;in={escaped(column.article_id)}"
    label = f"{words}: {about.label}, {column.outlet}"
    link = f'<a href="{where}" aria-label="{escaped(label)}">{words}</a>' if number.numerator else words
    if number.denominator is None:
        return link
    rate = f"{number.numerator / number.denominator * about.scale:.1f}" if number.denominator else "–"
    return f'{link} <small>of {number.denominator:,.0f}</small> <span class="rate">{rate}</span>'


def _bar(view: ReadingView) -> str:
    """The switches: which layers, and in each layer which codes."""
    each = {(mark.layer, name, mark.row_id) for mark in view.marks for name in (mark.code, mark.kind) if name}
    counts = Counter((layer, name) for layer, name, _ in each)
    totals = {layer: len({mark.row_id for mark in view.marks if mark.layer == layer}) for layer in LAYERS}
    layers = "".join(_layer(view, layer, totals[layer], counts) for layer in LAYERS if totals[layer])
    printed = "".join(_printed(view, layer, counts) for layer in LAYERS if totals[layer])
    bar = f'<div class="bar"><fieldset class="layers"><legend>Marks</legend>{layers}</fieldset></div>'
    return f'{bar}<div class="printed" aria-hidden="true">{printed}</div>'


def _articles(view: ReadingView) -> str:
    """Which articles are open, where there are more than two."""
    boxes = "".join(
        f'<label><input type="checkbox" class="article" value="{n}"{" checked" * column.shown}> '
        f"<bdi>{escaped(column.outlet)}</bdi></label>"
        for n, column in enumerate(view.columns)
    )
    most = f"Articles, {BESIDE} at most" if len(view.columns) > BESIDE else "Articles"
    return f'<fieldset class="articles"><legend>{most}</legend>{boxes}</fieldset>' if len(view.columns) > 2 else ""


def _layer(view: ReadingView, layer: str, total: int, counts: Counter[tuple[str, str]]) -> str:
    name, about = LEGENDS[layer]
    on = " checked" if layer in view.layers else ""
    switch = (
        f'<label class="switch {layer}"><input type="checkbox" class="on" value="{layer}"{on}> '
        f'<span class="sample">{name}</span> <span class="n">{total}</span></label>'
    )
    entries = "".join(
        f'<li><label><input type="checkbox" class="code" value="{layer}.{entry.code}" checked> '
        f'<b class="symbol">{escaped(entry.symbol)}</b> <bdi>{escaped(entry.name)}</bdi> '
        f'<span class="n">{counts[layer, entry.code]}</span></label><p>{escaped(entry.meaning)}</p></li>'
        for entry in legend_entries(layer, view.referents)
        if counts[layer, entry.code]
    )
    inside = f'<div class="entries"><p>{about}</p><ul>{entries}</ul></div>'
    key = f'<details class="key"><summary aria-label="Key: {name}">key</summary>{inside}</details>' if entries else ""
    return f'<div class="layer {layer}">{switch}{key}</div>'


def _printed(view: ReadingView, layer: str, counts: Counter[tuple[str, str]]) -> str:
    """The legend on paper, where nothing can be unfolded."""
    entries = "; ".join(
        f"{escaped(entry.symbol)} {escaped(entry.name)} ({counts[layer, entry.code]})"
        for entry in legend_entries(layer, view.referents)
        if counts[layer, entry.code]
    )
    return f'<p class="{layer}"><b>{NAMES[layer]}</b> {entries}</p>'


def _widths(view: ReadingView) -> str:
    return " ".join(f"var(--w{n},minmax(0,1fr))" for n in range(len(view.columns)))


def _heads(view: ReadingView, name: str) -> str:
    heads = "".join(
        f'<div class="head"{_column(n)}><h3 id="{name}-{n}"><bdi>{escaped(c.outlet)}</bdi></h3>{_about(c)}</div>'
        for n, c in enumerate(view.columns)
    )
    return f'<div class="heads" style="grid-template-columns:{_widths(view)}">{heads}</div>'


def _text(view: ReadingView, name: str) -> str:
    """The articles: a grid whose columns are articles and whose rows are what they share."""
    order = {column.article_id: n for n, column in enumerate(view.columns)}
    marks: dict[str, list[Numbered]] = {column.article_id: [] for column in view.columns}
    for number, mark in enumerate(view.marks):
        marks[mark.article_id].append((number, mark))
    cells = "".join(
        _cell(cell, name, order[cell.article_id], view.columns[order[cell.article_id]], marks[cell.article_id])
        for cell in view.cells
    )
    empty = "" if view.columns else "<p>No article is here to be shown.</p>"
    return f'<div class="text" style="grid-template-columns:{_widths(view)}">{cells}</div>{empty}'


def _about(column: Column) -> str:
    parts = [moment_in_full(column.published), f"{column.n_words:,} words"]
    if column.agency:
        parts.append(f"copy of {column.agency}")
    return f"<p>{escaped(' · '.join(parts))}</p>"


def _column(number: int) -> str:
    return f' data-c="{number}"'


def _cell(cell: Cell, name: str, number: int, column: Column, marks: list[Numbered]) -> str:
    shared = f' data-row="{cell.row}" data-why="{escaped(cell.why)}"' if cell.row else ""
    place = f"grid-row:{cell.top}/{cell.bottom};grid-column:{number + 1}"
    return (
        f'<div class="cell{" shared" if cell.row else ""}" role="group" aria-labelledby="{name}-{number}"'
        f'{_column(number)} data-outlet="{escaped(column.outlet)}"{shared} style="{place}">'
        f"{''.join(_paragraphs(cell.units, column, marks))}</div>"
    )


def _paragraphs(units: Iterable[Unit], column: Column, marks: list[Numbered]) -> Iterator[str]:
    for folding, run in groupby(units, key=lambda unit: unit.role in FOLDING):
        own = list(run)
        shown = "".join(_paragraph(unit, column.text, marks) for unit in own)
        if folding and len(own) >= FOLDED:
            name = f"{len(own)} lines: {listed(sorted({unit.role for unit in own}))}"
            summary = f'<summary data-name="{name}" aria-label="{name}"></summary>'
            shown = f'<details class="folded">{summary}{shown}</details>'
        yield shown


def _paragraph(unit: Unit, text: str | None, marks: list[Numbered]) -> str:
    opening = f'<p class="{unit.role}" dir="auto">'
    if text is not None:
        return f"{opening}{marked_text(text, unit.start, unit.end, marks)}</p>"
    inside = [(n, mark) for n, mark in marks if unit.start <= mark.start < unit.end]
    chips = "".join(
        f' <mark class="{mark.layer} {mark.code} {mark.kind} bare" data-n="{n}">{_chip(mark)}</mark>'
        for n, mark in inside
    )
    return f'{opening}<span class="where">{worded(unit.role)}, characters {unit.start} to {unit.end}</span>{chips}</p>'


def _chip(mark: Mark) -> str:
    parts = (NAMES.get(mark.layer, "counted"), worded(mark.code), worded(mark.kind))
    return f"{' '.join(part for part in parts if part)} {mark.start}–{mark.end}"


def _data(view: ReadingView) -> str:
    """What the script needs, as data that no browser runs: the notes, and which marks each number counts.

    Whatever many notes say (codes, facts, words of links) stands once in a list, and a note holds its place there.
    """
    from samestory.codebook import definition

    ids, words = _Places[str](), _Places[str]()
    codes, facts = _Places[tuple[str, str, str]](), _Places[tuple[str, str]]()
    marks = [ids.of(mark.row_id) for mark in view.marks]
    notes = [view.notes.get(row_id, Note()) for row_id in list(ids)]  # links may lead to further ids
    rows = [
        [[codes.of(code) for code in note.codes], [facts.of(fact) for fact in note.facts],
         [at for said, to in note.links for at in (words.of(said), ids.of(to) if to else -1)]]
        for note in notes
    ]  # fmt: skip
    data = {
        "outlets": {column.article_id: column.outlet for column in view.columns},
        "ids": list(ids),
        "marks": marks,
        "rows": rows,
        "codes": [[worded(code[2]), definition(*code)] for code in codes],
        "facts": list(facts),
        "words": list(words),
        "measures": {name: MEASURES[name].label for name in view.passages},
        "of": view.passages,
    }
    told = json.dumps(data, ensure_ascii=True, separators=(",", ":")).replace("<", "\\u003c")
    return f'<script type="application/json" class="data">{told}</script>'


class _Places(dict[Thing, int]):
    """Things in the order of their first use, each with its place in it."""

    def of(self, thing: Thing) -> int:
        """The place of a thing; the next free one, where it is new."""
        return self.setdefault(thing, len(self))
