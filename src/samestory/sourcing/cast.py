"""The type of a person whom an article names: what it says of them, else their part in its story."""

from __future__ import annotations

import re

from samestory.language.lexicon import fold
from samestory.sourcing.found import Scene, Source
from samestory.sourcing.lexicons import words
from samestory.sourcing.people import Mention

_HANDLE = re.compile(r"@\w+")
_SAW = re.compile(r"\b(?:who|that) (?:was |were |had )?(?:saw|seen|heard|watch\w*|witness\w*|filmed|recorded|captured"
                  r"|present|nearby|outside|standing)\b|\bat the scene\b")  # fmt: skip
_PERCEIVED = re.compile(
    r"\b(?:i|we|he|she|they|you could|who) (?:\w+ )?(?:saw|heard|watched|felt|noticed|looked up|could see|could hear"
    r"|witnessed|smelled|filmed)\b|\b(?:i|we) (?:\w+ )?(?:ran|hid|jumped|woke|looked|turned around|were running"
    r"|was (?:standing|sitting|walking|driving|sleeping|asleep|running))\b"
    r"|\bit (?:\w+ )?(?:looked|sounded|felt) like\b|\bpeople (?:were|started) (?:running|screaming|crying|falling)\b"
)
_HAZARD = re.compile(r"\b(?:attack\w*|gun(?:man|men|fire)|shoot\w*|explo\w+|blast|bomb\w*|crash\w*|derail\w*|collaps\w*"
                     r"|stamped\w*|(?:earth)?quake|tsunami|hurricane|tornado|typhoon|cyclone|flood\w*|wildfire|blaze|inferno"
                     r"|massacre|hostages?|avalanche|mudslide|landslide|eruption|rampage|stabb\w+)\b")  # fmt: skip
_TOLL = re.compile(r"\b(?:kill\w*|dead|deaths?|died|wounded|injur\w+|casualt\w+|victims?|fatal\w*|survivors?)\b")
_FAMILIAR = 3  # mentions from which on a name at the top of a story is what it is about
_TOP = 4  # blocks: headline, deck, lead
PUBLIC = ("official", "political")


def person_type(scene: Scene, mention: Mention, source: Source) -> str:
    """The type of a named person.

    Whoever the story is about is affected, unless they hold an office or speak for a body; of the others, who tells
    what they saw is a witness. Readers know whom an article does not introduce: in a story of states and parties an
    official, in any other somebody in the news.
    """
    code = scene.people.known_type(mention)
    same = scene.people.same(mention)
    about = is_about(scene, mention)
    if (code == "organisation" and about and scene.people.fame(mention) is None and not _speaks_for_others(same)) or (
        code == "citizen" and _leads(scene, same)
    ):
        return "affected"
    if code is not None and code != "other":
        saw = code == "citizen" and any(_SAW.search(_following(scene, m)) for m in same)
        return "witness" if saw or (code == "citizen" and is_calamity(scene)) else as_witness(scene, source, code)
    if about or code == "other":
        return "affected"
    if any(tells_what_it_saw(scene, m.start) for m in same):
        return "witness"
    if len(same) == 1 and _HANDLE.search(scene.parse.text[mention.start : mention.end + 20].split("\n")[0]):
        return "social_media"
    whole = max(len(m.words) for m in same) > 1
    if is_calamity(scene) and (not whole or any(m.aged for m in same)):
        return "witness"
    if any(m.aged for m in same):
        return "citizen"  # those in the news need no age
    by_cast = _unintroduced(scene) if whole else "affected"
    return "witness" if by_cast == "affected" and is_calamity(scene) else by_cast


def is_about(scene: Scene, mention: Mention) -> bool:
    """Whether the story is about a person: named in the headline and again, or at its top and often."""
    blocks = scene.parse.blocks
    same = scene.people.same(mention)
    top = blocks[min(_TOP, len(blocks)) - 1][1] if blocks else 0
    return _leads(scene, same) or (len(same) >= _FAMILIAR and same[0].start < top)


def _leads(scene: Scene, same: list[Mention]) -> bool:
    return len(same) > 1 and same[0].start < scene.parse.blocks[0][1]


def is_calamity(scene: Scene) -> bool:
    """Whether the story's top tells of an attack, a crash or a disaster with its toll: who speaks there was there."""
    blocks = scene.parse.blocks
    top = fold(scene.parse.text[: blocks[min(_TOP, len(blocks)) - 1][1]]) if blocks else ""
    return _HAZARD.search(top) is not None and _TOLL.search(top) is not None


def as_witness(scene: Scene, source: Source, code: str) -> str:
    """The type, or witness where the phrase itself says what somebody saw."""
    told = fold(scene.parse.text[source.start : source.end])
    return "witness" if code in ("citizen", "other") and _SAW.search(told) else code


def tells_what_it_saw(scene: Scene, offset: int) -> bool:
    """Whether the paragraph around a name tells what somebody saw or heard: "we heard a bang"."""
    number = scene.block_of(offset)
    return number >= 0 and _PERCEIVED.search(fold(scene.parse.text[slice(*scene.parse.blocks[number])])) is not None


def _speaks_for_others(same: list[Mention]) -> bool:
    nouns = {part for m in same for noun in m.nouns for part in (noun, noun.rpartition("-")[2])}
    return not nouns.isdisjoint(words("speakers") | words("heads of bodies"))


def _unintroduced(scene: Scene) -> str:
    """What somebody is whom readers are taken to know: as those who hold or seek office, where these are most."""
    counts = scene.people.cast
    public = {code: counts[code] for code in PUBLIC}
    return max(public, key=lambda code: public[code]) if 2 * sum(public.values()) > sum(counts.values()) else "affected"


def _following(scene: Scene, mention: Mention) -> str:
    """What the sentence says after a name."""
    end = scene.parse.sentences[scene.parse.tokens[mention.first].sentence].end
    return fold(scene.parse.text[mention.end : min(end, mention.end + 100)])
