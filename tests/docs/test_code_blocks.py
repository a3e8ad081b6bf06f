"""Every block of code in the guides and the README does what the page says.

A page is read from top to bottom in a folder that looks as a checkout does after ``make setup``; every page but the
first goes on where Getting started ended, as the pages themselves say. Blocks of

- ``sh`` are run by ``bash -e``; ``python`` runs in one namespace for the page;
- ``text`` is what the block before it prints, ``...`` standing for anything, white space being equal;
- ``toml`` holds settings, whole or in part, of a study.toml.

A fence may say ``skip="REASON"``: the block is not run, and the reason is shown among what pytest skips.
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from typing import NamedTuple

import pytest

from samestory.study import open_study

ROOT = Path(__file__).resolve().parents[2]
FIRST = "docs/getting-started.md"
PAGES = sorted(path.relative_to(ROOT).as_posix() for path in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
BLOCK = re.compile(r'^```(\w+)(?: skip="([^"]+)")?\n(.*?)^```$', re.MULTILINE | re.DOTALL)
# Lines that are not run as they stand, and what is run for them: that they would find, or have left, what they need.
INSTEAD = {
    "make setup": "test -x .venv/bin/samestory",
    "make lab": "test -x .venv/bin/jupyter-lab -a -f notebooks/0_start.ipynb",
}


class Block(NamedTuple):
    """A fenced block of a page: where it stands, its language, why it is not run ("": it is), its lines."""

    where: str
    language: str
    skip: str
    code: str


def blocks(page: str) -> list[Block]:
    """The fenced blocks of a page, in order."""
    text = (ROOT / page).read_text(encoding="utf-8")
    found = list(BLOCK.finditer(text))
    assert len(re.findall(r"^ *```", text, re.MULTILINE)) == 2 * len(found), f"{page}: a fence that is not understood"
    lines = [text.count("\n", 0, match.start()) + 1 for match in found]
    return [
        Block(f"{page}, line {line}", match[1], match[2] or "", match[3])
        for line, match in zip(lines, found, strict=True)
    ]


SKIPPED = [block for page in PAGES for block in blocks(page) if block.skip]


def shell(block: Block, folder: Path) -> str:
    """Run a block as a terminal would; what it prints."""
    lines = [INSTEAD.get(line, line) for line in block.code.splitlines()]
    path = f"{folder / '.venv' / 'bin'}{os.pathsep}{os.environ['PATH']}"
    own = {"PATH": path, "PYTHONPATH": str(ROOT / "src"), "OMP_NUM_THREADS": "1"}
    ran = subprocess.run(
        ["bash", "-e", "-c", "\n".join(lines)], cwd=folder, env=os.environ | own, text=True, timeout=900,
        check=False, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    assert ran.returncode == 0, f"{block.where}: exit code {ran.returncode}\n{ran.stdout}"
    return ran.stdout


def execute(block: Block, namespace: dict[str, object]) -> str:
    """Run a block of Python; what it prints."""
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(block.code, block.where, "exec"), namespace)
    return printed.getvalue()


def settings(block: Block, folder: Path) -> None:
    """Open a study that has a block's settings."""
    own = folder / "settings"
    own.mkdir(exist_ok=True)
    (own / "study.toml").write_text(block.code, encoding="utf-8")
    open_study(own)


def follow(page: str, folder: Path) -> None:
    """Do what a page says, from top to bottom."""
    namespace: dict[str, object] = {"__name__": "page"}
    printed: str | None = None
    for block in blocks(page):
        if block.skip:
            printed = None
        elif block.language == "sh":
            printed = shell(block, folder)
        elif block.language == "python":
            printed = execute(block, namespace)
        elif block.language == "toml":
            settings(block, folder)
        else:
            assert block.language == "text", f"{block.where}: no rule for {block.language}"
            assert printed is not None, f"{block.where}: no block before it that was run"
            same = OutputChecker().check_output(block.code, printed, ELLIPSIS | NORMALIZE_WHITESPACE)
            assert same, f"{block.where}: the page says\n{block.code}\nand what is printed is\n{printed}"


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """A checkout in which Getting started was followed to its end, and a copy of it."""
    folder = tmp_path_factory.mktemp("guides") / "samestory"
    shutil.copytree(ROOT / "notebooks", folder / "notebooks", ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    (folder / ".venv").symlink_to(sys.prefix)
    with contextlib.chdir(folder):
        follow(FIRST, folder)
    copy = folder.with_name("kept")
    shutil.copytree(folder, copy, symlinks=True)
    return folder, copy


@pytest.fixture
def begun(kept: tuple[Path, Path]) -> Iterator[Path]:
    """That checkout as it was then, at one and the same path, so that what ran there need not run again."""
    folder, copy = kept
    shutil.rmtree(folder)
    shutil.copytree(copy, folder, symlinks=True)
    with contextlib.chdir(folder):
        yield folder


def test_getting_started_ends_with_a_report(begun: Path) -> None:
    assert (begun / "results" / "my-study" / "index.html").stat().st_size > 1000


@pytest.mark.parametrize("page", [page for page in PAGES if page != FIRST])
def test_a_page_does_what_it_says(page: str, begun: Path) -> None:
    follow(page, begun)


@pytest.mark.parametrize("block", SKIPPED, ids=[block.where for block in SKIPPED])
def test_a_block_that_is_not_run_says_why(block: Block) -> None:
    pytest.skip(f"not run: {block.skip}")


def test_few_blocks_are_not_run() -> None:
    assert len(SKIPPED) <= 3
