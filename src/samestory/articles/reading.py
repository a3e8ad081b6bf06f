"""Files and folders to articles, with a report of what was read, refused and left aside."""

from __future__ import annotations

import os
import stat
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from samestory.articles.draft import Draft, FileNote, Refused, RefusedRow, domain_of
from samestory.articles.formats.rows import check_columns, mend
from samestory.articles.record import Article, article_id
from samestory.articles.registry import Format, find_format, recognise
from samestory.articles.sidecar import NAME as SIDECAR
from samestory.articles.sidecar import Sidecar, read_sidecar
from samestory.articles.source_file import SourceFile
from samestory.articles.versions import find_versions, is_live_blog
from samestory.messages import no_path

REPORT = ("source_file", "format", "status", "n_articles", "reason")
LIVE_BLOG = "live blog: it is rewritten as the event goes on"
STATUSES = ("read", "refused", "ignored")
STUDY_FILE = "study.toml"
# What lies beside it and holds no articles.
STUDY_OWN = (STUDY_FILE, "import_report.csv", "events.csv", "events_proposed.csv")


@dataclass(frozen=True)
class Reading:
    """Articles in a fixed order, and a report: one row a file, one for each row or copy that was left out.

    Of articles with one address and different texts all are kept, and each but the first has a row that says so.

    The report's columns are source_file, format, status (``read``, ``refused``, ``ignored``), n_articles, reason.
    """

    articles: tuple[Article, ...]
    report: pd.DataFrame


class _File(NamedTuple):
    path: Path
    name: str  # relative to the folder that was given, with slashes
    event: str | None  # what its folder says
    sidecar: Mapping[str, str]


def read(
    paths: str | Path | Iterable[str | Path],
    format: str | None = None,
    event: str | None = None,
    columns: Mapping[str, str] | None = None,
    outlets: Mapping[str, str] | None = None,
    sidecar: Path | None = None,
    progress: Callable[[int, int], object] | None = None,
) -> Reading:
    """Read files and folders, sub-folders included, to articles.

    ``format`` forces a format (see FORMATS), which else is recognised from content. ``columns`` maps what an article
    has to the column that holds it: ``{"text": "body", "outlet": "source"}``. An article's event is the one that its
    file or a sidecar ``articles.csv`` names, else the first sub-folder it lies in, else ``event``. ``outlets`` gives
    outlets another name: ``{"example.com": "example"}``. ``sidecar`` is an ``articles.csv`` that lies elsewhere and
    speaks of the files under every folder given. ``progress`` is called with files done and files in all.

    One bad file or row loses itself alone and is reported. Raises FileNotFoundError where a path does not exist, and
    ValueError for a format or column that is unknown.
    """
    forced = None if format is None else find_format(format)
    check_columns(columns)
    files: list[_File] = []
    report: list[tuple] = []
    for path in [paths] if isinstance(paths, str | Path) else paths:
        found, rows = _find_files(Path(path), event, sidecar)
        files.extend(found)
        report.extend(rows)
    articles: dict[str, Article] = {}
    for done, file in enumerate(files, start=1):
        report.extend(_read_file(file, forced, columns, articles))
        if progress is not None:
            progress(done, len(files))
    report.extend(_version_rows(articles.values()))
    renamed = [_rename(article, outlets or {}) for article in articles.values()]
    ordered = sorted(renamed, key=lambda a: (a.event is not None, a.event or "", a.outlet, a.source_file, a.article_id))
    return Reading(tuple(ordered), _report_frame(report))


def _find_files(path: Path, event: str | None, beside: Path | None) -> tuple[list[_File], list[tuple]]:
    """The files under a path, in order, with what their sidecars say, and the report's rows on all others."""
    if path.is_file():
        return [_File(path, mend(path.name), event, {})], []
    if not path.is_dir():
        raise FileNotFoundError(mend(no_path(path)))
    files: dict[str, _File] = {}
    sidecars: list[tuple[str, Sidecar]] = []
    if beside is not None and (known := _open_sidecar(beside)) is not None:
        sidecars.append(("", known))
    report: list[tuple] = []
    for place in _walk(path):
        name = mend(place)  # a name in another encoding than the system's
        file = _File(path / place, name, name.split("/", 1)[0] if "/" in name else event, {})
        if (reason := _left_aside(file.path)) is not None:
            report.append((name, None, "ignored", 0, reason))
            continue
        sidecar = _open_sidecar(file.path)
        if sidecar is not None:
            sidecars.append((name[: -len(SIDECAR)], sidecar))
        else:
            files[name] = file
    for prefix, sidecar in sidecars:
        report.append((prefix + SIDECAR, "csv", "ignored", 0, f"data on {len(sidecar.rows)} files, no articles"))
        report.extend((f"{prefix}{SIDECAR}:{bad.row}", "csv", "refused", 0, bad.reason) for bad in sidecar.refused)
        for name, told in sidecar.rows.items():
            if prefix + name in files:
                file = files[prefix + name]
                files[prefix + name] = file._replace(sidecar={**file.sidecar, **told})
            else:
                row = f"{prefix}{SIDECAR}:{sidecar.lines[name]}"
                report.append((row, "csv", "refused", 0, f"no file named {name or 'nothing'}"))
    return list(files.values()), report


