"""A tile of samples on its way through the network, forward and back, in compiled code.

Values are kept in blocks of shape (units, lane), one row a unit, samples side by side; `lane` is
the number of samples made up to whole vectors, and those added count for nothing. All loops over
samples go by vectors of four numbers; sums over samples keep four running sums for each
parameter, which are added up in an order that never changes. The rules are called by address, a
whole layer at a time.
"""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic

from nnviz.engine.elementary import exp
from nnviz.engine.rows import Array
from nnviz.engine.vectors import called

VECTOR = 4
"""How many numbers are worked on at once."""

WIDE = 8
"""The bytes of a number."""


class Span(NamedTuple):
    """One layer: where its parameters start, its inputs and outputs, and its first input unit."""

    start: int
    inputs: int
    outputs: int
    unit: int


class Plan(NamedTuple):
    """What is to be done, in numbers that compiled code can read.

    `spans` has a row for each layer. `rules` are addresses: one for each hidden layer, then of
    head, penalty and optimizer. `numbers` are the parameters of the activations, then the
    penalty's two and the value above which one output unit speaks for class 1.
    """

    spans: Array
    rules: Array
    numbers: Array
    hyperparameters: Array
    is_shared: bool
    carries: bool
    kills: bool
    classes: int
    batch: int
    seed: int


class Work(NamedTuple):
    """Room for one tile: blocks for all units from the inputs on, end to end.

    `z` holds the sums of one layer, `targets` and `losses` belong to the outputs. On the way
    back the derivatives by the sums take the place of the slopes.
    """

    lane: int
    values: Array
    slopes: Array
    z: Array
    targets: Array
    losses: Array


def instruction(build: Any) -> Any:  # noqa: ANN401 - compiled code has types of its own
    """Something that compiled code can do and Python cannot."""
    return intrinsic(build)


