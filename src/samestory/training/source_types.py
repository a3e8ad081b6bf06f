"""How the weights for the types of sources were made, from the project's own codes of source phrases.

Install what ``samestory.training.attributions`` asks for, then::

    python -m samestory.training.source_types SHARED --to WEIGHTS

``SHARED`` holds the corpora that the coded articles stand in. It takes some ten minutes on two quiet cores. One
article in eight is set aside; what the network says of those, beside the rules and together with them, is printed, and
how much the rules weigh is chosen on them.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from samestory.language.encoding import Integers, Pieces, load_pieces, log_probabilities
from samestory.language.phrases import top
from samestory.sourcing.antecedents import resolve_source
from samestory.sourcing.found import Scene, Source, read_scene
from samestory.sourcing.source_types.classifier import NETWORK, TABLES, encode, rules_say
from samestory.sourcing.source_types.telling import tell
from samestory.sourcing.sources import WEIGHED, code_by_rules
from samestory.tables import IDENTIFICATIONS, SOURCE_TYPES
from samestory.training.attributions import pretrained_folder
from samestory.training.network import (
    HIDDEN,
    Encoder,
    batches_by_length,
    descend,
    load_pretrained,
    pad,
    prepare,
    take_shipped_words,
    without_padding,
)
from samestory.training.shipping import thin, write_network
from samestory.validation.codings import read_coding
from samestory.validation.corpora import coded_sources
from samestory.validation.external import body
from samestory.validation.gold import read_split
from samestory.validation.own import FOLDERS, NEWS_CLUSTER, find_texts, own_gold

LAYERS, SIZE, EPOCHS, RATE = 2, 24, 7, 3e-4
NOISE = 8  # word pieces by which lengths are blurred in batches
SMOOTHED, EVENED = 0.05, 0.35  # of the right answer spread over all; how far rare types weigh more
SET_ASIDE = 8  # every eighth article of sources.csv
FEWEST = 15  # cases of a value that is scored
SEEN = 0.5  # added to each count of what rules say
VALUES = {"source_type": [t for t in SOURCE_TYPES if t != "none"], "identification": list(IDENTIFICATIONS)}
WEIGHTS = (0.0, 0.3, 0.5, 0.7, 1.0)


class Example(NamedTuple):
    """A coded source: what is read of it, the right values, and what the rules say; ``fresh`` where no rule saw it."""

    article: str
    pieces: Integers
    flags: Integers
    right: dict[str, str]
    ruled: dict[str, str]
    fresh: bool


class Reader(Encoder):
    """Word pieces, some flagged, to scores of each field's values: from the first state, flagged and all states."""

    def __init__(self) -> None:
        super().__init__(LAYERS)
        self.outputs = nn.ModuleList(nn.Linear(3 * HIDDEN, len(values)) for values in VALUES.values())

    def forward(self, vectors: Tensor, flags: Tensor, mask: Tensor | None = None) -> tuple[Tensor, ...]:
        """Scores of each field (B, values)."""
        x = self.encode(vectors, flags, mask)
        flagged = flags[:, :, None].to(x.dtype)
        named = (x * flagged).sum(1) / flagged.sum(1).clamp(min=1)
        real = torch.ones_like(flagged) if mask is None else (mask[:, 0, 0, :, None] == 0).to(x.dtype)
        seen = self.drop(torch.cat([x[:, 0], named, (x * real).sum(1) / real.sum(1)], dim=1))
        return tuple(output(seen) for output in self.outputs)


def examples_of(
    article: str, scene: Scene, rows: Sequence[tuple[int, int, dict]], pieces: Pieces, fresh: bool
) -> Iterator[Example]:
    """The coded phrases of one article, those coded ``none`` left out: they name no source."""
    earlier: list[Source] = []
    for start, end, right in rows:
        tokens = scene.parse.tokens_in(start, end)
        if not tokens:
            continue
        source = Source(start, end, top(tokens).i)
        meant = resolve_source(scene, source, earlier, None)
        ruled = code_by_rules(scene, source, meant, earlier)
        if right["source_type"] != "none":
            said = {field: str(getattr(ruled, field)) for field in WEIGHED}
            yield Example(article, *encode(tell(scene, source, meant), pieces), right, said, fresh)
        earlier.append(source)


def read_examples(shared: Path, pieces: Pieces) -> list[Example]:
    """Phrases of ``sources.csv``, and the sources of own gold that serves development, which rules were made with."""
    found: list[Example] = []
    for article in coded_sources.read(shared):
        own = [
            (r.start, r.end, {field: str(getattr(r, field)) for field in WEIGHED}) for r in article.phrases.itertuples()
        ]
        scene = read_scene(body(article.text_sha256, article.text))
        found += examples_of(article.text_sha256, scene, own, pieces, fresh=True)
    gold = own_gold(FOLDERS[:1])
    units = read_coding(gold).units["attributions"]
    for coded in find_texts(gold, read_split(FOLDERS[0]))[0]:
        if coded.corpus != NEWS_CLUSTER or coded.part != "development":
            continue
        name = coded.article.text_sha256
        own = sorted(
            (*one.spans["span"][0], {field: one.codes[field] for field in WEIGHED})
            for unit in units.get(name, []) for one in unit.sources
            if "span" in one.spans and "carried_from" not in unit.codes and set(WEIGHED) <= set(one.codes)
        )  # fmt: skip
        found += examples_of(name, read_scene(body(name, coded.article.text)), own, pieces, fresh=False)
    return found


