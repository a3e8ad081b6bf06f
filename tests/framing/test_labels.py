"""Labels: which phrases name, under which head, and who acts."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from samestory.framing import find_labels
from samestory.framing.labels import is_response


def label(document, body, head, **options):
    labels = find_labels(document(body, **options))
    found = labels[labels["head"] == head]
    assert len(found) == 1, f"{head} in {labels['head'].tolist()}"
    return found.iloc[0]


@pytest.mark.parametrize(
    ("body", "head", "agency", "left_out"),
    [
        ("Two gunmen stormed the old bakery.", "gunman", "agent", False),
        ("The bakers were killed on Tuesday in Lenford by two gunmen.", "gunman", "agent", False),
        ("Three tourists were wounded near the harbour.", "tourist", "patient", True),
        ("Three tourists were wounded by a bomber.", "tourist", "patient", False),
        ("A bomber killed four soldiers.", "soldier", "patient", False),
        ("Police arrested one of the attackers.", "attacker", "patient", False),
        ("The crowd mourned the murder of a teacher.", "teacher", "patient", False),
        ("The gunman is still at large.", "gunman", "other", False),
        ("A guide told visitors the castle was closed.", "visitor", "other", False),
    ],
)
def test_agency_follows_the_verb(document, body, head, agency, left_out):
    row = label(document, body, head)
    assert (row.agency, bool(row.passive_without_agent)) == (agency, left_out)


def test_events_and_places_neither_act_nor_suffer(document):
    assert label(document, "The storm destroyed a village.", "storm").agency == "other"
    assert label(document, "The storm destroyed a village.", "village").agency == "other"


def test_modifiers_leave_out_articles_numbers_and_dates(document):
    assert label(document, "At least two masked gunmen fled.", "gunman").modifiers == "masked"
    assert (
        label(document, "Officials announced a counter-terrorism operation.", "operation").modifiers
        == "counter-terrorism"
    )
    assert label(document, "Last week's attack shook the town.", "attack").modifiers is not None
    assert label(document, "The attack shook the whole town.", "attack").isna().modifiers


def test_names_keep_their_form_and_titles_are_modifiers(document):
    row = label(document, "On Friday President Maria Santoro visited the school.", "Maria Santoro")
    assert row.modifiers == "president"
    assert label(document, "In Lisbon the Interior Ministry kept silent.", "Interior Ministry").agency == "agent"


def test_an_age_can_stand_for_a_person(document):
    labels = find_labels(document("Police said the 31-year-old had fled, and the 31-year-old driver was hurt."))
    assert labels["head"].tolist() == ["police", "31-year-old", "driver"]


def test_pronouns_dates_quantities_and_empty_nouns_are_no_labels(document):
    labels = find_labels(document("On Monday he had no time, but it was a good way to spend 40 percent of it."))
    assert labels.empty


def test_people_count_where_they_are_counted_or_suffer(document):
    assert find_labels(document("People often say so.")).empty
    assert label(document, "The blast killed seven people.", "people").agency == "patient"


def test_positions(document):
    made = document("Gunmen fled the scene.\n\nA soldier was hurt.", headline="Attackers storm a hotel in Lenford")
    positions = find_labels(made).set_index("head").position
    assert (positions["attacker"], positions["gunman"], positions["soldier"]) == ("headline", "lead", "body")


def test_a_long_first_paragraph_is_a_lead_of_one_sentence(document):
    made = document("A gunman fled. A soldier fell. A nurse helped. A driver stopped. A priest prayed.")
    positions = find_labels(made).set_index("head").position
    assert positions["gunman"] == "lead"
    assert positions["soldier"] == "body"


def test_capitals_of_a_headline_make_no_names(document):
    made = document("A truck hit a crowd in Marbella on Friday.", headline="Scores Die in Marbella as Truck Hits Crowd")
    heads = find_labels(made).query("position == 'headline'")["head"].tolist()
    assert "Marbella" in heads
    assert not [h for h in heads if "Hits" in h]


def test_response_is_told_from_the_deed(document):
    labels = find_labels(document("The terrorist attack led to a manhunt, a terror alert and an emergency meeting."))
    assert labels[labels.response]["head"].tolist() == ["manhunt", "alert", "meeting"]
    row = label(document, "The cabinet declared a state of emergency.", "state of emergency")
    assert row.response


def test_response_needs_its_company():
    assert is_response("operation", ["counter-terrorism"])
    assert not is_response("operation", ["rebel"])
    assert not is_response("meeting", ["annual"])


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.text(alphabet="The gunmen's 27-year-old “Interior” Ministry, of Xi\u00a0\n.", min_size=1, max_size=80))
def test_any_text_gives_labels_inside_it(document, text):
    made = document(text)
    labels = find_labels(made)
    assert all(made.text[row.start : row.end].strip() for row in labels.itertuples())
    assert labels.label_id.is_unique
