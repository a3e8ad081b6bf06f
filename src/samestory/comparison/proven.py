"""Findings with what proves each: a sentence, and the numbers and passages behind it, in the event's reading view.

Those of different kinds are looked for by rule, in this order: numbers that do not agree, who is cited, how
sure, words that one outlet alone uses, shared copy, what an outlet leaves out, who holds the claims, and actors left
out; numbers that agree come last. A rule that finds nothing gives its place to the next. The words describe these
texts and say of how many.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from samestory.comparison import labels, lineage, omissions, pairs
from samestory.comparison.contrasts import of_articles, out_of_reach
from samestory.comparison.pairs import AGREE, RELATIONS
from samestory.comparison.saying import chance, listed, plural, the, times
from samestory.comparison.sourcing import FAIR
from samestory.statistics.refusals import ALPHA

if TYPE_CHECKING:
    from samestory.annotation import Annotations

MOST = 5  # findings of an event or a study
SHOWN = 3  # passages that prove one finding
PATIENTS, HELD = "passive_without_agent", "claims_attributed"
SAYS = {
    "source_official": "Officials make up {high} source mentions in {one}, {low} in {other}.",
    "named": "{other} identifies its sources by name or institution in {low} mentions, {one} in {high}.",
    "anonymous": "{one} withholds the source's name in {high} mentions, {other} in {low}.",
    "quoted": "{one} quotes its sources' own words in {high} attributions, {other} in {low}.",
    "attributed_words": "Sources fill {high} of the words in {one}, {low} in {other}.",
    "hedge_outlet": "{one} hedges in its own voice {high} words of its own; in {other}'s, {low}.",
    "hedge_source": "{one}'s sources hedge {high} words given to them; in words given to {other}'s, {low}.",
    "certainty_hedge": "In {one} someone hedges {high} words; in {other}, {low}.",
    HELD: "Sources hold {high} claims in {one}, {low} in {other}.",
    PATIENTS: "Of those acted upon, {one} leaves out by whom in {high} cases, {other} in {low}.",
}
SOURCING = ("source_official", "named", "anonymous", "quoted", "attributed_words")
CERTAINTY = ("hedge_outlet", "hedge_source", "certainty_hedge")
PER_WORD = ("attributed_words", *CERTAINTY)
FEWEST, FEWEST_WORDS = 5, 100  # of which a share is told
CLEAR = 1.5  # standard errors that two shares lie apart, for the difference to be told


class Evidence(NamedTuple):
    """A number or a passage of one article that proves a finding, and its place in the event's reading view.

    ``said`` is the number or the words that it stands for; ``fragment`` selects it there ("of=named&in=ID",
    "mark=ID", or empty); ``start`` and ``end`` are its characters, None for a number that is counted.
    """

    event: str | None
    outlet: str
    article_id: str
    said: str
    fragment: str
    start: int | None = None
    end: int | None = None


class Proven(NamedTuple):
    """A finding in a sentence, its kind, the event that shows it, and what proves it; more ``weight`` tells more."""

    kind: str
    sentence: str
    event: str | None
    evidence: tuple[Evidence, ...]
    weight: float


def of_event(annotations: Annotations, measures: pd.DataFrame) -> list[Proven]:
    """The findings of one event, each by another rule, in the order of the rules; ``measures`` as the table holds
    them (those of other articles are left aside)."""
    own, told = counts_of(measures, annotations), _claims(annotations)
    agreed = told is not None and told.kind == AGREE
    found = (
        None if agreed else told,
        _measured("sourcing", own, SOURCING),
        _measured("certainty", own, CERTAINTY),
        _wording(annotations),
        _copy(annotations),
        _silence(annotations),
        _measured("holders", own, (HELD,)),
        _measured("actors", own, (PATIENTS,)),
        told if agreed else None,
    )
    return [one for one in found if one is not None]


def of_study(
    annotations: Annotations, measures: pd.DataFrame, by_event: Sequence[Sequence[Proven]], contrasts: pd.DataFrame
) -> list[Proven]:
    """The findings over all events: those of :func:`of_event` for one event; else shares over the whole study, proven
    by the event that shows them most, and the most telling of the events' own.

    ``annotations`` are the outlets that are compared, ``contrasts`` what :func:`samestory.comparison.contrast` gives.
    """
    if len(by_event) == 1:
        return list(by_event[0])
    own = counts_of(measures, annotations)
    found = (
        _claims_over(by_event),
        _measured("sourcing", own, SOURCING, contrasts),
        _measured("certainty", own, CERTAINTY, contrasts),
        _strongest("wording", by_event),
        _copy_over(by_event),
        _strongest("silence", by_event),
        _measured("holders", own, (HELD,), contrasts),
        _measured("actors", own, (PATIENTS,), contrasts),
    )
    return [one for one in found if one is not None]


def counts_of(measures: pd.DataFrame, annotations: Annotations) -> pd.DataFrame:
    """The counts that findings are made of, article by article, those that count over something."""
    own = of_articles(measures[measures.measure.isin(list(SAYS))], annotations.articles)
    return own[own.denominator > 0].astype({"numerator": float, "denominator": float})


def _measured(
    kind: str, counts: pd.DataFrame, names: Sequence[str], contrasts: pd.DataFrame | None = None
) -> Proven | None:
    """The measure in whose share two outlets lie farthest apart, of those with cases enough: in points of the share,
    of cues in words in standard errors."""
    told = [_apart(kind, counts[counts.measure == name], name, contrasts) for name in names]
    return max((one for one in told if one is not None), key=lambda one: one.weight, default=None)


def _apart(kind: str, counts: pd.DataFrame, name: str, contrasts: pd.DataFrame | None) -> Proven | None:
    sums = counts.groupby("outlet")[["numerator", "denominator"]].sum()
    fewest = FEWEST_WORDS if name in PER_WORD else FEWEST
    sums = sums[(sums.denominator >= fewest) & (sums.denominator >= FAIR * sums.denominator.max())]
    if len(sums) < 2:
        return None
    shares = (sums.numerator / sums.denominator).sort_values(ascending=False, kind="stable")
    one, other = str(shares.index[0]), str(shares.index[-1])
    pooled = sums.loc[[one, other]].sum()
    share = pooled.numerator / pooled.denominator
    error = np.sqrt(share * (1 - share) * (1 / sums.denominator[[one, other]]).sum())
    gap = float(shares[one] - shares[other])
    if not gap > CLEAR * error:
        return None
    told = {key: cases(name, sums.numerator[outlet], sums.denominator[outlet])
             for key, outlet in (("high", one), ("low", other))}  # fmt: skip
    sentence = SAYS[name].format(one=one, other=other, **told)
    if contrasts is not None:
        sentence += _tested(contrasts, name, one, other)
    shown = _shown_most(counts, one, other)
    evidence = tuple(
        Evidence(row.event, row.outlet, row.article_id, cases(name, row.numerator, row.denominator),
                 f"of={name}&in={row.article_id}" if row.numerator else "")
        for row in shown.itertuples()
    )  # fmt: skip
    event = shown.event.iloc[0] if shown.event.nunique() == 1 else None
    return Proven(
        kind, sentence, None if pd.isna(event) else event, evidence, gap / error if name in CERTAINTY else gap
    )


def cases(name: str, part: float, whole: float) -> str:
    """ "7 of 12"; of words with the share: "62 % (310 of 500)"; of cues how often: "7 times in 412"."""
    if name in CERTAINTY:
        return f"{times(int(part)) if part else 'none found'} in {whole:,.0f}"
    counted = f"{part:,.0f} of {whole:,.0f}"
    return f"{100 * part / whole:.0f} % ({counted})" if name in PER_WORD else counted


def _tested(contrasts: pd.DataFrame, name: str, one: str, other: str) -> str:
    """Whether the difference of two outlets holds on the events that both cover; nothing where that was not tested."""
    pair = contrasts.outlet.isin((one, other)) & contrasts.other_outlet.isin((one, other))
    rows = contrasts[(contrasts.measure == name) & pair & contrasts.p.notna()]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    if (why := out_of_reach(contrasts)) is not None:
        return f" On the {row.n_events} events of both nothing can be concluded: {why}."
    holds = "holds" if row.q < ALPHA else "does not hold"
    return f" On the {row.n_events} events of both, the difference {holds} after correction (q {_is(row.q)})."


def _is(q: float) -> str:
    told = chance(q) or ""
    return told if told.startswith("<") else f"= {told}"


def _shown_most(counts: pd.DataFrame, one: str, other: str) -> pd.DataFrame:
    """The articles of two outlets on the event that sets them farthest apart in the same way as all events together;
    where none does, of each the article in which most was counted."""
    both = counts[counts.outlet.isin((one, other))]
    sums = both.groupby(["event", "outlet"])[["numerator", "denominator"]].sum()
    wide = (sums.numerator / sums.denominator).unstack("outlet").reindex(columns=[one, other]).dropna()
    apart = (wide[one] - wide[other]).sort_values(ascending=False, kind="stable")
    if apart.empty or apart.iloc[0] <= 0:
        most = both.sort_values(["numerator", "denominator", "article_id"], ascending=[False, False, True])
        chosen = most.drop_duplicates("outlet")
    else:
        chosen = both[both.event == apart.index[0]]
    return chosen.sort_values(["outlet", "article_id"], key=lambda c: c.ne(one) if c.name == "outlet" else c)


def _claims(annotations: Annotations) -> Proven | None:
    """The contradiction that weighs most: inside an article before between two, tolls before other numbers; else a
    number that was revised, else one that differs and may have been, else one that outlets agree on."""
    found = pairs.numbered_pairs(annotations)
    if found.empty:
        return None
    pair = next(found.itertuples(name="Pair"))
    told = pairs.both_numbers(pair)
    sentence = pairs.pair_sentence(pair, internal=int((found.relation == pairs.INTERNAL).sum()))
    event = event_of(annotations)
    evidence = (
        Evidence(event, pair.outlet, pair.article_id, told[0], f"mark={pair.claim_id}", int(pair.start), int(pair.end)),
        Evidence(event, pair.other_outlet, pair.other_article_id, told[1], f"mark={pair.other_claim_id}",
                 int(pair.other_start), int(pair.other_end)),
    )  # fmt: skip
    weight = 10.0 * (len(RELATIONS) - pair.place) + 5.0 * bool(pair.toll) + min(float(pair.apart), 4.0)
    return Proven(pair.relation, sentence, event, evidence, weight)


def _wording(annotations: Annotations) -> Proven | None:
    """The word that one outlet alone uses most often for what at least two others name."""
    choices = labels.only_choices(annotations)
    if choices.empty:
        return _words_of_two(annotations)
    top = labels.most_used_choice(choices)
    event = event_of(annotations)
    named = labels.named(annotations, [top.referent_id])
    others = named[named.outlet != top.outlet].drop_duplicates("outlet").head(SHOWN - 1)
    own = named[(named.article_id == top.article_id) & (named.start == top.start)].head(1)
    evidence = tuple(
        Evidence(
            event, row["outlet"], row["article_id"], row["head"], f"mark={row['label_id']}", row["start"], row["end"]
        )
        for row in pd.concat([own, others]).to_dict("records")
    )
    return Proven("wording", labels.choice_finding(choices), event, evidence, float(top.own + top["count"] / 1000))


def _words_of_two(annotations: Annotations) -> Proven | None:
    """Where two outlets name someone or something: the one of which most words are one outlet's alone."""
    table = labels.label_table(annotations)
    alone = table[table.only_here.astype(bool)] if len(table) else table
    apart = alone.groupby("referent_id", sort=True).agg(outlets=("outlet", "nunique"), uses=("count", "sum"))
    if annotations.articles.outlet.nunique() != 2 or apart.empty or apart.outlets.max() < 2:
        return None
    most = apart[apart.outlets == 2].sort_values("uses", ascending=False, kind="stable").index[0]
    own = alone[alone.referent_id == most].sort_values(["outlet", "count", "head"], ascending=[True, False, True])
    words = {str(outlet): ", ".join(part["head"].head(SHOWN)) for outlet, part in own.groupby("outlet", sort=True)}
    event, firsts = event_of(annotations), own.drop_duplicates("outlet")
    evidence = tuple(
        Evidence(event, row["outlet"], row["article_id"], row["head"],
                 _within(annotations, row["article_id"], row["start"], row["end"]), row["start"], row["end"])
        for row in firsts.to_dict("records")
    )  # fmt: skip
    told = "; ".join(f"{outlet} alone writes {said}" for outlet, said in words.items())
    return Proven("wording", f"For {the(str(own['name'].iloc[0]))}, {told}.", event, evidence, 0.0)


