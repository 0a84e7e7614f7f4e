from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QFontMetrics
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QWidget
from pytestqt.qtbot import QtBot

from nnviz.engine.optimizers import Adam
from nnviz.experiment import edits
from nnviz.experiment.presets import PRESETS
from nnviz.experiment.spec import RIVAL_LIMIT, Rival
from nnviz.runtime.standings import CRITERIA, Standing
from nnviz.ui.panels.compare import ComparePanel
from nnviz.ui.panels.compare.cards import LEAST_SIDE, fit
from nnviz.ui.panels.winners import WinnersPanel
from tests.ui.panels.bench import Bench

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def panel(bench: Bench, qtbot: QtBot) -> ComparePanel:
    panel = ComparePanel(bench.parts)
    qtbot.addWidget(panel)
    panel.resize(780, 520)
    panel.show()
    return panel


@pytest.fixture
def winners(bench: Bench, qtbot: QtBot) -> WinnersPanel:
    winners = WinnersPanel(bench.parts)
    qtbot.addWidget(winners)
    winners.resize(470, 240)
    winners.show()
    return winners


def press(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT, pos=QPoint(widget.width() // 2, widget.height() // 2))


def offered(menu: QMenu) -> dict[str, QAction]:
    """What a menu offers when it opens, by its words; those of submenus too."""
    menu.aboutToShow.emit()
    found: dict[str, QAction] = {}
    for action in menu.actions():
        inner = action.menu()
        for each in inner.actions() if isinstance(inner, QMenu) else [action]:
            found[each.text()] = each
    return found


@pytest.mark.parametrize("key", PRESETS.keys)
def test_from_nothing_one_press_lets_a_preset_in_and_undo_takes_it_back(
    panel: ComparePanel, bench: Bench, key: str
) -> None:
    before = bench.experiment
    assert not panel.shown
    assert not panel.remove_all.isEnabled()
    press(panel.starters[key])
    assert bench.experiment == edits.with_preset(before, key)
    assert len(panel.shown) == len(bench.experiment.rivals) + 1
    bench.store.undo()
    assert bench.experiment == before
    assert not panel.shown


def test_a_rival_is_added_by_what_it_differs_in(panel: ComparePanel, bench: Bench) -> None:
    offered(panel.add.menu())["ReLU"].trigger()
    offered(panel.add.menu())["batch 50"].trigger()
    assert [each.name.text() for each in panel.shown] == ["Main run", "ReLU", "batch 50"]


def test_a_card_shows_the_shape_of_its_network(panel: ComparePanel, bench: Bench) -> None:
    press(panel.starters["product"])
    tips = [card.shape.toolTip() for card in panel.shown]
    assert [tip.split(": ")[1] for tip in tips] == [
        "2 – 4 – 2 – 1.",
        "3 – 4 – 1.",
        "2 – 4 – 4 – 1.",
    ]
    bench.store.edit("layer", edits.with_layer_removed)
    assert panel.shown[0].shape.toolTip().endswith("2 – 4 – 1.")


def test_a_rival_too_many_is_refused_in_words(panel: ComparePanel, bench: Bench) -> None:
    for _ in range(RIVAL_LIMIT):
        bench.store.edit("rival", lambda e: edits.with_rival_added(e, Rival(batch=5)))
    told: list[str] = []
    panel.told.connect(told.append)
    offered(panel.add.menu())["ReLU"].trigger()
    assert len(bench.experiment.rivals) == RIVAL_LIMIT
    assert str(RIVAL_LIMIT) in told[0]


def test_a_card_removes_and_changes_its_own_rival(panel: ComparePanel, bench: Bench) -> None:
    press(panel.starters["rates"])
    second = bench.experiment.rivals[1]
    panel.shown[1].remove.click()
    assert bench.experiment.rivals[0] == second
    offered(panel.shown[1].menu)["ReLU"].trigger()
    assert bench.experiment.rivals[0].activation is not None
    assert bench.experiment.rivals[0].optimizer == second.optimizer
    press(panel.remove_all)
    assert bench.experiment.rivals == ()


def test_a_rival_keeps_its_optimizer_at_another_rate(panel: ComparePanel, bench: Bench) -> None:
    press(panel.starters["optimizers"])
    rates = [name for name in offered(panel.shown[5].menu) if name.startswith("Adam, rate")]
    assert "Adam, rate 0.01" in rates
    offered(panel.shown[5].menu)["Adam, rate 0.01"].trigger()
    assert bench.experiment.rivals[4].optimizer == Adam(rate=0.01)


def test_a_rival_becomes_the_main_run_which_begins_again(panel: ComparePanel, bench: Bench) -> None:
    press(panel.starters["rates"])
    promoted = bench.experiment.rivals[0].optimizer
    offered(panel.shown[1].menu)["Make this the main run"].trigger()
    assert bench.experiment.training.optimizer == promoted
    assert len(bench.experiment.rivals) == 4
    assert "reset" in bench.player.told


def test_maps_are_wished_for_only_while_they_are_seen(panel: ComparePanel, bench: Bench) -> None:
    assert bench.player.wishes.multiples == 0
    press(panel.starters["rates"])
    assert bench.player.wishes.multiples == 64
    panel.hide()
    assert bench.player.wishes.multiples == 0
    panel.show()
    assert bench.player.wishes.multiples == 64


def test_cards_tell_numbers_and_the_best_in_words(panel: ComparePanel, bench: Bench) -> None:
    press(panel.starters["rates"])
    bench.paint(epochs=8)
    assert all(card.loss.text != "–" for card in panel.shown)
    words = [card.verdict.text() for card in panel.shown]
    assert any(each.startswith("★ test") for each in words)
    told = [card.verdict.toolTip() for card in panel.shown]
    assert any("has the best test loss" in each for each in told)
    bench.darken()
    panel.grab()


@pytest.mark.parametrize(
    ("wins", "told"),
    [
        ({"test_loss", "accuracy"}, "★ test · accuracy"),
        ({"test_loss", "train_loss", "accuracy"}, "★ test · train · acc."),
        (set(CRITERIA), "★ wins everything"),
    ],
)
def test_a_card_has_room_for_all_that_is_won(
    panel: ComparePanel, wins: set[str], told: str
) -> None:
    press(panel.starters["rates"])
    card = panel.shown[1]
    card.show_standing(Standing("Adam", "Adam", 0.1, 0.1, 1.0, 5, wins=frozenset(wins)), None)
    assert card.verdict.text() == told


def test_a_picture_of_other_rivals_is_not_shown(panel: ComparePanel, bench: Bench) -> None:
    press(panel.starters["rates"])
    picture = bench.paint(epochs=2)
    press(panel.starters["product"])
    panel.shown[1].loss.show_text("")
    bench.player.show_picture(picture)
    assert panel.shown[1].loss.text == ""


@pytest.mark.parametrize("count", range(2, RIVAL_LIMIT + 2))
@pytest.mark.parametrize("size", [(780, 440), (1000, 700), (500, 300), (200, 100)])
def test_cards_fit_the_width_or_are_in_one_column(count: int, size: tuple[int, int]) -> None:
    columns, side = fit(count, *size)
    assert 1 <= columns <= count
    assert columns * (side + 16) + 8 * (columns - 1) <= size[0]
    assert side >= LEAST_SIDE


def test_the_table_has_a_star_at_the_best(winners: WinnersPanel, bench: Bench) -> None:
    bench.store.edit("rivals", lambda e: edits.with_preset(e, "rates"))
    bench.paint(epochs=8)
    table = winners.table
    assert table.rowCount() == 5
    assert table.isColumnHidden(1)
    for column in (2, 3, 4):
        items = [table.item(line, column) for line in range(5)]
        stars = [each for each in items if each is not None and each.text().startswith("★")]
        assert 0 < len(stars) < 5


def test_the_goal_is_typed_checked_and_undone(winners: WinnersPanel, bench: Bench) -> None:
    told: list[str] = []
    winners.told.connect(told.append)
    before = bench.experiment.view.goal
    winners.goal.typed.emit("0,2")
    assert bench.experiment.view.goal == pytest.approx(0.2)
    assert winners.goal.text() == "0.2"
    winners.goal.typed.emit("soon")
    assert told[-1].startswith("The goal")
    bench.store.undo()
    assert bench.experiment.view.goal == before
    bench.paint(epochs=3)
    bench.store.edit("goal", lambda e: edits.with_view(e, goal=1000.0))
    reached = winners.table.item(0, 5)
    assert reached is not None
    assert reached.text() == "0"


def test_the_epoch_of_one_who_is_late_is_read_whole(winners: WinnersPanel, bench: Bench) -> None:
    bench.store.edit("rivals", lambda e: edits.with_preset(e, "rates"))
    picture = bench.paint(epochs=12)
    late = tuple(replace(each, epoch=7, is_late=True) for each in picture.frame.rivals)
    bench.player.show_picture(replace(picture, frame=replace(picture.frame, rivals=late)))
    table = winners.table
    assert not table.isColumnHidden(1)
    texts = [item.text() for line in range(5) if (item := table.item(line, 1)) is not None]
    assert texts == ["", "7", "7", "7", "7"]
    assert table.columnWidth(1) >= table.fontMetrics().horizontalAdvance("7")


def test_no_number_of_the_winners_is_cut(winners: WinnersPanel, bench: Bench) -> None:
    bench.store.edit("rivals", lambda e: edits.with_preset(e, "optimizers"))
    for epochs in (0, 8):
        bench.paint(epochs=epochs)
    table = winners.table
    for line in range(table.rowCount()):
        for column in range(2, table.columnCount()):
            item = table.item(line, column)
            assert item is not None
            wide = QFontMetrics(item.font()).horizontalAdvance(item.text())
            assert wide + 7 < table.columnWidth(column), item.text()
