"""Families of shared copy: which articles are versions of one text, where it likely comes from, and what says so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from samestory.articles.moments import hours_between, moment_of
from samestory.articles.record import Article
from samestory.segments.agency import NAMES, explain_agency, names_outlet
from samestory.segments.reuse.bodies import Span, merged, segment_spans

SAME = 0.9  # of both bodies in shared passages: two such articles are one copy though no word was changed
CARRIED = 0.5  # of a body shared with its family, for the family's agency to be its agency
LATEST = 24 * 30  # hours after the first version that the next one comes
CONTAINED = 0.9  # of a body in shared passages, for a longer version to contain it
COLUMNS = {
    "family": "string", "article_id": "string", "share": "Float64", "origin": "string", "agency": "string",
    "rule": "string", "evidence": "string",
}  # fmt: skip


class _Verdict(NamedTuple):
    origin: str | None = None
    agency: str | None = None
    rule: str | None = None
    evidence: str | None = None


def find_families(
    reuse: pd.DataFrame,
    edits: pd.DataFrame,
    articles: pd.DataFrame,
    segments: pd.DataFrame,
    attributions: pd.DataFrame | None = None,
    wires: Mapping[str, str] | None = None,
) -> pd.DataFrame:
    """Groups of articles that carry the same copy, from the tables alone (no text is needed).

    ``wires`` names the agency that an article's own outlet is (:func:`own_wire`), by article.

    Two articles belong together where there are house edits between them, or nothing but shared passages; families
    are the connected groups of such pairs. Columns: family; article_id; share (of the body's characters, those that
    stand in another article of the family, rounded to 4 decimals); and, the same for all members: origin (the article
    of the batch that the copy likely comes from, null where it lies outside or cannot be told), agency (whose copy it
    is), rule (what says so: see ``explain_origin``) and evidence (the article that the rule looked at). Sorted by
    family and article_id.
    """
    bodies, passages = segment_spans(segments, "body"), _passages(reuse)
    pairs = find_versions(reuse, edits, segments)
    partners: dict[str, list[Span]] = defaultdict(list)
    for one, other in sorted(pairs):
        partners[one] += passages[one, other]
        partners[other] += passages[other, one]
    rows = []
    for members in _connected(pairs):
        shares = {one: _covered(bodies.get(one, []), partners[one]) for one in members}
        verdict = _origin(articles[articles.article_id.isin(members)], shares, attributions, wires or {})
        rows += [(f"{members[0]}-f", one, round(shares[one], 4), *verdict) for one in members]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)


def spread_agency(articles: pd.DataFrame, families: pd.DataFrame) -> pd.DataFrame:
    """The table ``articles`` with the agency of a family given to members that name none.

    Only a member whose body mostly stands in the family's copy gets it, and no outlet is its own agency.
    """
    known = families[families.agency.notna() & (families.share >= CARRIED)]
    given = dict(zip(known.article_id, known.agency, strict=True))
    agency = [
        given[row.article_id]
        if pd.isna(row.agency) and row.article_id in given and not names_outlet(given[row.article_id], row.outlet)
        else row.agency
        for row in articles.itertuples()
    ]
    return articles.assign(agency=pd.Series(agency, index=articles.index, dtype="string"))


def explain_origin(families: pd.DataFrame, articles: Iterable[Article], segments: pd.DataFrame) -> pd.DataFrame:
    """What says where each member's copy comes from.

    Columns: family, article_id, outlet, agency, rule, start, end. The rule is the article's own (``notice``,
    ``credit``, ``dateline``, ``byline``, ``source line``, ``own reporter``, ``told``), else its family's:
    ``credited`` (other members name the agency), ``agency's page`` (a member was published by the agency), ``told
    outlet`` (people told the outlet of a member), ``published first``, ``contains the others``; null where nothing
    says. start and end are characters of the article; null for what stands outside its text.
    """
    texts = {article.article_id: article for article in articles}
    rows = []
    for row in families.itertuples():
        article = texts[row.article_id]
        own = explain_agency(article, segments)
        if own is not None:
            found: tuple = own
        else:
            found = (row.agency, row.rule, None, None)
        rows.append((row.family, row.article_id, article.outlet, *found))
    kinds = dict.fromkeys(["family", "article_id", "outlet", "agency", "rule"], "string")
    kinds |= {"start": "Int64", "end": "Int64"}
    return pd.DataFrame(rows, columns=list(kinds)).astype(kinds)


def find_versions(reuse: pd.DataFrame, edits: pd.DataFrame, segments: pd.DataFrame) -> set[tuple[str, str]]:
    """Pairs of articles that are versions of one copy, the smaller id first: with house edits, or word for word."""
    bodies, passages = segment_spans(segments, "body"), _passages(reuse)
    edited = set(zip(edits.article_id, edits.other_article_id, strict=True))

    def same(one: str, other: str) -> bool:
        sides = ((bodies.get(one, []), passages[one, other]), (bodies.get(other, []), passages[other, one]))
        return all(_covered(*side) >= SAME for side in sides)

    pairs = {(one, other) for one, other in passages if one < other}
    return {(one, other) for one, other in pairs if (one, other) in edited or same(one, other)}


def _passages(reuse: pd.DataFrame) -> dict[tuple[str, str], list[Span]]:
    found: dict[tuple[str, str], list[Span]] = defaultdict(list)
    for row in reuse.itertuples():
        found[str(row.article_id), str(row.other_article_id)].append((int(row.start), int(row.end)))
    return found


def _covered(body: Iterable[Span], passages: Iterable[Span]) -> float:
    """The part of the body's characters that lies in passages."""
    spans = list(body)
    inside = sum(max(0, min(end, b) - max(start, a)) for start, end in merged(passages) for a, b in spans)
    return inside / max(1, sum(b - a for a, b in spans))


