"""Attributions in sentences of our own: cue, source and content, and the codes that go with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from samestory import tables
from samestory.document import Document
from samestory.sourcing import Sourcing, attributions, find_attributions

Make = Callable[..., Document]


class Cited(NamedTuple):
    """An attribution as text."""

    cue: str | None
    sources: tuple[str, ...]
    contents: tuple[str, ...]


def read(document: Document) -> tuple[list[Cited], Sourcing]:
    found = find_attributions(document)
    rows = []
    for row in found.attributions.itertuples():
        sources = found.sources[found.sources.attribution_id == row.attribution_id].dropna(subset=["start"])
        contents = found.contents[found.contents.attribution_id == row.attribution_id]
        rows.append(
            Cited(
                None if pd.isna(row.cue_start) else document.text[row.cue_start : row.cue_end],
                tuple(document.text[s:e] for s, e in zip(sources.start, sources.end, strict=True)),
                tuple(document.text[s:e] for s, e in zip(contents.start, contents.end, strict=True)),
            )
        )
    return rows, found


@pytest.fixture
def by_rules(monkeypatch: pytest.MonkeyPatch) -> None:
    """What the rules find alone: the tagger draws the ends of spans as its corpus does."""
    monkeypatch.setattr(attributions, "has_model", lambda: False)


PATTERNS = {
    "that-clause": (
        "The mayor said that the bridge was closed.",
        Cited("said", ("The mayor",), ("that the bridge was closed",)),
    ),
    "bare clause": ("Police believe two men fled.", Cited("believe", ("Police",), ("two men fled",))),
    "verb group": (
        "Doctors have long warned the ward was too small.",
        Cited("have long warned", ("Doctors",), ("the ward was too small",)),
    ),
    "infinitive": (
        "Officials urged residents to stay indoors.",
        Cited("urged", ("Officials",), ("residents to stay indoors",)),
    ),
    "object": (
        "The ministry announced a search operation.",
        Cited("announced", ("The ministry",), ("a search operation",)),
    ),
    "trailing source": (
        "Two trains collided near Leeds, the operator said.",
        Cited("said", ("the operator",), ("Two trains collided near Leeds",)),
    ),
    "parenthesis": (
        "The road, police said, was closed on Monday.",
        Cited("said", ("police",), ("The road", "was closed on Monday")),
    ),
    "according to": (
        "According to the Health Ministry, nine people fell ill.",
        Cited("According to", ("the Health Ministry",), ("nine people fell ill",)),
    ),
    "according without to": (
        "Nine people fell ill, according Spain's Health Ministry.",
        Cited("according", ("Spain's Health Ministry",), ("Nine people fell ill",)),
    ),
    "inversion with apposition": (
        '"The road is closed," said Jane Roe, the mayor of Springfield.',
        Cited("said", ("Jane Roe, the mayor of Springfield",), ('"The road is closed,"',)),
    ),
    "split quotation": (
        '"We ran," said Tom Lane. "Nobody came to help us."',
        Cited("said", ("Tom Lane",), ('"We ran,"', '"Nobody came to help us."')),
    ),
    "cue between two parts": (
        '"Without trucks," the union says, "the country stops."',
        Cited("says", ("the union",), ('"Without trucks,"', '"the country stops."')),
    ),
    "several sentences": (
        '"It was bad. We all ran away," she told the club.',
        Cited("told", ("she",), ('"It was bad. We all ran away,"',)),
    ),
    "colon": ('One resident said: "It was dark".', Cited("said", ("One resident",), ('"It was dark"',))),
    "scare quotes": (
        'The union said the plan was a "disaster" for staff.',
        Cited("said", ("The union",), ('the plan was a "disaster" for staff',)),
    ),
    "agentless passive": (
        "Dozens of pilots are known to be working abroad.",
        Cited("are known to", (), ("Dozens of pilots", "be working abroad")),
    ),
    "passive with agent": (
        "The raid was condemned by the opposition.",
        Cited("was condemned", ("the opposition",), ("The raid",)),
    ),
    "accused of": ("He is accused of killing a guard.", Cited("is accused of", (), ("He", "killing a guard"))),
    "accusing someone": (
        "The firm accused the minister of lying.",
        Cited("accused", ("The firm",), ("the minister of lying",)),
    ),
    "it is reported": (
        "It's reported that there are no victims.",
        Cited("It's reported", (), ("that there are no victims",)),
    ),
    "it emerged": (
        "It emerged that the driver had no licence.",
        Cited("It emerged", (), ("that the driver had no licence",)),
    ),
    "footage": (
        "Footage sent to the station showed a man running away.",
        Cited("showed", ("Footage sent to the station",), ("a man running away",)),
    ),
    "reporter's eyes": (
        "A Reuters reporter saw a burnt car.",
        Cited("saw", ("A Reuters reporter",), ("a burnt car",)),
    ),
    "label": (
        "Men whom the officials described as smugglers fled.",
        Cited("described as", ("the officials",), ("smugglers",)),
    ),
    "refusal": (
        "The ministry did not name the suspect.",
        Cited("did not name", ("The ministry",), ("the suspect",)),
    ),
    "refusal to comment": (
        "The company declined to comment on the deal.",
        Cited("declined to comment on", ("The company",), ("the deal",)),
    ),
    "noun": (
        "The army rejected Ghana's claim that troops had crossed.",
        Cited("claim", ("Ghana's",), ("that troops had crossed",)),
    ),
    "afterthought": (
        "Ann Poe said nobody was hurt, adding that the road was open.",
        Cited("adding", ("Ann Poe",), ("that the road was open",)),
    ),
    "statement in between": (
        "Smith said in a statement on Monday that the firm would appeal.",
        Cited("said", ("Smith",), ("that the firm would appeal",)),
    ),
}


@pytest.fixture(scope="module")
def patterns(document: Make) -> list[Cited]:
    """All patterns read at once by the rules, a paragraph each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(attributions, "has_model", lambda: False)
        return read(document("\n\n".join(text for text, _ in PATTERNS.values())))[0]


