"""The probe: one point of the plane, and what every unit of the network makes of it."""

from __future__ import annotations

import numpy as np

from nnviz.engine.features import inputs
from nnviz.experiment.build import Setup
from nnviz.runtime.frames import Floats


def activity(setup: Setup, theta: Floats, place: tuple[float, float]) -> tuple[Floats, ...]:
    """The values of every layer at a point, features first, each of shape (units,)."""
    fed = inputs(setup.experiment.features, np.array([place]))
    return (fed[:, 0], *(each[:, 0] for each in setup.network.forward(theta, fed)))
