"""Sentences without a cue that plainly go on reporting what an institution said."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.language.phrases import meet, subject
from samestory.sourcing.found import Found, Scene
from samestory.sourcing.lexicons import words

PERSONS = frozenset({"he", "she"})


def find_carried(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """Attributions for sentences that continue the one before them in the same paragraph.

    Conservative: the source must be an institution ("the ministry said one attacker ..."), so that a following "he"
    or "she" can only be someone it spoke of, and the sentence must tell of the past and hold no cue of its own.
    """
    carried: list[Found] = []
    for number, sentence in enumerate(scene.parse.sentences[1:], start=1):
        before = scene.parse.sentences[number - 1]
        if before.block != sentence.block or any(_overlaps(f, sentence.start, sentence.end) for f in found):
            continue
        origin = next((f for f in [*found, *carried] if _fills(f, before.start, before.end)), None)
        if (
            origin is None
            or not _is_institution(scene, origin)
            or not _tells_of_person(scene, sentence.first, sentence.last)
        ):
            continue
        end = scene.parse.tokens[sentence.last - 1]
        stop = end.start if end.text in (".", "!", "?") else end.end
        origin = origin.carries or origin
        carried.append(Found(None, origin.sources, ((sentence.start, stop),), origin.kind, None, carries=origin))
    return carried


def _overlaps(found: Found, start: int, end: int) -> bool:
    spans = [*found.contents, *([found.cue] if found.cue is not None else [])]
    return meet(((start, end),), spans)


def _fills(found: Found, start: int, end: int) -> bool:
    """Whether an attribution's content reaches the end of a sentence that its source opened."""
    if found.kind != "speech" or found.stance == "refusal" or not found.sources or not found.contents:
        return False
    if found.carries is None and (found.cue is None or not start <= found.cue[0] < end):
        return False
    return end - found.contents[-1][1] <= 1 and start <= found.contents[-1][0] < end


def _tells_of_person(scene: Scene, first: int, last: int) -> bool:
    tokens = scene.parse.tokens[first:last]
    root = next((t for t in tokens if t.head == t.i), None)
    if root is None or root.pos not in ("VERB", "AUX"):
        return False
    who = subject(scene.parse, root.i)
    past = root.tag in ("VBD", "VBN") or any(
        c.tag == "VBD" for c in scene.parse.children(root.i) if c.dep.startswith("aux")
    )
    return who is not None and who.text.lower() in PERSONS and past


def _is_institution(scene: Scene, found: Found) -> bool:
    """Whether every source is headed by the noun of an institution or names an organisation."""
    heads = [scene.parse.tokens[s.head] for s in found.sources]
    return bool(heads) and all(h.lemma.lower() in words("institutions") or h.entity == "ORG" for h in heads)
