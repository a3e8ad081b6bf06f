"""Drawing what is coded: articles by outlet or by event, sentences within them, and who codes which.

Every article's probability of being drawn is known and kept, so that estimates from the coded ones hold for all
(Horvitz & Thompson 1952).
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from samestory.coding.record import KEY, CodingError
from samestory.coding.wording import sentence_hash, shown
from samestory.segments.lines import WORD
from samestory.tables import COUNTED_SEGMENTS, SEPARATOR
from samestory.texts import known_texts

if TYPE_CHECKING:
    from samestory.annotation import Annotations

NO_TEXT = "no text"
NO_SENTENCE = "no sentence in headline, deck or body"
NO_EVENT = "no event"
ALONE = "only one outlet tells its event"
ARTICLES = 10  # of each outlet, where nothing is said


class Design(NamedTuple):
    """How a sample is drawn.

    ``articles`` of each outlet, or ``events`` with all their articles, or both: so many articles of each outlet in
    each event that is drawn. ``sentences`` of each article (all where None). ``overlap`` is the share of articles that
    every coder codes; the others are dealt out.
    """

    articles: int | None = ARTICLES
    events: int | None = None
    sentences: int | None = None
    overlap: float = 1.0
    seed: int = 0

    @property
    def by(self) -> str:
        """What is drawn first: outlet, event or both."""
        return "outlet" if self.events is None else "event" if self.articles is None else "both"


TEN_OF_EACH = Design()


@dataclass(frozen=True)
class Sample:
    """What was drawn: ``key`` (see :class:`samestory.coding.record.Round`), the words of every item, what was left out.

    ``wording`` has item_id, before, sentence, after; ``left_out`` article_id and reason; ``population`` a row an
    outlet: outlet, n_articles (that could be drawn), n_drawn. ``wordless`` counts sentences without a word.
    """

    key: pd.DataFrame
    wording: pd.DataFrame
    left_out: pd.DataFrame
    population: pd.DataFrame
    wordless: int


def draw_sample(
    annotations: Annotations, measures: Sequence[str], coders: Sequence[str], design: Design = TEN_OF_EACH
) -> Sample:
    """Draw the items that are coded: sentences of articles, in headline, deck and body.

    Raises CodingError where nothing can be drawn. The same seed draws the same; articles are drawn without
    replacement, sentences within them too.
    """
    _check(design, coders)
    texts = known_texts(annotations.texts)
    sentences, wordless = _readable(annotations, texts)
    articles = annotations.articles.sort_values("article_id")
    left_out = _left_out(articles, set(texts), set(sentences.article_id), design)
    eligible = articles[~articles.article_id.isin(left_out.article_id)]
    if eligible.empty:
        told = left_out.reason.value_counts()
        raise CodingError(f"no article can be drawn: {', '.join(f'{n} with {why}' for why, n in told.items())}")
    drawn = _draw_articles(eligible, design)
    items, wording = _items(drawn, sentences, texts, design)
    shared = {"measures": SEPARATOR.join(measures), "coders": items.article_id.map(_deal(items, coders, design))}
    key = items.assign(**shared)[list(KEY)].sort_values(["article", "number"])
    population = pd.DataFrame(
        {"n_articles": eligible.groupby("outlet").size(), "n_drawn": drawn.groupby("outlet").size()}
    )
    return Sample(
        key=key.reset_index(drop=True),
        wording=wording,
        left_out=left_out,
        population=population.fillna(0).astype("int64").rename_axis("outlet").reset_index(),
        wordless=wordless,
    )


def _check(design: Design, coders: Sequence[str]) -> None:
    for name in ("articles", "events", "sentences"):
        if (value := getattr(design, name)) is not None and value < 1:
            raise CodingError(f"{name} must be at least 1, not {value}")
    if design.articles is None and design.events is None:
        raise CodingError("say how many articles of each outlet or how many events are drawn")
    if not 0 <= design.overlap <= 1:
        raise CodingError(f"the overlap is a share from 0 to 1, not {design.overlap:g}")
    if not coders or len(set(coders)) < len(coders):
        raise CodingError("name every coder once, as in ana,ben")


def _readable(annotations: Annotations, texts: dict[str, str]) -> tuple[pd.DataFrame, int]:
    """The counted sentences that hold a word, in text order, numbered within their article; how many hold none."""
    rows = annotations.sentences
    rows = rows[rows.segment.isin(COUNTED_SEGMENTS) & rows.article_id.isin(list(texts))]
    rows = rows.sort_values(["article_id", "start"])
    words = [
        len(WORD.findall(texts[row.article_id], int(row.start), int(row.end)))
        for row in rows.itertuples()
    ]  # fmt: skip
    rows = rows.assign(n_words=words)
    kept = rows[rows.n_words > 0]
    groups = kept.groupby("article_id")
    numbered = kept.assign(number=groups.cumcount() + 1, n_sentences=groups.sentence_id.transform("size"))
    return numbered.reset_index(drop=True), len(rows) - len(kept)


def _left_out(articles: pd.DataFrame, with_text: set[str], with_sentence: set[str], design: Design) -> pd.DataFrame:
    readable = articles[articles.article_id.isin(with_sentence)]
    told_by = readable.dropna(subset="event").groupby("event").outlet.nunique()
    paired = set(told_by.index[told_by > 1])

    def reason(article_id: str, event: object) -> str | None:
        if article_id not in with_text:
            return NO_TEXT
        if article_id not in with_sentence:
            return NO_SENTENCE
        if design.events is None or event in paired:
            return None
        return NO_EVENT if pd.isna(event) else ALONE

    found = [(name, why) for name, event in zip(articles.article_id, articles.event, strict=True)
             if (why := reason(name, None if pd.isna(event) else event))]  # fmt: skip
    return pd.DataFrame(found, columns=["article_id", "reason"], dtype="string")


def _draw_articles(eligible: pd.DataFrame, design: Design) -> pd.DataFrame:
    """The drawn articles, with ``inclusion``."""
    rng = np.random.default_rng([design.seed, 1])
    chance = 1.0
    if design.events is not None:
        events = sorted(eligible.event.unique())
        chosen = _some(events, design.events, rng)
        chance = len(chosen) / len(events)
        eligible = eligible[eligible.event.isin(chosen)]
    if design.articles is None:
        return eligible.assign(inclusion=chance)
    strata = ["outlet"] if design.events is None else ["event", "outlet"]
    parts = []
    for _, part in eligible.groupby(strata, sort=True):
        chosen = _some(part.article_id.tolist(), design.articles, rng)
        parts.append(part[part.article_id.isin(chosen)].assign(inclusion=chance * len(chosen) / len(part)))
    return pd.concat(parts)


def _some(names: Sequence[str], n: int, rng: np.random.Generator) -> list[str]:
    return [names[i] for i in sorted(rng.choice(len(names), min(n, len(names)), replace=False))]


def _items(
    drawn: pd.DataFrame, sentences: pd.DataFrame, texts: dict[str, str], design: Design
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The drawn sentences, with what is known of them, and their wording with its context."""
    rng = np.random.default_rng([design.seed, 2])
    codes = _codes(drawn.article_id.sort_values().tolist(), design.seed)
    about = drawn.set_index("article_id")
    rows, wording = [], []
    for article_id, part in sentences[sentences.article_id.isin(drawn.article_id)].groupby("article_id", sort=True):
        text = texts[article_id]
        told = list(part.itertuples())
        said = [shown(text[int(row.start) : int(row.end)]) for row in told]
        places = list(range(len(part)))
        if design.sentences is not None:
            places = sorted(rng.choice(len(part), min(design.sentences, len(part)), replace=False).tolist())
        for place in places:
            row = told[place]
            item = _item_id(design.seed, str(row.sentence_id))
            rows.append({
                "item_id": item, "article": codes[str(article_id)], "number": int(row.number),
                "article_id": article_id, "sentence_id": row.sentence_id, "outlet": about.outlet[article_id],
                "event": about.event[article_id], "n_words": int(row.n_words), "n_sentences": int(row.n_sentences),
                "inclusion": round(float(about.inclusion[article_id]), 9),
                "sentence_inclusion": round(len(places) / len(part), 9), "sentence_hash": sentence_hash(said[place]),
            })  # fmt: skip
            before, after = said[place - 1] if place else "", said[place + 1] if place + 1 < len(said) else ""
            wording.append({"item_id": item, "before": before, "sentence": said[place], "after": after})
    return pd.DataFrame(rows), pd.DataFrame(wording)


