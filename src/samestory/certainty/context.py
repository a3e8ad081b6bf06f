"""Which readings of an ambiguous word are certainty cues, decided by the parse.

Each rule takes the parse and the token and says whether this use counts. The names are those in
:mod:`samestory.certainty.lexicon`.
"""

from __future__ import annotations

from collections.abc import Callable

from samestory.language import Parse, Token

CLAUSES = ("ccomp", "xcomp", "acl", "advcl")
QUESTION_HEADS = ("ask", "wonder", "know", "say", "see", "determine", "decide", "establish", "tell", "inquire", "check",
                  "unclear", "clear", "sure", "unsure", "certain", "doubt", "question", "confirm", "examine", "discuss",
                  "investigate", "find", "learn", "understand", "consider", "uncertain", "unknown")  # fmt: skip
OPEN_QUESTIONS = ("possible", "possibility", "potential", "motive", "link", "tie", "connection", "claim", "report",
                  "allegation", "cause", "circumstance", "suspected", "alleged", "option", "theory", "whether", "how",
                  "why", "what", "who", "if", "likely", "tip", "lead")  # fmt: skip
SENSES = ("see", "hear", "feel", "smell", "taste", "reach", "understand", "remember", "recall", "recognize", "afford",
          "tell", "identify", "contact", "stand", "believe")  # fmt: skip
OPENERS = ("so", "that", "it", "he", "she", "they")  # what opens a clause that the parser has missed
REPORTED = (
    "of",
    "that",
    "emerged",
    "began",
    "surfaced",
    "say",
    "said",
    "suggest",
    "suggested",
    "indicated",
    "claiming",
)
PERMITTED = ("publish", "reproduce", "redistribute", "republish", "rewrite", "broadcast", "enter", "apply")
SHOWING = ("speak", "say", "see", "hear", "define", "state", "mark", "label", "think", "write", "explain", "stand")


def accepts(context: str, parse: Parse, token: Token) -> bool:
    """Whether the token, in its context, is the cue that its lexicon entry says it may be."""
    return RULES[context](parse, token)


def negated(parse: Parse, token: Token) -> bool:
    """Whether a negation hangs on the token."""
    return any(c.dep == "neg" or c.lemma in ("never", "hardly") for c in parse.children(token.i))


def _has(parse: Parse, token: Token, *deps: str) -> bool:
    return any(c.dep in deps for c in parse.children(token.i))


def _lemmas(parse: Parse, token: Token) -> set[str]:
    return {c.lemma.lower() for c in parse.children(token.i)}


def _neighbour(parse: Parse, token: Token, step: int) -> Token | None:
    at = token.i + step
    if not 0 <= at < len(parse.tokens) or parse.tokens[at].sentence != token.sentence:
        return None
    return parse.tokens[at]


def _word(parse: Parse, token: Token, step: int) -> str:
    near = _neighbour(parse, token, step)
    return "" if near is None else near.text.lower()


def _passive(parse: Parse, token: Token) -> bool:
    return token.tag == "VBN" and (_has(parse, token, "auxpass", "nsubjpass") or token.dep in ("acl", "relcl", "amod"))


def _clause(parse: Parse, token: Token) -> bool:
    return _has(parse, token, "ccomp", "acl")


def _opinion(parse: Parse, token: Token) -> bool:
    """A belief in a proposition: with a clause, in passing ("..., they think"), or passive with an infinitive."""
    if _past_denial(parse, token) or (token.lemma == "suppose" and _passive(parse, token)):
        return False
    if token.lemma == "suspect" and _passive(parse, token) and _word(parse, token, 1) in ("of", "in"):
        return True
    if _has(parse, token, "ccomp") or (_passive(parse, token) and _has(parse, token, "xcomp", "oprd")):
        return True
    if _has(parse, token, "mark"):
        return False
    if token.dep in ("ccomp", "advcl", "parataxis") and token.lemma in ("think", "believe", "suspect", "guess"):
        return _has(parse, token, "nsubj") and not _has(parse, token, "dobj", "prep")
    if token.tag == "VBN" and token.dep in ("amod", "acl", "oprd"):
        return token.lemma in ("suspect", "presume", "fear", "believe", "rumor", "rumour", "suppose")
    return token.lemma in ("think", "believe", "suspect") and _word(parse, token, 1) in OPENERS


