"""Labels: the noun phrases that name people, groups, institutions, places, objects and events."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from samestory import tables
from samestory.framing.agency import OTHER, agency_of
from samestory.framing.phrases import NAME_TYPES, Phrase, chosen_phrase, find_phrases
from samestory.language.nouns import KINDS, RESPONSE_ALONE, RESPONSE_COMPANY, noun_class, word_set

if TYPE_CHECKING:
    import pandas as pd

    from samestory.document import Document
    from samestory.language import Parse, Token

NO_MODIFIERS = word_set("""
    another certain few first former fourth last latest least many more most much multiple next numerous only other
    own same second several some such third various
""")
LONG_LEAD = 3  # a first paragraph of more sentences is a text without paragraphs: its first sentence is the lead


def find_labels(document: Document) -> pd.DataFrame:
    """The table ``labels`` of an article: base noun phrases, nested ones too ("Kazakhstan's ministry" holds two).

    A phrase is a label where its head is a noun of the lists in :mod:`samestory.language.nouns` or belongs to a
    name. ``head`` is the lower-case singular, or the whole name; ``modifiers`` leaves out articles, numbers, dates
    and possessors. Pronouns are no labels. ``referent_id`` is null and ``voice`` is ``outlet``: both are filled
    later. The deck counts as ``lead``.
    """
    positions = _positions(document)
    headline = frozenset(n for n, position in enumerate(positions) if position == "headline")
    return _table(document, positions, find_phrases(document.parse, headline))


def label_spans(document: Document, spans: Iterable[tuple[int, int]]) -> pd.DataFrame:
    """The table ``labels`` for characters that a coder marked; a span without a word has no row."""
    found = (chosen_phrase(document.parse, start, end) for start, end in sorted(spans))
    return _table(document, _positions(document), [phrase for phrase in found if phrase is not None])


def _table(document: Document, positions: Sequence[str], phrases: Iterable[Phrase]) -> pd.DataFrame:
    rows: list[dict[str, object]] = []
    for phrase in phrases:
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
