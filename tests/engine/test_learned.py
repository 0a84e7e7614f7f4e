from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.assets import asset
from nnviz.engine import kernel
from nnviz.engine.elementary import Floats
from nnviz.engine.learned import LEAST, MOST, WEIGHTS, Learned, digest_of, pupil, read_units
from nnviz.engine.optimizer import Optimizer
from nnviz.engine.tutor.evolution import Recipe

CONTENT = json.loads(asset(*WEIGHTS).read_text(encoding="utf-8"))


def written(path: Path, **changes: Any) -> Path:
    place = path / "optimizer.json"
    place.write_text(json.dumps(CONTENT | changes), encoding="utf-8")
    return place


def steps(optimizer: Optimizer, gradients: list[Floats]) -> Floats:
    theta = np.zeros_like(gradients[0])
    memory = optimizer.remember(theta)
    for t, gradient in enumerate(gradients, start=1):
        theta, memory = optimizer.step(theta, gradient, memory, t)
    return theta


def test_what_was_learned_comes_with_its_recipe() -> None:
    assert CONTENT["recipe"] == asdict(Recipe())
    assert CONTENT["digest"] == digest_of(CONTENT["units"])
    assert read_units(asset(*WEIGHTS)) == tuple(map(tuple, CONTENT["units"]))


def test_what_was_learned_tells_how_it_fares_where_it_loses_too() -> None:
    exam = CONTENT["exam"]
    for row in exam["losses"].values():
        assert list(row) == ["sgd", "adam", "learned"]
    for wins in (exam["best at default rates"], exam["best at tuned rates"]):
        assert sum(wins.values()) == len(exam["losses"])
    assert 0 < exam["best at tuned rates"]["learned"] < len(exam["losses"])


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"units": CONTENT["units"][:-1]}, "8 units of 6 numbers"),
        ({"units": [each[:-1] for each in CONTENT["units"]]}, "8 units of 6 numbers"),
        ({"units": [[float("nan")] * 6] * 8}, "finite"),
        ({"units": [["1"] * 6] * 8}, "finite"),
        ({"units": [[0.5] * 6] * 8}, "not the numbers that were learned"),
    ],
    ids=lambda each: each if isinstance(each, str) else "",
)
def test_a_file_of_another_kind_is_refused(
    changes: dict[str, Any], why: str, tmp_path: Path
) -> None:
    with pytest.raises(ValueError, match=why):
        read_units(written(tmp_path, **changes))


@given(st.lists(st.floats(-5.0, 5.0), min_size=1, max_size=30))
def test_gradients_the_other_way_round_lead_the_other_way(gradients: list[float]) -> None:
    ways = [np.array([each]) for each in gradients]
    np.testing.assert_array_equal(
        steps(Learned(), ways), -steps(Learned(), [-each for each in ways])
    )


@given(st.integers(-20, 30))
def test_it_does_not_see_how_steep_a_loss_is(power: int) -> None:
    gradients = [np.array([each]) for each in (1.0, -0.5, 0.25, 2.0, 2.0)]
    steeper = [2.0**power * each for each in gradients]
    np.testing.assert_allclose(
        steps(Learned(), steeper), steps(Learned(), gradients), rtol=1e-3, atol=1e-9
    )


def test_steps_grow_where_gradients_agree_and_shrink_where_they_fight() -> None:
    lengths = []
    for fights in (False, True):
        theta = np.zeros(1)
        memory = Learned().remember(theta)
        for t in range(1, 200):
            gradient = np.array([-1.0 if fights and t % 2 else 1.0])
            theta, memory = Learned().step(theta, gradient, memory, t)
        lengths.append(float(memory[-1, 0]))
    assert LEAST <= lengths[1] < 0.0 < lengths[0] <= MOST


def test_another_network_is_another_optimizer() -> None:
    still = pupil([[0.0] * 6] * 8)
    gradients = [np.array([1.0, -2.0])] * 3
    assert not steps(still, gradients).any()
    assert steps(Learned(), gradients).all()


def test_another_network_has_another_kernel(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    here = kernel.folder(tmp_path)
    monkeypatch.setattr(kernel, "asset", lambda *_: written(tmp_path, digest="other"))
    assert kernel.folder(tmp_path) != here
