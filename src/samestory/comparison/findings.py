"""What the tables say, in sentences: each names its numbers, and says so where there is nothing to compare."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison import ledgers, profiles
from samestory.comparison.confound_notes import study_confounds
from samestory.comparison.contrasts import label_of, out_of_reach
from samestory.comparison.labels import main_referents
from samestory.comparison.lineage import families
from samestory.comparison.pairs import INTERNAL, numbered_pairs, within
from samestory.comparison.saying import plural, times, verb
from samestory.statistics.refusals import ALPHA

if TYPE_CHECKING:
    from samestory.annotation import Annotations

FEW_ARTICLES = 2  # articles an outlet that nothing can be inferred from: one is a description


def counting(annotations: Annotations) -> str:
    """How much of what was read is story."""
    shares = profiles.segment_shares(annotations)
    if shares.empty:
        return "No text came in: of these articles only the address is known."
    sums = shares.groupby("outlet").apply(
        lambda part: part.characters[part.counted].sum() / part.characters.sum(), include_groups=False
    )
    if sums.min() > 0.99:
        return "Nearly everything that was read is story: no outlet loses more than 1 % of its characters."
    worst = str(sums.idxmin())
    left_out = shares[(shares.outlet == worst) & ~shares.counted]
    most = str(left_out.segment.iloc[left_out.characters.argmax()])
    return (
        f"Only {sums.min():.0%} of the characters from {worst} are story and counted; "
        f"most of the rest is {_segment_words(most)}."
    )


def _segment_words(segment: str) -> str:
    words = {
        "repeat": "text that stands there a second time",
        "furniture": "site furniture",
        "notice": "notices",
        "caption": "captions",
    }
    return words.get(segment, segment)


def lineage(annotations: Annotations) -> str:
    """Whose words these are: agencies named, copy shared."""
    articles = annotations.articles
    borrowed = articles[articles.agency.notna() & (articles.agency != articles.outlet)]
    parts = [
        f"{row.outlet} runs {row.agency} copy" for row in borrowed.drop_duplicates(["outlet", "agency"]).itertuples()
    ]
    if len(articles) == 1 and not parts:
        return "Only one article is here: there is no other whose copy it could share."
    copies = families(annotations)
    if len(copies):
        n = copies.family.nunique()
        parts.append(f"{len(copies)} articles are versions of {_number(n)} {'copy' if n == 1 else 'copies'}")
    listed = "; ".join(parts[:4]) + (f"; and {len(parts) - 4} more" if len(parts) > 4 else "")
    return (
        f"{listed}: shared copy is not independent reporting."
        if parts
        else "No copy shared between articles was found."
    )


def _number(n: int) -> str:
    return "one" if n == 1 else str(n)


def sourcing(annotations: Annotations) -> str:
    """Who is cited most in each outlet."""
    counts = profiles.source_types(annotations)
    counts = counts[counts.source_type != "none"]
    if counts.empty:
        return "No source is cited."
    totals = counts.groupby("outlet").sources.sum()
    official = counts[counts.source_type == "official"].set_index("outlet").sources.reindex(totals.index, fill_value=0)
    shares = (official / totals)[totals >= totals.max() / 10]  # a share of two mentions says nothing
    high, low = str(shares.idxmax()), str(shares.idxmin())
    if len(totals) == 1:
        return f"{high} cites officials in {_of(official[high], totals[high])} source mentions."
    return (
        f"Officials make up {_of(official[high], totals[high])} of the source mentions in {high}, "
        f"{_of(official[low], totals[low])} in {low}."
    )


def _of(part: int, whole: int) -> str:
    return f"{int(part)} of {int(whole)}"


def certainty(annotations: Annotations) -> str:
    """Whose doubt it is: the outlet's or its sources'."""
    hedges = profiles.with_outlet(annotations, annotations.certainty)
    hedges = hedges[hedges.certainty_type == "hedge"]
    if hedges.empty:
        return "No hedge was found."
    own = int((hedges.holder == profiles.OUTLET).sum())
    if lone := profiles.lone_outlet(annotations):
        return f"{lone} hedges {times(own)} in its own voice, its sources {times(len(hedges) - own)}."
    if not own:
        n = len(hedges)
        them = "the one hedge stands" if n == 1 else f"all {n} hedges stand"
        return f"No hedge was found in an outlet's own voice: {them} in what is attributed to others."
    by_outlet = (hedges.holder == profiles.OUTLET).groupby(hedges.outlet).sum()
    most = str(by_outlet.idxmax())
    return (
        f"{own} of {len(hedges)} {plural(len(hedges), 'hedge')} {verb(own, 'stand')} in an outlet's own "
        f"voice, the others in what is attributed; "
        f"{most} hedges most often in its own voice ({times(int(by_outlet.max()))})."
    )


def naming(annotations: Annotations) -> str:
    """The referent that the outlets name most differently."""
    if lone := profiles.lone_outlet(annotations):
        return f"Only {lone} is here: there are no other words to set beside its own."
    main = main_referents(annotations, most=12)
    best: tuple[int, str] = (0, "")
    for row in main.itertuples():
        labels = profiles.with_outlet(
            annotations, annotations.labels[annotations.labels.referent_id == row.referent_id]
        )
        heads = labels.groupby("outlet")["head"].agg(lambda h: frozenset(h.str.lower()))
        only = {outlet: sorted(own - frozenset().union(*heads.drop(outlet))) for outlet, own in heads.items()}
        words = {outlet: own for outlet, own in only.items() if own}
        if len(heads) > 1 and len(words) > best[0]:
            listed = "; ".join(f"{outlet}: {', '.join(own[:3])}" for outlet, own in words.items())
            best = (len(words), f"For {row.name}, some words are one outlet's alone ({listed}).")
    return best[1] or "No referent is named in words that only one outlet uses."


def claims(annotations: Annotations) -> str:
    """Numbers that agree, numbers that do not, and tolls that were revised."""
    relations = annotations.claim_relations
    counts = relations.relation.value_counts()
    conflict, differ, agree = (int(counts.get(k, 0)) for k in ("conflict", "differ", "agree"))
    if not len(annotations.claims):
        return "No count, amount, date or place of the event was found."
    found = numbered_pairs(annotations)
    parts = [within(pair) for pair in found[found.relation == INTERNAL].head(2).itertuples(name="Pair")]
    if conflict:
        said = f"{plural(conflict, 'pair')} of numbers from different articles {verb(conflict, 'conflict')}"
        parts.append(f"{conflict} {said}")
    if differ:
        said = f"{plural(differ, 'pair')} {verb(differ, 'differ')}"
        parts.append(f"{differ} {said}, and the times of publication do not say which is later")
    if len(annotations.articles) == 1 and not parts:
        n = len(annotations.claims)
        return f"{n} {plural(n, 'claim')} in the one article here, and no other article to set beside {_them(n)}."
    said = "; ".join(parts) if parts else _no_conflict(int(counts.get("not_comparable", 0)))
    alike = f"{agree} {plural(agree, 'pair')} of claims {verb(agree, 'agree')}."
    told = " ".join(part for part in (_revised(annotations), alike) if part)
    return f"{said}. {told}"


def _no_conflict(apart: int) -> str:
    """That no numbers conflict, of those that could be set side by side; ``apart`` pairs count unlike groups."""
    beside = f" ({apart} {plural(apart, 'pair')} could not be: they count other groups)" if apart else ""
    return f"None of the numbers that could be compared contradict each other{beside}"


def _them(n: int) -> str:
    return "it" if n == 1 else "them"


def _revised(annotations: Annotations) -> str:
    """What each report in turn says of a toll, where a later report gives another number."""
    updated = set(annotations.claim_relations.role[annotations.claim_relations.relation == "update"])
    if annotations.articles.event.nunique() > 1 or not updated:
        return ""
    tolls = ledgers.tolls_in_time(annotations)
    tolls = tolls[tolls.role.isin(updated) & tolls.earliest.notna()]
    told = {
        str(role): [ledgers.in_words(row.quantity, row.bound) for row in part.itertuples()]
        for role, part in tolls.groupby("role", observed=True, sort=True)
    }
    text = "; ".join(f"{role} {', '.join(numbers)}" for role, numbers in told.items() if len(set(numbers)) > 1)
    return f"In the order of publication the articles count: {text}." if text else ""


def contrasts(told: pd.DataFrame) -> str:
    """How many contrasts could be tested, and what survives correction."""
    tested = told[told.p.notna()]
    if told.empty:
        return "No contrast can be drawn: no two outlets have text on the same event here."
    if tested.empty:
        return "No contrast between outlets can be tested here: too few events that two outlets share."
    kept = tested[tested.q < ALPHA].sort_values(["q", "measure", "outlet"])
    text = f"{len(tested)} of {len(told)} contrasts could be tested; {len(kept)} hold after correction (q < .05)"
    listed = [f"{label_of(r.measure).lower()}, {r.outlet} against {r.other_outlet}" for r in kept.head(3).itertuples()]
    if (why := out_of_reach(told)) is not None:
        return f"{len(tested)} of {len(told)} contrasts have a p, and none holds after correction: {why}."
    return f"{text}: {'; '.join(listed)}." if listed else f"{text}."


def contrasts_title(told: pd.DataFrame) -> str:
    """The clearest difference that holds after correction, and how many there are."""
    kept = told[told.q < ALPHA]
    if kept.empty:
        if out_of_reach(told):
            return "Too few shared events for so many tests: no difference between outlets could hold by itself"
        return "No difference between outlets holds after correction for all that was tested"
    clearest = kept.assign(clear=(kept.higher_in - 0.5).abs()).sort_values(
        ["clear", "measure", "outlet", "other_outlet"], ascending=[False, True, True, True]
    )
    row = clearest.iloc[0]
    high, low, share = (row.outlet, row.other_outlet, row.higher_in)
    if share < 0.5:
        high, low, share = low, high, 1 - share
    first = f"{label_of(row.measure)}: {high} lies above {low} in {100 * share:.0f} % of their {row.n_events} events"
    return f"{first}; {len(kept)} differences hold" if len(kept) > 1 else first


def untested(told: pd.DataFrame) -> str:
    """Why no contrast could be tested."""
    refusals = told.refusal.dropna()
    if refusals.empty:
        return "No two outlets cover the same event here: nothing can be set side by side."
    return f"{refusals.value_counts().index[0][:1].upper()}{refusals.value_counts().index[0][1:]}."


def headlines(annotations: Annotations) -> list[str]:
    """The findings of a front page, the most telling first."""
    return [find(annotations) for find in (claims, sourcing, certainty, naming, counting, lineage)]


def limits(annotations: Annotations, left_out: int = 0, confounded: list[str] | None = None) -> list[str]:
    """What cannot be concluded from these articles, and why; ``left_out`` outlets are not shown.

    ``confounded`` is what is told of confounds pair by pair (:func:`samestory.comparison.confound_notes
    .confound_sentences`), in place of their sum.
    """
    articles = annotations.articles
    per_outlet = articles.groupby("outlet").size()
    events = articles.event.nunique()
    found = []
    if (lone := profiles.lone_outlet(annotations)) is not None:
        n = len(articles)
        found.append(
            f"Only {lone} tells of this here, in {n} {plural(n, 'article')}: there is nothing to compare with. What is "
            f"said describes {'this text' if n == 1 else 'these texts'}; add another outlet's article of the event."
        )
    elif (per_outlet < FEW_ARTICLES).any():
        ones = int((per_outlet < FEW_ARTICLES).sum())
        has = "has" if ones == 1 else "have"
        who = "Every outlet has" if ones == len(per_outlet) else f"Of {len(per_outlet)} outlets, {ones} {has}"
        found.append(
            f"{who} one article here. That describes these texts; it says nothing about an outlet's habits, "
            "which no single article can show."
        )
    told_by = articles.dropna(subset="event").groupby("event").outlet.nunique()
    if lone is None and (told_by == 1).any():
        n = int((told_by == 1).sum())
        found.append(
            f"{n} of {events} events {'is' if n == 1 else 'are'} told by one outlet alone: nothing is compared."
        )
    if left_out:
        found.append(
            f"Figures and tables show the {len(per_outlet)} outlets with most articles and leave out {left_out}; the "
            "tables on disk hold all."
        )
    if lone is None and events < 6:
        found.append(
            f"With {events or 'no'} {plural(events, 'event')} no paired test between outlets can reach p < .05: "
            "that takes six events that both cover."
        )
    return found + (study_confounds(articles) if confounded is None else confounded)
