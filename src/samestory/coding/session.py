"""A coder's sheet as it is filled in, item by item: what is asked, what was answered, saved at every step."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from samestory.coding.questions import QUESTIONS, Question, parts_of
from samestory.coding.reading import count_of, text_of
from samestory.coding.record import CodingError
from samestory.coding.sheets import NOTE, read_csv, write_csv
from samestory.files import hash_file, safe_cell
from samestory.segments.lines import WORD


@dataclass(frozen=True)
class Session:
    """A CSV sheet: its columns, its rows as text, the questions it asks, and what the file held when last seen."""

    path: Path
    columns: tuple[str, ...]
    rows: tuple[Mapping[str, str], ...]
    questions: tuple[Question, ...]
    seen: str

    def __len__(self) -> int:
        return len(self.rows)

    def is_coded(self, place: int) -> bool:
        """Whether every question of an item has an answer."""
        return all(self.rows[place].get(question.key, "") for question in self.questions)

    @property
    def n_coded(self) -> int:
        """How many items are coded."""
        return sum(self.is_coded(place) for place in range(len(self)))

    def next_uncoded(self, place: int = -1) -> int | None:
        """The first item after this one, then from the beginning, that is not coded; None where all are."""
        around = [*range(place + 1, len(self)), *range(place + 1)]
        return next((n for n in around if not self.is_coded(n)), None)


def open_session(path: Path) -> Session:
    """Open a coder's CSV; CodingError where it is none, or holds an item twice."""
    try:
        columns, rows = read_csv(path)
    except FileNotFoundError as error:
        raise CodingError(f"{path}: no such file") from error
    except CodingError as error:
        raise CodingError(f"{path}: {error}") from error
    questions = tuple(question for key, question in QUESTIONS.items() if key in columns)
    if not rows or not questions or "sentence" not in columns:
        raise CodingError(f"{path}: there is nothing to code in it")
    told = tuple({name: text_of(row.cells.get(name)) for name in columns} for row in rows)
    if len({row["item_id"] for row in told}) < len(told):
        raise CodingError(f"{path}: an item stands in it twice; samestory agree says which")
    shown = columns if NOTE in columns else [*columns, NOTE]
    return Session(path, tuple(shown), told, questions, hash_file(path))


def answer(session: Session, place: int, values: Mapping[str, str], note: str) -> Session:
    """The session with an item's answers and note, saved; empty answers stay open.

    Raises ValueError where an answer is no count, and CodingError where the file was changed by another program since.
    """
    row = session.rows[place]
    check_answers(session, place, values)
    told = {key: str(value).strip() for key, value in values.items()}
    changed = {**row, **told, NOTE: safe_cell(note.strip())}
    if changed == {NOTE: "", **row}:
        return session
    if hash_file(session.path) != session.seen:
        raise CodingError(f"{session.path.name} was changed by another program; open it again")
    rows = (*session.rows[:place], changed, *session.rows[place + 1 :])
    write_csv(session.path, session.columns, rows)
    return replace(session, rows=rows, seen=hash_file(session.path))


def check_answers(session: Session, place: int, values: Mapping[str, str]) -> None:
    """Raise ValueError that names the first answer which cannot be."""
    n_words = len(WORD.findall(session.rows[place]["sentence"]))
    found = {}
    for question in session.questions:
        try:
            found[question.key] = count_of(values.get(question.key, ""), n_words)
        except ValueError as error:
            raise ValueError(f"{question.key}: {error}") from error
    for part, whole in parts_of(found):
        above, most = found[part], found[whole]
        if above is not None and most is not None and above > most:
            raise ValueError(f"{part}: {above} is more than {whole}, {most}")
