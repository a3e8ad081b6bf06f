"""Which measures there are: what each counts over what, and how its value reads."""

from __future__ import annotations

from typing import NamedTuple

from samestory import tables

PER_1000 = 1000.0
PERCENT = 100.0


class Measure(NamedTuple):
    """What a measure is called, what it counts over what, and how many of it a reader is shown."""

    name: str
    aspect: str
    label: str
    numerator: str
    denominator: str
    scale: float

    @property
    def unit(self) -> str:
        """How the value reads: per 1,000 words, or percent."""
        return f"per 1,000 {self.denominator}" if self.scale == PER_1000 else f"% of {self.denominator}"


def _catalogue() -> tuple[Measure, ...]:
    rows = [
        Measure("attributions", "sourcing", "Attributions", "attributions", "words", PER_1000),
        Measure("attributed_words", "sourcing", "Words given to sources", "attributed words", "words", PERCENT),
        Measure("quoted", "sourcing", "Direct or mixed quotation", "quoted attributions", "attributions", PERCENT),
        Measure("agentless", "sourcing", "Attributions without a source", "agentless", "attributions", PERCENT),
        Measure("anonymous", "sourcing", "Anonymous sources", "anonymous sources", "sources", PERCENT),
        Measure("named", "sourcing", "Sources identified by name", "named sources", "sources", PERCENT),
        *(
            Measure(f"source_{kind}", "sourcing", f"Sources: {kind.replace('_', ' ')}", f"{kind} sources", "sources",
                    PERCENT)
            for kind in tables.SOURCE_TYPES if kind != "none"
        ),
        *(
            Measure(f"certainty_{kind}", "certainty", f"{kind.capitalize()} cues", f"{kind} cues", "words", PER_1000)
            for kind in tables.CERTAINTY_TYPES
        ),
        Measure("hedge_outlet", "certainty", "Hedges in the outlet's own voice", "hedges", "own words", PER_1000),
        Measure("hedge_source", "certainty", "Hedges in the sources' voices", "hedges", "attributed words", PER_1000),
        Measure("labels", "framing", "Labels", "labels", "words", PER_1000),
        Measure("agent", "framing", "Labels that act", "agents", "labels", PERCENT),
        Measure("patient", "framing", "Labels that are acted upon", "patients", "labels", PERCENT),
        Measure("passive_without_agent", "framing", "Patients whose agent is left out", "without agent", "patients",
                PERCENT),
        Measure("response", "framing", "Labels for the state's response", "response labels", "labels", PERCENT),
        Measure("claims", "claims", "Claims", "claims", "words", PER_1000),
        Measure("claims_attributed", "claims", "Claims held by a source", "attributed claims", "claims", PERCENT),
        Measure("claims_exact", "claims", "Claims with an exact number", "exact claims", "claims", PERCENT),
    ]  # fmt: skip
    return tuple(rows)


MEASURES = {measure.name: measure for measure in _catalogue()}
