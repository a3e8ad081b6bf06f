"""How the certainty network was made, and what networks that had not seen a document say of it.

Install what ``samestory.training.attributions`` asks for, then::

    python -m samestory.training.certainty SHARED --to WEIGHTS --held-out FOLDER

``SHARED`` holds the Szeged corpus, the ratings of science findings and the articles of own gold. It learns from the
news and Wikipedia parts of the Szeged corpus, from own gold that serves development, and from the ratings. Networks for
``FOLDER`` are trained without what they then read: one fifth of the news documents and of the ratings at a time; half
of the Wikipedia documents (from the other half alone).
It takes an hour on two quiet cores.
"""

from __future__ import annotations

import argparse
import csv
import json
import random
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.utils import parametrize

from samestory.certainty.network import NETWORK, TABLES, TAGS, Inputs, decode, encode, tags_of, weigh
from samestory.certainty.rules import find_by_rules
from samestory.document import Document
from samestory.language import Parse
from samestory.language.encoding import Pieces, load_pieces
from samestory.segments import segment
from samestory.training.attributions import pretrained_folder
from samestory.training.network import (
    HIDDEN,
    NEVER,
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
from samestory.validation.corpora import science_ratings, szeged_uncertainty
from samestory.validation.external import bundles
from samestory.validation.gold import read_split
from samestory.validation.own import FOLDERS, find_texts, own_gold

LAYERS, SIZE, EPOCHS, RATE, SEED = 6, 24, 3, 2.5e-4, 7
NOISE = 6  # word pieces by which lengths are blurred in batches
GREATEST = 7  # four bits: the network is trained so
FOLDS = 5
PLAIN = 2000  # sentences of Wikipedia where neither coders nor rules find anything that are learnt from
TAGGED, RATED = 15.0, 0.28125  # how much a batch's tags weigh, and each rating in it
SILENT = 0.1  # share of the sentences in training of which the rules say nothing
WEIGHTS = {"news": 1.0, "wikipedia": 0.7, "own": 1.5, "ratings": 1.0}
CODERS = ("model-adjudicated", "model-y", "model-aa")  # who followed the manual of data/gold
UNMARKED = ("booster", "evidential", "approximator", "bound")  # types that the Szeged corpus does not mark


class Example(NamedTuple):
    """A sentence: where it is from, what is read of it, which tags each token may have (T, tag), or its rating."""

    source: str
    document: str
    spans: list[tuple[int, int]]  # of tokens, in characters of the document
    inputs: Inputs
    allowed: np.ndarray | None
    rating: float | None


class InFewBits(nn.Module):
    """Weights as they will ship, while gradients pass through (Bengio et al. 2013: straight-through)."""

    def forward(self, weight: Tensor) -> Tensor:
        """Rounded to so many steps of each row's largest."""
        scale = weight.detach().abs().amax(1, keepdim=True).clamp(min=1e-9) / GREATEST
        return weight + (torch.round(weight / scale) * scale - weight).detach()


class Reader(Encoder):
    """Word pieces with the rules' tags to tags of tokens (B, T, tag) and a rating of the sentence (B)."""

    def __init__(self) -> None:
        super().__init__(LAYERS, flags=len(TAGS))
        self.tags = nn.Linear(HIDDEN, len(TAGS))
        self.rating = nn.Linear(2 * HIDDEN, 1)

    def linears(self) -> Iterator[nn.Module]:
        """What is kept in few bits."""
        for layer in self.layers:
            yield from (layer.mix, layer.out, layer.wide, layer.narrow)

    def forward(
        self, vectors: Tensor, flags: Tensor, firsts: Tensor, mask: Tensor | None = None
    ) -> tuple[Tensor, Tensor]:
        """Emissions and ratings."""
        x = self.encode(vectors, flags, mask)
        token = torch.gather(x, 1, firsts[:, :, None].expand(-1, -1, HIDDEN))
        real = torch.ones_like(x[:, :, :1]) if mask is None else (mask[:, 0, 0, :, None] == 0).to(x.dtype)
        whole = torch.cat([x[:, 0], (x * real).sum(1) / real.sum(1)], dim=1)
        return self.tags(self.drop(token)), self.rating(self.drop(whole))[:, 0]


def read_examples(shared: Path, pieces: Pieces) -> list[Example]:
    """Every sentence that can be learnt from."""
    found: list[Example] = []
    for genre in ("news", "wikipedia"):
        documents = szeged_uncertainty.read(genre, shared)
        cues = {d.document_id: [(c.start, c.end, c.certainty_type) for c in d.cues] for d in documents}
        for bundle, places in bundles({d.document_id: d.text for d in documents}):
            marked = [(s + p, e + p, kind) for name, p in places.items() for s, e, kind in cues[name]]
            found += _sentences(genre, bundle.parse, places, marked, pieces, partly=True)
    findings = science_ratings.read(None, shared)
    rated = {f.document_id: f.certainty for f in findings}
    for bundle, places in bundles({f.document_id: f.text for f in findings}):
        own = _sentences("ratings", bundle.parse, places, None, pieces)
        found += [example._replace(rating=rated[example.document]) for example in own]
    return found + list(_own(pieces))


def _own(pieces: Pieces) -> Iterator[Example]:
    """Own gold that serves development, by those coders who followed one manual."""
    gold = own_gold(FOLDERS[:1])
    gold = gold[(gold.table == "certainty") & gold.coder.isin(CODERS)]
    units = read_coding(gold).units["certainty"]
    for coded in find_texts(gold, read_split(FOLDERS[0]))[0]:
        if coded.part != "development":
            continue
        name = coded.article.text_sha256
        parse = Document(name, coded.article.text, segment(coded.article)).parse
        marked = [(*unit.spans["span"][0], unit.codes["certainty_type"]) for unit in units[name]]
        yield from _sentences("own", parse, {name: 0}, marked, pieces)


def _sentences(
    source: str,
    parse: Parse,
    places: Mapping[str, int],
    marked: Sequence[tuple[int, int, str]] | None,
    pieces: Pieces,
    partly: bool = False,
) -> Iterator[Example]:
    ruled = tags_of(parse, [(cue.start, cue.end, cue.type) for cue in find_by_rules(parse)])
    right = None if marked is None else tags_of(parse, marked)
    names, starts = list(places), list(places.values())
    for sentence in parse.sentences:
        place = bisect_right(starts, sentence.start) - 1
        tokens = parse.tokens[sentence.first : sentence.last]
        own = slice(sentence.first, sentence.last)
        allowed = (
            None
            if right is None
            else np.array([_allowed(tag, said, partly) for tag, said in zip(right[own], ruled[own], strict=True)])
        )
        spans = [(t.start - starts[place], t.end - starts[place]) for t in tokens]
        inputs = encode([t.text for t in tokens], ruled[own], pieces)
        yield Example(source, names[place], spans, inputs, allowed, None)


def _allowed(tag: str, ruled: str, partly: bool) -> list[bool]:
    """Which tags are right where a coder gives this one; of types that a corpus does not mark, what the rules say."""
    unmarked = partly and ruled[2:] in UNMARKED and (tag == "O" or tag[2:] == "hedge")
    return [other == tag or (unmarked and other == ruled) for other in TAGS]


def thin_out(examples: Sequence[Example], seed: int) -> list[Example]:
    """Without most sentences of Wikipedia in which nobody finds a cue."""
    plain = [e for e in examples if e.source == "wikipedia" and not e.inputs.flags.any() and _is_plain(e)]
    kept = {id(e) for e in random.Random(seed).sample(plain, min(PLAIN, len(plain)))}
    dropped = {id(e) for e in plain} - kept
    return [e for e in examples if id(e) not in dropped]


def _is_plain(example: Example) -> bool:
    return example.allowed is not None and bool(example.allowed[:, 0].all())


def new_network(seed: int) -> Reader:
    """MiniLM, its word vectors those that the project ships, which are left alone."""
    torch.manual_seed(seed)
    network = Reader()
    load_pretrained(network, pretrained_folder())
    take_shipped_words(network)
    for linear in network.linears():
        parametrize.register_parametrization(linear, "weight", InFewBits())
    return network


def train(examples: Sequence[Example], seed: int) -> tuple[Reader, float, float]:
    """A network, and mean and deviation of the ratings that it has learnt from."""
    network = new_network(seed)
    examples = [*examples, *(e for e in examples if e.rating is not None)]  # few, and harder: seen twice as often
    ratings = [e.rating for e in examples if e.rating is not None] or [0.0, 1.0]
    mean, deviation = float(np.mean(ratings)), float(np.std(ratings))
    optimizer, schedule = prepare(network, RATE, EPOCHS * len(list(_batches(examples))))
    begun = time.monotonic()
    network.train()
    for epoch in range(EPOCHS):
        losses = []
        for batch in _batches(examples, 1000 * seed + epoch):
            loss = _loss(network, batch, mean, deviation)
            loss.backward()
            descend(network, optimizer, schedule)
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.3f}, {time.monotonic() - begun:.0f} s", flush=True)
    return network.eval(), mean, deviation


