"""The command line. Exit code 0 if all went well, 1 with what failed, 2 for wrong usage, 130 or 143 if stopped."""

from __future__ import annotations

import argparse
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from samestory import commands
from samestory.messages import did_you_mean, explain

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
    "code": commands.code,
    "agree": commands.agree,
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
  samestory run my-study --jobs 2 --only harbour-fire
  samestory run my-study --explain        why each notebook would run or be skipped; runs nothing
  samestory run my-study --json > log     for programs: one JSON object a line, for each run and the summary
On Linux notebooks start from a process that holds their imports. To have each import everything by itself:
  JUPYTER_DEFAULT_PROVISIONER_NAME=local-provisioner samestory run my-study""",
    "validate": """examples:
  samestory validate                      every gold set that is found
  samestory validate --limit 20           a quick look: at most 20 documents of each""",
    "code": """examples:
  samestory code my-study --measures hedge_outlet,anonymous --articles 10 --coders ana,ben
  samestory code my-study --measures quoted --events 12 --coders ana,ben       12 events, all their articles
  samestory code my-study --measures quoted --coders ana,ben --sentences 15 --overlap 0.3 --round round-2
  samestory code my-study --measures hedge_outlet --plan 3     articles to code for a difference of 3 per 1,000 words
A round lies in my-study/coding/ROUND and is never overwritten. Any measure of the study can be coded.""",
    "agree": """examples:
  samestory agree my-study/coding/round-1                    all sheets in the round's folder
  samestory agree my-study/coding/round-1 ~/Downloads/ana.xlsx ~/Downloads/project-3.json
Exit code 1 where a sheet holds a mistake or a gap; what is right is read all the same.""",
    "release": """examples:
  samestory release my-study my-data                        tables, settings and hashes; no text, no titles
  samestory release data/almaty-2016 my-data --texts DIR    of a study whose texts lie elsewhere""",
    "verify": """examples:
  samestory verify my-data                  the files are as they were, and the tables fit together
  samestory verify my-data --texts DIR      and they come out of the texts in DIR, cell for cell
DIR holds your copies of the articles under any names, in any format that is read. A table that needs columns named:
samestory import FILE --into STUDY --column ..., then --texts STUDY/articles.""",
}


class _Parser(argparse.ArgumentParser):
    """One that names what was probably meant where a command, an option or one of its values is misspelt."""

    def parse_args(self, arguments=None, namespace=None):
        """As the standard one does it, but what is left over is told by the command that it was given to."""
        found, left = self.parse_known_args(arguments, namespace)
        if left:
            found.parser.error(f"unrecognized arguments: {' '.join(left)}")
        return found

    def error(self, message: str) -> NoReturn:
        """Leave with exit code 2; the message says how the command is used, what is wrong and what is near."""
        if choice := re.search(r"invalid choice: '(.*?)' \(choose from (.*)\)$", message):
            known = [name.strip("'") for name in choice[2].split(", ")]
            message += did_you_mean(choice[1], known)
        elif left := re.match(r"unrecognized arguments: (--[^\s=]+)", message):
            message += did_you_mean(left[1], self._option_string_actions)
        super().error(message)


def parser() -> argparse.ArgumentParser:
    """The command line's grammar."""
    from samestory import __version__

    top = _Parser(
        prog="samestory",
        description="Compare how news outlets tell the same event: sourcing, certainty, framing, claims.",
    )
    top.add_argument("--version", action="version", version=f"samestory {__version__}")
    grammars = top.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name: str, about: str) -> argparse.ArgumentParser:
        grammar = grammars.add_parser(
            name,
            help=about,
            description=about,
            epilog=EXAMPLES[name],
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        grammar.set_defaults(parser=grammar)
        return grammar

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
        "--jobs", type=_count, default=1, metavar="N", help="processes (default: 1; the result is the same)"
    )
    _add_scheduler(annotate)
    _add_telling(annotate)
    _add_reading(annotate)

    _add_running(command)
    _add_coding(command)
    _add_releasing(command)
    return top


