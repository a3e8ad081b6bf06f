"""Words counted by outlet and event, all of them and as many on each side of an event."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from samestory.framing.house_style import KINDS, name_pattern, read_words

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_USES = 5
THINNINGS = 5  # ways in which longer copy is thinned to the length of the shorter; odd, so that one is the middle
BRIEF = 1 / 3  # of an event's median length: a text shorter than that would cut all the others short, and is left out


class OutletText(NamedTuple):
    """One article's counted text, its outlet and its event."""

    event: str | None
    outlet: str
    text: str


class Unit(NamedTuple):
    """All words of an outlet on an event in their order, as numbers in a vocabulary."""

    event: str
    outlet: str
    words: NDArray[np.int64]


class Counted(NamedTuple):
    """Counts of each word (columns) in each outlet's copy on a shared event (rows).

    ``full`` counts all words; ``even``, once for each way to thin, as many of each outlet on one event (``n_even``).
    ``masks`` lists what was masked (outlet, mask, kind, count). ``compared`` says what was used: outlet, n_events
    (shared), words, even_words (of these, compared by the test at a time), briefs (its texts that were left out).
    """

    events: list[str]
    outlets: list[str]
    vocabulary: list[str]
    full: NDArray[np.float64]
    n_full: NDArray[np.float64]
    even: NDArray[np.uint16]
    n_even: NDArray[np.float64]
    masks: pd.DataFrame
    compared: pd.DataFrame


def count_texts(
    texts: Iterable[OutletText] | pd.DataFrame,
    *,
    fewest_uses: int = FEWEST_USES,
    masks: Mapping[str, Sequence[str]] | None = None,
) -> Counted:
    """Count the words of texts (records, or a table with columns event, outlet, text), house style masked.

    ``masks`` gives names of an outlet besides its own ("the tribune"); every outlet's names are masked in all texts.
    Words with fewer than ``fewest_uses`` uses on the shared events are left out. Raises ValueError for fewer than two
    outlets.
    """
    records = _records(texts)
    outlets = sorted({record.outlet for record in records})
    if len(outlets) < 2:
        raise ValueError(f"distinctive words need two outlets or more, and here is {', '.join(outlets) or 'none'}")
    pattern = name_pattern(outlets, masks)
    number: dict[str, int] = {}
    joined: dict[tuple[str, str], list[int]] = {}
    found: Counter[tuple[str, str, str]] = Counter()
    for record in records:
        reading = read_words(record.text, pattern)
        found.update((record.outlet, mask.mask, mask.kind) for mask in reading.masks)
        if record.event is not None:
            own = joined.setdefault((record.event, record.outlet), [])
            own += [number.setdefault(word.word, len(number)) for word in reading.words]
    units = [Unit(*key, np.array(words)) for key, words in sorted(joined.items()) if words]
    counted = count_units(units, list(number), fewest_uses=fewest_uses, outlets=outlets)
    return counted._replace(masks=_mask_table(found))


def count_units(
    units: Sequence[Unit], vocabulary: Sequence[str], *, fewest_uses: int = FEWEST_USES, outlets: Sequence[str] = ()
) -> Counted:
    """Count units whose words are numbers in ``vocabulary``; a unit whose event no other outlet has is left out.

    On each event as many words of each outlet are compared: of longer copy those at even steps, since otherwise it has
    more chances to use a rare word than the shorter, and the test would take that for style. As the words at other
    steps are as good, five sets of them are counted. Copy of less than a third of the event's median length is left
    out.
    """
    kept, left_out = _shared(units)
    shortest: dict[str, int] = {}
    for unit in kept:
        shortest[unit.event] = min(shortest.get(unit.event, len(unit.words)), len(unit.words))
    n = len(vocabulary)
    totals = np.bincount(np.concatenate([unit.words for unit in kept]), minlength=n) if kept else np.zeros(n)
    columns = np.array(sorted(np.flatnonzero(totals >= fewest_uses).tolist(), key=lambda c: vocabulary[c]), dtype=int)
    full = np.zeros((len(kept), len(columns)))
    even = np.zeros((THINNINGS, *full.shape), dtype=np.uint16)
    for row, unit in enumerate(kept):
        full[row] = np.bincount(unit.words, minlength=n)[columns]
        for way in range(THINNINGS):
            chosen = at_even_steps(unit.words, shortest[unit.event], (way + 0.5) / THINNINGS)
            even[way, row] = np.bincount(chosen, minlength=n)[columns]
    counted = Counted(
        events=[unit.event for unit in kept],
        outlets=[unit.outlet for unit in kept],
        vocabulary=[vocabulary[c] for c in columns],
        full=full,
        n_full=np.array([len(unit.words) for unit in kept], dtype=np.float64),
        even=even,
        n_even=np.array([shortest[unit.event] for unit in kept], dtype=np.float64),
        masks=_mask_table({}),
        compared=pd.DataFrame(),
    )
    return counted._replace(compared=_compared(counted, outlets or sorted({u.outlet for u in units}), left_out))


def at_even_steps(words: NDArray[np.int64], n: int, phase: float = 0.5) -> NDArray[np.int64]:
    """So many of the words at even steps, from ``phase`` of the first step on; all where there are no more."""
    if len(words) <= n:
        return words
    return words[((np.arange(n) + phase) * len(words) / n).astype(np.int64)]


def _shared(units: Sequence[Unit]) -> tuple[list[Unit], Counter[str]]:
    """The units of events that two outlets or more tell at some length, and how many briefs each outlet loses."""
    events: dict[str, list[Unit]] = {}
    for unit in units:
        events.setdefault(unit.event, []).append(unit)
    kept: list[Unit] = []
    left_out: Counter[str] = Counter()
    for own in events.values():
        least = BRIEF * float(np.median([len(unit.words) for unit in own]))
        long = [unit for unit in own if len(unit.words) >= least]
        if len(own) > 1:
            left_out.update(unit.outlet for unit in own if len(unit.words) < least)
        if len(long) > 1:
            kept += long
    return kept, left_out


def _compared(counted: Counted, outlets: Sequence[str], left_out: Mapping[str, int]) -> pd.DataFrame:
    rows = []
    for outlet in outlets:
        own = np.array([name == outlet for name in counted.outlets], dtype=bool)
        n_words, n_even = int(counted.n_full[own].sum()), int(counted.n_even[own].sum())
        rows.append((outlet, int(own.sum()), n_words, n_even, left_out.get(outlet, 0)))
    return pd.DataFrame(rows, columns=["outlet", "n_events", "words", "even_words", "briefs"])


def _mask_table(found: Mapping[tuple[str, str, str], int]) -> pd.DataFrame:
    rows = [(*key, n) for key, n in found.items()]
    rows.sort(key=lambda row: (row[0], KINDS.index(row[2]), -row[3], row[1]))
    return pd.DataFrame(rows, columns=["outlet", "mask", "kind", "count"])


def _records(texts: Iterable[OutletText] | pd.DataFrame) -> list[OutletText]:
    if not isinstance(texts, pd.DataFrame):
        return list(texts)
    columns = (texts.event, texts.outlet, texts.text)
    return [OutletText(None if pd.isna(e) else str(e), str(o), str(t)) for e, o, t in zip(*columns, strict=True)]
