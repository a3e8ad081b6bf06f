"""Where work is spread: this process, processes of this machine, or the workers of a Dask cluster.

A piece of work is one call of a function that stands in a module, with one argument. Results come in the order of the
pieces and are the same wherever they were made. A worker that is killed loses nothing: what it was at is done again.

Dask's workers need this very version of the package, and see the folder of results at the same path (a shared file
system); both are looked at before work begins.
"""

from __future__ import annotations

import os
import platform
import signal
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import BrokenExecutor, CancelledError, Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing import get_context, parent_process
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Thread
from typing import TYPE_CHECKING, TypeVar

from samestory.cache import package_version

if TYPE_CHECKING:
    from distributed import Client

AHEAD = 3  # pieces a worker that are under way, wait, or are done and not yet asked for
ANSWER = 10  # seconds in which a scheduler answers
ARRIVAL = 600  # seconds in which the first worker of a cluster comes
NO_DASK = "a scheduler needs Dask, which is not installed: pip install 'samestory[cluster]'"

Item = TypeVar("Item")
Result = TypeVar("Result")


class PoolError(RuntimeError):
    """Work cannot be spread, or those who did it are gone; what is finished is kept."""


class Killed(PoolError):
    """Whoever did a piece of work was killed so often that it is not tried again."""


def in_order(
    work: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    workers: int = 1,
    scheduler: str | None = None,
    shared: Path | None = None,
    name: Callable[[Item], str] = str,
) -> Iterator[Result]:
    """The result of each piece of work, in order; only a few pieces a worker are taken and kept at a time.

    With a ``scheduler`` (``tcp://HOST:PORT``) Dask's workers do it, who must see the folder ``shared``; else so many
    processes; with one, this process. Raises PoolError where that cannot be, and with a piece's ``name`` where whoever
    does it is killed again and again.
    """
    if scheduler is None and workers <= 1:
        yield from map(work, items)
        return
    waiting: deque[tuple[Item, Future[Result]]] = deque()
    with _Processes(workers) if scheduler is None else _open_cluster(scheduler, shared) as pool:
        for item in items:
            waiting.append((item, pool.submit(work, item)))
            if len(waiting) >= AHEAD * pool.size():
                yield _result(pool, work, *waiting.popleft(), name)
        while waiting:
            yield _result(pool, work, *waiting.popleft(), name)


def _result(
    pool: _Processes | _Cluster,
    work: Callable[[Item], Result],
    item: Item,
    future: Future[Result],
    name: Callable[[Item], str],
) -> Result:
    try:
        return pool.result(work, item, future)
    except Killed as error:
        raise PoolError(
            f"{name(item)}: what worked on it was killed {error}, as happens where memory runs out; what is finished "
            "is kept: the same command goes on from here, and needs less memory with fewer --jobs"
        ) from error


@contextmanager
def open_pool(
    workers: int = 1, scheduler: str | None = None, shared: Path | None = None
) -> Iterator[Executor | _Cluster]:
    """What takes work that only waits, for a kernel say: so many threads, or the workers of a Dask cluster."""
    if scheduler is None:
        with ThreadPoolExecutor(max(1, workers)) as pool:
            yield pool
    else:
        with _open_cluster(scheduler, shared) as cluster:
            yield cluster


def begin_worker() -> None:
    """A worker is stopped by its parent alone, which hears of Ctrl-C as well, and ends with it.

    One whose parent was killed would wait for work for ever.
    """

    def watch() -> None:
        parent = parent_process()
        if parent is not None:
            parent.join()
        os._exit(1)

    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=watch, daemon=True).start()


