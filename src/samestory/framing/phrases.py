"""Noun phrases that name: which nouns head them, how far they reach, and what of them is a name."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from samestory.framing.agency import agency_of
from samestory.framing.topics import MODIFYING, find_topics
from samestory.language.nouns import HARM_STATES, KINDS, TITLES, noun_class, singular
from samestory.language.parse import Entity
from samestory.language.people import people_nouns
from samestory.language.phrases import head_of

if TYPE_CHECKING:
    from samestory.language import Parse, Token

NAME_TYPES = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART"))
LEFT_PARTS = frozenset(("amod", "compound", "nmod", "nummod", "det", "predet", "poss", "quantmod"))


class Phrase(NamedTuple):
    """A base noun phrase: characters, its head token, the head as it is compared, and the tokens of its name."""

    start: int
    end: int
    token: Token
    head: str
    name: range = range(0)


def find_phrases(parse: Parse, headline: frozenset[int] = frozenset()) -> list[Phrase]:
    """Every noun phrase of a parse that is a label, in text order; ``headline`` holds the headline's sentences."""
    entities = _named(parse)
    proper = {
        t.text
        for t in parse.tokens
        if t.pos == "PROPN" and t.sentence not in headline and t.i > parse.sentences[t.sentence].first
    }
    topics = find_topics(parse)
    found = []
    for token in parse.tokens:
        phrase = _phrase(parse, token, entities, topics)
        if phrase is not None and token.sentence in headline:
            phrase = _plain_headline(parse, phrase, proper)
        if phrase is not None:
            found.append(phrase)
    return sorted(found, key=lambda p: (p.start, p.end))


def chosen_phrase(parse: Parse, start: int, end: int) -> Phrase | None:
    """The phrase of characters that a coder chose, whatever its head; None where no word lies in them."""
    token = head_of(parse, start, end)
    if token is None:
        return None
    found = _phrase(parse, token, _named(parse)) or Phrase(start, end, token, singular(token.lemma))
    return found._replace(start=start, end=end)


def _named(parse: Parse) -> dict[int, Entity]:
    """The recognised name that each token belongs to; a name passed over in one place is known from another."""
    entities = {i: e for e in parse.entities if e.type in NAME_TYPES for i in range(e.first, e.last)}
    known: dict[str, str] = {}
    for entity in parse.entities:
        last = parse.tokens[entity.last - 1]
        alone = entity.last - entity.first == 1
        if entity.type in NAME_TYPES and last.pos == "PROPN" and (alone or entity.type == "PERSON"):
            known.setdefault(last.text, entity.type)
    for token in parse.tokens:
        if token.i not in entities and token.text[:1].isupper() and token.text in known:
            entities[token.i] = Entity(token.start, token.end, token.i, token.i + 1, known[token.text])
    return entities


def _plain_headline(parse: Parse, phrase: Phrase, proper: set[str]) -> Phrase | None:
    """Undo what capitals mislead the recogniser to: a name in a headline is what the body shows to be one."""
    if not phrase.name:
        return phrase
    tokens = [parse.tokens[i] for i in phrase.name]
    kept = [t for t in tokens if t.text in proper]
    if kept:
        name = range(kept[0].i, kept[-1].i + 1)
        start = min(phrase.start, kept[0].start)
        return Phrase(start, kept[-1].end, kept[-1], name_text(parse, name), name)
    nouns = [t for t in tokens if noun_class(t.text)]
    return Phrase(phrase.start, nouns[-1].end, nouns[-1], singular(nouns[-1].text)) if nouns else None


def _phrase(parse: Parse, token: Token, entities: dict, topics: frozenset[str] = frozenset()) -> Phrase | None:
    if token.pos not in ("NOUN", "PROPN") and not _is_noun_like(parse, token):
        return None
    entity = entities.get(token.i)
    alone = _heads_headline(parse, token) or (token.dep == "npadvmod" and entity is not None)
    if (token.dep in MODIFYING and not alone) or _stands_in_state_of(parse, token):
        return None
    if entity is not None and not _is_solid(parse, entity):
        entity = None
    if entity is not None and token.head != token.i and entity.first <= token.head < entity.last:
        return None
    start, end = _extent(parse, token, entity)
    age = _age(parse, token)
    if age is not None:
        return Phrase(start, end, token, age)
    name = _name_tokens(parse, token, entity)
    if name:
        return Phrase(start, end, token, name_text(parse, name), name)
    head = singular(token.text if noun_class(token.text) else token.lemma)
    if noun_class(head) is None and head not in topics and head not in people_nouns():
        return None
    if not _is_worth(parse, token, head):
        return None
    if head == "state" and (emergency := _state_of(parse, token)) is not None:
        return Phrase(start, emergency.end, token, f"state of {emergency.text.lower()}")
    return Phrase(start, end, token, head)


def _name_tokens(parse: Parse, token: Token, entity) -> range:
    """The tokens of a name, or none: a listed noun is a name only in capitals and company ("Interior Ministry")."""
    if entity is None:
        return _capitals(parse, token)
    if token.pos not in ("PROPN", "NOUN") or not (token.text[0].isupper() or _is_hyphened(parse, token)):
        return range(0)
    first, last = entity.first, entity.last
    while first < token.i and (
        parse.tokens[first].text.lower() in ("the", "a", "an") or _is_title(parse, first, token)
    ):
        first += 1
    if parse.tokens[last - 1].text in ("'s", "’s", "'", "’"):
        last -= 1
    words = [parse.tokens[i] for i in range(first, last)]
    if noun_class(token.text) is not None:
        capitals = all(w.text[0].isupper() or w.pos in ("ADP", "DET", "PUNCT", "CCONJ") for w in words)
        titled = entity.type == "PERSON" and first > 0 and parse.tokens[first - 1].text.lower() in TITLES
        if (len(words) < 2 and not titled) or not capitals:
            return range(0)
    return range(first, last)


