"""Words that tell outlets apart, from tables: what is compared is counted text, and every word can be read in place."""

from __future__ import annotations

from dataclasses import fields, replace

import pandas as pd

from samestory.annotation import Annotations
from samestory.articles.record import text_hash
from samestory.comparison import wording
from samestory.figures import passages
from samestory.tables import frame

COMMON = "The council met on the bridge and Mr. Ruel spoke about costs for the town. " * 5


def study(events: int) -> Annotations:
    """Two outlets on so many events; one writes of lorries, the other of trucks, and a menu stands before each text."""
    rows: dict[str, list[dict[str, object]]] = {"articles": [], "texts": [], "segments": []}
    for n in range(events):
        for outlet, thing in (("gazette", "lorry"), ("courier", "truck")):
            name, menu = f"e{n}-{outlet}", f"Menu {thing}shop\n"
            text = menu + COMMON + f"A {thing} stood by. " * (3 + n % 3) + "\nShare\nThe Gazette said so."
            rows["articles"].append(
                {"article_id": name, "event": f"e{n}", "outlet": outlet, "published": "2020-02-06",
                 "published_precision": "day", "source_file": f"{name}.txt", "format": "plain",
                 "text_sha256": text_hash(text), "n_chars": len(text), "n_words": 99, "n_body_words": 90}
            )  # fmt: skip
            rows["texts"].append({"article_id": name, "text": text})
            share = text.index("Share")
            cuts = (0, len(menu), share, share + 6, len(text))
            for start, end, role in zip(cuts, cuts[1:], ("furniture", "body", "furniture", "body"), strict=False):
                rows["segments"].append(
                    {"article_id": name, "start": start, "end": end, "segment": role, "rule": "hand"}
                )
    return Annotations(**{field.name: frame(field.name, rows.get(field.name, [])) for field in fields(Annotations)})


def test_words_chance_and_masks_stand_side_by_side() -> None:
    found = wording.wording(study(8), masks={"gazette": ["The Gazette"]})
    top = wording.top_words(found.words, most=1)
    assert top[["outlet", "word"]].to_numpy().tolist() == [["courier", "truck"], ["gazette", "lorry"]]
    assert (top.q < 0.05).all() and (top.low > 0).all() and (top.difference < top.high).all()
    assert not found.words.word.str.contains("shop|share|ruels").any()
    assert found.chance.set_index("outlet").test.to_dict() == {"courier": 2, "gazette": 2}
    masks = found.masks.set_index(["outlet", "mask"])["count"]
    assert masks["gazette", "mr"] == 40 and masks["courier", "the gazette"] == 8
    assert found.compared.n_events.tolist() == [8, 8]


def test_a_word_is_shown_where_it_stands_in_the_article() -> None:
    annotations = study(6)
    spans = wording.word_passages(annotations, "lorry", most=4)
    texts = annotations.texts.set_index("article_id").text
    assert [texts[row.article_id][row.start : row.end] for row in spans.itertuples()] == ["lorry"] * 4
    assert spans.article_id.nunique() == 4 and set(spans.outlet) == {"gazette"}
    late = wording.word_passages(annotations, "so", outlet="courier", most=1).iloc[0]
    assert texts[late.article_id][late.start : late.end] == "so"
    assert "[lorry]" in repr(passages(annotations.texts, spans, note="outlet"))
    assert wording.word_passages(annotations, "menu").empty


def test_few_events_are_described_and_not_tested() -> None:
    found = wording.wording(study(3))
    assert found.words.q.isna().all() and (found.chance.test == 0).all() and (found.chance.n_tested == 0).all()
    assert set(found.words.refusal) == {"no test: 3 shared events, 6 are needed"}
    assert wording.limits(found)[0].startswith("No word is tested: only 3 events shared")


def test_the_finding_names_its_numbers_and_what_is_left_out() -> None:
    found = wording.wording(study(8), masks={"gazette": ["The Gazette"]})
    row, text = found.chance.iloc[0], wording.wording_finding(found)
    assert text.startswith(f"{row.log_odds} of {row.n_words} words stand out between courier and gazette by log-odds; ")
    assert text.endswith("would by chance alone. 2 pass the test (more in courier: truck; gazette: lorry).")
    untested = row.n_words - row.n_tested
    reason = "the outlets differ in them on fewer than 6 events (courier, gazette)."
    assert wording.limits(found) == [f"{untested} of {row.n_words} words are not tested: {reason}"]


def test_a_text_too_short_to_compare_is_counted() -> None:
    annotations = study(7)
    segments = annotations.segments[annotations.segments.article_id.ne("e0-gazette")]
    brief = frame("segments", [{"article_id": "e0-gazette", "start": 15, "end": 60, "segment": "body", "rule": "hand"}])
    found = wording.wording(replace(annotations, segments=pd.concat([segments, brief], ignore_index=True)))
    assert found.compared.set_index("outlet").briefs.to_dict() == {"courier": 0, "gazette": 1}
    assert any(said.startswith("1 text of gazette is left out") for said in wording.limits(found))


def test_nothing_to_tell_is_said_in_one_sentence():
    assert wording.wording_finding(wording.wording(study(1))).startswith("No word of these outlets stands out")
