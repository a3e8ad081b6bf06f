"""Quotations and the attributions they belong to: whole contents, split quotations, quotations carried on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from samestory.language.phrases import Span
from samestory.language.quotations import Quotation
from samestory.sourcing.found import Found, Scene, Source

SPOKEN = 4  # words from which a quotation without a cue is taken for speech, not for a name or a scare quote
REACH = 160  # characters between a cue and its quotation


def link_quotations(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """Give each attribution its quotations whole, and those next to its cue that it lacks."""
    settled = [clipped for f in found if (clipped := _settle(scene, f)) is not None]
    for quotation in _uncovered(scene, settled):
        _give(scene, quotation, settled)
    return [f for f in settled if f.contents or f.stance == "refusal"]


def carry_quotations(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """Attributions for quotations that no content covers: without a cue, they go on from the one before."""
    carried: list[Found] = []
    for quotation in _uncovered(scene, found):
        if _n_words(scene, quotation) < SPOKEN or not _is_sentence(scene, quotation):
            continue
        origin = _origin(scene, quotation, [*found, *carried])
        if origin is not None:
            span = (quotation.start, quotation.end)
            carried.append(Found(None, origin.sources, (span,), origin.kind, None, carries=origin))
    return carried


def _uncovered(scene: Scene, found: Sequence[Found]) -> Iterator[Quotation]:
    """Outermost quotations that stand in no content, looked at one by one as contents grow."""
    for quotation in scene.quotations:
        inside = any(start <= quotation.start and quotation.end <= end for f in found for start, end in f.contents)
        if not quotation.depth and quotation.opened and not inside:
            yield quotation


def _n_words(scene: Scene, quotation: Quotation) -> int:
    return len(scene.parse.text[quotation.start : quotation.end].split())


def _settle(scene: Scene, found: Found) -> Found | None:
    """Clip an attribution inside a quotation to it; let one outside take whole the quotations that it touches."""
    at = found.cue[0] if found.cue is not None else found.start
    around = next((q for q in scene.quotations if q.opened and not q.depth and q.start < at < q.end), None)
    if around is not None:
        inside = (around.start + 1, around.end - int(around.closed))
        contents = tuple(c for piece in found.contents if (c := _intersect(piece, inside)) is not None)
        contents = _merge(tuple(_widen(scene, piece, found.cue, depth=1) for piece in contents))
        if any(s.start < inside[0] or s.end > inside[1] for s in found.sources):
            return None
        return replace(found, contents=contents)
    contents = _merge(tuple(_widen(scene, piece, found.cue) for piece in found.contents))
    sources = tuple(s for source in found.sources if (s := _outside(scene, source)) is not None)
    return replace(found, contents=contents, sources=sources)


def _outside(scene: Scene, source: Source) -> Source | None:
    """A source without the end of a quotation that the parse has drawn into its phrase; None where it stands in one."""
    head = scene.parse.tokens[source.head]
    for q in scene.quotations:
        if q.depth or not q.opened or _n_words(scene, q) < SPOKEN:
            continue
        if q.start < head.start < q.end:
            return None
        if source.start < q.end <= head.start:
            words = [t.start for t in scene.parse.tokens_in(q.end, head.end) if t.text[0].isalnum()]
            source = source._replace(start=min([*words, head.start]))
    return source


def _intersect(piece: Span, limits: Span) -> Span | None:
    start, end = max(piece[0], limits[0]), min(piece[1], limits[1])
    return (start, end) if start < end else None


def _widen(scene: Scene, piece: Span, cue: Span | None, depth: int = 0) -> Span:
    """A piece of content with the quotations that it touches taken whole; the one around the cue is left out."""
    start, end = piece
    for q in scene.quotations:
        if q.depth != depth:
            continue
        if cue is not None and q.start <= cue[0] < q.end:
            if not q.opened and cue[1] <= start < q.end:  # a closing mark that was never opened ends what is said
                end = max(end, q.end)
        elif q.start < end and start < q.end:
            start, end = min(start, q.start), max(end, q.end)
    return start, end


def _merge(pieces: tuple[Span, ...]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for start, end in sorted(pieces):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return tuple(merged)


def _give(scene: Scene, quotation: Quotation, settled: list[Found]) -> None:
    """Give a quotation to the attribution whose cue it stands beside, if there is one."""
    at = _adjacent_cue(scene, quotation, settled)
    if at is not None and (_n_words(scene, quotation) >= 2 or not settled[at].contents):
        taken = settled[at]
        settled[at] = replace(taken, contents=_merge((*taken.contents, (quotation.start, quotation.end))))


def _adjacent_cue(scene: Scene, quotation: Quotation, settled: list[Found]) -> int | None:
    """The attribution whose cue introduces or closes a quotation, or that a quotation goes on after its cue."""
    gaps = [(len(gap), n) for n, f in enumerate(settled) if (gap := _gap(scene, quotation, f)) is not None]
    return min(gaps)[1] if gaps else None


def _gap(scene: Scene, quotation: Quotation, found: Found) -> str | None:
    """The text between a quotation and a cue that it may belong to, or None where it cannot."""
    if found.cue is None or not found.quotable or _inside_quotation(scene, found):
        return None
    if scene.block_of(found.cue[0]) != quotation.block:
        return None
    if found.contents and not (_goes_on(scene, quotation, found) or _leads_up(scene, quotation, found)):
        return None
    low, high = found.cue
    if found.source is not None and abs(found.source[0] - found.cue[0]) <= REACH:
        low, high = min(low, found.source[0]), max(high, found.source[1])
    before = quotation.end <= low
    gap = scene.parse.text[quotation.end : low] if before else scene.parse.text[high : quotation.start]
    if len(gap) > REACH:
        return None
    bare = not found.contents and (_ends_sentence(gap) or not _is_set_off(scene, quotation, gap, before))
    return None if bare else gap


def _is_set_off(scene: Scene, quotation: Quotation, gap: str, before: bool) -> bool:
    """Whether punctuation parts a quotation from its cue, as it does for speech and not for a name in marks."""
    gap = gap.strip()
    if not before:
        return not gap or gap[-1] in ",:"
    last = scene.parse.text[: quotation.end].rstrip("\"'”’»")[-1:]
    return last in ",.?!…—-" or gap[:1] == ","


def _ends_sentence(gap: str) -> bool:
    """Whether a sentence ends in this text; a full stop after a short word is taken for an abbreviation's."""
    *words, last = gap.split() or [""]
    return last[-1:] in (".", "?", "!") or any(w[-1] in ".?!" and len(w) > 3 and w[:-1].isalpha() for w in words)


