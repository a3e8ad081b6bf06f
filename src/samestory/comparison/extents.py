"""Where in an article something stands, in words: what comes before it, which sentence holds it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from samestory.comparison.once import once
from samestory.segments.lines import WORD
from samestory.tables import COUNTED_SEGMENTS
from samestory.texts import known_texts

if TYPE_CHECKING:
    from samestory.annotation import Annotations

LONGEST = 1 << 32  # characters, more than any article has


class Extent(NamedTuple):
    """The words of one article's headline, deck and body, in text order.

    ``counted`` is true where words were counted in the text. Without it they are reckoned from characters, at the rate
    of the article's body: the total is right for the body, a place within it by a few words.
    """

    counted: bool
    offsets: np.ndarray  # characters: where each word ends or, without text, where counted segments begin and end
    words: np.ndarray  # how many words end at each offset or before

    @property
    def total(self) -> int:
        """All words."""
        return round(float(self.words[-1])) if len(self.words) else 0

    def before(self, offset: int) -> int:
        """The words that end before this character."""
        if not len(self.words):
            return 0
        if not self.counted:
            return round(float(np.interp(offset, self.offsets, self.words)))
        return int(np.searchsorted(self.offsets, offset, side="right"))


@once
def extents(annotations: Annotations) -> dict[str, Extent]:
    """How words are counted in each article, by its id."""
    texts = known_texts(annotations.texts)
    counted = annotations.segments[annotations.segments.segment.isin(COUNTED_SEGMENTS)].sort_values("start")
    parts = {str(key): part for key, part in counted.groupby("article_id")}
    found = {}
    for article in annotations.articles.itertuples():
        own = parts.get(article.article_id, counted[:0])
        text = texts.get(article.article_id)
        found[str(article.article_id)] = _reckoned(own, article.n_body_words) if text is None else _counted(own, text)
    return found


def _counted(segments: pd.DataFrame, text: str) -> Extent:
    ends = [word.end() for row in segments.itertuples() for word in WORD.finditer(text, int(row.start), int(row.end))]
    return Extent(True, np.array(ends, dtype=np.int64), np.arange(1, len(ends) + 1))


def _reckoned(segments: pd.DataFrame, body_words: int) -> Extent:
    body = segments[segments.segment == "body"]
    width = int((body.end - body.start).sum())
    rate = int(body_words) / width if width else 0.0
    offsets, words = [], [0.0]
    for row in segments.itertuples():
        offsets += [int(row.start), int(row.end)]
        words += [words[-1], words[-1] + rate * (int(row.end) - int(row.start))]
    return Extent(False, np.array(offsets, dtype=np.int64), np.array(words[1:]))


def with_sentence(annotations: Annotations, data: pd.DataFrame) -> pd.DataFrame:
    """Spans with the id and the role (headline, deck or body) of the sentence in which each begins.

    What begins before the first sentence of its article, or in one that is not counted, is left out. The rows come in
    the order of article and text.
    """
    articles = pd.Index(sorted(annotations.articles.article_id))
    spans = data.drop(columns="sentence_id", errors="ignore").astype({"start": "int64"})
    places = _places(articles, spans)
    order = np.lexsort((spans.end.to_numpy("int64"), places))
    spans, places = spans.iloc[order], places[order]
    sentences = annotations.sentences[annotations.sentences.segment.isin(COUNTED_SEGMENTS)]
    begun = _places(articles, sentences)
    order = np.argsort(begun, kind="stable")
    last = np.searchsorted(begun[order], places, side="right") - 1  # the sentence that begins before, or none
    held = (last >= 0) & (np.append(begun[order], -1)[last] // LONGEST == places // LONGEST)
    own = sentences.iloc[order[last[held]]]
    spans = spans[held].assign(sentence_id=own.sentence_id.array, segment=own.segment.array)
    return spans.reset_index(drop=True)


def _places(articles: pd.Index, spans: pd.DataFrame) -> np.ndarray:
    """Where spans begin, as numbers in the order of article and text."""
    return articles.get_indexer(pd.Index(spans.article_id)) * LONGEST + spans.start.to_numpy("int64")
