"""Distinctive words: what one outlet uses more than the others on the same events."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEWEST_EVENTS = 6  # 2 / 2**6 = .03 is the first two-sided p below .05 that flipping signs can give
ENUMERABLE = 12  # events: up to 4,096 ways to flip signs are all tried, beyond that as many are drawn
PRIOR = 500.0  # words that the informative prior weighs
FEWEST_USES = 5
COLUMNS = ("word", "outlet", "count", "other_count", "log_odds", "z", "n_events", "p", "q", "refusal")


class OutletText(NamedTuple):
    """One article's counted text, its outlet and its event."""

    event: str | None
    outlet: str
    text: str


def find_distinctive(
    texts: Iterable[OutletText] | pd.DataFrame,
    *,
    fewest_uses: int = FEWEST_USES,
    masks: Mapping[str, Sequence[str]] | None = None,
    seed: int = 0,
) -> pd.DataFrame:
    """Words by outlet, the most distinctive first, from the events that an outlet shares with another.

    ``texts`` are records, or a table with columns event, outlet, text. Columns: word, outlet, count, other_count (its
    uses by all other outlets on the shared events), log_odds and z (log-odds ratio with an informative Dirichlet prior;
    Monroe, Colaresi & Quinn 2008: a description, not a test), n_events (shared), p (two-sided sign flips of the
    difference in rate, paired by event; Fisher 1935), q (Benjamini & Hochberg 1995 over all tested rows), refusal (why
    p and q are null, or null). So that topics do not pass for style, each event weighs the same on both sides: the
    counts of the longer side are scaled down to the words of the shorter. Words with fewer than ``fewest_uses`` uses on
    both sides together are left out, and so is an outlet that shares no event. Outlets' own names are masked, and what
    ``masks`` gives for an outlet ("the tribune"). Raises ValueError for fewer than two outlets.
    """
    from samestory.statistics import benjamini_hochberg

    records = _records(texts)
    outlets = sorted({record.outlet for record in records})
    if len(outlets) < 2:
        raise ValueError(f"distinctive words need two outlets or more, and here is {', '.join(outlets) or 'none'}")
    pattern = mask_pattern(outlets, masks or {})
    counts = [Counter(words_of(pattern.sub(" ", record.text))) for record in records]
    vocabulary = sorted(word for word, n in sum(counts, Counter[str]()).items() if n >= fewest_uses)
    matrix = np.array([[own[word] for word in vocabulary] for own in counts], dtype=np.float64).reshape(
        len(records), -1
    )
    sizes = np.array([sum(own.values()) for own in counts], dtype=np.float64)
    parts = [_outlet_rows(_pair_events(outlet, records, matrix, sizes), outlet, vocabulary, seed) for outlet in outlets]
    table = pd.concat(parts, ignore_index=True)
    table = table[table["count"] + table.other_count >= fewest_uses].reset_index(drop=True)
    table["q"] = benjamini_hochberg(table.p.to_numpy(dtype=np.float64))
    table = table.sort_values(["outlet", "z", "word"], ascending=[True, False, True], ignore_index=True)
    return table[list(COLUMNS)].round({"log_odds": 4, "z": 4, "p": 4, "q": 4})


def words_of(text: str) -> list[str]:
    """The words of a text in lower case, as NLTK's Treebank-style tokenizer parts them; marks and numbers left out."""
    from nltk.tokenize import NLTKWordTokenizer

    plain = text.replace("\u2019", "'").replace("\u2018", "'")
    return [w for w in (t.lower().strip(".'-") for t in NLTKWordTokenizer().tokenize(plain)) if w[:1].isalpha()]


def mask_pattern(outlets: Iterable[str], masks: Mapping[str, Sequence[str]]) -> re.Pattern[str]:
    """A pattern of the names that outlets are known by: "www.example.com" also as "example.com" and "example".

    The bare name of a domain is masked where it is written with a capital only, since it may be a common word.
    """
    whole: set[str] = set()
    bare: set[str] = set()
    for outlet in outlets:
        domain = outlet.lower().removeprefix("www.")
        whole.update((outlet.lower(), domain))
        labels = [label for label in domain.split(".")[:-1] if label not in ("edition", "co", "com", "uk")]
        bare.update(label for label in labels if "." in domain)
        whole.update(name.lower() for name in masks.get(outlet, ()))
    names = [rf"(?i:{re.escape(name)})" for name in sorted(whole, key=lambda n: (-len(n), n))]
    names += [rf"(?:{re.escape(n.upper())}|{re.escape(n.capitalize())})" for n in sorted(bare)]
    return re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)")


