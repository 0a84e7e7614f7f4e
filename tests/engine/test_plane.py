from __future__ import annotations

import numpy as np
import pytest

from nnviz.engine.activations import PReLU
from nnviz.engine.network import Network
from nnviz.engine.plane import Plane, plane_along, principal_plane, random_plane
from tests.engine.courses import course, first_theta

SMALL = course(hidden=(3, 2))
SIZE = SMALL.network.size


def walked(rng: np.random.Generator, moments: int = 40, size: int = 17) -> np.ndarray:
    """A run that went far along one direction, less far along another, and shook besides."""
    ways = np.linalg.qr(rng.normal(size=(size, 2)))[0].T
    share = np.linspace(0, 1, moments)[:, None]
    shaken = 0.01 * rng.normal(size=(moments, size))
    thetas: np.ndarray = 9 * share * ways[0] + np.sin(6 * share) * ways[1] + shaken
    return thetas


def test_a_place_on_the_plane_is_found_again(rng: np.random.Generator) -> None:
    plane = Plane(*rng.normal(size=(3, SIZE)))
    points = rng.normal(size=(4, 5, 2))
    thetas = plane.theta(points)
    assert thetas.shape == (4, 5, SIZE)
    np.testing.assert_allclose(plane.place(thetas), points, atol=1e-12)
    np.testing.assert_allclose(plane.distance(thetas), 0.0, atol=1e-12)


def test_what_is_off_the_plane_is_seen_at_its_nearest_place(rng: np.random.Generator) -> None:
    plane = Plane(*rng.normal(size=(3, SIZE)))
    theta = rng.normal(size=SIZE)
    off = theta - plane.theta(plane.place(theta))
    np.testing.assert_allclose([off @ plane.across, off @ plane.up], 0.0, atol=1e-12)
    assert float(plane.distance(theta)) == pytest.approx(np.linalg.norm(off))


def test_over_two_weights_the_axes_are_their_values() -> None:
    theta = first_theta(SMALL)
    plane = plane_along(theta, (4, 9))
    np.testing.assert_allclose(plane.place(theta), theta[[4, 9]])
    moved = plane.theta(np.array([2.0, -3.0]))
    assert moved[4] == 2.0
    assert moved[9] == -3.0
    others = np.delete(np.arange(SIZE), [4, 9])
    np.testing.assert_array_equal(moved[others], theta[others])


def test_over_one_weight_there_is_only_x() -> None:
    theta = first_theta(SMALL)
    plane = plane_along(theta, (4,))
    assert plane.is_line
    np.testing.assert_allclose(plane.place(theta), [theta[4], 0.0])
    np.testing.assert_array_equal(
        plane.theta(np.array([2.0, 5.0])), plane.theta(np.array([2.0, 0]))
    )


def filters(network: Network, direction: np.ndarray) -> list[np.ndarray]:
    rows: list[np.ndarray] = []
    for layer in network.layers(direction):
        rows += [np.append(*each) for each in zip(layer.weights, layer.biases, strict=True)]
        rows += [layer.alphas] if layer.alphas.size else []
    return rows


@pytest.mark.parametrize("seed", [1, 2, 77])
def test_random_directions_have_the_length_of_every_filter_of_the_network(seed: int) -> None:
    theta = first_theta(SMALL)
    plane = random_plane(SMALL.network, theta, seed)
    pairs = zip(
        *(filters(SMALL.network, each) for each in (theta, plane.across, plane.up)), strict=True
    )
    for own, across, up in pairs:
        assert np.linalg.norm(across) == pytest.approx(np.linalg.norm(own))
        assert np.linalg.norm(up) == pytest.approx(np.linalg.norm(own))
        assert across @ up == pytest.approx(0.0, abs=1e-12)
    np.testing.assert_array_equal(plane.place(theta), [0.0, 0.0])


def test_another_seed_gives_other_directions() -> None:
    theta = first_theta(SMALL)
    first, again, other = (random_plane(SMALL.network, theta, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first.across, again.across)
    assert not np.allclose(first.across, other.across)


def test_what_is_held_or_cut_does_not_move() -> None:
    theta = first_theta(SMALL)
    plane = random_plane(SMALL.network, theta, 1, still=(0, 1, 7))
    assert not plane.across[[0, 1, 7]].any()
    assert not plane.up[[0, 1, 7]].any()
    assert np.isfinite(plane.across).all()
    assert np.isfinite(plane.up).all()


def test_a_filter_of_one_number_moves_along_one_direction() -> None:
    learned = course(hidden=(3,), activation=PReLU())
    theta = first_theta(learned)
    alpha = learned.network.places[0].alphas.start
    plane = random_plane(learned.network, theta, 3)
    assert abs(plane.across[alpha]) == pytest.approx(abs(theta[alpha]))
    assert plane.up[alpha] == 0.0


@pytest.mark.parametrize("size", [17, 300], ids=["few parameters", "many parameters"])
def test_the_plane_of_a_run_is_that_of_its_principal_components(
    size: int, rng: np.random.Generator
) -> None:
    thetas = walked(rng, size=size)
    plane = principal_plane(thetas, thetas[-1])
    assert plane is not None
    _, sizes, directions = np.linalg.svd(thetas - thetas.mean(axis=0), full_matrices=False)
    for found, expected in zip((plane.across, plane.up), directions, strict=False):
        assert abs(float(found @ expected)) == pytest.approx(1.0, abs=1e-9)
    assert plane.shares is not None
    np.testing.assert_allclose(plane.shares, sizes[:2] ** 2 / (sizes**2).sum(), rtol=1e-9)
    np.testing.assert_array_equal(plane.place(thetas[-1]), [0.0, 0.0])


def test_a_run_goes_to_the_right(rng: np.random.Generator) -> None:
    thetas = walked(rng)
    plane = principal_plane(thetas, thetas[-1])
    assert plane is not None
    places = plane.place(thetas)
    assert (places[-1] >= places[0]).all()


def test_as_a_run_grows_its_picture_does_not_flip(rng: np.random.Generator) -> None:
    thetas = walked(rng)
    before = principal_plane(thetas[:30], thetas[29])
    assert before is not None
    turned = Plane(before.origin, -before.across, -before.up, before.shares)
    after = principal_plane(thetas, thetas[-1], turned)
    assert after is not None
    assert after.across @ turned.across > 0.5
    assert after.up @ turned.up > 0.0


def test_components_that_change_places_keep_their_axes(rng: np.random.Generator) -> None:
    thetas = walked(rng)
    before = principal_plane(thetas, thetas[-1])
    assert before is not None
    other = Plane(before.origin, before.up, before.across, before.shares)
    after = principal_plane(thetas, thetas[-1], other)
    assert after is not None
    np.testing.assert_allclose(after.across, before.up, atol=1e-12)
    assert after.shares == pytest.approx((before.shares or ())[::-1])


@pytest.mark.parametrize(
    "thetas",
    [
        np.zeros((2, 5)),
        np.zeros((9, 5)),
        np.outer(np.arange(9.0), np.ones(5)),
        np.full((9, 5), np.nan),
    ],
    ids=["too few", "all the same", "on a line", "not finite"],
)
def test_moments_that_span_no_plane_give_none(thetas: np.ndarray) -> None:
    assert principal_plane(thetas, np.zeros(5)) is None


@pytest.mark.parametrize("parameters", [3, 40])
def test_a_run_that_has_diverged_lays_no_plane(parameters: int, rng: np.random.Generator) -> None:
    thetas = rng.normal(size=(10, parameters))
    thetas[-1] *= 1e200
    assert principal_plane(thetas, thetas[-1]) is None
