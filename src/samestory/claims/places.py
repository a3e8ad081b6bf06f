"""Named places, with the phrase that names each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from samestory.language import Parse, Token
from samestory.language.parse import Entity

PLACES = ("GPE", "LOC", "FAC")
KINDS = ("city", "town", "village", "capital", "island", "province", "region", "district", "state", "suburb", "county",
         "resort", "port", "area", "department", "country", "territory", "peninsula", "vicinity", "outskirts", "coast",
         "centre", "center", "neighborhood", "neighbourhood", "borough", "community", "track", "airspace")  # fmt: skip
# What is built or laid out, and so may be a place though the parser takes its name for something else.
BUILT = re.compile(
    r"\b(?:airport|hospital|hall|street|square|station|beach|park|stadium|circuit|hotel|road|avenue|bridge|church"
    r"|cathedral|university|school|mall|harbou?r|consulate|embassy|house|cent(?:er|re)|theat(?:er|re)|boulevard"
    r"|promenade|mosque|airstrip|prison|court|building|museum|nightclub|field|arena|plaza|terminal|base)\b",
    re.IGNORECASE,
)
TO_THE_LEFT = ("det", "amod", "poss", "compound", "nmod", "case", "punct")


class Place(NamedTuple):
    """Characters of a phrase that names a place, the name, and the token by which the phrase hangs."""

    start: int
    end: int
    name: str
    top: Token


def find_places(parse: Parse) -> Iterator[Place]:
    """The mentions of named places, in text order; "Sioux Falls, South Dakota" is one, "the city of Nice" too."""
    end = 0
    for entity in parse.entities:
        tokens = parse.tokens[entity.first : entity.last]
        name = parse.text[entity.start : entity.end]
        if entity.start < end or not (entity.type in PLACES or BUILT.search(name)):
            continue
        inside = {t.i for t in tokens}
        head = next((t for t in tokens if t.head not in inside or t.head == t.i), tokens[-1])
        top, start, end = _phrase(parse, head, entity)
        yield Place(start, end, _plain(name), top)


def _plain(name: str) -> str:
    """The name without article and genitive."""
    return re.sub(r"^(?:the|its|his|her|their)\s+|['\u2019]s?$", "", " ".join(name.split()), flags=re.IGNORECASE)


def _phrase(parse: Parse, head: Token, entity: Entity) -> tuple[Token, int, int]:
    """The top and the characters of the noun phrase that names the place, and of what a comma adds to it."""
    top, above = head, parse.tokens[head.head]
    if top.dep == "pobj" and above.text.lower() == "of" and parse.tokens[above.head].lemma.lower() in KINDS:
        top = parse.tokens[above.head]
    elif top.dep in ("appos", "compound", "nmod") and above.lemma.lower() in KINDS:
        top = above
    left = [c for c in parse.children(top.i) if c.i < top.i and c.dep in TO_THE_LEFT]
    start = min([top.start, entity.start, *(t.start for c in left for t in parse.subtree(c.i))])
    end = max(top.end if top.head != head.i else entity.end, entity.end)
    for other in parse.entities:
        if other.type == "GPE" and other.start > end and re.fullmatch(r",\s+", parse.text[end : other.start]):
            end = other.end
            break
    return top, start, end
