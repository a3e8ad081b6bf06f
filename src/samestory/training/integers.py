"""Encoders as onnxruntime runs them fastest: products of whole numbers, attention as one operator.

What is multiplied becomes integers of eight bits on a scale that examples give beforehand (Jacob et al. 2018), so that
what becomes of a row hangs on no other row, and sums of integers are the same in any order. Weights of at most 23 steps
either way keep a sum of two products within 16 bits, which processors without the newer instructions need. The
operators are onnxruntime's own: each takes the place of several passes over memory, which cost more than the products.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from samestory.training.network import ATTENTION_HEADS

FUSED = "com.microsoft"  # onnxruntime's own operators
MIX, OUT = "mix.bias", "out.bias"  # of a layer: what asks, answers and is mixed, side by side; and what comes of it
KEPT = "integers.kept"  # 1 for each piece that is there, 0 for padding (row, piece)
STEPS = 255  # of eight bits
COMMON, ROOM = 99.99, 2.5  # percentile of an example's numbers; so many times its mean are told apart, rarer ones cut
Ranges = dict[str, tuple[float, float]]


class Linear(NamedTuple):
    """A product with weights kept as integers, and its sum with a bias: the names of all that goes in."""

    given: str
    weights: str
    scale: str
    bias: str


def find_ranges(model: Any, examples: Iterable[Mapping[str, np.ndarray]]) -> Ranges:
    """Between which numbers, zero among them, lies what each product of an ONNX model is given in these examples.

    The rarest are left out (after Wu et al. 2020, percentile calibration): with all of them, steps would be coarser.
    """
    import onnx
    import onnxruntime

    watched = onnx.ModelProto()
    watched.CopyFrom(model)
    seen: dict[str, list[np.ndarray]] = {linear.given: [] for linear in _linears(model.graph).values()}
    watched.graph.output.extend(onnx.helper.make_tensor_value_info(name, onnx.TensorProto.FLOAT, None) for name in seen)
    session = onnxruntime.InferenceSession(watched.SerializeToString(), providers=["CPUExecutionProvider"])
    for given in examples:
        for own, value in zip(seen.values(), session.run(list(seen), dict(given)), strict=True):
            own.append(np.percentile(value, [0, 100 - COMMON, COMMON, 100]))
    return {name: _range(np.array(own)) for name, own in seen.items()}


def _range(seen: np.ndarray) -> tuple[float, float]:
    """From the least, a low, a high and the greatest number of each example to the range that is told apart."""
    low, high = ROOM * seen[:, 1].mean(), ROOM * seen[:, 2].mean()
    return float(min(max(low, seen[:, 0].min()), 0)), float(max(min(high, seen[:, 3].max()), 0))


def multiply_integers(model: Any, ranges: Ranges) -> Any:
    """Rewrite in place each layer's attention and each product of an ONNX model with weights that are integers with
    scales of columns. Layers are those of ``samestory.training.network``, by the names of their parts."""
    from onnx import helper, numpy_helper

    graph = model.graph
    tables = {tensor.name: tensor for tensor in graph.initializer}
    linears = _linears(graph)
    made = list(_kept_pieces())
    constants = {"integers.hidden": np.float32(0), "integers.single": np.array([1, 2])}
    for x in {linear.given: None for linear in linears.values()}:
        step = np.float32((ranges[x][1] - ranges[x][0]) / STEPS)
        constants |= {f"{x}.step": step, f"{x}.zero": np.uint8(round(-ranges[x][0] / float(step)))}
        made.append(helper.make_node("QuantizeLinear", [x, f"{x}.step", f"{x}.zero"], [f"{x}.int"]))
    mixing = {linear.bias.removesuffix(MIX): linear for linear in linears.values() if linear.bias.endswith(MIX)}
    for result, linear in linears.items():
        scale = numpy_helper.to_array(tables[linear.scale]).reshape(-1)
        tables[linear.scale].CopyFrom(numpy_helper.from_array(scale, linear.scale))
        made.append(_product(linear, result))
        if linear.bias.endswith(OUT):
            made.append(_attention(mixing[linear.bias.removesuffix(OUT)], linear.given))
    makers = _makers(graph) | {output: node for node in made for output in node.output}
    nodes = list(_in_order([output.name for output in graph.output], makers))
    del graph.node[:]
    graph.node.extend(nodes)
    graph.initializer.extend(numpy_helper.from_array(np.array(value), name) for name, value in constants.items())
    used = {name for node in nodes for name in node.input}
    for tensor in [tensor for tensor in graph.initializer if tensor.name not in used]:
        graph.initializer.remove(tensor)
    model.opset_import.append(helper.make_opsetid(FUSED, 1))
    return model


def _makers(graph: Any) -> dict[str, Any]:
    return {output: node for node in graph.node for output in node.output}


def _linears(graph: Any) -> dict[str, Linear]:
    """What goes into each sum of a bias and a product with weights that are kept as integers, by the sum's name."""
    tables, makers = {tensor.name for tensor in graph.initializer}, _makers(graph)
    found = {}
    for node in graph.node:
        bias = next((name for name in node.input if name in tables), None)
        product = next((makers[name] for name in node.input if name in makers), None)
        if node.op_type != "Add" or bias is None or product is None or product.op_type != "MatMul":
            continue
        scaled = makers.get(product.input[1])
        if scaled is not None and scaled.op_type == "Mul" and scaled.input[1].endswith(".scale"):
            weights = makers[scaled.input[0]].input[0]
            found[node.output[0]] = Linear(product.input[0], weights, scaled.input[1], bias)
    return found


def _product(linear: Linear, result: str) -> Any:
    from onnx import helper

    x, weights, scale, bias = linear
    inputs = [f"{x}.int", weights, f"{x}.step", scale, f"{x}.zero", "", bias]
    return helper.make_node("MatMulIntegerToFloat", inputs, [result], domain=FUSED)


def _attention(linear: Linear, mixed: str) -> Any:
    """The node from a layer's input to what attention mixes of it."""
    from onnx import helper

    x, weights, scale, bias = linear
    inputs = [f"{x}.int", weights, bias, f"{x}.step", scale, KEPT, f"{x}.zero"]
    return helper.make_node("QAttention", inputs, [mixed], domain=FUSED, num_heads=ATTENTION_HEADS)


def _kept_pieces() -> Iterator[Any]:
    """Nodes from the mask, which is added elsewhere, to what attention reads of it."""
    from onnx import TensorProto, helper

    yield helper.make_node("Equal", ["mask", "integers.hidden"], ["integers.there"])
    yield helper.make_node("Cast", ["integers.there"], ["integers.flags"], to=TensorProto.INT32)
    yield helper.make_node("Squeeze", ["integers.flags", "integers.single"], [KEPT])


def _in_order(outputs: list[str], makers: dict[str, Any]) -> Iterator[Any]:
    """The nodes that these outputs need, each after those that it needs."""
    done: set[str] = set()
    waiting = list(reversed(outputs))
    while waiting:
        name = waiting.pop()
        if name in done or name not in makers:
            continue
        node = makers[name]
        before = [own for own in node.input if own in makers and own not in done]
        if before:
            waiting += [name, *reversed(before)]
        else:
            done.update(node.output)
            yield node
