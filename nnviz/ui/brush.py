"""Painters that are always put away, and the ground they paint on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtGui import QPaintDevice, QPainter, QPalette
from PySide6.QtWidgets import QWidget


@contextmanager
def painting(device: QPaintDevice) -> Iterator[QPainter]:
    """A smooth painter on a device, ended whatever happens: an active one would stop Qt."""
    painter = QPainter(device)
    painter.setRenderHints(
        QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
    )
    try:
        yield painter
    finally:
        painter.end()


@contextmanager
def aside(painter: QPainter) -> Iterator[QPainter]:
    """The painter, put back afterwards as it was before."""
    painter.save()
    try:
        yield painter
    finally:
        painter.restore()


def own_ground(widget: QWidget, role: QPalette.ColorRole = QPalette.ColorRole.Base) -> None:
    """Let a widget that often changes fill its ground: else all behind it paints too."""
    widget.setAutoFillBackground(True)
    widget.setBackgroundRole(role)
