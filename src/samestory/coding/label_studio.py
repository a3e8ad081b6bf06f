"""Sheets for Label Studio: tasks and the labelling interface, and what comes back from its export.

Tags and formats are those of its documentation: a ``Number`` tag for each question, a ``TextArea`` for the note; the
export as JSON (tasks with their annotations) or as JSON-MIN (a flat record for each annotation).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from samestory.coding.questions import Question
from samestory.coding.record import CodingError
from samestory.coding.sheets import CODER, GIVEN, NOTE, Row
from samestory.files import plain_cell, write_whole

NOTHING = "·"  # Label Studio shows no empty text


def write_tasks(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write a coder's rows as tasks to import."""
    tasks = [{"data": {name: _told(row, name) for name in (*GIVEN, CODER)}} for row in rows]
    write_whole(path, json.dumps(tasks, ensure_ascii=False, indent=1) + "\n")


def _told(row: Mapping[str, str], name: str) -> str:
    return (plain_cell(row[name]) or NOTHING) if name in ("before", "sentence", "after") else row[name]


def write_config(path: Path, questions: Sequence[Question]) -> None:
    """Write the labelling interface, to be pasted into the project's settings."""
    lines = [
        "<View>",
        '  <Header value="Article $article, sentence $number" size="5"/>',
        '  <Text name="before" value="$before"/>',
        '  <Header value="Code this sentence:" size="5"/>',
        '  <Text name="sentence" value="$sentence"/>',
        '  <Header value="It goes on:" size="5"/>',
        '  <Text name="after" value="$after"/>',
    ]
    for question in questions:
        about = quoteattr(f"{question.help} {question.example}")
        lines += [
            f'  <Header value={quoteattr(question.ask)} size="4"/>',
            f'  <Number name="{question.key}" toName="sentence" min="0" step="1" required="true" '
            f"requiredMessage={quoteattr(f'{question.ask} 0 if there is none.')}/>",
            f'  <Header value={about} size="6"/>',
        ]
    lines += [
        '  <Header value="Note" size="5"/>',
        f'  <TextArea name="{NOTE}" toName="sentence" rows="2" maxSubmissions="1" editable="true"/>',
        "</View>",
    ]
    write_whole(path, "\n".join(lines) + "\n")


def read_export(path: Path) -> tuple[list[str], list[Row]]:
    """The columns and rows of an export, a row for each annotation, numbered by task from 1; CodingError if none."""
    try:
        tasks = json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, UnicodeDecodeError) as error:
        raise CodingError(f"is not JSON: {error}") from error
    if not isinstance(tasks, list) or not all(isinstance(task, dict) for task in tasks):
        raise CodingError("is not an export of Label Studio: a list of tasks")
    rows = [Row(number, cells) for number, task in enumerate(tasks, start=1) for cells in _annotations(task)]
    columns = list(dict.fromkeys(name for row in rows for name in row.cells))
    if "item_id" not in columns:
        raise CodingError("has no item_id in its tasks, so it is no sheet of a round")
    return columns, rows


def _annotations(task: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """The cells of each annotation of a task; of a task without one, what was given."""
    data = task.get("data")
    if not isinstance(data, dict):  # JSON-MIN
        yield {name: _flat(value) for name, value in task.items() if name == "item_id" or name not in _OWN}
        return
    given = {str(name).lower(): value for name, value in data.items()}
    found = [one for one in task.get("annotations") or task.get("completions") or [] if not one.get("was_cancelled")]
    for one in found:
        yield given | {str(region.get("from_name")).lower(): _value(region) for region in one.get("result") or []}
    if not found:
        yield given


# What Label Studio itself says of an annotation in JSON-MIN, and our names never are.
_OWN = frozenset({"id", "annotator", "annotation_id", "created_at", "updated_at", "lead_time"})


def _value(region: Mapping[str, Any]) -> object:
    value = region.get("value") or {}
    return value["number"] if "number" in value else _flat(value.get("text"))


def _flat(value: object) -> object:
    """Text as one string: Label Studio gives what was typed into a TextArea as a list."""
    if isinstance(value, dict):
        value = value.get("text", value.get("number"))
    return "\n".join(map(str, value)) if isinstance(value, list) else value
