"""Attributions by a verb: from the verb's place in the dependency parse to cue, source and content."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from samestory.language import Token
from samestory.language.phrases import (
    NOMINALS,
    SUBJECTS,
    Span,
    governing_subject,
    is_passive,
    noun_phrase,
    runs,
    span_of,
    subtree_without,
    trim,
    verb_group,
)
from samestory.sourcing.found import Found, Scene, Source
from samestory.sourcing.lexicons import Code, cue_verb, source_types, words

PREPOSITIONS = frozenset({"of", "for", "about", "on", "to", "against"})
ADDRESSED = frozenset({"tell", "inform", "remind", "assure", "notify", "advise", "warn", "ask", "reassure", "brief"})
INHERITING = frozenset({"that", "which", "who"})
FIRST_PERSON = frozenset({"i", "we", "you"})


class Shape(NamedTuple):
    """How a verb's content stands: the lexicon's name for it, the content, and the last token of the cue."""

    name: str
    contents: tuple[Span, ...]
    last: int
    clause: Token | None = None


def find_verbal(scene: Scene) -> Iterator[Found]:
    """The attributions whose cue is a verb, in text order; those without content yet may still get a quotation."""
    for token in scene.parse.tokens:
        if not token.tag.startswith("VB") or token.dep in ("aux", "auxpass", "amod", "compound"):
            continue
        lemma, shapes = cue_verb(token.lemma)
        if shapes and (found := _read_verb(scene, token, lemma, shapes)) is not None:
            yield found


def _read_verb(scene: Scene, verb: Token, lemma: str, shapes: dict[str, Code]) -> Found | None:
    if _withheld_by(scene, verb) is not None:
        return None
    if lemma in words("withholding") and (found := _read_withholding(scene, verb)) is not None:
        return found
    if lemma in words("negated refusal") and any(c.dep == "neg" for c in scene.parse.children(verb.i)):
        shapes = {**shapes, "object": Code("speech", "refusal")}
    if is_passive(scene.parse, verb.i):
        return _read_passive(scene, verb, lemma, shapes)
    return _read_active(scene, verb, lemma, shapes)


# ---- active


def _read_active(scene: Scene, verb: Token, lemma: str, shapes: dict[str, Code]) -> Found | None:
    heads = governing_subject(scene.parse, verb.i)
    shape = _active_shape(scene, verb, shapes)
    if shape is None and "quote" not in shapes:
        return None
    code = shapes[shape.name] if shape is not None else shapes["quote"]
    if not _plausible(scene, verb, lemma, shape, heads, shapes):
        return None
    first, last = verb_group(scene.parse, verb.i)
    last = max(last, shape.last) if shape is not None else last
    kind, stance = code
    if heads is not None and heads.lemma.lower() in words("documents") and lemma in words("evidence verbs"):
        kind = "evidence"
    if lemma in words("negated refusal") and any(c.dep == "neg" for c in scene.parse.children(verb.i)):
        stance = "refusal"
    return Found(
        cue=(scene.parse.tokens[first].start, scene.parse.tokens[last - 1].end),
        sources=_active_sources(scene, verb, heads, last),
        contents=shape.contents if shape is not None else (),
        kind=kind,
        stance=stance,
        verb=verb.i,
        addressee=_addressee(scene, verb, lemma),
        quotable="quote" in shapes,
        needs_outer="perceived" in shapes and kind == "evidence" and not _is_witness(heads),
    )


def _active_shape(scene: Scene, verb: Token, shapes: dict[str, Code]) -> Shape | None:
    children = scene.parse.children(verb.i)
    for read in (_clause, _infinitive, _label, _as_label, _prepositional, _object, _parenthesis):
        shape = read(scene, verb, children, shapes)
        if shape is not None and shape.contents:
            return shape
    return None


def _clause(scene: Scene, verb: Token, children: list[Token], shapes: dict[str, Code]) -> Shape | None:
    if "clause" not in shapes:
        return None
    clauses = [c for c in children if c.dep == "ccomp" and (c.i > verb.i or not _is_adverbial(scene, c))]
    clauses.sort(key=lambda c: c.i < verb.i)
    clause = clauses[0] if clauses else _displaced_clause(scene, verb, children)
    if clause is None or (_is_infinitive(scene, clause) and "infinitive" not in shapes and "perceived" not in shapes):
        return None
    last = verb_group(scene.parse, verb.i)[1]
    return Shape("clause", _clause_contents(scene, verb, clause), last, clause)


def _is_adverbial(scene: Scene, clause: Token) -> bool:
    """Whether a conjunction other than "that" opens a clause: "as criticism grew, she announced ..."."""
    return any(
        c.dep == "mark" and c.text.lower() not in ("that", "whether", "if") for c in scene.parse.children(clause.i)
    )


def _displaced_clause(scene: Scene, verb: Token, children: list[Token]) -> Token | None:
    """A "that" clause which the parse hangs on a noun in between: said in a statement that ..."""
    for child in children:
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


def _infinitive(scene: Scene, verb: Token, children: list[Token], shapes: dict[str, Code]) -> Shape | None:
    if "infinitive" not in shapes:
        return None
    clause = next((c for c in children if c.dep in ("xcomp", "ccomp") and c.i > verb.i), None)
    if clause is None or not _is_infinitive(scene, clause):
        return None
    between = [c for c in children if c.dep in ("dobj", "dative") and verb.i < c.i < clause.i]
    start = min([t.i for c in between for t in scene.parse.subtree(c.i)], default=None)
    tokens = _own_clause(scene, clause)
    tokens = [t for t in tokens if t.i > verb.i]
    if start is not None:
        tokens = list(scene.parse.tokens[start : tokens[-1].i + 1])
    return Shape("infinitive", _spans(trim(tokens)), verb_group(scene.parse, verb.i)[1], clause)


def _label(scene: Scene, verb: Token, children: list[Token], shapes: dict[str, Code]) -> Shape | None:
    if "label" not in shapes:
        return None
    label = next((c for c in children if c.dep in ("oprd", "xcomp", "ccomp", "attr") and c.i > verb.i), None)
    objects = [c for c in children if c.dep in ("dobj", "dative")]
    if label is None or (label.pos == "VERB" and not _is_quoted(scene, label)):
        return None
    first = min([label, *(o for o in objects if o.i > verb.i)])
    tokens = [t for t in scene.parse.subtree(first.i) if t.i > verb.i] + scene.parse.subtree(label.i)
    tokens = list(scene.parse.tokens[min(t.i for t in tokens) : max(t.i for t in tokens) + 1])
    return Shape("label", _spans(trim(tokens)), verb_group(scene.parse, verb.i)[1])


def _is_quoted(scene: Scene, token: Token) -> bool:
    return scene.quotation_at(token) is not None


def _as_label(scene: Scene, verb: Token, children: list[Token], shapes: dict[str, Code]) -> Shape | None:
    if "as" not in shapes:
        return None
    last = verb_group(scene.parse, verb.i)[1]
    preposition = next((c for c in children if c.dep == "prep" and c.text.lower() == "as" and c.i > verb.i), None)
    objects = [c for c in children if c.dep in ("dobj", "dative") and c.i > verb.i]
    if preposition is None and objects:
        preposition = next(
            (t for t in scene.parse.subtree(objects[0].i) if t.text.lower() == "as" and t.dep == "prep"), None
        )
    if preposition is None:
        return _as_clause(scene, verb, children, last)
    tokens = scene.parse.subtree(preposition.i)
    if preposition.i == last:
        return Shape("as", _spans(trim(tokens[1:])), last + 1)
    if not objects:
        return None
    first = scene.parse.subtree(objects[0].i)[0].i
    return Shape("as", _spans(trim(list(scene.parse.tokens[first : tokens[-1].i + 1]))), last)


def _as_clause(scene: Scene, verb: Token, children: list[Token], last: int) -> Shape | None:
    """ "Men the police described as smugglers attacked ...": the parse takes "as" for a conjunction."""
    for clause in children:
        marks = [
            m for m in scene.parse.children(clause.i) if m.dep == "mark" and m.text.lower() == "as" and m.i == last
        ]
        if clause.dep == "advcl" and marks:
            tokens = [
                t for t in scene.parse.subtree(clause.i) if last < t.i < clause.i and t.dep not in ("aux", "auxpass")
            ]
            return Shape("as", _spans(trim(tokens)), last + 1)
    return None


def _prepositional(scene: Scene, verb: Token, children: list[Token], shapes: dict[str, Code]) -> Shape | None:
    last = verb_group(scene.parse, verb.i)[1]
    objects = [c for c in children if c.dep in ("dobj", "dative") and c.i > verb.i]
    candidates = [c for c in children if c.dep == "prep"]
    candidates += [t for o in objects for t in scene.parse.children(o.i) if t.dep == "prep"]
    for preposition in candidates:
        name = preposition.text.lower()
        tokens = [t for t in _own_clause(scene, preposition) if t.i > preposition.i]
        if preposition.i < verb.i or name not in PREPOSITIONS or not tokens:
            continue
        if objects and f"them-{name}" in shapes:
            first = scene.parse.subtree(objects[0].i)[0].i
            return Shape(f"them-{name}", _spans(trim(list(scene.parse.tokens[first : tokens[-1].i + 1]))), last)
        if preposition.i == last and name in shapes:
            clause = next((c for c in children if c.dep == "xcomp" and c.i > tokens[-1].i), None)
            if clause is not None and name == "on":  # called on them to stop
                tokens = list(scene.parse.tokens[tokens[0].i : _own_clause(scene, clause)[-1].i + 1])
            return Shape(name, _spans(trim(tokens)), last + 1)
    return None


def _object(scene: Scene, verb: Token, children: list[Token], shapes: dict[str, Code]) -> Shape | None:
    if "object" not in shapes:
        return None
    thing = next((c for c in children if c.dep in ("dobj", "dative") and c.i > verb.i), None)
    if thing is None:
        thing = next((c for c in children if c.dep == "ccomp" and c.i > verb.i and c.tag == "VBG"), None)
    if thing is None or thing.text.lower() in ("himself", "herself", "themselves", "itself"):
        return None
    tokens = [t for t in scene.parse.subtree(thing.i) if t.i > verb.i]
    for child in children:  # what follows the object within the clause: criticized him | for not voting
        follows = child.i > tokens[-1].i and scene.parse.subtree(child.i)[0].i == tokens[-1].i + 1
        if follows and (child.dep == "xcomp" or (child.dep in ("prep", "dative") and not _is_occasion(scene, child))):
            tokens += scene.parse.subtree(child.i)
    return Shape("object", _spans(trim(tokens)), verb_group(scene.parse, verb.i)[1])


def _is_occasion(scene: Scene, preposition: Token) -> bool:
    """Whether a preposition tells when, where or by what means something was said: on Monday, in an interview."""
    if preposition.text.lower() in (
        "during",
        "after",
        "before",
        "by",
        "at",
        "via",
        "through",
        "while",
        "since",
        "until",
    ):
        return True
    thing = next((c for c in scene.parse.children(preposition.i) if c.dep in ("pobj", "pcomp")), None)
    return thing is None or thing.entity in ("DATE", "TIME") or thing.lemma.lower() in words("occasions")


def _parenthesis(scene: Scene, verb: Token, children: list[Token], shapes: dict[str, Code]) -> Shape | None:
    """ "The road, police said, was closed"; "as the mayor said, ..."; a trailing "..., police said" misparsed."""
    if "clause" not in shapes:
        return None
    head = scene.parse.tokens[verb.head]
    last = verb_group(scene.parse, verb.i)[1]
    marked = any(c.dep in ("mark", "advmod") and c.text.lower() == "as" for c in children)
    if verb.dep == "parataxis" or (verb.dep == "advcl" and marked):
        return Shape("clause", _around(scene, verb, head), last)
    return None


# ---- contents


def _spans(tokens: list[Token]) -> tuple[Span, ...]:
    span = span_of(tokens)
    return (span,) if span is not None else ()


def _own_clause(scene: Scene, clause: Token) -> list[Token]:
    """A clause without what goes on beyond it: ", adding that ...", ", and doctors said ..."."""
    parse = scene.parse

    def foreign(token: Token) -> bool:
        before = parse.tokens[token.i - 1] if token.i else token
        _, shapes = cue_verb(token.lemma)
        if token.dep == "advcl" and token.tag == "VBG" and before.text == "," and {"clause", "quote"} & set(shapes):
            return True
        if token.dep == "advcl" and "clause" in shapes and any(c.dep == "nsubj" for c in parse.children(token.i)):
            return any(
                c.dep == "mark" and c.text.lower() in ("while", "although", "as") for c in parse.children(token.i)
            )
        if token.dep == "conj" and "clause" in shapes and token.head == clause.i:
            own = next((c for c in parse.children(token.i) if c.dep == "nsubj" and c.i < token.i), None)
            linked = [c for c in parse.children(clause.i) if c.dep in ("cc", "punct") and clause.i < c.i < token.i]
            return own is not None and any(c.text == "," for c in linked)
        return False

    return subtree_without(parse, clause.i, foreign)


def _region(scene: Scene, verb: Token) -> tuple[int, int]:
    """Tokens ``[first, last)`` of the cue's own clause: subject, verb group, and what follows it up to a comma."""
    parse = scene.parse
    first, last = verb_group(parse, verb.i)
    for child in parse.children(verb.i):
        if child.dep in ("nsubj", "nsubjpass"):
            tokens = noun_phrase(parse, child.i)
            if tokens:
                first, last = min(first, tokens[0].i), max(last, tokens[-1].i + 1)
        elif child.dep in ("dobj", "dative", "prep", "npadvmod", "advmod", "agent") and child.i > verb.i:
            last = max(last, parse.subtree(child.i)[-1].i + 1)
    if first and parse.tokens[first - 1].head == verb.i and parse.tokens[first - 1].dep in ("mark", "advmod"):
        first -= 1
    return first, last


