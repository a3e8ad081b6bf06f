"""Articles that hold what other programs would take for orders: in texts, titles, names and the names of files."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import fields
from pathlib import Path
from typing import NamedTuple

import pytest

from samestory.annotation import Annotations
from samestory.articles.record import text_hash
from samestory.tables import frame

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
