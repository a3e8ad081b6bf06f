"""What the articles of an event have in common: places, names, who holds which office, whether it is violent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from samestory.language.nouns import noun_class, singular
from samestory.language.states import state_named
from samestory.referents.mentions import Mention
from samestory.referents.names import canonical_names, plain_name

HAPPENINGS = ("violence", "accident", "disaster", "unrest", "launch")
"""Classes whose nouns all name one event within a story: "attack", "shooting" and "carnage" are one class."""
VAGUE = frozenset(("incident", "tragedy", "catastrophe", "carnage", "mayhem", "horror", "act", "outrage"))
"""Nouns for a happening of any class."""
OPENING = 4  # sentences of an article that say where the event took place
RULERS = frozenset(("president", "leader", "dictator", "ruler", "strongman", "autocrat", "despot", "king", "premier",
                    "chancellor"))  # fmt: skip
"""Offices of which a state has one holder at a time, as news speaks of them."""
FEWEST_TIES = 3  # of a place to what happened, for other places of the openings not to count
LONE = 0.7  # of the words for perpetrators in openings that are singular where there is one
SHARE = 0.6  # of all namings by an office that its holder must have

Office = tuple[str, str | None]  # a noun and the state that it is tied to
Pair = tuple[Mention, Mention]


@dataclass(frozen=True)
class Story:
    """``names`` maps a name and its type to its key, ``places`` are words of places in headlines and openings.

    ``family`` is the class of happening that the openings name most; ``attackers`` are nouns like "driver" for one who
    attacks somewhere in the event's articles, ``lone`` says that one person did it, ``age`` is the one given most;
    ``geography`` are words of all places named; ``offices`` are the names that stand with an office, with their counts,
    ``states`` those that are named, ``home`` the one whose rulers are named without it.
    """

    names: dict[tuple[str, str], str]
    places: frozenset[str]
    geography: frozenset[str]
    violent: bool
    family: str
    attackers: frozenset[str]
    lone: bool
    age: str | None
    offices: Mapping[Office, Counter[str]]
    states: frozenset[str]
    home: str | None

    def holder(self, office: str, state: str | None) -> str | None:
        """Whose name stands with this office in most cases, or None where nobody's does."""
        same = RULERS if office in RULERS and state is not None else (office,)
        named = sum((self.offices.get((noun, state), Counter()) for noun in same), Counter[str]())
        if not named:
            return None
        best = _most(named)
        return best if named[best] >= SHARE * named.total() else None

    def side(self, name: tuple[str, str]) -> str | None:
        """The state that a party to a meeting stands for, by its own name or as its ruler."""
        key = self.names.get(name) or plain_name(*name)
        named = state_named(key)
        return named.state if named is not None else self.state_of(key.split()[-1])

    def state_of(self, person: str) -> str | None:
        """The state that a person of this last name rules, or None."""
        ruled = Counter[str]()
        for (office, state), named in self.offices.items():
            if office in RULERS and state is not None:
                ruled[state] += sum(n for name, n in named.items() if name.split()[-1] == person)
        if ruled.total():
            return _most(ruled)
        known = any(name.split()[-1] == person for office in RULERS for name in self.offices.get((office, None), ()))
        return self.home if known else None


def read_story(articles: Sequence[Sequence[Mention]], equated: Iterable[Pair] = ()) -> Story:
    """What the mentions of an event's articles tell together; ``equated`` are mentions that grammar puts in one."""
    every = [m for mentions in articles for m in mentions]
    openings = [m for m in every if m.token.sentence < OPENING]
    nouns = Counter(m.noun for m in openings if m.head not in VAGUE)
    families = [(-nouns[family], n, family) for n, family in enumerate(HAPPENINGS)]
    attackers = {m.head for m in every if m.attacks and m.noun == "person" and not m.plural and not m.background}
    attacks = any(m.violent and m.noun in ("person", "group") and not m.background for m in openings)
    violent = bool(nouns["perpetrator"]) or nouns["violence"] >= 2 or (attacks and any(m.harmed for m in openings))
    names = canonical_names([m.name for m in every if m.name])
    return Story(
        names,
        _places(openings),
        frozenset(word for m in every if m.name and m.kind == "place" for word in m.name[0].lower().split()),
        violent,
        min(families)[2],
        frozenset(attackers),
        _is_lone(openings),
        _age(openings),
        _offices(every, equated, names),
        frozenset(n.state for key in names.values() if (n := state_named(key)) is not None and n.by == "name"),
        _home(every, names),
    )


