"""The site of a study: every link leads somewhere, nothing is half there, the same study gives the same bytes."""

from __future__ import annotations

import io
import json
import re
import shutil
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pandas as pd
import pytest

from samestory.annotation import Annotations
from samestory.files import csv_text
from samestory.preparing import prepare, ship
from samestory.report import build_report, search
from samestory.report.downloads import zipped
from samestory.report.pages import environment
from samestory.runs import Outcome, plan_runs
from samestory.study import Study, open_study

FRONT_PAGE_BYTES = 500_000


class Links(HTMLParser):
    """Where a page leads and what can be led to in it."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name in ("href", "xlink:href", "src") and value is not None and not value.startswith("data:"):
                self.hrefs.append(value)
            if name == "id" and value is not None:
                self.ids.append(value)


def assert_every_link_leads_somewhere(results: Path) -> int:
    """Every address of every page is a file of the site, and its fragment a place in it; returns how many there are."""
    pages = {path: Links(path) for path in results.rglob("*.html")}
    for path, page in pages.items():
        assert len(page.ids) == len(set(page.ids)), f"{path.name}: an id stands twice"
        for href in page.hrefs:
            assert not re.match(r"\w+:|//|/", href), f"{path.name} leads out of the site: {href}"
            way, _, fragment = href.partition("#")
            target = (path.parent / unquote(way)).resolve() if way else path
            assert target.is_file(), f"{path.name}: {href}"
            if fragment and "=" not in fragment:  # what the reading view selects is its own language
                assert {fragment, unquote(fragment)} & set(pages[target].ids), f"{path.name}: {href}"
    return sum(len(page.hrefs) for page in pages.values())


def files(results: Path) -> dict[str, bytes]:
    """Every file that was published, but for what the study keeps."""
    kept = ("cache", "tables")
    paths = (path for path in results.rglob("*") if path.is_file() and path.relative_to(results).parts[0] not in kept)
    return {path.relative_to(results).as_posix(): path.read_bytes() for path in paths}


def page(study: Study, name: str) -> str:
    return (study.results / name).read_text(encoding="utf-8")


def test_every_page_is_there_and_every_link_leads_somewhere(site: Study):
    assert (site.results / "index.html").stat().st_size < FRONT_PAGE_BYTES
    for event in ("ferry", "mill-fire"):
        there = {path.name for path in (site.results / "events" / event).iterdir()}
        assert {"index.html", "reading.html", "paper.pdf", "numbers.csv", "figures"} <= there
    assert assert_every_link_leads_somewhere(site.results) > 100


def test_a_finding_is_proven_by_passages_of_the_reading_view(site: Study, coded: Annotations):
    front, event = page(site, "index.html"), page(site, "events/mill-fire/index.html")
    assert "9 in wire" in front and "at least 12 in lantern" in front
    (conflict,) = coded.claim_relations[coded.claim_relations.relation == "conflict"].itertuples()
    for claim in (conflict.claim_id, conflict.other_claim_id):
        assert f'href="events/mill-fire/reading.html#mark={claim}"' in front
        assert f'href="reading.html#mark={claim}"' in event
        assert claim in page(site, "events/mill-fire/reading.html")
    assert "<mark>nine workers</mark>" in front, "the passage is quoted where its text is here"


def test_each_number_leads_to_what_it_counts_and_zero_leads_nowhere(site: Study, coded: Annotations):
    event = page(site, "events/mill-fire/index.html")
    ids = coded.articles.set_index("outlet").query("event == 'mill-fire'").article_id
    assert f'href="reading.html#of=certainty_hedge&amp;in={ids["wire"]}"' in event
    assert f'href="reading.html#of=certainty_hedge&amp;in={ids["lantern"]}"' not in event
    told = pd.read_csv(site.results / "events/mill-fire/numbers.csv")
    row = told[(told.measure == "certainty_hedge") & (told.outlet == "wire")].iloc[0]
    assert row.numerator == 1 and row.value == pytest.approx(1000 * row.numerator / row.denominator, abs=1e-4)


def test_timeline_and_toll_lead_to_articles_and_claims(site: Study, coded: Annotations):
    event = page(site, "events/mill-fire/index.html")
    for article in coded.articles.article_id[coded.articles.event == "mill-fire"]:
        assert f'xlink:href="reading.html#in={article}"' in event
    led = set(re.findall(r'xlink:href="reading\.html#mark=([^"]*)"', event))
    assert led and led <= set(coded.claims.claim_id)


def test_the_same_study_gives_the_same_bytes_however_it_is_built(
    site: Study, site_copy: Study, monkeypatch: pytest.MonkeyPatch
):
    first = files(site.results)
    assert build_report(site_copy, []) == site_copy.results / "index.html"
    assert files(site_copy.results) == first
    for path in (site_copy.results / "events").glob("*/index.html"):
        path.unlink()
    monkeypatch.setattr("samestory.report.site.WORTH_IT", 1)
    build_report(site_copy, [], workers=2)
    assert files(site_copy.results) == first


def test_an_event_of_which_nothing_changed_is_left_alone(site_copy: Study):
    pages = sorted((site_copy.results / "events").glob("*/index.html"))
    before = [path.stat().st_mtime_ns for path in pages]
    build_report(site_copy, [])
    assert [path.stat().st_mtime_ns for path in pages] == before
    (pages[0].parent / "paper.pdf").unlink()
    build_report(site_copy, [])
    assert (pages[0].parent / "paper.pdf").exists() and pages[1].stat().st_mtime_ns == before[1]
    build_report(replace(site_copy, title="Another title"), [])
    assert all("Another title" in path.read_text(encoding="utf-8") for path in pages)


def test_what_failed_stands_on_the_front_page_and_on_the_events(site_copy: Study):
    (run, *_) = [run for run in plan_runs(site_copy) if run.event == "ferry"]
    build_report(site_copy, [], [Outcome(run, "failed", "cell 3: <b>no toll")])
    assert "cell 3: &lt;b&gt;no toll" in page(site_copy, "index.html") and "1 failed" in page(site_copy, "index.html")
    assert "&lt;b&gt;no toll" in page(site_copy, "events/ferry/index.html")
    assert "no toll" not in page(site_copy, "events/mill-fire/index.html")


def test_names_are_shown_as_they_stand(site_copy: Study):
    hostile = '<img src=x onerror=alert(1)> & "co" {{7*7}}'
    told = replace(site_copy, title=hostile, outlets={"wire": f"{hostile} $5"})
    build_report(told, [])
    for path in site_copy.results.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "<img src=x" not in text and (
            "&lt;img src=x onerror" in text or path.is_relative_to(site_copy.results / "docs")
        )
    listed = page(site_copy, "assets/search.js")
    assert "<" not in listed and "\\u003cimg src=x" in listed


def test_without_texts_places_are_told_and_nothing_is_quoted(shipped_study: Path, tmp_path: Path):
    study = open_study(shipped_study, tmp_path / "results")
    build_report(study, [])
    assert assert_every_link_leads_somewhere(study.results) > 100
    front = page(study, "index.html")
    assert "9 in wire" in front and "<q>" not in front
    assert "their words are not here" in page(study, "events/mill-fire/reading.html")


def test_one_article_alone_has_its_page(site_copy: Study, coded: Annotations):
    one = coded.select(coded.articles.article_id[:1])
    shutil.rmtree(site_copy.results)
    ship(site_copy, one)
    prepare(site_copy)
    build_report(site_copy, [])
    assert "1 article from 1 outlet" in page(site_copy, "index.html")
    assert assert_every_link_leads_somewhere(site_copy.results) > 20


def test_search_lists_events_outlets_findings_names_and_claims_but_no_article(site: Study, coded: Annotations):
    text = page(site, "assets/search.js")
    entries = [search.Entry(*row) for row in json.loads(text[text.index("[") : text.rindex("]") + 1])]
    assert {"event", "outlet", "finding", "name", "guide"} <= {entry.kind for entry in entries}
    assert any(entry.title == "ferry" and entry.address == "events/ferry/index.html" for entry in entries)
    for entry in entries:
        assert (site.results / entry.address.partition("#")[0]).is_file()
    assert not any(body in text for body in coded.texts.text)


def test_search_leads_to_measures_and_to_what_guides_say(site: Study):
    text = page(site, "assets/search.js")
    entries = [search.Entry(*row) for row in json.loads(text[text.index("[") : text.rindex("]") + 1])]
    anonymous = next(entry for entry in entries if entry.kind == "measure" and entry.words == "anonymous")
    assert anonymous.title == "Anonymous sources" and anonymous.more == "sourcing: anonymous sources / sources"
    assert f'id="{anonymous.address.partition("#")[2]}"' in page(site, "docs/codebook.html")
    assert any(entry.kind == "guide" and "krippendorff" in entry.words for entry in entries)


def test_headings_of_notebooks_can_be_searched(site: Study):
    runs = [run for run in plan_runs(site) if run.event == "ferry" and "sourcing" in run.notebook.stem]
    entries = list(search.notebook_entries(site, runs))
    assert entries[0].address == "events/ferry/2_sourcing.html" and "who gets to say" in entries[0].title
    assert any(entry.address.endswith("#Who-is-cited") for entry in entries)


def test_tables_to_take_away_hold_no_text_and_no_title(site: Study, coded: Annotations):
    with zipfile.ZipFile(site.results / "downloads" / "tables.zip") as archive:
        names = set(archive.namelist())
        told = "".join(archive.read(name).decode() for name in names)
    assert {"articles.csv", "claims.csv", "measures.csv"} <= names and "texts.csv" not in names
    assert not any(title in told for title in coded.articles.title)


def test_an_archive_depends_on_its_files_alone():
    cell = csv_text(pd.DataFrame({"name": ["=cmd|' /C calc'!A0"]}))
    made = zipped({"b.csv": cell, "a.csv": ""})
    assert made == zipped({"a.csv": "", "b.csv": cell})
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert archive.namelist() == ["a.csv", "b.csv"]
        assert b"\n'=cmd" in archive.read("b.csv")


def test_templates_escape_what_they_are_given():
    assert environment().from_string("{{ name }}").render(name="<b>") == "&lt;b&gt;"
