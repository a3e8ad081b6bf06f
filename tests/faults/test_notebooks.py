"""Notebooks that hang, eat memory, raise or lose their kernel fail with a clear reason; all others go on."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="limits memory and kills")
CALM = "from pathlib import Path\ndef calm(): return Path('../calm').exists()"


def test_what_goes_wrong_in_a_notebook_fails_alone_and_the_next_run_mends_it(
    batch, write_notebook: Callable[..., Path]
):
    write_notebook("1_waits", CALM, "print(event)")
    write_notebook("2_raises", CALM, "1 + 1", "if not calm(): raise KeyError('toll')\nprint(event)")
    write_notebook("3_eats", CALM, "kept = bytearray(1 << (20 if calm() else 33))\nprint(event)")
    write_notebook("4_hangs", CALM, "import time\nwhile not calm(): time.sleep(0.01)\nprint(event)")
    write_notebook("5_exits", CALM, "import os\nif not calm(): os._exit(3)\nprint(event)")
    code, out, errors = batch.run("--only", "ferry", "--timeout", 10, "--memory", 3000)
    assert code == 1 and "1 executed, 0 unchanged, 4 failed" in out
    failed = {
        "raises": "cell 5: KeyError: 'toll'",
        "eats": "cell 4: MemoryError:  (it may take 3000 MiB: --memory)",
        "hangs": "cell 4: CellTimeoutError: not done after 10 seconds, which is the limit (--timeout)",
        "exits": "cell 4: DeadKernelError: the kernel ended before its notebook did, killed or out of memory "
        "(it may take 3000 MiB: --memory)",
    }
    assert errors.splitlines() == [f"  failed ferry: {name}: {reason}" for name, reason in failed.items()]
    front = (batch.results / "index.html").read_text(encoding="utf-8")
    assert all(reason.partition("'")[0] in front for reason in failed.values())
    assert batch.is_whole() and not batch.left_over()
    assert {path.name for path in batch.results.glob("events/ferry/*.ipynb")} == {"1_waits.ipynb"}
    batch.calm()
    code, out, errors = batch.run("--only", "ferry", "--memory", 3000)
    assert (code, errors) == (0, "") and "4 executed, 1 unchanged, 0 failed" in out
    assert "toll" not in (batch.results / "index.html").read_text(encoding="utf-8")


def test_a_kernel_that_is_killed_fails_its_notebook_and_no_other(batch):
    run = batch.start()
    batch.until(batch.waits, run)
    kernels = [process for process in batch.descendants(run) if process.ppid() != run.pid]  # the zygote's
    kernels[0].kill()
    batch.calm()
    code, out, errors = batch.end(run)
    assert code == 1 and "1 executed, 0 unchanged, 1 failed" in out
    assert "waits: cell 3: DeadKernelError: the kernel ended before its notebook did" in errors
    assert batch.is_whole() and batch.ended(kernels)
    assert len(list(batch.results.glob("events/*/1_waits.json"))) == 1
