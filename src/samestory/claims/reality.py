"""Whether a happening is told as a fact, or denied, wished, planned, feared or made to hang on a condition."""

from __future__ import annotations

from samestory.language import Parse, Token

MODALS = ("could", "would", "might", "may", "can", "should", "will", "must", "shall", "ca", "wo", "'ll", "'d")
HEARSAY = ("report", "believe", "know", "think", "say", "fear", "understand", "find", "presume", "appear", "seem",
           "confirm", "suspect", "allege", "claim", "continue", "go")  # fmt: skip
THWARTED = ("without", "prevent", "avoid", "try", "attempt", "threaten", "plan", "plot", "want", "intend", "against",
            "accuse", "fail")  # fmt: skip


def unreal(parse: Parse, token: Token) -> bool:
    """Whether the happening is denied, wished, planned, feared or hangs on a condition, and so claims no count."""
    verb = token
    while verb.pos not in ("VERB", "AUX") and verb.head != verb.i:
        if verb.dep in ("nsubj", "nsubjpass", "dobj", "pobj"):
            return False
        verb = parse.tokens[verb.head]
    if _is_unreal(parse, verb):
        return True
    while (
        verb.dep in ("conj", "xcomp") and verb.head != verb.i
    ):  # a condition holds for what is joined to its verb, too
        verb = parse.tokens[verb.head]
        if {c.text.lower() for c in parse.children(verb.i) if c.dep in ("aux", "mark")} & {*MODALS, "if", "unless"}:
            return True
    hoped = verb.dep == "ccomp" and parse.tokens[verb.head].lemma.lower() in ("hope", "want", "wish", "imagine")
    return hoped or any(t.text.lower() == "case" and t.dep == "pobj" for t in parse.ancestors(verb.i)[:2])


def _is_unreal(parse: Parse, verb: Token) -> bool:
    children = parse.children(verb.i)
    words = {c.text.lower() for c in children if c.dep in ("aux", "neg", "mark")}
    perfect = any(c.dep == "aux" and c.lemma == "have" for c in children)
    if perfect and words & {"could", "would", "should"}:  # "hundreds could have died"
        return True
    if any(c.dep == "advmod" and c.text.lower() in ("nearly", "almost") and c.i < verb.i for c in children):
        return True
    if any(c.dep == "neg" and c.text.lower() not in ("no",) for c in children) or words & {"if", "unless"}:
        return True
    if perfect:
        return False
    if words & set(MODALS):
        return True
    head = parse.tokens[verb.head]
    if verb.dep == "pcomp" or verb.tag == "VBG" or "to" in words:
        if head.lemma.lower() in THWARTED and not (head.lemma == "accuse" and verb.dep == "pcomp"):
            return True
        return "to" in words and not (verb.dep in ("xcomp", "advcl", "ccomp") and head.lemma in HEARSAY)
    return False