def _connected(pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
    """The connected groups, each sorted."""
    group: dict[str, list[str]] = {}
    for one, other in sorted(pairs):
        ours, theirs = group.setdefault(one, [one]), group.setdefault(other, [other])
        if ours is not theirs:
            ours += theirs
            group |= dict.fromkeys(theirs, ours)
    return sorted({id(members): sorted(members) for members in group.values()}.values())


def _origin(
    members: pd.DataFrame, shares: Mapping[str, float], attributions: pd.DataFrame | None, wires: Mapping[str, str]
) -> _Verdict:
    """The likely originator: the credited, else an agency's own page, whom people told, the first, the fullest."""
    members = members.sort_values("article_id")
    for verdict in (
        _credited(members),
        _agency_page(members, wires),
        _told(members, attributions),
        _first(members),
        _container(members, shares),
    ):
        if verdict is not None:
            return verdict
    return _Verdict()


def _credited(members: pd.DataFrame) -> _Verdict | None:
    """The agency that most members name; its own page, where that is among them, is the origin."""
    named = members[members.agency.notna()]
    if named.empty:
        return None
    counts = Counter(named.agency)
    agency = min(counts, key=lambda name: (-counts[name], name))
    page = _pages(members, agency)
    return _Verdict(page[0] if page else None, agency, "credited", named.article_id[named.agency == agency].iloc[0])


def _agency_page(members: pd.DataFrame, wires: Mapping[str, str]) -> _Verdict | None:
    for one in members.article_id:
        if one in wires:
            return _Verdict(one, wires[one], "agency's page", one)
    for agency in sorted(set(NAMES.values())):
        if page := _pages(members, agency):
            return _Verdict(page[0], agency, "agency's page", page[0])
    return None


def _pages(members: pd.DataFrame, agency: str) -> list[str]:
    return [row.article_id for row in members.itertuples() if names_outlet(agency, row.outlet)]


def _told(members: pd.DataFrame, attributions: pd.DataFrame | None) -> _Verdict | None:
    """The outlet of one member that people told, in the words of a member of another outlet."""
    if attributions is None:
        return None
    told = attributions[attributions.article_id.isin(members.article_id) & attributions.addressee.notna()]
    outlets = dict(zip(members.article_id, members.outlet, strict=True))
    for row in told.sort_values(["article_id", "cue_start"], kind="stable").itertuples():
        for one, outlet in outlets.items():
            if outlet != outlets[row.article_id] and names_outlet(row.addressee, outlet):
                return _Verdict(one, None, "told outlet", row.article_id)
    return None


def _first(members: pd.DataFrame) -> _Verdict | None:
    """The member that was surely published before all others, though not so long before that its date is a mistake."""
    moments = [moment_of(row.published, row.published_precision) for row in members.itertuples()]
    ids, outlets = list(members.article_id), list(members.outlet)
    for n, one in enumerate(moments):
        if one is None:
            continue
        later = [
            hours_between(one, other, outlets[n] == outlets[m])[0] if other is not None else -1.0
            for m, other in enumerate(moments)
            if m != n
        ]
        if 0 <= min(later) <= LATEST:
            return _Verdict(ids[n], None, "published first", ids[n])
    return None


def _container(members: pd.DataFrame, shares: Mapping[str, float]) -> _Verdict | None:
    """The one member that has more than the copy, where the others were cut from it.

    One that is mostly its own text may as well have taken the copy in.
    """
    longer = [one for one in members.article_id if shares[one] < CONTAINED]
    fuller = len(longer) == 1 and shares[longer[0]] >= CARRIED
    return _Verdict(longer[0], None, "contains the others", longer[0]) if fuller else None
