"""Attributions without a verb of saying: "according to", "reports that", a trailing "media reports"."""

from __future__ import annotations

from collections.abc import Iterator

from samestory.language import Token
from samestory.language.phrases import SUBJECTS, Span, governing_subject, noun_phrase, span_of, trim
from samestory.sourcing.found import Found, Scene, Source
from samestory.sourcing.lexicons import cue_nouns, words

HEARSAY = frozenset({"report", "rumor", "rumour"})  # "reports that": nobody is said to report
CUE_NOUN_FORMS = frozenset({"reports", "report", "claims", "says", "notes", "states"})  # nouns to the tagger at times


def find_nominal(scene: Scene) -> Iterator[Found]:
    """The attributions by a preposition or a noun, in text order."""
    for token in scene.parse.tokens:
        word = token.text.lower()
        if word == "according":
            found = _according(scene, token)
        elif token.pos == "NOUN" and token.lemma.lower() in cue_nouns():
            found = _trailing_noun(scene, token) or _clause_noun(scene, token)
        elif token.pos in ("NOUN", "PROPN") and word in CUE_NOUN_FORMS:
            found = _trailing_noun(scene, token)
        else:
            continue
        if found is not None:
            yield found


def _according(scene: Scene, token: Token) -> Found | None:
    """Read "according to X", also where "to" is missing."""
    parse = scene.parse
    following = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else None
    if following is None or following.sentence != token.sentence:
        return None
    to = following.text.lower() == "to"
    last = following if to else token
    heads = [c for at in (last.i, token.i) for c in parse.children(at) if c.dep in ("pobj", "dobj") and c.i > last.i]
    if not heads or (len(scene.parse.subtree(heads[0].i)) == 1 and heads[0].lemma in ("plan", "schedule")):
        return None
    source = heads[0]
    phrase = noun_phrase(parse, source.i) or [source]
    if not (sources := scene.sources(source)):
        return None
    if (cut := _swallowed(scene, token, phrase)) is not None:  # "according to the summary, Roe and Poe asked ..."
        phrase = phrase[:cut]
        sources = (Source(phrase[0].start, phrase[-1].end, source.i),)
    contents = _host_clause(scene, token, token.i, phrase[-1].i + 1)
    return Found((token.start, last.end), sources, contents, "speech", "neutral")


def _swallowed(scene: Scene, token: Token, phrase: list[Token]) -> int | None:
    """Where the parse has taken the subject of the sentence into a source that opens it: the first comma, or None."""
    root = next((a for a in scene.parse.ancestors(token.i) if a.pos in ("VERB", "AUX")), None)
    opens = token.i == scene.parse.sentences[token.sentence].first
    if root is None or not opens or any(c.dep in SUBJECTS for c in scene.parse.children(root.i)):
        return None
    return next((n for n, t in enumerate(phrase) if t.text == "," and n), None)


def _host_clause(scene: Scene, token: Token, first: int, last: int) -> tuple[Span, ...]:
    """What an adjunct at tokens ``[first, last)`` qualifies: its sentence at the sentence's edge, else its clause."""
    parse = scene.parse
    sentence = parse.sentences[token.sentence]
    before = trim(list(parse.tokens[sentence.first : first]))
    after = trim(list(parse.tokens[last : sentence.last]))
    verb = next((a for a in parse.ancestors(token.i) if a.pos in ("VERB", "AUX")), None)
    if before and after and verb is not None:
        own = {t.i for t in parse.subtree(verb.i)}
        before = trim([t for t in before if t.i in own])
        after = trim([t for t in after if t.i in own])
    return tuple(span for part in (before, after) if (span := span_of(part)) is not None)


def _trailing_noun(scene: Scene, token: Token) -> Found | None:
    """Read "..., media reports", where the tagger takes the verb for a noun with the report as its clause."""
    parse = scene.parse
    clause = next((c for c in parse.children(token.i) if c.dep == "ccomp" and c.i < token.i), None)
    comma = next((c for c in parse.children(token.i) if c.text == "," and c.i < token.i), None)
    if clause is None or comma is None or token.text.lower() not in CUE_NOUN_FORMS:
        return None
    phrase = trim(list(parse.tokens[comma.i + 1 : token.i]))
    content = trim(list(parse.tokens[parse.subtree(clause.i)[0].i : comma.i]))
    span = span_of(content)
    if span is None:
        return None
    sources = (Source(phrase[0].start, phrase[-1].end, phrase[-1].i),) if phrase else ()
    stance = "neutral" if phrase else "hearsay"
    return Found((token.start, token.end), sources, (span,), "speech", stance, quotable=True)


def _clause_noun(scene: Scene, token: Token) -> Found | None:
    """Read "the claim that ...", "reports coming in that ...", "expressed concern that ..."."""
    parse = scene.parse
    clause = next(
        (c for c in parse.children(token.i) if c.dep in ("acl", "ccomp", "relcl") and _is_that_clause(scene, c)), None
    )
    if clause is not None:
        content = trim(parse.subtree(clause.i))
        last = token.i
    else:
        that = _that_near(scene, token)
        if that is None:
            return None
        end = parse.sentences[token.sentence].last
        content = trim(list(parse.tokens[that.i : end]))
        last = that.i - 1
    span = span_of(content)
    if span is None or content[0].i <= token.i:
        return None
    kind, stance = cue_nouns()[token.lemma.lower()]
    head = parse.tokens[token.head]
    first = token.i
    source = _owner(scene, token)
    if source is None and token.dep == "dobj" and head.lemma.lower() in words("light verbs") and head.i < token.i:
        first, source = head.i, governing_subject(parse, head.i)
    if stance == "hearsay" and source is not None:
        stance = "neutral"
    return Found((parse.tokens[first].start, parse.tokens[last].end), scene.sources(source), (span,), kind, stance)


def _is_that_clause(scene: Scene, clause: Token) -> bool:
    return any(m.dep == "mark" and m.text.lower() in ("that", "whether") for m in scene.parse.children(clause.i))


def _that_near(scene: Scene, token: Token) -> Token | None:
    """The "that" of "reports coming in that": within three words, where a clause must follow."""
    if token.lemma.lower() not in HEARSAY:
        return None
    for following in scene.parse.tokens[token.i + 1 : token.i + 4]:
        if following.sentence != token.sentence or following.text in ",;":
            return None
        if following.text.lower() == "that" and following.tag in ("IN", "DT", "WDT"):
            return following if following.tag != "WDT" or following.i > token.i + 1 else None
    return None


def _owner(scene: Scene, token: Token) -> Token | None:
    """Whose claim it is: "Roe's claim that", "a claim by Roe that"."""
    parse = scene.parse
    for child in parse.children(token.i):
        if child.dep == "poss":
            return child
        if child.dep in ("prep", "agent") and child.text.lower() in ("by", "from", "of", "among"):
            owner = next((c for c in parse.children(child.i) if c.dep == "pobj"), None)
            if owner is not None:
                return owner
    return None