def _clause_contents(scene: Scene, verb: Token, clause: Token) -> tuple[Span, ...]:
    parse = scene.parse
    tokens = _own_clause(scene, clause)
    first, last = verb_group(parse, verb.i)
    if clause.i > verb.i:
        for other in parse.children(verb.i):  # the parse at times splits one clause in two
            if (
                other.dep in ("ccomp", "xcomp")
                and other.i > verb.i
                and other.i != clause.i
                and not _is_said(scene, verb, other)
            ):
                tokens = sorted({*tokens, *_own_clause(scene, other)})
        if (begin := _swallowed_subject(scene, verb, clause)) is not None:
            tokens = sorted({*tokens, *parse.tokens[begin : tokens[0].i]})
        kept = [t for t in tokens if t.i >= last]
        kept = next((r for r in _bridged(kept) if any(t.i == clause.i for t in r)), kept)
        return _spans(trim(_without_day(kept)))
    first, last = _region(scene, verb)
    left = [t for t in tokens if t.i < first]
    right = [t for t in tokens if t.i >= last]
    if left:  # an adverbial that opens the sentence belongs to what is said
        begin = left[0].i
        sentence = parse.sentences[verb.sentence]
        while begin > sentence.first and _hangs_on(scene, parse.tokens[begin - 1], verb, first):
            begin -= 1
        left = list(parse.tokens[begin:first])
    pieces = [span for part in (left, right) if (span := span_of(trim(part))) is not None]
    return tuple(pieces)


