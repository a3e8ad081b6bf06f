"""Verifying a release: its files against its manifest, its tables against the texts that whoever verifies has."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from samestory.comparison.saying import plural
from samestory.files import private_folder
from samestory.messages import no_path
from samestory.release import environment
from samestory.release.manifest import Manifest, check_manifest, read_manifest
from samestory.study import Study, StudyError, open_study, own_scheme, read_study

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.textfree import Copies

SHOWN = 20  # texts that are named one by one


class Verification(NamedTuple):
    """What was found: sentences on what holds and what to know of it, and sentences on what does not hold."""

    said: tuple[str, ...]
    failed: tuple[str, ...]


def verify_release(
    folder: Path,
    texts: Path | None = None,
    *,
    workers: int = 1,
    progress: Callable[[int, int], object] | None = None,
) -> Verification:
    """Check a release's files and tables and, where ``texts`` are given, make the tables again and compare them.

    With all texts there, everything is made anew. With some, the events whose articles are all there are, and articles
    that stand alone: an event's tables come out of its articles together. The lines that an outlet prints around every
    story can only be found in all its articles; then they are taken from the release. Missing texts are failures.
    ``progress`` is called with the articles done by a step and the number of all. Raises ValueError where the folder
    is no release.
    """
    manifest = read_manifest(folder)
    failed = check_manifest(folder, manifest)
    said = [f"files: {len(manifest.files)} in the manifest"]
    if not failed:
        said[0] += ", all as they were"
    said += _environment(folder)
    kept, wrong = _check_tables(folder, manifest)
    failed += wrong
    if kept is None:
        return Verification(tuple(said), tuple(failed))
    fit = "load, but do not fit together" if wrong else "load and fit together"
    said.append(f"tables: those of {len(kept.articles)} {plural(len(kept.articles), 'article')} {fit}")
    said += _not_made_again(folder)
    if texts is None:
        said.append("not verified: that the tables come out of the texts; --texts DIR makes them again and compares")
        return Verification(tuple(said), tuple(failed))
    more, wrong = _recompute(folder, kept, texts, workers, progress)
    return Verification((*said, *more), (*failed, *wrong))


def _not_made_again(folder: Path) -> list[str]:
    """What lies in a release that no text can bring forth again: only its hashes are checked."""
    there = [name for name in ("coding", "multiverse") if (folder / name).is_dir()]
    return [f"only the hashes are checked of: {', '.join(there)}"] if there else []


def _environment(folder: Path) -> list[str]:
    """What to know of the versions that the release was made with."""
    from samestory.cache import engine_version

    try:
        made = json.loads((folder / environment.NAME).read_text(encoding="utf-8"))
        version, engines = made["samestory"], made["engines"]
    except (OSError, ValueError, KeyError, TypeError):
        return [f"{environment.NAME} does not say which engines made the release"]
    if engines == engine_version():
        return [f"engines: the same as the release was made with (samestory {version})"]
    return [
        f"engines: others than the release was made with (samestory {version}, {engines[:12]}; here "
        f"{engine_version()[:12]}): where tables come out otherwise, that may be why"
    ]


def _check_tables(folder: Path, manifest: Manifest) -> tuple[Annotations | None, list[str]]:
    """The release's tables where they keep their schemas, and what does not fit together in them."""
    from samestory.annotation import read_annotations
    from samestory.tables import read_table
    from samestory.textfree import read_told

    try:
        shipped = _open(folder).shipped
        if shipped is None:
            return None, [f"{folder / 'study.toml'}: names no tables"]
        kept, measures = read_annotations(shipped), read_table("measures", shipped)
        read_told(folder)
    except (OSError, ValueError) as error:
        return None, [f"tables cannot be read: {error}"]
    known = set(kept.articles.article_id)
    failed = []
    for name, data in [*kept.tables(), ("measures", measures)]:
        for column in ("article_id", "other_article_id"):
            strange = sorted(set(data[column].dropna()) - known) if column in data else []
            if strange:
                failed.append(f"{name}.csv, column {column}: no article is named {strange[0]}")
    hashes = dict(zip(kept.articles.article_id, kept.articles.text_sha256, strict=True))
    for article_id in sorted({*hashes, *manifest.texts}):
        if hashes.get(article_id) != manifest.texts.get(article_id):
            failed.append(f"articles.csv: the hash of {article_id}'s text is not that of the manifest")
    return kept, failed


