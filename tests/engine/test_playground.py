from __future__ import annotations

import json
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from nnviz.engine.playground import (
    CLASSIFICATION_SAMPLES,
    GENERATORS,
    REGRESSION_SAMPLES,
    Beginning,
    Stream,
    begin,
    first_theta,
    points,
    train_count,
)

RUNS: list[dict[str, Any]] = json.loads(
    (Path(__file__).parents[1] / "data" / "playground.json").read_text(encoding="utf-8")
)
"""Whole runs of the page itself: address, first points, first weights."""

every_run = pytest.mark.parametrize("run", RUNS, ids=lambda run: setting(run, "seed"))
every_generator = pytest.mark.parametrize("key", GENERATORS)


def setting(run: dict[str, Any], key: str, default: str = "") -> str:
    settings: dict[str, list[str]] = parse_qs(run["url"].partition("#")[2])
    return settings.get(key, [default])[0]


def begun(run: dict[str, Any]) -> Beginning:
    is_value = setting(run, "problem") == "regression"
    dataset = setting(run, "regDataset" if is_value else "dataset")
    widths = [len(run["initial"]["weights"][0][0]), *(len(b) for b in run["initial"]["biases"])]
    return begin(setting(run, "seed"), dataset, float(setting(run, "noise")) / 100, widths)


@pytest.mark.parametrize(
    ("seed", "first", "second"),
    [
        ("0.12345", 0.9152007406557323, 0.4702753218035592),
        ("0.59704", 0.3720885891366738, 0.5777042295963245),
        ("1", 0.2694488477791326, 0.43440878183925163),
        ("abc", 0.7319428070286753, 0.6472995620587413),
    ],
)
def test_the_stream_is_that_of_the_page(seed: str, first: float, second: float) -> None:
    stream = Stream(seed)
    assert (stream.number(), stream.number()) == (first, second)


@given(st.text(max_size=40))
@example("")
@example("long" * 100)
def test_any_text_is_a_seed(seed: str) -> None:
    stream = Stream(seed)
    assert all(0 <= stream.number() < 1 for _ in range(20))


def test_normal_numbers_have_their_mean_and_variance() -> None:
    stream = Stream("bell")
    drawn = np.array([stream.normal(2.0, 4.0) for _ in range(4000)])
    assert drawn.mean() == pytest.approx(2.0, abs=0.1)
    assert drawn.var() == pytest.approx(4.0, rel=0.1)


@every_run
def test_the_first_points_are_those_of_the_page(run: dict[str, Any]) -> None:
    beginning = begun(run)
    count = len(run["first_points"])
    labels = beginning.labels[:count]
    if setting(run, "problem") == "classification":
        labels = 2 * labels - 1
    got = np.column_stack([beginning.points[:count], labels])
    np.testing.assert_allclose(got, run["first_points"], rtol=0, atol=1e-12)


@every_run
def test_the_first_weights_are_those_of_the_page(run: dict[str, Any]) -> None:
    theta = [
        number
        for weights, biases in zip(run["initial"]["weights"], run["initial"]["biases"], strict=True)
        for number in [*np.ravel(weights), *biases]
    ]
    np.testing.assert_allclose(begun(run).theta, theta, rtol=0, atol=1e-12)


@every_run
def test_as_many_points_are_trained_on_as_on_the_page(run: dict[str, Any]) -> None:
    samples = len(begun(run).points)
    count = train_count(samples, float(setting(run, "percTrainData", "50")))
    assert (count, samples - count) == (run["n_train"], run["n_test"])


@every_generator
@pytest.mark.parametrize("noise", [0.0, 0.5])
def test_every_data_set_has_its_number_of_points(key: str, noise: float) -> None:
    drawn, labels = points(Stream("7"), key, noise)
    is_value = key.startswith("reg-")
    assert len(drawn) == len(labels)
    assert len(labels) == (REGRESSION_SAMPLES if is_value else CLASSIFICATION_SAMPLES)
    assert is_value or set(labels) == {0.0, 1.0}


@pytest.mark.parametrize("key", ["gauss", "spiral"])
def test_noise_moves_points_and_half_of_them_stay_blue(key: str) -> None:
    clean, _ = points(Stream("7"), key, 0.0)
    noisy, labels = points(Stream("7"), key, 0.5)
    assert not np.array_equal(clean, noisy)
    assert labels.sum() == CLASSIFICATION_SAMPLES / 2


@pytest.mark.parametrize("key", ["circle", "xor", "reg-plane", "reg-gauss"])
def test_noise_moves_labels_but_no_points(key: str) -> None:
    clean, labels = points(Stream("7"), key, 0.0)
    noisy, noisy_labels = points(Stream("7"), key, 0.5)
    np.testing.assert_array_equal(clean, noisy)
    assert not np.array_equal(labels, noisy_labels)


def test_weights_come_layer_by_layer_and_biases_draw_nothing() -> None:
    theta = first_theta(Stream("w"), (2, 2, 1))
    stream = Stream("w")
    drawn = [stream.number() - 0.5 for _ in range(6)]
    np.testing.assert_array_equal(theta, [*drawn[:4], 0.1, 0.1, *drawn[4:], 0.1])
