"""Who is the source of a verb, and which outlet was told."""

from __future__ import annotations

from samestory.language import Token
from samestory.language.phrases import Span, governing_subject, trim, verb_group
from samestory.sourcing.contents import is_afterthought
from samestory.sourcing.found import Scene, Source
from samestory.sourcing.lexicons import cue_verb, source_types, words
from samestory.sourcing.shapes import Verb

ADDRESSED = frozenset({"tell", "inform", "remind", "assure", "notify", "advise", "warn", "ask", "reassure", "brief"})
AFTERTHOUGHTS = frozenset({"add", "note", "refer", "cite", "point", "say"})
_WITHIN = ("appos", "compound", "pobj", "prep", "amod", "poss", "case", "relcl")
_PERSONS_OF_MEDIA = frozenset({"reporter", "journalist", "correspondent", "commentator", "critic"})


def speaker(scene: Scene, verb: Verb) -> Token | None:
    """The token that heads the subject of a verb; of an afterthought in reported speech, the subject of who reported.

    "Roe said nobody was hurt, adding that ...": it is Roe who adds.
    """
    token = verb.token
    if verb.lemma in AFTERTHOUGHTS and is_afterthought(scene, token):
        for above in scene.parse.ancestors(token.i):
            reports = scene.parse.tokens[above.head]
            if above.dep == "ccomp" and above.head != above.i and "clause" in cue_verb(reports.lemma)[1]:
                return governing_subject(scene.parse, reports.i)
    return governing_subject(scene.parse, verb.i)


def active_sources(scene: Scene, verb: Verb, head: Token | None, after: int) -> tuple[Source, ...]:
    """The sources of an active verb: its subject, else a name that stands where a subject would. ``after``: a token."""
    if head is None:
        return _inverted(scene, after) or _preceding(scene, verb)
    if verb.token.dep == "acl" and verb.token.head == head.i:  # "a man | shouting"
        return (Source(*part_before(scene, head, verb.token), head.i),)
    cue = scene.parse.tokens[verb.first].start
    return tuple(_short_of(scene, source, cue) for source in scene.sources(head))


def _short_of(scene: Scene, source: Source, cue: int) -> Source:
    """A source whose phrase holds its own cue, cut before it."""
    if not source.start < cue < source.end:
        return source
    tokens = trim(scene.parse.tokens_in(source.start, cue))
    return source._replace(end=tokens[-1].end) if tokens else source


def part_before(scene: Scene, head: Token, verb: Token) -> Span:
    """A noun phrase up to the participle that modifies it: "a man | accused of"."""
    tokens = trim([t for t in scene.parse.subtree(head.i) if t.i < verb_group(scene.parse, verb.i)[0]])
    return (tokens[0].start, tokens[-1].end) if tokens else (head.start, head.end)


def _inverted(scene: Scene, after: int) -> tuple[Source, ...]:
    """A name right after the verb that the parse does not give it as subject: "..., said Jane Roe"."""
    parse = scene.parse
    if after >= len(parse.tokens) or parse.tokens[after].sentence != parse.tokens[after - 1].sentence:
        return ()
    token = parse.tokens[after]
    while token.pos == "PROPN" and token.dep in ("compound", "nmod", "amod") and token.head > token.i:
        token = parse.tokens[token.head]
    return scene.sources(token) if token.pos == "PROPN" and token.dep != "pobj" else ()


def _preceding(scene: Scene, verb: Verb) -> tuple[Source, ...]:
    """The noun phrase right before a finite verb without a subject in the parse: "From Paris, Jane Roe, ..., said"."""
    parse = scene.parse
    at = verb.first - 1
    while at >= 0 and parse.tokens[at].text == ",":
        at -= 1
    if verb.token.tag not in ("VBD", "VBZ", "VBP") or at < 0 or parse.tokens[at].sentence != verb.token.sentence:
        return ()
    token = parse.tokens[at]
    while token.dep in _WITHIN and token.head != token.i:
        token = parse.tokens[token.head]
    return scene.sources(token) if token.pos in ("NOUN", "PROPN", "PRON") and token.i < verb.i else ()


def addressee(scene: Scene, verb: Verb) -> str | None:
    """The outlet or agency that was told, as the text names it."""
    told = list(verb.objects) if verb.lemma in ADDRESSED else []
    for child in verb.children:
        if child.dep in ("prep", "dative") and child.text.lower() == "to" and child.i > verb.i:
            told += [c for c in scene.parse.children(child.i) if c.dep == "pobj"]
    for token in told:
        named = [t for t in scene.parse.subtree(token.i)[:-1] if t.text.lower() in words("media names")]
        if token.entity == "PERSON" and named:  # "told CNN | Roe was ...": the parse joins the two names
            return named[-1].text
        if _is_outlet(token):
            start, end = scene.phrase(token)
            return scene.parse.text[start:end]
    return None


def _is_outlet(token: Token) -> bool:
    lemma = token.lemma.lower()
    return token.entity == "ORG" or (source_types().get(lemma) == "media" and lemma not in _PERSONS_OF_MEDIA)