@instruction
def call(_typing: Any, address: Any, arguments: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """Call the C function at an address, with a tuple of numbers and addresses."""

    def build(_context: Any, builder: Any, _signature: Any, values: Any) -> Any:  # noqa: ANN401
        given = cgutils.unpack_tuple(builder, values[1])  # type: ignore[no-untyped-call]
        kind = ir.FunctionType(ir.VoidType(), [value.type for value in given])
        builder.call(builder.inttoptr(values[0], kind.as_pointer()), given)

    return types.void(address, arguments), build


@instruction
def get(_typing: Any, array: Any, index: Any) -> Any:  # noqa: ANN401 - Numba's own types
    """A number of an array; the index is not negative, and not looked at, as vectors need it."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:  # noqa: ANN401
        struct = cgutils.create_struct_proxy(signature.args[0])(context, builder, values[0])  # type: ignore[no-untyped-call]
        return builder.load(builder.gep(struct.data, [values[1]]))

    return types.float64(array, index), build


@instruction
def put(_typing: Any, array: Any, index: Any, number: Any) -> Any:  # noqa: ANN401 - as above
    """Set a number of an array; see `get`."""

    def build(context: Any, builder: Any, signature: Any, values: Any) -> Any:  # noqa: ANN401
        struct = cgutils.create_struct_proxy(signature.args[0])(context, builder, values[0])  # type: ignore[no-untyped-call]
        builder.store(values[2], builder.gep(struct.data, [values[1]]))

    return types.void(array, index, number), build


@called
def put_four(array: Array, at: int, a: float, b: float, c: float, d: float) -> None:  # noqa: PLR0913
    """Set four numbers side by side: what tells the compiler to make vectors."""
    put(array, at, a)
    put(array, at + 1, b)
    put(array, at + 2, c)
    put(array, at + 3, d)


@called
def address(array: Array, index: int) -> Any:  # noqa: ANN401 - a whole number
    """Where a number of an array is in memory."""
    return array.ctypes.data + WIDE * index


@called
def span(plan: Plan, layer: int) -> Span:
    """One layer of a plan."""
    row = plan.spans[layer]
    return Span(row[0], row[1], row[2], row[3])


@called
def make_work(plan: Plan, lane: int) -> Work:
    """Room for a tile of so many samples."""
    last = span(plan, len(plan.spans) - 1)
    units = last.unit + last.inputs + last.outputs
    return Work(
        lane,
        np.zeros(units * lane),
        np.zeros(units * lane),
        np.zeros(units * lane),
        np.zeros(last.outputs * lane),
        np.zeros(last.outputs * lane),
    )


@called
def sums(theta: Array, layer: Span, work: Work) -> None:
    """The weighted sums of one layer, into z."""
    lane = work.lane
    bias = layer.start + layer.outputs * layer.inputs
    for o in range(layer.outputs):
        weight = layer.start + o * layer.inputs
        for s in range(0, lane, VECTOR):
            a = b = c = d = get(theta, bias + o)
            x = layer.unit * lane + s
            for i in range(layer.inputs):
                w = get(theta, weight + i)
                a += w * get(work.values, x)
                b += w * get(work.values, x + 1)
                c += w * get(work.values, x + 2)
                d += w * get(work.values, x + 3)
                x += lane
            put_four(work.z, o * lane + s, a, b, c, d)


@called
def lower(outputs: int, work: Work) -> None:
    """Lower the sums of each sample by the logarithm of the sum of their exponentials."""
    z, lane = work.z, work.lane
    for s in range(lane):
        top = z[s]
        for o in range(1, outputs):
            top = max(top, z[o * lane + s])
        total: Array = 0.0
        for o in range(outputs):
            z[o * lane + s] -= top
            total += exp(z[o * lane + s])
        for o in range(outputs):
            z[o * lane + s] -= np.log(total)


@called
def forward(theta: Array, plan: Plan, work: Work) -> None:
    """From the inputs to the outputs, the losses and the slopes of all units."""
    last = len(plan.spans) - 1
    z = address(work.z, 0)
    for number in range(last + 1):
        layer = span(plan, number)
        sums(theta, layer, work)
        count = layer.outputs * work.lane
        at = (layer.unit + layer.inputs) * work.lane
        value, slope = address(work.values, at), address(work.slopes, at)
        if number < last:
            call(plan.rules[number], (z, count, plan.numbers[number], value, slope))
        else:
            if plan.is_shared:
                lower(layer.outputs, work)
            wanted, loss = address(work.targets, 0), address(work.losses, 0)
            call(plan.rules[number], (z, wanted, count, value, loss, slope))


@called
def backward(theta: Array, plan: Plan, count: int, share: int, work: Work, quads: Array) -> None:  # noqa: PLR0913
    """Add what a tile says to the running sums of the gradient, of shape (parameters * 4,).

    Args:
        theta: the parameters.
        plan: the network.
        count: how many samples of the tile count.
        share: how many samples share in the update.
        work: the tile, after `forward`.
        quads: four running sums for each parameter.
    """
    last = len(plan.spans) - 1
    layer = span(plan, last)
    first = (layer.unit + layer.inputs) * work.lane
    for o in range(layer.outputs):
        for s in range(work.lane):
            at = first + o * work.lane + s
            work.slopes[at] = work.slopes[at] / share if s < count else 0.0
    for number in range(last, -1, -1):
        layer = span(plan, number)
        blame(layer, work, quads)
        if number:
            hand_down(theta, layer, work)


@called
def blame(layer: Span, work: Work, quads: Array) -> None:
    """Add one layer's gradient, from its derivatives and the values it saw."""
    lane, slopes, values = work.lane, work.slopes, work.values
    own = (layer.unit + layer.inputs) * lane
    quad = VECTOR * layer.start
    for o in range(layer.outputs):
        delta = own + o * lane
        for i in range(layer.inputs):
            a, b = get(quads, quad), get(quads, quad + 1)
            c, d = get(quads, quad + 2), get(quads, quad + 3)
            x = (layer.unit + i) * lane
            for s in range(0, lane, VECTOR):
                a += get(slopes, delta + s) * get(values, x + s)
                b += get(slopes, delta + s + 1) * get(values, x + s + 1)
                c += get(slopes, delta + s + 2) * get(values, x + s + 2)
                d += get(slopes, delta + s + 3) * get(values, x + s + 3)
            put_four(quads, quad, a, b, c, d)
            quad += VECTOR
    for o in range(layer.outputs):
        delta = own + o * lane
        a, b = get(quads, quad), get(quads, quad + 1)
        c, d = get(quads, quad + 2), get(quads, quad + 3)
        for s in range(0, lane, VECTOR):
            a += get(slopes, delta + s)
            b += get(slopes, delta + s + 1)
            c += get(slopes, delta + s + 2)
            d += get(slopes, delta + s + 3)
        put_four(quads, quad, a, b, c, d)
        quad += VECTOR


@called
def hand_down(theta: Array, layer: Span, work: Work) -> None:
    """Turn the slopes of the units that a layer looks at into derivatives by their sums."""
    lane, slopes = work.lane, work.slopes
    own = (layer.unit + layer.inputs) * lane
    for i in range(layer.inputs):
        for s in range(0, lane, VECTOR):
            a = b = c = d = 0.0
            weight, delta = layer.start + i, own + s
            for _ in range(layer.outputs):
                w = get(theta, weight)
                a += w * get(slopes, delta)
                b += w * get(slopes, delta + 1)
                c += w * get(slopes, delta + 2)
                d += w * get(slopes, delta + 3)
                weight += layer.inputs
                delta += lane
            at = (layer.unit + i) * lane + s
            a, b = a * get(slopes, at), b * get(slopes, at + 1)
            c, d = c * get(slopes, at + 2), d * get(slopes, at + 3)
            put_four(slopes, at, a, b, c, d)