def _add_running(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    run = command("run", "Annotate studies, execute the notebooks for every event, build the report.")
    run.add_argument("studies", nargs="+", type=Path, metavar="STUDY", help="folders with a study.toml")
    run.add_argument(
        "--jobs", type=_count, default=None, metavar="N", help="how much runs side by side (default: all cores)"
    )
    _add_scheduler(run)
    run.add_argument("--only", action="append", default=[], metavar="EVENT", help="this event alone; may be repeated")
    _add_results(run)
    run.add_argument("--texts", type=Path, metavar="DIR", help="where a text-free study finds its texts")
    run.add_argument(
        "--timeout", type=_count, default=600, metavar="SECONDS", help="what a notebook's cell may take (default: 600)"
    )
    run.add_argument("--memory", type=_count, metavar="MIB", help="what a notebook may take (default: all there is)")
    run.add_argument("--explain", action="store_true", help="say why each run would run or be skipped; run nothing")
    _add_telling(run)
    run.add_argument("--ship", action="store_true", help="write a text-free study's tables anew from its texts")

    validate = command("validate", "Score the measures against gold, with document-bootstrap intervals.")
    validate.add_argument("--gold", type=Path, metavar="DIR", help="a folder of gold instead of the project's own")
    validate.add_argument("--limit", type=_count, metavar="N", help="at most N documents of each corpus")
    validate.add_argument(
        "--out", type=Path, metavar="FILE", help="write the scores as CSV (the project keeps data/validation.csv)"
    )


def _add_coding(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    code = command("code", "Draw sentences for people to code, and write blind sheets for them.")
    code.add_argument("study", type=Path, metavar="STUDY", help="the study's folder")
    code.add_argument("--measures", required=True, type=_measures, metavar="NAMES", help="what is coded: a,b,c")
    code.add_argument("--coders", type=_coders, metavar="NAMES", help="who codes, as in ana,ben")
    code.add_argument(
        "--plan", type=float, metavar="DIFFERENCE", help="draw nothing; say how many articles show such a difference"
    )
    code.add_argument("--articles", type=_count, metavar="N", help="articles of each outlet (default: 10)")
    code.add_argument(
        "--events", type=_count, metavar="N", help="events, all their articles or --articles of each outlet"
    )
    code.add_argument(
        "--by", choices=("outlet", "event", "both"), help="what is drawn; told by --articles and --events if left out"
    )
    code.add_argument("--sentences", type=_count, metavar="K", help="only so many sentences of each article")
    code.add_argument(
        "--overlap", type=_share, default=1.0, metavar="SHARE", help="share of articles that all code (default: 1)"
    )
    code.add_argument("--seed", type=int, default=0, metavar="S", help="draws another sample (default: 0)")
    code.add_argument("--round", type=_round, default="round-1", metavar="NAME", help="its folder (default: round-1)")
    code.add_argument(
        "--format", type=_sheet_formats, default=("csv", "xlsx"), metavar="NAMES", help="csv,xlsx,label-studio"
    )
    _add_results(code)
    agree = command("agree", "Read coders' sheets: every mistake by row, agreement, adjudication, values of articles.")
    agree.add_argument("sheets", nargs="+", type=Path, metavar="SHEET", help="sheets of one round, or its folder")
    agree.add_argument(
        "--coders", choices=("people", "model"), default="people", help="model: they are language models"
    )
    agree.add_argument("--seed", type=int, default=0, metavar="S", help="of the bootstrap (default: 0)")


def _add_releasing(command: Callable[[str, str], argparse.ArgumentParser]) -> None:
    release = command("release", "Write a text-free copy of a study that others can run, verify and cite.")
    release.add_argument("study", type=Path, metavar="STUDY", help="the study's folder; its texts must be there")
    release.add_argument("folder", type=Path, metavar="DIR", help="where the copy goes: a new or an empty folder")
    release.add_argument("--titles", action="store_true", help="keep the articles' titles, which else are left out")
    release.add_argument("--texts", type=Path, metavar="DIR", help="where a text-free study finds its texts")
    release.add_argument("--jobs", type=_count, default=None, metavar="N", help="processes (default: all cores)")
    _add_results(release)

    verify = command("verify", "Check a release: its files, and its tables against your copies of the texts.")
    verify.add_argument("folder", type=Path, metavar="DIR", help="the release")
    verify.add_argument("--texts", type=Path, metavar="DIR", help="your copies of the articles")
    verify.add_argument("--notebooks", action="store_true", help="execute its notebooks too, and keep nothing of them")
    verify.add_argument("--jobs", type=_count, default=None, metavar="N", help="processes (default: all cores)")


def _add_scheduler(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--scheduler", metavar="ADDRESS", help="a Dask scheduler whose workers do the work, as in tcp://HOST:8786"
    )


def _add_telling(command: argparse.ArgumentParser) -> None:
    how = command.add_mutually_exclusive_group()
    how.add_argument("--quiet", action="store_true", help="print what failed and the summary alone")
    how.add_argument("--json", action="store_true", help="print one JSON object a line, for programs")


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


def _count(text: str) -> int:
    try:
        number = int(text)
    except ValueError:
        number = 0
    if number < 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number of at least 1")
    return number


def _share(text: str) -> float:
    try:
        share = float(text)
    except ValueError:
        share = -1
    if not 0 <= share <= 1:
        raise argparse.ArgumentTypeError(f"{text!r} is not a share from 0 to 1")
    return share


def _names(text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, (name.strip() for name in text.split(",")))))


