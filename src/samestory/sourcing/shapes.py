"""The shapes in which a cue verb's content stands: a clause, an infinitive, an object, a label."""

from __future__ import annotations

from typing import NamedTuple

from samestory.language import Token
from samestory.language.phrases import NOMINALS, Span, is_passive, verb_group
from samestory.sourcing.contents import clause_around, clause_contents, own_clause, spans
from samestory.sourcing.found import Scene
from samestory.sourcing.lexicons import Code, cue_verb, words

PREPOSITIONS = frozenset({"of", "for", "about", "on", "to", "against"})
OCCASIONS = frozenset({"during", "after", "before", "by", "at", "via", "through", "while", "since", "until"})
REFLEXIVES = frozenset({"himself", "herself", "themselves", "itself"})


class Verb(NamedTuple):
    """A cue verb in its sentence: ``[first, last)`` are the tokens of its verb group."""

    token: Token
    lemma: str
    shapes: dict[str, Code]
    children: list[Token]
    first: int
    last: int
    passive: bool

    @property
    def i(self) -> int:
        """The verb's place among the tokens."""
        return self.token.i

    @property
    def objects(self) -> list[Token]:
        """The objects that follow the verb."""
        return [c for c in self.children if c.dep in ("dobj", "dative") and c.i > self.i]

    @property
    def negated(self) -> bool:
        """Whether a "not" belongs to the verb."""
        return any(c.dep == "neg" for c in self.children)


class Shape(NamedTuple):
    """How a verb's content stands: the lexicon's name for it, the content, and where the cue's tokens end."""

    name: str
    contents: tuple[Span, ...]
    last: int
    clause: Token | None = None


def read_verb(scene: Scene, token: Token) -> Verb | None:
    """The token as a cue verb, or None where the lexicon does not hold it."""
    if not token.tag.startswith("VB") or token.dep in ("aux", "auxpass", "amod", "compound"):
        return None
    lemma, shapes = cue_verb(token.lemma)
    if not shapes:
        return None
    first, last = verb_group(scene.parse, token.i)
    children = scene.parse.children(token.i)
    verb = Verb(token, lemma, shapes, children, first, last, is_passive(scene.parse, token.i))
    if verb.negated and lemma in words("negated refusal"):
        verb = verb._replace(shapes={**shapes, "object": Code("speech", "refusal"), "to": Code("speech", "refusal")})
    return verb


def active_shape(scene: Scene, verb: Verb) -> Shape | None:
    """The first shape of an active verb that gives content, or None."""
    for read in (_clause, _infinitive, _label, _as_label, _prepositional, _object, _parenthesis):
        shape = read(scene, verb)
        if shape is not None and shape.contents:
            return shape
    return None


def _clause(scene: Scene, verb: Verb) -> Shape | None:
    if "clause" not in verb.shapes:
        return None
    clauses = [c for c in verb.children if c.dep == "ccomp" and (c.i > verb.i or not _is_adverbial(scene, c))]
    clauses.sort(key=lambda c: c.i < verb.i)
    clause = clauses[0] if clauses else _displaced_clause(scene, verb)
    if clause is None or (_is_infinitive(scene, clause) and not {"infinitive", "perceived"} & set(verb.shapes)):
        return None
    return Shape("clause", clause_contents(scene, verb.token, clause), verb.last, clause)


def _is_adverbial(scene: Scene, clause: Token) -> bool:
    """Whether a conjunction other than "that" opens a clause: "as criticism grew, she announced ..."."""
    marks = [c.text.lower() for c in scene.parse.children(clause.i) if c.dep == "mark"]
    return any(mark not in ("that", "whether", "if") for mark in marks)


def _displaced_clause(scene: Scene, verb: Verb) -> Token | None:
    """A "that" clause which the parse hangs on a noun in between: said in a statement that ..."""
    for child in verb.children:
        if child.i < verb.i or child.dep not in ("prep", "npadvmod", "dobj", "dative"):
            continue
        for token in scene.parse.subtree(child.i):
            if token.dep in ("acl", "ccomp", "relcl") and token.head != verb.i:
                marks = [m for m in scene.parse.children(token.i) if m.dep == "mark" and m.text.lower() == "that"]
                if marks and scene.parse.tokens[token.head].pos in NOMINALS:
                    return token
    return None


