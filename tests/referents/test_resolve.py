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