def _loss(network: Reader, batch: Sequence[Example], mean: float, deviation: float) -> Tensor:
    """Loss of the tags, on average of tokens, and of the ratings."""
    emissions, ratings = _run(network, batch, silent=SILENT)
    total = torch.zeros(())
    tagged = [(n, torch.from_numpy(e.allowed)) for n, e in enumerate(batch) if e.allowed is not None]
    if tagged:
        which, allowed = [n for n, _ in tagged], pad([tags for _, tags in tagged])
        inside = allowed.any(2)
        logs = torch.log_softmax(emissions[which][:, : allowed.shape[1]], 2).masked_fill(~allowed, NEVER).logsumexp(2)
        weights = torch.tensor([WEIGHTS[batch[n].source] for n in which])[:, None] * inside
        total = total - TAGGED * (logs * weights).sum() / inside.sum()
    rated = [(n, (e.rating - mean) / deviation) for n, e in enumerate(batch) if e.rating is not None]
    if rated:
        right = torch.tensor([rating for _, rating in rated], dtype=torch.float32)
        total = total + RATED * ((ratings[[n for n, _ in rated]] - right) ** 2).sum()
    return total


def _run(network: Reader, batch: Sequence[Example], silent: float = 0.0) -> tuple[Tensor, Tensor]:
    given = _given(network, batch)
    if silent:
        given["flags"] = given["flags"] * (torch.rand(len(batch), 1) >= silent)
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions, ratings = network(**given)
    return emissions.float(), ratings.float()


