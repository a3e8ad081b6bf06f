"""Counting: every measure of every article, under any choice of what counts."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from samestory import tables
from samestory.measures.catalogue import MEASURES, PERCENT
from samestory.measures.choices import COUNTED, DOUBTS, NOT_COUNTED, OWN, SENTENCES, Choices
from samestory.measures.ground import Ground, Items, Places, find_words, lay_out

if TYPE_CHECKING:
    from samestory.annotation import Annotations

OUTLET = "outlet"
WORDS_OF_A_SENTENCE = 20  # that a sentence stands for where sentences are counted, so that rates keep their order

Counts = NDArray[np.float64]  # one for each article
Ratios = dict[str, tuple[Counts, Counts]]


class Kind(NamedTuple):
    """All things of one kind: the rows of their table, where they stand, and which of them are the same thing."""

    data: pd.DataFrame
    items: Items
    same: Places
    n_articles: int

    def per_article(self, flag: ArrayLike | None = None, once: bool = False) -> Counts:
        """How many each article has, of those flagged; with ``once``, what is the same thing counts once."""
        times = self.items.times if flag is None else self.items.times * np.asarray(flag, dtype=bool)
        if not once:
            return np.bincount(self.items.article[times > 0], times[times > 0], self.n_articles).astype(np.float64)
        _, first = np.unique(self.same[times > 0], return_index=True)
        return np.bincount(self.items.article[times > 0][first], minlength=self.n_articles).astype(np.float64)


class Text(NamedTuple):
    """The words: where they stand, which lie in what a source says, and the number of the sentence of each."""

    items: Items
    attributed: NDArray[np.bool_]
    sentence: Places
    n_articles: int

    def per_article(self, by_sentence: bool) -> tuple[Counts, Counts]:
        """Words of each article, and attributed words; or sentences, at the rate of words that one stands for."""
        if not by_sentence:
            return self._sums(self.items.article, self.items.times, self.attributed)
        size = np.bincount(self.sentence, self.items.times)
        given = 2 * np.bincount(self.sentence, self.items.times * self.attributed) > size  # most of its words
        times = np.zeros(len(size))
        np.maximum.at(times, self.sentence, self.items.times)
        numbers, first = np.unique(self.sentence, return_index=True)
        return self._sums(self.items.article[first], WORDS_OF_A_SENTENCE * times[numbers], given[numbers])

    def _sums(self, article: Places, times: NDArray, attributed: NDArray[np.bool_]) -> tuple[Counts, Counts]:
        every, own = (np.bincount(article, part, self.n_articles) for part in (times, times * attributed))
        return every.astype(np.float64), own.astype(np.float64)


class Found(NamedTuple):
    """What a set of articles holds: its words, and its things by the name of their table."""

    text: Text
    things: dict[str, Kind]

    def within(self, roles: tuple[str, ...]) -> Found:
        """The same, what stands elsewhere not counting."""
        things = {name: kind._replace(items=kind.items.within(roles)) for name, kind in self.things.items()}
        return Found(self.text._replace(items=self.text.items.within(roles)), things)


class Counted(NamedTuple):
    """What a numerator counts: the things of a table, those flagged; without a flag, all."""

    table: str
    flag: pd.Series | None = None


def measure(annotations: Annotations, choices: Choices = OWN) -> pd.DataFrame:
    """The table ``measures`` of a set of articles, counted as ``choices`` says.

    Words need the texts: ValueError where they are not on this machine; a text-free study ships its measures. An
    article, or a segment of one, of which no word counts has no measures.
    """
    from samestory.annotation import Annotations

    if not isinstance(annotations, Annotations):
        how = "samestory.measure takes annotations, as samestory.annotate(articles) or study.annotations() gives them"
        raise TypeError(f"{how}, not {type(annotations).__name__}")
    ground = lay_out(annotations, choices)
    found = Found(_text(annotations, ground), find_things(annotations, ground, choices))
    roles = tuple(r for r in tables.COUNTED_SEGMENTS if r != "headline" or choices.headline == COUNTED)
    values, kept = [], []
    for part in (roles, *((role,) for role in roles)):
        own = found.within(part)
        ratios = _ratios(own, choices)
        values.append([ratios[name] for name in MEASURES])
        kept.append(own.text.per_article(by_sentence=False)[0] > 0)
    suffixes = ["", *(f".{role}" for role in roles)]
    return _table(ground.articles, suffixes, np.array(values), np.array(kept))


def _table(articles: pd.Index, suffixes: list[str], values: NDArray, kept: NDArray[np.bool_]) -> pd.DataFrame:
    """Rows in order of article, segment and measure; ``values`` has axes segment, measure, side and article."""
    rows = values.transpose(3, 0, 1, 2)[kept.T].reshape(-1, 2)
    names = [[name + suffix for name in MEASURES] for suffix in suffixes]
    article, segment = np.nonzero(kept.T)
    return tables.check(
        "measures",
        pd.DataFrame(
            {
                "article_id": np.repeat(np.asarray(articles, dtype=object)[article], len(MEASURES)),
                "measure": np.array(names, dtype=object)[segment].reshape(-1),
                "numerator": rows[:, 0],
                "denominator": rows[:, 1],
            }
        ),
    )


def find_things(annotations: Annotations, ground: Ground, choices: Choices = OWN) -> dict[str, Kind]:
    """Everything that can count, by the name of its table; a source stands where its attribution does."""

    def kind(data: pd.DataFrame, items: Items, keys: pd.DataFrame) -> Kind:
        return Kind(data, items, _same(items.article, keys), len(ground.articles))

    def placed(data: pd.DataFrame, *keys: str) -> Kind:
        own = data[data.article_id.isin(ground.articles)]
        return kind(own, ground.lay(ground.places(own)), own[list(keys)])

    attributions = _attributions(annotations, choices)
    attributions = attributions[attributions.article_id.isin(ground.articles)]
    items = ground.lay(ground.places(attributions))
    sources = annotations.sources[annotations.sources.attribution_id.isin(attributions.attribution_id)]
    row = pd.Index(attributions.attribution_id).get_indexer(pd.Index(sources.attribution_id))
    first = sources.drop_duplicates("attribution_id").set_index("attribution_id").referent_id
    cited = attributions[["attribution_id"]].assign(who=attributions.attribution_id.map(first))
    return {
        "attributions": kind(attributions, items, cited[["who"]]),
        "sources": kind(sources, Items(*(part[row] for part in items)), sources[["referent_id"]]),
        "certainty": placed(annotations.certainty, "cue_id"),
        "labels": placed(annotations.labels, "referent_id"),
        "claims": placed(annotations.claims, "role", "unit_class", "quantity", "quantity_max", "value"),
    }


def _attributions(annotations: Annotations, choices: Choices) -> pd.DataFrame:
    """The attributions that count, each with where it starts: at its cue, or a carried one with what is said."""
    every = annotations.attributions
    start = every.cue_start
    if choices.carried != NOT_COUNTED:
        start = start.fillna(every.attribution_id.map(annotations.contents.groupby("attribution_id").start.min()))
    return every.assign(start=start).dropna(subset="start")


def _same(article: Places, keys: pd.DataFrame) -> Places:
    """A number for each row, the same for rows of one article with the same keys; without any key, its own."""
    known = keys.notna().any(axis=1).to_numpy()
    grouped = keys.assign(article=article).groupby(["article", *keys], dropna=False, sort=False).ngroup().to_numpy()
    return np.where(known, grouped, len(keys) + np.arange(len(keys)))


def _text(annotations: Annotations, ground: Ground) -> Text:
    words = np.sort(ground.places(find_words(annotations)))
    contents = annotations.contents
    starts, ends = (np.sort(ground.places(contents, side)) for side in ("start", "end"))
    given = np.searchsorted(starts, words, "right") > np.searchsorted(ends, words, "right")
    sentences = np.sort(ground.places(annotations.sentences))
    number = np.maximum(np.searchsorted(sentences, words, "right") - 1, 0)
    return Text(ground.lay(words), given, number, len(ground.articles))


def _ratios(found: Found, choices: Choices) -> Ratios:
    once, things = choices.denominator == SENTENCES, found.things
    words, attributed = found.text.per_article(by_sentence=once)
    sources, labels = things["sources"], things["labels"]
    wholes = {
        "words": words,
        "attributed words": attributed,
        "own words": words - attributed,
        "attributions": things["attributions"].per_article(once=once),
        "sources": sources.per_article(sources.data.source_type != "none", once),
        "labels": labels.per_article(once=once),
        "patients": labels.per_article(labels.data.agency == "patient", once),
        "claims": things["claims"].per_article(once=once),
    }
    counts = {
        name: things[table].per_article(flag, once and MEASURES[name].scale == PERCENT)
        for name, (table, flag) in numerators(things, DOUBTS[choices.lexicon]).items()
    }
    counts["attributed_words"] = attributed
    return {name: (counts[name], wholes[about.denominator]) for name, about in MEASURES.items()}


def numerators(things: dict[str, Kind], doubts: tuple[str, ...] = DOUBTS[OWN.lexicon]) -> dict[str, Counted]:
    """What the numerator of each measure counts; all but of ``attributed_words``, which counts no things but words."""
    return (
        _sourcing(things["attributions"].data, things["sources"].data)
        | _certainty(things["certainty"].data, doubts)
        | _framing(things["labels"].data)
        | _claims(things["claims"].data)
    )


def _sourcing(attributions: pd.DataFrame, sources: pd.DataFrame) -> dict[str, Counted]:
    kinds = sources.source_type
    cited = kinds != "none"
    return {
        "attributions": Counted("attributions"),
        "quoted": Counted("attributions", attributions.quote_type.isin(("direct", "mixed"))),
        "agentless": Counted("sources", kinds == "none"),
        "anonymous": Counted("sources", cited & sources.anonymous),
        "named": Counted("sources", cited & sources.identification.isin(("named_person", "named_institution"))),
        **{f"source_{kind}": Counted("sources", kinds == kind) for kind in tables.SOURCE_TYPES if kind != "none"},
    }


def _certainty(cues: pd.DataFrame, doubts: tuple[str, ...]) -> dict[str, Counted]:
    own, hedges = cues.holder == OUTLET, cues.certainty_type.isin(doubts)
    types = {f"certainty_{kind}": Counted("certainty", cues.certainty_type == kind) for kind in tables.CERTAINTY_TYPES}
    return types | {
        "certainty_hedge": Counted("certainty", hedges),
        "hedge_outlet": Counted("certainty", hedges & own),
        "hedge_source": Counted("certainty", hedges & ~own),
    }


def _framing(labels: pd.DataFrame) -> dict[str, Counted]:
    patients = labels.agency == "patient"
    return {
        "labels": Counted("labels"),
        "agent": Counted("labels", labels.agency == "agent"),
        "patient": Counted("labels", patients),
        "passive_without_agent": Counted("labels", labels.passive_without_agent & patients),
        "response": Counted("labels", labels.response),
    }


def _claims(claims: pd.DataFrame) -> dict[str, Counted]:
    return {
        "claims": Counted("claims"),
        "claims_attributed": Counted("claims", claims.holder != OUTLET),
        "claims_exact": Counted("claims", claims.bound == "exact"),
    }
