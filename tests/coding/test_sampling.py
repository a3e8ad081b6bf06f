"""Drawing: known probabilities, named exclusions, and who codes what."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.coding.record import CodingError
from samestory.coding.sampling import Design, draw_sample
from samestory.segments.lines import WORD

CODERS = ("ana", "ben", "carl")


def drawn(annotations: Annotations, **design) -> pd.DataFrame:
    return draw_sample(annotations, ("anonymous",), CODERS, Design(**design)).key


def articles(key: pd.DataFrame) -> pd.DataFrame:
    return key.drop_duplicates("article_id")


@pytest.fixture
def annotations(made) -> Annotations:
    """Two outlets that tell three events with two articles each, and a third that tells them with three."""
    rows: dict = {name: [] for name, _ in made.annotate().tables()}
    for outlet, each in (("dale", 2), ("ford", 2), ("weir", 3)):
        for event in ("flood", "fair", "strike"):
            for n in range(each):
                made.add_article(rows, f"{outlet}-{event}-{n}", outlet, event, made.SENTENCES)
    made.add_article(rows, "weir-alone", "weir", None, made.SENTENCES)
    made.add_article(rows, "weir-only", "weir", "scoop", made.SENTENCES)
    return Annotations(**{name: made.frame(name, own) for name, own in rows.items()})


@pytest.mark.parametrize(
    "design",
    [
        {"articles": 2},
        {"articles": 4, "sentences": 2},
        {"articles": None, "events": 2},
        {"articles": 1, "events": 2, "sentences": 3},
    ],
    ids=["outlet", "outlet and sentences", "event", "event, outlet and sentences"],
)
def test_weighted_by_the_known_probabilities_samples_are_right_on_average(annotations: Annotations, design: dict):
    """Horvitz and Thompson: the mean estimate of a total over many draws is the total of what could be drawn."""
    texts = annotations.texts.set_index("article_id").text
    sentences = annotations.sentences[annotations.sentences.segment != "furniture"]
    size = {s.sentence_id: len(WORD.findall(texts[s.article_id], s.start, s.end)) ** 2 for s in sentences.itertuples()}
    outside = () if design.get("events") is None else ("weir-alone", "weir-only")
    total = sum(size[s.sentence_id] for s in sentences.itertuples() if s.article_id not in outside)
    estimates = []
    for seed in range(120):
        key = drawn(annotations, **design, seed=seed)
        weights = 1 / (key.inclusion * key.sentence_inclusion)
        estimates.append(float((weights * key.sentence_id.map(size)).sum()))
    error = 4 * np.std(estimates) / np.sqrt(len(estimates))
    assert abs(np.mean(estimates) - total) <= max(error, 1e-6 * total)


def test_by_outlet_each_has_its_number_and_its_share(annotations: Annotations):
    found = articles(drawn(annotations, articles=4))
    assert found.outlet.value_counts().to_dict() == {"dale": 4, "ford": 4, "weir": 4}
    assert found.groupby("outlet").inclusion.unique().explode().to_dict() == pytest.approx(
        {"dale": 4 / 6, "ford": 4 / 6, "weir": 4 / 11}
    )


def test_where_there_are_fewer_all_are_taken(annotations: Annotations):
    sample = draw_sample(annotations, ("anonymous",), CODERS, Design(articles=8))
    assert sample.population.set_index("outlet").n_drawn.to_dict() == {"dale": 6, "ford": 6, "weir": 8}
    assert set(sample.key[sample.key.outlet == "dale"].inclusion) == {1.0}


def test_by_event_all_articles_of_shared_events_are_coded(annotations: Annotations):
    sample = draw_sample(annotations, ("anonymous",), CODERS, Design(articles=None, events=2))
    found = articles(sample.key)
    assert found.event.value_counts().tolist() == [7, 7]
    assert set(found.inclusion.round(6)) == {round(2 / 3, 6)}
    assert dict(sample.left_out.itertuples(index=False)) == {
        "weir-alone": "no event",
        "weir-only": "only one outlet tells its event",
    }


def test_by_event_and_outlet_both_probabilities_hold(annotations: Annotations):
    found = articles(drawn(annotations, articles=1, events=2))
    assert found.groupby(["event", "outlet"]).size().tolist() == [1] * 6
    assert found.groupby("outlet").inclusion.first().to_dict() == pytest.approx(
        {"dale": 1 / 3, "ford": 1 / 3, "weir": 2 / 9}
    )


def test_articles_without_text_or_sentence_are_named(annotations: Annotations):
    texts = annotations.texts.assign(text=annotations.texts.text.mask(annotations.texts.article_id == "weir-alone"))
    roles = annotations.sentences.segment.mask(annotations.sentences.article_id == "weir-only", "furniture")
    sample = draw_sample(
        replace(annotations, texts=texts, sentences=annotations.sentences.assign(segment=roles)),
        ("anonymous",), CODERS, Design(articles=20),
    )  # fmt: skip
    assert dict(sample.left_out.itertuples(index=False)) == {
        "weir-alone": "no text",
        "weir-only": "no sentence in headline, deck or body",
    }
    assert sample.key.article_id.nunique() == 21


def test_furniture_and_sentences_without_a_word_are_no_items(made):
    annotations = made.annotate(sentences=("Weir holds", "* * *", "It rained."))
    sample = draw_sample(annotations, ("anonymous",), CODERS, Design(articles=20))
    assert set(sample.wording.sentence) == {"Weir holds", "It rained."}
    assert sample.wordless == 12 and set(sample.key.n_sentences) == {2}
    assert set(sample.wording[sample.wording.sentence == "It rained."].before) == {"Weir holds"}
    assert set(sample.key.n_words) == {2}


def test_sentences_are_drawn_with_their_neighbours_as_context(annotations: Annotations, made):
    sample = draw_sample(annotations, ("anonymous",), CODERS, Design(sentences=2))
    assert set(sample.key.sentence_inclusion) == {0.5}
    assert sample.key.groupby("article_id").size().tolist() == [2] * sample.key.article_id.nunique()
    around = dict(zip(("", *made.SENTENCES), (*made.SENTENCES, ""), strict=True))
    for row in sample.wording.itertuples():
        assert around[row.before] == row.sentence and around[row.sentence] == row.after
    assert set(drawn(annotations, sentences=9).sentence_inclusion) == {1.0}


def test_the_same_seed_draws_the_same_and_another_something_else(annotations: Annotations):
    one, again, other = (drawn(annotations, articles=2, sentences=2, seed=seed) for seed in (7, 7, 8))
    pd.testing.assert_frame_equal(one, again)
    assert set(one.sentence_id) != set(other.sentence_id)


@pytest.mark.parametrize(("overlap", "shared"), [(1.0, 12), (0.5, 6), (0.01, 1), (0.0, 0)])
def test_shared_articles_are_coded_by_all_and_the_rest_is_dealt_evenly(annotations: Annotations, overlap, shared):
    found = articles(drawn(annotations, articles=4, overlap=overlap)).coders
    everyone = "ana; ben; carl"
    assert (found == everyone).sum() == shared
    alone = found[found != everyone].value_counts()
    assert alone.sum() == 12 - shared and (alone.empty or alone.max() - alone.min() <= 1)


def test_codes_tell_nothing_of_the_article(annotations: Annotations):
    key = drawn(annotations, articles=6)
    assert key.item_id.is_unique and key.item_id.str.fullmatch("s[0-9a-f]{10}").all()
    order = articles(key.sort_values("article")).article_id.tolist()
    assert order != sorted(order)


@pytest.mark.parametrize(
    ("design", "said"),
    [
        ({"articles": 0}, "articles must be at least 1"),
        ({"sentences": -1}, "sentences must be at least 1"),
        ({"articles": None}, "how many articles"),
        ({"overlap": 1.5}, "share from 0 to 1"),
    ],
)
def test_a_design_that_cannot_be_is_refused(annotations: Annotations, design: dict, said: str):
    with pytest.raises(CodingError, match=said):
        drawn(annotations, **design)


def test_nothing_to_draw_says_why(made):
    with pytest.raises(CodingError, match="no article can be drawn: 3 with only one outlet tells its event"):
        draw_sample(made.annotate(outlets=1, events=3), ("anonymous",), CODERS, Design(articles=None, events=2))
    with pytest.raises(CodingError, match="every coder once"):
        draw_sample(made.annotate(), ("anonymous",), ("ana", "ana"), Design())
