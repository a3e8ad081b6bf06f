"""The kernels of runs: what each may take, how all are ended at once, and what is said of a notebook that failed."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple
from weakref import WeakSet

from samestory.messages import explain
from samestory.settings import StudyError

if TYPE_CHECKING:
    from jupyter_client import AsyncKernelManager

MIB = 1 << 20
# before the first cell, and without a name of its own in the notebook
HOLD = "__import__('resource').setrlimit(__import__('resource').RLIMIT_DATA, ({bytes}, {bytes}))"


class Limits(NamedTuple):
    """What a notebook may take: seconds for each cell, and MiB of memory or, None, as much as there is."""

    seconds: int = 600
    memory: int | None = None

    def check(self) -> None:
        """Raise StudyError where memory cannot be limited: Linux alone counts what a process writes to."""
        if self.memory is not None and sys.platform != "linux":
            raise StudyError("memory of notebooks can be limited on Linux alone; leave out --memory")

    def arguments(self) -> list[str]:
        """What a kernel's command is given to hold it to the limit of memory."""
        if self.memory is None:
            return []
        return [f"--IPKernelApp.exec_lines={HOLD.format(bytes=self.memory * MIB)}"]


USUAL = Limits()


class _Listed:
    """A kernel manager that is known while its kernel runs, and tells what memory it held before it is ended."""

    known: ClassVar[WeakSet] = WeakSet()
    peak_memory: ClassVar[int | None] = None

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.known.add(self)

    async def shutdown_kernel(self, now: bool = False, restart: bool = False) -> None:
        """End the kernel, once it is known what it held."""
        type(self).peak_memory = peak_memory(self.provisioner.pid)  # type: ignore[attr-defined]
        await super().shutdown_kernel(now, restart)  # type: ignore[misc]


def listed_manager() -> type[AsyncKernelManager]:
    """What starts a kernel that :func:`end_kernels` can end; its ``peak_memory`` is there once it was ended."""
    from samestory.runs.warm import kernel_manager  # imported late: where nothing runs, Jupyter is not needed

    return type("ListedManager", (_Listed, kernel_manager()), {})


def peak_memory(pid: int) -> int | None:
    """The most memory that a process held so far, in bytes; None where the system does not tell.

    It counts what it shares with others, such as what a warm kernel was forked with.
    """
    try:
        status = Path(f"/proc/{pid}/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return None
    found = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else None


def end_kernels() -> None:
    """End all kernels that this process runs; whoever waits for one finds that it died."""
    for manager in list(_Listed.known):
        process = getattr(manager.provisioner, "process", None)
        if process is not None:
            process.kill()


def reason(error: Exception, cell: int, limits: Limits) -> str:
    """Why a notebook failed, in one line, with the number of the cell that it was at; 0 before the first."""
    from nbclient.exceptions import CellTimeoutError, DeadKernelError

    name, said = type(error).__name__, explain(error)
    where = f"cell {cell}: " if cell else ""
    may = f" (it may take {limits.memory} MiB: --memory)" if limits.memory else ""
    if isinstance(error, DeadKernelError):
        return f"{where}{name}: the kernel ended before its notebook did, killed or out of memory{may}"
    if isinstance(error, CellTimeoutError) and "Cell execution timed out" in said:
        return f"{where}{name}: not done after {limits.seconds} seconds, which is the limit (--timeout)"
    if hasattr(error, "ename"):  # papermill tells what a cell raised
        out_of_memory = error.ename.endswith("MemoryError")
        return f"cell {error.exec_count}: {error.ename}: {error.evalue}{may if out_of_memory else ''}"  # type: ignore[attr-defined]
    return f"{name}: {said.strip().partition(chr(10))[0]}"
