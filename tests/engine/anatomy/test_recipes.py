from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nnviz.engine.anatomy.notes import KNOBS, Anatomy
from nnviz.engine.anatomy.recipes import RECIPES, dissect
from nnviz.engine.elementary import Floats
from nnviz.engine.optimizers import EVERY_OPTIMIZER, Adam, AdamW, Momentum, Optimizer
from nnviz.engine.printed import AdagradPrinted, NesterovPrinted
from nnviz.engine.surfaces import SURFACES
from nnviz.knob import knobs

every_optimizer = pytest.mark.parametrize(
    "optimizer", [kind() for kind in EVERY_OPTIMIZER], ids=lambda each: each.key
)
numbers = st.floats(-1e3, 1e3)
places = st.tuples(numbers, numbers).map(np.array)


def settings_of(kind: type[Optimizer]) -> st.SearchStrategy[Any]:
    return st.builds(
        kind, **{name: st.floats(each.low, each.high) for name, each in knobs(kind).items()}
    )


def after(optimizer: Optimizer, gradients: list[Floats]) -> tuple[Floats, Floats]:
    """The place and the memory after some steps from (1, -2)."""
    theta = np.array([1.0, -2.0])
    memory = optimizer.remember(theta)
    for t, gradient in enumerate(gradients, start=1):
        theta, memory = optimizer.step(theta, gradient, memory, t)
    return theta, memory


def of_step(optimizer: Optimizer, step: int = 3) -> Anatomy:
    """The anatomy of a step on Rosenbrock."""
    surface = SURFACES["rosenbrock"]
    theta = np.array(surface.start)
    memory = optimizer.remember(theta)
    for t in range(1, step):
        theta, memory = optimizer.step(theta, surface.gradient(theta), memory, t)
    return dissect(optimizer, theta, surface.gradient(theta), memory, step)


def test_every_optimizer_has_a_recipe() -> None:
    assert list(RECIPES) == list(EVERY_OPTIMIZER.keys)


def test_every_hyperparameter_has_a_letter() -> None:
    assert {name for kind in EVERY_OPTIMIZER for name in knobs(kind)} == set(KNOBS)


@pytest.mark.parametrize("kind", EVERY_OPTIMIZER, ids=lambda kind: kind.key)
@given(data=st.data())
def test_the_phases_come_to_what_the_rule_says_to_the_last_bit(
    kind: type[Optimizer], data: st.DataObject
) -> None:
    optimizer = data.draw(settings_of(kind))
    gradients = data.draw(st.lists(places, max_size=4))
    gradient = data.draw(places)
    with np.errstate(all="ignore"):
        theta, memory = after(optimizer, gradients)
        step = len(gradients) + 1
        rate = data.draw(st.none() | st.floats(0.0, 100.0))
        moved, kept = optimizer.step(theta, gradient, memory, step, rate)
        anatomy = dissect(optimizer, theta, gradient, memory, step, rate)
    np.testing.assert_array_equal(anatomy.theta, moved)
    np.testing.assert_array_equal(anatomy.memory, kept)


@every_optimizer
def test_the_first_phase_is_the_gradient_and_one_is_the_step(optimizer: Optimizer) -> None:
    phases = of_step(optimizer).phases
    titles = [each.title for each in phases]
    assert titles[0] == "Gradient"
    assert titles.count("Step") == 1
    assert len(set(titles)) == len(titles)
    assert len(phases) <= 12


def test_adam_has_nine_phases() -> None:
    assert [each.title for each in of_step(Adam()).phases] == [
        "Gradient",
        "Decay of m",
        "New m",
        "Square",
        "New v",
        "Correction of m",
        "Correction of v",
        "Division",
        "Step",
    ]


@every_optimizer
def test_every_phase_says_one_sentence_and_shows_its_numbers(optimizer: Optimizer) -> None:
    for phase in of_step(optimizer).phases:
        assert phase.sentence.endswith(".")
        assert len(phase.sentence) < 130
        assert phase.value.shape == (2,)
        assert len(phase.figures) in {1, 2}
        assert all("theta" not in each and "beta" not in each for each in phase.figures)
        assert phase.arrows or phase.squares or phase.title in {"Warm-up", "Warm-up ahead", "Rest"}


