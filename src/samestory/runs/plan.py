"""Which notebook runs for which event, with which parameters, and the key that says whether it has to."""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from samestory.cache import key_of, package_version
from samestory.files import hash_file, project_folder, results_file
from samestory.messages import no_such
from samestory.preparing import Hashes, read_stamp
from samestory.runs.record import installed_versions, why
from samestory.settings import StudyError
from samestory.studies import FILE
from samestory.study import Study

FAILED = "failed"  # beside an output's place: the records of runs that failed
FIGURES = "figures"  # beside a page: its figures as files
WHOLE = "study"  # the folder of the runs over the whole study
KINDS = {int: "a whole number", float: "a number with a point", str: "text", list: "a list", bool: "true or false"}
OWN = ("study", "event", "results_dir")  # the parameters that a run sets itself


@dataclass(frozen=True)
class Run:
    """One notebook with one set of parameters. ``event`` is None for a run over the whole study.

    ``output`` is where the executed notebook is published; its page and record lie beside it, and so do ``products``,
    by their suffixes: files that the notebook itself writes. ``inputs`` is all that it depends on, by kind,
    ``title`` the study's.
    """

    notebook: Path
    event: str | None
    parameters: dict[str, Any]
    inputs: dict[str, Any]
    output: Path
    products: tuple[str, ...] = ()
    title: str = ""

    @property
    def page(self) -> Path:
        """The executed notebook as a web page."""
        return self.output.with_suffix(".html")

    @property
    def key(self) -> str:
        """A hash of all that it depends on."""
        return key_of(self.inputs)

    @property
    def record(self) -> Path:
        """What is kept of the run, see :mod:`samestory.runs.record`; written last."""
        return self.output.with_suffix(".json")

    @property
    def failure(self) -> Path:
        """The record where it failed: no output lies beside it."""
        return self.output.parent / FAILED / self.record.name

    @property
    def name(self) -> str:
        """Event and notebook, for people; of a notebook without a number, which of its runs."""
        number, _, told = self.notebook.stem.partition("_")
        return f"{self.event or 'whole study'}: {told}" if told else f"{number} {self.output.stem}"

    @property
    def home(self) -> str:
        """The way from the page to the folder of the site."""
        return "../../" if self.event else "../"

    @property
    def written(self) -> list[Path]:
        """Every file of the run, the record first."""
        return [self.record, self.output, self.page, *(self.output.with_suffix(suffix) for suffix in self.products)]

    def why(self) -> list[str]:
        """Why it has to run; [] where a complete output is published that depended on the same."""
        return why(self.record, self.failure, self.inputs)

    def is_done(self) -> bool:
        """Whether a complete output that depended on the same is published."""
        return not self.why()


def notebooks_folder() -> Path:
    """The project's notebooks, in a checkout or where it was installed as a wheel."""
    return project_folder("notebooks")


def plan_runs(study: Study, only: Sequence[str] = (), folder: Path | None = None) -> list[Run]:
    """Every run of a prepared study: event notebooks for each event, study notebooks once, others not at all.

    ``only`` keeps the named events (and no whole-study run). Raises StudyError for an unknown event or a parameter in
    study.toml that no notebook has, or that is of another type there.
    """
    hashes = read_stamp(study)["events"]
    if unknown := sorted(set(only) - set(hashes)):
        raise StudyError(f"{study.name}: {no_such('event', unknown, hashes)}")
    runs = []
    for path, notebook in check_parameters(study, folder):
        scope = notebook["metadata"]["samestory"]["scope"]
        events: list[str | None] = [e for e in hashes if not only or e in only] if scope in ("event", "both") else []
        whole: list[str | None] = [None] if scope in ("study", "both") and not only else []
        for event in events + whole:
            runs.append(_run(study, path, notebook, event, hashes))
    return sorted(runs, key=lambda run: (run.event is None, run.event or "", run.notebook.name))


def _run(study: Study, path: Path, notebook: dict, event: str | None, hashes: Hashes) -> Run:
    output = study.results / ("events/" + slug(event) if event else WHOLE) / path.name
    return build_run(
        study, path, notebook, hashes, output, own={"event": event or ""}, shown=_shown(study, path, event)
    )


