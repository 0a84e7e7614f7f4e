from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from nnviz.ui.tab_order import chain_of, line_up


@pytest.fixture
def window(qtbot: QtBot) -> QWidget:
    window = QWidget()
    qtbot.addWidget(window)
    box = QVBoxLayout(window)
    for name in ("first", "last"):
        box.addWidget(QPushButton(name))
    return window


def late(window: QWidget) -> QWidget:
    part = QWidget()
    box = QVBoxLayout(part)
    for each in (QPushButton("one"), QLabel("words"), QPushButton("two")):
        box.addWidget(each)
    layout = window.layout()
    assert layout is not None
    layout.addWidget(part)
    return part


def order(window: QWidget) -> list[str]:
    return [each.text() for each in chain_of(window) if isinstance(each, QPushButton)]


def test_what_is_made_late_is_reached_where_it_stands(window: QWidget) -> None:
    part, first = late(window), window.findChildren(QPushButton)[0]
    assert order(window) == ["first", "last", "one", "two"]
    last = line_up(first, part)
    assert order(window) == ["first", "one", "two", "last"]
    assert isinstance(last, QPushButton)
    assert last.text() == "two"


def test_a_part_that_tab_does_not_reach_changes_nothing(window: QWidget) -> None:
    first, label = window.findChildren(QPushButton)[0], QLabel("words", window)
    assert line_up(first, label) is first
    assert order(window) == ["first", "last"]