def train(examples: Sequence[Example], network: Reader, seed: int) -> None:
    """Train a network in place."""
    targets = [[values.index(e.right[field]) for field, values in VALUES.items()] for e in examples]
    counts = Counter(target[0] for target in targets)
    expected = len(examples) / len(VALUES["source_type"])
    evened = torch.tensor([(expected / max(counts[n], 8)) ** EVENED for n in range(len(VALUES["source_type"]))])
    total = EPOCHS * len(list(_batches(examples)))
    optimizer, schedule = prepare(network, RATE, total)
    network.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch in _batches(examples, 1000 * seed + epoch):
            types, kinds = _run(network, [examples[n] for n in batch])
            right = torch.tensor([targets[n] for n in batch])
            loss = functional.cross_entropy(types, right[:, 0], weight=evened, label_smoothing=SMOOTHED)
            loss = loss + 0.5 * functional.cross_entropy(kinds, right[:, 1])
            loss.backward()
            descend(network, optimizer, schedule)
            losses.append(loss.item())
        print(f"epoch {epoch + 1} of {EPOCHS}: loss {np.mean(losses):.3f}", flush=True)


def _batches(examples: Sequence[Example], seed: int | None = None) -> Iterator[list[int]]:
    return batches_by_length([len(e.pieces) for e in examples], SIZE, NOISE, seed)


def _run(network: Reader, examples: Sequence[Example]) -> list[Tensor]:
    given = _given(network, examples)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        return [part.float() for part in network(**given)]


def _given(network: Reader, examples: Sequence[Example]) -> dict[str, Tensor]:
    pieces, flags = pad([e.pieces for e in examples]), pad([e.flags for e in examples])
    return {"vectors": network.words(pieces), "flags": flags, "mask": without_padding(pieces)}


def predict(network: Reader, examples: Sequence[Example]) -> dict[str, np.ndarray]:
    """Log probabilities of each field's values (example, value)."""
    network.eval()
    found = {field: np.zeros((len(examples), len(values))) for field, values in VALUES.items()}
    with torch.inference_mode():
        for batch in _batches(examples):
            for field, scores in zip(VALUES, _run(network, [examples[n] for n in batch]), strict=True):
                found[field][batch] = log_probabilities(scores.double().numpy())
    return found


def count_ruled(examples: Sequence[Example]) -> dict[str, np.ndarray]:
    """Log probabilities of what the rules say (column) of each value (row), where they were not made with the text."""
    tables = {}
    for field, values in VALUES.items():
        counts = np.full((len(values), len(values)), SEEN)
        for e in examples:
            if e.fresh and e.ruled[field] in values:
                counts[values.index(e.right[field]), values.index(e.ruled[field])] += 1
        tables[field] = np.log(counts / counts.sum(axis=1, keepdims=True))
    return tables


def score(examples: Sequence[Example], field: str, chosen: Sequence[str]) -> tuple[float, float]:
    """Macro F1 over the values with 15 cases or more, and accuracy."""
    right = [e.right[field] for e in examples]
    hits = [a for a, b in zip(right, chosen, strict=True) if a == b]
    common = [value for value in VALUES[field] if right.count(value) >= FEWEST]
    f1 = [2 * hits.count(value) / (right.count(value) + list(chosen).count(value)) for value in common]
    return float(np.mean(f1)), len(hits) / len(right)


def choose(examples: Sequence[Example], field: str, said: np.ndarray, ruled: np.ndarray, weight: float) -> list[str]:
    """The likeliest values by the network and, weighed, by the rules."""
    values = VALUES[field]
    beside = np.stack([rules_say(ruled, values, e.ruled[field]) for e in examples])
    return [values[n] for n in np.argmax(said + weight * beside, axis=1)]


def new_network() -> Reader:
    """A network that starts from the lower layers of MiniLM, with the word vectors that the project ships."""
    network = Reader()
    load_pretrained(network, pretrained_folder())
    take_shipped_words(network)
    return network


def main(arguments: Sequence[str] | None = None) -> None:
    """Train on all but the articles set aside, score these, write the files that ship."""
    parser = argparse.ArgumentParser(description="Train the network for the types of sources.")
    parser.add_argument("shared", type=Path, help="the folder that holds the corpora")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--to", type=Path, help="write the files that ship here")
    options = parser.parse_args(arguments)
    examples = read_examples(options.shared, load_pieces())
    aside = set(sorted({e.article for e in examples if e.fresh})[::SET_ASIDE])
    learnt, tested = ([e for e in examples if (e.article in aside) == side] for side in (False, True))
    torch.manual_seed(options.seed)
    network = new_network()
    train(learnt, network, options.seed)
    said, ruled = predict(network, tested), count_ruled(learnt)
    weights = {}
    for field in VALUES:
        rules = [e.ruled[field] for e in tested]
        print(f"{field}, n = {len(tested)}: rules {score(tested, field, rules)}")
        tried = {w: score(tested, field, choose(tested, field, said[field], ruled[field], w)) for w in WEIGHTS}
        for weight, scores in tried.items():
            print(f"  with rules weighing {weight}: {scores}")
        weights[field] = max(tried, key=lambda w: sum(tried[w]))
    if options.to is None:
        return
    given = [_given(network, [e]) for e in thin(learnt)]
    axes = {name: {0: "sources", 3 if name == "mask" else 1: "pieces"} for name in given[0]}
    axes |= {field: {0: "sources"} for field in VALUES}
    write_network(network.eval(), given, list(VALUES), axes, options.to / NETWORK)
    shipped = {field: (weights[field] * table).round(5).tolist() for field, table in ruled.items()}
    (options.to / TABLES).write_text(json.dumps({"values": VALUES, "ruled": shipped}) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
