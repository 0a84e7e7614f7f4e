"""The stage: all that the output's picture shows besides the large map, kept while it holds.

What hangs on the data is made once, what hangs on the weights for every frame, and what is
expensive only where somebody looks at it.
"""

from __future__ import annotations

from dataclasses import replace

from nnviz.experiment.build import Setup, build
from nnviz.runtime.frames import Frame, Wishes
from nnviz.runtime.lines import decision_lines
from nnviz.runtime.maps import Boundary, Past, boundary, over_plane, speaks_for_output
from nnviz.runtime.quality import Inspector
from nnviz.runtime.sample import Questions, mistaken, pointed_at, sample_of
from nnviz.runtime.scenes import Floats, Kept, Lines, Scene
from nnviz.runtime.space import Space

GHOST_CELLS = 128
"""How finely the border of the best epoch is looked for."""


class Stage:
    """Sets scene after scene."""

    def __init__(self) -> None:
        self._asked: Questions | None = None
        self._asked_key: tuple[object, ...] = ()
        self._ghost: Lines = ()
        self._ghost_key: tuple[object, ...] = ()
        self._past: Past | None = None
        self._kept: Kept | None = None
        self._space = Space()
        self._inspector = Inspector()

    def large(self, setup: Setup, frame: Frame, wishes: Wishes, cells: int) -> Boundary:
        """The large map of a frame, or what changed on it since a moment that was kept."""
        return boundary(setup, frame.theta, wishes, cells, self._past_of(wishes.kept))

    def scene(self, setup: Setup, frame: Frame, wishes: Wishes, large: Boundary) -> Scene:
        """All that is shown of a frame besides the colors of its large map."""
        asked = self._questions(setup)
        view = setup.experiment.view
        space = self._space.show(setup, frame.theta, wishes, asked, len(large.output))
        is_asked = view.mistakes and bool(setup.dataset.classes)
        return Scene(
            setup=setup,
            unit=large.unit,
            domain=large.domain,
            sample=asked.sample,
            levels=large.levels,
            ghost=self._ghost_lines(setup, frame, large),
            wrong=mistaken(setup, frame.theta, asked) if is_asked else None,
            pointed=pointed_at(setup, frame.theta, wishes, asked, space.places if space else None),
            change=large.change,
            space=space,
            quality=self._inspector.look(setup, frame, wishes),
        )

    def pointed(self, scene: Scene, frame: Frame, wishes: Wishes) -> Scene:
        """The same scene with the pointer somewhere else."""
        asked = self._questions(scene.setup)
        places = scene.space.places if scene.space else None
        return replace(scene, pointed=pointed_at(scene.setup, frame.theta, wishes, asked, places))

    def is_late(self, frame: Frame, wishes: Wishes) -> bool:
        """Whether some of the figures shown are those of an earlier moment."""
        return self._inspector.is_late(frame, wishes)

    def settled(self, setup: Setup, frame: Frame, wishes: Wishes, large: Boundary) -> Scene:
        """All that is shown of a frame that stays, with the figures of this very moment."""
        self._inspector.look(setup, frame, wishes, at_once=True)
        return self.scene(setup, frame, wishes, large)

    def _questions(self, setup: Setup) -> Questions:
        experiment = setup.experiment
        key = (
            id(setup.points),
            id(setup.train),
            experiment.features,
            setup.network.head,
            experiment.view.show_test,
            experiment.view.space == "plane",
        )
        if self._asked is None or key != self._asked_key:
            self._asked, self._asked_key = Questions.of(setup, sample_of(setup)), key
        return self._asked

    def _past_of(self, kept: Kept | None) -> Past | None:
        if kept is not self._kept:
            self._kept = kept
            self._past = Past(build(kept.experiment), kept.theta, kept.epoch) if kept else None
        return self._past

    def _ghost_lines(self, setup: Setup, frame: Frame, large: Boundary) -> Lines:
        """Where classes met at the best epoch: nothing while that is the one that is shown."""
        theta = frame.best_theta if frame.epoch != frame.best_epoch else None
        if not setup.experiment.view.ghost or theta is None or large.change is not None:
            return ()
        if not speaks_for_output(setup, large.unit):
            return ()
        key = (setup.network, setup.experiment.features, large.domain, theta.tobytes())
        if key != self._ghost_key:
            self._ghost, self._ghost_key = _lines_of(setup, theta, large), key
        return self._ghost


def _lines_of(setup: Setup, theta: Floats, large: Boundary) -> Lines:
    said = over_plane(setup, theta, large.domain, GHOST_CELLS)
    return decision_lines(said.sums, large.domain)