@pytest.mark.parametrize("name", PATTERNS)
def test_patterns(patterns: list[Cited], name: str) -> None:
    assert PATTERNS[name][1] in patterns


@pytest.mark.parametrize(
    "text",
    [
        "The court sentenced him to nine years.",
        "She found the keys and showed him the door.",
        "They opened a new bridge called the Northern Link.",
        "Police charged a man with theft.",
        "You agree to receive offers from our partners.",
    ],
)
def test_deeds_and_names_are_no_attributions(document: Make, text: str) -> None:
    assert read(document(text))[0] == []


def test_headline_marks(document: Make) -> None:
    assert read(document("It rained.", headline="Gunman on the loose - Reports"))[0] == [
        Cited("- Reports", (), ("Gunman on the loose",))
    ]
    (cited,), _ = read(document("It rained.", headline="Minister: no more cuts this year"))
    assert cited == Cited(":", ("Minister",), ("no more cuts this year",))


def test_co_ordinated_sources_are_one_attribution(document: Make) -> None:
    cited, found = read(document("Two men fled, security sources and witnesses said."))
    assert cited == [Cited("said", ("security sources", "witnesses"), ("Two men fled",))]
    assert list(found.sources.source_type) == ["official", "witness"]
    assert list(found.sources.anonymous) == [True, False]


def test_a_name_that_holds_and_is_one_source(document: Make) -> None:
    cited, _ = read(document("The Department of Health and Human Services said the drug was safe."))
    assert len(cited[0].sources) == 1


def test_layers(document: Make) -> None:
    cited, found = read(document("One source told Reuters the authorities believed the men had fled."))
    assert [c.cue for c in cited] == ["told", "believed"]
    rows = found.attributions
    assert list(rows.layer) == [1, 2]
    assert rows.nested_in.iloc[1] == rows.attribution_id.iloc[0]
    assert rows.addressee.iloc[0] == "Reuters"
    assert list(rows.attribution_kind) == ["speech", "thought"]


def test_witnesses_inside_their_own_account(document: Make) -> None:
    _, found = read(document('"We saw a man with a torch," one shop worker said.'))
    assert list(found.attributions.attribution_kind) == ["speech", "evidence"]
    assert list(found.attributions.quote_type) == ["direct", "direct"]
    assert found.sources.source_type.iloc[0] == "witness"


def test_a_speaker_s_own_thinking_is_not_an_attribution(document: Make) -> None:
    cited, _ = read(document('"I think the road is closed," Jane Roe said.'))
    assert [c.cue for c in cited] == ["said"]


def test_carried_sentence(document: Make) -> None:
    cited, found = read(document("The Interior Ministry said one man shot a guard. He then took a car and fled."))
    assert cited[1] == Cited(None, ("The Interior Ministry",), ("He then took a car and fled",))
    rows = found.attributions
    assert rows.carried_from.iloc[1] == rows.attribution_id.iloc[0]
    assert pd.isna(rows.source_start.iloc[1])


def test_a_person_s_own_deeds_are_not_carried(document: Make) -> None:
    cited, _ = read(document("Jane Roe said the road was closed. She then took a car and left."))
    assert [c.cue for c in cited] == ["said"]


def test_carried_quotation(document: Make) -> None:
    cited, found = read(document('"We waited for hours," Jane Roe said.\n\n"Nobody told us anything at all."'))
    assert cited[1] == Cited(None, ("Jane Roe",), ('"Nobody told us anything at all."',))
    assert found.attributions.carried_from.notna().tolist() == [False, True]


