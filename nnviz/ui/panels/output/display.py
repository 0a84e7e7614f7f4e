"""Turns a picture into what the output's canvas and its legend show."""

from __future__ import annotations

import numpy as np

from nnviz.runtime.frames import Picture
from nnviz.runtime.scenes import Sample, Scene
from nnviz.ui.canvas.boundary import BoundaryCanvas, Ink
from nnviz.ui.canvas.colorbar import ColorBar
from nnviz.ui.canvas.points import Cloud
from nnviz.ui.panels.output import words

Place = tuple[float, float]


class Display:
    """Feeds a canvas and a legend, and only what is another one."""

    def __init__(self, canvas: BoundaryCanvas, bar: ColorBar) -> None:
        """Begin with nothing shown."""
        self.canvas = canvas
        self.bar = bar
        self._sample: Sample | None = None
        self._axes: tuple[object, ...] = ()

    def show(self, picture: Picture, probe: Place | None) -> None:
        """Show a picture, with the probe where it is in the plane."""
        scene = picture.scene
        self._show_axes(scene)
        self._show_map(picture, scene, probe)
        self._show_points(scene)
        self._show_scale(picture, scene)

    def _show_axes(self, scene: Scene) -> None:
        space, setup = scene.space, scene.setup
        if space is None:
            names = words.plane_names(setup)
            first, second = ((it.offset, it.scale) for it in setup.axes)
        else:
            names, first, second = words.space_names(setup, space), (0.0, 1.0), (0.0, 1.0)
        axes = (names, first, second, scene.setup.axes)
        if axes != self._axes:
            self._axes = axes
            self.canvas.show_axes(*names, first, second)
            self.canvas.show_grid_names((setup.axes[0].label, setup.axes[1].label))

    def _show_map(self, picture: Picture, scene: Scene, probe: Place | None) -> None:
        space = scene.space
        if space is None:
            self.canvas.show_map(picture.boundary, scene.domain, scene.setup.dataset.plane)
            levels = tuple((level.label, level.lines) for level in scene.levels)
            self.canvas.show_ink(Ink(picture.decision, levels, scene.ghost))
            self.canvas.show_probe(probe)
        else:
            self.canvas.show_map(space.colors, space.covered or space.domain, space.domain)
            grid = (tuple(space.across), tuple(space.upward))
            self.canvas.show_ink(Ink(space.decision, grid=grid))
            image = None if space.probe is None else (space.probe[0], space.probe[1])
            self.canvas.show_probe(image, is_fixed=True)

    def _show_points(self, scene: Scene) -> None:
        sample, space = scene.sample, scene.space
        if space is not None or sample is not self._sample:
            self._sample = None if space is not None else sample
            places = sample.points if space is None else space.places
            cloud = Cloud(places, sample.labels, sample.is_train, sample.classes)
            self.canvas.show_points(cloud)
        self.canvas.show_wrong(np.zeros(0, np.bool_) if scene.wrong is None else scene.wrong)

    def _show_scale(self, picture: Picture, scene: Scene) -> None:
        setup = scene.setup
        is_winner = scene.unit is None and scene.change is None
        if setup.dataset.classes > 2 and (is_winner or scene.space is not None):
            self.bar.show_classes(setup.dataset.class_names)
        else:
            self.bar.show_scale(picture.wishes.stops, words.bounds(setup, scene, picture))
