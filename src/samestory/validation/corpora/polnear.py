"""PolNeAR, attributions in US political news (Newell, Margolin & Ruths 2018), as brat standoff files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from samestory.validation.corpora.location import corpus_path
from samestory.validation.corpora.records import Attribution, AttributionDocument, Pieces

KINDS = ("Attribution", "Attribution-no-source")
_SPAN = re.compile(r"^(T\d+)\t(\S+) (\d+ \d+(?:;\d+ \d+)*)\t")
_EVENT = re.compile(r"^E\d+\t(\S+):(T\d+) ?(.*)$")


def read(part: str = "dev", shared: Path | None = None, limit: int | None = None) -> tuple[AttributionDocument, ...]:
    """The articles of one part (``train`` or ``dev``), each as its first annotator (lowest name) marked it."""
    folder = corpus_path(shared, "gold", "polnear", part)
    by_text: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        by_text.setdefault(path.stem.rpartition("_")[0], path)
    return tuple(_document(folder, name, path) for name, path in list(by_text.items())[:limit])


def _document(folder: Path, name: str, path: Path) -> AttributionDocument:
    with (folder / "text" / f"{name}.txt").open(encoding="utf-8", newline="") as file:
        text = file.read()
    attributions = tuple(parse_standoff(path.read_text(encoding="utf-8"), str(path.name)))
    return AttributionDocument(name, text, attributions, path.stem.rpartition("_")[2])


def parse_standoff(standoff: str, name: str = "standoff") -> Iterator[Attribution]:
    """Attributions in text order of their events.

    A line that opens neither a span nor an event goes on with the text quoted above it, or is an annotator's note.
    Events without any role are remnants of marking and are left out. Raises ValueError where an event names a span
    that is not there.
    """
    lines = standoff.split("\n")
    spans = {m[1]: _pieces(m[3]) for line in lines if (m := _SPAN.match(line))}
    for line in lines:
        event = _EVENT.match(line.rstrip("\r"))
        if event is None or event[1] not in KINDS or not event[3].strip():
            continue
        roles: dict[str, list[tuple[int, int]]] = {"Cue": [], "Source": [], "Content": []}
        for role, _, target in (argument.partition(":") for argument in event[3].split()):
            if target not in spans or role.rstrip("0123456789") not in roles:
                raise ValueError(f"{name}: event {line.split()[0]} names {role}:{target}, which is no span there")
            roles[role.rstrip("0123456789")].extend(spans[target])
        yield Attribution(*(tuple(sorted(roles[role])) for role in ("Cue", "Source", "Content")))


def _pieces(offsets: str) -> Pieces:
    pairs = (piece.split() for piece in offsets.split(";"))
    return tuple(sorted((int(start), int(end)) for start, end in pairs))
