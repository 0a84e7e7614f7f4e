"""A network is changed by keys alone: walked through, its numbers set, its layers rearranged."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu

from nnviz.app import Laboratory
from nnviz.experiment.spec import Experiment
from nnviz.ui.canvas.network import NetworkCanvas, Picked
from nnviz.ui.canvas.network_buttons import FeatureTile, StepButton
from nnviz.ui.canvas.network_caption import LayerCaption
from nnviz.ui.controls.feature_form import FeatureForm
from nnviz.ui.controls.number_editor import NumberEditor
from tests.journeys.story import CTRL, SHIFT, Person, frame_of, part


@pytest.fixture
def canvas(laboratory: Laboratory, person: Person) -> NetworkCanvas:
    canvas = part(laboratory, NetworkCanvas)
    canvas.setFocus()
    person.wait(canvas.hasFocus)
    return canvas


def experiment_of(laboratory: Laboratory) -> Experiment:
    return laboratory.parts.store.experiment


def widths(laboratory: Laboratory) -> list[int]:
    return [layer.width for layer in experiment_of(laboratory).architecture.hidden]


def to_first_weight(canvas: NetworkCanvas, person: Person) -> None:
    """Walk from the output to the first neuron of the first layer, and on to its first weight."""
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Left, Qt.Key.Key_Up):
        person.press(canvas, key)
    assert canvas.selected == Picked(units=((0, 0),))
    person.press(canvas, Qt.Key.Key_Left, CTRL)
    assert canvas.selected == Picked(weights=((0, 0, 0),))


def choose(person: Person, *labels: str) -> None:
    """Choose from the menu that is open, by keys, through the menus within it."""
    for label in labels:
        menu = QApplication.activePopupWidget()
        assert isinstance(menu, QMenu)
        action = next(each for each in menu.actions() if each.text() == label)
        assert action.isEnabled()
        menu.setActiveAction(action)
        person.press(menu, Qt.Key.Key_Return)


def ask_for_layer(laboratory: Laboratory, person: Person, layer: int) -> None:
    """Open the menu of a hidden layer from its caption."""
    name = f"Menu of hidden layer {layer + 1}:"

    def captions() -> list[LayerCaption]:
        found = laboratory.window.findChildren(LayerCaption)
        return [
            each for each in found if each.isVisible() and each.accessibleName().startswith(name)
        ]

    person.wait(lambda: frame_of(laboratory).experiment is experiment_of(laboratory))
    person.wait(lambda: len(captions()) == 1)
    laboratory.window.activateWindow()  # Without a desktop nobody gives it back after a menu.
    person.wait(laboratory.window.isActiveWindow)
    (caption,) = captions()
    caption.setFocus()
    person.press(caption, Qt.Key.Key_Return)
    person.wait(lambda: QApplication.activePopupWidget() is not None)


def test_the_arrows_walk_and_a_screen_reader_hears_where(
    canvas: NetworkCanvas, person: Person
) -> None:
    to_first_weight(canvas, person)
    heard = canvas.accessibleDescription()
    assert "eight" in heard
    person.press(canvas, Qt.Key.Key_Down)
    assert canvas.selected == Picked(weights=((0, 0, 1),))
    assert canvas.accessibleDescription() != heard
    person.press(canvas, Qt.Key.Key_Up, SHIFT)
    assert len(canvas.selected.weights) == 2
    person.press(canvas, Qt.Key.Key_Escape)
    assert not canvas.selected


def test_a_weight_is_typed_while_the_network_learns(
    laboratory: Laboratory, canvas: NetworkCanvas, person: Person
) -> None:
    laboratory.parts.player.play()
    to_first_weight(canvas, person)
    person.press(canvas, Qt.Key.Key_Return)
    editor = part(laboratory, NumberEditor)
    person.wait(editor.isVisible)
    field = editor.slider.field
    person.wait(field.hasFocus)
    QTest.keyClicks(field, "1.75")
    person.press(field, Qt.Key.Key_Return)
    person.wait(lambda: abs(float(frame_of(laboratory).theta[0]) - 1.75) < 0.3)
    person.press(field, Qt.Key.Key_Escape)
    person.wait(lambda: not editor.isVisible())
    epoch = frame_of(laboratory).epoch
    person.wait(lambda: frame_of(laboratory).epoch > epoch)


def test_a_locked_weight_stays_and_a_cut_link_is_zero(
    laboratory: Laboratory, canvas: NetworkCanvas, person: Person
) -> None:
    player, store = laboratory.parts.player, laboratory.parts.store
    to_first_weight(canvas, person)
    person.press(canvas, Qt.Key.Key_Plus)
    person.press(canvas, Qt.Key.Key_L)
    assert experiment_of(laboratory).architecture.held == (0,)
    person.press(canvas, Qt.Key.Key_Down)
    person.press(canvas, Qt.Key.Key_Delete)
    assert experiment_of(laboratory).architecture.cut == (1,)
    person.wait(lambda: frame_of(laboratory).theta[1] == 0.0)
    kept, other = frame_of(laboratory).theta[0], frame_of(laboratory).theta[2]
    player.set_speed(float("inf"))
    player.play()
    person.wait(lambda: frame_of(laboratory).epoch >= 5)
    player.pause()
    assert frame_of(laboratory).theta[0] == kept
    assert frame_of(laboratory).theta[1] == 0.0
    assert frame_of(laboratory).theta[2] != other
    person.press(laboratory.window, Qt.Key.Key_Z, CTRL)
    assert experiment_of(laboratory).architecture.cut == ()
    store.undo()
    assert experiment_of(laboratory).architecture.held == ()


def test_plus_and_minus_change_neurons_and_layers(
    laboratory: Laboratory, canvas: NetworkCanvas, person: Person
) -> None:
    assert widths(laboratory) == [4, 2]
    person.press(canvas, Qt.Key.Key_Plus)
    assert widths(laboratory) == [4, 2, 2]
    person.press(canvas, Qt.Key.Key_Minus)
    assert widths(laboratory) == [4, 2]
    to_first_weight(canvas, person)
    person.press(canvas, Qt.Key.Key_Right)
    person.press(canvas, Qt.Key.Key_Plus)
    person.press(canvas, Qt.Key.Key_Plus)
    assert widths(laboratory) == [6, 2]
    person.wait(lambda: frame_of(laboratory).experiment is experiment_of(laboratory))
    assert frame_of(laboratory).theta.size == 6 * 3 + 2 * 7 + 3


def test_layers_are_added_changed_and_reordered_from_their_menu(
    laboratory: Laboratory, canvas: NetworkCanvas, person: Person
) -> None:
    ask_for_layer(laboratory, person, 0)
    choose(person, "Move right")
    assert widths(laboratory) == [2, 4]
    ask_for_layer(laboratory, person, 1)
    choose(person, "Add a layer after")
    assert widths(laboratory)[:2] == [2, 4]
    assert len(widths(laboratory)) == 3
    ask_for_layer(laboratory, person, 2)
    choose(person, "Activation", "ReLU")
    hidden = experiment_of(laboratory).architecture.hidden
    assert [each.activation.key for each in hidden] == ["tanh", "tanh", "relu"]
    ask_for_layer(laboratory, person, 2)
    choose(person, "Remove this layer")
    assert widths(laboratory) == [2, 4]
    person.wait(lambda: frame_of(laboratory).experiment is experiment_of(laboratory))


def test_a_weight_is_clicked_typed_over_and_undone_while_the_network_learns(
    laboratory: Laboratory, canvas: NetworkCanvas, person: Person
) -> None:
    player, store = laboratory.parts.player, laboratory.parts.store
    player.play()
    person.wait(lambda: frame_of(laboratory).epoch > 0)
    before = float(frame_of(laboratory).theta[2])
    place = canvas.place_of(Picked(weights=((0, 1, 0),))).center()
    QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    editor = part(laboratory, NumberEditor)
    field = editor.slider.field
    person.wait(field.hasFocus)
    epoch = frame_of(laboratory).epoch
    person.wait(lambda: frame_of(laboratory).epoch > epoch + 1)  # The number goes on changing.
    QTest.keyClicks(field, "3.5")
    person.press(field, Qt.Key.Key_Return)
    person.wait(lambda: abs(float(frame_of(laboratory).theta[2]) - 3.5) < 0.3)
    assert store.undo_label == "weight"
    person.press(editor.slider.track, Qt.Key.Key_Z, CTRL)
    person.wait(lambda: abs(float(frame_of(laboratory).theta[2]) - before) < 1.0)
    assert store.redo_label == "weight"
    assert player.is_playing


def drag_layer(canvas: NetworkCanvas, layer: int, gap: int) -> LayerCaption:
    """Drag a layer by its caption over a gap between columns, and hold it there."""
    found = canvas.findChildren(LayerCaption)
    caption = next(each for each in found if f"layer {layer + 1}:" in each.accessibleName())
    columns = canvas._layout.columns if canvas._layout else ()  # noqa: SLF001 - where columns stand
    begun = caption.rect().center()
    QTest.mousePress(caption, Qt.MouseButton.LeftButton, pos=begun)
    middle = caption.mapTo(canvas, begun)
    x = round((columns[gap] + columns[gap + 1]) / 2)
    for way in (middle.x() + 30, x):
        QTest.mouseMove(caption, caption.mapFrom(canvas, QPoint(way, middle.y())))
    return caption


def test_a_layer_is_dragged_left_off_and_dragged_again(
    laboratory: Laboratory, canvas: NetworkCanvas, person: Person
) -> None:
    caption = drag_layer(canvas, 0, 2)
    person.press(caption, Qt.Key.Key_Escape)
    QTest.mouseRelease(caption, Qt.MouseButton.LeftButton)
    assert widths(laboratory) == [4, 2]
    caption = drag_layer(canvas, 0, 2)
    QTest.mouseRelease(caption, Qt.MouseButton.LeftButton)
    assert widths(laboratory) == [2, 4]
    person.press(laboratory.window, Qt.Key.Key_Z, CTRL)
    assert widths(laboratory) == [4, 2]


def test_a_feature_is_typed_and_its_mistake_is_mended(
    laboratory: Laboratory, canvas: NetworkCanvas, person: Person
) -> None:
    says = "Type a feature of your own: f(x₁, x₂)"
    adder = next(each for each in canvas.findChildren(StepButton) if each.toolTip() == says)
    person.click(adder)
    form = part(laboratory, FeatureForm)
    person.wait(form.line.hasFocus)
    QTest.keyClicks(form.line, "sin(3*x1")
    person.wait(lambda: "character 4" in form.verdict.text())
    person.press(form.line, Qt.Key.Key_Return)
    assert experiment_of(laboratory).features == ("x1", "x2")
    QTest.keyClicks(form.line, ")")
    person.wait(lambda: not form.verdict.text())
    person.press(form.line, Qt.Key.Key_Return)
    assert experiment_of(laboratory).features == ("x1", "x2", "sin(3*x1)")
    person.wait(lambda: frame_of(laboratory).theta.size == 4 * 4 + 2 * 5 + 3)
    tiles = [each.accessibleName() for each in canvas.findChildren(FeatureTile)]
    assert "Feature sin(3*x1)" in tiles
