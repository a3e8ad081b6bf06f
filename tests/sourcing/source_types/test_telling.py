"""What an article tells of a source, and how it is read."""

from __future__ import annotations

from samestory.language.encoding import Pieces
from samestory.language.phrases import top
from samestory.sourcing.found import Scene, Source, read_scene
from samestory.sourcing.source_types import tell
from samestory.sourcing.source_types.classifier import LONGEST, encode
from samestory.validation.external import body

TEXT = (
    "Ferry sinks off Leeds\n"
    "Jane Roe, a professor of shipping, looked at the wreck. It lay deep.\n"
    "“Nobody could have known,” she said.\n"
)
PIECES = Pieces({piece: n for n, piece in enumerate(["[UNK]", "[CLS]", "[SEP]", "jane", "roe", "she", "professor"])})


def source_at(scene: Scene, words: str) -> Source:
    start = scene.parse.text.index(words)
    return Source(start, start + len(words), top(scene.parse.tokens_in(start, start + len(words))).i)


def named(passage) -> list[str]:
    return list(passage.words[passage.first : passage.last])


def test_a_pronoun_is_told_by_who_is_meant_where_they_are_introduced_and_where_they_speak() -> None:
    scene = read_scene(body("a", TEXT))
    phrase, introduced, speaking, opening = tell(scene, source_at(scene, "she"), source_at(scene, "Jane Roe"))
    assert named(phrase) == list(phrase.words) == ["Jane", "Roe"]
    assert named(introduced) == ["Jane", "Roe"] and "professor" in introduced.words
    assert named(speaking) == ["she"] and "known" in speaking.words
    assert opening.words == ("Ferry", "sinks", "off", "Leeds") and not named(opening)


def test_one_who_is_introduced_where_they_speak_is_told_once() -> None:
    scene = read_scene(body("a", TEXT))
    own = source_at(scene, "Jane Roe")
    assert [named(p) for p in tell(scene, own, own)] == [["Jane", "Roe"], ["Jane", "Roe"], []]


def test_nobody_found_leaves_the_phrase_itself() -> None:
    scene = read_scene(body("a", TEXT))
    assert [named(p) for p in tell(scene, source_at(scene, "she"), None)] == [["she"], ["she"], []]


def test_the_pieces_that_name_the_source_are_flagged() -> None:
    scene = read_scene(body("a", TEXT))
    own = source_at(scene, "Jane Roe")
    pieces, flags = encode(tell(scene, own, own), PIECES)
    assert len(pieces) == len(flags) and set(pieces[flags == 1]) == {PIECES.numbers["jane"], PIECES.numbers["roe"]}
    assert pieces[0] == PIECES.numbers["[CLS]"] and list(pieces).count(PIECES.numbers["[SEP]"]) == 3


def test_no_more_is_read_than_the_network_takes() -> None:
    long = "word " * 400
    scene = read_scene(body("a", f"{long}\n{long} said Jane Roe.\n"))
    own = source_at(scene, "Jane Roe")
    assert len(encode(tell(scene, own, own) * 9, PIECES)[0]) == LONGEST
