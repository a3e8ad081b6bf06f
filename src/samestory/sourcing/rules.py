"""What the rules find: the baseline, the learned tagger's prompter, and all there is where its weights are missing."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.language.phrases import meet
from samestory.sourcing.found import Found, Scene
from samestory.sourcing.headlines import find_marked
from samestory.sourcing.nominal import find_nominal
from samestory.sourcing.quotes import carry_quotations, link_quotations
from samestory.sourcing.verbal import find_verbal


def find_by_rules(scene: Scene) -> list[Found]:
    """Attributions by rules on the dependency parse, their quotations linked; those carried on stand last."""
    found = link_quotations(scene, without_rivals([*find_verbal(scene), *find_nominal(scene), *find_marked(scene)]))
    return found + carry_quotations(scene, found)


def without_rivals(found: Sequence[Found]) -> list[Found]:
    """One attribution a cue: of two that share characters of their cues, the first found stays."""
    kept: list[Found] = []
    for f in found:
        if f.cue is not None and meet((f.cue,), [k.cue for k in kept if k.cue is not None]):
            continue
        kept.append(f)
    return kept
