"""Articles to tables, in two stages: what one article tells alone, then what the event's articles tell together.

Before both, one quick look over all articles finds the blocks that an outlet prints around every story. The article
stage is cached by the article, those blocks and the engines' version, the event stage by the set of its articles. An
event is the unit of work, so that the tables are the same on one core or on many.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, fields, replace
from itertools import groupby
from multiprocessing import get_context, parent_process
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING

import pandas as pd

from samestory import tables
from samestory.articles.record import Article
from samestory.cache import Cache, engine_version, key_of
from samestory.messages import INSTALL, no_such
from samestory.segments.recurring import find_recurring

if TYPE_CHECKING:
    from samestory.framing import Scheme

Recurring = Mapping[str, frozenset[str]]  # keys of lines by article: see find_recurring
BATCH = 16  # articles without an event are annotated so many at a time
ARTICLE_TABLES = ("articles", "texts", "segments", "sentences", "attributions", "sources", "contents", "certainty",
                  "labels", "frames", "claims")  # fmt: skip


@dataclass(frozen=True)
class Annotations:
    """The tables of a set of articles, all but ``measures``; each is checked against its schema.

    ``texts`` is empty in a text-free copy.
    """

    articles: pd.DataFrame
    texts: pd.DataFrame
    segments: pd.DataFrame
    sentences: pd.DataFrame
    reuse: pd.DataFrame
    edits: pd.DataFrame
    attributions: pd.DataFrame
    sources: pd.DataFrame
    contents: pd.DataFrame
    certainty: pd.DataFrame
    labels: pd.DataFrame
    referents: pd.DataFrame
    frames: pd.DataFrame
    claims: pd.DataFrame
    claim_relations: pd.DataFrame

    def tables(self) -> Iterator[tuple[str, pd.DataFrame]]:
        """Name and content of each table."""
        for field in fields(self):
            yield field.name, getattr(self, field.name)

    def select(self, article_ids: Iterable[str]) -> Annotations:
        """The same tables for some of the articles; relations and referents that then point nowhere are left out."""
        kept = set(article_ids)
        chosen = {}
        for name, data in self.tables():
            if name == "referents":
                continue
            rows = data.article_id.isin(kept)
            if "other_article_id" in data:
                rows &= data.other_article_id.isna() | data.other_article_id.isin(kept)
            chosen[name] = data[rows].reset_index(drop=True)
        used = set(chosen["labels"].referent_id.dropna()) | set(chosen["sources"].referent_id.dropna())
        used |= set(chosen["claims"].referent_id.dropna())
        chosen["referents"] = self.referents[self.referents.referent_id.isin(used)].reset_index(drop=True)
        return Annotations(**chosen)

    def event(self, event: str) -> Annotations:
        """The tables of one event; raises KeyError where there is no such event."""
        known = sorted(self.articles.event.dropna().unique())
        if event not in known:
            raise KeyError(no_such("event", [event], known))
        return self.select(self.articles.article_id[self.articles.event == event])

    def without_text(self) -> Annotations:
        """A text-free copy: no canonical text and no title, all else as it is."""
        articles = self.articles.assign(title=pd.Series(pd.NA, index=self.articles.index, dtype="string"))
        return replace(self, articles=articles, texts=tables.frame("texts"))

    def write(self, folder: Path, suffix: str = "parquet") -> None:
        """Write every table as ``folder/TABLE.SUFFIX``."""
        for name, data in self.tables():
            tables.write_table(name, data, folder, suffix)


def read_annotations(folder: Path) -> Annotations:
    """Read the tables that :meth:`Annotations.write` wrote; a text-free folder may lack ``texts``."""
    found = {}
    for field in fields(Annotations):
        try:
            found[field.name] = tables.read_table(field.name, folder)
        except FileNotFoundError:
            if field.name not in tables.TEXT_TABLES:
                raise
            found[field.name] = tables.frame(field.name)
    return Annotations(**found)


def annotate(
    articles: Iterable[Article],
    *,
    workers: int = 1,
    cache: Path | None = None,
    scheme: Scheme | None = None,
    recurring: Recurring | None = None,
    progress: Callable[[int], object] | None = None,
) -> Annotations:
    """Annotate articles: every table but ``measures``, in order of event, outlet and id.

    ``workers`` is a number of processes; it changes nothing in the tables. ``cache`` is a folder that keeps what was
    computed. ``scheme`` holds a study's own frames (see :func:`samestory.framing.read_scheme`). ``recurring`` is what
    :func:`find_recurring` found in all articles of a study, where some of them alone are annotated. ``progress`` is
    called with the number of articles that each finished unit of work held. Raises TypeError for what is no article.
    """
    units = _units(_checked(articles))
    if units:
        check_models()
    if recurring is None:
        recurring = find_recurring(article for unit in units for article in unit)
    parts: list[dict[str, pd.DataFrame]] = []
    for unit, part in zip(units, _run(units, recurring, workers, cache, scheme), strict=True):
        parts.append(part)
        if progress is not None:
            progress(len(unit))
    names = [field.name for field in fields(Annotations)]
    return Annotations(**{name: tables.concat(name, (part[name] for part in parts)) for name in names})


def _checked(articles: Iterable[Article]) -> list[Article]:
    """The articles; TypeError that says how to get some where these are none: a text, a path, a whole reading."""
    how = "samestory.annotate takes articles, as samestory.read(PATH).articles gives them"
    if isinstance(articles, str | os.PathLike) or not isinstance(articles, Iterable):
        raise TypeError(f"{how}, not {type(articles).__name__}")
    found = list(articles)
    if strange := [one for one in found if not isinstance(one, Article)]:
        raise TypeError(f"{how}, not {type(strange[0]).__name__}")
    return found


def check_models() -> None:
    """Raise ModelError where the parser's model or the weights of an engine are not installed, by name.

    Without its weights an engine would go on with rules alone, and find something else in silence.
    """
    from samestory.certainty import network as certainty
    from samestory.language.encoding import missing_weights
    from samestory.language.model import ModelError, model_info
    from samestory.sourcing.source_types import classifier
    from samestory.sourcing.tagger import network as tagger

    model_info()
    shipped = {certainty: (certainty.NETWORK, certainty.TABLES), classifier: (classifier.NETWORK, classifier.TABLES),
               tagger: (tagger.SURVEY, tagger.READER, tagger.TABLES)}  # fmt: skip
    missing = [name for module, names in shipped.items() for name in missing_weights(module.__name__, *names)]
    if missing:
        raise ModelError(f"not installed: {', '.join(dict.fromkeys(missing))}; {INSTALL}")


def _units(articles: Iterable[Article]) -> list[list[Article]]:
    """One unit an event; articles without an event in batches."""
    ordered = sorted(articles, key=lambda a: (a.event is not None, a.event or "", a.outlet, a.article_id))
    units: list[list[Article]] = []
    for event, members in groupby(ordered, key=lambda a: a.event):
        group = list(members)
        if event is None:
            units.extend(group[i : i + BATCH] for i in range(0, len(group), BATCH))
        else:
            units.append(group)
    return units


def _run(
    units: list[list[Article]], recurring: Recurring, workers: int, cache: Path | None, scheme: Scheme | None
) -> Iterator[dict[str, pd.DataFrame]]:
    own = [{a.article_id: recurring[a.article_id] for a in unit if a.article_id in recurring} for unit in units]
    work = (units, own, [cache] * len(units), [scheme] * len(units))
    if workers <= 1 or len(units) <= 1:
        yield from map(annotate_unit, *work)
        return
    # spawn: a forked copy of a process that already runs threads can hang
    context = get_context("spawn")
    with ProcessPoolExecutor(min(workers, len(units)), context, initializer=end_with_parent) as pool:
        yield from pool.map(annotate_unit, *work)


def end_with_parent() -> None:
    """A worker whose parent was killed would wait for work for ever; it ends instead."""

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()


def annotate_unit(
    articles: Sequence[Article], recurring: Recurring, cache: Path | None = None, scheme: Scheme | None = None
) -> dict[str, pd.DataFrame]:
    """All tables of one event (or of a batch of articles that belong to none)."""
    store = Cache(cache)
    lines = [sorted(recurring.get(article.article_id, ())) for article in articles]
    keys = [
        key_of("article", engine_version(), article, own, scheme) for article, own in zip(articles, lines, strict=True)
    ]
    return store.tables(key_of("event", *keys), lambda: _annotate_unit(articles, lines, keys, store, scheme))


def _annotate_unit(
    articles: Sequence[Article],
    recurring: Sequence[Sequence[str]],
    keys: Sequence[str],
    store: Cache,
    scheme: Scheme | None,
) -> dict[str, pd.DataFrame]:
    from samestory.stages import annotate_article, annotate_event, read_document

    documents = [read_document(article, own) for article, own in zip(articles, recurring, strict=True)]
    singles = [
        store.tables(key, lambda one=article, read=document: annotate_article(one, read, scheme))  # type: ignore[misc]
        for article, document, key in zip(articles, documents, keys, strict=True)
    ]
    joined = {name: tables.concat(name, (single[name] for single in singles)) for name in ARTICLE_TABLES}
    return annotate_event(articles, documents, joined)