def _given(network: Reader, batch: Sequence[Example]) -> dict[str, Tensor]:
    pieces, firsts, flags = (pad(part) for part in zip(*(e.inputs for e in batch), strict=True))
    return {"vectors": network.words(pieces), "flags": flags, "firsts": firsts, "mask": without_padding(pieces)}


def _batches(examples: Sequence[Example], seed: int | None = None) -> Iterator[list[Example]]:
    for numbers in batches_by_length([len(e.inputs.pieces) for e in examples], SIZE, NOISE, seed):
        yield [examples[n] for n in numbers]


Said = dict[int, tuple[np.ndarray, float]]


def predict(trained: tuple[Reader, float, float], examples: Sequence[Example]) -> Said:
    """Log probabilities of tags and ratings, by the identity of the example."""
    network, mean, deviation = trained
    found: Said = {}
    with torch.inference_mode():
        for batch in _batches(examples):
            emissions, ratings = _run(network, batch)
            logs = torch.log_softmax(emissions.double(), 2).numpy()
            for n, example in enumerate(batch):
                found[id(example)] = logs[n, : len(example.spans)], mean + deviation * float(ratings[n])
    return found


class HeldOut(NamedTuple):
    """What networks said of documents that they had not seen, by the identity of the example."""

    name: str
    examples: Sequence[Example]
    said: Said
    weighed: bool = False  # with the rules' say, as the project counts: else as the corpus does, by the network alone


def write_cues(folder: Path, parts: Sequence[HeldOut]) -> None:
    """The cues of each part, and ``documents.csv``: which documents were read for it."""
    for part in parts:
        rows = []
        for e in part.examples:
            scores = part.said[id(e)][0]
            ruled = [TAGS[flag] for flag in e.inputs.flags[e.inputs.firsts]]
            for first, last, kind in decode(weigh(scores, ruled) if part.weighed else scores):
                rows.append((e.document, e.spans[first][0], e.spans[last][1], kind))
        _write(folder / f"{part.name}.csv", ("document", "start", "end", "certainty_type"), rows)
    read = {(part.name, e.document) for part in parts for e in part.examples}
    _write(folder / "documents.csv", ("held_out", "document"), read)


