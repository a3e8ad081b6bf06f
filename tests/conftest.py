"""What tests share: where the real articles lie, documents made from a few sentences, and tiny notebooks. The studies
that they share lie in ``support``."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import nbformat
import pytest
from filelock import FileLock
from hypothesis import settings

from samestory.document import Document
from samestory.tables import frame

if TYPE_CHECKING:
    from distributed import LocalCluster

pytest_plugins = ("small_study", "hostile_study")  # of tests/support
ROOT = Path(__file__).resolve().parents[1]
LONG = ("browser", "docs", "faults", "hostile", "runs")  # folders whose files take long
# The same examples on every machine, and no test that a slow one can fail.
settings.register_profile("samestory", derandomize=True, deadline=None)
settings.load_profile("samestory")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no core waits for another at the end."""
    items.sort(key=lambda item: item.path.relative_to(ROOT).parts[1] not in LONG)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that holds corpora/ and gold/; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("SAMESTORY_CORPORA", ROOT.parent / "shared"))
    if not (folder / "corpora").is_dir():
        pytest.skip(f"the real articles are not part of the project and not in {folder.name}/ (set SAMESTORY_CORPORA)")
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make a folder that is costly, ``made_once("name", make)``, once for all processes that share the tests. They
    read it and change nothing in it."""
    base = tmp_path_factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, make: Callable[[Path], object]) -> Path:
        home, made = place / name, place / f"{name}.made"
        with FileLock(place / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(home, ignore_errors=True)  # what one left that failed
                home.mkdir()
                make(home)
                made.touch()
        return home

    return once


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """Make a document of body text: ``document("First paragraph.\\n\\nSecond.")``; ``headline`` goes before it."""

    def make(body: str, headline: str | None = None, article_id: str = "t") -> Document:
        text = f"{headline}\n\n{body}" if headline else body
        cut = len(text) - len(body)
        rows = [{"article_id": article_id, "start": cut, "end": len(text), "segment": "body", "rule": "test"}]
        if headline:
            rows.insert(0, {"article_id": article_id, "start": 0, "end": cut, "segment": "headline", "rule": "test"})
        return Document(article_id, text, frame("segments", rows))

    return make


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Run a command; returns exit code, output and errors. Other processes work for it only where ``--jobs`` asks for
    them: each would read the networks anew for a few sentences."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)

    def run(*arguments: object) -> tuple[int, str, str]:
        from samestory.cli import main

        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


@pytest.fixture(scope="session")
def cluster() -> Iterator[LocalCluster]:
    """Two workers in processes of their own, behind a scheduler; one that is killed is started anew."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


PARAMETERS = 'study = ""\nevent = "none"\nresults_dir = ""\ntop = 3\nnames = []'  # of the tiny notebooks


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """An empty folder for notebooks."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return folder


@pytest.fixture
def write_notebook(notebooks: Path) -> Callable[..., Path]:
    """Write a notebook with a parameters cell and one cell a source: ``write_notebook("1_a", "print(event)")``."""

    def write(name: str, *sources: str, scope: str = "event", parameters: str = PARAMETERS) -> Path:
        cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate((parameters, *sources))]
        cells[0].metadata.tags = ["parameters"]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "samestory": {"scope": scope}})
        path = notebooks / f"{name}.ipynb"
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
        return path

    return write
