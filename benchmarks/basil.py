"""The pictures of the README, from a study of BASIL that was run with a round of coding and a multiverse.

    python benchmarks/basil.py STUDY RESULTS

STUDY is the folder that `samestory import basil/articles.jsonl --into STUDY --column published=date` made, with a
section [multiverse] and a coded round; RESULTS is where `samestory run STUDY --results RESULTS` put its results.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from samestory.coding import human_values
from samestory.comparison import multiverse
from samestory.comparison.contrasts import label_of, unit_of
from samestory.comparison.estimates import estimate_lines, estimate_table, estimates, estimates_finding
from samestory.figures import specification_curve, triple_chart
from samestory.study import open_study

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
CORRECTED = "quoted"
CURVE = ("attributed_words", "Fox News", "New York Times")


def main() -> None:
    """Draw both pictures, and print the estimates and conclusions that they show."""
    options = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    options.add_argument("study", type=Path)
    options.add_argument("results", type=Path)
    given = options.parse_args()
    study = open_study(given.study, given.results)
    told = estimates(study.measures(), study.view().articles, human_values(study))
    print(estimate_table(told).to_string(index=False))
    title = "Quotations: what the machine says, what was read, and what both together say"
    chart = triple_chart(estimate_lines(told, CORRECTED), title=title, unit=unit_of(CORRECTED), alt="")
    (IMAGES / "corrected.png").write_bytes(chart.png(dpi=130))
    print(f"{label_of(CORRECTED)}: {estimates_finding(told)}")
    grid = multiverse.read_results(study)
    concluded = multiverse.conclusions(grid)
    print("\n".join(concluded.said))
    print(multiverse.finding(concluded, grid))
    row = next(row for row in concluded.itertuples() if (row.measure, row.outlet, row.other_outlet) == CURVE)
    shown = multiverse.curve(grid, *CURVE)
    drawn = specification_curve(shown, multiverse.drawn_choices(shown), title=multiverse.curve_title(row),
                                unit=multiverse.curve_unit(row), alt="")  # fmt: skip
    (IMAGES / "specifications.png").write_bytes(drawn.png(dpi=130))


if __name__ == "__main__":
    main()
