"""The claims of an article: counts of people and things, ages, money, sizes, dates and places of the event."""

from __future__ import annotations

from datetime import date

import pandas as pd

from samestory.articles.moments import moment_of
from samestory.claims.ages import find_ages
from samestory.claims.attackers import find_attackers, tells_of_attack
from samestory.claims.counting import sentence_counts
from samestory.claims.measures import UNITS, find_measures
from samestory.claims.moments import find_moments, moment_value, part_of_day
from samestory.claims.places import find_places
from samestory.claims.record import PEOPLE, Count
from samestory.claims.relevance import Story, is_about_event
from samestory.claims.units import singular
from samestory.document import Document
from samestory.language import Parse, Token
from samestory.tables import frame

OUTLET = "outlet"
THIS, OTHER = "this_event", "other"
EVENT_ONLY = ("date_time", "place")  # roles of which only the event's own are claims


def find_claims(document: Document, published: str | None = None) -> pd.DataFrame:
    """Find the claims in the counted text of an article: table ``claims``, in text order.

    ``published`` is the article's time of publication (ISO 8601), by which weekdays and dates are resolved.
    ``holder`` is "outlet" and ``as_of`` and ``referent_id`` are null: they are filled where the tables are joined.
    Co-ordinated counts ("three officers and a civilian") are claims of their own, parts of a claim for their sum
    that spans them all. "More than 80" is the quantity 80 with the bound ``at_least``; "dozens" has no quantity and
    the bound ``approximate``. An age has the class of the person where the text gives one, and the noun or last
    name as its unit. Money and sizes have the unit as it stands, and money its currency as ``value``. Dates and
    places are those of the event alone, with their normal form as ``value``, a time with the part of the day as its
    unit; a place is claimed once. ``measured`` is the lemma of what an amount or time belongs to, where the lead
    names it ("bribe"); of people counted it is "critical", "part" ("five of the dead"), or whence they are.
    """
    story, sentences = read_counts(document.parse, published)
    rows: list[dict[str, object]] = []
    places: set[str] = set()
    for number, counts in enumerate(sentences):
        kept = [(n, c, is_about_event(story, c.statement())) for n, c in enumerate(counts)]
        kept = [(n, c, about) for n, c, about in kept if about or c.role not in EVENT_ONLY]
        kept = [(n, c, about) for n, c, about in kept if not _known_place(c, places)]
        order = sorted(kept, key=lambda k: (k[1].start, -k[1].end, k[1].role))
        ids = {n: f"{document.article_id}-k{len(rows) + new}" for new, (n, _, _) in enumerate(order)}
        rows.extend(_row(document, count, ids, ids[n], about, number, story.words) for n, count, about in order)
    return frame("claims", [_with_whole(row, rows) for row in rows])


def _with_whole(row: dict[str, object], rows: list[dict[str, object]]) -> dict[str, object]:
    """Point "five of the dead" to the article's first larger count of the role; the mark of a part goes."""
    kept = {name: value for name, value in row.items() if name != "partial"}
    if row["partial"] and row["subset_of"] is None and row["quantity"] is not None:
        larger = (
            r["claim_id"]
            for r in rows
            if (r["role"], r["about"]) == (row["role"], row["about"])
            and r["quantity"] is not None
            and r["quantity"] > row["quantity"]  # type: ignore[operator]
            and not r["partial"]
        )
        kept["subset_of"] = next(larger, None)
    return kept


def read_counts(parse: Parse, published: str | None) -> tuple[Story, list[list[Count]]]:
    """The story of an article, and what each sentence counts, measures, dates or names a place of, in any event."""
    moment = moment_of(published)
    day = None if moment is None else moment.first.date()
    sentences = []
    attackers, attacked = find_attackers(parse), tells_of_attack(parse)
    dated = _dates(parse, day)
    located = [
        Count(p.start, p.end, "place", None, None, "exact", None, None, p.name, p.top) for p in find_places(parse)
    ]
    for number, span in enumerate(parse.sentences):
        dates, places = ([c for c in counts if span.start <= c.start < span.end] for counts in (dated, located))
        measured = _measured(parse, number)
        counts = sentence_counts(parse, number, [(c.start, c.end) for c in (*dates, *measured)], attackers, attacked)
        sentences.append([*counts, *measured, *_ages(parse, number), *dates, *places])
    return Story(parse, day), _with_victims(sentences)