def _is_said(scene: Scene, verb: Token, clause: Token) -> bool:
    """Whether a clause stands in quotation marks that begin after the verb: a content of its own."""
    around = scene.quotation_at(clause)
    return around is not None and around.start >= verb.end


def _swallowed_subject(scene: Scene, verb: Token, clause: Token) -> int | None:
    """The subject that the parse has joined to the outlet told: told CNN | the mayor was ..."""
    parse = scene.parse
    told = next((c for c in parse.children(verb.i) if c.dep in ("dobj", "dative") and verb.i < c.i < clause.i), None)
    if told is None or any(c.dep in SUBJECTS for c in parse.children(clause.i)):
        return None
    return next((t.i + 1 for t in parse.subtree(told.i)[:-1] if t.text.lower() in words("media names")), None)


def _without_day(tokens: list[Token]) -> list[Token]:
    """A clause without the day of speaking that the parse puts at its head: said | on Monday | it would close."""
    at = 1 if tokens and tokens[0].text.lower() == "on" else 0
    end = at
    while end < len(tokens) and tokens[end].entity == "DATE" and end - at < 3:
        end += 1
    goes_on = end < len(tokens) and tokens[end].text != "," and tokens[end].dep not in ("prep", "case", "aux", "ROOT")
    return (
        tokens[end:] if end > at and goes_on and tokens[end - 1].dep not in ("nsubj", "nsubjpass", "poss") else tokens
    )


