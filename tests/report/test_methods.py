"""The methods paragraph: true and grammatical for studies of any shape, and citing works that exist."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import yaml

from samestory import __version__, compare
from samestory.annotation import Annotations
from samestory.comparison import contrast
from samestory.comparison.confounds import confounds
from samestory.comparison.multiverse import Specifications
from samestory.figures import quotable
from samestory.measures import measure
from samestory.report.methods import Told, bibliography, cited, methods, methods_paragraph, references, with_names
from samestory.report.scored import RESTS_ON, SCORES, aspects_told, chosen
from samestory.study import Study, open_study
from samestory.tables import frame
from samestory.validation.results import read_scores, rounded

SEED = 7
WRONG = re.compile(
    r"\b1 (?:articles|outlets|events|pairs|words|values|contrasts|files|measures|estimates|documents)\b|  | [,.;]|\.\.|"
    r"nan|<NA>|None\b(?! of)|\b0 (?:of|articles|pairs)|\(\)|\[\]"
)


@pytest.fixture
def shipped(shipped_study: Path, tmp_path: Path) -> Study:
    return open_study(shipped_study, tmp_path / "results")


def many(n_events: int, outlets: tuple[str, ...] = ("lantern", "wire"), seed: int = 1) -> tuple[Annotations, Told]:
    """Articles of so many events, an article an outlet, without text, and their comparison on two measures."""
    rng = np.random.default_rng(seed)
    rows, counts = [], []
    for event in range(n_events):
        for outlet in outlets:
            name, month = f"{event}-{outlet}", f"2021-0{event % 9 + 1}"
            rows.append({"article_id": name, "event": f"e{event}", "outlet": outlet, "published": month,
                         "published_precision": "month", "source_file": name, "format": "html", "text_sha256": "0",
                         "n_chars": 900, "n_words": 150, "n_body_words": 120})  # fmt: skip
            for kind, n in (("attributions", rng.integers(1, 9)), ("certainty_hedge", 2)):
                counts.append({"article_id": name, "measure": kind, "numerator": n, "denominator": 150})
    empty = Annotations(**{name: frame(name) for name in Annotations.__dataclass_fields__})
    found = replace(empty, articles=frame("articles", rows))
    return found, told_of(found, frame("measures", counts))


def told_of(annotations: Annotations, measures: pd.DataFrame, **more) -> Told:
    names = [name for name in ("attributions", "certainty_hedge") if name in set(measures.measure)] or None
    return Told(
        compare(measures, annotations.articles, names=names, seed=SEED),
        contrast(measures, annotations.articles, names=names, seed=SEED),
        confounds(annotations, measures),
        **more,
    )


def check(text: str) -> str:
    """A paragraph of whole sentences, without the slips that numbers and nulls make, citing works that there are."""
    assert not (found := WRONG.search(text)), f"{found[0]!r} in: {text[max(0, found.start() - 60) : found.end() + 40]}"
    assert text.count("(") == text.count(")") and text.count("[") == text.count("]")
    for part in text.split("\n\n"):
        assert part.endswith(".") and (part[0].isupper() or part[0].isdigit())
    assert cited(text) <= set(references())
    return text


def test_a_text_free_study_of_two_events_claims_neither_intervals_nor_tests(shipped: Study):
    view, measures = shipped.view(), shipped.measures()
    told = Told(compare(measures, view.articles), contrast(measures, view.articles), confounds(view, measures))
    text = check(methods_paragraph(shipped, view, measures, told, seed=SEED))
    assert "“Two events, two outlets” compares 4 articles from 2 outlets (lantern and wire) on 2 events." in text
    assert "They were published on 6 February 2020." in text and "in the format plain." in text
    assert "No interval is given" in text and "bootstrap" not in text
    assert "none was tested, for want of six such events" in text and "permutation" not in text
    assert "lantern and wire share 2 events: no versions of one copy were found; outlet and stage" in text
    assert "The texts were not at hand" in text and "engines" not in text.split("\n\n")[-1]
    assert "People coded" not in text and "specification" not in text and "neural tagger" not in text
    assert "were found by hand" in text, "the engine that the table names"
    assert text.endswith("The seed of random draws is 7.")


def test_the_founding_study(root: Path, tmp_path: Path):
    study = open_study(root / "data" / "almaty-2016", tmp_path / "results")
    view, measures = study.view(), study.measures()
    told = Told(compare(measures, view.articles), contrast(measures, view.articles), confounds(view, measures))
    text = check(methods_paragraph(study, view, measures, told, seed=SEED))
    assert "compares 2 articles from 2 outlets (NDTV and Sputnik) on 1 event. No day of publication is known." in text
    assert "1 of 2 articles names an agency as origin." in text and "no versions of one copy were found" in text
    assert "found by a neural tagger learnt from PolNeAR [@newell2018]" in text and "a bootstrap" not in text


def test_a_study_with_texts_names_its_engines(text_study: Path, tmp_path: Path):
    study = open_study(text_study, tmp_path / "made")
    view, measures = study.view(), study.measures()
    text = check(methods_paragraph(study, view, measures, told_of(view, measures), seed=SEED))
    assert re.search(rf"samestory {re.escape(__version__)} \(engines [0-9a-f]{{8}}\) \[@samestory\], spaCy \d", text)
    words = int(measures.denominator[measures.measure == "attributions"].sum())
    assert f"together {words:,} words" in text and "not at hand" not in text


def test_what_is_left_out_is_counted(shipped: Study):
    view, measures = shipped.view(), shipped.measures()
    report = shipped.results / "reading_report.csv"
    refused = "bad.pdf,,refused,0,no text\nworse.pdf,,refused,0,no text\n"
    report.write_text(report.read_text(encoding="utf-8") + refused, encoding="utf-8")
    one = view.event("ferry")
    text = check(methods_paragraph(shipped, one, measures, told_of(one, measures), seed=SEED))
    assert "2 further articles of the study are left out here." in text
    assert "2 files or rows could not be read" in text
    assert "share 1 event:" in text and "on 1 event." in text
    counted = measures[measures.article_id.isin(one.articles.article_id) & (measures.measure == "attributions")]
    assert f"together {counted.denominator.sum():,.0f} words" in text, "of these articles alone"


def test_one_article_is_described_not_compared(shipped: Study):
    view, measures = shipped.view(), shipped.measures()
    one = view.select(view.articles.article_id[:1])
    text = check(methods_paragraph(shipped, one, measures, told_of(one, measures), seed=SEED))
    outlet = one.articles.outlet[0]
    assert f"describes 1 article from {outlet} on 1 event. It was published on 6 February 2020. It was read" in text
    assert "There is one outlet, so that no two were compared." in text and "share" not in text


def test_many_events_have_intervals_and_drawn_arrangements(shipped: Study):
    annotations, told = many(20)
    text = check(methods_paragraph(shipped, annotations, frame("measures"), told, seed=SEED))
    assert "compares 40 articles from 2 outlets (lantern and wire) on 20 events" in text
    assert "No day of publication is known." in text
    assert "Student's quantile [@hesterberg2015], from six events on" in text
    assert "the observed arrangement counted in [@phipson2010]" in text
    assert "The 2 tests were corrected together for the false discovery rate" in text
    assert "exact" not in text.split("\n\n")[-2]


def test_few_events_are_tested_exactly_and_one_test_is_not_corrected(shipped: Study):
    annotations, told = many(7)
    one = told._replace(contrasts=told.contrasts[told.contrasts.measure == "attributions"])
    text = check(methods_paragraph(shipped, annotations, frame("measures"), one, seed=SEED))
    assert "by an exact two-sided permutation test" in text and "phipson2010" not in text
    assert "corrected together" not in text and "benjamini1995" not in cited(text)


def test_pairs_of_many_outlets_are_counted(shipped: Study):
    outlets = tuple(f"paper-{letter}" for letter in "abcdefghij")
    annotations, told = many(7, outlets)
    text = check(methods_paragraph(shipped, annotations, frame("measures"), told, seed=SEED))
    assert "compares 70 articles from 10 outlets on 7 events" in text and "paper-a" not in text
    assert "each of the 45 pairs of outlets that share an event: no pair ran versions of one copy" in text
    assert "for no pair can the stage of reporting be held fixed" in text


def test_only_what_was_used_is_told(shipped: Study):
    annotations, told = many(7)
    hedges = told._replace(compared=told.compared[told.compared.measure == "certainty_hedge"])
    text = methods_paragraph(shipped, annotations, frame("measures"), hedges, seed=SEED)
    assert "Certainty cues" in text and "szarvas2012" in cited(text)
    assert "Attributions" not in text and "Claims" not in text and not {"pareti2016", "boydstun2014"} & cited(text)


def test_articles_without_text_or_event(shipped: Study):
    annotations, _ = many(2)
    lost = replace(annotations, articles=annotations.articles.assign(event=pd.Series(pd.NA, range(4), dtype="string")))
    text = check(methods_paragraph(shipped, lost, frame("measures"), told_of(lost, frame("measures")), seed=SEED))
    assert "4 articles from 2 outlets (lantern and wire). " in text and "No text came in" in text
    assert "4 articles belong to no event" in text and "so that no two were compared" in text


def test_human_coding_and_correction_are_told_where_they_were_had(shipped: Study):
    annotations, told = many(20)
    codings = pd.DataFrame({"article_id": ["0-wire", "1-wire", "1-wire"], "measure": ["quoted", "quoted", "named"],
                            "numerator": [1, 2, 1], "denominator": [3, 4, 4], "inclusion": [0.1, 0.25, 0.25],
                            "n_coders": [1, 2, 2], "coded_by": "people"})  # fmt: skip
    coded = told._replace(codings=codings)
    text = check(methods_paragraph(shipped, annotations, frame("measures"), coded, seed=SEED))
    assert "People coded 2 of the 40 articles for 2 measures" in text
    assert "a known probability between 0.10 and 0.25 [@cochran1977], 1 of them by two coders or more." in text
    assert "egami2023" not in cited(text), "nothing was corrected"
    text = check(methods_paragraph(shipped, annotations, frame("measures"), coded._replace(n_corrected=3), seed=SEED))
    assert "3 estimates were corrected by these codings" in text and {"egami2023", "angelopoulos2023ppi"} <= cited(text)
    none = told._replace(codings=codings.iloc[:0])
    assert "People coded" not in methods_paragraph(shipped, annotations, frame("measures"), none, seed=SEED)


@pytest.mark.parametrize(("failed", "fate"), [(0, "none failed."), (1, "1 failed and is shown as failed."),
                                              (2, "2 failed and are shown as failed.")])  # fmt: skip
def test_the_multiverse_tells_what_failed(shipped: Study, failed: int, fate: str):
    annotations, told = many(7)
    run = told._replace(multiverse=Specifications(64, failed))
    text = check(methods_paragraph(shipped, annotations, frame("measures"), run, seed=SEED))
    assert "run under 64 specifications" in text and fate in text and "simonsohn2020" in cited(text)


def scores(*rows: tuple[str, str, str, int, float]) -> pd.DataFrame:
    """Scores of certainty cues: gold, coders, part, documents, exact F1."""
    return rounded(
        pd.DataFrame(
            [{"measure": "certainty.cue", "gold": gold, "coders": coders, "part": part, "metric": "exact",
              "n_documents": n, "n_units": 9, "precision": f1, "recall": f1, "score": f1, "low": f1 - 0.1,
              "high": f1 + 0.1, "status": "measured", "reason": pd.NA} for gold, coders, part, n, f1 in rows]
        )
    )  # fmt: skip


def test_a_part_that_was_held_back_is_told_before_one_that_was_not(coded: Annotations):
    told = scores(("own", "model coders", "development", 90, 0.95), ("own", "model coders", "test", 30, 0.8),
                  ("Szeged Uncertainty (news)", "people", "all, by rules", 50, 0.7))  # fmt: skip
    kept = chosen(SCORES["certain"], told)
    assert [(row["part"], row["coders"]) for row in kept] == [("test", "model coders"), ("all, by rules", "people")]
    text = " ".join(aspects_told(coded, ["certainty_hedge"], told))
    assert "own gold on own, test part, held back, coded by language models and not by people, 30 documents" in text
    assert "certainty cues 0.80 (0.70 to 0.90)" in text and "[@szarvas2012], all, by rules, coded by people," in text
    assert "0.95" not in text and "There is no score for counted text." in text
    only = " ".join(aspects_told(coded, ["certainty_hedge"], told[told.part == "development"]))
    assert "development part, which the engines were made with" in only


def test_without_any_score_that_is_said(coded: Annotations):
    text = aspects_told(coded, ["hedge_outlet"], read_scores(Path("absent.csv")))[-1]
    assert text == "There is no score for certainty cues, who holds a cue and counted text."


def test_every_measure_rests_on_something_that_has_a_score_in_the_table_kept(coded: Annotations):
    from samestory.measures import MEASURES

    used = [*MEASURES, "frames"]
    text = " ".join(aspects_told(coded, used, read_scores()))
    assert "There is no score" not in text
    assert {key for keys in RESTS_ON.values() for key in keys} | {"segments"} == set(SCORES)
    assert all(
        aspects_told(coded, [name], read_scores())[0].startswith(("Attr", "Cert", "Lab", "Claims")) for name in MEASURES
    )


def parse(text: str) -> list[tuple[str, str, dict[str, str]]]:
    """A strict reader of BibTeX with fields in braces: (type, key, fields) of each entry; ValueError where wrong."""
    entries, at = [], 0
    text = re.sub(r"^%.*\n", "", text, flags=re.MULTILINE)
    while match := re.compile(r"\s*@(\w+)\{([\w]+),").match(text, at):
        kind, key, at, fields = match[1], match[2], match.end(), {}
        while field := re.compile(r"\s*(\w+)\s*=\s*\{").match(text, at):
            depth, start, at = 1, field.end(), field.end()
            while depth:
                if at == len(text):
                    raise ValueError(f"{key}: a brace is not closed")
                depth += {"{": 1, "}": -1}.get(text[at], 0)
                at += 1
            fields[field[1]] = text[start : at - 1]
            if text[at] != ",":
                raise ValueError(f"{key}: no comma after {field[1]}")
            at += 1
        end = re.compile(r"\s*\}").match(text, at)
        if not end:
            raise ValueError(f"{key}: no end after {list(fields)}")
        at = end.end()
        entries.append((kind, key, fields))
    if text[at:].strip():
        raise ValueError(f"not read: {text[at : at + 40]!r}")
    return entries


def test_the_references_parse_and_each_has_author_title_and_year(root: Path):
    entries = parse((root / "src/samestory/report/references.bib").read_text(encoding="utf-8"))
    keys = [key for _, key, _ in entries]
    assert len(keys) == len(set(keys)) == len(references()) and set(keys) == set(references())
    for kind, key, fields in entries:
        assert {"author", "title", "year"} <= set(fields) and re.fullmatch(r"(19|20)\d\d", fields["year"]), key
        assert kind in {"article", "book", "inproceedings", "incollection", "misc", "software"}
        assert key == "samestory" or key == "papermill" or fields["year"] in key, "a key says the year"
        assert "journal" in fields if kind == "article" else "booktitle" in fields if kind.startswith("in") else True
        assert "doi" not in fields or re.fullmatch(r"10\.\d{4,9}/\S+", fields["doi"]), key
        assert all(value and value == value.strip() for value in fields.values())


def test_the_project_is_cited_as_its_citation_file_says(root: Path):
    said = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    _, _, fields = parse(references()["samestory"])[0]
    assert fields["title"] == said["title"] and fields["version"] == str(said["version"]) == __version__
    assert fields["year"] == str(said["date-released"])[:4] and fields["author"] == f"{{{said['authors'][0]['name']}}}"


def test_every_key_that_the_code_can_cite_exists(root: Path):
    code = "".join((root / "src/samestory/report" / name).read_text() for name in ("methods.py", "scored.py"))
    keys = set(re.findall(r"@([a-z]+\d{4}\w*|samestory|papermill)\b", code)) | set(
        re.findall(r'": "([a-z]+\d{4})"', code)
    )
    assert len(keys) > 20 and keys <= set(references())


def test_the_bibliography_holds_exactly_the_works_cited(shipped: Study):
    annotations, told = many(20)
    shown = methods(shipped, annotations, frame("measures"), told, seed=SEED)
    assert {key for _, key, _ in parse(shown.bibtex)} == cited(shown.text)
    assert bibliography("Nothing is cited, not even at a@b.example.") == ""
    assert bibliography("An outlet is called [@nobody1900].") == ""


def test_the_block_is_escaped_and_folds_its_references(shipped: Study):
    annotations, told = many(7)
    named = replace(shipped, title='Fire & <b>"smoke"</b>')
    shown = methods(named, annotations, frame("measures"), told, seed=SEED)
    html = shown._repr_html_()
    assert "Fire &amp; &lt;b&gt;" in html and "<b>" not in html and "<details><summary>BibTeX</summary><pre" in html
    assert html.count("<p>") == shown.text.count("\n\n") + 1
    assert repr(shown) == f"{shown.text}\n\n{shown.bibtex}"
    assert "details" not in quotable("One line.").html() and repr(quotable("One line.")) == "One line."


def test_the_measures_of_the_texts_give_the_words(coded: Annotations, shipped: Study):
    measures = measure(coded)
    text = methods_paragraph(shipped, coded, measures, told_of(coded, measures), seed=SEED)
    assert f"together {measures.denominator[measures.measure == 'attributions'].sum():,.0f} words" in text
    spans = coded.segments.end - coded.segments.start
    share = 100 * spans[coded.segments.segment == "furniture"].sum() / spans.sum()
    assert f"site furniture ({share:.1f} %)" in text


def test_citations_are_read_as_names_and_years_and_an_outlet_called_so_is_none():
    assert with_names("found [@pareti2016; @newell2018] by rules [@vanleeuwen1996].") == (
        "found (Pareti, 2016; Newell et al., 2018) by rules (van Leeuwen, 1996)."
    )
    assert with_names("[@home] and [@efron2021]").startswith("[@home] and ")
