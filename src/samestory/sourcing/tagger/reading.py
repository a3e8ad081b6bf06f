"""From linked spans to attributions with the codebook's codes."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.language.phrases import SUBJECTS, Span, governing_subject, meet, top
from samestory.sourcing.found import Found, Scene, Source
from samestory.sourcing.lexicons import cue_nouns
from samestory.sourcing.shapes import read_verb
from samestory.sourcing.speakers import addressee
from samestory.sourcing.tagger.chains import Tokens
from samestory.sourcing.tagger.features import token_features
from samestory.sourcing.tagger.links import candidate_cues, link_spans
from samestory.sourcing.tagger.network import encode, load_model
from samestory.sourcing.tagger.windows import Window, cut_windows


def tag_attributions(scene: Scene, ruled: Sequence[Found]) -> list[Found]:
    """The attributions of a document that the model finds, in text order of their cues.

    ``ruled`` are those that the rules find: the model is told of them and may overrule them.
    """
    model = load_model()
    features = token_features(scene.parse, scene.quotations, ruled)
    windows = [w for w in cut_windows(scene.parse, model.pieces) if not _is_headline(scene, w)]
    inputs = [encode(scene.parse, window, model.pieces, model.features, features) for window in windows]
    surveys = model.survey(inputs)
    cues = [candidate_cues(survey) for survey in surveys]
    asked = [(own, cue) for own, candidates in zip(inputs, cues, strict=True) for cue in candidates]
    answers = iter(model.ask([own for own, _ in asked], [cue for _, cue in asked]))
    found = []
    for window, survey, candidates in zip(windows, surveys, cues, strict=True):
        linked = link_spans(survey, candidates, [next(answers) for _ in candidates], model.thresholds)

        def characters(tokens: Tokens, first: int = window.first) -> Span:
            return scene.parse.tokens[first + tokens[0]].start, scene.parse.tokens[first + tokens[1]].end

        for cue, source, contents in linked:
            whose = characters(source) if source is not None else None
            found.append(_code(scene, characters(cue), whose, tuple(map(characters, contents)), ruled))
    return found


def _is_headline(scene: Scene, window: Window) -> bool:
    """Whether a window lies in a headline: those are the rules' to read."""
    start, end = scene.parse.tokens[window.first].start, scene.parse.tokens[window.last - 1].end
    return any(low <= start and end <= high for low, high in scene.headlines)


def _code(scene: Scene, cue: Span, source: Span | None, contents: tuple[Span, ...], ruled: Sequence[Found]) -> Found:
    """Spans with kind, stance and addressee: a rule's where one reads the same cue, else what the lexicons say."""
    sources = _sources(scene, source) if source is not None and not _is_agentless(scene, cue, source) else ()
    rule = next((r for r in ruled if r.cue is not None and meet((r.cue,), (cue,))), None)
    if rule is not None:
        return Found(cue, sources, contents, rule.kind, rule.stance, rule.addressee, rule.quotable)
    return _read_cue(scene, cue, sources, contents)


def _is_agentless(scene: Scene, cue: Span, source: Span) -> bool:
    """Whether a passive cue names nobody: its source is the subject of another verb ("is known to, and Roe said")."""
    passive = next(
        (v for token in scene.parse.tokens_in(*cue) if (v := read_verb(scene, token)) is not None and v.passive), None
    )
    head = top(scene.parse.tokens_in(*source))
    own = governing_subject(scene.parse, passive.i) if passive is not None else head
    return head.dep in SUBJECTS and own is not None and not source[0] <= own.start < source[1]


def _sources(scene: Scene, span: Span) -> tuple[Source, ...]:
    """A source phrase as its co-ordinated parts where they fill it, else whole."""
    tokens = scene.parse.tokens_in(*span)
    head = top(tokens)
    parts = scene.sources(head)
    if len(parts) > 1 and (parts[0].start, parts[-1].end) == span:
        return parts
    return (Source(*span, head.i),)


def _read_cue(scene: Scene, cue: Span, sources: tuple[Source, ...], contents: tuple[Span, ...]) -> Found:
    """Kind and stance of a cue that no rule reads: those of its last word in the lexicon.

    Of a cue that the lexicon does not know, what stands in quotation marks or after a colon is speech; without either
    it is an attitude ("supports", "is keen on"), which counts as thought.
    """
    quoted = any(q.opened and q.start < end and start < q.end for q in scene.quotations for start, end in contents)
    spoken = quoted or not any(map(str.isalnum, scene.parse.text[slice(*cue)]))
    kind, stance = ("speech", "neutral") if spoken else ("thought", "nonfactive")
    quotable, told = False, None
    for token in scene.parse.tokens_in(*cue):
        verb = read_verb(scene, token)
        if verb is not None:
            order = ["quote", "clause"] if quoted else ["clause", "infinitive", "object", "to", "as"]
            shape = next((s for s in order if s in verb.shapes), next(iter(verb.shapes)))
            kind, stance = verb.shapes[shape]
            quotable, told = "quote" in verb.shapes, addressee(scene, verb)
        elif token.lemma.lower() in cue_nouns():
            kind, stance = cue_nouns()[token.lemma.lower()]
    if not sources and (kind, stance) == ("speech", "neutral"):
        stance = "hearsay"
    return Found(cue, sources, contents, kind, stance, told, quotable)