def _copy(annotations: Annotations) -> Proven | None:
    """The article most of whose body stands word for word in the copy that it is a version of."""
    found = lineage.families(annotations)
    found = found[found.origin.notna() & (found.origin != found.article_id)]
    reuse = annotations.reuse.assign(length=annotations.reuse.end - annotations.reuse.start)
    for row in found.sort_values(["share", "article_id"], ascending=[False, True]).itertuples():
        shared = reuse[(reuse.article_id == row.article_id) & (reuse.other_article_id == row.origin)]
        if shared.empty:
            continue
        longest = next(shared.sort_values(["length", "start"], ascending=[False, True]).itertuples())
        outlets = annotations.articles.set_index("article_id").outlet
        own, theirs = str(outlets[row.article_id]), str(outlets[row.origin])
        event, said = event_of(annotations), "the longest passage that both share"
        sides = (
            (own, row.article_id, int(longest.start), int(longest.end)),
            (theirs, row.origin, int(longest.other_start), int(longest.other_end)),
        )
        evidence = tuple(
            Evidence(event, outlet, article, said, _within(annotations, article, start, end), start, end)
            for outlet, article, start, end in sides
        )
        sentence = f"{100 * row.share:.0f} % of {own}'s report is word for word in a version that {theirs} ran."
        return Proven("copy", sentence, event, evidence, float(row.share))
    return _credited(annotations)


