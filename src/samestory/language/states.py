"""States as news names them: by name, by their people ("Russian"), by their capital, by the seat of their government.

The table was written for this project from general knowledge. It says which words can stand for one state, not which
do in a text: "Paris" is mostly a city.
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path
from typing import NamedTuple

TABLE = Path(__file__).parent / "states.csv"


class Naming(NamedTuple):
    """Which state a word stands for, and how: ``name``, ``people``, ``capital`` or ``seat``."""

    state: str
    by: str


@functools.cache
def _namings() -> dict[str, Naming]:
    found: dict[str, Naming] = {}
    with TABLE.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            found[row["state"]] = Naming(row["state"], "name")
            for column, by in (("other_names", "name"), ("people", "people"), ("capital", "capital"), ("seat", "seat")):
                for word in filter(None, row[column].split(";")):
                    found.setdefault(word, Naming(row["state"], by))
    return found


def state_named(words: str) -> Naming | None:
    """The state that a name in lower case without accents, points and article stands for, or None.

    >>> state_named("pyongyang"), state_named("paris texas")
    (Naming(state='north korea', by='capital'), None)
    """
    return _namings().get(words)
