"""Spaces, lines and figures of the output's picture."""

from __future__ import annotations

from dataclasses import replace
from math import inf

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.losses import OUTPUTS
from nnviz.experiment.build import build
from nnviz.experiment.spec import Data, Experiment, View
from nnviz.runtime.directions import components, window
from nnviz.runtime.fineness import MOVING_CELLS, SIDES, Fineness
from nnviz.runtime.frames import Frame, Wishes
from nnviz.runtime.lines import decision_lines, even_lines, margin_lines, round_above
from nnviz.runtime.painter import Studio, paint
from nnviz.runtime.sample import MOST_POINTS, sample_of
from nnviz.runtime.scenes import Kept, Pointer
from nnviz.runtime.trainer import Trainer

STOPS = np.array([[245, 147, 34], [232, 234, 235], [8, 119, 189]], dtype=np.uint8)
CLASSES = np.arange(24, dtype=np.uint8).reshape(8, 3) * 10
WISHES = Wishes(STOPS, CLASSES, (255, 255, 255), 24, 8, 24)
DOMAIN = (-6.0, 6.0, -6.0, 6.0)


def frames(experiment: Experiment, *epochs: int) -> list[Frame]:
    trainer, made = Trainer(experiment), []
    for count in epochs:
        trainer.work(count, inf)
        made.append(trainer.frame())
    return made


def test_the_last_hidden_layer_of_two_is_cut_by_a_straight_line() -> None:
    view = View(space="neurons", space_layer=2)
    (frame,) = frames(Experiment(data=Data(samples=60), view=view), 20)
    space = paint(frame, WISHES).scene.space
    assert space is not None
    assert space.colors is not None
    for line in space.decision:
        spread = np.linalg.svd(line - line.mean(axis=0), compute_uv=False)
        assert spread[-1] < 1e-3 * max(spread[0], 1.0)


def test_a_part_of_a_space_is_seen_as_finely_as_the_whole() -> None:
    view = View(space="neurons", space_layer=2)
    (frame,) = frames(Experiment(data=Data(samples=60), view=view), 20)
    whole = paint(frame, WISHES).scene.space
    near = paint(frame, replace(WISHES, seen=(-0.2, 0.3, -0.1, 5.0))).scene.space
    assert whole is not None
    assert near is not None
    assert whole.colors is not None
    assert near.colors is not None
    assert (whole.covered, near.covered) == (None, (-0.2, 0.3, -0.1, 1.1))
    assert near.colors.shape == whole.colors.shape
    assert not np.array_equal(near.colors, whole.colors)
    assert near.across.shape[1] > whole.across.shape[1]
    np.testing.assert_allclose(near.across[:, [0, -1]], whole.across[:, [0, -1]], atol=1e-9)
    away = paint(frame, replace(WISHES, seen=(7.0, 8.0, 7.0, 8.0))).scene.space
    assert away is not None
    assert away.covered is None


def test_the_border_is_followed_more_finely_into_a_part_of_a_wide_layer() -> None:
    view = View(space="components", space_layer=1)
    (frame,) = frames(Experiment(data=Data(samples=60), view=view), 20)
    counts = []
    for seen in (None, (-0.5, 0.5, -0.5, 0.5)):
        space = paint(frame, replace(WISHES, seen=seen)).scene.space
        assert space is not None
        counts.append(sum(map(len, space.decision)))
    assert counts[1] > 1.5 * counts[0] > 0


def test_components_keep_signs_and_order_from_frame_to_frame() -> None:
    view = View(space="components", space_layer=1)
    studio, before = Studio(), None
    for frame in frames(Experiment(data=Data(samples=60), view=view), *[1] * 30):
        space = studio.paint(frame, WISHES, 24).scene.space
        assert space is not None
        if before is not None:
            assert np.sum(space.places * before) > 0
        before = space.places


@given(st.integers(1, 6), st.integers(1, 9), st.integers(0, 99))
def test_components_are_at_right_angles(units: int, points: int, seed: int) -> None:
    values = np.random.default_rng(seed).normal(size=(units, points))
    way = components(values)
    assert way.axes[0] @ way.axes[1] == pytest.approx(0.0, abs=1e-9)
    assert way.shares is not None
    assert sum(way.shares) <= 1 + 1e-9


