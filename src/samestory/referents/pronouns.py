"""Source pronouns to whoever they stand for: the nearest compatible person, group or institution before them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from samestory.referents.keys import PERPETRATORS, Key
from samestory.referents.mentions import Mention

if TYPE_CHECKING:
    from samestory.language import Parse

REACH = 3  # sentences that a pronoun looks back
SUBJECTS = ("nsubj", "nsubjpass", "agent")
SPEAKERS = ("i", "we", "me", "us", "myself", "ourselves")


def resolve_pronouns(parse: Parse, mentions: Sequence[Mention], keys: list[Key | None]) -> list[Key | None]:
    """The keys with those of pronouns filled in, in text order; a pronoun that fits nobody keeps None.

    "He" and "she" go to the nearest person before them in their own sentence and the three before it, sources first,
    then subjects, then others; "they" to groups and institutions too, "it" to institutions only. "Who" goes to the
    noun that its clause describes. "I" and "we" go to the source that speaks in the same sentence, in the next of the
    paragraph, or spoke last.
    """
    filled = list(keys)
    genders = _genders(mentions, keys)
    for n, mention in enumerate(mentions):
        if mention.pronoun and filled[n] is None:
            filled[n] = _antecedent(parse, n, mentions, filled, genders)
    return filled


def _genders(mentions: Sequence[Mention], keys: Sequence[Key | None]) -> dict[Key, str]:
    found: dict[Key, str] = {}
    for mention, key in zip(mentions, keys, strict=True):
        if key is not None and mention.gender is not None and not mention.plural:
            found.setdefault(key, mention.gender)
    return found


def _antecedent(
    parse: Parse, n: int, mentions: Sequence[Mention], keys: list[Key | None], genders: dict[Key, str]
) -> Key | None:
    mention, word = mentions[n], mentions[n].token.text.lower()
    if word in ("who", "whom", "which", "that"):
        return _described(parse, n, mentions, keys)
    if word in SPEAKERS:
        return _speaker(parse, n, mentions, keys)
    fits = _fits(word, genders)
    for sentence in range(mention.token.sentence, mention.token.sentence - REACH - 1, -1):
        near = [
            m for m in range(n - 1, -1, -1)
            if mentions[m].token.sentence == sentence and keys[m] is not None and fits(mentions[m], keys[m])
        ]  # fmt: skip
        if near:
            return keys[min(near, key=lambda m: (_rank(mentions[m]), n - m))]
    return None


def _rank(mention: Mention) -> int:
    if mention.sources:
        return 0
    return 1 if mention.token.dep in SUBJECTS else 2


def _fits(word: str, genders: dict[Key, str]) -> Callable[[Mention, Key | None], bool]:
    gender = {"he": "male", "him": "male", "his": "male", "she": "female", "her": "female"}.get(word)

    def singular_person(mention: Mention, key: Key | None) -> bool:
        known = genders.get(key) if key else None
        if mention.plural or (key == PERPETRATORS and gender == "female" and known != "female"):
            return False
        return mention.kind == "person" and known in (None, gender)

    def several(mention: Mention, key: Key | None) -> bool:
        return mention.kind in ("person", "group", "institution") and (mention.plural or mention.kind != "person")

    def body(mention: Mention, key: Key | None) -> bool:
        return mention.kind == "institution" and not mention.plural

    if gender is not None:
        return singular_person
    return several if word in ("they", "them", "their") else body


def _described(parse: Parse, n: int, mentions: Sequence[Mention], keys: list[Key | None]) -> Key | None:
    token = mentions[n].token
    clause = next((t for t in (token, *parse.ancestors(token.i)) if t.dep == "relcl"), None)
    if clause is None:
        return None
    return next((k for m, k in zip(mentions, keys, strict=True) if m.token.i == clause.head), None)


def _speaker(parse: Parse, n: int, mentions: Sequence[Mention], keys: list[Key | None]) -> Key | None:
    here = mentions[n].token.sentence
    speakers = [m for m, other in enumerate(mentions) if other.sources and not other.pronoun and keys[m] is not None]
    same = [m for m in speakers if mentions[m].token.sentence == here]
    after = [m for m in speakers if _follows(parse, here, mentions[m].token.sentence)]
    before = [m for m in speakers if m < n]
    chosen = [*same[:1], *after[:1], *before[-1:]]
    return keys[chosen[0]] if chosen else None


def _follows(parse: Parse, here: int, there: int) -> bool:
    """The next sentence of the same paragraph: a quotation is often ascribed at its end only."""
    return there == here + 1 and parse.sentences[there].block == parse.sentences[here].block