def _hangs_on(scene: Scene, token: Token, verb: Token, first: int) -> bool:
    if token.dep == "cc" and token.head == verb.i:
        return False
    chain = [token, *scene.parse.ancestors(token.i)]
    return any(t.head == verb.i and t.i < first and t.i != verb.i for t in chain)


def _bridged(tokens: list[Token]) -> list[list[Token]]:
    """Runs of tokens, joined where only a few stand between (a mark or an adverb that the parse hangs elsewhere)."""
    found: list[list[Token]] = []
    for run in runs(tokens):
        if found and run[0].i - found[-1][-1].i <= 4:
            found[-1].extend(run)
        else:
            found.append(run)
    return found


def _around(scene: Scene, verb: Token, head: Token) -> tuple[Span, ...]:
    """The clause in which a parenthetic cue stands, in the pieces that the cue leaves of it."""
    first, last = _region(scene, verb)
    own = {t.i for t in scene.parse.subtree(verb.i)}
    tokens = [t for t in scene.parse.subtree(head.i) if t.i not in own]
    left = [t for t in tokens if t.i < first]
    right = [t for t in tokens if t.i >= last]
    return tuple(span for part in (left, right) if (span := span_of(trim(part))) is not None)


# ---- passive


def _read_passive(scene: Scene, verb: Token, lemma: str, shapes: dict[str, Code]) -> Found | None:
    parse = scene.parse
    children = parse.children(verb.i)
    by = next((c for c in children if c.dep == "agent" and c.text.lower() == "by"), None)
    source = next((c for c in parse.children(by.i) if c.dep == "pobj"), None) if by is not None else None
    patient = governing_subject(parse, verb.i)
    read = _passive_shape(scene, verb, children, shapes, source is not None)
    if read is None:
        return None
    name, complement, last = read
    code = shapes[name]
    first = verb_group(parse, verb.i)[0]
    contents = list(complement)
    if patient is not None and patient.text.lower() in ("it", "there") and patient.i == first - 1:
        first -= 1
    elif patient is not None and name not in ("clause", "infinitive") and (patient.i < verb.i):
        contents.insert(0, scene.phrase(patient) if verb.dep != "acl" else _named_part(scene, patient, verb))
    if not contents:
        return None
    stance = "hearsay" if source is None and code == Code("speech", "neutral") else code.stance
    return Found(
        cue=(parse.tokens[first].start, parse.tokens[last - 1].end),
        sources=scene.sources(source),
        contents=tuple(contents),
        kind=code.kind,
        stance=stance,
        verb=verb.i,
    )


