"""The methods paragraph: what a paper says of how a study was made, from the study's own tables, with citations.

Every sentence is computed from what lies there: none claims an interval, a test or a coding that was not had.
Citations are pandoc's ([@key]); :func:`bibliography` gives the BibTeX of the works that a text cites.
"""

from __future__ import annotations

import functools
import re
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.comparison.confounds import WORDS_OF
from samestory.comparison.saying import day_of, in_full, listed, plural
from samestory.report.scored import FRAMES, aspects_told
from samestory.tables import COUNTED_SEGMENTS
from samestory.validation.results import read_scores

if TYPE_CHECKING:
    from samestory.annotation import Annotations
    from samestory.comparison.multiverse import Specifications
    from samestory.figures import Quotable
    from samestory.study import Study

REFERENCES = Path(__file__).with_name("references.bib")
CITATION = re.compile(r"@([a-z]+\w*)")
BRACKET = re.compile(r"\[@[^\]]*\]")
FIELD = re.compile(r"^\s+(author|year) = \{(.*)\},?$", re.MULTILINE)
ENTRY = re.compile(r"^@\w+\{([^,\s]+),.*?^\}$", re.MULTILINE | re.DOTALL)
OUTLETS_NAMED = 8
EXACT_UP_TO = 16  # shared events of which every arrangement is gone through


class Told(NamedTuple):
    """The tables of a comparison that the paragraph tells of; None or empty where there was none.

    ``compared`` and ``contrasts`` are what ``compare`` and ``contrast`` give; ``confounded`` what ``confounds`` gives;
    ``codings`` human codings (see :func:`samestory.coding.human_values`), with
    ``n_corrected``, the number of estimates that were corrected by them; ``scores`` the table of validation, by
    default the one that is kept.
    """

    compared: pd.DataFrame
    contrasts: pd.DataFrame
    confounded: pd.DataFrame | None = None
    codings: pd.DataFrame | None = None
    n_corrected: int = 0
    multiverse: Specifications | None = None
    scores: pd.DataFrame | None = None


def methods(study: Study, annotations: Annotations, measures: pd.DataFrame, told: Told, *, seed: int) -> Quotable:
    """The paragraph with its references, to be shown in a notebook: see :func:`methods_paragraph`."""
    from samestory.figures import quotable

    text = methods_paragraph(study, annotations, measures, told, seed=seed)
    return quotable(text, bibliography(text))


def methods_paragraph(study: Study, annotations: Annotations, measures: pd.DataFrame, told: Told, *, seed: int) -> str:
    """What was compared, what text counts, how each aspect was found and how well, what statistics, with what.

    ``annotations`` are the articles that were compared (all of the study's, or a view of them). Parts are parted by a
    blank line. Raises nothing for a study without text, without events or of one article.
    """
    scores = read_scores() if told.scores is None else told.scores
    used = [*told.compared.measure.unique(), *([FRAMES] if len(annotations.frames) else [])]
    parts = [
        [*_material(study, annotations), *_counted(annotations, measures)],
        aspects_told(annotations, used, scores) if used else [],
        [*_intervals(told.compared), *_tests(told.contrasts, annotations), *_agency(annotations.articles),
         *_confounds(told.confounded),
         *_coding(told.codings, told.n_corrected, annotations), *_multiverse(told.multiverse)],
        [_software(study, annotations, seed)],
    ]  # fmt: skip
    return "\n\n".join(" ".join(sentences) for sentences in parts if sentences)


def bibliography(text: str) -> str:
    """The BibTeX of exactly the works that a text cites by [@key], sorted by key."""
    known = references()
    return "\n\n".join(known[key] for key in sorted(cited(text)))


def cited(text: str) -> set[str]:
    """The keys of known works that a text cites; an unknown one is no citation: an outlet may be called so."""
    found = {key for bracket in BRACKET.findall(text) for key in CITATION.findall(bracket)}
    return found & set(references())


@functools.cache
def references() -> dict[str, str]:
    """The entries of ``references.bib`` by key."""
    return {found[1]: found[0] for found in ENTRY.finditer(REFERENCES.read_text(encoding="utf-8"))}


