"""Referents: who is who within an article and across an event."""

from __future__ import annotations

import pytest

from samestory import tables
from samestory.framing import find_labels
from samestory.referents import resolve

ATTACK = (
    "Two soldiers were killed when a gunman attacked a barracks in Torvale on Monday.\n\n"
    "The attacker was detained by police. A man with a rifle was seen near the gate, and the man shot a baker.\n\n"
    "Last month rebels killed four farmers in Brenn. President Anna Kovar condemned the shooting."
)


def sources_of(made, *phrases, identification="unnamed_person", anonymous=True):
    """A sources table with the given phrases, each taken at its first place after the one before."""
    rows, place = [], 0
    for n, phrase in enumerate(phrases):
        place = made.text.index(phrase, place)
        rows.append(
            {
                "article_id": made.article_id,
                "attribution_id": f"{made.article_id}-a{n}",
                "start": place,
                "end": place + len(phrase),
                "source_type": "official",
                "identification": identification,
                "anonymous": anonymous,
            }
        )
        place += len(phrase)
    return tables.frame("sources", rows)


def names(resolution):
    """Referent name -> heads of its labels."""
    joined = resolution.labels.merge(resolution.referents, on="referent_id")
    return joined.groupby("name", sort=False)["head"].agg(list).to_dict()


def test_those_who_attack_and_those_who_are_struck(document):
    made = document(ATTACK)
    result = resolve(None, [made], find_labels(made), tables.frame("sources"))
    heads = names(result)
    assert heads["gunman"] == ["gunman", "attacker", "man", "man"]
    assert heads["victims"] == ["soldier", "baker"]
    assert heads["rebels"] == ["rebel"]
    assert "shooting" in next(v for v in heads.values() if "shooting" in v)
    assert not result.labels.referent_id.isna().any()


def test_identifiers_count_by_first_mention(document):
    made = document(ATTACK, article_id="t7")
    result = resolve(None, [made], find_labels(made), tables.frame("sources"))
    assert result.referents.referent_id.tolist() == [f"t7-r{n}" for n in range(len(result.referents))]
    assert result.labels.referent_id.iloc[0] == "t7-r0"


def test_full_and_short_names_meet_across_outlets(document):
    one = document("President Anna Kovar spoke. Kovar left the room.", article_id="a")
    two = document("The visit of Anna Kovar to Spain ended, Ms. Kovar told a crowd in Madrid.", article_id="b")
    labels = tables.concat("labels", [find_labels(one), find_labels(two)])
    result = resolve("visit", [one, two], labels, tables.frame("sources"))
    kovar = result.referents[result.referents.name == "Anna Kovar"]
    assert kovar.kind.tolist() == ["person"]
    assert kovar.event.tolist() == ["visit"]
    assert (result.labels.referent_id == kovar.referent_id.iloc[0]).sum() == 4


def test_attackers_of_two_outlets_are_one_referent_under_two_words(document):
    one = document("A gunman shot two guards on Monday. The gunman fled.", article_id="a")
    two = document("Terrorists killed two guards on Monday, and the terrorists fled.", article_id="b")
    labels = tables.concat("labels", [find_labels(one), find_labels(two)])
    result = resolve("raid", [one, two], labels, tables.frame("sources"))
    actors = result.labels[result.labels["head"].isin(["gunman", "terrorist"])]
    assert actors.referent_id.nunique() == 1


def test_a_named_attacker_gives_the_attackers_their_name(document):
    made = document("A gunman killed two guards. The gunman, Karl Renner, was arrested. Renner stayed silent.")
    result = resolve(None, [made], find_labels(made), tables.frame("sources"))
    assert names(result)["Karl Renner"] == ["gunman", "gunman", "Karl Renner", "Renner"]


def test_a_ministry_and_the_ministry(document):
    made = document("The Interior Ministry in Paris gave no number. The ministry kept silent.")
    sources = sources_of(made, "The Interior Ministry", "The ministry", identification="unnamed_group", anonymous=True)
    result = resolve(None, [made], find_labels(made), sources)
    assert result.sources.referent_id.nunique() == 1
    assert set(result.sources.identification) == {"named_institution"}
    assert not result.sources.anonymous.any()


@pytest.mark.parametrize(
    ("body", "phrases", "name"),
    [
        ("Mayor Jane Rowe spoke to reporters. She said the bridge was safe.", ("She",), "Jane Rowe"),
        ("Peter Lindt visited the school with his wife. He said it was fine.", ("He",), "Peter Lindt"),
        ('"We saw smoke," baker Tom Hale said.', ("We", "Tom Hale"), "Tom Hale"),
    ],
)
def test_pronouns_of_sources(document, body, phrases, name):
    made = document(body)
    result = resolve(None, [made], find_labels(made), sources_of(made, *phrases))
    first = result.sources.iloc[0]
    found = result.referents.set_index("referent_id").name[first.referent_id]
    assert found == name
    assert first.identification == "named_person"
    assert not first.anonymous


def test_an_unnamed_source_stays_unnamed(document):
    made = document("A security source said two men fled. The source asked not to be named.")
    result = resolve(None, [made], find_labels(made), sources_of(made, "A security source", "The source"))
    assert result.sources.referent_id.nunique() == 1
    assert result.sources.anonymous.all()


