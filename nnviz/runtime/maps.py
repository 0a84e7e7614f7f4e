"""What every unit of a network says over the plane, as small pictures and one large one.

All units come from one forward pass over a grid, so a picture of fifty neurons costs little more
than one of the output. Single precision is more than colors can show, and several times as fast.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from nnviz.engine.features import inputs
from nnviz.engine.losses import predict
from nnviz.engine.network import Network
from nnviz.engine.raster import contour_lines, plane, shade, shade_classes
from nnviz.experiment.build import Setup
from nnviz.runtime.frames import Bytes, Floats, Wishes


@dataclass(frozen=True, slots=True)
class Boundary:
    """The large map: values of shape (cells, cells), their colors, and where classes meet."""

    output: Floats
    rgba: Bytes
    decision: tuple[Floats, ...]


def neuron_maps(setup: Setup, theta: Floats, wishes: Wishes) -> Bytes:
    """A small picture for every unit, features first, of shape (units, cells, cells, 4)."""
    cells = wishes.neuron_cells
    values = unit_values(setup, theta, cells)
    scaled = [scaled_values(setup.network, layer, each) for layer, each in enumerate(values)]
    return shade(np.concatenate(scaled).reshape(-1, cells, cells), wishes.stops)


def boundary(setup: Setup, theta: Floats, wishes: Wishes, cells: int | None = None) -> Boundary:
    """The large map, of the output or of the unit that the window wishes to see.

    Args:
        setup: whose network it is.
        theta: where the network stands, of shape (parameters,).
        wishes: what to show, and how.
        cells: the side of the map, if not the one wished for.
    """
    cells = cells or wishes.boundary_cells
    values = unit_values(setup, theta, cells)
    outputs = values[-1].reshape(-1, cells, cells)
    decision = decision_lines(setup, outputs)
    unit = wishes.unit if _has(values, wishes.unit) else None
    if unit is None and len(outputs) > 1:
        return Boundary(
            _winners(setup, values[-1], cells), _class_colors(setup, outputs, wishes), decision
        )
    layer, place = unit or (len(values) - 1, 0)
    own = values[layer][place].reshape(cells, cells)
    scaled = scaled_values(setup.network, layer, own)
    discretize = setup.experiment.view.discretize
    return Boundary(own, shade(scaled, wishes.stops, discretize=discretize), decision)


def unit_values(setup: Setup, theta: Floats, cells: int) -> list[Floats]:
    """The values of every layer over the plane, features first, each of shape (units, cells²)."""
    fed = _fed(setup.experiment.features, setup.dataset.plane, cells)
    return [fed, *setup.network.forward(theta.astype(np.float32), fed)]


def scaled_values(network: Network, layer: int, values: Floats) -> Floats:
    """Values of a layer (0: the features) brought to -1 to 1 so that all colors are used.

    What is bounded keeps its range; the rest is divided by its largest absolute value where that
    is above 1, unit by unit.
    """
    if layer > 0:
        key = _rule_key(network, layer)
        if key == "tanh":
            return values
        if key in ("sigmoid", "softmax"):
            return 2.0 * values - 1.0
    if layer == len(network.widths) - 1:
        return values
    most = np.abs(values).max(axis=-1, keepdims=True, initial=1.0)
    scaled: Floats = values / most
    return scaled


def decision_lines(setup: Setup, outputs: Floats) -> tuple[Floats, ...]:
    """The lines where classes meet, each of shape (points, 2); none for regression.

    Args:
        setup: whose network it is.
        outputs: of shape (units, cells, cells).
    """
    if setup.dataset.problem == "regression":
        return ()
    if len(outputs) == 1:
        (lines,) = contour_lines(
            outputs[0], setup.dataset.plane, (setup.network.head.output.middle,)
        )
        return lines
    borders: list[Floats] = []
    for one in range(len(outputs) - 1):
        rest = np.delete(outputs, one, axis=0).max(axis=0)
        borders.extend(contour_lines(outputs[one] - rest, setup.dataset.plane, (0.0,))[0])
    return tuple(borders)


def _rule_key(network: Network, layer: int) -> str:
    hidden = network.activations
    return hidden[layer - 1].key if layer <= len(hidden) else network.head.output_key


def _has(values: list[Floats], unit: tuple[int, int] | None) -> bool:
    if unit is None:
        return False
    layer, place = unit
    return 0 <= layer < len(values) and 0 <= place < len(values[layer])


def _winners(setup: Setup, outputs: Floats, cells: int) -> Floats:
    classes = predict(outputs, setup.network.head.output_key)
    return classes.reshape(cells, cells).astype(np.float64)


def _class_colors(setup: Setup, outputs: Floats, wishes: Wishes) -> Bytes:
    scores = scaled_values(setup.network, len(setup.network.widths) - 1, outputs)
    scores = 0.5 * np.clip(scores, -1.0, 1.0) + 0.5
    view = setup.experiment.view
    return shade_classes(scores, wishes.classes, wishes.stops[1], discretize=view.discretize)


@lru_cache(maxsize=16)
def _fed(
    features: tuple[str, ...], domain: tuple[float, float, float, float], cells: int
) -> Floats:
    fed = inputs(features, plane(domain, cells).reshape(-1, 2))
    fed = fed.astype(np.float32)
    fed.flags.writeable = False
    return fed
