"""The news agency that a text comes from, where the page says so."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import NamedTuple

import pandas as pd

from samestory.articles.record import Article
from samestory.segments.lines import split_lines
from samestory.tables import cells

# What agencies call themselves, longest first within an agency, and the name that the table gives.
NAMES = {
    "Thomson Reuters": "Reuters", "Reuters": "Reuters", "The Associated Press": "AP", "Associated Press": "AP",
    "AP": "AP", "Agence France-Presse": "AFP", "AFP": "AFP", "United Press International": "UPI", "UPI": "UPI",
    "Xinhua News Agency": "Xinhua", "Xinhua": "Xinhua", "Press Trust of India": "PTI", "PTI": "PTI", "IANS": "IANS",
    "ANI": "ANI", "Press Association": "PA", "PA Media": "PA", "PA": "PA", "Deutsche Presse-Agentur": "dpa",
    "dpa": "dpa", "DPA": "dpa", "EFE": "EFE", "ANSA": "ANSA", "ITAR-TASS": "TASS", "TASS": "TASS", "Tass": "TASS",
    "Interfax": "Interfax", "RIA Novosti": "RIA Novosti", "Kyodo News": "Kyodo", "Kyodo": "Kyodo",
    "Yonhap News Agency": "Yonhap", "Yonhap": "Yonhap", "Bloomberg News": "Bloomberg", "Bloomberg": "Bloomberg",
    "Australian Associated Press": "AAP", "AAP": "AAP", "The Canadian Press": "CP", "Canadian Press": "CP",
    "Anadolu Agency": "Anadolu", "Anadolu": "Anadolu", "CNN": "CNN",
}  # fmt: skip
NAME = "|".join(re.escape(name) for name in sorted(NAMES, key=lambda name: (-len(name), name)))
KNOWN = re.compile(rf"(?<![\w/])(?:{NAME})(?![\w/])")
IN_CAPITALS = {name.upper(): agency for name, agency in NAMES.items() if len(name) > 4}  # "By THE ASSOCIATED PRESS"
CAPITALS = re.compile(rf"(?<![\w/])(?:{'|'.join(sorted(IN_CAPITALS, key=lambda name: (-len(name), name)))})(?![\w/])")
ANY_NAME = r"[A-Z][\w.]+(?: [A-Z][\w.]+)?"
IN_BRACKETS = re.compile(rf"\(({ANY_NAME})(?:\)| and | & |/)")
DATELINE = re.compile(rf"^[^a-z(]*(?:[A-Z][\w.'’-]+,? ?){{0,6}}\d{{0,2}},? ?\(({NAME})\)\s*[-–—:]")
SOURCE_LINE = re.compile(rf"^(?:source|via|from|by)\b[: ]+(?:the )?({NAME})\b", re.IGNORECASE)
HOUSE_STYLE = re.compile(r"\b[Rr]eporting by\b.*\b[Ee]diting by\b", re.DOTALL)  # Reuters closes its stories so
ONE_WORD_AUTHOR = re.compile(r"By ([A-Z]\w+)(?:$|,? with\b)")
HELPED = re.compile(r"contribut|additional reporting|inputs?\b|with files", re.IGNORECASE)
RIGHTS = re.compile(r"copyright|\(c\)|©", re.IGNORECASE)
PICTURES = re.compile(r"\b(?:getty|images?|photos?)\b", re.IGNORECASE)
OWN_REPORTER = r"\b[Aa]n? {} (?:reporter|correspondent|photographer|journalist|witness)\b"
TOLD = r"\b(?:told|tells) (?:the )?{}\b"
TOLD_SOMEONE = re.compile(r"\b(?:told|tells) (?:[Tt]he )?([A-Z]\w+(?: [A-Z]\w+)*)")
ARTICLES = ("the", "a", "an")
SHORTEST_NAME = 4  # letters of a name that can end a domain: "Post" in washingtonpost.com
OFTEN = 2  # people "told Reuters" at least so often in copy of that agency that says no more of its origin


class Part(NamedTuple):
    """A piece of a text and where it begins."""

    start: int
    text: str


Parts = dict[str, list[Part]]  # by segment


class Origin(NamedTuple):
    """The agency that a text comes from, the rule that says so, and the characters that prove it.

    ``rule`` is ``notice``, ``credit``, ``dateline``, ``byline``, ``source line``, ``own reporter`` or ``told``. What
    the format says of author and rights (``credit``) is no part of the text and has no characters.
    """

    agency: str
    rule: str
    start: int | None = None
    end: int | None = None


def find_agency(article: Article, segments: pd.DataFrame) -> str | None:
    """The agency whose copy an article is, or None; an outlet's own name is never its agency."""
    origin = explain_agency(article, segments)
    return None if origin is None else origin.agency


def explain_agency(article: Article, segments: pd.DataFrame) -> Origin | None:
    """The agency whose copy an article is, with the rule and the characters that say so.

    In this order: a copyright or syndication notice; what the format says of author and rights; the agency in the
    dateline; byline and credit line; the body's own wording ("a Reuters reporter saw", twice "told Reuters" where
    nobody told the outlet itself). Picture credits say nothing of the text.
    """
    parts = _parts(article, segments)
    for found in chain(
        _known(parts.get("notice", ())),
        _in_credit(article.credit),
        _in_datelines(parts),
        _in_bylines(parts),
        _in_body(parts, article.outlet),
    ):
        if not names_outlet(found.agency, article.outlet):
            return found
    return None


