"""From spans to attributions: which cues stand, and what is said when each is asked about alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from samestory.sourcing.tagger.chains import Probabilities, Tokens, choose_spans

CANDIDATE = 0.2  # probability from which on a cue is asked about: with less, none could pass its threshold
AGAIN = {"source": 0.6, "cue": 0.2, "content": 0.6}  # what the answer for one cue weighs beside that for all cues
Answer = Mapping[str, Probabilities]  # for each role the spans that it may have, with their probabilities


class Linked(NamedTuple):
    """A cue with its source and its contents; spans count tokens of the window, both ends included."""

    cue: Tokens
    source: Tokens | None
    contents: tuple[Tokens, ...]


def candidate_cues(survey: Answer) -> list[Tokens]:
    """The cues to be asked about, in text order; none overlaps another."""
    return choose_spans(survey["cue"], CANDIDATE)


def link_spans(
    survey: Answer, cues: Sequence[Tokens], answers: Sequence[Answer], thresholds: Mapping[str, float]
) -> list[Linked]:
    """The attributions of a window in the order of their cues.

    ``survey`` is what the network says of all cues together, ``answers`` what it says of each cue alone. A cue may come
    out longer or shorter than it was asked about. One without content takes its likeliest if that reaches the threshold
    ``spare``, and is left out otherwise.
    """
    found: dict[Tokens, Linked] = {}
    for asked, answer in zip(cues, answers, strict=True):
        cue, probability = _likeliest(_weigh("cue", survey, answer, asked))
        if cue is None or probability < thresholds["cue"] or cue in found:
            continue
        likely = _weigh("content", survey, answer)
        contents = tuple(choose_spans(likely, thresholds["content"]))
        spare, probability = _likeliest(likely)
        if not contents and spare is not None and probability >= thresholds["spare"]:
            contents = (spare,)
        if contents:
            source, probability = _likeliest(_weigh("source", survey, answer))
            found[cue] = Linked(cue, source if probability >= thresholds["source"] else None, contents)
    return list(found.values())


def _weigh(role: str, survey: Answer, answer: Answer, asked: Tokens | None = None) -> Probabilities:
    """Both answers together, for the spans that belong to the cue: which overlap one of its own, or what was asked."""
    own = [asked] if asked is not None else list(answer[role])
    weight = AGAIN[role]
    return {
        span: weight * answer[role].get(span, 0.0) + (1 - weight) * survey[role].get(span, 0.0)
        for span in sorted({*answer[role], *survey[role]})
        if any(span[0] <= last and first <= span[1] for first, last in own)
    }


def _likeliest(probabilities: Probabilities) -> tuple[Tokens | None, float]:
    """The likeliest span, the later of equals, and its probability."""
    best = max(probabilities, key=lambda span: (probabilities[span], span), default=None)
    return best, probabilities[best] if best is not None else 0.0
