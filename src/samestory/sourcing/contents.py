"""The content of a cue as spans: which part of the parse is what was said."""

from __future__ import annotations

from samestory.language import Token
from samestory.language.phrases import SUBJECTS, Span, noun_phrase, runs, span_of, subtree_without, trim, verb_group
from samestory.sourcing.found import Scene
from samestory.sourcing.lexicons import cue_verb, words

GAP = 4  # tokens that may stand between the parts of one clause


def spans(tokens: list[Token]) -> tuple[Span, ...]:
    """The trimmed tokens as one span; none for none."""
    span = span_of(trim(tokens))
    return (span,) if span is not None else ()


def own_clause(scene: Scene, clause: Token) -> list[Token]:
    """A clause without what goes on beyond it: ", adding that ...", ", and doctors said ..."."""
    return subtree_without(scene.parse, clause.i, lambda token: _goes_beyond(scene, clause, token))


def _goes_beyond(scene: Scene, clause: Token, token: Token) -> bool:
    parse = scene.parse
    _, shapes = cue_verb(token.lemma)
    if token.dep == "advcl" and token.tag == "VBG":
        return is_afterthought(scene, token)
    children = parse.children(token.i)
    if "clause" not in shapes or not any(c.dep == "nsubj" and c.i < token.i for c in children):
        return False
    if token.dep == "advcl":
        begin = parse.subtree(token.i)[0]
        contrast = begin.dep == "mark" and begin.text.lower() in ("while", "although", "as")
        return contrast and begin.i > 0 and parse.tokens[begin.i - 1].text == ","
    linked = [c for c in parse.children(clause.i) if c.dep in ("cc", "punct") and clause.i < c.i < token.i]
    return token.dep == "conj" and token.head == clause.i and any(c.text == "," for c in linked)


def is_afterthought(scene: Scene, token: Token) -> bool:
    """Whether a participle after a comma goes on telling who spoke: ", adding that ...", ", referring to ..."."""
    if token.dep != "advcl" or token.tag != "VBG" or not token.i:
        return False
    return scene.parse.tokens[token.i - 1].text == "," and bool(
        {"clause", "quote", "to"} & set(cue_verb(token.lemma)[1])
    )


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


def clause_contents(scene: Scene, verb: Token, clause: Token) -> tuple[Span, ...]:
    """The content that a clause under a verb makes, in one span or, where the cue stands inside it, in two."""
    if clause.i > verb.i:
        return _following(scene, verb, clause)
    parse = scene.parse
    tokens = own_clause(scene, clause)
    first, last = _region(scene, verb)
    left = [t for t in tokens if t.i < first]
    if left:  # an adverbial that opens the sentence belongs to what is said
        begin = left[0].i
        while begin > parse.sentences[verb.sentence].first and _hangs_on(scene, parse.tokens[begin - 1], verb, first):
            begin -= 1
        left = list(parse.tokens[begin:first])
    return (*spans(left), *spans([t for t in tokens if t.i >= last]))


def _following(scene: Scene, verb: Token, clause: Token) -> tuple[Span, ...]:
    parse = scene.parse
    tokens = own_clause(scene, clause)
    for other in parse.children(verb.i):  # the parse at times splits one clause in two
        beside = other.dep in ("ccomp", "xcomp") and other.i > verb.i and other.i != clause.i
        if beside and not _is_said(scene, verb, other):
            tokens = sorted({*tokens, *own_clause(scene, other)})
    if (begin := _swallowed_subject(scene, verb, clause)) is not None:
        tokens = sorted({*tokens, *parse.tokens[begin : tokens[0].i]})
    kept = [t for t in tokens if t.i >= verb_group(parse, verb.i)[1]]
    kept = next((r for r in _bridged(kept) if any(t.i == clause.i for t in r)), kept)
    return spans(_without_day(kept))


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
    dated = end > at and goes_on and tokens[end - 1].dep not in ("nsubj", "nsubjpass", "poss")
    return tokens[end:] if dated else tokens


def _hangs_on(scene: Scene, token: Token, verb: Token, first: int) -> bool:
    if token.dep == "cc" and token.head == verb.i:
        return False
    chain = [token, *scene.parse.ancestors(token.i)]
    return any(t.head == verb.i and t.i < first and t.i != verb.i for t in chain)


def _bridged(tokens: list[Token]) -> list[list[Token]]:
    """Runs of tokens, joined where only a few stand between (a mark or an adverb that the parse hangs elsewhere)."""
    found: list[list[Token]] = []
    for run in runs(tokens):
        if found and run[0].i - found[-1][-1].i <= GAP:
            found[-1].extend(run)
        else:
            found.append(run)
    return found


def clause_around(scene: Scene, verb: Token, head: Token) -> tuple[Span, ...]:
    """The clause in which a parenthetic cue stands, in the pieces that the cue leaves of it."""
    first, last = _region(scene, verb)
    own = {t.i for t in scene.parse.subtree(verb.i)}
    tokens = [t for t in scene.parse.subtree(head.i) if t.i not in own]
    return (*spans([t for t in tokens if t.i < first]), *spans([t for t in tokens if t.i >= last]))