def _credited(annotations: Annotations) -> Proven | None:
    """An outlet that says whose copy it runs, be it that the copy itself is not here."""
    articles = annotations.articles.set_index("article_id")
    borrowed = articles.agency.notna() & (articles.agency != articles.outlet)
    named = lineage.credits(annotations)
    named = named[named.article_id.map(borrowed)].sort_values(["article_id", "start"])
    if named.empty:
        return None
    row = next(named.itertuples())
    outlet, agency = str(articles.outlet[row.article_id]), str(articles.agency[row.article_id])
    start, end = int(row.start), int(row.end)
    fragment = _within(annotations, row.article_id, start, end)
    proof = Evidence(event_of(annotations), outlet, row.article_id, f"the {row.segment}", fragment, start, end)
    sentence = f"{outlet} names {agency} as where its report comes from: not all of its words are its own."
    return Proven("copy", sentence, proof.event, (proof,), 0.0)


def _silence(annotations: Annotations) -> Proven | None:
    """The outlet that leaves out most of what most others carry, shared copy set aside."""
    rows = omissions.omissions(annotations)
    own = rows[~rows.one_copy]
    if own.empty:
        return None
    most = own.outlet.value_counts().sort_index().sort_values(ascending=False, kind="stable")
    told = own[(own.outlet == most.index[0]) & own.start.notna()]
    told = told.sort_values("carried_by", ascending=False, kind="stable").head(SHOWN)
    told = told.assign(what=told.what.mask(told.kind == "source_type", told.what.astype(str) + " as sources"))
    outlets, event = annotations.articles.set_index("article_id").outlet, event_of(annotations)
    evidence = tuple(
        Evidence(event, str(outlets[row.article_id]), row.article_id, str(row.what),
                 _within(annotations, row.article_id, row.start, row.end), int(row.start), int(row.end))
        for row in told.itertuples()
    )  # fmt: skip
    n = int(most.iloc[0])
    named = [the(str(row.what)) if row.kind in omissions.NAMED else str(row.what) for row in told.itertuples()]
    such = f", such as {listed(named)}" if named else ""
    sentence = f"{most.index[0]} leaves out {n} {plural(n, 'thing')} that most of the others carry{such}."
    return Proven("silence", sentence, event, evidence, float(n))


