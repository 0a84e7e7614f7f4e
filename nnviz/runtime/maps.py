"""What every unit of a network says over the plane, as small pictures and one large one.

All units come from one forward pass over a grid, so a picture of fifty neurons costs little more
than one of the output. Single precision is more than colors can show, and several times as fast.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nnviz.engine.features import inputs
from nnviz.engine.losses import predict
from nnviz.engine.network import Network
from nnviz.engine.raster import plane, shade, shade_classes
from nnviz.experiment.build import Setup
from nnviz.runtime.answers import Answers, answers, has_unit
from nnviz.runtime.frames import Bytes, Floats, Wishes
from nnviz.runtime.lines import decision_lines, even_lines, margin_lines, round_above
from nnviz.runtime.scenes import Change, Domain, Level, Lines, Unit
from nnviz.value import dataclass

LEAST_CHANGE = 0.01
"""The smallest change that a map of changes shows in full color."""


@dataclass(frozen=True, slots=True, eq=False)
class Boundary:
    """The large map: values of shape (cells, cells), their colors, its lines, what it covers.

    `change` is there when it shows what changed since a moment that was kept.
    """

    output: Floats
    rgba: Bytes
    decision: Lines
    domain: Domain
    unit: Unit | None
    levels: tuple[Level, ...] = ()
    change: Change | None = None


@dataclass(frozen=True, slots=True, eq=False)
class Past:
    """A moment of a network to compare with."""

    setup: Setup
    theta: Floats
    epoch: int


def neuron_maps(setup: Setup, theta: Floats, wishes: Wishes) -> Bytes:
    """A small picture for every unit, features first, of shape (units, cells, cells, 4)."""
    cells = wishes.neuron_cells
    values = unit_values(setup, theta, cells)
    scaled = [scaled_values(setup.network, layer, each) for layer, each in enumerate(values)]
    return shade(np.concatenate(scaled).reshape(-1, cells, cells), wishes.stops)


def boundary(
    setup: Setup,
    theta: Floats,
    wishes: Wishes,
    cells: int | None = None,
    past: Past | None = None,
) -> Boundary:
    """The large map, of the output or of the unit that is to be seen.

    Args:
        setup: whose network it is.
        theta: where the network stands, of shape (parameters,).
        wishes: what to show, and how.
        cells: the side of the map, if not the one wished for.
        past: what to compare with: the map shows what changed since.
    """
    cells = cells or wishes.boundary_cells
    unit, domain = unit_shown(setup, wishes), wishes.domain or setup.dataset.plane
    said = over_plane(setup, theta, domain, cells, unit)
    is_winner = unit is None and len(said.outputs) > 1
    own = _winners(setup, said.outputs) if is_winner else said.own
    change = None
    if past is not None and (unit is None or has_unit(past.setup.network, unit)):
        before = over_plane(past.setup, past.theta, domain, cells, unit)
        rise = _lead_rise(said, before) if is_winner else said.own - before.own
        change, colors = _change(rise, past.epoch, wishes)
    elif is_winner:
        colors = _class_colors(setup, said.outputs, wishes)
    else:
        colors = _colors(setup, said.own, unit, wishes)
    lines = decision_lines(said.sums, domain) if speaks_for_output(setup, unit) else ()
    levels = _levels(setup, said, unit, domain) if setup.experiment.view.levels else ()
    return Boundary(own, colors, lines, domain, unit, levels, change)


def unit_shown(setup: Setup, wishes: Wishes) -> Unit | None:
    """Whose map is large: the unit pointed at, the pinned one, or None for the output."""
    for unit in (wishes.unit, setup.experiment.view.pinned):
        if has_unit(setup.network, unit):
            return unit
    return None


def is_output(setup: Setup, unit: Unit | None) -> bool:
    """Whether the map of a unit is the output's: None, or the one output unit there is."""
    widths = setup.network.widths
    return unit is None or (unit[0] == len(widths) - 1 and widths[-1] == 1)


def speaks_for_output(setup: Setup, unit: Unit | None) -> bool:
    """Whether classes meet on the map of a unit."""
    return setup.dataset.problem != "regression" and is_output(setup, unit)


def over_plane(
    setup: Setup, theta: Floats, domain: Domain, cells: int, unit: Unit | None = None
) -> Answers:
    """What a network says over a part of the plane, in a grid of so many cells a side."""
    fed = _fed(setup.experiment.features, domain, cells)
    return answers(setup.network, theta, fed, unit).shaped(cells)


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
        key = rule_key(network, layer)
        if key == "tanh":
            return values
        if key in ("sigmoid", "softmax"):
            return 2.0 * values - 1.0
    if layer == len(network.widths) - 1:
        return values
    most = np.abs(values).max(axis=-1, keepdims=True, initial=1.0)
    scaled: Floats = values / most
    return scaled


def rule_key(network: Network, layer: int) -> str:
    """The key of what the units of a layer above the features compute."""
    hidden = network.activations
    return hidden[layer - 1].key if layer <= len(hidden) else network.head.output_key


def class_scores(network: Network, outputs: Floats) -> Floats:
    """What several outputs say as scores from 0 to 1."""
    scaled = scaled_values(network, len(network.widths) - 1, outputs)
    scores: Floats = 0.5 * np.clip(scaled, -1.0, 1.0) + 0.5
    return scores


def _colors(setup: Setup, own: Floats, unit: Unit | None, wishes: Wishes) -> Bytes:
    layer = unit[0] if unit is not None else len(setup.network.widths) - 1
    flat = scaled_values(setup.network, layer, own.ravel())
    discretize = setup.experiment.view.discretize
    return shade(flat.reshape(own.shape), wishes.stops, discretize=discretize)


def _winners(setup: Setup, outputs: Floats) -> Floats:
    flat = outputs.reshape(len(outputs), -1)
    classes = predict(flat, setup.network.head.output_key)
    return classes.reshape(outputs.shape[1:]).astype(np.float64)


def _class_colors(setup: Setup, outputs: Floats, wishes: Wishes) -> Bytes:
    scores = class_scores(setup.network, outputs)
    view = setup.experiment.view
    return shade_classes(scores, wishes.classes, wishes.stops[1], discretize=view.discretize)


def _levels(setup: Setup, said: Answers, unit: Unit | None, domain: Domain) -> tuple[Level, ...]:
    chosen, output = setup.experiment.view.level_values, setup.network.head.output
    if speaks_for_output(setup, unit):
        return margin_lines(said.outputs, output, domain, chosen)
    return even_lines(said.own, domain, chosen)


def _lead_rise(now: Answers, before: Answers) -> Floats:
    """By how much the output of the class that wins now rose, of shape (rows, columns)."""
    if len(now.outputs) != len(before.outputs):
        return np.zeros_like(now.own)
    winner = now.outputs.argmax(axis=0)[None]
    one, other = (np.take_along_axis(it.outputs, winner, axis=0)[0] for it in (now, before))
    rise: Floats = one - other
    return rise


def _change(rise: Floats, epoch: int, wishes: Wishes) -> tuple[Change, Bytes]:
    largest = float(np.nanmax(np.abs(rise), initial=0.0))
    most = round_above(min(max(largest, LEAST_CHANGE), 1e9))
    return Change(epoch, most), shade(rise / most, wishes.stops)


@lru_cache(maxsize=8)
def _fed(features: tuple[str, ...], domain: Domain, cells: int) -> Floats:
    fed = inputs(features, plane(domain, cells).reshape(-1, 2))
    fed = fed.astype(np.float32)
    fed.flags.writeable = False
    return fed