def log_odds(
    own: NDArray[np.float64], other: NDArray[np.float64], prior: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Log-odds ratios of word counts and their z, with pseudo-counts ``prior`` (Monroe, Colaresi & Quinn 2008)."""
    a, b = own + prior, other + prior
    ratio = np.log(a / (a.sum() - a)) - np.log(b / (b.sum() - b))
    return ratio, ratio / np.sqrt(1 / a + 1 / b)


def flip_signs(differences: NDArray[np.float64], seed: int = 0) -> NDArray[np.float64]:
    """Two-sided p of each column of event differences being symmetric about zero, by flipping the events' signs.

    All flips are tried for up to 12 events; beyond that 4,096 are drawn and the observed one is counted in (Phipson &
    Smyth 2010).
    """
    n = len(differences)
    if n <= ENUMERABLE:
        signs = 1.0 - 2.0 * ((np.arange(2**n)[:, None] >> np.arange(n)) & 1)
    else:
        drawn = np.random.default_rng(seed).choice([-1.0, 1.0], size=(2**ENUMERABLE, n))
        signs = np.vstack([np.ones(n), drawn])
    observed = np.abs(differences.sum(axis=0))
    slack = 1e-9 * np.abs(differences).sum(axis=0)
    return (np.abs(signs @ differences) >= observed - slack).mean(axis=0)


def _records(texts: Iterable[OutletText] | pd.DataFrame) -> list[OutletText]:
    if not isinstance(texts, pd.DataFrame):
        return list(texts)
    columns = (texts.event, texts.outlet, texts.text)
    return [OutletText(None if pd.isna(e) else str(e), str(o), str(t)) for e, o, t in zip(*columns, strict=True)]


class Pairs(NamedTuple):
    """Counts of each word (columns) on each shared event (rows), by an outlet and by the others, and their words."""

    own: NDArray[np.float64]
    other: NDArray[np.float64]
    own_size: NDArray[np.float64]
    other_size: NDArray[np.float64]


def _pair_events(
    outlet: str, records: Sequence[OutletText], matrix: NDArray[np.float64], sizes: NDArray[np.float64]
) -> Pairs:
    mine = np.array([record.outlet == outlet for record in records])
    rows = []
    for event in sorted({r.event for r in records if r.event is not None}):
        here = np.array([record.event == event for record in records])
        own, other = here & mine, here & ~mine
        if sizes[own].sum() and sizes[other].sum():
            rows.append((matrix[own].sum(axis=0), matrix[other].sum(axis=0), sizes[own].sum(), sizes[other].sum()))
    counts = [np.array([row[side] for row in rows]).reshape(len(rows), matrix.shape[1]) for side in (0, 1)]
    return Pairs(*counts, *(np.array([row[side] for row in rows]).reshape(-1, 1) for side in (2, 3)))


def _outlet_rows(pairs: Pairs, outlet: str, vocabulary: Sequence[str], seed: int) -> pd.DataFrame:
    n = len(pairs.own)
    refusal = None if n >= FEWEST_EVENTS else f"no test: {n} shared event{'s' * (n != 1)}, {FEWEST_EVENTS} are needed"
    even = np.minimum(pairs.own_size, pairs.other_size)
    own, other = (pairs.own * even / pairs.own_size).sum(axis=0), (pairs.other * even / pairs.other_size).sum(axis=0)
    used = own + other
    ratio, z = log_odds(own, other, np.maximum(PRIOR * used / max(used.sum(), 1.0), 1e-9))
    differences = pairs.own / pairs.own_size - pairs.other / pairs.other_size
    data = {
        "word": list(vocabulary),
        "outlet": outlet,
        "count": pairs.own.sum(axis=0).astype(int),
        "other_count": pairs.other.sum(axis=0).astype(int),
        "log_odds": ratio,
        "z": z,
        "n_events": n,
        "p": flip_signs(differences, seed) if refusal is None else np.nan,
    }
    return pd.DataFrame(data).assign(refusal=pd.Series([refusal] * len(vocabulary), dtype="string"))