def _named_part(scene: Scene, head: Token, verb: Token) -> Span:
    """A noun phrase up to the participle that modifies it: "a man | accused of"."""
    tokens = trim([t for t in scene.parse.subtree(head.i) if t.i < verb_group(scene.parse, verb.i)[0]])
    return (tokens[0].start, tokens[-1].end) if tokens else (head.start, head.end)


def _passive_shape(
    scene: Scene, verb: Token, children: list[Token], shapes: dict[str, Code], by_someone: bool
) -> tuple[str, tuple[Span, ...], int] | None:
    last = verb_group(scene.parse, verb.i)[1]
    for child in children:
        if child.i < verb.i:
            continue
        if child.dep == "ccomp" and "clause" in shapes and not _is_infinitive(scene, child):
            return "clause", _clause_contents(scene, verb, child), last
        if child.dep in ("xcomp", "ccomp") and _is_infinitive(scene, child) and {"raised", "infinitive"} & set(shapes):
            tokens = _own_clause(scene, child)
            adjacent = tokens[0].i == last and tokens[0].tag == "TO"
            name = "raised" if "raised" in shapes else "infinitive"
            return name, _spans(trim(tokens[1:] if adjacent else tokens)), last + int(adjacent)
        if child.dep == "prep" and child.i == last:
            name = next((n for n in (child.text.lower(), f"them-{child.text.lower()}") if n in shapes), None)
            tokens = [t for t in _own_clause(scene, child) if t.i > child.i]
            if name is not None:
                return name, _spans(trim(tokens)), last + 1
        if child.dep in ("oprd", "attr", "xcomp", "acomp") and {"label", "raised"} & set(shapes):
            if child.text[0].isupper() and not by_someone and not _is_quoted(scene, child):
                return None  # a name, not a judgement: a club called Arsenal
            return ("label" if "label" in shapes else "raised"), _spans(trim(scene.parse.subtree(child.i))), last
    if by_someone and "object" in shapes:
        return "object", (), last
    return None