def _open(folder: Path, texts: Path | None = None) -> Study:
    """The release as a study that remembers nothing of earlier runs."""
    with private_folder() as nowhere:
        return replace(open_study(folder, nowhere), articles=texts)


def _recompute(
    folder: Path,
    kept: Annotations,
    texts: Path,
    workers: int,
    progress: Callable[[int, int], object] | None,
) -> tuple[list[str], list[str]]:
    """Make the tables again from the texts, as far as these go, and compare them."""
    from samestory.annotation import annotate
    from samestory.measures import measure
    from samestory.preparing import find_copies
    from samestory.textfree import compare_tables, read_told

    if not texts.is_dir():
        raise StudyError(no_path(texts, "folder of texts"))
    study = _open(folder, texts)
    copies = find_copies(study, read_study(study))
    said, failed = _tell_copies(copies, len(kept.articles))
    complete = _complete(kept.articles, {article.article_id for article in copies.articles})
    if not complete:
        return said, [*failed, "no event has all its texts here, so no table could be made again"]
    whole = not copies.missing
    told = read_told(folder) or {}
    articles = [article for article in copies.articles if article.article_id in complete]
    outside = [one.article_id for one in articles if any(field.end > len(one.text) for field in one.fields)]
    if outside:
        return said, [
            *failed,
            f"reading.csv: fields of {outside[0]} lie outside its text, so no table could be made again",
        ]
    found = annotate(
        articles,
        workers=workers,
        scheme=own_scheme(study),
        recurring=None if whole else {name: told[name].recurring for name in complete if name in told},
        progress=None if progress is None else lambda done: progress(done, len(articles)),
    )
    assert study.shipped is not None
    if not whole:
        said.append(
            f"tables are compared for {len(complete)} of {len(kept.articles)} articles: an event's tables come out of "
            "its articles together, so events with a text missing are left out; lines that an outlet repeats are taken "
            "from reading.csv, since only all articles show them"
        )
    for name, difference in compare_tables(study.shipped, found, measure(found), None if whole else complete).items():
        if difference is None:
            said.append(f"  {name}: identical")
        else:
            failed.append(f"{name}.csv, {difference}")
    return said, failed


def _complete(articles: pd.DataFrame, there: Collection[str]) -> set[str]:
    """The articles that are there and whose events are there whole."""
    held = articles.article_id.isin(list(there))
    partial = set(articles.event[~held].dropna())
    return set(articles.article_id[held & ~articles.event.isin(list(partial)).fillna(False)])


def _tell_copies(copies: Copies, total: int) -> tuple[list[str], list[str]]:
    """How far the texts go, in sentences: what to know, and what is missing or different."""
    said = [f"texts: {len(copies.articles)} of {total} found by the SHA-256 of their text"]
    if copies.mended:
        said.append(f"  but for line ends or white space at the end: {copies.mended}")
    if copies.unmarked:
        said.append(f"  that do not tell title, deck and body apart (taken from reading.csv): {copies.unmarked}")
    if copies.strangers:
        said.append(f"  other texts there, which are none of the release's: {copies.strangers}")
    failed = [
        f"{name}: the same text, but its title, deck and body are not where reading.csv has them"
        for name in copies.other_fields
    ]
    for one in copies.missing[:SHOWN]:
        if one.instead is None:
            failed.append(f"{one.source_file} ({one.article_id}): text missing (SHA-256 {one.text_sha256[:12]}...)")
        else:
            failed.append(
                f"{one.source_file} ({one.article_id}): {one.instead} holds another text "
                f"(SHA-256 {(one.instead_sha256 or '')[:12]}..., expected {one.text_sha256[:12]}...)"
            )
    if len(copies.missing) > SHOWN:
        failed.append(f"and {len(copies.missing) - SHOWN} more texts missing or different")
    return said, failed
