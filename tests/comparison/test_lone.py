"""One article or one outlet: every sentence says that there is nothing to compare, and none compares it with itself."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from samestory.annotation import Annotations
from samestory.comparison import (
    alone,
    certainty,
    confound_notes,
    confounds,
    contrast,
    findings,
    frames,
    profiles,
    timing,
)
from samestory.measures import measure

COMPARING = re.compile(r"\bmost\b|\bnan\b|\bNone\b|outlets' own voice|Every outlet|\b0 of 0\b")


@pytest.fixture
def one(coded: Annotations) -> Annotations:
    """One article of one outlet, which hedges once in its own voice."""
    return coded.select(["mill-fire-wire"])


def test_findings_of_one_article_compare_it_with_nothing(one: Annotations):
    said = findings.headlines(one)
    assert said[0] == "1 claim in the one article here, and no other article to set beside it."
    assert "wire cites officials in 1 of 1 source mentions." in said
    assert "wire hedges once in its own voice, its sources 0 times." in said
    assert "Only wire is here: there are no other words to set beside its own." in said
    assert said[-1] == "Only one article is here: there is no other whose copy it could share."
    assert not [sentence for sentence in said if COMPARING.search(sentence)]


def test_limits_begin_with_the_missing_other_outlet(one: Annotations, coded: Annotations):
    limits = findings.limits(one)
    assert limits == [
        "Only wire tells of this here, in 1 article: there is nothing to compare with. What is said describes this "
        "text; add another outlet's article of the event."
    ]
    both = coded.select(["mill-fire-wire", "ferry-wire"])
    assert findings.limits(both)[0].startswith(
        "Only wire tells of this here, in 2 articles: there is nothing to compare"
    )
    assert "Only" not in " ".join(findings.limits(coded))


def test_an_event_that_one_outlet_tells_alone_is_counted_among_the_limits(coded: Annotations):
    three = coded.select(coded.articles.article_id[coded.articles.article_id != "ferry-lantern"])
    limits = findings.limits(three)
    assert "1 of 2 events is told by one outlet alone: nothing is compared." in limits
    assert any(text.startswith("Of 2 outlets, 1 has one article here.") for text in limits)
    assert not [text for text in findings.limits(coded) if "alone" in text]


def test_one_outlet_alone_is_described_with_its_passages_and_compared_with_nothing(coded: Annotations):
    lone = coded.select(coded.articles.article_id[coded.articles.outlet == "wire"])
    found = alone.of_one(lone, measure(lone))
    assert found and not [one.sentence for one in found if COMPARING.search(one.sentence.replace("most often", ""))]
    named = next(one for one in found if one.kind == "wording")
    ids = set(lone.labels.label_id)
    assert {part.fragment.removeprefix("mark=") for part in named.evidence} <= ids and named.evidence
    with pytest.raises(ValueError, match="several outlets"):
        alone.of_one(coded, measure(coded))


def test_certainty_of_one_outlet_asks_for_no_comparison(one: Annotations):
    voices = profiles.certainty_by_voice(one)
    assert certainty.voice_finding(voices, profiles.OWN_VOICE) == "In wire's own voice, 1 of 1 cues are hedges"
    measures = measure(one)
    profiled = certainty.profile(one, measures)
    assert "most" not in certainty.profile_finding(profiled)
    defined = certainty.definitions(one, measures)
    assert certainty.turning(defined) == "Only wire is here: who doubts most is a question for two outlets."
    assert certainty.definition_table(defined).empty


def test_two_outlets_are_still_compared(coded: Annotations):
    voices = profiles.certainty_by_voice(coded)
    assert "lantern has most (1)" in certainty.voice_finding(voices, profiles.OWN_VOICE)
    assert findings.naming(coded).startswith("For ")


def test_time_frames_and_contrasts_of_one_article(one: Annotations):
    assert timing.timing_headline(timing.timing(one.articles)) == "Only one report is here"
    assert timing.timing_note(one.articles) == "Only one report is here: there is no order of reports to tell."
    framed = one.frames.assign(scheme="policy", frame="crime_and_punishment", present=True)
    held = Annotations(**{name: framed if name == "frames" else data for name, data in one.tables()})
    assert frames.finding(held) == "“crime and punishment” holds in the one article here."
    measures = measure(one)
    told = contrast(measures, one.articles)
    assert findings.contrasts(told) == "No contrast can be drawn: no two outlets have text on the same event here."
    assert confound_notes.confound_sentences(one, confounds.confounds(one, measures)) == []


@pytest.fixture
def lone_study(text_study: Path) -> Path:
    """A study of one event, told in one article."""
    shutil.rmtree(text_study / "articles" / "ferry")
    (text_study / "articles" / "mill-fire" / "lantern.txt").unlink()
    (text_study / "articles" / "articles.csv").unlink()
    return text_study


def test_every_notebook_of_an_event_with_one_article_runs_and_says_so(
    lone_study: Path, tmp_path: Path, say: Callable[..., tuple[int, str, str]]
):
    code, out, err = say("run", lone_study, "--results", tmp_path / "results", "--only", "mill-fire", "--jobs", "2")
    assert (code, err) == (0, "") and "6 executed, 0 unchanged, 0 failed" in out
    for path in sorted((tmp_path / "results" / "small" / "events" / "mill-fire").glob("*.ipynb")):
        outputs = [
            output for cell in json.loads(path.read_text("utf-8"))["cells"] for output in cell.get("outputs", [])
        ]
        said = " ".join("".join(output.get("data", {}).get("text/plain", "")) for output in outputs)
        assert "Only wire tells of this here, in 1 article: there is nothing to compare with." in said, path.name
        assert not re.search(r"\bnan\b|\binf\b|<NA>|has most|doubts most under|hedges most", said), path.name
