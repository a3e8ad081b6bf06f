"""The command line. Exit code 0 if all went well, 1 with what failed, 2 for wrong usage."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from samestory import commands

FORMATS = (
    *("proquest", "nexis", "factiva", "nexis-uni", "html", "warc"),
    *("nela", "mediacloud", "news-please", "jsonl", "csv", "text"),
)
WORK = {
    "import": commands.import_,
    "events": commands.events,
    "annotate": commands.annotate,
    "run": commands.run,
    "validate": commands.validate,
    "release": commands.release,
    "verify": commands.verify,
}
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
    "release": """examples:
  samestory release my-study my-data                        tables, settings and hashes; no text, no titles
  samestory release data/almaty-2016 my-data --texts DIR    of a study whose texts lie elsewhere""",
    "verify": """examples:
  samestory verify my-data                  the files are as they were, and the tables fit together
  samestory verify my-data --texts DIR      and they come out of the texts in DIR, cell for cell
DIR holds your copies of the articles under any names, in any format that is read. A table that needs columns named:
samestory import FILE --into STUDY --column ..., then --texts STUDY/articles.""",
}


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    from samestory import __version__

    top = argparse.ArgumentParser(
        prog="samestory",
        description="Compare how news outlets tell the same event: sourcing, certainty, framing, claims.",
    )
    top.add_argument("--version", action="version", version=f"samestory {__version__}")
    grammars = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, about: str) -> argparse.ArgumentParser:
        return grammars.add_parser(
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
    _add_results(run)
    run.add_argument("--texts", type=Path, metavar="DIR", help="where a text-free study finds its texts")
    run.add_argument("--ship", action="store_true", help="write a text-free study's tables anew from its texts")

    validate = command("validate", "Score the measures against gold, with document-bootstrap intervals.")
    validate.add_argument("--gold", type=Path, metavar="DIR", help="a folder of gold instead of the project's own")
    validate.add_argument("--limit", type=int, metavar="N", help="at most N documents of each corpus")
    validate.add_argument(
        "--out", type=Path, metavar="FILE", help="write the scores as CSV (the project keeps data/validation.csv)"
    )
    _add_releasing(command)
    return top


def _add_releasing(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    release = command("release", "Write a text-free copy of a study that others can run, verify and cite.")
    release.add_argument("study", type=Path, metavar="STUDY", help="the study's folder; its texts must be there")
    release.add_argument("folder", type=Path, metavar="DIR", help="where the copy goes: a new or an empty folder")
    release.add_argument("--titles", action="store_true", help="keep the articles' titles, which else are left out")
    release.add_argument("--texts", type=Path, metavar="DIR", help="where a text-free study finds its texts")
    release.add_argument("--jobs", type=_jobs, default=None, metavar="N", help="processes (default: all cores)")
    _add_results(release)

    verify = command("verify", "Check a release: its files, and its tables against your copies of the texts.")
    verify.add_argument("folder", type=Path, metavar="DIR", help="the release")
    verify.add_argument("--texts", type=Path, metavar="DIR", help="your copies of the articles")
    verify.add_argument("--notebooks", action="store_true", help="execute its notebooks too, and keep nothing of them")
    verify.add_argument("--jobs", type=_jobs, default=None, metavar="N", help="processes (default: all cores)")


def _add_results(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--results", type=Path, default=Path("results"), metavar="DIR", help="where results go (default: results)"
    )


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
    try:
        return WORK[options.command](options)
    except KeyboardInterrupt:
        print("samestory: stopped; the same command goes on from here", file=sys.stderr)
        return 130
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        print(f"samestory: {error.args[0] if isinstance(error, KeyError) else error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
