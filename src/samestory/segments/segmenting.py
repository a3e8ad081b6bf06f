"""Every character of an article to exactly one segment, by rules that have names."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Collection, Sequence
from typing import NamedTuple

import pandas as pd

from samestory.articles.record import Article
from samestory.segments.anatomy import SIGNATURE, TITLE, cut_line, cut_titles
from samestory.segments.datelines import Dateline, find_dateline
from samestory.segments.lines import Line, normal_words, part_of, plain, split_lines, split_sentences
from samestory.segments.recurring import line_key
from samestory.segments.repeats import Repeat, find_repeats, find_sentence_repeats
from samestory.segments.rules import PICTURED, match_rule
from samestory.segments.rules.widgets import is_widget
from samestory.segments.story import AFTER, BEFORE, Role, find_story, place_body
from samestory.tables import frame

LONGEST_RULED = 2500  # characters; a longer line is a paragraph, whatever it says
ADDED_WORDS = 5
NAME_WORDS = 4  # a line of so many words that is the site's name
WIDGET_WORDS = 15
CAPTION_WORDS = 80
PARTED = ("body", "below caption", "caption", "tweet", "unplaced")  # what is compared by its sentences, too
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
    lines, roles, repeats = _find_repeats(*_find_roles(article, recurring))
    pieces = [
        _repeat_piece(line, repeats[n]) if n in repeats else Piece(line.start, role.segment, role.rule)
        for n, (line, role) in enumerate(zip(lines, roles, strict=True))
    ]
    return _table(article, _merge(pieces))


def _find_roles(article: Article, recurring: Collection[str]) -> tuple[list[Line], list[Role]]:
    if not article.fields:
        whole, told_by_wording = _cut(split_lines(article.text), article, recurring)
        return whole, find_story(whole, told_by_wording)
    told = {field.segment for field in article.fields}
    story = "body" if "body" in told else "deck"  # the story may stand there
    lines: list[Line] = []
    roles: list[Role | None] = []
    above = 0  # lines before the story
    for field in article.fields:
        own = split_lines(article.text, field.start, field.end)
        known: Sequence[Role | None] = [Role(field.segment, "field")] * len(own)
        if field.segment == story:
            own, known = _cut(own, article, recurring)
        elif field.segment != "caption":
            above = len(lines) + len(own)
        lines.extend(own)
        roles.extend(known)
    head = [role for role in roles[:above] if role is not None]
    return lines, [*head, *place_body(lines[above:], roles[above:])]


def _cut(lines: Sequence[Line], article: Article, recurring: Collection[str]) -> tuple[list[Line], list[Role | None]]:
    """The lines, those made of several things cut, and the role of each that its wording tells."""
    script = _main_script(line.text for line in lines)
    found: list[Line] = []
    roles: list[Role | None] = []
    for line in lines:
        recurs = bool(recurring) and line_key(line.text) in recurring
        parts: list[tuple[Line, Role | None]] = [(line, None)] if recurs else cut_line(line)
        if parts[-1][1] == SIGNATURE and _is_own_handle(parts[-1][0].text, article.outlet):
            parts = [(line, Role("furniture", "the outlet's own tweet"))]
        for part, role in parts:
            found.append(part)
            roles.append(role or _wording_role(part, article, script) or (RECURRING if recurs else None))
    return cut_titles(found, roles)


def _find_repeats(lines: list[Line], roles: list[Role]) -> tuple[list[Line], list[Role], dict[int, Repeat]]:
    """What repeats what: whole lines, then the sentences of the others, as which those come back; datelines apart."""
    line_ranks = _rank_roles(lines, roles)
    whole = find_repeats(lines, line_ranks) | _repeated_titles(lines, roles)
    dateline = _dateline(lines, roles, whole)
    units: list[tuple[Line, Role, str]] = []
    repeats: dict[int, Repeat] = {}
    for n, (line, role) in enumerate(zip(lines, roles, strict=True)):
        rest = line
        if n in whole:
            repeats[len(units)] = whole[n]
            line_ranks[n] = ""
        elif dateline is not None and n == dateline.line:
            units.append((part_of(line, 0, dateline.length), Role("dateline", dateline.rule), ""))
            rest = part_of(line, dateline.length, len(line.text))
        parts = split_sentences(rest) if line_ranks[n] in PARTED else [rest]
        units += [(part, role, line_ranks[n]) for part in parts if part.text]
    found = [unit for unit, _, _ in units]
    repeats.update(find_sentence_repeats(found, [rank for _, _, rank in units]))
    own = [role for _, role, _ in units]
    for n, role in enumerate(own):
        if role == SIGNATURE and n - 1 in repeats:  # of a tweet that the story has quoted before
            own[n] = Role("furniture", SIGNATURE.rule)
    return found, own, repeats


def _dateline(lines: Sequence[Line], roles: Sequence[Role], repeats: Collection[int]) -> Dateline | None:
    body = [n for n, role in enumerate(roles) if role.segment == "body" and n not in repeats]
    found = find_dateline([plain(lines[n].text) for n in body])
    return None if found is None else found._replace(line=body[found.line])


def _repeated_titles(lines: Sequence[Line], roles: Sequence[Role]) -> dict[int, Repeat]:
    """A gallery's title before its second and later captions repeats the first, or the headline."""
    first: dict[tuple[str, ...], int] = {}
    found: dict[int, Repeat] = {}
    for n, (line, role) in enumerate(zip(lines, roles, strict=True)):
        if role == TITLE or role.segment == "headline":
            original = first.setdefault(_key(line), n)
            if original != n and role == TITLE:
                found[n] = Repeat(*lines[original][:2], "gallery title", original)
    return found


