"""The process that warm kernels are forked from: it imports what notebooks import, and runs nothing itself.

``samestory.runs.warm`` starts this file as a script, where a kernel would start and with an open socket's number, and
asks over that socket for kernels, each with one end of a line of its own. Over its line the kernel's process id comes
back, signals go out, and the exit code comes back. A line that closes ends its kernel: none outlives who asked for it.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import gc
import importlib
import io
import json
import os
import pkgutil
import runpy
import select
import signal
import socket
import string
import sys
from pathlib import Path

PACKAGES = ("samestory.comparison", "samestory.figures", "samestory.measures", "samestory.statistics")
MODULES = (
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.logger", "IPython.core.oinspect",
    "IPython.extensions.storemagic", "ipykernel.kernelapp", "ipykernel.ipkernel", "matplotlib.backends.backend_agg",
    "matplotlib.figure", "pandas.core.methods.to_dict", "pandas.core.reshape.reshape", "pandas.io.formats.csvs",
    "pandas.io.formats.string", "pyarrow.acero", "pyarrow.dataset", "pyarrow.parquet", "samestory.annotation",
    "samestory.coding", "samestory.figures.reading.plain", "samestory.preparing", "samestory.report.methods",
    "scipy.stats", "tornado.platform.asyncio", "typst",
)  # fmt: skip
ONE_THREAD = {"OPENBLAS_NUM_THREADS": "1", "JE_ARROW_MALLOC_CONF": "background_thread:false"}  # of numpy and pyarrow
AS_KERNELS_DO = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}  # before a notebook imports matplotlib
DEBUGGER = "debugpy"  # a third of a kernel's start, and nobody steps through a notebook of a batch
BY_DEBUGGER = {"PYDEVD_USE_FRAME_EVAL": "NO"}  # what it leaves in the environment of a kernel that imports it
PARENT = "JPY_PARENT_PID"  # whose end ends a kernel
BYTES = 1 << 16  # of one message, at most
PR_SET_PDEATHSIG = 1  # of prctl(2): a signal when the parent ends

Lines = dict[int, socket.socket]  # of the kernels that run, by process id


def preload() -> None:
    """Import what notebooks import, in one thread alone: a fork copies no other thread, nor frees the locks it holds.

    Exits with a message where there are more.
    """
    for name, value in {**ONE_THREAD, **AS_KERNELS_DO}.items():
        os.environ.setdefault(name, value)
    os.environ[PARENT] = str(os.getpid())
    for package in PACKAGES:
        for module in pkgutil.iter_modules(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(module.name)
    for name in MODULES:
        importlib.import_module(name)
    _import_without(DEBUGGER, "ipykernel.debugger")
    _use_once()
    threads = len(list(Path("/proc/self/task").iterdir()))
    if threads > 1:
        sys.exit(f"kernels are not kept warm: {threads} threads run once all is imported")
    gc.collect()
    gc.freeze()  # what is shared with the kernels stays shared: no collector writes to it


def _import_without(missing: str, name: str) -> None:
    """Import a module as where another is not installed; a notebook may import that one."""
    sys.modules[missing] = None  # type: ignore[assignment]
    importlib.import_module(name)
    del sys.modules[missing]


def _use_once() -> None:
    """What is found out at first use and is the same for every notebook: fonts and the shapes of letters, file
    formats, the engines' version, units of measurement."""
    import pandas as pd
    from matplotlib.figure import Figure

    from samestory.cache import engine_version
    from samestory.claims.relations import to_base
    from samestory.figures import stacks

    engine_version()
    to_base("mile", "length")
    Figure().savefig(io.BytesIO(), format="png")
    letters = string.ascii_letters + string.digits + string.punctuation
    bar = pd.DataFrame({"name": [letters], "part": "", "n": 1})
    stacks(bar, label="name", part="part", value="n", unit=letters, title=letters, alt="").svg()


def serve(control: socket.socket) -> list[str]:
    """Fork a kernel for each request and look after it; returns in the kernels alone, with the arguments of each.

    Exits once nobody can ask any more and the last kernel has ended.
    """
    woken, waker = os.pipe()
    os.set_blocking(woken, False)
    os.set_blocking(waker, False)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    signal.set_wakeup_fd(waker)
    lines: Lines = {}
    asking = True
    while asking or lines:
        heard: list[int | socket.socket] = [woken, *([control] if asking else []), *lines.values()]
        ready = select.select(heard, [], [])[0]
        if woken in ready:
            os.read(woken, BYTES)
        for pid in [pid for pid, line in lines.items() if line in ready]:
            _pass_on(pid, lines[pid])
        _reap(lines)
        if control in ready:
            message, descriptors, _, _ = socket.recv_fds(control, BYTES, 1)
            asking = bool(message)
            if asking and not _fork(lines, socket.socket(fileno=descriptors[0])):
                for descriptor in (woken, waker, control.detach()):
                    os.close(descriptor)
                return json.loads(message)
    sys.exit()


def _fork(lines: Lines, line: socket.socket) -> bool:
    """Whether this is still the zygote, and not the kernel that it forked."""
    zygote = os.getpid()
    pid = os.fork()
    if pid:
        lines[pid] = line
        with contextlib.suppress(OSError):  # nobody waits for it any more: the closed line will end it
            line.send(str(pid).encode())
        return True
    signal.set_wakeup_fd(-1)
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != zygote:
        os._exit(1)
    os.setsid()
    for held in (line, *lines.values()):
        held.close()
    return False


def _pass_on(pid: int, line: socket.socket) -> None:
    """Send a kernel and its own processes the signal that was asked for; the end of the line kills them."""
    try:
        number = int(line.recv(BYTES) or signal.SIGKILL)
    except OSError:
        number = signal.SIGKILL
    _signal_group(pid, number)


def _signal_group(pid: int, number: int) -> None:
    with contextlib.suppress(OSError):
        try:
            os.killpg(pid, number)
        except ProcessLookupError:  # just forked, and not yet a group of its own
            os.kill(pid, number)


def _reap(lines: Lines) -> None:
    """Tell the exit codes of the kernels that have ended, and end what they left running."""
    while lines and (ended := os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)) is not None:
        # before its number is free: no other group can bear it
        _signal_group(ended.si_pid, signal.SIGKILL)
        _, status = os.waitpid(ended.si_pid, 0)
        with lines.pop(ended.si_pid) as line, contextlib.suppress(OSError):
            line.send(str(os.waitstatus_to_exitcode(status)).encode())


def _begin(arguments: list[str], environment: dict[str, str]) -> None:
    """Make this process what an interpreter holds that was started for this kernel alone."""
    import numpy as np

    os.environ.clear()
    os.environ.update({**BY_DEBUGGER, **environment, PARENT: str(os.getppid())})
    np.random.seed()  # by the machine's own entropy, as at a start; `random` does it by itself
    sys.path.insert(0, str(Path.cwd()))
    sys.argv[1:] = arguments


def _leave(ended: list[bool]) -> None:
    """End at once after all else that happens at exit: taking the imports down would first copy them all."""
    if ended:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(0)


if __name__ == "__main__":
    del sys.path[0]  # no module beside this one takes the place of another
    ended: list[bool] = []
    atexit.register(_leave, ended)  # the first is called last
    given = dict(os.environ)
    preload()
    _begin(serve(socket.socket(fileno=int(sys.argv[1]))), given)
    runpy.run_module("ipykernel_launcher", run_name="__main__", alter_sys=True)
    ended.append(True)
