"""Whose words: families of shared copy, how much of each report stands in another, and what was changed in it."""

from __future__ import annotations

from collections import defaultdict

import pandas as pd

from samestory.annotation import Annotations
from samestory.segments.reuse import find_families
from samestory.segments.reuse.bodies import Span, merged
from samestory.texts import known_texts

EVIDENCE = {
    "credited": "members name the agency",
    "agency's page": "the agency's own page",
    "told outlet": "people told that outlet",
    "published first": "published first",
    "contains the others": "contains the others",
}


def families(annotations: Annotations) -> pd.DataFrame:
    """Families of shared copy as :func:`samestory.segments.reuse.find_families` finds them."""
    return find_families(
        annotations.reuse, annotations.edits, annotations.articles, annotations.segments, annotations.attributions
    )


def family_table(annotations: Annotations) -> pd.DataFrame:
    """Families to read. Columns: family (numbered), event, outlet, published, shared, comes from, says so.

    ``shared`` is the part of the article's body that stands in another member of its family, in per cent; ``comes
    from`` the agency or the member that the copy likely is of, null where nothing says.
    """
    found = families(annotations)
    about = annotations.articles.set_index("article_id")
    numbers = {name: n for n, name in enumerate(found.family.unique(), start=1)}
    rows = []
    for row in found.itertuples():
        article = about.loc[row.article_id]
        outlet = None if pd.isna(row.origin) else about.outlet.get(row.origin)
        rows.append(
            {
                "family": numbers[row.family],
                "event": article.event,
                "outlet": article.outlet,
                "published": article.published,
                "shared": f"{100 * row.share:.0f}%",
                "comes from": row.agency if not pd.isna(row.agency) else outlet,
                "says so": None if pd.isna(row.rule) else EVIDENCE.get(row.rule, row.rule),
            }
        )
    columns = ["family", "event", "outlet", "published", "shared", "comes from", "says so"]
    return pd.DataFrame(rows, columns=columns)


def shared_matrix(annotations: Annotations) -> pd.DataFrame:
    """How much of each outlet's bodies (rows) stands in another outlet's (columns), in per cent of characters.

    Rows have the index (heading, outlet) that a matrix is drawn from. Outlets that share nothing are left out.
    """
    about = annotations.articles.set_index("article_id").outlet
    passages: dict[tuple[str, str], dict[str, list[Span]]] = defaultdict(lambda: defaultdict(list))
    for row in annotations.reuse.itertuples():
        pair = about[row.article_id], about[row.other_article_id]
        passages[pair][row.article_id].append((int(row.start), int(row.end)))
    body = annotations.segments[annotations.segments.segment == "body"]
    sizes = (body.end - body.start).groupby(body.article_id.map(about)).sum()
    names = sorted({name for pair in passages for name in pair})
    shares = pd.DataFrame(0.0, index=pd.Index(names, name="outlet"), columns=names)
    for (outlet, other), spans in passages.items():
        shared = sum(end - start for own in spans.values() for start, end in merged(own))
        shares.loc[outlet, other] = round(100 * shared / sizes[outlet], 1) if sizes.get(outlet) else 0.0
    return pd.concat({"of the report by": shares}) if len(shares) else shares


def shared_finding(shares: pd.DataFrame) -> str:
    """Whose report stands in another's to the largest part; ``shares`` as of :func:`shared_matrix`."""
    told = [
        (share, outlet, other)
        for (_, outlet), row in shares.iterrows() for other, share in row.items() if share and other != outlet
    ]  # fmt: skip
    if not told:
        return "No two outlets share a passage"
    share, outlet, other = max(told, key=lambda row: row[0])
    return f"{share:.0f} % of what {outlet} writes stands in {other} as well"


def most_edited(annotations: Annotations) -> tuple[str, str] | None:
    """The two versions of one copy between which most was changed, the likely original first; None without any."""
    edits = annotations.edits
    if edits.empty:
        return None
    pairs = [tuple(sorted(pair)) for pair in zip(edits.article_id, edits.other_article_id, strict=True)]
    counts = pd.Series(pairs).value_counts()
    pair = min(counts.index, key=lambda names: (-counts[names], names))
    found = families(annotations)
    origins = set(found.origin[found.article_id.isin(pair)].dropna())
    return (pair[1], pair[0]) if pair[1] in origins else (pair[0], pair[1])


def credits(annotations: Annotations) -> pd.DataFrame:
    """Notices, datelines and bylines that name the article's agency; of a text that is not here, all of them."""
    borrowed = annotations.articles[annotations.articles.agency.notna()]
    rows = annotations.segments[
        annotations.segments.article_id.isin(borrowed.article_id)
        & annotations.segments.segment.isin(["notice", "dateline", "byline"])
    ]
    names = borrowed.set_index("article_id")
    known = known_texts(annotations.texts)
    named = [
        a not in known or str(names.agency[a]).lower() in known[a][int(start) : int(end)].lower()
        for a, start, end in zip(rows.article_id, rows.start, rows.end, strict=True)
    ]
    rows = rows[pd.Series(named, index=rows.index, dtype=bool)]  # an empty list would choose columns
    note = [f"{names.outlet[a]}, {names.agency[a]} ({s})" for a, s in zip(rows.article_id, rows.segment, strict=True)]
    return rows.assign(note=note)


def house_edits(annotations: Annotations) -> pd.DataFrame:
    """Wording that differs between versions of one copy. Columns: event, kind, outlet, wording, other_outlet,
    other_wording.

    Each pair of articles stands once. Where a text is not on this machine the wording is null.
    """
    about = annotations.articles.set_index("article_id")
    texts = known_texts(annotations.texts)
    rows = []
    for row in annotations.edits.itertuples():
        first, second = about.loc[row.article_id], about.loc[row.other_article_id]
        if (first.outlet, row.article_id) > (second.outlet, row.other_article_id):
            continue
        rows.append(
            {
                "event": first.event,
                "kind": row.kind,
                "outlet": first.outlet,
                "wording": _piece(texts, row.article_id, row.start, row.end),
                "other_outlet": second.outlet,
                "other_wording": _piece(texts, row.other_article_id, row.other_start, row.other_end),
            }
        )
    return pd.DataFrame(rows, columns=["event", "kind", "outlet", "wording", "other_outlet", "other_wording"])


def _piece(texts: dict[str, str], article_id: str, start: int, end: int) -> str | None:
    text = texts.get(article_id)
    return None if text is None else " ".join(text[int(start) : int(end)].split())
