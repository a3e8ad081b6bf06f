"""How the signs were weighed that tell the event's own sizes, dates and places from others', and how well they do.

Run ``python -m samestory.training.relevance`` for the scores by cross-validation over events, with ``--write`` to
replace the shipped weights. Learnt from the development part of the project's own gold (``data/gold``): a logistic
regression with an L2 penalty, of which one set of weights holds for all and one for each kind. Only names of signs and
their weights leave the articles.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from samestory.claims.extraction import read_counts
from samestory.claims.relevance import GROUPS, LEAST, TABLE, WEIGHED, Statement, signs
from samestory.document import Document
from samestory.segments import segment
from samestory.segments.recurring import find_recurring
from samestory.validation.codings import Unit, read_coding
from samestory.validation.own import FOLDERS, find_texts, own_gold, split_of

PENALTY = 3.0
OWN_PENALTY = 6.0  # for the weights of one kind
FEWEST = 5  # statements that hold a sign
STEPS = 60

Sign = tuple[str, str]


class Example(NamedTuple):
    """A statement with its signs, its kind, the event of its article, and whether coders say that it is about it."""

    signs: Mapping[str, float]
    group: str
    event: str
    about: bool


def read_examples() -> list[Example]:
    """Sizes, dates and places of the development articles whose claims are coded."""
    gold = own_gold()
    coded, around, _ = find_texts(gold, split_of(FOLDERS[0]))
    recurring = find_recurring(around)
    claims = read_coding(gold).units["claims"]
    found: list[Example] = []
    for text in coded:
        article = text.article
        if text.part != "development" or article.text_sha256 not in claims or article.event is None:
            continue
        document = Document(article.article_id, article.text, segment(article, recurring.get(article.article_id, ())))
        story, sentences = read_counts(document.parse, article.published)
        statements = [c.statement() for counts in sentences for c in counts if c.role in WEIGHED]
        for statement, about in _labelled(statements, claims[article.text_sha256]):
            found.append(Example(signs(story, statement), GROUPS[statement.role], article.event, about))
    return found


def _labelled(statements: Sequence[Statement], units: Sequence[Unit]) -> Iterator[tuple[Statement, bool]]:
    """Statements with what the coders say, but for uncoded sizes, and places named again after they were claimed."""
    claimed: set[str] = set()
    for statement in statements:
        same = [u for u in units if u.codes.get("role") == statement.role and _touch(u, statement)]
        if statement.role == "size":
            if same:
                yield statement, same[0].codes.get("about") == "this_event"
            continue
        name = (statement.name or "").lower()
        if statement.role == "place" and name in claimed:
            continue
        if same and statement.role == "place":
            claimed.add(name)
        yield statement, bool(same)


def _touch(unit: Unit, statement: Statement) -> bool:
    return any(start < statement.end and statement.start < end for start, end in unit.spans.get("span", ()))


def fit(examples: Sequence[Example]) -> dict[Sign, float]:
    """The weights of a penalized logistic regression (Newton's method), by group or "all" and sign."""
    held = Counter(key for example in examples for key in _keys(example))
    names = sorted(key for key, n in held.items() if n >= FEWEST)
    table = _table(examples, names)
    about = np.array([example.about for example in examples], dtype=float)
    penalty = np.array([PENALTY if group == "all" else OWN_PENALTY for group, _ in names])
    penalty[[n for n, (_, sign) in enumerate(names) if sign == "constant"]] *= 0.05
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-table @ weights))
        slope = table.T @ (chance - about) + penalty * weights
        curve = (table.T * (chance * (1 - chance))) @ table + np.diag(penalty)
        step = np.linalg.solve(curve, slope)
        weights -= step
        if np.abs(step).max() < 1e-6:
            break
    return dict(zip(names, weights.tolist(), strict=True))


def _keys(example: Example) -> Iterator[Sign]:
    for sign in example.signs:
        yield "all", sign
        yield example.group, sign


def _table(examples: Sequence[Example], names: Sequence[Sign]) -> np.ndarray:
    place = {name: n for n, name in enumerate(names)}
    table = np.zeros((len(examples), len(names)))
    for row, example in enumerate(examples):
        for group, sign in _keys(example):
            if (group, sign) in place:
                table[row, place[group, sign]] = example.signs[sign]
    return table


def cross_validate(examples: Sequence[Example]) -> Iterator[tuple[str, int, float, float]]:
    """For each kind: examples, F1 of what is about the event, and accuracy; the events of a fold are left out."""
    chances = np.zeros(len(examples))
    for event in sorted({example.event for example in examples}):
        weights = fit([example for example in examples if example.event != event])
        left = [n for n, example in enumerate(examples) if example.event == event]
        scores = _table([examples[n] for n in left], list(weights)) @ np.array(list(weights.values()))
        chances[left] = 1 / (1 + np.exp(-scores))
    about = np.array([example.about for example in examples])
    for role in WEIGHED:
        of_role = np.array([example.group == GROUPS[role] for example in examples])
        said = (chances >= LEAST[role]) & of_role
        right = float((said & about).sum())
        f1 = 2 * right / max(1.0, float(said.sum() + (about & of_role).sum()))
        yield role, int(of_role.sum()), f1, float((said == about)[of_role].mean())


def main(arguments: Sequence[str]) -> None:
    """Print the scores; with ``--write`` fit on all examples and replace the shipped table."""
    examples = read_examples()
    for role, count, f1, accuracy in cross_validate(examples):
        print(f"{role}: {count} statements, F1 {f1:.3f}, accuracy {accuracy:.3f}")
    if "--write" in arguments:
        with TABLE.open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file, lineterminator="\n")
            writer.writerow(("group", "sign", "weight"))
            for (group, sign), weight in sorted(fit(examples).items()):
                if abs(weight) >= 0.005:
                    writer.writerow((group, sign, round(weight, 3)))


if __name__ == "__main__":
    main(sys.argv[1:])
