"""Writing a release: all of it, looked through for words of the articles, or nothing."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from samestory.files import csv_text, hash_file, write_whole
from samestory.release import card, citation, environment, manifest, settings
from samestory.release.codings import Coding, read_codings
from samestory.release.guarding import guard
from samestory.study import Study, StudyError

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.textfree import Runs, TextFree

PARAMETERS = "parameters.json"
SHORTENED = "shortened.csv"
SHOWN = 10  # places that an error names


class ReleaseError(ValueError):
    """A release cannot be made; the message says why, and what to do."""


class Release(NamedTuple):
    """A release as written: its folder, how many files it holds, what was shortened (table, column, cells), and what
    the study's settings do not say that others will ask for: licence, citation."""

    folder: Path
    n_files: int
    shortened: pd.DataFrame
    to_fill_in: tuple[str, ...]


def write_release(
    study: Study, folder: Path, *, titles: bool = False, progress: Callable[[int, int], object] | None = None
) -> Release:
    """Write a text-free copy of a study into a new or empty folder, for others to run and to verify.

    The study is annotated first where that has not been done; its texts must be there, since every file of the release
    is compared with them. Where one repeats eight words of an article in a row, or a title of five words and more,
    nothing is written and ReleaseError names file, line and column. With ``titles`` the table ``articles`` keeps titles
    and addresses. The same study gives the same bytes. ``progress`` is called with 1 for each file
    looked through, and the number of all.
    """
    from samestory.textfree import article_runs, text_free

    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ReleaseError(f"{folder}: is there already and not empty; name a new folder")
    if not study.has_texts():
        raise StudyError(f"{study.folder}: a release is compared with the articles' texts, and they are not here")
    annotations, measures = study.annotations(), study.measures()
    forbidden, near_titles = article_runs(annotations, titles)
    free = text_free(annotations, measures, titles=titles)
    with _published_whole(folder) as place:
        own, shortened = _write_files(study, annotations, free, forbidden, place)
        found = list(guard(place, forbidden, near_titles, progress))
        if found:
            more = f"\n  and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
            raise ReleaseError(
                "nothing was written, since words of an article would be in it:\n  "
                + "\n  ".join(found[:SHOWN]) + more
                + "\nsay it otherwise in the study's own files, or name events and outlets otherwise"
            )  # fmt: skip
        articles = free.tables["articles"]
        manifest.write_manifest(place, dict(zip(articles.article_id, articles.text_sha256, strict=True)))
        n_files = len(manifest.files_of(place)) + 1
    to_fill_in = tuple(name for name in ("licence", "citation") if not own.get(name))
    return Release(folder, n_files, card.count_shortened(shortened), to_fill_in)


@contextmanager
def _published_whole(folder: Path) -> Iterator[Path]:
    """A hidden folder beside ``folder``, which takes its place when the block ends without an error."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    temporary = folder.with_name(f".{folder.name}.{os.getpid()}")
    try:
        yield temporary
        if folder.exists():
            folder.rmdir()
        temporary.replace(folder)
    finally:
        shutil.rmtree(temporary, ignore_errors=True)


def _write_files(
    study: Study, annotations: Annotations, free: TextFree, forbidden: Runs, place: Path
) -> tuple[dict[str, Any], pd.DataFrame]:
    """Write every file but the manifest; returns the settings in ``[study]``, and what was shortened, a row a cell."""
    from samestory.preparing import read_own
    from samestory.tables import write_table
    from samestory.textfree import READING, tell_reading

    for name, data in free.tables.items():
        write_table(name, data, place / settings.TABLES, "csv")
    own = settings.release_settings(study, forbidden, free.events)
    write_whole(place / "study.toml", settings.to_toml(own.values))
    for name, source in own.files.items():
        write_whole(place / name, _text_of(source))
    codings = read_codings(study.folder, forbidden, free.events)
    for name, coding in codings.items():
        write_whole(place / name, coding.text)
    grid = dict(_grid(study))
    for name, data in grid.items():
        write_whole(place / name, csv_text(data))
    told = tell_reading(read_own(study)[0], annotations.segments)
    write_whole(place / READING, csv_text(told))
    write_whole(place / PARAMETERS, _json(_parameters(study, free.events)))
    described = environment.describe_environment()
    write_whole(place / environment.NAME, _json(described))
    write_whole(place / environment.REQUIREMENTS, environment.requirements_text(described))
    write_whole(place / citation.NAME, citation.citation_text(own.values["study"], described["samestory"]))
    shortened = _shortened(free, own.shortened, codings)
    write_whole(place / SHORTENED, csv_text(shortened))
    facts = card.Facts(study, own.values["study"], free, shortened, codings, described, len(grid))
    write_whole(place / card.NAME, card.card_text(facts, forbidden))
    return own.values["study"], shortened


def _grid(study: Study) -> Iterator[tuple[str, pd.DataFrame]]:
    """The study's multiverse, where it was run: what became of each specification, and the contrasts of all."""
    from samestory.comparison.multiverse import read_results
    from samestory.comparison.specifications import FOLDER, GRID, RECORD

    found = read_results(study)
    if not found.why:
        names = ["specification", *(name for name in found.contrasts if name != "specification")]
        yield f"{FOLDER}/{RECORD}", found.specifications
        yield f"{FOLDER}/{GRID}", found.contrasts[names]


def _text_of(path: Path) -> str:
    """A file that the settings name, as text: nothing else could be looked through."""
    from samestory.articles.draft import Refused
    from samestory.articles.encoding import decode

    try:
        return decode(path.read_bytes())[0]
    except Refused as error:
        raise ReleaseError(f"{path}: study.toml names it, and a release holds only text files ({error})") from error


def _shortened(free: TextFree, cut: tuple[str, ...], codings: Mapping[str, Coding]) -> pd.DataFrame:
    """Every cell that was shortened, in tables, settings and codings: table, row, column."""
    import pandas as pd

    rows: list[tuple[str, int | None, str]] = [("study.toml", None, f"study.{name}") for name in cut]
    rows += [(name, row, column) for name, coding in codings.items() for row, column in coding.shortened]
    more = pd.DataFrame(rows, columns=list(free.shortened.columns)).astype(free.shortened.dtypes)
    return pd.concat([free.shortened, more], ignore_index=True)


def _parameters(study: Study, events: Mapping[str, str]) -> dict[str, Any]:
    """What each notebook ran with: its defaults and hash, what the study sets, and what each run was given."""
    from samestory.runs.plan import OWN, plan_runs, read_parameters

    runs = plan_runs(study)
    notebooks = {}
    for path in sorted({run.notebook for run in runs}):
        defaults = read_parameters(json.loads(path.read_text(encoding="utf-8")))
        own = {name: value for name, value in defaults.items() if name not in OWN}
        notebooks[path.name] = {"sha256": hash_file(path), "defaults": own}
    planned = [
        {
            "notebook": run.notebook.name,
            "event": events.get(run.event, run.event) if run.event else None,
            "parameters": {name: value for name, value in run.parameters.items() if name not in OWN},
        }
        for run in runs
    ]
    return {"study": study.parameters, "notebooks": notebooks, "runs": planned}


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
