"""Text to tokens with a dependency parse, in offsets of the canonical text."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from samestory.language.model import load_model, one_thread

# One character for one, so that offsets hold: what the model has not seen in training is shown to it as what it has.
_PLAIN = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2019": "'", "\u2018": "'", "\u200b": " ",
                        "\u201c": '"', "\u201d": '"', "\t": " "})  # fmt: skip


class Token(NamedTuple):
    """A token; ``head`` and ``i`` count tokens of the whole parse, ``sentence`` its sentences. The root heads itself.

    ``pos`` are universal part-of-speech tags, ``tag`` Penn Treebank tags, ``dep`` the CLEAR dependency labels,
    ``entity`` an OntoNotes type or "". ``lemma`` is lower case except for proper nouns.
    """

    i: int
    start: int
    end: int
    text: str
    lemma: str
    pos: str
    tag: str
    dep: str
    head: int
    entity: str
    sentence: int


class Sentence(NamedTuple):
    """A sentence: characters ``[start, end)``, tokens ``[first, last)``, and the block of text that it stands in."""

    start: int
    end: int
    first: int
    last: int
    block: int


class Entity(NamedTuple):
    """A named entity: characters, tokens ``[first, last)`` and its OntoNotes type."""

    start: int
    end: int
    first: int
    last: int
    type: str


@dataclass(frozen=True)
class Parse:
    """The parse of an article's counted text. ``text`` is the canonical text of the whole article."""

    text: str
    blocks: tuple[tuple[int, int], ...]
    tokens: tuple[Token, ...]
    sentences: tuple[Sentence, ...]
    entities: tuple[Entity, ...]

    @functools.cached_property
    def _children(self) -> tuple[tuple[int, ...], ...]:
        lists: list[list[int]] = [[] for _ in self.tokens]
        for token in self.tokens:
            if token.head != token.i:
                lists[token.head].append(token.i)
        return tuple(tuple(members) for members in lists)

    def children(self, i: int) -> list[Token]:
        """The tokens that depend on token ``i``, left to right."""
        return [self.tokens[c] for c in self._children[i]]

    def subtree(self, i: int) -> list[Token]:
        """Token ``i`` and all that depends on it, left to right."""
        found, todo = [], [i]
        while todo:
            j = todo.pop()
            found.append(j)
            todo.extend(self._children[j])
        return [self.tokens[j] for j in sorted(found)]

    def ancestors(self, i: int) -> list[Token]:
        """The heads of token ``i``, nearest first, up to the root."""
        found = []
        while self.tokens[i].head != i:
            i = self.tokens[i].head
            found.append(self.tokens[i])
        return found

    def span(self, tokens: Sequence[Token]) -> tuple[int, int]:
        """The characters from the first of these tokens to the last."""
        return min(t.start for t in tokens), max(t.end for t in tokens)

    def tokens_in(self, start: int, end: int) -> list[Token]:
        """The tokens that lie wholly in these characters."""
        low = self._first_token_at(start)
        found = []
        for token in self.tokens[low:]:
            if token.end > end:
                break
            found.append(token)
        return found

    def sentence_at(self, offset: int) -> int | None:
        """The number of the sentence that covers this character, or None between sentences."""
        import bisect

        at = bisect.bisect_right(self._sentence_starts, offset) - 1
        return at if at >= 0 and offset < self.sentences[at].end else None

    @functools.cached_property
    def _sentence_starts(self) -> list[int]:
        return [s.start for s in self.sentences]

    @functools.cached_property
    def _token_starts(self) -> list[int]:
        return [t.start for t in self.tokens]

    def _first_token_at(self, offset: int) -> int:
        import bisect

        return bisect.bisect_left(self._token_starts, offset)


def parse_blocks(text: str, blocks: Iterable[tuple[int, int]]) -> Parse:
    """Parse blocks of a canonical text (paragraphs, headings); no sentence crosses the end of a block.

    The result does not depend on what else is parsed in the same process or batch. White space at the edges of a
    block belongs to no token. Blocks must not overlap and come in order.
    """
    kept = [trimmed for block in blocks if (trimmed := _trim(text, *block)) is not None]
    plain = text.translate(_PLAIN)
    tokens: list[Token] = []
    sentences: list[Sentence] = []
    entities: list[Entity] = []
    with one_thread():
        docs = list(load_model().pipe((plain[start:end] for start, end in kept), batch_size=64))
    for number, ((offset, _), doc) in enumerate(zip(kept, docs, strict=True)):
        place = {t.i: len(tokens) + n for n, t in enumerate(t for t in doc if not t.is_space)}
        for sent in doc.sents:
            members = [t for t in sent if not t.is_space]
            if not members:
                continue
            first = len(tokens)
            for t in members:
                start = offset + t.idx
                head = _solid_head(t)
                tokens.append(
                    Token(place[t.i], start, start + len(t), text[start : start + len(t)], t.lemma_, t.pos_, t.tag_,
                          t.dep_, place[head.i], t.ent_type_, len(sentences))
                )  # fmt: skip
            sentences.append(Sentence(tokens[first].start, tokens[-1].end, first, len(tokens), number))
        for e in doc.ents:
            inside = [place[t.i] for t in e if t.i in place]
            if inside:
                entities.append(
                    Entity(tokens[inside[0]].start, tokens[inside[-1]].end, inside[0], inside[-1] + 1, e.label_)
                )
    return Parse(text, tuple(kept), tuple(tokens), tuple(sentences), tuple(entities))


def _solid_head(token):
    """The nearest head that is no white space; a chain of blanks ends at the token itself."""
    head = token.head
    while head.is_space:
        if head.head.i == head.i:
            return token
        head = head.head
    return head


def _trim(text: str, start: int, end: int) -> tuple[int, int] | None:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if start < end else None
