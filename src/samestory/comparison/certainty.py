"""Certainty language across outlets: in whose voice, about the same fact, and what turns with the definition."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.comparison.ledgers import VALUED, both_of, in_words, voices, what_is_counted
from samestory.comparison.profiles import OWN_VOICE, SOURCE_VOICE, with_outlet, with_voice
from samestory.comparison.saying import plural, verb
from samestory.measures import DOUBTS
from samestory.tables import CERTAINTY_TYPES

if TYPE_CHECKING:
    from samestory.annotation import Annotations

PER_WORDS = 1000
WHERE = {OWN_VOICE: "the outlets' own voice", SOURCE_VOICE: "the voices of their sources"}
SAME_FACT = ("agree", "differ_in_precision")
WHOSE = {
    "in any voice": (OWN_VOICE, SOURCE_VOICE),
    "in the outlet's own voice": (OWN_VOICE,),
    "in its sources' voices": (SOURCE_VOICE,),
}
OVER = ("as counted", "per 1,000 words", "per claim")
FEWEST_WORDS = 50  # of a voice whose rates are told


class _Extent(NamedTuple):
    """What one outlet's cues in one voice are set against."""

    words: int
    claims: int


def profile(annotations: Annotations, measures: pd.DataFrame) -> pd.DataFrame:
    """Certainty cues by outlet, voice and type, for the words and claims of that voice.

    Columns: outlet, voice, certainty_type, cues, words, per_1000_words, claims, per_claim (null where there is none to
    divide by). Every combination has a row, also that without a cue.
    """
    extents = _extents(annotations, measures)
    cues = with_voice(annotations, annotations.certainty)
    counts = cues.groupby(["outlet", "voice", "certainty_type"]).size()
    rows = []
    for (outlet, voice), extent in extents.items():
        for kind in CERTAINTY_TYPES:
            n = int(counts.get((outlet, voice, kind), 0))
            rows.append((outlet, voice, kind, n, extent.words, _rate(n, extent.words, PER_WORDS), extent.claims,
                         _rate(n, extent.claims)))  # fmt: skip
    names = ["outlet", "voice", "certainty_type", "cues", "words", "per_1000_words", "claims", "per_claim"]
    return pd.DataFrame(rows, columns=names)


def voice_finding(counts: pd.DataFrame, voice: str) -> str:
    """What a voice's cues mostly are, and which outlet has most of them; ``counts`` as from ``certainty_by_voice``."""
    own = counts[counts.voice == voice]
    if own.empty:
        return f"No certainty cue stands in {WHERE[voice]}"
    lone = own.outlet.nunique() == counts.outlet.nunique() == 1
    kinds, outlets = (
        own.groupby(name).cues.sum().sort_values(ascending=False, kind="stable")
        for name in ("certainty_type", "outlet")
    )
    whose = {OWN_VOICE: "{}'s own voice", SOURCE_VOICE: "the voices of {}'s sources"}[voice]
    where = whose.format(outlets.index[0]) if lone else WHERE[voice]
    said = f"In {where}, {kinds.iloc[0]} of {kinds.sum()} cues are {kinds.index[0]}s"
    return said if lone else f"{said}; {outlets.index[0]} has most ({outlets.iloc[0]})"


def profile_table(profiled: pd.DataFrame) -> pd.DataFrame:
    """The profile to be read: a row for each type and voice, a column for each outlet, rates with their counts."""
    shown = profiled.assign(
        said=[
            f"{r.cues} · {_number(r.per_1000_words)} · {_number(r.per_claim, 2)}" for r in profiled.itertuples()
        ]
    )  # fmt: skip
    wide = shown.pivot(index=["certainty_type", "voice"], columns="outlet", values="said")
    order = [(kind, voice) for kind in CERTAINTY_TYPES for voice in (OWN_VOICE, SOURCE_VOICE)]
    return wide.reindex([key for key in order if key in wide.index]).reset_index().rename_axis(columns=None)