def with_names(text: str) -> str:
    """A text with its [@key] citations as they are read: "(Pareti, 2016; Newell et al., 2018)"."""
    known = references()

    def told(bracket: re.Match[str]) -> str:
        keys = CITATION.findall(bracket[0])
        if not set(keys) <= set(known):
            return bracket[0]
        return f"({'; '.join(dict.fromkeys(_name_and_year(known[key]) for key in keys))})"

    return BRACKET.sub(told, text)


def _name_and_year(entry: str) -> str:
    """ "Pareti, 2016", "Efron and Hastie, 2021", "Newell et al., 2018": by the family names of a BibTeX entry."""
    fields = {name: value.replace("{", "").replace("}", "") for name, value in FIELD.findall(entry)}
    families = [author.split(",")[0] for author in fields["author"].split(" and ")]
    who = f"{families[0]} et al." if len(families) > 2 or "others" in families else " and ".join(families)
    return f"{who}, {fields.get('year', 'no year')}"


def _of(n: int, word: str) -> str:
    return f"{n:,} {plural(n, word)}"


def _material(study: Study, annotations: Annotations) -> list[str]:
    """What was compared, from which files, and what was not."""
    articles = annotations.articles
    outlets, events = sorted(articles.outlet.unique()), articles.event.nunique()
    named = f" ({listed(outlets)})" if len(outlets) <= OUTLETS_NAMED else ""
    who = outlets[0] if len(outlets) == 1 else f"{_of(len(outlets), 'outlet')}{named}"
    verb = "describes" if len(outlets) == 1 else "compares"
    on = f" on {_of(events, 'event')}" if events else ""
    found = [f"The study “{study.title}” {verb} {_of(len(articles), 'article')} from {who}{on}."]
    found += _dates(articles)
    formats = articles.format.value_counts().sort_index()
    kinds = listed([f"{name} ({n})" for name, n in formats.items()]) if len(formats) > 1 else str(formats.index[0])
    found.append(f"{_they(len(articles))} read from files in the {plural(len(formats), 'format')} {kinds}.")
    found += _left_out(study, articles)
    alone = int(articles.event.isna().sum())
    if alone and len(outlets) > 1:
        found.append(f"{_of(alone, 'article')} {_is(alone, 'belongs', 'belong')} to no event, and so to no comparison.")
    shared = int((articles.groupby("event").outlet.nunique() > 1).sum())
    if len(outlets) > 1 and events > shared:
        found.append(f"{shared or 'None'} of the events {_is(shared or 1)} covered by two outlets or more.")
    return found


def _they(n: int) -> str:
    return "It was" if n == 1 else "They were"


def _is(n: int, one: str = "is", many: str = "are") -> str:
    return one if n == 1 else many


def _dates(articles: pd.DataFrame) -> list[str]:
    days = sorted(day for text in articles.published.dropna() if (day := day_of(text)) is not None)
    n = len(articles) - len(days)
    if not days:
        return ["No day of publication is known."]
    when = f"on {in_full(days[0])}" if days[0] == days[-1] else f"between {in_full(days[0])} and {in_full(days[-1])}"
    which = _they(len(articles)) if not n else "Those of which the day is known were"
    unknown = f"; of {_of(n, 'article')} it is unknown" if n else ""
    return [f"{which} published {when}{unknown}."]


def _left_out(study: Study, articles: pd.DataFrame) -> list[str]:
    report = study.reading_report()
    found = []
    more = int(report.n_articles[report.status == "read"].sum()) - len(articles)
    if more > 0:
        found.append(f"{_of(more, 'further article')} of the study {_is(more)} left out here.")
    refused = int((report.status == "refused").sum())
    if refused:
        what = "1 file or row" if refused == 1 else f"{refused:,} files or rows"
        found.append(f"{what} could not be read; the reading report says why.")
    return found