def _with_victims(sentences: list[list[Count]]) -> list[list[Count]]:
    """ "Five of the victims" are dead in an article that tells of dead, else only counted."""
    if not any(c.role == "killed" and c.quantity != 0 for counts in sentences for c in counts):
        return sentences
    return [
        [
            c._replace(role="killed")
            if c.role == "count_other" and (c.unit or "").lower() in ("victim", "victims")
            else c
            for c in counts
        ]
        for counts in sentences
    ]


def _known_place(count: Count, places: set[str]) -> bool:
    """Whether a place was claimed before; if not, it is from now on."""
    if count.role != "place":
        return False
    name = str(count.value).lower()
    known = name in places
    places.add(name)
    return known


def _row(
    document: Document,
    count: Count,
    ids: dict[int, str],
    claim_id: str,
    about: bool,
    sentence: int,
    words: frozenset[str],
) -> dict[str, object]:
    fields = ("start", "end", "role", "quantity", "quantity_max", "bound", "unit", "unit_class", "value")
    return {
        "article_id": document.article_id,
        "claim_id": claim_id,
        "sentence_id": f"{document.article_id}-s{sentence}",
        "subset_of": None if count.parent is None else ids[count.parent],
        "holder": OUTLET,
        "about": THIS if about else OTHER,
        "partial": count.partial,
        **{name: getattr(count, name) for name in fields},
        "measured": count.measured if count.role in PEOPLE or count.measured in words else None,
    }


def _dates(parse: Parse, published: date | None) -> list[Count]:
    found: list[Count] = []
    day: str | None = None
    for moment in find_moments(parse):
        value = moment_value(parse, moment, published, day)
        day = value[:10] if value is not None and len(value) >= 10 else day
        time = moment.time
        found.append(
            Count(
                time.start,
                time.end,
                "date_time",
                None,
                None,
                time.bound,
                part_of_day(parse.text[time.start : time.end]),
                None,
                value,
                moment.anchor,
                moment.anchor.lemma.lower(),
                time=time,
            )
        )
    return found


def _measured(parse: Parse, sentence: int) -> list[Count]:
    found = []
    for measure in find_measures(parse, sentence):
        tokens = parse.tokens_in(measure.start, measure.end)
        if tokens:
            found.append(Count(*measure, sign=tokens[-1], measured=_owner(parse, tokens)))
    return found


def _owner(parse: Parse, tokens: list[Token]) -> str | None:
    """The lemma of what an amount belongs to: "bribe" of "bribes worth 3 million", "truck" of "a 19-ton truck"."""
    beside = parse.tokens[tokens[-1].i + 1 : tokens[-1].i + 3]
    if len(beside) == 2 and beside[0].text.lower() == "in" and beside[1].tag == "NNS":  # "4 million in bribes"
        return beside[1].lemma.lower()
    inside = {t.i for t in tokens}
    token = next((t for t in reversed(tokens) if t.head not in inside), tokens[-1])
    while token.head != token.i:
        token = parse.tokens[token.head]
        if token.text.lower() == "worth" and parse.tokens[token.i - 1].pos == "NOUN":
            return parse.tokens[token.i - 1].lemma.lower()
        if token.pos in ("NOUN", "PROPN", "VERB") and token.i not in inside:
            return None if singular(token.text.lower()) in UNITS else token.lemma.lower()
    return None


def _ages(parse: Parse, sentence: int) -> list[Count]:
    found = []
    for age in find_ages(parse, sentence):
        sign = next(t for t in parse.tokens[parse.sentences[sentence].first :] if t.end > age.start)
        found.append(
            Count(age.start, age.end, "age", age.years, age.most, age.bound, age.unit, age.unit_class, None, sign)
        )
    return found
