"""Blocks that recur across the articles of one outlet: furniture that no rule of wording needs to know.

What a site prints around every story stands, word for word or but for its numbers, in stories that otherwise have
nothing in common (Bar-Yossef & Rajagopalan 2002 find page templates so). Copies and updates of one story share its
sentences too; they count once.
"""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from samestory.articles.record import Article
from samestory.segments.lines import Line, normal_words, split_lines

STORIES = 3  # stories that must hold a block
EDGE = 3  # lines from the story's first or last, where furniture stands
INNER_STORIES = 5  # for a sentence in mid-story: outlets repeat their own background
SENTENCE_WORDS = 12
LONGEST = 150  # words
DIGITS = re.compile(r"\d+")


class _Place(NamedTuple):
    article: int
    inner: bool


def find_recurring(articles: Iterable[Article]) -> dict[str, frozenset[str]]:
    """For each article that has any: the keys (see :func:`line_key`) of its lines that recur in its outlet's articles.

    A line recurs if at least ``STORIES`` stories of the outlet hold it; a long one that stands in mid-story needs
    ``INNER_STORIES``. Articles that share half of their lines are one story. Titles and decks that a format names
    do not count.
    """
    outlets: dict[str, list[Article]] = defaultdict(list)
    for article in articles:
        outlets[article.outlet].append(article)
    found: dict[str, frozenset[str]] = {}
    for members in outlets.values():
        if len(members) >= STORIES:
            found.update(_outlet_recurring(sorted(members, key=lambda article: article.article_id)))
    return found


def line_key(text: str) -> str | None:
    """What a line says but for case, punctuation and numbers, as a short hash; None for one without words, or long."""
    words = [DIGITS.sub("0", word) for word, _, _ in normal_words(text)]
    if not any(word.strip("0") for word in words) or len(words) > LONGEST:
        return None
    return hashlib.blake2b(" ".join(words).encode("utf-8", "surrogatepass"), digest_size=8).hexdigest()


def body_lines(article: Article) -> list[Line]:
    """The lines that may recur: all of a text without fields, else those of its body."""
    if not article.fields:
        return split_lines(article.text)
    return [
        line
        for field in article.fields
        if field.segment == "body"
        for line in split_lines(article.text, field.start, field.end)
    ]


def _outlet_recurring(articles: Sequence[Article]) -> dict[str, frozenset[str]]:
    places: dict[str, list[_Place]] = defaultdict(list)
    sentences: list[frozenset[str]] = []  # what tells copies of one story from two stories
    own: list[frozenset[str]] = []
    for n, article in enumerate(articles):
        lines = body_lines(article)
        keyed = [(place, line, key) for place, line in enumerate(lines) if (key := line_key(line.text)) is not None]
        long = {key for _, line, key in keyed if line.n_words >= SENTENCE_WORDS}
        inner = long - {key for place, _, key in keyed if place < EDGE or place >= len(lines) - EDGE}
        own.append(frozenset(key for _, _, key in keyed))
        sentences.append(frozenset(long))
        for key in own[-1]:
            places[key].append(_Place(n, key in inner))
    recurring = {key for key, at in places.items() if len(at) >= STORIES and _recurs(at, sentences)}
    found = {article.article_id: keys & recurring for article, keys in zip(articles, own, strict=True)}
    return {name: keys for name, keys in found.items() if keys}


def _recurs(places: Sequence[_Place], sentences: Sequence[frozenset[str]]) -> bool:
    """Whether enough stories hold a block; articles that share half of their sentences are one story."""
    needed = INNER_STORIES if 2 * sum(place.inner for place in places) > len(places) else STORIES
    stories: list[frozenset[str]] = []
    for place in places:
        lines = sentences[place.article]
        if not any(2 * len(lines & other) > min(len(lines), len(other)) > 0 for other in stories):
            stories.append(lines)
        if len(stories) >= needed:
            return True
    return False
