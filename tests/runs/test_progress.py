"""Progress where there is no terminal: plain lines, few of them, the last one whole."""

from __future__ import annotations

import pytest

from samestory.runs.progress import STEPS, Progress


@pytest.mark.parametrize("total", [1, 3, 10, 290, 1000])
def test_lines_are_few_and_end_with_all(total: int, capsys: pytest.CaptureFixture[str]):
    with Progress("notebooks", total, "runs") as progress:
        for _ in range(total):
            progress.advance()
    lines = capsys.readouterr().out.splitlines()
    assert 1 <= len(lines) <= STEPS
    assert lines[-1] == f"notebooks: {total} of {total} runs"
    assert not any("\r" in line or "\x1b" in line for line in lines)


def test_steps_of_many_and_a_total_known_late(capsys: pytest.CaptureFixture[str]):
    with Progress("annotating", 0, "articles") as progress:
        progress.step(19, 20)
        progress.step(1, 20)
    assert capsys.readouterr().out.splitlines() == ["annotating: 19 of 20 articles", "annotating: 20 of 20 articles"]


def test_nothing_done_prints_nothing(capsys: pytest.CaptureFixture[str]):
    with Progress("annotating", 5, "articles"):
        pass
    assert capsys.readouterr().out == ""
