from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QWidget
from pytestqt.qtbot import QtBot
from typing_extensions import override

from nnviz.ui.controls.text import Figure, Remark


class Ground(QWidget):
    """What lies behind, and how often it was painted."""

    def __init__(self, inner: QWidget) -> None:
        super().__init__()
        self.count = 0
        QHBoxLayout(self).addWidget(inner)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        self.count += 1
        with QPainter(self) as painter:
            painter.fillRect(self.rect(), self.palette().base())


class Requests(QObject):
    """How often a layout was asked for."""

    count = 0

    @override
    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


def settle(widget: QWidget, qtbot: QtBot) -> None:
    qtbot.addWidget(widget)
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()


@pytest.mark.parametrize("widest", ["000,000", "0"])
def test_a_figure_that_changes_leaves_what_lies_behind_alone(widest: str, qtbot: QtBot) -> None:
    figure = Figure(widest)
    ground = Ground(figure)
    settle(ground, qtbot)
    ground.count = 0
    figure.show_text("1,234")
    QApplication.processEvents()
    assert ground.count == 0


def test_a_remark_says_what_it_was_told_and_asks_for_no_layout(qtbot: QtBot) -> None:
    remark = Remark("Epoch 0,000")
    ground = Ground(remark)
    settle(ground, qtbot)
    requests = Requests()
    ground.installEventFilter(requests)
    remark.show_text("Epoch 1,000,000 and so on, far beyond what there is room for")
    QApplication.processEvents()
    ground.removeEventFilter(requests)
    assert remark.text.startswith("Epoch 1,000,000")
    assert remark.accessibleDescription() == remark.text
    assert requests.count == 0


def test_a_remark_can_be_narrow(qtbot: QtBot) -> None:
    remark = Remark("Epoch 0,000")
    qtbot.addWidget(remark)
    assert remark.minimumSizeHint().width() == 0
    assert remark.sizeHint().width() > 20
