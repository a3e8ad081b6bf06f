"""Quotation marks: what stands in quotation, whatever marks a page uses and however carelessly.

A quotation never crosses the end of its block (paragraph). Where a speaker goes on over paragraphs, each paragraph
opens anew and only the last closes: each is a quotation of its own, and all but the last are not ``closed``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

DOUBLE = {"“": "open", "„": "open", "«": "open", "``": "open", "”": "close", "»": "close"}
_MARK = re.compile(r"``|''(?!'(?!\w))|[\"“”„«»]")
# Opened after a blank and before a letter, closed after a letter or stop and before none; inside, an apostrophe stands
# between letters or, where a better closing mark follows, after a plural's s.
_SINGLE = re.compile(
    r"(?<![\w'’])['‘](?!(?:em|til|cause|n|tis|twas)\b)(?=[^\W\d_]|[\[$£€])"
    r"(?:(?:[^'‘’\n]|(?<=\w)['’](?=\w)|(?<=s)['’](?=\s[a-z])){1,400}?(?:(?<!s)['’](?!\w|['’](?!['’]))|(?<=s)['’](?![\w'’]|\s[a-z]))"
    r"|(?:[^'‘’\n]|(?<=\w)['’](?=\w)){1,400}?['’](?![\w'’]))",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…]+(?=\s+[\"“'‘A-Z]|\s*$)")
_ABBREVIATION = re.compile(r"(?:\b[A-Z]|\b(?:Mr|Mrs|Ms|Dr|St|Gen|Sen|Rep|Gov|Lt|Col|Sgt|Prof|Jr|Sr|No|vs))$")


class Quotation(NamedTuple):
    """Characters ``[start, end)`` in quotation, marks included.

    ``opened`` and ``closed`` say whether the mark is there; without an opening mark the quotation is taken to begin
    with its sentence, without a closing one to end with its sentence, or with the block where it began one.
    ``depth`` is 1 for a quotation inside another. ``block`` counts the blocks given.
    """

    start: int
    end: int
    opened: bool
    closed: bool
    depth: int
    block: int


class _Mark(NamedTuple):
    start: int
    end: int
    role: str  # open, close or either


def find_quotations(text: str, blocks: Iterable[tuple[int, int]]) -> list[Quotation]:
    """The quotations in these blocks of a text, in text order, an outer one before those inside it."""
    spans = list(blocks)
    found = []
    for number, (start, end) in enumerate(spans):
        goes_on = number + 1 < len(spans) and _reopens(text, *spans[number + 1])
        found.extend(_in_block(text, start, end, number, goes_on))
    return sorted(found, key=lambda q: (q.start, -q.end))


def covering(quotations: Sequence[Quotation], start: int, end: int) -> Quotation | None:
    """The outermost quotation, its opening mark there, that contains these characters."""
    return next((q for q in quotations if q.opened and q.start <= start and end <= q.end), None)


def _reopens(text: str, start: int, end: int) -> bool:
    found = _MARK.match(text, start + len(text[start:end]) - len(text[start:end].lstrip()))
    return found is not None and _role(text, found, start, end) == "open"


def _in_block(text: str, start: int, end: int, block: int, goes_on: bool) -> list[Quotation]:
    found: list[Quotation] = []
    opening: _Mark | None = None
    for mark in _double_marks(text, start, end):
        if opening is None and mark.role == "close" and text[mark.start - 1].isdigit() and text[mark.start] == '"':
            continue  # inches
        if opening is None and mark.role == "close":
            begin = _sentence_start(text, max([start, *(q.end for q in found)]), mark.start)
            found.append(Quotation(begin, mark.end, False, True, 0, block))
        elif opening is None:
            opening = mark
        elif mark.role == "open":  # the first was never closed
            found.append(_unclosed(text, opening, mark.start, block, False))
            opening = mark
        else:
            found.append(Quotation(opening.start, mark.end, True, True, 0, block))
            opening = None
    if opening is not None:
        found.append(_unclosed(text, opening, end, block, goes_on or opening.start == start))
    return found + _single_quotations(text, start, end, block, found)


def _double_marks(text: str, start: int, end: int) -> list[_Mark]:
    return [_Mark(m.start(), m.end(), _role(text, m, start, end)) for m in _MARK.finditer(text, start, end)]


def _role(text: str, found: re.Match[str], start: int, end: int) -> str:
    """Whether a mark opens or closes, by its shape, else by the white space round it."""
    if found.group() in DOUBLE:
        return DOUBLE[found.group()]
    before = text[found.start() - 1] if found.start() > start else " "
    after = text[found.end()] if found.end() < end else " "
    left, right = before.isspace() or before in "([{—–-/", after.isspace() or after in ")]}.,;:!?—–-/"
    if left == right:
        return "either"
    return "open" if left else "close"


def _unclosed(text: str, opening: _Mark, limit: int, block: int, whole: bool) -> Quotation:
    """A quotation that lacks its closing mark: to the end of the block (``whole``) or of its sentence."""
    end = limit
    if not whole:
        end = next((m.end() for m in _sentence_ends(text, opening.end, limit)), limit)
    end = opening.end + len(text[opening.end : end].rstrip())
    return Quotation(opening.start, end, True, False, 0, block)


def _sentence_ends(text: str, start: int, end: int) -> Iterable[re.Match[str]]:
    for found in _SENTENCE_END.finditer(text, start, end):
        if not _ABBREVIATION.search(text, max(start, found.start() - 6), found.start()):
            yield found


def _sentence_start(text: str, start: int, before: int) -> int:
    # the closing mark's own full stop is not the end that is looked for
    ends = [m.end() for m in _sentence_ends(text, start, before) if m.end() < before]
    begin = ends[-1] if ends else start
    return begin + len(text[begin:before]) - len(text[begin:before].lstrip())


def _single_quotations(text: str, start: int, end: int, block: int, outer: Sequence[Quotation]) -> list[Quotation]:
    """Quotations in single marks; what looks like an apostrophe is left alone."""
    found = []
    for single in _SINGLE.finditer(text, start, end):
        around = next((q for q in outer if q.start < single.start() and single.end() <= q.end), None)
        crosses = any(single.start() < q.start < single.end() or single.start() < q.end < single.end() for q in outer)
        if around is not None or not crosses:
            found.append(Quotation(single.start(), single.end(), True, True, int(around is not None), block))
    return found
