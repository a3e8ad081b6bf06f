"""Live blogs, and articles read in more than one version: nothing is dropped, and the report says which they are."""

from __future__ import annotations

import re
from collections.abc import Iterable

from samestory.articles.record import Article

TITLE = re.compile(
    r"\blive[ -]?(?:blog|updates?|coverage|reporting|ticker|feed|stream)\b|\bas it happened\b|\bminute by minute\b|"
    r"^live\s*[:–—|-]|[:–—|-]\s*live$|\b(?:news|im) ?ticker\b|\ben direct\b|\ben (?:vivo|directo)\b|"
    r"\bminuto a minuto\b|\bin diretta\b|\bao vivo\b",
    re.IGNORECASE,
)
ADDRESS = re.compile(
    r"/live(?:/|$)|live-?blog|live-?updates?|live-?ticker|as-it-happened|minuto-a-minuto", re.IGNORECASE
)
CLOCK = r"\d{1,2}[:.h]\d{2}(?::\d{2})?"
STAMP = re.compile(
    rf"\W*(?:(?:last )?updated (?:at )?)?(?:{CLOCK}\s*(?:[ap]\.?\s?m\.?|uhr)?|\d{{1,2}}\s?[ap]\.?m\.?)"
    r"(?:\s*[(]?[A-Z]{2,5}[)]?)?\W*",
    re.IGNORECASE,
)
STAMPS = 4  # lines that are a time of day and nothing else
LONGEST_STAMP = 40  # characters
TRACKING = re.compile(r"(?:^|&)(?:utm_\w+|fbclid|gclid|cmpid|ocid|ref|src)=[^&]*", re.IGNORECASE)


def is_live_blog(article: Article) -> bool:
    """Whether title or address calls an article a live blog, or lines of it are times of day and nothing else."""
    if TITLE.search(article.title or "") or ADDRESS.search((article.url or "").split("?", 1)[0]):
        return True
    lines = (line.strip() for line in article.text.split("\n"))
    return sum(1 for line in lines if line and len(line) <= LONGEST_STAMP and STAMP.fullmatch(line)) >= STAMPS


def find_versions(articles: Iterable[Article]) -> list[tuple[Article, Article]]:
    """Articles of one outlet and address whose texts differ: each later one with the first, in the order given."""
    first: dict[tuple[str, str], Article] = {}
    pairs = []
    for article in articles:
        if (address := _bare(article.url)) is None:
            continue
        known = first.setdefault((article.outlet, address), article)
        if known.text != article.text:
            pairs.append((article, known))
    return pairs


def _bare(url: str | None) -> str | None:
    """An address without what differs between copies of a link: scheme, "www.", fragment, tracking."""
    if not url or "/" not in url.split("://", 1)[-1].rstrip("/"):
        return None  # a bare domain is the address of no article
    place, _, query = url.split("#", 1)[0].partition("?")
    place = re.sub(r"^\w+://(?:www\.|m\.|amp\.)?", "", place).rstrip("/")
    query = TRACKING.sub("", query).strip("&")
    return f"{place}?{query}" if query else place
