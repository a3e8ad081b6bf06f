"""What a web page says of itself: meta elements, linked data, the elements that show title, deck, author and time."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from samestory.articles.dates import is_given, read_date
from samestory.articles.draft import domain_of

ARTICLE_TYPE = re.compile(r"(?:article|posting|report|webpage)$", re.IGNORECASE)
PUBLISHED = (
    "datePublished", "article:published_time", "og:published_time", "article:published", "og:article:published_time",
    "date", "pubdate", "publishdate", "publish-date", "publish_date", "parsely-pub-date", "sailthru.date",
    "DC.date.issued", "DC.Date", "dc.date", "dcterms.created", "dcterms.date", "cXenseParse:recs:publishtime",
)  # fmt: skip
CREDITS = ("author", "byl", "parsely-author", "sailthru.author", "DC.creator", "dc.creator", "dcterms.creator")
DESCRIPTIONS = ("og:description", "description", "twitter:description")
DATED_ADDRESS = re.compile(r"/((?:19|20)\d\d)[/-](\d\d)[/-](\d\d)(?=[/-]|$)")
SITE_SUFFIX = re.compile(r"\s+[|\-–—·»]\s+[^|\-–—·»]{2,40}$")
DECK = re.compile(
    r"(?:^|[\s_-])(?:stand-?first|dek|deck|strap-?line|sub-?headline|sub-?heading|sub-?title|chapo|vorspann|entradilla)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
BYLINE = re.compile(r"by[-_]?line(?:$|\s)", re.IGNORECASE)
LONGEST_TITLE = 400  # characters; a longer heading was never closed
DECK_WORDS = range(5, 90)
BYLINE_WORDS = range(1, 25)
DECK_DISTANCE = 60  # elements after the title; what follows further down is a teaser of another story
LEAD_WORDS = 15  # a paragraph beside which others so long follow is the lead, even if the page's description is like it
DECK_TAGS = ("h2", "h3", "h4", "p", "div", "span", "section")
UNSHOWN = ("script", "style", "noscript", "template", "svg")
INLINE = ("a", "abbr", "b", "cite", "em", "font", "i", "mark", "s", "small", "span", "strong", "sub", "sup", "u")
KNOWN_DESCRIPTION = 60  # characters: descriptions are cut, so their start has to do


@dataclass(frozen=True)
class PageData:
    """A page's data by name, as first mentioned, and the elements that show its title and its deck."""

    told: Mapping[str, str] = field(default_factory=dict)
    title: str | None = None
    deck: str | None = None
    shown: tuple[Any, ...] = ()  # the elements of title and deck

    @property
    def url(self) -> str | None:
        """The page's own address, where it gives one in full."""
        given = (self.told.get(name) for name in ("canonical", "og:url", "url"))
        return next((address for address in given if address and address.startswith(("http://", "https://"))), None)

    @property
    def outlet(self) -> str | None:
        """The domain of the address, else the name of the site."""
        return domain_of(self.url) or self.told.get("og:site_name") or self.told.get("publisher")

    @property
    def language(self) -> str | None:
        """The language's code, without the country."""
        given = self.told.get("lang") or self.told.get("inLanguage") or self.told.get("og:locale") or ""
        code = re.split(r"[-_]", given.strip().lower())[0]
        return code if re.fullmatch(r"[a-z]{2,3}", code) else None


def page_data(tree: Any) -> PageData:
    """Everything that a parsed page says of itself."""
    told: dict[str, str] = {}
    for name, value in (*_linked_data(tree), *_meta(tree)):
        if is_given(value):
            told.setdefault(name, " ".join(value.split()))
    title, heading = _title(tree, told)
    deck = _deck(tree, heading, told)
    shown = tuple(element for element in (heading, deck) if element is not None)
    return PageData(told, title, plain_text(deck) if deck is not None else None, shown)


def find_credit(tree: Any, told: Mapping[str, str]) -> str | None:
    """Who the page says wrote it: its data, else the first element that is a byline by its own name."""
    for name in CREDITS:
        if name in told and "://" not in told[name]:
            return told[name]
    named = (element for element in _elements(tree) if "author" in (element.get("rel"), element.get("itemprop")))
    bylines = (element for element in _elements(tree) if BYLINE.search(element.get("class") or ""))
    for element in (*named, *bylines):
        if len((text := plain_text(element)).split()) in BYLINE_WORDS:
            return text
    return None


def find_published(tree: Any, data: PageData) -> tuple[str | None, str]:
    """When it was published, with its precision; ``(None, "unknown")`` where the page does not say.

    The page's data come first, then the time elements under the title, the dated address, and last what htmldate
    (Barbaresi 2020) finds in the page, to the day.
    """
    given = [data.told.get(name) for name in PUBLISHED]
    below = _after(tree, data.shown[0]) if data.shown else _elements(tree)
    times = [element for element in below if element.tag == "time" and element.get("datetime")]
    times.sort(key=lambda element: not ("pubdate" in element.attrib or element.get("itemprop") == "datePublished"))
    dated = DATED_ADDRESS.search(data.url or "")
    address = "-".join(dated.groups()) if dated else None
    for value in (*given, *(element.get("datetime") for element in times[:1]), address):
        found = read_date(value)
        if found[0]:
            return found
    return read_date(_guessed_date(tree))


def _guessed_date(tree: Any) -> str | None:
    from htmldate import find_date

    try:  # its own limit is the day on which it runs
        return find_date(tree, extensive_search=False, original_date=True, min_date="1990-01-01", max_date="2100-01-01")
    except (ValueError, TypeError, AttributeError, RecursionError):
        return None


def plain_text(element: Any) -> str:
    """The text that an element shows, on one line."""
    return " ".join("".join(shown_text(element)).split())


