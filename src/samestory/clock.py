"""How long the stages of a piece of work took."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Seconds by stage, in the order in which the stages began. Of stages within stages the inner one alone counts."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.seconds: dict[str, float] = {}
        self._inner = [0.0]

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """What is done within counts as this stage, added to what it took before."""
        begun = time.monotonic()
        self.seconds.setdefault(name, 0.0)
        self._inner.append(0.0)
        try:
            yield
        finally:
            took = time.monotonic() - begun
            self.seconds[name] += took - self._inner.pop()
            self._inner[-1] += took

    def total(self) -> float:
        """Seconds since the clock was made."""
        return time.monotonic() - self.begun

    def line(self) -> str:
        """What all of it took and each stage of it, in words."""
        stages = ", ".join(f"{name} {seconds:.1f}" for name, seconds in self.seconds.items())
        return f"took {self.total():.1f} s: {stages}"
