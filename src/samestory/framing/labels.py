"""Labels: the noun phrases that name people, groups, institutions, places, objects and events."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from samestory import tables
from samestory.framing.agency import OTHER, agency_of
from samestory.language.nouns import (
    HARM_STATES,
    KINDS,
    RESPONSE_ALONE,
    RESPONSE_COMPANY,
    TITLES,
    noun_class,
    singular,
    word_set,
)
from samestory.language.parse import Entity
from samestory.language.people import people_nouns

if TYPE_CHECKING:
    import pandas as pd

    from samestory.document import Document
    from samestory.language import Parse, Token

NAME_TYPES = frozenset(("PERSON", "ORG", "GPE", "LOC", "FAC", "NORP", "EVENT", "PRODUCT", "WORK_OF_ART"))
INSIDE_NAMES = frozenset(("compound", "nmod", "amod", "npadvmod", "det", "nummod", "quantmod", "intj", "dep"))
LEFT_PARTS = frozenset(("amod", "compound", "nmod", "nummod", "det", "predet", "poss", "quantmod"))
NO_MODIFIERS = word_set("""
    another certain few first former fourth last latest least many more most much multiple next numerous only other
    own same second several some such third various
""")
NO_TOPICS = word_set("""
    afternoon age amount area aspect beginning bit case center century chance copy cost couple course day decade degree
    detail edge effect end evening example fact feature form front future half hand hour idea inch issue kind level
    life line list look lot manner matter mean middle midnight mile minute moment month morning move name night noon
    number order part past percent period piece place plan point portion position process quarter question range rate
    reason record rest result right role season second sense series set share side sign size sort spot stage stake
    start status step story summer system term thing thousand time today tomorrow tonight total turn type use version
    view way week weekend while winter word work world year yesterday
""")
DEFINITE = frozenset(("the", "this", "that", "these", "those"))
SHARE = 0.5
FEWEST_USES = 3  # of a noun that no list holds, for it to be one of the article's topics; two from the opening on
OPENING = 3  # sentences
LONG_LEAD = 3  # a first paragraph of more sentences is a text without paragraphs: its first sentence is the lead


class Phrase(NamedTuple):
    """A base noun phrase: characters, its head token, the head as it is compared, and the tokens of its name."""

    start: int
    end: int
    token: Token
    head: str
    name: range = range(0)


def find_labels(document: Document) -> pd.DataFrame:
    """The table ``labels`` of an article: base noun phrases, nested ones too ("Kazakhstan's ministry" holds two).

    A phrase is a label where its head is a noun of the lists in :mod:`samestory.language.nouns` or belongs to a
    name. ``head`` is the lower-case singular, or the whole name; ``modifiers`` leaves out articles, numbers, dates
    and possessors. Pronouns are no labels. ``referent_id`` is null and ``voice`` is ``outlet``: both are filled
    later. The deck counts as ``lead``.
    """
    positions = _positions(document)
    rows: list[dict[str, object]] = []
    headline = frozenset(n for n, position in enumerate(positions) if position == "headline")
    for phrase in find_phrases(document.parse, headline):
        modifiers = _modifiers(document.parse, phrase)
        role = agency_of(document.parse, phrase.token) if _can_act(phrase) else OTHER
        rows.append(
            {
                "article_id": document.article_id,
                "label_id": f"{document.article_id}-l{len(rows)}",
                "start": phrase.start,
                "end": phrase.end,
                "head": phrase.head,
                "modifiers": tables.SEPARATOR.join(modifiers) or None,
                "position": positions[phrase.token.sentence],
                "voice": "outlet",
                "agency": role.agency,
                "passive_without_agent": role.passive_without_agent,
                "response": is_response(phrase.head, modifiers),
            }
        )
    return tables.frame("labels", rows)


def find_phrases(parse: Parse, headline: frozenset[int] = frozenset()) -> list[Phrase]:
    """Every noun phrase of a parse that is a label, in text order; ``headline`` holds the headline's sentences."""
    entities = _named(parse)
    proper = {
        t.text
        for t in parse.tokens
        if t.pos == "PROPN" and t.sentence not in headline and t.i > parse.sentences[t.sentence].first
    }
    topics = _topics(parse)
    found = []
    for token in parse.tokens:
        phrase = _phrase(parse, token, entities, topics)
        if phrase is not None and token.sentence in headline:
            phrase = _plain_headline(parse, phrase, proper)
        if phrase is not None:
            found.append(phrase)
    return sorted(found, key=lambda p: (p.start, p.end))


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
        return Phrase(start, kept[-1].end, kept[-1], _text(parse, name), name)
    nouns = [t for t in tokens if noun_class(t.text)]
    return Phrase(phrase.start, nouns[-1].end, nouns[-1], singular(nouns[-1].text)) if nouns else None


