from __future__ import annotations

from collections import Counter
from itertools import pairwise

import numpy as np
import pytest

from nnviz.engine.datasets import DATASETS, IRIS_AXES, PENGUIN_AXES, Dataset
from nnviz.engine.elementary import Floats
from nnviz.engine.generators import about, hills
from nnviz.mistake import Mistake

every_dataset = pytest.mark.parametrize("dataset", list(DATASETS), ids=lambda each: each.key)
drawn_datasets = pytest.mark.parametrize(
    "dataset", [each for each in DATASETS if not each.fixed], ids=lambda each: each.key
)
gates = {"gate-and": [0, 0, 0, 1], "gate-or": [0, 1, 1, 1], "gate-xor": [0, 1, 1, 0]}


def drawn(
    key: str, *, noise: float = 0.0, samples: int = 400, seed: int = 5
) -> tuple[Floats, Floats]:
    return DATASETS[key].make(np.random.default_rng(seed), samples, noise)


def test_the_table_holds_all_that_the_menu_shows() -> None:
    assert DATASETS.keys == (
        "circle",
        "xor",
        "gauss",
        "spiral",
        "moons",
        "rings-3",
        "rings-4",
        "rings-5",
        "blobs-3",
        "blobs-4",
        "blobs-5",
        "blobs-6",
        "blobs-7",
        "blobs-8",
        "checkerboard",
        "formula",
        "gate-and",
        "gate-or",
        "gate-xor",
        "iris",
        "penguins",
        "reg-plane",
        "reg-gauss",
    )


def test_a_wrong_key_says_which_there_are() -> None:
    with pytest.raises(Mistake, match=r"no data set 'circel'.*Did you mean 'circle'"):
        DATASETS["circel"]


@every_dataset
@pytest.mark.parametrize("noise", [0.0, 0.8])
def test_points_and_labels_have_their_shapes(dataset: Dataset, noise: float) -> None:
    points, labels = dataset.make(np.random.default_rng(0), 101, noise)
    assert points.shape == (len(labels), 2)
    assert points.dtype == labels.dtype == np.float64
    assert len(labels) == 101 or dataset.fixed


@every_dataset
def test_without_noise_all_points_lie_in_the_plane(dataset: Dataset) -> None:
    points, _ = dataset.make(np.random.default_rng(0), 500, 0.0)
    assert np.abs(points).max() <= 6


@every_dataset
def test_classes_are_counted_from_zero(dataset: Dataset) -> None:
    _, labels = dataset.make(np.random.default_rng(0), 200, 0.1)
    if dataset.problem == "classification":
        assert set(labels) == set(range(dataset.classes))
        assert len(dataset.class_names) == dataset.classes
    else:
        assert dataset.classes == 0
        assert -2.5 <= labels.min() < 0 < labels.max() <= 2.5


@every_dataset
def test_the_same_seed_draws_the_same_points(dataset: Dataset) -> None:
    one, other = (dataset.make(np.random.default_rng(3), 60, 0.2) for _ in range(2))
    np.testing.assert_array_equal(one[0], other[0])
    np.testing.assert_array_equal(one[1], other[1])


@drawn_datasets
def test_noise_moves_what_the_table_says(dataset: Dataset) -> None:
    points, labels = drawn(dataset.key)
    noisy_points, noisy_labels = drawn(dataset.key, noise=0.4)
    assert np.array_equal(points, noisy_points) == (dataset.noise_moves == "label")
    assert np.array_equal(labels, noisy_labels) == (dataset.noise_moves == "point")


@pytest.mark.parametrize("key", [*gates, "iris", "penguins"])
def test_what_is_fixed_knows_no_noise(key: str) -> None:
    assert DATASETS[key].noise_moves == "nothing"
    np.testing.assert_array_equal(drawn(key)[0], drawn(key, noise=0.5)[0])


@drawn_datasets
@pytest.mark.parametrize("samples", [4, 5, 37])
def test_any_number_of_samples_is_drawn(dataset: Dataset, samples: int) -> None:
    assert len(drawn(dataset.key, samples=samples)[1]) == samples


def test_the_circle_is_blue_inside_and_leaves_a_gap() -> None:
    points, labels = drawn("circle")
    radius = np.hypot(*points.T)
    assert radius[labels == 1].max() < 2.5
    assert 3.5 <= radius[labels == 0].min() <= radius.max() <= 5


def test_exclusive_or_keeps_off_the_axes() -> None:
    points, labels = drawn("xor")
    assert np.abs(points).min() >= 0.3
    np.testing.assert_array_equal(labels, points.prod(axis=1) > 0)


@pytest.mark.parametrize(("noise", "variance"), [(0.0, 0.5), (0.5, 4.0)])
def test_gaussians_spread_with_the_noise(noise: float, variance: float) -> None:
    points, labels = drawn("gauss", noise=noise, samples=8000)
    for label, center in ((1, 2.0), (0, -2.0)):
        own = points[labels == label]
        assert own.mean(axis=0) == pytest.approx([center, center], abs=0.15)
        assert own.var(axis=0) == pytest.approx([variance, variance], rel=0.1)


def test_the_spiral_winds_outward() -> None:
    points, labels = drawn("spiral")
    for label in (0, 1):
        assert np.all(np.diff(np.hypot(*points[labels == label].T)) > 0)
    np.testing.assert_allclose(points[labels == 1], -points[labels == 0], atol=1e-12)


