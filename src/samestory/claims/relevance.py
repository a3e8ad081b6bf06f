"""Whether what is claimed is about the article's own event: signs read off clause and lead, weighed as learnt.

The weights (``relevance.csv``) are those of a logistic regression on development gold, made by
:mod:`samestory.training.relevance`. A sign is a plain reading of the text: a time long past in the clause, the tense of
its verb, words shared with the lead, how deep in the article it stands.
"""

from __future__ import annotations

import csv
import functools
import math
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import NamedTuple

from samestory.claims.background import LEAD, clause_text, goes_on, is_background, recalls
from samestory.language import Parse, Token
from samestory.language.times import Time, days_between, find_times

TABLE = Path(__file__).parent / "relevance.csv"
NEAR, FAR = 10, 60  # days from publication: the news of these days, and what is long past
SAYING = ("say", "tell", "state", "add", "write", "tweet", "report", "claim", "note", "comment", "explain", "speak",
          "ask", "insist", "argue", "testify", "mention", "describe", "announce", "declare", "post", "release",
          "publish", "call", "confirm", "reveal", "warn")  # fmt: skip
PLAIN_SAYING = ("say", "tell", "add", "write", "tweet", "state", "ask", "reply")  # a date here is the statement's
STATEMENTS = ("statement", "interview", "tweet", "remark", "report", "post", "comment", "bulletin", "email",
              "editorial", "article", "briefing", "conference", "commentary", "letter", "press")  # fmt: skip
STATES = ("be", "have", "live", "include", "own", "earn", "cost", "number", "employ", "contain", "remain", "stay",
          "belong", "know", "mean", "bear", "work", "play", "serve", "study")  # fmt: skip
WAYS = ("from", "to", "toward", "towards", "into", "between")
PERSONS = ("man", "woman", "people", "resident", "official", "citizen", "student", "driver", "immigrant")
INSIDE = ("in", "at", "on", "near", "outside", "inside", "over", "along", "across", "through", "around", "off")
WEIGHED = ("size", "date_time", "place")
LEAST = {"size": 0.45, "date_time": 0.3, "place": 0.25}  # the chance from which a statement counts as the event's
GROUPS = {"killed": "people", "injured": "people", "missing": "people", "detained": "people", "suspects": "people",
          "count_other": "count", "money": "money", "size": "size", "age": "age", "date_time": "date",
          "place": "place"}  # fmt: skip


@dataclass(frozen=True)
class Story:
    """What an article is about, as its first sentences tell it, and when it was published (null where unknown)."""

    parse: Parse
    published: date | None

    @functools.cached_property
    def _lead(self) -> tuple[tuple[frozenset[str], frozenset[str]], ...]:
        """Words and names of each of the first sentences."""
        found = []
        for sentence in self.parse.sentences[:LEAD]:
            tokens = self.parse.tokens[sentence.first : sentence.last]
            words = frozenset(t.lemma.lower() for t in tokens if _has_content(t))
            found.append((words, frozenset(t.text.lower() for t in tokens if t.pos == "PROPN")))
        return tuple(found)

    @property
    def words(self) -> frozenset[str]:
        """The lemmas of the first sentences."""
        return frozenset().union(*(words for words, _ in self._lead))

    def without(self, sentence: int) -> tuple[frozenset[str], frozenset[str]]:
        """Words and names of the first sentences but for one."""
        kept = [lead for n, lead in enumerate(self._lead) if n != sentence]
        return frozenset().union(*(w for w, _ in kept)), frozenset().union(*(n for _, n in kept))

    @functools.cached_property
    def recalled(self) -> tuple[bool, ...]:
        """For each sentence, whether it goes on with another event that the one before recalled."""
        found, before = [], False
        for sentence in range(len(self.parse.sentences)):
            found.append(before and goes_on(self.parse, sentence))
            before = found[-1] or recalls(self.parse, sentence)
        return tuple(found)


class Statement(NamedTuple):
    """What may be claimed: its role, characters, the token that it hangs by, and the time or name that it gives."""

    role: str
    start: int
    end: int
    token: Token
    time: Time | None = None
    name: str | None = None
    detail: str = ""  # class of a size


def is_about_event(story: Story, statement: Statement) -> bool:
    """Whether a statement is about the article's event.

    Sizes, dates and places are weighed, but for the date of what was said; people, ages, money and other counts are
    taken for the event's but where the text sets them in another time or place, or goes on with what it has set there.
    """
    if statement.role == "date_time" and statement.token.lemma.lower() in PLAIN_SAYING:
        return False
    if statement.role in WEIGHED:
        return chance(story, statement) >= LEAST[statement.role]
    token = statement.token
    return not (is_background(story.parse, token, story.published) or story.recalled[token.sentence])


def chance(story: Story, statement: Statement) -> float:
    """The probability that a statement is about the article's event."""
    weights = _weights()
    group = GROUPS[statement.role]
    total = sum(value * (weights.get(("all", sign), 0.0) + weights.get((group, sign), 0.0))
                for sign, value in signs(story, statement).items())  # fmt: skip
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@functools.cache
def _weights() -> dict[tuple[str, str], float]:
    with TABLE.open(encoding="utf-8", newline="") as file:
        return {(row["group"], row["sign"]): float(row["weight"]) for row in csv.DictReader(file)}


