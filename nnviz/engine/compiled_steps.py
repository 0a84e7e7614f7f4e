"""Steps of swarms in machine code: a whole swarm in two calls that let go of the interpreter.

The rules are the very ones of the loop (see `rows`), called by address. Importing this imports
Numba; `kernel` is the way to it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from ctypes import CFUNCTYPE, c_double, c_int64, c_void_p
from functools import cache

import numpy as np

from nnviz.engine.compiled import optimizer_row, surface_row
from nnviz.engine.elementary import Floats
from nnviz.engine.field import Field, Surface
from nnviz.engine.optimizers import Optimizer
from nnviz.engine.stepping import NumpyStepper, Room
from nnviz.engine.surfaces import SURFACES

_MOVE = CFUNCTYPE(None, c_void_p, c_void_p, c_void_p, c_int64, c_double, c_void_p)
_LOOK = CFUNCTYPE(None, c_void_p, c_int64, c_void_p, c_void_p)


@cache
def _mover(key: str) -> Callable[..., None]:
    return _MOVE(optimizer_row(key).address)


@cache
def _looker(key: str) -> Callable[..., None]:
    return _LOOK(surface_row(key).address)


class CompiledStepper(NumpyStepper):
    """Compiled, where all have one rate and the surface is in the table; else in NumPy."""

    most = sys.maxsize

    def move(  # noqa: PLR0913 - see Stepper
        self, optimizer: Optimizer, now: Room, after: Room, noise: Floats, t: int, rate: Floats
    ) -> None:
        """Take a step; see `Stepper.move`."""
        if np.ndim(rate) or not after.is_plain:
            super().move(optimizer, now, after, noise, t, rate)
            return
        grad = np.add(now.slopes, noise, out=after.slopes)  # To be overwritten by the next look.
        after.places[:], after.memory[:] = now.places, now.memory
        k = np.array((rate, *optimizer.hyperparameters[1:]), dtype=np.float64)
        arrays = (each.ctypes.data for each in (after.places, grad, after.memory))
        _mover(optimizer.key)(*arrays, grad.size, float(t), k.ctypes.data)

    def look(self, field: Field, room: Room) -> None:
        """Find losses and slopes; see `Stepper.look`."""
        if not (isinstance(field, Surface) and field.key in SURFACES.keys and room.is_plain):
            super().look(field, room)
            return
        places, losses, slopes = (
            each.ctypes.data for each in (room.places, room.losses, room.slopes)
        )
        _looker(field.key)(places, room.losses.size, losses, slopes)
