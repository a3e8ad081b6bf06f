"""HTML pages: the story as trafilatura extracts it (Barbaresi 2021), title, deck and captions kept in their places."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from samestory.articles.draft import BLANK_LINE, Draft, Refused, domain_of
from samestory.articles.encoding import decode
from samestory.articles.formats.page_data import (
    find_credit,
    find_published,
    page_data,
    plain_text,
    shown_text,
    squeezed,
)
from samestory.articles.record import Field
from samestory.articles.source_file import SourceFile

LARGEST_PAGE = 20_000_000  # bytes; the extractor takes minutes beyond it
OPENING = re.compile(r"\s*<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
DECLARATION = re.compile(r"\s*<\?xml[^>]*>", re.IGNORECASE)
COMMENT = re.compile(r"\s*<!--")
DECLARED = re.compile(rb"""<meta[^>]{0,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
CAPTION = re.compile(r"(?:^|[\s_-])(?:caption|cutline)(?:$|[\s_-])", re.IGNORECASE)
COMMENTS = re.compile(
    r"(?:^|[\s_-])(?:comments?[_-]?(?:list|section|area|thread)|comentarios|kommentare|commentaires|commenti|reacties)"
    r"(?:$|[\s_-])",
    re.IGNORECASE,
)
CAPTION_WORDS = range(3, 120)
MOST_ELEMENTS = 200_000  # a long live blog has a tenth of it; the extractor takes minutes beyond it
LONG_TAG = re.compile(r"<[a-z][^<>]{50000,}", re.IGNORECASE)
MOST_ATTRIBUTES = 5000  # of one element, and blanks in its tag; the parser compares each with all others
DEEPEST = 255  # elements within elements; the parser gives up on what lies deeper


def recognise(file: SourceFile) -> bool:
    """Whether the file opens as a page does."""
    return file.head is not None and _opens(file.head)


def _opens(head: str) -> bool:
    """Whether a page begins after what may stand before it: a declaration of XML, comments."""
    at = 0
    while (before := DECLARATION.match(head, at) or COMMENT.match(head, at)) is not None:
        at = before.end()
        if before.group().endswith("<!--"):
            end = head.find("-->", at)
            if end < 0:
                return False
            at = end + len("-->")
    return OPENING.match(head, at) is not None


def read(file: SourceFile, columns: Mapping[str, str] | None = None) -> Iterator[Draft]:
    """One article; raises Refused where the page holds no text that reads like a story."""
    yield read_page(file.raw)


def read_page(raw: bytes, charset: str | None = None, url: str | None = None) -> Draft:
    """The article of a page. ``charset`` and ``url`` are what a server said, and go before what the page says.

    Its text is title, deck and story; captions and notices within the story stay where they stand, a line each.
    Raises Refused where the page holds no text that reads like a story.
    """
    if len(raw) > LARGEST_PAGE:
        raise Refused(f"too large for a page: {len(raw) // 1_000_000} MB")
    declared = DECLARED.search(raw[:4096])
    page, _ = decode(raw, charset or (declared.group(1).decode("ascii") if declared else None))
    tree, deep = _parse(page)
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise Refused(f"too large for a page: more than {MOST_ELEMENTS:,} elements")
    data = page_data(tree)
    published, precision = find_published(tree, data)
    credit = find_credit(tree, data.told)
    for element in data.shown:
        element.drop_tree()
    captions = _prepare(tree)
    story = _extract(tree)
    if not story:
        raise Refused("no text: no story found in the page" + (f" ({deep})" if deep else ""))
    text, fields = _canonical(data.title, data.deck, story, captions)
    address = url or data.url
    return Draft(
        text,
        fields,
        outlet=domain_of(address) or data.outlet,
        title=data.title,
        published=published,
        published_precision=precision,
        url=address,
        language=data.language,
        credit=credit,
        note=deep,
    )


def _parse(page: str) -> tuple[Any, str | None]:
    """The page as a tree, and a note where the parser did not see it to the end."""
    from lxml import etree, html

    if any(tag.group().count(" ") > MOST_ATTRIBUTES for tag in LONG_TAG.finditer(page)):
        raise Refused(f"unparseable: an element with more than {MOST_ATTRIBUTES:,} attributes")
    # a declaration of encoding in a str is an error to lxml: hand it bytes in an encoding that we name
    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    try:
        tree = html.document_fromstring(page.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError, AssertionError) as error:
        raise Refused(f"unparseable: {error}") from error
    deep = any("depth" in entry.message for entry in parser.error_log)
    return tree, f"elements nested deeper than {DEEPEST}: what lies deeper is not read" if deep else None


def _prepare(tree: Any) -> frozenset[str]:
    """Keep what the extractor would drop though it is text, and drop what it would keep though it is none of the story.

    Of a short story it keeps the menu too, and it knows comments by few names. It drops times, even in a sentence,
    and pictures with all that they hold: their captions become paragraphs. Returns the captions, without white space.
    """
    for element in list(tree.iter("nav", "menu", "div", "section", "ul", "ol", "aside")):
        named = f"{element.get('class') or ''} {element.get('id') or ''}"
        if element.getparent() is not None and (element.tag in ("nav", "menu") or COMMENTS.search(named)):
            element.drop_tree()
    for element in list(tree.iter("time")):
        element.tag = "span"
    return frozenset(_keep_captions(tree))


def _keep_captions(tree: Any) -> Iterator[str]:
    from lxml import etree

    for element in list(tree.iter("figcaption", "p", "div", "span", "cite")):
        if element.tag != "figcaption" and not CAPTION.search(element.get("class") or ""):
            continue
        text = plain_text(element)
        if len(text.split()) not in CAPTION_WORDS or _is_teaser(element, text):
            continue
        place = _picture(element, text)
        if place.getparent() is None:
            continue
        paragraph = etree.Element("p")
        paragraph.text, paragraph.tail = text, place.tail
        place.getparent().replace(place, paragraph)
        yield squeezed(text)


def _picture(caption: Any, text: str) -> Any:
    """The outermost element around a caption that shows nothing besides it."""
    place = caption
    for parent in caption.iterancestors():
        if parent.tag not in ("figure", "picture", "aside", "a", "div", "span") or not _shows_only(parent, text):
            break
        place = parent
    return place


def _shows_only(element: Any, text: str) -> bool:
    """Whether an element shows this text and no more; of a long element only so much is looked at."""
    wanted, seen = squeezed(text), ""
    for piece in shown_text(element):
        seen += squeezed(piece)
        if not wanted.startswith(seen):
            return False
    return seen == wanted


def _is_teaser(caption: Any, text: str) -> bool:
    """Whether a caption is the title of another story, which is all link."""
    return sum(len(plain_text(link)) for link in caption.iter("a")) > len(text) / 2


def _extract(tree: Any) -> str | None:
    import trafilatura

    try:
        story = trafilatura.extract(tree, include_comments=False, include_tables=True, deduplicate=False)
        story = story or trafilatura.baseline(tree)[1]
    except (ValueError, TypeError, AttributeError, RecursionError, AssertionError) as error:
        raise Refused(f"unparseable: {type(error).__name__}: {error}") from error
    lines = (" ".join(line.split()) for line in (story or "").split("\n"))
    return "\n".join(line for line in lines if line) or None


def _canonical(
    title: str | None, deck: str | None, story: str, captions: frozenset[str]
) -> tuple[str, tuple[Field, ...]]:
    """Title, deck and story, parted by blank lines; a title that the story opens with all the same is taken once."""
    first, _, rest = story.partition("\n")
    if title and rest and squeezed(first) == squeezed(title):
        story = rest
    text = BLANK_LINE.join(part for part in (title, deck, story) if part)
    fields = []
    if title:
        fields.append(Field(0, len(title), "headline"))
    if deck:
        start = len(title) + len(BLANK_LINE) if title else 0
        fields.append(Field(start, start + len(deck), "deck"))
    return text, (*fields, *_story_fields(story, len(text) - len(story), captions))


def _story_fields(story: str, start: int, captions: frozenset[str]) -> Iterator[Field]:
    """The story's fields: each caption, and the body before, between and after them."""
    begin = start
    for line in story.split("\n"):
        end = start + len(line)
        if squeezed(line) in captions:
            if begin < start - 1:
                yield Field(begin, start - 1, "body")
            yield Field(start, end, "caption")
            begin = end + 1
        start = end + 1
    if begin < start - 1:
        yield Field(begin, start - 1, "body")
