"""What tests share: where the real articles lie, documents made from a few sentences, and a small study."""

from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import nbformat
import pytest
from filelock import FileLock
from hypothesis import settings

from samestory.annotation import Annotations
from samestory.articles.record import text_hash
from samestory.document import Document
from samestory.measures import measure
from samestory.preparing import event_hashes, fingerprint, prepare, ship, write_stamp
from samestory.study import Study, open_study
from samestory.tables import frame, write_table

if TYPE_CHECKING:
    from distributed import LocalCluster

ROOT = Path(__file__).resolve().parents[1]
LONG = ("browser", "docs", "faults", "hostile", "runs")  # folders whose files take long
# The same examples on every machine, and no test that a slow one can fail.
settings.register_profile("samestory", derandomize=True, deadline=None)
settings.load_profile("samestory")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What takes long begins first, so that no core waits for another at the end."""
    items.sort(key=lambda item: item.path.relative_to(ROOT).parts[1] not in LONG)


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder that holds corpora/ and gold/; tests that need it skip where it is absent."""
    folder = Path(os.environ.get("SAMESTORY_CORPORA", ROOT.parent / "shared"))
    if not (folder / "corpora").is_dir():
        pytest.skip(f"the real articles are not part of the project and not in {folder.name}/ (set SAMESTORY_CORPORA)")
    return folder


@pytest.fixture(scope="session")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, Callable[[Path], object]], Path]:
    """Make a folder that is costly, ``made_once("name", make)``, once for all processes that share the tests. They
    read it and change nothing in it."""
    base = tmp_path_factory.getbasetemp()
    place = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def once(name: str, make: Callable[[Path], object]) -> Path:
        home, made = place / name, place / f"{name}.made"
        with FileLock(place / f"{name}.lock"):
            if not made.exists():
                shutil.rmtree(home, ignore_errors=True)  # what one left that failed
                home.mkdir()
                make(home)
                made.touch()
        return home

    return once


@pytest.fixture(scope="session")
def document() -> Callable[..., Document]:
    """Make a document of body text: ``document("First paragraph.\\n\\nSecond.")``; ``headline`` goes before it."""

    def make(body: str, headline: str | None = None, article_id: str = "t") -> Document:
        text = f"{headline}\n\n{body}" if headline else body
        cut = len(text) - len(body)
        rows = [{"article_id": article_id, "start": cut, "end": len(text), "segment": "body", "rule": "test"}]
        if headline:
            rows.insert(0, {"article_id": article_id, "start": 0, "end": cut, "segment": "headline", "rule": "test"})
        return Document(article_id, text, frame("segments", rows))

    return make


@pytest.fixture
def say(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., tuple[int, str, str]]:
    """Run a command; returns exit code, output and errors. Other processes work for it only where ``--jobs`` asks for
    them: each would read the networks anew for a few sentences."""
    monkeypatch.setattr("os.cpu_count", lambda: 1)

    def run(*arguments: object) -> tuple[int, str, str]:
        from samestory.cli import main

        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as left:
            code = int(left.code or 0)
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run


class Story(NamedTuple):
    """An invented article and what a coder marks in it, each span told by its words."""

    event: str
    outlet: str
    text: str
    attributions: tuple[tuple[str, str, str, str], ...] = ()  # source, cue, content, source type
    claims: tuple[tuple[str, str, float, str], ...] = ()  # words, role, quantity, bound
    cues: tuple[tuple[str, str], ...] = ()  # words, type
    labels: tuple[tuple[str, str, str], ...] = ()  # words, head, referent


