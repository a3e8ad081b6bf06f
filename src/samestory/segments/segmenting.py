"""Every character of an article to exactly one segment, by rules that have names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

import pandas as pd

from samestory.articles.record import Article
from samestory.segments.datelines import find_dateline
from samestory.segments.lines import Line, plain, split_lines
from samestory.segments.recurring import line_key
from samestory.segments.repeats import Repeat, find_repeats
from samestory.segments.rules import match_rule
from samestory.segments.story import AFTER, BEFORE, Role, find_story, place_body
from samestory.tables import frame

LONGEST_RULED = 2500  # characters; a longer line is a paragraph, whatever it says
ADDED_WORDS = 5
NAME_WORDS = 4  # a line of so many words that is the site's name
RECURRING = Role("furniture", "recurs in the outlet's articles")


class Piece(NamedTuple):
    """A run of text with one role, before white space is shared out."""

    start: int
    segment: str
    rule: str
    repeat_of: tuple[int, int] | None = None
    repeated_line: int | None = None


def segment(article: Article, recurring: Collection[str] = ()) -> pd.DataFrame:
    """The table ``segments`` of an article: its text in order, each character once, white space to the earlier.

    Lines get their role from their wording (rules), from their place (story) and from what stands twice (repeats);
    where the format names fields, those come first. ``recurring`` holds the keys of lines that the outlet's articles
    have in common (:func:`find_recurring`). The column ``rule`` names what decided.
    """
    lines, roles = _find_roles(article, recurring)
    repeats = find_repeats(lines, [_rank_role(roles, n) for n in range(len(roles))])
    body = [n for n, role in enumerate(roles) if role.segment == "body" and n not in repeats]
    dateline = find_dateline([plain(lines[n].text) for n in body])
    pieces: list[Piece] = []
    for n, (line, role) in enumerate(zip(lines, roles, strict=True)):
        if n in repeats:
            pieces.append(_repeat_piece(line, repeats[n]))
            continue
        start = line.start
        if dateline is not None and n == body[dateline.line]:
            pieces.append(Piece(start, "dateline", dateline.rule))
            start += dateline.length
        if start < line.end:
            pieces.append(Piece(start, role.segment, role.rule))
    return _table(article, _merge(pieces))


def _find_roles(article: Article, recurring: Collection[str]) -> tuple[list[Line], list[Role]]:
    if not article.fields:
        lines = split_lines(article.text)
        return lines, find_story(lines, _wording_roles(lines, article, recurring))
    lines, roles = [], []
    for field in article.fields:
        own = split_lines(article.text, field.start, field.end)
        lines.extend(own)
        if field.segment == "body":
            roles.extend(place_body(own, _wording_roles(own, article, recurring)))
        else:
            roles.extend([Role(field.segment, "field")] * len(own))
    return lines, roles


def _wording_roles(lines: Sequence[Line], article: Article, recurring: Collection[str]) -> list[Role | None]:
    script = _main_script(line.text for line in lines)
    roles = [_wording_role(line, article, script) for line in lines]
    if not recurring:
        return roles
    return [
        RECURRING if role is None and line_key(line.text) in recurring else role
        for line, role in zip(lines, roles, strict=True)
    ]


def _wording_role(line: Line, article: Article, script: str | None) -> Role | None:
    if len(line.text) > LONGEST_RULED:
        return None
    if (rule := match_rule(plain(line.text), line.n_words)) is not None:
        return Role(rule.segment, rule.name)
    if line.n_words == 0 or line.text.isdigit():
        return Role("furniture", "no words")
    if _is_site_name(line, article.outlet):
        return Role("furniture", "site name")
    if script is not None and (own := _main_script([line.text])) is not None and own != script:
        return Role("furniture", "other script")
    return None


def _is_site_name(line: Line, outlet: str) -> bool:
    """Whether a line is the outlet's name, alone or with an addition such as "International" or the day's date."""
    words = [word for word in re.findall(r"[^\W_]+", line.text.lower()) if word != "the"]
    parts = re.findall(r"[^\W_]+", outlet.lower())
    if not words or not parts or line.is_prose:
        return False
    if len(parts) > 1 and words[: len(parts)] == parts and len(words) <= len(parts) + ADDED_WORDS:
        return True
    return len(words) <= NAME_WORDS and (words[0] == parts[0] or "".join(words) in (parts[0], "".join(parts)))


def _main_script(texts) -> str | None:
    """The script of most letters (the first word of their Unicode names), or None where there are no letters."""
    counts: Counter[str] = Counter()
    for text in texts:
        for character in text[:200]:
            if character.isalpha():
                counts["LATIN" if character.isascii() else unicodedata.name(character, "OTHER").split(" ", 1)[0]] += 1
    return min(counts, key=lambda name: (-counts[name], name)) if counts else None


def _rank_role(roles: Sequence[Role], n: int) -> str:
    """What a line counts as when it is asked which of two that say the same is the original.

    A line outside the story may be the copy of anything, and so may a line of it right under a caption: many pages
    carry each caption twice, once without its credit.
    """
    if roles[n] in (("furniture", BEFORE), ("furniture", AFTER)):
        return "unplaced"
    above = next((role.segment for role in reversed(roles[:n]) if role.segment != "furniture"), None)
    if roles[n].segment == "body" and above == "caption":
        return "below caption"
    return roles[n].segment


def _repeat_piece(line: Line, repeat: Repeat) -> Piece:
    return Piece(line.start, "repeat", repeat.rule, (repeat.start, repeat.end), repeat.line)


def _merge(pieces: Sequence[Piece]) -> list[Piece]:
    """Join neighbours with the same role and rule, and repeats whose originals follow on each other too."""
    merged: list[Piece] = []
    for piece in pieces:
        last = merged[-1] if merged else None
        if last is None or (last.segment, last.rule) != (piece.segment, piece.rule):
            merged.append(piece)
        elif piece.repeat_of is None or last.repeat_of is None:
            continue
        elif piece.repeated_line == (last.repeated_line or 0) + 1:
            joined = (last.repeat_of[0], piece.repeat_of[1])
            merged[-1] = last._replace(repeat_of=joined, repeated_line=piece.repeated_line)
        else:
            merged.append(piece)
    return merged


def _table(article: Article, pieces: Sequence[Piece]) -> pd.DataFrame:
    if not pieces and article.text:
        pieces = [Piece(0, "furniture", "no words")]
    starts = [0, *(piece.start for piece in pieces[1:]), len(article.text)]
    return frame(
        "segments",
        [
            {
                "article_id": article.article_id,
                "start": start,
                "end": end,
                "segment": piece.segment,
                "rule": piece.rule,
                "repeat_of_start": piece.repeat_of[0] if piece.repeat_of else None,
                "repeat_of_end": piece.repeat_of[1] if piece.repeat_of else None,
            }
            for piece, start, end in zip(pieces, starts, starts[1:], strict=False)
        ],
    )
