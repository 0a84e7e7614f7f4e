"""What the network may be overlaid with: gradient, last change, activity, dead units.

While frames keep coming, what needs the training points makes do with some of them, evenly
chosen, and units are looked at a few times a second; once they rest all is exact, or as good as:
of very many points ten thousand have to do, where all would cost seconds.
"""

from __future__ import annotations

from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from nnviz.engine.activations import Activation
from nnviz.engine.metrics import FLAT, pre_activations
from nnviz.experiment.build import Setup
from nnviz.experiment.spec import Experiment
from nnviz.runtime.frames import Floats, Frame, Overlay, Wishes
from nnviz.runtime.probe import activity
from nnviz.value import dataclass

MOVING_POINTS = 2_000
"""How many training points are looked at while frames keep coming, at most."""

RESTING_POINTS = 10_000
"""How many are looked at once frames rest, at most."""

LOOKS_S = 0.3
"""How long units are not looked at again while frames keep coming."""


@dataclass(frozen=True, slots=True)
class _Look:
    experiment: Experiment
    shares: tuple[Floats, ...]
    at_s: float


class Overlays:
    """Works out what a frame may be overlaid with, and keeps what the next one can use."""

    def __init__(self) -> None:
        self._look: _Look | None = None
        self._is_exact = True

    @property
    def is_exact(self) -> bool:
        """Whether what was shown last is as exact as it gets."""
        return self._is_exact

    def show(self, setup: Setup, frame: Frame, wishes: Wishes, *, exact: bool) -> Overlay:
        """What is wished for of a frame.

        Args:
            setup: whose network it is.
            frame: the moment.
            wishes: `numbers` says whether the gradient is wished for besides.
            exact: whether more training points count, and all units are looked at anew.
        """
        view, theta = setup.experiment.view, frame.theta
        self._is_exact = exact
        most = RESTING_POINTS if exact else MOVING_POINTS
        is_wished = wishes.numbers or view.overlay == "gradient"
        return Overlay(
            gradient=gradient(setup, theta, most) if is_wished else None,
            update=None if frame.before is None else theta - frame.before,
            activity=activity(setup, theta, view.probe) if view.probe is not None else None,
            shares=self._shares(setup, theta, most, exact=exact),
        )

    def _shares(self, setup: Setup, theta: Floats, most: int, *, exact: bool) -> tuple[Floats, ...]:
        look, now = self._look, perf_counter()
        is_fresh = look is not None and look.experiment is setup.experiment
        if look is None or not is_fresh or exact or now - look.at_s > LOOKS_S:
            look = _Look(setup.experiment, idle_shares(setup, theta, most), now)
            self._look = look
        return look.shares


def gradient(setup: Setup, theta: Floats, most: int | None = None) -> Floats:
    """The gradient of the training loss with its penalty, of shape (parameters,).

    All units take part, whatever their chance to sit out an update.

    Args:
        setup: whose loss it is.
        theta: where, of shape (parameters,).
        most: how many training points count at most, evenly chosen; None for all.
    """
    course = setup.course
    some = _some(course.samples, most)
    fed, wanted = course.train_inputs[:, some], course.train_targets[:, some]
    slope = course.network.gradient(theta, fed, wanted)[1]
    return slope + course.penalty.gradient(theta) * course.network.is_weight


def idle_shares(setup: Setup, theta: Floats, most: int | None = None) -> tuple[Floats, ...]:
    """At which shares of the training points units are off and saturated: (2, units) by layer.

    A unit whose negative side is flat is off where its weighted sum is not above 0; off for every
    point it is dead. Any other is saturated where its slope is below FLAT.

    Args:
        setup: whose network it is.
        theta: where it stands, of shape (parameters,).
        most: how many training points are looked at at most, evenly chosen; None for all.
    """
    network, course = setup.network, setup.course
    sums = pre_activations(network, theta, course.train_inputs[:, _some(course.samples, most)])
    layers = network.layers(theta)
    return tuple(
        _off(z)
        if _is_rectifier(network.activations[depth])
        else _flat(network.units(depth, layers[depth], z)[1])
        for depth, z in enumerate(sums)
    )


def _off(z: Floats) -> Floats:
    return np.stack([(z <= 0.0).mean(axis=1), np.zeros(len(z))])


def _flat(slopes: Floats) -> Floats:
    return np.stack([np.zeros(len(slopes)), (np.abs(slopes) < FLAT).mean(axis=1)])


def _is_rectifier(activation: Activation) -> bool:
    """Whether nothing at all comes back through the negative side."""
    return not activation.slope(np.array([-2.0, -1.0, -0.5])).any()


def _some(count: int, most: int | None) -> NDArray[np.intp] | slice:
    if most is None or count <= most:
        return slice(None)
    return np.linspace(0, count - 1, most).astype(np.intp)
