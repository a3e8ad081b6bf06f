"""Annotation of many articles: cost an article, peak memory, what a second core and a Dask cluster change.

New articles are put together from the paragraphs of studies, as events of three outlets that share some of them, and
annotated from a cold cache, each time by a process of its own, in a folder that is removed in the end:

    python benchmarks/scale.py STUDY... --few 1000 --many 30000 --part 600
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from samestory.preparing import prepare, read_stamp
from samestory.study import open_study, read_study

OUTLETS = ("wire", "courier", "lantern")
POOL = 12  # paragraphs that the outlets of an event draw from
KILOBYTES = 1024 if sys.platform == "darwin" else 1  # what the system counts peak memory in, to a kilobyte


def paragraphs(studies: Sequence[Path]) -> list[str]:
    """The paragraphs of their articles that are of some length, each once."""
    texts = (article.text for study in studies for article in read_study(open_study(study)).articles)
    return sorted({line for text in texts for line in text.splitlines() if 8 <= len(line.split()) <= 60})


def write_articles(folder: Path, lines: Sequence[str], n: int, words: int, seed: int) -> Path:
    """A study of so many new articles of about so many words; the same seed gives the same."""
    drawn = random.Random(seed)
    folder.mkdir()
    (folder / "study.toml").write_text("", encoding="utf-8")
    (folder / "articles").mkdir()
    numbers = count()
    with (folder / "articles" / "articles.jsonl").open("w", encoding="utf-8") as file:
        for event in range(-(-n // len(OUTLETS))):
            pool = drawn.sample(lines, min(POOL, len(lines)))
            for outlet in OUTLETS[: n - event * len(OUTLETS)]:
                chosen: list[str] = []
                while len(" ".join(chosen).split()) < words and len(chosen) < len(pool):
                    chosen.append(drawn.choice([line for line in pool if line not in chosen]))
                row = {"outlet": outlet, "event": f"event-{event:06}", "text": "\n\n".join(chosen),
                       "url": f"https://{outlet}.example/{next(numbers)}"}  # fmt: skip
                file.write(json.dumps(row) + "\n")
    return folder


def annotate(study: Path, results: Path, workers: int, scheduler: str | None) -> dict[str, Any]:
    """Annotate a study and say how long each quarter took, how much memory was held, and what came of it."""
    opened = open_study(study, results)
    began = reached = time.perf_counter()
    quarters: list[float] = []
    done = 0

    def advance(by: int, total: int) -> None:
        nonlocal done, reached
        done += by
        if done * 4 >= total * (len(quarters) + 1):
            quarters.append(time.perf_counter() - reached)
            reached = time.perf_counter()

    prepare(opened, workers=workers, scheduler=scheduler, progress=advance)
    peaks = [resource.getrusage(who).ru_maxrss * KILOBYTES for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return {
        "articles": done,
        "seconds": time.perf_counter() - began,
        "quarters": [4 * quarter / done for quarter in quarters],
        "megabytes": [round(peak / 1000) for peak in peaks],
        "tables": read_stamp(opened)["tables"],
    }


def run(study: Path, workers: int = 1, scheduler: str | None = None) -> dict[str, Any]:
    """Annotate in a process of its own, so that its peak memory is its own, and print what it says."""
    with TemporaryDirectory(prefix="samestory-scale-") as results:
        command = [sys.executable, __file__, str(study), "--annotate", results, "--workers", str(workers)]
        command += ["--scheduler", scheduler] if scheduler else []
        ran = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(ran.stdout.splitlines()[-1])
    quarters = ", ".join(f"{1000 * seconds:.0f}" for seconds in found["quarters"])
    told = "2 Dask workers" if scheduler else f"{workers} process{'es' if workers > 1 else ''}"
    print(
        f"{found['articles']} articles, {told}: {found['articles'] / found['seconds']:.2f} a second; ms an article by "
        f"quarter: {quarters}; peak memory {found['megabytes'][0]} MB, of a worker {found['megabytes'][1]} MB",
        flush=True,
    )
    return found


def compare(folder: Path, lines: Sequence[str], asked: argparse.Namespace) -> None:
    """Few articles beside many, one core beside two, processes beside Dask."""
    few, many, part = (
        write_articles(folder / name, lines, n, asked.words, asked.seed)
        for name, n in (("few", asked.few), ("many", asked.many), ("part", asked.part))
    )
    less, more = run(few, asked.workers), run(many, asked.workers)
    ratios = [after / before for before, after in zip(less["megabytes"], more["megabytes"], strict=True)]
    flat = max(more["quarters"]) / min(more["quarters"])
    print(f"{asked.many} beside {asked.few}: {ratios[0]:.2f} of the memory, {ratios[1]:.2f} of that of a worker; the "
          f"dearest quarter costs {flat:.2f} of the cheapest")  # fmt: skip
    one, two = run(part, 1), run(part, 2)
    print(f"2 processes beside 1: {one['seconds'] / two['seconds']:.2f} times as fast, starting included; tables "
          f"{'the same' if one['tables'] == two['tables'] else 'NOT THE SAME'} byte for byte")  # fmt: skip
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        dask = run(part, scheduler=cluster.scheduler_address)
    print(f"2 Dask workers beside 1 process: {one['seconds'] / dask['seconds']:.2f} times as fast, starting included; "
          f"tables {'the same' if one['tables'] == dask['tables'] else 'NOT THE SAME'} byte for byte")  # fmt: skip


def main() -> None:
    """Print a line a run and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("studies", nargs="+", type=Path, metavar="STUDY")
    parser.add_argument("--few", type=int, default=1000, help="articles of the smaller run")
    parser.add_argument("--many", type=int, default=30_000, help="articles of the larger run")
    parser.add_argument("--part", type=int, default=600, help="articles for one core beside two, and Dask")
    parser.add_argument("--words", type=int, default=60, help="of an article")
    parser.add_argument("--workers", type=int, default=2, help="processes of the smaller and the larger run")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--scheduler", help=argparse.SUPPRESS)
    parser.add_argument("--annotate", type=Path, metavar="RESULTS", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.annotate:
        print(json.dumps(annotate(asked.studies[0], asked.annotate, asked.workers, asked.scheduler)))
        return
    with TemporaryDirectory(prefix="samestory-scale-") as folder:
        compare(Path(folder), paragraphs(asked.studies), asked)


if __name__ == "__main__":
    main()
