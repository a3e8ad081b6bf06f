"""Reading sheets back: what is right is read, every mistake is named by file and row.

A row of which nothing can be trusted (an unknown item, another sentence, an item of another coder) is not read, nor is
an answer that cannot be. Of a file with mistakes all else is read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory.coding.questions import QUESTIONS, parts_of
from samestory.coding.record import CodingError, Mistake, Round
from samestory.coding.rounds import KEY_FILE, OWN
from samestory.coding.sheets import CODER, NOTE, Row, read_csv
from samestory.coding.wording import sentence_hash, shown
from samestory.files import plain_cell
from samestory.messages import no_path
from samestory.tables import SEPARATOR

SUFFIXES = (".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".json")
DECISION = "decision"
_WHOLE = re.compile(r"(-?)([0-9]+)(?:[.,]0+)?")
WORDING = ("before", "sentence", "after")


class Entry(NamedTuple):
    """An item in a sheet: where it stands, whose it is, and the answers that hold."""

    file: str
    row: int
    coder: str
    item_id: str
    answers: dict[str, int]
    note: str
    refused: frozenset[str] = frozenset()  # questions whose answer was named a mistake already
    absent: frozenset[str] = frozenset()  # questions that have no column in the file, which was named once


@dataclass(frozen=True)
class Codings:
    """What sheets say. ``codes`` has coder, item_id, question, value; ``decisions`` item_id, question, value, note;
    ``notes`` coder, item_id, note. ``wording`` holds before, sentence, after of each item that was read."""

    codes: pd.DataFrame
    decisions: pd.DataFrame
    notes: pd.DataFrame
    wording: dict[str, dict[str, str]]
    mistakes: tuple[Mistake, ...]

    @property
    def coders(self) -> tuple[str, ...]:
        """Those of whom anything was read."""
        return tuple(sorted(self.codes.coder.unique()))


def sheets_in(folder: Path) -> list[Path]:
    """The files of a round's folder that are or may be sheets, adjudication among them."""
    return sorted(
        path
        for path in folder.iterdir()
        if path.is_file() and path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))
        and (path.stem.lower() not in OWN or path.stem.lower() == "adjudication")
    )  # fmt: skip


def round_folder(paths: Sequence[Path]) -> Path:
    """The folder of the round that sheets belong to: one that is named, or where the sheets lie."""
    folders = list(dict.fromkeys(path if path.is_dir() else path.parent for path in paths))
    with_key = [folder for folder in folders if (folder / KEY_FILE).is_file()]
    if not with_key and (absent := [path for path in paths if not path.exists()]):
        raise CodingError(no_path(absent[0], "sheet or folder of a round"))
    if len(with_key) != 1:
        found = " and ".join(map(str, with_key)) or ", ".join(map(str, folders))
        raise CodingError(
            f"{found}: {'sheets of one round at a time' if with_key else f'no {KEY_FILE} beside these sheets'}; "
            "name the round's folder too, as in samestory agree STUDY/coding/round-1 SHEET..."
        )
    return with_key[0]


def read_sheets(paths: Iterable[Path], round_: Round) -> Codings:
    """Read sheets of a round: CSV, XLSX, or what Label Studio exported, adjudication sheets too."""
    known = round_.key.set_index("item_id")
    mistakes: list[Mistake] = []
    entries: list[Entry] = []
    decided: list[tuple[str, Row]] = []
    wording: dict[str, dict[str, str]] = {}
    for path in paths:
        try:
            columns, rows = _rows(path)
        except (CodingError, OSError) as error:
            mistakes.append(Mistake(path.name, None, None, getattr(error, "strerror", None) or str(error)))
            continue
        if DECISION in columns and "question" in columns:
            decided += [(path.name, row) for row in rows]
            continue
        absent = _missing_columns(path.name, columns, round_)
        mistakes += [Mistake(path.name, None, name, "the column is missing") for name in absent]
        for row in rows:
            if (entry := _entry(path, row, round_, known, mistakes)) is not None:
                entries.append(entry._replace(absent=frozenset(absent)))
                said = {name: plain_cell(text_of(row.cells.get(name))) for name in WORDING}
                if sentence_hash(shown(said["sentence"])) == known.sentence_hash[entry.item_id]:
                    wording.setdefault(entry.item_id, said)
    kept = _settle(_without_empty_files(entries), mistakes)
    mistakes += _uncoded(kept, entries, round_)
    answers = [(e.coder, e.item_id, key, value) for e in kept for key, value in e.answers.items()]
    codes = _typed(answers, ["coder", "item_id", "question", "value"])
    notes = [(e.coder, e.item_id, e.note) for e in kept if e.note]
    decisions = _decisions(decided, round_, mistakes)
    mistakes += _above_whole(codes, decisions, round_, decided[0][0] if decided else "")
    return Codings(
        codes=codes,
        decisions=decisions,
        notes=_typed(notes, ["coder", "item_id", "note"]),
        wording=wording,
        mistakes=tuple(mistakes),
    )