def _codes(article_ids: Sequence[str], seed: int) -> dict[str, str]:
    """Opaque codes in random order: A01, A02, ..."""
    order = np.random.default_rng([seed, 3]).permutation(len(article_ids))
    width = max(2, len(str(len(article_ids))))
    return {article_ids[place]: f"A{n:0{width}d}" for n, place in enumerate(order.tolist(), start=1)}


def _item_id(seed: int, sentence_id: str) -> str:
    """An id that tells nothing, and that no spreadsheet takes for a number or a date."""
    return "s" + hashlib.sha256(f"{seed} {sentence_id}".encode()).hexdigest()[:10]


def _deal(items: pd.DataFrame, coders: Sequence[str], design: Design) -> Callable[[str], str]:
    """Who codes each article: all, or the one who has the fewest sentences so far."""
    sizes = items.groupby("article_id", sort=True).size()
    order = np.random.default_rng([design.seed, 4]).permutation(len(sizes)).tolist()
    n_shared = ceil(design.overlap * len(sizes) - 1e-9)
    everyone = SEPARATOR.join(sorted(coders))
    dealt = {str(sizes.index[place]): everyone for place in order[:n_shared]}
    load = dict.fromkeys(sorted(coders), 0)
    for place in order[n_shared:]:
        coder = min(load, key=lambda name: load[name])
        dealt[str(sizes.index[place])] = coder
        load[coder] += int(sizes.iloc[place])
    return lambda article_id: dealt[article_id]