def profile_grid(profiled: pd.DataFrame) -> pd.DataFrame:
    """Cues per 1,000 words to be drawn: rows are voice and type, columns outlets, 0 where a voice has no words."""
    wide = profiled.pivot(index=["voice", "certainty_type"], columns="outlet", values="per_1000_words").astype(float)
    order = [(voice, kind) for voice in (OWN_VOICE, SOURCE_VOICE) for kind in CERTAINTY_TYPES]
    return wide.reindex(order).fillna(0.0)


def profile_finding(profiled: pd.DataFrame) -> str:
    """Which outlet's own voice and whose sources hedge most for their words."""
    hedges = profiled[(profiled.certainty_type == "hedge") & (profiled.words >= FEWEST_WORDS)]
    found = []
    for voice, whose in ((OWN_VOICE, "own voice"), (SOURCE_VOICE, "sources")):
        part = hedges[(hedges.voice == voice) & (hedges.cues > 0)]
        if len(part):
            top = part.sort_values(["per_1000_words", "outlet"], ascending=[False, True]).iloc[0]
            does = "hedges" if voice == OWN_VOICE else "hedge"
            most = "" if profiled.outlet.nunique() == 1 else " most"
            found.append(f"{top.outlet}'s {whose} {does}{most} ({top.per_1000_words:.1f} times per 1,000 words)")
    return f"{'; '.join(found)}." if found else f"No voice of {FEWEST_WORDS} words or more hedges."


def headlines_finding(annotations: Annotations) -> str:
    """How many headlines carry a cue that takes certainty away, against how many stories."""
    cues = with_outlet(annotations, annotations.certainty)
    doubts = cues[cues.certainty_type.isin(DOUBTS["hedges, inquiries, conditionals"])]
    heads = annotations.segments[annotations.segments.segment == "headline"]
    inside = doubts.merge(heads[["article_id", "start", "end"]], on="article_id", suffixes=("", "_head"))
    inside = inside[(inside.start >= inside.start_head) & (inside.end <= inside.end_head)]
    n, doubtful = heads.article_id.nunique(), doubts.article_id.nunique()
    if not n:
        return "No headline was read."
    whole, top = len(annotations.articles), inside.article_id.nunique()
    return (
        f"{doubtful} of {whole} {plural(whole, 'article')} {verb(doubtful, 'doubt')} something (a hedge, an inquiry or "
        f"a condition); so {'does' if top == 1 else 'do'} {top} of {n} {plural(n, 'headline')}."
    )


def same_fact(annotations: Annotations) -> pd.DataFrame:
    """Facts that two outlets state with different certainty, each pair of statements once.

    Two claims that agree, or differ in precision only, are one fact. What each is told with: the cues whose scope
    covers it, and the voice. Columns: event, fact, outlet, quantity, told, voice, article_id, start, end, and the same
    with ``other_`` before it. Pairs that are told alike are left out.
    """
    claims = told(annotations)
    relations = annotations.claim_relations
    pairs = relations[relations.relation.isin(SAME_FACT) & relations.other_claim_id.notna()]
    both = pairs[["event", "claim_id", "other_claim_id"]].merge(claims, on="claim_id", validate="many_to_one")
    both = both.merge(claims.add_prefix("other_"), on="other_claim_id", validate="many_to_one")
    both = both[(both.outlet != both.other_outlet) & (both.told != both.other_told)]
    return both.drop(columns=["claim_id", "other_claim_id", "other_fact"]).reset_index(drop=True)


def fact_finding(pairs: pd.DataFrame) -> str:
    """How often one fact is told with different certainty, and the first such pair."""
    if pairs.empty:
        return "No fact that two outlets share is told with different certainty."
    one = pairs.iloc[0]
    n = f"{len(pairs)} pairs of statements" if len(pairs) > 1 else "One pair of statements"
    does = "give one fact" if len(pairs) > 1 else "gives one fact"
    return (
        f"{n} of two outlets {does} with different certainty: {one.outlet} ({one.fact}: {one.quantity}; {one.told}), "
        f"{one.other_outlet} ({one.other_quantity}; {one.other_told})."
    )


