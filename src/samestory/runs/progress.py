"""Progress: a bar on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys

STEPS = 10  # plain lines that a long piece of work prints


class Progress:
    """Counts work as it gets done; use as a context."""

    def __init__(self, what: str, total: int, unit: str) -> None:
        self.what, self.total, self.unit, self.done = what, total, unit, 0
        self._bar = None

    def __enter__(self) -> Progress:
        if sys.stderr.isatty():
            from tqdm import tqdm

            self._bar = tqdm(total=self.total, desc=self.what, unit=f" {self.unit}", leave=False)
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar is not None:
            self._bar.close()

    def advance(self, by: int = 1) -> None:
        """So much more is done."""
        before, self.done = self.done, self.done + by
        if self._bar is not None:
            self._bar.update(by)
        elif self.done * STEPS // max(1, self.total) > before * STEPS // max(1, self.total):
            print(f"{self.what}: {self.done} of {self.total} {self.unit}", flush=True)

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
