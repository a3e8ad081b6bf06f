"""Warm kernels: the same outputs as of ordinary ones, nothing of one notebook in the next, nothing left behind."""

from __future__ import annotations

import asyncio
import importlib
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import nbformat
import pytest

from samestory.preparing import prepare
from samestory.runs import Run, execute, plan_runs
from samestory.runs.warm import WarmKernelManager, WarmProvisioner
from samestory.study import Study, open_study

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="kernels are kept warm on Linux alone")
NAMED, LOCAL = "JUPYTER_DEFAULT_PROVISIONER_NAME", "local-provisioner"
STATE = """
import hashlib, os, resource, signal, sys, threading
import numpy as np, pandas as pd, matplotlib
own = {n: v for n, v in sorted(os.environ.items()) if n not in ("JPY_PARENT_PID", "JUPYTER_DEFAULT_PROVISIONER_NAME")}
print(list(own), hashlib.sha256(repr(own).encode()).hexdigest())
print(os.getcwd(), os.umask(0o22), os.getsid(0) == os.getpid(), os.nice(0), sys.path, sys.argv[0], len(sys.argv))
print(sorted(name for name in globals() if not name.startswith("_")), sys.modules["__main__"].__dict__ is globals())
print(sys.flags, sys.stdin.closed, sys.getrecursionlimit(), sorted(thread.name for thread in threading.enumerate()))
print([signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)])
print([resource.getrlimit(limit) for limit in (resource.RLIMIT_AS, resource.RLIMIT_NOFILE, resource.RLIMIT_CORE)])
print(pd.DataFrame.mean.__module__, pd.options.display.max_rows)
print(matplotlib.get_backend(), matplotlib.rcParams["font.size"])
print(np.geterr(), np.get_printoptions()["precision"], "leaked" in sys.modules, os.path.exists("leaked.txt"))
held = {os.readlink(f"/proc/self/fd/{n}").split(":")[0] for n in range(3, 200) if os.path.lexists(f"/proc/self/fd/{n}")}
print(sorted(held))
"""
FILTERS = "import warnings; print(warnings.filters)"
PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, 3, 2]); plt.title('Seen'); plt.show()"
POLLUTES = """
import os, resource, signal, subprocess, sys, threading, time, types, warnings
import numpy as np, pandas as pd, matplotlib
pd.DataFrame.mean = lambda *_: 42
pd.options.display.max_rows = 3
matplotlib.use("svg"); matplotlib.rcParams["font.size"] = 40
np.seterr(all="ignore"); np.set_printoptions(precision=1); np.random.seed(1)
os.environ["LEAKED"] = "1"; os.environ.pop("PATH"); os.chdir("/"); os.umask(0); os.nice(5)
sys.path.insert(0, "/leaked"); sys.modules["leaked"] = types.ModuleType("leaked"); sys.setrecursionlimit(5000)
signal.signal(signal.SIGTERM, signal.SIG_IGN); warnings.simplefilter("error")
threading.Thread(target=time.sleep, args=(600,), daemon=True, name="leaked").start()
kept = [open(os.devnull) for _ in range(100)]
resource.setrlimit(resource.RLIMIT_NOFILE, (200, 200))
started = subprocess.Popen(["/bin/sleep", "600"])
print(started.pid)
"""


@pytest.fixture
def study(shipped_study: Path, tmp_path: Path) -> Study:
    opened = open_study(shipped_study, tmp_path / "results")
    prepare(opened)
    return opened


@pytest.fixture
def run_all(study: Study, notebooks: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., dict[str, str]]:
    """Execute notebooks on one event, one after the other; what each printed or why it failed, by its name."""

    def run(folder: Path | None = notebooks, provisioner: str = "") -> dict[str, str]:
        if provisioner:
            monkeypatch.setenv(NAMED, provisioner)
        else:
            monkeypatch.delenv(NAMED, raising=False)
        runs = plan_runs(study, ["ferry"], folder)
        for written in (path for run in runs for path in run.written):
            written.unlink(missing_ok=True)
        return {o.run.notebook.stem: o.reason or str(outputs(o.run)) for o in execute(runs)}

    return run


def outputs(run: Run) -> list[list[dict]]:
    """What the cells of an executed notebook show: texts and pictures."""
    return [cell.get("outputs", []) for cell in nbformat.read(run.output, as_version=4).cells]


