"""What coders found, as values of articles: for estimates that are corrected by them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from samestory.coders import kind_of
from samestory.coding.questions import BY_VOICE, below
from samestory.coding.reading import Codings
from samestory.coding.record import CodingError, Round
from samestory.coding.rounds import coding_folder, rounds_of
from samestory.files import read_csv

if TYPE_CHECKING:
    from samestory.study import Study

CODINGS = "codings.csv"
KINDS = {
    "round": "string", "article_id": "string", "measure": "string", "numerator": "Float64", "denominator": "Float64",
    "inclusion": "Float64", "n_sentences": "Int64", "n_missing": "Int64", "n_coders": "Int64", "coded_by": "string",
    "undecided": "Int64",
}  # fmt: skip


def article_values(codings: Codings, round_: Round, *, models: bool = False) -> pd.DataFrame:
    """The human value of each coded article and measure, text-free.

    Columns: round, article_id, measure; numerator and denominator, sums over the article's sentences, weighted up
    where only some sentences were drawn; inclusion, the probability of the article to be drawn; n_sentences coded for
    the measure; n_missing, drawn but not coded; n_coders; coded_by, people, models or both; undecided, sentences on
    which coders differ and nobody has decided. With ``models`` all coders are language models, whatever their names.

    An item's value is what was decided, else the mean of its coders. The numerator is null while a drawn sentence is
    not coded; articles of which nothing is coded have no row. A denominator in words is null: words are counted in
    the table ``measures``. Words by voice are the coders' own where ``attributed_words`` was coded.
    """
    items = _items(codings, round_)
    rows = []
    for article_id, part in round_.key.groupby("article_id", sort=True):
        for measure in round_.measures:
            row = _value(part, items, _keys(measure, round_), own_words=measure == "hedge_outlet")
            if row is not None:
                rows.append({"round": round_.name, "article_id": article_id, "measure": measure, **row})
    data = pd.DataFrame(rows, columns=list(KINDS)).astype(KINDS)
    if models:
        data["coded_by"] = "models"
    return data.assign(**{name: data[name].round(6) for name in ("numerator", "denominator")})


class _Items(NamedTuple):
    """Tables with a row for each item and a column for each question."""

    value: pd.DataFrame
    undecided: pd.DataFrame
    coders: pd.DataFrame


def _items(codings: Codings, round_: Round) -> _Items:
    index = {"index": round_.key.item_id.tolist(), "columns": [question.key for question in round_.questions]}
    codes, decisions = codings.codes, codings.decisions
    decided = decisions.pivot(index="item_id", columns="question", values="value").reindex(**index).astype("Float64")
    groups = codes.groupby(["item_id", "question"])
    means = groups.value.mean().unstack().reindex(**index).astype("Float64")
    differ = groups.value.nunique().unstack().reindex(**index).fillna(0) > 1
    coders = groups.coder.agg(frozenset).unstack().reindex(**index)
    return _Items(decided.combine_first(means)[index["columns"]], differ & decided.isna(), coders)


def _value(part: pd.DataFrame, items: _Items, keys: list[str], own_words: bool) -> dict[str, object] | None:
    """What coders found in one article; ``keys`` are the questions of numerator and denominator."""
    ids = part.item_id.tolist()
    table = items.value.loc[ids, keys]
    coded = table.notna().all(axis=1)
    if not coded.any():
        return None
    complete = bool(coded.all())
    chance = float(part.sentence_inclusion.iloc[0])
    sums = table.sum() / chance
    denominator = None
    if complete and len(keys) > 1:
        denominator = part.n_words.sum() / chance - sums[keys[1]] if own_words else sums[keys[1]]
    coders = [who for column in keys for who in items.coders.loc[ids, column] if isinstance(who, frozenset)]
    return {
        "numerator": sums[keys[0]] if complete else None,
        "denominator": denominator,
        "inclusion": float(part.inclusion.iloc[0]),
        "n_sentences": int(coded.sum()),
        "n_missing": int((~coded).sum()),
        "n_coders": len(who := frozenset[str]().union(*coders)),
        "coded_by": kind_of(who),
        "undecided": int(items.undecided.loc[ids, keys].any(axis=1).sum()),
    }


def _keys(measure: str, round_: Round) -> list[str]:
    """The question of the numerator, and that of the denominator where coders count it."""
    if measure in BY_VOICE:
        return [measure, "attributed_words"] if "attributed_words" in round_.measures else [measure]
    return [measure, *filter(None, [below(measure)])]


def human_values(where: Path | Study) -> pd.DataFrame:
    """The values that coders found (see :func:`article_values`): of one round's folder, or of all rounds of a study.

    They are what ``samestory agree`` wrote last as ``codings.csv``. Of a study whose rounds were not read yet the
    table is empty (:func:`unread_rounds` names them); of a round's folder that is an error.
    """
    if isinstance(where, Path):
        try:
            return read_csv(where / CODINGS, KINDS)
        except FileNotFoundError as error:
            raise CodingError(f"{where}: no {CODINGS} there; samestory agree {where} writes it") from error
    found = [human_values(path.parent) for path in sorted(coding_folder(where).glob(f"*/{CODINGS}"))]
    return pd.concat(found, ignore_index=True) if found else pd.DataFrame(columns=list(KINDS)).astype(KINDS)


def unread_rounds(study: Study) -> list[str]:
    """Rounds that were drawn and whose sheets ``samestory agree`` has not read."""
    return [folder.name for folder in rounds_of(study) if not (folder / CODINGS).is_file()]
