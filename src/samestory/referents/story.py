"""What the articles of an event have in common: its places, the names in it, and whether it is a story of violence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from samestory.referents.mentions import Mention
from samestory.referents.names import canonical_names

HAPPENINGS = ("violence", "accident", "disaster", "unrest", "launch")
"""Classes whose nouns all name one event within a story: "attack", "shooting" and "carnage" are one class."""
VAGUE = frozenset(("incident", "tragedy", "catastrophe", "carnage", "mayhem"))
"""Nouns for a happening of any class."""
OPENING = 4  # sentences of an article that say where the event took place


@dataclass(frozen=True)
class Story:
    """``names`` maps a name and its type to its key, ``places`` are words of places in headlines and openings.

    ``family`` is the class of happening that the openings name most; ``attackers`` are nouns like "driver" for one who
    attacks somewhere in the event's articles.
    """

    names: dict[tuple[str, str], str]
    places: frozenset[str]
    violent: bool
    family: str
    attackers: frozenset[str]


def read_story(articles: Sequence[Sequence[Mention]]) -> Story:
    """What the mentions of an event's articles tell together."""
    every = [m for mentions in articles for m in mentions]
    openings = [m for m in every if m.token.sentence < OPENING]
    places = {m.name[0].lower() for m in openings if m.name and m.kind == "place"}
    places |= {word for place in places for word in place.split()}
    nouns = Counter(m.noun for m in openings if m.head not in VAGUE)
    families = [(-nouns[family], n, family) for n, family in enumerate(HAPPENINGS)]
    attackers = {m.head for m in every if m.violent and m.noun == "person" and not m.plural and not m.background}
    violent = bool(nouns["perpetrator"]) or nouns["violence"] >= 2
    names = canonical_names([m.name for m in every if m.name])
    return Story(names, frozenset(places), violent, min(families)[2], frozenset(attackers))


def in_background(mentions: Sequence[Mention]) -> set[int]:
    """Which mentions tell of another occasion; none where the opening itself is dated to such a time."""
    actors = ("perpetrator", "victim", "violence", "accident", "disaster")
    opening = [m.background for m in mentions if m.token.sentence < OPENING and (m.noun in actors or m.harmed)]
    if opening and all(opening):
        return set()
    return {n for n, m in enumerate(mentions) if m.background}
