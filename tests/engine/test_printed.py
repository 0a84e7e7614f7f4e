from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.elementary import Floats
from nnviz.engine.optimizers import (
    EVERY_OPTIMIZER,
    OPTIMIZERS,
    Adagrad,
    Adam,
    Momentum,
    Nesterov,
    Optimizer,
    RMSprop,
    offered,
    parse_optimizer,
    printed_forms,
    standard_form,
)
from nnviz.engine.printed import (
    PRINTED,
    REMARKS,
    AdagradPrinted,
    AdamPrinted,
    AdamUncorrected,
    NesterovPrinted,
    RMSpropPrinted,
)
from nnviz.engine.racing import racing
from nnviz.engine.surfaces import SURFACES
from nnviz.engine.swarm import Race

every_form = pytest.mark.parametrize("kind", PRINTED, ids=lambda kind: kind.key)
gradients = st.floats(1e-3, 1e3) | st.floats(-1e3, -1e-3)


def first_step(optimizer: Optimizer, gradient: float) -> float:
    """How far the first step goes, against the gradient."""
    theta = np.array(0.0)
    moved, _ = optimizer.step(theta, np.array(gradient), optimizer.remember(theta), 1)
    return float(-moved)


def steps(optimizer: Optimizer, gradients: list[Floats]) -> tuple[Floats, Floats]:
    """Where gradients lead from the origin, and what is remembered then."""
    theta = np.zeros(2)
    memory = optimizer.remember(theta)
    for t, gradient in enumerate(gradients, start=1):
        theta, memory = optimizer.step(theta, gradient, memory, t)
    return theta, memory


@every_form
def test_a_form_has_the_settings_of_the_standard_one_and_says_what_is_seen(
    kind: type[Optimizer],
) -> None:
    standard = OPTIMIZERS[kind.standard]
    assert kind() == kind(*standard().hyperparameters)
    assert kind.slots == standard.slots
    assert kind.seen.endswith(".")
    assert kind.key not in OPTIMIZERS
    assert EVERY_OPTIMIZER[kind.key] is kind


@every_form
def test_forms_are_found_and_lead_back_with_their_settings(kind: type[Optimizer]) -> None:
    standard = replace(OPTIMIZERS[kind.standard](), rate=0.123)
    (form,) = (each for each in printed_forms(standard) if type(each) is kind)
    assert form.rate == 0.123
    assert standard_form(form) == standard
    assert standard_form(standard) == standard


def test_where_the_lecture_prints_the_standard_rule_there_is_a_remark_instead() -> None:
    for key, remark in REMARKS.items():
        assert remark.endswith(".")
        assert printed_forms(OPTIMIZERS[key]()) == ()


def test_a_form_is_offered_where_it_is_chosen_only() -> None:
    assert offered(Adam()) == tuple(OPTIMIZERS)
    assert offered(AdamPrinted()) == (*OPTIMIZERS, AdamPrinted)


def test_a_form_is_named_in_a_line_of_text() -> None:
    assert parse_optimizer("adagrad-printed:rate=0.1") == AdagradPrinted(rate=0.1)


@every_form
def test_a_form_races_at_the_rate_of_the_standard_one(kind: type[Optimizer]) -> None:
    assert racing("rosenbrock", kind.key).rate == racing("rosenbrock", kind.standard).rate


def test_adagrad_without_the_root_goes_100_instead_of_a_tenth() -> None:
    assert first_step(Adagrad(rate=0.1), 0.001) == pytest.approx(0.1, rel=1e-6)
    assert first_step(AdagradPrinted(rate=0.1), 0.001) == pytest.approx(100.0, rel=1e-3)


@given(gradients)
def test_adagrad_without_the_root_goes_the_farther_the_flatter_it_is(gradient: float) -> None:
    assert first_step(Adagrad(rate=0.1), gradient) == pytest.approx(np.copysign(0.1, gradient))
    printed = first_step(AdagradPrinted(rate=0.1), gradient)
    assert printed == pytest.approx(0.1 / gradient, rel=1e-3)


