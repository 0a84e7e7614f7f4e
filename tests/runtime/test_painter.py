from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from math import inf
from time import monotonic

import numpy as np
import pytest

from nnviz.engine.datasets import DATASETS
from nnviz.engine.losses import LOSSES
from nnviz.engine.surfaces import SURFACES
from nnviz.experiment.build import build
from nnviz.experiment.landscape import NETWORK_SURFACE, Landscape
from nnviz.experiment.spec import Data, Experiment, Training, View
from nnviz.runtime.fineness import FINER, MOVING_CELLS
from nnviz.runtime.frames import Frame, Picture, Wishes
from nnviz.runtime.painter import Painter, Studio, paint
from nnviz.runtime.trainer import Trainer

STOPS = np.array([[245, 147, 34], [232, 234, 235], [8, 119, 189]], dtype=np.uint8)
CLASSES = np.arange(24, dtype=np.uint8).reshape(8, 3) * 10
WISHES = Wishes(STOPS, CLASSES, (255, 255, 255), 24, 8, 24)
EXPERIMENT = replace(Experiment(), data=Data(samples=40))
PATIENCE_S = 20.0


def frame_of(experiment: Experiment = EXPERIMENT, epochs: int = 0) -> Frame:
    trainer = Trainer(experiment)
    trainer.work(epochs, inf)
    return trainer.frame()


def on_network(experiment: Experiment = EXPERIMENT) -> Experiment:
    return replace(experiment, landscape=Landscape(NETWORK_SURFACE, axes=(0, 3)))


@pytest.mark.parametrize("dataset", DATASETS.keys)
@pytest.mark.parametrize("surface", ["bowl", NETWORK_SURFACE])
def test_every_data_set_has_a_picture(dataset: str, surface: str) -> None:
    experiment = Experiment(data=Data(dataset, samples=20), landscape=Landscape(surface))
    picture = paint(frame_of(experiment), WISHES)
    units = 2 + 4 + 2 + build(experiment).network.widths[-1]
    assert picture.neurons.shape == (units, 8, 8, 4)
    assert picture.boundary.shape == (24, 24, 4)
    assert picture.output.shape == (24, 24)
    assert picture.surface.loss.shape == (24, 24)
    assert picture.surface.rgba.shape == (24, 24, 4)
    assert len(picture.surface.levels) == len(picture.surface.contours)


@pytest.mark.parametrize("loss", LOSSES.keys)
@pytest.mark.parametrize("dataset", ["circle", "iris"])
def test_classes_meet_along_lines(dataset: str, loss: str) -> None:
    experiment = Experiment(data=Data(dataset, samples=40), training=Training(loss=loss))
    picture = paint(frame_of(experiment, epochs=20), WISHES)
    assert picture.decision
    assert all(line.shape[1] == 2 for line in picture.decision)


def test_regression_has_no_decision() -> None:
    assert not paint(frame_of(Experiment(data=Data("reg-plane"))), WISHES).decision


def test_the_output_is_that_of_the_network() -> None:
    frame = frame_of(epochs=3)
    setup = build(EXPERIMENT)
    picture = paint(frame, WISHES)
    step = 12 / 24
    corner = np.array([[-6 + step / 2], [-6 + step / 2]])
    assert picture.output[0, 0] == pytest.approx(
        setup.network.forward(frame.theta, corner)[-1][0, 0]
    )


def test_what_is_positive_is_blue_and_what_is_negative_orange() -> None:
    picture = paint(frame_of(epochs=3), WISHES)
    blue = picture.boundary[..., 2] > picture.boundary[..., 0]
    assert blue[picture.output > 0.2].all()
    assert not blue[picture.output < -0.2].any()


def test_discretized_there_are_two_colors() -> None:
    experiment = replace(EXPERIMENT, view=View(discretize=True))
    colors = paint(frame_of(experiment), WISHES).boundary.reshape(-1, 4)
    assert len(np.unique(colors, axis=0)) <= 2


@pytest.mark.parametrize("unit", [(0, 1), (1, 3), (2, 0), (3, 0)])
def test_any_unit_can_be_shown_large(unit: tuple[int, int]) -> None:
    picture = paint(frame_of(), replace(WISHES, unit=unit))
    assert np.isfinite(picture.output).all()
    if unit == (0, 1):
        assert picture.output[0, 0] < picture.output[-1, 0]


