"""Codings: what one coder or one engine says of a set of texts, in one form, so that any two can be compared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.coders import is_model
from samestory.validation.corpora.records import Pieces
from samestory.validation.gold import NONE, SPANS

if TYPE_CHECKING:
    from samestory.annotation import Annotations

PEOPLE_FIRST = ("adjudicated", "", "model-")  # which coder's word is the reference, by how the name starts
# A coder who codes one of these in any text, and parts a text into segments, has read that text for it too: no unit of
# theirs means that there is none. Of a coder who codes segments alone nothing follows.
READ_TOGETHER = ("attributions", "certainty", "claims")
_SOURCE_FIELDS = ("source_type", "identification", "anonymous", "referent", "referent_id")


class Unit(NamedTuple):
    """One coded thing: its spans by field, its codes by field (as text; what is missing is left out)."""

    name: str
    spans: Mapping[str, Pieces]
    codes: Mapping[str, str]
    sources: tuple[Unit, ...] = ()  # of an attribution, in text order

    def extent(self, *fields: str) -> Pieces:
        """All pieces of these fields, in text order."""
        return tuple(sorted(piece for name in fields for piece in self.spans.get(name, ())))


@dataclass(frozen=True)
class Coding:
    """Units by table and text (SHA-256). A text that was coded for a table and holds no unit has an empty list."""

    units: Mapping[str, Mapping[str, list[Unit]]]
    files: Mapping[str, str] = field(default_factory=dict)  # source_file of each text

    def of(self, table: str, texts: Iterable[str] | None = None) -> dict[str, list[Unit]]:
        """The units of a table, of some texts or of all that were coded for it."""
        found = self.units.get(table, {})
        return {text: found.get(text, []) for text in (found if texts is None else texts)}


def read_coding(gold: pd.DataFrame, coder: str | None = None) -> Coding:
    """The coding of one coder (last pass of each text and table), or the reference coding.

    The reference takes, for each text and table, an adjudicated coding where there is one, else a person's, else a
    model's; of several the first by name.
    """
    chosen = gold if coder is None else gold[gold.coder == coder]
    units: dict[str, dict[str, list[Unit]]] = defaultdict(dict)
    for key, part in chosen.groupby(["table", "text_sha256"], sort=True):
        table, text = str(key[0]), str(key[1])
        one = part[part.coder == min(part.coder.unique(), key=_rank)]
        units[table][text] = _units(table, one[one["pass"] == one["pass"].max()])
    parted = chosen[chosen.table == "segments"]
    for table in READ_TOGETHER:
        readers = set(chosen.coder[chosen.table == table])
        for text in sorted(set(parted.text_sha256[parted.coder.isin(readers)])):
            units[table].setdefault(str(text), [])
    files = {str(text): str(name) for text, name in zip(chosen.text_sha256, chosen.source_file, strict=True)}
    _point_at_texts(units["claim_relations"], {name: text for text, name in files.items()})
    return Coding(dict(units), files)


def _point_at_texts(relations: Mapping[str, list[Unit]], texts: Mapping[str, str]) -> None:
    """Name the other text of a relation by its hash, as everything else does; gold names its file."""
    for units in relations.values():
        for n, unit in enumerate(units):
            other = unit.codes.get("other_source_file")
            if other is not None:
                units[n] = unit._replace(codes={**unit.codes, "other_text": texts.get(other, other)})


def _rank(coder: str) -> tuple[int, str]:
    kind = 0 if "adjudicated" in coder else 2 if is_model(coder) else 1
    return kind, coder


def _units(table: str, rows: pd.DataFrame) -> list[Unit]:
    """Units in text order; ``a1.2`` is a further source of ``a1``."""
    found: dict[str, Unit] = {}
    spans: dict[str, dict[str, list[tuple[int, int]]]] = defaultdict(lambda: defaultdict(list))
    codes: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows.itertuples():
        if row.field in SPANS[table]:
            spans[row.unit][row.field].append((int(row.start), int(row.end)))
        else:
            codes[row.unit][row.field] = str(row.code)
    for name in dict.fromkeys(rows.unit[rows.unit != NONE]):
        pieces = {key: tuple(sorted(parts)) for key, parts in spans[name].items()}
        found[name] = Unit(str(name), pieces, codes[name])
    whole = list(found.values())
    if table == "attributions":
        further = [unit for unit in whole if "." in unit.name]
        whole = [
            _with_sources(unit, [one for one in further if one.name.startswith(f"{unit.name}.")])
            for unit in whole
            if "." not in unit.name
        ]
    return sorted(whole, key=lambda unit: (unit.extent(*unit.spans)[:1], unit.name))


def _with_sources(unit: Unit, further: list[Unit]) -> Unit:
    """An attribution with its sources apart; a source's codes stand in its own unit, else in the attribution's."""
    own = {key: code for key, code in unit.codes.items() if key in _SOURCE_FIELDS}
    pieces = unit.spans.get("source", ())
    sources = [Unit(unit.name, {"span": (piece,)}, own) for piece in pieces] or [Unit(unit.name, {}, own)]
    sources += [Unit(one.name, {"span": one.spans.get("source", ())}, {**own, **one.codes}) for one in further]
    every = tuple(sorted(piece for one in sources for piece in one.spans.get("span", ())))
    codes = {key: code for key, code in unit.codes.items() if key not in _SOURCE_FIELDS}
    ordered = tuple(sorted(sources, key=lambda one: one.spans.get("span", ())))
    return Unit(unit.name, {**unit.spans, "source": every}, codes, ordered)


def annotated_coding(annotations: Annotations) -> Coding:
    """What the engines say, in the same form as gold."""
    texts = dict(zip(annotations.articles.article_id, annotations.articles.text_sha256, strict=True))
    sources, contents = _by_attribution(annotations.sources), _by_attribution(annotations.contents)
    units: dict[str, dict[str, list[Unit]]] = {table: {text: [] for text in texts.values()} for table in SPANS}
    for table in SPANS:
        data = getattr(annotations, table)
        for row in data.to_dict("records"):
            unit = _attribution(row, sources, contents) if table == "attributions" else _row_unit(table, row, texts)
            units[table][texts[row["article_id"]]].append(unit)
    return Coding(units, dict(zip(annotations.articles.text_sha256, annotations.articles.source_file, strict=True)))


def _by_attribution(data: pd.DataFrame) -> dict[str, list[dict]]:
    grouped: dict[str, list[dict]] = defaultdict(list)
    for row in data.to_dict("records"):
        grouped[row["attribution_id"]].append(row)
    return grouped


def _attribution(row: Mapping, sources: Mapping[str, list[dict]], contents: Mapping[str, list[dict]]) -> Unit:
    name = row["attribution_id"]
    ours = [Unit(name, {"span": _piece(source, "")}, _codes(source)) for source in sources.get(name, [])]
    spans = {
        "cue": _piece(row, "cue_"),
        "source": tuple(sorted(piece for unit in ours for piece in unit.spans["span"])),
        "content": tuple(sorted((int(c["start"]), int(c["end"])) for c in contents.get(name, []))),
    }
    return Unit(name, spans, _codes(row), tuple(sorted(ours, key=lambda unit: unit.spans["span"])))


def _row_unit(table: str, row: Mapping, texts: Mapping[str, str]) -> Unit:
    ids = {"certainty": "cue_id", "labels": "label_id", "claims": "claim_id", "frames": "frame"}
    name = str(row.get(ids.get(table, ""), ""))
    spans = {"span": _piece(row, "")} if "start" in row else {}
    if table == "segments":
        spans["repeat_of"] = _piece(row, "repeat_of_")
    if table == "certainty":
        spans |= {"scope": _piece(row, "scope_"), "number": _piece(row, "number_")}
    codes = dict(_codes(row))
    if table == "claim_relations":
        codes["claim"] = str(row["claim_id"])
        if not pd.isna(row["other_claim_id"]):
            codes["other_claim"] = str(row["other_claim_id"])
        if not pd.isna(row["other_article_id"]):
            codes["other_text"] = texts[row["other_article_id"]]
    return Unit(name, spans, codes)


def _piece(row: Mapping, prefix: str) -> Pieces:
    start, end = row[f"{prefix}start"], row[f"{prefix}end"]
    return () if pd.isna(start) else ((int(start), int(end)),)


def _codes(row: Mapping) -> dict[str, str]:
    """Every column that is no offset, as gold writes it; what is null is left out."""
    return {
        name: _text(value)
        for name, value in row.items()
        if not name.endswith(("start", "end")) and name != "article_id" and not pd.isna(value)
    }


def _text(value: object) -> str:
    if isinstance(value, bool) or type(value).__name__ == "bool_":
        return "true" if value else "false"
    if isinstance(value, float) and value == int(value):
        return str(int(value))
    return str(value)
