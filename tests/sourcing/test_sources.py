"""What kind of source is cited, as whom, and whether its identity is withheld, in sentences of our own."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from samestory.document import Document
from samestory.sourcing import find_attributions, sources
from samestory.sourcing.found import read_scene
from samestory.sourcing.roles import LEARNING, body_type, role_type

Make = Callable[..., Document]


@pytest.fixture(autouse=True)
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules say alone; what a network reads beside them has tests of its own."""
    monkeypatch.setattr(sources, "has_model", lambda: False)


def codes(document: Document) -> list[tuple[str, str]]:
    found = find_attributions(document).sources
    return list(zip(found.source_type, found.identification, strict=True))


ROLES = {
    "a professor of law at Leeds": "expert",
    "spokesman for the defence ministry": "official",
    "spokeswoman for the rail union": "organisation",
    "Ferndale Airlines spokesman": "organisation",
    "head of the tropical medicine programme at the Harbour Institute": "expert",
    "deputy chair of the Senate's Transport Committee": "official",
    "a former army officer who is now an analyst": "expert",
    "a former intelligence official": "expert",
    "president and chief executive of the Coastal Bank": "organisation",
    "manager of the Mirkel campaign": "political",
    "a commander of the Taliban": "armed_group",
    "an adviser to President Roe": "official",
    "a marine biologist": "expert",
    "a 72-year-old potato farmer": "citizen",
    "mother of one of the victims": "affected",
    "a board member of the Harbour Institute": "expert",
    "one of the minister's advisers": "official",
    "a former state senator": "political",
    "a Ferrari driver": "other",
    "a taxi driver": "citizen",
    "a keen collector of shells": None,
}


@pytest.mark.parametrize("description", ROLES)
def test_roles(description: str) -> None:
    assert role_type(description.split()) == ROLES[description]


BODIES = {
    "Ministry of Fisheries": "official",
    "the Ferndale City Council": "official",
    "the House Fisheries Committee": "official",
    "Ferndale Football Club": "organisation",
    "the Ferndale Evening Post": "media",
    "the Ferndale News Agency": "media",
    "the Radical Farmers Party": "political",
    "University of Ferndale": LEARNING,
    "Islamic State": "armed_group",
    "U.N.": "official",
    "KXYZ-TV": "media",
    "NBC7": "media",
    "Ferndale": None,
}


@pytest.mark.parametrize("name", BODIES)
def test_bodies_by_their_names(name: str) -> None:
    assert body_type(name.split()) == BODIES[name]


def test_a_role_told_once_holds_for_every_mention(document: Make) -> None:
    text = (
        "Roe said the tide was late. It was cold.\n\nJane Roe, a professor at Leeds, wrote that it would turn.\n\n"
        "She said that it was rare."
    )
    assert codes(document(text)) == [("expert", "named_person")] * 3


def test_a_pronoun_stands_for_the_nearest_person_that_fits(document: Make) -> None:
    text = (
        "Mayor Peter Roe said the bridge was safe. Mary Poe, a nurse, said it shook. "
        "He said it was closed. She said that she had left."
    )
    assert [code for code, _ in codes(document(text))][:4] == ["official", "citizen", "official", "citizen"]


def test_who_is_in_what_somebody_says_is_not_who_says_it(document: Make) -> None:
    text = "Anna Mirkel, an economist, said prices rose. Prime Minister John Poe would lose, she said."
    assert codes(document(text)) == [("expert", "named_person")] * 2


def test_the_person_whom_an_office_serves_is_not_the_source(document: Make) -> None:
    text = "A spokesman for President Peter Roe said the visit was off."
    assert codes(document(text)) == [("official", "unnamed_person")]


def test_a_name_after_a_long_office(document: Make) -> None:
    text = "The head of the City Council's Roads Committee Franz Mirkel said the road was closed."
    assert codes(document(text)) == [("official", "named_person")]


def test_a_definite_description_takes_up_a_name(document: Make) -> None:
    text = "Jane Roe, an astronomer, said the moon was red. The astronomer said it was rare."
    assert codes(document(text)) == [("expert", "named_person")] * 2


def test_a_statement_is_its_maker_s(document: Make) -> None:
    text = "A statement by the Fisheries Ministry said nobody was hurt. The statement said the boat was found."
    assert codes(document(text)) == [("official", "named_institution")] * 2


def test_who_tells_what_they_saw_is_a_witness(document: Make) -> None:
    text = "Jane Roe, an American who saw the crash, said it was loud. She said people ran."
    assert [code for code, _ in codes(document(text))] == ["witness", "witness"]


def test_a_bare_spokesman_speaks_for_the_body_just_named(document: Make) -> None:
    text = "The Coast Guard found the boat. Spokesman Peter Roe said it was empty."
    assert codes(document(text)) == [("official", "named_person")]


