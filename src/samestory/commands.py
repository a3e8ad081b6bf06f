"""What each command of the command line does: it takes the parsed options and returns the exit code."""

from __future__ import annotations

import argparse
import os
import shlex
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from samestory.messages import command

if TYPE_CHECKING:
    from samestory.annotation import Annotations
    from samestory.articles import Reading
    from samestory.coding import Design, Sample
    from samestory.runs.progress import Teller
    from samestory.study import Study

SHOWN = 20  # refusals that are printed; the report has all


def _read(options: argparse.Namespace, paths: Sequence[Path], report: Path, teller: Teller) -> tuple[Reading, int]:
    """Read articles, write the loss report and print it; returns them, and how many files or rows were refused."""
    from samestory.articles import read, write_report
    from samestory.comparison.saying import plural

    reading = read(paths, format=options.format, event=options.event or None, columns=dict(options.column) or None)
    found = reading.report
    if not len(found):
        raise ValueError("no file to read there; nothing was written")
    refused = found[found.status == "refused"]
    files = int(((found.status == "read") & (found.n_articles > 0)).sum())
    n, lost = len(reading.articles), len(refused)
    teller.sum_up(
        f"read {n} {plural(n, 'article')} from {files} {plural(files, 'file')}; "
        f"refused {lost} {'file or row' if lost == 1 else 'files or rows'}"
    )
    for row in refused.head(SHOWN).itertuples():
        told = str(row.source_file), "the file is empty" if row.reason == "empty" else str(row.reason)
        teller.sum_up("  refused {}: {}".format(*(one.replace("\n", "\\n") for one in told)))
    write_report(found, report)
    if len(refused) > SHOWN:
        teller.sum_up(f"  and {len(refused) - SHOWN} more")
    if len(refused):
        teller.sum_up(f"what was read, refused and left aside is listed in {report}")
    if not reading.articles:
        raise ValueError("no article could be read")
    return reading, len(refused)


def import_(options: argparse.Namespace) -> int:
    """Read sources into a study's folder."""
    from samestory.articles import write_import
    from samestory.articles.importing import REPORT_FILE
    from samestory.runs.progress import Teller

    reading, refused = _read(options, options.sources, options.into / REPORT_FILE, Teller())
    write_import(reading, options.into)
    into = shlex.quote(str(options.into))
    alone = sum(article.event is None for article in reading.articles)
    if alone:
        print(f"{alone} articles name no event; {command()} events {into} proposes which belong together")
    print(f"the study lies in {options.into}; next: {command()} run {into}")
    return 1 if refused else 0


def events(options: argparse.Namespace) -> int:
    """Propose events for a study's articles."""
    from samestory.runs.progress import Progress
    from samestory.study import EVENTS, open_study, read_study, write_proposal

    study = open_study(options.study)
    reading = read_study(study)
    with Progress("comparing", len(reading.articles), "articles") as progress:
        path, proposed = write_proposal(study, reading.articles, progress.advance)
    found = proposed.event.value_counts(sort=False)
    print(f"{int(found.sum())} of {len(proposed)} articles in {len(found)} events; {proposed.event.isna().sum()} alone")
    print(f"the proposal lies in {path}: correct the column event and save it as {options.study / EVENTS}")
    return 0


def annotate(options: argparse.Namespace) -> int:
    """Write every table of some articles."""
    from samestory.annotation import annotate_parts
    from samestory.parts import written_tables
    from samestory.runs.progress import Progress, Teller

    teller = Teller(options.quiet, options.json)
    reading, refused = _read(options, options.paths, options.out / "reading_report.csv", teller)
    progress = Progress("annotating", len(reading.articles), "articles", teller, each=True)
    with progress, written_tables(options.out) as tables:
        for part in annotate_parts(
            reading.articles,
            workers=options.jobs,
            scheduler=options.scheduler,
            cache=options.cache,
            progress=progress.advance,
        ):
            for name, data in part.tables():
                tables.add(name, data)
    for name, rows in tables.rows.items():
        teller.say(f"  {name}: {rows} rows")
    teller.sum_up(f"the tables lie in {options.out}")
    teller.tell("summary", articles=len(reading.articles), refused=refused, rows=tables.rows, tables=str(options.out))
    return 1 if refused else 0


