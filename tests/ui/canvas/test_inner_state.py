from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.engine.anatomy.notes import Anatomy, Arrow
from nnviz.engine.anatomy.recipes import dissect
from nnviz.engine.optimizers import EVERY_OPTIMIZER, SGD, Adam, Optimizer
from nnviz.ui.brush import painting
from nnviz.ui.canvas.diagram import Diagram, side_length
from nnviz.ui.canvas.formulas import FormulaLine, Formulas
from nnviz.ui.canvas.inner_state import LONGEST, Bared, InnerState
from nnviz.ui.canvas.ledger import Ledger, written
from nnviz.ui.canvas.pens import Floats
from nnviz.ui.canvas.surface import SurfaceCanvas
from nnviz.ui.canvas.vectors import draw_arrow, factor_name, reach_of, round_factor, side_of
from nnviz.ui.roles import role_color
from nnviz.ui.theme import LIGHT
from nnviz.ui.typeset import Typesetter

AXES = ("x", "y")


def anatomy(optimizer: Optimizer, gradient: tuple[float, ...] = (4.0, 3.0)) -> Anatomy:
    theta = np.zeros(len(gradient))
    return dissect(optimizer, theta, np.array(gradient), optimizer.remember(theta), 1)


def picture(widget: QWidget) -> Floats:
    """What is seen of a widget, (height, width, 3)."""
    image = QImage(widget.size(), QImage.Format.Format_RGB888)
    image.fill(QColor(LIGHT.panel))
    widget.render(image)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(widget.height(), -1)
    return rows[:, : 3 * widget.width()].reshape(widget.height(), widget.width(), 3).astype(float)


def ink(widget: QWidget, role: str) -> int:
    """How many pixels have the color of a role."""
    color = QColor(role_color(role, LIGHT))
    wanted = np.array([color.red(), color.green(), color.blue()])
    return int((np.abs(picture(widget) - wanted).max(axis=2) < 12).sum())


def test_arrows_are_measured_by_the_longest_of_their_kind() -> None:
    phases = anatomy(SGD(0.1)).phases
    assert reach_of(phases[0].arrows)["slope"] == pytest.approx(5.0)
    assert reach_of(phases[1].arrows)["plane"] == pytest.approx(0.5)
    assert reach_of(())["pure"] == 0.0


def test_arrows_that_begin_elsewhere_reach_as_far_as_their_ends() -> None:
    arrow = Arrow("a", "gradient", "slope", np.array([3.0, 0.0]), np.array([0.0, 4.0]))
    assert reach_of([arrow])["slope"] == pytest.approx(5.0)


def test_what_is_not_finite_does_not_count() -> None:
    arrow = Arrow("a", "gradient", "slope", np.array([np.inf, 0.0]), np.zeros(2))
    assert reach_of([arrow])["slope"] == 0.0


def test_squares_are_measured_by_their_sides() -> None:
    square = anatomy(Adam()).phases[3]
    assert side_of(square)["slope"] == pytest.approx(4.0)


@pytest.mark.parametrize(
    ("length", "factor", "name"),
    [
        (60.0, 1.0, ""),
        (30.0, 2.0, " ×2"),
        (4.0, 20.0, " ×20"),
        (0.0, 1.0, ""),
        (200.0, 1.0, ""),
        (9e-4, 1e5, " ×10⁵"),
        (9e-11, 1e12, " ×10¹²"),
        (4e-4, 2e5, " ×2·10⁵"),
    ],
)
def test_short_ways_grow_by_a_round_factor_that_is_said(
    length: float, factor: float, name: str
) -> None:
    assert round_factor(length, 96.0) == pytest.approx(factor)
    assert factor_name(factor) == name


def test_an_arrow_ends_where_it_points(qtbot: QtBot) -> None:
    image = QImage(100, 60, QImage.Format.Format_RGB888)
    image.fill(QColor(LIGHT.panel))
    with painting(image) as painter:
        draw_arrow(painter, QPointF(10, 30), QPointF(80, 30), "#ff0000", LIGHT)
    assert image.pixelColor(40, 30).name() == "#ff0000"
    assert image.pixelColor(76, 30).name() == "#ff0000"
    assert image.pixelColor(84, 30).name() == LIGHT.panel


def test_a_label_stays_within_its_room(qtbot: QtBot) -> None:
    image = QImage(100, 60, QImage.Format.Format_RGB888)
    image.fill(QColor(LIGHT.panel))
    room = QRectF(0, 0, 100, 60)
    with painting(image) as painter:
        draw_arrow(
            painter, QPointF(50, 30), QPointF(95, 30), "#ff0000", LIGHT, label="far", room=room
        )
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(60, -1)[:, :300]
    assert (rows.reshape(60, 100, 3)[:, 99] == 255).all()


