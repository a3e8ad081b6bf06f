"""Attributions by a verb: from the verb's place in the dependency parse to cue, source and content."""

from __future__ import annotations

from collections.abc import Iterator

from samestory.language import Token
from samestory.language.phrases import Span, governing_subject, verb_group
from samestory.sourcing.contents import spans
from samestory.sourcing.found import Found, Scene
from samestory.sourcing.lexicons import Code, cue_nouns, cue_verb, words
from samestory.sourcing.shapes import Shape, Verb, active_shape, passive_shape, read_verb
from samestory.sourcing.speakers import active_sources, addressee, part_before, speaker

FIRST_PERSON = frozenset({"i", "we", "you"})
WITNESSING = frozenset({"i", "we", "they", "he", "she"})


def find_verbal(scene: Scene) -> Iterator[Found]:
    """The attributions whose cue is a verb, in text order; those without content yet may still get a quotation."""
    for token in scene.parse.tokens:
        verb = read_verb(scene, token)
        if verb is not None and (found := _read(scene, verb)) is not None:
            yield found


def _read(scene: Scene, verb: Verb) -> Found | None:
    if _is_withheld(scene, verb):
        return None
    if verb.lemma in words("withholding") and (found := _withholding(scene, verb)) is not None:
        return found
    if "emerges" in verb.shapes:
        return _emerging(scene, verb)
    return _passive(scene, verb) if verb.passive else _active(scene, verb)


def _active(scene: Scene, verb: Verb) -> Found | None:
    head = speaker(scene, verb)
    shape = active_shape(scene, verb)
    if (shape is None and "quote" not in verb.shapes) or not _is_report(scene, verb, shape, head):
        return None
    kind, stance = verb.shapes[shape.name if shape is not None else "quote"]
    if verb.lemma in words("evidence verbs") and _is_among(head, "documents"):
        kind = "evidence"
    if verb.negated and verb.lemma in words("negated refusal"):
        stance = "refusal"
    last = max(verb.last, shape.last) if shape is not None else verb.last
    return Found(
        cue=_cue(scene, verb.first, last),
        sources=active_sources(scene, verb, head, last),
        contents=shape.contents if shape is not None else (),
        kind=kind,
        stance=stance,
        addressee=addressee(scene, verb),
        quotable="quote" in verb.shapes,
        needs_outer="perceived" in verb.shapes and kind == "evidence" and not _is_among(head, "witnesses"),
    )


def _cue(scene: Scene, first: int, last: int) -> Span:
    return scene.parse.tokens[first].start, scene.parse.tokens[last - 1].end


def _is_among(head: Token | None, section: str) -> bool:
    return head is not None and head.lemma.lower() in words(section)


def _is_report(scene: Scene, verb: Verb, shape: Shape | None, head: Token | None) -> bool:
    """Whether content is ascribed to someone: no order, no deed (found the keys), no speaker's own "I think"."""
    person = head.text.lower() if head is not None else ""
    if verb.token.tag == "VB" and (head is None or (person == "it" and head.head != verb.i)):
        return False  # said of nobody: it is fair to say
    order = head is None and verb.token.tag == "VBP" and verb.token.dep == "ROOT"
    if order or (head is not None and head.text == "You"):
        return False  # said to the reader: an offer, a form
    if shape is None:
        return True
    code = verb.shapes[shape.name]
    if "perceived" in verb.shapes and code.kind == "evidence":
        return verb.token.tag == "VBD" and (_is_among(head, "witnesses") or person in WITNESSING)
    quoted = scene.quotation_at(verb.token) is not None
    if quoted and (head is None or person in FIRST_PERSON or shape.name not in ("clause", "as")):
        return False  # what a speaker says of herself or of the listener ascribes nothing to anyone else
    if code == Code("thought", "factive") and verb.token.tag == "VB" and verb.token.dep in ("advcl", "acl", "xcomp"):
        return False  # an inquiry still to be made: to determine whether
    if verb.lemma in words("document verbs") and shape.name in ("clause", "object"):
        return _is_among(head, "documents") or (shape.name == "clause" and _has_that(scene, shape.clause))
    return True


def _has_that(scene: Scene, clause: Token | None) -> bool:
    marks = scene.parse.children(clause.i) if clause is not None else []
    return any(m.dep == "mark" and m.text.lower() == "that" for m in marks)


def _passive(scene: Scene, verb: Verb) -> Found | None:
    """Are known to be, was accused of, was condemned by: the subject is part of the content."""
    parse = scene.parse
    by = next((c for c in verb.children if c.dep == "agent" and c.text.lower() == "by"), None)
    source = next((c for c in parse.children(by.i) if c.dep == "pobj"), None) if by is not None else None
    patient = governing_subject(parse, verb.i)
    if verb.negated and verb.lemma == "reach":  # could not be reached (for comment)
        return Found(_cue(scene, verb.first, verb.last), scene.sources(patient), (), "speech", "refusal")
    shape = passive_shape(scene, verb, source is not None)
    if shape is None:
        return None
    first, contents = verb.first, shape.contents
    if patient is not None and patient.text.lower() in ("it", "there") and patient.i == first - 1:
        first -= 1
    elif patient is not None and shape.name not in ("clause", "infinitive") and patient.i < verb.i:
        modified = verb.token.dep == "acl"
        contents = (part_before(scene, patient, verb.token) if modified else scene.phrase(patient), *contents)
    if not contents:
        return None
    kind, stance = verb.shapes[shape.name]
    if source is None and (kind, stance) == ("speech", "neutral"):
        stance = "hearsay"
    return Found(_cue(scene, first, shape.last), scene.sources(source), contents, kind, stance)


def _emerging(scene: Scene, verb: Verb) -> Found | None:
    """It emerged that, reports emerged that: nobody is said to say so."""
    head = governing_subject(scene.parse, verb.i)
    clause = active_shape(scene, verb._replace(shapes={"clause": verb.shapes["emerges"]}))
    if clause is None or head is None or head.head != verb.i:
        return None
    if head.text.lower() != "it" and head.lemma.lower() not in cue_nouns():
        return None
    first = head.i if head.i < verb.first else verb.first
    kind, stance = verb.shapes["emerges"]
    return Found(_cue(scene, first, verb.last), (), clause.contents, kind, stance)


# ---- refusal


def _is_withheld(scene: Scene, verb: Verb) -> bool:
    """Whether the verb belongs to the cue of one that governs it: declined | to name."""
    head = scene.parse.tokens[verb.token.head]
    withholds = cue_verb(head.lemma)[0] in words("withholding")
    return verb.token.dep == "xcomp" and withholds and verb.lemma in words("silence")


def _withholding(scene: Scene, verb: Verb) -> Found | None:
    """Declined to comment (on), refused to name: the whole chain is the cue."""
    parse = scene.parse
    inner = next((c for c in verb.children if c.dep == "xcomp" and cue_verb(c.lemma)[0] in words("silence")), None)
    if inner is None:
        return None
    last = verb_group(parse, inner.i)[1]
    contents: tuple[Span, ...] = ()
    for child in parse.children(inner.i):
        tokens = parse.subtree(child.i)
        if child.i == last and child.dep == "prep" and child.text.lower() in ("on", "about", "to") and len(tokens) > 1:
            last, contents = last + 1, spans(tokens[1:])
        elif child.i > inner.i and child.dep in ("dobj", "ccomp", "xcomp"):
            contents = spans(tokens)
        if contents:
            break
    sources = scene.sources(governing_subject(parse, verb.i))
    return Found(_cue(scene, verb.first, last), sources, contents, "speech", "refusal")
