"""What the steps of reading claims hand to each other: counted phrases, and claims in the making."""

from __future__ import annotations

from typing import NamedTuple

from samestory.claims.relevance import Statement
from samestory.language import Token
from samestory.language.times import Time

PEOPLE = ("killed", "injured", "missing", "detained", "suspects")  # roles that count people
PART = "part"  # what "five of the dead" measures: a part of all whom the role is about


class Phrase(NamedTuple):
    """A noun phrase that counts people or things.

    ``top`` is the token by which it hangs in the sentence, ``noun`` the counted noun (null for a bare number), and
    ``unit_class`` null for things. The quantity is null for "several". ``explicit`` is false for singulars ("a
    civilian"), whose number is only implied, ``numbered`` true where a number or an order of size stands there.
    """

    start: int
    end: int
    top: Token
    noun: Token | None
    quantity: float | None
    quantity_max: float | None
    bound: str
    unit: str | None
    unit_class: str | None
    explicit: bool
    numbered: bool = False
    part: bool = False  # "ten of them": a part of what was counted before


class Count(NamedTuple):
    """A claim in the making: ``parent`` is the number of the one in its sentence that it is a part of.

    ``measured`` is the lemma of what an amount or time belongs to ("bribe" in "bribes worth 3 million"), ``top`` the
    token by which a counted phrase hangs in the sentence, ``sign`` what says whether the claim is about
    the event: the word that gives the role, or that a time or place belongs to.
    """

    start: int
    end: int
    role: str
    quantity: float | None
    quantity_max: float | None
    bound: str
    unit: str | None
    unit_class: str | None
    value: str | None
    sign: Token
    measured: str | None = None
    top: Token | None = None
    parent: int | None = None
    partial: bool = False  # "five of the dead": a part of what another sentence may count
    time: Time | None = None

    def statement(self) -> Statement:
        """What :mod:`samestory.claims.relevance` needs to know of it."""
        name = self.value if self.role == "place" else None
        detail = self.unit_class or "" if self.role == "size" else ""
        return Statement(self.role, self.start, self.end, self.sign, self.time, name, detail)
