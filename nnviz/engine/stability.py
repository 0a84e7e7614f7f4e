"""Up to which learning rate an optimizer is stable, as the curvature of the loss alone says it."""

from __future__ import annotations

import numpy as np

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizers import Optimizer

LIMITED = ("sgd", "momentum", "nesterov")


def has_limit(optimizer: Optimizer) -> bool:
    """Whether the curvature alone says up to which rate an optimizer is stable.

    Others do not step by the length of the gradient.
    """
    return optimizer.key in LIMITED


def stable_rate(optimizer: Optimizer, curvature: float) -> float | None:
    """Up to which rate descent is stable under a curvature lambda; None where nothing says so.

    2 / lambda; with momentum mu 2 (1 + mu) / lambda for the heavy ball (Polyak 1964), of which
    Nesterov's, who looks ahead, is stable up to 1 / (1 + 2 mu). The loss must be bent upwards.
    """
    if not curvature > 0.0 or not has_limit(optimizer):
        return None
    mu = getattr(optimizer, "momentum", 0.0)
    ahead = 1.0 + 2.0 * mu if optimizer.key == "nesterov" else 1.0
    return 2.0 * (1.0 + mu) / (curvature * ahead)


def steepest_bend(hessian: Floats) -> float:
    """The largest curvature of a Hessian of shape (n, n), NaN where it is not finite."""
    if not np.isfinite(hessian).all():
        return float("nan")
    return float(np.linalg.eigvalsh(hessian).max())
