from __future__ import annotations

import math
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

from nnviz.engine.activations import ACTIVATIONS, ELU, LeakyReLU, PReLU, Softplus
from nnviz.engine.optimizers import OPTIMIZERS, Adam
from nnviz.engine.penalties import L1, L2, NoPenalty, Penalty
from nnviz.experiment import edits
from nnviz.ui.controls.choice import Choice
from nnviz.ui.panels.toolbar import ToolbarPanel
from nnviz.ui.theme import LIGHT, style_sheet
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def toolbar(bench: Bench, qtbot: QtBot) -> ToolbarPanel:
    panel = ToolbarPanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(1264, 60)
    panel.show()
    return panel


def pick(choice: Choice, key: str) -> None:
    """Pick as a person does."""
    place = choice.findData(key)
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


def drag(panel: ToolbarPanel, *places: int) -> None:
    track = panel.rate.track
    QTest.mousePress(track, LEFT, pos=QPoint(places[0], 10))
    for x in places[1:]:
        QTest.mouseMove(track, QPoint(x, 10))
    QTest.mouseRelease(track, LEFT, pos=QPoint(places[-1], 10))


def test_undo_moves_the_slider_back(toolbar: ToolbarPanel, bench: Bench) -> None:
    before = toolbar.rate.number
    drag(toolbar, 20, 40, 60)
    assert toolbar.rate.number != before
    bench.store.undo()
    assert toolbar.rate.number == before
    bench.store.redo()
    assert toolbar.rate.number == bench.experiment.training.optimizer.rate != before


def test_two_drags_are_two_steps(toolbar: ToolbarPanel, bench: Bench) -> None:
    drag(toolbar, 20, 40, 60)
    middle = toolbar.rate.number
    drag(toolbar, 80, 90, 100)
    bench.store.undo()
    assert toolbar.rate.number == middle


@pytest.mark.parametrize("kind", ACTIVATIONS, ids=ACTIVATIONS.keys)
def test_every_activation_can_be_picked_and_acts_on_all_layers(
    kind: type, toolbar: ToolbarPanel, bench: Bench
) -> None:
    bench.store.edit("layer", edits.with_layer_added)
    for _ in ACTIVATIONS:
        if toolbar.activation.key == kind.key:  # type: ignore[attr-defined]
            break
        QTest.keyClick(toolbar.activation.track, Qt.Key.Key_Right)
    assert {type(each.activation) for each in bench.experiment.architecture.hidden} == {kind}


@pytest.mark.parametrize(
    ("activation", "name"),
    [(LeakyReLU(0.2), "leak"), (ELU(2.0), "alpha"), (Softplus(3.0), "sharpness")],
)
def test_a_parameter_appears_with_the_activation_that_has_one(
    activation: object, name: str, toolbar: ToolbarPanel, bench: Bench
) -> None:
    assert toolbar.parameter.isHidden()
    bench.store.edit("activation", lambda it: edits.with_activation(it, activation))  # type: ignore[arg-type]
    assert not toolbar.parameter.isHidden()
    assert toolbar.parameter.number == activation.parameter  # type: ignore[attr-defined]
    QTest.keyClick(toolbar.parameter.track, Qt.Key.Key_Home)
    changed = edits.activation_of(bench.experiment)
    assert getattr(changed, name) == toolbar.parameter.number < activation.parameter  # type: ignore[attr-defined]


def test_an_activation_comes_back_with_its_parameter(toolbar: ToolbarPanel, bench: Bench) -> None:
    bench.store.edit("activation", lambda it: edits.with_activation(it, LeakyReLU(0.2)))
    QTest.keyClick(toolbar.activation.track, Qt.Key.Key_Right)
    assert edits.activation_of(bench.experiment) == PReLU()
    QTest.keyClick(toolbar.activation.track, Qt.Key.Key_Left)
    assert edits.activation_of(bench.experiment) == LeakyReLU(0.2)