@every_optimizer
def test_formulas_are_whole(optimizer: Optimizer) -> None:
    for phase in of_step(optimizer).phases:
        for text in (phase.formula, *phase.figures):
            for opening, closing in ("{}", "()"):
                assert text.count(opening) == text.count(closing)
            assert r"\class{" not in re.sub(r"\\class\{\w+\}\{", "", text)


@every_optimizer
def test_the_arrow_of_the_step_leads_to_the_next_place(optimizer: Optimizer) -> None:
    anatomy = of_step(optimizer)
    (step,) = (each for each in anatomy.phases if each.title == "Step")
    arrow = step.arrows[-1]
    assert (arrow.label, arrow.measure, arrow.pale) == ("step", "plane", False)
    surface = SURFACES["rosenbrock"]
    before, _ = after_on(surface.gradient, optimizer, 2)
    np.testing.assert_allclose(before + arrow.vector, anatomy.theta)


def after_on(gradient: Any, optimizer: Optimizer, steps: int) -> tuple[Floats, Floats]:
    theta = np.array(SURFACES["rosenbrock"].start)
    memory = optimizer.remember(theta)
    for t in range(1, steps + 1):
        theta, memory = optimizer.step(theta, gradient(theta), memory, t)
    return theta, memory


@every_optimizer
def test_squares_have_an_area_and_arrows_begin_where_others_end(optimizer: Optimizer) -> None:
    for phase in of_step(optimizer).phases:
        assert all((each.area >= 0.0).all() for each in phase.squares)
        ends = [each.begins + each.vector for each in phase.arrows]
        begins = [each.begins for each in phase.arrows if each.begins.any()]
        assert all(any(np.allclose(a, b) for b in ends) for a in begins)


def test_the_rule_is_the_lines_that_books_print() -> None:
    assert of_step(Momentum()).rule == (
        r"\class{velocity}{b} \leftarrow \mu \, \class{velocity}{b} + \class{gradient}{g}",
        r"\class{step}{\theta} \leftarrow \theta - \eta \, \class{velocity}{b}",
    )


def test_the_rule_has_the_settings_in_figures_if_asked() -> None:
    theta, gradient = np.ones(2), np.ones(2)
    optimizer = Momentum(rate=0.02, momentum=0.8)
    anatomy = dissect(optimizer, theta, gradient, optimizer.remember(theta), 1, settled=True)
    assert (
        anatomy.rule[1] == r"\class{step}{\theta} \leftarrow \theta - 0.02 \, \class{velocity}{b}"
    )


def test_the_figures_are_those_of_the_step() -> None:
    theta, gradient = np.array([1.0, -2.0]), np.array([3.0, -0.5])
    optimizer = Momentum(rate=0.1, momentum=0.8)
    anatomy = dissect(optimizer, theta, gradient, np.array([[1.0, 1.0]]), 2)
    figures = anatomy.phases[-1].figures
    assert figures == (
        r"1 - 0.1 \cdot \class{velocity}{3.8} = \class{step}{0.62}",
        r"-2 - 0.1 \cdot \class{velocity}{0.3} = \class{step}{-2.03}",
    )


def test_a_surface_in_x_alone_has_figures_for_x_alone() -> None:
    anatomy = dissect(Adam(), np.array([2.0]), np.array([4.0]), np.zeros((2, 1)), 1)
    assert all(len(each.figures) == 1 for each in anatomy.phases)
    assert anatomy.theta == pytest.approx(2.0 - 0.001)


def test_the_decay_of_weights_is_a_phase_of_its_own() -> None:
    optimizer = replace(AdamW(rate=0.1), weight_decay=0.5)
    phases = of_step(optimizer).phases
    assert [each.title for each in phases[-2:]] == ["Weight decay", "Step"]


def test_printed_rules_say_where_they_part() -> None:
    sentences = [each.sentence for each in of_step(AdagradPrinted()).phases]
    assert any("by the area of its square, not by its side" in each for each in sentences)
    velocity = of_step(NesterovPrinted()).phases[2].arrows[-1]
    gradient = of_step(NesterovPrinted()).phases[0].arrows[-1]
    assert velocity.measure == "plane"
    assert velocity.vector @ gradient.vector < 0.0, "it points downhill"