STORIES = (
    Story(
        "mill-fire",
        "wire",
        "Mill fire kills nine\n\nA fire at a mill in Brask killed nine workers, police said.\n"
        "It may have been arson.\n",
        (("police", "said", "A fire at a mill in Brask killed nine workers", "official"),),
        (("nine workers", "killed", 9, "exact"),),
        (("may", "hedge"),),
        (("A fire at a mill", "fire", "r-fire"),),
    ),
    Story(
        "mill-fire",
        "lantern",
        "Blaze of death\n\nAt least 12 people died, a union organiser said. “They locked it,” Anna Mirkel claimed.\n"
        "SHARE THIS\n",
        (("a union organiser", "said", "At least 12 people died", "organisation"),
         ("Anna Mirkel", "claimed", "“They locked it,”", "witness")),
        (("12 people", "killed", 12, "at_least"),),
        (("At least", "bound"),),
        (("Blaze of death", "Blaze", "r-fire"), ("Anna Mirkel", "Mirkel", "r-anna")),
    ),
    Story(
        "ferry",
        "wire",
        "Ferry sinks off Hallin\n\nA ferry sank on Friday and 30 passengers are missing, the coastguard said.\n",
        (("the coastguard", "said", "A ferry sank on Friday and 30 passengers are missing", "official"),),
        (("30 passengers", "missing", 30, "exact"),),
        (),
        (("A ferry", "ferry", "r-ferry"),),
    ),
    Story(
        "ferry",
        "lantern",
        "Ferry horror\n\nA ferry sank. The owner denied that it was overloaded.\n",
        (("The owner", "denied", "that it was overloaded", "affected"),),
        (),
        (),
        (("A ferry", "ferry", "r-ferry"),),
    ),
)  # fmt: skip


@pytest.fixture
def text_study(tmp_path: Path) -> Path:
    """A study of two events told by two outlets in a few sentences: study.toml, and a text file an article."""
    return _write_stories(tmp_path / "small")


