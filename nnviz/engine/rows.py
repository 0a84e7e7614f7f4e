"""Rules made into machine code: each a C function that works through a whole row of numbers.

The rules stay where they are, in `activations`, `losses`, `penalties`, `optimizers` and
`surfaces`. Here they are put into five templates, one for each kind of rule, and compiled. The loop
calls them by address, so it is compiled once and knows none of them: a new rule costs nothing here.

A template is an ordinary function in which RULE and the like are names left open. To compile it
for a rule, a copy is made in which they are bound, under a name of its own: the name is what the
cache on disk goes by.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FunctionType
from typing import Any

import numba
from llvmlite import binding  # type: ignore[import-untyped]
from numba import carray, types  # type: ignore[attr-defined]
from numba.core.compiler_lock import global_compiler_lock
from numba.np.unsafe.ndarray import to_fixed_tuple

from nnviz.engine.activations import Activation
from nnviz.engine.field import Surface
from nnviz.engine.losses import Head
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.penalties import Penalty
from nnviz.engine.vectors import OPTIONS, called, inlined
from nnviz.knob import knobs

Rule = Callable[..., Any]
Array = Any
"""What stands for a pointer or an array inside compiled code."""


def _open(*_arguments: Array) -> Array:
    raise NotImplementedError


RULE: Rule = _open
BEND: Rule = _open
OUTPUT: Rule = _open
LOSS: Rule = _open
RECALL: Rule = _open
KEEP: Rule = _open
SLOTS = 0
COUNT = 0
"""The names that templates leave open."""

RULES = ("RULE", "BEND", "OUTPUT", "LOSS")
"""Those of them that stand for a rule."""

VECTOR = 4
"""How many numbers a vector holds."""

STRIDE = 3 * VECTOR
"""Rows are fastest where they are as long as a multiple of this one: nothing is left over."""

NUMBERS = types.CPointer(types.float64)  # type: ignore[no-untyped-call]
WHOLE = types.int64
REAL = types.float64
ACTIVATION_ROW = types.void(NUMBERS, WHOLE, REAL, NUMBERS, NUMBERS)
HEAD_ROW = types.void(NUMBERS, NUMBERS, WHOLE, NUMBERS, NUMBERS, NUMBERS)
PENALTY_ROW = types.void(NUMBERS, WHOLE, REAL, REAL, NUMBERS)
OPTIMIZER_ROW = types.void(NUMBERS, NUMBERS, NUMBERS, WHOLE, REAL, NUMBERS)
SURFACE_ROW = types.void(NUMBERS, WHOLE, NUMBERS, NUMBERS)


def _activation_row(  # pragma: no cover - compiled
    z: Array, count: int, p: float, value: Array, slope: Array
) -> None:
    """Values and slopes of weighted sums."""
    sums, values, slopes = carray(z, count), carray(value, count), carray(slope, count)
    for i in range(count):
        values[i], slopes[i] = RULE(sums[i], p)


def _learning_row(  # pragma: no cover - compiled
    z: Array, count: int, p: float, value: Array, slope: Array
) -> None:
    """Values and slopes of weighted sums, and in place of these the derivatives by p."""
    sums, values, slopes = carray(z, count), carray(value, count), carray(slope, count)
    for i in range(count):
        values[i], slopes[i] = RULE(sums[i], p)
        sums[i] = BEND(sums[i])


def _head_row(  # pragma: no cover - compiled  # noqa: PLR0913 - C functions know no structures here
    z: Array, y: Array, count: int, output: Array, loss: Array, slope: Array
) -> None:
    """Outputs, losses and their slopes, of weighted sums and targets."""
    sums, wanted, outputs = carray(z, count), carray(y, count), carray(output, count)
    losses, slopes = carray(loss, count), carray(slope, count)
    for i in range(count):
        a, a_slope = OUTPUT(sums[i], 0.0)
        losses[i], slopes[i] = LOSS(sums[i], a, a_slope, wanted[i])
        outputs[i] = a


def _penalty_row(  # pragma: no cover - compiled
    w: Array, count: int, rate: float, share: float, grad: Array
) -> None:
    """Add the penalty's gradient to that of the weights."""
    weights, grads = carray(w, count), carray(grad, count)
    for i in range(count):
        grads[i] += RULE(weights[i], rate, share)[1]


def _optimizer_row(  # pragma: no cover - compiled  # noqa: PLR0913 - C functions know no structures here
    theta: Array, grad: Array, memory: Array, count: int, t: float, k: Array
) -> None:
    """Move all parameters by one step, in place; the memory has one row for each slot."""
    parameters, grads = carray(theta, count), carray(grad, count)
    rows = carray(memory, (SLOTS, count))
    numbers: Array = to_fixed_tuple(carray(k, COUNT), COUNT)  # type: ignore[call-arg]
    for i in range(count):
        parameters[i], kept = RULE(parameters[i], grads[i], RECALL(rows, i), t, numbers)
        KEEP(rows, i, kept)


def _surface_row(  # pragma: no cover - compiled
    places: Array, count: int, loss: Array, slope: Array
) -> None:
    """Losses and slopes at places; of these two the x of all stand above the y of all."""
    points, losses, slopes = (
        carray(places, (2, count)),
        carray(loss, count),
        carray(slope, (2, count)),
    )
    for i in range(count):
        losses[i], slopes[0, i], slopes[1, i] = RULE(points[0, i], points[1, i])


