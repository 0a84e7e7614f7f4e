from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QColor, QHelpEvent, QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip
from pytestqt.qtbot import QtBot

from nnviz.ui.canvas.card import HoverCard
from nnviz.ui.canvas.network import HINT, Badge, FeatureView, NetworkCanvas, NetworkView, Picked
from nnviz.ui.canvas.network_buttons import FeatureTile, StepButton
from nnviz.ui.canvas.network_caption import LayerCaption
from nnviz.ui.canvas.network_words import folded, words_of_badge
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


ADDING = Qt.KeyboardModifier.ControlModifier
LEFT = Qt.MouseButton.LeftButton
WEIGHT = Picked(weights=((1, 1, 3),))
BIAS = Picked(biases=((0, 2),))
UNIT = Picked(units=((1, 0),))
OUTPUT_BIAS = Picked(biases=((2, 0),))


def spot_of(canvas: NetworkCanvas, picked: Picked) -> QPoint:
    return canvas.place_of(picked).center()


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


@pytest.mark.parametrize("number", [WEIGHT, BIAS, OUTPUT_BIAS])
def test_pointing_at_a_number_tells_which(
    canvas: NetworkCanvas, qtbot: QtBot, number: Picked
) -> None:
    with qtbot.waitSignal(canvas.number_hovered) as heard:
        QTest.mouseMove(canvas, spot_of(canvas, number))
    assert heard.args == [number]
    with qtbot.waitSignal(canvas.number_hovered) as heard:
        QTest.mouseMove(canvas, QPoint(400, 2))
    assert heard.args == [Picked()]


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


@pytest.mark.parametrize("spot", [WEIGHT, BIAS, UNIT, Picked(biases=((2, 0),))])
def test_a_click_selects_what_is_there_and_escape_nothing(
    canvas: NetworkCanvas, spot: Picked
) -> None:
    heard: list[Picked] = []
    canvas.picked.connect(heard.append)
    before = picture(canvas)
    QTest.mouseClick(canvas, LEFT, pos=spot_of(canvas, spot))
    assert picture(canvas) != before
    QTest.keyClick(canvas, Qt.Key.Key_Escape)
    assert heard == [spot, Picked()]


def test_a_click_with_control_adds_and_takes_away(canvas: NetworkCanvas) -> None:
    QTest.mouseClick(canvas, LEFT, pos=spot_of(canvas, UNIT))
    QTest.mouseClick(canvas, LEFT, ADDING, spot_of(canvas, BIAS))
    assert canvas.selected == Picked(units=UNIT.units, biases=BIAS.biases)
    QTest.mouseClick(canvas, LEFT, ADDING, spot_of(canvas, UNIT))
    assert canvas.selected == BIAS


def test_a_band_selects_what_is_in_it(canvas: NetworkCanvas) -> None:
    QTest.mousePress(canvas, LEFT, pos=QPoint(320, 60))
    QTest.mouseMove(canvas, QPoint(420, 300))
    QTest.mouseMove(canvas, QPoint(795, 475))
    QTest.mouseRelease(canvas, LEFT, pos=QPoint(795, 475))
    assert {(1, 0), (1, 1), (2, 0)} <= set(canvas.selected.units)
    assert {(2, 0, 0), (2, 0, 1)} <= set(canvas.selected.weights)


@pytest.mark.parametrize("number", [WEIGHT, BIAS, OUTPUT_BIAS])
def test_a_click_on_a_number_asks_for_it(
    canvas: NetworkCanvas, qtbot: QtBot, number: Picked
) -> None:
    place = spot_of(canvas, number)
    with qtbot.waitSignal(canvas.edit_asked) as heard:
        QTest.mouseClick(canvas, LEFT, pos=place)
    assert heard.args is not None
    assert heard.args[0] == number
    assert heard.args[1].contains(place)
    with qtbot.assertNotEmitted(canvas.edit_asked):
        QTest.mouseClick(canvas, LEFT, Qt.KeyboardModifier.ControlModifier, place)
        QTest.mouseClick(canvas, LEFT, pos=spot_of(canvas, UNIT))


