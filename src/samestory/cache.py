"""What was computed once: tables kept on disk under a key of everything that they depend on."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable
from dataclasses import astuple, is_dataclass
from pathlib import Path

import pandas as pd

from samestory import tables
from samestory.articles.record import text_hash
from samestory.files import write_whole

ENGINES = ("tables.py", "document.py", "stages.py", "holders.py", "articles", "segments", "language", "referents",
           "sourcing", "certainty", "framing", "claims")  # fmt: skip


@functools.cache
def engine_version() -> str:
    """One hash over the engines' own files and the package's version: what annotations depend on besides text."""
    return code_hash(ENGINES)


@functools.cache
def package_version() -> str:
    """One hash over all of the package's own files: what an executed notebook depends on besides tables."""
    return code_hash((".",))


def code_hash(names: tuple[str, ...]) -> str:
    """One hash over the package's version and those of its files and folders."""
    from samestory import __version__

    root = Path(__file__).parent
    digest = hashlib.sha256(__version__.encode())
    for name in names:
        paths = sorted((root / name).rglob("*")) if (root / name).is_dir() else [root / name]
        for path in paths:
            if path.is_file() and "__pycache__" not in path.parts:
                digest.update(path.relative_to(root).as_posix().encode())
                digest.update(path.read_bytes())
    return digest.hexdigest()


def key_of(*parts: object) -> str:
    """A key from any parts: strings, numbers, frozen records."""
    plain = [astuple(part) if is_dataclass(part) and not isinstance(part, type) else part for part in parts]
    return hashlib.sha256(json.dumps(plain, sort_keys=True).encode()).hexdigest()


class Cache:
    """A folder of tables by key; without a folder everything is computed. A file that was damaged is replaced.

    JSON costs little: of what it takes to read tables back nine tenths go into checking them (measured).
    """

    def __init__(self, folder: Path | None) -> None:
        self.folder = folder

    def tables(self, key: str, compute: Callable[[], dict[str, pd.DataFrame]]) -> dict[str, pd.DataFrame]:
        """The tables kept under this key, computed and kept where they are not."""
        if self.folder is None:
            return compute()
        path = self.folder / key[:2] / f"{key}.cache"
        try:
            digest, _, kept = path.read_text(encoding="utf-8").partition("\n")
            if digest == text_hash(kept):
                return _thaw(json.loads(kept))
        except (FileNotFoundError, ValueError):
            pass
        found = compute()
        kept = json.dumps(_freeze(found))
        write_whole(path, f"{text_hash(kept)}\n{kept}")
        return found


def _freeze(found: dict[str, pd.DataFrame]) -> dict[str, dict[str, list]]:
    return {
        name: {column: [None if pd.isna(v) else v for v in data[column].tolist()] for column in data}
        for name, data in found.items()
    }


def _thaw(kept: dict[str, dict[str, list]]) -> dict[str, pd.DataFrame]:
    return {name: tables.check(name, pd.DataFrame(columns, dtype=object)) for name, columns in kept.items()}