def _expect(parse: Parse, token: Token) -> bool:
    """Expecting what is not sure yet: not "as expected", not "had been expected", not "did not expect"."""
    if _word(parse, token, -1) in ("as", "than") or token.dep == "amod" or _past_denial(parse, token):
        return False
    if _has(parse, token, "ccomp", "xcomp", "dobj"):
        return True
    present = any(c.dep in ("aux", "auxpass") and c.tag in ("VBZ", "VBP") for c in parse.children(token.i))
    return (_passive(parse, token) and present and not _has(parse, token, "aux")) or token.dep == "acl"


def _past_denial(parse: Parse, token: Token) -> bool:
    """ "Did not think", "did not expect": what came otherwise."""
    return negated(parse, token) and any(c.text.lower() == "did" for c in parse.children(token.i))


def _appear(parse: Parse, token: Token) -> bool:
    """Seeming, not showing up: with an infinitive, a clause or a predicate."""
    if _has(parse, token, "xcomp", "ccomp", "acomp", "oprd", "attr"):
        return True
    return _word(parse, token, 1) in ("to", "that", "likely", "unlikely")


def _suggest(parse: Parse, token: Token) -> bool:
    """Evidence that suggests, not a person who proposes."""
    if token.dep in ("advcl", "acl") and token.tag == "VBG":
        return _has(parse, token, "ccomp", "dobj")
    subjects = [c for c in parse.children(token.i) if c.dep == "nsubj"]
    personal = any(s.entity == "PERSON" or s.text.lower() in ("he", "she", "i", "we") for s in subjects)
    return _has(parse, token, "ccomp") or (bool(subjects) and not personal and _has(parse, token, "dobj"))


def _indicate(parse: Parse, token: Token) -> bool:
    subjects = [c for c in parse.children(token.i) if c.dep in ("nsubj", "nsubjpass")]
    return _has(parse, token, "ccomp") and not any(s.entity in ("PERSON", "ORG") for s in subjects)


def _seen_as(parse: Parse, token: Token) -> bool:
    return _passive(parse, token) and any(
        c.dep == "prep" and c.lemma == "as" and c.i > token.i for c in parse.children(token.i)
    )


def _considered(parse: Parse, token: Token) -> bool:
    return _has(parse, token, "auxpass", "nsubjpass") and _has(parse, token, "oprd", "xcomp")


def _investigate(parse: Parse, token: Token) -> bool:
    """An inquiry into a proposition ("investigating whether, a possible link"), not into an occurrence."""
    if token.dep == "amod":
        return False
    after = {t.lemma.lower() for t in parse.subtree(token.i) if t.i > token.i}
    if after & set(OPEN_QUESTIONS):
        return True
    return any(c.dep == "prep" and c.lemma == "as" for c in parse.children(token.i))


def _known_to(parse: Parse, token: Token) -> bool:
    """ "Is known to have fled"; not "known to the police"."""
    following = _neighbour(parse, token, 2)
    return _passive(parse, token) and _word(parse, token, 1) == "to" and following is not None and following.tag == "VB"


def _prove(parse: Parse, token: Token) -> bool:
    if _has(parse, token, "ccomp", "auxpass", "nsubjpass"):
        return True
    return _has(parse, token, "dobj") and not any(c.tag == "MD" for c in parse.children(token.i))


def _hearsay(parse: Parse, token: Token) -> bool:
    """ "Is reported to have", "was said to be": the passive with an infinitive and no source."""
    if token.tag != "VBN" or _has(parse, token, "agent") or not _passive(parse, token):
        return False
    infinitive = _neighbour(parse, token, 2)
    return _word(parse, token, 1) == "to" and infinitive is not None and infinitive.tag == "VB"


def _modal(parse: Parse, token: Token) -> bool:
    """Epistemic "may" and "might": not the month, not a wish, not a permission."""
    if token.tag != "MD":
        return False
    subject = next((c for c in parse.children(token.head) if c.dep in ("nsubj", "nsubjpass")), None)
    wish = subject is not None and token.i < subject.i and not parse.text[: token.start].rstrip().endswith("?")
    notice = token.text.lower() == "may" and parse.tokens[token.head].lemma in PERMITTED
    return not wish and not notice and _word(parse, token, 1) != "only" and _word(parse, token, -1) != "well"


