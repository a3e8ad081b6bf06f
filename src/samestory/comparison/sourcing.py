"""Who speaks in each outlet: how much, by which name, in whose words, through how many mouths, and who does not.

Each function of counts gives a tidy table with a row for each outlet and kind, the kind in the second column and the
count in ``number``. Attributions with a cue are counted; what only goes on reporting a source is kept apart.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from samestory.comparison.ledgers import voices
from samestory.comparison.profiles import cued, speakers, with_outlet
from samestory.comparison.saying import source_of
from samestory.tables import COUNTED_SEGMENTS, SOURCE_TYPES

if TYPE_CHECKING:
    from samestory.annotation import Annotations

NO_ONE = "no one named"
IDENTITIES = ("person by name", "institution by name", "without a name", "name withheld", NO_ONE)
OFFICIALS, SUFFERERS, OTHERS = "officials", "witnesses and people affected", "others"
STANDINGS = (OFFICIALS, SUFFERERS, OTHERS)
CARRIED = "carried over"
GIVEN = (*SOURCE_TYPES, CARRIED)
QUOTED = ("direct", "mixed", "indirect")
STEPS = ("one voice", "two voices", "three or more")
EVERY, SOME, ALONE = "cited by every outlet", "cited by some outlets", "cited by one outlet alone"
FAIR = 0.1  # a share counts as highest or lowest where the outlet has this part of the largest outlet's cases


def identities(annotations: Annotations) -> pd.DataFrame:
    """Source mentions by what readers learn of the source. Columns: outlet, identity, number."""
    sources = _cued_sources(annotations)
    names = {"named_person": IDENTITIES[0], "named_institution": IDENTITIES[1]}
    identity = sources.identification.map(names).fillna(IDENTITIES[2])
    identity = identity.mask(sources.anonymous.astype(bool), IDENTITIES[3]).mask(sources.source_type == "none", NO_ONE)
    return _counted(sources.assign(identity=identity), "identity")


def standings(annotations: Annotations) -> pd.DataFrame:
    """Source mentions of officials, of witnesses and people affected, of others. Columns: outlet, standing, number."""
    sources = _cued_sources(annotations)
    sources = sources[sources.source_type != "none"]
    groups = {"official": OFFICIALS, "witness": SUFFERERS, "affected": SUFFERERS}
    return _counted(sources.assign(standing=sources.source_type.map(groups).fillna(OTHERS)), "standing")


def quotations(annotations: Annotations) -> pd.DataFrame:
    """Attributions by whose words they give. Columns: outlet, quote_type, number."""
    return _counted(cued(annotations), "quote_type")


def steps(annotations: Annotations) -> pd.DataFrame:
    """Attributions by how many voices stand between reader and content. Columns: outlet, voices, number."""
    found = cued(annotations)
    between = found.layer.clip(upper=len(STEPS)).map(dict(enumerate(STEPS, start=1)))
    return _counted(found.assign(voices=between.astype("string")), "voices")


def text_given(annotations: Annotations) -> pd.DataFrame:
    """How much of each outlet's text is a source's. Columns: outlet, source_type, number (characters), percent.

    Of headline, deck and body, each character counts once: for the innermost attribution that holds it, by the type of
    its first source. What is carried over has a row of its own. Needs offsets alone, no text.
    """
    kinds = annotations.sources.groupby("attribution_id", sort=False).source_type.first()
    rows = annotations.attributions.assign(kind=annotations.attributions.attribution_id.map(kinds).fillna("none"))
    rows["kind"] = rows.kind.mask(rows.cue_start.isna(), CARRIED)
    contents = annotations.contents.merge(rows[["attribution_id", "layer", "kind"]], on="attribution_id")
    segments = annotations.segments[annotations.segments.segment.isin(COUNTED_SEGMENTS)]
    owned = {str(key): part for key, part in contents.groupby("article_id")}
    parted = {str(key): part for key, part in segments.groupby("article_id")}
    counts: dict[tuple[str, str], int] = {}
    totals: dict[str, int] = {}
    for article in annotations.articles.itertuples():
        held = np.zeros(int(article.n_chars), dtype=np.int64)
        for piece in owned.get(article.article_id, contents[:0]).sort_values("layer", kind="stable").itertuples():
            held[int(piece.start) : int(piece.end)] = 1 + GIVEN.index(piece.kind)
        for own in parted.get(article.article_id, segments[:0]).itertuples():
            found = np.bincount(held[int(own.start) : int(own.end)], minlength=1 + len(GIVEN)).tolist()
            totals[article.outlet] = totals.get(article.outlet, 0) + sum(found)
            for kind, n in zip(GIVEN, found[1:], strict=True):
                counts[article.outlet, kind] = counts.get((article.outlet, kind), 0) + n
    given = [(outlet, kind, n, round(100 * n / totals[outlet], 1)) for (outlet, kind), n in sorted(counts.items()) if n]
    return pd.DataFrame(given, columns=["outlet", "source_type", "number", "percent"])


def chains(annotations: Annotations) -> pd.DataFrame:
    """Content that came through more than one voice, or was told to an outlet or agency, the deepest first.

    Columns: article_id, start and end (of the first content), outlet, chain (who, outermost first, and whom they
    told), layer, note (outlet and chain). An attribution that holds a deeper one is told as part of its chain;
    what was told to the article's own outlet, or goes from a source to itself, is none.
    """
    found = cued(annotations).set_index("attribution_id")
    names = voices(annotations)
    within = set(found.nested_in.dropna())
    contents = annotations.contents.drop_duplicates("attribution_id").set_index("attribution_id")
    rows = []
    for key, row in found.iterrows():
        if key in within or key not in contents.index or (row.layer == 1 and pd.isna(row.addressee)):
            continue
        links: list[str] = []
        at = key
        while at in found.index:
            told, who = found.addressee[at], names.get(str(at), NO_ONE)
            link = who if pd.isna(told) or _is_outlet(told, row.outlet) else f"{who} (told {told})"
            if link not in links[:1] or who == NO_ONE:
                links.insert(0, link)
            at = found.nested_in[at]
        if links == [links[0].partition(" (told ")[0]]:
            continue
        chain = " → ".join(links)
        start, end = (int(contents.loc[key, name]) for name in ("start", "end"))
        rows.append((row.article_id, start, end, row.outlet, chain, int(row.layer), f"{row.outlet}: {chain}"))
    table = pd.DataFrame(rows, columns=["article_id", "start", "end", "outlet", "chain", "layer", "note"])
    return table.sort_values(["layer", "outlet", "article_id", "start"], ascending=[False, True, True, True])


def _is_outlet(addressee: object, outlet: object) -> bool:
    """Whether who was told is the article's own outlet, be it by a part of its name ("the Lantern")."""
    said = str(addressee).lower().removeprefix("the ").split()
    own = str(outlet).lower().replace("-", " ").removeprefix("the ").split()
    return bool(said) and set(said) <= set(own)


