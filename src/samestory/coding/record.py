"""What the parts of coding share: the error, a mistake in a sheet, and the key of a round."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd

from samestory.coding.questions import Question, questions_for
from samestory.tables import SEPARATOR

KEY = (
    "item_id", "article", "number", "article_id", "sentence_id", "outlet", "event", "n_words", "n_sentences",
    "inclusion", "sentence_inclusion", "coders", "measures", "sentence_hash",
)  # fmt: skip


class CodingError(ValueError):
    """A round cannot be drawn, or what lies there is no round; the message says what to do."""


class Mistake(NamedTuple):
    """Something wrong in a sheet: the file, the row as a spreadsheet counts it (or a task's number), the column."""

    file: str
    row: int | None
    column: str | None
    what: str

    def __str__(self) -> str:
        where = [self.file, *([f"row {self.row}"] if self.row is not None else []), *filter(None, [self.column])]
        return f"{', '.join(where)}: {self.what}"


@dataclass(frozen=True)
class Round:
    """A round of coding: its name and its key, one row for each item (see :data:`KEY`), text-free.

    ``article`` and ``number`` are what coders see: an opaque code and the sentence's place in the article. ``n_words``
    are the sentence's, ``n_sentences`` the article's that hold a word and are counted. ``inclusion`` is the
    probability of the article to be drawn, ``sentence_inclusion`` that of the sentence once its article was.
    ``coders`` are those who code the item.
    """

    name: str
    key: pd.DataFrame

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that are coded."""
        return tuple(self.key.measures.iloc[0].split(SEPARATOR))

    @property
    def questions(self) -> tuple[Question, ...]:
        """What is asked of every item."""
        return questions_for(self.measures)

    @property
    def coders(self) -> tuple[str, ...]:
        """All who code in the round."""
        return tuple(sorted({coder for told in self.key.coders for coder in told.split(SEPARATOR)}))

    def items_of(self, coder: str) -> pd.DataFrame:
        """The rows of the key that one coder codes."""
        return self.key[[coder in told.split(SEPARATOR) for told in self.key.coders]]
