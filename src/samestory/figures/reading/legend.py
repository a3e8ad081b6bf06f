"""The legend: each code that a layer marks, with its symbol, its name and its meaning."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from samestory.codebook import CERTAINTY_TYPES, EDIT_KINDS, RELATIONS, SEGMENTS, SOURCE_TYPES
from samestory.figures.reading import facts, marks
from samestory.figures.reading.words import worded
from samestory.tables import COUNTED_SEGMENTS

ARTICLES = 60  # articles that a style sheet can hide and show
LEGENDS = {
    "segments": ("Not counted", "What is no part of the story is grey and carries its name."),
    "sources": ("Sources", "The source is underlined twice and carries its type, * where it is anonymous; its cue is "
                           "in italics; what it is given as saying is tinted, and its edges are drawn."),
    "certainty": ("Certainty", "The cue is boxed: the line is whole where the outlet speaks, broken where a source "
                               "does."),
    "labels": ("Names", "Who or what is named is underlined with dots; the same letter is the same one in every "
                        "article."),
    "claims": ("Facts", "A claim has a heavy underline. The same number is the same fact; the sign after it says how "
                        "the articles stand to each other on it."),
    "copy": ("Copy", "What articles share word for word has a thin line under it; what they word otherwise has a sign "
                     "and a wavy line."),
}  # fmt: skip
NAMES = {layer: name for layer, (name, _) in LEGENDS.items()}
VOICES = {
    "own": ("in the outlet's own voice", "Nobody is given as saying it."),
    "cited": ("in a source's voice", "It stands in what a source is given as saying, or in the cue of it."),
}


class Entry(NamedTuple):
    """A line of the legend."""

    code: str
    symbol: str
    name: str
    meaning: str


def legend_entries(layer: str, referents: dict[str, str]) -> Iterator[Entry]:
    """The lines of a layer's legend, in the codebook's order; ``referents`` names those that have a letter."""
    if layer == "segments":
        yield from (Entry(c, "", worded(c), m) for c, m in SEGMENTS.items() if c not in COUNTED_SEGMENTS)
    elif layer == "sources":
        yield from (Entry(c, marks.SOURCE_SYMBOLS[c], worded(c), m) for c, m in SOURCE_TYPES.items())
    elif layer == "certainty":
        yield from (Entry(c, marks.CERTAINTY_SYMBOLS[c], worded(c), m) for c, m in CERTAINTY_TYPES.items())
        yield from (Entry(code, "", name, meaning) for code, (name, meaning) in VOICES.items())
    elif layer == "labels":
        yield from (Entry(code, code, name, "") for code, name in referents.items())
        yield Entry("rest", "", "all others", "Named in fewer articles, or less often.")
    elif layer == "claims":
        meanings = {**RELATIONS, "alone": "Nothing was set beside it."}
        yield from (Entry(c, sign, worded(c), meanings[c]) for c, sign in facts.SYMBOLS.items())
    else:
        yield Entry("shared", "", "shared", "It stands in another article too.")
        yield from (Entry(c, marks.COPY_SYMBOLS[c], worded(c), m) for c, m in EDIT_KINDS.items() if c != "deleted")


def off_rules() -> str:
    """Style rules by which the switches work without a script: articles that are hidden, codes that are not marked."""
    referents = dict.fromkeys(marks.LETTERS, "")
    off = [
        f'.samestory-reading:has([value="{layer}.{entry.code}"]:not(:checked)) mark.{layer}.{entry.code}'
        for layer in LEGENDS
        for entry in legend_entries(layer, referents)
    ]
    bare = "{all:unset!important}"
    symbols = ",".join(f"{rule}::{side}" for rule in off for side in ("before", "after"))
    hidden = (
        f'.samestory-reading:has(.article[value="{n}"]:not(:checked)){{--w{n}:0}}'
        f'.samestory-reading:has(.article[value="{n}"]:not(:checked)) [data-c="{n}"]{{display:none}}'
        for n in range(ARTICLES)
    )
    chips = "".join(
        f'.samestory-reading:has(.on[value="{layer}"]:checked) .text mark.bare.{layer}{{display:inline-block}}'
        f'@media print{{.samestory-reading:has(.on[value="{layer}"]:checked) .printed .{layer}{{display:block}}}}'
        for layer in LEGENDS
    )
    return "".join([",".join(off), bare, symbols, "{content:none!important}", chips, *hidden])