def _typed(rows: Sequence[tuple], columns: list[str]) -> pd.DataFrame:
    data = pd.DataFrame(rows, columns=columns).drop_duplicates().sort_values(columns[:-1])
    kinds = {name: "Int64" if name == "value" else "string" for name in columns}
    return data.astype(kinds).reset_index(drop=True)


def _rows(path: Path) -> tuple[list[str], list[Row]]:
    suffix = path.suffix.lower()
    if suffix == ".json":
        from samestory.coding.label_studio import read_export

        return read_export(path)
    if suffix in (".xlsx", ".xlsm"):
        from samestory.coding.workbook import read_xlsx

        return read_xlsx(path)
    if suffix not in SUFFIXES:
        raise CodingError(f"is of a kind that is not read ({suffix or 'no suffix'}); save it as CSV or XLSX")
    return read_csv(path)


def _missing_columns(file: str, columns: Sequence[str], round_: Round) -> list[str]:
    """Label Studio's tasks have no column for what was not answered: there the rows tell."""
    if file.lower().endswith(".json"):
        return []
    wanted = ["sentence", *(question.key for question in round_.questions)]
    return [name for name in wanted if name not in columns]


def _entry(path: Path, row: Row, round_: Round, known: pd.DataFrame, mistakes: list[Mistake]) -> Entry | None:
    """What a row says, or None where it cannot be told of which item; what is wrong goes to ``mistakes``."""
    item = text_of(row.cells.get("item_id"))
    coder = _coder(path, row, round_)

    def wrong(what: str, column: str | None = None) -> None:
        mistakes.append(Mistake(path.name, row.number, column, what))

    if item not in known.index:
        wrong(f"there is no item {item} in {round_.name}" if item else "no item_id", "item_id")
        return None
    if coder is None:
        wrong(f"whose answers are these? write one of {', '.join(round_.coders)}", CODER)
        return None
    about = known.loc[item]
    if coder not in about.coders.split(SEPARATOR):
        wrong(f"{item} is not {coder}'s to code", "item_id")
        return None
    said = row.cells.get("sentence")
    if said not in (None, "") and sentence_hash(shown(str(said))) != about.sentence_hash:
        wrong(f"this is not the sentence of item {item}: was it changed, or one column sorted alone?", "sentence")
        return Entry(path.name, row.number, coder, item, {}, "", frozenset(q.key for q in round_.questions))
    answers, refused = _answers(row, round_, int(about.n_words), wrong)
    return Entry(path.name, row.number, coder, item, answers, plain_cell(text_of(row.cells.get(NOTE))), refused)


def text_of(cell: object) -> str:
    """What a cell holds, as text."""
    return "" if cell is None else str(cell).strip()


def _coder(path: Path, row: Row, round_: Round) -> str | None:
    """Whose row it is: as its column says, else the file's name (``ana.csv``, ``ana-final.xlsx``)."""
    named = text_of(row.cells.get(CODER)).lower()
    stem = path.stem.lower()
    for coder in sorted(round_.coders, key=len, reverse=True):
        lowered = coder.lower()
        if named == lowered or (not named and re.match(rf"{re.escape(lowered)}(?![a-z0-9])", stem)):
            return coder
    return None


def _answers(
    row: Row, round_: Round, n_words: int, wrong: Callable[..., None]
) -> tuple[dict[str, int], frozenset[str]]:
    asked = [question.key for question in round_.questions]
    found: dict[str, int] = {}
    refused = set()
    for key in asked:
        try:
            value = count_of(row.cells.get(key), n_words)
        except ValueError as error:
            wrong(str(error), key)
            refused.add(key)
            continue
        if value is not None:
            found[key] = value
    for part, whole in parts_of(asked):
        if found.get(part, 0) > found.get(whole, n_words):
            wrong(f"{found[part]} is more than {whole}, {found[whole]}", part)
            refused |= {part, whole}
    for key in QUESTIONS:
        if key not in asked and text_of(row.cells.get(key)):
            wrong("this question is not asked in the round", key)
    return {key: value for key, value in found.items() if key not in refused}, frozenset(refused)


def count_of(cell: object, n_words: int) -> int | None:
    """The count in a cell, None where it is empty; ValueError where it is no count or more than there are words."""
    told = text_of(cell)
    if not told:
        return None
    match = None if isinstance(cell, bool) else _WHOLE.fullmatch(told)
    if match is None:
        raise ValueError(f"{told!r} is not a whole number")
    if match[1]:
        raise ValueError(f"{told} is negative")
    if int(match[2]) > n_words:
        raise ValueError(f"{told} is more than the sentence has words, {n_words}")
    return int(match[2])


def _without_empty_files(entries: Sequence[Entry]) -> list[Entry]:
    """A coder's sheet lies there in several formats: those in which nothing was entered do not count."""
    used = {(e.coder, e.file) for e in entries if e.answers or e.refused or e.note}
    begun = {coder for coder, _ in used}
    return [e for e in entries if e.coder not in begun or (e.coder, e.file) in used]


