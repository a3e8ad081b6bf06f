"""What is said to somebody who mistyped or cannot write: what is wrong, the nearest name that there is, what to do."""

from __future__ import annotations

import errno
import shlex
import shutil
import sys
from collections.abc import Iterable
from difflib import get_close_matches
from pathlib import Path

MOST = 40  # names that a message lists
PROGRAM = "samestory"
NEAR = 0.6  # how alike two names must be to take one for the other, misspelt (difflib's ratio)
INSTALL = "run `make setup` in the project's folder, or install the package anew"
_OFFERED = {
    errno.EACCES: "you have no permission there; change it, or name another place",
    errno.EPERM: "you have no permission there; change it, or name another place",
    errno.EROFS: "this disk can only be read; name another place",
    errno.ENOSPC: "the disk is full; make room, and the same command goes on from here",
    errno.ENOTDIR: "a file lies where a folder is needed; move it, or name another place",
    errno.EEXIST: "a file lies where a folder is needed; move it, or name another place",
    errno.EISDIR: "this is a folder, and a file is needed",
}


def did_you_mean(name: object, known: Iterable[str]) -> str:
    """A question to be put behind a wrong name, `` (did you mean 'mill-fire'?)``; nothing where no name is near.

    Capitals, hyphens, underscores and spaces make no difference.
    """
    plain = {_plain(one): one for one in known}
    near = get_close_matches(_plain(str(name)), plain, n=1, cutoff=NEAR)
    return f" (did you mean {plain[near[0]]!r}?)" if near else ""


def _plain(name: str) -> str:
    return name.casefold().replace("-", " ").replace("_", " ")


def no_such(kind: str, wrong: str | Iterable[object], known: Iterable[str]) -> str:
    """``no event is named 'mil-fire' (did you mean 'mill-fire'?); the events are ferry, mill-fire``.

    ``wrong`` is one name or several; of very many known names some are left out, and counted.
    """
    names = list(known)
    each = [wrong] if isinstance(wrong, str) else list(wrong)
    told = " or ".join(f"{name!r}{did_you_mean(name, names)}" for name in each)
    more = f" and {len(names) - MOST} more" if len(names) > MOST else ""
    listed = f"the {kind}s are {', '.join(names[:MOST])}{more}" if names else f"there is no {kind}"
    return f"no {kind} is named {told}; {listed}"


def no_path(path: str | Path, kind: str = "file or folder") -> str:
    """``stuyd: no such folder, seen from /home/ana (did you mean 'study'?)``: and the nearest name there."""
    path = Path(path)
    seen = "" if path.is_absolute() else f", seen from {Path.cwd()}"
    try:
        beside = sorted(one.name for one in path.parent.iterdir() if not one.name.startswith("."))
    except OSError:
        beside = []
    return f"{path}: no such {kind}{seen}{did_you_mean(path.name, beside)}"


def command() -> str:
    """What to type for this program: ``samestory`` where the shell finds it, else the way by which it was called."""
    own = Path(sys.argv[0])
    return shlex.quote(str(own)) if own.name == PROGRAM and not shutil.which(PROGRAM) else PROGRAM


def explain(error: BaseException) -> str:
    """An error in one line for people, with the file that it is about and what to do, where that is known."""
    if isinstance(error, OSError) and (error.filename is not None or error.errno in _OFFERED):
        said = _OFFERED.get(error.errno or 0, error.strerror or type(error).__name__)
        return said if error.filename is None else f"{error.filename}: {said}"
    if isinstance(error, ImportError):
        return f"{error}: a package is missing or broken; {INSTALL}"
    if isinstance(error, KeyError) and error.args:
        return str(error.args[0])
    return str(error) or type(error).__name__
