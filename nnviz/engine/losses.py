"""Outputs and losses: what the last layer says, and what it costs to say it.

An output and a loss that fit make a `Head`. The loss sees the weighted sum and the output with
its slope at once, so that the exponentials of cross-entropy cancel before they can overflow.
Softmax is the only output whose units touch one another: its weighted sums are first lowered by
the logarithm of the sum of their exponentials, and from there on each unit stands alone too.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import Linear, Sigmoid, Tanh
from nnviz.engine.elementary import Floats, exp, log1p
from nnviz.mistake import Mistake
from nnviz.table import Table
from nnviz.value import dataclass


def _softmax_rule(z: Floats, p: float) -> tuple[Floats, Floats]:
    """Value and slope at sums that are lowered already."""
    value = exp(z)
    return value, value


@dataclass(frozen=True, slots=True)
class Output:
    """What the last layer makes of its weighted sums.

    `low` and `high` are what it should say of the wrong and the right class; one unit alone
    decides for class 1 above their middle. `is_shared`: its units sum to 1.
    """

    key: str
    label: str
    rule: Callable[[Floats, float], tuple[Floats, Floats]]
    low: float
    high: float
    is_shared: bool = False

    @property
    def middle(self) -> float:
        """The value at which one unit does not know the class."""
        return 0.5 * (self.low + self.high)


OUTPUTS: Table[Output] = Table(
    "output",
    [
        Output("tanh", "Tanh", Tanh.rule, -1.0, 1.0),
        Output("sigmoid", "Sigmoid", Sigmoid.rule, 0.0, 1.0),
        Output("linear", "Linear", Linear.rule, -1.0, 1.0),
        Output("softmax", "Softmax", _softmax_rule, 0.0, 1.0, is_shared=True),
    ],
)


class Loss:
    """What an output costs that is not its target; `outputs` are the keys of those that fit."""

    key: ClassVar[str]
    label: ClassVar[str]
    formula: ClassVar[str]
    outputs: ClassVar[tuple[str, ...]]
    for_regression: ClassVar[bool]

    @staticmethod
    def rule(z: Floats, a: Floats, slope: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The loss of each unit and its derivative by the weighted sum.

        Args:
            z: the weighted sum (lowered already where the output is shared).
            a: the output there.
            slope: the derivative of the output by the weighted sum.
            y: the target.
        """
        raise NotImplementedError