def test_an_agentless_source_keeps_no_referent(document):
    made = document("It emerged that the bridge was closed.")
    row = {
        "article_id": "t",
        "attribution_id": "t-a0",
        "source_type": "none",
        "identification": "none",
        "anonymous": False,
    }
    result = resolve(None, [made], find_labels(made), tables.frame("sources", [row]))
    assert result.sources.referent_id.isna().all()


def test_nothing_gives_empty_tables():
    result = resolve("empty", [], tables.frame("labels"), tables.frame("sources"))
    assert result.referents.empty


def test_the_order_of_rows_does_not_matter_to_the_result(document):
    made = document(ATTACK)
    labels = find_labels(made)
    shuffled = labels.sample(frac=1, random_state=4)
    one = resolve(None, [made], labels, tables.frame("sources")).labels
    other = resolve(None, [made], shuffled, tables.frame("sources")).labels
    joined = one.merge(other, on="label_id")
    assert (joined.referent_id_x == joined.referent_id_y).all()


def referent_of(made, result, phrase, nth=0):
    """The referent of the nth label with these words."""
    labels = [
        row.referent_id for row in result.labels.itertuples()
        if row.article_id == made.article_id and made.text[row.start : row.end] == phrase
    ]  # fmt: skip
    return labels[nth]


def resolved(event, *documents, **options):
    labels = tables.concat("labels", [find_labels(d) for d in documents])
    return resolve(event, list(documents), labels, tables.frame("sources"), **options)


def test_an_office_is_its_holders_where_another_outlet_says_whose(document):
    one = document("North Korean leader Kim Jong Un spoke to troops. Kim smiled.", article_id="a")
    two = document("The North Korean leader waved to troops. The president of France stayed away.", article_id="b")
    result = resolved("parade", one, two)
    kim = referent_of(one, result, "Kim")
    assert referent_of(two, result, "The North Korean leader") == kim
    assert referent_of(two, result, "The president") != kim


def test_a_capital_that_acts_is_its_state_and_a_place_is_a_place(document):
    made = document("North Korea fired a rocket. Pyongyang denied it. Envoys met in Pyongyang.")
    result = resolved("rocket", made)
    state = referent_of(made, result, "North Korea")
    assert referent_of(made, result, "Pyongyang") == state != referent_of(made, result, "Pyongyang", 1)


def test_meetings_are_told_apart_by_who_meets(document):
    made = document(
        "Japan asked for talks with France. Italy held talks with Spain on Monday. The talks between France and Japan "
        "begin in May."
    )
    result = resolved("talks", made)
    first, second = referent_of(made, result, "talks"), referent_of(made, result, "talks", 1)
    assert first != second
    assert referent_of(made, result, "The talks") == first


def test_two_words_for_one_matter_meet(document):
    one = document("The lawsuit names the mayor. The lawsuit asks for damages. The lawsuit is long.", article_id="a")
    two = document("The suit is a stunt, he said. The suit names him. The suit will fail.", article_id="b")
    result = resolved("court", one, two)
    assert referent_of(one, result, "The lawsuit") == referent_of(two, result, "The suit")


def test_nouns_that_stand_for_no_one_thing_have_no_referent(document):
    made = document(
        "Missiles were sold. He bought missiles. Cheap missiles fail. The palace is old. The palace burned."
    )
    labels = resolved("arms", made).labels.set_index("head").referent_id
    assert labels["missile"].isna().all() and labels["palace"].notna().all()


def test_one_of_several_who_did_it_stays_a_person_of_their_own(document):
    made = document(
        "Gunmen killed two guards at the port on Monday. The gunmen fled, and the attackers were chased.\n\n"
        "One of the gunmen, Karl Renner, was arrested. Renner stayed silent."
    )
    result = resolved("port", made)
    assert referent_of(made, result, "The gunmen") == referent_of(made, result, "the attackers")
    assert referent_of(made, result, "Renner") != referent_of(made, result, "The gunmen")


def test_earlier_attacks_and_attacks_in_general_are_not_this_one(document):
    made = document(
        "An attack killed two guards in Torvale on Monday. The attack shocked the town.\n\n"
        "In 2015 an attack killed four in Brenn. That attack was never explained. No attack can be foreseen."
    )
    result = resolved("torvale", made)
    own = referent_of(made, result, "The attack")
    assert referent_of(made, result, "An attack") == own
    others = [referent_of(made, result, phrase) for phrase in ("an attack", "That attack", "No attack")]
    assert own not in others


def test_chosen_labels_all_have_a_referent_and_few_stand_alone(document):
    made = document("Missiles were sold. He bought missiles. Cheap missiles fail. A rocket failed. The mayor left.")
    free, chosen = resolved("arms", made), resolved("arms", made, chosen=True)
    assert free.labels.referent_id.isna().any() and chosen.labels.referent_id.notna().all()
    assert chosen.referents.referent_id.nunique() < free.labels.label_id.nunique()
    assert referent_of(made, chosen, "A rocket") == referent_of(made, chosen, "Missiles")