class _Processes:
    """Processes of this machine. One that is killed takes the others with it: all are started anew."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def __enter__(self) -> _Processes:
        # spawn: a forked copy of a process that already runs threads can hang
        self.executor = ProcessPoolExecutor(self.workers, get_context("spawn"), initializer=begin_worker)
        # all start before any is watched: one that starts while another's death is dealt with is forgotten, and waited
        # for without end
        self.executor._safe_to_dynamically_spawn_children = False  # type: ignore[attr-defined]
        return self

    def __exit__(self, error: type[BaseException] | None, *_: object) -> None:
        if error is not None:  # what they are at is not waited for
            for process in list((self.executor._processes or {}).values()):
                process.kill()
        self.executor.shutdown(cancel_futures=True)

    def size(self) -> int:
        return self.workers

    def submit(self, work: Callable[[Item], Result], item: Item) -> Future[Result]:
        try:
            return self.executor.submit(work, item)
        except BrokenExecutor:
            self.executor.shutdown()
            return self.__enter__().executor.submit(work, item)

    def result(self, work: Callable[[Item], Result], item: Item, future: Future[Result]) -> Result:
        for again in (True, False):
            try:
                return future.result()
            except BrokenExecutor:
                if again:
                    future = self.submit(work, item)
        with _Processes(1) as alone:  # whose work it is that kills shows only where nothing else is done
            try:
                return alone.submit(work, item).result()
            except BrokenExecutor as error:
                raise Killed("three times") from error


class _Cluster:
    """Dask's workers, as an executor. The scheduler knows when one is lost, and has its work done again."""

    def __init__(self, client: Client) -> None:
        self.client, self.executor = client, client.get_executor(pure=False)

    def size(self) -> int:
        return max(1, sum(self.client.nthreads().values()))

    def submit(self, work: Callable[[Item], Result], item: Item) -> Future[Result]:
        return self.executor.submit(_work_here, package_version(), work, item)

    def result(self, work: Callable[[Item], Result], item: Item, future: Future[Result]) -> Result:
        from distributed import KilledWorker

        try:
            return future.result()
        except KilledWorker as error:
            raise Killed("again and again") from error
        except CancelledError as error:
            raise PoolError("the scheduler is gone; what is finished is kept: the same command goes on") from error


def _work_here(version: str, work: Callable[[Item], Result], item: Item) -> Result:
    """On a worker: the piece of work, if this is the version that asks; a worker may come once work has begun."""
    if package_version() != version:
        raise PoolError(f"the worker on {platform.node()}, process {os.getpid()}, has another version of samestory")
    return work(item)


@contextmanager
def _open_cluster(scheduler: str, shared: Path | None) -> Iterator[_Cluster]:
    """The workers behind a scheduler, once they are found fit; raises PoolError where they are not."""
    try:
        from distributed import Client
    except ImportError as error:
        raise PoolError(NO_DASK) from error
    try:
        client = Client(scheduler, timeout=ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise PoolError(
            f"no Dask scheduler answers at {scheduler} within {ANSWER} seconds; `dask scheduler` starts one and "
            "prints its address, as in tcp://HOST:8786"
        ) from error
    with client:
        _check_workers(client, shared)
        yield _Cluster(client)


def _check_workers(client: Client, shared: Path | None) -> None:
    """Raise PoolError unless a worker is there and all have this version of the package and see the folder."""
    try:
        client.submit(os.getpid, pure=False).result(timeout=ARRIVAL)  # a cluster that grows by need starts a worker
    except TimeoutError as error:
        raise PoolError(f"no worker came within {ARRIVAL} seconds; `dask worker ADDRESS` starts one") from error

    def version() -> str | None:  # a function of its own: one of this module could not be read without the package
        try:
            from samestory.cache import package_version
        except ImportError:
            return None
        return package_version()

    for worker, found in client.run(version).items():
        if found != package_version():
            held = "has no samestory" if found is None else "has another version of samestory"
            raise PoolError(f"the worker {worker} {held}: give all workers the installation of this machine")
    if shared is None:
        return
    shared.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=shared.resolve(), prefix=".seen-by-workers-") as probe:
        for worker, seen in client.run(os.path.exists, probe.name).items():
            if not seen:
                raise PoolError(
                    f"the worker {worker} does not see {shared}: results need a folder that all workers see at the "
                    "same path, on a shared file system"
                )
