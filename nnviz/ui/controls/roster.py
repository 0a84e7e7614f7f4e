"""Who races, line by line, and below them those who could."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.controls.racer_row import RacerRow


class Roster(QScrollArea):
    """Rows by key: those that are on take a whole line, the others stand two in a line below."""

    def __init__(self, names: Mapping[str, str], parent: QWidget | None = None) -> None:
        """Make a row for each key with its name, all switched off."""
        super().__init__(parent)
        self.rows = {key: RacerRow(name) for key, name in names.items()}
        self._on: frozenset[str] | None = None
        inside = QWidget()
        self._grid = QGridLayout(inside)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.setWidget(inside)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.viewport().setAutoFillBackground(False)
        inside.setAutoFillBackground(False)
        self.show_on(())

    def show_on(self, keys: Collection[str]) -> None:
        """Show who races, silently."""
        on = frozenset(keys)
        if on == self._on:
            return
        self._on = on
        for key, each in self.rows.items():
            each.show_on(on=key in on)
        self._arrange(on)
        self.updateGeometry()

    @override
    def sizeHint(self) -> QSize:
        return QSize(200, self._grid.sizeHint().height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(160, min(96, self.sizeHint().height()))

    def _arrange(self, on: frozenset[str]) -> None:
        for each in self.rows.values():
            self._grid.removeWidget(each)
        racing = [each for key, each in self.rows.items() if key in on]
        waiting = [each for key, each in self.rows.items() if key not in on]
        for line, each in enumerate(racing):
            self._grid.addWidget(each, line, 0, 1, 2)
        for place, each in enumerate(waiting):
            self._grid.addWidget(each, len(racing) + place // 2, place % 2)
        for before, after in zip((*racing, *waiting), (*racing, *waiting)[1:], strict=False):
            QWidget.setTabOrder(before.gear, after.line)