def _measures(text: str) -> tuple[str, ...]:
    from samestory.coding.questions import check_measures

    try:
        return check_measures(_names(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _coders(text: str) -> tuple[str, ...]:
    from samestory.coding.rounds import check_name

    try:
        found = tuple(check_name(name, "coder") for name in _names(text))
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error
    if not found:
        raise argparse.ArgumentTypeError("name the coders, as in ana,ben")
    if len(found) < len([name for name in text.split(",") if name.strip()]):
        raise argparse.ArgumentTypeError(f"{text!r} names a coder twice")
    return found


def _round(text: str) -> str:
    from samestory.coding.rounds import check_name

    try:
        return check_name(text, "round")
    except ValueError as error:
        raise argparse.ArgumentTypeError(str(error)) from error


def _sheet_formats(text: str) -> tuple[str, ...]:
    from samestory.coding.rounds import FORMATS as SHEETS

    found = _names(text)
    if not found or set(found) - set(SHEETS):
        raise argparse.ArgumentTypeError(f"{text!r}: sheets are written as {', '.join(SHEETS)}")
    return found


def _check_design(top: argparse.ArgumentParser, options: argparse.Namespace) -> None:
    """What is drawn is told by the numbers; ``--by`` must say the same. Whoever draws names the coders."""
    if options.plan is None and options.coders is None:
        top.error("--coders is needed: who codes, as in --coders ana,ben")
    if options.plan is not None and not options.plan > 0:
        top.error("--plan takes a difference above 0, in the unit of the measure")
    told = "outlet" if options.events is None else "event" if options.articles is None else "both"
    needed = {"outlet": "--articles alone", "event": "--events alone", "both": "both --articles and --events"}
    if options.by not in (None, told):
        top.error(f"--by {options.by} takes {needed[options.by]}")


def _column(text: str) -> tuple[str, str]:
    ours, equals, theirs = text.partition("=")
    if not (ours and equals and theirs):
        raise argparse.ArgumentTypeError(f"{text!r} is not of the form OURS=THEIRS, as in text=Body")
    from samestory.articles.formats.rows import COLUMN_NAMES

    if ours not in COLUMN_NAMES:
        raise argparse.ArgumentTypeError(
            f"an article has no {ours!r}{did_you_mean(ours, COLUMN_NAMES)}; it has {', '.join(COLUMN_NAMES)}"
        )
    return ours, theirs


class Terminated(KeyboardInterrupt):
    """The signal SIGTERM has come: what runs is stopped as by Ctrl-C."""


@contextmanager
def _stopped_by_sigterm() -> Iterator[None]:
    """Within this a first SIGTERM raises Terminated, and further ones do not disturb the ending."""

    def stop(number: int, _: object) -> NoReturn:
        signal.signal(number, signal.SIG_IGN)
        raise Terminated

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; returns its exit code."""
    top = parser()
    options = top.parse_args(arguments)
    if options.command == "code":
        _check_design(top, options)
    try:
        with _stopped_by_sigterm():
            return WORK[options.command](options)
    except KeyboardInterrupt as stop:
        print("samestory: stopped; the same command goes on from here", file=sys.stderr)
        return 143 if isinstance(stop, Terminated) else 130
    except (OSError, ValueError, KeyError, RuntimeError, ImportError) as error:
        print(f"samestory: {explain(error)}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
