"""DATA_CARD.md: what a release is and is not, how it was made, how well that works, and how to check it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd

from samestory.comparison.saying import listed, plural
from samestory.files import read_csv
from samestory.measures import MEASURES
from samestory.release.codings import Coding
from samestory.study import Study
from samestory.textfree import Runs, TextFree, find_runs
from samestory.textfree.cells import short_words

NAME = "DATA_CARD.md"
TABLES = {
    "articles": "an article: outlet, event, time, address, SHA-256 of its text, lengths",
    "segments": "a run of text with one role: headline, body, caption, notice, ...",
    "sentences": "a sentence, with its certainty score",
    "reuse": "a passage that two articles share",
    "edits": "a wording changed between two versions of shared copy",
    "attributions": "an attribution: its cue, source and kind",
    "sources": "one source of an attribution",
    "contents": "what is attributed",
    "certainty": "a cue of certainty: hedge, booster, approximator, ...",
    "labels": "a mention of a person, group or thing: its head word and modifiers",
    "referents": "who or what is meant, across an event's outlets",
    "frames": "an issue frame in an article, with its score",
    "claims": "a checkable statement, mostly a number",
    "claim_relations": "two claims of one event set side by side",
    "measures": "a count in an article, over what it is counted of",
}
REASONS = 8  # of files refused or left aside that are listed
WORDED_KINDS = {
    "url": "host and hash kept",
    "source_file": "hash and suffix kept",
    "event": "the first words and a hash kept, in every table",
}


class Facts(NamedTuple):
    """What a card is written from; ``own`` are the settings in ``[study]`` as released."""

    study: Study
    own: Mapping[str, Any]
    free: TextFree
    shortened: pd.DataFrame
    codings: Mapping[str, Coding]
    environment: Mapping[str, Any]
    n_of_grid: int  # files of the multiverse that the release holds


def card_text(facts: Facts, runs: Runs) -> str:
    """The data card; of what the reading report says, words of an article are cut."""
    parts = (
        _what(facts),
        _compared(facts),
        _collected(facts, runs),
        _held(facts),
        _left_out(facts),
        _made(facts),
        _valid(),
        _coded(facts),
        _limits(),
        _licence(facts),
        _verify(),
    )
    return "\n\n".join("\n".join(part) for part in parts) + "\n"


def count_shortened(shortened: pd.DataFrame) -> pd.DataFrame:
    """What was shortened, by table and column: table, column, cells."""
    return shortened.groupby(["table", "column"], sort=True).size().rename("cells").reset_index()


def shortened_lines(counts: pd.DataFrame) -> list[str]:
    """The same, in sentences."""
    return [
        f"{row.table}, {row.column}: {row.cells} {plural(row.cells, 'cell')} repeated an article; "
        + WORDED_KINDS.get(row.column, "the first words kept")
        for row in counts.itertuples()
    ]


def _what(facts: Facts) -> list[str]:
    articles = facts.free.tables["articles"]
    events, outlets = articles.event.nunique(), articles.outlet.nunique()
    return [
        f"# {facts.own['title']}",
        "",
        f"A study of how {outlets} {plural(outlets, 'outlet')} told {events} {plural(events, 'event')} in "
        f"{len(articles)} {plural(len(articles), 'article')}, as tables without the articles' text. "
        "Made with samestory: every row points to characters of an article, so that whoever has the articles can check "
        "it, and make all of it again.",
        *(["", str(facts.own["description"])] if facts.own.get("description") else []),
    ]


def _compared(facts: Facts) -> list[str]:
    articles = facts.free.tables["articles"]
    rows = []
    for outlet, own in articles.groupby("outlet", sort=True):
        name = facts.study.outlet_name(str(outlet))
        words = int(own.n_body_words.median())
        rows.append((outlet, name, len(own), own.event.nunique(), int(own.agency.notna().sum()), words))
    header = ("outlet", "name", "articles", "events", "of these agency copy", "words in the body (median)")
    known = articles.published.dropna().str[:10].sort_values()
    dates = f"Published from {known.iloc[0]} to {known.iloc[-1]}" if len(known) else "No date of publication is known"
    unknown = int(articles.published.isna().sum())
    sizes = articles.event.value_counts()
    alone = int(articles.event.isna().sum())
    return [
        "## What is compared",
        "",
        *_table(header, [(row[0], row[1], *row[2:]) for row in rows]),
        "",
        dates
        + (f"; of {unknown} {plural(unknown, 'article')} it is not known" if unknown and len(known) else "")
        + ".",
        *(
            [f"Articles of an event: {sizes.min()} to {sizes.max()}, median {sizes.median():g}."]
            if len(sizes) > 1
            else []
        ),
        *([f"{alone} {plural(alone, 'article')} belong to no event and are compared with nothing."] if alone else []),
    ]


def _collected(facts: Facts, runs: Runs) -> list[str]:
    formats = facts.free.tables["articles"].format.value_counts().sort_index()
    told = listed([f"{name} ({n})" for name, n in formats.items()])
    report = _loss_report(facts.study)
    read, refused, aside = (report[report.status == status] for status in ("read", "refused", "ignored"))
    lines = [
        "## How the articles were collected",
        "",
        f"Read from these formats (articles): {told}. The loss report: {len(read[read.n_articles > 0])} files "
        f"read, {int(read.n_articles.sum())} articles in them; {len(refused)} refused, {len(aside)} left aside.",
    ]
    reasons = pd.concat([refused, aside]).assign(reason=lambda d: d.reason.fillna("").str.split(":").str[0])
    counted = reasons.groupby(["status", "reason"]).size().sort_values(ascending=False, kind="stable").head(REASONS)
    lines += [
        f"- {status}: {short_words(str(reason)) if next(find_runs(runs, str(reason)), None) else reason} ({n})"
        for (status, reason), n in counted.items()
    ]
    return [*lines, "How the outlets and events were chosen is for the study's authors to say; these data do not tell."]


def _loss_report(study: Study) -> pd.DataFrame:
    """The report of the import, where the study was made by one, else of the reading."""
    from samestory.articles.importing import REPORT_FILE

    path = study.folder / REPORT_FILE
    kinds = {"status": "string", "reason": "string"}
    return read_csv(path, kinds) if path.is_file() else study.reading_report()


def _held(facts: Facts) -> list[str]:
    rows = [(f"tables/{name}.csv", len(facts.free.tables[name]), told) for name, told in TABLES.items()]
    rows += [(name, coding.n_rows, "what coders found or how far they agree") for name, coding in facts.codings.items()]
    grid = ["- `multiverse/`: what became of each specification, and the contrasts under all of them"]
    return [
        "## What is in it",
        "",
        *_table(("file", "rows", "one row is"), rows),
        "",
        "Offsets count characters of an article's text, from `start` up to but without `end`. An empty cell is unknown "
        "or does not apply. Besides these:",
        "- `study.toml`: the study's settings; the folder is a study that `samestory run` runs as it stands",
        "- `reading.csv`: what annotating needs besides the text: the fields that an article's format names (as "
        "spans), an agency that it credits, and hashes of lines that an outlet prints around every story",
        "- `parameters.json`: what every notebook ran with; `environment.json`, `requirements.txt`: the versions",
        *(grid if facts.n_of_grid else []),
        "- `shortened.csv`: each cell that repeated an article and was shortened",
        "- `MANIFEST`: SHA-256 of every file, and of every article's text; `CITATION.cff`: how to cite the data",
    ]


def _left_out(facts: Facts) -> list[str]:
    titles = int(facts.free.tables["articles"].title.notna().sum())
    lines = [
        "## What is not in it",
        "",
        "No text of an article. No file here holds eight words in a row of any of them (compared without case and "
        "punctuation, in addresses and file names too); it was checked file by file when the release was made. "
        "Heads of labels, names, units and the like stand as single words and short phrases.",
        f"Titles are given of {titles} {plural(titles, 'article')}; these and the addresses may repeat a headline."
        if titles
        else "Titles of articles are left out, from addresses too where they hold five words and more.",
        "The sheets of coders are left out: they hold text. So are the names of articles' authors; the "
        "names of people whom the articles name are in it (`referents.csv`, `labels.csv`, `claims.csv` and "
        "`attributions.csv`).",
    ]
    told = shortened_lines(count_shortened(facts.shortened))
    return [*lines, *(["", "Shortened (`shortened.csv` lists the cells):"] if told else []), *(f"- {t}" for t in told)]


def _made(facts: Facts) -> list[str]:
    own = facts.environment
    present = set(facts.free.tables["measures"].measure)
    rows = [(m.name, m.aspect, m.numerator, m.denominator) for m in MEASURES.values() if m.name in present]
    return [
        "## How the measures were made",
        "",
        f"By samestory {own['samestory']} on Python {own['python']} ({own['platform']}), without a person's judgement "
        f"in between; engines {own['engines'][:12]}. From the same texts the same engines make the same tables. Each "
        "measure counts in headline, deck and body; where its name ends in one of these, in that alone.",
        "",
        *_table(("measure", "of", "counts", "over"), rows),
    ]


def _valid() -> list[str]:
    from samestory.validation.results import NO_CODING, headline_scores, limits, read_scores

    scores = read_scores()
    made_with = scores.part.isin(["development", "train"]).fillna(False)
    held_out = scores[~made_with & (scores.coders != NO_CODING).fillna(True)]
    shown = headline_scores(held_out)
    if shown.empty:
        return ["## How valid they are", "", "No scores against codings are kept where this release was made."]
    return [
        "## How valid they are",
        "",
        "The engines against codings of the texts that are named under gold. Golds are coded by people where nothing "
        "else stands behind their name. n: documents / units; intervals: 95 %, bootstrap over documents. Scores on "
        "texts that the engines were made with are left out. How well the engines do on this study's own articles only "
        "a coding of these can tell.",
        "",
        *_table(list(shown.columns), shown.itertuples(index=False, name=None)),
        "",
        *(f"- {sentence}" for sentence in limits(held_out)),
    ]


def _coded(facts: Facts) -> list[str]:
    if not facts.codings:
        told = "Nobody has coded articles of this study: every number in it is the machine's."
    else:
        files = listed([f"`{name}`" for name in facts.codings])
        told = (
            f"Articles of this study were coded by reading: {files}. The column `coded_by` says whether people or "
            "language models coded; agreement between models is not human reliability."
        )
    return ["## Human coding of this study", "", told]


def _limits() -> list[str]:
    return [
        "## Known limits",
        "",
        "- Counts are of what the engines find; two outlets may differ in nothing but the engines' errors on them.",
        "- Differences between outlets are no proof of bias, and say nothing of articles that are not here.",
        "- Where the time of publication is unknown, an update cannot be told from a conflict.",
        "- The tables cannot be used to search for words: beyond short phrases the words are not here.",
        "- Words in a row are told by the spaces between them: of writing without spaces the check lets more through.",
    ]


def _licence(facts: Facts) -> list[str]:
    own = facts.own
    todo = "FILL IN: none given. Write `{}` under `[study]` in the study's study.toml and make the release again."
    licence, cited = 'licence = "CC0-1.0"', 'citation = "Family, Given; Family, Given (year). Title."'
    return [
        "## Licence and citation",
        "",
        f"Licence of these data: {own.get('licence') or todo.format(licence)}",
        "",
        f"Cite as: {own.get('citation') or todo.format(cited)}",
        "",
        "The articles' texts belong to their publishers and are not part of these data. samestory is under MIT.",
    ]


def _verify() -> list[str]:
    return [
        "## How to check it",
        "",
        "Install samestory from its source (`requirements.txt` lists the versions that it ran with here), then in the "
        "folder above this one, with the name of this folder for RELEASE:",
        "",
        "    samestory verify RELEASE                  every file is as it was, and the tables fit together",
        "    samestory verify RELEASE --texts DIR      the same, and the tables are made again from your copies",
        "    samestory run RELEASE                     the notebooks, from the tables as they stand, into results/",
        "",
        "DIR holds your copies of the articles under any names, in any format that samestory reads: exports, the files "
        "of a crawler, plain text. A copy is known by the SHA-256 of its text: title, deck and body as read, with a "
        "blank line between them where the format tells them apart; other line ends and white space at the end do not "
        "matter. Without samestory, `sha256sum -c MANIFEST` checks the files.",
    ]


def _table(header: Sequence[str], rows: Iterable[Sequence[object]]) -> list[str]:
    """Rows as a table in Markdown."""
    lines = [header, ["---"] * len(header), *rows]
    return [f"| {' | '.join(str(cell).replace('|', '/') for cell in line)} |" for line in lines]
