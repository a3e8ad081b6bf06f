"""Claims as the apparatus of the reading view: the number of each fact, and how the articles' claims on it stand."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from samestory.figures.reading.words import span_words, worded
from samestory.texts import known_texts

if TYPE_CHECKING:
    from samestory.annotation import Annotations

# The relations, the gravest first: a claim that stands in several is marked by the first of them.
SYMBOLS = {
    "conflict": "≠", "internal_conflict": "≠≠", "differ": "≠?", "update": "↻", "differ_in_precision": "±",
    "agree": "=", "not_comparable": "∦", "only_in": "◊", "alone": "",
}  # fmt: skip
SAYING = {
    "conflict": "conflicts with", "internal_conflict": "differs, in the same article, from", "differ": "differs from",
    "update": "was updated between this and", "differ_in_precision": "is more or less precise than",
    "agree": "agrees with", "not_comparable": "cannot be set against",
}  # fmt: skip
MOST = 8  # counterparts of a claim that are listed
Links = tuple[tuple[str, str], ...]


def claim_notes(annotations: Annotations) -> Iterator[tuple[dict[str, Any], str, str, Links]]:
    """Of each claim: its row with ``words``, its gravest relation (or ``alone``), its symbol, and its counterparts.

    Claims that articles set beside each other are one fact and share a number, which stands before the symbol.
    """
    claims = annotations.claims.astype(object).where(annotations.claims.notna(), None)
    relations = annotations.claim_relations
    relations = relations.astype(object).where(relations.notna(), None).to_dict("records")
    held = {row["claim_id"]: row for row in claims.to_dict("records")}
    numbers = _fact_numbers(annotations, relations)
    outlets = dict(zip(annotations.articles.article_id, annotations.articles.outlet, strict=True))
    texts = known_texts(annotations.texts)
    kinds: dict[str, set[str]] = {}
    links: dict[str, list[tuple[str, str]]] = {}
    for row in relations:
        one, other, relation = row["claim_id"], row["other_claim_id"], row["relation"]
        kinds.setdefault(one, set()).add(relation)
        if other is None:
            silent = outlets.get(row["other_article_id"], "another article")
            links.setdefault(one, []).append((f"{silent} is silent", ""))
            continue
        kinds.setdefault(other, set()).add(relation)
        for here, there in ((one, other), (other, one)):
            if there in held:
                links.setdefault(here, []).append((_saying(relation, held[there], texts, outlets), there))
    for claim_id, claim in held.items():
        code = next(relation for relation in SYMBOLS if relation in kinds.get(claim_id, ()) or relation == "alone")
        symbol = f"{numbers.get(claim_id, '')}{SYMBOLS[code]}"
        yield {**claim, "words": _quantity(claim)}, code, symbol, _listed(links.get(claim_id, []))


def _listed(links: list[tuple[str, str]]) -> Links:
    """The first counterparts, those with a passage before the silent ones; the rest are counted."""
    ordered = sorted(links, key=lambda link: not link[1])
    more = len(ordered) - MOST
    return (*ordered[:MOST], *([(f"and {more} more", "")] if more > 0 else []))


def _saying(relation: str, other: dict[str, Any], texts: dict[str, str], outlets: dict[str, str]) -> str:
    words = span_words(texts, other["article_id"], other["start"], other["end"])
    return f"{SAYING[relation]} {words} in {outlets.get(other['article_id'], 'another article')}"


def _quantity(claim: dict[str, Any]) -> str:
    """A claim in a few words: role, bound, number, unit."""
    numbers = [_number(claim[name]) for name in ("quantity", "quantity_max") if claim[name] is not None]
    bound = worded(claim["bound"]) if claim["bound"] not in ("exact", "range", "unspecified") else ""
    unit = claim["unit"] or (claim["unit_class"] or "").rsplit(" > ", 1)[-1]
    parts = (bound, " to ".join(numbers), claim["value"] or "", unit)
    return f"{worded(claim['role'])}: {' '.join(part for part in parts if part) or 'no number given'}"


def _number(value: float) -> str:
    return f"{value:,.0f}" if float(value).is_integer() else f"{value:,g}"


def _fact_numbers(annotations: Annotations, relations: list[dict[str, Any]]) -> dict[str, int]:
    """The number of the fact that each claim tells, in the order of the first article that tells it."""
    leader: dict[str, str] = {}

    def find(claim: str) -> str:
        while leader.setdefault(claim, claim) != claim:
            claim = leader[claim]
        return claim

    for row in relations:
        if row["other_claim_id"] is not None and row["relation"] != "not_comparable":
            leader[find(row["other_claim_id"])] = find(row["claim_id"])
    order = pd.Index(annotations.articles.article_id)
    placed = annotations.claims.assign(place=order.get_indexer(pd.Index(annotations.claims.article_id)))
    numbers: dict[str, int] = {}
    for claim in placed.sort_values(["place", "start", "claim_id"]).claim_id:
        if claim in leader:
            numbers.setdefault(find(str(claim)), len(numbers) + 1)
    return {claim: numbers[find(claim)] for claim in leader if find(claim) in numbers}
