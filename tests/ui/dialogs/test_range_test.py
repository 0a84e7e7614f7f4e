from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from nnviz.experiment.build import build
from nnviz.experiment.spec import Experiment
from nnviz.ui.dialogs.range_test import RangeTestDialog
from nnviz.ui.theme import LIGHT


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[RangeTestDialog]:
    experiment, window = Experiment(), QWidget()
    qtbot.addWidget(window)
    window.show()
    dialog = RangeTestDialog(experiment, build(experiment).theta, LIGHT, window)
    dialog.open()
    yield dialog
    window.close()


def used(dialog: RangeTestDialog) -> list[float]:
    """The rates that are told when the button is pressed."""
    told: list[float] = []
    dialog.picked.connect(told.append)
    dialog.use.click()
    return told


def test_the_rate_that_was_found_is_offered(dialog: RangeTestDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.use.isEnabled)
    assert dialog.verdict.text().startswith("The loss falls fastest at 0.")
    [rate] = used(dialog)
    assert 0.01 < rate < 5.0


def test_another_rate_may_be_chosen(dialog: RangeTestDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.use.isEnabled)
    dialog.plot.rate_picked.emit(0.02)
    assert "You chose 0.02" in dialog.verdict.text()
    assert used(dialog) == [pytest.approx(0.02)]


def test_closing_early_ends_the_test(dialog: RangeTestDialog, qtbot: QtBot) -> None:
    QTest.qWait(1)
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()