def _could(parse: Parse, token: Token) -> bool:
    """Epistemic "could": not the past of ability, which negation, a verb of sense or a dependent "as", "so" betray."""
    if token.tag != "MD":
        return False
    verb = parse.tokens[token.head]
    perfect = any(c.lemma == "have" and c.dep == "aux" for c in parse.children(verb.i))
    if perfect:
        return True
    if negated(parse, verb) or verb.lemma in SENSES:
        return False
    subjects = {c.text.lower() for c in parse.children(verb.i) if c.dep in ("nsubj", "nsubjpass")}
    if subjects & {"no", "nobody", "nothing", "none", "one"}:
        return False
    marks = {c.text.lower() for c in parse.children(verb.i) if c.dep in ("mark", "advmod") and c.i < token.i}
    if marks & {"so", "as", "how", "where", "when", "whether"}:
        return False
    # a past main verb with "could" inside its complement of wanting or telling is ability or permission
    return not (verb.dep in ("ccomp", "relcl") and parse.tokens[verb.head].lemma in ("want", "wish", "ensure", "make"))


def _would(parse: Parse, token: Token) -> bool:
    """Hypothetical "would": the verb stands under a condition, or only seems so ("would appear")."""
    if token.tag != "MD":
        return False
    verb = parse.tokens[token.head]
    if verb.lemma in ("seem", "appear", "suggest"):
        return True
    if any(_is_condition(parse, c) for c in parse.children(verb.i)):
        return True
    joined = parse.tokens[verb.head] if verb.dep == "conj" else verb
    return any(_is_condition(parse, c) for c in parse.children(joined.i))


def _is_condition(parse: Parse, clause: Token) -> bool:
    if clause.dep != "advcl":
        return clause.lemma == "otherwise" or any(c.lemma in ("event", "case") for c in parse.children(clause.i))
    return any(c.dep == "mark" and c.text.lower() in ("if", "unless", "until") for c in parse.children(clause.i))


def _inverted(parse: Parse, token: Token) -> bool:
    """ "Should talks fail", "had they known": the auxiliary leads its clause, and the clause asks no question."""
    verb = parse.tokens[token.head]
    if token.dep != "aux" or verb.dep != "advcl":
        return False
    subject = next((c for c in parse.children(verb.i) if c.dep in ("nsubj", "nsubjpass")), None)
    return subject is not None and token.i < subject.i


def _if(parse: Parse, token: Token) -> bool:
    after = _word(parse, token, 1)
    if _word(parse, token, -1) in ("as", "what") or after in ("not", "any", "anything", "ever", "necessary", "only"):
        return False
    return not reported_question(parse, token)


def reported_question(parse: Parse, token: Token) -> bool:
    """Whether "if" opens a reported question ("asked if he had fled") and not a condition."""
    verb = parse.tokens[token.head]
    if token.dep != "mark" or verb.dep not in ("ccomp", "xcomp", "pcomp"):
        return False
    return parse.tokens[verb.head].lemma.lower() in QUESTION_HEADS and token.i > verb.head


def _until(parse: Parse, token: Token) -> bool:
    """ "Will not resume until prices rise": what is ahead waits for something else."""
    verb = parse.tokens[token.head]
    if token.dep != "mark" or verb.dep != "advcl" or verb.tag == "VBD":
        return False
    main = parse.tokens[verb.head]
    ahead = any(c.tag == "MD" or c.lemma == "not" for c in parse.children(main.i))
    return ahead or main.tag in ("VB", "VBP")


def _once(parse: Parse, token: Token) -> bool:
    verb = parse.tokens[token.head]
    return (
        token.dep in ("mark", "advmod")
        and verb.dep == "advcl"
        and verb.tag in ("VBZ", "VBP", "VBN")
        and token.i < verb.i
    )


def _possible(parse: Parse, token: Token) -> bool:
    """A possible link, it is possible that; not "as soon as possible", "all means possible", "possible to see"."""
    before, after = _word(parse, token, -1), _word(parse, token, 1)
    if before in ("as", "if", "where", "wherever", "whenever", "when", "not") or after == "to":
        return False
    if token.dep == "amod":
        degree = {c.tag for c in parse.children(token.head)} | {c.lemma.lower() for c in parse.children(token.head)}
        return token.i < token.head and not degree & {"JJS", "every", "all", "only", "best", "worst"}
    head = parse.tokens[token.head]
    return head.lemma not in ("make", "think") and token.dep in ("acomp", "oprd", "conj", "ROOT", "ccomp")


