"""Two codings of the same texts, table by table: gold against the engines, or one coder against another."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import NamedTuple

import numpy as np

from samestory import tables
from samestory.validation.codes import score_class, score_classes, score_codes, score_sets
from samestory.validation.codings import Coding, Unit
from samestory.validation.corpora.records import Attribution, Pieces, Span
from samestory.validation.gold import OUTLET
from samestory.validation.linked import score_linked
from samestory.validation.spans import Score, count_spans, match_units, overlap, score_counts, score_spans

Texts = Mapping[str, str]  # canonical text by SHA-256
Units = Mapping[str, list[Unit]]  # units of one table by text
Pairs = dict[str, list[tuple[Unit, Unit]]]
CODES = {
    "attributions": ("attribution_kind", "quote_type", "cue_stance", "layer"),
    "sources": ("source_type", "identification", "anonymous"),
    "certainty": ("certainty_type", "holder"),
    "labels": ("agency", "passive_without_agent", "response", "position", "voice"),
    "claims": ("role", "quantity", "bound", "unit_class", "about", "holder"),
}
MEASURES = {
    "segments": "segments",
    "attributions": "sourcing",
    "certainty": "certainty",
    "labels": "framing.labels",
    "frames": "framing.frames",
    "claims": "claims",
    "claim_relations": "claims.relations",
}
TUPLE = ("role", "quantity", "bound", "unit_class", "about")
CLASSLESS = ("age", "date_time", "place")  # roles whose claims have no class to agree on
CASUALTIES = ("killed", "injured")
REVISED = ("update", "conflict", "differ")  # relations of numbers that cannot both be true
CODED_CLASSES = ("person", "official", "police", "military", "civilian", "child", "attacker")  # the codebook's own
NUMBERS = ("quantity", "layer")  # macro-F1 over numbers has no meaning
PEOPLE = ("killed", "injured", "missing", "detained", "suspects")  # roles that count people
ABSENT = "(no code)"  # "none" is a code of its own: a source that is not there
NAMED = ("named_person", "named_institution")
ROLES = ("cue", "source", "content")
FEWEST_CASES = 15  # gold cases from which a source type is judged on its own


class Names(NamedTuple):
    """What the scores of a comparison are filed under."""

    corpus: str
    part: str
    seed: int

    def keywords(self, measure: str) -> dict:
        return {"measure": measure, "corpus": self.corpus, "part": self.part, "seed": self.seed}


class _Relation(NamedTuple):
    relation: str
    role: str
    ends: tuple[tuple[str, str], ...]  # (text, claim) of both sides, in order


def compare_table(table: str, gold: Coding, found: Coding, texts: Texts, names: Names) -> tuple[Score, ...]:
    """Every score of one table on these texts; texts that gold does not code for it are left out."""
    kept = [text for text in texts if text in gold.units.get(table, {})]
    if not kept:
        return ()
    if table == "claim_relations":
        return tuple(_relations(gold, found, names))
    scorers: dict[str, Callable[..., Iterator[Score]]] = {
        "segments": _segments,
        "attributions": _attributions,
        "certainty": partial(_certainty, _attributions_in_both(gold, found, kept)),
        "labels": _labels,
        "claims": _claims,
        "frames": _frames,
    }
    return tuple(scorers[table](gold.of(table, kept), found.of(table, kept), texts, names))


def _attributions_in_both(gold: Coding, found: Coding, texts: Sequence[str]) -> Pairs:
    coded = [text for text in texts if text in gold.units.get("attributions", {})]
    return matched(gold.of("attributions", coded), found.of("attributions", coded), "cue", "content")


def matched(one: Units, other: Units, *fields: str) -> Pairs:
    """Units of both sides that overlap in these fields, one to one; the first field that both have decides."""
    pairs: Pairs = {}
    for text, units in one.items():
        others, pairs[text] = other.get(text, []), []
        for name in fields:
            ours, theirs = ([u for u in side if _first_field(u, fields) == name] for side in (units, others))
            found = match_units([u.extent(name) for u in ours], [u.extent(name) for u in theirs])
            pairs[text] += [(ours[a], theirs[b]) for a, b in found]
    return pairs


def paired_sources(pairs: Pairs) -> Pairs:
    """The sources of matched attributions, in text order; one that the other side lacks has no partner."""
    return {text: [both for a, b in units for both in zip(a.sources, b.sources)] for text, units in pairs.items()}  # noqa: B905


def code_pairs(pairs: Pairs, name: str) -> dict[str, list[tuple[str, str]]]:
    """One code of matched units, ABSENT where one side leaves it out. Holders and voices are outlet or source."""
    seen = partial(_whose, name) if name in ("holder", "voice") else partial(_code, name)
    both = {text: [(seen(a), seen(b)) for a, b in units] for text, units in pairs.items()}
    unsaid = ABSENT if name == "holder" else None  # a coder who was shown no attributions leaves holders out
    return {
        text: [pair for pair in codes if pair != (ABSENT, ABSENT) and pair[0] != unsaid] for text, codes in both.items()
    }


def _first_field(unit: Unit, fields: Sequence[str]) -> str | None:
    return next((name for name in fields if unit.extent(name)), None)


def _code(name: str, unit: Unit) -> str:
    """A code; a unit class at the codebook's depth: coders write "police", engines "person > official > police"."""
    code = unit.codes.get(name, ABSENT)
    if name != "unit_class":
        return code
    return next((part for part in reversed(code.split(" > ")) if part in CODED_CLASSES), code.rpartition(" > ")[2])