def fact_table(pairs: pd.DataFrame, most: int = 12) -> pd.DataFrame:
    """The pairs to be read. Columns: fact, outlet, says, told, held by, and the same of the other outlet."""
    names = {"quantity": "says", "told": "told with", "voice": "held by"}
    other = {f"other_{name}": f"{said}, there" for name, said in names.items()} | {"other_outlet": "other outlet"}
    order = ["fact", "outlet", *names, "other_outlet", *(f"other_{name}" for name in names)]
    return pairs[order].head(most).rename(columns=names | other)


def fact_sides(pairs: pd.DataFrame) -> pd.DataFrame:
    """The spans on both sides of the pairs, each once. Columns: article_id, start, end, note."""
    spans = both_of(pairs, ("outlet", "told", "article_id", "start", "end"))
    spans = spans.drop_duplicates(["article_id", "start", "end"])
    return spans.assign(note=spans.outlet + ", " + spans.told)[["article_id", "start", "end", "note"]]


def told(annotations: Annotations) -> pd.DataFrame:
    """Each claim with the cues that qualify it, as types, and its voice.

    A cue over a whole sentence doubts what is said to have happened, not its place or day: for those a cue counts
    that names the claim itself.
    """
    claims = with_outlet(annotations, annotations.claims)
    spoken = voices(annotations)
    cues = dict(tuple(annotations.certainty.dropna(subset="scope_start").groupby("article_id")))
    named = annotations.certainty.groupby("claim_id").certainty_type.agg(set).to_dict()
    told = []
    for claim in claims.itertuples():
        over = set(named.get(claim.claim_id, ()))
        own = cues.get(claim.article_id)
        if own is not None and claim.role not in VALUED:
            starts, ends = own.scope_start.to_numpy("int64"), own.scope_end.to_numpy("int64")
            over |= set(own.certainty_type.array[(starts <= claim.start) & (claim.end <= ends)])
        told.append(", ".join(sorted(over, key=CERTAINTY_TYPES.index)) or "stated flatly")
    return pd.DataFrame(
        {
            "claim_id": claims.claim_id,
            "fact": [what_is_counted(c.role, c.unit_class) for c in claims.itertuples()],
            "outlet": claims.outlet,
            "quantity": [in_words(c.quantity, c.bound, c.value) for c in claims.itertuples()],
            "told": told,
            "voice": claims.holder.map(spoken).fillna(claims.holder),
            "article_id": claims.article_id,
            "start": claims.start,
            "end": claims.end,
        }
    )


def definitions(annotations: Annotations, measures: pd.DataFrame) -> pd.DataFrame:
    """Which outlet doubts most, under every definition of doubt: what counts, whose voice, over what.

    Columns: counted, voice, over, a column of values for each outlet, and ``most`` (the outlet with the highest value;
    null where two or more share it or nobody has any).
    """
    extents = _extents(annotations, measures)
    outlets = list(dict.fromkeys(outlet for outlet, _ in extents))
    cues = with_voice(annotations, annotations.certainty)
    rows = []
    for (counted, kinds), (whose, chosen), over in product(DOUBTS.items(), WHOSE.items(), OVER):
        held = cues[cues.certainty_type.isin(kinds) & cues.voice.isin(chosen)].outlet.value_counts()
        values = {}
        for outlet in outlets:
            n = int(held.get(outlet, 0))
            words = sum(extents[outlet, voice].words for voice in chosen)
            claims = sum(extents[outlet, voice].claims for voice in chosen)
            values[outlet] = {OVER[0]: float(n), OVER[1]: _rate(n, words, PER_WORDS), OVER[2]: _rate(n, claims)}[over]
        rows.append({"counted": counted, "voice": whose, "over": over, **values, "most": _most(values)})
    return pd.DataFrame(rows)


def definition_table(defined: pd.DataFrame) -> pd.DataFrame:
    """Who doubts most: a row for what counts and in whose voice, a column for what it is counted over; no row where
    there is but one outlet."""
    wide = defined.pivot(index=["counted", "voice"], columns="over", values="most")
    wide = wide.reindex(product(DOUBTS, WHOSE))[list(OVER)]
    rows = wide.fillna("no one alone").reset_index().rename_axis(columns=None)
    return rows.head(0) if len(_compared(defined)) == 1 else rows


