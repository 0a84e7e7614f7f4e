"""The points that are drawn, which of them are taken for another class, and the one pointed at."""

from __future__ import annotations

import numpy as np

from nnviz.engine.features import inputs
from nnviz.engine.losses import predict, targets
from nnviz.experiment.build import Setup
from nnviz.runtime.frames import Wishes
from nnviz.runtime.maps import unit_shown
from nnviz.runtime.scenes import Bools, Floats, Near, Places, Pointed, Pointer, Sample
from nnviz.value import dataclass

MOST_POINTS = 4000
"""How many points are drawn, at most; of more, evenly chosen ones."""

MOST_MOVING = 1200
"""How many are drawn at most where they move with every frame, as in a layer's space."""


def sample_of(setup: Setup) -> Sample:
    """The points to draw, those to test on only where they are to be seen.

    Points to test on come first, so that those to train on lie on top of them.
    """
    view = setup.experiment.view
    most = MOST_POINTS if view.space == "plane" else MOST_MOVING
    is_train = np.zeros(len(setup.points), dtype=np.bool_)
    is_train[setup.train] = True
    parts = [np.sort(setup.train)]
    if view.show_test:
        parts.insert(0, np.flatnonzero(~is_train))
    total = sum(map(len, parts))
    chosen = np.concatenate([_thinned(part, most * len(part) // max(total, 1)) for part in parts])
    return Sample(
        chosen=chosen,
        points=setup.points[chosen],
        labels=setup.labels[chosen],
        is_train=is_train[chosen],
        classes=setup.dataset.classes,
        total=total,
    )


def _thinned(places: Places, most: int) -> Places:
    return places[:: max(1, -(-len(places) // max(most, 1)))]


@dataclass(frozen=True, slots=True, eq=False)
class Questions:
    """The sample made ready to ask the network about: inputs and targets."""

    sample: Sample
    fed: Floats
    wanted: Floats

    @staticmethod
    def of(setup: Setup, sample: Sample) -> Questions:
        """The questions of a sample."""
        fed = inputs(setup.experiment.features, sample.points)
        output = setup.network.head.output_key
        return Questions(sample, fed, targets(sample.labels, sample.classes, output))


def mistaken(setup: Setup, theta: Floats, asked: Questions) -> Bools:
    """Which points of the sample a network takes for another class, of shape (n,)."""
    outputs = setup.network.forward(theta, asked.fed)[-1]
    wrong: Bools = predict(outputs, setup.network.head.output_key) != asked.sample.labels
    return wrong


def pointed_at(
    setup: Setup, theta: Floats, wishes: Wishes, asked: Questions, places: Floats | None = None
) -> Pointed | None:
    """What there is to say of where a person points.

    Args:
        setup: whose network it is.
        theta: where it stands, of shape (parameters,).
        wishes: where the pointer is, and what is shown.
        asked: the points that are drawn.
        places: where they are drawn, of shape (n, 2), if not in the plane.
    """
    pointer = wishes.pointer
    if pointer is None:
        return None
    near = _near(setup, theta, pointer, asked, asked.sample.points if places is None else places)
    if places is not None:
        return Pointed(pointer, np.empty(0), float("nan"), -1, near)
    fed = inputs(setup.experiment.features, np.array([[pointer.x, pointer.y]]))
    values = [fed, *setup.network.forward(theta, fed)]
    layer, place = unit_shown(setup, wishes) or (len(values) - 1, 0)
    value = float(values[layer][place, 0])
    return Pointed(pointer, values[-1][:, 0], value, _decided(setup, values[-1]), near)


def _decided(setup: Setup, outputs: Floats) -> int:
    """The class that outputs of shape (outputs, 1) speak for; -1 for regression."""
    if setup.dataset.problem == "regression":
        return -1
    return int(predict(outputs, setup.network.head.output_key)[0])


def _near(
    setup: Setup, theta: Floats, pointer: Pointer, asked: Questions, places: Floats
) -> Near | None:
    reach = np.maximum(pointer.reach, 1e-12)
    away = np.linalg.norm((places - (pointer.x, pointer.y)) / reach, axis=1)
    away = np.where(np.isnan(away), np.inf, away)
    if not len(away) or away.min() > 1:
        return None
    place = int(away.argmin())
    outputs, losses = setup.network.evaluate(theta, asked.fed[:, [place]], asked.wanted[:, [place]])
    sample = asked.sample
    label, is_train = float(sample.labels[place]), bool(sample.is_train[place])
    return Near(place, label, is_train, float(losses[0]), _decided(setup, outputs))