def test_moons_hook_into_one_another() -> None:
    points, labels = drawn("moons")
    upper, lower = points[labels == 0], points[labels == 1]
    assert upper[:, 1].min() < lower[:, 1].max()
    assert upper[:, 0].max() > lower[:, 0].min()
    assert np.abs(points).max() == pytest.approx(5.0)


@pytest.mark.parametrize("classes", [3, 4, 5])
def test_rings_lie_in_one_another_and_leave_gaps(classes: int) -> None:
    points, labels = drawn(f"rings-{classes}")
    radius = np.hypot(*points.T)
    ends = [(radius[labels == ring].min(), radius[labels == ring].max()) for ring in range(classes)]
    assert ends[-1][1] == pytest.approx(5.2, abs=0.05)
    assert all(inner[1] + 0.3 < outer[0] for inner, outer in pairwise(ends))


@pytest.mark.parametrize("classes", range(3, 9))
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_clouds_stand_in_a_ring(classes: int, noise: float) -> None:
    points, labels = drawn(f"blobs-{classes}", samples=840 * 10, noise=noise)
    assert set(Counter(labels).values()) == {8400 // classes}
    spread = (0.55, 0.8, 0.65, 0.55, 0.5, 0.45)[classes - 3]
    for each in range(classes):
        own = points[labels == each]
        angle = np.pi * (2 * each + 1) / classes
        center = 3.8 * np.array([np.sin(angle), np.cos(angle)])
        np.testing.assert_allclose(own.mean(axis=0), center, atol=0.15)
        np.testing.assert_allclose(own.std(axis=0), spread * (1 + 2 * noise), rtol=0.07)


def test_members_of_a_family_differ_in_their_classes() -> None:
    for family in ("rings-3", "blobs-3"):
        classes = [each.classes for each in DATASETS if each.family == family]
        assert classes == list(range(3, 3 + len(classes)))


def test_the_checkerboard_changes_its_class_at_every_edge() -> None:
    points, labels = drawn("checkerboard")
    squares = np.floor((points + 5) / 2.5).astype(int)
    assert set(squares.ravel().tolist()) == {0, 1, 2, 3}
    np.testing.assert_array_equal(labels, squares.sum(axis=1) % 2)


def test_a_curve_parts_what_is_above_it_from_what_is_below() -> None:
    points, labels = drawn("formula")
    np.testing.assert_array_equal(labels, points[:, 1] > 2 * np.sin(points[:, 0]))


def test_where_a_curve_has_no_value_all_is_below(rng: np.random.Generator) -> None:
    points, labels = about(np.log)(rng, 300, 0.0)
    with np.errstate(all="ignore"):
        np.testing.assert_array_equal(labels, points[:, 1] > np.log(points[:, 0]))
    assert labels[points[:, 0] < 0].max() == 0


@pytest.mark.parametrize(("key", "truth"), gates.items())
def test_gates_are_their_truth_tables(key: str, truth: list[int]) -> None:
    points, labels = drawn(key)
    axes = DATASETS[key].axes
    bits = [axis.real(column) for axis, column in zip(axes, points.T, strict=True)]
    np.testing.assert_allclose(bits, [[0, 0, 1, 1], [0, 1, 0, 1]])
    np.testing.assert_array_equal(labels, truth)


def test_the_plane_rises_with_both_coordinates() -> None:
    points, labels = drawn("reg-plane")
    np.testing.assert_allclose(labels, points.sum(axis=1) / 10)


def test_hills_stand_where_they_should() -> None:
    tops = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5], [0, 0.0]])
    np.testing.assert_array_equal(hills(tops), [1, -1, 1, -1, 1, -1, 0])
    np.testing.assert_allclose(hills(np.array([[0.0, 1.5], [2.0, 2.5]])), [-0.5, 0.0])


def test_iris_is_the_table_of_fisher() -> None:
    points, labels = drawn("iris")
    real = np.stack([axis.real(x) for axis, x in zip(IRIS_AXES, points.T, strict=True)], axis=1)
    assert Counter(labels) == {0: 50, 1: 50, 2: 50}
    means = [real[labels == species].mean(axis=0) for species in range(3)]
    np.testing.assert_allclose(means, [[1.462, 0.246], [4.26, 1.326], [5.552, 2.026]])
    np.testing.assert_allclose([real.min(axis=0), real.max(axis=0)], [[1.0, 0.1], [6.9, 2.5]])
    np.testing.assert_allclose(real[[34, 37]], [[1.5, 0.2], [1.4, 0.1]])
    assert np.abs(points).max() == pytest.approx(5.0)


def test_penguins_are_those_of_palmer_station() -> None:
    points, labels = drawn("penguins")
    real = np.stack([axis.real(x) for axis, x in zip(PENGUIN_AXES, points.T, strict=True)], axis=1)
    assert Counter(labels) == {0: 151, 1: 68, 2: 123}
    np.testing.assert_allclose(real[0], [39.1, 181])
    np.testing.assert_allclose(real.mean(axis=0), [43.92193, 200.915205], rtol=1e-6)
    np.testing.assert_allclose([real.min(axis=0), real.max(axis=0)], [[32.1, 172], [59.6, 231]])
    assert np.abs(points).max() == pytest.approx(5.0)
