"""How a surface is looked at as a landscape: what the window wishes for."""

from __future__ import annotations

from dataclasses import dataclass

from nnviz.experiment.landscape import Camera


@dataclass(frozen=True, slots=True)
class Gaze:
    """From where, and how many pixels wide and high; while it is `moving` less fine will do."""

    camera: Camera
    width: int
    height: int
    moving: bool = False
