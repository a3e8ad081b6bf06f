"""Warm kernels: forked from a process that holds the imports already, each a clean process of its own.

:class:`WarmProvisioner` is a kernel provisioner of jupyter_client with the entry point ``samestory-warm``: any program
that executes many notebooks can ask for it with ``JUPYTER_DEFAULT_PROVISIONER_NAME=samestory-warm``. The project's own
runs have it unless that variable names another; ``local-provisioner`` is Jupyter's usual one. Where a process cannot be
forked safely (macOS, Windows) kernels start as usual. They have no debugger: who steps through a notebook opens it in
JupyterLab.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from queue import Empty
from threading import Lock
from typing import Any, ClassVar

from jupyter_client import AsyncKernelClient, AsyncKernelManager
from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning import KernelProvisionerFactory, LocalProvisioner

LAUNCHER = "ipykernel_launcher"
BYTES = 1 << 16  # of one message, at most
ANSWER, TOLD = 1.0, 0.02  # seconds until a kernel is asked again, and in which it then tells that it has answered
FAREWELL = 1.0  # seconds in which a kernel that is told to end does so by itself


class WarmProcess:
    """A kernel in a process forked elsewhere: as much of :class:`subprocess.Popen` as a provisioner uses."""

    stdin = stdout = stderr = None

    def __init__(self, line: socket.socket, pid: int) -> None:
        self.line, self.pid = line, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """The exit code, negative for a signal, or None while it runs."""
        return self.wait() if self.ends(0) else None

    def ends(self, seconds: float) -> bool:
        """Whether it has ended, or does within so many seconds."""
        return self.returncode is not None or bool(select.select([self.line], [], [], seconds)[0])

    def wait(self) -> int:
        """Wait for its end; returns the exit code. A kernel whose zygote was killed was killed with it."""
        if self.returncode is None:
            with self.line:
                self.returncode = int(_received(self.line) or -signal.SIGKILL)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal to the kernel and the processes that it started."""
        if self.poll() is None:
            with contextlib.suppress(OSError):
                self.line.send(str(number).encode())

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)


class Zygote:
    """The process that holds the imports, started where and as its kernels would be: ``python`` is their command up
    to the module, ``environment`` and ``folder`` are theirs."""

    def __init__(self, python: list[str], environment: dict[str, str], folder: str) -> None:
        self.begun = (python, environment, folder)
        self.control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [*python, str(Path(__file__).with_name("zygote.py")), str(theirs.fileno())],
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
            )

    def start(self, arguments: list[str]) -> WarmProcess | None:
        """A kernel with these arguments; None where the zygote has ended."""
        line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs, contextlib.suppress(OSError):
            socket.send_fds(self.control, [json.dumps(arguments).encode()], [theirs.fileno()])
        if pid := _received(line):
            return WarmProcess(line, int(pid))
        line.close()
        return None

    def was_killed(self) -> bool:
        """Whether it ended, and a new one need not; one that ended by itself said why, and so would the next."""
        return (self.process.poll() or 0) < 0


def _received(line: socket.socket) -> bytes:
    """The next message; empty where the other end is gone."""
    with contextlib.suppress(ConnectionError):
        return line.recv(BYTES)
    return b""


class WarmProvisioner(LocalProvisioner):
    """Starts Python kernels from a zygote, which is kept for the next ones that start alike; all others as usual."""

    process: Any = None
    zygote: ClassVar[Zygote | None] = None
    lock: ClassVar = Lock()

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Start the kernel of this command; returns how to connect to it."""
        alike = self._scrub_kwargs(kwargs)
        if sys.platform == "linux" and LAUNCHER in cmd and set(alike) <= {"cwd", "env"}:
            self.process = await asyncio.to_thread(self._start, cmd, alike.get("env"), alike.get("cwd"))
            if self.process is not None:
                self.pid, self.cwd = self.process.pid, alike.get("cwd") or Path.cwd()
                return self.connection_info
        return await super().launch_kernel(cmd, **kwargs)

    async def shutdown_requested(self, restart: bool = False) -> None:
        """Wait for its end, which whoever asked for it sees a tenth of a second later."""
        if isinstance(self.process, WarmProcess):
            await asyncio.to_thread(self.process.ends, FAREWELL)

    @classmethod
    def _start(cls, cmd: list[str], env: dict[str, str] | None, cwd: str | Path | None) -> WarmProcess | None:
        module = cmd.index(LAUNCHER)
        own = {name: value for name, value in (env or os.environ).items() if not name.startswith("JPY_")}
        begun = (cmd[: module - 1], own, str(cwd or Path.cwd()))
        with cls.lock:
            if cls.zygote is None or cls.zygote.begun != begun or cls.zygote.was_killed():
                cls.end()
                cls.zygote = Zygote(*begun)
            return cls.zygote.start(cmd[module + 1 :])

    @classmethod
    def end(cls) -> None:
        """Keep nothing warm any longer; kernels that run go on."""
        if cls.zygote is not None:
            cls.zygote.control.close()
            cls.zygote = None


class PromptClient(AsyncKernelClient):
    """Goes on as soon as its kernel has answered; jupyter_client's own then waits a fifth of a second for more."""

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers on both channels; raises RuntimeError where it died or ``timeout`` is over."""
        asked = time.monotonic()
        while not await self._answers():
            if not await self.is_alive():
                raise RuntimeError("Kernel died before replying to kernel_info")
            if timeout is not None and time.monotonic() - asked > timeout:
                raise RuntimeError(f"Kernel didn't respond in {timeout} seconds")

    async def _answers(self) -> bool:
        """Whether the kernel answers, and what it publishes is heard up to the end of this answer."""
        question = self.kernel_info()
        try:
            while (reply := await self.get_shell_msg(timeout=ANSWER))["parent_header"].get("msg_id") != question:
                pass
            self._handle_kernel_info_reply(reply)
            while not _is_end(await self.get_iopub_msg(timeout=TOLD), question):
                pass
        except Empty:
            return False
        return True


def _is_end(message: dict[str, Any], question: str) -> bool:
    asked = message["parent_header"].get("msg_id") == question
    return asked and message["content"].get("execution_state") == "idle"


class WarmKernelManager(AsyncKernelManager):
    """Starts kernels as :class:`WarmProvisioner` does, whatever their specification asks for."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**{"client_factory": PromptClient, **kwargs})
        self.provisioner = WarmProvisioner(kernel_spec=self.kernel_spec, parent=self)


def kernel_manager() -> type[AsyncKernelManager]:
    """What starts kernels: warm ones, unless the environment names a provisioner."""
    named = os.environ.get(KernelProvisionerFactory.default_provisioner_name_env)
    return AsyncKernelManager if named else WarmKernelManager
