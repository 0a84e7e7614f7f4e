from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.network import FeatureView, NetworkCanvas, NetworkView
from nnviz.ui.canvas.network_buttons import FeatureTile, StepButton
from nnviz.ui.theme import DARK, LIGHT

LABELS = ("x₁", "x₂", "x₁²", "x₂²", "x₁x₂", "sin x₁", "sin x₂")


def view_of(widths: tuple[int, ...], *, on: int = 2, outputs: int = 1) -> NetworkView:
    rng = np.random.default_rng(0)
    counts = (on, *widths, outputs)
    pairs = list(pairwise(counts))
    return NetworkView(
        features=tuple(FeatureView(f"f{i}", each, i < on) for i, each in enumerate(LABELS)),
        widths=widths,
        outputs=outputs,
        activations=("tanh",) * (len(widths) + 1),
        weights=tuple(rng.normal(size=(after, before)) for before, after in pairs),
        biases=tuple(rng.normal(size=after) for _, after in pairs),
    )


def maps_of(view: NetworkView, shade: int = 200) -> np.ndarray[tuple[int, ...], np.dtype[np.uint8]]:
    return np.full((sum(view.counts), 8, 8, 4), shade, np.uint8)


@pytest.fixture
def canvas(qtbot: QtBot) -> NetworkCanvas:
    made = NetworkCanvas(LIGHT)
    qtbot.addWidget(made)
    made.resize(800, 480)
    view = view_of((4, 2))
    made.show_network(view)
    made.show_maps(maps_of(view))
    with qtbot.waitExposed(made):
        made.show()
    return made


def button(canvas: NetworkCanvas, says: str) -> StepButton:
    return next(each for each in canvas.findChildren(StepButton) if each.toolTip() == says)


def picture(canvas: NetworkCanvas) -> QImage:
    return canvas.grab().toImage()


def test_buttons_tell_what_is_wanted_and_change_nothing(
    canvas: NetworkCanvas, qtbot: QtBot
) -> None:
    for says, signal, value in [
        ("Add a hidden layer", canvas.layer_added, []),
        ("Remove the last hidden layer", canvas.layer_removed, []),
        ("Add a neuron to hidden layer 2", canvas.neuron_added, [1]),
        ("Remove a neuron from hidden layer 1", canvas.neuron_removed, [0]),
    ]:
        with qtbot.waitSignal(signal) as heard:
            QTest.mouseClick(button(canvas, says), Qt.MouseButton.LeftButton)
        assert heard.args == value


def test_buttons_stop_at_the_limits(canvas: NetworkCanvas) -> None:
    canvas.show_network(view_of((1, 16, *[3] * 6)))
    assert not button(canvas, "Add a hidden layer").isEnabled()
    assert not button(canvas, "Remove a neuron from hidden layer 1").isEnabled()
    assert not button(canvas, "Add a neuron to hidden layer 2").isEnabled()
    canvas.show_network(view_of(()))
    assert not button(canvas, "Remove the last hidden layer").isEnabled()
    assert not button(canvas, "Add a neuron to hidden layer 1").isVisible()