def test_a_window_stays_while_its_content_fits() -> None:
    seen = np.array([[-1.0, -1.0], [1.0, 1.0]])
    first = window(seen, None, is_even=False)
    assert window(0.9 * seen, first, is_even=False) == first
    assert window(5.0 * seen, first, is_even=False) != first


def test_every_output_of_its_own_is_undecided_at_a_sum_of_zero() -> None:
    for output in OUTPUTS:
        if not output.is_shared:
            assert output.rule(np.zeros(1), 0.0)[0][0] == output.middle


def test_a_border_between_two_classes_is_drawn_once() -> None:
    x, y = np.meshgrid(np.linspace(-6, 6, 40), np.linspace(-6, 6, 40))
    sums = np.stack([x, -x, np.full_like(y, -20.0)])
    (line,) = decision_lines(sums, DOMAIN)
    assert np.abs(line[:, 0]).max() < 1e-9


@given(st.floats(1e-6, 1e6))
def test_round_numbers_are_not_below(value: float) -> None:
    assert value * 0.999 <= round_above(value) <= 2.5 * value


def test_a_flat_map_has_no_levels() -> None:
    assert even_lines(np.ones((8, 8)), DOMAIN) == ()


def test_very_many_points_are_thinned_for_drawing() -> None:
    experiment = Experiment(data=Data(samples=20_000), view=View(show_test=True))
    sample = sample_of(build(experiment))
    assert len(sample.chosen) <= MOST_POINTS
    assert sample.total == 20_000


def test_mistakes_are_those_that_the_accuracy_counts() -> None:
    (frame,) = frames(Experiment(data=Data(samples=80), view=View(mistakes=True)), 3)
    wrong = paint(frame, WISHES).scene.wrong
    assert wrong is not None
    assert 1 - wrong.mean() == pytest.approx(frame.history.train_accuracy[-1])


def test_the_pointer_finds_the_point_and_its_loss() -> None:
    (frame,) = frames(Experiment(data=Data(samples=40)), 3)
    studio = Studio()
    first = studio.paint(frame, WISHES)
    x, y = first.scene.sample.points[5].tolist()
    moved = studio.paint(frame, replace(WISHES, pointer=Pointer(x, y, (0.1, 0.1))))
    assert moved.boundary is first.boundary
    pointed = moved.scene.pointed
    assert pointed is not None
    assert pointed.near is not None
    assert pointed.near.place == 5


def test_nothing_has_changed_since_now() -> None:
    (frame,) = frames(Experiment(data=Data(samples=40)), 3)
    kept = Kept(frame.experiment, frame.theta, frame.epoch)
    colors = paint(frame, replace(WISHES, kept=kept)).boundary
    assert np.array_equal(np.unique(colors.reshape(-1, 4), axis=0)[:, :3], STOPS[1:2])


@pytest.mark.parametrize("part", ["train", "test"])
@pytest.mark.parametrize("dataset", ["circle", "rings-3", "reg-plane"])
def test_figures_count_every_point(part: str, dataset: str) -> None:
    (frame,) = frames(Experiment(data=Data(dataset, samples=60)), 3)
    quality = paint(frame, replace(WISHES, quality=part)).scene.quality
    assert quality is not None
    assert quality.points == 30
    assert quality.counts.sum() == (0 if dataset == "reg-plane" else 30)


def test_maps_are_as_fine_as_there_is_time_for() -> None:
    fineness = Fineness()
    assert fineness.moving == MOVING_CELLS
    for _ in range(50):
        fineness.note(100, 1e-6)
    assert fineness.moving == SIDES[-1]
    assert fineness.resting(256) == 512
    for _ in range(50):
        fineness.note(100, 10.0)
    assert fineness.moving == MOVING_CELLS
    assert fineness.resting(256) == 256


def test_lines_stand_at_the_levels_that_were_chosen() -> None:
    slope = np.tile(np.linspace(-1.0, 1.0, 16), (16, 1))
    output = OUTPUTS["tanh"]
    margins = margin_lines(slope[None], output, DOMAIN)
    chosen = margin_lines(slope[None], output, DOMAIN, (-0.25, 0.5))
    assert [level.value for level in chosen] == [-0.25, 0.5] != [each.value for each in margins]
    assert [level.value for level in even_lines(slope, DOMAIN, (0.1, 7.0))] == [0.1]