class HalfSquared(Loss):
    """Half the squared distance to the target: for regression, and Playground's for classes."""

    key: ClassVar[str] = "half-squared"
    label: ClassVar[str] = "Half squared error"
    formula: ClassVar[str] = r"\frac{1}{2} (a - y)^2"
    outputs: ClassVar[tuple[str, ...]] = ("tanh", "sigmoid", "linear")
    for_regression: ClassVar[bool] = True

    @staticmethod
    def rule(z: Floats, a: Floats, slope: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The loss and its derivative."""
        error = a - y
        return 0.5 * error * error, error * slope


class MeanSquared(Loss):
    """The squared distance to the target, not halved: twice the loss, and twice the steps.

    The mean is over the samples; the output units are added up.
    """

    key: ClassVar[str] = "mean-squared"
    label: ClassVar[str] = "Mean squared error"
    formula: ClassVar[str] = r"(a - y)^2"
    outputs: ClassVar[tuple[str, ...]] = ("tanh", "sigmoid", "linear")
    for_regression: ClassVar[bool] = True

    @staticmethod
    def rule(z: Floats, a: Floats, slope: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The loss and its derivative."""
        error = a - y
        return error * error, 2.0 * error * slope


class BinaryCrossEntropy(Loss):
    """How surprising the true class is, for outputs that are probabilities one by one."""

    key: ClassVar[str] = "binary-cross-entropy"
    label: ClassVar[str] = "Binary cross-entropy"
    formula: ClassVar[str] = r"-y \ln a - (1 - y) \ln(1 - a)"
    outputs: ClassVar[tuple[str, ...]] = ("sigmoid",)
    for_regression: ClassVar[bool] = False

    @staticmethod
    def rule(z: Floats, a: Floats, slope: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The loss and its derivative, from the weighted sum: no logarithm of 0."""
        return np.maximum(z, 0.0) - z * y + log1p(exp(-np.abs(z))), a - y


class CrossEntropy(Loss):
    """How surprising the true class is, for outputs that are probabilities together."""

    key: ClassVar[str] = "cross-entropy"
    label: ClassVar[str] = "Cross-entropy"
    formula: ClassVar[str] = r"-\sum_k y_k \ln a_k"
    outputs: ClassVar[tuple[str, ...]] = ("softmax",)
    for_regression: ClassVar[bool] = False

    @staticmethod
    def rule(z: Floats, a: Floats, slope: Floats, y: Floats) -> tuple[Floats, Floats]:
        """The loss and its derivative; the lowered sums are the logarithms of the output."""
        return -y * z, a - y


LOSSES: Table[type[Loss]] = Table(
    "loss", [HalfSquared, MeanSquared, BinaryCrossEntropy, CrossEntropy]
)


@dataclass(frozen=True, slots=True)
class Head:
    """An output together with a loss that fits it, by their keys.

    Raises:
        Mistake: if they do not fit.
    """

    output_key: str
    loss_key: str

    def __post_init__(self) -> None:
        fitting = LOSSES[self.loss_key].outputs
        if OUTPUTS[self.output_key].key not in fitting:
            raise Mistake(
                f"The loss {self.loss_key!r} does not fit the output {self.output_key!r};"
                f" it needs {' or '.join(fitting)}."
            )

    @property
    def output(self) -> Output:
        """The output itself."""
        return OUTPUTS[self.output_key]

    @property
    def loss(self) -> type[Loss]:
        """The loss itself."""
        return LOSSES[self.loss_key]

    def outputs(self, z: Floats) -> Floats:
        """What the last layer says, from its sums of shape (…, units, samples)."""
        return self.output.rule(self._lowered(z), 0.0)[0]

    def evaluate(self, z: Floats, targets: Floats) -> tuple[Floats, Floats, Floats]:
        """Outputs, losses and the derivative of the losses by the weighted sums.

        Args:
            z: weighted sums of shape (…, units, samples).
            targets: of shape (units, samples).

        Returns:
            The outputs (…, units, samples), the loss of each sample (…, samples), summed over
            the units, and its derivative by z, of the shape of z.
        """
        z = self._lowered(z)
        a, slope = self.output.rule(z, 0.0)
        losses, slopes = self.loss.rule(z, a, slope, targets)
        return a, losses.sum(axis=-2), slopes

    def _lowered(self, z: Floats) -> Floats:
        if not self.output.is_shared:
            return z
        z = z - z.max(axis=-2, keepdims=True)
        lowered: Floats = z - np.log(np.exp(z).sum(axis=-2, keepdims=True))
        return lowered


def fitting_output(problem: str, loss_key: str, classes: int) -> str:
    """The key of the output that fits a problem, a loss and a number of classes.

    Raises:
        Mistake: if the loss is for classes and the problem has none.
    """
    loss = LOSSES[loss_key]
    if problem != "regression":
        return loss.outputs[0]
    if not loss.for_regression:
        fitting = " or ".join(repr(each.key) for each in LOSSES if each.for_regression)
        raise Mistake(f"The loss {loss_key!r} needs classes; for regression use {fitting}.")
    return "linear"


def output_units(classes: int, output_key: str) -> int:
    """How many output units there are: one for two classes or a number, else one a class."""
    if OUTPUTS[output_key].is_shared:
        return max(classes, 2)
    return classes if classes > 2 else 1


def targets(labels: Floats, classes: int, output_key: str) -> Floats:
    """What the output should say, of shape (units, samples).

    Args:
        labels: class indices or, where there are fewer than two classes, the values themselves.
        classes: the number of classes.
        output_key: which output is to say it.
    """
    if classes < 2:
        return np.array(labels, dtype=np.float64)[None, :]
    output = OUTPUTS[output_key]
    units = output_units(classes, output_key)
    own = np.arange(units)[:, None] if units > 1 else np.ones((1, 1))
    return np.where(labels[None, :] == own, output.high, output.low)


def predict(outputs: Floats, output_key: str) -> NDArray[np.intp]:
    """The class that outputs of shape (…, units, samples) speak for, of shape (…, samples)."""
    if outputs.shape[-2] > 1:
        best: NDArray[np.intp] = np.argmax(outputs, axis=-2)
        return best
    return (outputs[..., 0, :] > OUTPUTS[output_key].middle).astype(np.intp)
