"""Events: which articles tell of the same one, proposed from text and time, and as the user has confirmed it."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from samestory.articles.moments import moment_of
from samestory.articles.record import Article

if TYPE_CHECKING:
    from samestory.articles.events.grouping import Vectors

COLUMNS = ("article_id", "source_file", "outlet", "published", "title", "event", "similarity", "words")
WORD = re.compile(r"[^\W_]+")
EVIDENCE = 6  # words shown for each article
NAME_WORDS = 3
LONGEST_TITLE = 25  # words; a longer first line is no title
# Words that name no event, among those long enough to: what is common in a few articles cannot be learnt from them.
NO_NAMES = frozenset({
    "about", "after", "again", "against", "also", "amid", "among", "been", "before", "being", "best", "between",
    "could", "does", "down", "during", "ever", "every", "first", "from", "have", "here", "into", "just", "last",
    "like", "live", "make", "many", "more", "most", "must", "news", "next", "only", "other", "over", "report",
    "reports", "said", "says", "sees", "should", "some", "such", "than", "that", "their", "them", "then", "there",
    "these", "they", "this", "those", "three", "through", "told", "under", "until", "update", "video", "were",
    "what", "when", "where", "which", "while", "will", "with", "would", "year", "years", "your",
})  # fmt: skip


@dataclass(frozen=True)
class Grouping:
    """How events are proposed: ``[events]`` in study.toml.

    ``threshold`` is the least mean likeness (0 to 1) of two groups that are one event: a higher one gives more and
    smaller events. Articles less than ``window_days`` apart are not held against each other. ``lead_words`` of a text
    are read, and a word of the title counts ``title_weight`` times.
    """

    threshold: float = 0.12
    window_days: float = 3.0
    lead_words: int = 200
    title_weight: int = 3

    def __post_init__(self) -> None:
        bounds = {"threshold": (0, 1), "window_days": (0, math.inf), "lead_words": (1, math.inf),
                  "title_weight": (1, math.inf)}  # fmt: skip
        for name, (low, high) in bounds.items():
            value = getattr(self, name)
            if not isinstance(value, int | float) or isinstance(value, bool) or not low <= value <= high:
                bounds_told = f"from {low} to {high}" if math.isfinite(high) else f"of at least {low}"
                raise ValueError(f"{name} must be a number {bounds_told}, not {value!r}")


def propose_events(
    articles: Sequence[Article],
    grouping: Grouping | None = None,
    progress: Callable[[int], object] | None = None,
) -> pd.DataFrame:
    """Group articles that tell of the same event, by the words of title and lead and by time.

    Columns: article_id, source_file, outlet, published, title, event (the name proposed; null for an article that
    stands alone), similarity (mean cosine to the event's other articles, 0 to 1), words (those that tie it to them).
    Rows are in order of events. An article that has an event keeps it, and others may join it. An unknown time holds
    no one apart. ``progress`` is called with so many articles more compared.
    """
    from samestory.articles.events.grouping import group, weigh

    how = grouping or Grouping()
    if not articles:
        return pd.DataFrame(columns=list(COLUMNS)).astype("string").astype({"similarity": "Float64"})
    vectors = weigh([_counts(article, how) for article in articles])
    found = group(
        vectors.rows,
        np.array([_day(article) for article in articles]),
        threshold=how.threshold,
        window=how.window_days,
        names=[article.event for article in articles],
        progress=progress,
    )
    rows: list[dict[str, object]] = []
    taken: set[str] = {article.event for article in articles if article.event is not None}
    for members in sorted(found, key=lambda own: (len(own) == 1, _first(articles[n] for n in own), own)):
        name = next((articles[n].event for n in members if articles[n].event is not None), None)
        if name is None and len(members) > 1:
            name = _name([articles[n] for n in members], _sums(vectors, members), vectors.words, taken)
            taken.add(name)
        rows += _rows(articles, members, vectors, name)
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(
        {name: "Float64" if name == "similarity" else "string" for name in COLUMNS}
    )


def _counts(article: Article, how: Grouping) -> Mapping[str, int]:
    title, lead = _title_and_lead(article, int(how.lead_words))
    counts = Counter(WORD.findall(lead.casefold()))
    for word in WORD.findall(title.casefold()):
        counts[word] += int(how.title_weight)
    return counts


def _title_and_lead(article: Article, words: int) -> tuple[str, str]:
    """The title, or a first line that can be one, and the first words of what follows it."""
    text = article.text.lstrip()
    first = text.split("\n", 1)[0]
    title = article.title or (first if len(first.split()) <= LONGEST_TITLE else "")
    body = next((field.start for field in article.fields if field.segment == "body"), None)
    rest = article.text[body:] if body is not None else text.removeprefix(title)
    return title, " ".join(rest[: 40 * words].split()[:words])


def _day(article: Article) -> float:
    """The middle of the time in which it was published, in days; NaN where that is unknown."""
    moment = moment_of(article.published, article.published_precision)
    if moment is None:
        return math.nan
    return (moment.first + (moment.last - moment.first) / 2 - datetime(1970, 1, 1)) / timedelta(days=1)


def _first(articles: Iterable[Article]) -> float:
    known = [day for article in articles if not math.isnan(day := _day(article))]
    return min(known, default=math.inf)


def _rows(
    articles: Sequence[Article], members: Sequence[int], vectors: Vectors, name: str | None
) -> Iterator[dict[str, object]]:
    whole = _sums(vectors, members)
    for n in members:
        own = vectors.rows[n]
        ties = own.data * (whole[own.indices] - own.data)  # each word's part of the cosines to all others
        best = [i for i in np.lexsort((own.indices, -ties)) if ties[i] > 0]
        words = [w for i in best if _can_name(w := vectors.words[own.indices[i]])][:EVIDENCE]
        article = articles[n]
        row = {column: getattr(article, column) for column in COLUMNS[:5]} | {"event": name}
        if len(members) > 1:
            row |= {"similarity": round(float(ties.sum()) / (len(members) - 1), 4), "words": ", ".join(words) or None}
        yield row


def _sums(vectors: Vectors, members: Sequence[int]) -> np.ndarray:
    return np.asarray(vectors.rows[list(members)].sum(axis=0)).ravel()


def _name(articles: Sequence[Article], whole: np.ndarray, words: Sequence[str], taken: set[str]) -> str:
    """The words that weigh most in the titles, in the order of the first title that has them, and the middle day."""
    titles = [list(dict.fromkeys(WORD.findall(_title_and_lead(a, 1)[0].casefold()))) for a in articles]
    uses = Counter(word for title in titles for word in title if _can_name(word))
    best = sorted(uses, key=lambda word: (-float(whole[bisect_left(words, word)]) * uses[word], word))[:NAME_WORDS]
    fullest = max(titles, key=lambda title: sum(word in title for word in best))
    best.sort(key=lambda word: fullest.index(word) if word in fullest else len(fullest))
    days = sorted(a.published[:10] for a in articles if a.published is not None)
    name = "-".join([*best, *days[(len(days) - 1) // 2 :][:1]]) or "event"
    others = (f"{name}-{n}" for n in count(2))
    return name if name not in taken else next(other for other in others if other not in taken)


def _can_name(word: str) -> bool:
    return (len(word) > 3 or not word.isascii()) and not word.isdigit() and word not in NO_NAMES
