"""House edits: on the specimen all that were planted and no other, and in units that a reader would name."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from samestory.articles import Article, read
from samestory.segments import find_reuse, segment
from samestory.segments.reuse.alignment import align, index_runs, shared_runs
from samestory.segments.reuse.bodies import read_body
from samestory.tables import concat
from samestory.validation.shared_copy import Edit, Found, compare_edits, compare_passages, found_here, planted_edits

LEAD = "Gunmen opened fire on a customs post in the main port on Monday, killing three officers, the ministry said."
SECOND = "One of the attackers, a 23-year-old man, was believed to be still at large in the hills on Monday night."
THIRD = "The port was closed, and ships were told to wait outside the strait until the next morning came."
FOURTH = "Insurers said that they would raise their prices for every ship that calls at one of the ports."
FIFTH = "It was the second attack of this kind in a year, and nobody has said that they had anything to do with it."
COPY = "\n".join((LEAD, SECOND, THIRD, FOURTH, FIFTH))


def edits_between(one: str, other: str) -> list[tuple[str, str, str]]:
    """Kind, wording of the first and of the second, as the first text sees them."""
    pair = [
        Article("a", "wire", f"Attack on a port\n\n{one}\n", "a.txt", "text"),
        Article("b", "paper", f"Attack on a port\n\n{other}\n", "b.txt", "text"),
    ]
    _, edits = find_reuse(pair, concat("segments", [segment(article) for article in pair]))
    texts = {article.article_id: article.text for article in pair}
    return [
        (row.kind, texts["a"][row.start : row.end], texts["b"][row.other_start : row.other_end])
        for row in edits[edits.article_id == "a"].itertuples()
    ]


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Gunmen", "Militants", [("substituted", "Gunmen", "Militants")]),
        ("three", "four", [("substituted", "three", "four")]),
        ("23-year-old", "24-year-old", [("substituted", "23-year-old", "24-year-old")]),
        ("was believed to be", "is", [("substituted", "was believed to be", "is")]),
        (", a 23-year-old man,", "", [("inserted", "a 23-year-old man", "")]),
        (" in the hills", "", [("inserted", "in the hills", "")]),
        (" until the next morning came", "", [("inserted", "until the next morning came", "")]),
        ("a customs post", "an army post", [("substituted", "customs", "army")]),
        (f"{SECOND}\n", "", [("inserted", SECOND, "")]),
        (f"{SECOND}\n{THIRD}\n", "", [("inserted", f"{SECOND}\n{THIRD}", "")]),
        (f"{LEAD}\n", f"{LEAD}\nNobody spoke of it.\n", [("deleted", "", "Nobody spoke of it.")]),
        (f"{SECOND}\n{THIRD}\n{FOURTH}\n", f"{THIRD}\n{FOURTH}\n{SECOND}\n", [("moved", SECOND, SECOND)]),
        ("Gunmen", "GUNMEN", []),
        ("main port", "main-port", []),
        ("three", "3", []),
        ("on Monday, killing", "on Monday – killing", []),
        ("\n", " ", []),
    ],
)  # fmt: skip
def test_units(before: str, after: str, expected: list[tuple[str, str, str]]) -> None:
    assert edits_between(COPY, COPY.replace(before, after, 1 if before != "\n" else -1)) == expected


def test_spelling_alone_is_no_edit() -> None:
    british = COPY.replace("prices", "labour programme in 5 per cent of centres, organised")
    american = COPY.replace("prices", "labor program in 5% of centers, organized")
    assert edits_between(british, american) == []


def test_a_recast_phrase_is_one_edit_and_a_verb_parts_two() -> None:
    recast = COPY.replace("Gunmen opened fire on", "Men with guns shot at").replace("still at large", "in hiding still")
    assert edits_between(COPY, recast)[0] == ("substituted", "Gunmen opened fire on", "Men with guns shot at")
    parted = COPY.replace("The port was closed", "The harbour was shut")
    assert edits_between(COPY, parted) == [
        ("substituted", "port", "harbour"),
        ("substituted", "closed", "shut"),
    ]


def test_what_was_changed_in_a_moved_sentence_is_told_too() -> None:
    moved = "\n".join((LEAD, THIRD, FOURTH, FIFTH, SECOND.replace("attackers", "killers")))
    assert edits_between(COPY, moved) == [
        ("moved", SECOND, SECOND.replace("attackers", "killers")),
        ("substituted", "attackers", "killers"),
    ]


def test_one_shared_statement_makes_no_edits() -> None:
    quotation = (
        '"We take pride in bringing people together, and we know that we let some of our customers down. Our team is '
        'looking into what happened, and we will be in touch with each of them to make it right," the airline said.'
    )
    one = f"Two players had to leave a flight in Dallas because of blankets.\n{quotation}\nOne of them was tired."
    other = f"{quotation}\nThat was all there was to hear of blankets from a firm that flies a million people daily."
    assert edits_between(one, other) == []


WORDS = st.lists(
    st.sampled_from(["mill", "port", "fire", "police", "men", "nine", "said", "on", "the", "a", "burnt"]), max_size=12
)


@given(WORDS, WORDS)
def test_edits_begin_and_end_with_words(first: list[str], second: list[str]) -> None:
    one, other = (COPY.replace("in the hills", " ".join(words)) for words in (first, second))
    for kind, ours, theirs in edits_between(one, other):
        assert (bool(ours), bool(theirs)) == (kind != "deleted", kind != "inserted")
        for wording, text in ((ours, one), (theirs, other)):
            assert wording == wording.strip() and wording in text


@given(
    st.lists(st.sampled_from(COPY.replace("\n", " \n ").split(" ")), max_size=80),
    st.integers(0, 80),
    st.integers(0, 80),
)
def test_every_word_stands_in_one_step(words: list[str], start: int, end: int) -> None:
    one, other = " ".join(words), " ".join([*words[end:], *words[:start], "it", "was"])
    left, right = (read_body(Article(n, n, t, n, "text"), [(0, len(t))]) for n, t in (("a", one), ("b", other)))
    steps = align(left, right, shared_runs(left.words, right.words, index_runs(left.words)))
    assert sorted(n for step in steps for n in range(step.first, step.last)) == list(range(len(left.words)))
    assert sorted(n for s in steps for n in range(s.other_first, s.other_last)) == list(range(len(right.words)))
    for step in steps:
        if step.equal:
            assert left.words[step.first : step.last] == right.words[step.other_first : step.other_last]


@pytest.fixture(scope="module")
def specimen(root: Path) -> tuple[Found, list[Edit]]:
    """What is found in the specimen, and what was planted."""
    articles = read(root / "data" / "specimen" / "articles").articles
    return found_here(articles), planted_edits(root / "data" / "specimen" / "wire" / "edits.csv")


def test_every_planted_edit_is_found_and_no_other(specimen: tuple[Found, list[Edit]], root: Path) -> None:
    found, planted = specimen
    compared = compare_edits(found.edits, planted)
    texts = {a.source_file: a.text for a in read(root / "data" / "specimen" / "articles").articles}

    def wording(edit: Edit) -> str:
        return texts[edit.source_file][slice(*edit.span)] or texts[edit.other_source_file][slice(*edit.other_span)]

    assert [wording(edit) for edit in compared.missed] == []
    assert [wording(edit) for edit in compared.false] == []
    assert len(planted) == len(compared.matched) >= 49


def test_shared_passages_of_the_specimen(specimen: tuple[Found, list[Edit]], root: Path) -> None:
    planted = planted_edits(root / "data" / "specimen" / "wire" / "reuse.csv")
    shared, found, gold = compare_passages(specimen[0].passages, planted)
    assert shared / found > 0.98 and shared / gold > 0.98


def test_edits_stand_only_between_versions_of_one_copy(specimen: tuple[Found, list[Edit]]) -> None:
    pairs = {(edit.source_file, edit.other_source_file) for edit in specimen[0].edits}
    assert {name.split("/")[1] for pair in pairs for name in pair} == {"castrel-courier.txt", "meridian-wire.txt"}
    assert {name.split("/")[0] for pair in pairs for name in pair} == {
        "harbour-attack", "ferry-sinking", "mill-fire", "minister-arrest",
    }  # fmt: skip
