"""Representation space: the data and the plane as a layer sees them, in two of its directions.

The plane goes in as a grid of lines and comes out folded, stretched and torn apart; a network has
learned its classes when one straight cut parts them here. From frame to frame axes keep their
signs and their order, and the window moves only when the data leave it, so nothing jumps.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from nnviz.engine.features import inputs
from nnviz.engine.raster import plane, shade, shade_classes
from nnviz.experiment.build import Setup
from nnviz.runtime.answers import Answers, answers, upper
from nnviz.runtime.directions import Directions, components, neurons, window
from nnviz.runtime.frames import Bytes, Floats, Wishes
from nnviz.runtime.lines import decision_lines
from nnviz.runtime.maps import class_scores, over_plane, rule_key, scaled_values
from nnviz.runtime.sample import Questions
from nnviz.runtime.scenes import Domain, Lines, SpacePicture, Unit
from nnviz.value import dataclass

LINES = 13
"""How many lines of the plane are followed each way."""

STEPS = 145
"""Of how many points such a line is made."""

FINER = 4
"""Of how many times as many, where only a part of the space is looked at."""

DECISION_CELLS = 128
"""How finely the border between classes is looked for before it is followed into the layer."""

MOST_FITTED = 1024
"""The components are those of so many training points at most."""

_RANGES = {"tanh": (-1.1, 1.1), "sigmoid": (-0.05, 1.05), "softmax": (-0.05, 1.05)}


@dataclass(frozen=True, slots=True, eq=False)
class Sight:
    """A network at a moment, looked at through two directions of one of its layers."""

    setup: Setup
    theta: Floats
    layer: int
    way: Directions

    def places(self, fed: Floats) -> Floats:
        """Where inputs of shape (inputs, n) are seen, of shape (n, 2)."""
        return self.way.places(layer_values(self.setup, self.theta, self.layer, fed))

    def image(self, place: tuple[float, float]) -> Floats:
        """Where a place of the plane is seen, of shape (2,)."""
        seen: Floats = self.places(inputs(self.setup.experiment.features, np.array([place])))[0]
        return seen

    def grid(self, steps: int = STEPS) -> tuple[Floats, Floats]:
        """The lines of the plane along which x2, or x1, stays the same: (lines, steps, 2)."""
        fed = _threads(self.setup.experiment.features, self.setup.dataset.plane, steps)
        across, upward = self.places(fed).reshape(2, LINES, steps, 2)
        return across, upward

    @property
    def is_whole(self) -> bool:
        """Whether a place seen is all that the rest of the network needs to know."""
        widths = self.setup.network.widths
        has_rest = self.layer < len(widths) - 1
        return has_rest and widths[self.layer] == 2 and bool(self.way.axes.any(axis=1).all())

    def answers(self, domain: Domain, cells: int) -> Answers:
        """What the rest of the network says over a part of the space."""
        above, part = upper(self.setup.network, self.theta, self.layer)
        fed = self.way.values(plane(domain, cells).reshape(-1, 2))
        return answers(above, part, fed.astype(np.float32)).shaped(cells)

    def images(self, cells: int = DECISION_CELLS) -> Lines:
        """The border between classes in the plane, followed into the layer."""
        if self.setup.dataset.problem == "regression":
            return ()
        domain, features = self.setup.dataset.plane, self.setup.experiment.features
        said = over_plane(self.setup, self.theta, domain, cells)
        lines = decision_lines(said.sums, domain)
        return tuple(self.places(inputs(features, line)) for line in lines)


class Space:
    """Shows a layer's space, and remembers how it lay in the frame before."""

    def __init__(self) -> None:
        self._key: tuple[object, ...] = ()
        self._axes: Floats | None = None
        self._domain: Domain | None = None

    def show(
        self, setup: Setup, theta: Floats, wishes: Wishes, asked: Questions, cells: int
    ) -> SpacePicture | None:
        """The picture of the space that the view names; None when it shows the plane.

        Args:
            setup: whose network it is.
            theta: where it stands, of shape (parameters,).
            wishes: how it is to be painted.
            asked: the points that are drawn.
            cells: the side of the map that is behind them, where there is one.
        """
        view = setup.experiment.view
        if view.space == "plane":
            return None
        layer, units = layer_shown(setup), units_shown(setup)
        key = (view.space, layer, units, setup.network, setup.experiment.data)
        if key != self._key:
            self._key, self._axes, self._domain = key, None, None
        way = self._directions(setup, theta, layer, units)
        sight = Sight(setup, theta, layer, way)
        places = sight.places(asked.fed)
        is_near = wishes.seen is not None
        across, upward = sight.grid(FINER * STEPS if is_near else STEPS)
        domain = self._window(setup, layer, np.concatenate([places, *across, *upward]))
        part = _part(wishes.seen, domain)
        said = sight.answers(part, cells) if sight.is_whole else None
        if said is None:
            lines = sight.images(2 * DECISION_CELLS if is_near else DECISION_CELLS)
        else:
            lines = _lines(setup, said, part)
        colors = None if said is None else _colors(setup, said, wishes)
        return SpacePicture(
            layer=layer,
            units=units,
            domain=domain,
            places=places,
            across=across,
            upward=upward,
            decision=lines,
            colors=colors,
            shares=way.shares,
            probe=None if view.probe is None else sight.image(view.probe),
            covered=None if part == domain else part,
        )

    def _directions(self, setup: Setup, theta: Floats, layer: int, units: Unit) -> Directions:
        if setup.experiment.view.space == "neurons":
            return neurons(setup.network.widths[layer], units)
        fed = setup.course.train_inputs
        fed = fed[:, :: max(1, -(-fed.shape[1] // MOST_FITTED))]
        way = components(layer_values(setup, theta, layer, fed), self._axes)
        self._axes = way.axes
        return way

    def _window(self, setup: Setup, layer: int, seen: Floats) -> Domain:
        is_even = setup.experiment.view.space == "components"
        fixed = None if is_even or not layer else _RANGES.get(rule_key(setup.network, layer))
        if fixed is not None:
            return (*fixed, *fixed)
        self._domain = window(seen[np.isfinite(seen).all(axis=1)], self._domain, is_even=is_even)
        return self._domain


def layer_shown(setup: Setup) -> int:
    """The layer whose space is seen: the one chosen, or the last hidden one if it is gone."""
    last = len(setup.network.widths) - (1 if setup.network.widths[-1] > 1 else 2)
    layer = setup.experiment.view.space_layer
    return layer if layer <= last else len(setup.network.widths) - 2


def units_shown(setup: Setup) -> Unit:
    """The neurons that span the space: those chosen, or the first ones of those that there are."""
    width = setup.network.widths[layer_shown(setup)]
    one, other = setup.experiment.view.space_units
    if max(one, other) < width and one != other:
        return one, other
    return 0, min(1, width - 1)


def layer_values(setup: Setup, theta: Floats, layer: int, fed: Floats) -> Floats:
    """The values of a layer (0: the features) for inputs (inputs, n), of shape (units, n)."""
    return fed if layer == 0 else setup.network.forward(theta, fed)[layer - 1]


def _part(seen: Domain | None, domain: Domain) -> Domain:
    """What is looked at within a window; all of it where that lies elsewhere by now."""
    if seen is None:
        return domain
    x0, x1 = max(seen[0], domain[0]), min(seen[1], domain[1])
    y0, y1 = max(seen[2], domain[2]), min(seen[3], domain[3])
    return (x0, x1, y0, y1) if x0 < x1 and y0 < y1 else domain


@lru_cache(maxsize=4)
def _threads(features: tuple[str, ...], domain: Domain, steps: int) -> Floats:
    """The lines of the plane as inputs of shape (inputs, 2 · LINES · steps): x2 fixed, x1 fixed."""
    x0, x1, y0, y1 = domain
    along, fixed = np.linspace(0, 1, steps), np.linspace(0, 1, LINES)
    moving, still = np.broadcast_arrays(along, fixed[:, None])
    across = np.stack([x0 + (x1 - x0) * moving, y0 + (y1 - y0) * still], axis=-1)
    upward = np.stack([x0 + (x1 - x0) * still, y0 + (y1 - y0) * moving], axis=-1)
    fed = inputs(features, np.concatenate([across, upward]).reshape(-1, 2))
    fed.flags.writeable = False
    return fed


def _lines(setup: Setup, said: Answers, domain: Domain) -> Lines:
    return () if setup.dataset.problem == "regression" else decision_lines(said.sums, domain)


def _colors(setup: Setup, said: Answers, wishes: Wishes) -> Bytes:
    discretize = setup.experiment.view.discretize
    if len(said.outputs) > 1:
        scores = class_scores(setup.network, said.outputs)
        return shade_classes(scores, wishes.classes, wishes.stops[1], discretize=discretize)
    scaled = scaled_values(setup.network, len(setup.network.widths) - 1, said.own)
    return shade(scaled, wishes.stops, discretize=discretize)