@pytest.mark.parametrize("unit", [(9, 0), (1, 99), (-1, 0)])
def test_a_unit_that_is_gone_gives_way_to_the_output(unit: tuple[int, int]) -> None:
    frame = frame_of()
    assert np.array_equal(
        paint(frame, replace(WISHES, unit=unit)).output, paint(frame, WISHES).output
    )


@pytest.mark.parametrize("key", SURFACES.keys)
def test_a_test_surface_is_shown_over_its_domain(key: str) -> None:
    surface = paint(frame_of(Experiment(landscape=Landscape(key))), WISHES).surface
    assert surface.domain == SURFACES[key].domain
    assert surface.title == SURFACES[key].label
    assert np.array_equal(surface.minima, SURFACES[key].minima)


def test_the_slice_of_the_network_is_its_loss_at_the_center() -> None:
    frame = frame_of(on_network())
    surface = paint(frame, replace(WISHES, surface_cells=25)).surface
    setup = build(frame.experiment)
    course = setup.course
    loss = setup.network.loss(frame.theta, course.train_inputs, course.train_targets)
    assert surface.loss[12, 12] == pytest.approx(loss)
    assert surface.labels == (setup.network.place_name(0), setup.network.place_name(3))


def test_the_surface_is_kept_while_training_goes_on() -> None:
    studio = Studio()
    trainer = Trainer(on_network())
    first = paint(trainer.frame(), WISHES, studio)
    trainer.work(2, inf)
    assert paint(trainer.frame(), WISHES, studio).surface is first.surface
    trainer.recenter()
    assert paint(trainer.frame(), WISHES, studio).surface is not first.surface


def test_a_dark_ground_gets_a_dark_surface() -> None:
    studio, frame = Studio(), frame_of()
    light = paint(frame, WISHES, studio).surface.rgba
    dark = paint(frame, replace(WISHES, ground=(20, 22, 26)), studio).surface.rgba
    assert dark.mean() < light.mean()


def test_numbers_beyond_all_bounds_are_painted_without_a_word() -> None:
    frame = frame_of()
    huge = replace(frame, theta=frame.theta * 1e300)
    assert paint(huge, WISHES).boundary.shape == (24, 24, 4)


@pytest.fixture
def painter() -> Iterator[Painter]:
    painter = Painter()
    painter.start()
    yield painter
    painter.stop()


def wait(painter: Painter, until: Callable[[Picture], bool]) -> Picture:
    end = monotonic() + PATIENCE_S
    while monotonic() < end:
        picture = painter.pictures.wait(0.1)
        if picture is not None and until(picture):
            return picture
    raise TimeoutError("no such picture came")


def test_the_thread_paints_coarse_first_and_finer_while_idle(painter: Painter) -> None:
    painter.post(frame_of(on_network()), replace(WISHES, surface_cells=48))
    picture = wait(painter, lambda picture: len(picture.surface.loss) == 48)
    assert picture.frame.epoch == 0


def test_the_large_map_is_coarse_in_motion_and_sharp_at_rest(painter: Painter) -> None:
    painter.post(frame_of(), replace(WISHES, boundary_cells=MOVING_CELLS + 8))
    assert len(wait(painter, lambda _: True).output) == MOVING_CELLS
    sharp = wait(painter, lambda picture: len(picture.output) > MOVING_CELLS)
    side = FINER * (MOVING_CELLS + 8)
    assert sharp.output.shape == (side, side)
    assert sharp.boundary.shape == (side, side, 4)


def test_a_failure_is_a_value_and_the_thread_lives_on(painter: Painter) -> None:
    frame = frame_of()
    painter.post(replace(frame, theta=frame.theta[:3]), WISHES)
    assert isinstance(painter.failures.get(timeout=PATIENCE_S).error, ValueError)
    painter.post(frame, WISHES)
    assert wait(painter, lambda _: True).frame is frame


def test_stopping_leaves_no_thread(painter: Painter) -> None:
    painter.post(frame_of(on_network()), replace(WISHES, surface_cells=256))
    painter.stop()
    painter.stop()
    assert painter.pictures.is_closed


def test_where_classes_met_at_the_best_epoch_is_drawn_unless_that_is_shown() -> None:
    frame = frame_of(epochs=3)
    left = replace(frame, best_epoch=1, best_theta=frame.theta)
    assert paint(left, WISHES).scene.ghost
    assert not paint(replace(left, best_epoch=frame.epoch), WISHES).scene.ghost
