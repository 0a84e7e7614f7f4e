"""At which rates optimizers are worth watching on the test surfaces."""

from __future__ import annotations

import numpy as np

from nnviz.engine.optimizers import EVERY_OPTIMIZER, RATE_RANGE, Optimizer
from nnviz.engine.surfaces import surface_of
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class _Pace:
    """Rates at which a class sees something happen within 200 steps from a surface's start.

    `descent` is that of plain gradient descent, `rolling` of those with momentum; `stride` is how
    far Adam goes in a step, from which the rates of its relatives follow.
    """

    descent: float
    rolling: float
    stride: float


_PACES = {
    "bowl": _Pace(0.02, 0.006, 0.05),
    "valley": _Pace(0.1, 0.02, 0.06),
    "saddle": _Pace(0.02, 0.006, 0.03),
    "beale": _Pace(0.005, 0.001, 0.05),
    "rosenbrock": _Pace(0.001, 0.0008, 0.15),
    "himmelblau": _Pace(0.001, 0.0005, 0.05),
    "styblinski-tang": _Pace(0.003, 0.025, 0.05),
    "rastrigin": _Pace(0.001, 0.003, 0.05),
    "plateau": _Pace(0.1, 0.02, 0.02),
    "two-wells": _Pace(0.02, 0.03, 0.05),
    "parabola": _Pace(0.1, 0.02, 0.06),
    "double-well": _Pace(0.02, 0.04, 0.06),
    "ripples": _Pace(0.05, 0.02, 0.1),
    "cliff": _Pace(0.3, 0.05, 0.06),
}
STRIDE = 0.0125
"""How much of a typed surface's width Adam goes in a step."""

_TINY = 1e-12
_ANY_PACE = _Pace(0.01, 0.003, 0.05)
_STRIDES = {"adagrad": 5.0, "adadelta": 100.0, "rmsprop": 0.4, "lion": 0.5, "learned": 0.1}


def _pace(surface_key: str) -> _Pace:
    """The rates of a surface: as set, or of what it is like at its start and in its minima."""
    if surface_key in _PACES or surface_key == "network":
        return _PACES.get(surface_key, _ANY_PACE)
    surface = surface_of(surface_key)
    places = np.concatenate([[surface.start], surface.minima])
    with np.errstate(all="ignore"):
        slope = float(np.linalg.norm(surface.gradient(places[0])))
        bent = np.abs(np.linalg.eigvalsh(np.nan_to_num(surface.hessian(places)))).max()
    stride = STRIDE * (surface.domain[1] - surface.domain[0])
    descent = min(stride / max(slope, _TINY), 0.5 / max(float(bent), _TINY), 1.0)
    return _Pace(descent, 0.25 * descent, stride)


def racing(surface_key: str, optimizer_key: str) -> Optimizer:
    """An optimizer with the rate at which it is worth watching on a surface.

    The network's own gets cautious rates, a typed one those that its slopes and bends allow. What
    the lecture prints gets the rate of the standard one: that is where the difference is seen.

    Raises:
        Mistake: if there is no such optimizer, or no such surface.
    """
    pace = _pace(surface_key)
    kind = EVERY_OPTIMIZER[optimizer_key]
    key = kind.standard or kind.key
    match key:
        case "sgd":
            rate = pace.descent
        case "momentum" | "nesterov":
            rate = pace.rolling
        case _:
            rate = pace.stride * _STRIDES.get(key, 1.0)
    return kind(rate=float(np.clip(rate, *RATE_RANGE)))  # type: ignore[call-arg]
