"""One chart of each kind, on data made by hand, whatever the outlets are called and however many they are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from samestory.figures import (
    Chart,
    agency_chart,
    bars,
    contrast_chart,
    dots,
    grouped_dots,
    matrix,
    specification_curve,
    stacks,
    stage_bars,
    steps,
    timeline,
    triple_chart,
)
from samestory.figures import words as words_plot

KINDS = ("agency", "bars", "contrasts", "dots", "grouped_dots", "matrix", "specifications", "stacks", "stages", "steps",
         "timeline", "triple", "words")  # fmt: skip
LINKED = ("bars", "contrasts", "dots", "grouped_dots", "matrix", "stacks")


def drawn(
    kind: str, outlets: Sequence[str] = ("wire", "b", "c"), number: float = 3.0, links: Mapping[Any, str] | None = None
) -> Chart:
    """A chart of this kind about these outlets; the first also stands in the title, and ``number`` in the data."""
    told: dict[str, Any] = {"title": f"What {outlets[0]} says of it", "alt": f"Counts for {outlets[0]}."}
    if kind in LINKED:
        told["links"] = links
    data = DATA[kind](list(outlets), number)
    return DRAW[kind](data, told)


def _rows(outlets: list[str], number: float) -> pd.DataFrame:
    rows = [(name, number + n, n / 2, None if n == 1 else number + 2 * n) for n, name in enumerate(outlets)]
    return pd.DataFrame(rows, columns=["outlet", "n", "low", "high"])


def _parts(outlets: list[str], number: float) -> pd.DataFrame:
    rows = [
        (name, part, (number + n) * m) for n, name in enumerate(outlets) for m, part in enumerate([outlets[0], "y"])
    ]
    return pd.DataFrame(rows, columns=["outlet", "kind", "n"])


def _grid(outlets: list[str], number: float) -> pd.DataFrame:
    rows = pd.MultiIndex.from_tuples([(outlets[0], outlets[-1]), (outlets[0], "other"), ("victims", "other")])
    return pd.DataFrame([[number + n] * len(outlets) for n in (0, -number, 1234)], index=rows, columns=outlets)


def _groups(outlets: list[str], number: float) -> pd.DataFrame:
    rows = [(group, name, None if n == 1 else number * n, "not named" if n == 1 else f"word {n}, {group}",
             ("headline", "lead", "body")[n % 3])
            for group in (outlets[-1], "victims") for n, name in enumerate(outlets)]  # fmt: skip
    return pd.DataFrame(rows, columns=["name", "outlet", "n", "said", "position"])


def _acts(outlets: list[str], number: float) -> pd.DataFrame:
    rows = [(group, name, number, 2 + n, n, n) for group in (outlets[-1], "x") for n, name in enumerate(outlets)]
    return pd.DataFrame(rows, columns=["name", "outlet", "agent", "patient", "without_agent", "other"])


def _contrasts(outlets: list[str], number: float) -> pd.DataFrame:
    tests = (("Words given to sources", 0.01), (outlets[-1], 0.4))
    rows = [(f"{outlets[0]} – {name}", label, n / 12, None if n == 1 else 0.0, 1.0, q,
             f"+{number} [-1, 2.3] % of {name}")
            for n, name in enumerate(outlets) for label, q in tests]  # fmt: skip
    return pd.DataFrame(rows, columns=["pair", "label", "higher_in", "higher_low", "higher_high", "q", "said"])


def _triple(outlets: list[str], number: float) -> pd.DataFrame:
    names = [f"{column}{end}" for column in ("machine", "human", "corrected") for end in ("", "_low", "_high")]
    rows = [(name, *[number, number - 5, number + 5] * 2, None, None, None) for name in outlets]
    return pd.DataFrame(rows, columns=["label", *names])


def _pairs(outlets: list[str], number: float) -> pd.DataFrame:
    rows = [(name, outlets[0], number, 1, n, 0) for n, name in enumerate(outlets)]
    return pd.DataFrame(rows, columns=["outlet", "other_outlet", "earlier", "same", "later", "unknown"])


def _times(outlets: list[str], number: float) -> pd.DataFrame:
    start = pd.Timestamp("2020-02-06T08:00") + pd.Timedelta(hours=number)
    rows = [(name, pd.NA if n == 1 else f"2020-02-06T{8 + n:02d}:00:00+02:00", None if n == 1 else start + n * HOUR,
             None if n == 1 else start + n * HOUR + (n % 2) * HOUR * 26, ("earlier", "unknown", "later")[n % 3])
            for n, name in enumerate(outlets)]  # fmt: skip
    data = pd.DataFrame(rows, columns=["outlet", "published", "earliest", "latest", "stage"])
    return data.astype({"earliest": "datetime64[s]", "latest": "datetime64[s]"})


HOUR = pd.Timedelta(hours=1)


def _tolls(outlets: list[str], number: float) -> pd.DataFrame:
    times = _times(outlets, 0)
    bounds = [("at_least", "approximate", "at_most", "exact")[n % 4] for n in range(len(outlets))]
    one = times.assign(quantity=[number + n for n in range(len(outlets))], bound=bounds, voice=outlets[0])
    one = one.assign(
        low=one.quantity.where(one.bound != "at_most"), high=(one.quantity + 2).where(one.bound != "at_least")
    )
    return pd.concat([one.assign(role="killed"), one.assign(role="injured", voice="outlet")], ignore_index=True)


def _specifications(outlets: list[str], number: float) -> pd.DataFrame:
    rows = [(name, number + n, number - 1, number + n + 1, n == 1, n == 0, "failed" if n == 2 else "ran",
             ("counted", "not counted")[n % 2], outlets[0]) for n, name in enumerate(outlets)]  # fmt: skip
    names = ["specification", "difference", "low", "high", "significant", "reference", "status", "headline", "wire"]
    return pd.DataFrame(rows, columns=names)


def _words(outlets: list[str], number: float) -> pd.DataFrame:
    rows = [(name, word, 9 + 40 * n, number, (n - 2) * 1.6, 0.01 if n == 4 else 0.4)
            for name in outlets for n, word in enumerate(["lorry", "of", "the", outlets[0], "bombing"])]  # fmt: skip
    return pd.DataFrame(rows, columns=["outlet", "word", "count", "other_count", "z", "q"])


DATA = {
    "agency": _acts, "bars": _rows, "contrasts": _contrasts, "dots": _rows, "grouped_dots": _groups, "matrix": _grid,
    "specifications": _specifications, "stacks": _parts, "stages": _pairs, "steps": _tolls, "timeline": _times,
    "triple": _triple, "words": _words,
}  # fmt: skip
DRAW = {
    "agency": lambda data, told: agency_chart(data, **told),
    "bars": lambda data, told: bars(data, label="outlet", value="n", unit="words", **told),
    "contrasts": lambda data, told: contrast_chart(data, **told),
    "dots": lambda data, told: dots(data, label="outlet", value="n", unit="words", **told),
    "grouped_dots": lambda data, told: grouped_dots(
        data, group="name", label="outlet", value="n", said="said", unit="words before it", kind="position",
        kinds=("headline", "lead", "body"), **told
    ),
    "matrix": lambda data, told: matrix(data, **told),
    "specifications": lambda data, told: specification_curve(
        data, {"headline": ("counted", "not counted"), "wire": tuple(data.wire[:1])}, unit="difference", **told
    ),
    "stacks": lambda data, told: stacks(data, label="outlet", part="kind", value="n", unit="mentions", **told),
    "stages": lambda data, told: stage_bars(data, **told),
    "steps": lambda data, told: steps(data, **told),
    "timeline": lambda data, told: timeline(data, **told),
    "triple": lambda data, told: triple_chart(data, unit="% of words", **told),
    "words": lambda data, told: words_plot(
        data, data[["outlet", "word"]].drop_duplicates().assign(z_low=-1.9, z_high=1.9), **told
    ),
}  # fmt: skip
