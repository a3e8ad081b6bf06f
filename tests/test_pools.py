"""Where work is spread: the same tables from one process, several, or Dask's workers, killed or not."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from multiprocessing import active_children
from pathlib import Path
from threading import Event, Thread

import psutil
import pytest
from distributed import Client, LocalCluster

from samestory import pools
from samestory.annotation import annotate_parts
from samestory.articles.record import Article, article_id
from samestory.parts import written_tables
from samestory.pools import PoolError, in_order

EVENTS = ("bridge", "ferry", "flood", "mill", "quarry")
FIRST = "The {} closed on Monday, the mayor said. About 40 people were hurt, according to police.\n"
SECOND = "Officials denied that the {} was unsafe. It may open again in {} weeks.\n"


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    """Five events told by two outlets in two sentences each, and three articles that belong to none."""
    found = []
    for n, event in enumerate((*EVENTS, None, None, None)):
        for outlet, told in (("wire", FIRST.format(event)), ("lantern", SECOND.format(event or "pier", n + 2))):
            name = f"{event}-{n}-{outlet}.txt"
            found.append(Article(article_id(outlet, name, told), outlet, told, name, "text", event=event))
    return found[:-3]


@pytest.fixture(autouse=True)
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("samestory.annotation.PART", 4)


def written(articles: list[Article], folder: Path, **options) -> dict[str, bytes]:
    """The files of the tables that come of annotating."""
    with written_tables(folder) as tables:
        for part in annotate_parts(articles, **options):
            for name, data in part.tables():
                tables.add(name, data)
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def alone(articles: list[Article], tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The tables as one process makes them."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("samestory.annotation.PART", 4)
        return written(articles, tmp_path_factory.mktemp("alone"))


def worker_pids(cluster: LocalCluster) -> list[int]:
    with Client(cluster.scheduler_address, set_as_default=False) as client:
        return list(client.run(os.getpid).values())


def test_two_workers_of_dask_make_the_tables_that_one_process_makes(
    cluster: LocalCluster, articles: list[Article], alone: dict[str, bytes], tmp_path: Path
):
    assert written(articles[::-1], tmp_path / "dask", scheduler=cluster.scheduler_address) == alone


@pytest.mark.parametrize("spread", ["processes", "dask"])
def test_a_worker_that_is_killed_changes_nothing(
    spread: str, request: pytest.FixtureRequest, articles: list[Article], alone: dict[str, bytes], tmp_path: Path
):
    killed: list[int] = []
    cluster = request.getfixturevalue("cluster") if spread == "dask" else None

    def kill_one(_: int) -> None:
        if not killed:
            pids = worker_pids(cluster) if cluster else [
                child.pid for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())
            ]  # fmt: skip
            killed.append(pids[0])
            os.kill(pids[0], signal.SIGKILL)

    options = {"scheduler": cluster.scheduler_address} if cluster else {"workers": 2}
    found = written(articles, tmp_path / "tables", cache=tmp_path / "cache", progress=kill_one, **options)
    assert found == alone and len(killed) == 1 and not psutil.pid_exists(killed[0])


@pytest.mark.parametrize("_", range(5))  # where the others have come to by then differs
def test_a_worker_that_is_killed_as_it_starts_loses_nothing_and_leaves_none_behind(_: int):
    ended, killed = Event(), []
    others = set(psutil.Process().children())

    def kill_first() -> None:
        while not ended.is_set() and not killed:
            for child in set(psutil.Process().children()) - others:
                with contextlib.suppress(psutil.NoSuchProcess):
                    if "spawn_main" in " ".join(child.cmdline()):
                        child.kill()
                        killed.append(child.pid)

    killer = Thread(target=kill_first)
    killer.start()
    try:
        assert list(in_order(abs, range(4), workers=4)) == [0, 1, 2, 3]
    finally:
        ended.set()
        killer.join()
    assert killed and {child.pid for child in active_children()} <= {child.pid for child in others}


def test_what_was_finished_before_the_end_of_a_run_is_not_done_again(articles: list[Article], tmp_path: Path):
    with written_tables(tmp_path / "tables") as tables, pytest.raises(KeyboardInterrupt):
        for part in annotate_parts(articles, cache=tmp_path / "cache"):
            tables.add("articles", part.articles)
            raise KeyboardInterrupt
    done = {path: path.stat().st_mtime_ns for path in (tmp_path / "cache").rglob("*.*")}
    written(articles, tmp_path / "tables", cache=tmp_path / "cache")
    assert done and {path: path.stat().st_mtime_ns for path in done} == done


def test_only_a_few_pieces_are_taken_ahead_of_what_is_asked_for(cluster: LocalCluster):
    for options in ({"workers": 2}, {"scheduler": cluster.scheduler_address}):
        taken = count()
        found = in_order(abs, ((next(taken), -n)[1] for n in range(10**9)), **options)
        assert [next(found) for _ in range(40)] == list(range(40))
        assert next(taken) <= 40 + 2 * pools.AHEAD
        found.close()


@contextlib.contextmanager
def worker(cluster: LocalCluster, *before: str, **environment: str) -> Iterator[str]:
    """The address of a cluster whose one worker was started by a command line."""
    command = [sys.executable, "-m", "distributed.cli.dask_worker", cluster.scheduler_address, "--no-dashboard"]
    started = subprocess.Popen(
        [*before, *command, "--nthreads", "1"], env=os.environ | environment, stderr=subprocess.DEVNULL
    )
    try:
        yield cluster.scheduler_address
    finally:
        started.terminate()
        started.wait()


@pytest.fixture(scope="module")
def bare() -> Iterator[LocalCluster]:
    """A scheduler without workers."""
    with LocalCluster(n_workers=0, processes=True, dashboard_address=None) as started:
        yield started


def test_a_worker_with_another_version_is_named(bare: LocalCluster, root: Path, tmp_path: Path):
    shutil.copytree(root / "src" / "samestory", tmp_path / "samestory", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "samestory" / "holders.py").open("a", encoding="utf-8") as changed:
        changed.write("\n# another rule\n")
    with (
        worker(bare, PYTHONPATH=str(tmp_path)) as address,
        pytest.raises(PoolError, match=r"the worker tcp://.* has another version of samestory: give all workers"),
    ):
        list(in_order(abs, [1], scheduler=address))


def test_a_worker_without_the_package_is_named(bare: LocalCluster, tmp_path: Path):
    (tmp_path / "samestory.py").write_text("", encoding="utf-8")
    with (
        worker(bare, PYTHONPATH=str(tmp_path)) as address,
        pytest.raises(PoolError, match=r"the worker tcp://.* has no samestory: give all workers"),
    ):
        list(in_order(abs, [1], scheduler=address))


def test_a_worker_that_does_not_see_the_results_is_named(bare: LocalCluster, root: Path, tmp_path: Path):
    hide = ("unshare", "--mount", "sh", "-c", f'mount -t tmpfs none {tmp_path} && exec "$@"', "sh")
    if not shutil.which("unshare") or subprocess.run([*hide, "true"], check=False, capture_output=True).returncode:
        pytest.skip("no folder can be hidden from one process here")
    with (
        worker(bare, *hide, PYTHONPATH=str(root / "src")) as address,
        pytest.raises(PoolError, match=rf"the worker tcp://.* does not see {tmp_path}"),
    ):
        list(in_order(abs, [1], scheduler=address, shared=tmp_path))


def test_a_scheduler_that_does_not_answer_is_named(tmp_path: Path):
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        address = f"tcp://127.0.0.1:{unused.getsockname()[1]}"
        for wrong in (address, "nonsense"):
            with pytest.raises(PoolError, match=f"no Dask scheduler answers at {wrong} within 10 seconds"):
                list(in_order(abs, [1], scheduler=wrong))


def test_without_dask_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(PoolError, match=r"pip install 'samestory\[cluster\]'"):
        list(in_order(abs, [1], scheduler="tcp://127.0.0.1:8786"))
