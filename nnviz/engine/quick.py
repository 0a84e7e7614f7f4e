"""Values alone, in single precision and in place: what a picture of a loss needs, and no more.

The rules give value and slope at once, in new arrays. Where only values are drawn, of very many
networks, most of the time goes into the exponentials of the commonest activations and into fresh
memory; so those few are written here once more, and a test holds them to their rules.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activation import Activation, Parameter
from nnviz.engine.elementary import Floats
from nnviz.engine.network import Network

CHUNK = 12_288
"""How many numbers of one unit are worked on at once: places times samples."""

Singles = NDArray[np.float32]

_ONE, _TWO = np.float32(1.0), np.float32(2.0)


def quick_losses(network: Network, thetas: Floats, inputs: Floats, targets: Floats) -> Floats:
    """The mean loss at each theta of shape (n, parameters), all arrays in single precision.

    Args:
        network: whose parameters they are.
        thetas: of shape (n, parameters).
        inputs: of shape (features, samples).
        targets: of shape (outputs, samples).
    """
    samples = inputs.shape[1]
    size = max(1, min(len(thetas), CHUNK // max(samples, 1)))
    rooms = [np.empty((size, width, samples), np.float32) for width in network.widths[1:]]
    losses = np.empty(len(thetas))
    for start in range(0, len(thetas), size):
        part = thetas[start : start + size]
        z = _last_sums(network, part, inputs, [room[: len(part)] for room in rooms])
        losses[start : start + size] = network.head.evaluate(z, targets)[1].mean(axis=-1)
    return losses


def quick_values(activation: Activation, z: Floats, p: Parameter) -> Floats:
    """The values at weighted sums in single precision, perhaps in their place."""
    quick = _QUICK.get(activation.key)
    return activation.rule(z, p)[0] if quick is None else quick(z)


def _last_sums(network: Network, thetas: Floats, inputs: Floats, rooms: list[Singles]) -> Floats:
    """The sums that enter the output, worked out in rooms."""
    values = inputs
    for depth, layer in enumerate(network.layers(thetas)):
        z: Floats = np.matmul(layer.weights, values, out=rooms[depth])
        z += layer.biases[..., None]
        if depth < len(network.activations):
            activation = network.activations[depth]
            p = layer.alphas[..., None] if activation.learns else activation.parameter
            values = quick_values(activation, z, p)
    return z


def _tanh(z: Floats) -> Floats:
    """1 - 2 / (e^2z + 1), which is right to some 1e-7 everywhere."""
    z *= _TWO
    np.exp(z, out=z)
    z += _ONE
    np.divide(-_TWO, z, out=z)
    z += _ONE
    return z


def _sigmoid(z: Floats) -> Floats:
    np.negative(z, out=z)
    np.exp(z, out=z)
    z += _ONE
    np.divide(_ONE, z, out=z)
    return z


def _relu(z: Floats) -> Floats:
    return np.maximum(z, 0.0, out=z)


_QUICK: Mapping[str, Callable[[Floats], Floats]] = {
    "tanh": _tanh,
    "sigmoid": _sigmoid,
    "relu": _relu,
}
