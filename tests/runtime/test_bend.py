from __future__ import annotations

from dataclasses import replace
from itertools import count

import numpy as np
import pytest

from nnviz.engine.course import Progress
from nnviz.engine.curvature import largest_bend
from nnviz.engine.training import train_epoch
from nnviz.experiment.build import build
from nnviz.experiment.spec import Architecture, Data, Experiment, Layer
from nnviz.runtime import bend
from nnviz.runtime.bend import SAMPLES, Bending

EXPERIMENT = Experiment(data=Data("xor", samples=60))


def settled(bending: Bending, setup: object, theta: object) -> float:
    value = float("nan")
    for _ in range(500):
        value = bending.follow(setup, theta)  # type: ignore[arg-type]
        if bending.is_settled:
            break
    return value


def test_at_rest_it_comes_to_the_largest_eigenvalue() -> None:
    setup = build(EXPERIMENT)
    wanted = largest_bend(setup.course, setup.theta).curvature
    assert settled(Bending(), setup, setup.theta) == pytest.approx(wanted, rel=0.01)


def test_it_follows_a_network_that_learns() -> None:
    setup, bending = build(EXPERIMENT), Bending()
    progress = Progress.start(setup.course, setup.theta)
    for _ in range(40):
        train_epoch(setup.course, progress)
        trailing = bending.follow(setup, progress.theta)
    wanted = largest_bend(setup.course, progress.theta).curvature
    assert trailing == pytest.approx(wanted, rel=0.2)


def test_while_frames_come_it_takes_its_share_of_the_time_and_at_rest_all_of_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    clock = count(step=0.5)  # A product seems to take half a second, and trailing as long again.
    monkeypatch.setattr(bend, "perf_counter", lambda: next(clock))
    setup, bending = build(EXPERIMENT), Bending()
    values = [bending.trail(setup, setup.theta + 1e-6 * nudge) for nudge in range(30)]
    changes = np.count_nonzero(np.diff(values))
    assert 0 < changes < len(values) / 2
    assert not bending.is_settled
    assert settled(bending, setup, setup.theta) == pytest.approx(
        largest_bend(setup.course, setup.theta).curvature, rel=0.01
    )
    assert not bending.is_due


def test_another_network_begins_anew() -> None:
    bending, setup = Bending(), build(EXPERIMENT)
    settled(bending, setup, setup.theta)
    other = build(replace(EXPERIMENT, architecture=Architecture(hidden=(Layer(3),))))
    wanted = largest_bend(other.course, other.theta).curvature
    assert settled(bending, other, other.theta) == pytest.approx(wanted, rel=0.01)


def test_many_points_are_not_all_looked_at() -> None:
    setup = build(replace(EXPERIMENT, data=Data("xor", samples=3 * SAMPLES)))
    course = setup.course
    few = replace(
        course,
        train_inputs=course.train_inputs[:, :SAMPLES],
        train_targets=course.train_targets[:, :SAMPLES],
    )
    wanted = largest_bend(few, setup.theta).curvature
    assert settled(Bending(), setup, setup.theta) == pytest.approx(wanted, rel=0.01)


def test_where_numbers_end_it_says_nothing() -> None:
    setup = build(EXPERIMENT)
    with np.errstate(all="ignore"):
        assert np.isnan(Bending().follow(setup, np.full(setup.network.size, np.nan)))