def _within(annotations: Annotations, article_id: str, start: int, end: int) -> str:
    """The fragment of the first mark that lies in a span: a label, a claim, else an attribution; empty for none."""
    for data, name in (
        (annotations.labels, "label_id"),
        (annotations.claims, "claim_id"),
        (annotations.contents, "attribution_id"),
        (annotations.sources, "attribution_id"),
    ):
        own = data[(data.article_id == article_id) & (data.start >= start) & (data.end <= end)]
        if len(own):
            return f"mark={own.sort_values(['start', 'end'])[name].iloc[0]}"
    return ""


def event_of(annotations: Annotations) -> str | None:
    """The event that all articles tell of; None where they tell of several, or of none."""
    events = annotations.articles.event.dropna().unique()
    return str(events[0]) if len(events) == 1 else None


def _claims_over(by_event: Sequence[Sequence[Proven]]) -> Proven | None:
    """In how many events numbers do not agree, inside an article or between two, and where most."""
    told = [one for found in by_event for one in found if one.kind in RELATIONS]
    if not told:
        return None
    best = max(told, key=lambda one: one.weight)
    apart = [one for one in told if one.kind in RELATIONS[:2]]
    if not apart:
        return best
    n = len(apart)
    sentence = f"Numbers do not agree in {n} of {len(by_event)} events. {best.sentence}"
    return best._replace(sentence=sentence)


def _copy_over(by_event: Sequence[Sequence[Proven]]) -> Proven | None:
    best = _strongest("copy", by_event)
    if best is None:
        return None
    n = sum(any(one.kind == "copy" for one in found) for found in by_event)
    return best._replace(sentence=f"In {n} of {len(by_event)} events outlets run versions of one copy. {best.sentence}")


def _strongest(kind: str, by_event: Sequence[Sequence[Proven]]) -> Proven | None:
    told = [one for found in by_event for one in found if one.kind == kind]
    return max(told, key=lambda one: one.weight, default=None)
