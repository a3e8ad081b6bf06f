"""A study of many small invented articles, a round drawn from it, and sheets filled in as coders would."""

from __future__ import annotations

import csv
from collections.abc import Callable, Mapping
from dataclasses import fields
from pathlib import Path

from samestory.annotation import Annotations
from samestory.articles.record import text_hash
from samestory.coding.rounds import draw_round
from samestory.coding.sampling import Design
from samestory.study import Study, open_study
from samestory.tables import frame

SENTENCES = (
    "Weir holds",
    "The weir may hold, a diver said.",
    "- It rained again.",
    "=Nobody was hurt, and nobody fled.",
)
Answers = Mapping[str, str] | Callable[[Mapping[str, str]], Mapping[str, str]]


def annotate(outlets: int = 3, events: int = 4, each: int = 1, sentences: tuple[str, ...] = SENTENCES) -> Annotations:
    """Articles of a headline and some sentences, ``each`` of every outlet in every event; nothing is annotated."""
    rows: dict[str, list[dict[str, object]]] = {field.name: [] for field in fields(Annotations)}
    for n in range(outlets * events * each):
        outlet, event = f"outlet-{n % outlets}", f"event-{n // outlets % events}"
        add_article(rows, f"article-{n:03}", outlet, event, sentences)
    return Annotations(**{name: frame(name, own) for name, own in rows.items()})


def add_article(rows: dict, name: str, outlet: str, event: str | None, sentences: tuple[str, ...]) -> None:
    """The rows of one article, its first sentence the headline."""
    text = "\n".join((*sentences, "SHARE THIS")) + "\n"
    rows["articles"].append({
        "article_id": name, "event": event, "outlet": outlet, "title": sentences[0] if sentences else "None",
        "published_precision": "unknown", "source_file": f"{name}.txt", "format": "plain",
        "text_sha256": text_hash(name), "n_chars": len(text), "n_words": 9, "n_body_words": 7,
        "url": f"https://{outlet}.example/{name}",
    })  # fmt: skip
    rows["texts"].append({"article_id": name, "text": text})
    start = 0
    for place, sentence in enumerate((*sentences, "SHARE THIS")):
        role = "furniture" if place == len(sentences) else "body" if place else "headline"
        span = {"article_id": name, "start": start, "end": start + len(sentence), "segment": role}
        rows["sentences"].append(span | {"sentence_id": f"{name}-s{place}"})
        rows["segments"].append(span | {"end": start + len(sentence) + 1, "rule": "hand"})
        start += len(sentence) + 1


def open_empty(folder: Path) -> Study:
    """A study without articles, in a new folder."""
    (folder / "weir").mkdir()
    (folder / "weir" / "study.toml").write_text('[study]\nname = "weir"\n', encoding="utf-8")
    return open_study(folder / "weir", folder / "results")


def draw(study: Study, *measures: str, coders=("ana", "ben"), annotations: Annotations | None = None,
         formats=("csv",), name: str = "round-1", **design) -> Path:  # fmt: skip
    """Draw a round: ``draw(study, "anonymous", coders=("ana", "ben"), articles=2)``."""
    chosen = Design(**({"articles": 2} | design))
    told = annotations or annotate()
    return draw_round(study, told, measures or ("anonymous",), coders, chosen, name=name, formats=formats)[0]


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV sheet."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def write_rows(path: Path, rows: list[dict[str, str]], encoding: str = "utf-8-sig", delimiter: str = ",") -> None:
    """Write rows as a program of some coder's would."""
    with path.open("w", encoding=encoding, errors="replace", newline="") as file:
        writer = csv.DictWriter(file, list(rows[0]), delimiter=delimiter, restval="")
        writer.writeheader()
        writer.writerows(rows)


def fill(folder: Path, coder: str, answers: Answers) -> list[dict[str, str]]:
    """Fill in a coder's CSV: the same answers in each row, or as a function of the row says."""
    path = folder / f"{coder}.csv"
    rows = [row | dict(answers(row) if callable(answers) else answers) for row in read_rows(path)]
    write_rows(path, rows)
    return rows


def whole_folder(folder: Path) -> dict[str, bytes]:
    """Every file of a round."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}
