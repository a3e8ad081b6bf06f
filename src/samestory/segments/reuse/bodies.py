"""Bodies as sequences of words, each with its place, sentence and paragraph, and whether it stands in quotation."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import pandas as pd

from samestory.articles.record import Article
from samestory.language.quotations import find_quotations
from samestory.segments.lines import split_lines
from samestory.segments.reuse.spelling import WORD, spelling
from samestory.tables import cells

SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘«(\[]*[A-ZÀ-ÞА-Я0-9])")
ABBREVIATION = re.compile(
    r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Prof|Jr|Sr|No|vs|Inc|Co|Corp|Ltd|Mt|Ft|Pvt|Capt|Maj|"
    r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec))\.\s*$"
)
POST = re.compile(r"(?<!\w)@\w{2,}|pic\.twitter\.com/|\bt\.co/\w")
LONGEST_POST = 400  # characters
SIGNATURE = 8  # words of a line that only says who wrote the post above it, at most

STOPS = tuple(',;:—–)"”’')

Span = tuple[int, int]


class Sentence(NamedTuple):
    """Words ``first`` to ``last`` (half-open) of a body, its characters, and the number of its paragraph."""

    first: int
    last: int
    start: int
    end: int
    paragraph: int


class Body(NamedTuple):
    """The words of a text: spelling, characters, number of the sentence, whether others are quoted with it, and
    whether a mark such as a comma follows it."""

    article_id: str
    words: list[str]
    spans: list[Span]
    sentence: list[int]
    quoted: list[bool]
    stop: list[bool]
    sentences: list[Sentence]
    paragraphs: list[int]  # sentences of each

    def characters(self, first: int, last: int) -> Span:
        """Characters from the first to the last of these words; of none, the empty span after the word before."""
        if first < last:
            return self.spans[first][0], self.spans[last - 1][1]
        if first:
            return (self.spans[first - 1][1],) * 2
        return (self.spans[0][0] if self.spans else 0,) * 2


def segment_spans(segments: pd.DataFrame, segment: str) -> dict[str, list[Span]]:
    """By article, the spans of one segment in text order."""
    found: dict[str, list[Span]] = {}
    for article_id, start, end, role in sorted(cells(segments, "article_id", "start", "end", "segment")):
        if role == segment:
            found.setdefault(article_id, []).append((start, end))
    return found


def read_words(text: str, spans: Iterable[Span]) -> list[str]:
    """The spellings of the words alone, which is much faster."""
    return [spelling(found) for start, end in spans for found in WORD.findall(text, start, end)]


def read_body(article: Article, spans: Iterable[Span]) -> Body:
    """The body of an article with all that aligning needs."""
    body = Body(article.article_id, [], [], [], [], [], [], [])
    for start, end in spans:
        lines = split_lines(article.text, start, end)
        quoted = _quoted(article.text, [(line.start, line.end) for line in lines])
        for line in lines:
            before = len(body.sentences)
            for first, last in _sentences(article.text, line.start, line.end):
                _add_sentence(body, article.text, first, last, quoted)
            if len(body.sentences) > before:
                body.paragraphs.append(len(body.sentences) - before)
    return body


def _add_sentence(body: Body, text: str, start: int, end: int, quoted: list[Span]) -> None:
    first = len(body.words)
    for found in WORD.finditer(text, start, end):
        body.words.append(spelling(found.group()))
        body.spans.append(found.span())
        body.sentence.append(len(body.sentences))
        body.stop.append(text[found.end() : found.end() + 1] in STOPS)
        at = bisect_right(quoted, (found.start(), end)) - 1
        body.quoted.append(at >= 0 and found.end() <= quoted[at][1])
    if len(body.words) > first:
        body.sentences.append(Sentence(first, len(body.words), start, end, len(body.paragraphs)))


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    begin = start
    for found in SENTENCE_END.finditer(text, start, end):
        if not ABBREVIATION.search(text, max(begin, found.start() - 8), found.end()):
            yield begin, found.start() + len(found.group().rstrip())
            begin = found.end()
    yield begin, end


def _quoted(text: str, lines: list[Span]) -> list[Span]:
    """What stands in quotation marks, and posts that a page embeds: these are others' words, whoever prints them."""
    spans = [(q.start, q.end) for q in find_quotations(text, lines)]
    for number, (start, end) in enumerate(lines):
        if end - start <= LONGEST_POST and POST.search(text, start, end):
            spans.append((start, end))
            if number and len(WORD.findall(text, start, end)) <= SIGNATURE:
                spans.append(lines[number - 1])
    return merged(spans)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters as spans that neither overlap nor touch, in order."""
    found: list[Span] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