def cited(annotations: Annotations, most: int = 10) -> pd.DataFrame:
    """Attributions of each source by outlet: rows (how many outlets cite it, name), columns outlets.

    Of each group the ``most`` cited sources; how many others there are stands in a last row without counts of its own.
    """
    outlets = sorted(annotations.articles.outlet.unique())
    every = speakers(annotations)
    wide = every.pivot_table(index=["referent_id", "name"], columns="outlet", values="attributions", aggfunc="sum",
                             fill_value=0).reindex(columns=outlets, fill_value=0)  # fmt: skip
    told = (wide > 0).sum(axis=1)
    group = pd.Series(SOME, index=wide.index).mask(told == len(outlets), EVERY).mask(told == 1, ALONE)
    wide = wide.assign(group=group, total=wide.sum(axis=1)).reset_index()
    parts = []
    for name in (EVERY, SOME, ALONE):
        own = wide[wide.group == name].sort_values(["total", "name", "referent_id"], ascending=[False, True, True])
        rest = len(own) - most
        own = own.head(most) if rest > 0 else own
        index = [(name, label) for label in own.name]
        parts.append(pd.DataFrame(own[outlets].to_numpy(), index=index, columns=outlets))
        if rest > 0:
            parts.append(pd.DataFrame(0, index=[(name, f"and {rest} more")], columns=outlets))
    table = pd.concat(parts).astype("int64")
    return table.set_axis(pd.MultiIndex.from_tuples(list(table.index), names=["group", "name"]), axis=0)


