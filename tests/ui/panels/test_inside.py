from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from nnviz.engine.activations import Linear
from nnviz.engine.optimizers import SGD, Adam, Momentum
from nnviz.engine.printed import AdamPrinted, AdamUncorrected
from nnviz.experiment import edits
from nnviz.experiment.landscape import Racer
from nnviz.experiment.spec import Architecture, Layer, Rival
from nnviz.ui.controls.choice import Choice
from nnviz.ui.panels.inside import InsidePanel
from nnviz.ui.panels.landscape import LandscapePanel
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton
opens_a_popover = pytest.mark.qt_log_ignore("grabbing the keyboard", extend=True)
ADAM = 3
"""The place of Adam among the first racers."""


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> InsidePanel:
    panel = InsidePanel(bench.parts)
    qtbot.addWidget(panel)
    qtbot.addWidget(panel.head)
    panel.resize(520, 420)
    panel.show()
    bench.paint()
    return panel


@pytest.fixture
def opened(panel: InsidePanel, bench: Bench) -> InsidePanel:
    """The panel with a look inside Adam after seven steps."""
    bench.store.edit("x", lambda each: edits.with_terrain(each, inside=True, studied=ADAM))
    bench.paint(epochs=7)
    return panel


def pick(choice: Choice, key: str) -> None:
    place = choice.findData(key)
    choice.setCurrentIndex(place)
    choice.activated.emit(place)


def click(panel: InsidePanel, name: str) -> None:
    QTest.mouseClick(getattr(panel, name), LEFT)


def test_it_offers_to_look_inside(panel: InsidePanel, bench: Bench) -> None:
    assert "phase by phase" in panel.message.text()
    click(panel, "open")
    assert bench.experiment.landscape.inside
    bench.paint(epochs=2)
    assert panel.steps.titles[0] == "Gradient"
    bench.store.undo()
    assert not bench.experiment.landscape.inside


def test_it_says_why_there_is_nothing_to_see(panel: InsidePanel, bench: Bench) -> None:
    bench.store.change(edits.with_racers(bench.experiment, ()), "x")
    bench.store.change(edits.with_terrain(bench.experiment, inside=True), "y")
    bench.paint()
    assert panel.message.text().startswith("Nobody races")
    over = edits.with_optimizer(edits.with_race(bench.experiment, "run"), SGD(10.0))
    wild = replace(over, architecture=Architecture((Layer(4, Linear()),), output="linear"))
    bench.store.change(wild, "z")
    picture = bench.paint(epochs=60)
    assert picture.frame.diverged is not None
    assert panel.message.text().startswith("No update follows")
    assert not panel.open.isVisible()


@pytest.fixture
def whole(opened: InsidePanel, bench: Bench) -> InsidePanel:
    """The panel with a look inside Adam, as a rival on the whole network after three epochs."""
    rivals = (Rival("Fast", optimizer=Adam(0.1)),)
    raced = edits.with_race(replace(bench.experiment, rivals=rivals), "run")
    bench.store.change(raced, "race")
    bench.paint(epochs=3)
    return opened


def test_on_the_whole_network_the_one_of_the_same_kind_is_studied(
    whole: InsidePanel, bench: Bench
) -> None:
    assert whole.head.racer.currentText() == "Fast"
    assert (whole.head.name.text().lower(), whole.head.step.text) == ("epoch", "3")
    assert len(whole.steps.titles) == 9
    assert whole.remark.isVisible()
    assert "projected on its plane" in whole.remark.text()
    bench.store.change(edits.with_race(bench.experiment, "slice"), "race")
    bench.paint(epochs=3)
    assert whole.head.racer.currentText() == "Adam"
    assert not whole.remark.isVisible()


def test_on_the_whole_network_the_run_can_be_studied(whole: InsidePanel, bench: Bench) -> None:
    pick(whole.head.racer, "0")
    bench.paint(epochs=3)
    assert whole.steps.titles == ("Gradient", "Step")
    QTest.keyClick(whole.steps, Qt.Key.Key_End)
    click(whole, "on")
    assert bench.player.told == ["epoch"]


def test_of_a_rival_that_catches_up_its_own_epoch_is_told(whole: InsidePanel, bench: Bench) -> None:
    picture = bench.player.picture
    assert picture is not None
    late = tuple(replace(each, epoch=1, is_late=True) for each in picture.frame.rivals)
    bench.player.show_picture(replace(picture, frame=replace(picture.frame, rivals=late)))
    assert whole.head.step.text == "1"
    pick(whole.head.racer, "0")
    bench.player.show_picture(bench.paint(epochs=3))
    assert whole.head.step.text == "3"


