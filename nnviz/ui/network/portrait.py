"""What the canvas of the network is shown of a picture, and what a selection means in theta.

Features have tiles in an order of their own: those of the table, on or off, then typed ones. What
an experiment feeds may be ordered in another way, so columns of the first weights are sorted here.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.features import FEATURES, feature_of, inputs
from nnviz.engine.network import Network
from nnviz.engine.raster import plane, shade
from nnviz.experiment import edits
from nnviz.experiment.build import network_of, slice_axes
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Bytes, Floats, Overlay
from nnviz.ui.canvas.network_view import Badge, FeatureView, NetworkView, Picked
from nnviz.value import dataclass

Bools = NDArray[np.bool_]
Layers = tuple[Floats, ...]

OFF, SATURATED = 0.9, 0.5
"""From which shares of the training points on a unit wears a badge: off, or saturated."""


@dataclass(frozen=True, slots=True, eq=False)
class Portrait:
    """What stays the same while numbers change.

    `keys` are the features that have a tile; `sources` are the places among the inputs of those
    that are on, in the order of the tiles. `axes` are what the loss surface is drawn over.
    """

    experiment: Experiment
    network: Network
    keys: tuple[str, ...]
    sources: tuple[int, ...]
    features: tuple[FeatureView, ...]
    held: Bools
    cut: Bools
    axes: tuple[tuple[str, Picked], ...]

    @classmethod
    def of(cls, experiment: Experiment, kept: tuple[str, ...] = ()) -> Portrait:
        """The portrait of an experiment; `kept` are typed features that stay offered when off."""
        network, fed = network_of(experiment), experiment.features
        keys = edits.in_order(dict.fromkeys((*FEATURES.keys, *kept, *fed)))
        sources = tuple(fed.index(key) for key in keys if key in fed)
        return cls(
            experiment=experiment,
            network=network,
            keys=keys,
            sources=sources,
            features=tuple(
                FeatureView(key, feature_of(key).label, key in fed, edits.is_typed(key))
                for key in keys
            ),
            held=_mask(network.size, experiment.architecture.held),
            cut=_mask(network.size, experiment.architecture.cut),
            axes=_axes(experiment.landscape, network, sources),
        )

    def view(self, theta: Floats, overlay: Overlay | None = None) -> NetworkView:
        """What the canvas draws at a theta of shape (parameters,)."""
        network, known = self.network, overlay or Overlay()
        weights, biases = self._parts(theta)
        gradients, bias_gradients = self._maybe(known.gradient)
        updates, bias_updates = self._maybe(known.update)
        held, held_biases = self._parts(self.held)
        activity = self._activity(known.activity)
        shown = {"gradient": gradients, "update": updates, "activity": _carried(weights, activity)}
        layers, key = self.experiment.architecture.hidden, self.experiment.view.overlay
        return NetworkView(
            features=self.features,
            widths=network.widths[1:-1],
            outputs=network.widths[-1],
            activations=(*(each.label for each in network.activations), network.head.output.label),
            weights=weights,
            biases=biases,
            shown=shown.get(key) or (),
            overlay=key,
            held=held,
            cut=self._parts(self.cut)[0],
            held_biases=held_biases,
            badges=self._badges(known.shares),
            alphas=self._alphas(theta),
            dropouts=(*(each.dropout for each in layers), 0.0),
            activity=activity,
            gradients=gradients,
            updates=updates,
            bias_gradients=bias_gradients,
            bias_updates=bias_updates,
            axes=self.axes,
        )

    def places(self, picked: Picked) -> tuple[int, ...]:
        """The places in theta of a selection: a neuron stands for its bias."""
        network = self.network
        weights = [
            network.weight_place(layer, unit, self.sources[source] if layer == 0 else source)
            for layer, unit, source in picked.weights
        ]
        units = [each for each in picked.units if each[0] >= 0]
        biases = [network.bias_place(*each) for each in (*picked.biases, *units)]
        return tuple(dict.fromkeys((*weights, *biases)))

    def places_into(self, picked: Picked) -> tuple[int, ...]:
        """The places in theta of all that comes into the neurons of a selection."""
        places: list[int] = []
        for layer, unit in (each for each in picked.units if each[0] >= 0):
            inputs_ = range(self.network.widths[layer])
            places += [self.network.weight_place(layer, unit, each) for each in inputs_]
            places.append(self.network.bias_place(layer, unit))
        return tuple(places)

    def unit(self, unit: tuple[int, int] | None) -> tuple[int, int] | None:
        """A unit of the canvas as the network counts it: only the features that are on."""
        if unit is None or unit[0] > 0:
            return unit
        fed, key = self.experiment.features, self.keys[unit[1]]
        return (0, fed.index(key)) if key in fed else None

    def fits(self, experiment: Experiment) -> bool:
        """Whether places of this portrait mean the same in another experiment."""
        if experiment is self.experiment:
            return True
        own, other = self.experiment, experiment
        return own.features == other.features and self.network == network_of(other)

    def _parts(self, numbers: NDArray[np.generic]) -> tuple[tuple[NDArray, ...], ...]:  # type: ignore[type-arg]
        """Weights and biases of each layer, the first columns in the order of the tiles."""
        layers = self.network.layers(numbers)  # type: ignore[arg-type]
        weights = [each.weights for each in layers]
        if self.sources != tuple(range(len(self.sources))):
            weights[0] = weights[0][:, self.sources]
        return tuple(weights), tuple(each.biases for each in layers)

    def _maybe(self, numbers: Floats | None) -> tuple[Layers | None, Layers | None]:
        if numbers is None or numbers.size != self.network.size:
            return None, None
        weights, biases = self._parts(numbers)
        return weights, biases

    def _activity(self, values: Layers | None) -> Layers | None:
        return None if values is None else (values[0][list(self.sources)], *values[1:])

    def _alphas(self, theta: Floats) -> tuple[float | None, ...]:
        found = [theta[each.alphas] for each in self.network.places]
        return tuple(float(each[0]) if each.size else None for each in found)

    def _badges(self, shares: Layers) -> tuple[tuple[Badge | None, ...], ...]:
        hidden = tuple(tuple(map(_badge, *each.tolist())) for each in shares)
        return (*hidden, (None,) * self.network.widths[-1]) if hidden else ()


@lru_cache(maxsize=4)
def feature_maps(
    keys: tuple[str, ...], stops: bytes, domain: tuple[float, float, float, float], cells: int
) -> Bytes:
    """The maps of features, whether they are on or not, of shape (features, cells, cells, 4).

    Args:
        keys: of the features.
        stops: the bytes of the color scale, of shape (3, 3).
        domain: x_min, x_max, y_min, y_max of the plane.
        cells: the side of a map.
    """
    values = inputs(keys, plane(domain, cells).reshape(-1, 2))
    values /= np.abs(values).max(axis=1, keepdims=True, initial=1.0)
    colors = np.frombuffer(stops, dtype=np.uint8).reshape(3, 3)
    return shade(values.reshape(-1, cells, cells), colors)


def _carried(weights: Layers, activity: Layers | None) -> Layers | None:
    """What flows through the links: the weight times what its source says."""
    if activity is None:
        return None
    with np.errstate(over="ignore", invalid="ignore"):  # On the way to a divergence.
        return tuple(each * values for each, values in zip(weights, activity, strict=False))


def _badge(off: float, saturated: float) -> Badge | None:
    badge = Badge(off if off >= OFF else 0.0, saturated if saturated >= SATURATED else 0.0)
    return badge if badge.dead or badge.saturated else None


def _axes(
    landscape: Landscape, network: Network, sources: tuple[int, ...]
) -> tuple[tuple[str, Picked], ...]:
    """The weights and biases over which the network's loss is drawn, with the names of the axes."""
    count = {"axes": 2, "line": 1}.get(landscape.plane, 0)
    if landscape.surface != NETWORK_SURFACE:
        count = 0
    named: list[tuple[str, Picked]] = []
    for name, place in zip("xy"[:count], slice_axes(landscape, network), strict=False):
        layer, unit, source = network.spot(place)
        if unit is None:
            continue
        if source is None:
            named.append((name, Picked(biases=((layer, unit),))))
        else:
            tile = sources.index(source) if layer == 0 else source
            named.append((name, Picked(weights=((layer, unit, tile),))))
    return tuple(named)


def _mask(size: int, places: tuple[int, ...]) -> Bools:
    mask = np.zeros(size, dtype=np.bool_)
    mask[[place for place in places if place < size]] = True
    return mask
