"""A small study of invented articles: its texts, what a coder marks in them, and the site that is built of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import pytest

from samestory.annotation import Annotations
from samestory.articles.record import text_hash
from samestory.measures import measure
from samestory.preparing import event_hashes, fingerprint, prepare, ship, write_stamp
from samestory.study import Study, open_study
from samestory.tables import frame, write_table


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