def _counted(annotations: Annotations, measures: pd.DataFrame) -> list[str]:
    """What of the text counts, and how much of it does not."""
    spans = annotations.segments
    sizes = (spans.end - spans.start).astype("float64").groupby(spans.segment).sum()
    if not sizes.sum():
        return ["No text came in, so that nothing could be counted."]
    shares = 100 * sizes / sizes.sum()
    own = measures[measures.article_id.isin(annotations.articles.article_id) & (measures.measure == WORDS_OF)]
    counted = shares[shares.index.isin(COUNTED_SEGMENTS)].sum()
    found = [
        f"Headline, deck and body count, together {own.denominator.sum():,.0f} words and {counted:.1f} % of the "
        "characters."
    ]
    left = {"repeat": "repeated text", "notice": "notices", "furniture": "site furniture"}
    said = [f"{word} ({shares.get(role, 0.0):.1f} %)" for role, word in left.items()]
    rest = shares.sum() - counted - sum(shares.get(role, 0.0) for role in left)
    found.append(
        f"What does not count was told apart by rules: {', '.join(said)}, and bylines, datelines and captions "
        f"({rest:.1f} %)."
    )
    empty = int((annotations.articles.n_words == 0).sum())
    if empty:
        found.append(f"{_of(empty, 'article')} came without text.")
    return found


def _intervals(compared: pd.DataFrame) -> list[str]:
    if compared.empty:
        return []
    valued, held = int(compared.value.notna().sum()), int(compared.low.notna().sum())
    found = ["Each measure is the ratio of its sums over an outlet's articles."]
    if not held:
        return [*found, "No interval is given, for want of six events of an outlet."]
    some = "" if held == valued else f"; {held:,} of {_of(valued, 'value')} {_is(held, 'has', 'have')} one"
    return [
        *found,
        "95 % intervals rest on the standard error of a bootstrap that draws whole events [@efron1979; @davison1997] "
        f"and on Student's quantile [@hesterberg2015], from six events on{some}.",
    ]


def _tests(contrasts: pd.DataFrame, annotations: Annotations) -> list[str]:
    if annotations.articles.outlet.nunique() < 2:
        return ["There is one outlet, so that no two were compared."]
    if contrasts.empty:
        return ["No two outlets have what is counted on one event, so that no two were compared."]
    tested = contrasts[contrasts.p.notna()]
    refused = len(contrasts) - len(tested)
    if tested.empty:
        return [
            "Outlets were set against each other on the events that both cover, in "
            f"{_of(len(contrasts), 'contrast')}; none was tested, for want of six such events."
        ]
    swaps = "two-sided permutation test that swaps the two within events [@fisher1935]"
    if int(tested.n_events.max()) <= EXACT_UP_TO:
        how = f"an exact {swaps}"
    else:
        how = (
            f"a {swaps}, at random where there are more than {EXACT_UP_TO} events, the observed arrangement counted in"
        )
        how += " [@phipson2010]"
    found = [f"Outlets were compared on the events that both cover by {how}."]
    if len(tested) > 1:
        found.append(
            f"The {len(tested):,} tests were corrected together for the false discovery rate [@benjamini1995]."
        )
    if "low" in contrasts and contrasts.low.notna().any():
        found.append("Differences have 95 % intervals by bootstrap over events.")
    if refused:
        what = f"{_of(refused, 'further contrast')} {_is(refused, 'was', 'were')}"
        found.append(f"{what} not tested, for want of six events on which both have what is counted.")
    return found


def _confounds(told: pd.DataFrame | None) -> list[str]:
    pairs = told[told.n_events > 0] if told is not None else None
    if pairs is None or pairs.empty:
        return []
    if len(pairs) == 1:
        return [_one_pair(pairs.iloc[0])]
    n, apart = len(pairs), int((pairs.separable == "yes").sum())
    stage = (
        "for every pair events enough remain to hold the stage of reporting fixed"
        if apart == n
        else "for no pair can the stage of reporting be held fixed, so that outlet and stage cannot be told apart"
        if not apart
        else f"for {_pairs(apart)} the stage of reporting can be held fixed, for {n - apart} outlet and stage cannot "
        "be told apart"
    )
    copied, longer = int((pairs.one_copy > 0).sum()), int(pairs.one_is_longer.fillna(False).sum())
    return [
        f"What else differs was counted for each of the {n} pairs of outlets that share an event: {_pairs(copied)} ran "
        f"versions of one copy on some event; {stage}; in {_pairs(longer)} the reports of one outlet are longer on "
        "more events than chance gives (sign test)."
    ]