def signs(story: Story, statement: Statement) -> dict[str, float]:
    """The signs that hold, by name; counts and shares as numbers, all else as 1."""
    parse, token = story.parse, statement.token
    sentence = parse.sentences[token.sentence]
    clause = clause_text(parse, token)
    verb = next((t for t in (token, *parse.ancestors(token.i)) if t.pos in ("VERB", "AUX")), None)
    content = [t for t in parse.tokens[sentence.first : sentence.last] if _has_content(t)]
    names = [t for t in parse.tokens[sentence.first : sentence.last] if t.pos == "PROPN"]
    words, known = story.without(token.sentence)
    found: dict[str, float] = {
        "constant": 1.0,
        "background": float(is_background(parse, token, story.published)),
        "recalled": float(story.recalled[token.sentence]),
        "depth": math.log1p(token.sentence),
        "lead": float(token.sentence < LEAD),
        "shared words": _share(content, words, lambda t: t.lemma.lower()),
        "shared names": _share(names, known, lambda t: t.text.lower()),
        "no names": float(not names),
        "tense " + _tense(parse, verb): 1.0,
    }
    if verb is not None:
        found["state"] = float(verb.lemma.lower() in STATES)
        found["verb of the lead"] = float(verb.lemma.lower() in words)
    found |= _time_signs(story, clause, sentence.start, sentence.end)
    if statement.time is not None:
        found |= _date_signs(story, statement)
    if statement.name is not None:
        found |= _place_signs(story, statement)
    if statement.detail:
        found["class " + statement.detail] = 1.0
        before = parse.tokens[token.i - 1].text.lower() if token.i else ""
        found["for"] = float(
            any(t.text.lower() == "for" for t in parse.tokens[max(0, token.i - 4) : token.i]) or before == "for"
        )
    return {sign: value for sign, value in found.items() if value}


def _has_content(token: Token) -> bool:
    return token.pos in ("NOUN", "VERB", "ADJ") and len(token.text) > 2


def _share(tokens: list[Token], known: frozenset[str], form) -> float:
    return sum(form(t) in known for t in tokens) / len(tokens) if tokens else 0.0


def _tense(parse: Parse, verb: Token | None) -> str:
    """The tense of the clause: that of its finite verb or auxiliary."""
    while verb is not None:
        helpers = [c for c in parse.children(verb.i) if c.dep in ("aux", "auxpass")]
        words = {c.text.lower() for c in helpers}
        if words & {"will", "'ll", "would", "may", "might", "could", "can", "should", "must"}:
            return "modal"
        if any(c.lemma == "have" and c.tag in ("VBZ", "VBP") for c in helpers):
            return "perfect"
        tags = [c.tag for c in helpers] or [verb.tag]
        if "VBD" in tags:
            return "past"
        if "VBZ" in tags or "VBP" in tags:
            return "present"
        if verb.head == verb.i:
            return "none"
        verb = next((t for t in parse.ancestors(verb.i) if t.pos in ("VERB", "AUX")), None)
    return "none"


def _time_signs(story: Story, clause: str, start: int, end: int) -> dict[str, float]:
    """Whether the clause, or only its sentence, names a time long past, or one of the news of these days."""
    found: dict[str, float] = {}
    for where, text in (("clause", clause), ("sentence", story.parse.text[start:end])):
        for time in find_times(text):
            days = days_between(time, story.published)
            if days is None:
                found[f"undated {where}"] = 1.0
            else:
                found[f"far {where}" if days > FAR else f"near {where}" if days <= NEAR else f"middle {where}"] = 1.0
    return found


def _date_signs(story: Story, statement: Statement) -> dict[str, float]:
    parse, time, token = story.parse, statement.time, statement.token
    words = parse.text[statement.start : statement.end].lower()
    dated = [c for c in parse.children(token.i) if statement.start <= c.start < statement.end]
    days = None if time is None else days_between(time, story.published)
    verb = token if token.pos in ("VERB", "AUX") else None
    return {
        "dates a statement": float(token.lemma.lower() in SAYING and verb is not None),
        "dates words": float(token.lemma.lower() in STATEMENTS and verb is None),
        "of a noun": float(verb is None),
        "clock": float(time is not None and time.clock is not None),
        "year": float(time is not None and time.year is not None),
        "month": float(time is not None and time.month is not None),
        "feast": float(words.endswith((" eve", " day", "halloween"))),
        "days": 1.0 if days is None else min(4.0, math.log1p(days)),
        "days unknown": float(days is None),
        "now": float(time is not None and time.shift is not None),
        "object": float(any(c.dep in ("dobj", "attr") for c in dated)),
        "say in sentence": float(any(t.lemma.lower() in SAYING for t in (token, *parse.ancestors(token.i)))),
    }  # fmt: skip


def _place_signs(story: Story, statement: Statement) -> dict[str, float]:
    parse, name = story.parse, (statement.name or "").lower()
    top = statement.token
    above = parse.tokens[top.head]
    governor = parse.tokens[above.head] if top.dep == "pobj" else above
    inside = parse.tokens_in(statement.start, statement.end)
    kind = next((t.entity for t in inside if t.entity), "")
    word = above.text.lower() if top.dep == "pobj" else top.dep
    return {
        "preposition " + (word if word in (*INSIDE, *WAYS, "of", "compound", "poss", "dobj") else "else"): 1.0,
        "kind " + kind: 1.0,
        "name of the lead": float(set(name.split()) & story.without(top.sentence)[1] != set()),
        "times named": math.log1p(parse.text.lower().count(name)),
        "governor verb": float(governor.pos in ("VERB", "AUX")),
        "governor person": float(governor.entity == "PERSON" or governor.lemma.lower() in PERSONS),
        "governor says": float(governor.lemma.lower() in (*SAYING, *STATEMENTS)),
        "governor of the lead": float(governor.lemma.lower() in story.without(top.sentence)[0]),
        "governor state": float(governor.lemma.lower() in STATES),
        "seen first": float(top.sentence < LEAD),
    }  # fmt: skip