def _is_infinitive(scene: Scene, clause: Token) -> bool:
    return any(c.dep == "aux" and c.tag == "TO" for c in scene.parse.children(clause.i))


def _infinitive(scene: Scene, verb: Verb) -> Shape | None:
    if "infinitive" not in verb.shapes:
        return None
    clause = next((c for c in verb.children if c.dep in ("xcomp", "ccomp") and c.i > verb.i), None)
    if clause is None or not _is_infinitive(scene, clause):
        return None
    tokens = [t for t in own_clause(scene, clause) if t.i > verb.i]
    asked = [c for c in verb.objects if c.i < clause.i]
    if asked:
        tokens = _hull(scene, scene.parse.subtree(asked[0].i)[0], tokens[-1])
    return Shape("infinitive", spans(tokens), verb.last, clause)


def _hull(scene: Scene, first: Token, last: Token) -> list[Token]:
    return list(scene.parse.tokens[first.i : last.i + 1])


def _label(scene: Scene, verb: Verb) -> Shape | None:
    if "label" not in verb.shapes:
        return None
    label = next((c for c in verb.children if c.dep in ("oprd", "xcomp", "ccomp", "attr") and c.i > verb.i), None)
    if label is None or (label.pos == "VERB" and scene.quotation_at(label) is None):
        return None
    if not verb.objects and label.text[0].isupper() and scene.quotation_at(label) is None:
        return None  # a name, not a judgement
    first = min([label, *verb.objects])
    tokens = sorted({t for t in scene.parse.subtree(first.i) if t.i > verb.i} | set(scene.parse.subtree(label.i)))
    return Shape("label", spans(_hull(scene, tokens[0], tokens[-1])), verb.last)


def _as_label(scene: Scene, verb: Verb) -> Shape | None:
    if "as" not in verb.shapes:
        return None
    within = [t for o in verb.objects[:1] for t in scene.parse.subtree(o.i)]
    links = [t for t in [*verb.children, *within] if t.dep == "prep" and t.text.lower() == "as" and t.i > verb.i]
    if not links:
        return _as_clause(scene, verb)
    tokens = scene.parse.subtree(links[0].i)
    if links[0].i == verb.last:
        return Shape("as", spans(tokens[1:]), verb.last + 1)
    if not verb.objects:
        return None
    return Shape("as", spans(_hull(scene, scene.parse.subtree(verb.objects[0].i)[0], tokens[-1])), verb.last)


def _as_clause(scene: Scene, verb: Verb) -> Shape | None:
    """Men the police described as smugglers attacked ...: the parse takes "as" for a conjunction."""
    for clause in verb.children:
        marks = [m for m in scene.parse.children(clause.i) if m.dep == "mark" and m.i == verb.last]
        if clause.dep == "advcl" and marks and marks[0].text.lower() == "as":
            members = [t for t in scene.parse.subtree(clause.i) if verb.last < t.i < clause.i]
            return Shape("as", spans([t for t in members if t.dep not in ("aux", "auxpass")]), verb.last + 1)
    return None


def _prepositional(scene: Scene, verb: Verb) -> Shape | None:
    links = [c for c in verb.children if c.dep == "prep"]
    links += [t for o in verb.objects for t in scene.parse.children(o.i) if t.dep == "prep"]
    for link in links:
        name = link.text.lower()
        tokens = [t for t in own_clause(scene, link) if t.i > link.i]
        if link.i < verb.i or name not in PREPOSITIONS or not tokens:
            continue
        if verb.objects and f"them-{name}" in verb.shapes:
            first = scene.parse.subtree(verb.objects[0].i)[0]
            return Shape(f"them-{name}", spans(_hull(scene, first, tokens[-1])), verb.last)
        if link.i == verb.last and name in verb.shapes:
            clause = next((c for c in verb.children if c.dep == "xcomp" and c.i > tokens[-1].i), None)
            if clause is not None and name == "on":  # called on them to stop
                tokens = _hull(scene, tokens[0], own_clause(scene, clause)[-1])
            return Shape(name, spans(tokens), verb.last + 1)
    return None


