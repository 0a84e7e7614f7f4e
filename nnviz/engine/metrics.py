"""How good a network is, and how well it is: small functions of arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.elementary import Floats
from nnviz.engine.network import Network

Counts = NDArray[np.intp]

FLAT = 0.01
"""A unit whose slope is smaller than this is saturated: next to nothing comes back through it."""


def accuracy(predicted: NDArray[np.generic], labels: NDArray[np.generic]) -> float:
    """The share of points whose class was found, from 0 to 1; NaN without points."""
    return float(np.mean(predicted == labels)) if len(labels) else float("nan")


def confusion(predicted: Floats | Counts, labels: Floats | Counts, classes: int) -> Counts:
    """How often which class was taken for which, of shape (true classes, predicted classes)."""
    pairs = np.asarray(labels, dtype=np.intp) * classes + np.asarray(predicted, dtype=np.intp)
    return np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)


def precision(counts: Counts) -> Floats:
    """For each class, the share of right ones among those called so; NaN where none was.

    Args:
        counts: what `confusion` gives.
    """
    return _shares(np.diagonal(counts), counts.sum(axis=0))


def recall(counts: Counts) -> Floats:
    """For each class, the share that was found; NaN where there is none.

    Args:
        counts: what `confusion` gives.
    """
    return _shares(np.diagonal(counts), counts.sum(axis=1))


def _shares(part: Counts, whole: Counts) -> Floats:
    shares = np.full(len(whole), np.nan)
    np.divide(part, whole, out=shares, where=whole > 0)
    return shares


def r_squared(outputs: Floats, values: Floats) -> float:
    """The share of the variance that is explained: 1 - SSE/SST; NaN for values all alike.

    1 is perfect, 0 as good as the mean, below 0 worse than it.
    """
    spread = float(np.sum((values - values.mean()) ** 2)) if len(values) else 0.0
    if spread == 0:
        return float("nan")
    return 1 - float(np.sum((outputs - values) ** 2)) / spread


def gradient_norms(network: Network, gradient: Floats) -> Floats:
    """The Euclidean length of each layer's part of a gradient, of shape (layers,)."""
    return np.array(
        [np.linalg.norm(gradient[place.start : place.stop]) for place in network.places]
    )


def pre_activations(network: Network, theta: Floats, inputs: Floats) -> list[Floats]:
    """What enters the units of every hidden layer: W h + b, each of shape (units, samples)."""
    below = [inputs, *network.forward(theta, inputs)]
    layers = network.layers(theta)[:-1]
    return [
        layer.weights @ values + layer.biases[:, None]
        for layer, values in zip(layers, below, strict=False)
    ]


def saturated_shares(network: Network, theta: Floats, inputs: Floats) -> Floats:
    """The share of flat slopes over the units and points of each hidden layer."""
    layers = network.layers(theta)
    return np.array(
        [
            np.mean(np.abs(network.units(depth, layers[depth], z)[1]) < FLAT)
            for depth, z in enumerate(pre_activations(network, theta, inputs))
        ]
    )


def dead_shares(network: Network, theta: Floats, inputs: Floats) -> Floats:
    """The share of units in each hidden layer that no point lifts above 0.

    For a ReLU such a unit is dead: it gives 0 for every point, and no gradient comes back.
    """
    return np.array(
        [np.mean((z <= 0).all(axis=1)) for z in pre_activations(network, theta, inputs)]
    )
