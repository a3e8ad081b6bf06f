"""The suite: every engine on every gold that is on this machine, one row for each measure, gold and metric.

What cannot be scored stands in the table too, as "not yet measured" with the reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory.measures import MEASURES as COUNTED
from samestory.messages import no_path, no_such
from samestory.validation import certainty, chains, distinctive, external, naming, sourcing
from samestory.validation.agreement import score_agreement
from samestory.validation.article_values import PREFIX
from samestory.validation.comparisons import MEASURES
from samestory.validation.corpora import CorpusAbsentError
from samestory.validation.events import BASIL, score_events
from samestory.validation.gold import GoldError
from samestory.validation.own import FOLDERS, NEWS_CLUSTER, coded_for, coders, find_texts, own_gold, score_own, split_of
from samestory.validation.results import COLUMNS, MEASURED, NO_CODING, UNMEASURED, rounded
from samestory.validation.shared_copy import score_shared_copy
from samestory.validation.spans import Score

SEED = 20160718
GROUPS = ("events", "segments", "sourcing", "certainty", "framing", "claims", "reliability")
OWN = "own gold"
MODELS = "model coders"


class _Check(NamedTuple):
    """One corpus: the measures that it can judge, its name, what scores it, and who coded it."""

    measure: str
    gold: str
    score: Callable[[Path | None, int | None, int], Iterator[Score]]
    coders: str = "people"


CHECKS = (
    _Check("events", BASIL, partial(score_events, corpus=BASIL)),
    _Check("events", NEWS_CLUSTER, score_events),
    _Check("sourcing", "PolNeAR", sourcing.score_polnear),
    _Check("sourcing.quotes", "Gender Gap Tracker", sourcing.score_quotes),
    *(
        _Check("certainty", f"Szeged Uncertainty ({genre})", partial(certainty.score_by_rules, genre=genre))
        for genre in ("news", "wikipedia")
    ),
    *(
        _Check(
            "certainty",
            f"Szeged Uncertainty ({genre})",
            partial(certainty.score_held_out, name=name, part=part, genre=genre),
        )
        for genre, name, part in (
            ("news", "news_folds", "five folds, network"),
            ("news", "news_folds_weighed", "five folds, with rules"),
            ("wikipedia", "wikipedia_half", "half, from the other"),
        )
    ),
    _Check("certainty.score", "Science findings", certainty.score_ratings),
    _Check("framing.frames.policy", "SemEval-2023 frames", external.score_frames),
    _Check("framing.labels", chains.CORPUS, chains.score_chains),
    _Check("referents", NEWS_CLUSTER, naming.score_naming, MODELS),
    _Check("framing.labels.agency", NEWS_CLUSTER, naming.score_agency, MODELS),
    _Check(distinctive.MEASURE, distinctive.HALVES, distinctive.score_halves, NO_CODING),
    _Check(distinctive.MEASURE, distinctive.PAIRS, distinctive.score_pairs, NO_CODING),
)


def validate(
    gold_dir: Path | None = None,
    measures: Sequence[str] | None = None,
    limit: int | None = None,
    seed: int = SEED,
    progress: Callable[[str], object] | None = None,
    workers: int = 1,
) -> pd.DataFrame:
    """Score the engines against gold.

    ``gold_dir`` is a folder of own gold instead of the project's; ``measures`` chooses among events, segments,
    sourcing, certainty, framing, claims, reliability; ``limit`` takes so many documents of each corpus at most, for a
    quick look. ``progress`` is called with the name of each gold before it is scored. ``workers`` is the number of
    processes that annotate own gold; it changes no score.

    Columns: measure, gold, coders (people, model coders, or none), part, metric, n_documents, n_units (of gold),
    precision, recall, score (F1 where there is precision, else what the metric names), low, high (95 % over documents),
    status ("measured", "not yet measured"), reason. Raises GoldError where own gold breaks its format, ValueError for a
    measure that is none.
    """
    chosen = tuple(measures or GROUPS)
    if unknown := sorted(set(chosen) - set(GROUPS)):
        raise ValueError(no_such("measure", unknown, GROUPS))
    if gold_dir is not None and not Path(gold_dir).is_dir():
        raise GoldError(f"{no_path(gold_dir, 'folder of gold')}; without --gold the project's own is taken")
    rows: list[dict[str, object]] = []
    for check in CHECKS:
        if _group(check.measure) in chosen:
            _tell(progress, check.gold)
            rows += _external(check, limit, seed)
    folders = FOLDERS if gold_dir is None else (Path(gold_dir),)
    rows += _own(folders, chosen, limit, seed, progress, workers)
    if gold_dir is None and "segments" in chosen:
        _tell(progress, "shared copy")
        rows += [_measured(score, who) for who, score in score_shared_copy(seed)]
    return rounded(pd.DataFrame(rows, columns=list(COLUMNS)))


def _group(measure: str) -> str:
    if measure.startswith(PREFIX):
        return COUNTED[measure.removeprefix(PREFIX)].aspect
    first = measure.partition(".")[0]
    return "framing" if first == "referents" else first


def _external(check: _Check, limit: int | None, seed: int) -> Iterator[dict[str, object]]:
    try:
        for score in check.score(None, limit, seed):
            yield _measured(score, check.coders)
    except CorpusAbsentError as error:
        yield _unmeasured(check.measure, check.gold, str(error))
    except ImportError as error:
        yield _unmeasured(check.measure, check.gold, f"there is no engine for it yet ({error.name or error})")


def _own(
    folders: Sequence[Path],
    chosen: Sequence[str],
    limit: int | None,
    seed: int,
    progress: Callable[[str], object] | None,
    workers: int,
) -> Iterator[dict[str, object]]:
    gold = own_gold(folders)
    wanted = coded_for(gold, [table for table, measure in MEASURES.items() if _group(measure) in chosen])
    coded, around, absent = find_texts(wanted, split_of(folders[0]))
    for unread in absent:
        yield _unmeasured("all", unread.corpus, unread.reason) | {"n_documents": unread.n_documents}
    if limit is not None:
        coded = [text for n, text in enumerate(coded) if sum(t.corpus == text.corpus for t in coded[:n]) < limit]
        events = {text.article.event for text in coded}
        around = [article for article in around if article.event in events]
    seen: set[str] = set()
    if coded and set(chosen) - {"reliability"}:
        _tell(progress, OWN)
        try:
            for who, score in score_own(gold, coded, around, seed, workers):
                seen.add(_group(score.measure))
                if _group(score.measure) in chosen:
                    yield _measured(score, who)
        except ImportError as error:
            yield _unmeasured("all", OWN, f"there is no engine for it yet ({error.name or error})")
            seen |= set(GROUPS)
    if "reliability" in chosen:
        yield from _reliability(gold, seed)
    for measure in dict.fromkeys(_group(name) for name in MEASURES.values()):
        if measure in chosen and measure not in seen:
            yield _unmeasured(measure, OWN, "no own gold for it yet")


def _reliability(gold: pd.DataFrame, seed: int) -> Iterator[dict[str, object]]:
    found = False
    for note, score in score_agreement(gold, seed):
        found = True
        yield _measured(score._replace(reason=note), coders(gold))
    if not found:
        yield _unmeasured("reliability", OWN, "no text was coded by two coders yet")


def _measured(score: Score, who: str) -> dict[str, object]:
    return {**score._asdict(), "coders": who, "status": MEASURED}


def _unmeasured(measure: str, gold: str, reason: str) -> dict[str, object]:
    return {"measure": measure, "gold": gold, "status": UNMEASURED, "reason": reason}


def _tell(progress: Callable[[str], object] | None, what: str) -> None:
    if progress is not None:
        progress(what)
