from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest

from nnviz.engine.activations import ACTIVATIONS, ReLU, Tanh
from nnviz.engine.penalties import L2, PENALTIES, Penalty
from nnviz.experiment import edits
from nnviz.experiment.build import Setup, build
from nnviz.experiment.spec import Data, Experiment
from nnviz.runtime.frames import Frame, Wishes
from nnviz.runtime.overlays import LOOKS_S, MOVING_POINTS, Overlays, gradient, idle_shares
from nnviz.runtime.painter import Studio, paint
from nnviz.runtime.probe import activity
from nnviz.runtime.trainer import Trainer

WISHES = Wishes(np.zeros((3, 3), np.uint8), np.zeros((8, 3), np.uint8), (0, 0, 0), 24, 8, 12)
EXPERIMENT = replace(Experiment(), data=Data(samples=40))


def frame_of(experiment: Experiment = EXPERIMENT, epochs: int = 2) -> Frame:
    trainer = Trainer(experiment)
    trainer.work(epochs, inf)
    return trainer.frame()


def penalized_loss(setup: Setup, theta: np.ndarray) -> float:
    course = setup.course
    loss = course.network.loss(theta, course.train_inputs, course.train_targets)
    return loss + course.penalty.cost(theta[course.network.is_weight])


@pytest.mark.parametrize("penalty", [each() for each in PENALTIES], ids=PENALTIES.keys)
def test_the_gradient_is_the_slope_of_what_is_trained(penalty: Penalty) -> None:
    setup = build(edits.with_penalty(EXPERIMENT, penalty))
    theta, step = setup.theta, 1e-6
    slopes = [
        (penalized_loss(setup, theta + step * each) - penalized_loss(setup, theta - step * each))
        / (2 * step)
        for each in np.eye(theta.size)
    ]
    assert gradient(setup, theta) == pytest.approx(slopes, abs=1e-7)


def test_a_gradient_of_some_points_is_that_of_these_points() -> None:
    setup = build(edits.with_penalty(EXPERIMENT, L2(0.1)))
    some, course = [0, 6, 12, 19], setup.course
    fed, wanted = course.train_inputs[:, some], course.train_targets[:, some]
    slope = course.network.gradient(setup.theta, fed, wanted)[1]
    slope += 0.1 * setup.theta * course.network.is_weight
    assert np.array_equal(gradient(setup, setup.theta, 4), slope)
    assert np.array_equal(gradient(setup, setup.theta, 20), gradient(setup, setup.theta))


def test_a_rectifier_without_input_is_dead() -> None:
    setup = build(edits.with_activation(EXPERIMENT, ReLU()))
    theta = setup.theta.copy()
    theta[setup.network.bias_place(0, 1)] = -1e3
    first, second = idle_shares(setup, theta)
    assert first.shape == (2, 4)
    assert second.shape == (2, 2)
    assert first[0, 1] == 1.0
    assert 0.0 < first[0, 0] < 1.0
    assert not first[1].any()


def test_a_tanh_far_out_is_saturated() -> None:
    setup = build(edits.with_activation(EXPERIMENT, Tanh()))
    theta = setup.theta.copy()
    theta[setup.network.bias_place(1, 0)] = 50.0
    _, second = idle_shares(setup, theta)
    assert second[1, 0] == 1.0
    assert not second[0].any()


@pytest.mark.parametrize("activation", [each() for each in ACTIVATIONS], ids=ACTIVATIONS.keys)
def test_shares_of_points_are_shares(activation: object) -> None:
    setup = build(edits.with_activation(EXPERIMENT, activation))  # type: ignore[arg-type]
    for each in idle_shares(setup, setup.theta, 10):
        assert ((each >= 0.0) & (each <= 1.0)).all()


def test_the_probe_goes_through_every_layer() -> None:
    experiment = edits.with_feature_toggled(EXPERIMENT, "x1-x2")
    setup = build(experiment)
    values = activity(setup, setup.theta, (2.0, -3.0))
    assert values[0].tolist() == [2.0, -3.0, -6.0]
    assert [len(each) for each in values] == [3, 4, 2, 1]
    fed = values[0][:, None]
    assert values[-1] == pytest.approx(setup.network.forward(setup.theta, fed)[-1][:, 0])


def test_only_what_is_wished_for_is_worked_out() -> None:
    plain = paint(frame_of(), WISHES).overlay
    assert plain.gradient is None
    assert plain.activity is None
    assert len(plain.shares) == 2
    assert paint(frame_of(), replace(WISHES, numbers=True)).overlay.gradient is not None
    chosen = edits.with_view(EXPERIMENT, overlay="gradient", probe=(1.0, 1.0))
    overlay = paint(frame_of(chosen), WISHES).overlay
    assert overlay.gradient is not None
    assert overlay.activity is not None


def test_the_last_change_is_that_of_the_last_update() -> None:
    trainer = Trainer(EXPERIMENT)
    trainer.step_batch()
    before = trainer.frame().theta
    trainer.step_batch()
    frame = replace(trainer.frame(), before=before)
    update = paint(frame, WISHES).overlay.update
    assert update is not None
    assert np.array_equal(update, frame.theta - before)


def test_units_are_not_looked_at_in_every_frame_that_moves() -> None:
    overlays, frame = Overlays(), frame_of()
    setup = build(EXPERIMENT)
    first = overlays.show(setup, frame, WISHES, exact=False).shares
    assert overlays.show(setup, frame, WISHES, exact=False).shares is first
    assert overlays.show(setup, frame, WISHES, exact=True).shares is not first
    assert LOOKS_S < 1.0


def test_what_rests_is_exact() -> None:
    data = Data(samples=3 * MOVING_POINTS)
    experiment = edits.with_view(Experiment(data=data), overlay="gradient")
    frame, studio = frame_of(experiment, epochs=0), Studio()
    moving = studio.paint(frame, WISHES).overlay.gradient
    resting = studio.sharpen()
    assert moving is not None
    assert resting is not None
    exact = gradient(build(experiment), frame.theta)
    assert not np.array_equal(moving, exact)
    assert np.array_equal(resting.overlay.gradient, exact)  # type: ignore[arg-type]
