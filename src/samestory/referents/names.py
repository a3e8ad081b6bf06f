"""Which names mean the same: full and short names of people, acronyms, the two word orders of ministries."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence

from samestory.language.nouns import TITLES, noun_class
from samestory.language.states import state_named

SMALL_WORDS = frozenset(("of", "the", "and", "for", "de", "du", "des", "la", "le", "in", "on", "&", "against"))
SAME_WORDS = {
    "internal affairs": "interior", "home affairs": "home", "external affairs": "foreign", "foreign affairs": "foreign",
    "defence": "defense", "centre": "center", "organisation": "organization",
}  # fmt: skip
SAME_NAMES = {
    "isis": "islamic state", "isil": "islamic state", "is": "islamic state", "daesh": "islamic state",
    "un": "united nations", "democrats": "democratic party", "republicans": "republican party",
    "gop": "republican party", "republican national committee": "republican party",
    "democratic national committee": "democratic party",
}  # fmt: skip
"""Names that no rule on their letters can bring together."""
CLEAR = 0.6  # of all full names that begin so, for a first word alone to mean one of them
RARE = 3  # a full name that stands three times less often than a body's name is a misreading of the recogniser


def canonical_names(names: Sequence[tuple[str, str]]) -> dict[tuple[str, str], str]:
    """For each pair of name and entity type, the key that it shares with the other names of the same bearer.

    ``names`` come in text order, once for each mention. A single name joins the full name of a person that ends in
    it ("Nazarbayev"), or, where none does, the only one that begins with it ("Kim"); of several the most frequent.
    Initials join the name that they abbreviate. A short name joins a full one unless the recogniser mostly takes it
    for a place.
    """
    plain = {pair: plain_name(*pair) for pair in names}
    counts = Counter(plain[pair] for pair in names)
    types: dict[str, Counter[str]] = {}
    for pair in names:
        types.setdefault(plain[pair], Counter())[pair[1]] += 1
    people = [name for pair, name in plain.items() if pair[1] == "PERSON" and " " in name]
    ordered = sorted(dict.fromkeys(people), key=lambda n: (-counts[n], n))
    short = {acronym(pair[0]): plain[pair] for pair in reversed(names) if acronym(pair[0])}
    keys: dict[tuple[str, str], str] = {}
    for pair, name in plain.items():
        key = _common(name)
        if " " not in key and (expanded := short.get(key.upper().replace(".", ""))) and pair[0].isupper():
            key = expanded
        elif pair[1] == "PERSON" if " " in key else types[name].most_common(1)[0][0] not in ("GPE", "LOC"):
            full = _fullest(key, ordered, counts)
            rare = types[name]["ORG"] > max(RARE * counts[full], types[name]["PERSON"])
            key = key if rare else full
        keys[pair] = key
    return keys


def _common(name: str) -> str:
    """The common name of a state ("DPRK") or body that has several."""
    named = state_named(name)
    return named.state if named is not None and named.by == "name" else SAME_NAMES.get(name, name)


def plain_name(name: str, kind: str = "") -> str:
    """A name in lower case without article, possessive, titles, and the state that a ministry belongs to.

    >>> plain_name("President Nursultan Nazarbayev", "PERSON"), plain_name("the Ministry of Internal Affairs")
    ('nursultan nazarbayev', 'interior ministry')
    """
    text = re.sub(r"['’]s?$", "", " ".join(name.replace("’", "'").split()))
    words = text.replace(".", "").split() if kind != "ORG" or "." in text[:4] else text.split()
    while len(words) > 1 and words[0].lower() in ("the", "a", "an"):
        words = words[1:]
    if kind == "PERSON":
        while len(words) > 1 and (words[0].lower() in TITLES or noun_class(words[0]) in ("role", "person")):
            words = words[1:]
        if len(words) > 2 and words[-1].lower() in ("jr", "sr", "ii", "iii"):
            words = words[:-1]
    plain = _without_accents(" ".join(words).lower())
    if kind == "PERSON":
        plain = plain.replace("-", " ")
    for variant, common in SAME_WORDS.items():
        plain = re.sub(rf"\b{variant}\b", common, plain)
    of = re.fullmatch(r"(ministry|department|office) (?:of|for) (?:the )?(\w+(?: \w+)?)", plain)
    if of:
        plain = f"{of[2]} {of[1]}"
    owner = re.fullmatch(r"[\w .]+'s (\w+ (?:ministry|department|office))", plain)
    return owner[1] if owner else plain


def _without_accents(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


def acronym(name: str) -> str | None:
    """The initials of a name of three words or more (small words apart), or of two long ones; None for others.

    >>> acronym("Federal Security Service"), acronym("Interior Ministry")
    ('FSS', None)
    """
    words = [w for w in re.split(r"[\s-]+", name) if w and w.lower() not in SMALL_WORDS]
    if len(words) < 3 or not all(w[0].isupper() for w in words):
        return None
    return "".join(w[0] for w in words)


def _fullest(key: str, people: Sequence[str], counts: Mapping[str, int]) -> str:
    """The full name of a person that this one shortens; ``people`` come most frequent first."""
    words = key.split()
    if len(words) > 1:
        same = [p for p in people if _same_person(words, p.split())]
        return min([key, *same], key=lambda n: (-len(n.split()), n)) if same else key
    ends = [p for p in people if p.split()[-1] == key or p.replace("-", " ").split()[-1] == key]
    if ends:
        return _fullest(ends[0], people, counts)
    begins = [p for p in people if p.split()[0] == key]
    clear = begins and counts[begins[0]] >= CLEAR * sum(counts[p] for p in begins)
    return _fullest(begins[0], people, counts) if clear else key


def _same_person(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether first and last name agree, or the shorter name begins the longer one."""
    shorter = min(len(one), len(other))
    return one[0] == other[0] and (one[-1] == other[-1] or list(one[:shorter]) == list(other[:shorter]))


def best_name(names: Mapping[str, int]) -> str:
    """The fullest short naming: of names with at most five words the one with most words, then the most frequent."""
    short = [n for n in names if len(n.split()) <= 5] or list(names)
    return max(short, key=lambda n: (len(n.split()), names[n], [-ord(c) for c in n]))
