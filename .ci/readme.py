"""Write the README's table of validity from data/validation.csv, which a test compares, and draw its picture."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from samestory.validation.measure_validity import measure_table
from samestory.validation.results import headline_scores, read_scores

README = Path(__file__).resolve().parents[1] / "README.md"


def with_validity(text: str) -> str:
    """The README with the tables of the scores that the project keeps."""
    measures = measure_table(read_scores()).drop(columns=["aspect", "counted"])
    for name, data in (("validity", headline_scores()), ("measures", measures)):
        begin, end = f"<!-- {name} -->", f"<!-- /{name} -->"
        text = re.sub(f"{begin}.*?{end}", f"{begin}\n{_markdown(data)}\n{end}", text, flags=re.DOTALL)
    return text


def _markdown(data: pd.DataFrame) -> str:
    cells = data.astype("string").fillna("–").to_numpy().tolist()
    return "\n".join(f"| {' | '.join(row)} |" for row in [list(data.columns), ["---"] * len(data.columns), *cells])


def draw_labels() -> None:
    """The label matrix of one event of the specimen, as the README shows it."""
    from samestory.comparison import emphasis, labels
    from samestory.figures import matrix
    from samestory.study import open_study

    root = README.parent
    view = open_study(root / "data" / "specimen", root / "results").view("harbour-attack")
    grid = labels.label_matrix(view, labels.main_ids(view, 3, emphasis.TOLD))
    chart = matrix(grid, title="One attack, four outlets: gunmen, militants, terrorists, killers", alt="")
    picture = root / "docs" / "images" / "labels.png"
    picture.parent.mkdir(parents=True, exist_ok=True)
    picture.write_bytes(chart.png(dpi=130))


if __name__ == "__main__":
    draw_labels()
    README.write_text(with_validity(README.read_text(encoding="utf-8")), encoding="utf-8")
