"""One run of a study at a time, and nothing left lying by one that was killed.

The system frees the lock when its holder ends, however it ends.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from contextlib import contextmanager

from filelock import FileLock, Timeout

from samestory.files import sweep, sweep_private_folders
from samestory.preparing import make_results
from samestory.settings import StudyError
from samestory.study import Study

LOCK = ".lock"  # under the study's results; holds the number of the process that writes there


@contextmanager
def alone(study: Study) -> Iterator[None]:
    """Hold a study's results for one process; StudyError where another holds them, and nothing is touched then.

    What processes left half-written there that were killed is removed, before and after.
    """
    make_results(study)
    path = study.results / LOCK
    try:
        held = FileLock(path).acquire(blocking=False)
    except Timeout:
        raise StudyError(_refusal(study)) from None
    with held:
        with contextlib.suppress(OSError):  # it only helps whoever is refused
            path.write_text(str(os.getpid()), encoding="utf-8")
        sweep_private_folders()
        sweep(study.results)
        try:
            yield
        finally:
            sweep(study.results)


def _refusal(study: Study) -> str:
    holder = ""
    with contextlib.suppress(OSError):
        holder = (study.results / LOCK).read_text(encoding="utf-8")
    who = f" (process {holder})" if holder else ""
    return f"{study.name}: another run of this study is going on{who}; wait until it has ended, or end it"
