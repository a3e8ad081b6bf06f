"""A study's own scheme of frames: a table of words and of passages that show each frame.

Nobody has coded articles by such a scheme here, so how well it is found is unknown. Tried on the policy frames as if
they were a study's: see ``policy_frames.md``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np

from samestory.articles.draft import Refused, RefusedRow
from samestory.articles.encoding import decode
from samestory.articles.formats.delimited import find_delimiter, read_rows
from samestory.framing.generic_frames import FEWEST, SHARE
from samestory.framing.policy import Floats, count_words, load_policy_model, read_measures
from samestory.language.lexicon import Lexicon
from samestory.tables import FRAME_SCHEMES

FRAME, WORDS, EXAMPLES = "frame", "words", "examples"
SIMILAR = 0.15  # one article in ten is as similar to sentences of other articles drawn at random
SHORTEST = 3  # words of an example
COMMA = re.compile(r"[,;]")


class SchemeError(ValueError):
    """A scheme of frames is wrong; the message names the file, the row and what is wrong there."""


class Frame(NamedTuple):
    """A frame of a study's own: words or phrases, and passages that show it; one of both may be empty."""

    name: str
    words: tuple[str, ...]
    examples: tuple[str, ...]


class Scheme(NamedTuple):
    """A study's own frames; ``name`` is the file's, without its suffix."""

    name: str
    frames: tuple[Frame, ...]


def read_scheme(path: Path) -> Scheme:
    """Read a scheme from a table with the columns ``frame`` and ``words`` or ``examples`` or both.

    One row or several for a frame. ``words`` holds words or phrases, commas or semicolons between them, in every form
    that counts; ``examples`` holds one passage that shows the frame. Other columns do not matter. Raises SchemeError
    where something is missing or could not be used.
    """
    if path.stem in FRAME_SCHEMES:
        raise SchemeError(f"{path}: a scheme that ships has the name {path.stem!r}; name the file otherwise")
    words: dict[str, list[str]] = {}
    examples: dict[str, list[str]] = {}
    for row, cells in _rows(path):
        name = cells[FRAME]
        own = [word.strip() for word in COMMA.split(cells.get(WORDS, "")) if word.strip()]
        example = cells.get(EXAMPLES, "")
        _check(f"{path}, row {row}", name, own, example)
        words.setdefault(name, []).extend(own)
        examples.setdefault(name, []).extend([example] if example else [])
    if not words:
        raise SchemeError(f"{path}, row 2: no frame; a row below the header names a frame and its words or an example")
    frames = (Frame(name, tuple(dict.fromkeys(own)), tuple(examples[name])) for name, own in words.items())
    return Scheme(path.stem, tuple(frames))


def _rows(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows that hold anything, with their numbers; cells without white space around them."""
    try:
        text = decode(path.read_bytes())[0]
    except FileNotFoundError as error:
        raise SchemeError(f"{path}: no such file; it is named in study.toml, under [framing]") from error
    except (OSError, Refused) as error:
        raise SchemeError(f"{path}: {error}") from error
    rows = read_rows(text, find_delimiter(text))
    header = next(rows, None)
    names = [] if header is None or isinstance(header, RefusedRow) else [name.strip().lower() for name in header[1]]
    if FRAME not in names or not {WORDS, EXAMPLES} & set(names):
        has = ", ".join(names) or "none"
        raise SchemeError(f"{path}, row 1: needs the column frame, and words or examples; its columns are {has}")
    if doubled := [name for name in (FRAME, WORDS, EXAMPLES) if names.count(name) > 1]:
        raise SchemeError(f"{path}, row 1: two columns are named {doubled[0]}")
    for row in rows:
        if isinstance(row, RefusedRow):
            raise SchemeError(f"{path}, row {row.row}: {row.reason}")
        if len(row[1]) > len(names):
            quotes = "; put a cell that holds a separator in quotation marks"
            raise SchemeError(f"{path}, row {row[0]}: {len(row[1])} cells where the header has {len(names)}{quotes}")
        cells = [cell.strip() for cell in row[1]] + [""] * (len(names) - len(row[1]))
        if any(cells):
            yield row[0], dict(zip(names, cells, strict=True))


def _check(where: str, name: str, words: Sequence[str], example: str) -> None:
    if not name:
        raise SchemeError(f"{where}: the row names no frame")
    if not words and not example:
        raise SchemeError(f"{where}: neither words nor an example for {name!r}")
    if strange := [word for word in words if not any(c.isalnum() for c in word)]:
        raise SchemeError(f"{where}: {strange[0]!r} is no word")
    if example and sum(count_words(example).values()) < SHORTEST:
        raise SchemeError(f"{where}: the example {example!r} is too short; it needs {SHORTEST} words of three letters")


def compare(scheme: Scheme, sentences: Sequence[str]) -> tuple[Floats, Floats]:
    """The score of each frame in the text that the sentences make up (frame), and what each sentence adds (sentence,
    frame).

    A frame is present from 1 on, which is reached by words or by examples. Words: two sentences hold one of them, and
    15 % of all; the score is the share of sentences over 15 %, and 0 for a single one. Examples: the cosine of the
    text's and the examples' mean vectors, over .15; both are taken from the mean of ordinary news. Of the two scores
    the greater counts.
    """
    held = np.array([[sum(1 for _ in own.find(text)) for own in _lexicons(scheme)] for text in sentences], dtype=float)
    holding = (held > 0).sum(axis=0)
    by_words = np.where(holding >= FEWEST, holding / len(sentences) / SHARE, 0)
    counts = [count_words(text) for text in sentences]
    sizes = np.array([sum(own.values()) for own in counts], dtype=float)
    own = np.array([_direction(count) for count in counts])
    text = _direction(count_words("\n".join(sentences)))
    examples = np.array([_middle(frame) for frame in scheme.frames])
    by_examples = np.einsum("d,fd->f", _unit(text), examples) / SIMILAR
    added = np.einsum("sd,fd->sf", own * sizes[:, None] / max(sizes.sum(), 1), examples)
    scale = np.linalg.norm(text) or 1
    return np.maximum(np.maximum(by_words, by_examples), 0), held / len(sentences) / SHARE + added / scale / SIMILAR


def _lexicons(scheme: Scheme) -> list[Lexicon]:
    return [Lexicon(dict.fromkeys(frame.words, frame.name)) for frame in scheme.frames]


def _direction(counts: Mapping[str, int]) -> Floats:
    """Where a text's mean vector lies from that of ordinary news; zeros for a text without words."""
    centre = load_policy_model().centre
    return read_measures(counts).vector - centre if counts else np.zeros_like(centre)


def _middle(frame: Frame) -> Floats:
    """The direction of a frame's examples, each weighing alike; zeros where it has none."""
    ways = [_unit(_direction(count_words(example))) for example in frame.examples]
    return _unit(np.sum(ways, axis=0)) if ways else np.zeros_like(load_policy_model().centre)


def _unit(vector: Floats) -> Floats:
    return vector / (np.linalg.norm(vector) or 1)
