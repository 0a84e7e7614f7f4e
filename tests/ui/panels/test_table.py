from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit, QSlider, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.panels.table import PANELS
from tests.ui.panels.bench import Bench

every_panel = pytest.mark.parametrize("key", PANELS.keys)


def shown(key: str, bench: Bench, qtbot: QtBot) -> QWidget:
    panel = PANELS[key](bench.parts)
    qtbot.addWidget(panel)
    panel.show()
    bench.paint(epochs=1)
    return panel


def test_the_window_has_these_panels() -> None:
    assert PANELS.keys == (
        *("toolbar", "data", "network", "output", "landscape", "inside", "curves", "past"),
        *("compare", "winners"),
    )


@every_panel
def test_a_panel_shows_the_picture_that_was_there_before_it(
    key: str, bench: Bench, qtbot: QtBot
) -> None:
    bench.paint(epochs=1)
    panel = PANELS[key](bench.parts)
    qtbot.addWidget(panel)
    panel.show()
    panel.grab()


@every_panel
def test_everything_has_a_name_and_a_tool_tip(key: str, bench: Bench, qtbot: QtBot) -> None:
    panel = shown(key, bench, qtbot)
    for each in panel.findChildren(QWidget):
        if isinstance(each, QAbstractButton | QComboBox | QSlider) and each.isVisibleTo(panel):
            name = each.accessibleName() or (
                each.text() if isinstance(each, QAbstractButton) else ""
            )
            assert name, each
            assert _tip(each), name


@every_panel
def test_everything_can_be_reached_by_keys(key: str, bench: Bench, qtbot: QtBot) -> None:
    panel = shown(key, bench, qtbot)
    for each in panel.findChildren(QWidget):
        if isinstance(each, QAbstractButton | QComboBox | QSlider | QLineEdit):
            assert each.focusPolicy().value & 1 or each.focusProxy(), each


def _tip(widget: QWidget | None) -> str:
    """The tool tip that is shown over a widget: its own or that of what holds it."""
    while widget is not None and not widget.toolTip():
        widget = widget.parentWidget()
    return widget.toolTip() if widget is not None else ""