def _object(scene: Scene, verb: Verb) -> Shape | None:
    if "object" not in verb.shapes:
        return None
    gerunds = [c for c in verb.children if c.dep == "ccomp" and c.i > verb.i and c.tag == "VBG"]
    thing = next(iter(verb.objects + gerunds), None)
    if thing is None or thing.text.lower() in REFLEXIVES:
        return None
    tokens = [t for t in scene.parse.subtree(thing.i) if t.i > verb.i]
    for child in verb.children:  # what follows the object within the clause: criticized him | for not voting
        follows = child.i > tokens[-1].i and scene.parse.subtree(child.i)[0].i == tokens[-1].i + 1
        if follows and (child.dep == "xcomp" or (child.dep in ("prep", "dative") and not _is_occasion(scene, child))):
            tokens += scene.parse.subtree(child.i)
    return Shape("object", spans(tokens), verb.last)


def _is_occasion(scene: Scene, preposition: Token) -> bool:
    """Whether a preposition tells when, where or by what means something was said: on Monday, in an interview."""
    if preposition.text.lower() in OCCASIONS:
        return True
    thing = next((c for c in scene.parse.children(preposition.i) if c.dep in ("pobj", "pcomp")), None)
    return thing is None or thing.entity in ("DATE", "TIME") or thing.lemma.lower() in words("occasions")


def _parenthesis(scene: Scene, verb: Verb) -> Shape | None:
    """The road, police said, was closed; as the mayor said, ..."""
    if "clause" not in verb.shapes:
        return None
    marked = any(c.dep in ("mark", "advmod") and c.text.lower() == "as" for c in verb.children)
    if verb.token.dep == "parataxis" or (verb.token.dep == "advcl" and marked):
        head = scene.parse.tokens[verb.token.head]
        return Shape("clause", clause_around(scene, verb.token, head), verb.last)
    return None


def passive_shape(scene: Scene, verb: Verb, by_someone: bool) -> Shape | None:
    """The shape of what follows a verb in the passive, or None where nothing there is content."""
    for child in verb.children:
        if child.i > verb.i and (shape := _passive_complement(scene, verb, child, by_someone)) is not None:
            return shape
    return Shape("object", (), verb.last) if by_someone and "object" in verb.shapes else None


def _passive_complement(scene: Scene, verb: Verb, child: Token, by_someone: bool) -> Shape | None:
    shapes, last = verb.shapes, verb.last
    infinitive = _is_infinitive(scene, child)
    if child.dep == "ccomp" and "clause" in shapes and not infinitive:
        return Shape("clause", clause_contents(scene, verb.token, child), last)
    if child.dep in ("xcomp", "ccomp") and infinitive and {"raised", "infinitive"} & set(shapes):
        tokens = own_clause(scene, child)
        adjacent = tokens[0].i == last and tokens[0].tag == "TO"
        name = "raised" if "raised" in shapes else "infinitive"
        return Shape(name, spans(tokens[1:] if adjacent else tokens), last + int(adjacent))
    if child.dep == "prep" and child.i == last:
        name = next((n for n in (child.text.lower(), f"them-{child.text.lower()}") if n in shapes), "")
        tokens = [t for t in own_clause(scene, child) if t.i > child.i]
        return Shape(name, spans(tokens), last + 1) if name else None
    if child.dep in ("oprd", "attr", "xcomp", "acomp") and {"label", "raised"} & set(shapes):
        if child.text[0].isupper() and not by_someone and scene.quotation_at(child) is None:
            return None  # a name, not a judgement: a club called Arsenal
        return Shape("label" if "label" in shapes else "raised", spans(scene.parse.subtree(child.i)), last)
    return None
