"""Steps of swarms in machine code: a whole swarm in one call that lets go of the interpreter.

The rules are the very ones of the loop (see `rows`), called by address. Importing this imports
Numba; `kernel` is the way to it.
"""

from __future__ import annotations

import sys

import numpy as np

from nnviz.engine.compiled import optimizer_row, stride, surface_row
from nnviz.engine.elementary import Floats
from nnviz.engine.field import Field, Surface
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.stepping import FAR, NumpyStepper, Room
from nnviz.engine.stride import Terms
from nnviz.engine.surfaces import SURFACES


class CompiledStepper(NumpyStepper):
    """Compiled, where all have one rate and the surface is in the table; else in NumPy."""

    most = sys.maxsize

    def step(  # noqa: PLR0913 - see Stepper
        self,
        optimizer: Optimizer,
        field: Field,
        now: Room,
        after: Room,
        noise: Floats,
        t: int,
        rate: Floats,
    ) -> None:
        """Take a step; see `Stepper.step`."""
        is_plain = now.is_plain and after.is_plain and not np.ndim(rate)
        if not (is_plain and isinstance(field, Surface) and field.key in SURFACES):
            super().step(optimizer, field, now, after, noise, t, rate)
            return
        terms = Terms(
            mover=optimizer_row(optimizer.key).address,
            looker=surface_row(field.key).address,
            noise=noise[:, 0],
            k=np.array((rate, *optimizer.hyperparameters[1:])),
            far=FAR,
        )
        stride()(now, after, terms, float(t))
