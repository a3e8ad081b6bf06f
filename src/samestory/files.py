"""Writing files whole or not at all: whoever reads a path sees the old content or the new, never a part."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def written_whole(path: Path) -> Iterator[Path]:
    """A hidden temporary path beside ``path``, which takes its place when the block ends without an error."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def write_whole(path: Path, content: str) -> None:
    """Write text, in UTF-8, whole or not at all."""
    with written_whole(path) as temporary:
        temporary.write_text(content, encoding="utf-8", newline="")