def test_a_rival_that_is_taken_out_is_no_choice_any_more(whole: InsidePanel, bench: Bench) -> None:
    bench.store.change(edits.without_rivals(bench.experiment), "rivals removed")
    assert whole.head.racer.count() == 1
    bench.store.undo()
    assert whole.head.racer.currentText() == "Fast"


@opens_a_popover
def test_on_the_whole_network_a_printed_rule_races_as_a_rival(
    whole: InsidePanel, bench: Bench
) -> None:
    QTest.mouseClick(whole.head.rule, LEFT)
    whole.card.printed.click()
    whole.card.race.click()
    assert isinstance(bench.experiment.rivals[-1].optimizer, AdamPrinted)
    assert not whole.card.race.isEnabled()
    whole.card.hide()
    bench.store.undo()
    assert len(bench.experiment.rivals) == 1


def test_it_opens_at_the_gradient_of_the_racer(opened: InsidePanel) -> None:
    assert len(opened.steps.titles) == 9
    assert opened.steps.at == 0
    assert "Gradient." in opened.sentence.text
    assert opened.head.racer.currentText() == "Adam"
    assert opened.head.step.text == "7"


def test_phases_are_walked_forward_and_back(opened: InsidePanel, bench: Bench) -> None:
    click(opened, "on")
    click(opened, "on")
    assert bench.experiment.landscape.phase == 2
    assert "New m." in opened.sentence.text
    click(opened, "back")
    assert bench.experiment.landscape.phase == 1
    QTest.keyClick(opened.steps, Qt.Key.Key_End)
    assert bench.experiment.landscape.phase == 8
    bench.store.undo()
    assert bench.experiment.landscape.phase == 0, "a walk is one step"


def test_after_the_last_phase_comes_the_next_step(opened: InsidePanel, bench: Bench) -> None:
    QTest.keyClick(opened.steps, Qt.Key.Key_End)
    click(opened, "on")
    assert bench.player.told == ["epoch"]
    assert bench.experiment.landscape.phase == 0


def test_before_the_first_phase_comes_the_step_before(opened: InsidePanel, bench: Bench) -> None:
    click(opened, "back")
    assert bench.player.told == ["back"]
    assert bench.experiment.landscape.phase == 8


def test_before_the_first_step_there_is_none(opened: InsidePanel, bench: Bench) -> None:
    bench.paint(epochs=0)
    assert not opened.head.back.isEnabled()
    click(opened, "back")
    assert bench.player.told == []
    assert bench.experiment.landscape.phase == 0


def test_in_the_past_the_next_step_is_the_next_of_the_past(
    opened: InsidePanel, bench: Bench
) -> None:
    bench.player.looked = 4
    QTest.mouseClick(opened.head.on, LEFT)
    assert bench.player.told == [5]


def test_another_racer_begins_at_its_first_phase(opened: InsidePanel, bench: Bench) -> None:
    click(opened, "on")
    pick(opened.head.racer, "0")
    assert (bench.experiment.landscape.studied, bench.experiment.landscape.phase) == (0, 0)
    bench.paint(epochs=7)
    assert opened.steps.titles == ("Gradient", "Step")


def test_formulas_in_figures_wait_until_the_race_stands_still(
    opened: InsidePanel, bench: Bench
) -> None:
    bench.player.is_playing = True
    bench.paint(epochs=8)
    assert len(opened.formulas.lines) == 1
    bench.player.is_playing = False
    bench.player.state_changed.emit()
    assert [each.label for each in opened.formulas.lines] == ["", "x", "y"]


def test_where_the_surface_is_a_line_there_is_one_axis(opened: InsidePanel, bench: Bench) -> None:
    bench.store.change(edits.with_surface(bench.experiment, "x^2 + sin(3*x)"), "surface")
    bench.paint(epochs=3)
    assert len(opened.formulas.lines) == 2
    assert opened.ledger.accessibleName().count(",") == 0


def test_what_is_drawn_on_the_surface_is_picked_here(
    opened: InsidePanel, bench: Bench, qtbot: QtBot
) -> None:
    surface = LandscapePanel(bench.parts)
    qtbot.addWidget(surface)
    for key, arrows in [("phase", 1), ("step", 5), ("all", 2 + 3 + 3 + 5)]:
        if key != "phase":
            QTest.mouseClick(opened.arrows.segments[key], LEFT)
        bench.paint(epochs=7)
        assert bench.experiment.landscape.arrows == key
        bared = surface.display.map.inner.bared
        assert sum(len(each.arrows) for each in bared) == arrows


