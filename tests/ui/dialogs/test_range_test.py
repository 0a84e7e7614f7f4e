from __future__ import annotations

import pytest
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from nnviz.experiment.build import build
from nnviz.experiment.spec import Experiment
from nnviz.ui.dialogs.range_test import RangeTestDialog
from nnviz.ui.theme import LIGHT


@pytest.fixture
def dialog(qtbot: QtBot) -> RangeTestDialog:
    experiment = Experiment()
    dialog = RangeTestDialog(experiment, build(experiment).theta, LIGHT)
    qtbot.addWidget(dialog)
    dialog.open()
    return dialog


def test_the_rate_that_was_found_is_offered(dialog: RangeTestDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.use.isEnabled)
    assert dialog.verdict.text().startswith("The loss falls fastest at 0.")
    with qtbot.waitSignal(dialog.picked) as told:
        dialog.use.click()
    assert told.args is not None
    assert 0.01 < told.args[0] < 5.0


def test_another_rate_may_be_chosen(dialog: RangeTestDialog, qtbot: QtBot) -> None:
    qtbot.waitUntil(dialog.use.isEnabled)
    dialog.plot.rate_picked.emit(0.02)
    assert "You chose 0.02" in dialog.verdict.text()
    with qtbot.waitSignal(dialog.picked) as told:
        dialog.use.click()
    assert told.args == [pytest.approx(0.02)]


def test_closing_early_ends_the_test(dialog: RangeTestDialog) -> None:
    QTest.qWait(1)
    dialog.reject()
    assert not dialog.isVisible()
