"""What the rules look at and what they find, before anything has an id."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from samestory.document import Document
from samestory.language import Parse, Token
from samestory.language.phrases import Span, conjuncts, noun_phrase, top
from samestory.language.quotations import Quotation, covering, find_quotations
from samestory.sourcing.people import People, find_people
from samestory.tables import cells


class Source(NamedTuple):
    """One source of an attribution: its characters and the token that heads it."""

    start: int
    end: int
    head: int


@dataclass(frozen=True)
class Found:
    """An attribution as found: spans and codes.

    ``quotable``: may take a quotation as content. ``needs_outer``: counts only inside another attribution.
    ``carries``: the attribution whose source this one goes on reporting.
    """

    cue: Span | None
    sources: tuple[Source, ...]
    contents: tuple[Span, ...]
    kind: str
    stance: str | None
    addressee: str | None = None
    quotable: bool = False
    needs_outer: bool = False
    carries: Found | None = None

    @property
    def source(self) -> Span | None:
        """The whole source phrase, from the first source to the last."""
        return (self.sources[0].start, self.sources[-1].end) if self.sources else None

    @property
    def start(self) -> int:
        """Where the attribution begins: cue, source or content, whichever stands first."""
        spans = [s for s in (self.cue, None if self.carries else self.source, *self.contents) if s is not None]
        return min(s[0] for s in spans)


@dataclass(frozen=True)
class Scene:
    """A document with its parse and its quotations: what each rule is given."""

    document: Document
    parse: Parse
    quotations: tuple[Quotation, ...]

    @cached_property
    def people(self) -> People:
        """The people whom the document names."""
        return find_people(self.parse)

    @cached_property
    def headlines(self) -> tuple[Span, ...]:
        """The characters of the headline."""
        rows = cells(self.document.segments, "start", "end", "segment")
        return tuple((start, end) for start, end, role in rows if role == "headline")

    def quotation_at(self, token: Token) -> Quotation | None:
        """The outermost quotation that contains a token."""
        return covering(self.quotations, token.start, token.end)

    def block_of(self, offset: int) -> int:
        """The number of the block that covers this character."""
        number = self.parse.sentence_at(offset)
        return -1 if number is None else self.parse.sentences[number].block

    def sources(self, head: Token | None) -> tuple[Source, ...]:
        """The sources named by the noun phrase that this token heads; co-ordinated ones each on its own."""
        if head is None:
            return ()
        found = []
        for part in conjuncts(self.parse, head.i):
            found.append(Source(part[0].start, part[-1].end, top(part).i))
        return tuple(found)

    def phrase(self, head: Token) -> Span:
        """The characters of the noun phrase that this token heads."""
        tokens = noun_phrase(self.parse, head.i) or [head]
        return tokens[0].start, tokens[-1].end


def read_scene(document: Document) -> Scene:
    """Parse a document and find its quotations."""
    parse = document.parse
    return Scene(document, parse, tuple(find_quotations(document.text, parse.blocks)))
