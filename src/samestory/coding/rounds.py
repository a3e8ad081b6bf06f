"""Rounds of coding in a study's folder: ``coding/ROUND/`` with the key, the codebook and a sheet for every coder."""

from __future__ import annotations

import json
import os
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from samestory.coding.questions import BY_VOICE, check_measures, codebook
from samestory.coding.record import KEY, CodingError, Round
from samestory.coding.sampling import TEN_OF_EACH, Design, Sample, draw_sample
from samestory.coding.sheets import coder_rows, columns_of, write_csv
from samestory.files import csv_text, read_csv, write_whole

if TYPE_CHECKING:
    from samestory.annotation import Annotations
    from samestory.study import Study

CODING = "coding"
KEY_FILE, CODEBOOK, DESIGN = "sample.csv", "codebook.md", "round.json"
FORMATS = ("csv", "xlsx", "label-studio")
# Files of a round that are no coder's sheet; coders may not be called so.
OWN = ("sample", "codebook", "round", "label-studio", "agreement", "confusion", "coders", "adjudication", "codings",
       "codes", "mistakes", "adjudicated")  # fmt: skip
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
SECONDS_A_SENTENCE, SECONDS_AN_ANSWER = 10, 5  # a guess for trained coders, said beside every estimate


def check_name(name: str, what: str) -> str:
    """A name that can be a file's on every machine; ValueError where it cannot."""
    if not _NAME.fullmatch(name) or name.lower() in OWN:
        raise ValueError(f"{name!r} cannot be the name of a {what}: letters, digits, - and _, and none of our files")
    return name


def coding_folder(study: Study) -> Path:
    """Where a study's rounds lie."""
    return study.folder / CODING


def draw_round(
    study: Study,
    annotations: Annotations,
    measures: Sequence[str],
    coders: Sequence[str],
    design: Design = TEN_OF_EACH,
    *,
    name: str = "round-1",
    formats: Sequence[str] = FORMATS[:2],
) -> tuple[Path, Sample]:
    """Draw a sample of a study's sentences and write the round's folder, whole or not at all.

    Returns the folder and the sample. Raises CodingError where the round is there already, where nothing can be drawn,
    and of a study without text.
    """
    folder = coding_folder(study) / check_name(name, "round")
    if folder.exists():
        raise CodingError(f"{folder}: this round is there already and stays as it is; draw --round {_free(study)}")
    lowered = [check_name(coder, "coder").lower() for coder in coders]
    if len(set(lowered)) < len(lowered):
        raise CodingError("two coders have the same name")
    if annotations.texts.text.notna().sum() == 0:
        raise CodingError(
            f"{study.folder}: the study is here without its texts, and sentences are what is coded; "
            f"put the texts in {study.articles}, or run it with --texts once"
        )
    measures = check_measures(measures)
    sample = draw_sample(annotations, measures, coders, design)
    unfinished = folder.with_name(f".{name}.{os.getpid()}")
    try:
        _write(unfinished, sample, Round(name, sample.key), design, formats)
        unfinished.rename(folder)
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return folder, sample


def _free(study: Study) -> str:
    """The next name that no round has."""
    return next(name for n in range(1, 10**6) if not (coding_folder(study) / (name := f"round-{n}")).exists())


def _write(folder: Path, sample: Sample, round_: Round, design: Design, formats: Sequence[str]) -> None:
    from samestory.coding.label_studio import write_config, write_tasks
    from samestory.coding.workbook import answers_of, write_xlsx

    questions = round_.questions
    columns, told = columns_of(questions), codebook(questions, round_.measures)
    write_table(folder / KEY_FILE, sample.key)
    write_whole(folder / CODEBOOK, told)
    write_whole(folder / DESIGN, json.dumps(_described(sample, round_, design), indent=1) + "\n")
    if "label-studio" in formats:
        write_config(folder / "label-studio.xml", questions)
    for coder in round_.coders:
        rows = coder_rows(round_.items_of(coder), sample.wording, questions, coder, design.seed)
        if "csv" in formats:
            write_csv(folder / f"{coder}.csv", columns, rows)
        if "xlsx" in formats:
            write_xlsx(folder / f"{coder}.xlsx", columns, rows, answers_of(questions), told)
        if "label-studio" in formats:
            write_tasks(folder / f"{coder}.label-studio.json", rows)


def _described(sample: Sample, round_: Round, design: Design) -> dict[str, object]:
    """How the round was drawn, for the record: nothing reads it but people and reports."""
    return {
        "round": round_.name,
        "by": design.by,
        **design._asdict(),
        "measures": list(round_.measures),
        "coders": list(round_.coders),
        "articles_drawn": int(sample.key.article_id.nunique()),
        "sentences_drawn": len(sample.key),
        "outlets": sample.population.to_dict("records"),
        "left_out": {why: int(n) for why, n in sorted(sample.left_out.reason.value_counts().items())},
        "sentences_without_a_word": sample.wordless,
    }


def write_table(path: Path, data: pd.DataFrame) -> None:
    """Write one of a round's text-free tables."""
    write_whole(path, csv_text(data))


def read_round(folder: Path) -> Round:
    """The round in a folder, by its key; CodingError where there is none."""
    path = folder / KEY_FILE
    try:
        key = read_csv(path, {name: "string" for name in KEY if name not in _NUMBERS})
    except FileNotFoundError as error:
        raise CodingError(f"{folder}: no {KEY_FILE} there, so it is no round of coding") from error
    if missing := [name for name in KEY if name not in key.columns]:
        raise CodingError(f"{path}: no column {', '.join(missing)}")
    if key.empty:
        raise CodingError(f"{path}: the round has no items")
    return Round(folder.resolve().name, key[list(KEY)])


_NUMBERS = ("number", "n_words", "n_sentences", "inclusion", "sentence_inclusion")


def rounds_of(study: Study) -> list[Path]:
    """The folders of a study's rounds, by name."""
    return sorted(path.parent for path in coding_folder(study).glob(f"*/{KEY_FILE}"))


def hours(n_items: int, n_questions: int) -> float:
    """A rough estimate of how long a coder needs, from the seconds assumed for a sentence and an answer."""
    return n_items * (SECONDS_A_SENTENCE + n_questions * SECONDS_AN_ANSWER) / 3600


def borrows_words(measures: Sequence[str]) -> list[str]:
    """Measures of the round whose words by voice stay the machine's, since ``attributed_words`` is not asked."""
    return [] if "attributed_words" in measures else [name for name in measures if name in BY_VOICE]
