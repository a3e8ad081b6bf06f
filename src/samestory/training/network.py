"""The networks in torch: an encoder that is fine-tuned, and the attribution tagger on top of it."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.lr_scheduler import LambdaLR

from samestory.language.encoding import load_vectors
from samestory.sourcing.tagger.chains import Tokens
from samestory.sourcing.tagger.features import ROLES
from samestory.sourcing.tagger.network import Inputs

WORDS, HIDDEN, LAYERS, ATTENTION_HEADS, FEATURE_WIDTH = 30522, 384, 6, 12, 16
LONGEST = 512  # word pieces
TAGS = 3
DROPOUT = 0.1
NEVER = -10000.0
HEADS, WARM_UP = 5, 0.08  # how many times faster what is new learns; share of the steps


class Batch(NamedTuple):
    """Inputs of several windows, padded with zeros: pieces (B, P), firsts (B, T), features (B, T, F), flags (B, P)."""

    pieces: Tensor
    firsts: Tensor
    features: Tensor
    flags: Tensor


def collate(inputs: Sequence[Inputs], cues: Sequence[Tokens | None]) -> Batch:
    """Pad to the longest window; the pieces of each one's cue, where there is one, are flagged."""
    flagged = [
        (*own, own.flags(cue) if cue is not None else np.zeros(len(own.pieces), dtype=np.int64))
        for own, cue in zip(inputs, cues, strict=True)
    ]
    return Batch(*(pad(part) for part in zip(*flagged, strict=True)))


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

    def forward(self, x: Tensor, mask: Tensor | float) -> Tensor:
        """Mix the pieces of each row that ``mask`` admits."""
        rows, length, _ = x.shape
        parts = self.mix(x).view(rows, length, 3, ATTENTION_HEADS, -1).permute(2, 0, 3, 1, 4)
        # written out: backward through torch's own attention takes half of all time on a CPU
        weights = torch.softmax(parts[0] @ parts[1].transpose(2, 3) * (HIDDEN // ATTENTION_HEADS) ** -0.5 + mask, dim=3)
        mixed = weights.to(x.dtype) @ parts[2]
        x = self.norm(x + self.drop(self.out(mixed.transpose(1, 2).reshape(rows, length, HIDDEN))))
        return self.last_norm(x + self.drop(self.narrow(functional.gelu(self.wide(x)))))


class Encoder(nn.Module):
    """Word pieces, some of them flagged, to states of each: a transformer encoder (Devlin et al. 2019)."""

    def __init__(self, layers: int = LAYERS, flags: int = 2) -> None:
        super().__init__()
        self.words = nn.Embedding(WORDS, HIDDEN)
        self.places = nn.Embedding(LONGEST, HIDDEN)
        self.flag = nn.Embedding(flags, HIDDEN)
        nn.init.normal_(self.flag.weight, std=0.05)
        self.flag.weight.data[0] = 0
        self.norm = nn.LayerNorm(HIDDEN, eps=1e-12)
        self.drop = Dropout()
        self.layers = nn.ModuleList(Layer(self.drop) for _ in range(layers))

    def encode(self, vectors: Tensor, flags: Tensor | None, mask: Tensor | None = None) -> Tensor:
        """States (B, P, width) from word vectors; ``mask`` is added to the weights of pieces (0, or much less)."""
        placed = vectors + self.places(torch.arange(vectors.shape[1]))
        x = self.drop(self.norm(placed if flags is None else placed + self.flag(flags)))
        if torch.is_autocast_enabled("cpu"):
            x = x.bfloat16()
        for layer in self.layers:
            x = layer(x, mask.to(x.dtype) if mask is not None else 0)
        return x

    def parameters_by_rate(self) -> tuple[list[nn.Parameter], list[nn.Parameter]]:
        """What is pre-trained, and what is new and learns faster."""
        modules = (self.layers, self.norm, self.places, self.words)
        old = [p for module in modules for p in module.parameters() if p.requires_grad]
        known = {id(p) for p in old}
        return old, [p for p in self.parameters() if p.requires_grad and id(p) not in known]


class Tagger(Encoder):
    """Word pieces with their tokens' features and the cue that is asked about to scores of tags.

    ``prompted`` is the share of windows of which the features are told in training: a network that is always told
    leans on them.
    """

    offsets: Tensor

    def __init__(self, sizes: Sequence[int], prompted: float = 1.0) -> None:
        super().__init__()
        self.values = nn.Embedding(sum(sizes), FEATURE_WIDTH)
        self.register_buffer("offsets", torch.tensor([0, *np.cumsum(sizes)[:-1]]))
        self.tags = nn.Linear(HIDDEN + len(sizes) * FEATURE_WIDTH, len(ROLES) * TAGS)
        self.prompted = prompted

    def forward(self, pieces: Tensor, firsts: Tensor, features: Tensor, flags: Tensor) -> Tensor:
        """Emissions (B, T, roles * tags)."""
        return self.read(self.words(pieces), firsts, features, flags, without_padding(pieces))

    def read(
        self,
        vectors: Tensor,
        firsts: Tensor,
        features: Tensor,
        flags: Tensor | None = None,
        mask: Tensor | None = None,
    ) -> Tensor:
        """The same from word vectors; no flags are as none set."""
        x = self.encode(vectors, flags, mask)
        token = torch.gather(x, 1, firsts[:, :, None].expand(-1, -1, HIDDEN))
        told = self.drop(self.values(features + self.offsets).flatten(2))
        if self.training and self.prompted < 1:
            told = told * (torch.rand(len(told), 1, 1) < self.prompted)
        return self.tags(torch.cat([self.drop(token), told.to(token.dtype)], dim=2))


def batches_by_length(lengths: Sequence[int], size: int, noise: float, seed: int | None = None) -> Iterator[list[int]]:
    """Numbers of what is of like length together, in order of length or, with a seed, in any.

    With a seed the lengths are blurred by ``noise``, so that batches differ from epoch to epoch.
    """
    chance = random.Random(seed)
    blur = [chance.uniform(-noise, noise) if seed is not None else 0.0 for _ in lengths]
    order = sorted(range(len(lengths)), key=lambda n: (lengths[n] + blur[n], n))
    found = [order[n : n + size] for n in range(0, len(order), size)]
    if seed is not None:
        chance.shuffle(found)
    yield from found


def without_padding(pieces: Tensor) -> Tensor:
    """What keeps padding from being mixed in (B, 1, 1, P)."""
    return (pieces == 0)[:, None, None, :] * NEVER


def prepare(network: Encoder, rate: float, steps: int) -> tuple[torch.optim.Optimizer, LambdaLR]:
    """Optimizer and schedule of so many steps (Devlin et al. 2019: AdamW, warm-up, linear decay).

    ``rate`` is the learning rate of what is pre-trained, at its height.
    """
    old, new = network.parameters_by_rate()
    groups = [{"params": old, "lr": rate}, {"params": new, "lr": HEADS * rate}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    return optimizer, LambdaLR(
        optimizer, lambda n: min((n + 1) / (WARM_UP * steps), max(0.0, (steps - n) / (steps * (1 - WARM_UP))))
    )


def descend(network: nn.Module, optimizer: torch.optim.Optimizer, schedule: LambdaLR) -> None:
    """One step down the gradient that has been computed."""
    nn.utils.clip_grad_norm_([p for p in network.parameters() if p.requires_grad], 1.0)
    optimizer.step()
    optimizer.zero_grad(set_to_none=True)
    schedule.step()


def load_pretrained(network: Encoder, folder: Path) -> None:
    """Start from MiniLM-L6 (Wang et al. 2020) as sentence-transformers trained it, or from its first layers."""
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


def take_shipped_words(network: Encoder) -> None:
    """Give a network the word vectors that the project ships, to be left alone."""
    shipped = load_vectors()
    network.words.weight.data = torch.from_numpy(shipped.table.astype(np.float32) * shipped.scale)
    network.words.weight.requires_grad_(False)


def _copy(module: nn.Module, weights: dict[str, Tensor], name: str) -> None:
    module.weight.data, module.bias.data = weights[name + ".weight"], weights[name + ".bias"]
