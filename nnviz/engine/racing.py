"""At which rates optimizers are worth watching on the test surfaces."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from nnviz.engine.optimizers import OPTIMIZERS, RATE_RANGE, Optimizer


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
}
_ANY_PACE = _Pace(0.01, 0.003, 0.05)
_STRIDES = {"adagrad": 5.0, "adadelta": 100.0, "rmsprop": 0.4, "lion": 0.5}


def racing(surface_key: str, optimizer_key: str) -> Optimizer:
    """An optimizer with the rate at which it is worth watching on a surface.

    A surface that is not a test surface gets cautious rates.

    Raises:
        Mistake: if there is no such optimizer.
    """
    pace = _PACES.get(surface_key, _ANY_PACE)
    kind = OPTIMIZERS[optimizer_key]
    match optimizer_key:
        case "sgd":
            rate = pace.descent
        case "momentum" | "nesterov":
            rate = pace.rolling
        case _:
            rate = pace.stride * _STRIDES.get(optimizer_key, 1.0)
    return kind(rate=float(np.clip(rate, *RATE_RANGE)))  # type: ignore[call-arg]