def _settle(entries: Sequence[Entry], mistakes: list[Mistake]) -> list[Entry]:
    """One entry for each coder and item: an item that stands twice is put together unless its answers contradict."""
    places: dict[tuple[str, str], list[Entry]] = defaultdict(list)
    for entry in entries:
        places[entry.coder, entry.item_id].append(entry)
    settled = []
    for (_, item), found in places.items():
        first = found[0]
        answers: dict[str, int] = {}
        refused = set(first.refused)
        for entry in found:
            if entry is not first and entry.file == first.file:
                mistakes.append(Mistake(entry.file, entry.row, "item_id", f"{item} stands in row {first.row} already"))
            refused |= entry.refused
            for key, value in entry.answers.items():
                if answers.setdefault(key, value) != value:
                    other = f"{first.file}, row {first.row} says {answers[key]}"
                    mistakes.append(Mistake(entry.file, entry.row, key, f"{value}, but {other}: neither is read"))
                    refused.add(key)
        note = "; ".join(dict.fromkeys(entry.note for entry in found if entry.note))
        kept = {key: value for key, value in answers.items() if key not in refused}
        settled.append(first._replace(answers=kept, note=note, refused=frozenset(refused)))
    return settled


def _uncoded(settled: Sequence[Entry], entries: Sequence[Entry], round_: Round) -> list[Mistake]:
    """What a coder was to code and has not: whole sheets, items, answers."""
    found: list[Mistake] = []
    asked = [question.key for question in round_.questions]
    for coder in round_.coders:
        own = {entry.item_id: entry for entry in settled if entry.coder == coder}
        files = list(dict.fromkeys(entry.file for entry in entries if entry.coder == coder))
        if not files:
            found.append(Mistake(coder, None, None, "no sheet of this coder was read"))
            continue
        if not any(entry.answers or entry.refused for entry in own.values()):
            found.append(Mistake(files[0], None, None, f"nothing is coded yet ({len(own)} sentences)"))
            continue
        for row in round_.items_of(coder).itertuples():
            entry = own.get(row.item_id)
            if entry is None:
                where = f"article {row.article}, sentence {row.number}"
                found.append(Mistake(files[0], None, "item_id", f"{row.item_id} ({where}) is missing"))
                continue
            told = entry.refused | entry.absent
            empty = [key for key in asked if key not in entry.answers and key not in told]
            if empty:
                found.append(Mistake(entry.file, entry.row, ", ".join(empty), "not coded"))
    return found


def _decisions(rows: Sequence[tuple[str, Row]], round_: Round, mistakes: list[Mistake]) -> pd.DataFrame:
    """What adjudication sheets decide; decisions of two sheets that contradict are named and not read."""
    known = round_.key.set_index("item_id")
    asked = {question.key for question in round_.questions}
    found: dict[tuple[str, str], tuple[int, str]] = {}
    against = set()
    for file, row in rows:
        item, question = text_of(row.cells.get("item_id")), text_of(row.cells.get("question")).lower()
        decision = row.cells.get(DECISION)
        if item not in known.index:
            mistakes.append(Mistake(file, row.number, "item_id", f"there is no item {item} in {round_.name}"))
        elif question not in asked:
            mistakes.append(Mistake(file, row.number, "question", f"{question} is not asked in the round"))
        else:
            try:
                value = count_of(decision, int(known.n_words[item]))
            except ValueError as error:
                mistakes.append(Mistake(file, row.number, DECISION, str(error)))
                continue
            if value is None:
                continue
            note = plain_cell(text_of(row.cells.get(NOTE)))
            if found.setdefault((item, question), (value, note))[0] != value:
                what = f"{value}, but another row says {found[item, question][0]}: neither is read"
                mistakes.append(Mistake(file, row.number, DECISION, what))
                against.add((item, question))
    kept = [(*place, value, note) for place, (value, note) in sorted(found.items()) if place not in against]
    data = pd.DataFrame(kept, columns=["item_id", "question", "value", "note"])
    return data.astype({"item_id": "string", "question": "string", "value": "Int64", "note": "string"})


def _above_whole(codes: pd.DataFrame, decisions: pd.DataFrame, round_: Round, file: str) -> Iterator[Mistake]:
    """Decisions after which a part is more than its whole (anonymous sources than sources), the mean of the coders
    standing for what nobody decided."""
    means = codes.groupby(["item_id", "question"]).value.mean().astype(float)
    decided = decisions.set_index(["item_id", "question"]).value.astype(float)
    final = decided.combine_first(means)
    for item in decisions.item_id.unique():
        for question in round_.questions:
            part, whole = final.get((item, question.key)), final.get((item, question.whole))
            if part is not None and whole is not None and part > whole:
                what = f"item {item}: {question.key} {part:g} is more than {question.whole} {whole:g}; decide both"
                yield Mistake(file, None, DECISION, what)
