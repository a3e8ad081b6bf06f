"""What a command tells while it works: bars on a terminal, lines elsewhere, little where it is quiet, or JSON lines."""

from __future__ import annotations

import json
import sys
import time
from dataclasses import dataclass

STEPS = 10  # plain lines that a long piece of work prints, where it does not print one for each step


@dataclass(frozen=True)
class Teller:
    """How a command tells what it does. ``quiet`` leaves what failed and the summary; ``jsonl`` is for programs: one
    JSON object a line on the standard output, with ``what`` it tells of, and nothing else there."""

    quiet: bool = False
    jsonl: bool = False

    def say(self, line: str) -> None:
        """A line on what goes on."""
        if not self.quiet:
            self.sum_up(line)

    def sum_up(self, line: str) -> None:
        """A line of the summary."""
        if not self.jsonl:
            print(line, flush=True)

    def warn(self, line: str) -> None:
        """A line on what failed or needs a look, to the standard error."""
        print(line, file=sys.stderr, flush=True)

    def tell(self, what: str, **fields: object) -> None:
        """An object for programs."""
        if self.jsonl:
            print(json.dumps({"what": what, **fields}, ensure_ascii=False), flush=True)


class Progress:
    """Counts work as it gets done; use as a context. With ``each`` every step has its line, else a few have."""

    def __init__(self, what: str, total: int, unit: str, teller: Teller | None = None, *, each: bool = False) -> None:
        self.what, self.total, self.unit, self.done = what, total, unit, 0
        self.teller, self.each = teller or Teller(), each
        self._bar = None
        self._begun = time.monotonic()

    def __enter__(self) -> Progress:
        if sys.stderr.isatty() and not self.teller.quiet and not self.teller.jsonl:
            from tqdm import tqdm

            self._bar = tqdm(total=self.total, desc=self.what, unit=f" {self.unit}", leave=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, by: int = 1, told: str = "") -> None:
        """So much more is done; ``told`` says what it was."""
        before, self.done = self.done, self.done + by
        if self._bar is not None:
            self._bar.update(by)
        elif self.each or self.done * STEPS // max(1, self.total) > before * STEPS // max(1, self.total):
            seconds = time.monotonic() - self._begun
            more = f": {told}" if told else f" ({seconds:.1f} s)" if self.each else ""
            self.teller.say(f"{self.what}: {self.done} of {self.total} {self.unit}{more}")
            self.teller.tell(
                "progress", stage=self.what.strip(), done=self.done, of=self.total, unit=self.unit,
                seconds=round(seconds, 2),
            )  # fmt: skip

    def step(self, by: int, total: int) -> None:
        """So much more is done of a whole that becomes known with the first step."""
        if self.total != total:
            self.resize(total)
        self.advance(by)

    def resize(self, total: int) -> None:
        """The whole of the work, where it is known only once it has begun."""
        self.total = total
        if self._bar is not None:
            self._bar.total = total
            self._bar.refresh()
