"""The headline against the body: what headline and deck name or claim that the body names or claims otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import pandas as pd

from samestory.comparison.certainty import told
from samestory.comparison.extents import with_sentence
from samestory.comparison.labels import alike, named
from samestory.comparison.ledgers import AMOUNTS, TOLLS, in_words, what_is_counted
from samestory.comparison.profiles import OUTLET, with_outlet
from samestory.tables import SEPARATOR

if TYPE_CHECKING:
    from samestory.annotation import Annotations

COLUMNS = ("article_id", "outlet", "kind", "headline_start", "headline_end", "body_start", "body_end", "what", "note")
TOP = ("headline", "deck")
DOUBTS = frozenset(("hedge", "inquiry", "conditional", "evidential"))
BEGINNING = 4  # letters
ORDER = ("number", "bound", "certainty", "label", "claim", "word")
WORDS = {
    "number": "gives a number that its body does not",
    "bound": "gives a number with another bound than its body",
    "certainty": "states flatly what its body attributes or doubts",
    "label": "uses a word for someone or something that its body does not",
    "claim": "counts what no number of its body counts",
    "word": "uses a noun that its body does not",
}


def headline_against_body(annotations: Annotations) -> pd.DataFrame:
    """What headline and deck tell otherwise than the body of the same article, as far as the tables show it.

    Columns: article_id, outlet, kind, headline_start, headline_end, body_start, body_end (null where the body has no
    counterpart), what (the headline's), note (the body's). Kinds: ``number`` (the body gives other numbers for the
    same class of people or the same noun), ``claim`` (it gives none), ``bound`` (the same number with another bound:
    "four" against "at least four"), ``certainty`` (stated flatly in the outlet's own voice above, everywhere below
    attributed or under a hedge, an inquiry, a condition or an evidential), ``label`` (a noun for a referent that the
    body names in other words alone), ``word`` (a noun for one whom the body does not seem to name). In the last two,
    no label of the body uses the noun or one that begins alike, for whomever, as head or as modifier; the body may say
    so with a verb. Of claims about the event, only the numbers are compared. Headlines drop attribution by
    custom: a row describes and is no fault. An article without a headline or a body has no row.
    """
    rows = [*_labels(annotations), *_claims(annotations)]
    table = pd.DataFrame(rows, columns=["article_id", *COLUMNS[2:]])
    table = table.astype({name: "Int64" for name in COLUMNS if name.endswith(("start", "end"))})
    table = with_outlet(annotations, table)
    table["order"] = table.kind.map(ORDER.index)
    table = table.sort_values(["outlet", "article_id", "order", "headline_start"], kind="stable")
    return table[list(COLUMNS)].reset_index(drop=True)


def _labels(annotations: Annotations) -> Iterator[tuple]:
    labels = named(annotations)
    below = dict(tuple(labels[labels.segment == "body"].groupby(["article_id", "referent_id"])))
    used = _words(annotations)
    top = labels[labels.segment.isin(TOP) & labels.article_id.isin(used)]
    top = top.assign(word=top["head"].str.lower()).drop_duplicates(["article_id", "referent_id", "word"])
    for row in top.itertuples():
        place = row.article_id, int(row.start), int(row.end)
        if any(alike(row.head, word) or _begin_alike(row.head, word) for word in used[row.article_id]):
            continue
        body = below.get((row.article_id, row.referent_id))
        if body is None:
            yield place[0], "word", *place[1:], pd.NA, pd.NA, row.head, "no label of the body"
        else:
            uses = body["head"].str.lower().value_counts(sort=False).sort_values(ascending=False, kind="stable")
            heads = ", ".join(uses.index)
            first = body.iloc[0]
            yield place[0], "label", *place[1:], int(first.start), int(first.end), row.head, f"the body: {heads}"


def _words(annotations: Annotations) -> dict[str, set[str]]:
    """The heads and modifiers of each body's labels, in lower case."""
    labels = with_sentence(annotations, annotations.labels)
    words: dict[str, set[str]] = {}
    for row in labels[labels.segment == "body"].itertuples():
        modifiers = [] if pd.isna(row.modifiers) else str(row.modifiers).lower().split(SEPARATOR)
        words.setdefault(str(row.article_id), set()).update([str(row.head).lower(), *modifiers])
    return words


def _begin_alike(one: str, other: str) -> bool:
    """ "teen" and "teenage", "rescuer" and "rescue": one is the beginning of the other, of four letters or more."""
    short, long = sorted((one.lower(), other.lower()), key=len)
    return len(short) >= BEGINNING and long.startswith(short)


