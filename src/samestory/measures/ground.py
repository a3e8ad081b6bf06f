"""What counts, and how often: all articles laid out on one line, so that a choice is a set of spans on it."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from samestory.measures.choices import COUNTED, NOT_COUNTED, ONCE, Choices
from samestory.segments.lines import WORD
from samestory.tables import COUNTED_SEGMENTS

if TYPE_CHECKING:
    from samestory.annotation import Annotations

Places = NDArray[np.int64]
ROOM = 1 << 32  # characters of the line that each article has to itself
LAST = datetime.max  # where an article's time is not known


class Spans(NamedTuple):
    """Stretches of the line, which may overlap: where they start and where they end, each in order."""

    starts: Places
    ends: Places

    def cover(self, places: Places) -> Places:
        """How many of the stretches each place lies in."""
        return np.searchsorted(self.starts, places, "right") - np.searchsorted(self.ends, places, "right")


class Ground(NamedTuple):
    """The line: the articles in order, the counted segments by role, what counts once more and what is left out."""

    articles: pd.Index
    roles: dict[str, Spans]
    again: Spans
    left_out: Spans

    def places(self, data: pd.DataFrame, column: str = "start") -> Places:
        """Where on the line the offsets of a table's column lie; they may not be null."""
        return place(self.articles, data, column)

    def lay(self, places: Places) -> Items:
        """Things that begin at these places."""
        role = np.full(len(places), -1)
        for number, name in enumerate(COUNTED_SEGMENTS):
            role[self.roles[name].cover(places) > 0] = number
        times = (1 + self.again.cover(places)) * (self.left_out.cover(places) == 0)
        return Items(places // ROOM, role, np.where(role < 0, 0, times))


class Items(NamedTuple):
    """Things of one kind: of each the number of its article, the number of its role, and how often it counts."""

    article: Places
    role: Places
    times: Places

    def within(self, roles: tuple[str, ...]) -> Items:
        """The same things, those elsewhere not counting."""
        wanted = np.isin(self.role, [COUNTED_SEGMENTS.index(name) for name in roles])
        return self._replace(times=np.where(wanted, self.times, 0))


def place(articles: pd.Index, data: pd.DataFrame, column: str) -> Places:
    """Offsets of a table's column as places on the line; those of articles that are not on it lie before it."""
    numbers = articles.get_indexer(pd.Index(data.article_id))
    return numbers.astype(np.int64) * ROOM + data[column].to_numpy(dtype=np.int64)


def lay_out(annotations: Annotations, choices: Choices) -> Ground:
    """The line of a set of articles, and what counts on it under these choices."""
    articles = pd.Index(annotations.articles.article_id)
    segments = annotations.segments
    roles = {name: _spans(articles, segments[segments.segment == name]) for name in COUNTED_SEGMENTS}
    again = segments[segments.repeat_of_start.notna()][["article_id", "repeat_of_start", "repeat_of_end"]]
    again = again.set_axis(["article_id", "start", "end"], axis=1)
    return Ground(
        articles,
        roles,
        again=_spans(articles, *([again] if choices.repeats == COUNTED else [])),
        left_out=_spans(
            articles,
            *([quoted(annotations)] if choices.quotes == NOT_COUNTED else []),
            *([told_before(annotations)] if choices.wire == ONCE else []),
        ),
    )


def _spans(articles: pd.Index, *parts: pd.DataFrame) -> Spans:
    def ordered(side: str) -> Places:
        return np.sort(np.concatenate([np.zeros(0, np.int64), *(place(articles, part, side) for part in parts)]))

    return Spans(ordered("start"), ordered("end"))


def find_words(annotations: Annotations) -> pd.DataFrame:
    """Where each word of headline, deck and body begins: article_id, start.

    Raises ValueError where texts are not on this machine; an article of which only the address is known has none.
    """
    missing = len(set(annotations.articles.article_id) - set(annotations.texts.article_id))
    if missing:
        raise ValueError(
            f"words cannot be counted anew: the texts of {missing} of {len(annotations.articles)} articles are not on "
            "this machine"
        )
    texts = dict(zip(annotations.texts.article_id, annotations.texts.text.fillna(""), strict=True))
    counted = annotations.segments[annotations.segments.segment.isin(COUNTED_SEGMENTS)]
    ids, starts = [], []
    for article_id, start, end in zip(counted.article_id, counted.start, counted.end, strict=True):
        own = [word.start() for word in WORD.finditer(texts.get(article_id, ""), int(start), int(end))]
        ids += [article_id] * len(own)
        starts += own
    return pd.DataFrame({"article_id": pd.Series(ids, dtype=object), "start": pd.Series(starts, dtype="int64")})


def quoted(annotations: Annotations) -> pd.DataFrame:
    """What attributions quote word for word: article_id, start, end.

    Of a direct one all contents, of a mixed one what stands in quotation marks.
    """
    kinds = annotations.attributions.set_index("attribution_id").quote_type
    contents = annotations.contents.assign(kind=annotations.contents.attribution_id.map(kinds))
    direct = contents[contents.kind == "direct"][["article_id", "start", "end"]]
    marked = _quotations(annotations, set(contents.article_id[contents.kind == "mixed"]))
    both = contents[contents.kind == "mixed"].merge(marked, on="article_id")
    both = both.assign(start=both[["start", "first"]].max(axis=1), end=both[["end", "last"]].min(axis=1))
    mixed = both[both.start < both.end][["article_id", "start", "end"]]
    return pd.concat([direct, mixed]) if len(direct) and len(mixed) else mixed if len(mixed) else direct


def _quotations(annotations: Annotations, wanted: set[str]) -> pd.DataFrame:
    """Characters in quotation marks in these articles: article_id, first, last (half-open)."""
    from samestory.document import counted_blocks
    from samestory.language.quotations import find_quotations

    known = annotations.texts[annotations.texts.article_id.isin(wanted)].dropna(subset="text")
    segments = dict(tuple(annotations.segments.groupby("article_id")))
    rows = [
        (article_id, found.start, found.end)
        for article_id, text in zip(known.article_id, known.text, strict=True)
        for found in find_quotations(text, counted_blocks(text, segments[article_id]))
    ]
    return pd.DataFrame(rows, columns=["article_id", "first", "last"])


def told_before(annotations: Annotations) -> pd.DataFrame:
    """Passages of shared copy that a version before this one has: article_id, start, end.

    Of a family's versions the origin comes first, then they go by publication, those without a time last, and by id.
    """
    from samestory.articles.moments import moment_of
    from samestory.segments.reuse import find_families

    found = find_families(
        annotations.reuse, annotations.edits, annotations.articles, annotations.segments, annotations.attributions
    )
    about = annotations.articles.set_index("article_id")
    moments = [moment_of(*about.loc[one, ["published", "published_precision"]]) for one in found.article_id]
    ordered = found.assign(
        other=found.article_id != found.origin.fillna(""),
        moment=[moment.utc[0] if moment else LAST for moment in moments],
    ).sort_values(["family", "other", "moment", "article_id"], kind="stable")
    family = dict(zip(ordered.article_id, ordered.family, strict=True))
    rank = {one: n for n, one in enumerate(ordered.article_id)}
    reuse = annotations.reuse
    before = [
        one in family and family[one] == family.get(other) and rank[other] < rank[one]
        for one, other in zip(reuse.article_id, reuse.other_article_id, strict=True)
    ]
    return reuse[pd.Series(before, index=reuse.index, dtype=bool)][["article_id", "start", "end"]]