def run(options: argparse.Namespace) -> int:
    """Run studies from articles to report, or tell why what would run."""
    from samestory.runs.batch import run_study
    from samestory.runs.explain import explain_study
    from samestory.runs.kernels import Limits
    from samestory.runs.progress import Teller

    teller = Teller(options.quiet, options.json)
    if options.explain:
        for path in options.studies:
            explain_study(path, options.results, only=options.only, teller=teller)
        return 0
    failed = [
        path
        for path in options.studies
        if not run_study(
            path,
            options.results,
            workers=options.jobs,
            scheduler=options.scheduler,
            only=options.only,
            texts=options.texts,
            ship_tables=options.ship,
            limits=Limits(options.timeout, options.memory),
            teller=teller,
        )
    ]
    return 1 if failed else 0


def validate(options: argparse.Namespace) -> int:
    """Score the measures against gold."""
    from samestory.validation import render, validate, write_scores

    scores = validate(
        options.gold,
        limit=options.limit,
        workers=os.cpu_count() or 1,
        progress=lambda gold: print(f"scoring {gold}", flush=True),
    )
    print(render(scores))
    if options.out:
        write_scores(scores, options.out)
    return 0


def code(options: argparse.Namespace) -> int:
    """Draw a round of coding by hand and write its sheets."""
    from samestory.coding.rounds import draw_round
    from samestory.coding.sampling import ARTICLES, Design
    from samestory.runs.batch import annotate_study
    from samestory.study import open_study

    study = open_study(options.study, options.results)
    articles = options.articles if options.articles or options.events else ARTICLES
    design = Design(articles, options.events, options.sentences, options.overlap, options.seed)
    annotate_study(study, os.cpu_count() or 1)
    annotations = study.annotations()
    if options.plan is not None:
        for line in _planned(study, annotations, options.measures, options.plan):
            print(line)
        return 0
    folder, sample = draw_round(
        study, annotations, options.measures, options.coders, design, name=options.round, formats=options.format
    )
    for line in _drawn(folder, sample, design):
        print(line)
    return 0


def _planned(study: Study, annotations: Annotations, names: Sequence[str], difference: float) -> Iterator[str]:
    """How many articles of either outlet must be coded by hand to see a difference, measure by measure."""
    from samestory.comparison.planning import coding_plan, plan_sentence
    from samestory.validation.measure_validity import correlation_of
    from samestory.validation.results import read_scores

    scores = read_scores()
    for name in names:
        correlation, where = correlation_of(scores, name)
        planned = coding_plan(study.measures(), annotations.articles, name, difference, correlation)
        yield plan_sentence(planned, name, difference)
        yield f"  the machine's values follow gold's with r = {correlation:.2f} ({where})"
        for row in planned.itertuples():
            told = f"{row.corrected} of {row.n_articles} corrected, {row.human} without the machine"
            yield f"  {row.outlet} and {row.other_outlet}: {told if row.refusal is None else row.refusal}"
    yield "  (power .8, two-sided .05; a plan from the machine's own spread: code a few first, and plan again)"


