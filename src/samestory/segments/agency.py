"""The news agency that a text comes from, where the page says so."""

from __future__ import annotations

import re

import pandas as pd

from samestory.articles.record import Article

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
OFTEN = 2  # people "told Reuters" at least so often in copy of that agency that says no more of its origin


def find_agency(article: Article, segments: pd.DataFrame) -> str | None:
    """The agency whose copy an article is, or None; an outlet's own name is never its agency.

    In this order: a copyright or syndication notice; what the format says of author and rights; the agency in the
    dateline; byline and credit line; the body's own wording ("a Reuters reporter saw", twice "told Reuters"). Picture
    credits say nothing of the text.
    """
    rows = segments[segments.article_id == article.article_id]
    parts = {
        name: [article.text[int(s) : int(e)] for s, e in zip(group.start, group.end, strict=True)]
        for name, group in rows.groupby("segment")
    }
    for found in (
        _known(parts.get("notice", [])),
        _in_credit(article.credit),
        _in_datelines(parts),
        _in_bylines(parts),
        _in_body(" ".join(parts.get("body", ())), _syndicated(parts)),
    ):
        if found is not None and not _is_outlet(found, article.outlet):
            return found
    return None


def _known(texts: list[str]) -> str | None:
    for text in texts:
        if found := KNOWN.search(text):
            return NAMES[found.group()]
    return None


def _in_credit(credit: str | None) -> str | None:
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
            return NAMES[found.group()]
        if found := CAPITALS.search(part):
            return IN_CAPITALS[found.group()]
    return None


def _in_datelines(parts: dict[str, list[str]]) -> str | None:
    for text in parts.get("dateline", []):
        if found := IN_BRACKETS.search(text):
            return NAMES.get(found.group(1), found.group(1))
    for text in parts.get("deck", []):
        if found := DATELINE.match(text):
            return NAMES[found.group(1)]
    return None


def _in_bylines(parts: dict[str, list[str]]) -> str | None:
    bylines = [line for text in parts.get("byline", []) for line in text.splitlines() if line.strip()]
    for line in bylines:
        if HELPED.search(line) and not re.match(r"\W*reporting by", line, re.IGNORECASE):
            continue
        if found := KNOWN.search(line):
            return NAMES[found.group()]
        if HOUSE_STYLE.search(line):
            return "Reuters"
    for text in parts.get("furniture", []):
        for line in text.splitlines():
            if found := SOURCE_LINE.match(line.strip()):
                return NAMES.get(found.group(1))
    body = " ".join(parts.get("body", []))
    for line in bylines:  # an agency that is not in the list: an author of one word, or one whose reporter saw it
        if found := ONE_WORD_AUTHOR.match(line):
            return found.group(1)
        for name in re.findall(r"[A-Z]\w{2,}", line):
            if re.search(OWN_REPORTER.format(re.escape(name)), body):
                return name
    return None


def _syndicated(parts: dict[str, list[str]]) -> bool:
    return any("syndicated" in text or "has not been edited" in text for text in parts.get("notice", []))


def _in_body(body: str, syndicated: bool) -> str | None:
    for name in NAMES:
        escaped = re.escape(name)
        told = len(re.findall(TOLD.format(escaped), body))
        own = re.search(OWN_REPORTER.format(escaped), body)
        if own or told >= (1 if syndicated else OFTEN):
            return NAMES[name]
    return None


def _is_outlet(agency: str, outlet: str) -> bool:
    return "".join(filter(str.isalnum, agency.lower())) in re.split(r"[^a-z0-9]+", outlet.lower())