def uncited(annotations: Annotations, share: float = 0.5) -> pd.DataFrame:
    """Sources that more than ``share`` of an event's other outlets cite and an outlet does not (nor is itself).

    Columns: event, outlet, name, source_type, n_other_outlets (that cite it), n_outlets (all others).
    """
    events = annotations.referents[["referent_id", "event"]]
    every = speakers(annotations).merge(events, on="referent_id", validate="many_to_one")
    rows = []
    for event, part in annotations.articles.dropna(subset="event").groupby("event", sort=True):
        outlets = sorted(part.outlet.unique())
        for (_, name), own in every[every.event == event].groupby(["referent_id", "name"], sort=True):
            citing = set(own.outlet)
            if len(outlets) > 2 and len(citing) > share * (len(outlets) - 1):
                rows += [(event, outlet, name, own.source_type.iloc[0], len(citing), len(outlets) - 1)
                         for outlet in outlets if outlet not in citing and outlet != name]  # fmt: skip
    return pd.DataFrame(rows, columns=["event", "outlet", "name", "source_type", "n_other_outlets", "n_outlets"])


def mentions(annotations: Annotations, kept: pd.Series) -> pd.DataFrame:
    """The passages of some sources (a mask over the table ``sources``) with outlet, for reading; each once."""
    found = with_outlet(annotations, annotations.sources[kept.to_numpy(dtype=bool)]).dropna(subset="start")
    return found.drop_duplicates(["article_id", "start", "end"])


def _cued_sources(annotations: Annotations) -> pd.DataFrame:
    own = annotations.sources[annotations.sources.attribution_id.isin(cued(annotations).attribution_id)]
    return with_outlet(annotations, own)


def _counted(rows: pd.DataFrame, kind: str) -> pd.DataFrame:
    return rows.groupby(["outlet", kind], sort=True).size().rename("number").reset_index()


class Share(NamedTuple):
    """How many of an outlet's cases are of some kinds."""

    outlet: str
    part: int
    whole: int


def extremes(counts: pd.DataFrame, kinds: Collection[str]) -> tuple[Share, Share] | None:
    """The outlets with the largest and the smallest share of these kinds; None where nothing is counted.

    Outlets with less than a tenth of the cases of the largest are left out: a share of two mentions says nothing.
    """
    whole = counts.groupby("outlet").number.sum()
    whole = whole[whole >= FAIR * whole.max()]
    if whole.empty:
        return None
    own = counts[counts[counts.columns[1]].isin(list(kinds))].groupby("outlet").number.sum()
    part = own.reindex(whole.index, fill_value=0)
    ranks = (part / whole).sort_values(ascending=False, kind="stable").index.tolist()
    high, low = (Share(str(outlet), int(part[outlet]), int(whole[outlet])) for outlet in (ranks[0], ranks[-1]))
    return high, low


def identity_finding(counts: pd.DataFrame) -> str:
    """Who names its sources most and least often."""
    return _said(counts, IDENTITIES[:2], "names the source", "of {whole} mentions", "No source is cited.")


def standing_finding(counts: pd.DataFrame) -> str:
    """Who lets those speak who saw or suffered it."""
    nothing = "No source is cited."
    return _said(counts, (SUFFERERS,), "cites witnesses or people affected", "of {whole} mentions", nothing)


