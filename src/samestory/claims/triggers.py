"""What happened to the people counted: the role that verbs, adjectives and nouns around a phrase give it."""

from __future__ import annotations

import re

from samestory.claims.phrases import Phrase
from samestory.language import Parse, Token

VERBS = {
    **dict.fromkeys(
        ("kill", "murder", "slay", "massacre", "assassinate", "behead", "slaughter", "execute", "electrocute",
         "strangle"),
        "killed",
    ),
    **dict.fromkeys(("injure", "wound", "hurt", "maim", "hospitalize", "hospitalise"), "injured"),
    **dict.fromkeys(("detain", "arrest", "apprehend", "capture"), "detained"),
}  # fmt: skip
DYING = {"die": "killed", "perish": "killed", "drown": "killed", "succumb": "killed", "disappear": "missing",
         "vanish": "missing"}  # fmt: skip
STATES = {
    "dead": "killed", "killed": "killed", "slain": "killed", "injured": "injured", "wounded": "injured",
    "hurt": "injured",
    "hospitalized": "injured", "hospitalised": "injured", "critical": "injured", "missing": "missing",
    "unaccounted": "missing", "detained": "detained", "arrested": "detained", "murdered": "killed",
    "massacred": "killed",
}  # fmt: skip
SUFFERING = frozenset(STATES) - {"critical"}  # states that stand before a noun: "three wounded soldiers"
NOUNS = {
    "death": "killed", "fatality": "killed", "dead": "killed", "killing": "killed", "murder": "killed",
    "injury": "injured", "injured": "injured", "wounded": "injured", "arrest": "detained", "detainee": "detained",
    "missing": "missing",
}  # fmt: skip
SUSPECTS = ("suspect", "gunman", "gunmen", "attacker", "assailant", "perpetrator", "shooter", "bomber", "hijacker",
            "kidnapper", "knifeman", "accomplice")  # fmt: skip
COPULAS = ("be", "lie", "lay", "remain", "leave", "find", "report", "confirm", "fear", "presume", "believe", "declare")

MODALS = ("could", "would", "might", "may", "can", "should", "will", "must", "shall", "ca", "wo", "'ll", "'d")
HEARSAY = ("report", "believe", "know", "think", "say", "fear", "understand", "find", "presume", "appear", "seem",
           "confirm", "suspect", "allege", "claim", "continue", "go")  # fmt: skip
THWARTED = ("without", "prevent", "avoid", "try", "attempt", "threaten", "plan", "plot", "want", "intend", "against",
            "accuse", "fail")  # fmt: skip

_LINKS = (
    "who that is are was were be been being have has had to now lay lie lies remain remained reported confirmed also "
    "still since already reportedly allegedly critically seriously severely badly slightly gravely lightly "
    "fatally found feared presumed believed thought known said listed as got"
)
# What may follow a counted phrase at once: a state, with auxiliaries and adverbs or without ("84 dead").
_AFTER = re.compile(
    rf"(?:\s+(?:more|others?|people|lives))?(?:\s+(?:{'|'.join(_LINKS.split())}))*\s+(?P<state>"
    r"dead|killed|slain|injured|wounded|hurt|hospitali[sz]ed|missing|unaccounted\s+for|detained|arrested|murdered"
    r"|massacred|(?:taken|rushed|brought|airlifted)\s+to\s+(?:an?\s+|the\s+)?(?:\w+\s+){0,2}hospitals?"
    r"|in\s+(?:an?\s+)?(?:critical|serious|stable|grave)(?:\s+but\s+\w+)?\s+condition"
    r"|critical|fighting\s+for\s+(?:their|his|her)\s+li(?:fe|ves)|(?:taken\s+into|in)\s+(?:police\s+)?custody"
    r"|shot\s+dead|shot\s+to\s+death|stabbed\s+to\s+death|dying|died|perished|lost\s+their\s+lives)\b",
    re.IGNORECASE,
)
_TOLL = r"(?:rises|rose|climbs|climbed|risen|rising|jumps|jumped|grows|grew|reaches|reached|stands\s+at|stood\s+at)"
# What may stand right before it.
_BEFORE = re.compile(
    r"\b(?P<state>kill(?:s|ed|ing)?|injur(?:es|ed|ing)|wound(?:s|ed|ing)|murder(?:s|ed|ing)|arrest(?:s|ed|ing)"
    r"|detain(?:s|ed|ing)|maim(?:s|ed|ing)|claim(?:s|ed|ing)\s+the\s+lives\s+of|(?:death\s+)?toll\s+(?:of|at)"
    rf"|(?:death\s+)?toll\s+(?:\w+\s+){{0,2}}?{_TOLL}(?:\s+to)?|killed(?:\s+[^.;]{{0,40}})?:"
    r"|death\s+toll\s+[^.;]{0,60}(?:to|at))\s+$",
    re.IGNORECASE,
)