# ---- refusal


def _withheld_by(scene: Scene, verb: Token) -> Token | None:
    """The verb of withholding that governs this one: declined | to name."""
    head = scene.parse.tokens[verb.head]
    if (
        verb.dep == "xcomp"
        and cue_verb(head.lemma)[0] in words("withholding")
        and cue_verb(verb.lemma)[0] in words("silence")
    ):
        return head
    return None


def _read_withholding(scene: Scene, verb: Token) -> Found | None:
    """Declined to comment (on), refused to name: the whole chain is the cue."""
    parse = scene.parse
    inner = next(
        (c for c in parse.children(verb.i) if c.dep == "xcomp" and cue_verb(c.lemma)[0] in words("silence")), None
    )
    if inner is None:
        return None
    first, last = verb_group(parse, verb.i)[0], inner.i + 1
    contents: tuple[Span, ...] = ()
    for child in parse.children(inner.i):
        if child.i < inner.i or child.dep not in ("dobj", "ccomp", "prep", "xcomp", "agent"):
            continue
        tokens = parse.subtree(child.i)
        if child.dep == "prep" and child.i == last and child.text.lower() in ("on", "about", "to") and len(tokens) > 1:
            last, tokens = last + 1, tokens[1:]
        elif child.dep == "prep":
            continue
        contents = _spans(trim(tokens))
        break
    sources = scene.sources(governing_subject(parse, verb.i))
    cue = (parse.tokens[first].start, parse.tokens[last - 1].end)
    return Found(cue, sources, contents, "speech", "refusal", verb.i)


# ---- sources and checks


def _active_sources(scene: Scene, verb: Token, head: Token | None, after: int) -> tuple[Source, ...]:
    if head is None:
        return _inverted_source(scene, after) or _preceding_source(scene, verb)
    if verb.dep == "acl" and verb.head == head.i:  # "a man | shouting"
        return (Source(*_named_part(scene, head, verb), head.i),)
    return scene.sources(head)