def _walk(folder: Path) -> list[str]:
    """All files under a folder, relative to it with slashes, sorted; hidden folders and links to folders are left."""
    names: list[str] = []
    for parent, folders, files in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith((".", "__"))]
        prefix = Path(parent).relative_to(folder)
        names.extend((prefix / name).as_posix() for name in files)
    return sorted(names)


def _left_aside(path: Path) -> str | None:
    """Why a file in a folder is not looked at; None where it is."""
    if path.name.startswith("."):
        return "hidden file"
    if path.name in STUDY_OWN and path.with_name(STUDY_FILE).is_file():
        return "the study's own file, no article"
    try:
        regular = stat.S_ISREG(path.stat().st_mode)
    except OSError:
        return None  # reading it then says why it cannot be read
    return None if regular else "no file but a device, pipe or socket"


def _open_sidecar(path: Path) -> Sidecar | None:
    if path.name != SIDECAR:
        return None
    try:
        return read_sidecar(path.read_bytes())
    except OSError:
        return None  # the file is then reported as one that cannot be read


def _read_file(
    file: _File, forced: Format | None, columns: Mapping[str, str] | None, articles: dict[str, Article]
) -> list[tuple]:
    """Add a file's articles to those read so far, and give the report's rows on it."""
    known = forced.name if forced else None
    file_notes: list[str] = []
    notes: dict[str, int] = {}
    count = 0
    rows: list[tuple] = []
    refusal = None
    try:
        source = SourceFile(file.path, file.name)
        format = forced or recognise(source)
        known = format.name
        for draft in format.read(source, columns):
            if isinstance(draft, FileNote):
                file_notes.append(draft.note)
                continue
            where = file.name if draft.row is None else f"{file.name}:{draft.row}"
            if isinstance(draft, RefusedRow):
                rows.append((where, known, "refused", 0, draft.reason))
                continue
            article = _article(draft, file, known)
            if article.article_id in articles:
                first = articles[article.article_id].source_file
                rows.append((where, known, "ignored", 0, f"duplicate: same outlet, place and text as in {first}"))
                continue
            articles[article.article_id] = article
            count += 1
            for note in (draft.note, LIVE_BLOG if is_live_blog(article) else None):
                if note:
                    notes[note] = notes.get(note, 0) + 1
    except Refused as error:
        refusal = str(error)
    except OSError as error:
        refusal = f"unreadable: {error.strerror or type(error).__name__}"
    if refusal is None and len(rows) == 1 and rows[0][0] == file.name:
        return rows  # a file of one article that was read before
    if refusal is None and source.encoding_note:
        file_notes.insert(0, source.encoding_note)
    told = [*file_notes, *(note if count == 1 else f"{note} ({times})" for note, times in notes.items())]
    status, reason = "read", "; ".join(told)
    if refusal is None and not count:
        copies = rows and all(row[2] == "ignored" for row in rows)
        why = "; ".join(["no article in it", *file_notes])
        status, reason = ("ignored", "all of it read before") if copies else ("refused", why)
    elif refusal is not None:
        status, reason = "refused", refusal
    return [(file.name, known, status, count, reason or None), *rows]


def _version_rows(articles: Iterable[Article]) -> list[tuple]:
    return [
        (article.source_file, article.format, "read", 0, f"another version of {first.source_file}: {first.url}")
        for article, first in find_versions(articles)
    ]


def _article(draft: Draft, file: _File, format: str) -> Article:
    """A draft with what its sidecar and its place say; the sidecar, written by hand, goes before the file."""
    told = file.sidecar
    url = told.get("url") or draft.url
    outlet = told.get("outlet") or draft.outlet or domain_of(url) or mend(file.path.stem)
    source_file = draft.source_file or file.name
    published = told.get("published") or draft.published
    precision = told["published_precision"] if "published" in told else draft.published_precision
    return Article(
        article_id=article_id(outlet, url or source_file, draft.text),
        outlet=outlet,
        text=draft.text,
        source_file=source_file,
        format=draft.format or format,
        event=told.get("event") or draft.event or file.event,
        title=told.get("title") or draft.title,
        published=published,
        published_precision=precision,
        url=url,
        language=told.get("language") or draft.language,
        credit=told.get("credit") or draft.credit,
        fields=draft.fields,
    )


def _rename(article: Article, outlets: Mapping[str, str]) -> Article:
    name = outlets.get(article.outlet)
    return replace(article, outlet=name) if name else article


def _report_frame(rows: list[tuple]) -> pd.DataFrame:
    report = pd.DataFrame(rows, columns=list(REPORT), dtype=object)
    return report.astype({name: "int64" if name == "n_articles" else "string" for name in REPORT})