@pytest.fixture
def surface(qtbot: QtBot) -> SurfaceCanvas:
    made = SurfaceCanvas(LIGHT)
    qtbot.addWidget(made)
    made.resize(460, 380)
    made.show_surface(
        np.full((4, 4, 4), 240, np.uint8), (-2.0, 2.0, -2.0, 2.0), (), (), np.zeros((0, 2))
    )
    with qtbot.waitExposed(made):
        made.show()
    return made


def test_the_gradient_is_drawn_at_the_racer_uphill(surface: SurfaceCanvas) -> None:
    assert ink(surface.viewport(), "gradient") == 0
    phase = anatomy(SGD(0.1), (1.0, 0.0)).phases[0]
    surface.inner.show([Bared(np.zeros(2), phase.arrows)])
    surface.refresh()
    x, y = surface.to_pixels(np.zeros(2)).tolist()
    seen = picture(surface.viewport())[round(y), round(x + LONGEST / 2)]
    color = QColor(role_color("gradient", LIGHT))
    assert np.abs(seen - [color.red(), color.green(), color.blue()]).max() < 12
    surface.inner.show(())
    assert ink(surface.viewport(), "gradient") == 0


def test_what_is_not_finite_is_not_drawn(surface: SurfaceCanvas) -> None:
    arrow = Arrow("g", "gradient", "slope", np.array([np.nan, 1.0]), np.zeros(2))
    surface.inner.show([Bared(np.zeros(2), (arrow,)), Bared(np.full(2, np.nan), (arrow,))])
    assert ink(surface.viewport(), "gradient") == 0


@pytest.mark.parametrize("kind", EVERY_OPTIMIZER, ids=lambda kind: kind.key)
@pytest.mark.parametrize("size", [(300, 90), (200, 240)])
def test_every_phase_has_a_diagram(
    kind: type[Optimizer], size: tuple[int, int], qtbot: QtBot
) -> None:
    diagram = Diagram(LIGHT)
    qtbot.addWidget(diagram)
    diagram.resize(*size)
    for gradient in ((4.0, 3.0), (0.0, 0.0), (2.0,)):
        of = anatomy(kind(), gradient)
        for phase in of.phases:
            diagram.show_phase(phase, AXES[: len(gradient)])
            seen = picture(diagram)
            is_empty = bool((seen == seen[0, 0]).all())
            assert is_empty == (not phase.arrows and not phase.squares)


@pytest.mark.parametrize("area", [0.0, 0.25, 4.0, 16.0])
def test_the_area_of_a_square_is_the_accumulator(area: float) -> None:
    assert side_length(area, 4.0, 100.0) ** 2 == pytest.approx(area * 25.0**2)


def test_no_square_is_larger_than_its_room_or_drawn_of_what_is_no_number() -> None:
    assert side_length(100.0, 4.0, 50.0) == 50.0
    assert side_length(float("nan"), 4.0, 50.0) == 0.0


def test_the_ledger_has_the_numbers_up_to_the_phase(qtbot: QtBot) -> None:
    of = anatomy(Adam(rate=0.1))
    ledger = Ledger(LIGHT)
    qtbot.addWidget(ledger)
    ledger.show_anatomy(of, 3, AXES)
    told = ledger.accessibleName().split("; ")
    assert told[0] == "g: 4, 3"
    assert told[2] == "g²: 16, 9"
    assert told[-1] == "θ: , "
    ledger.show_anatomy(of, 8, AXES)
    assert ledger.accessibleName().endswith("θ: −0.1, −0.1")


@pytest.mark.parametrize(
    ("number", "text"),
    [(0.0, "0"), (-0.25, "−0.25"), (1.25e-7, "1.25e−7"), (-3e8, "−3.00e8"), (1234.0, "1234")],
)
def test_numbers_of_the_ledger_are_short(number: float, text: str) -> None:
    assert written(number) == text


def test_formulas_are_drawn_once_they_are_set(qtbot: QtBot) -> None:
    typesetter = Typesetter()
    formulas = Formulas(typesetter, LIGHT)
    qtbot.addWidget(formulas)
    formulas.resize(300, 80)
    formula = anatomy(replace(SGD(), rate=0.1)).phases[0].formula
    typesetter.ask([formula])
    formulas.show_lines([FormulaLine(formula)], "the gradient")
    assert ink(formulas, "gradient") == 0
    typesetter.finish()
    assert ink(formulas, "gradient") > 10
    assert formulas.accessibleName() == "the gradient"


def test_the_same_arrows_are_nothing_new() -> None:
    layer, phases = InnerState(), anatomy(Adam()).phases
    point = np.zeros(2)
    assert layer.show([Bared(point, phases[0].arrows)])
    assert not layer.show([Bared(point, phases[0].arrows)])
    assert layer.show([Bared(point, phases[0].arrows)], named=False)
    assert layer.show([Bared(point, phases[1].arrows)], named=False)
    assert layer.show([Bared(np.zeros(2), phases[1].arrows)], named=False)
    assert layer.show([])
