"""The network of the attribution tagger, in torch, and how it is written for use without torch."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from samestory.sourcing.model import FEATURES, NETWORK, PIECES, TABLES, Inputs, Vocabulary, owners
from samestory.sourcing.tagging import FAR, TAGS, WIDTH, Decoder, relation
from samestory.training.samples import Sample
from samestory.validation.corpora.records import Span

HIDDEN, LAYERS, ATTENTION_HEADS, FEATURE_WIDTH = 384, 6, 12, 16
DROPOUT = 0.1


class Batch(NamedTuple):
    """Inputs of several windows, padded: pieces and owners (B, P), firsts and heads (B, T), features (B, T, F)."""

    pieces: Tensor
    owners: Tensor
    firsts: Tensor
    heads: Tensor
    features: Tensor


def collate(inputs: Sequence[Inputs]) -> Batch:
    """Pad with zeros."""
    rows = [(one.pieces, owners(one), one.firsts, one.heads, one.features) for one in inputs]
    return Batch(*(pad(part) for part in zip(*rows, strict=True)))


def pad(rows: Sequence[Any]) -> Tensor:
    return nn.utils.rnn.pad_sequence([torch.as_tensor(row) for row in rows], batch_first=True)


class Dropout(nn.Module):
    """Dropout with masks cut from one pool of random numbers: drawing them anew takes a third of all time on a CPU."""

    def __init__(self, rate: float = DROPOUT, size: int = 1 << 22) -> None:
        super().__init__()
        kept = torch.rand(size) >= rate
        self.pools = {dtype: kept.to(dtype) / (1 - rate) for dtype in (torch.float32, torch.bfloat16)}
        self.size = size

    def forward(self, x: Tensor) -> Tensor:
        """The input with a tenth of its numbers zero; unchanged outside training."""
        if not self.training:
            return x
        start = int(torch.randint(self.size - x.numel(), ()))
        return x * self.pools[x.dtype][start : start + x.numel()].view(x.shape)


class Layer(nn.Module):
    """One layer of BERT (Devlin et al. 2019)."""

    def __init__(self, drop: Dropout) -> None:
        super().__init__()
        self.mix = nn.Linear(HIDDEN, 3 * HIDDEN)
        self.out = nn.Linear(HIDDEN, HIDDEN)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.wide = nn.Linear(HIDDEN, 4 * HIDDEN)
        self.narrow = nn.Linear(4 * HIDDEN, HIDDEN)
        self.last_norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = drop

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Mix the pieces of each row that ``mask`` admits."""
        rows, length, _ = x.shape
        parts = self.mix(x).view(rows, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        # written out: backward through torch's own attention takes half of all time on a CPU
        weights = torch.softmax(parts[0] @ parts[1].transpose(2, 3) * (HIDDEN // ATTENTION_HEADS) ** -0.5 + mask, dim=3)
        mixed = weights.to(x.dtype) @ parts[2]
        x = self.norm(x + self.drop(self.out(mixed.transpose(1, 2).reshape(rows, length, HIDDEN))))
        return self.last_norm(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Tagger(nn.Module):
    """Word pieces with their tokens' features to scores of tags and vectors of links."""

    def __init__(self, sizes: Sequence[int]) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.values = nn.Embedding(sum(sizes), FEATURE_WIDTH)
        self.register_buffer("offsets", torch.tensor([0, *np.cumsum(sizes)[:-1]]))
        width = len(sizes) * FEATURE_WIDTH
        self.lift = nn.Linear(width, HIDDEN, bias=False)
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = Dropout()
        self.layers = nn.ModuleList(Layer(self.drop) for _ in range(LAYERS))
        self.deep = nn.Linear(2 * HIDDEN + width, 256)
        self.tags = nn.Linear(256, len(TAGS))
        self.links = nn.Linear(2 * HIDDEN + width, 5 * WIDTH)
        nn.init.zeros_(self.lift.weight)

    def forward(self, pieces: Tensor, owners: Tensor, firsts: Tensor, heads: Tensor, features: Tensor) -> Any:
        """Emissions (B, T, tags) and links (B, T, 5 * WIDTH)."""
        told = self.drop(self.values(features + self.offsets).flatten(2))
        lifted = functional.pad(self.lift(told), (0, 0, 1, 0))
        places = self.places(torch.arange(pieces.shape[1], device=pieces.device))
        x = self.words(pieces) + places + _pick(lifted, owners)
        x = self.drop(self.norm(x))
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        mask = (pieces == 0)[:, None, None, :].to(x.dtype) * -10000
        for layer in self.layers:
            x = layer(x, mask)
        token = _pick(x, firsts)
        seen = torch.cat([self.drop(token), self.drop(_pick(token, heads)), told], dim=2)
        return self.tags(self.drop(functional.gelu(self.deep(seen)))), self.links(seen)


def _pick(rows: Tensor, places: Tensor) -> Tensor:
    return torch.gather(rows, 1, places[:, :, None].expand(-1, -1, rows.shape[2]))


class Judge(nn.Module):
    """What is learnt beside the network: transitions of tags, and what weighs in links."""

    def __init__(self) -> None:
        super().__init__()
        self.transitions = nn.Parameter(torch.zeros(len(TAGS), len(TAGS)))
        self.starts = nn.Parameter(torch.zeros(len(TAGS)))
        self.ends = nn.Parameter(torch.zeros(len(TAGS)))
        self.near = nn.Parameter(torch.zeros(2, FAR))
        self.between = nn.Parameter(torch.zeros(2, 3))
        self.nothing = nn.Parameter(torch.randn(2, WIDTH) * 0.1)
        self.nothing_bias = nn.Parameter(torch.zeros(2))
        impossible = [
            [to % 2 == 0 and to > 0 and before not in (to, to - 1) for to in range(len(TAGS))]
            for before in range(len(TAGS))
        ]
        self.register_buffer("barred", torch.tensor(impossible).float() * -100)
        self.register_buffer("barred_starts", self.barred[0].clone())

    def chain_loss(self, emissions: Tensor, tags: Tensor, lengths: Tensor) -> Tensor:
        """Negative log likelihood of the tags as a linear chain, summed over rows."""
        transitions, starts = self.transitions + self.barred, self.starts + self.barred_starts
        rows = torch.arange(len(tags))
        score = starts + emissions[:, 0]
        gold = starts[tags[:, 0]] + emissions[rows, 0, tags[:, 0]]
        for t in range(1, tags.shape[1]):
            going = t < lengths
            following = torch.logsumexp(score[:, :, None] + transitions, dim=1) + emissions[:, t]
            score = torch.where(going[:, None], following, score)
            step = transitions[tags[:, t - 1], tags[:, t]] + emissions[rows, t, tags[:, t]]
            gold = gold + torch.where(going, step, torch.zeros_like(step))
        gold = gold + self.ends[tags[rows, lengths - 1]]
        return (torch.logsumexp(score + self.ends, dim=1) - gold).sum()

    def link_loss(self, links: Tensor, sample: Sample) -> Tensor:
        """Negative log likelihood of the right cue for each content and the right source for each cue."""
        first, last, cue_key, cue_query, source_key = links.split(WIDTH, dim=1)
        spans = sample.spans
        contents, cues = torch.tensor(spans["content"]).reshape(-1, 2), torch.tensor(spans["cue"]).reshape(-1, 2)
        loss = links.new_zeros(())
        if len(contents):
            query = first[contents[:, 0]] + last[contents[:, 1]]
            loss = loss + self._choice(0, query, cue_key, spans["content"], spans["cue"], sample.cue_of)
        if len(cues):
            query = cue_query[cues[:, 0]]
            loss = loss + self._choice(1, query, source_key, spans["cue"], spans["source"], sample.source_of)
        return loss

    def _choice(
        self, link: int, query: Tensor, keys: Tensor, own: list[Span], others: list[Span], right: list[int]
    ) -> Tensor:
        weights = [query @ self.nothing[link] / WIDTH**0.5 + self.nothing_bias[link]]
        for other in others:
            relations = torch.tensor([relation(span, other, others) for span in own])
            weight = query @ keys[other[0]] / WIDTH**0.5
            weights.append(weight + self.near[link, relations[:, 0]] + self.between[link, relations[:, 1]])
        return functional.cross_entropy(torch.stack(weights, dim=1), torch.tensor(right), reduction="sum")

    def decoder(self, thresholds: dict[str, float]) -> Decoder:
        """The same for use without torch."""
        tables = [self.transitions + self.barred, self.starts + self.barred_starts, self.ends, self.near, self.between,
                  self.nothing, self.nothing_bias]  # fmt: skip
        return Decoder(*(table.detach().double().numpy() for table in tables), thresholds)


def load_pretrained(network: Tagger, folder: Path) -> None:
    """Start from MiniLM-L6 (Wang et al. 2020) as sentence-transformers trained it; its words are not trained on."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    network.words.weight.data = weights["embeddings.word_embeddings.weight"]
    network.words.weight.requires_grad_(False)
    network.places.weight.data = (
        weights["embeddings.position_embeddings.weight"] + weights["embeddings.token_type_embeddings.weight"][0]
    )
    _copy(network.norm, weights, "embeddings.LayerNorm")
    for n, layer in enumerate(network.layers):
        base = f"encoder.layer.{n}."
        for kind in ("weight", "bias"):
            parts = [weights[f"{base}attention.self.{part}.{kind}"] for part in ("query", "key", "value")]
            getattr(layer.mix, kind).data = torch.cat(parts)
        _copy(layer.out, weights, base + "attention.output.dense")
        _copy(layer.norm, weights, base + "attention.output.LayerNorm")
        _copy(layer.wide, weights, base + "intermediate.dense")
        _copy(layer.narrow, weights, base + "output.dense")
        _copy(layer.last_norm, weights, base + "output.LayerNorm")


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data, module.bias.data = weights[name + ".weight"], weights[name + ".bias"]


def save(path: Path, network: Tagger, judge: Judge) -> None:
    """Write a checkpoint."""
    torch.save({"network": network.state_dict(), "judge": judge.state_dict()}, path)


def restore(path: Path, network: Tagger, judge: Judge) -> None:
    """Read a checkpoint; features that it does not know stay as they are, and weigh nothing yet."""
    kept = torch.load(path, weights_only=True)
    judge.load_state_dict(kept["judge"])
    own, known = network.state_dict(), kept["network"]
    known["offsets"] = own["offsets"]
    known["values.weight"] = torch.cat([known["values.weight"], own["values.weight"][len(known["values.weight"]) :]])
    for name in ("lift.weight", "deep.weight", "links.weight"):
        known[name] = functional.pad(known[name], (0, own[name].shape[1] - known[name].shape[1]))
    network.load_state_dict(known)


# ---- what ships


class Shipped(nn.Module):
    """The network with the names that ``samestory.sourcing.model`` calls its inputs by."""

    def __init__(self, network: Tagger) -> None:
        super().__init__()
        self.network = network

    def forward(self, pieces: Tensor, firsts: Tensor, heads: Tensor, features: Tensor, owners: Tensor) -> Any:
        """Emissions and links of one window."""
        return self.network(pieces, owners, firsts, heads, features)


def export(network: Tagger, judge: Judge, vocabulary: Vocabulary, thresholds: dict[str, float], folder: Path) -> None:
    """Write the network with weights in eight bits, the word pieces, and the tables of the decoder."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / NETWORK
    names = ["pieces", "firsts", "heads", "features", "owners"]
    example = {
        "pieces": torch.ones(1, 9, dtype=torch.long),
        "firsts": torch.arange(1, 8)[None],
        "heads": torch.arange(7)[None],
        "features": torch.ones(1, 7, len(FEATURES), dtype=torch.long),
        "owners": torch.tensor([[0, 1, 2, 3, 4, 5, 6, 7, 0]]),
    }  # fmt: skip
    axes = {name: {1: "pieces" if name in ("pieces", "owners") else "tokens"} for name in names}
    torch.onnx.export(
        Shipped(network.eval()), tuple(example[name] for name in names), path, input_names=names,
        output_names=["emissions", "links"], dynamic_axes=axes | {"emissions": {1: "tokens"}, "links": {1: "tokens"}},
        dynamo=False, opset_version=17,
    )  # fmt: skip
    shrink(path)
    (folder / PIECES).write_text("\n".join(vocabulary.pieces), encoding="utf-8", newline="\n")
    decoder = judge.decoder(thresholds)
    tables = {field.name: getattr(decoder, field.name) for field in fields(decoder)}
    plain = {name: np.round(table, 5).tolist() for name, table in tables.items() if name != "thresholds"}
    text = json.dumps({"features": vocabulary.features, "thresholds": thresholds, **plain}, sort_keys=True)
    (folder / TABLES).write_text(text + "\n", encoding="utf-8")


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
