"""Words looked up: a concordance by what a reader asks for, and what can be asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from samestory.comparison.concordance import OUTLET, SOURCE, concordance
from samestory.comparison.labels import main_referents
from samestory.comparison.ledgers import voices
from samestory.figures import Kwic, kwic
from samestory.measures import MEASURES
from samestory.tables import CERTAINTY_TYPES, CUE_STANCES

if TYPE_CHECKING:
    from samestory.annotation import Annotations

KINDS = ("word", "cue", "label", "measure")


def look_up(
    annotations: Annotations,
    kind: str,
    what: str,
    *,
    outlet: str = "",
    segment: str = "",
    voice: str = "",
    order: str = "place",
) -> Kwic:
    """The places of a ``word``, a ``cue``, a ``label`` or what a ``measure`` counts; empty filters keep all.

    Raises ValueError, as :func:`samestory.concordance` does, that names what there is.
    """
    if kind not in KINDS:
        raise ValueError(f"nothing is looked up by {kind!r}; look up a {', a '.join(KINDS)}")
    filters = {"outlet": outlet or None, "segment": segment or None, "voice": voice.strip() or None}
    found = concordance(annotations, **{kind: what.strip()}, **filters, order=order)  # type: ignore[arg-type]
    within = "".join(f", {name} {kept}" for name, kept in filters.items() if kept)
    return kwic(found, f"{kind} {what.strip()}{within}")


def suggestions(annotations: Annotations, kind: str) -> list[str]:
    """What can be looked up by its name: cues by type and stance, the main referents, measures; of words none."""
    if kind == "cue":
        return [*CERTAINTY_TYPES, *CUE_STANCES]
    if kind == "label":
        return sorted(set(main_referents(annotations, most=20)["name"]))
    return list(MEASURES) if kind == "measure" else []


def voice_options(annotations: Annotations) -> list[str]:
    """The voices that can be asked for: the outlet's own, any source's, sources by name."""
    return [OUTLET, SOURCE, *sorted(set(voices(annotations).values()) - {OUTLET})]


def limits() -> list[str]:
    """What cannot be concluded from looking words up."""
    return [
        "A word looked up because it caught the eye is a guess, not a finding: a difference that was found by looking "
        "can only be tested on articles that were not looked at.",
        "How many places a word has says little by itself: outlets differ in length and in how much copy they share. "
        "Rates with their intervals are in notebooks 2 to 6.",
        "Cues, labels, voices and what a measure counts were found by machine; how often it errs is in notebook 7.",
    ]
