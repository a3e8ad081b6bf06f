"""Speed as ratios in one run: what each step takes beside a bare parse of the same articles.

The last line is the rate of the whole annotation beside spaCy's own full parse, from a cold cache, all on one core.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

from samestory.annotation import annotate
from samestory.certainty import find_certainty
from samestory.claims import find_claims
from samestory.document import Document
from samestory.framing import find_frames, find_labels
from samestory.language.model import load_model
from samestory.segments import segment
from samestory.sourcing import find_attributions
from samestory.study import open_study, read_study

ROUNDS = 3


def seconds(work: Callable[[], object]) -> float:
    """The fastest of a few rounds: what the machine does when nothing disturbs it."""
    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        work()
        times.append(time.perf_counter() - started)
    return min(times)


def main() -> None:
    """Print one line a step."""
    articles = read_study(open_study(Path(__file__).parents[1] / "data" / "specimen")).articles
    segments = [segment(article) for article in articles]

    def documents() -> list[Document]:
        return [Document(a.article_id, a.text, s) for a, s in zip(articles, segments, strict=True)]

    _ = [document.parse for document in documents()]  # loads the model
    parse = seconds(lambda: [document.parse for document in documents()])
    parsed = documents()
    words = sum(len(d.parse.tokens) for d in parsed)
    print(f"parse: {words} tokens, 1.00")
    print(f"segments: {seconds(lambda: [segment(a) for a in articles]) / parse:.2f} of the parse")
    for engine in (find_attributions, find_certainty, find_labels, find_frames, find_claims):
        took = seconds(lambda engine=engine: [engine(document) for document in parsed])  # type: ignore[misc]
        print(f"{engine.__name__}: {took / parse:.2f} of the parse")
    nlp, texts = load_model(), [article.text for article in articles]
    bare = seconds(lambda: [nlp(text) for text in texts])
    whole = seconds(lambda: annotate(articles))
    print(f"annotation, all on: {bare / whole:.2f} of the rate of a bare parse")


if __name__ == "__main__":
    main()
