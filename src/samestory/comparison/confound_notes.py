"""What differs between outlets besides the outlet, in words: a note for a row of a table, sentences for a reader."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

import pandas as pd

from samestory.comparison.confounds import FEWEST_ARTICLES
from samestory.comparison.saying import listed, plural
from samestory.comparison.timing import timing, timing_note
from samestory.measures import MEASURES
from samestory.statistics.refusals import ALPHA
from samestory.tables import SEPARATOR

if TYPE_CHECKING:
    from samestory.annotation import Annotations

PAIRS_SAID = 4  # pairs of outlets that a sentence names; the others it counts
MEASURES_SAID = 6
WITH_LENGTH = "goes with length"


def confound_note(row) -> str:
    """The confounds of one pair of outlets, a row of :func:`samestory.comparison.confounds.confounds`, in short.

    Empty where copy, stage and length are no reason for a difference.
    """
    if not row.n_events:
        return "no event that both cover"
    parts = []
    if row.one_copy:
        parts.append(f"one copy on {row.one_copy} of {_events(row.n_events)}")
    elif row.one_agency:
        parts.append(f"copy of one agency on {row.one_agency} of {_events(row.n_events)}")
    if row.separable == "unknown":
        parts.append("stage unknown")
    elif row.separable == "no":
        parts.append(f"outlet or stage: {_order(row)}")
    if _clear(row.one_is_longer):
        word, n = ("longer", row.longer_in) if row.longer_in > row.shorter_in else ("shorter", row.shorter_in)
        parts.append(f"{word} on {n} of {_events(row.n_events)}")
    return "; ".join(parts)


def noted(contrasts: pd.DataFrame, told: pd.DataFrame, effects: pd.DataFrame | None = None) -> pd.DataFrame:
    """A table of contrasts with a column ``note``: the confounds of its pair, null where there are none.

    ``told`` is what :func:`samestory.comparison.confounds.confounds` gives, ``effects`` what ``length_effects`` gives:
    where one outlet's reports are the longer ones, the note says of a measure that goes with length that it does.
    """
    notes = {(row.outlet, row.other_outlet): confound_note(row) for row in told.itertuples()}
    differ = {(row.outlet, row.other_outlet) for row in told.itertuples() if _clear(row.one_is_longer)}
    varying = set() if effects is None else {(row.measure, row.outlet) for row in _varying(effects).itertuples()}
    found = []
    for row in contrasts.itertuples():
        pair = (row.outlet, row.other_outlet)
        name = row.measure.partition(".")[0]
        goes = pair in differ and any((name, outlet) in varying for outlet in pair)
        parts = [part for part in (notes.get(pair, ""), WITH_LENGTH if goes else "") if part]
        found.append("; ".join(parts) or pd.NA)
    return contrasts.assign(note=pd.Series(found, index=contrasts.index, dtype="string"))


def confound_sentences(annotations: Annotations, told: pd.DataFrame, effects: pd.DataFrame | None = None) -> list[str]:
    """What else differs between the outlets' reports, as limits of their comparison: copy, stage, length, topic."""
    articles = annotations.articles
    pairs = told[told.n_events > 0].sort_values("n_events", ascending=False, kind="stable")
    order = _stage(pairs) if articles.event.nunique() != 1 else []
    return [*_copy(pairs), *_agency(articles), *_untimed(articles), *order, *_length(pairs, effects), *_topic(pairs)]


def study_confounds(articles: pd.DataFrame) -> list[str]:
    """The same in sum, from the table ``articles`` alone: times that are unknown, stages that differ, agency copy."""
    return [*_untimed(articles), *_later(articles), *_agency(articles)]


