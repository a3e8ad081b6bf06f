"""How well the shipped tagger does on PolNeAR: ``python -m samestory.training.scores SHARED [--part dev]``.

Needs no torch. Speech alone: of gold and found attributions those whose cue is one of speech by the lexicons, since
the corpus does not say what kind an attribution is.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from samestory.sourcing.found import Found, read_scene
from samestory.sourcing.tagging import ROLES, code_attribution, find_by_rules, tag_attributions
from samestory.validation.corpora import polnear
from samestory.validation.corpora.records import Attribution, AttributionDocument
from samestory.validation.external import body
from samestory.validation.spans import Score, score_spans

METRICS = ("exact", "strict", "begin", "overlap")


def as_attribution(found: Found) -> Attribution:
    """Found spans as an annotator would have marked them."""
    return Attribution((found.cue,) if found.cue else (), (found.source,) if found.source else (), found.contents)


def score_attributions(
    gold: Mapping[str, Sequence[Attribution]], found: Mapping[str, Sequence[Attribution]], measure: str = "", **options
) -> Iterator[Score]:
    """Scores of each role; both map the name of a document to its attributions."""
    for role in ROLES:
        theirs, ours = (
            {name: [pieces for one in own if (pieces := getattr(one, role))] for name, own in side.items()}
            for side in (gold, found)
        )
        yield from score_spans(theirs, ours, measure=measure + role, **options)


def score_shipped(documents: Sequence[AttributionDocument], part: str, seed: int = 0) -> Iterator[Score]:
    """Scores of the shipped model: all attributions, then those of speech alone."""
    gold: dict[str, list[Found]] = {}
    found: dict[str, list[Found]] = {}
    for name, text, attributions, _ in documents:
        document = body(name, text)
        scene = read_scene(document)
        rules = find_by_rules(scene)
        gold[name] = [
            code_attribution(scene, one.cue[0], one.source[0] if one.source else None, one.content, rules)
            for one in attributions
            if one.cue
        ]
        found[name] = tag_attributions(document)
    marked = {d.document_id: d.attributions for d in documents}
    options = {"corpus": "PolNeAR", "part": part, "metrics": METRICS, "seed": seed}
    ours = {name: [as_attribution(one) for one in own] for name, own in found.items()}
    yield from score_attributions(marked, ours, "all.", **options)
    said, ours = (
        {name: [as_attribution(one) for one in own if one.kind == "speech"] for name, own in side.items()}
        for side in (gold, found)
    )
    yield from score_attributions(said, ours, "speech.", **options)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the scores of one part."""
    parser = argparse.ArgumentParser(description="Score the shipped attribution tagger on PolNeAR.")
    parser.add_argument("shared", type=Path, help="the folder that holds gold/polnear")
    parser.add_argument("--part", default="dev")
    parser.add_argument("--limit", type=int)
    options = parser.parse_args(arguments)
    for score in score_shipped(polnear.read(options.part, options.shared, options.limit), options.part):
        low, high = score.low or 0.0, score.high or 0.0
        print(f"{score.measure:16}{score.metric:9}P {score.precision:.3f}  R {score.recall:.3f}  F1 {score.score:.3f}"
              f"  ({low:.3f} to {high:.3f}; {score.n_units} units)")  # fmt: skip


if __name__ == "__main__":
    main()
