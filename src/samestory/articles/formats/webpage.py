"""HTML pages: the story as trafilatura extracts it (Barbaresi 2021), with what the page says of itself."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from samestory.articles.dates import read_date
from samestory.articles.draft import BLANK_LINE, Draft, Refused, domain_of
from samestory.articles.encoding import decode
from samestory.articles.record import Field
from samestory.articles.source_file import SourceFile

LARGEST_PAGE = 20_000_000  # bytes; the extractor takes minutes beyond it
OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*|<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE | re.DOTALL
)
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
PUBLISHED = (
    "article:published_time", "og:published_time", "datePublished", "date", "pubdate", "publishdate",
    "publish-date", "parsely-pub-date", "sailthru.date", "DC.date.issued", "dcterms.created",
)  # fmt: skip
DATED_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=[/-]|$)")
SITE_SUFFIX = re.compile(r"\s+[|\-–—·»]\s+[^|\-–—·»]{2,40}$")


def recognise(file: SourceFile) -> bool:
    """Whether the file opens as a page does."""
    return file.head is not None and OPENING.match(file.head) is not None


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft]:
    """One article; raises Refused where the page holds no text that reads like a story."""
    raw = file.raw
    if len(raw) > LARGEST_PAGE:
        raise Refused(f"too large for a page: {len(raw) // 1_000_000} MB")
    declared = DECLARED.search(raw[:4096])
    page, _ = decode(raw, declared.group(1).decode("ascii") if declared else None)
    tree = _tree(page)
    story = _extract(page)
    if not story:
        raise Refused("no text: no story found in the page")
    told = _metadata(tree)
    text, fields, title = _canonical(_title(tree, told), story)
    address = told.get("canonical") or told.get("og:url")
    published, precision = _published(tree, told, address)
    yield Draft(
        text,
        fields,
        outlet=domain_of(address) or told.get("og:site_name"),
        title=title,
        published=published,
        published_precision=precision,
        url=address,
        language=(tree.get("lang") or told.get("og:locale") or "").replace("_", "-").split("-")[0].lower() or None,
    )


def _tree(page: str) -> Any:
    from lxml import etree, html

    try:
        # a declaration of encoding in a str is an error to lxml: hand it bytes in an encoding that we name
        parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
        return html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Refused(f"unparseable: {error}") from error


def _extract(page: str) -> str | None:
    import trafilatura

    try:
        story = trafilatura.extract(page, include_comments=False, include_tables=True, deduplicate=False)
        return story or trafilatura.baseline(page)[1].strip() or None
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        raise Refused(f"unparseable: {type(error).__name__}: {error}") from error


def _metadata(tree: Any) -> dict[str, str]:
    """What the head says, first mention first: meta elements by name, the canonical link, linked data."""
    told: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name and (element.get("content") or "").strip():
            told.setdefault(name, element.get("content").strip())
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").split() and element.get("href"):
            told.setdefault("canonical", element.get("href").strip())
    for key, value in _linked_data(tree):
        told.setdefault(key, value)
    return told


def _linked_data(tree: Any) -> Iterator[tuple[str, str]]:
    """The headline and the date of publication that JSON-LD blocks give."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            nodes = [json.loads(element.text or "")]
        except (ValueError, RecursionError):
            continue
        while nodes:
            node = nodes.pop(0)
            nodes.extend(_children(node))
            if isinstance(node, dict):
                for key in ("datePublished", "headline"):
                    if isinstance(node.get(key), str) and node[key].strip():
                        yield key, node[key].strip()


def _children(node: object) -> Iterable[object]:
    if isinstance(node, list):
        return node
    return node["@graph"] if isinstance(node, dict) and isinstance(node.get("@graph"), list) else []


def _title(tree: Any, told: Mapping[str, str]) -> str | None:
    headings = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    headings = [heading for heading in headings if heading]
    given = told.get("og:title") or told.get("headline")
    if len(headings) == 1 and len(headings[0].split()) > 2:
        return headings[0]
    if given:
        return " ".join(given.split())
    titles = [" ".join(element.text_content().split()) for element in tree.iter("title")]
    return next((SITE_SUFFIX.sub("", title) for title in titles if title), None)


def _canonical(title: str | None, story: str) -> tuple[str, tuple[Field, ...], str | None]:
    """The text with the title first, once: a story that opens with its title keeps it where it stands."""
    first, _, rest = story.partition("\n")
    if title and _same(first, title):
        start = len(story) - len(rest)
        fields = (Field(0, len(first), "headline"), Field(start, len(story), "body"))
        return story, tuple(field for field in fields if field.end > field.start), first.strip()
    if not title:
        return story, (Field(0, len(story), "body"),), None
    start = len(title) + len(BLANK_LINE)
    return (
        title + BLANK_LINE + story,
        (Field(0, len(title), "headline"), Field(start, start + len(story), "body")),
        title,
    )


def _same(first: str, second: str) -> bool:
    return "".join(filter(str.isalnum, first.casefold())) == "".join(filter(str.isalnum, second.casefold()))


def _published(tree: Any, told: Mapping[str, str], address: str | None) -> tuple[str | None, str]:
    for name in PUBLISHED:
        published, precision = read_date(told.get(name))
        if published:
            return published, precision
    times = [element.get("datetime") for element in tree.iter("time") if element.get("datetime")]
    if times and (found := read_date(times[0]))[0]:
        return found
    dated = DATED_ADDRESS.search(address or "")
    return read_date("-".join(dated.groups())) if dated else (None, "unknown")
