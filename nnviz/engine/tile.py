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

from nnviz.engine.elementary import exp
from nnviz.engine.machine import address, call, get, put_four
from nnviz.engine.rows import STRIDE, VECTOR, Array
from nnviz.engine.shuffle import DRAWS, layer_key, mixed
from nnviz.engine.vectors import called, inlined

mix: Any = called(mixed)
of_layer: Any = called(layer_key)


class Span(NamedTuple):
    """One layer: where its parameters start, its inputs and outputs, and its first input unit.

    `alpha` is where in theta its learned parameter is, negative where there is none.
    """

    start: int
    inputs: int
    outputs: int
    unit: int
    alpha: int


class Plan(NamedTuple):
    """What is to be done, in numbers that compiled code can read.

    `spans` has a row for each layer. `rules` are addresses: one for each hidden layer, then of
    head, penalty and optimizer. `numbers` are the parameters of the activations, then the
    penalty's two, each hidden layer's dropout, and the value above which one output unit speaks for
    class 1. `held` are the places of theta that stay as they are.
    """

    spans: Array
    rules: Array
    numbers: Array
    hyperparameters: Array
    held: Array
    is_shared: bool
    carries: bool
    kills: bool
    classes: int
    batch: int
    seed: int


class Work(NamedTuple):
    """Room for one tile: blocks for all units from the inputs on, end to end.

    `targets` and `losses` belong to the outputs. In layers with an alpha the derivatives by it
    take the place of the sums in `z`. On the way back the derivatives by the sums take the place
    of the slopes.
    """

    lane: int
    values: Array
    slopes: Array
    z: Array
    targets: Array
    losses: Array


@inlined
def span(plan: Plan, layer: int) -> Span:
    """One layer of a plan."""
    row = plan.spans[layer]
    return Span(row[0], row[1], row[2], row[3], row[4])


@inlined
def make_work(plan: Plan, lane: int) -> Work:
    """Room for a tile of so many samples, with an edge that rows may run over."""
    last = span(plan, len(plan.spans) - 1)
    units = last.unit + last.inputs + last.outputs
    size, edge = units * lane + STRIDE, last.outputs * lane + STRIDE
    return Work(
        lane, np.zeros(size), np.zeros(size), np.zeros(size), np.zeros(edge), np.zeros(edge)
    )


@inlined
def sums(theta: Array, layer: Span, work: Work) -> None:
    """The weighted sums of one layer, into z."""
    lane = work.lane
    own = (layer.unit + layer.inputs) * lane
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
            put_four(work.z, own + o * lane + s, a, b, c, d)


@inlined
def lower(outputs: int, z: Array, lane: int) -> None:
    """Lower the sums of each sample by the logarithm of the sum of their exponentials."""
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


@inlined
def drop(number: int, units: int, at: int, moment: tuple[int, int], plan: Plan, work: Work) -> None:  # noqa: PLR0913
    """Let some units of a hidden layer sit out, by `shuffle.dropout_mask`.

    Args:
        number: the layer.
        units: how many it has.
        at: where its values stand.
        moment: the epoch, and the place of the tile's first sample in its order.
        plan: the network.
        work: the tile.
    """
    epoch, start = moment
    dropout = plan.numbers[len(plan.spans) + 1 + number]
    key = of_layer(plan.seed, epoch, number)
    scale, limit = 1.0 / (1.0 - dropout), int(dropout * DRAWS)
    for u in range(units):
        row = mix(key, u)
        for s in range(work.lane):
            kept = scale if mix(row, start + s) & 0x7FFFFFFF >= limit else 0.0
            work.values[at + u * work.lane + s] *= kept
            work.slopes[at + u * work.lane + s] *= kept
            work.z[at + u * work.lane + s] *= kept


@inlined
def forward(theta: Array, plan: Plan, work: Work, moment: tuple[int, int]) -> None:
    """From the inputs to the outputs, the losses and the slopes of all units.

    `moment` is as in `drop`; in an epoch before the first, nobody sits out.
    """
    last = len(plan.spans) - 1
    for number in range(last + 1):
        layer = span(plan, number)
        sums(theta, layer, work)
        count = (layer.outputs * work.lane + STRIDE - 1) // STRIDE * STRIDE
        at = (layer.unit + layer.inputs) * work.lane
        z, value, slope = address(work.z, at), address(work.values, at), address(work.slopes, at)
        if number < last:
            parameter = plan.numbers[number] if layer.alpha < 0 else theta[layer.alpha]
            call(plan.rules[number], (z, count, parameter, value, slope))
            if moment[0] >= 0 and plan.numbers[last + 2 + number] > 0.0:
                drop(number, layer.outputs, at, moment, plan, work)
        else:
            if plan.is_shared:
                lower(layer.outputs, work.z[at:], work.lane)
            wanted, loss = address(work.targets, 0), address(work.losses, 0)
            call(plan.rules[number], (z, wanted, count, value, loss, slope))


@inlined
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
            below = span(plan, number - 1)
            if below.alpha >= 0:
                hand_down(theta, layer, work, work.z)
                gather(below, work, quads)
            hand_down(theta, layer, work, work.slopes)


@inlined
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


@inlined
def gather(layer: Span, work: Work, quads: Array) -> None:
    """Add the gradient of a layer's alpha, from its parts for each unit and sample in z."""
    own, quad = (layer.unit + layer.inputs) * work.lane, VECTOR * layer.alpha
    a, b = get(quads, quad), get(quads, quad + 1)
    c, d = get(quads, quad + 2), get(quads, quad + 3)
    for at in range(own, own + layer.outputs * work.lane, VECTOR):
        a += get(work.z, at)
        b += get(work.z, at + 1)
        c += get(work.z, at + 2)
        d += get(work.z, at + 3)
    put_four(quads, quad, a, b, c, d)


@inlined
def hand_down(theta: Array, layer: Span, work: Work, factors: Array) -> None:
    """Multiply factors by the derivatives by the values of the units that a layer looks at.

    The slopes there become the derivatives by the sums.
    """
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
            a, b = a * get(factors, at), b * get(factors, at + 1)
            c, d = c * get(factors, at + 2), d * get(factors, at + 3)
            put_four(factors, at, a, b, c, d)
