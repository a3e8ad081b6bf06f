"""What each command of the command line does: it takes the parsed options and returns the exit code."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samestory.articles import Reading

SHOWN = 20  # refusals that are printed; the report has all


def _read(options: argparse.Namespace, paths: Sequence[Path], report: Path) -> tuple[Reading, int]:
    """Read articles, write the loss report and print it; returns them, and how many files or rows were refused."""
    from samestory.articles import read, write_report

    reading = read(paths, format=options.format, event=options.event or None, columns=dict(options.column) or None)
    found = reading.report
    if not len(found):
        raise ValueError("no file to read there; nothing was written")
    refused = found[found.status == "refused"]
    files = int(((found.status == "read") & (found.n_articles > 0)).sum())
    print(f"read {len(reading.articles)} articles from {files} files; refused {len(refused)} files or rows")
    for row in refused.head(SHOWN).itertuples():
        print("  refused {}: {}".format(*(str(told).replace("\n", "\\n") for told in (row.source_file, row.reason))))
    write_report(found, report)
    if len(refused) > SHOWN:
        print(f"  and {len(refused) - SHOWN} more")
    if len(refused):
        print(f"what was read, refused and left aside is listed in {report}")
    if not reading.articles:
        raise ValueError("no article could be read")
    return reading, len(refused)


def import_(options: argparse.Namespace) -> int:
    """Read sources into a study's folder."""
    from samestory.articles import write_import
    from samestory.articles.importing import REPORT_FILE

    reading, refused = _read(options, options.sources, options.into / REPORT_FILE)
    write_import(reading, options.into)
    alone = sum(article.event is None for article in reading.articles)
    if alone:
        print(f"{alone} articles name no event; samestory events {options.into} proposes which belong together")
    print(f"the study lies in {options.into}; next: samestory run {options.into}")
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
    from samestory.annotation import annotate
    from samestory.runs.progress import Progress

    reading, refused = _read(options, options.paths, options.out / "reading_report.csv")
    with Progress("annotating", len(reading.articles), "articles") as progress:
        found = annotate(reading.articles, workers=options.jobs, cache=options.cache, progress=progress.advance)
    found.write(options.out)
    for name, data in found.tables():
        print(f"  {name}: {len(data)} rows")
    print(f"the tables lie in {options.out}")
    return 1 if refused else 0


def run(options: argparse.Namespace) -> int:
    """Run studies from articles to report."""
    from samestory.runs.batch import run_study

    failed = [
        path
        for path in options.studies
        if not run_study(
            path,
            options.results,
            workers=options.jobs,
            only=options.only,
            texts=options.texts,
            ship_tables=options.ship,
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
    print(f"check it: samestory verify {made.folder} --texts {study.articles}")
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
    from tempfile import TemporaryDirectory

    from samestory.runs.batch import run_study

    with TemporaryDirectory(prefix="samestory-") as results:
        ran = run_study(folder, Path(results), workers=workers, texts=texts)
    print(f"  these pages are not kept: samestory run {folder} makes them")
    return ran
