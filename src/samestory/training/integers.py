"""Products with weights in few bits as products of whole numbers: two to three times faster on processors since 2019.

Each row of what is multiplied (one word piece) becomes integers of eight bits with a scale of its own, so that a row's
result hangs on no other row, and sums of integers are the same in any order (after Dettmers et al. 2022, "LLM.int8()").
Weights of at most 23 steps either way keep a sum of two products within 16 bits, which processors without the newer
instructions need.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

LOWEST_GELU = 0.17  # what comes out of GELU (Hendrycks & Gimpel 2016) lies above minus this: no bit is spent on less
CONSTANTS = {
    "integers.low": np.float32(LOWEST_GELU),
    "integers.steps": np.float32(255),
    "integers.half": np.float32(0.5),
    "integers.side": np.float32(127),
    "integers.middle_half": np.float32(128.5),
    "integers.middle": np.uint8(128),
}


def multiply_integers(model: Any) -> Any:
    """Rewrite in place each product of an ONNX model with weights that are kept as integers and scales of columns."""
    from onnx import numpy_helper

    graph = model.graph
    tables = {tensor.name: tensor for tensor in graph.initializer}
    makers = {output: node for node in graph.node for output in node.output}
    written: list[Any] = []
    gone: list[str] = []
    told: set[str] = set()
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
        shift = None
        if raised:
            table, scale = (numpy_helper.to_array(tables[name]).astype(np.float64) for name in small)
            shift = f"{small[0]}.shift"
            lost = (-LOWEST_GELU * table.sum(axis=0) * scale[0]).astype(np.float32)
            graph.initializer.append(numpy_helper.from_array(lost, shift))
        written += _product(given, small, result, shift)
        gone += [node.input[1], makers[node.input[1]].input[0]]
    del graph.node[:]
    graph.node.extend(node for node in written if node.output[0] not in gone)
    graph.initializer.extend(numpy_helper.from_array(np.array(value), name) for name, value in CONSTANTS.items())
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
    from onnx import TensorProto, helper

    if raised:
        yield helper.make_node("Add", [x, "integers.low"], [f"{x}.size"])
    else:
        yield helper.make_node("Abs", [x], [f"{x}.size"])
    steps, rounding = ("integers.steps", "half") if raised else ("integers.side", "middle_half")
    yield helper.make_node("ReduceMax", [f"{x}.size"], [f"{x}.most"], axes=[-1], keepdims=1)
    yield helper.make_node("Div", [f"{x}.most", steps], [f"{x}.step"])
    yield helper.make_node("Div", [steps, f"{x}.most"], [f"{x}.times"])
    yield helper.make_node("Mul", [f"{x}.size" if raised else x, f"{x}.times"], [f"{x}.wide"])
    yield helper.make_node("Add", [f"{x}.wide", f"integers.{rounding}"], [f"{x}.rounded"])
    yield helper.make_node("Cast", [f"{x}.rounded"], [f"{x}.int"], to=TensorProto.UINT8)


def _product(x: str, small: tuple[str, str], result: str, shift: str | None) -> Iterator[Any]:
    """Nodes that multiply integers and give the result its scales back, with ``shift`` for what was raised."""
    from onnx import TensorProto, helper

    table, scale = small
    last = result if shift is None else f"{result}.raised"
    middle = ["integers.middle"] if shift is None else []
    yield helper.make_node("MatMulInteger", [f"{x}.int", table, *middle], [f"{result}.sum"])
    yield helper.make_node("Cast", [f"{result}.sum"], [f"{result}.float"], to=TensorProto.FLOAT)
    yield helper.make_node("Mul", [f"{result}.float", scale], [f"{result}.scaled"])
    yield helper.make_node("Mul", [f"{result}.scaled", f"{x}.step"], [last])
    if shift is not None:
        yield helper.make_node("Add", [last, shift], [result])
