"""What goes on beside the picture of a surface: swarm, basins, who is first, rates, updates."""

from __future__ import annotations

from dataclasses import replace
from math import inf
from time import perf_counter, sleep

import numpy as np

from nnviz.experiment.build import Setup
from nnviz.runtime.basin_maps import BasinMaps
from nnviz.runtime.crowd import Crowd
from nnviz.runtime.findings import NO_FINDINGS, Findings, Placing
from nnviz.runtime.frames import Frame, Wishes
from nnviz.runtime.ground import Ground
from nnviz.runtime.insights import insights_of
from nnviz.runtime.placings import placings_of
from nnviz.runtime.study import Study

STRETCH_S, LONGEST_S = 0.010, 0.050
"""How long a swarm goes on before looking for a newer frame, and how long where it is too slow."""

CALM_S, NAP_S = 0.004, 0.008
"""How long basins are worked on and then left alone: small steps keep others from Python."""


class Laboratory:
    """Finds out what takes longer than a frame, a bit at a time."""

    def __init__(self) -> None:
        self._crowd = Crowd()
        self._basins = BasinMaps()
        self._study = Study()
        self._findings = NO_FINDINGS

    @property
    def is_settled(self) -> bool:
        """Whether all is found out."""
        return all(each.is_settled for each in (self._crowd, self._basins, self._study))

    def show(self, setup: Setup, frame: Frame, wishes: Wishes, ground: Ground | None) -> Findings:
        """What is known by now.

        Args:
            setup: the experiment made ready.
            frame: the moment to show.
            wishes: how to show it.
            ground: the surface that is drawn.
        """
        placings: tuple[Placing, ...] = ()
        if ground is not None and len(frame.race.paths):
            placings = placings_of(frame.race, ground.minima, ground.field.domain)
        self._findings = Findings(
            placings=placings,
            swarm=self._crowd.show(setup, frame, wishes.glass, ground),
            basins=self._basins.show(setup, frame, wishes),
            studied=self._study.show(setup, frame, wishes, ground),
            insights=insights_of(setup, frame, ground),
        )
        return self._findings

    def work(self) -> Findings | None:
        """Find out more; what is known if there is something new."""
        with np.errstate(all="ignore"):
            studied = self._study.follow(perf_counter() + STRETCH_S)
            if not self._crowd.is_settled:
                now = perf_counter()
                swarm = self._crowd.follow(now + STRETCH_S, now + LONGEST_S)
                return self._with(swarm=swarm, studied=studied)
            basins = self._basins.follow(perf_counter() + CALM_S)
        if not self._basins.is_settled:
            sleep(NAP_S)
        return self._with(basins=basins, studied=studied)

    def finish(self) -> Findings:
        """What there is to find out, however long that takes."""
        with np.errstate(all="ignore"):
            self._with(
                swarm=self._crowd.finish(),
                basins=self._basins.finish(),
                studied=self._study.follow(inf),
            )
        return self._findings

    def _with(self, **found: object) -> Findings | None:
        new = {name: value for name, value in found.items() if value is not None}
        if not new:
            return None
        self._findings = replace(self._findings, **new)  # type: ignore[arg-type]
        return self._findings
