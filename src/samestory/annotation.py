"""Articles to tables, in two stages: what one article tells alone, then what the event's articles tell together.

Before both, one quick look over all articles finds the blocks that an outlet prints around every story. The article
stage is cached by the article, those blocks and the engines' version, the event stage by the set of its articles. An
event is the unit of work, so that the tables are the same on one core, on many or on a cluster; finished units are
joined to parts of some hundreds of articles, so that memory holds one part and the texts, however many articles there
are.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import groupby
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd

from samestory import tables
from samestory.articles.record import Article
from samestory.cache import Cache, engine_version, key_of
from samestory.messages import INSTALL, no_such
from samestory.parts import find_part, read_part
from samestory.pools import in_order
from samestory.segments.recurring import find_recurring

if TYPE_CHECKING:
    from samestory.framing import Scheme

Recurring = Mapping[str, frozenset[str]]  # keys of lines by article: see find_recurring
BATCH = 16  # articles without an event are annotated so many at a time
ALONE = Lock()  # of the threads of one worker: the parser and the networks are not made for several
PART = 256  # articles after which a part is full; an event stays in one part
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

    def by_event(self) -> Iterator[tuple[str, Annotations]]:
        """Each event, by name, with its own tables, as :meth:`event` gives them."""
        known = self.articles.set_index("article_id").event.dropna()
        groups: dict[str, Mapping[Any, pd.DataFrame]] = {}
        for name, data in self.tables():
            events = data.event if name == "referents" else data.article_id.map(known)
            groups[name] = dict(iter(data.groupby(events)))
        for event in sorted(known.unique()):
            own = {name: groups[name].get(event, data.head(0)) for name, data in self.tables()}
            yield event, Annotations(**own).select(own["articles"].article_id)

    def without_text(self) -> Annotations:
        """A text-free copy: no canonical text and no title, all else as it is."""
        articles = self.articles.assign(title=pd.Series(pd.NA, index=self.articles.index, dtype="string"))
        return replace(self, articles=articles, texts=tables.frame("texts"))

    def write(self, folder: Path, suffix: str = "parquet") -> None:
        """Write every table as ``folder/TABLE.SUFFIX``."""
        for name, data in self.tables():
            tables.write_table(name, data, folder, suffix)


def read_annotations(folder: Path, event: str | None = None) -> Annotations:
    """Read the tables that :meth:`Annotations.write` or :func:`samestory.preparing.prepare` wrote, of one event or all.

    A text-free folder may lack ``texts``. Raises KeyError where there is no such event.
    """
    part = None if event is None else find_part(folder, event)
    found = {}
    for field in fields(Annotations):
        try:
            found[field.name] = read_part(field.name, folder, part)
        except FileNotFoundError:
            if field.name not in tables.TEXT_TABLES:
                raise
            found[field.name] = tables.frame(field.name)
    whole = Annotations(**found)
    return whole if event is None else whole.event(event)


def annotate(
    articles: Iterable[Article],
    *,
    workers: int = 1,
    scheduler: str | None = None,
    cache: Path | None = None,
    scheme: Scheme | None = None,
    recurring: Recurring | None = None,
    progress: Callable[[int], object] | None = None,
) -> Annotations:
    """Annotate articles: every table but ``measures``, in order of event, outlet and id.

    ``workers`` is a number of processes, ``scheduler`` the address of a Dask scheduler whose workers do it instead;
    neither changes anything in the tables. ``cache`` is a folder that keeps what was computed; Dask's workers must see
    it too. ``scheme`` holds a study's own frames (see :func:`samestory.framing.read_scheme`). ``recurring`` is what
    :func:`find_recurring` found in all articles of a study, where some of them alone are annotated. ``progress`` is
    called with the number of articles that each finished unit of work held. Raises TypeError for what is no article.
    """
    return _joined(
        annotate_parts(
            articles,
            workers=workers,
            scheduler=scheduler,
            cache=cache,
            scheme=scheme,
            recurring=recurring,
            progress=progress,
        )
    )


def annotate_parts(
    articles: Iterable[Article],
    *,
    workers: int = 1,
    scheduler: str | None = None,
    cache: Path | None = None,
    scheme: Scheme | None = None,
    recurring: Recurring | None = None,
    progress: Callable[[int], object] | None = None,
) -> Iterator[Annotations]:
    """What :func:`annotate` gives, part by part, so that no more than one part need be held.

    Whole events make up a part, until it has ``PART`` articles. The parts depend on nothing but the articles.
    """
    chosen = _checked(articles)
    if chosen:
        check_models()
    if recurring is None:
        recurring = find_recurring(chosen)
    folder = cache.resolve() if cache is not None else None
    units = [_unit(members, recurring, folder, scheme) for members in _grouped(chosen)]
    spread = in_order(
        annotate_unit, units, workers=min(workers, len(units)), scheduler=scheduler, shared=folder, name=_unit_name
    )
    held: list[Annotations] = []
    n_held = 0
    for unit, made in zip(units, spread, strict=True):
        held.append(Annotations(**made))
        n_held += len(unit.articles)
        if progress is not None:
            progress(len(unit.articles))
        if n_held >= PART:
            yield _joined(held)
            held, n_held = [], 0
    if held:
        yield _joined(held)


def _joined(parts: Iterable[Annotations]) -> Annotations:
    held = list(parts)
    names = [field.name for field in fields(Annotations)]
    return Annotations(**{name: tables.concat(name, (getattr(part, name) for part in held)) for name in names})


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


def _grouped(articles: Iterable[Article]) -> Iterator[list[Article]]:
    """The articles of one event after another's; before them articles without an event, in batches."""
    ordered = sorted(articles, key=lambda a: (a.event is not None, a.event or "", a.outlet, a.article_id))
    for event, members in groupby(ordered, key=lambda a: a.event):
        group = list(members)
        size = BATCH if event is None else len(group)
        for first in range(0, len(group), size):
            yield group[first : first + size]


