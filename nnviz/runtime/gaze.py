"""How a surface is looked at as a landscape: what the window wishes for."""

from __future__ import annotations

from nnviz.experiment.landscape import Camera
from nnviz.value import dataclass


@dataclass(frozen=True, slots=True)
class Gaze:
    """From where, and how many pixels wide and high, with a margin for words around the landscape.

    While it is `moving` less fine will do.
    """

    camera: Camera
    width: int
    height: int
    margin: float = 0.0
    moving: bool = False
