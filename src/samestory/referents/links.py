"""Links between mentions that the grammar itself makes: "Jane Roe, the mayor"; "the city of X"; "X is the mayor"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from samestory.language.nouns import noun_class
from samestory.referents.keys import PERPETRATORS, PERSON_LIKE, VICTIMS, Key
from samestory.referents.mentions import Mention

if TYPE_CHECKING:
    from samestory.language import Parse

NAMING_VERBS = ("identify", "name")
Pair = tuple[int, int]


def apply_links(
    pairs: Sequence[Pair], mentions: Sequence[Mention], keys: list[Key | None]
) -> tuple[list[Key | None], Counter]:
    """The keys with phrases in apposition to a name put under that name; ``pairs`` as of :func:`read_pairs`.

    Also counts, for each name, how often the text equates it with the perpetrators; the caller decides whether one
    of them is the perpetrator's own.
    """
    filled, equated = list(keys), Counter[Key]()
    for one, other in pairs:
        for noun, name in ((one, other), (other, one)):
            noun_key, name_key = filled[noun], filled[name]
            if name_key == PERPETRATORS and noun_key is not None and _is_own_person(mentions[noun], noun_key):
                filled[noun] = PERPETRATORS
            if name_key is None or noun_key is None or name_key[0] != "name" or noun_key[0] == "name":
                continue
            if mentions[noun].plural or mentions[noun].kind != mentions[name].kind:
                continue
            if noun_key == PERPETRATORS or mentions[noun].noun == "perpetrator":
                equated[name_key] += not mentions[noun].background
            elif noun_key != VICTIMS or mentions[noun].noun in PERSON_LIKE:
                filled[noun] = name_key
    for mention, key in zip(mentions, filled, strict=True):
        if (
            key is not None
            and key[0] == "name"
            and mention.kind == "person"
            and not mention.background
            and _is_titled(mention)
        ):
            equated[key] += 1
    return _take_up(mentions, keys, filled), equated


def read_pairs(parse: Parse, mentions: Sequence[Mention]) -> list[Pair]:
    """Mentions that the grammar makes one, by their numbers: "Jane Roe, the mayor"."""
    at = {m.token.i: n for n, m in enumerate(mentions)}
    return list(_pairs(parse, mentions, at))


def _is_own_person(mention: Mention, key: Key) -> bool:
    """A person whom nothing else tells who it is: "the driver was a resident of the town"."""
    return isinstance(key[0], int) and key[1] == "person" and not mention.plural


def _is_titled(mention: Mention) -> bool:
    return any(noun_class(m.split()[-1]) == "perpetrator" for m in mention.modifiers if m)


def _take_up(mentions: Sequence[Mention], before: Sequence[Key | None], filled: list[Key | None]) -> list[Key | None]:
    """Later phrases that took up a phrase which now has a name follow it there."""
    moved = {old: new for old, new in zip(before, filled, strict=True) if old != new and old not in (VICTIMS, None)}
    local = {old: new for old, new in moved.items() if old and isinstance(old[0], int)}
    return [local.get(key, key) if key is not None else None for key in filled]


def _pairs(parse: Parse, mentions: Sequence[Mention], at: dict[int, int]):
    for n, mention in enumerate(mentions):
        token = mention.token
        if token.dep == "appos" and token.head in at:
            yield at[token.head], n
        if token.dep == "attr" and parse.tokens[token.head].lemma == "be":
            yield from ((at[c.i], n) for c in parse.children(token.head) if c.dep == "nsubj" and c.i in at)
        if token.dep == "pobj":
            preposition = parse.tokens[token.head]
            ruler = parse.tokens[preposition.head]
            if preposition.text.lower() == "of" and ruler.i in at and mention.kind == "place":
                yield at[ruler.i], n  # "the city of X"
            if preposition.text.lower() == "as" and ruler.lemma in NAMING_VERBS:
                arguments = [c for c in parse.children(ruler.i) if c.dep in ("nsubjpass", "dobj")]
                yield from ((at[c.i], n) for c in arguments if c.i in at)
