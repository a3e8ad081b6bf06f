"""Referents across the outlets of an event, on chains of labels that people marked (NewsWCL50).

The scores are those of CoNLL 2012 (Pradhan et al. 2014): MUC, B-cubed, CEAF with entity similarity, and their mean, as
the package scorch computes them. A mention that gold puts into two chains counts in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from samestory.document import Document
from samestory.framing import find_labels, label_spans
from samestory.language.phrases import head_of
from samestory.referents import resolve
from samestory.tables import concat, frame
from samestory.validation.corpora import Span, newswcl50
from samestory.validation.corpora.records import ChainDocument
from samestory.validation.external import body, spans_in
from samestory.validation.spans import Score, score_spans

CORPUS = "NewsWCL50"
FEWEST = 6  # labels of a referent that counts as one of the event's
ACTORS = 8  # the most mentioned actors of an event
MOST = 2 / 3  # of an actor's labels that must be one referent's
Mention = tuple[str, int, int]  # a document's name, and characters
Cluster = frozenset[Mention]


def score_chains(shared: Path | None, limit: int | None, seed: int) -> Iterator[Score]:
    """Labels and referents of NewsWCL50 (Hamborg, Zhukova & Gipp 2019), all parts that are on this machine.

    ``framing.labels``: recall of marked labels; precision has no meaning, since gold marks chosen referents only.
    ``referents.of_marked_labels``: MUC, B-cubed, CEAF and their mean (``conll``) over the events together, where the
    labels are those that gold marks; ``referents.from_text``: the same from text alone, with spans that must match in
    every character; ``referents.from_text_by_heads``: with head words that must match. From text, the event's referents
    are those that half of its articles name, six times or more. ``referents.actors``: the share of the eight most
    mentioned actors of each event of whose labels two thirds are one referent's, and no other actor's.
    """
    for part in newswcl50.parts(shared):
        documents = newswcl50.read(part, shared, limit)
        bodies = {d.document_id: body(d.document_id, d.text) for d in documents}
        yield from _recall(documents, bodies, part, seed)
        yield from _conll(documents, bodies, part)


def _recall(
    documents: Sequence[ChainDocument], bodies: Mapping[str, Document], part: str, seed: int
) -> Iterator[Score]:
    gold = {d.document_id: [span for chain in d.chains for span in chain.mentions] for d in documents}
    found = {name: spans_in(find_labels(document)) for name, document in bodies.items()}
    for score in score_spans(gold, found, metrics=("exact", "overlap"), measure="framing.labels", corpus=CORPUS,
                             part=part, seed=seed):  # fmt: skip
        recalled = score.metric + "_recall"
        yield score._replace(metric=recalled, precision=None, score=score.recall, low=None, high=None)


def _conll(documents: Sequence[ChainDocument], bodies: Mapping[str, Document], part: str) -> Iterator[Score]:
    events: dict[str, list[ChainDocument]] = defaultdict(list)
    for document in documents:
        events[document.event].append(document)
    keys: list[Cluster] = []
    given: list[Cluster] = []
    read: list[Cluster] = []
    actors: list[bool] = []
    for event, members in events.items():
        texts = [bodies[d.document_id] for d in members]
        chains = _chains(members)
        marked = {d.document_id: {span for chain in d.chains for span in chain.mentions} for d in members}
        keys += chains.values()
        given += clusters(event, [label_spans(d, marked[d.article_id]) for d in texts], texts, chosen=True)
        found = clusters(event, [find_labels(d) for d in texts], texts)
        read += [c for c in found if len(c) >= FEWEST and 2 * len({m[0] for m in c}) >= len(members)]
        heads = _heads(bodies)
        largest = sorted((name for name in chains if name.endswith("_ACTOR")), key=lambda n: (-len(chains[n]), n))
        actors += _in_one([heads(chains[name]) for name in largest[:ACTORS]], [heads(c) for c in found])
    heads = _heads(bodies)
    by_heads = ([heads(c) for c in keys], [heads(c) for c in read])
    counts = (len(documents), sum(len(key) for key in keys))
    for way, (key, response) in {
        "of_marked_labels": (keys, given), "from_text": (keys, read), "from_text_by_heads": by_heads,
    }.items():  # fmt: skip
        for name, (recall, precision, f1) in conll(key, response).items():
            yield Score(f"referents.{way}", CORPUS, part, *counts, name, precision, recall, f1, None, None)
    share = sum(actors) / len(actors) if actors else None
    yield Score("referents.actors", CORPUS, part, len(documents), len(actors), "share", None, None, share, None, None)


def conll(key: Sequence[Cluster], response: Sequence[Cluster]) -> dict[str, tuple[float | None, float | None, float]]:
    """Recall, precision and F1 of a response: ``muc``, ``b_cubed``, ``ceafe``, and ``conll``, the mean of the F1."""
    from scorch.scores import b_cubed, ceaf_e, muc

    found: dict[str, tuple[float | None, float | None, float]] = {}
    for name, score in (("muc", muc), ("b_cubed", b_cubed), ("ceafe", ceaf_e)):
        recall, precision, f1 = (float(value) for value in score([set(k) for k in key], [set(r) for r in response]))
        found[name] = (recall, precision, f1)
    return found | {"conll": (None, None, sum(f1 for _, _, f1 in found.values()) / len(found))}


def clusters(
    event: str, labels: Sequence[pd.DataFrame], documents: Sequence[Document], *, chosen: bool = False
) -> list[Cluster]:
    """The labels of an event's documents, grouped by their referents; a label without one is a group of its own."""
    resolved = resolve(event, documents, concat("labels", labels), frame("sources"), chosen=chosen).labels
    groups: dict[str, set[Mention]] = defaultdict(set)
    for row in resolved.itertuples():
        key = row.label_id if pd.isna(row.referent_id) else row.referent_id
        groups[str(key)].add((str(row.article_id), int(row.start), int(row.end)))
    return [frozenset(group) for group in groups.values()]


def _chains(documents: Iterable[ChainDocument]) -> dict[str, Cluster]:
    found: dict[str, set[Mention]] = defaultdict(set)
    for document in documents:
        for chain in document.chains:
            found[chain.referent] |= {(document.document_id, *span) for span in chain.mentions}
    return {name: frozenset(mentions) for name, mentions in sorted(found.items())}


def _heads(bodies: Mapping[str, Document]) -> Callable[[Cluster], Cluster]:
    """What replaces each mention of a cluster by its head word."""

    def head(name: str, start: int, end: int) -> Mention:
        token = head_of(bodies[name].parse, start, end)
        span: Span = (token.start, token.end) if token is not None else (start, end)
        return (name, *span)

    return lambda cluster: frozenset(head(*mention) for mention in cluster)


def _in_one(actors: Sequence[Cluster], found: Sequence[Cluster]) -> list[bool]:
    """For each actor whether two thirds of its labels that were found are one referent's, and of no other actor."""
    of = {mention: n for n, cluster in enumerate(found) for mention in cluster}
    best: list[int | None] = []
    for actor in actors:
        seen = [of[mention] for mention in actor if mention in of]
        top = max(sorted(set(seen)), key=seen.count, default=None)
        best.append(top if top is not None and seen.count(top) >= MOST * len(seen) else None)
    return [n is not None and best.count(n) == 1 for n in best]