def own_wire(article: Article, segments: pd.DataFrame) -> str | None:
    """The outlet's own name where its dateline gives it as an agency's: "(Meridian) -" on Meridian's page."""
    for found in _in_datelines(_parts(article, segments)):
        if names_outlet(found.agency, article.outlet):
            return found.agency
    return None


def _parts(article: Article, segments: pd.DataFrame) -> Parts:
    parts: Parts = {}
    for one, name, start, end in cells(segments, "article_id", "segment", "start", "end"):
        if one == article.article_id:
            parts.setdefault(name, []).append(Part(start, article.text[start:end]))
    return parts


def _origin(agency: str, rule: str, part: Part, found: re.Match[str]) -> Origin:
    return Origin(agency, rule, part.start + found.start(), part.start + found.end())


def _known(parts: Iterable[Part]) -> Iterator[Origin]:
    for part in parts:
        if found := KNOWN.search(part.text):
            yield _origin(NAMES[found.group()], "notice", part, found)
            return


def _in_credit(credit: str | None) -> Iterator[Origin]:
    """The agency among authors and rights. A page's long list of authors often names those of other stories and of
    pictures: there, only its first entry tells."""
    parts = [part.strip() for part in (credit or "").split(";")]
    authors = [part for part in parts if not RIGHTS.match(part)]
    if len(authors) > 2 or PICTURES.search(credit or ""):
        parts = [part for part in parts if RIGHTS.match(part) or part == authors[0]]
    for part in parts:
        if HELPED.search(part):
            continue
        if found := KNOWN.search(part):
            yield Origin(NAMES[found.group()], "credit")
            return
        if found := CAPITALS.search(part):
            yield Origin(IN_CAPITALS[found.group()], "credit")
            return


def _in_datelines(parts: Parts) -> Iterator[Origin]:
    for part in parts.get("dateline", ()):
        if found := IN_BRACKETS.search(part.text):
            yield _origin(NAMES.get(found.group(1), found.group(1)), "dateline", part, found)
            return
    for part in parts.get("deck", ()):
        if found := DATELINE.match(part.text):
            yield _origin(NAMES[found.group(1)], "dateline", part, found)
            return


def _in_bylines(parts: Parts) -> Iterator[Origin]:
    bylines = [line for part in parts.get("byline", ()) for line in _lines(part)]
    for line in bylines:
        if HELPED.search(line.text) and not re.match(r"\W*reporting by", line.text, re.IGNORECASE):
            continue
        if found := KNOWN.search(line.text):
            yield _origin(NAMES[found.group()], "byline", line, found)
            return
        if found := HOUSE_STYLE.search(line.text):
            yield _origin("Reuters", "byline", line, found)
            return
    for line in (line for part in parts.get("furniture", ()) for line in _lines(part)):
        if (found := SOURCE_LINE.match(line.text)) and found.group(1) in NAMES:
            yield _origin(NAMES[found.group(1)], "source line", line, found)
            return
    for line in bylines:  # an agency that is not in the list: an author of one word, or one whose reporter saw it
        if found := ONE_WORD_AUTHOR.match(line.text):
            yield _origin(found.group(1), "byline", line, found)
            return
        for name in re.findall(r"[A-Z]\w{2,}", line.text):
            for part in parts.get("body", ()):
                if found := re.search(OWN_REPORTER.format(re.escape(name)), part.text):
                    yield _origin(name, "own reporter", part, found)
                    return


def _lines(part: Part) -> list[Part]:
    return [Part(part.start + line.start, line.text) for line in split_lines(part.text)]


def _in_body(parts: Parts, outlet: str) -> Iterator[Origin]:
    """What the body says of who was there. Whoever was told things itself, reports on its own."""
    body = parts.get("body", [])
    syndicated = any(
        "syndicated" in part.text or "has not been edited" in part.text for part in parts.get("notice", ())
    )
    own = any(_told_outlet(part.text, outlet) for part in body)
    for name in (name for name in NAMES if any(name in part.text for part in body)):
        escaped = re.escape(name)
        told = [(part, found) for part in body for found in re.finditer(TOLD.format(escaped), part.text)]
        for part in body:
            if found := re.search(OWN_REPORTER.format(escaped), part.text):
                yield _origin(NAMES[name], "own reporter", part, found)
                return
        if not own and len(told) >= (1 if syndicated else OFTEN):
            yield _origin(NAMES[name], "told", *told[0])
            return


def _told_outlet(text: str, outlet: str) -> bool:
    return any(names_outlet(name, outlet) for name in TOLD_SOMEONE.findall(text))


def names_outlet(name: str, outlet: str) -> bool:
    """Whether a name as texts give it ("the Courier", "CNN", "The Post") can be this outlet's."""
    words = [word for word in re.findall(r"\w+", name.lower()) if word not in ARTICLES]
    parts = re.split(r"[^a-z0-9]+", outlet.lower())
    joined = "".join(words)
    inside = len(joined) >= SHORTEST_NAME and any(part.endswith(joined) for part in parts)
    return bool(words) and (inside or joined in parts or all(word in parts for word in words))