def write_scores(path: Path, examples: Iterable[Example], said: Said) -> None:
    """How sure findings seem, on average of their sentences: document, certainty_score."""
    scores: dict[str, list[float]] = {}
    for e in examples:
        scores.setdefault(e.document, []).append(said[id(e)][1])
    _write(path, ("document", "certainty_score"), [(name, round(float(np.mean(s)), 4)) for name, s in scores.items()])


def _write(path: Path, names: Sequence[str], rows: Iterable[tuple]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        written = csv.writer(file, lineterminator="\n")
        written.writerow(names)
        written.writerows(sorted(rows))


def hold_out(examples: Sequence[Example], folder: Path) -> None:
    """Train without, and read, each part that is to be judged."""
    by = {source: [e for e in examples if e.source == source] for source in WEIGHTS}
    learnt = thin_out(examples, SEED)
    folds: Said = {}
    for fold in range(FOLDS):
        print(f"fold {fold + 1} of {FOLDS}", flush=True)
        left = {(source, name) for source in ("news", "ratings") for name in _fold(by[source], fold)}
        trained = train([e for e in learnt if (e.source, e.document) not in left], SEED)
        folds |= predict(trained, [e for e in examples if (e.source, e.document) in left])
    print("half of Wikipedia", flush=True)
    half = set(sorted({e.document for e in by["wikipedia"]})[::2])
    rest = [e for e in by["wikipedia"] if e.document not in half]
    other = predict(train([e for e in by["wikipedia"] if e.document in half], SEED), rest)
    write_held_out(by, folds, HeldOut("wikipedia_half", rest, other), folder)


def write_held_out(by: Mapping[str, Sequence[Example]], folds: Said, half: HeldOut, folder: Path) -> None:
    """The files of ``data/held_out``."""
    folder.mkdir(parents=True, exist_ok=True)
    news = [HeldOut("news_folds" + "_weighed" * weighed, by["news"], folds, weighed) for weighed in (False, True)]
    write_cues(folder, [*news, half])
    write_scores(folder / "ratings_folds.csv", by["ratings"], folds)


def _fold(examples: Sequence[Example], fold: int) -> list[str]:
    names = sorted({e.document for e in examples})
    random.Random(SEED).shuffle(names)
    return names[fold::FOLDS]


def export(trained: tuple[Reader, float, float], examples: Sequence[Example], folder: Path) -> None:
    """Write the network and what was learnt beside it; ``examples`` are what it learnt from."""
    network, mean, deviation = trained
    for linear in network.linears():
        parametrize.remove_parametrizations(linear, "weight")
    folder.mkdir(parents=True, exist_ok=True)
    given = [_given(network, [e]) for e in thin(examples)]
    parts = {"vectors": "pieces", "flags": "pieces", "firsts": "tokens", "emissions": "tokens"}
    axes: dict[str, dict[int, str]] = {name: {0: "sentences", 1: part} for name, part in parts.items()}
    axes |= {"mask": {0: "sentences", 3: "pieces"}, "rating": {0: "sentences"}}
    write_network(network, given, ["emissions", "rating"], axes, folder / NETWORK, GREATEST)
    tables = {"mean": round(mean, 4), "deviation": round(deviation, 4)}
    (folder / TABLES).write_text(json.dumps(tables, sort_keys=True) + "\n", encoding="utf-8")


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, hold out, write."""
    parser = argparse.ArgumentParser(description="Train the certainty network and read what it has not seen.")
    parser.add_argument("shared", type=Path, help="the folder that holds gold/certainty and corpora")
    parser.add_argument("--held-out", type=Path, help="write what networks say of what they have not seen here")
    parser.add_argument("--to", type=Path, help="write the files that ship here")
    options = parser.parse_args(arguments)
    examples = read_examples(options.shared, load_pieces())
    if options.to is not None:
        learnt = thin_out(examples, SEED)
        export(train(learnt, SEED), learnt, options.to)
    if options.held_out is not None:
        hold_out(examples, options.held_out)


if __name__ == "__main__":
    main()
