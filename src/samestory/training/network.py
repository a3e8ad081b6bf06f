"""The network of the attribution tagger in torch, and what it is trained to do."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from samestory.sourcing.tagger.chains import Tokens
from samestory.sourcing.tagger.features import ROLES
from samestory.sourcing.tagger.links import (
    CUE_KEY,
    CUE_OF,
    CUE_QUERY,
    FAR,
    FIRST,
    LAST,
    SOURCE_KEY,
    SOURCE_OF,
    relation,
)
from samestory.sourcing.tagger.network import Floats, Inputs, Member
from samestory.training.samples import Sample

WORDS, HIDDEN, LAYERS, ATTENTION_HEADS, FEATURE_WIDTH, LINK_WIDTH = 30522, 384, 6, 12, 16, 64
TAGS = 3
DROPOUT = 0.1


class Batch(NamedTuple):
    """Inputs of several windows, padded with zeros: pieces (B, P), firsts (B, T), features (B, T, F)."""

    pieces: Tensor
    firsts: Tensor
    features: Tensor


def collate(inputs: Sequence[Inputs]) -> Batch:
    """Pad to the longest window."""
    return Batch(*(pad(part) for part in zip(*inputs, strict=True)))


def pad(rows: Sequence[Any]) -> Tensor:
    """Rows of unlike length as one tensor, zeros after each."""
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
    """Word pieces with their tokens' features to scores of tags and vectors of links.

    ``prompted`` is the share of windows of which the features are told in training; 0 makes a network that never knows
    them, and less than 1 one that does not lean on them.
    """

    offsets: Tensor

    def __init__(self, sizes: Sequence[int], prompted: float = 1.0) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, HIDDEN)
        self.places = nn.Embedding(512, HIDDEN)
        self.values = nn.Embedding(sum(sizes), FEATURE_WIDTH)
        self.register_buffer("offsets", torch.tensor([0, *np.cumsum(sizes)[:-1]]))
        width = HIDDEN + len(sizes) * FEATURE_WIDTH
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = Dropout()
        self.layers = nn.ModuleList(Layer(self.drop) for _ in range(LAYERS))
        self.tags = nn.Linear(width, len(ROLES) * TAGS)
        self.links = nn.Linear(width, 5 * LINK_WIDTH)
        self.prompted = prompted
        if not prompted:
            nn.init.zeros_(self.values.weight)
            self.values.weight.requires_grad_(False)

    def forward(self, pieces: Tensor, firsts: Tensor, features: Tensor) -> Any:
        """Emissions (B, T, roles * tags) and links (B, T, 5 * LINK_WIDTH)."""
        x = self.drop(self.norm(self.words(pieces) + self.places(torch.arange(pieces.shape[1], device=pieces.device))))
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        mask = (pieces == 0)[:, None, None, :].to(x.dtype) * -10000
        for layer in self.layers:
            x = layer(x, mask)
        token = torch.gather(x, 1, firsts[:, :, None].expand(-1, -1, HIDDEN))
        told = self.drop(self.values(features + self.offsets).flatten(2))
        if self.training and self.prompted < 1:
            told = told * (torch.rand(len(told), 1, 1) < self.prompted)
        seen = torch.cat([self.drop(token), told.to(token.dtype)], dim=2)
        return self.tags(seen), self.links(seen)


class Judge(nn.Module):
    """What is learnt beside the network: what weighs in links."""

    def __init__(self) -> None:
        super().__init__()
        self.near = nn.Parameter(torch.zeros(2, FAR))
        self.between = nn.Parameter(torch.zeros(2, 3))
        self.nothing = nn.Parameter(torch.randn(2, LINK_WIDTH) * 0.1)
        self.nothing_bias = nn.Parameter(torch.zeros(2))

    def link_loss(self, links: Tensor, sample: Sample) -> Tensor:
        """Negative log likelihood of the right cue for each content and the right source for each cue."""
        vectors = links.split(LINK_WIDTH, dim=1)
        contents, cues, sources = (sample.spans[role] for role in ("content", "cue", "source"))
        loss = links.new_zeros(())
        if contents:
            at = torch.tensor(contents)
            query = vectors[FIRST][at[:, 0]] + vectors[LAST][at[:, 1]]
            loss = loss + self._choice(CUE_OF, query, vectors[CUE_KEY], contents, cues, sample.links[CUE_OF])
        if cues:
            query = vectors[CUE_QUERY][torch.tensor(cues)[:, 0]]
            loss = loss + self._choice(SOURCE_OF, query, vectors[SOURCE_KEY], cues, sources, sample.links[SOURCE_OF])
        return loss

    def _choice(
        self, link: int, query: Tensor, keys: Tensor, own: list[Tokens], others: list[Tokens], right: list[int]
    ) -> Tensor:
        scale = LINK_WIDTH**-0.5
        weights = [query @ self.nothing[link] * scale + self.nothing_bias[link]]
        for other in others:
            relations = torch.tensor([relation(span, other, others) for span in own])
            weight = query @ keys[other[0]] * scale
            weights.append(weight + self.near[link, relations[:, 0]] + self.between[link, relations[:, 1]])
        return functional.cross_entropy(torch.stack(weights, dim=1), torch.tensor(right), reduction="sum")

    def member(self, transitions: Floats) -> Member:
        """The same for use without torch, beside the transitions of tags."""
        tables = (self.near, self.between, self.nothing, self.nothing_bias)
        return Member(transitions, *(np.round(table.detach().double().numpy(), 5) for table in tables))


def load_pretrained(network: Tagger, folder: Path) -> None:
    """Start from MiniLM-L6 (Wang et al. 2020) as sentence-transformers trained it."""
    from safetensors.torch import load_file

    weights = load_file(folder / "model.safetensors")
    network.words.weight.data = weights["embeddings.word_embeddings.weight"]
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
