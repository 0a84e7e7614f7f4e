from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from nnviz.engine.penalties import L2
from nnviz.engine.training import batch_of, order_of
from nnviz.experiment.build import Setup, build
from nnviz.experiment.landscape import NETWORK_SURFACE, PLANES, Landscape
from nnviz.experiment.spec import Data, Experiment, Training
from nnviz.runtime.ground import cut_of, ground, race_starts, surface_key
from nnviz.runtime.tracks import Laid

EXPERIMENT = Experiment(data=Data(samples=60), training=Training(penalty=L2(0.1)))


def setup_of(**changes: Any) -> Setup:
    return build(replace(EXPERIMENT, landscape=Landscape(NETWORK_SURFACE, axes=(0, 3), **changes)))


@pytest.mark.parametrize("plane", PLANES)
@pytest.mark.parametrize("loss", ["train", "test"])
def test_the_cut_goes_through_the_network(plane: str, loss: str) -> None:
    setup = setup_of(plane=plane, loss=loss, penalized=False)
    course = setup.course
    samples = {
        "train": (course.train_inputs, course.train_targets),
        "test": (course.test_inputs, course.test_targets),
    }
    field = ground(setup, setup.theta).field
    [start] = race_starts(setup, setup.theta)
    expected = setup.network.loss(setup.theta, *samples[loss])
    assert float(field.value(start)) == pytest.approx(expected)
    x0, x1, y0, y1 = field.domain
    np.testing.assert_allclose([(x0 + x1) / 2, (y0 + y1) / 2], start, atol=1e-12)
    assert field.line == (plane == "line")


@pytest.mark.parametrize("plane", PLANES)
def test_the_penalty_counts_if_it_is_wished_for(plane: str) -> None:
    with_it, without = (setup_of(plane=plane, penalized=each) for each in (True, False))
    [start] = race_starts(with_it, with_it.theta)
    weights = with_it.theta[with_it.network.is_weight]
    difference = ground(with_it, with_it.theta).field.value(start) - ground(
        without, without.theta
    ).field.value(start)
    assert float(difference) == pytest.approx(L2(0.1).cost(weights))


def test_over_the_batch_the_loss_moves_with_every_update() -> None:
    setup = setup_of(loss="batch", penalized=False)
    [start] = race_starts(setup, setup.theta)
    for moment in ((0, 0), (0, 1), (3, 1)):
        expected = setup.network.loss(setup.theta, *batch_of(setup.course, *moment))
        value = ground(setup, setup.theta, moment=moment).field.value(start)
        assert float(value) == pytest.approx(expected)


def test_the_batches_of_an_epoch_are_all_of_its_samples() -> None:
    course = setup_of().course
    parts = [batch_of(course, 2, batch)[0] for batch in range(course.updates)]
    order = order_of(course, 2)
    np.testing.assert_array_equal(np.concatenate(parts, axis=1), course.train_inputs[:, order])


def test_nothing_to_test_on_leaves_the_training_loss() -> None:
    setup = setup_of(loss="test")
    course = replace(
        setup.course,
        test_inputs=setup.course.test_inputs[:, :0],
        test_targets=setup.course.test_targets[:, :0],
    )
    shown = ground(replace(setup, course=course), setup.theta)
    assert shown.title == "Loss of the network"


def test_the_reach_widens_what_is_shown_of_every_cut() -> None:
    for plane in PLANES:
        near, far = (cut_of(setup_of(plane=plane, radius=r), setup_of().theta) for r in (2.0, 4.0))
        assert far[1][1] - far[1][0] == pytest.approx(2 * (near[1][1] - near[1][0]))


def test_a_plane_that_was_laid_through_a_run_is_shown_where_the_run_is() -> None:
    setup = setup_of(plane="run")
    plane, _ = cut_of(setup, setup.theta)
    laid = Laid(replace(plane, shares=(0.8, 0.15)), (-2.0, 6.0, -1.0, 7.0))
    shown = ground(setup, setup.theta, laid)
    assert shown.field.domain == (-2.0, 6.0, -1.0, 7.0)
    assert shown.labels[0].startswith("80 % ")
    other = Laid(laid.plane, laid.domain)
    assert surface_key(setup, setup.theta, laid) != surface_key(setup, setup.theta, other)


def test_what_is_held_does_not_move_in_random_directions() -> None:
    held = replace(EXPERIMENT.architecture, held=(1, 2))
    experiment = replace(
        EXPERIMENT,
        architecture=held,
        landscape=Landscape(NETWORK_SURFACE, plane="random"),
    )
    setup = build(experiment)
    plane, _ = cut_of(setup, setup.theta)
    assert not plane.across[[1, 2]].any()
    assert plane.across.any()


def test_another_seed_is_another_surface() -> None:
    keys = {
        surface_key(setup_of(plane="random", plane_seed=seed), setup_of().theta)[3]
        for seed in (1, 2)
    }
    assert len(keys) == 2
