"""The command line. Exit code 0 if all went well, 1 with what failed, 2 for wrong usage."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from samestory.articles import Reading

FORMATS = (
    *("proquest", "nexis", "factiva", "nexis-uni", "html", "warc"),
    *("nela", "mediacloud", "news-please", "jsonl", "csv", "text"),
)
SHOWN = 20  # refusals that are printed; the report has all
EXAMPLES = {
    "import": """examples:
  samestory import export.csv --into my-study --column text=Body --column outlet=Source
  samestory import crawl/ more/page.html --into my-study --event harbour-fire""",
    "events": """examples:
  samestory events my-study               writes my-study/events_proposed.csv
Correct its column `event` (empty: belongs to none) and save it as my-study/events.csv: then it holds.""",
    "annotate": """examples:
  samestory annotate articles/ --out tables/                every sub-folder of articles/ is an event
  samestory annotate a.txt b.html --event fire --out tables/ --jobs 2""",
    "run": """examples:
  samestory run data/specimen
  samestory run my-study --jobs 2 --only harbour-fire""",
    "validate": """examples:
  samestory validate                      every gold set that is found
  samestory validate --limit 20           a quick look: at most 20 documents of each""",
}


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    from samestory import __version__

    top = argparse.ArgumentParser(
        prog="samestory",
        description="Compare how news outlets tell the same event: sourcing, certainty, framing, claims.",
    )
    top.add_argument("--version", action="version", version=f"samestory {__version__}")
    commands = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name,
            help=about,
            description=about,
            epilog=EXAMPLES[name],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )

    add = command(
        "import", "Read exports or files of articles into a study, with a report of what was refused and why."
    )
    add.add_argument("sources", nargs="+", type=Path, metavar="SOURCE", help="files or folders of articles")
    add.add_argument("--into", required=True, type=Path, metavar="STUDY", help="the study's folder, made if need be")
    _add_reading(add)

    events = command("events", "Propose which articles of a study tell of the same event, for you to confirm.")
    events.add_argument("study", type=Path, metavar="STUDY", help="the study's folder")

    annotate = command("annotate", "Annotate any files or folders of articles: every table as OUT/TABLE.parquet.")
    annotate.add_argument(
        "paths", nargs="+", type=Path, metavar="PATH", help="files or folders; a sub-folder is an event"
    )
    annotate.add_argument("--out", required=True, type=Path, metavar="DIR", help="where the tables go")
    annotate.add_argument("--cache", type=Path, metavar="DIR", help="keep what was computed, for the next time")
    annotate.add_argument(
        "--jobs", type=_jobs, default=1, metavar="N", help="processes (default: 1; the result is the same)"
    )
    _add_reading(annotate)

    run = command("run", "Annotate studies, execute the notebooks for every event, build the report.")
    run.add_argument("studies", nargs="+", type=Path, metavar="STUDY", help="folders with a study.toml")
    run.add_argument(
        "--jobs", type=_jobs, default=None, metavar="N", help="how much runs side by side (default: all cores)"
    )
    run.add_argument("--only", action="append", default=[], metavar="EVENT", help="this event alone; may be repeated")
    run.add_argument(
        "--results", type=Path, default=Path("results"), metavar="DIR", help="where results go (default: results)"
    )
    run.add_argument("--texts", type=Path, metavar="DIR", help="where a text-free study finds its texts")
    run.add_argument("--ship", action="store_true", help="write a text-free study's tables anew from its texts")

    validate = command("validate", "Score the measures against gold, with document-bootstrap intervals.")
    validate.add_argument("--gold", type=Path, metavar="DIR", help="a folder of gold instead of the project's own")
    validate.add_argument("--limit", type=int, metavar="N", help="at most N documents of each corpus")
    validate.add_argument(
        "--out", type=Path, metavar="FILE", help="write the scores as CSV (the project keeps data/validation.csv)"
    )
    return top


def _add_reading(command: argparse.ArgumentParser) -> None:
    formats = f"{', '.join(FORMATS[:-1])} or {FORMATS[-1]}"
    command.add_argument(
        "--format",
        metavar="NAME",
        choices=FORMATS,
        help=f"take every file for this format instead of looking at its content: {formats}",
    )
    command.add_argument("--event", metavar="NAME", help="the event of articles that do not name theirs")
    columns = (
        "a CSV or JSONL column that holds our text, title, deck, outlet, published, url, language, credit or event"
    )
    command.add_argument("--column", action="append", default=[], type=_column, metavar="OURS=THEIRS", help=columns)


def _jobs(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return number


def _column(text: str) -> tuple[str, str]:
    ours, equals, theirs = text.partition("=")
    if not (ours and equals and theirs):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form OURS=THEIRS, as in text=Body")
    from samestory.articles.formats.rows import COLUMN_NAMES

    if ours not in COLUMN_NAMES:
        raise argparse.ArgumentTypeError(f"an article has no {ours!r}; it has {', '.join(COLUMN_NAMES)}")
    return ours, theirs


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    options = parser().parse_args(arguments)
    commands = {"import": _import, "events": _events, "annotate": _annotate, "run": _run, "validate": _validate}
    try:
        return commands[options.command](options)
    except KeyboardInterrupt:
        print("samestory: stopped; the same command goes on from here", file=sys.stderr)
        return 130
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        print(f"samestory: {error.args[0] if isinstance(error, KeyError) else error}", file=sys.stderr)
        return 1


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


def _import(options: argparse.Namespace) -> int:
    from samestory.articles import write_import
    from samestory.articles.importing import REPORT_FILE

    reading, refused = _read(options, options.sources, options.into / REPORT_FILE)
    write_import(reading, options.into)
    alone = sum(article.event is None for article in reading.articles)
    if alone:
        print(f"{alone} articles name no event; samestory events {options.into} proposes which belong together")
    print(f"the study lies in {options.into}; next: samestory run {options.into}")
    return 1 if refused else 0


def _events(options: argparse.Namespace) -> int:
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


def _annotate(options: argparse.Namespace) -> int:
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


def _run(options: argparse.Namespace) -> int:
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


def _validate(options: argparse.Namespace) -> int:
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


if __name__ == "__main__":
    sys.exit(main())
