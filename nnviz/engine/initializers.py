"""Initializers: the weights and biases before the first step."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.network import Network
from nnviz.table import Table
from nnviz.value import dataclass

Spread = Callable[[np.random.Generator, int, int], Floats]
"""Draws the weights (outputs, inputs) of one layer, given the numbers of inputs and outputs."""


@dataclass(frozen=True, slots=True)
class Initializer:
    """How the weights of a layer are drawn; its biases all start at one value."""

    key: str
    label: str
    hint: str
    spread: Spread
    bias: float = 0.0

    def draw(self, rng: np.random.Generator, network: Network) -> Floats:
        """A new theta for a network, all its layers drawn in this way."""
        return drawn(rng, network, [self] * len(network.places))


def drawn(
    rng: np.random.Generator, network: Network, initializers: Sequence[Initializer]
) -> Floats:
    """A new theta for a network, its layers drawn one after the other, each in its own way.

    What activations learn starts where they say.
    """
    theta = np.empty(network.size)
    for layer, initializer in zip(network.layers(theta), initializers, strict=True):
        outputs, inputs = layer.weights.shape
        layer.weights[:] = initializer.spread(rng, inputs, outputs)
        layer.biases[:] = initializer.bias
    for layer, activation in zip(network.layers(theta), network.activations, strict=False):
        layer.alphas[:] = activation.parameter
    return theta


def _glorot(rng: np.random.Generator, inputs: int, outputs: int) -> Floats:
    limit = np.sqrt(6.0 / (inputs + outputs))
    return rng.uniform(-limit, limit, (outputs, inputs))


def _he(rng: np.random.Generator, inputs: int, outputs: int) -> Floats:
    return rng.normal(0.0, np.sqrt(2.0 / inputs), (outputs, inputs))


def _lecun(rng: np.random.Generator, inputs: int, outputs: int) -> Floats:
    return rng.normal(0.0, np.sqrt(1.0 / inputs), (outputs, inputs))


def _orthogonal(rng: np.random.Generator, inputs: int, outputs: int) -> Floats:
    """Evenly drawn among all: QR of normal numbers, the diagonal of R made positive."""
    long, short = max(inputs, outputs), min(inputs, outputs)
    q, r = np.linalg.qr(rng.normal(size=(long, short)))
    q = q * np.where(np.diag(r) < 0.0, -1.0, 1.0)
    return q if outputs >= inputs else q.T


def _small_uniform(rng: np.random.Generator, inputs: int, outputs: int) -> Floats:
    return rng.uniform(-0.1, 0.1, (outputs, inputs))


def _playground(rng: np.random.Generator, inputs: int, outputs: int) -> Floats:
    return rng.uniform(-0.5, 0.5, (outputs, inputs))


def _zero(rng: np.random.Generator, inputs: int, outputs: int) -> Floats:
    return np.zeros((outputs, inputs))


INITIALIZERS: Table[Initializer] = Table(
    "initializer",
    [
        Initializer(
            "glorot",
            "Glorot",
            "uniform, as wide as signals need to keep their size through tanh"
            " (Glorot & Bengio 2010)",
            _glorot,
        ),
        Initializer(
            "he",
            "He",
            "normal, as wide as signals need to keep their size through ReLU (He et al. 2015)",
            _he,
        ),
        Initializer(
            "lecun",
            "LeCun",
            "normal, as wide as signals need to keep their size through no function at all"
            " (LeCun et al. 1998)",
            _lecun,
        ),
        Initializer(
            "orthogonal",
            "Orthogonal",
            "a rotation, which neither stretches nor shrinks a signal (Saxe et al. 2014)",
            _orthogonal,
        ),
        Initializer(
            "playground",
            "Playground",
            "uniform from -0.5 to 0.5, biases 0.1, as TensorFlow Playground starts",
            _playground,
            bias=0.1,
        ),
        Initializer(
            "small-uniform",
            "Small uniform",
            "uniform from -0.1 to 0.1: so small that learning is slow to begin",
            _small_uniform,
        ),
        Initializer(
            "zero", "Zero", "all alike, so that all neurons of a layer stay alike for good", _zero
        ),
    ],
)