@called
def _recall_0(rows: Array, i: int) -> Array:
    return ()


@called
def _recall_1(rows: Array, i: int) -> Array:
    return (rows[0, i],)


@called
def _recall_2(rows: Array, i: int) -> Array:
    return rows[0, i], rows[1, i]


@called
def _recall_3(rows: Array, i: int) -> Array:
    return rows[0, i], rows[1, i], rows[2, i]


@called
def _recall_5(rows: Array, i: int) -> Array:
    return rows[0, i], rows[1, i], rows[2, i], rows[3, i], rows[4, i]


@called
def _keep_0(rows: Array, i: int, kept: Array) -> None:
    return


@called
def _keep_1(rows: Array, i: int, kept: Array) -> None:
    rows[0, i] = kept[0]


@called
def _keep_2(rows: Array, i: int, kept: Array) -> None:
    rows[0, i], rows[1, i] = kept


@called
def _keep_3(rows: Array, i: int, kept: Array) -> None:
    rows[0, i], rows[1, i], rows[2, i] = kept


@called
def _keep_5(rows: Array, i: int, kept: Array) -> None:
    rows[0, i], rows[1, i], rows[2, i], rows[3, i], rows[4, i] = kept


MEMORIES = {
    0: (_recall_0, _keep_0),
    1: (_recall_1, _keep_1),
    2: (_recall_2, _keep_2),
    3: (_recall_3, _keep_3),
    5: (_recall_5, _keep_5),
}
"""How the memory of one parameter is read and written, by the number of slots."""


def activation_row(kind: type[Activation]) -> Any:  # noqa: ANN401 - a compiled C function
    """The row of an activation: of (sums, count, parameter, values out, slopes out).

    Where the parameter is learned, the derivatives by it take the place of the sums.
    """
    name = f"activation {kind.key}"
    if kind.learns:
        return _row(ACTIVATION_ROW, _learning_row, name, RULE=kind.rule, BEND=kind.bend)
    return _row(ACTIVATION_ROW, _activation_row, name, RULE=kind.rule)


def head_row(head: Head) -> Any:  # noqa: ANN401 - a compiled C function
    """The row of a head: of (sums, targets, count, outputs out, losses out, slopes out)."""
    name = f"head {head.output_key} {head.loss_key}"
    rules = {"OUTPUT": head.output.rule, "LOSS": head.loss.rule}
    return _row(HEAD_ROW, _head_row, name, **rules)


def penalty_row(kind: type[Penalty]) -> Any:  # noqa: ANN401 - a compiled C function
    """The row of a penalty: of (weights, count, rate, share, gradient to add to)."""
    return _row(PENALTY_ROW, _penalty_row, f"penalty {kind.key}", RULE=kind.rule)


def optimizer_row(kind: type[Optimizer]) -> Any:  # noqa: ANN401 - a compiled C function
    """The row of an optimizer: of (theta, gradient, memory, count, step, hyperparameters)."""
    recall, keep = MEMORIES[kind.slots]
    return _row(
        OPTIMIZER_ROW,
        _optimizer_row,
        f"optimizer {kind.key}",
        RULE=kind.rule,
        RECALL=recall,
        KEEP=keep,
        SLOTS=kind.slots,
        COUNT=len(knobs(kind)),
    )


def surface_row(surface: Surface) -> Any:  # noqa: ANN401 - a compiled C function
    """The row of a test surface: of (places, count, losses out, slopes out)."""
    return _row(SURFACE_ROW, _surface_row, f"surface {surface.key}", RULE=surface.rule)


def _row(signature: Any, template: Any, name: str, **bound: Any) -> Any:  # noqa: ANN401
    """Compile a copy of a template, or load it from the cache."""
    names = {key: inlined(value) if key in RULES else value for key, value in bound.items()}
    copy = FunctionType(template.__code__, {**template.__globals__, **names}, template.__name__)
    copy.__qualname__ = name.replace(" ", "_").replace("-", "_")
    copy.__module__ = __name__
    with _in_step():
        return numba.cfunc(signature, cache=True, **OPTIONS)(copy)


@contextmanager
def _in_step() -> Iterator[None]:
    """Work on `STRIDE` numbers at once, in vectors that do not wait for one another.

    Single numbers are left alone: two that were made a pair keep the loop from being vectors. The
    compiler's settings are those of all threads, so the others wait.
    """
    with global_compiler_lock:
        pairs = numba.config.SLP_VECTORIZE  # type: ignore[attr-defined]
        numba.config.SLP_VECTORIZE = 0  # type: ignore[attr-defined]
        _vectors(VECTOR, STRIDE // VECTOR)
        yield
        _vectors(0, 0)
        numba.config.SLP_VECTORIZE = pairs  # type: ignore[attr-defined]


def _vectors(width: int, abreast: int) -> None:
    """Tell the compiler how wide vectors are and how many go abreast; 0 is as it likes."""
    binding.set_option("", f"-force-vector-width={width}")
    binding.set_option("", f"-force-vector-interleave={abreast}")
