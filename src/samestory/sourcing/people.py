"""The people whom an article names, with what it says of them anywhere: title, role, apposition."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from samestory.language import Parse, Token
from samestory.sourcing.descriptions import AGE, after_name, before_comma, before_name, employer, worker_of
from samestory.sourcing.lexicons import bodies, cue_verb, figures, given_names, source_types, titles, words
from samestory.sourcing.roles import (
    SPEAKS,
    body_type,
    is_body_word,
    is_place,
    noun_type,
    person_noun,
    role_type,
)

_COURTESY = {"mr.": "male", "mr": "male", "sir": "male", "lord": "male", "mrs.": "female", "mrs": "female",
             "ms.": "female", "ms": "female", "miss": "female", "lady": "female", "dame": "female"}  # fmt: skip
_DOCTOR = frozenset({"dr.", "dr", "doctor"})
_MALE = frozenset({"man", "father", "son", "brother", "husband", "king", "prince", "policeman", "spokesman", "actor",
                   "boy", "uncle", "fisherman", "businessman", "chairman", "congressman", "grandfather"})  # fmt: skip
_FEMALE = frozenset({"woman", "mother", "daughter", "sister", "wife", "queen", "princess", "policewoman", "actress",
                     "spokeswoman", "girl", "aunt", "businesswoman", "chairwoman", "congresswoman", "widow",
                     "grandmother"})  # fmt: skip
_NEAR = 2  # sentences
# Less than what a public figure is known as.
_PASSING = ("affected", "citizen", "expert", "organisation", "social_media", "witness")
_WEAK = {"citizen": 1, "other": 2, "document": 3}  # of several roles, these tell less
_NO_NAMES = frozenset({"twitter", "facebook", "brexit", "getty", "allah", "god", "christmas", "reuters", "instagram"})


class Mention(NamedTuple):
    """A person's name where it stands: characters, tokens ``[first, last)`` and the words of the bare name.

    ``role`` is the type that the text tells right there, ``titled`` what a bare title tells, ``nouns`` are the nouns
    of its description. ``aged``: an age stands beside the name.
    """

    start: int
    end: int
    first: int
    last: int
    words: tuple[str, ...]
    role: str | None
    titled: str | None
    nouns: tuple[str, ...]
    gender: str | None
    aged: bool


@dataclass(frozen=True)
class People:
    """Every mention of a person by name in one article, in text order; ``places`` are names of places there."""

    mentions: tuple[Mention, ...]
    places: frozenset[str]

    @cached_property
    def _full(self) -> tuple[Mention, ...]:
        return tuple(m for m in self.mentions if len(m.words) > 1)

    def bearer(self, mention: Mention) -> tuple[str, ...]:
        """The fullest name of the person whom a mention names: of several that fit, the last before it."""
        if len(mention.words) > 1:
            return mention.words
        word = mention.words[0]
        first = [m for m in self._full if m.words[0] == word and "-".join(m.words) in figures()[0]]
        if first and word in figures()[1]:
            return first[0].words  # "Kim" is the leader before any namesake
        for place in (-1, 0):
            fitting = [m for m in self._full if m.words[place] == word]
            if fitting:
                before = [m for m in fitting if m.start <= mention.start]
                return (before[-1] if before else fitting[0]).words
        return mention.words

    def same(self, mention: Mention) -> list[Mention]:
        """All mentions of the same person, in text order."""
        return list(self._by_bearer[self.bearer(mention)])

    @cached_property
    def _by_bearer(self) -> dict[tuple[str, ...], list[Mention]]:
        found: dict[tuple[str, ...], list[Mention]] = {}
        for mention in self.mentions:
            found.setdefault(self.bearer(mention), []).append(mention)
        return found

    def known_type(self, mention: Mention) -> str | None:
        """What the article says that a person is; where it says nothing, what is known of a public figure."""
        same = self.same(mention)
        told = next((m.role for m in same if m.role not in (None, "other")), None)
        if told is not None and not (told in _PASSING and "-".join(self.bearer(mention)) in figures()[0]):
            return told
        return self.fame(mention) or next((code for m in same if (code := m.role or m.titled) is not None), None)

    def fame(self, mention: Mention) -> str | None:
        """What is known of a public figure of this name."""
        full, last = figures()
        name = self.bearer(mention)
        whole = full.get("-".join(name))
        if whole is None and len(name) > 1 and name[0] in given_names() and len(self.same(mention)) < 2:
            return None  # a namesake
        return whole or last.get(name[-1])

    @cached_property
    def cast(self) -> Counter[str]:
        """How many people of each known type the article names."""
        first = (mentions[0] for mentions in self._by_bearer.values())
        return Counter(code for m in first if (code := self.known_type(m)) is not None)

    def gender(self, mention: Mention) -> str | None:
        """The sex that titles, nouns or the given name tell."""
        return next((m.gender for m in self.same(mention) if m.gender is not None), None)


def find_people(parse: Parse) -> People:
    """Read the people of an article from its parse: what the recogniser takes for persons, and names after roles."""
    places = frozenset(t.text.lower() for t in parse.tokens if t.entity in ("GPE", "NORP") and t.text[:1].isupper())
    kinds: dict[str, Counter[str]] = {}
    for e in parse.entities:
        kinds.setdefault(parse.text[e.start : e.end], Counter())[e.type] += 1
    found = []
    taken: set[int] = set()
    for first, last in sorted(_names(parse, kinds)):
        if taken.isdisjoint(range(first, last)):
            taken.update(range(first, last))
            found.append(_mention(parse, first, last, places))
    known = {word for m in found if len(m.words) > 1 for word in (m.words[0], m.words[-1])} - set(given_names())
    known |= {m.words[-1] for m in found if len(m.words) > 1 or m.words[0] in figures()[1]}
    known_only = known - {t.text for t in parse.tokens}  # a word that also stands in lower case may be just that
    for token in parse.tokens:
        if token.i not in taken and _is_short_form(parse, token, known, token.text.lower() in known_only):
            found.append(_mention(parse, token.i, token.i + 1, places))
    return People(tuple(sorted(found, key=lambda m: m.start)), places)


def _is_short_form(parse: Parse, token: Token, known: set[str], only_name: bool) -> bool:
    """Whether a word on its own is the last (or first) name of a person whom the article or the public knows."""
    word = token.text.lower()
    opens = token.i == parse.sentences[token.sentence].first
    public = word in figures()[1] and (not opens or word in known)
    named = token.pos == "PROPN" or only_name or (word in known and not opens and token.tag.startswith("N"))
    if not token.text[:1].isupper() or not (named or public):
        return False
    if token.entity in ("GPE", "NORP") and word not in known:
        return False
    beside = (*parse.tokens[max(0, token.i - 1) : token.i], *parse.tokens[token.i + 1 : token.i + 2])
    alone = not any(t.pos == "PROPN" and t.sentence == token.sentence and not _is_title(t.text) for t in beside)
    return alone and (word in known or word in figures()[1])


def _names(parse: Parse, kinds: dict[str, Counter[str]]) -> Iterator[tuple[int, int]]:
    """Tokens ``[first, last)`` of bare names: as recognised, after titles, by given names and appositions."""
    for e in parse.entities:
        if e.type != "PERSON":
            continue
        first, last = _bare(parse, e.first, e.last)
        text = parse.text[e.start : e.end]
        others = sum(n for kind, n in kinds[text].items() if kind != "PERSON")
        if first < last and others <= kinds[text]["PERSON"] and _may_be_name(parse, first, last):
            yield first, last
    for start, last in _proper_runs(parse):
        first = start
        before = parse.tokens[first - 1].text.lower() if first else ""
        for at in range(start, last):
            word = parse.tokens[at].text.lower()
            if (word in titles() or word in _COURTESY or word in _DOCTOR) and at + 1 < last:
                before, first = word, at + 1
            elif last - at >= 2 and word in given_names() and parse.tokens[at].entity not in ("GPE", "LOC"):
                before, first = word, at
                break
        told = before in titles() or before in _COURTESY or before in _DOCTOR or before in given_names()
        told = told or "-".join(t.text.lower() for t in parse.tokens[first:last] if t.text != "-") in figures()[0]
        noun = parse.tokens[first - 1] if first else None
        role = noun is not None and noun.pos in ("NOUN", "PROPN") and noun_type(before) not in (None, "document")
        role = role and before not in words("bodies by noun") | words("institutions")
        role = role and parse.tokens[first].entity in ("", "PERSON", "ORG") and not _is_joined_to_more(parse, last)
        if (
            told
            or role
            or (last - first in (2, 3) and before not in ("of", "the", "and") and _is_described(parse, last))
        ):
            whole = _bare(parse, first, last)
            if whole[0] < whole[1] and _may_be_name(parse, *whole):
                yield whole


def _proper_runs(parse: Parse) -> Iterator[tuple[int, int]]:
    """Runs of capitalised proper nouns, cut after the words in which names of bodies end."""
    first: int | None = None
    for t in parse.tokens:
        opens = first is not None and t.sentence == parse.tokens[first].sentence
        hyphen = t.text == "-" and opens and _joined(parse, t.i)
        proper = t.pos == "PROPN" and t.text[:1].isupper()
        body = is_body_word(t.text) or (is_place(t.text) and t.entity in ("GPE", "NORP"))
        body = body and not (first is not None and parse.tokens[t.i - 1].text.lower() in given_names())
        if first is not None and (not opens or not (proper or hyphen) or body):
            yield first, t.i
            first = None
        if first is None and proper and not body:
            first = t.i
    if first is not None:
        yield first, len(parse.tokens)


def _is_joined_to_more(parse: Parse, last: int) -> bool:
    """Whether "and" and another capital follow, as within the names of bodies."""
    following = parse.tokens[last : last + 2]
    return len(following) == 2 and following[0].text in ("and", "&") and following[1].pos == "PROPN"


def _is_described(parse: Parse, last: int) -> bool:
    """Whether a role or an age in apposition follows: "..., a nurse", "..., 47,"."""
    rest = parse.tokens[last : last + 4]
    if len(rest) < 3 or rest[0].text != ",":
        return False
    if AGE.fullmatch(rest[1].text) and rest[2].text == ",":
        return True
    return rest[1].tag in ("DT", "JJ", "NN", "CD") and any(_names_person(d) for d in after_name(parse, last))


def _names_person(description: Sequence[str]) -> bool:
    noun = person_noun(description)
    return noun is not None and noun.rpartition("-")[2] not in words("bodies by noun") | words("institutions")


def _bare(parse: Parse, first: int, last: int) -> tuple[int, int]:
    """A name without the titles before it and the marks after it; a word that a hyphen goes on with is whole."""
    while first < last and _is_title(parse.tokens[first].text):
        first += 1
    while last > first and not parse.tokens[last - 1].text[:1].isalpha():
        last -= 1
    while last - first > 1 and cue_verb(parse.tokens[last - 1].text.lower().removesuffix("s"))[1]:
        last -= 1  # "Roe Says": a headline's verb
    while last + 1 < len(parse.tokens) and parse.tokens[last].text == "-" and _joined(parse, last):
        last += 2
    while first > 1 and parse.tokens[first - 1].text == "-" and _joined(parse, first - 1):
        first -= 2
    while last > first and parse.tokens[last - 1].text.lower() in ("'s", "’s"):
        last -= 1
    before = parse.tokens[first - 1] if first else None
    if before is not None and first < last and before.sentence == parse.tokens[first].sentence and _may_open(before):
        first -= 1
    return first, last


def _may_open(token: Token) -> bool:
    """Whether a word before what the recogniser marks is the first of the name: "Han | Tae Song"."""
    word = token.text
    proper = token.pos == "PROPN" and word[:1].isupper() and token.entity in ("", "PERSON", "NORP")
    other = _is_title(word) or is_body_word(word) or is_place(word) or noun_type(word) is not None
    return proper and not other and not word.endswith(".")


def _joined(parse: Parse, i: int) -> bool:
    """Whether a hyphen stands between two words without a blank."""
    return parse.tokens[i - 1].end == parse.tokens[i].start and parse.tokens[i].end == parse.tokens[i + 1].start


def _is_title(word: str) -> bool:
    lowered = word.lower()
    return lowered in titles() or lowered in _COURTESY or lowered in _DOCTOR or lowered in source_types()


def _may_be_name(parse: Parse, first: int, last: int) -> bool:
    tokens = parse.tokens[first:last]
    known, telling = bodies()
    name = [t.text.lower() for t in tokens]
    if not tokens[0].text[:1].isupper() or len(tokens) > 6 or name[0] in _NO_NAMES or "-".join(name) in known:
        return False
    if len(name) == 1:
        return not is_place(name[0]) and name[0] not in telling and len(name[0]) > 1 and tokens[0].pos == "PROPN"
    if name[0] in known or (is_place(name[-1]) and name[0] not in given_names()):
        return False
    return not is_body_word(name[-1]) or name[0] in given_names()


def _mention(parse: Parse, first: int, last: int, places: frozenset[str]) -> Mention:
    name = [t for t in parse.tokens[first:last] if t.text[:1].isalpha()]
    before = before_name(parse, first)
    titled = next((titles()[word] for word in before[::-1] if word in titles()), None) if before else None
    described = [d for d in (before, *after_name(parse, last), before_comma(parse, first, last)) if d]
    described = [worker_of(d) or d for d in described]
    if before and before[-1].lower() in words("positions") and len(before) > 1:
        described.append(["player"])
        described.remove(before)
    if all(role_type(d, places) is None for d in described):
        described.append(employer(parse, first))
    roles = [role for d in described if (role := role_type(d, places)) is not None]
    if len(before) == 1 and before[0].lower() in SPEAKS and not roles[1:]:
        roles = [body_before(parse, first) or roles[0]]
    if titled is None and before and before[-1].lower() in _DOCTOR:
        titled = "expert"
        roles = [r for r in (role_type(d, places) for d in described if d is not before) if r is not None]
    if titled is None and "political" in roles and _is_party_label(described):
        roles = [r for r in roles if r != "political"]  # what an office or a figure's fame tells goes before the party
        titled = "political"
    elif titled == "official" and roles[:1] == ["political"] and _is_party_label(described):
        roles = roles[1:]
    nouns = tuple(noun for d in described if (noun := person_noun(d)) is not None)
    return Mention(
        parse.tokens[first].start, parse.tokens[last - 1].end, first, last, _words(name),
        min(roles, key=lambda role: _WEAK.get(role, 0), default=None), titled, nouns,
        _gender(before, nouns, name[0].text if name else ""), _is_aged(parse, first, last),
    )  # fmt: skip


def _is_party_label(described: Sequence[Sequence[str]]) -> bool:
    """Whether all that makes a person political here is their party: "Democrat of Iowa"."""
    nouns = [noun for d in described if role_type(d) == "political" and (noun := person_noun(d)) is not None]
    return bool(nouns) and all(noun in words("party labels") for noun in nouns)


def body_before(parse: Parse, first: int) -> str | None:
    """The type of the nearest body in this sentence and the two before it, for whom a bare "spokesman" speaks."""
    for token in reversed(parse.tokens[:first]):
        if parse.tokens[first].sentence - token.sentence > _NEAR:
            break
        entity = next((e for e in parse.entities if e.first <= token.i < e.last and e.type == "ORG"), None)
        name = [t.text for t in parse.tokens[entity.first : entity.last]] if entity is not None else [token.text]
        if entity is not None or (token.pos == "NOUN" and token.lemma in words("institutions")):
            code = body_type(name)
            return code if code in ("official", "political", "armed_group") else "organisation"
    return None


def _words(name: Sequence[Token]) -> tuple[str, ...]:
    """The words of a name; parts that a hyphen joins are one."""
    joined: list[str] = []
    end = -2
    for t in name:
        if t.start == end + 1 and t.start > 0 and joined and end > 0 and t.i - 2 >= 0 and name[0].i < t.i:
            previous = next(p for p in name if p.end == end)
            if t.i - previous.i == 2:  # a hyphen stands between them
                joined[-1] += "-" + t.text
                end = t.end
                continue
        joined.append(t.text)
        end = t.end
    return tuple(word.lower() for word in joined) or ("",)


def _is_aged(parse: Parse, first: int, last: int) -> bool:
    following = [t.text for t in parse.tokens[last : last + 3]]
    after = len(following) > 1 and following[0] == "," and (following[1] == "aged" or AGE.fullmatch(following[1]))
    return bool(after) or any("year" in t.text.lower() for t in parse.tokens[max(0, first - 3) : first])


def _gender(before: Sequence[str], nouns: Sequence[str], given: str) -> str | None:
    for word in before[::-1]:
        if word.lower() in _COURTESY:
            return _COURTESY[word.lower()]
    told = {*nouns, *(word.lower() for word in before)}
    if told & _MALE:
        return "male"
    return "female" if told & _FEMALE else given_names().get(given.lower())
