"""The reading view: articles of one event beside each other, with what was annotated marked in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from samestory.comparison.timing import article_names
from samestory.figures.reading.layout import Cell, lay_cells
from samestory.figures.reading.marks import LAYERS, PASSAGES, Mark, Note, find_marks
from samestory.figures.reading.units import cut_units
from samestory.measures import MEASURES
from samestory.messages import no_such
from samestory.texts import known_texts

if TYPE_CHECKING:
    from samestory.annotation import Annotations

BESIDE = 4  # articles that are open at first
DEFAULT_LAYERS = ("segments", "sources", "certainty")


class Column(NamedTuple):
    """An article: its outlet (numbered, where it has several here), when it was published, and its text, None where it
    is not on this machine; ``shown`` says whether it is among those that are open at first."""

    article_id: str
    outlet: str
    shown: bool
    published: str | None
    agency: str | None
    n_words: int
    text: str | None


class Number(NamedTuple):
    """A measure of an article: what was counted, and over what, where the texts are here to count words in."""

    numerator: float
    denominator: float | None


@dataclass(frozen=True)
class ReadingView:
    """Articles side by side. Shown as a page of its own within a page, and as plain text with marks in brackets.

    ``marks`` are numbered by their place; ``passages`` says, by measure and article, which of them a number counts.
    """

    heading: str
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]
    marks: tuple[Mark, ...]
    notes: dict[str, Note]
    referents: dict[str, str]
    passages: dict[str, dict[str, tuple[int, ...]]]
    numbers: dict[str, dict[str, Number]]
    layers: tuple[str, ...]

    def markup(self) -> str:
        """The view alone, without style and script: for a page that has both from :func:`reading_style` and
        :func:`reading_script`."""
        return self._markup

    @cached_property
    def _markup(self) -> str:
        from samestory.figures.reading.html import view_markup

        return view_markup(self)

    def _repr_html_(self) -> str:
        from samestory.figures.reading.html import reading_script, reading_style

        return f"<style>{reading_style()}</style>{self.markup()}<script>{reading_script()}</script>"

    def __repr__(self) -> str:
        from samestory.figures.reading.plain import view_text

        return view_text(self)


def reading_view(
    annotations: Annotations,
    *,
    measures: Sequence[str] = (),
    layers: Sequence[str] = DEFAULT_LAYERS,
    heading: str = "",
) -> ReadingView:
    """The articles of one event, to be read side by side (see :mod:`samestory.figures.reading.layout` for the rows).

    ``measures`` names the measures that are listed above the text, each number a link to what it counts; ``layers``
    the marks that are switched on at first, of segments, sources, certainty, labels, claims and copy (what articles
    share and word otherwise). ``heading`` is by default the event. Articles whose text is not on this machine show
    where things stand. Raises ValueError for an unknown measure or layer, and for articles of several events.
    """
    _check("measure", measures, MEASURES)
    _check("layer", layers, LAYERS)
    events = sorted(annotations.articles.event.dropna().unique())
    if len(events) > 1:
        raise ValueError(f"a reading view shows one event; choose one of {', '.join(events)}: annotations.event(NAME)")
    texts = known_texts(annotations.texts)
    units = {str(one): cut_units(annotations, str(one), texts.get(str(one))) for one in annotations.articles.article_id}
    marked = find_marks(annotations)
    marks, passages = _passages(annotations, marked.marks)
    return ReadingView(
        heading=heading or _heading(events, len(units)),
        columns=tuple(_columns(annotations, texts)),
        cells=tuple(lay_cells(annotations, units)),
        marks=marks,
        notes=marked.notes,
        referents=marked.referents,
        passages=passages,
        numbers=_numbers(annotations, measures, passages, len(texts) == len(units)),
        layers=tuple(layer for layer in LAYERS if layer in layers),
    )


def _heading(events: Sequence[str], articles: int) -> str:
    beside = "side by side" if articles > 1 else "marked"
    return f"{events[0]}, {beside}" if events else beside.capitalize()


def _check(what: str, names: Sequence[str], known: Sequence[str] | dict) -> None:
    if isinstance(names, str):
        raise ValueError(f"{what}s is a list of names, as in {what}s=[{names!r}], not text")
    if unknown := [name for name in names if name not in known]:
        raise ValueError(no_such(what, unknown, known))


def _columns(annotations: Annotations, texts: dict[str, str]) -> Iterator[Column]:
    """The articles; the first of each outlet are open at first, then the others, as far as they fit."""
    articles = annotations.articles
    turn = articles.groupby("outlet").cumcount()
    names = article_names(articles)
    opened = set(turn.sort_values(kind="stable").index[:BESIDE])
    for n, row in enumerate(articles.astype(object).where(articles.notna(), None).to_dict("records")):
        text = texts.get(row["article_id"])
        yield Column(
            row["article_id"],
            names[row["article_id"]],
            n in opened,
            row["published"],
            row["agency"],
            row["n_words"],
            text,
        )


def _passages(
    annotations: Annotations, marks: tuple[Mark, ...]
) -> tuple[tuple[Mark, ...], dict[str, dict[str, tuple[int, ...]]]]:
    """The marks, with those that only a number needs, and which of them each number counts."""
    from samestory.measures import evidence

    numbered = {(mark.row_id, mark.start, mark.end): n for n, mark in enumerate(marks)}
    every = list(marks)
    found: dict[str, dict[str, list[int]]] = {}
    for row in evidence(annotations).dropna(subset=["start", "end"]).itertuples():
        key = str(row.row_id), int(row.start), int(row.end)
        if key not in numbered:
            if key[1] >= key[2]:
                continue
            numbered[key] = len(every)
            every.append(Mark(str(row.article_id), PASSAGES, "", "", key[1], key[2], key[0]))
        found.setdefault(str(row.measure), {}).setdefault(str(row.article_id), []).append(numbered[key])
    return tuple(every), {name: {a: tuple(ns) for a, ns in own.items()} for name, own in found.items()}


def _numbers(
    annotations: Annotations, measures: Sequence[str], passages: dict, with_texts: bool
) -> dict[str, dict[str, Number]]:
    """The numbers of the listed measures by article; without the texts, how many passages each has."""
    from samestory.measures import measure

    if not measures:
        return {}
    if not with_texts:
        ids = list(annotations.articles.article_id)
        return {name: {a: Number(len(passages.get(name, {}).get(a, ())), None) for a in ids} for name in measures}
    counted = measure(annotations)
    rows = counted[counted.measure.isin(measures)].itertuples()
    found: dict[str, dict[str, Number]] = {name: {} for name in measures}
    for row in rows:
        found[str(row.measure)][str(row.article_id)] = Number(float(row.numerator), float(row.denominator))
    return found
