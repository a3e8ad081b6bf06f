"""Rows of paragraphs that say the same, article beside article.

The articles are aligned one after another, as sequences are in progressive alignment (Feng and Doolittle 1987): the
first gives the rows; each further one is laid against the rows so far by dynamic programming, which keeps the order of
both sides and takes the set of pairs that share most. Two paragraphs share the characters that the tables ``reuse`` and
``edits`` say are one copy; the facts that ``claim_relations`` set beside each other, a fact being worth as much as a
line of copy; and, for less, a referent that few paragraphs name. Two headlines always meet. A paragraph that stands
split in another article meets all its parts. What shares nothing stands alone, in its own column beside whatever rows
the other articles have there, so that no column waits for another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations, product
from typing import TYPE_CHECKING, NamedTuple

from samestory.comparison.saying import listed
from samestory.comparison.versions import SHARED, versions
from samestory.figures.reading.units import Unit
from samestory.figures.reading.words import worded

if TYPE_CHECKING:
    from samestory.annotation import Annotations

ENOUGH = 40  # characters of copy from which on two paragraphs meet
FACT, MOMENT = 80, 40  # characters that a shared fact is worth, and a shared date or place, which many paragraphs have
NAMED, SELDOM = 30, 3  # a shared referent, and in how many paragraphs of each article it may be named at most
HEADLINE = 100_000  # more than anything else
# What a fact is worth a row for; what cannot be set beside each other gives none.
RELATED = ("agree", "differ_in_precision", "update", "conflict", "differ")

Place = tuple[str, int]  # an article and the number of a unit
Cells = dict[str, list[int]]  # of each article, the numbers of its units in a row


class Tie(NamedTuple):
    """What two paragraphs share: characters of one copy, facts as role and relation, names of referents; or that both
    are headlines."""

    copied: int = 0
    facts: tuple[tuple[str, str], ...] = ()
    named: tuple[str, ...] = ()
    head: bool = False

    @property
    def worth(self) -> int:
        """How much it speaks for setting them side by side; 0 where it does not."""
        told = sum(MOMENT if role in ("date_time", "place") else FACT for role, _ in self.facts)
        told += NAMED * len(self.named)
        copied = self.copied if self.copied >= ENOUGH or told else 0
        return copied + told + HEADLINE * self.head


class Cell(NamedTuple):
    """Paragraphs of one article that stand in one row, or alone beside several rows of the others.

    ``row`` is the row's number and ``why`` says what its articles share; 0 and "" where they stand alone. ``top`` and
    ``bottom`` are the lines of a grid in which row n lies between the lines 2n and 2n + 1.
    """

    article_id: str
    units: tuple[Unit, ...]
    top: int
    bottom: int
    row: int = 0
    why: str = ""


Ties = dict[tuple[Place, Place], Tie]


def lay_cells(annotations: Annotations, units: dict[str, list[Unit]]) -> list[Cell]:
    """The cells of a set of articles, whose units are given in the order of the columns; each unit stands in one.

    They are ordered by their upper line, then by column, so that each article's cells follow its text.
    """
    ties = _ties(annotations, units)
    rows: list[Cells] = []
    for article, own in units.items():
        rows = _joined(rows, article, own, units, ties) if rows else [{article: [n]} for n in range(len(own))]
    shared = [cells for cells in rows if len(cells) > 1]
    found = [cell for article, own in units.items() for cell in _column(article, own, shared, ties)]
    return sorted(found, key=lambda cell: (cell.top, list(units).index(cell.article_id)))


def _column(article: str, own: list[Unit], shared: list[Cells], ties: Ties) -> Iterator[Cell]:
    """The cells of one article from top to bottom: its part of each row, and what lies between."""
    at, line = 0, 1
    for number, cells in enumerate(shared, 1):
        if article not in cells:
            continue
        first, last = cells[article][0], cells[article][-1] + 1
        if at < first:
            yield Cell(article, tuple(own[at:first]), line, 2 * number)
        yield Cell(article, tuple(own[first:last]), 2 * number, 2 * number + 1, number, _why(article, cells, ties))
        at, line = last, 2 * number + 1
    if at < len(own):
        yield Cell(article, tuple(own[at:]), line, 2 * len(shared) + 2)


def _ties(annotations: Annotations, units: dict[str, list[Unit]]) -> Ties:
    """What each two units of different articles share, told both ways."""
    copied: dict[tuple[Place, Place], int] = {}
    shares = set(zip(annotations.reuse.article_id, annotations.reuse.other_article_id, strict=True))
    for one, other in (pair for pair in combinations(units, 2) if pair in shares):
        for row in versions(annotations, one, other).itertuples():
            if row.kind == SHARED:
                ours = one, units[one], row.start, row.end
                _copied(copied, ours, (other, units[other], row.other_start, row.other_end))
    facts, named = _facts(annotations, units), _named(annotations, units)
    heads: list[Place] = []
    for article, own in units.items():
        heads += [(article, n) for n, unit in enumerate(own) if unit.role == "headline"][:1]
    pairs = set(combinations(heads, 2))
    found: Ties = {}
    for pair in sorted({*copied, *facts, *named, *pairs}):
        tie = Tie(copied.get(pair, 0), tuple(facts.get(pair, ())), tuple(named.get(pair, ())), pair in pairs)
        found[pair] = found[pair[::-1]] = tie
    return found


def _facts(annotations: Annotations, units: dict[str, list[Unit]]) -> dict[tuple[Place, Place], list[tuple[str, str]]]:
    """The facts that two units share, the article of the earlier column first."""
    order = list(units)
    starts = dict(zip(annotations.claims.claim_id, annotations.claims.start, strict=True))
    found: dict[tuple[Place, Place], list[tuple[str, str]]] = {}
    for row in annotations.claim_relations[annotations.claim_relations.relation.isin(RELATED)].itertuples():
        if row.claim_id in starts and row.other_claim_id in starts:
            here = _place(units, row.article_id, starts[row.claim_id])
            there = _place(units, row.other_article_id, starts[row.other_claim_id])
            if here and there:
                pair = (here, there) if order.index(here[0]) < order.index(there[0]) else (there, here)
                found.setdefault(pair, []).append((str(row.role), str(row.relation)))
    return found


def _named(annotations: Annotations, units: dict[str, list[Unit]]) -> dict[tuple[Place, Place], list[str]]:
    """The referents, by name, that two units share and that few units of either article name: proper
    names of no places, since the town may stand anywhere."""
    kept = annotations.referents[annotations.referents.kind != "place"]
    names = {str(row.referent_id): str(row.name) for row in kept.itertuples(index=False) if row.name[:1].isupper()}
    places: dict[str, dict[str, set[int]]] = {}
    for row in annotations.labels.dropna(subset="referent_id").itertuples():
        place = _place(units, row.article_id, row.start)
        if place and units[place[0]][place[1]].counts and row.referent_id in names:
            places.setdefault(str(row.referent_id), {}).setdefault(place[0], set()).add(place[1])
    found: dict[tuple[Place, Place], list[str]] = {}
    for referent, own in sorted(places.items()):
        for one, other in combinations(units, 2):
            if 0 < len(own.get(one, ())) <= SELDOM and 0 < len(own.get(other, ())) <= SELDOM:
                for n, m in product(sorted(own[one]), sorted(own[other])):
                    found.setdefault(((one, n), (other, m)), []).append(names[referent])
    return found


def _copied(found: dict[tuple[Place, Place], int], ours: tuple, theirs: tuple) -> None:
    """Add the characters of a shared stretch to the units that it lies in, in proportion where a side has several."""
    (one, units, start, end), (other, others, other_start, other_end) = ours, theirs
    rate = (other_end - other_start) / max(1, end - start)
    for n, unit in enumerate(units):
        a, b = max(unit.start, start), min(unit.end, end)
        if a >= b or unit.role == "furniture":
            continue
        c, d = other_start + (a - start) * rate, other_start + (b - start) * rate
        for m, another in enumerate(others):
            width = min(another.end, d) - max(another.start, c)
            if width >= 1:
                key = ((one, n), (other, m))
                found[key] = found.get(key, 0) + min(b - a, round(width))


def _place(units: dict[str, list[Unit]], article: str, start: int) -> Place | None:
    return next(((article, n) for n, u in enumerate(units.get(article, ())) if u.start <= start < u.end), None)


def _joined(rows: list[Cells], article: str, own: list[Unit], units: dict[str, list[Unit]], ties: Ties) -> list[Cells]:
    """The rows with one article more."""
    shared: dict[tuple[int, int], tuple[int, bool]] = {}  # what a row and a unit share, and whether one holds the other
    for i, cells in enumerate(rows):
        for n in range(len(own)):
            met = [((a, m), ties.get(((a, m), (article, n)))) for a, numbers in cells.items() for m in numbers]
            held = [(place, tie) for place, tie in met if tie is not None and tie.worth]
            if held:
                parts = any(2 * tie.copied >= min(_width(units[a][m]), _width(own[n])) for (a, m), tie in held)
                shared[i, n] = sum(tie.worth for _, tie in held), parts
    merged: list[Cells] = []
    i = n = 0
    for group in _groups(_best_path(shared, len(rows), len(own))):
        first, last = group[0], group[-1]
        merged += [*rows[i : first[0]], *({article: [m]} for m in range(n, first[1]))]
        met_row: Cells = {}
        for cells in rows[first[0] : last[0] + 1]:
            for one, numbers in cells.items():
                met_row.setdefault(one, []).extend(numbers)
        merged.append({**met_row, article: list(range(first[1], last[1] + 1))})
        i, n = last[0] + 1, last[1] + 1
    return [*merged, *rows[i:], *({article: [m]} for m in range(n, len(own)))]


def _width(unit: Unit) -> int:
    return unit.end - unit.start


def _best_path(shared: dict[tuple[int, int], tuple[int, bool]], n_rows: int, n_units: int) -> list[tuple[int, int]]:
    """The pairs of rows and units, in the order of both, that share most; a row may meet several units in succession,
    and a unit several rows, where one holds most of the other."""
    best = [[0] * (n_units + 1) for _ in range(n_rows + 1)]  # of the first i rows and n units
    ending: dict[
        tuple[int, int], tuple[int, tuple[int, int] | None]
    ] = {}  # of paths that end in a pair: sum, pair before
    for i in range(n_rows):
        for n in range(n_units):
            best[i + 1][n + 1] = max(best[i][n + 1], best[i + 1][n])
            if (i, n) not in shared:
                continue
            worth, parts = shared[i, n]
            options: list[tuple[int, tuple[int, int] | None]] = [(best[i][n], None)]
            for beside in ((i, n - 1), (i - 1, n)):
                if parts and beside in ending and shared[beside][1]:
                    options.append((ending[beside][0], beside))
            total, before = max(options, key=lambda option: option[0])
            ending[i, n] = total + worth, before
            best[i + 1][n + 1] = max(best[i + 1][n + 1], total + worth)
    return _traced(best, ending, n_rows, n_units)


def _traced(best: list[list[int]], ending: dict, i: int, n: int) -> list[tuple[int, int]]:
    path: list[tuple[int, int]] = []
    while i and n:
        pair: tuple[int, int] | None = (i - 1, n - 1)
        if pair in ending and ending[pair][0] == best[i][n]:
            while pair is not None:
                path.append(pair)
                i, n = pair
                pair = ending[pair][1]
        elif best[i - 1][n] == best[i][n]:
            i -= 1
        else:
            n -= 1
    return path[::-1]


def _groups(path: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Pairs that have a row or a unit in common, together."""
    groups: list[list[tuple[int, int]]] = []
    for pair in path:
        if groups and (groups[-1][-1][0] == pair[0] or groups[-1][-1][1] == pair[1]):
            groups[-1].append(pair)
        else:
            groups.append([pair])
    return groups


def _why(article: str, cells: Cells, ties: Ties) -> str:
    """What an article's paragraphs share with the others of their row, in words."""
    own = [(article, n) for n in cells[article]]
    others = [(one, n) for one, numbers in cells.items() for n in numbers if one != article]
    held = [ties[pair] for pair in product(own, others) if pair in ties]
    parts = ["headlines"] if any(tie.head for tie in held) else []
    copied = max((tie.copied for tie in held), default=0)
    if copied >= ENOUGH:
        parts.append(f"same copy, {copied} characters")
    relations: dict[str, set[str]] = {}
    for tie in held:
        for role, relation in tie.facts:
            relations.setdefault(role, set()).add(relation)
    facts = []
    for role, found in relations.items():
        graver = [worded(relation) for relation in RELATED if relation in found and relation != "agree"]
        facts.append(f"{worded(role)} ({', '.join(graver)})" if graver else worded(role))
    if facts:
        parts.append(f"facts: {', '.join(facts)}")
    if not parts:
        parts.append(f"names: {listed(sorted({name for tie in held for name in tie.named}))}")
    return "; ".join(parts)