def is_running(pid: int) -> bool:
    """Whether a process is there and not only waited for."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except (FileNotFoundError, ProcessLookupError):
        return False


def gone(*pids: int) -> bool:
    """Whether these processes end within a while."""
    deadline = time.monotonic() + 30
    while any(map(is_running, pids)) and time.monotonic() < deadline:
        time.sleep(0.05)
    return not any(map(is_running, pids))


def test_outputs_are_those_of_ordinary_kernels_to_the_last_pixel(run_all: Callable[..., dict[str, str]]):
    warm = run_all(folder=None)
    assert len(warm) == 6 and all("image/png" in shown for shown in warm.values())
    assert warm == run_all(folder=None, provisioner=LOCAL)


def test_a_kernel_begins_as_an_ordinary_one_does(write_notebook: Callable[..., Path], run_all):
    write_notebook("1_state", STATE, PLOT)
    warm = run_all()
    assert "image/png" in warm["1_state"]
    assert warm == run_all(provisioner=LOCAL)


def test_imports_are_there_already_and_no_thread_was_forked(write_notebook: Callable[..., Path], run_all):
    write_notebook("1_warm", "import os, sys; print('pandas' in sys.modules, os.getppid())")
    shown = run_all()["1_warm"]
    assert WarmProvisioner.zygote is not None and f"True {WarmProvisioner.zygote.process.pid}" in shown
    assert len(list(Path(f"/proc/{WarmProvisioner.zygote.process.pid}/task").iterdir())) == 1


def test_nothing_that_a_notebook_does_reaches_the_next(write_notebook: Callable[..., Path], run_all):
    write_notebook("1_before", STATE, FILTERS)
    write_notebook("2_pollutes", POLLUTES)
    write_notebook("3_after", STATE, FILTERS)
    shown = run_all()
    assert shown["3_after"] == shown["1_before"] and "'output_type': 'stream'" in shown["3_after"]
    assert gone(int(shown["2_pollutes"].split("'text': '")[1].split("\\n")[0]))


def test_chance_is_not_shared(write_notebook: Callable[..., Path], run_all):
    for name in ("1_one", "2_two"):
        write_notebook(name, "import random, numpy as np; print(random.random(), np.random.random())")
    shown = run_all()
    assert shown["1_one"] != shown["2_two"]
    first, second = (text.split("'text': '")[1].split("\\n")[0].split() for text in shown.values())
    assert not set(first) & set(second)


def test_a_kernel_that_fails_or_dies_or_takes_all_with_it_stops_no_other(write_notebook: Callable[..., Path], run_all):
    write_notebook("1_raises", "raise KeyError('toll')")
    write_notebook("2_exits", "import os; os._exit(3)")
    write_notebook("3_dies", "import os, signal; os.kill(os.getpid(), signal.SIGKILL)")
    write_notebook("4_eats", "kept = bytearray(1 << 60)")
    write_notebook("5_kills", "import os, signal; os.kill(os.getppid(), signal.SIGKILL); import time; time.sleep(60)")
    write_notebook("6_goes_on", "print('went on')")
    shown = run_all()
    assert shown["1_raises"] == "cell 3: KeyError: 'toll'" and "MemoryError" in shown["4_eats"]
    assert all("DeadKernel" in shown[name] for name in ("2_exits", "3_dies", "5_kills"))
    assert "went on" in shown["6_goes_on"]


@pytest.mark.parametrize(("sent", "said"), [(signal.SIGKILL, "died before"), (signal.SIGSTOP, "respond in 2 seconds")])
def test_a_kernel_that_does_not_answer_is_not_waited_for_without_end(sent: int, said: str):
    async def start() -> None:
        manager = WarmKernelManager()
        await manager.start_kernel()
        client = manager.client()
        client.start_channels()
        try:
            await client.wait_for_ready(60)
            os.kill(manager.provisioner.pid, sent)
            with pytest.raises(RuntimeError, match=said):
                await client.wait_for_ready(2)
        finally:
            client.stop_channels()
            await manager.shutdown_kernel(now=True)

    with ThreadPoolExecutor(1) as pool:  # this thread may have a loop of its own
        pool.submit(asyncio.run, start()).result()


RUN = """
import sys
from pathlib import Path
from samestory.runs import execute, plan_runs
from samestory.study import open_study
for outcome in execute(plan_runs(open_study(sys.argv[1], sys.argv[2]), ["ferry"], Path(sys.argv[3])), workers=2):
    print(outcome.status, outcome.reason)
"""


def without_choice() -> dict[str, str]:
    """The environment of a user who has chosen no provisioner."""
    return {name: value for name, value in os.environ.items() if name != NAMED}


def command(study: Study, notebooks: Path) -> list[str]:
    """Execute all of a folder's notebooks in a process of its own."""
    return [sys.executable, "-c", RUN, str(study.folder), str(study.results.parent), str(notebooks)]


def test_nothing_outlives_a_runner_that_is_killed(study: Study, notebooks: Path, write_notebook, tmp_path: Path):
    told = tmp_path / "pids"
    hangs = f"""
import os, subprocess, time
own = subprocess.Popen(["sleep", "600"]).pid
with open({str(told)!r}, "w") as file: file.write(f"{{os.getpid()}} {{os.getppid()}} {{own}} .")
time.sleep(600)"""
    write_notebook("1_hangs", hangs)
    runner = subprocess.Popen(command(study, notebooks), env=without_choice())
    deadline = time.monotonic() + 120
    while not (told.exists() and told.read_text(encoding="utf-8").endswith(".")) and time.monotonic() < deadline:
        time.sleep(0.05)
    pids = [int(pid) for pid in told.read_text(encoding="utf-8").split()[:-1]]
    assert len(pids) == 3 and all(map(is_running, pids)) and pids[1] != runner.pid
    runner.send_signal(signal.SIGKILL)
    runner.wait()
    assert gone(*pids)


def test_where_imports_start_a_thread_kernels_start_as_usual_and_it_is_said(
    study: Study, notebooks: Path, write_notebook, tmp_path: Path
):
    write_notebook("1_one", "print(event)")
    starts = "import threading, time\nthreading.Thread(target=time.sleep, args=(600,), daemon=True).start()\n"
    (tmp_path / "usercustomize").mkdir()
    (tmp_path / "usercustomize" / "sitecustomize.py").write_text(starts, encoding="utf-8")
    path = os.pathsep.join([str(tmp_path / "usercustomize"), *filter(None, sys.path)])
    environment = without_choice() | {"PYTHONPATH": path}
    done = subprocess.run(command(study, notebooks), env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["done"]
    assert "kernels are not kept warm: 2 threads run" in done.stderr


def test_others_find_it_by_its_entry_point(root: Path):
    groups = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]
    module, _, name = groups["jupyter_client.kernel_provisioners"]["samestory-warm"].partition(":")
    assert getattr(importlib.import_module(module), name) is WarmProvisioner
