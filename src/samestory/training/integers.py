"""Products with weights in few bits as products of whole numbers: two to three times faster on processors since 2019.

Each row of what is multiplied (one word piece) becomes integers of eight bits with a scale of its own, so that a row's
result hangs on no other row, and sums of integers are the same in any order (after Dettmers et al. 2022, "LLM.int8()").
Weights of at most 23 steps either way keep a sum of two products within 16 bits, which processors without the newer
instructions need. What is done to single numbers takes more time than the products: scales of columns come off within
the product, and what raises an activation comes off with the bias.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

LOWEST_GELU = 0.17  # what comes out of GELU (Hendrycks & Gimpel 2016) lies above minus this: no bit is spent on less
CONSTANTS = {
    "integers.low": np.float32(LOWEST_GELU),
    "integers.steps": np.float32(255),
    "integers.side": np.float32(127),
    "integers.one": np.float32(1),
    "integers.zero": np.uint8(0),
    "integers.middle": np.uint8(128),
}
FUSED = "com.microsoft"  # onnxruntime's own operators: product, scale and sum in one pass over memory


def multiply_integers(model: Any) -> Any:
    """Rewrite in place each product of an ONNX model with weights that are kept as integers and scales of columns."""
    from onnx import helper, numpy_helper

    graph = model.graph
    tables = {tensor.name: tensor for tensor in graph.initializer}
    makers = {output: node for node in graph.node for output in node.output}
    written: list[Any] = []
    gone: list[str] = []
    told: set[str] = set()
    biases = {name: node for node in graph.node if node.op_type == "Add" for name in node.input}
    for node in graph.node:
        small = _kept(node, makers) if node.op_type == "MatMul" else None
        if small is None:
            written.append(node)
            continue
        given, result = node.input[0], node.output[0]
        raised = _is_gelu(makers[given], makers)
        if given not in told:
            told.add(given)
            written += _to_integers(given, raised)
        table, scale = (numpy_helper.to_array(tables[name]) for name in small)
        if raised:  # what raising added comes off with what is added anyhow
            bias = next(name for name in biases[result].input if name in tables)
            lost = -LOWEST_GELU * table.astype(np.float64).sum(axis=0) * scale[0]
            own = numpy_helper.to_array(tables[bias])
            tables[bias].CopyFrom(numpy_helper.from_array((own + lost).astype(np.float32), bias))
        tables[small[1]].CopyFrom(numpy_helper.from_array(scale[0], small[1]))
        written += _product(given, small, result, "zero" if raised else "middle")
        gone += [node.input[1], makers[node.input[1]].input[0]]
    del graph.node[:]
    graph.node.extend(node for node in written if node.output[0] not in gone)
    graph.initializer.extend(numpy_helper.from_array(np.array(value), name) for name, value in CONSTANTS.items())
    model.opset_import.append(helper.make_opsetid(FUSED, 1))
    return model


def _kept(node: Any, makers: dict[str, Any]) -> tuple[str, str] | None:
    """The names of a product's weights and of their scales, where they are kept as integers."""
    scaled = makers.get(node.input[1])
    if scaled is None or scaled.op_type != "Mul" or not scaled.input[1].endswith(".scale"):
        return None
    return makers[scaled.input[0]].input[0], scaled.input[1]


def _is_gelu(node: Any, makers: dict[str, Any]) -> bool:
    """Whether a node ends GELU as torch writes it: a half of x times one and the error function of x."""
    before = [makers[name] for name in node.input if name in makers]
    return node.op_type == "Mul" and any(
        inner.op_type == "Add" and any(makers[name].op_type == "Erf" for name in inner.input if name in makers)
        for outer in before
        if outer.op_type == "Mul"
        for inner in (makers[name] for name in outer.input if name in makers)
    )


def _to_integers(x: str, raised: bool) -> Iterator[Any]:
    """Nodes that write rows as ``x.int`` with ``x.step``: from zero up if ``raised``, else about a middle of 128."""
    from onnx import helper

    if raised:
        yield helper.make_node("Add", [x, "integers.low"], [f"{x}.size"])
    else:
        yield helper.make_node("Abs", [x], [f"{x}.size"])
    steps, zero = ("integers.steps", "integers.zero") if raised else ("integers.side", "integers.middle")
    yield helper.make_node("ReduceMax", [f"{x}.size"], [f"{x}.most"], axes=[-1], keepdims=1)
    yield helper.make_node("Div", [f"{x}.most", steps], [f"{x}.step"])
    yield helper.make_node("Div", [steps, f"{x}.most"], [f"{x}.times"])
    yield helper.make_node("Mul", [f"{x}.size" if raised else x, f"{x}.times"], [f"{x}.wide"])
    yield helper.make_node("QuantizeLinear", [f"{x}.wide", "integers.one", zero], [f"{x}.int"])


def _product(x: str, small: tuple[str, str], result: str, zero: str) -> Iterator[Any]:
    """Nodes that multiply integers and give the result its scales back: those of columns, then those of rows."""
    from onnx import helper

    inputs = [f"{x}.int", small[0], "integers.one", small[1], f"integers.{zero}"]
    yield helper.make_node("MatMulIntegerToFloat", inputs, [f"{result}.scaled"], domain=FUSED)
    yield helper.make_node("Mul", [f"{result}.scaled", f"{x}.step"], [result])
