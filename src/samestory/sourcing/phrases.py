"""The type of the source that a noun phrase without a person's name is: groups, bodies, documents, anybody."""

from __future__ import annotations

from collections.abc import Sequence

from samestory.language import Token
from samestory.sourcing.found import Scene, Source
from samestory.sourcing.institutions import SAME_BODY, compound_type, is_press, name_type, named_before, names_medium
from samestory.sourcing.lexicons import words
from samestory.sourcing.naming import BODIES
from samestory.sourcing.people import body_before
from samestory.sourcing.roles import LEARNING, SPEAKS, body_type, noun_type, person_noun, role_type

MANY = frozenset({"many", "some", "several", "most", "other", "various", "few", "different"})
_PARTIES = frozenset({"dems", "republicans", "democrats", "tories"})
_REPORTERS = frozenset({"reporter", "correspondent", "journalist", "producer"})
_EMPLOYED = frozenset({"employee", "staffer", "worker", "executive"})
_ARTICLES = frozenset({"report", "article", "story", "column"})
_OF_STATE = frozenset({"security", "law", "enforcement", "diplomatic"})


def head_of(scene: Scene, source: Source) -> Token:
    """The token that heads the phrase: the parse's choice if a noun, else the last noun before a preposition.

    Of a part, the whole: "several of | the drivers".
    """
    head = scene.parse.tokens[source.head]
    tokens = scene.parse.tokens_in(source.start, source.end)
    if head.lemma.lower() in words("quantities") or head.pos == "NUM" or head.text == "%":
        head = _counted(tokens, head) or head
    if head.pos in ("NOUN", "PROPN", "PRON", "NUM") and head in tokens:
        return head
    cut = next((n for n, t in enumerate(tokens) if n and (t.pos == "ADP" or t.text == ",")), len(tokens))
    return next((t for t in reversed(tokens[:cut]) if t.pos in ("NOUN", "PROPN")), head)


def _counted(tokens: Sequence[Token], quantity: Token) -> Token | None:
    preposition = next((t for t in tokens if t.i > quantity.i), None)
    if preposition is None or preposition.text.lower() not in ("of", "in", "among"):
        return None
    return next((t for t in tokens if t.dep == "pobj" and t.head == preposition.i and t.pos in ("NOUN", "PROPN")), None)


def core_of(scene: Scene, source: Source, head: Token) -> list[Token]:
    """The words of the phrase up to its head and what belongs to the head's name."""
    tokens = scene.parse.tokens_in(source.start, source.end)
    cut = next(
        (
            n
            for n, t in enumerate(tokens)
            if t.i > head.i and (t.text in (",", "(") or t.tag in ("WP", "WDT", "VBN", "VBG"))
        ),
        None,
    )
    return list(tokens[:cut])


def phrase_type(scene: Scene, source: Source, head: Token) -> str:
    """The type of a noun phrase by its head, the name that it holds, or the role that it describes."""
    core = core_of(scene, source, head)
    text, until = [t.text for t in core], [t.text for t in core if t.i <= head.i]
    before = {t.text.lower() for t in core if t.i < head.i}
    code = _plain_type(before, until, head)
    if code is None and _may_be_body(scene, before, head):
        code = named_before(scene, head) if before <= SAME_BODY else None
        code = code or name_type(scene, text, until, head)
    code = code or _told_type(scene, before, text, head) or _described_type(scene, source, text, until, head)
    return "organisation" if code == LEARNING else code or "other"


def _plain_type(before: set[str], until: Sequence[str], head: Token) -> str | None:
    """What the head alone tells."""
    lemma = head.lemma.lower()
    if lemma in _REPORTERS and before & {"this", "our"}:
        return "outlet"
    if noun_type(head.text) == "political" or head.text.lower() in _PARTIES:
        return "political"
    if head.pos == "NOUN" and (whole := compound_type(until)) is not None:
        return whole
    if is_people(before, head):
        return "citizen"
    if head.text == "%" or lemma in ("percent", "those") or head.text[:1].isdigit():
        return "citizen"  # of those asked
    return "media" if head.text.lower() == "paper" and before == {"the"} else None


def is_people(before: set[str], head: Token) -> bool:
    """Whether a phrase means members of a nation or party: "some Finnish", "Finns"."""
    return head.entity == "NORP" and bool(before & MANY or head.text.endswith("s"))


def _lemma(head: Token) -> str:
    return "media" if head.text.lower() == "media" else head.lemma.lower()


def _may_be_body(scene: Scene, before: set[str], head: Token) -> bool:
    lemma = _lemma(head)
    if head.pos == "PROPN" or head.entity in BODIES or (lemma in words("institutions") - {"media", "team"}):
        return True
    return lemma in words("bodies by noun") and before <= SAME_BODY and named_before(scene, head) is not None


def _told_type(scene: Scene, before: set[str], text: Sequence[str], head: Token) -> str | None:
    """What the words beside some heads tell: reports of the press, sources, former employees."""
    lemma = head.lemma.lower()
    if lemma == "account" and before & {"witness", "eyewitness"}:
        return "witness"
    if lemma in _ARTICLES and (is_press(before, head) or names_medium(text)):
        return "media"
    if lemma == "source":
        return role_type(["official", "source"] if before & _OF_STATE else text, scene.people.places) or "other"
    return "organisation" if lemma in _EMPLOYED and before & {"former", "ex"} else None


def _described_type(scene: Scene, source: Source, text: Sequence[str], until: Sequence[str], head: Token) -> str | None:
    lemma = _lemma(head)
    code = role_type(text, scene.people.places)
    served = next((m for m in scene.people.mentions if source.start <= m.start and m.end <= source.end), None)
    if served is not None and code == "organisation" and lemma in words("offices of bodies"):
        told = scene.people.known_type(served)  # "a spokesman for Roe"
        code = told if told in ("official", "political", "armed_group") else code
    if code == "organisation" and lemma in SPEAKS and len(until) <= 2:
        code = body_before(scene.parse, head.i) or code
    if code is None or noun_type(head.text) == "document":
        code = noun_type(head.text) or noun_type(lemma) or code
    if code == "other" and person_noun(until) in words("performers"):
        return "affected"
    return code or body_type(until, scene.people.places)
