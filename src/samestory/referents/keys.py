"""One rule after another: which referent a mention belongs to, as a key that its other mentions share.

A key is a tuple. Those that start with an article's number hold in that article alone; all others hold across the
articles of an event. The rules, in order: a name, a capital or government for its state; the state's response; the
event by its class of noun, meetings by who meets; those who did it; those whom it struck; offices by their holders,
then persons seen before in the article; institutions; topics, objects and places by their nouns; groups.
"""

from __future__ import annotations

from collections.abc import Sequence

from samestory.language.nouns import RESPONSE_ALONE, same_word
from samestory.language.states import state_named
from samestory.referents.mentions import Mention
from samestory.referents.story import HAPPENINGS, VAGUE, Story, in_background, office_of

Key = tuple
PERPETRATORS: Key = ("perpetrators",)
VICTIMS: Key = ("victims",)
MASS = frozenset(("terrorism", "gunfire"))  # they name no single event, nor do these where they stand bare:
BARE_MASS = frozenset(("assassination", "crime", "fighting", "horror", "killing", "mayhem", "murder", "outrage",
                       "robbery", "terror", "vandalism", "violence"))  # fmt: skip
WHOLE = ("authority", "enforcement", "government", "military", "police", "army", "law-enforcement", "intelligence")
STEM = 5
PERSON_LIKE = ("person", "guard", "role")
ANYONE = ("people", "person", "man", "woman", "child", "boy", "girl")  # not the same ones in two outlets
PARTISANS = {"democrat": "democratic party", "republican": "republican party"}
ARMED = ("gang", "mob")
HELPERS = ("accomplice", "mastermind", "plotter")
GOVERNMENT = ("government", "administration", "regime")


def article_keys(number: int, mentions: Sequence[Mention], story: Story) -> list[Key | None]:
    """The key of each mention of an article, in order; None for pronouns, which are resolved last."""
    background = in_background(mentions)
    memory = Memory(number, story)
    found: list[Key | None] = []
    for n, mention in enumerate(mentions):
        if mention.pronoun:
            found.append(None)
            continue
        key = _key(n, mention, n in background, memory)
        memory.keep(mention, key)
        found.append(key)
    return found


class Memory:
    """What an article has named so far: the key of each head noun and of each title, and the last word of names."""

    def __init__(self, number: int, story: Story) -> None:
        self.number = number
        self.story = story
        self.heads: dict[tuple[str, bool], Key] = {}
        self.titles: dict[str, Key] = {}
        self.institutions: dict[str, Key] = {}
        self.talks: list[tuple[str, ...]] = []

    def keep(self, mention: Mention, key: Key) -> None:
        """Remember what a later definite phrase may take up."""
        self.heads[mention.head.lower(), mention.plural] = key
        if mention.name is None:
            return
        if mention.kind == "institution":
            self.institutions[mention.head.split()[-1].lower()] = key
        elif mention.kind == "person":
            for title in mention.modifiers:
                self.titles[title.lower().split()[-1]] = key

    def taken_up(self, mention: Mention) -> Key | None:
        """The referent that a definite phrase goes on about, or None."""
        head = mention.head.lower()
        if not mention.definite:
            return None
        if not mention.plural and mention.noun in PERSON_LIKE and head in self.titles:
            return self.titles[head]
        return self.heads.get((head, mention.plural))

    def own(self, *parts: object) -> Key:
        """A key that holds in this article alone."""
        return (self.number, *parts)


def _key(n: int, mention: Mention, background: bool, memory: Memory) -> Key:
    if mention.name is not None:
        return _name_key(mention, memory.story)
    if mention.response:
        alone = mention.head in RESPONSE_ALONE
        return ("response", same_word(mention.head), *(() if alone else mention.modifiers[-1:]))
    if mention.kind == "event":
        return _event_key(mention, background, memory)
    if mention.noun == "perpetrator":
        return _perpetrator_key(mention, background, memory)
    if mention.noun == "victim" and not background:
        return VICTIMS
    if mention.noun in PERSON_LIKE or mention.head.endswith("-year-old"):
        return _person_key(n, mention, background, memory)
    if mention.kind == "institution":
        return _institution_key(mention, memory)
    if mention.noun is None:
        return ("topic", same_word(mention.head))
    if mention.kind == "object":
        return ("object", same_word(mention.head))
    if mention.kind == "place":
        return (
            (mention.kind, *mention.modifiers[-1:], mention.head) if mention.modifiers else (mention.kind, mention.head)
        )
    return _group_key(mention, background, memory)


def _group_key(mention: Mention, background: bool, memory: Memory) -> Key:
    """A group; one that attacks, in a story of violence by more than one, are those who did it."""
    story = memory.story
    attacks = mention.attacks or mention.head in ARMED
    if attacks and story.violent and not (background or mention.other or story.lone or _elsewhere(mention, story)):
        return PERPETRATORS
    return memory.taken_up(mention) or memory.own("group", mention.head, *mention.modifiers[-1:])


def _name_key(mention: Mention, story: Story) -> Key:
    """A name's key. A capital that acts stands for its state where the event's articles name that, too."""
    assert mention.name is not None
    name = story.names[mention.name]
    half = [state for state in story.states if state.split()[0] == name and mention.kind == "place"]
    if len(half) == 1:
        return ("name", half[0])  # "the North"
    named = state_named(name)
    if named is None or named.by == "name":
        return ("name", name)
    if named.by == "capital" and not (mention.acts and named.state in story.states and not story.violent):
        return ("name", name)
    if named.by == "people" and not (mention.definite and mention.plural):
        return ("name", name)
    return ("name", named.state)