class Unit(NamedTuple):
    """A unit of work: the articles of one event (or some that belong to none), with all that their tables depend on."""

    articles: Sequence[Article]
    recurring: Sequence[Sequence[str]]
    cache: Path | None
    scheme: Scheme | None


def _unit(articles: Sequence[Article], recurring: Recurring, cache: Path | None, scheme: Scheme | None) -> Unit:
    return Unit(articles, [sorted(recurring.get(article.article_id, ())) for article in articles], cache, scheme)


def _unit_name(unit: Unit) -> str:
    event = unit.articles[0].event
    return f"event {event!r}" if event else f"articles {', '.join(article.source_file for article in unit.articles)}"


def annotate_unit(unit: Unit) -> dict[str, pd.DataFrame]:
    """All tables of one unit, from the cache where they are there."""
    store = Cache(unit.cache)
    keys = [
        key_of("article", engine_version(), article, own, unit.scheme)
        for article, own in zip(unit.articles, unit.recurring, strict=True)
    ]
    with ALONE:
        return store.tables(key_of("event", *keys), lambda: _annotate_unit(unit, keys, store))


def _annotate_unit(unit: Unit, keys: Sequence[str], store: Cache) -> dict[str, pd.DataFrame]:
    from samestory.stages import annotate_article, annotate_event, read_document

    documents = [read_document(article, own) for article, own in zip(unit.articles, unit.recurring, strict=True)]
    singles = [
        store.tables(key, lambda one=article, read=document: annotate_article(one, read, unit.scheme))  # type: ignore[misc]
        for article, document, key in zip(unit.articles, documents, keys, strict=True)
    ]
    joined = {name: tables.concat(name, (single[name] for single in singles)) for name in ARTICLE_TABLES}
    return annotate_event(unit.articles, documents, joined)