def types(document: Document) -> list[str]:
    return list(find_attributions(document).sources.source_type)


def test_who_the_story_is_about_is_affected_unless_they_answer_for_a_body(document: Make) -> None:
    story = "{0} Jane Roe steps down\n\n{0} Jane Roe said she was tired. Roe said it was time."
    assert types(document(story.format("Coach"))) == ["affected", "affected"]
    assert types(document(story.format("Airline chairwoman"))) == ["organisation", "organisation"]


def test_whom_nobody_introduces_is_one_of_the_article_s_cast(document: Make) -> None:
    said = "Peter Mirkel said it was late."
    public = f"Mayor Jane Roe said it was early. Governor Mary Poe and Senator Ann Moe agreed.\n\n{said}"
    stage = f"Jane Roe, a singer, said it was early. Mary Poe, an actress, and Ann Moe, a dancer, agreed.\n\n{said}"
    assert [types(document(text))[-1] for text in (public, stage)] == ["official", "affected"]


def test_who_speaks_at_the_scene_of_a_calamity_is_a_witness(document: Make) -> None:
    said = "Jane Roe, a teacher, said it was late."
    assert types(document(f"A blast at the mill killed two people.\n\n{said}")) == ["witness"]
    assert types(document(f"A new mill was opened by two people.\n\n{said}")) == ["citizen"]


def test_an_office_goes_before_a_party(document: Make) -> None:
    assert types(document("Senator Jane Roe, Democrat of Ohio, said it was late.")) == ["official"]
    assert types(document("Jane Roe, a Democrat, said it was late.")) == ["political"]


EMPLOYED = {
    "Ferndale News's Jane Roe said it was late.": "media",
    "Leeds University's Jane Roe said it was late.": "expert",
    "Jane Roe, Leeds University, said it was late.": "expert",
    "Ferndale United center Jane Roe said it was late.": "affected",
}


@pytest.mark.parametrize("text", EMPLOYED)
def test_who_somebody_is_by_the_body_beside_the_name(document: Make, text: str) -> None:
    assert types(document(text)) == [EMPLOYED[text]]


TAKEN_UP = {
    "The Senate Roads Committee met on Monday. The committee said it was late.": ("official", "named_institution"),
    "Fares of American Airlines rose. American said it was late.": ("organisation", "named_institution"),
    "Mayor Jane Roe left. The 61-year-old said it was late.": ("official", "named_person"),
    "Actor Peter Roe left. The Swede said it was late.": ("affected", "named_person"),
    "Several of the drivers said it was late.": ("citizen", "unnamed_group"),
    "Mayor Jane Roe's letter said it was late.": ("official", "named_person"),
    "Multiple reports said it was late.": ("media", "unnamed_group"),
    "A report in the Ferndale Herald said it was late.": ("media", "unnamed_person"),
    "A human rights group said it was late.": ("organisation", "unnamed_group"),
    "The terrorist group said it was late.": ("armed_group", "named_institution"),
}


@pytest.mark.parametrize("text", TAKEN_UP)
def test_phrases_without_a_name(document: Make, text: str) -> None:
    assert codes(document(text))[-1] == TAKEN_UP[text]


def test_the_verb_of_a_headline_is_no_part_of_a_name(document: Make) -> None:
    scene = read_scene(document("Kim Says It Was Late\n\nKim said it was early."))
    assert {mention.words for mention in scene.people.mentions} == {("kim",)}


WITHHELD = {
    "Officials said it was over.": True,
    "A senior diplomat said it was over.": True,
    "A police officer said it was over.": True,
    "The agency's director said it was over.": True,
    "People familiar with the talks said it was over.": True,
    "A nurse familiar with the case said it was over.": True,
    "Jane Roe, an aide, said it was over.": False,
    "The authorities said it was over.": False,
    "A spokesman for the ministry said it was over.": False,
    "A shopper said it was over.": False,
    "Analysts said it was over.": False,
}


@pytest.mark.parametrize("text", WITHHELD)
def test_whose_identity_is_withheld(document: Make, text: str) -> None:
    assert list(find_attributions(document(text)).sources.anonymous) == [WITHHELD[text]]


GROUPS = {
    "Some Germans said it was cold.": ("citizen", "unnamed_group"),
    "Many governments said it was over.": ("official", "unnamed_group"),
    "Some Democrats said it was over.": ("political", "unnamed_group"),
    "The airline said it was over.": ("organisation", "named_institution"),
    "Germany said it was over.": ("official", "named_institution"),
}


@pytest.mark.parametrize("text", GROUPS)
def test_groups_and_bodies(document: Make, text: str) -> None:
    assert codes(document(text)) == [GROUPS[text]]