def confound_table(told: pd.DataFrame) -> pd.DataFrame:
    """What :func:`samestory.comparison.confounds.confounds` gives, for readers: a row for each pair.

    Columns: outlet, other outlet, events (that both cover), one copy (events), shared text (of the outlet's and of the
    other's, in per cent), earlier, within an hour, later, order unknown (events), stage apart (whether it can be told
    from the outlet), words (of a median report of either), longer on (events, for either), alone (events of either).
    """
    rows = [
        {"outlet": row.outlet, "other outlet": row.other_outlet, "events": row.n_events, "one copy": row.one_copy,
         "shared text": _either(row.shared, row.other_shared, " %"), "earlier": row.earlier,
         "within an hour": row.same_stage, "later": row.later, "order unknown": row.unknown_stage,
         "stage apart": row.separable, "words": _either(row.words, row.other_words),
         "longer on": _either(row.longer_in, row.shorter_in), "alone": _either(row.only_here, row.only_there)}
        for row in told.itertuples()
    ]  # fmt: skip
    columns = ["outlet", "other outlet", "events", "one copy", "shared text", "earlier", "within an hour", "later",
               "order unknown", "stage apart", "words", "longer on", "alone"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _either(own: object, other: object, unit: str = "") -> object:
    return pd.NA if pd.isna(own) or pd.isna(other) else f"{own:,.0f} / {other:,.0f}{unit}"


def stage_counts(told: pd.DataFrame) -> pd.DataFrame:
    """The events of each pair by stage, to be drawn: outlet, other_outlet, earlier, same, later, unknown."""
    kept = told[told.n_events > 0]
    renamed = kept.rename(columns={"same_stage": "same", "unknown_stage": "unknown"})
    return renamed[["outlet", "other_outlet", "earlier", "same", "later", "unknown"]].reset_index(drop=True)


def stage_headline(told: pd.DataFrame) -> str:
    """What the counts of :func:`stage_counts` say, as the title of their figure."""
    pairs = told[told.n_events > 0]
    n = int((pairs.separable == "yes").sum())
    if pairs.empty:
        return "Who reports first: it takes two outlets that tell of one event"
    if n == len(pairs):
        return "Stage of reporting can be held fixed for every pair of outlets"
    if n:
        return f"Stage of reporting can be held fixed for {n} of {len(pairs)} pairs of outlets"
    if (pairs.separable == "unknown").all():
        return "Which outlet reported first is known of no event"
    return "Outlet and stage of reporting cannot be told apart" + (" for any pair" if len(pairs) > 1 else "")


def check_headline(checked: pd.DataFrame) -> str:
    """What :func:`samestory.comparison.confounds.stage_check` finds, in a sentence."""
    if checked.empty:
        return "No contrast that holds could be looked at with the stage of reporting held fixed."
    keys = ["measure", "outlet", "other_outlet"]
    kept = checked.same_sign.fillna(False).groupby([checked[key] for key in keys], sort=False).all()
    turned = [f"{measure}, {outlet} against {other}" for measure, outlet, other in kept[~kept].index[:PAIRS_SAID]]
    n = int(kept.sum())
    said = f"{n} of {len(kept)} {plural(len(kept), 'contrast')} that could be looked at"
    said += f" {'keeps its' if n == 1 else 'keep their'} sign with the stage of reporting held fixed"
    return f"{said}; not so: {'; '.join(turned)}." if turned else f"{said}."


def _clear(flag: object) -> bool:
    return flag is not pd.NA and bool(flag)


def _varying(effects: pd.DataFrame) -> pd.DataFrame:
    return effects[effects.q < ALPHA]


def _order(row) -> str:
    """How often an outlet is earlier, later, of one stage: "later on 4 events, never earlier, unknown on 2"."""
    counts = [("earlier", row.earlier), ("later", row.later)]
    counts.sort(key=lambda pair: -pair[1])
    counts += [("within an hour", row.same_stage), ("unknown", row.unknown_stage)]
    words = [f"{word} on {n}" for word, n in counts if n]
    if max(row.earlier, row.later) > 0 == min(row.earlier, row.later):
        words.insert(1, f"never {counts[1][0]}")
    return ", ".join(words)


def _named(pairs: pd.DataFrame, say: Callable[..., str]) -> str:
    """Some pairs, each with what is to be said of it; the rest counted."""
    said = [say(row) for row in pairs.head(PAIRS_SAID).itertuples()]
    rest = len(pairs) - len(said)
    return "; ".join(said) + (f"; and {rest} more {plural(rest, 'pair')}" if rest else "")


def _events(n: int) -> str:
    return f"{n} {plural(n, 'event')}"


def _copy(pairs: pd.DataFrame) -> list[str]:
    found = []
    copies = pairs[pairs.one_copy > 0].sort_values("one_copy", ascending=False, kind="stable")
    if len(copies):
        told = _named(
            copies,
            lambda row: (
                f"{row.outlet} and {row.other_outlet} on {row.one_copy} of {_events(row.n_events)} "
                f"({row.shared:.0f} % of {row.outlet}'s text stands in {row.other_outlet}'s reports)"
            ),
        )
        found.append(
            f"Versions of one copy: {told}. There a difference is what one outlet edited, not what two newsrooms found."
        )
    wired = pairs[pairs.one_agency > pairs.one_copy].sort_values("one_agency", ascending=False, kind="stable")
    if len(wired):
        told = _named(wired, lambda r: f"{r.outlet} and {r.other_outlet} on {r.one_agency} of {_events(r.n_events)}")
        found.append(f"Copy of one agency, if not the same words: {told}. Such reports are not independent.")
    return found


def _agency(articles: pd.DataFrame) -> list[str]:
    borrowed = articles[articles.agency.notna() & (articles.agency != articles.outlet)]
    if borrowed.empty:
        return []
    return [
        f"Agency copy in {len(borrowed)} of {len(articles)} articles: what is found there is the agency's wording "
        "first, and the outlet's choice to run it."
    ]


def _untimed(articles: pd.DataFrame) -> list[str]:
    """Which times of publication are unknown; of one event, all that its times let be said."""
    if len(articles) < 2:
        return []
    if articles.event.nunique() == 1:
        return [note] if (note := timing_note(articles)) else []
    unknown = int((articles.published_precision == "unknown").sum())
    if not unknown:
        return []
    verb, they = ("does", "it was") if unknown == 1 else ("do", "they were")
    return [
        f"{unknown} of {len(articles)} articles {verb} not say when {they} published; there an update and a conflict "
        "cannot be told apart."
    ]


def _later(articles: pd.DataFrame) -> list[str]:
    """On how many of several events some report is surely later than another."""
    if articles.event.nunique() == 1:
        return []
    told = [timing(part) for _, part in articles.dropna(subset="event").groupby("event")]
    differing = sum((times.stage == "later").any() for times in told)
    if not differing:
        return []
    return [
        f"In {differing} of {len(told)} events some outlet's report is surely later than another's by an hour or more. "
        "A difference between them may be one of stage, earlier against later, and not of outlet."
    ]


def _stage(pairs: pd.DataFrame) -> list[str]:
    found = []
    mixed = pairs[pairs.separable == "no"]
    if len(mixed):
        told = _named(mixed, lambda row: f"{row.outlet} against {row.other_outlet} ({_order(row)})")
        found.append(
            f"Outlet and stage of reporting cannot be told apart: {told}. Any difference there may be one of stage, "
            "earlier against later: to hold it fixed takes six events within an hour, or six of either order."
        )
    unknown = pairs[pairs.separable == "unknown"]
    if len(unknown):
        told = _named(unknown, lambda row: f"{row.outlet} and {row.other_outlet}")
        found.append(
            f"Which report came first is known of no event that both cover: {told}. Any difference there may be one of "
            "stage."
        )
    return found


def _length(pairs: pd.DataFrame, effects: pd.DataFrame | None) -> list[str]:
    longer = pairs[pairs.one_is_longer.fillna(False)]
    if longer.empty:
        return _lengths(pairs) if pairs.one_is_longer.isna().all() else []
    found = [
        f"One outlet's reports are the longer ones: {_named(longer, _how_much_longer)}. A longer report has room for "
        "more sources, and rates per 1,000 words tend to fall with length."
    ]
    if effects is None:
        return found
    varying = _varying(effects).sort_values("q", kind="stable")
    if len(varying):
        said = [
            f"{MEASURES[row.measure].label.lower()} ({row.outlet}, {row.rho:.2f})"
            for row in varying.head(MEASURES_SAID).itertuples()
        ]
        rest = len(varying) - len(said)
        more = f", and {rest} more" if rest else ""
        found.append(
            f"With length go (Spearman's rank correlation within an outlet, q < .05): {', '.join(said)}{more}. "
            "A difference of these may be one of length."
        )
    elif effects.empty:
        found.append(
            f"Whether a measure goes with length cannot be said: no outlet has {FEWEST_ARTICLES} articles here."
        )
    return found


def _lengths(pairs: pd.DataFrame) -> list[str]:
    """The lengths where events are too few to say that one outlet's reports are the longer ones."""
    sides = [pairs[["outlet", "words"]], pairs[["other_outlet", "other_words"]].set_axis(["outlet", "words"], axis=1)]
    medians = pd.concat(sides).dropna().groupby("outlet").words.median().sort_values(kind="stable")
    if len(medians) < 2 or medians.iloc[0] == medians.iloc[-1]:
        return []
    return [
        f"Reports differ in length, from {medians.iloc[0]:,.0f} counted words ({medians.index[0]}) to "
        f"{medians.iloc[-1]:,.0f} ({medians.index[-1]}): a longer report has room for more sources, and rates per "
        "1,000 words tend to fall with length."
    ]


def _how_much_longer(row) -> str:
    first = row.longer_in > row.shorter_in
    outlet, other = (row.outlet, row.other_outlet) if first else (row.other_outlet, row.outlet)
    words, fewer = (row.words, row.other_words) if first else (row.other_words, row.words)
    n = max(row.longer_in, row.shorter_in)
    return f"{outlet}'s than {other}'s on {n} of {_events(row.n_events)} (median {words:,.0f} words, {fewer:,.0f})"


def _topic(pairs: pd.DataFrame) -> list[str]:
    apart = pairs[(pairs.only_here > 0) | (pairs.only_there > 0)]
    if apart.empty:
        return []
    told = _named(
        apart,
        lambda row: (
            f"{row.outlet} and {row.other_outlet} share {row.n_events}, {row.outlet} has {row.only_here} and "
            f"{row.other_outlet} {row.only_there} alone"
        ),
    )
    found = [f"Contrasts use the events that both cover, which holds the topic fixed: {told}."]
    frames: dict[str, set[str]] = {}
    for row in apart.itertuples():
        for outlet, names in ((row.outlet, row.frames_here), (row.other_outlet, row.frames_there)):
            if pd.notna(names):
                frames.setdefault(outlet, set()).update(names.split(SEPARATOR))
    if frames:
        said = [f"{outlet} {listed(sorted(n.replace('_', ' ') for n in own))}" for outlet, own in frames.items()]
        found.append(
            f"Where an outlet is without the other its articles carry other frames more often: {'; '.join(said)}. "
            "What holds on shared events need not hold there."
        )
    return found
