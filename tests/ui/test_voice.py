from __future__ import annotations

import subprocess
import sys

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from nnviz.ui.voice import announce


def test_what_became_of_a_widget_is_said(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    label, said = QLabel(), []
    qtbot.addWidget(label)
    monkeypatch.setattr(
        QAccessible, "updateAccessibility", lambda event: said.append(event.message())
    )
    announce(label, "three neurons")
    assert said == ["three neurons"]


def test_what_speaks_is_not_loaded_before_there_is_a_word_to_say() -> None:
    check = "import nnviz.ui.voice, PySide6.QtGui as gui, sys; sys.exit('QAccessible' in vars(gui))"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0
