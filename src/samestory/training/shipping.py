"""Members of the attribution tagger together: their scores, and the files that ship."""

from __future__ import annotations

import argparse
import io
import json
import lzma
import unicodedata
from collections.abc import Mapping, Sequence
from itertools import chain
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from samestory.language.encoding import PIECES, VECTORS
from samestory.sourcing.tagger.network import READER, SURVEY, TABLES
from samestory.training.attributions import (
    CHECKPOINT,
    THRESHOLDS,
    Trained,
    evaluate,
    held_out,
    new_network,
    pretrained_folder,
)  # fmt: skip
from samestory.training.integers import find_ranges, multiply_integers
from samestory.training.network import Tagger, collate, without_padding
from samestory.training.samples import Corpus, Sample, read_corpus

MEASURED = 1000  # examples, at most, that show how large the numbers in a network become
GREATEST = 23  # some five and a half bits: packing takes out what eight would leave empty
AXES = {"vectors": "pieces", "firsts": "tokens", "features": "tokens", "emissions": "tokens", "mask": "pieces",
        "flags": "pieces"}  # fmt: skip

Item = TypeVar("Item")


class Together(nn.Module):
    """The networks of all members, their outputs side by side."""

    def __init__(self, networks: Sequence[Tagger]) -> None:
        super().__init__()
        self.networks = nn.ModuleList(networks)

    def forward(
        self, vectors: Tensor, firsts: Tensor, features: Tensor, mask: Tensor, flags: Tensor | None = None
    ) -> Tensor:
        """Emissions, member after member."""
        return torch.cat([network.read(vectors, firsts, features, flags, mask) for network in self.networks], dim=2)


def read_member(folder: Path, corpus: Corpus) -> Trained:
    """A trained member."""
    kept = torch.load(folder / CHECKPOINT, weights_only=True)
    networks = [new_network(corpus) for _ in range(2)]
    for network, name in zip(networks, ("network", "reader"), strict=True):
        network.load_state_dict(kept[name])
    return Trained(networks[0].eval(), networks[1].eval(), np.array(kept["transitions"]))


def export(members: Sequence[Trained], corpus: Corpus, thresholds: Mapping[str, float], package: Path) -> None:
    """Write the networks and the tables that are kept beside; word pieces and vectors, which all networks share."""
    words = members[0].survey.words.weight
    if not all(torch.equal(network.words.weight, words) for m in members for network in (m.survey, m.reader)):
        raise ValueError("the members do not share their word vectors: train the later ones with --words")
    folder, shared = package / "sourcing" / "weights", package / "language" / "weights"
    for place in (folder, shared):
        place.mkdir(parents=True, exist_ok=True)
    examples = [_example(sample, members[0].survey) for sample in thin(list(chain(*corpus.samples.values())))]
    axes = {name: {0: "questions", 3 if name == "mask" else 1: axis} for name, axis in AXES.items()}
    write_network(Together([m.reader for m in members]).eval(), examples, ["emissions"], axes, folder / READER)
    for named in (axes, *examples):
        del named["flags"]
    write_network(Together([m.survey for m in members]).eval(), examples, ["emissions"], axes, folder / SURVEY)
    pieces = sorted(corpus.pieces.numbers, key=lambda piece: corpus.pieces.numbers[piece])
    table, scale = in_few_bits(words.detach().numpy(), axis=1)
    table[[n for n, piece in enumerate(pieces) if _is_foreign(piece)]] = 0
    np.savez_compressed(shared / VECTORS, table=table, scale=scale)
    (shared / PIECES).write_text("\n".join(pieces), encoding="utf-8", newline="\n")
    transitions = members[0].transitions.tolist()
    tables = {"features": corpus.codes, "transitions": transitions, "thresholds": dict(thresholds)}
    (folder / TABLES).write_text(json.dumps(tables, sort_keys=True) + "\n", encoding="utf-8")


def _example(sample: Sample, network: Tagger) -> dict[str, Tensor]:
    """What a reader is given of a window, and asked of its first cue."""
    batch = collate([sample.inputs], [next(iter(sample.spans("cue")), None)])
    inputs = {"vectors": network.words(batch.pieces), "firsts": batch.firsts, "features": batch.features}
    return {**inputs, "mask": without_padding(batch.pieces), "flags": batch.flags}


