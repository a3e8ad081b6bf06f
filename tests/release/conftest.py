"""What tests of releases share: a small study with long addresses, and a look for words made without the guard."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from samestory.release import write_release
from samestory.study import Study, open_study

FOOTER = "Follow the Brask desk on all our channels every day"
STORIES = {
    ("mill-fire", "wire"): (
        "Mill fire kills nine workers in Brask as doors stay locked",
        "A fire at a mill in Brask killed nine workers, police said. It may have been arson.",
    ),
    ("mill-fire", "lantern"): (
        "Blaze of death",
        "At least 12 people died, a union organiser said. “They locked it,” Anna Mirkel claimed.",
    ),
    ("ferry", "wire"): (
        "Ferry sinks off Hallin",
        "A ferry sank on Friday and 30 passengers are missing, the coastguard said.",
    ),
    ("ferry", "lantern"): (
        "Ferry horror",
        "A ferry sank off Hallin. The owner, Olav Brekke, denied that it was overloaded.",
    ),
    ("the_mayor_of_brask_steps_down_after_a_long_week", "wire"): (
        "Mayor of Brask resigns",
        "The mayor of Brask steps down after a long week of protests, she told reporters on Monday.",
    ),
    ("the_mayor_of_brask_steps_down_after_a_long_week", "lantern"): (
        "Mayor out",
        "Mayor Ines Holm quit on Monday. Some 200 people cheered, witnesses said.",
    ),
}  # fmt: skip


def write_articles(folder: Path) -> None:
    """The stories as records of a crawler, one file an article, with addresses that repeat their titles."""
    folder.mkdir(parents=True)
    for number, ((event, outlet), (title, body)) in enumerate(STORIES.items()):
        slug = "-".join(re.findall(r"\w+", title.lower()))
        record = {
            "title": title,
            "text": f"{body}\n\n{FOOTER}" if outlet == "wire" else body,
            "source_domain": f"{outlet}.example",
            "date_publish": "2020-02-06 10:00:00",
            "url": f"https://{outlet}.example/news/{slug}/",
            "newsCluster": {"Event": event},
            "authors": ["Reuters"] if outlet == "lantern" else ["Kim Odd"],
            "language": "en",
        }
        (folder / f"{number}.json").write_text(json.dumps(record), encoding="utf-8")


def runs_of(text: str, n: int = 8) -> set[tuple[str, ...]]:
    """Every run of n words: lower-case runs of letters and digits, whatever stands between them."""
    words = re.findall(r"[^\W_]+", text.lower())
    return {tuple(words[i : i + n]) for i in range(len(words) - n + 1)}


def leaks(folder: Path, texts: list[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Each run of eight words of the texts that a file of a folder holds, file by file."""
    forbidden = set().union(*map(runs_of, texts))
    found = []
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            held = runs_of(path.read_text(encoding="utf-8")) & forbidden
            found += [(path.name, run) for run in sorted(held)]
    return found


@pytest.fixture(scope="session")
def study(tmp_path_factory: pytest.TempPathFactory) -> Study:
    """The stories as a study with frames of its own and codings."""
    place = tmp_path_factory.mktemp("released")
    folder = place / "brask"
    write_articles(folder / "articles")
    (folder / "study.toml").write_text(
        '[study]\nname = "brask"\ntitle = "Brask"\nlicence = "CC0-1.0"\n'
        'citation = "Odd, Kim; Even, Jo (2024). Brask."\n'
        'description = "On how nine workers in brask as doors stay locked became a headline"\n'
        '[outlets."wire.example"]\nname = "The Wire"\nkind = "agency"\n'
        '[framing]\nscheme = "own.csv"\n[parameters]\nseed = 7\n',
        encoding="utf-8",
    )
    (folder / "own.csv").write_text("frame,words\nblame,locked; denied\n", encoding="utf-8")
    coding = folder / "coding" / "first"
    coding.mkdir(parents=True)
    (coding / "codings.csv").write_text(
        "item,event,coder,code,note\n1,ferry,a,yes,clear\n"
        "2,the_mayor_of_brask_steps_down_after_a_long_week,b,no,"
        "it says that 30 passengers are missing the coastguard said\n"
        '3,ferry,b,yes,"a ferry sank on Friday and 30 passengers are missing, says the text"\n',
        encoding="utf-8",
    )
    (coding / "sheet.csv").write_text("item,text\n1,A ferry sank\n", encoding="utf-8")
    return open_study(folder, place / "results")


@pytest.fixture(scope="session")
def released(study: Study, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its release; tests that change something copy it."""
    return write_release(study, tmp_path_factory.mktemp("releases") / "brask").folder


@pytest.fixture(scope="session")
def texts(study: Study) -> list[str]:
    """Titles and texts of the stories, and the two as one."""
    return [text for title, body in STORIES.values() for text in (f"{title}\n\n{body}", FOOTER)]