def _whose(name: str, unit: Unit) -> str:
    code = unit.codes.get(name, ABSENT)
    return code if code in (OUTLET, ABSENT) else "source"


def _score_pairs(table: str, pairs: Pairs, names: Names) -> Iterator[Score]:
    for name in CODES[table]:
        measure = f"{MEASURES.get(table, 'sourcing')}.{name}"
        scores = score_codes(code_pairs(pairs, name), **names.keywords(measure))
        yield from scores[:1] if name in NUMBERS else scores


def spans_of(side: Units, name: str) -> dict[str, list[Pieces]]:
    """The extent of each unit in one field."""
    return {text: [unit.extent(name) for unit in units] for text, units in side.items()}


def _where(side: Units, keep: Callable[[Unit], bool]) -> dict[str, list[Unit]]:
    return {text: [unit for unit in units if keep(unit)] for text, units in side.items()}


def _segments(one: Units, other: Units, texts: Texts, names: Names) -> Iterator[Score]:
    """Characters: those that count (headline, deck, body), then those of each segment."""
    yield _characters(one, other, tables.COUNTED_SEGMENTS, names.keywords("segments.counted"))
    for role in tables.SEGMENTS:
        if any(unit.codes.get("segment") == role for units in one.values() for unit in units):
            yield _characters(one, other, (role,), names.keywords(f"segments.{role}"))


def _characters(one: Units, other: Units, roles: tuple[str, ...], keywords: dict) -> Score:
    theirs, ours = (_where(side, lambda unit: unit.codes.get("segment") in roles) for side in (one, other))
    counts = []
    for text, units in theirs.items():
        gold = [piece for unit in units for piece in unit.extent("span")]
        found = [piece for unit in ours.get(text, []) for piece in unit.extent("span")]
        shared = overlap(found, gold)
        counts.append((shared, _characters_in(found), shared, _characters_in(gold)))
    return score_counts(counts, "character", sum(map(len, theirs.values())), **keywords)


def _characters_in(spans: Iterable[Span]) -> int:
    return sum(end - start for start, end in spans)


def _attributions(one: Units, other: Units, texts: Texts, names: Names) -> Iterator[Score]:
    """Spans of cued attributions, whole and of each kind; carried ones apart; codes of those that both sides have."""
    cued, found = (_where(side, lambda unit: bool(unit.extent("cue"))) for side in (one, other))
    for role in ROLES:
        spans = spans_of(cued, role), spans_of(found, role)
        yield from score_spans(*spans, texts, **names.keywords(f"sourcing.{role}"))
    yield from score_linked(_linked(cued), _linked(found), **names.keywords("sourcing.linked"))
    for role, kind, holds in _kinds():
        sides = _where(cued, holds), _where(found, holds)
        if any(sides[0].values()):
            yield from score_spans(
                spans_of(sides[0], role),
                spans_of(sides[1], role),
                against=(spans_of(cued, role), spans_of(found, role)),
                metrics=("exact", "overlap"),
                **names.keywords(f"sourcing.{role}.{kind}"),
            )
    carried, also = (_where(side, lambda unit: not unit.extent("cue")) for side in (one, other))
    yield from score_spans(
        spans_of(carried, "content"),
        spans_of(also, "content"),
        metrics=("overlap",),
        **names.keywords("sourcing.carried"),
    )
    pairs = matched(one, other, "cue", "content")
    yield from _score_pairs("attributions", pairs, names)
    sources = paired_sources(pairs)
    yield from _score_pairs("sources", sources, names)
    types = code_pairs(sources, "source_type")
    yield from score_classes(types, least=FEWEST_CASES, **names.keywords("sourcing.source_type"))
    withheld = code_pairs(sources, "anonymous")
    yield from score_class(withheld, "true", **names.keywords("sourcing.anonymous"))


