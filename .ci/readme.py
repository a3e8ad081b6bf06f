"""Write the README's table of validity from data/validation.csv; a test compares the two."""

from __future__ import annotations

import re
from pathlib import Path

from samestory.validation.results import headline_scores

README = Path(__file__).resolve().parents[1] / "README.md"


def with_validity(text: str) -> str:
    """The README with the table of the scores that the project keeps."""
    scores = headline_scores()
    rows = [list(scores.columns), ["---"] * len(scores.columns), *scores.fillna("–").astype(str).to_numpy().tolist()]
    table = "\n".join(f"| {' | '.join(row)} |" for row in rows)
    begin, end = "<!-- validity -->", "<!-- /validity -->"
    return re.sub(f"{begin}.*?{end}", f"{begin}\n{table}\n{end}", text, flags=re.DOTALL)


if __name__ == "__main__":
    README.write_text(with_validity(README.read_text(encoding="utf-8")), encoding="utf-8")