def _preceding_source(scene: Scene, verb: Token) -> tuple[Source, ...]:
    """The noun phrase right before a finite verb without a subject in the parse: "From Paris, Jane Roe, ..., said"."""
    parse = scene.parse
    at = verb_group(parse, verb.i)[0] - 1
    while at >= 0 and parse.tokens[at].text == ",":
        at -= 1
    if verb.tag not in ("VBD", "VBZ", "VBP") or at < 0 or parse.tokens[at].sentence != verb.sentence:
        return ()
    token = parse.tokens[at]
    while token.dep in ("appos", "compound", "pobj", "prep", "amod", "poss", "case", "relcl") and token.head != token.i:
        token = parse.tokens[token.head]
    return scene.sources(token) if token.pos in ("NOUN", "PROPN", "PRON") and token.i < verb.i else ()


def _inverted_source(scene: Scene, after: int) -> tuple[Source, ...]:
    """A name right after the verb that the parse does not give it as subject: "..., said Jane Roe"."""
    parse = scene.parse
    if after >= len(parse.tokens) or parse.tokens[after].sentence != parse.tokens[after - 1].sentence:
        return ()
    token = parse.tokens[after]
    if token.pos != "PROPN":
        return ()
    while token.dep in ("compound", "nmod", "amod") and token.head > token.i:
        token = parse.tokens[token.head]
    return scene.sources(token) if token.pos == "PROPN" and token.dep not in ("pobj",) else ()


def _is_witness(head: Token | None) -> bool:
    return head is not None and head.lemma.lower() in words("witnesses")


def _plausible(
    scene: Scene, verb: Token, lemma: str, shape: Shape | None, heads: Token | None, shapes: dict[str, Code]
) -> bool:
    """Drop deeds that look like reports (showed him the door, found the keys) and a speaker's own "I think"."""
    person = heads.text.lower() if heads is not None else ""
    if verb.tag == "VB" and (heads is None or (person == "it" and heads.head != verb.i)):
        return False  # said of nobody: it is fair to say
    if (heads is None and verb.tag in ("VB", "VBP") and verb.dep == "ROOT") or (
        heads is not None and heads.text == "You"
    ):
        return False  # an order or an offer to the reader
    if shape is None:
        return True
    code = shapes[shape.name]
    if "perceived" in shapes and code.kind == "evidence":
        return verb.tag == "VBD" and (_is_witness(heads) or person in ("i", "we", "they", "he", "she"))
    if _is_quoted(scene, verb) and (heads is None or person in FIRST_PERSON or shape.name not in ("clause", "as")):
        return False  # what a speaker says of herself or of the listener ascribes nothing to anyone
    if code == Code("thought", "factive") and verb.tag == "VB" and verb.dep in ("advcl", "acl", "xcomp"):
        return False  # an inquiry still to be made: to determine whether
    if lemma in words("document verbs") and shape.name in ("clause", "object"):
        if heads is not None and heads.lemma.lower() in words("documents"):
            return True
        marks = scene.parse.children(shape.clause.i) if shape.clause is not None else []
        return shape.name == "clause" and any(m.dep == "mark" and m.text.lower() == "that" for m in marks)
    return True


def _addressee(scene: Scene, verb: Token, lemma: str) -> str | None:
    """The outlet or agency that was told."""
    for child in scene.parse.children(verb.i):
        told = child if child.dep in ("dobj", "dative") and lemma in ADDRESSED else None
        if child.dep in ("prep", "dative") and child.text.lower() == "to" and child.i > verb.i:
            told = next((c for c in scene.parse.children(child.i) if c.dep == "pobj"), None)
        if told is not None and told.i > verb.i and _is_outlet(scene, told):
            start, end = scene.phrase(told)
            return scene.parse.text[start:end]
    return None


def _is_outlet(scene: Scene, token: Token) -> bool:

    if token.entity == "ORG":
        return True
    known = source_types().get(token.lemma.lower()) == "media"
    return known and token.lemma.lower() not in ("reporter", "journalist", "correspondent", "commentator", "critic")