def _linked(side: Units) -> dict[str, list[Attribution]]:
    return {
        text: [Attribution(*(unit.extent(role) for role in ROLES)) for unit in units] for text, units in side.items()
    }


def _kinds() -> Iterator[tuple[str, str, Callable[[Unit], bool]]]:
    """Role that is scored, name of the kind, and which attributions are of it."""
    for kind in tables.QUOTE_TYPES:
        yield "content", kind, partial(_has_code, "quote_type", (kind,))
    for role in ROLES:
        yield role, "speech", partial(_has_code, "attribution_kind", ("speech",))
    yield "source", "named", lambda unit: any(_has_code("identification", NAMED, one) for one in unit.sources)
    yield "source", "anonymous", lambda unit: any(_has_code("anonymous", ("true",), one) for one in unit.sources)


def _has_code(name: str, codes: Sequence[str], unit: Unit) -> bool:
    return unit.codes.get(name) in codes


def _certainty(same: Pairs, one: Units, other: Units, texts: Texts, names: Names) -> Iterator[Score]:
    """Cues of any type, of each type; of cues that both sides have type, holder, scope and number.

    ``same`` are the attributions that both sides have: the holder is judged as outlet or source, then as one of these.
    """
    cues = spans_of(one, "span"), spans_of(other, "span")
    yield from score_spans(*cues, metrics=("exact", "overlap"), **names.keywords("certainty.cue"))
    for kind in tables.CERTAINTY_TYPES:
        theirs, ours = _of_type(one, kind), _of_type(other, kind)
        if any(theirs.values()):
            cues = spans_of(theirs, "span"), spans_of(ours, "span")
            yield from score_spans(*cues, metrics=("exact",), **names.keywords(f"certainty.{kind}"))
    pairs = matched(one, other, "span")
    yield from _score_pairs("certainty", pairs, names)
    held = _same_holder(pairs, same)
    yield from score_codes(held, **names.keywords("certainty.holder.attribution"))[:1]
    yield from _paired_spans(pairs, "scope", texts, names.keywords("certainty.scope"))
    yield from _paired_spans(pairs, "number", texts, names.keywords("certainty.number"))


def _paired_spans(pairs: Pairs, field: str, texts: Texts, keywords: dict) -> Iterator[Score]:
    """Tokens of one field of matched units, each pair by itself; units whose gold leaves the field out do not count."""
    counts, n_units = [], 0
    for text, units in pairs.items():
        each = [
            count_spans({text: [gold.extent(field)]}, {text: [found.extent(field)]}, "token", texts)[0]
            for gold, found in units
            if gold.extent(field)
        ]
        counts.append(np.sum(each, axis=0) if each else np.zeros(4))
        n_units += len(each)
    if n_units:
        yield score_counts(np.array(counts), "token", n_units, **keywords)


def _same_holder(pairs: Pairs, same: Pairs) -> dict[str, list[tuple[str, str]]]:
    """Holders of matched cues, the found one under the name of the gold attribution that it is matched with."""
    codes: dict[str, list[tuple[str, str]]] = {}
    for text, units in pairs.items():
        names = {found.name: gold.name for gold, found in same.get(text, [])} | {OUTLET: OUTLET}
        held = [(_code("holder", a), _code("holder", b)) for a, b in units]
        codes[text] = [(gold, names.get(found, "another")) for gold, found in held if gold != ABSENT]
    return codes


def _of_type(side: Units, kind: str) -> dict[str, list[Unit]]:
    return _where(side, lambda unit: unit.codes.get("certainty_type") == kind)


def _labels(one: Units, other: Units, texts: Texts, names: Names) -> Iterator[Score]:
    spans = spans_of(one, "span"), spans_of(other, "span")
    yield from score_spans(*spans, metrics=("exact", "overlap"), **names.keywords("framing.labels"))
    yield from _score_pairs("labels", matched(one, other, "span"), names)


def _claims(one: Units, other: Units, texts: Texts, names: Names) -> Iterator[Score]:
    """Spans; what a claim says as a tuple, of casualties, of all people, and of all; codes of claims both sides have.

    Sums that an engine adds for co-ordinated counts are left out: coders do not code what the text does not state.
    """
    one, other = _unsummed(one), _unsummed(other)
    spans = spans_of(one, "span"), spans_of(other, "span")
    yield from score_spans(*spans, metrics=("overlap",), **names.keywords("claims.span"))
    yield _multiset(_tuples(one), _tuples(other), **names.keywords("claims.tuple"))
    for group, roles in (("casualties", CASUALTIES), ("people", PEOPLE)):
        gold, found = (_where(side, partial(_has_code, "role", roles)) for side in (one, other))
        if any(gold.values()):
            yield _multiset(_tuples(gold), _tuples(found), **names.keywords(f"claims.tuple.{group}"))
    pairs = matched(one, other, "span")
    yield from _score_pairs("claims", pairs, names)
    dated = {text: [(a, b) for a, b in units if _code("role", a) == "date_time"] for text, units in pairs.items()}
    yield from score_codes(code_pairs(dated, "value"), **names.keywords("claims.date"))[:1]