def test_each_optimizer_comes_with_its_own_rate_and_keeps_what_was_set(
    toolbar: ToolbarPanel, bench: Bench
) -> None:
    pick(toolbar.optimizer, "adam")
    assert bench.experiment.training.optimizer == Adam()
    QTest.keyClick(toolbar.rate.track, Qt.Key.Key_PageUp)
    pick(toolbar.optimizer, "sgd")
    assert toolbar.rate.number == 0.03
    pick(toolbar.optimizer, "adam")
    assert bench.experiment.training.optimizer == Adam(rate=0.003)


def test_further_settings_stand_behind_a_button(toolbar: ToolbarPanel, bench: Bench) -> None:
    form = toolbar.rate_settings.form
    assert not form.has_knobs()
    pick(toolbar.optimizer, "momentum")
    assert list(form.sliders) == ["momentum"]
    QTest.keyClick(form.sliders["momentum"].track, Qt.Key.Key_Home)
    assert bench.experiment.training.optimizer == OPTIMIZERS["momentum"](momentum=0.0)  # type: ignore[call-arg]
    assert bench.store.undo_label == "settings of the optimizer"


@pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
def test_the_settings_open_below_their_button(toolbar: ToolbarPanel, qtbot: QtBot) -> None:
    pick(toolbar.optimizer, "adam")
    QTest.mouseClick(toolbar.optimizer_knobs, LEFT)
    qtbot.waitUntil(toolbar.rate_settings.isVisible)
    window = toolbar.rate_settings.window()
    assert window is not toolbar.window()
    window.close()


def test_without_a_penalty_there_is_no_rate(toolbar: ToolbarPanel, bench: Bench) -> None:
    assert not toolbar.penalty_rate.track.isEnabled()
    assert toolbar.penalty_rate.field.text() == "–"
    pick(toolbar.penalty, "l2")
    assert toolbar.penalty_rate.track.isEnabled()
    QTest.keyClick(toolbar.penalty_rate.track, Qt.Key.Key_PageUp)
    seen: list[Penalty] = [bench.experiment.training.penalty]
    for key in ("l1", "none", "l2"):
        pick(toolbar.penalty, key)
        seen.append(bench.experiment.training.penalty)
    assert seen == [L2(0.003), L1(), NoPenalty(), L2(0.003)]


def test_the_problem_brings_back_its_last_data(toolbar: ToolbarPanel, bench: Bench) -> None:
    bench.store.edit("data", lambda it: edits.with_dataset(it, "spiral"))
    pick(toolbar.problem, "regression")
    assert bench.experiment.data.dataset == "reg-plane"
    pick(toolbar.problem, "classification")
    assert bench.experiment.data.dataset == "spiral"


def test_buttons_give_their_orders(toolbar: ToolbarPanel, bench: Bench) -> None:
    for button in (toolbar.play, toolbar.step_epoch, toolbar.step_batch, toolbar.reset):
        QTest.mouseClick(button, LEFT)
    assert bench.player.told == ["toggle", "epoch", "batch", "reset"]


def test_the_play_button_shows_what_it_would_do(toolbar: ToolbarPanel, bench: Bench) -> None:
    assert toolbar.play.accessibleName() == "Play"
    bench.player.is_playing = True
    bench.player.state_changed.emit()
    assert toolbar.play.accessibleName() == "Pause"


def test_the_right_end_of_the_speed_is_flat_out(toolbar: ToolbarPanel, bench: Bench) -> None:
    QTest.keyClick(toolbar.speed.track, Qt.Key.Key_End)
    QTest.keyClick(toolbar.speed.track, Qt.Key.Key_Home)
    assert bench.player.told == [math.inf, 1.0]


def test_epochs_are_counted_in_figures_that_do_not_jump(
    toolbar: ToolbarPanel, bench: Bench
) -> None:
    bench.paint(epochs=3)
    assert toolbar.epoch.text == "000,003"


def test_a_network_without_hidden_layers_has_no_activation_to_pick(
    toolbar: ToolbarPanel, bench: Bench
) -> None:
    for _ in range(2):
        bench.store.edit("layer", edits.with_layer_removed)
    assert not toolbar.activation.isEnabled()