def roles(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """The roles that the sentence gives a phrase, each with the word that gives it; none where nothing happened."""
    for find in (_own_noun, _state_after, _act_before, _modified, _argument):
        found = [(role, token) for role, token in find(parse, phrase) if not unreal(parse, token)]
        if found:
            return list(dict.fromkeys(found))
    return []


def _own_noun(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "12 deaths", "three arrests", "no victims": the counted noun says what happened."""
    if phrase.noun is None or not phrase.explicit:
        return []
    lemma = phrase.noun.lemma.lower()
    if lemma == "casualty":
        return [("killed", phrase.noun), ("injured", phrase.noun)] if phrase.quantity == 0 else []
    if lemma == "victim" and phrase.quantity == 0:
        return [("killed", phrase.noun)]
    if lemma == "injury" and phrase.quantity and _of_one_person(parse, phrase.noun):
        return []
    return [(NOUNS[lemma], phrase.noun)] if lemma in NOUNS else []


def _of_one_person(parse: Parse, injury: Token) -> bool:
    """ "Two knee injuries", "suffered three injuries": not a count of people."""
    kind = any(c.dep == "compound" for c in parse.children(injury.i))
    return kind or (injury.dep == "dobj" and parse.tokens[injury.head].lemma in ("suffer", "sustain", "have"))


def _state_after(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "84 dead", "seven more in critical condition", "two officers were slightly hurt"."""
    limit = parse.sentences[phrase.top.sentence].end
    match = _AFTER.match(parse.text, phrase.end, limit)
    if match is None:
        return []
    tokens = parse.tokens_in(match.start("state"), match.end("state"))
    passive = bool(re.search(r"\b(?:is|are|was|were|be|been|being)\b", match.group()))
    if not tokens or (not passive and _is_act(parse, tokens[-1])):
        return []
    return [(_state_role(match["state"]), tokens[0])]


def _is_act(parse: Parse, token: Token) -> bool:
    """Whether what looks like a state is the act of those counted ("two gunmen killed 12")."""
    if token.lemma not in VERBS:
        return False
    if any(c.dep == "dobj" for c in parse.children(token.i)):
        return True
    following = parse.tokens[token.i + 1 : token.i + 2]
    return bool(following) and following[0].pos in ("NUM", "DET", "NOUN", "PROPN", "ADJ", "PRON")


def _state_role(state: str) -> str:
    first = state.lower().split()[0]
    if first in STATES:
        return STATES[first]
    if "custody" in state.lower():
        return "detained"
    if re.match(r"shot|stabbed|dying|died|perished|lost", first):
        return "killed"
    return "injured"


def _act_before(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "Kills 84", "injuring around 100", "death toll rises to 85"."""
    if not phrase.explicit:
        return []
    begin = parse.sentences[phrase.top.sentence].start
    match = _BEFORE.search(parse.text[begin : phrase.start])
    if match is None:
        return []
    tokens = parse.tokens_in(begin + match.start("state"), begin + match.end("state"))
    if not tokens:
        return []
    verb = tokens[0]
    word = match["state"].lower()
    for stem, role in (("injur", "injured"), ("wound", "injured"), ("maim", "injured"), ("arrest", "detained"),
                       ("detain", "detained")):  # fmt: skip
        if word.startswith(stem):
            return _both(parse, verb, role)
    return _both(parse, verb, "killed")


def _both(parse: Parse, verb: Token, role: str) -> list[tuple[str, Token]]:
    """The role of a verb and of one joined to it without an object of its own ("killed and wounded dozens")."""
    found = [(role, verb)]
    joined = [c for c in parse.children(verb.i) if c.dep == "conj"]
    if verb.dep == "conj":
        joined.append(parse.tokens[verb.head])
    for other in joined:
        between = parse.text[min(verb.end, other.end) : max(verb.start, other.start)]
        if other.lemma in VERBS and re.fullmatch(r"\s+(?:and|or)\s+", between):
            found.append((VERBS[other.lemma], other))
    return found


def _modified(parse: Parse, phrase: Phrase) -> list[tuple[str, Token]]:
    """ "The 84 people killed in Nice", "two officers who died", "three wounded soldiers"."""
    noun = phrase.noun if phrase.noun is not None else phrase.top
    found: list[tuple[str, Token]] = []
    for child in parse.children(noun.i):
        if child.dep == "acl" and child.tag == "VBN" and child.lemma in VERBS:
            found.extend(_both(parse, child, VERBS[child.lemma]))
        elif child.dep == "relcl" and not phrase.part:
            subject = next((c for c in parse.children(child.i) if c.dep in ("nsubj", "nsubjpass")), None)
            if subject is not None and subject.text.lower() in ("who", "that", "which"):
                found.extend(_of_subject(parse, subject, child))
        elif child.dep == "amod" and phrase.explicit and child.text.lower() in SUFFERING:
            found.append((STATES[child.text.lower()], child))
    return found


def _argument(parse: Parse, phrase: Phrase, top: Token | None = None) -> list[tuple[str, Token]]:
    """The role that the verb or noun gives on which the phrase, or what it is joined to, hangs."""
    top = phrase.top if top is None else top
    while top.dep == "conj" and parse.tokens[top.head].pos in ("NOUN", "PROPN", "NUM", "PRON", "ADJ"):
        top = parse.tokens[top.head]
    head = parse.tokens[top.head]
    if top.dep == "dobj":
        return _of_object(parse, head)
    if top.dep in ("nsubjpass", "nsubj"):
        return _of_subject(parse, top, head)
    if top.dep == "attr":  # "among the dead were two children"
        return _among(parse, head)
    if top.dep == "pobj" and head.lemma == "of":
        noun = parse.tokens[head.head]
        role = "killed" if noun.text.lower() == "bodies" else NOUNS.get(noun.lemma.lower())
        return [(role, noun)] if role is not None and noun.pos == "NOUN" else []
    if top.dep == "pobj" and head.lemma in ("to", "at"):
        return _of_toll(parse, parse.tokens[head.head])
    return []


def _of_object(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    if verb.lemma in VERBS:
        return _both(parse, verb, VERBS[verb.lemma])
    if verb.lemma == "include":  # "the dead include two nurses"
        subject = next((c.text.lower() for c in parse.children(verb.i) if c.dep == "nsubj"), "")
        return [(STATES[subject], verb)] if subject in SUFFERING else []
    if verb.lemma in ("shoot", "gun", "stab", "beat") and _to_death(parse, verb):
        return [("killed", verb)]
    return []


def _to_death(parse: Parse, verb: Token) -> bool:
    following = parse.text[verb.end : parse.sentences[verb.sentence].end][:60].lower()
    return bool(re.search(r"\bdead\b|\bto death\b", following)) or (verb.lemma == "gun" and " down" in following)


def _of_subject(parse: Parse, subject: Token, verb: Token) -> list[tuple[str, Token]]:
    if verb.lemma in DYING and not _has_object(parse, verb):
        return [(DYING[verb.lemma], verb)]
    if verb.text.lower() == "missing" and not _has_object(parse, verb):
        return [("missing", verb)]
    passive = subject.dep == "nsubjpass" or (verb.tag == "VBN" and not _has_object(parse, verb))
    if passive:
        found = _of_object(parse, verb)
        for other in parse.children(verb.i):
            own = any(c.dep in ("nsubj", "nsubjpass", "dobj") for c in parse.children(other.i))
            if other.dep == "conj" and other.tag == "VBN" and other.lemma in VERBS and not own:
                found.append((VERBS[other.lemma], other))
        return found
    if verb.lemma == "lose" and re.match(r"\s+(?:their|his|her)\s+li(?:fe|ves)", parse.text[verb.end : verb.end + 20]):
        return [("killed", verb)]
    if verb.lemma in COPULAS:
        for child in parse.children(verb.i):
            if child.dep in ("acomp", "oprd") and child.text.lower() in SUFFERING:
                return [(STATES[child.text.lower()], child)]
        return _among(parse, verb)
    return []


def _has_object(parse: Parse, verb: Token) -> bool:
    return any(c.dep == "dobj" for c in parse.children(verb.i))


def _among(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    """ "Were among the dead", "were among the 84 people killed"."""
    for child in parse.children(verb.i):
        if child.lemma.lower() != "among":
            continue
        for token in parse.subtree(child.i):
            word = token.text.lower()
            if word in ("dead", "killed", "victims"):
                return [("killed", token)]
            if word in SUFFERING:
                return [(STATES[word], token)]
    return []


def _of_toll(parse: Parse, verb: Token) -> list[tuple[str, Token]]:
    subject = next((c for c in parse.children(verb.i) if c.dep == "nsubj"), None)
    return [("killed", verb)] if subject is not None and subject.lemma.lower() == "toll" else []


def unreal(parse: Parse, token: Token) -> bool:
    """Whether the happening is denied, wished, planned, feared or hangs on a condition, and so claims no count."""
    verb = token
    while verb.pos not in ("VERB", "AUX") and verb.head != verb.i:
        if verb.dep in ("nsubj", "nsubjpass", "dobj", "pobj"):
            return False
        verb = parse.tokens[verb.head]
    children = parse.children(verb.i)
    words = {c.text.lower() for c in children if c.dep in ("aux", "neg", "mark")}
    perfect = any(c.dep == "aux" and c.lemma == "have" for c in children)
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