def _potential(parse: Parse, token: Token) -> bool:
    """Potential harm, not potential customers: those are a kind of people, whose existence is not in doubt."""
    if token.dep != "amod":
        return False
    head = parse.tokens[token.head].lemma.lower()
    return not head.endswith(("er", "or", "ant", "ent", "ist", "ee")) or head.endswith(("ment", "murder", "danger"))


def _certain(parse: Parse, token: Token) -> bool:
    """ "It is clear that", "are certain he left"; "certain people", "make sure", "not clear" do not count."""
    if token.dep not in ("acomp", "oprd", "ROOT", "ccomp"):
        return False
    head = parse.tokens[token.head]
    if head.lemma in ("make", "become", "get") or negated(parse, head) or negated(parse, token):
        return False
    follows = {"that", "of", "what", "how", "to"} & {_word(parse, token, 1)}
    return bool(follows) or _has(parse, token, "ccomp") or (_has(parse, head, "ccomp") and token.lemma != "clear")


def _not_manner(parse: Parse, token: Token) -> bool:
    head = parse.tokens[token.head]
    return not (token.i > token.head and head.lemma in SHOWING) and not _lemmas(parse, token) & {"more", "very"}


def _finding_out(parse: Parse, token: Token) -> bool:
    """Someone finds something out: not an "investigating officer"."""
    return token.dep not in ("amod", "compound") and (
        _has(parse, token, "dobj", "ccomp", "nsubjpass", "auxpass") or token.dep in ("relcl", "acl")
    )


def _of_what(parse: Parse, token: Token) -> bool:
    """A fear, hint or prediction of something or that something is so."""
    return _clause(parse, token) or (token.lemma not in ("fear", "worry") and _word(parse, token, 1) == "of")


def _chance(parse: Parse, token: Token) -> bool:
    """A chance of, that or to: not a second one, not one that is given or taken."""
    taken = parse.tokens[token.head].lemma in ("give", "get", "take", "deserve", "miss") and token.dep == "dobj"
    return not taken and (_word(parse, token, 1) in ("of", "that", "to") or _clause(parse, token))


def _reports(parse: Parse, token: Token) -> bool:
    """Reports of something or that something is so, without saying whose; or the tail of a headline."""
    last = parse.sentences[token.sentence].last - 1
    if token.i == last:
        return _word(parse, token, -1) in ("-", "\u2013", "\u2014", ":", ",")
    named = any(c.dep == "poss" or (c.dep == "compound" and c.pos == "PROPN") for c in parse.children(token.i))
    return token.tag == "NNS" and not named and _word(parse, token, 1) in REPORTED


def _asserted(parse: Parse, token: Token) -> bool:
    """ "It really happened", not "really good"."""
    head = parse.tokens[token.head]
    return head.pos in ("VERB", "AUX") and not negated(parse, head)


RULES: dict[str, Callable[[Parse, Token], bool]] = {
    "always": lambda parse, token: True,
    "attributive": lambda parse, token: token.dep == "amod" or _word(parse, token, -1) in ("the", "a", "an"),
    "predicate": lambda parse, token: token.dep in ("acomp", "oprd", "ROOT", "ccomp", "conj", "attr"),
    "degree": lambda parse, token: (
        token.head != token.i and parse.tokens[token.head].pos in ("NUM", "ADJ", "ADV", "DET")
    ),
    "of_for": lambda parse, token: _word(parse, token, 1) in ("for", "of", "to"),
    "not_listed": lambda parse, token: (
        token.tag == "NN" and _word(parse, token, -1) not in ("second", "third", "other")
    ),
    "clause": _clause,
    "clause_or_infinitive": lambda parse, token: _has(parse, token, "ccomp", "xcomp"),
    "opinion": _opinion,
    "expect": _expect,
    "appear": _appear,
    "suggest": _suggest,
    "indicate": _indicate,
    "seen_as": _seen_as,
    "considered": _considered,
    "investigate": _investigate,
    "prove": _prove,
    "known_to": _known_to,
    "hearsay": _hearsay,
    "modal": _modal,
    "could": _could,
    "would": _would,
    "inverted": _inverted,
    "if": _if,
    "until": _until,
    "once": _once,
    "possible": _possible,
    "potential": _potential,
    "certain": _certain,
    "not_manner": _not_manner,
    "reports": _reports,
    "finding_out": _finding_out,
    "of_what": _of_what,
    "chance": _chance,
    "asserted": _asserted,
}