def _agency(articles: pd.DataFrame) -> list[str]:
    n = int((articles.agency.notna() & (articles.agency != articles.outlet)).sum())
    return [f"{n:,} of {_of(len(articles), 'article')} {_is(n, 'names', 'name')} an agency as origin."] if n else []


def _pairs(n: int) -> str:
    return "no pair" if not n else _of(n, "pair")


def _one_pair(row: pd.Series) -> str:
    copied = (
        f"on {row.one_copy} they ran versions of one copy" if row.one_copy else "no versions of one copy were found"
    )
    apart = (
        "events enough remain to hold the stage of reporting fixed"
        if row.separable == "yes"
        else "outlet and stage of reporting cannot be told apart"
    )
    length = "" if pd.isna(row.words) else f"; their reports have {row.words:,.0f} and {row.other_words:,.0f} words"
    median = " (median)" if length and row.n_events > 1 else ""
    pair = f"{row.outlet} and {row.other_outlet} share {_of(row.n_events, 'event')}"
    return f"{pair}: {copied}; {apart}{length}{median}."


def _coding(codings: pd.DataFrame | None, n_corrected: int, annotations: Annotations) -> list[str]:
    if codings is not None:
        codings = codings[codings.article_id.isin(annotations.articles.article_id)]
    if codings is None or codings.empty:
        return []
    coders = codings.groupby("article_id").n_coders.max()
    low, high = codings.inclusion.min(), codings.inclusion.max()
    chance = f"probability of {low:.2f}" if low == high else f"probability between {low:.2f} and {high:.2f}"
    drawn = f"drawn at random with a known {chance} [@cochran1977]" if low < 1 else "every article being drawn"
    twice = int((coders > 1).sum())
    by_two = "none of them" if not twice else "all of them" if twice == len(coders) else f"{twice:,} of them"
    who = {"people": "People", "models": "Language models"}.get("".join(codings.coded_by.unique()), "People and models")
    found = [
        f"{who} coded {len(coders):,} of the {_of(len(annotations.articles), 'article')} for "
        f"{_of(codings.measure.nunique(), 'measure')} [@krippendorff2018], {drawn}, {by_two} by two coders or more."
    ]
    if n_corrected:
        found.append(
            f"{_of(n_corrected, 'estimate')} {_is(n_corrected, 'was', 'were')} corrected by these codings for the "
            "error of the machine, at the level of articles [@angelopoulos2023ppi; @angelopoulos2023ppiplus; "
            f"@egami2023], and {_is(n_corrected, 'stands', 'stand')} beside what the machine alone and the coders "
            "alone give."
        )
    return found


def _multiverse(multiverse: Specifications | None) -> list[str]:
    if multiverse is None or not multiverse.run:
        return []
    failed = multiverse.failed
    fate = f"{failed:,} failed and {_is(failed)} shown as failed" if failed else "none failed"
    return [
        f"The comparison was run under {_of(multiverse.run, 'specification')} of its choices [@steegen2016; "
        f"@simonsohn2020]; {fate}."
    ]


def _software(study: Study, annotations: Annotations, seed: int) -> str:
    """With which software; which engines made the tables is known only where they were made from texts here."""
    from samestory import __version__
    from samestory.cache import engine_version

    tools = [f"SciPy {version('scipy')} [@virtanen2020]", f"pandas {version('pandas')} [@mckinney2010]"]
    if study.has_texts():
        engines = f" (engines {engine_version()[:8]})"
        tools.insert(0, f"spaCy {version('spacy')} [@honnibal2020]")
        shipped = ""
    else:
        engines = ""
        shipped = "The texts were not at hand; the tables are those that came with the study. "
    return (
        f"{shipped}All was computed with samestory {__version__}{engines} [@samestory], {listed(tools)}; figures were "
        "drawn with Matplotlib [@hunter2007], notebooks run with papermill [@papermill]. The seed of random draws is "
        f"{seed}."
    )