def squeezed(text: str) -> str:
    """Letters and digits alone, in one case: what two renderings of the same words have in common."""
    return "".join(filter(str.isalnum, text.casefold()))


def shown_text(element: Any) -> Iterator[str]:
    """The pieces of text that an element shows, in reading order, with a space where a block ends."""
    yield element.text or ""
    for inner in element:
        if isinstance(inner.tag, str) and inner.tag not in UNSHOWN:
            yield from shown_text(inner)
            yield "" if inner.tag in INLINE else " "
        yield inner.tail or ""


def _elements(tree: Any) -> Iterator[Any]:
    return (element for element in tree.iter() if isinstance(element.tag, str))


def _meta(tree: Any) -> Iterator[tuple[str, str]]:
    yield "lang", tree.get("lang") or tree.get("xml:lang") or ""
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        if name:
            yield name, element.get("content") or ""
    for element in tree.iter("link"):
        if "canonical" in (element.get("rel") or "").split():
            yield "canonical", element.get("href") or ""


def _linked_data(tree: Any) -> Iterator[tuple[str, str]]:
    """What JSON-LD blocks say of an article: headline, description, date, language, authors, publisher."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or ""):
            continue
        try:
            nodes = [json.loads(element.text or "", strict=False)]
        except (ValueError, RecursionError):
            continue
        while nodes:
            node = nodes.pop(0)
            nodes.extend(_children(node))
            if isinstance(node, dict) and ARTICLE_TYPE.search(str(_first(node.get("@type")))):
                for key in ("headline", "description", "datePublished", "inLanguage", "url"):
                    if isinstance(node.get(key), str):
                        yield key, node[key]
                yield "author", ", ".join(_names(node.get("author")))
                yield "publisher", next(_names(node.get("publisher")), "")
                yield "type", str(_first(node.get("@type")))


def _children(node: object) -> Iterable[object]:
    if isinstance(node, list):
        return node
    return node["@graph"] if isinstance(node, dict) and isinstance(node.get("@graph"), list) else []


def _first(value: object) -> object:
    return value[0] if isinstance(value, list) and value else value


def _names(value: object) -> Iterator[str]:
    """Names of people or bodies, which linked data gives as text, as a record, or as a list of either."""
    for item in value if isinstance(value, list) else [value]:
        name = item.get("name") if isinstance(item, dict) else item
        if isinstance(name, str) and name.strip():
            yield name.strip()


def _title(tree: Any, told: Mapping[str, str]) -> tuple[str | None, Any]:
    """The title and the heading that shows it: one that says what the page's data says, else the page's only one."""
    pages = [SITE_SUFFIX.sub("", plain_text(element)) for element in tree.iter("title")]
    given = [text for text in (told.get("headline"), told.get("og:title"), *pages[:1]) if text]
    keys = [squeezed(text) for text in given]
    shown = ((heading, plain_text(heading)) for heading in tree.iter("h1", "h2", "h3"))
    headings = [(heading, squeezed(text)) for heading, text in shown if len(text) <= LONGEST_TITLE]
    found = next((heading for heading, key in headings if key and key in keys), None)
    if found is None:
        near = [heading for heading, key in headings if any(_is_cut(key, other) for other in keys)]
        first = [heading for heading, _ in headings if heading.tag == "h1" and len(plain_text(heading).split()) >= 3]
        named = [element for element in _elements(tree) if _is_named_title(element)]
        found = next((found[0] for found in (near, named) if found), first[0] if len(first) == 1 else None)
    if found is not None:
        return plain_text(found), found
    return (given[0] if given else None), None


def _is_named_title(element: Any) -> bool:
    named = element.get("itemprop") == "headline" or "entry-title" in (element.get("class") or "").split()
    return named and element.tag not in ("meta", "link") and len(plain_text(element).split()) >= 3


def _is_cut(key: str, other: str) -> bool:
    """Whether one of two titles is the start or the end of the other, and most of it: sites add their name."""
    short, long = sorted((key, other), key=len)
    return len(short) > len(long) / 2 and (long.startswith(short) or long.endswith(short))


def _deck(tree: Any, heading: Any, told: Mapping[str, str]) -> Any:
    """The standfirst that the page shows under its title: what its data gives as description, or is named a deck."""
    if heading is None:
        return None
    descriptions = [squeezed(told[name]) for name in DESCRIPTIONS if name in told]
    named = None
    for element in islice(_after(tree, heading), DECK_DISTANCE):
        if element.tag not in DECK_TAGS or len((text := plain_text(element)).split()) not in DECK_WORDS:
            continue
        key = squeezed(text)
        if any(_describes(description, key) for description in descriptions) and not _is_lead(element):
            return element
        if named is None and DECK.search(element.get("class") or "") and not _is_linked(element, text):
            named = element
    return named


def _after(tree: Any, element: Any) -> Iterator[Any]:
    """The elements that follow one and lie outside it, in reading order."""
    within = set(element.iter())
    found = False
    for other in _elements(tree):
        found = found or other is element
        if found and other not in within:
            yield other


def _describes(description: str, key: str) -> bool:
    return description == key or (
        len(description) >= KNOWN_DESCRIPTION and key.startswith(description) and len(key) <= 2 * len(description)
    )


def _is_lead(element: Any) -> bool:
    """Whether paragraphs follow beside it: then it is the first of them, which descriptions often repeat."""
    return any(
        other.tag == "p" and len(plain_text(other).split()) >= LEAD_WORDS for other in element.itersiblings(tag="p")
    )


def _is_linked(element: Any, text: str) -> bool:
    return sum(len(plain_text(link)) for link in element.iter("a")) > len(text) / 2
