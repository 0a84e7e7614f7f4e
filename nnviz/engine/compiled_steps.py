"""Steps of swarms in machine code: a whole swarm in one call that lets go of the interpreter.

The rules are the very ones of the loop (see `rows`), called by address. Importing this imports
Numba; `kernel` is the way to it.
"""

from __future__ import annotations

import sys

import numpy as np
from typing_extensions import override

from nnviz.engine.compiled import optimizer_row, stride, surface_row
from nnviz.engine.field import Surface
from nnviz.engine.stepping import FAR, NumpyStepper, Room, Update
from nnviz.engine.stride import Terms
from nnviz.engine.surfaces import SURFACES


class CompiledStepper(NumpyStepper):
    """Compiled, where all have one rate and the surface is in the table; else in NumPy."""

    most = sys.maxsize

    @override
    def step(self, update: Update, now: Room, after: Room) -> None:
        """Take a step; see `Stepper.step`."""
        field, is_plain = update.field, now.is_plain and after.is_plain and not np.ndim(update.rate)
        if not (is_plain and isinstance(field, Surface) and field.key in SURFACES):
            super().step(update, now, after)
            return
        terms = Terms(
            mover=optimizer_row(update.optimizer.key).address,
            looker=surface_row(field.key).address,
            noise=update.noise[:, 0],
            k=np.array(update.hyperparameters),
            far=FAR,
        )
        stride()(now, after, terms, float(update.t))