def thin(items: Sequence[Item]) -> list[Item]:
    """As many as are measured, from all over a sequence."""
    return list(items[:: -(-len(items) // MEASURED)])


def _is_foreign(piece: str) -> bool:
    """Whether a piece never stands in English: a letter of another alphabet, or one that BERT keeps for nothing."""
    return piece.startswith("[unused") or any(c.isalpha() and "LATIN" not in unicodedata.name(c, "") for c in piece)


def write_network(
    network: nn.Module,
    examples: Sequence[Mapping[str, Tensor]],
    outputs: Sequence[str],
    axes: Mapping[str, dict],
    path: Path,
    greatest: int = GREATEST,
) -> None:
    """Write a network as packed ONNX, its weights in few bits; ``examples`` are what it may be given, a row each."""
    written = io.BytesIO()
    first = examples[0]
    torch.onnx.export(
        network, tuple(first.values()), written, input_names=list(first), output_names=list(outputs), dynamo=False,
        opset_version=17, dynamic_axes=dict(axes),
    )  # fmt: skip
    given = [{name: value.detach().numpy() for name, value in example.items()} for example in examples]
    small = shrink(written.getvalue(), given, greatest)
    path.write_bytes(lzma.compress(small, preset=9 | lzma.PRESET_EXTREME))


def in_few_bits(table: np.ndarray, axis: int, greatest: int = GREATEST) -> tuple[np.ndarray, np.ndarray]:
    """Weights as small integers and the scale of each row or column: the largest along ``axis`` is ``greatest``."""
    scale = np.maximum(np.abs(table).max(axis=axis, keepdims=True), 1e-9) / greatest
    return np.round(table / scale).astype(np.int8), scale.astype(np.float32)


def shrink(network: bytes, examples: Sequence[Mapping[str, np.ndarray]], greatest: int = GREATEST) -> bytes:
    """Keep each table of weights as small integers with a scale for every output (or row of an embedding).

    Products of the encoder multiply these integers with others, whose scales come from ``examples``; the other tables
    are turned back into floats when the model is loaded.
    """
    import onnx
    from onnx import helper, numpy_helper

    model = onnx.load_from_string(network)
    graph = model.graph
    multiplied = {name for node in graph.node if node.op_type in ("MatMul", "Gemm") for name in node.input}
    for tensor in list(graph.initializer):
        table = numpy_helper.to_array(tensor)
        if table.dtype != np.float32 or table.size < 10_000 or table.ndim != 2:
            continue
        users = [node for node in graph.node if node.op_type == "Gemm" and node.input[1] == tensor.name]
        transposed = any(a.name == "transB" and a.i for node in users for a in node.attribute)
        axis = 0 if tensor.name in multiplied and not transposed else 1
        small, scale = in_few_bits(table, axis, greatest)
        name = tensor.name
        graph.initializer.remove(tensor)
        graph.initializer.append(numpy_helper.from_array(small, name + ".int8"))
        graph.initializer.append(numpy_helper.from_array(scale, name + ".scale"))
        graph.node.insert(0, helper.make_node("Mul", [name + ".float", name + ".scale"], [name]))
        graph.node.insert(0, helper.make_node("Cast", [name + ".int8"], [name + ".float"], to=onnx.TensorProto.FLOAT))
    onnx.checker.check_model(multiply_integers(model, find_ranges(model, examples)))
    return model.SerializeToString(deterministic=True)


def main(arguments: Sequence[str] | None = None) -> None:
    """Score members together on the documents set aside, and write the files that ship."""
    parser = argparse.ArgumentParser(description="Join members of the attribution tagger, score them, write them.")
    parser.add_argument("shared", type=Path, help="the folder that holds gold/polnear")
    parser.add_argument("members", type=Path, nargs="+", help="folders of trained members")
    parser.add_argument("--to", type=Path, help="write the files that ship into this package (src/samestory)")
    options = parser.parse_args(arguments)
    corpus = read_corpus(options.shared, pretrained_folder(), options.members[0] / "parses.pickle")
    members = [read_member(folder, corpus) for folder in options.members]
    found = evaluate(corpus, held_out(corpus), members)
    print("  ".join(f"{name} {100 * score:.1f}" for name, score in found.items()))
    if options.to is not None:
        export(members, corpus, THRESHOLDS, options.to)


if __name__ == "__main__":
    main()
