"""MANIFEST: the SHA-256 of every file of a release and of every text that its tables were made from.

``sha256sum -c MANIFEST`` checks the files; the lines of texts begin with ``#`` and are none of its business.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from samestory.files import hash_file, write_whole

NAME = "MANIFEST"
TEXTS = "texts"  # the folder in which whoever has the texts may put them; it is no part of the release
HEAD = "# SHA-256 of each file, for `sha256sum -c MANIFEST`; below, with # before them, of each article's text\n"
TEXT = "# text "


class Manifest(NamedTuple):
    """What a release says it holds: hashes of its files by path, and of the texts by article."""

    files: dict[str, str]
    texts: dict[str, str]


def write_manifest(folder: Path, texts: Mapping[str, str]) -> None:
    """Write the manifest of all that lies in a folder; ``texts`` maps articles to their texts' hashes."""
    files = "".join(f"{hash_file(folder / name)}  {name}\n" for name in files_of(folder))
    told = "".join(f"{TEXT}{sha}  {article_id}\n" for article_id, sha in sorted(texts.items()))
    write_whole(folder / NAME, HEAD + files + told)


def read_manifest(folder: Path) -> Manifest:
    """Read a release's manifest; raises ValueError where there is none or a line is not of its form."""
    path = folder / NAME
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise ValueError(f"{folder}: no {NAME} there, so it is no release; `samestory release` makes one") from error
    files: dict[str, str] = {}
    texts: dict[str, str] = {}
    for number, line in enumerate(lines, start=1):
        if line.startswith("#") and not line.startswith(TEXT):
            continue
        told = texts if line.startswith(TEXT) else files
        sha, gap, name = line.removeprefix(TEXT).partition("  ")
        if len(sha) != 64 or not gap or not name:
            raise ValueError(f"{path}, line {number}: not a hash and a name")
        told[name] = sha
    return Manifest(files, texts)


def check_manifest(folder: Path, manifest: Manifest) -> list[str]:
    """What lies in a folder otherwise than the manifest says: files changed, missing or extra, in sentences."""
    there = files_of(folder)
    found = [f"{name}: missing" for name in manifest.files if name not in there]
    found += [
        f"{name}: changed since the release was made (SHA-256 {own[:12]}..., expected {manifest.files[name][:12]}...)"
        for name in there
        if name in manifest.files and (own := hash_file(folder / name)) != manifest.files[name]
    ]
    return found + [f"{name}: no part of the release" for name in there if name not in manifest.files]


def files_of(folder: Path) -> list[str]:
    """The files of a release but its manifest; hidden ones and what lies in ``texts`` are none."""
    names = (path.relative_to(folder) for path in folder.rglob("*") if path.is_file())
    kept = (name for name in names if name.parts[0] != TEXTS and not any(part.startswith(".") for part in name.parts))
    return sorted(name.as_posix() for name in kept if name.as_posix() != NAME)
