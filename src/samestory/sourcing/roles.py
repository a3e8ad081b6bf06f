"""What type of source a description tells: "a professor at Leeds", "spokesman for the ministry", "the ministry".

Descriptions are lists of words as they stand in the text. The lists of words are in ``lexicons``.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Sequence

from samestory.sourcing.lexicons import bodies, figures, read_sections, source_types, titles, words

PREPOSITIONS = frozenset({"of", "for", "at", "in", "from", "with", "on", "to", "by", "near", "within", "under"})
LEARNING = "learning"  # where scholars work: see bodies.txt
_JOINTS = frozenset({"and", "&", "who", "now", "current", "currently", "turned", "/", "or", ",", "cum"})
_ARTICLES = frozenset({"a", "an", "the", "its", "his", "her", "their", "our", "this", "that", "'s", "’s", "'", "’"})
_INITIALS = re.compile(r"(?:[a-z]\.){2,}(?:'s)?")
_SCHOLAR = re.compile(r"[a-z]+(?:olog|chem|phys|scient)(?:ist|icist)s?")
_STATION = re.compile(r"(?:ABC|NBC|CBS|FOX|Fox)-?\d{1,2}|[KW][A-Z]{3}(?:-(?:TV|FM|AM))?")  # of North America
_LONGEST = 4  # words of a name or of a compound noun
_COMMITTEES = frozenset({"committee", "subcommittee", "panel", "committees"})
SPEAKS = frozenset({"spokesman", "spokeswoman", "spokesperson", "spokespeople", "representative"})


def role_type(description: Sequence[str], places: Collection[str] = ()) -> str | None:
    """The type of a person so described, or None where no noun of the description is known.

    Of several roles the first that the person still has counts; who once served the state is an expert now.
    ``places`` are the lower-case words of places and peoples that the article names.
    """
    once: str | None = None
    parts = _parts(description)
    for n, part in enumerate(parts):
        shared = next((tail for later in parts[n + 1 :] if (tail := _before_preposition(later)[1])), [])
        found = _office(part, places, shared)  # "president and head | of the union"
        if found is None:
            continue
        noun, code = found
        if not any(word.lower().rstrip("-") in words("former") for word in part):
            return code
        if once is None:
            once = code if code != "official" else "political" if noun in words("high offices") else "expert"
    return once


def person_noun(description: Sequence[str]) -> str | None:
    """The noun by which a description names a person, in the singular, compounds with hyphens."""
    for part in _parts(description):
        found = _role_noun(_before_preposition(part)[0])
        if found is not None:
            return found[0]
    return None


def noun_type(word: str) -> str | None:
    """The type that a noun tells alone, singular or plural, or None."""
    found = _singular(word.lower())
    return _roles().get(found, "expert") if found is not None else None


def body_type(name: Sequence[str], places: Collection[str] = ()) -> str | None:
    """The type of a body by its name, ``learning`` for places of scholars; a state's name tells ``official``.

    A whole name that is known goes before words in names, and of these the last in the name before others.
    """
    lowered = [plain for word in name if (plain := _plain(word)) and plain not in _ARTICLES and plain != "-"]
    known, telling = bodies()
    if len(name) > 1 and name[0].lower() == "the" and (code := known.get("-".join(map(_plain, name)))) is not None:
        return code
    for length in range(min(_LONGEST, len(lowered)), 0, -1):
        for start in range(len(lowered) - length, -1, -1):
            if (code := known.get("-".join(lowered[start : start + length]))) is not None:
                return code
    if not words("news in names").isdisjoint(lowered) or any(_STATION.fullmatch(word) for word in name):
        return "media"
    if _COMMITTEES & set(lowered) and _state_words() & set(lowered):
        return "official"
    head, _ = _before_preposition(lowered)
    for word in (*reversed(head), *reversed(lowered)):
        if (code := telling.get(word) or telling.get(word.removesuffix("s"))) is not None:
            return code
    return "official" if any(is_place(word, places) for word in lowered) else None


def is_place(word: str, places: Collection[str] = ()) -> bool:
    """Whether a word names a state, a people or a seat of government."""
    return _plain(word) in _states() or _plain(word) in places


def is_body_word(word: str) -> bool:
    """Whether a word ends the names of bodies: "Committee", "Ministry"."""
    known, telling = bodies()
    return _plain(word) in telling or _plain(word) in known


def _parts(description: Sequence[str]) -> list[list[str]]:
    parts: list[list[str]] = [[]]
    for word in description:
        if word.lower() in _JOINTS:
            parts.append([])
        else:
            parts[-1].append(word)
    return [part for part in parts if part]


def _before_preposition(part: Sequence[str]) -> tuple[list[str], list[str]]:
    at = next((n for n, word in enumerate(part) if word.lower() in PREPOSITIONS and n), len(part))
    return list(part[:at]), list(part[at + 1 :])


def _office(part: Sequence[str], places: Collection[str], shared: Sequence[str] = ()) -> tuple[str, str] | None:
    """Noun and type of one role; ``shared`` are the words of the body that a later role names."""
    head, tail = _before_preposition(part)
    if tail and head and _plain(head[-1]) in words("quantities"):  # "one of | his advisers"
        return _office(tail, places, shared)
    tail = tail or list(shared)
    found = _role_noun(head) if part[0].lower() not in PREPOSITIONS else None
    if found is None:
        return None
    noun, at = found
    code = _roles().get(noun, "expert")
    if noun == "representative" and part[at] == "Representative" and not tail:
        return "rep.", "official"
    own = [word for word in head[:at] if word.lower() not in _ARTICLES]
    if noun == "driver" and any(word[:1].isupper() for word in own) and body_type(own) == "organisation":
        return noun, "other"  # of a racing team
    if noun not in words("offices of bodies") or code == "expert":
        return noun, code
    body = body_type(own, places)
    if body is None or (body == "organisation" and not any(word[:1].isupper() for word in own)):
        body = body_type(tail, places) or body  # "board member | of the Institute"
    body = body or _superior((*own, *tail))
    if noun == "official" and body not in ("political", "organisation", "media", "armed_group"):
        return noun, code
    if body is None:
        named = any(word[:1].isupper() for word in (*own, *tail))
        default = "official" if noun in words("offices of state") else code
        if noun in words("servants of states"):
            return noun, "official"
        return noun, "organisation" if named and code != "affected" and noun != "source" else default
    if noun in ("lawyer", "counsel", "worker") and body not in ("political", "media"):
        return noun, code
    if body == LEARNING:
        return noun, "expert" if noun in words("scholarly offices") else "organisation"
    if body == "media" and noun in SPEAKS:
        return noun, "organisation"
    return noun, body


def _superior(named: Sequence[str]) -> str | None:
    """The type of the person whom an office serves: "President Roe's | adviser"."""
    full, last = figures()
    plain = [_plain(word) for word in named]
    pairs = [f"{one}-{other}" for one, other in itertools.pairwise(plain)]
    for word in [*pairs, *plain]:
        code = titles().get(word) or last.get(word) or full.get(word) or source_types().get(word)
        if code in ("official", "political"):
            return code
    return None


def _role_noun(head: Sequence[str]) -> tuple[str, int] | None:
    """The last noun for a person among these words, as long a compound as is known, and where it begins."""
    lowered = [_plain(word) for word in head]
    for end in range(len(lowered), 0, -1):
        for length in range(min(_LONGEST, end), 0, -1):
            noun = _singular("-".join(lowered[end - length : end]))
            if noun is not None and _roles().get(noun) != "document":
                return noun, end - length
    return None


def _plain(word: str) -> str:
    lowered = word.lower().replace("’", "'")
    if _INITIALS.fullmatch(lowered):
        lowered = lowered.replace(".", "")
    return lowered.removesuffix("'s").removesuffix("'")


@functools.cache
def _singular(noun: str) -> str | None:
    """The form of a noun that the lists hold, or None."""
    if noun in _roles():
        return noun
    if _SCHOLAR.fullmatch(noun):
        return noun.removesuffix("s")
    for ending, single in (("men", "man"), ("women", "woman"), ("ies", "y"), ("es", ""), ("s", "")):
        if noun.endswith(ending) and (form := noun[: -len(ending)] + single) in _roles():
            return form
    return None


@functools.cache
def _roles() -> dict[str, str]:
    offices = dict.fromkeys(sorted(words("offices of state")), "official")
    others = dict.fromkeys(sorted(words("offices of bodies")), "organisation")
    performers = dict.fromkeys(sorted(words("performers")), "other")
    return {**performers, **others, **titles(), **offices, **source_types()}


@functools.cache
def _state_words() -> frozenset[str]:
    """Words in names that make a committee one of the state."""
    return words("chambers") | frozenset(word for word, code in bodies()[1].items() if code == "official")


@functools.cache
def _states() -> frozenset[str]:
    return frozenset(word for _, members in read_sections("places") for word in members)
