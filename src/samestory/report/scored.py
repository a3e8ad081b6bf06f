"""How each aspect was found and how well, in sentences for a paper: of the scores only those of what was used."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.comparison.saying import listed, plural
from samestory.validation.results import MEASURED

if TYPE_CHECKING:
    from samestory.annotation import Annotations

PEOPLE = "people"
FRAMES = "frames"  # the name under which the table of frames is asked for, which is no measure


class Scored(NamedTuple):
    """What a score is about: the measure and metric of the table of scores, and the words for both."""

    measure: str
    metric: str
    what: str
    how: str


SCORES = {
    "cues": Scored("sourcing.cue", "exact", "cues of attributions", "exact F1"),
    "sources": Scored("sourcing.source", "exact", "sources", "exact F1"),
    "contents": Scored("sourcing.content", "exact", "contents", "exact F1"),
    "quotes": Scored("sourcing.quote_type", "accuracy", "quote type", "accuracy"),
    "identified": Scored("sourcing.identification", "accuracy", "identification of sources", "accuracy"),
    "anonymity": Scored("sourcing.anonymous", "f1", "anonymous sources", "F1"),
    "types": Scored("sourcing.source_type", "accuracy", "types of sources", "accuracy"),
    "certain": Scored("certainty.cue", "exact", "certainty cues", "exact F1"),
    "holders": Scored("certainty.holder", "accuracy", "who holds a cue", "accuracy"),
    "labels": Scored("framing.labels", "overlap", "labels", "F1 of overlapping spans"),
    "agency": Scored("framing.labels.agency", "accuracy", "agency of labels", "accuracy"),
    "hidden": Scored("framing.labels.passive_without_agent", "accuracy", "agents left out", "accuracy"),
    "response": Scored("framing.labels.response", "accuracy", "labels of the response", "accuracy"),
    "policy": Scored("framing.frames.policy", "micro_f1", "policy frames", "micro F1"),
    "claims": Scored("claims.tuple", "tuple", "claims", "F1 of whole tuples"),
    "claimants": Scored("claims.holder", "accuracy", "who holds a claim", "accuracy"),
    "bounds": Scored("claims.bound", "accuracy", "bounds of claims", "accuracy"),
    "segments": Scored("segments.counted", "character", "counted text", "F1 by character"),
}
# What a measure rests on, by the beginning of its name.
RESTS_ON: dict[str, tuple[str, ...]] = {
    "attributions": ("cues",), "attributed_words": ("contents",), "quoted": ("cues", "quotes"),
    "agentless": ("sources",), "anonymous": ("sources", "anonymity"), "named": ("sources", "identified"),
    "source_": ("sources", "types"), "certainty_": ("certain",), "hedge_": ("certain", "holders"),
    "labels": ("labels",), "agent": ("labels", "agency"), "patient": ("labels", "agency"),
    "passive_without_agent": ("labels", "agency", "hidden"), "response": ("labels", "response"),
    "claims_attributed": ("claims", "claimants"), "claims_exact": ("claims", "bounds"), "claims": ("claims",),
    FRAMES: ("policy",),
}  # fmt: skip
CITED = {
    "PolNeAR": "newell2018", "Gender Gap Tracker": "asr2021", "Szeged Uncertainty": "szarvas2012",
    "Science findings": "pei2021", "SemEval-2023 frames": "piskorski2023", "NewsWCL50": "hamborg2019",
    "basil": "fan2019", "BASIL": "fan2019",
}  # fmt: skip
FOUND_BY = {
    "tagger-2": "a neural tagger learnt from PolNeAR [@newell2018] together with rules on a dependency parse "
    "[@honnibal2020]",
    "rules-1": "rules on a dependency parse [@honnibal2020]",
    "hand": "hand",
}


def aspects_told(annotations: Annotations, used: Iterable[str], scores: pd.DataFrame) -> list[str]:
    """One sentence for each aspect that is used on how it was found, and then how well, as scored against gold.

    ``used`` holds names of measures, and ``frames`` where frames are used. Of a score that several golds give, the one
    on a part that was held back is told rather than one on texts that the engines were made with, and one of people's
    coding beside one of models'.
    """
    names = {name.partition(".")[0] for name in used}
    found = [
        sentence
        for sentence in (_sourcing(annotations, names), _certainty(names), _framing(annotations, names), _claims(names))
        if sentence
    ]
    keys = [key for key in SCORES if key == "segments" or any(key in _rests_on(name) for name in names)]
    return [*found, *scores_told(keys, scores)]


def scores_told(keys: Iterable[str], scores: pd.DataFrame) -> list[str]:
    """The scores of some keys of SCORES, a sentence for each gold, and which have none."""
    told: dict[tuple[str, str, str], list[tuple[Scored, dict]]] = {}
    missing = []
    for key in keys:
        rows = chosen(SCORES[key], scores)
        if not rows:
            missing.append(SCORES[key].what)
        for row in rows:
            told.setdefault((row["gold"], row["part"], row["coders"]), []).append((SCORES[key], row))
    sentences = [_on_gold(*place, own) for place, own in told.items()]
    if missing:
        sentences.append(f"There is no score for {listed(missing)}.")
    return sentences


def chosen(score: Scored, scores: pd.DataFrame) -> list[dict]:
    """The best placed row of a score, and where that is not coded by people the best that is."""
    rows = scores[(scores.measure == score.measure) & (scores.metric == score.metric) & (scores.status == MEASURED)]
    ranked = sorted(rows.to_dict("records"), key=_rank)
    by_people = [row for row in ranked if row["coders"] == PEOPLE]
    first = ranked[:1]
    return first if not first or first[0]["coders"] == PEOPLE else [*first, *by_people[:1]]


def _rank(row: dict) -> tuple:
    """Held back before folds, before a whole or developed part; news before else; with more documents first."""
    part = str(row["part"])
    place = 0 if part == "test" else 1 if part.startswith(("five folds", "half")) else 3 if _made_with(part) else 2
    other = "wikipedia" in str(row["gold"])
    return place, other, "rules" not in part, -int(row["n_documents"]), str(row["gold"])


def _made_with(part: str) -> bool:
    return part in ("development", "train")


def _rests_on(name: str) -> tuple[str, ...]:
    return next((keys for start, keys in RESTS_ON.items() if name == start or _begins(name, start)), ())


def _begins(name: str, start: str) -> bool:
    return start.endswith("_") and name.startswith(start)


def _on_gold(gold: str, part: str, coders: str, told: Sequence[tuple[Scored, dict]]) -> str:
    """What was scored on one part of a gold, metric by metric, with intervals and documents."""
    metrics: dict[str, list[str]] = {}
    for score, row in told:
        between = "no interval" if pd.isna(row["low"]) else f"{row['low']:.2f} to {row['high']:.2f}"
        metrics.setdefault(score.how, []).append(f"{score.what} {row['score']:.2f} ({between})")
    sizes = sorted({int(row["n_documents"]) for _, row in told})
    n = (
        f"{sizes[0]:,} {plural(sizes[0], 'document')}"
        if len(sizes) == 1
        else f"{sizes[0]:,} to {sizes[-1]:,} documents"
    )
    said = "; ".join(f"{how} of {listed(own)}" for how, own in metrics.items())
    return f"On {_gold(gold, part, coders)}, {n}, scores (95 % interval) are: {said}."


def _gold(gold: str, part: str, coders: str) -> str:
    """A gold and its part, who coded it, and whether the engines were made with it."""
    key = next((key for name, key in CITED.items() if gold.startswith(name)), None)
    name = f"{gold} [@{key}]" if key else gold
    if coders != PEOPLE:
        name = f"the project's own gold on {name}"
    held = {
        "test": "test part, held back",
        "development": "development part, which the engines were made with",
        "train": "training part, which the engines were made with",
        "all": "whole, no part held back",
    }.get(part, f"part {part}" if part.isalpha() else part)
    return f"{name}, {held}, coded by {PEOPLE if coders == PEOPLE else 'language models and not by people'}"


def _sourcing(annotations: Annotations, names: set[str]) -> str:
    if not any({"cues", "sources", "contents"} & set(_rests_on(name)) for name in names):
        return ""
    engines = sorted(annotations.attributions.engine.unique())
    by = listed([FOUND_BY.get(engine, engine) for engine in engines]) or "no engine, since there were none,"
    return (
        "Attributions, each with source, cue and content [@pareti2016; @newell2018], were found by "
        f"{by}; what only goes on from an earlier attribution is not counted."
    )


def _certainty(names: set[str]) -> str:
    if not any("certain" in _rests_on(name) for name in names):
        return ""
    return (
        "Certainty cues (hedges, inquiries, conditionals, boosters, evidentials, approximators and bounds) "
        "[@hyland2005; @szarvas2012] were found by rules and, for hedges and boosters, a small network beside them; a "
        "cue is a source's where it stands in words given to one, else the outlet's."
    )


def _framing(annotations: Annotations, names: set[str]) -> str:
    said = []
    if any("labels" in _rests_on(name) for name in names):
        said.append(
            "labels of people, groups and things [@hamborg2019], and who acts or is acted upon [@vanleeuwen1996], were "
            "found by rules on the parse"
        )
    schemes = set(annotations.frames.scheme) if FRAMES in names else set()
    if "policy" in schemes:
        said.append(
            "policy frames [@boydstun2014] were read from words and word vectors, with weights learnt from coded "
            "articles [@piskorski2023]"
        )
    if "generic" in schemes:
        said.append("generic frames [@semetko2000] from lists of words, which no coding by people judges")
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if text else ""


def _claims(names: set[str]) -> str:
    if not any("claims" in _rests_on(name) for name in names):
        return ""
    return (
        "Claims (casualties and other counts, ages, money, sizes, dates and places, each with its number, bound, unit "
        "and holder) were read by rules and by learnt weights where one must be the event's own."
    )
