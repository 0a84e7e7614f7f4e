from __future__ import annotations

import re
from collections.abc import Iterator

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from nnviz.engine.anatomy.recipes import dissect
from nnviz.engine.optimizers import EVERY_OPTIMIZER, Optimizer
from nnviz.ui.roles import ROLES, role_color
from nnviz.ui.theme import DARK, LIGHT, Theme
from nnviz.ui.typeset import Typesetter, typeset

MEAN = r"m \leftarrow \beta_1 \, m + (1 - \beta_1) \, g"


@pytest.fixture
def typesetter(qtbot: QtBot) -> Iterator[Typesetter]:
    made = Typesetter()
    yield made
    made.close()


def test_a_formula_knows_its_size_around_its_baseline() -> None:
    line, fraction = typeset("m + g"), typeset(r"\frac{m}{1 - \beta_1^t}")
    assert 2.0 < line.width < 4.0
    assert 0.3 < line.ascent < 1.0
    assert fraction.ascent > line.ascent
    assert fraction.descent > line.descent > 0.0


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=lambda theme: theme.key)
def test_roles_have_the_colors_of_their_arrows(theme: Theme) -> None:
    latex = " + ".join(rf"\class{{{role}}}{{x}}" for role in ROLES) + " + y"
    drawn = typeset(latex).tinted(theme)
    colors = set(re.findall(r"#[0-9a-f]{6}", drawn))
    assert colors == {role_color(role, theme) for role in ROLES} | {theme.text}
    assert "black" not in drawn


@pytest.mark.parametrize("kind", EVERY_OPTIMIZER, ids=lambda kind: kind.key)
def test_every_rule_can_be_set(kind: type[Optimizer]) -> None:
    optimizer = kind()
    theta = np.array([1.0, -2.0])
    anatomy = dissect(optimizer, theta, theta, optimizer.remember(theta), 1)
    for phase in anatomy.phases:
        assert typeset(phase.formula).width > 1.0
        assert typeset(phase.figures[0]).width > 0.2


def test_what_is_asked_for_is_set_in_a_thread(typesetter: Typesetter, qtbot: QtBot) -> None:
    with qtbot.waitSignal(typesetter.ready, timeout=10_000):
        typesetter.ask([MEAN, "g"])
        assert typesetter.formula(MEAN) is None
    assert typesetter.formula(MEAN) is not None
    assert typesetter.formula("g") is not None


def test_what_is_asked_for_meanwhile_is_set_too(typesetter: Typesetter, qtbot: QtBot) -> None:
    typesetter.ask([MEAN])
    typesetter.ask(["v"])
    qtbot.waitUntil(lambda: typesetter.formula("v") is not None, timeout=10_000)


def test_a_picture_gets_its_formulas_at_once(typesetter: Typesetter) -> None:
    typesetter.ask([MEAN, "g"])
    typesetter.finish()
    assert typesetter.formula(MEAN) is not None
    assert typesetter.formula("g") is not None


def test_the_same_again_is_not_set_again(typesetter: Typesetter) -> None:
    typesetter.ask([MEAN])
    typesetter.finish()
    first = typesetter.formula(MEAN)
    typesetter.ask([MEAN, "g"])
    typesetter.finish()
    assert typesetter.formula(MEAN) is first
