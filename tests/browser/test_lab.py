"""JupyterLab as a researcher meets it: the start notebook is run, something is picked, its notebook opened and run."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import urlopen

import nbformat
import pytest
from playwright.sync_api import Page, expect

from samestory.files import write_whole
from samestory.lab.copies import cleared, set_parameters
from samestory.study import Study

TOKEN = "for-this-test"
PATIENCE = 60_000  # milliseconds that a kernel may take


@pytest.fixture
def workplace(root: Path, text_study: Path, keep_tables: Callable[[Path, Path], Study], tmp_path: Path) -> Path:
    """A folder as a checkout has it, with a small study whose tables are there, and the start notebook at it."""
    place = tmp_path / "place"
    shutil.copytree(text_study, place / "data" / "small")
    keep_tables(place / "data" / "small", place / "results")
    start = cleared(nbformat.read(root / "notebooks" / "0_start.ipynb", as_version=4))
    set_parameters(start, {"study": "../data/small", "event": "mill-fire"})
    write_whole(place / "notebooks" / "0_start.ipynb", nbformat.writes(start))
    return place


@pytest.fixture
def lab(root: Path, workplace: Path, tmp_path: Path) -> Iterator[str]:
    """JupyterLab with the project's settings and nobody's own, in the workplace; its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    own = ("JUPYTER_CONFIG_DIR", "JUPYTER_RUNTIME_DIR", "JUPYTER_DATA_DIR", "JUPYTERLAB_SETTINGS_DIR",
           "JUPYTERLAB_WORKSPACES_DIR", "IPYTHONDIR")  # fmt: skip
    environment = {**os.environ, **{name: str(tmp_path / name.lower()) for name in own}}
    environment |= {"JUPYTER_CONFIG_PATH": str(root / ".ci" / "jupyter"), "PYTHONPATH": str(root / "src")}
    options = {"ServerApp.ip": "127.0.0.1", "ServerApp.port": port, "ServerApp.port_retries": 0}
    given = [f"--{name}={value}" for name, value in {**options, "IdentityProvider.token": TOKEN}.items()]
    command = [sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root", *given]
    with (tmp_path / "lab.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=workplace, env=environment, stdout=log, stderr=subprocess.STDOUT)
        try:
            yield _answering(f"http://localhost:{port}", server, tmp_path / "lab.log")
        finally:
            server.terminate()
            server.wait(30)


def _answering(address: str, server: subprocess.Popen[bytes], log: Path) -> str:
    for _ in range(300):
        if server.poll() is not None:
            break
        try:
            urlopen(f"{address}/api?token={TOKEN}", timeout=5).close()
        except URLError:
            time.sleep(0.1)
        else:
            return address
    raise AssertionError(f"JupyterLab did not start: {log.read_text(encoding='utf-8')[-2000:]}")


def run_all(page: Page, last: int) -> Any:
    """Run the notebook that is seen from top to bottom; its element. ``last`` is the number of its code cells."""
    notebook = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=PATIENCE)
    page.get_by_role("menuitem", name="Run", exact=True).click()
    page.get_by_role("menuitem", name="Run All Cells", exact=True).click()
    expect(notebook.get_by_text(f"[{last}]:").first).to_be_visible(timeout=PATIENCE)
    expect(page.get_by_text("| Idle")).to_be_visible(timeout=PATIENCE)
    expect(notebook.locator('[data-mime-type$=".stderr"], [data-mime-type$=".error"]')).to_have_count(0)
    return notebook


def test_from_the_start_notebook_to_a_notebook_with_what_was_picked(page: Page, lab: str, workplace: Path):
    page.goto(f"{lab}/lab/tree/notebooks/0_start.ipynb?token={TOKEN}")
    start = run_all(page, 7)
    assert page.locator(".jp-Dialog").count() == 0  # nothing asks before a reader can begin
    assert start.locator(".jp-Cell").count() == len(cells_of(workplace / "notebooks" / "0_start.ipynb"))

    start.get_by_label("Look up a").select_option("word")  # by keyboard: a word and Enter
    expect(start.get_by_text("word hedge: 0 places").first).to_be_visible()
    start.get_by_label("Which").fill("kill*")
    page.keyboard.press("Enter")
    expect(start.get_by_text("word kill*: 2 places").first).to_be_visible()
    start.get_by_label("Voice").fill("nobody at all")
    page.keyboard.press("Enter")
    expect(start.get_by_role("status").filter(has_text="no voice 'nobody at all'")).to_be_visible()
    start.get_by_label("Voice").fill("")
    page.keyboard.press("Enter")

    start.get_by_label("Event").select_option("ferry")
    expect(start.get_by_role("status").filter(has_text="ferry, all outlets (2 articles)")).to_be_visible()
    expect(start.get_by_text("word kill*: 0 places").first).to_be_visible()  # the search follows
    start.get_by_label("Outlets").focus()
    page.keyboard.press("End")
    expect(start.get_by_role("status").filter(has_text="ferry, wire (1 article)")).to_be_visible()
    assert not (workplace / "results" / "small" / "explore" / "ferry+wire").exists()
    start.get_by_role("button", name="Make the notebooks").focus()
    page.keyboard.press("Enter")
    start.get_by_role("link", name=re.compile("^2 · Sourcing")).click()

    copy = workplace / "results" / "small" / "explore" / "ferry+wire" / "2_sourcing.ipynb"
    cells = [cell for cell in cells_of(copy) if cell.cell_type == "code"]
    assert 'event = "ferry"\noutlets = ["wire"]' in cells[0].source
    opened = page.locator(".jp-NotebookPanel:not(.lm-mod-hidden)")
    expect(opened.locator(".jp-CodeCell").first).to_contain_text('"ferry"', timeout=PATIENCE)
    run_all(page, len(cells))
    expect(opened.get_by_text("Two events, two outlets: ferry")).to_be_visible()
    assert page.said == []  # type: ignore[attr-defined]


def cells_of(path: Path) -> list[nbformat.NotebookNode]:
    return nbformat.read(path, as_version=4).cells