def _rank_roles(lines: Sequence[Line], roles: Sequence[Role]) -> list[str]:
    """What each line counts as; one put together from sentences of other lines, as captions are, is no original."""
    parts = [[_key(part) for part in split_sentences(line)] for line in lines]
    places: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for n, keys in enumerate(parts):
        for key in keys:
            places[key].add(n)
    composed = {n for n, keys in enumerate(parts) if len(keys) > 1 and all(len(places[key]) > 1 for key in keys)}
    whole = {keys[0] for keys in parts if len(keys) == 1}
    return [
        "unplaced" if n in composed and any(key in whole for key in parts[n]) else _rank_role(roles, n)
        for n in range(len(lines))
    ]


def _key(line: Line) -> tuple[str, ...]:
    return tuple(word for word, _, _ in normal_words(line.text))


def _wording_role(line: Line, article: Article, script: str | None) -> Role | None:
    text = plain(line.text)
    if line.n_words > WIDGET_WORDS and is_widget(text, line.n_words):
        return Role("furniture", "widget text")
    if len(text) > LONGEST_RULED:
        return None
    if (rule := match_rule(text, line.n_words)) is not None:
        return Role(rule.segment, rule.name)
    if line.n_words <= CAPTION_WORDS and _has_caption_sentence(line):
        return Role("caption", "caption sentence")
    if line.n_words == 0 or line.text.isdigit():
        return Role("furniture", "no words")
    if _is_site_name(line, article.outlet):
        return Role("furniture", "site name")
    if script is not None and (own := _main_script([line.text])) is not None and own != script:
        return Role("furniture", "other script")
    return None


def _has_caption_sentence(line: Line) -> bool:
    """Whether the first or the last of a line's sentences speaks of a picture: the others then do, too."""
    parts = split_sentences(line)
    ends = (parts[0], parts[-1]) if len(parts) > 1 else ()
    return any(PICTURED.search(plain(part.text)) for part in ends)


def _is_site_name(line: Line, outlet: str) -> bool:
    """Whether a line is the outlet's name, alone or with an addition such as "International" or the day's date."""
    words = [word for word in re.findall(r"[^\W_]+", line.text.lower()) if word != "the"]
    parts = re.findall(r"[^\W_]+", outlet.lower())
    if not words or not parts or line.is_prose:
        return False
    if len(parts) > 1 and words[: len(parts)] == parts and len(words) <= len(parts) + ADDED_WORDS:
        return True
    return len(words) <= NAME_WORDS and (words[0] == parts[0] or "".join(words) in (parts[0], "".join(parts)))


def _is_own_handle(signature: str, outlet: str) -> bool:
    """Whether a tweet is signed by the outlet: its name without marks, or a beginning of it."""
    found = re.search(r"\(@(\w+)\)", signature)
    handle = "".join(filter(str.isalnum, found.group(1).lower())) if found else ""
    name = "".join(filter(str.isalnum, outlet.lower()))
    return handle in (name, outlet.lower().split(".")[0]) or (len(handle) >= 4 and name.startswith(handle))


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
    if roles[n].segment == "body" and n + 1 < len(roles) and roles[n + 1] == SIGNATURE:
        return "tweet"
    if roles[n] == SIGNATURE:
        return ""
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