def _elsewhere(mention: Mention, story: Story) -> bool:
    """Whether a phrase is tied to a place other than the event's; "Kazakh" is of Kazakhstan by its first letters."""
    if mention.place is None or mention.place in story.places:
        return False
    return not any(place[:STEM] == mention.place[:STEM] for place in story.places if len(place) > STEM)


def _event_key(mention: Mention, background: bool, memory: Memory) -> Key:
    family = mention.noun if mention.noun in HAPPENINGS else same_word(mention.head)
    if mention.head in MASS or (mention.head in BARE_MASS and mention.bare):
        return ("mass", mention.head)
    if mention.head in VAGUE:
        family = memory.story.family
    if mention.noun == "talks":
        return _talks_key(mention, memory)
    generic = mention.plural and mention.bare and mention.token.sentence > 0
    other = background or generic or mention.other or _elsewhere(mention, memory.story)
    if family in HAPPENINGS and other:
        return memory.own("earlier", family, mention.place)
    return ("event", family)


def _talks_key(mention: Mention, memory: Memory) -> Key:
    """A meeting is known by the states that meet; one that names fewer than two is the one spoken of before."""
    sides = sorted({side for party in mention.parties if (side := memory.story.side(party)) is not None})
    fitting = [met for met in reversed(memory.talks) if set(sides) <= set(met)]
    met = tuple(sides) if len(sides) >= 2 else fitting[0] if fitting else tuple(sides)
    if len(sides) >= 2:
        memory.talks.append(met)
    return ("event", "talks", *met)


def _perpetrator_key(mention: Mention, background: bool, memory: Memory) -> Key:
    strangers = mention.plural and memory.story.lone
    one = not (mention.plural or mention.bare)
    body = one and mention.place not in memory.story.geography  # "an ISIS fanatic" may be the one
    elsewhere = _elsewhere(mention, memory.story) and not body
    if background or strangers or mention.other or elsewhere or mention.head in HELPERS:
        return memory.own("others", mention.head, mention.place)
    return PERPETRATORS


def _person_key(n: int, mention: Mention, background: bool, memory: Memory) -> Key:
    office = _office_key(mention, memory)
    if office is not None:
        return office
    if mention.definite and not mention.plural and not background and memory.story.violent:
        earlier = memory.heads.get((mention.head.lower(), False))
        acts = mention.head in memory.story.attackers and (earlier is None or memory.story.lone)
        if earlier == PERPETRATORS or acts:
            return PERPETRATORS
    if mention.harmed and not background:
        return VICTIMS
    violent = memory.story.violent and not _elsewhere(mention, memory.story)
    if violent and not background and mention.attacks and _may_attack(mention):
        return PERPETRATORS
    known = memory.taken_up(mention)
    if known is not None:
        return known
    if violent and not background and _is_the_man(mention, memory.story) and PERPETRATORS in memory.heads.values():
        return PERPETRATORS
    if mention.plural and mention.head in PARTISANS:
        return ("name", PARTISANS[mention.head])
    if mention.plural or (not mention.modifiers and not mention.definite and mention.noun == "role"):
        parts = ("people", mention.head, mention.plural, mention.state, *mention.modifiers[-1:])
        return memory.own(*parts) if mention.head in ANYONE else parts
    return memory.own("person", n)


def _office_key(mention: Mention, memory: Memory) -> Key | None:
    """The holder of an office: "the North Korean leader", "the president" where one is named by that title."""
    if mention.plural or mention.noun not in PERSON_LIKE:
        return None
    office = office_of([*mention.modifiers, mention.head])
    if office is not None and (mention.definite or mention.state is not None):
        held = memory.story.holder(office, mention.state)
        if held is not None:
            return ("name", held)
    return memory.titles.get(mention.head.lower()) if mention.definite and mention.owner is None else None


def _may_attack(mention: Mention) -> bool:
    """Police who shoot and officials who order fire are no attackers; nor are people in general."""
    return mention.noun == "person" and mention.head not in ("people", "civilian", "witness", "worker", "resident")


def _is_the_man(mention: Mention, story: Story) -> bool:
    """ "The man", "the 27-year-old": taken for the attacker of a story where no other man was named before."""
    aged = mention.head.endswith("-year-old") and mention.head in (story.age, mention.head if story.age is None else "")
    return mention.definite and not mention.plural and (mention.head == "man" or aged)


def _institution_key(mention: Mention, memory: Memory) -> Key:
    if mention.head in GOVERNMENT:
        state = mention.state or (memory.story.state_of(mention.ruler) if mention.ruler else None)
        if state is not None:
            return ("name", state)
    if mention.owner is None and mention.definite and not mention.modifiers and mention.head in memory.institutions:
        return memory.institutions[mention.head]
    if mention.head in WHOLE and not _elsewhere(mention, memory.story):
        return ("institution", mention.head)
    if mention.head == "agency" and "enforcement" in mention.modifiers:
        return ("institution", "enforcement")
    known = memory.taken_up(mention) if mention.owner is None else None
    return known or memory.own("institution", mention.owner, *mention.modifiers[-1:], mention.head)