def test_a_feature_is_toggled_by_mouse_and_by_keyboard(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    tile = canvas.findChildren(FeatureTile)[3]
    heard: list[str] = []
    canvas.feature_toggled.connect(heard.append)
    QTest.mouseClick(tile, Qt.MouseButton.LeftButton)
    QTest.keyClick(tile, Qt.Key.Key_Space)
    assert heard == ["f3", "f3"]
    assert not tile.isChecked()  # Only the document says what is on.


def test_everything_in_it_can_be_reached_and_has_a_name(canvas: NetworkCanvas) -> None:
    for child in (*canvas.findChildren(FeatureTile), *canvas.findChildren(StepButton)):
        assert child.accessibleName()
        assert child.toolTip()
        assert child.focusPolicy() & Qt.FocusPolicy.TabFocus


def test_pointing_at_a_neuron_tells_its_place(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    layout = canvas._layout  # noqa: SLF001 - where tiles stand
    assert layout is not None
    x, y = layout.center(2, 1)
    with qtbot.waitSignal(canvas.unit_hovered) as heard:
        QTest.mouseMove(canvas, QPoint(round(x), round(y)))
    assert heard.args == [(2, 1)]
    with qtbot.waitSignal(canvas.unit_hovered) as heard:
        QTest.mouseMove(canvas, QPoint(400, 2))
    assert heard.args == [None]


def test_another_network_is_not_pointed_at(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    canvas.setFocus()
    QTest.keyClick(canvas, Qt.Key.Key_Left)
    with qtbot.waitSignal(canvas.unit_hovered) as heard:
        canvas.show_network(view_of((4, 2), on=1))
    assert heard.args == [None]


def test_pointing_at_a_curve_tells_the_weight(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    links = canvas._links.links  # noqa: SLF001 - where curves run
    index = len(links.places) - 1
    x, y = links.lines[index, 10]
    with qtbot.waitSignal(canvas.weight_hovered) as heard:
        QTest.mouseMove(canvas, QPoint(round(x), round(y)))
    assert heard.args == [tuple(links.places[index])]


def test_arrow_keys_walk_through_the_units(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    canvas.setFocus()
    seen: list[object] = []
    canvas.unit_hovered.connect(seen.append)
    keys = (Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Down, Qt.Key.Key_Escape)
    for key in keys:
        QTest.keyClick(canvas, key)
    assert seen == [(3, 0), (2, 0), (1, 0), (1, 1), None]


def test_at_rest_the_picture_is_of_the_newest_weights(canvas: NetworkCanvas) -> None:
    before = picture(canvas)
    view = view_of((4, 2))
    canvas.show_network(replace(view, weights=tuple(-3.0 * each for each in view.weights)))
    after = picture(canvas)
    canvas.show_network(view)
    assert after != before
    assert picture(canvas) == before


def test_a_large_flowing_network_catches_up(canvas: NetworkCanvas) -> None:
    view = view_of((8,) * 6, on=7)
    canvas.show_network(view)
    canvas.show_flow(True)
    canvas.grab()
    later = replace(view, weights=tuple(each + 1.0 for each in view.weights))
    canvas.show_network(later)
    for _ in range(300):
        canvas.grab()
    canvas.show_flow(False)
    flowed = picture(canvas)
    canvas.show_theme(replace(LIGHT))
    assert picture(canvas) == flowed


def test_dots_move_only_while_weights_flow(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    still = picture(canvas)
    canvas.move_flow()
    assert picture(canvas) == still
    canvas.show_flow(True)
    flowing = picture(canvas)
    qtbot.waitUntil(lambda: picture(canvas) != flowing)
    canvas.show_flow(False)
    assert picture(canvas) == still


def test_maps_as_sharp_as_the_tiles_are_asked_for(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    with qtbot.waitSignal(canvas.cells_changed) as heard:
        canvas.show_network(view_of((8,) * 6))
    layout = canvas._layout  # noqa: SLF001 - where tiles stand
    assert layout is not None
    assert heard.args == [round(layout.tile)]


def test_the_map_of_a_neuron_is_drawn_in_its_tile(canvas: NetworkCanvas) -> None:
    view = view_of((4, 2))
    maps = maps_of(view, 255)
    maps[7 + 4, 4:] = (255, 0, 0, 255)  # The first neuron of the second layer, its upper half.
    canvas.show_maps(maps)
    layout = canvas._layout  # noqa: SLF001 - where tiles stand
    assert layout is not None
    x, y = layout.center(2, 0)
    shown, quarter = picture(canvas), round(layout.tile / 4)
    assert shown.pixelColor(round(x), round(y) - quarter).name() == "#ff0000"
    assert shown.pixelColor(round(x), round(y) + quarter).name() == "#ffffff"


@pytest.mark.parametrize("widths", [(), (1,), (300, 2), (8,) * 6, (2,) * 12])
@pytest.mark.parametrize("outputs", [1, 3])
def test_any_shape_is_drawn_at_any_size(
    canvas: NetworkCanvas, widths: tuple[int, ...], outputs: int
) -> None:
    view = view_of(widths, on=7, outputs=outputs)
    for width, height in ((320, 220), (560, 330), (1500, 900)):
        canvas.resize(width, height)
        canvas.show_network(view)
        canvas.show_maps(maps_of(view))
        canvas.show_theme(DARK)
        assert not picture(canvas).isNull()


def test_maps_of_another_network_do_no_harm(canvas: NetworkCanvas) -> None:
    canvas.show_maps(maps_of(view_of((1,)))[:3])
    canvas.grab()
    canvas.show_maps(maps_of(view_of((8, 8))))
    canvas.grab()


def test_weights_that_are_not_numbers_are_drawn(canvas: NetworkCanvas) -> None:
    view = view_of((4, 2))
    view.weights[0][:] = np.nan
    view.weights[1][:] = np.inf
    view.biases[0][:] = -np.inf
    canvas.show_network(view)
    assert not picture(canvas).isNull()