def _write_stories(folder: Path, settings: str = "") -> Path:
    lines = ["source_file,outlet,published"]
    for story in STORIES:
        path = folder / "articles" / story.event / f"{story.outlet}.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(story.text, encoding="utf-8")
        lines.append(f"{story.event}/{story.outlet}.txt,{story.outlet},2020-02-06")
    (folder / "articles" / "articles.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    told = f'[study]\nname = "small"\ntitle = "Two events, two outlets"\n{settings}'
    (folder / "study.toml").write_text(told, encoding="utf-8")
    return folder


@pytest.fixture(scope="session")
def site(made_once: Callable[[str, Callable[[Path], object]], Path], coded: Annotations) -> Study:
    """The study of ``coded`` with its texts, and the site that was built of it, which nobody changes."""

    def build(home: Path) -> None:
        from samestory.report import build_report

        study = open_study(_write_stories(home / "small", 'tables = "tables"\narticles = "none"\n'), home / "results")
        ship(study, coded)
        prepare(study)
        coded.write(study.tables)
        write_stamp(study, fingerprint(study), event_hashes(coded))
        build_report(study, [])

    home = made_once("site", build)
    return open_study(home / "small", home / "results")


@pytest.fixture
def site_copy(site: Study, tmp_path: Path) -> Study:
    """A copy of ``site``, to be changed."""
    shutil.copytree(site.folder, tmp_path / "small")
    shutil.copytree(site.results, tmp_path / "results" / "small")
    return open_study(tmp_path / "small", tmp_path / "results")


@pytest.fixture
def shipped_study(tmp_path: Path, coded: Annotations) -> Path:
    """The study of ``coded`` as others get it: its tables as CSV, without text."""
    folder = tmp_path / "small"
    folder.mkdir()
    settings = '[study]\nname = "small"\ntitle = "Two events, two outlets"\narticles = "texts"\ntables = "tables"\n'
    (folder / "study.toml").write_text(settings, encoding="utf-8")
    ship(open_study(folder, tmp_path / "results"), coded)
    return folder


@pytest.fixture(scope="session")
def cluster() -> Iterator[LocalCluster]:
    """Two workers in processes of their own, behind a scheduler; one that is killed is started anew."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as started:
        yield started


@pytest.fixture
def keep_tables(coded: Annotations) -> Callable[[Path, Path], Study]:
    """Open a copy of ``text_study`` whose tables are there and current: those of ``coded``. So nothing is parsed."""

    def keep(folder: Path, results: Path) -> Study:
        study = open_study(folder, results)
        coded.write(study.tables)
        write_table("measures", measure(coded), study.tables)
        write_stamp(study, fingerprint(study), event_hashes(coded))
        return study

    return keep


@pytest.fixture(scope="session")
def coded() -> Annotations:
    """The articles of ``text_study``, annotated by hand."""
    rows: dict[str, list[dict[str, object]]] = {field.name: [] for field in fields(Annotations)}
    for story in STORIES:
        for table, own in _codes(story).items():
            rows[table] += [{"article_id": f"{story.event}-{story.outlet}", **row} for row in own]
    names = (("mill-fire", "fire", "event"), ("mill-fire", "anna", "person"), ("ferry", "ferry", "object"))
    rows["referents"] = [{"event": e, "referent_id": f"r-{n}", "name": n, "kind": kind} for e, n, kind in names]
    pair = {"article_id": "mill-fire-wire", "claim_id": "mill-fire-wire-c0",
            "other_article_id": "mill-fire-lantern", "other_claim_id": "mill-fire-lantern-c0"}  # fmt: skip
    silent = {"article_id": "ferry-wire", "claim_id": "ferry-wire-c0"}
    rows["claim_relations"] = [
        {"event": "mill-fire", "role": "killed", "unit_class": "person", "relation": "conflict", **pair},
        {"event": "ferry", "role": "missing", "unit_class": "person", "relation": "only_in", **silent},
    ]
    return Annotations(**{name: frame(name, own) for name, own in rows.items()})


def _codes(story: Story) -> dict[str, list[dict[str, object]]]:
    """The rows of one story, without ``article_id``."""
    text, name = story.text, f"{story.event}-{story.outlet}"
    body, end = text.index("\n\n") + 2, text.find("SHARE") if "SHARE" in text else len(text)
    first, second = f"{name}-s0", f"{name}-s1"

    def span(words: str, prefix: str = "") -> dict[str, object]:
        start = text.index(words)
        return {f"{prefix}start": start, f"{prefix}end": start + len(words)}

    article = {"event": story.event, "outlet": story.outlet, "title": text.splitlines()[0], "published": "2020-02-06",
               "published_precision": "day", "source_file": f"{story.event}/{story.outlet}.txt", "format": "plain",
               "text_sha256": text_hash(text), "n_chars": len(text), "n_words": len(text.split()),
               "n_body_words": len(text[body:end].split())}  # fmt: skip
    roles = [(0, body, "headline"), (body, end, "body"), (end, len(text), "furniture")]
    ids = [f"{name}-a{n}" for n in range(len(story.attributions))]
    return {
        "articles": [article],
        "texts": [{"text": text}],
        "segments": [{"start": a, "end": b, "segment": s, "rule": "hand"} for a, b, s in roles if a < b],
        "sentences": [{"sentence_id": first, "start": 0, "end": body - 2, "segment": "headline"},
                      {"sentence_id": second, "start": body, "end": end - 1, "segment": "body"}],
        "attributions": [
            {"attribution_id": own, "sentence_id": second, "attribution_kind": "speech", "layer": 1, "engine": "hand",
             "quote_type": "direct" if "“" in content else "indirect", "cue_stance": "neutral",
             **span(cue, "cue_"), **span(source, "source_")}
            for own, (source, cue, content, _) in zip(ids, story.attributions, strict=True)
        ],
        "sources": [
            {"attribution_id": own, "source_type": kind, "anonymous": False, **span(source),
             "referent_id": "r-anna" if "Anna" in source else None,
             "identification": "named_person" if "Anna" in source else "unnamed_person"}
            for own, (source, _, _, kind) in zip(ids, story.attributions, strict=True)
        ],
        "contents": [{"attribution_id": own, **span(content)}
                     for own, (_, _, content, _) in zip(ids, story.attributions, strict=True)],
        "certainty": [{"cue_id": f"{name}-k{n}", "sentence_id": second, "certainty_type": kind, "holder": "outlet",
                       **span(words)} for n, (words, kind) in enumerate(story.cues)],
        "labels": [{"label_id": f"{name}-l{n}", "head": head, "referent_id": referent, "voice": "outlet",
                    "position": "body", "agency": "agent", "passive_without_agent": False, "response": False,
                    **span(words)} for n, (words, head, referent) in enumerate(story.labels)],
        "frames": [{"scheme": "generic", "frame": "conflict", "score": 0.5, "present": story.outlet == "lantern"}],
        "claims": [{"claim_id": f"{name}-c{n}", "sentence_id": second, "role": role, "quantity": quantity,
                    "bound": bound, "unit": "people", "unit_class": "person", "about": "this_event",
                    "holder": ids[0], **span(words)}
                   for n, (words, role, quantity, bound) in enumerate(story.claims)],
    }  # fmt: skip


PARAMETERS = 'study = ""\nevent = "none"\nresults_dir = ""\ntop = 3\nnames = []'  # of the tiny notebooks


@pytest.fixture
def notebooks(tmp_path: Path) -> Path:
    """An empty folder for notebooks."""
    folder = tmp_path / "notebooks"
    folder.mkdir()
    return folder


@pytest.fixture
def write_notebook(notebooks: Path) -> Callable[..., Path]:
    """Write a notebook with a parameters cell and one cell a source: ``write_notebook("1_a", "print(event)")``."""

    def write(name: str, *sources: str, scope: str = "event", parameters: str = PARAMETERS) -> Path:
        cells = [nbformat.v4.new_code_cell(source, id=f"c{n}") for n, source in enumerate((parameters, *sources))]
        cells[0].metadata.tags = ["parameters"]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        notebook = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel, "samestory": {"scope": scope}})
        path = notebooks / f"{name}.ipynb"
        path.write_text(nbformat.writes(notebook), encoding="utf-8")
        return path

    return write


CROSSED = '<script>alert(1)</script> "><img src=x onerror=alert(1)> $(touch x) =cmd| *a* \\textbf{b} &amp; \x00 '
CROSSED += "\u202ecba\u202c " + "x" * 90


@pytest.fixture(scope="session")
def hostile_articles() -> Annotations:
    """Two articles whose text, title, outlet and names are hostile, with marks that cross in the middle of it."""
    rows: dict[str, list[dict[str, object]]] = {field.name: [] for field in fields(Annotations)}
    for own in ("h0", "h1"):
        text = f"Headline {CROSSED}\n\n{CROSSED} may end.\r\nLast.\n"
        cut = text.index("\n\n") + 2
        span = {"article_id": own, "sentence_id": f"{own}-s0"}
        rows["articles"] += [
            {"article_id": own, "event": CROSSED, "outlet": f"{own} {CROSSED}", "title": CROSSED, "format": "plain",
             "published_precision": "unknown", "source_file": CROSSED, "text_sha256": text_hash(text),
             "n_chars": len(text), "n_words": len(text.split()), "n_body_words": len(text[cut:].split())}
        ]  # fmt: skip
        rows["texts"] += [{"article_id": own, "text": text}]
        roles = ((0, cut, "headline"), (cut, len(text), "body"))
        rows["segments"] += [
            {"article_id": own, "start": a, "end": b, "segment": s, "rule": "hand"} for a, b, s in roles
        ]
        rows["sentences"] += [{**span, "start": cut, "end": len(text), "segment": "body"}]
        rows["certainty"] += [{**span, "cue_id": f"{own}-c0", "start": cut, "end": cut + 20, "certainty_type": "hedge",
                               "holder": "outlet"}]  # fmt: skip
        rows["labels"] += [{"article_id": own, "label_id": f"{own}-l0", "start": cut + 10, "end": cut + 40, "head": "x",
                            "referent_id": "r", "position": "body", "voice": "outlet", "agency": "agent",
                            "passive_without_agent": False, "response": False}]  # fmt: skip
    rows["referents"] = [{"event": CROSSED, "referent_id": "r", "name": CROSSED, "kind": "person"}]
    return Annotations(**{name: frame(name, own) for name, own in rows.items()})


HOSTILE = (
    "<script>alert(1)</script>", '"><img src=x onerror=alert(1)>', "$(touch pwned)", "`touch pwned`",
    "=cmd|' /C calc'!A0", "@SUM(1)", "# h", "[a](javascript:alert(1))", "**b**", "![](http://evil.example/x.png)",
    r"$\frac{1}{0}$", r"\input{x}", "{{7*7}}", '#read("x")', "]]> &lt;i&gt; </style>",
)  # fmt: skip
NAMED = (
    r'=Herald "><img src=x onerror=alert(1)> $\nosuch{$',
    "@Post <script>alert(1)</script> **b** `touch pwned` [@nobody]",
)
OCCASION = """=fire "><img src=x onerror=alert(1)> $(touch pwned) {{7*7}}"""  # an event, by the name of its folder


class Hostile(NamedTuple):
    """A study whose articles hold text that other programs would take for orders, run to its report."""

    folder: Path
    results: Path
    texts: tuple[str, ...] = HOSTILE
    outlets: tuple[str, ...] = NAMED
    event: str = OCCASION


@pytest.fixture(scope="session")
def hostile(made_once: Callable[[str, Callable[[Path], object]], Path]) -> Hostile:
    """Two articles on one event whose texts, titles, outlets, event and file names are hostile, as ``samestory run``
    leaves them."""
    home = made_once("hostile", _run_hostile)
    return Hostile(home / "hostile", home / "results" / "hostile")


def _run_hostile(home: Path) -> None:
    folder = home / "hostile"
    place = folder / "articles" / OCCASION
    place.mkdir(parents=True)
    files = ["=one `touch pwned`;$(touch pwned).txt", "-two '\"><script>alert(1)<.txt"]
    rows = [f"{OCCASION}/{name}" for name in files]
    for name, text in zip(files, _hostile_texts(), strict=True):
        (place / name).write_text(text, encoding="utf-8")
    with (folder / "articles" / "articles.csv").open("w", encoding="utf-8", newline="") as file:
        sheet = csv.writer(file)
        sheet.writerow(["source_file", "outlet", "published"])
        sheet.writerows([row, outlet, "2020-02-06"] for row, outlet in zip(rows, NAMED, strict=True))
    title = json.dumps(f"Study {HOSTILE[0]} {HOSTILE[1]} {HOSTILE[10]} {HOSTILE[13]}")
    (folder / "study.toml").write_text(f'[study]\nname = "hostile"\ntitle = {title}\n', encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "samestory.cli", "run", str(folder), "--results", str(home / "results")],
        capture_output=True, text=True, cwd=home, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr


def _hostile_texts() -> Iterator[str]:
    """Two reports that agree and differ as others do, hostile words in headlines, quotations, names and numbers."""
    own = "\n".join(f"A sign at the gate read {text} and nothing else, police said." for text in HOSTILE)
    yield (
        f"{HOSTILE[4]} {HOSTILE[1]} {HOSTILE[10]} kills 4\n\nA fire {HOSTILE[0]} killed 4 people at the mill, "
        f"police said.\n“It may be {HOSTILE[1]},” said Anna {HOSTILE[0]} Mirkel, a spokeswoman.\n{own}\n"
    )
    yield (
        f"{HOSTILE[0]} {HOSTILE[13]} {HOSTILE[11]} blaze kills 7\n\nAt least 7 people were killed when the mill "
        f"{HOSTILE[8]} burnt, a union {HOSTILE[5]} organiser claimed.\n"
        f"Officials could not confirm {HOSTILE[12]}.\n{own}\n"
    )