def test_a_double_click_on_a_neuron_and_enter_ask_for_its_bias(
    canvas: NetworkCanvas, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(canvas.edit_asked) as heard:
        QTest.mouseDClick(canvas, LEFT, pos=spot_of(canvas, UNIT))
    assert heard.args is not None
    assert heard.args[0] == Picked(biases=UNIT.units)
    canvas.show_picked(UNIT)
    with qtbot.waitSignal(canvas.edit_asked) as heard:
        QTest.keyClick(canvas, Qt.Key.Key_Return)
    assert heard.args is not None
    assert heard.args[0] == Picked(biases=UNIT.units)


def test_keys_change_what_is_selected(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    for picked, key, signal, args in [
        (WEIGHT, Qt.Key.Key_Plus, canvas.nudged, [WEIGHT, 1]),
        (BIAS, Qt.Key.Key_Minus, canvas.nudged, [BIAS, -1]),
        (UNIT, Qt.Key.Key_Plus, canvas.neuron_added, [1]),
        (UNIT, Qt.Key.Key_Minus, canvas.neuron_removed, [1]),
        (Picked(), Qt.Key.Key_Plus, canvas.layer_added, []),
        (Picked(), Qt.Key.Key_Minus, canvas.layer_removed, []),
        (WEIGHT, Qt.Key.Key_Delete, canvas.cut_asked, [WEIGHT]),
        (BIAS, Qt.Key.Key_L, canvas.lock_asked, [BIAS]),
    ]:
        canvas.show_picked(picked)
        with qtbot.waitSignal(signal) as heard:
            QTest.keyClick(canvas, key)
        assert heard.args == args


def test_with_control_plus_and_minus_are_fine(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    canvas.show_picked(WEIGHT)
    shift = Qt.KeyboardModifier.ShiftModifier  # Many keyboards have the plus above another key.
    for key, modifier, steps in [
        (Qt.Key.Key_Plus, shift, 1.0),
        (Qt.Key.Key_Plus, shift | ADDING, 0.1),
        (Qt.Key.Key_Minus, ADDING, -0.1),
    ]:
        with qtbot.waitSignal(canvas.nudged) as heard:
            QTest.keyClick(canvas, key, modifier)
        assert heard.args == [WEIGHT, steps]


HEAD = 40


def below_the_head(canvas: NetworkCanvas) -> QImage:
    """The picture without captions, of which the focus marks one."""
    return picture(canvas).copy(0, HEAD, canvas.width(), canvas.height() - HEAD)


def caption_of(canvas: NetworkCanvas, layer: int) -> LayerCaption:
    found = canvas.findChildren(LayerCaption)
    return next(each for each in found if f"layer {layer + 1}:" in each.accessibleName())


def carry(canvas: NetworkCanvas, layer: int, x: float) -> LayerCaption:
    """Drag a layer by its caption until the pointer is at a place by x, without letting go."""
    caption = caption_of(canvas, layer)
    begun = caption.rect().center()
    QTest.mousePress(caption, LEFT, pos=begun)
    for share in (0.5, 1.0):
        middle = caption.mapTo(canvas, begun)
        place = QPoint(round(middle.x() + share * (x - middle.x())), middle.y())
        QTest.mouseMove(caption, caption.mapFrom(canvas, place))
    return caption


def test_a_layer_is_dragged_before_the_eyes_to_where_it_is_let_go(
    canvas: NetworkCanvas, qtbot: QtBot
) -> None:
    caption_of(canvas, 0).setFocus()
    layout, before = canvas._layout, below_the_head(canvas)  # noqa: SLF001 - where columns stand
    assert layout is not None
    x = (layout.columns[2] + layout.columns[3]) / 2 + 10
    caption = carry(canvas, 0, x)
    assert abs(caption.geometry().center().x() - x) <= 2
    shown = below_the_head(canvas)
    tile = canvas.place_of(Picked(units=((0, 0),))).translated(0, -HEAD)
    assert shown.copy(tile) != before.copy(tile)
    mark = round((layout.columns[2] + layout.columns[3]) / 2)
    assert shown.pixelColor(mark, 200) == QColor(LIGHT.accent)
    with qtbot.waitSignal(canvas.layer_moved) as heard:
        QTest.mouseRelease(caption, LEFT)
    assert heard.args == [0, 1]
    assert below_the_head(canvas) == before


def test_escape_leaves_a_drag_and_its_own_place_is_no_move(
    canvas: NetworkCanvas, qtbot: QtBot
) -> None:
    caption_of(canvas, 0).setFocus()
    layout, before = canvas._layout, below_the_head(canvas)  # noqa: SLF001 - where columns stand
    assert layout is not None
    with qtbot.assertNotEmitted(canvas.layer_moved), qtbot.assertNotEmitted(canvas.menu_asked):
        caption = carry(canvas, 0, layout.columns[3])
        QTest.keyClick(caption, Qt.Key.Key_Escape)
        assert below_the_head(canvas) == before
        QTest.mouseRelease(caption, LEFT)
        QTest.mouseRelease(carry(canvas, 0, layout.columns[1] + 20), LEFT)
    assert below_the_head(canvas) == before


def test_the_wheel_nudges_a_weight(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    place = QPointF(spot_of(canvas, WEIGHT))
    turn = QWheelEvent(
        place,
        canvas.mapToGlobal(place),
        QPoint(),
        QPoint(0, 240),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    with qtbot.waitSignal(canvas.nudged) as heard:
        QApplication.sendEvent(canvas, turn)
    assert heard.args == [WEIGHT, 2]
    assert turn.isAccepted()


def test_a_selection_outlives_new_numbers_but_not_its_unit(canvas: NetworkCanvas) -> None:
    canvas.show_picked(WEIGHT)
    canvas.show_network(view_of((4, 2)))
    assert canvas.selected == WEIGHT
    canvas.show_network(view_of((3, 2)))
    assert canvas.selected == Picked()


def test_a_caption_asks_for_the_menu_and_moves_its_layer(
    canvas: NetworkCanvas, qtbot: QtBot
) -> None:
    caption = canvas.findChildren(LayerCaption)[0]
    with qtbot.waitSignal(canvas.menu_asked) as heard:
        QTest.mouseClick(caption, LEFT)
    assert heard.args is not None
    assert heard.args[0] == 0
    middle = caption.rect().center()
    QTest.mousePress(caption, LEFT, pos=middle)
    QTest.mouseMove(caption, middle + QPoint(30, 0))
    QTest.mouseMove(caption, middle + QPoint(420, 0))
    with qtbot.waitSignal(canvas.layer_moved) as heard:
        QTest.mouseRelease(caption, LEFT, pos=middle + QPoint(420, 0))
    assert heard.args == [0, 1]


def test_a_layer_can_be_put_between_two(canvas: NetworkCanvas, qtbot: QtBot) -> None:
    layout = canvas._layout  # noqa: SLF001 - where columns stand
    assert layout is not None
    middle = (layout.columns[1] + layout.columns[2]) / 2
    QTest.mouseMove(canvas, QPoint(round(middle), 40))
    with qtbot.waitSignal(canvas.layer_inserted) as heard:
        QTest.mouseClick(button(canvas, "Insert a hidden layer here"), LEFT)
    assert heard.args == [1]


def test_overlays_locks_cuts_badges_and_a_probe_look_different(canvas: NetworkCanvas) -> None:
    view = view_of((4, 2))
    none = tuple(np.zeros(each.shape, bool) for each in view.weights)
    every = tuple(~each for each in none)
    seen = [
        view,
        replace(view, held=every, cut=none),
        replace(view, held=every, cut=every),
        replace(view, held_biases=tuple(np.ones(len(each), bool) for each in view.biases)),
        replace(view, shown=tuple(1e-3 * each for each in view.weights), overlay="gradient"),
        replace(view, badges=((Badge(1.0, 0.0),) * 4, (Badge(0.0, 0.7),) * 2, (None,))),
        replace(view, activity=tuple(np.full(n, 0.5) for n in (2, 4, 2, 1))),
        replace(view, alphas=(0.25, None, None), dropouts=(0.0, 0.2, 0.0)),
    ]
    pictures = []
    for each in seen:
        canvas.show_network(each)
        pictures.append(picture(canvas))
    assert all(a != b for i, a in enumerate(pictures) for b in pictures[:i])


@pytest.mark.parametrize(
    ("badge", "words"),
    [
        (None, ()),
        (Badge(1.0, 0.0), ("dead 100%", "100%")),
        (Badge(0.0, 0.724), ("saturated 72%", "sat. 72%", "72%")),
    ],
)
def test_a_badge_says_at_which_share_of_the_points(
    badge: Badge | None, words: tuple[str, ...]
) -> None:
    assert words_of_badge(badge) == words


def test_the_share_of_a_badge_stands_in_its_tile(canvas: NetworkCanvas) -> None:
    view, tile = view_of((4, 2)), canvas.place_of(UNIT)
    corner = QRect(tile.left() + 4, tile.top() + 2, 48, 12)
    seen = []
    for dead in (0.96, 0.98):
        canvas.show_network(replace(view, badges=((None,) * 4, (Badge(dead, 0.0), None), (None,))))
        seen.append(picture(canvas).copy(corner))
    assert seen[0] != seen[1]


def test_in_a_crowd_what_a_neuron_is_fed_stands_beside_its_sources(canvas: NetworkCanvas) -> None:
    view = view_of((16, 16))
    canvas.resize(556, 230)
    canvas.show_network(replace(view, activity=tuple(np.full(n, 0.5) for n in (2, 16, 16, 1))))
    QTest.mouseMove(canvas, QPoint(5, 225))
    before = picture(canvas)
    QTest.mouseMove(canvas, canvas.place_of(Picked(units=((1, 3),))).center())
    shown, marked = picture(canvas), 0
    for source in range(16):
        beside = canvas.place_of(Picked(units=((0, source),))).translated(16, 0)
        marked += shown.copy(beside) != before.copy(beside)
    assert marked == 16


def test_a_screen_reader_finds_the_selection_as_it_is_by_now_and_hears_what_the_person_changes(
    canvas: NetworkCanvas, monkeypatch: pytest.MonkeyPatch
) -> None:
    heard: list[str] = []
    monkeypatch.setattr(canvas, "_announce", lambda: heard.append(canvas.accessibleDescription()))
    view = view_of((4, 2))
    canvas.show_picked(WEIGHT)

    def learned(number: float) -> NetworkView:
        weights = [each.copy() for each in view.weights]
        weights[1][1, 3] = number
        return replace(view, weights=tuple(weights))

    canvas.show_network(learned(0.25))
    assert canvas.accessibleDescription().endswith("0.25")
    assert heard == []
    QTest.keyClick(canvas, Qt.Key.Key_Plus)
    canvas.show_network(learned(0.35))
    held = tuple(np.ones(each.shape, bool) for each in view.weights)
    canvas.show_network(replace(learned(0.35), held=held))
    canvas.show_network(replace(learned(0.45), held=held))
    assert [each.rsplit(", ", 2)[-1] for each in heard] == ["0.35", "locked"]


def test_the_folded_neurons_of_a_layer_are_told_and_open_its_menu(
    canvas: NetworkCanvas, qtbot: QtBot
) -> None:
    canvas.show_network(view_of((300, 2)))
    layout = canvas._layout  # noqa: SLF001 - where the stack stands
    assert layout is not None
    stack = QPoint(round(layout.columns[1]), round(layout.stacks[1]))
    QTest.mouseMove(canvas, stack)
    assert folded(view_of((300, 2)), 1, len(layout.rows[1])) == (
        "286 more neurons of layer 1",
        (("Folded", "15 – 300"), ("Click", "menu of the layer")),
    )
    with qtbot.waitSignal(canvas.menu_asked) as heard:
        QTest.mouseClick(canvas, LEFT, pos=stack)
    assert heard.args is not None
    assert heard.args[0] == 0
    [card] = canvas.findChildren(HoverCard)
    assert card.isVisible()
    QTest.mouseMove(canvas, QPoint(5, 475))
    assert not card.isVisible()


def test_where_nothing_is_pointed_at_it_is_told_what_can_be_done(canvas: NetworkCanvas) -> None:
    def rest(place: QPoint) -> str:
        QTest.mouseMove(canvas, place)
        told = QHelpEvent(QEvent.Type.ToolTip, place, canvas.mapToGlobal(place))
        QApplication.sendEvent(canvas, told)
        return QToolTip.text()

    assert rest(spot_of(canvas, WEIGHT)) == ""
    assert rest(QPoint(400, 470)) == HINT
    QToolTip.hideText()