def turning(defined: pd.DataFrame) -> str:
    """What becomes of "who doubts most" from definition to definition, in a sentence."""
    decided = defined.most.dropna().value_counts()
    if len(outlets := _compared(defined)) == 1:
        return f"Only {outlets[0]} is here: who doubts most is a question for two outlets."
    if decided.empty:
        return "No definition of doubt tells the outlets apart."
    order = sorted(decided.index, key=lambda outlet: (-decided[outlet], outlet))
    if len(order) == 1:
        return f"{order[0]} doubts most under all {decided.iloc[0]} definitions that tell the outlets apart."
    listed = [f"{outlet} under {decided[outlet]}" for outlet in order[:4]]
    more = f" ({len(order) - 4} more outlets under others)" if len(order) > 4 else ""
    return f"Who doubts most turns with the definition: {', '.join(listed)} of {int(decided.sum())}{more}."


def _compared(defined: pd.DataFrame) -> list[str]:
    return list(defined.columns.drop(["counted", "voice", "over", "most"]))


def least_sure(annotations: Annotations, most: int = 8) -> pd.DataFrame:
    """The sentences with the lowest scores, of each outlet's the lowest first, and what drives each score.

    Columns: outlet, article_id, start, end, certainty_score, drivers (each cue with the change that it makes).
    """
    sentences = with_outlet(annotations, annotations.sentences.dropna(subset=["certainty_score"]))
    lowest = sentences.sort_values(["certainty_score", "article_id", "start"]).head(most)
    texts = dict(zip(annotations.texts.article_id, annotations.texts.text, strict=True))
    cues = annotations.certainty
    drivers = []
    for sentence in lowest.itertuples():
        own = cues[cues.sentence_id == sentence.sentence_id].sort_values(["score_effect", "start"])
        words = [
            f"{_words(texts.get(c.article_id), c)} {c.score_effect:+.1f}"
            for c in own.dropna(subset=["score_effect"]).itertuples()
        ]
        drivers.append("; ".join(words) or "no cue")
    return lowest[["outlet", "article_id", "start", "end", "certainty_score"]].assign(drivers=drivers)


def limits(defined: pd.DataFrame) -> list[str]:
    """What the measures of this notebook cannot bear."""
    found = [
        "Some cues are missed and some found wrongly: notebook 7 says how often, for each type. A difference of a few "
        "cues lies within that.",
        "The score of a sentence has been checked against ratings of science findings, not of news.",
    ]
    if defined.most.nunique() > 1:
        found.insert(
            0, "Who doubts most is no property of these texts alone: it turns with the definition. Name yours."
        )
    return found


def _words(text: object, cue) -> str:
    return text[cue.start : cue.end] if isinstance(text, str) else str(cue.certainty_type)


def _extents(annotations: Annotations, measures: pd.DataFrame) -> dict[tuple[str, str], _Extent]:
    """Words and claims of each outlet and voice; words come from the measures, which a text-free study ships."""
    own = measures[(measures.measure == "attributed_words") & measures.article_id.isin(annotations.articles.article_id)]
    words = with_outlet(annotations, own).groupby("outlet")[["numerator", "denominator"]].sum()
    claims = with_voice(annotations, annotations.claims).groupby(["outlet", "voice"]).size()
    found = {}
    for outlet in sorted(annotations.articles.outlet.unique()):
        attributed, every = words.loc[outlet] if outlet in words.index else (0, 0)
        for voice, n in ((OWN_VOICE, every - attributed), (SOURCE_VOICE, attributed)):
            found[outlet, voice] = _Extent(int(n), int(claims.get((outlet, voice), 0)))
    return found


def _rate(part: int, whole: int, scale: float = 1.0) -> float | None:
    return scale * part / whole if whole else None


def _number(value: float | None, digits: int = 1) -> str:
    return "–" if value is None or pd.isna(value) else f"{value:.{digits}f}"


def _most(values: dict[str, float | None]) -> str | None:
    if len(values) < 2:
        return None
    known = {outlet: value for outlet, value in values.items() if value is not None}
    highest = max(known.values(), default=0.0)
    ahead = [outlet for outlet, value in known.items() if value == highest]
    return ahead[0] if highest > 0 and len(ahead) == 1 else None