def test_a_click_on_a_racer_studies_it_while_the_inside_is_seen(
    opened: InsidePanel, bench: Bench, qtbot: QtBot
) -> None:
    surface = LandscapePanel(bench.parts)
    qtbot.addWidget(surface)
    surface.resize(700, 500)
    surface.show()
    race = bench.paint(epochs=60).frame.race
    canvas = surface.display.map
    for row, path in enumerate(race.paths):
        x, y = canvas.to_pixels(path[-1, :2]).tolist()
        QTest.mouseClick(canvas.viewport(), LEFT, pos=QPoint(round(x), round(y)))
        assert bench.experiment.landscape.studied == race.racers[row]
        assert bench.experiment.landscape.starts == ()
    bench.store.change(edits.with_terrain(bench.experiment, inside=False), "x")
    bench.paint(epochs=60)
    x, y = canvas.to_pixels(race.paths[1, -1, :2]).tolist()
    qtbot.wait(QApplication.doubleClickInterval() + 10)
    QTest.mouseClick(canvas.viewport(), LEFT, pos=QPoint(round(x), round(y)))
    assert bench.experiment.landscape.starts != ()


def test_the_landscape_panel_looks_inside_too(bench: Bench, qtbot: QtBot) -> None:
    surface = LandscapePanel(bench.parts)
    qtbot.addWidget(surface)
    surface.show()
    QTest.mouseClick(surface.head.inside, LEFT)
    assert bench.experiment.landscape.inside
    assert surface.head.inside.isChecked()
    QTest.mouseClick(surface.head.inside, LEFT)
    assert not bench.experiment.landscape.inside


@opens_a_popover
def test_the_card_shows_the_rule_with_settings_and_beside_it_the_printed_one(
    opened: InsidePanel, bench: Bench
) -> None:
    QTest.mouseClick(opened.head.rule, LEFT)
    card = opened.card
    assert card.isVisible()
    assert r"0.9 \, \class{velocity}{m}" in card.rules[0].lines[0].latex
    QTest.mouseClick(card.numbers, LEFT)
    assert r"\beta_1 \, \class{velocity}{m}" in card.rules[0].lines[0].latex
    assert not card.rules[1].isVisible()
    QTest.mouseClick(card.printed, LEFT)
    assert card.rules[1].isVisible()
    assert card.names[1].text() == "Adam, printed"
    assert "100 η/g" in card.seen.text()
    pick(card.form, "adam-uncorrected")
    assert "3.2 times" in card.seen.text()
    card.hide()


@opens_a_popover
def test_the_printed_rule_races_with_one_click(opened: InsidePanel, bench: Bench) -> None:
    QTest.mouseClick(opened.head.rule, LEFT)
    card = opened.card
    QTest.mouseClick(card.printed, LEFT)
    QTest.mouseClick(card.race, LEFT)
    adam = bench.experiment.landscape.racers[ADAM].optimizer
    assert bench.experiment.landscape.racers[-1] == Racer(AdamPrinted(*adam.hyperparameters))
    assert not card.race.isEnabled()
    bench.store.undo()
    assert len(bench.experiment.landscape.racers) == 4
    assert card.race.isEnabled()
    card.hide()


@opens_a_popover
def test_one_of_its_kind_that_races_takes_the_settings(opened: InsidePanel, bench: Bench) -> None:
    there = Racer(AdamUncorrected(rate=1.0), on=False)
    bench.store.change(edits.with_racer_added(bench.experiment, there), "x")
    QTest.mouseClick(opened.head.rule, LEFT)
    card = opened.card
    QTest.mouseClick(card.printed, LEFT)
    pick(card.form, "adam-uncorrected")
    QTest.mouseClick(card.race, LEFT)
    adam = bench.experiment.landscape.racers[ADAM].optimizer
    assert isinstance(adam, Adam)
    racer = bench.experiment.landscape.racers[-1]
    assert racer == replace(there, optimizer=AdamUncorrected(*adam.hyperparameters), on=True)
    assert len(bench.experiment.landscape.racers) == 5
    card.hide()


@opens_a_popover
@pytest.mark.parametrize(
    ("optimizer", "sentence"),
    [
        (SGD(), "The lecture prints this very rule."),
        (Momentum(), "the rate stands outside the velocity"),
    ],
)
def test_where_the_lecture_prints_the_same_it_says_so(
    opened: InsidePanel, bench: Bench, optimizer: SGD | Momentum, sentence: str
) -> None:
    changed = edits.with_racer(bench.experiment, ADAM, optimizer=optimizer)
    bench.store.change(changed, "x")
    bench.paint(epochs=2)
    QTest.mouseClick(opened.head.rule, LEFT)
    card = opened.card
    QTest.mouseClick(card.printed, LEFT)
    assert sentence in card.seen.text()
    assert not card.rules[1].isVisible()
    assert not card.race.isVisible()
    card.hide()


def test_another_theme_reaches_every_picture(opened: InsidePanel, bench: Bench) -> None:
    before = opened.grab().toImage()
    bench.darken()
    assert opened.grab().toImage() != before
