"""Why a study's runs will run or are skipped, without running any."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from samestory.preparing import are_whole, fingerprint, read_stamp
from samestory.runs.grid import plan_grid
from samestory.runs.plan import check_parameters, plan_runs
from samestory.runs.progress import Teller
from samestory.runs.record import changed
from samestory.study import Study, open_study

AFTER = "which notebooks run is known once the study is annotated"


def explain_study(path: Path, results_dir: Path, *, only: Sequence[str] = (), teller: Teller | None = None) -> None:
    """Print for each run of a study why it will run or be skipped; of a study to be annotated first, why that is."""
    teller = teller or Teller()
    study = open_study(path, results_dir)
    check_parameters(study)
    teller.sum_up(f"{study.name}: {study.title}")
    if stale := stale_tables(study):
        teller.tell("annotation", study=study.name, why=stale)
        for line in stale:
            teller.sum_up(f"  annotated first, since {line}")
        teller.sum_up(f"  {AFTER}")
        return
    grid = [] if only else plan_grid(study)
    decided = [(run, run.why()) for run in (*grid, *plan_runs(study, only))]
    for run, why in decided:
        teller.tell("run", study=study.name, run=run.name, event=run.event, notebook=run.notebook.name, why=why)
        teller.sum_up(f"  {run.name} {'runs, since ' + '; '.join(why) if why else 'is skipped: nothing changed'}")
    if any(why for _, why in decided[: len(grid)]):
        teller.sum_up("  notebooks that show what specifications find are looked at again after these")
    waiting = sum(bool(why) for _, why in decided)
    teller.tell("summary", study=study.name, waiting=waiting, of=len(decided))
    teller.sum_up(f"  {waiting} of {len(decided)} would run")


def stale_tables(study: Study) -> list[str]:
    """What a study's tables were made from and is another now, in words; [] where they are as they should be."""
    stamp = read_stamp(study)
    if not stamp:
        return ["no tables were made yet"]
    before, now = stamp["fingerprint"], fingerprint(study)
    if not isinstance(before, dict):
        return ["its tables are of another version of samestory"]
    found = [
        f"the {name} of samestory changed" for name in ("engines", "measures") if before.get(name) != now.get(name)
    ]
    for kind, told in (("articles/", "articles"), ("tables/", "shipped tables")):
        found += changed(
            told, *({name: kept[name] for name in kept if name.startswith(kind)} for kept in (before, now))
        )
    found += changed(
        "settings", *({name: kept[name] for name in kept if "/" not in name and "." in name} for kept in (before, now))
    )
    if not found and (before != now or not are_whole(study, stamp)):
        found = ["its tables are missing or were altered"]
    return found