def build_run(
    study: Study,
    path: Path,
    notebook: dict,
    hashes: Hashes,
    output: Path,
    *,
    own: Mapping[str, Any],
    shown: Iterable[Path] = (),
    products: tuple[str, ...] = (),
) -> Run:
    """A run of one notebook with the parameters that are its ``own``, and all that it depends on.

    ``hashes`` are those of the tables of all events, ``shown`` the files that it shows besides.
    """
    event = own.get("event") or None
    parameters = parameters_of(study, notebook, path.parent, own)
    inputs = {
        "notebook": key_of(["".join(cell["source"]) for cell in notebook["cells"]]),
        "parameters": parameters,
        "tables": hashes[event] if event else {},
        "events": {} if event else {name: key_of(tables) for name, tables in hashes.items()},
        "files": _hashes(study, shown),
        "study": {"title": study.title, "outlets": study.outlets},
        "code": package_version(),
        "versions": installed_versions(),
    }
    return Run(path, event, parameters, inputs, output, products, study.title)


def parameters_of(study: Study, notebook: dict, folder: Path, own: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that a study gives a notebook which lies in this folder, with those of its ``own``."""
    given = {
        "study": Path(os.path.relpath(study.folder, folder)).as_posix(),
        "results_dir": Path(os.path.relpath(study.results.parent, folder)).as_posix(),
        **study.parameters,
        **own,
    }
    defaults = read_parameters(notebook)
    return {name: value for name, value in given.items() if name in defaults}


def _shown(study: Study, path: Path, event: str | None) -> list[Path]:
    """What a notebook shows besides its tables: scores, what people coded, results of the multiverse."""
    shown: list[Path] = []
    if "validation" in path.stem:
        shown.append(results_file())
    if "validation" in path.stem or "comparison" in path.stem:
        shown += (study.folder / "coding").glob("*/*.csv")
    if "comparison" in path.stem and study.multiverse is not None and event is None:
        from samestory.comparison.specifications import FOLDER, TIMES

        shown += (path for path in (study.results / FOLDER).glob("*.csv") if path.name != TIMES)
    return shown


def _hashes(study: Study, paths: Iterable[Path]) -> dict[str, str]:
    """A hash of each of those files that are there, by the name under the study's folder, its results or its own."""
    found = {}
    for path in sorted(path for path in paths if path.exists()):
        above = next((folder for folder in (study.folder, study.results) if path.is_relative_to(folder)), path.parent)
        found[path.relative_to(above).as_posix()] = hash_file(path)
    return found


def read_parameters(notebook: dict) -> dict[str, Any]:
    """The names and default values in a notebook's cell tagged ``parameters``, which holds literals only."""
    for cell in notebook["cells"]:
        if "parameters" in cell["metadata"].get("tags", []):
            tree = ast.parse("".join(cell["source"]))
            return {
                target.id: ast.literal_eval(node.value)
                for node in tree.body
                if isinstance(node, ast.Assign)
                for target in node.targets
                if isinstance(target, ast.Name)
            }
    return {}


def check_parameters(study: Study, folder: Path | None = None) -> list[tuple[Path, dict]]:
    """The notebooks with their content, once study.toml names only parameters that they have, each of its kind.

    papermill only warns of a parameter that a notebook does not have; a study must not run on a misspelling.
    """
    folder = folder or notebooks_folder()
    sources = [(path, json.loads(path.read_text(encoding="utf-8"))) for path in sorted(folder.glob("[0-9]_*.ipynb"))]
    known = [read_parameters(notebook) for _, notebook in sources]
    names = sorted({name for parameters in known for name in parameters} - set(OWN))
    where = study.folder / FILE
    for name, value in study.parameters.items():
        if name in OWN:
            raise StudyError(f"{where}: the parameter {name} is set for each run and not by the study; take it out")
        if name not in names:
            raise StudyError(f"{where}: under [parameters] {no_such('parameter', name, names)}")
        for parameters in known:
            if name in parameters:
                _check_kind(where, name, value, parameters[name])
    return sources


def _check_kind(where: Path, name: str, value: object, default: object) -> None:
    """Raise StudyError where a parameter is of another kind than the notebook's own value."""
    if type(value) is type(default):
        return
    kind = KINDS.get(type(default), type(default).__name__)
    example = '["a", "b"]' if default == [] else json.dumps(default)
    raise StudyError(f"{where}: the parameter {name} must be {kind}, as in {name} = {example}, not {value!r}")


def slug(event: str) -> str:
    """A folder name for an event: itself where it is plain and lower case, else made plain and told apart by a hash."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "_", event)[:80]
    return plain if plain == event == event.lower() else f"{plain}-{hashlib.sha256(event.encode()).hexdigest()[:6]}"