def _unsummed(side: Units) -> dict[str, list[Unit]]:
    """Units but for sums: those without a noun of their own that hold other units which are parts of them."""
    return {text: [unit for unit in units if not _is_sum(unit, units)] for text, units in side.items()}


def _is_sum(unit: Unit, units: Sequence[Unit]) -> bool:
    return "unit" not in unit.codes and any(
        part.codes.get("subset_of") == unit.name and _within(part, unit) for part in units
    )


def _within(part: Unit, whole: Unit) -> bool:
    (start, end), (first, last) = whole.extent("span")[0], part.extent("span")[0]
    return start <= first and last <= end


def _tuples(side: Units) -> dict[str, Counter]:
    return {text: Counter(_tuple(unit) for unit in units) for text, units in side.items()}


def _tuple(unit: Unit) -> tuple[str, ...]:
    codes = {name: _code(name, unit) for name in TUPLE}
    return tuple((codes | {"unit_class": ABSENT} if codes["role"] in CLASSLESS else codes).values())


def _relations(gold: Coding, found: Coding, names: Names) -> Iterator[Score]:
    """Relations as (relation, role, the claims on both sides), between texts that the coder compared; and, for pairs of
    claims that the engine has on both sides, whether it says the same, where a pair that it does not set side by side
    is "not_comparable", and whether it tells updates from conflicts.

    The claims of both sides are matched by their spans first: a relation of a claim that the engine missed is missed.
    """
    compared = {text for relation in _related(gold, {}) for text, _ in relation.ends}
    same = {
        (text, ours.name): (text, theirs.name)
        for text, pairs in matched(gold.of("claims"), found.of("claims"), "span").items()
        for theirs, ours in pairs
    }
    sides = []
    for coding, place in ((gold, {}), (found, same)):
        counted: dict[str, Counter] = {text: Counter() for text in sorted(compared)}
        for relation in _related(coding, place):
            if all(text in compared for text, _ in relation.ends):
                counted[relation.ends[0][0]][relation] += 1
        sides.append(counted)
    yield _multiset(sides[0], sides[1], **names.keywords("claims.relations"))
    said = {relation.ends: relation.relation for counted in sides[1].values() for relation in counted}
    has = set(same.values())
    both = {
        text: [
            (relation.relation, said.get(relation.ends, "not_comparable"))
            for relation in counted
            if all(end in has for end in relation.ends)
        ]
        for text, counted in sides[0].items()
    }
    yield from score_codes(both, **names.keywords("claims.relations.given_claims"))[:1]
    revised = {text: [pair for pair in pairs if set(pair) <= set(REVISED)] for text, pairs in both.items()}
    yield from score_codes(revised, **names.keywords("claims.relations.update_or_conflict"))[:1]


def _related(coding: Coding, place: Mapping[tuple[str, str], tuple[str, str]]) -> Iterator[_Relation]:
    for text, units in coding.of("claim_relations").items():
        for unit in units:
            ends = [(text, unit.codes.get("claim", ABSENT))]
            ends.append((unit.codes.get("other_text", text), unit.codes.get("other_claim", ABSENT)))
            named = tuple(sorted(place.get(end, end) for end in ends))
            yield _Relation(unit.codes.get("relation", ABSENT), unit.codes.get("role", ABSENT), named)


def _multiset(one: Mapping[str, Counter], other: Mapping[str, Counter], **keywords) -> Score:
    counts = []
    for text, theirs in one.items():
        ours = other.get(text, Counter())
        right = (theirs & ours).total()
        counts.append((right, ours.total(), right, theirs.total()))
    return score_counts(counts, "tuple", **keywords)


def _frames(one: Units, other: Units, texts: Texts, names: Names) -> Iterator[Score]:
    for scheme in tables.FRAME_SCHEMES:
        theirs, ours = (_present(side, scheme) for side in (one, other))
        if any(theirs.values()):
            yield from score_sets(theirs, ours, **names.keywords(f"framing.frames.{scheme}"))


def _present(side: Units, scheme: str) -> dict[str, set[str]]:
    """Frames that hold; coders write their names with blanks, as the codebook does, engines with underscores."""
    held = _where(side, lambda unit: unit.codes.get("scheme") == scheme and unit.codes.get("present") == "true")
    return {text: {unit.codes["frame"].replace(" ", "_") for unit in units} for text, units in held.items()}
