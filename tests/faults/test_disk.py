"""A disk that is full or can only be read: a clear error, nothing half-written, and the next run with room repairs."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

FILLS = """
from pathlib import Path
if Path("../fills").exists():
    with open("../results/ballast", "ab", buffering=0) as file:
        try:
            while True:
                file.write(bytes(1024))
        except OSError:
            pass
print("done at", event)
"""  # a cell that fills the disk of the results to the last byte

Remount = Callable[[str], object]


@pytest.fixture
def remount(batch) -> Iterator[Remount]:
    """Mount the results anew with these options; they lie on a small disk of their own, in memory."""
    place = batch.home / "results"
    place.mkdir()

    def mount(*options: str) -> subprocess.CompletedProcess:
        return subprocess.run(["mount", *options, str(place)], capture_output=True, text=True, check=False)

    try:
        failed = mount("-t", "tmpfs", "-o", "size=64k", "none").stderr
    except FileNotFoundError as error:
        failed = str(error)
    if failed:
        pytest.skip(f"a small disk can be mounted by root alone, and where mount(8) is: {failed.strip()}")
    yield lambda options: mount("-o", f"remount,{options}").check_returncode()
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def test_a_full_disk_is_told_and_a_run_with_room_gives_what_an_undisturbed_one_does(
    batch, remount: Remount, write_notebook: Callable[..., Path]
):
    write_notebook("1_waits", FILLS)
    fills, ballast = batch.home / "fills", batch.home / "results" / "ballast"
    seen = []
    for room, filled in (("64k", False), ("1m", True), ("1m", False)):
        remount(f"size={room}")
        if filled:
            fills.touch()
        code, out, errors = batch.run()
        assert code == 1 and "report:" not in out
        assert "the disk is full; make room, and the same command goes on from here" in errors.splitlines()[-1]
        assert ballast.exists() == filled
        ballast.unlink(missing_ok=True)
        fills.unlink(missing_ok=True)
        assert batch.is_whole() and not batch.left_over()
        assert not (batch.results / "index.html").exists()
        seen.append((len(list(batch.results.glob("tables/*"))), len(list(batch.results.glob("events/*/1_waits.json")))))
    assert seen == [(0, 0), (16, 0), (16, 2)], "it was full at the tables, at the notebooks and at the report"
    remount("size=64m")
    code, out, errors = batch.run()
    assert (code, errors) == (0, "") and "0 executed, 2 unchanged" in out
    assert batch.published() == batch.undisturbed()


def test_results_that_can_only_be_read_are_named_and_left_alone(batch, remount: Remount):
    (batch.results / "tables").mkdir(parents=True)
    remount("ro")
    code, out, errors = batch.run()
    assert (code, out) == (1, "") and "Traceback" not in errors
    told = "results/small: results cannot be written there (no permission to write); name another folder: --results DIR"
    assert told in errors
    assert [path.name for path in batch.results.iterdir()] == ["tables"]