def test_an_interview_in_turns(document: Make) -> None:
    cited, _ = read(document("Q: Are you well?\nA: Yes.\nQ: Why?\nA: I run.\nQ: Where?\nA: At home."))
    assert cited[1] == Cited(":", ("A",), ("Yes.",))
    assert len(cited) == 6


def test_careless_marks(document: Make, by_rules: None) -> None:
    cited, _ = read(document("Witnesses report online that the man ran east.”"))
    assert cited == [Cited("report", ("Witnesses",), ("that the man ran east.”",))]
    cited, found = read(document('The agency said it had found "plans using fuel. It rained.'))
    assert cited == [Cited("said", ("The agency",), ('it had found "plans using fuel.',))]
    assert list(found.attributions.quote_type) == ["mixed"]


STANCES = {
    "The firm denied that it had paid.": "denial",
    "The firm admitted that it had paid.": "factive",
    "Police suspect that he fled.": "nonfactive",
    "The mayor urged people to leave.": "directive",
    "The minister said it was over.": "neutral",
    "The man is said to have fled.": "hearsay",
    "The firm could not be reached.": "refusal",
}


@pytest.mark.parametrize("text", STANCES)
def test_stances(document: Make, text: str) -> None:
    assert list(find_attributions(document(text)).attributions.cue_stance) == [STANCES[text]]


SOURCES = {
    "The Interior Ministry said so many had fled.": ("official", "named_institution", False),
    "Officials said many had fled.": ("official", "unnamed_group", True),
    "An aide said many had fled.": ("official", "unnamed_person", True),
    "A person close to the talks said many had fled.": ("other", "unnamed_person", True),
    "A resident said many had fled.": ("citizen", "unnamed_person", False),
    "Jane Roe, a professor at Leeds, said many had fled.": ("expert", "named_person", False),
    "The victim's brother said many had fled.": ("affected", "unnamed_person", False),
    "A study found that many had fled.": ("document", "none", False),
    "Reuters said many had fled.": ("media", "named_institution", False),
    "The Korean Central News Agency said many had fled.": ("media", "named_institution", False),
    "The Taliban said many had fled.": ("armed_group", "named_institution", False),
    "A spokesman for the ministry said many had fled.": ("official", "unnamed_person", False),
}


def test_who_tells_what_it_saw_is_a_witness(document: Make) -> None:
    text = "Two men shot at a post office.\n“We saw a man with a gun,” one shop worker said.\n"
    sources = find_attributions(document(text)).sources
    assert set(sources.source_type) == {"witness"} and len(sources) >= 2


def test_a_person_has_one_type_throughout_an_article(document: Make) -> None:
    text = (
        "Jane Roe, the mayor of Leeds, said the bridge was closed.\nTraders will lose a week, Roe said. Roe said her "
        "brother was among the injured.\nShe added that she had wept.\n"
    )
    sources = find_attributions(document(text)).sources
    assert len(sources) >= 4 and set(sources.source_type) == {"official"}


@pytest.mark.parametrize("text", SOURCES)
def test_source_codes(document: Make, text: str) -> None:
    (row,) = find_attributions(document(text)).sources.itertuples()
    assert (row.source_type, row.identification, row.anonymous) == SOURCES[text]


def test_short_forms_and_pronouns_are_looked_up(document: Make) -> None:
    text = "Mayor Jane Roe said it was over. Roe said nobody was hurt. She said the road was open."
    found = find_attributions(document(text))
    assert list(found.sources.source_type) == ["official"] * 3
    assert list(found.sources.identification) == ["named_person"] * 3


def test_no_text_no_attributions(document: Make) -> None:
    found = find_attributions(document("It rained."))
    assert found.attributions.empty and found.sources.empty and found.contents.empty


_WORDS = (
    "police said", "according to", "the man", "“he left”", '"', "told Reuters", "that", ",", ".", ":", "was accused of",
    "\n", "He", "said", "reports", "- Reports", "declined to comment", "(", ")", "''", "fled", "and", "the mayor",
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(pieces=st.lists(st.sampled_from(_WORDS), max_size=14))
def test_any_words_give_sound_tables(document: Make, pieces: list[str]) -> None:
    text = " ".join([*pieces, "x"])
    made = document(text)
    found = find_attributions(made)
    for name in ("attributions", "sources", "contents"):
        tables.check(name, getattr(found, name))
    ids = set(found.attributions.attribution_id)
    assert set(found.sources.attribution_id) == ids
    assert set(found.contents.attribution_id) <= ids
    assert set(found.attributions.nested_in.dropna()) | set(found.attributions.carried_from.dropna()) <= ids
    for start, end in zip(found.contents.start, found.contents.end, strict=True):
        assert 0 <= start < end <= len(text) and text[start:end].strip()
