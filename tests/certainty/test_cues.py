"""Certainty cues, their types and scopes, in sentences made for the purpose."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.certainty import find_certainty, score_sentences
from samestory.certainty.scores import grade
from samestory.document import Document

Make = Callable[..., Document]
_WORDS = "may if about 40 is not sure whether reports suggest , . at least believed to"
WORDS = _WORDS.split()


def cues(document: Document) -> list[tuple[str, str]]:
    table = find_certainty(document)
    return [(document.text[r.start : r.end], r.certainty_type) for r in table.itertuples()]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("The bridge may collapse before winter.", [("may", "hedge")]),
        ("The tunnel could flood again.", [("could", "hedge")]),
        ("Inspectors believe that the boiler burst.", [("believe", "hedge")]),
        ("The boat is believed to have sunk.", [("believed", "hedge")]),
        ("The baker is suspected of arson.", [("suspected", "hedge")]),
        ("Police said the baker was also suspected of arson.", [("suspected", "hedge")]),
        ("The alleged thief left by train.", [("alleged", "hedge")]),
        ("The dam appears to hold.", [("appears", "hedge")]),
        (
            "Officials are investigating whether the gate was open.",
            [("investigating", "inquiry"), ("whether", "inquiry")],
        ),
        ("The permit is under review.", [("under review", "inquiry")]),
        ("Reporters asked if the mayor had resigned.", [("if", "inquiry")]),
        ("If the rain stops, the ferry sails on Monday.", [("If", "conditional")]),
        ("The ferry stays in port unless the wind drops.", [("unless", "conditional")]),
        ("The roof was certainly old.", [("certainly", "booster")]),
        ("In fact the roof was new.", [("In fact", "booster")]),
        ("The captain reportedly slept.", [("reportedly", "evidential")]),
        ("The captain is reported to have slept.", [("is reported to", "evidential")]),
        ("About 40 goats crossed the road.", [("About", "approximator")]),
        ("Dozens of goats crossed the road.", [("Dozens", "approximator")]),
        ("At least nine houses burned.", [("At least", "bound")]),
        ("At lease nine houses burned.", [("At lease", "bound")]),
        ("More than 30 barns burned.", [("More than", "bound")]),
    ],
)
def test_a_cue_is_found_with_its_minimal_span(document: Make, sentence: str, expected: list[tuple[str, str]]) -> None:
    assert cues(document(sentence)) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "The fair opens in May.",
        "You must close the gate.",
        "The ferry will sail on Monday.",
        "She could not reach the phone.",
        "They talked about the flood.",
        "He can swim.",
        "As expected, the shop closed.",
        "The film appeared on Friday.",
        "Several people often walk there.",
        "Everything must be reported to the harbour office.",
        "They ran as fast as possible.",
    ],
)
def test_other_readings_of_the_same_words_are_no_cues(document: Make, sentence: str) -> None:
    assert cues(document(sentence)) == []


@pytest.mark.parametrize(
    ("sentence", "scope"),
    [
        ("The alleged thief left by train.", "The alleged thief"),
        ("The ferry sank, and the crew may sue.", "the crew may sue"),
        ("Fire destroyed about 40 old barns.", "about 40 old barns"),
        ("Divers asked whether the wreck was safe.", "whether the wreck was safe"),
    ],
)
def test_the_scope_is_the_clause_or_the_noun_phrase(document: Make, sentence: str, scope: str) -> None:
    made = document(sentence)
    row = find_certainty(made).iloc[0]
    assert made.text[row.scope_start : row.scope_end] == scope


def test_a_headline_that_ends_in_reports_is_hearsay(document: Make) -> None:
    assert ("reports", "evidential") in cues(
        document("The owner was absent.", headline="Warehouse burns down - reports")
    )


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(WORDS),
        max_size=14,
    )
)
def test_cues_are_in_order_and_inside_their_scope(document: Make, words: list[str]) -> None:
    table = find_certainty(document(" ".join(words) or "x"))
    assert (table.start.iloc[1:].to_numpy() >= table.end.iloc[:-1].to_numpy()).all()
    assert ((table.scope_start <= table.start) & (table.end <= table.scope_end)).all()


def test_doubt_lowers_and_assurance_raises_the_score(document: Make) -> None:
    made = document("The mill burned. The mill may possibly burn. The mill certainly burned.")
    plain, doubted, assured = score_sentences(made).values()
    assert 1 <= doubted < plain < assured <= 6


@pytest.mark.corpora
def test_scores_follow_ratings_of_science_findings(shared, document: Make) -> None:
    """The rank correlation on the first 60 validation findings; the whole part gives 0.46."""
    import json

    from scipy.stats import spearmanr

    lines = (shared / "gold/certainty/science_ratings.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [row for row in map(json.loads, lines) if row["split"] == "val"][:60]
    made = document("\n".join(" ".join(row["finding"].split()) for row in rows))
    scores: dict[int, float] = {}
    values = score_sentences(made).values()
    for sentence, value in zip(made.parse.sentences, values, strict=True):
        scores[sentence.block] = min(value, scores.get(sentence.block, 6.0))
    ratings = [row["sentence-level-certainty"] for row in rows]
    assert spearmanr([scores[n] for n in range(len(rows))], ratings).statistic > 0.3


def test_grades_of_doubt_fade_and_follow_the_words() -> None:
    might, likely = grade([("hedge", "might")]), grade([("hedge", "likely")])
    assert might.score < likely.score < grade([]).score < grade([("booster", "certainly")]).score
    both = grade([("hedge", "likely"), ("hedge", "might")])
    assert both.effects == [likely.effects[0] / 2, might.effects[0]]
    assert both.score == pytest.approx(5 + sum(both.effects))
    assert grade([("hedge", "may")] * 9).score >= 1
