"""Thirty invented articles on fifteen violent events: what names those who did it, and what they did.

In ``violent_events.txt`` the head words are marked: ``{a|gunman}`` for who did it, ``{e|attack}`` for what was done.
The articles are meant to be hard; language models wrote and marked them for this project.
"""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple

import pytest

from samestory.articles.record import Article
from samestory.document import Document
from samestory.framing import find_labels
from samestory.language.phrases import head_of
from samestory.referents import resolve
from samestory.segments import segment
from samestory.tables import concat, frame

MARK = re.compile(r"\{([ae])\|([^}]*)\}")
TEXT = Path(__file__).parent / "violent_events.txt"


class Marked(NamedTuple):
    """An article without its marks, and where each kind of them stood."""

    article: Article
    marks: list[tuple[str, int, int]]


def read_marked() -> list[Marked]:
    found = []
    for block in re.split(r"(?m)^### ", TEXT.read_text(encoding="utf-8"))[1:]:
        title, _, body = block.partition("\n")
        event, _, outlet = title.strip().partition(" ")
        text, at, marks = "", 0, []
        for mark in MARK.finditer(body := body.strip()):
            text += body[at : mark.start()]
            marks.append((mark[1], len(text), len(text) + len(mark[2])))
            text, at = text + mark[2], mark.end()
        text += body[at:]
        found.append(Marked(Article(f"{event}-{outlet}", outlet, text, f"{event}.txt", "text", event=event), marks))
    return found


@pytest.fixture(scope="module")
def counts() -> Counter:
    """For each kind of mark: how many labels of the best referent are right, how many there are, how many marks."""
    total: Counter = Counter()
    by_event: dict[str, list[Marked]] = {}
    for marked in read_marked():
        by_event.setdefault(str(marked.article.event), []).append(marked)
    for event, members in by_event.items():
        documents = [Document(m.article.article_id, m.article.text, segment(m.article)) for m in members]
        labels = concat("labels", [find_labels(d) for d in documents])
        resolved = resolve(event, documents, labels, frame("sources")).labels.dropna(subset="referent_id")
        parses = {d.article_id: d for d in documents}
        at: dict[tuple[str, int], str] = {}
        for row in resolved.itertuples():
            head = head_of(parses[row.article_id].parse, row.start, row.end)
            at[row.article_id, row.start if head is None else head.start] = row.referent_id
        for kind in "ae":
            marks = {(m.article.article_id, s) for m in members for k, s, _ in m.marks if k == kind}
            named = Counter(at[place] for place in sorted(marks) if place in at)
            best = named.most_common(1)[0][0] if named else None
            ours = {place for place, referent in at.items() if referent == best}
            total.update({(kind, "right"): len(ours & marks), (kind, "ours"): len(ours), (kind, "marks"): len(marks)})
    return total


@pytest.mark.parametrize(("kind", "least"), [("a", 0.5), ("e", 0.7)])
def test_those_who_did_it_and_what_was_done_are_found_across_two_tellings(counts: Counter, kind: str, least: float):
    f1 = 2 * counts[kind, "right"] / (counts[kind, "ours"] + counts[kind, "marks"])
    assert f1 >= least


def test_labels_of_one_referent_are_mostly_right(counts: Counter):
    assert counts["a", "right"] >= 0.65 * counts["a", "ours"] and counts["e", "right"] >= 0.8 * counts["e", "ours"]
