"""Which source named elsewhere a description takes up, signs as, or is said to have made."""

from __future__ import annotations

import re
from collections.abc import Sequence

from samestory.language import Token
from samestory.sourcing.descriptions import POSSESSIVE
from samestory.sourcing.found import Scene, Source
from samestory.sourcing.lexicons import words
from samestory.sourcing.naming import BODIES
from samestory.sourcing.people import Mention
from samestory.sourcing.roles import noun_type, person_noun

HANDLE = re.compile(r"@\w+")
_SIGNED = 3  # characters between a name and the handle behind it
_NEAR = 2  # sentences that a description looks back


def taken_up(scene: Scene, source: Source, head: Token) -> Mention | None:
    """The named person that a phrase without a name stands for."""
    return _described(scene, source, head) or _aged_or_compatriot(scene, source, head)


def signature(scene: Scene, source: Source) -> Mention | None:
    """The person named elsewhere who signs with a handle, in whatever case: "jane roe (@janeroe)"."""
    told = scene.parse.text[source.start : source.end + _SIGNED].split("\n")[0]
    name = HANDLE.split(told)[0].lower().split() if HANDLE.search(told) else []
    bare = [word.strip("(") for word in name if word.strip("(")]
    return next((m for m in scene.people.mentions if bare and len(m.words) > 1 and m.words[-1] == bare[-1]), None)


def _described(scene: Scene, source: Source, head: Token) -> Mention | None:
    """The named person that a definite description takes up: "the comedian", "the mayor", "the dictator"."""
    tokens = scene.parse.tokens_in(source.start, source.end)
    owned = any(t.text in ("'s", "’s") and tokens[n - 1].entity in BODIES for n, t in enumerate(tokens) if n)
    definite = bool(tokens) and (tokens[0].text.lower() in ("the", "this", "that") or owned)
    until = [t.text for t in tokens if t.i <= head.i]
    noun = person_noun(until)
    if not definite or head.tag not in ("NN", "NNP") or noun is None or noun.split("-")[-1] != head.text.lower():
        return None
    if noun in words("institutions") | words("bodies by noun") or noun_type(head.text) in (
        "witness", "document", "social_media"
    ):  # fmt: skip
        return None
    before = [m for m in scene.people.mentions if m.end <= source.start]
    same = [m for m in before if noun in m.nouns or head.text.lower() in m.nouns]
    if same:
        return same[-1]
    fitting = (None, "other", noun_type(head.text))
    near = [m for m in before if head.sentence - scene.parse.tokens[m.first].sentence <= _NEAR
            and scene.people.known_type(m) in fitting]  # fmt: skip
    return near[-1] if near and noun not in words("anybody") and not owned and len(until) <= 3 else None


def _aged_or_compatriot(scene: Scene, source: Source, head: Token) -> Mention | None:
    """Who "the 65-year-old" or "the Finn" is: the person named last."""
    phrase = [t.text.lower() for t in scene.parse.tokens_in(source.start, source.end)]
    aged = "old" in phrase and "year" in phrase and (noun_type(head.text) is None or head.pos == "PROPN")
    compatriot = len(phrase) == 2 and phrase[1] in words("compatriots") and head.tag in ("NN", "NNP")
    if phrase[:1] != ["the"] or not (aged or compatriot):
        return None
    return next((m for m in reversed(scene.people.mentions) if m.end <= source.start), None)


def maker(scene: Scene, source: Source, head: Token, earlier: Sequence[Source]) -> Source | None:
    """Whose statement, message or theory it is: the owner that the phrase names, or who spoke last."""
    lemma = head.lemma.lower()
    written = lemma in words("writings")
    if not written and lemma not in words("utterances") and head.text.lower() not in words("utterances"):
        return None
    tokens = scene.parse.tokens_in(source.start, source.end)
    at = next((n for n, t in enumerate(tokens) if t.i == head.i), None)
    if at is None:
        return None
    before, after = [t for t in tokens[:at] if t.pos != "DET"], tokens[at + 1 :]
    for n, t in enumerate(after):
        if (t.text.lower() in ("by", "from") or (t.text.lower() == "of" and n == 0)) and n + 1 < len(after):
            return _owner(scene, after[n + 1 :])
    while before and before[-1].text in POSSESSIVE:
        before.pop()
    bodies_before = [t for t in before if t.pos == "PROPN" or (t.pos == "NOUN" and _may_speak(t))]
    if bodies_before:
        mark = max(t.i for t in bodies_before)
        found = _owner(scene, [t for t in before if t.i <= mark])
        if found is not None and noun_type(scene.parse.tokens[found.head].text) != "document":
            return found
    if written:
        return None
    spoke = [s for s in earlier if s.end <= source.start and scene.parse.tokens[s.head].pos != "PRON"]
    same = next((s for s in reversed(spoke) if scene.parse.tokens[s.head].lemma == head.lemma), None)
    if same is not None:  # "the statement" goes on with one that was ascribed before
        return maker(scene, same, scene.parse.tokens[same.head], [s for s in spoke if s.end <= same.start])
    return spoke[-1] if spoke else None


def _may_speak(noun: Token) -> bool:
    return noun_type(noun.text) not in (None, "document") or noun.lemma.lower() in words("institutions")


def _owner(scene: Scene, tokens: Sequence[Token]) -> Source | None:
    cut = next((n for n, t in enumerate(tokens) if t.text in (",", "and") or t.text.lower() in ("after", "on")), None)
    kept = [t for t in tokens[:cut] if t.text not in POSSESSIVE]
    if not kept or kept[-1].pos == "PRON":
        return None
    inside = {t.i for t in kept}
    head = next((t for t in kept if t.head not in inside and t.pos in ("NOUN", "PROPN")), kept[-1])
    return Source(kept[0].start, kept[-1].end, head.i)