def _is_hyphened(parse: Parse, token: Token) -> bool:
    """The small end of a name in capitals: "Jong-un"."""
    if token.i < 2:
        return False
    first, hyphen = parse.tokens[token.i - 2 : token.i]
    return first.text[0].isupper() and (first.end, hyphen.end) == (hyphen.start, token.start)


def _capitals(parse: Parse, token: Token) -> range:
    """An institution's name that the recogniser passed over: a listed noun after other words in capitals."""
    first = token.i
    if token.pos == "PROPN" and KINDS.get(noun_class(token.text) or "") in ("institution", "group"):
        members = {c.i for c in parse.children(token.i) if c.dep in ("compound", "amod", "nmod")}
        while first - 1 in members and parse.tokens[first - 1].text[0].isupper():
            first -= 1
    return range(first, token.i + 1) if first < token.i else range(0)


def _is_title(parse: Parse, i: int, token: Token) -> bool:
    return parse.tokens[i].entity == "PERSON" and noun_class(parse.tokens[i].text) == "role" and i < token.i


def _state_of(parse: Parse, token: Token) -> Token | None:
    """The emergency of a "state of emergency"."""
    for preposition in parse.children(token.i):
        if preposition.text.lower() == "of":
            for child in parse.children(preposition.i):
                if child.text.lower() in ("emergency", "alert", "siege", "war"):
                    return child
    return None


def _stands_in_state_of(parse: Parse, token: Token) -> bool:
    ruler = parse.tokens[parse.tokens[token.head].head]
    return token.dep == "pobj" and ruler.lemma == "state" and _state_of(parse, ruler) == token


def _is_noun_like(parse: Parse, token: Token) -> bool:
    """Adjectives that stand for people: "the wounded", "the 27-year-old"."""
    if _age(parse, token) is not None:
        return True
    determined = any(c.dep == "det" and c.text.lower() == "the" for c in parse.children(token.i))
    argument = token.dep in ("nsubj", "nsubjpass", "dobj", "pobj", "conj")
    return token.text.lower() in HARM_STATES and token.pos in ("ADJ", "VERB") and determined and argument


def _age(parse: Parse, token: Token) -> str | None:
    """ "27-year-old" where it stands as a noun."""
    if token.text.lower() not in ("old", "olds") or token.dep in MODIFYING or token.i < 4:
        return None
    words = parse.tokens[token.i - 4 : token.i]
    if [w.text for w in words[1:]] == ["-", "year", "-"] and words[3].end == token.start:
        return f"{words[0].text}-year-old"
    return None


def _heads_headline(parse: Parse, token: Token) -> bool:
    """A noun that the parser hangs on a verb or on nothing is no part of a longer name."""
    return token.dep == "dep" and parse.tokens[token.head].pos not in ("NOUN", "PROPN")


def _is_solid(parse: Parse, entity) -> bool:
    """Whether the recogniser's name reads as one: it starts with a capital and no dash stands inside."""
    words = [parse.tokens[i] for i in range(entity.first, entity.last)]
    broken = any(w.text in ("-", "–", "—", "|", ":") and parse.text[w.start - 1 : w.start].isspace() for w in words)
    return not broken and any(w.text[0].isupper() for w in words if w.text.lower() not in ("the", "a", "an"))


def _is_worth(parse: Parse, token: Token, head: str) -> bool:
    """Whether a listed noun names something here: not "people" in general, "by phone", "opened fire"."""
    children = parse.children(token.i)
    described = any(c.dep in LEFT_PARTS or c.dep in ("acl", "relcl") for c in children)
    if head in ("people", "person"):
        counted = any(c.dep in ("nummod", "amod", "acl", "relcl") for c in children)
        return counted or agency_of(parse, token).agency == "patient"
    if head == "act":
        return token.text.islower() and any(c.dep in ("amod", "prep") for c in children) and token.dep != "ROOT"
    if head == "fire":
        before = parse.tokens[token.i - 1].text.lower() if token.i else ""
        return described and not before.startswith("open") and before != "gun"
    if noun_class(head) in ("object", "vehicle") and token.tag == "NN" and token.dep == "pobj":
        return described
    return described or head not in ("state", "home", "party")


def _extent(parse: Parse, token: Token, entity) -> tuple[int, int]:
    start, end = token.start, token.end
    for child in reversed([c for c in parse.children(token.i) if c.i < token.i]):
        if child.dep in LEFT_PARTS or child.text == "-":
            start = min(start, parse.subtree(child.i)[0].start)
    if entity is not None:
        first = parse.tokens[entity.first]
        start, end = min(start, first.start), max(end, entity.end)
        if parse.text[:end].endswith(("'s", "’s")):
            end -= 2
    while parse.text[end - 1].isspace():
        end -= 1
    return start, end


def name_text(parse: Parse, name: range) -> str:
    return " ".join(parse.text[parse.tokens[name.start].start : parse.tokens[name.stop - 1].end].split())
