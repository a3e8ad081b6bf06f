"""Attributions by a colon or a dash: "Minister: ...", "... - Reports", 'Roe: "..."'."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from samestory.language import Token
from samestory.language.phrases import trim
from samestory.sourcing.found import Found, Scene, Source
from samestory.sourcing.lexicons import source_types, words

_DASH = re.compile(r"\s[-–—]{1,2}\s")
_COLON = re.compile(r":\s")
_TURN = re.compile(r"(?P<name>[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}):\s+(?=\S)")
HEARSAY = frozenset({"reports", "report", "rumours", "rumors"})
TURNS = 3  # paragraphs that a name must open to be a speaker in turn
LONGEST = 6  # words in a source that a colon or dash sets off


def find_marked(scene: Scene) -> Iterator[Found]:
    """The attributions whose cue is a colon or a dash, in text order."""
    turns = _speakers_in_turn(scene)
    for number, (start, end) in enumerate(scene.parse.blocks):
        tokens = scene.parse.tokens_in(start, end)
        if not tokens:
            continue
        if any(low <= tokens[0].start < high for low, high in scene.headlines):
            yield from _headline(scene, start, end)
        elif (turn := _TURN.match(scene.parse.text, start, end)) is not None and turn["name"] in turns:
            yield _turn(scene, turn, end)
        else:
            yield from _introduced(scene, number, tokens)


def _speakers_in_turn(scene: Scene) -> frozenset[str]:
    """Names that open several paragraphs before a colon: the speakers of an interview or transcript."""
    turns = (_TURN.match(scene.parse.text, start, end) for start, end in scene.parse.blocks)
    counts = Counter(turn["name"] for turn in turns if turn is not None)
    return frozenset(name for name, count in counts.items() if count >= TURNS)


def _turn(scene: Scene, turn: re.Match[str], end: int) -> Found:
    start, stop = turn.span("name")
    head = scene.parse.tokens_in(start, stop)[-1:]
    sources = (Source(start, stop, head[0].i),) if head else ()
    content = (turn.end(), turn.end() + len(scene.parse.text[turn.end() : end].rstrip()))
    return Found((stop, stop + 1), sources, (content,), "speech", "neutral")


def _headline(scene: Scene, start: int, end: int) -> Iterator[Found]:
    text = scene.parse.text
    end = start + len(text[start:end].rstrip())
    for mark in reversed(list(_DASH.finditer(text, start, end))):
        tail = text[mark.end() : end].strip(" .")
        at = mark.start() + 1
        if tail.lower() in HEARSAY:
            content = start, mark.start()
            yield Found((at, mark.end() + len(tail)), (), (content,), "speech", "hearsay")
            return
        source = _speaker(scene, mark.end(), mark.end() + len(tail))
        if source is not None:
            yield Found((at, mark.end() - 1), (source,), ((start, mark.start()),), "speech", "neutral")
            return
    colon = _COLON.search(text, start, end)
    if colon is not None:
        source, other = _speaker(scene, start, colon.start()), _speaker(scene, colon.end(), end)
        if source is not None:
            content = (colon.end(), _without_stop(text, colon.end(), end))
            yield Found((colon.start(), colon.start() + 1), (source,), (content,), "speech", "neutral")
        elif other is not None:
            yield Found((colon.start(), colon.start() + 1), (other,), ((start, colon.start()),), "speech", "neutral")


def _without_stop(text: str, start: int, end: int) -> int:
    return end - 1 if text[end - 1 : end] == "." else end


def _introduced(scene: Scene, block: int, tokens: list[Token]) -> Iterator[Found]:
    """A name and a colon right before a quotation."""
    for quotation in scene.quotations:
        if quotation.block != block or quotation.depth or not quotation.opened:
            continue
        before = [t for t in tokens if t.end <= quotation.start]
        if len(before) < 2 or before[-1].text != ":":
            continue
        sentence = scene.parse.sentences[before[-1].sentence]
        phrase = trim([t for t in before[:-1] if t.i >= sentence.first])
        source = _speaker(scene, phrase[0].start, phrase[-1].end) if phrase else None
        if source is not None:
            yield Found(
                (before[-1].start, before[-1].end), (source,), ((quotation.start, quotation.end),), "speech", "neutral"
            )


def _speaker(scene: Scene, start: int, end: int) -> Source | None:
    """The source that these characters name, or None: short, no verb, and headed by a name or a speaker's noun."""
    tokens = trim(scene.parse.tokens_in(start, end))
    spoken = [t for t in tokens if t.text[0].isalnum()]
    if not spoken or len(spoken) > LONGEST or any(t.tag in ("VBZ", "VBD", "VBP", "MD") for t in spoken):
        return None
    inside = {t.i for t in tokens}
    head = next((t for t in reversed(spoken) if t.head not in inside or t.head == t.i), spoken[-1])
    lemma = head.lemma.lower()
    known = lemma in source_types() or lemma in words("documents") or lemma.rstrip("s") in source_types()
    named = any(t.entity == "PERSON" for t in spoken) or all(t.entity == "ORG" for t in spoken)
    if not known and not named and not (len(spoken) <= 3 and _is_named_elsewhere(scene, spoken[-1])):
        return None
    return Source(tokens[0].start, tokens[-1].end, head.i)


def _is_named_elsewhere(scene: Scene, token: Token) -> bool:
    """Whether a word ends a name in another sentence too: headlines defeat the recognition of names."""
    return any(
        scene.parse.tokens[e.last - 1].text == token.text and scene.parse.tokens[e.first].sentence != token.sentence
        for e in scene.parse.entities
        if e.type in ("PERSON", "ORG")
    )