def _goes_on(scene: Scene, quotation: Quotation, found: Found) -> bool:
    """The second of two quotations around a cue: the first stands before it, its sentence ends at this one."""
    first = found.contents[-1]
    if found.cue is None or not first[1] <= found.cue[0] < quotation.start or not _is_direct(scene, first):
        return False
    last = max(found.cue[1], found.source[1] if found.source is not None else 0)
    between = scene.parse.text[last : quotation.start].strip()
    sentences = {scene.parse.sentence_at(found.cue[0]), scene.parse.sentence_at(quotation.start)} - {None}
    return len(between) <= REACH and len(sentences) <= 2 and (between[-1:] in ".,;:" or len(between) < 3)


def _leads_up(scene: Scene, quotation: Quotation, found: Found) -> bool:
    """The first of two quotations around a cue, in the cue's own sentence, where the second is its content."""
    if found.cue is None or not quotation.end <= found.cue[0] < found.contents[0][0]:
        return False
    same = scene.parse.sentence_at(quotation.end - 1) == scene.parse.sentence_at(found.cue[0])
    return same and _is_direct(scene, found.contents[0])


def _is_direct(scene: Scene, piece: Span) -> bool:
    return any(not q.depth and q.start <= piece[0] and piece[1] <= q.end for q in scene.quotations if q.opened)


def _is_sentence(scene: Scene, quotation: Quotation) -> bool:
    """Whether a quotation stands as a sentence of its own, not as a phrase within one."""
    text = scene.parse.text
    block = scene.parse.blocks[quotation.block]
    before = text[block[0] : quotation.start].rstrip()
    after = text[quotation.end - 2 : quotation.end]
    return (not before or before[-1] in '.?!:”"') and (not quotation.closed or any(c in ".?!,…" for c in after))


def _origin(scene: Scene, quotation: Quotation, settled: Sequence[Found]) -> Found | None:
    """The attribution that a quotation without a cue goes on: the last in its own block or the one before."""
    before = [f for f in settled if f.contents and f.start < quotation.start and f.kind == "speech" and f.sources]
    before = [f for f in before if not _inside_quotation(scene, f)]
    if not before:
        return None
    last = max(before, key=lambda f: max(e for _, e in f.contents))
    near = quotation.block - scene.block_of(last.contents[-1][0])
    if near > 1:
        return None
    return last.carries or last


def _inside_quotation(scene: Scene, found: Found) -> bool:
    return found.cue is not None and any(q.start <= found.cue[0] < q.end for q in scene.quotations if q.opened)