def test_rmsprop_without_the_root_swings_wide_about_the_minimum() -> None:
    race = Race(SURFACES["bowl"], [RMSprop(rate=0.01), RMSpropPrinted(rate=0.01)], (0.5, 0.5))
    race.advance(5100)
    far = np.linalg.norm(race.paths[:, 5000:, :2], axis=2).max(axis=1)
    assert far[0] < 0.01
    assert far[1] > 5 * far[0]


def test_on_flat_ground_printed_rules_leap() -> None:
    plateau = SURFACES["plateau"]
    for key in ("adagrad", "rmsprop", "adam"):
        pair = [racing("plateau", key), racing("plateau", f"{key}-printed")]
        race = Race(plateau, pair, plateau.start)
        race.advance(1)
        standard, printed = np.linalg.norm(np.diff(race.paths[..., :2], axis=1)[:, 0], axis=1)
        assert printed > 40 * standard


@given(gradients)
def test_adam_without_correction_begins_3_2_times_too_fast_or_too_slow(gradient: float) -> None:
    for beta2, share in [(0.999, 0.1 / np.sqrt(0.001)), (0.9, 0.1 / np.sqrt(0.1))]:
        standard = first_step(Adam(rate=0.01, beta2=beta2), gradient)
        uncorrected = first_step(AdamUncorrected(rate=0.01, beta2=beta2), gradient)
        assert uncorrected / standard == pytest.approx(share, rel=1e-3)


@given(gradients)
def test_printed_adam_begins_with_100_rates_over_the_gradient(gradient: float) -> None:
    printed = first_step(AdamPrinted(rate=0.01, eps=1e-16), gradient)
    assert printed == pytest.approx(100 * 0.01 / gradient, rel=1e-3)


def test_in_the_long_run_the_correction_does_not_matter(rng: np.random.Generator) -> None:
    many = list(rng.normal(1.0, 0.1, (12_000, 2)))
    corrected, _ = steps(Adam(rate=1e-3), many)
    uncorrected, _ = steps(AdamUncorrected(rate=1e-3), many)
    _, memory = steps(Adam(), many)
    last = Adam().step(corrected, many[-1], memory, 12_001)[0] - corrected
    other = AdamUncorrected().step(uncorrected, many[-1], memory, 12_001)[0] - uncorrected
    np.testing.assert_allclose(other, last, rtol=1e-5)


def test_printed_nesterov_goes_the_same_way_at_one_rate(rng: np.random.Generator) -> None:
    many = list(rng.normal(size=(20, 2)))
    theta, _ = steps(Nesterov(rate=0.02, momentum=0.8), many)
    printed, _ = steps(NesterovPrinted(rate=0.02, momentum=0.8), many)
    np.testing.assert_allclose(printed, theta, rtol=1e-12)


def test_velocities_with_the_rate_inside_point_the_other_way() -> None:
    many = [np.array([1.0, -2.0])] * 5
    _, outside = steps(Momentum(rate=0.02, momentum=0.8), many)
    _, inside = steps(NesterovPrinted(rate=0.02, momentum=0.8), many)
    np.testing.assert_allclose(inside, -0.02 * outside)


def test_with_the_rate_inside_another_rate_acts_late() -> None:
    def stride_without_gradient(optimizer: Optimizer) -> float:
        """How far it rolls on with a hundredth of the rate that it came with."""
        _, memory = steps(optimizer, [np.ones(2)] * 20)
        moved, _ = optimizer.step(np.zeros(2), np.zeros(2), memory, 21, rate=optimizer.rate / 100)
        return float(np.linalg.norm(moved))

    at_once = stride_without_gradient(Nesterov(rate=0.02))
    late = stride_without_gradient(NesterovPrinted(rate=0.02))
    assert late == pytest.approx(100 * at_once)