def quotation_finding(counts: pd.DataFrame) -> str:
    """Who gives sources in their own words."""
    nothing = "Nothing is attributed."
    return _said(counts, QUOTED[:2], "quotes in the source's own words", "of {whole} attributions", nothing)


def step_finding(counts: pd.DataFrame) -> str:
    """Whose content came through more than one mouth."""
    if not counts.voices.isin(STEPS[1:]).any():
        return "Nothing comes through two voices: no attribution stands inside another."
    return _said(counts, STEPS[1:], "reports through two voices or more", "of {whole} attributions", "")


def given_finding(compared: pd.DataFrame) -> str:
    """In which outlet sources fill most of the words, and in which least; ``compared`` holds the rows of
    ``attributed_words`` of :func:`samestory.compare`."""
    told = compared.dropna(subset="value").sort_values(["value", "outlet"], ascending=[False, True])
    if told.empty:
        return "No words are given to sources"
    high, low = (row for row in told.iloc[[0, -1]].itertuples())
    end = "" if len(told) == 1 else f", {low.value:.0f} % in {low.outlet}"
    return f"Sources fill {high.value:.0f} % of the words in {high.outlet}{end}"


def text_finding(given: pd.DataFrame) -> str:
    """How much of the text is sources', and whose most."""
    if given.empty:
        return "No text is given to sources."
    totals = given.groupby("outlet").percent.sum().sort_values(ascending=False, kind="stable")
    high, low = str(totals.index[0]), str(totals.index[-1])
    most = given.groupby("source_type").number.sum().sort_values(ascending=False, kind="stable").index[0]
    whose = {"none": "no one named", CARRIED: "what is carried over"}.get(most, source_of(str(most), 2))
    end = "" if len(totals) == 1 else f", {totals[low]:.0f} % in {low}"
    return f"Sources fill {totals[high]:.0f} % of the characters in {high}{end}; the most goes to {whose}."


def cited_finding(annotations: Annotations) -> str:
    """How many sources the outlets share."""
    outlets = annotations.articles.outlet.nunique()
    told = speakers(annotations).groupby("referent_id").outlet.nunique()
    if told.empty:
        return "No source is cited."
    if outlets == 1:
        return f"{len(told)} sources are cited; there is no other outlet to compare with."
    return (
        f"Of {len(told)} sources, every outlet cites {int((told == outlets).sum()) or 'none'}; "
        f"{int((told == 1).sum()) or 'none'} stand in one outlet alone."
    )


def _said(counts: pd.DataFrame, kinds: Collection[str], does: str, of: str, nothing: str) -> str:
    found = extremes(counts, kinds)
    if found is None:
        return nothing
    high, low = found
    first = f"{high.outlet} {does} in {high.part} {of.format(whole=high.whole)}"
    return f"{first}." if high.outlet == low.outlet else f"{first}, {low.outlet} in {low.part} of {low.whole}."


def limits(annotations: Annotations) -> list[str]:
    """What the counts of sources cannot tell, in sentences."""
    found = [
        "Who is not cited was not necessarily not asked: a text shows whom it quotes, not whom the reporter called.",
        "A source known by a role alone (\"officials\", \"the company\") is taken for the same within an event where "
        "the words agree; two such sources may be one, and one may be two.",
    ]  # fmt: skip
    engines = sorted(annotations.attributions.engine.dropna().unique())
    if engines:
        found.append(
            f"Attributions were found by {' and '.join(engines)}; notebook 7 shows how many it misses. "
            "A difference of a few mentions lies within its errors."
        )
    counts = cued(annotations).groupby("outlet").size().reindex(annotations.articles.outlet.unique(), fill_value=0)
    few = sorted(counts[counts < 10].index)
    if few:
        found.append(f"Fewer than ten attributions: {', '.join(few)}. Shares of so few say little.")
    return found
