"""A study: what is compared, from where, with which parameters, as ``study.toml`` in the study's folder says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from samestory.files import csv_text, read_csv, write_whole
from samestory.messages import no_path, no_such
from samestory.settings import StudyError, read_settings
from samestory.studies import FILE, study_folder

if TYPE_CHECKING:
    import pandas as pd

    from samestory.annotation import Annotations
    from samestory.articles import Article, Reading
    from samestory.framing import Scheme

EVENTS = "events.csv"  # in the study's folder: which event each article tells of, as the user has confirmed it
PROPOSED_EVENTS = "events_proposed.csv"
READING = "reading.csv"  # in a text-free study's folder: what reading its texts told
TEXTS_ELSEWHERE = "texts_elsewhere.txt"  # under the results: where a text-free study found its texts


@dataclass(frozen=True)
class Study:
    """A study's settings and folders. ``outlets`` maps an outlet's code to its display name, ``zones`` to its clock,
    ``masks`` to further names that it goes by.

    ``articles`` is where texts are read from; ``scheme`` the table of the study's own frames, or None; ``shipped`` the
    folder of a text-free study's tables, or None; ``multiverse`` the measures and options of the grid of specifications
    (:func:`samestory.measures.specifications`), or None where none is asked for. Results go to ``results``, which is
    the results folder and the study's name.
    """

    folder: Path
    results: Path
    name: str
    title: str
    description: str = ""
    articles: Path | None = None
    shipped: Path | None = None
    format: str | None = None
    columns: dict[str, str] = field(default_factory=dict)
    outlets: dict[str, str] = field(default_factory=dict)
    domains: dict[str, str] = field(default_factory=dict)
    zones: dict[str, str] = field(default_factory=dict)
    masks: dict[str, list[str]] = field(default_factory=dict)
    zone: str | None = None
    parameters: dict[str, Any] = field(default_factory=dict)
    events: dict[str, Any] = field(default_factory=dict)
    scheme: Path | None = None
    multiverse: dict[str, list[str]] | None = None

    @property
    def tables(self) -> Path:
        """The folder of the study's own tables, once it is annotated."""
        return self.results / "tables"

    def has_texts(self) -> bool:
        """Whether the articles' texts are on this machine."""
        return self.articles is not None and self.articles.exists() and any(self.articles.rglob("*.*"))

    def outlet_name(self, outlet: str) -> str:
        """An outlet's display name: as study.toml says, else its code."""
        return self.outlets.get(outlet, outlet)

    def outlet_codes(self, names: Sequence[str], known: Iterable[str]) -> list[str]:
        """The codes of outlets named by code or display name; ValueError where the articles have no such outlet."""
        if isinstance(names, str):
            raise ValueError(f"outlets is a list of names, as in outlets = [{names!r}], not text")
        codes = sorted(set(known))
        named = {self.outlet_name(code): code for code in codes} | {code: code for code in codes}
        if unknown := [name for name in names if name not in named]:
            raise ValueError(no_such("outlet", unknown, dict.fromkeys(map(self.outlet_name, codes))))
        return list(dict.fromkeys(named[name] for name in names))

    def unused_outlets(self, known: Iterable[str]) -> list[str]:
        """The outlets that study.toml tells of and no article is from."""
        return [code for code in self.outlets if code not in set(known)]

    def outlet_masks(self) -> dict[str, list[str]]:
        """What each outlet, by display name, is called besides: its domains, and ``masks`` of study.toml."""
        codes = sorted({*self.outlets, *self.domains.values(), *self.masks})
        return {
            self.outlet_name(code): [
                *(domain for domain, owner in self.domains.items() if owner == code),
                *self.masks.get(code, []),
            ]
            for code in codes
        }

    def annotations(self, event: str | None = None) -> Annotations:
        """The study's tables, of one event or of all; annotates first where that has not been done."""
        from samestory.annotation import read_annotations
        from samestory.preparing import prepare_if_stale

        prepare_if_stale(self)
        return read_annotations(self.tables, event or None)

    def view(self, event: str = "", outlets: list[str] | None = None) -> Annotations:
        """The annotations as readers see them: of one event or of all, of some outlets or of all, by display name.

        ``outlets`` may name codes or display names. Raises ValueError where the study has no such outlet, or none of
        them tells of the event.
        """
        from samestory.comparison.profiles import keep_outlets
        from samestory.tables import read_table

        chosen = self.annotations(event)
        codes = self.outlet_codes(outlets or [], read_table("articles", self.tables).outlet)
        there = sorted(set(chosen.articles.outlet))
        if codes and not set(codes) & set(there):
            told = ", ".join(map(self.outlet_name, there))
            raise ValueError(f"none of the outlets {', '.join(outlets or [])} tells of {event!r}; these do: {told}")
        chosen = keep_outlets(chosen, [code for code in codes if code in there])
        named = chosen.articles.outlet.map(self.outlet_name).astype("string")
        return replace(chosen, articles=chosen.articles.assign(outlet=named))

    def measures(self) -> pd.DataFrame:
        """The study's table ``measures``."""
        from samestory.preparing import prepare_if_stale
        from samestory.tables import read_table

        prepare_if_stale(self)
        return read_table("measures", self.tables)

    def reading_report(self) -> pd.DataFrame:
        """What was read and what was refused: source_file, format, status, n_articles, reason."""
        from samestory.preparing import prepare_if_stale

        prepare_if_stale(self)
        return read_csv(self.results / "reading_report.csv", {"source_file": "string", "reason": "string"})


