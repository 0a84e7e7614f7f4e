"""What a screen reader says aloud."""

from __future__ import annotations

from PySide6 import QtGui  # What speaks is loaded when there is a word to say.
from PySide6.QtWidgets import QWidget


def announce(widget: QWidget, said: str) -> None:
    """Let a screen reader say what became of a widget."""
    QtGui.QAccessible.updateAccessibility(QtGui.QAccessibleAnnouncementEvent(widget, said))