@pytest.mark.parametrize("activation", [kind() for kind in ACTIVATIONS], ids=ACTIVATIONS.keys)
def test_everything_fits_into_the_smallest_window(
    activation: object, toolbar: ToolbarPanel, bench: Bench
) -> None:
    bench.store.edit("activation", lambda it: edits.with_activation(it, activation))  # type: ignore[arg-type]
    assert toolbar.minimumSizeHint().width() <= 1220


def test_another_theme_keeps_the_stop(toolbar: ToolbarPanel, bench: Bench) -> None:
    bench.store.edit("activation", lambda it: edits.with_activation(it, ELU()))
    bench.darken()
    assert toolbar.activation.key == "elu"


def test_another_optimizer_says_that_it_has_a_rate_of_its_own(
    toolbar: ToolbarPanel, qtbot: QtBot
) -> None:
    with qtbot.waitSignal(toolbar.told) as heard:
        pick(toolbar.optimizer, "adagrad")
    rate = toolbar.rate.field.text()
    assert heard.args == [f"Adagrad starts with its own learning rate, {rate}"]


def test_the_share_of_an_elastic_net_is_a_setting(toolbar: ToolbarPanel, bench: Bench) -> None:
    assert not toolbar.restraints.form.has_knobs()
    pick(toolbar.penalty, "elastic-net")
    toolbar.restraints.form.sliders["share"].turned.emit(0.25)
    penalty = bench.experiment.training.penalty
    assert penalty.numbers[1] == 0.25
    bench.store.undo()
    assert bench.experiment.training.penalty.numbers[1] != 0.25


def test_without_hidden_layers_the_activation_keeps_its_place(
    toolbar: ToolbarPanel, bench: Bench
) -> None:
    toolbar.activation.picked.emit("leaky-relu")
    while bench.experiment.architecture.hidden:
        bench.store.edit("layer", edits.with_layer_removed)
    assert toolbar.activation.key == "leaky-relu"
    assert not toolbar.activation.isEnabled()
    assert not toolbar.parameter.isEnabled()


@pytest.mark.parametrize("activation", ACTIVATIONS.keys)
def test_nothing_is_cut_however_many_settings_there_are(
    activation: str, toolbar: ToolbarPanel, bench: Bench
) -> None:
    toolbar.setStyleSheet(style_sheet(LIGHT))
    toolbar.activation.picked.emit(activation)
    pick(toolbar.penalty, "elastic-net")
    assert toolbar.minimumSizeHint().width() <= 1264 - 65
    toolbar.resize(1199, 60)
    toolbar.show()
    QApplication.sendPostedEvents()
    for choice in (toolbar.optimizer, toolbar.penalty, toolbar.problem):
        words = [choice.itemText(place) for place in range(choice.count())]
        widest = max(map(choice.fontMetrics().horizontalAdvance, words))
        option = QStyleOptionComboBox()
        choice.initStyleOption(option)
        room = choice.style().subControlRect(
            QStyle.ComplexControl.CC_ComboBox,
            option,
            QStyle.SubControl.SC_ComboBoxEditField,
            choice,
        )
        assert room.width() >= widest, choice.accessibleName()


def test_the_limit_of_stability_is_marked_on_the_rate(toolbar: ToolbarPanel, bench: Bench) -> None:
    bench.paint()
    assert 0.05 < (toolbar.rate.limit or 0.0) < 10.0
    plain = toolbar.rate.limit
    pick(toolbar.optimizer, "momentum")
    bench.paint()
    assert toolbar.rate.limit == pytest.approx(1.9 * (plain or 0.0))
    pick(toolbar.optimizer, "adam")
    bench.paint()
    assert toolbar.rate.limit is None


def test_the_epoch_is_tinted_while_the_past_is_looked_at(
    toolbar: ToolbarPanel, bench: Bench
) -> None:
    newest = bench.paint(epochs=3)
    plain = toolbar.epoch.foregroundRole()
    bench.player.show_picture(replace(newest, frame=replace(newest.frame, looked=2)))
    assert toolbar.epoch.foregroundRole() != plain
    bench.player.show_picture(newest)
    assert toolbar.epoch.foregroundRole() == plain