def is_response(head: str, modifiers: list[str]) -> bool:
    """Whether a label names the state's response: "manhunt" alone, "operation" only in fitting company.

    >>> is_response("operation", ["counter-terrorism"]), is_response("operation", ["terrorist"])
    (True, False)
    """
    if head in RESPONSE_ALONE or head.startswith("state of"):
        return True
    company = RESPONSE_COMPANY.get(head, "").split()
    return any(word.lower().replace("-", "") in company for m in modifiers for word in (m, *m.split()))


def _can_act(phrase: Phrase) -> bool:
    """Agency is asked of actors alone: people, groups, institutions, names, and vehicles, which stand for drivers."""
    found = noun_class(phrase.head)
    return found is None or found == "vehicle" or KINDS[found] in ("person", "group", "institution")


def _positions(document: Document) -> list[str]:
    sentences = document.parse.sentences
    roles = [document.segment_at(s.start) for s in sentences]
    body = [s.block for s, role in zip(sentences, roles, strict=True) if role == "body"]
    lead = body[0] if body else None
    long = sum(block == lead for block in body) > LONG_LEAD
    found = []
    for n, (sentence, role) in enumerate(zip(sentences, roles, strict=True)):
        if role == "headline":
            found.append("headline")
        elif role == "deck" or (sentence.block == lead and not (long and n != roles.index("body"))):
            found.append("lead")
        else:
            found.append("body")
    return found


def _topics(parse: Parse) -> frozenset[str]:
    """Nouns that no list holds and that the article keeps coming back to, from its opening on."""
    uses: Counter[str] = Counter()
    definite: Counter[str] = Counter()
    opening: set[str] = set()
    for token in parse.tokens:
        if token.pos != "NOUN" or token.dep in INSIDE_NAMES or token.entity or not token.text.isalpha():
            continue
        word = singular(token.lemma)
        if word in NO_TOPICS or noun_class(word) is not None:
            continue
        uses[word] += 1
        definite[word] += any(c.dep == "poss" or c.text.lower() in DEFINITE for c in parse.children(token.i))
        if token.sentence < OPENING:
            opening.add(word)
    return frozenset(word for word, n in uses.items() if n >= FEWEST_USES - (word in opening) and definite[word] >= SHARE * n)


def _phrase(parse: Parse, token: Token, entities: dict, topics: frozenset[str] = frozenset()) -> Phrase | None:
    if token.pos not in ("NOUN", "PROPN") and not _is_noun_like(parse, token):
        return None
    entity = entities.get(token.i)
    alone = _heads_headline(parse, token) or (token.dep == "npadvmod" and entity is not None)
    if (token.dep in INSIDE_NAMES and not alone) or _stands_in_state_of(parse, token):
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
        return Phrase(start, end, token, _text(parse, name), name)
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
    before = parse.tokens[max(token.i - 2, 0) : token.i]
    return [t.end for t in before] == [before[-1].start, token.start] and before[0].text[0].isupper() if len(before) == 2 else False


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
    if token.text.lower() not in ("old", "olds") or token.dep in INSIDE_NAMES or token.i < 4:
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


def _text(parse: Parse, name: range) -> str:
    return " ".join(parse.text[parse.tokens[name.start].start : parse.tokens[name.stop - 1].end].split())


def _modifiers(parse: Parse, phrase: Phrase) -> list[str]:
    """What stands before the head and tells more of it; words joined by hyphens are one modifier."""
    if phrase.head.endswith("-year-old"):
        return []
    possessors = [c for c in parse.children(phrase.token.i) if c.dep in ("poss", "nummod", "quantmod")]
    outside = {t.i for c in possessors for t in parse.subtree(c.i)} | set(phrase.name)
    units: list[list[Token]] = []
    for token in parse.tokens_in(phrase.start, phrase.end):
        if token.i >= phrase.token.i or token.i in outside:
            continue
        if units and units[-1][-1].end == token.start:
            units[-1].append(token)
        else:
            units.append([token])
    texts = []
    for unit in units:
        text = parse.text[unit[0].start : unit[-1].end].strip("\"'“”‘’-,.()")
        if text and not all(_is_empty_modifier(t) for t in unit):
            texts.append(text if _is_proper(parse, unit[0]) else text.lower())
    return texts


def _is_proper(parse: Parse, token: Token) -> bool:
    """Whether a modifier keeps its capital; at the start of a sentence a recognised name of two words may not."""
    initial = token.i == parse.sentences[token.sentence].first
    if token.entity not in NAME_TYPES:
        return token.text[0].isupper() and "." in token.text and not initial  # "Example.org agency"
    follower = parse.tokens[token.i + 1] if token.i + 1 < len(parse.tokens) else token
    return token.pos == "PROPN" or not initial or follower.entity != token.entity


def _is_empty_modifier(token: Token) -> bool:
    return (
        token.pos in ("DET", "NUM", "PRON", "PUNCT", "PART", "ADV", "CCONJ", "ADP", "SYM", "SPACE")
        or token.entity in ("DATE", "TIME", "CARDINAL", "ORDINAL", "PERCENT", "QUANTITY", "MONEY")
        or token.text.lower() in NO_MODIFIERS
    )
