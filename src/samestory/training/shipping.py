"""Members of the attribution tagger together: their scores, and the files that ship."""

from __future__ import annotations

import argparse
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from samestory.sourcing.tagger.features import FEATURES
from samestory.sourcing.tagger.network import NETWORK, PIECES, TABLES, Member
from samestory.training.attributions import (
    CHECKPOINT,
    THRESHOLDS,
    evaluate,
    held_out,
    new_network,
    predict,
    pretrained_folder,
)  # fmt: skip
from samestory.training.network import Tagger
from samestory.training.samples import Corpus, read_corpus

AXES = {"pieces": "pieces", "firsts": "tokens", "features": "tokens", "emissions": "tokens", "links": "tokens"}


class Together(nn.Module):
    """The networks of all members, over one table of words; their outputs side by side."""

    def __init__(self, networks: Sequence[Tagger]) -> None:
        super().__init__()
        for network in networks[1:]:
            if not torch.equal(network.words.weight, networks[0].words.weight):
                raise ValueError("the members do not share their word vectors: train the later ones with --words")
            network.words = networks[0].words
        self.networks = nn.ModuleList(networks)

    def forward(self, pieces: Tensor, firsts: Tensor, features: Tensor) -> Any:
        """Emissions and links of one window, member after member."""
        outputs = [network(pieces, firsts, features) for network in self.networks]
        return tuple(torch.cat(part, dim=2) for part in zip(*outputs, strict=True))


def read_member(folder: Path, corpus: Corpus) -> tuple[Tagger, Member]:
    """A trained member, ready to be used: its network and what it learnt beside it."""
    network, judge = new_network(corpus)
    kept = torch.load(folder / CHECKPOINT, weights_only=True)
    network.load_state_dict(kept["network"])
    judge.load_state_dict(kept["judge"])
    return network.eval(), judge.member(np.array(kept["transitions"]))


def export(
    networks: Sequence[Tagger], members: Sequence[Member], corpus: Corpus, thresholds: Mapping[str, float], folder: Path
) -> None:
    """Write the network with weights in eight bits, the word pieces, and the tables that are kept beside it."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NETWORK
    example = {
        "pieces": torch.ones(1, 9, dtype=torch.long),
        "firsts": torch.arange(1, 8)[None],
        "features": torch.ones(1, 7, len(FEATURES), dtype=torch.long),
    }
    torch.onnx.export(
        Together(networks).eval(), tuple(example.values()), path, input_names=list(example),
        output_names=["emissions", "links"], dynamo=False, opset_version=17,
        dynamic_axes={name: {1: axis} for name, axis in AXES.items()},
    )  # fmt: skip
    shrink(path)
    pieces = sorted(corpus.pieces.numbers, key=lambda piece: corpus.pieces.numbers[piece])
    (folder / PIECES).write_text("\n".join(pieces), encoding="utf-8", newline="\n")
    learnt = [{one.name: getattr(member, one.name).tolist() for one in fields(Member)} for member in members]
    tables = {"features": corpus.codes, "members": learnt, "thresholds": dict(thresholds)}
    (folder / TABLES).write_text(json.dumps(tables, sort_keys=True) + "\n", encoding="utf-8")


def shrink(path: Path) -> None:
    """Keep each table of weights as eight-bit integers with a scale for every output (or row of an embedding).

    They are turned back into floats when the model is loaded, so that nothing depends on what is computed together.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load(path)
    graph = model.graph
    multiplied = {name for node in graph.node if node.op_type in ("MatMul", "Gemm") for name in node.input}
    for tensor in list(graph.initializer):
        table = numpy_helper.to_array(tensor)
        if table.dtype != np.float32 or table.size < 10_000 or table.ndim != 2:
            continue
        users = [node for node in graph.node if node.op_type == "Gemm" and node.input[1] == tensor.name]
        transposed = any(a.name == "transB" and a.i for node in users for a in node.attribute)
        axis = 0 if tensor.name in multiplied and not transposed else 1
        scale = np.maximum(np.abs(table).max(axis=axis, keepdims=True), 1e-9) / 127
        name = tensor.name
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(np.round(table / scale).astype(np.int8), name + ".int8"))
        graph.initializer.append(numpy_helper.from_array(scale.astype(np.float32), name + ".scale"))
        graph.node.insert(0, helper.make_node("Mul", [name + ".float", name + ".scale"], [name]))
        graph.node.insert(0, helper.make_node("Cast", [name + ".int8"], [name + ".float"], to=onnx.TensorProto.FLOAT))
    onnx.checker.check_model(model)
    onnx.save(model, path)


def main(arguments: Sequence[str] | None = None) -> None:
    """Score members together on the documents set aside, and write the files that ship."""
    parser = argparse.ArgumentParser(description="Join members of the attribution tagger, score them, write them.")
    parser.add_argument("shared", type=Path, help="the folder that holds gold/polnear")
    parser.add_argument("members", type=Path, nargs="+", help="folders of trained members")
    parser.add_argument("--to", type=Path, help="write the files that ship here")
    options = parser.parse_args(arguments)
    corpus = read_corpus(options.shared, pretrained_folder(), options.members[0] / "parses.pickle")
    held = held_out(corpus)
    windows = [s for name in held for s in corpus.samples[name]]
    read = [read_member(folder, corpus) for folder in options.members]
    networks, members = [network for network, _ in read], [member for _, member in read]
    found = evaluate(corpus, held, [predict(network, windows) for network in networks], members)
    print("  ".join(f"{name} {100 * score:.1f}" for name, score in found.items()))
    if options.to is not None:
        export(networks, members, corpus, THRESHOLDS, options.to)


if __name__ == "__main__":
    main()
