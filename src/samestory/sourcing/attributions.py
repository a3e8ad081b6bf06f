"""From a document to its attributions: found by the tagger and the rules, then layers, ids and tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from samestory import tables
from samestory.document import Document
from samestory.language.phrases import Span, meet
from samestory.sourcing.carried import find_carried
from samestory.sourcing.found import Found, Scene, Source, read_scene
from samestory.sourcing.lexicons import words
from samestory.sourcing.quotes import carry_quotations
from samestory.sourcing.rules import find_by_rules
from samestory.sourcing.sources import NOBODY, Coded, Placed, code_sources
from samestory.sourcing.tagger import has_model, tag_attributions

TAGGER, RULES = "tagger-2", "rules-1"  # what the column ``engine`` says


@dataclass(frozen=True)
class Sourcing:
    """The tables ``attributions``, ``sources`` and ``contents`` of one article."""

    attributions: pd.DataFrame
    sources: pd.DataFrame
    contents: pd.DataFrame


def find_attributions(document: Document) -> Sourcing:
    """Find who is cited for what (codebook, section 2).

    A learned tagger finds attributions, prompted by rules on the dependency parse, which add what it does not look for.
    Without the tagger's weights the rules find all, and ``engine`` says so.

    Columns are those of the three tables; ``sources.referent_id`` is null here. A carried attribution has no cue and
    no source phrase of its own: its rows in ``sources`` point to the phrase that it goes on from.
    """
    scene = read_scene(document)
    ruled = find_by_rules(scene)
    tagged = has_model()
    found = _join(scene, tag_attributions(scene, ruled), ruled) if tagged else ruled
    found += find_carried(scene, found)
    found.sort(key=lambda f: (f.start, f.cue or (0, 0)))
    found, parents = _nest(found)
    return _as_tables(scene, found, parents, TAGGER if tagged else RULES)


def _join(scene: Scene, tagged: Sequence[Found], ruled: Sequence[Found]) -> list[Found]:
    """What the tagger found, with what the rules found where it does not look.

    Headlines are the rules', and so are attributions without content (a refusal); inside contents, of which the tagger
    learnt too few, both find some. Agentless ones and colons are rare where it learnt: the rules' join where its
    contents leave room. Quotations that are then left over go on from the attribution before them.
    """
    kept = [f for f in tagged if not _stands_in(f.start, scene.headlines) and not _is_deed(scene, f)]
    cues = [f.cue for f in kept if f.cue is not None]
    contents = [span for f in kept for span in f.contents]

    def joins(rule: Found) -> bool:
        if rule.cue is None or meet((rule.cue,), cues):
            return False
        if not rule.contents or _stands_in(rule.start, scene.headlines) or _stands_in(rule.cue[0], contents):
            return True
        rare = not rule.sources or not any(map(str.isalnum, scene.parse.text[slice(*rule.cue)]))
        return rare and not rule.needs_outer and not meet(rule.contents, contents)

    found = [*kept, *(rule for rule in ruled if joins(rule))]
    return found + carry_quotations(scene, found)


def _is_deed(scene: Scene, found: Found) -> bool:
    """Whether a cue names an act that is no report (codebook, section 2): charge, sentence, order."""
    assert found.cue is not None
    return any(token.lemma.lower() in words("deeds") for token in scene.parse.tokens_in(*found.cue))


def _stands_in(offset: int, spans: Sequence[Span]) -> bool:
    return any(start <= offset < end for start, end in spans)


def _nest(found: Sequence[Found]) -> tuple[list[Found], list[int | None]]:
    """The attribution in whose content each one stands, the innermost; drops what counts only inside another."""
    parents = [_parent(found, n) for n in range(len(found))]
    kept = [n for n, f in enumerate(found) if parents[n] is not None or not f.needs_outer]
    place = {n: at for at, n in enumerate(kept)}
    result = [replace(found[n], needs_outer=False) for n in kept]
    return result, [place.get(p) if (p := parents[n]) is not None else None for n in kept]


def _parent(found: Sequence[Found], n: int) -> int | None:
    own = found[n]
    anchor = own.cue if own.cue is not None else own.contents[0]
    size = sum(e - s for s, e in own.contents)
    best: tuple[int, int] | None = None
    for m, other in enumerate(found):
        around = [e - s for s, e in other.contents if s <= anchor[0] and anchor[1] <= e]
        total = sum(e - s for s, e in other.contents)
        if m != n and around and total > size and (best is None or total < best[0]):
            best = total, m
    return best[1] if best is not None else None


def _as_tables(scene: Scene, found: Sequence[Found], parents: Sequence[int | None], engine: str) -> Sourcing:
    article = scene.document.article_id
    ids = [f"{article}-a{n}" for n in range(len(found))]
    origin = {_key(f): ids[n] for n, f in enumerate(found)}
    attributions, sources, contents = [], [], []
    coded = iter(code_sources(scene, list(_place_sources(scene, found, parents))))
    for n, f in enumerate(found):
        own = {"article_id": article, "attribution_id": ids[n]}
        parent = parents[n]
        place = {
            "layer": _layer(parents, n),
            "nested_in": ids[parent] if parent is not None else None,
            "carried_from": origin.get(_key(f.carries)) if f.carries is not None else None,
        }
        attributions.append(own | place | _attribution_row(scene, f) | {"engine": engine})
        sources += [own | row for row in _source_rows(f, [next(coded) for _ in f.sources])]
        contents += [own | {"start": start, "end": end} for start, end in f.contents]
    return Sourcing(
        tables.frame("attributions", attributions), tables.frame("sources", sources), tables.frame("contents", contents)
    )


def _place_sources(scene: Scene, found: Sequence[Found], parents: Sequence[int | None]) -> Iterator[Placed]:
    """Every source with what stands before it, around it and inside."""
    earlier: tuple[Source, ...] = ()
    for n, (f, parent) in enumerate(zip(found, parents, strict=True)):
        outer = found[parent].sources[0] if parent is not None and found[parent].sources else None
        saw = any(parents[m] == n and _is_own_perception(scene, other) for m, other in enumerate(found))
        yield from (Placed(source, earlier, outer, saw) for source in f.sources)
        earlier += f.sources if f.carries is None else ()


def _source_rows(found: Found, coded: Sequence[Coded]) -> list[dict[str, object]]:
    """One row a source; one of nobody where there is none."""
    if not found.sources:
        return [{"start": None, "end": None, **NOBODY._asdict()}]
    rows: list[dict[str, object]] = []
    for source, code in zip(found.sources, coded, strict=True):
        rows.append({"start": source.start, "end": source.end, **code._asdict()})
    return rows


def _is_own_perception(scene: Scene, found: Found) -> bool:
    """Whether a source tells what it saw or heard itself: "we saw a man"."""
    if found.kind != "evidence" or len(found.sources) != 1:
        return False
    return scene.parse.tokens[found.sources[0].head].text.lower() in ("i", "we", "they", "he", "she")


def _key(found: Found) -> tuple[Span | None, tuple[Source, ...]]:
    return found.cue, found.sources


def _layer(parents: Sequence[int | None], n: int) -> int:
    layer, seen = 1, n
    while (up := parents[seen]) is not None:
        layer, seen = layer + 1, up
    return layer


def _attribution_row(scene: Scene, found: Found) -> dict[str, object]:
    cue_start, cue_end = found.cue if found.cue is not None else (None, None)
    source_start, source_end = found.source if found.source is not None and found.carries is None else (None, None)
    return {
        "sentence_id": scene.document.sentence_id(found.cue[0] if found.cue is not None else found.contents[0][0]),
        "attribution_kind": found.kind,
        "quote_type": _quote_type(scene, found),
        "cue_stance": found.stance,
        "cue_start": cue_start,
        "cue_end": cue_end,
        "source_start": source_start,
        "source_end": source_end,
        "addressee": found.addressee,
    }


def _quote_type(scene: Scene, found: Found) -> str:
    marks = [q for q in scene.quotations if q.opened or q.closed]
    if found.cue is not None and any(q.start < found.cue[0] and found.cue[1] < q.end for q in marks if q.opened):
        return "direct"
    own = [q for q in marks if found.cue is None or not q.start <= found.cue[0] < q.end]
    inside = [any(q.start <= s and e <= q.end for q in own) for s, e in found.contents]
    if inside and all(inside):
        return "direct"
    touched = any(q.start < e and s < q.end for q in own for s, e in found.contents)
    return "mixed" if touched else "indirect"