def _drawn(folder: Path, sample: Sample, design: Design) -> Iterator[str]:
    """What was drawn, who codes how much, and what to do next."""
    from samestory.coding.rounds import SECONDS_A_SENTENCE, SECONDS_AN_ANSWER, borrows_words, hours, read_round

    round_ = read_round(folder)
    key = round_.key
    yield f"{round_.name}: {key.article_id.nunique()} articles drawn by {_by(design)}, {len(key)} sentences to code"
    for row in sample.population.itertuples():
        yield f"  {row.outlet}: {row.n_drawn} of {row.n_articles} articles"
    for reason, n in sample.left_out.reason.value_counts().items():
        yield f"  left out: {n} articles, {reason}"
    if sample.wordless:
        yield f"  left out: {sample.wordless} sentences without a word"
    asked = [question.key for question in round_.questions]
    yield f"answers to a sentence: {', '.join(asked)}"
    for coder in round_.coders:
        items = round_.items_of(coder)
        effort = f"about {hours(len(items), len(asked)):.1f} hours"
        yield f"  {coder}: {len(items)} sentences of {items.article_id.nunique()} articles, {effort}"
    yield f"  (at {SECONDS_A_SENTENCE} seconds a sentence and {SECONDS_AN_ANSWER} an answer: a guess, time your first)"
    if borrowed := borrows_words(round_.measures):
        yield f"{', '.join(borrowed)}: the words of each voice are the machine's, unless attributed_words is coded too"
    yield f"the sheets lie in {folder}; sample.csv is the key to them, not for coders"
    yield "next: give each coder their own sheet and codebook.md (for Excel the .xlsx), put the sheets back, then run"
    yield f"  {command()} agree {shlex.quote(str(folder))}"
    if (sheet := folder / f"{round_.coders[0]}.csv").exists():
        yield f'or code in JupyterLab: import samestory.coding; samestory.coding.view("{sheet}")'


def _by(design: Design) -> str:
    return {"both": "event and outlet"}.get(design.by, design.by)


def agree(options: argparse.Namespace) -> int:
    """Read the sheets of a round: mistakes, agreement, adjudication, values."""
    from samestory.coding.outcome import describe, read_outcome

    outcome = read_outcome(options.sheets, models=options.coders == "model", seed=options.seed)
    for line in describe(outcome):
        print(line)
    return 1 if outcome.mistakes else 0


def release(options: argparse.Namespace) -> int:
    """Write a text-free copy of a study."""
    from samestory.release import write_release
    from samestory.release.card import shortened_lines
    from samestory.runs.batch import annotate_study
    from samestory.runs.progress import Progress
    from samestory.study import open_study, remember_texts

    study = open_study(options.study, options.results)
    if options.texts is not None:
        study = remember_texts(study, options.texts)
    annotate_study(study, options.jobs or os.cpu_count() or 1)
    with Progress("looking for words of the articles in", 0, "files") as bar:
        made = write_release(study, options.folder, titles=options.titles, progress=bar.step)
    for line in shortened_lines(made.shortened):
        print(f"  {line}")
    print(f"{made.n_files} files without text in {made.folder}; DATA_CARD.md there says what they are")
    for name in made.to_fill_in:
        print(f"  no {name}: write it under [study] in {options.study / 'study.toml'} and make the release again")
    folder, texts = (shlex.quote(str(path)) for path in (made.folder, study.articles))
    print(f"check it: {command()} verify {folder} --texts {texts}")
    return 0


def verify(options: argparse.Namespace) -> int:
    """Check a release against its manifest and against texts."""
    from samestory.release import verify_release
    from samestory.runs.progress import Progress

    workers = options.jobs or os.cpu_count() or 1
    with Progress("recomputing", 0, "articles") as bar:
        found = verify_release(options.folder, options.texts, workers=workers, progress=bar.step)
    for line in found.said:
        print(line)
    for line in found.failed:
        print(f"failed: {line}", file=sys.stderr)
    ran = _run_notebooks(options.folder, options.texts, workers) if options.notebooks else True
    wrong = len(found.failed) + (not ran)
    print(f"{options.folder}: " + (f"not verified, {wrong} failed" if wrong else "all that was asked for holds"))
    return 1 if wrong else 0


def _run_notebooks(folder: Path, texts: Path | None, workers: int) -> bool:
    """Whether a release's notebooks run; their outputs are thrown away."""
    from samestory.files import private_folder
    from samestory.runs.batch import run_study

    with private_folder() as results:
        ran = run_study(folder, Path(results), workers=workers, texts=texts)
    print(f"  these pages are not kept: {command()} run {shlex.quote(str(folder))} makes them")
    return ran