def _claims(annotations: Annotations) -> Iterator[tuple]:
    claims = annotations.claims
    claims = with_sentence(annotations, claims[claims.quantity.notna()])
    claims = claims.merge(told(annotations)[["claim_id", "told", "voice"]], on="claim_id", validate="one_to_one")
    bodies = dict(tuple(claims[claims.segment == "body"].groupby(["article_id", "role"])))
    whole = set(annotations.segments.article_id[annotations.segments.segment == "body"])
    top = claims[claims.segment.isin(TOP) & claims.article_id.isin(whole) & (claims.about == "this_event")]
    for claim in top.drop_duplicates(["article_id", "role", "unit_class", "unit", "quantity"]).itertuples():
        body = bodies.get((claim.article_id, claim.role), claims[:0])
        for kind, below, note in _against(claim, body):
            span = (pd.NA, pd.NA) if below is None else (int(below.start), int(below.end))
            noun = str(claim.unit) if claim.role in AMOUNTS and pd.notna(claim.unit) else ""
            counted = what_is_counted(claim.role, claim.unit_class, noun)
            what = f"{counted}: {in_words(claim.quantity, claim.bound)}"
            yield claim.article_id, kind, int(claim.start), int(claim.end), *span, what, note


def _against(claim, body: pd.DataFrame) -> Iterator[tuple[str, Any, str]]:
    """How one claim of the headline differs from the body's claims of its role: kind, the claim below, what it says."""
    same = body[(body.quantity == claim.quantity).fillna(False)]
    if same.empty:
        # the same number is looked for in any claim, since what a claim is about is the less sure of the two
        rivals = body[_like(claim, body) & (body.about == "this_event") & body.measured.ne("part").fillna(True)]
        rivals = rivals.assign(apart=(rivals.quantity - claim.quantity).abs()).sort_values("apart", kind="stable")
        if rivals.empty:
            yield "claim", None, "no such number in the body"
            return
        numbers = dict.fromkeys(in_words(row.quantity, row.bound) for row in rivals.itertuples())
        yield "number", next(rivals.itertuples()), f"the body: {', '.join(numbers)}"
        return
    if not same.bound.eq(claim.bound).any():
        first = next(same.itertuples())
        yield "bound", first, f"the body: {in_words(first.quantity, first.bound)}"
    sure = [not _doubted(row) and row.holder == OUTLET for row in same.itertuples()]
    if claim.holder == OUTLET and not _doubted(claim) and not any(sure):
        first = next(same.itertuples())
        held = "" if first.holder == OUTLET else f"held by {first.voice}"
        cues = ", ".join(kind for kind in first.told.split(", ") if kind in DOUBTS)
        yield "certainty", first, "the body: " + "; ".join(part for part in (held, cues) if part)


def _like(claim, body: pd.DataFrame) -> pd.Series:
    """Claims that count what this one counts: the same class, and for ages and amounts the same noun."""
    classes = body.unit_class.fillna("").eq("" if pd.isna(claim.unit_class) else claim.unit_class)
    if claim.role in (*TOLLS, "suspects"):
        return classes
    return classes & body.unit.fillna("").eq("" if pd.isna(claim.unit) else claim.unit)


def _doubted(claim) -> bool:
    return bool(DOUBTS & set(claim.told.split(", ")))


def against_table(rows: pd.DataFrame) -> pd.DataFrame:
    """What :func:`headline_against_body` gives, to be read. Columns: outlet, headline, what, body."""
    kinds = {kind: f"{kind}: the headline {said}" for kind, said in WORDS.items()}
    shown = pd.DataFrame({"outlet": rows.outlet, "difference": rows.kind.map(kinds), "headline": rows.what})
    return shown.assign(body=rows.note.str.removeprefix("the body: "))


def both_places(rows: pd.DataFrame) -> pd.DataFrame:
    """The spans in headline and body, each pair together. Columns: article_id, start, end, note."""
    parts = []
    for side in ("headline", "body"):
        part = rows.rename(columns={f"{side}_start": "start", f"{side}_end": "end"})
        part = part.assign(note=part.outlet + f", {side}: " + part.kind)
        parts.append(part[["article_id", "start", "end", "note"]].dropna(subset="start"))
    return pd.concat(parts).sort_index(kind="stable").reset_index(drop=True)


def against_finding(rows: pd.DataFrame, annotations: Annotations, most: int = 2) -> str:
    """How many headlines differ from their bodies in what, the numbers first; of each an example."""
    heads = annotations.segments[annotations.segments.segment == "headline"].article_id.nunique()
    if not heads:
        return "No headline was read."
    if rows.empty:
        return f"None of {heads} headlines names or counts anything otherwise than its body, as far as the tables show."
    found: list[str] = []
    for kind in [kind for kind in ORDER if kind in set(rows.kind)][:most]:
        own = rows[rows.kind == kind]
        n, first = own.article_id.nunique(), own.iloc[0]
        of = f"In {n} of {heads} articles the headline" if not found else f"in {n} it"
        found.append(f"{of} {WORDS[kind]} ({first.outlet}: {first.what}; {first.note})")
    return f"{', '.join(found)}."
