"""Referents: labels and sources that name the same person, group, institution, place, object or event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from samestory import tables
from samestory.referents.gather import gather
from samestory.referents.keys import PERPETRATORS, VICTIMS, Key, article_keys
from samestory.referents.links import apply_links, read_pairs
from samestory.referents.mentions import Mention, read_mentions
from samestory.referents.names import best_name, plain_name
from samestory.referents.pronouns import resolve_pronouns
from samestory.referents.story import read_story

if TYPE_CHECKING:
    from samestory.document import Document


TAKEN_UP = 0.4  # of the uses of a noun that must have "the" or a possessor, for it to name one thing
GENERIC_USES = 3  # fewer do not tell
GENERIC_KEYS = ("topic", "object", "place", "event")


@dataclass(frozen=True)
class Resolution:
    """The table ``referents`` of an event, and its ``labels`` and ``sources`` with ``referent_id`` filled."""

    referents: pd.DataFrame
    labels: pd.DataFrame
    sources: pd.DataFrame


def resolve(
    event: str | None,
    documents: Sequence[Document],
    labels: pd.DataFrame,
    sources: pd.DataFrame,
    *,
    chosen: bool = False,
) -> Resolution:
    """Group the labels and sources of an event's articles into referents, by the rules of :mod:`.keys`.

    ``event`` is None for an article that stands alone. Referents are numbered by first mention, in the order of
    ``documents``. A source that turns out to be a named person or institution is corrected in ``identification``,
    and is then not ``anonymous``. An agentless source keeps a null ``referent_id``, and so do labels that name no one
    thing ("missiles"). ``chosen`` says that the labels are a coder's choice, each of one of a few referents: then none
    is left without, and what stands alone joins what is most alike (:mod:`.gather`).
    """
    articles = [
        read_mentions(d, labels[labels.article_id == d.article_id], sources[sources.article_id == d.article_id])
        for d in documents
    ]
    keys = _keys(documents, articles, chosen)
    prefix = event or (documents[0].article_id if documents else "")
    numbers: dict[Key, str] = {}
    for key in (k for article in keys for k in article if k is not None):
        numbers.setdefault(key, f"{prefix}-r{len(numbers)}")
    rows = [
        {"event": event, "referent_id": identity, **_describe(key, articles, keys)} for key, identity in numbers.items()
    ]
    referents = tables.frame("referents", rows)
    return Resolution(
        referents,
        tables.check("labels", _fill(labels, "labels", articles, keys, numbers)),
        tables.check("sources", _identify(_fill(sources, "sources", articles, keys, numbers), articles, keys)),
    )


def _keys(documents: Sequence[Document], articles: Sequence[Sequence[Mention]], chosen: bool) -> list[list[Key | None]]:
    pairs = [read_pairs(document.parse, mentions) for document, mentions in zip(documents, articles, strict=True)]
    equal = [
        (mentions[a], mentions[b])
        for mentions, own in zip(articles, pairs, strict=True)
        for one, other in own
        for a, b in ((one, other), (other, one))
    ]
    story = read_story(articles, equal)
    found, equated = [], Counter[Key]()
    for number, (document, mentions) in enumerate(zip(documents, articles, strict=True)):
        keys, links = apply_links(pairs[number], mentions, article_keys(number, mentions, story))
        equated.update(links)
        found.append(resolve_pronouns(document.parse, mentions, keys))
    found = gather([d.parse for d in documents], articles, found) if chosen else _without_generic(articles, found)
    if not equated or not story.lone:
        return found  # one of several who did it keeps a referent of its own
    # one name at most is the perpetrator's: with several, the most often equated; the others stay themselves
    uses = Counter(key for keys in found for key in keys)
    own = min(equated, key=lambda key: (-equated[key], -uses[key], key))
    return [[PERPETRATORS if key == own else key for key in keys] for keys in found]


def _without_generic(
    articles: Sequence[Sequence[Mention]], keys: Sequence[Sequence[Key | None]]
) -> list[list[Key | None]]:
    """The keys without those of nouns that mostly stand without "the": "missiles", "documents" name no one thing."""
    uses, taken_up = Counter[Key](), Counter[Key]()
    for mentions, found in zip(articles, keys, strict=True):
        for mention, key in zip(mentions, found, strict=True):
            if key is not None and key[0] in GENERIC_KEYS:
                uses[key] += 1
                taken_up[key] += mention.definite or mention.owner is not None
    generic = {key for key, n in uses.items() if n >= GENERIC_USES and taken_up[key] < TAKEN_UP * n}
    return [[None if key in generic else key for key in found] for found in keys]


def _fill(
    data: pd.DataFrame,
    table: str,
    articles: Sequence[Sequence[Mention]],
    keys: Sequence[Sequence[Key | None]],
    numbers: dict[Key, str],
) -> pd.DataFrame:
    told = dict(zip(data.index, data.referent_id, strict=True))
    for mentions, found in zip(articles, keys, strict=True):
        for mention, key in zip(mentions, found, strict=True):
            if key is not None:
                told.update(dict.fromkeys(getattr(mention, table), numbers[key]))
    return data.assign(referent_id=pd.array(list(told.values()), dtype="string"))


def _describe(key: Key, articles: Sequence[Sequence[Mention]], keys: Sequence[Sequence[Key | None]]) -> dict[str, str]:
    """The name and kind of a referent: a proper name where it has one, else the phrase it is called by most often."""
    names, phrases, kinds = Counter[str](), Counter[str](), Counter[str]()
    plural = False
    for mentions, found in zip(articles, keys, strict=True):
        for mention in (m for m, other in zip(mentions, found, strict=True) if other == key and not m.pronoun):
            full = mention.name is not None and mention.kind == "person" and " " in mention.name[0]
            kinds[mention.kind] += 300 if full else 100 if mention.name else 1
            plural |= mention.plural
            if mention.name:
                names[_shown_name(mention.name)] += 1
            elif key != PERPETRATORS or mention.noun == "perpetrator":
                phrases[mention.head if key == PERPETRATORS else _shown_phrase(mention)] += 1
    kind = kinds.most_common(1)[0][0]
    if kind == "person" and plural and not names:
        kind = "group"
    if key == VICTIMS:
        return {"name": "victims", "kind": kind}
    return {
        "name": best_name(names) if names else (phrases or Counter(["attacker"])).most_common(1)[0][0],
        "kind": kind,
    }


def _shown_name(name: tuple[str, str]) -> str:
    text = name[0].removeprefix("the ").removeprefix("The ")
    kept = len(plain_name(*name).split())
    return " ".join(text.split()[-kept:]) if name[1] == "PERSON" else text


def _shown_phrase(mention: Mention) -> str:
    """Modifiers and head as they stand, without articles, numbers and possessors."""
    head = mention.head if " " in mention.head or "-" in mention.head else mention.token.text.lower()
    before = [m for m in mention.modifiers if m[0].islower() or mention.name is None]
    return " ".join([*before, head])


def _identify(
    sources: pd.DataFrame, articles: Sequence[Sequence[Mention]], keys: Sequence[Sequence[Key | None]]
) -> pd.DataFrame:
    """Correct what a source is known as, where its referent bears a name in the same article."""
    known: dict[int, str] = {}
    for mentions, found in zip(articles, keys, strict=True):
        named: dict[Key, str] = {}
        for mention, key in zip(mentions, found, strict=True):
            if key is not None and mention.name is not None and mention.kind in ("person", "institution"):
                named.setdefault(key, f"named_{mention.kind}")
        for mention, key in zip(mentions, found, strict=True):
            if key in named and not (mention.plural and key == PERPETRATORS):
                known.update(dict.fromkeys(mention.sources, named[key]))
    told = [known.get(row, code) for row, code in zip(sources.index, sources.identification, strict=True)]
    return sources.assign(identification=told, anonymous=sources.anonymous & ~sources.index.isin(list(known)))