def open_study(path: str | Path, results_dir: str | Path = "results") -> Study:
    """Open the study in a folder that holds ``study.toml``; raises StudyError where it is not one."""
    folder = study_folder(path)
    settings = read_settings(folder / FILE)
    own = settings.get("study", {})
    results = Path(results_dir) / own.get("name", folder.resolve().name)
    articles = folder / own.get("articles", "articles")
    outlets = settings.get("outlets", {})
    name = results.name
    return Study(
        folder=folder,
        results=results,
        name=name,
        title=own.get("title", name),
        description=own.get("description", ""),
        articles=articles if articles.exists() else _remembered_texts(results) or articles,
        shipped=folder / own["tables"] if "tables" in own else None,
        format=own.get("format"),
        columns=settings.get("columns", {}),
        outlets={code: about.get("name", code) for code, about in outlets.items()},
        domains={domain: code for code, about in outlets.items() for domain in about.get("domains", [])},
        zones={code: about["zone"] for code, about in outlets.items() if "zone" in about},
        masks={code: about["masks"] for code, about in outlets.items() if "masks" in about},
        zone=own.get("zone"),
        parameters=settings.get("parameters", {}),
        events=settings.get("events", {}),
        scheme=folder / framing["scheme"] if (framing := settings.get("framing")) else None,
        multiverse=settings.get("multiverse"),
    )


def remember_texts(study: Study, texts: Path) -> Study:
    """The study with its texts in another folder, which its notebooks and later runs then read as well."""
    if not texts.is_dir():
        raise StudyError(no_path(texts, "folder of texts"))
    write_whole(study.results / TEXTS_ELSEWHERE, str(texts.resolve()))
    return replace(study, articles=texts.resolve())


def _remembered_texts(results: Path) -> Path | None:
    try:
        path = Path((results / TEXTS_ELSEWHERE).read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError):
        return None
    return path if path.is_dir() else None


def read_study(study: Study) -> Reading:
    """Read the study's articles; an outlet known by a domain gets the code that study.toml gives it.

    Where ``events.csv`` lies in the study's folder, an article listed there has the event that it says. A time without
    a zone is of its outlet's clock, or the study's, where study.toml names one (``zone``).
    """
    from samestory.articles import read
    from samestory.articles.events.confirmed import EventsError, confirm_events

    if not study.has_texts():
        raise StudyError(no_articles(study))
    assert study.articles is not None
    beside = study.folder / "articles.csv"
    reading = read(
        [study.articles],
        format=study.format,
        columns=study.columns or None,
        outlets=study.domains,
        sidecar=beside if beside.is_file() else None,
    )
    articles = tuple(_on_its_clock(study, article) for article in reading.articles)
    confirmed = study.folder / EVENTS
    try:
        found = confirm_events(articles, confirmed) if confirmed.is_file() else articles
    except EventsError as error:
        raise StudyError(str(error)) from error
    return replace(reading, articles=found)


def no_articles(study: Study) -> str:
    """Why a study has no articles, and what to do."""
    place = study.articles or study.folder / "articles"
    asked = f"`samestory import SOURCE --into {study.folder}` puts some there"
    if place.is_dir():
        return f"{place}: no article lies there; {asked}"
    named = f"{study.folder / FILE} says under [study], as articles, where they lie"
    return f"{no_path(place, 'folder of articles')}; {asked}, or {named}"


def _on_its_clock(study: Study, article: Article) -> Article:
    from samestory.articles.moments import in_zone, zone_of

    zone = study.zones.get(article.outlet, study.zone)
    return article if zone is None else replace(article, published=in_zone(article.published, zone_of(zone)))


def own_scheme(study: Study) -> Scheme | None:
    """The study's own frames, where study.toml names a table of them (``[framing]``); StudyError where it is wrong."""
    from samestory.framing import SchemeError, read_scheme

    try:
        return read_scheme(study.scheme) if study.scheme is not None else None
    except SchemeError as error:
        raise StudyError(str(error)) from error


def write_proposal(
    study: Study, articles: Sequence[Article], progress: Callable[[int], object] | None = None
) -> tuple[Path, pd.DataFrame]:
    """Propose events for the study's articles, as read, and write ``events_proposed.csv``, for the user to confirm.

    Returns the path and the table (see :func:`samestory.articles.events.propose_events`). An event that an article has
    already, as its file, its folder or ``events.csv`` says, stays as it is.
    """
    from samestory.articles.events.proposing import Grouping, propose_events

    proposed = propose_events(articles, Grouping(**study.events), progress)
    path = study.folder / PROPOSED_EVENTS
    # The mark at the beginning tells spreadsheets that this is UTF-8.
    write_whole(path, "\ufeff" + csv_text(proposed))
    return path, proposed
