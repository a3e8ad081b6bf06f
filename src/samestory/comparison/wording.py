"""Distinctive words: what each outlet writes more than the others on shared events, and what chance makes of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.comparison.saying import plural
from samestory.texts import known_texts

if TYPE_CHECKING:
    from samestory.annotation import Annotations


class Wording(NamedTuple):
    """The words that tell outlets apart, and what stands beside them.

    ``words`` is the table of :func:`samestory.framing.find_distinctive`; ``chance`` has a row an outlet, with the words
    that stand out as the outlets are and where chance exchanges them; ``bands`` the span of each word's z by chance;
    ``masks`` what was masked; ``compared`` how many words were.
    """

    words: pd.DataFrame
    chance: pd.DataFrame
    bands: pd.DataFrame
    masks: pd.DataFrame
    compared: pd.DataFrame


def wording(annotations: Annotations, masks: Mapping[str, Sequence[str]] | None = None, seed: int = 0) -> Wording:
    """The words of each outlet's counted text on shared events; all tables are empty where texts are missing.

    ``masks`` gives further names of an outlet (:meth:`samestory.study.Study.outlet_masks`). ``chance`` has the columns
    outlet, n_words, n_tested, log_odds, log_odds_chance, log_odds_low, log_odds_high, test (words that the test calls),
    test_chance; see :func:`samestory.framing.null_distinctive`.
    """
    from samestory.framing import count_texts, find_distinctive, null_distinctive
    from samestory.framing.distinctive import ALPHA, COLUMNS

    texts = _counted_texts(annotations)
    if texts.outlet.nunique() < 2:
        chance = ["outlet", "n_words", "n_tested", "log_odds", "log_odds_chance", "log_odds_low", "log_odds_high",
                  "test", "test_chance"]  # fmt: skip
        bands, listed = ["outlet", "word", "z_low", "z_high"], ["outlet", "mask", "kind", "count"]
        compared = ["outlet", "n_events", "words", "even_words", "briefs"]
        return Wording(*(pd.DataFrame(columns=list(names)) for names in (COLUMNS, chance, bands, listed, compared)))
    counted = count_texts(texts, masks=masks)
    words = find_distinctive(counted, seed=seed)
    null = null_distinctive(counted, seed=seed)
    called = (words.q < ALPHA).groupby(words.outlet).sum()
    chance_table = null.outlets.copy()
    chance_table.insert(7, "test", chance_table.outlet.map(called).fillna(0).astype("int64"))
    return Wording(words, chance_table, null.words, counted.masks, counted.compared)


def top_words(words: pd.DataFrame, most: int = 5) -> pd.DataFrame:
    """Of a table of words, the ``most`` that each outlet uses more than the others; those that the test calls first."""
    from samestory.framing.distinctive import ALPHA

    columns = ["outlet", "word", "count", "other_count", "log_odds", "n_events", "difference", "low", "high", "p", "q",
               "refusal"]  # fmt: skip
    more = words[words.log_odds > 0]
    more = more.assign(called=more.q < ALPHA).sort_values(["outlet", "called", "z", "word"],
                                                           ascending=[True, False, False, True])  # fmt: skip
    return more.groupby("outlet", sort=True).head(most)[columns].reset_index(drop=True)


def word_passages(annotations: Annotations, word: str, outlet: str | None = None, most: int = 3) -> pd.DataFrame:
    """Where a word stands in the counted text of events, at most ``most`` times an outlet, each article once first.

    Columns: article_id, start, end, outlet, word. A word is found in every form that is read as it.
    """
    from samestory.framing.house_style import read_words

    columns = ["article_id", "start", "end", "outlet", "word"]
    rows = []
    for text in _counted_texts(annotations).itertuples():
        if outlet is not None and text.outlet != outlet:
            continue
        found = [w for w in read_words(text.text).words if w.word == word]
        rows += [
            (nth, text.article_id, *_in_article(text.pieces, w.start, w.end), text.outlet, word)
            for nth, w in enumerate(found)
        ]
    rows.sort(key=lambda row: (row[4], row[0], row[1], row[2]))
    table = pd.DataFrame([row[1:] for row in rows], columns=columns)
    return table.groupby("outlet", sort=True).head(most).reset_index(drop=True)


def _counted_texts(annotations: Annotations) -> pd.DataFrame:
    """The counted text of each article that has an event. Columns: article_id, event, outlet, text, pieces."""
    from samestory.tables import COUNTED_SEGMENTS

    texts = known_texts(annotations.texts)
    counted = annotations.segments[annotations.segments.segment.isin(COUNTED_SEGMENTS)]
    spans = {
        name: [(int(s), int(e)) for s, e in zip(own.start, own.end, strict=True)]
        for name, own in counted.groupby("article_id")
    }
    rows = [
        (a.article_id, a.event, a.outlet, "\n".join(texts[a.article_id][s:e] for s, e in spans.get(a.article_id, [])),
         spans.get(a.article_id, []))
        for a in annotations.articles.dropna(subset="event").itertuples()
        if a.article_id in texts
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=["article_id", "event", "outlet", "text", "pieces"])


def _in_article(pieces: Sequence[tuple[int, int]], start: int, end: int) -> tuple[int, int]:
    """Offsets in joined pieces as offsets in the article."""
    at = 0
    for first, last in pieces:
        if start < at + last - first:
            return first + start - at, first + end - at
        at += last - first + 1  # the line end that joins them
    raise ValueError(f"{start} to {end} lies in no piece")


def wording_finding(found: Wording) -> str:
    """How many words stand out by log-odds, how many by chance alone, and which the test calls."""
    if found.chance.empty:
        return "No words can be compared: no two outlets have text on the same event."
    if not found.chance.log_odds.any() and not found.chance.n_tested.any():
        return "No word of these outlets stands out by log-odds, and there are too few shared events to test any."
    if len(found.chance) == 2:  # the words of the one are those of the other, the other way round
        row = next(found.chance.itertuples())
        text = (
            f"{row.log_odds:,} of {row.n_words:,} words stand out between {' and '.join(found.chance.outlet)} by "
            f"log-odds; {_rounded(row.log_odds_chance)} would by chance alone"
        )
    else:
        each = [f"{r.log_odds:,} for {r.outlet} ({_rounded(r.log_odds_chance)})" for r in found.chance.itertuples()]
        text = f"Words that stand out by log-odds, and how many would by chance alone: {', '.join(each)}"
    every = top_words(found.words, most=len(found.words))
    called = found.words[found.words.q < 0.05]
    n = called.word.nunique()
    more = every[every.q < 0.05].groupby("outlet", sort=True)
    listed = [f"{outlet}: {', '.join(own.word.head(5))}" for outlet, own in more]
    said = f" (more in {'; '.join(listed)})" if listed else ""
    return f"{text}. {n} {'passes' if n == 1 else 'pass'} the test{said}."


def wording_title(found: Wording) -> str:
    """How many words pass the test of difference, as the title of a figure."""
    if found.chance.empty:
        return "No words can be compared: it takes two outlets that tell of the same event"
    called = found.words[found.words.q < 0.05].sort_values(["q", "z"], ascending=[True, False]).word.unique()
    if len(called):
        named = f": {', '.join(called[:3])}{' and others' if len(called) > 3 else ''}"
        return f"{len(called)} {'word passes' if len(called) == 1 else 'words pass'} the test of difference{named}"
    if not found.chance.n_tested.any():
        return "Too few shared events to test whether any word sets these outlets apart"
    return "No word passes the test of difference between these outlets"


def _rounded(number: float) -> str:
    return f"{number:.1f}" if number < 10 else f"{number:.0f}"


def limits(found: Wording) -> list[str]:
    """What the comparison of words leaves out, counted: words not tested, copy that was thinned, texts too short."""
    shared = dict(zip(found.compared.outlet, found.compared.n_events, strict=True))
    untested: dict[str, list[str]] = {}
    for row in found.chance.itertuples():
        if shared[row.outlet] < 6:
            reason = (
                f"No word is tested: only {shared[row.outlet]} {plural(shared[row.outlet], 'event')} shared with "
                "another outlet, and 6 are needed; the words are description only"
            )
            untested.setdefault(reason, []).append(row.outlet)
        elif row.n_tested < row.n_words:
            reason = (
                f"{row.n_words - row.n_tested} of {row.n_words} words are not tested: the outlets differ in them on "
                "fewer than 6 events"
            )
            untested.setdefault(reason, []).append(row.outlet)
    said = [f"{reason} ({', '.join(outlets)})." for reason, outlets in untested.items()]
    words, even = int(found.compared["words"].sum()), int(found.compared.even_words.sum())
    if even < words:
        said.append(
            f"The test compares as many words of each outlet on an event, since longer copy uses more rare words: "
            f"{even:,} of {words:,} at a time."
        )
    for row in found.compared[found.compared.briefs > 0].itertuples():
        said.append(
            f"{row.briefs} {plural(row.briefs, 'text')} of {row.outlet} {'is' if row.briefs == 1 else 'are'} left "
            "out: shorter than a third of what the outlets write on the event."
        )
    return said