def _places(openings: Sequence[Mention]) -> frozenset[str]:
    """Words of the places where it happened: those that openings tie to what happened, else all that they name.

    A state that they name holds the place, or may.
    """
    tied = Counter(m.place for m in openings if m.place is not None and m.kind == "event" and not m.background)
    most = max(tied.values(), default=0)
    named = {m.name[0].lower() for m in openings if m.name and m.kind == "place"}
    happened = {place for place, n in tied.items() if n > most / 4}
    states = {place for place in named if (s := state_named(plain_name(place))) is not None and s.by == "name"}
    places = happened | states if most >= FEWEST_TIES else named | happened
    return frozenset(places | {word for place in places for word in place.split()})


def _is_lone(mentions: Sequence[Mention]) -> bool:
    """Whether one person did it: words for perpetrators are mostly in the singular."""
    own = [m for m in mentions if not m.background and (m.noun == "perpetrator" or (m.attacks and m.noun == "person"))]
    return bool(own) and sum(not m.plural for m in own) >= LONE * len(own)


def _age(openings: Sequence[Mention]) -> str | None:
    """The age that openings give most: "27-year-old"."""
    ages = Counter(m.head for m in openings if m.head.endswith("-year-old"))
    return _most(ages) if ages else None


def _home(mentions: Sequence[Mention], names: Mapping[tuple[str, str], str]) -> str | None:
    """The state whose seat of government is named most: its rulers are the ones named without their state."""
    seats = Counter(
        named.state
        for m in mentions
        if m.name and (named := state_named(names[m.name])) is not None and named.by == "seat"
    )
    best = _most(seats) if seats else None
    return best if best is not None and seats[best] >= SHARE * seats.total() else None


def _most(counted: Counter[str]) -> str:
    """What was counted most often; of equals the first by letter."""
    return min(counted, key=lambda name: (-counted[name], name))


def office_of(words: Sequence[str]) -> str | None:
    """The office that a title or noun phrase names, by its last noun: "prime minister" is a premier."""
    nouns = [singular(word.lower()) for word in words]
    held = [n for n, noun in enumerate(nouns) if noun_class(noun) == "role" or noun in RULERS]
    if not held:
        return None
    at = held[-1]
    return "premier" if nouns[at] == "minister" and at and nouns[at - 1] == "prime" else nouns[at]


def _offices(
    mentions: Sequence[Mention], equated: Iterable[Pair], names: Mapping[tuple[str, str], str]
) -> dict[Office, Counter[str]]:
    found: dict[Office, Counter[str]] = {}
    titled = [(m, m.modifiers, m.state) for m in mentions if m.name and m.kind == "person"]
    for noun, named in equated:
        if named.name and named.kind == "person" and not noun.name and not noun.plural:
            titled.append((named, (*noun.modifiers, noun.head), noun.state))
    for mention, words, state in titled:
        office = office_of([part for word in words for part in word.split()])
        if office is not None and mention.name is not None:
            found.setdefault((office, state), Counter())[names[mention.name]] += 1
    return found


def in_background(mentions: Sequence[Mention]) -> set[int]:
    """Which mentions tell of another occasion, those that follow in the same paragraph too.

    None do where the opening itself is dated to such a time.
    """
    actors = ("perpetrator", "victim", "violence", "accident", "disaster")
    opening = [m.background for m in mentions if m.token.sentence < OPENING and (m.noun in actors or m.harmed)]
    if opening and all(opening):
        return set()
    found = {n for n, m in enumerate(mentions) if m.background}
    since: dict[int, int] = {}  # paragraphs that tell of another occasion, and from which sentence on
    for n, mention in enumerate(mentions):
        if n in found and mention.noun in actors:
            since.setdefault(mention.block, mention.token.sentence)
    later = {n for n, m in enumerate(mentions) if m.block in since and m.token.sentence > since[m.block]}
    return found | {n for n in later if mentions[n].noun in actors or mentions[n].violent}
