"""A sentence after a strong word, on lines kept free for it: another one costs no layout."""

from __future__ import annotations

from html import escape

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QStaticText
from PySide6.QtWidgets import QSizePolicy
from typing_extensions import override

from nnviz.ui.brush import own_ground
from nnviz.ui.canvas.drawing import Drawing
from nnviz.ui.theme import Theme

_LINES = 2


class Sentence(Drawing):
    """A title and what is to be said of it, in two lines."""

    def __init__(self, theme: Theme) -> None:
        """Say nothing yet."""
        super().__init__(theme)
        self._title = self._text = ""
        self._set: tuple[tuple[str, str, int, Theme], QStaticText] | None = None
        own_ground(self)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What is said."""
        return f"{self._title}. {self._text}"

    def show_text(self, title: str, text: str) -> None:
        """Say something under a title."""
        if (title, text) != (self._title, self._text):
            self._title, self._text = title, text
            self.setAccessibleName(self.text)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        lines = _LINES * QFontMetrics(self._theme.body_font()).lineSpacing()
        return QSize(self._theme.px(320), lines + 2)

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self.sizeHint().height())

    @override
    def _paint(self, painter: QPainter) -> None:
        painter.setFont(self._theme.body_font())
        painter.setPen(QColor(self._theme.text))
        painter.drawStaticText(QPointF(0, 0), self._set_text())

    def _set_text(self) -> QStaticText:
        """The text broken into lines of the width there is."""
        key = (self._title, self._text, self.width(), self._theme)
        if self._set is None or self._set[0] != key:
            strong = f'<span style="font-weight: 600">{escape(self._title)}.</span>'
            made = QStaticText(f"{strong} {escape(self._text)}" if self._title else "")
            made.setTextWidth(self.width())
            made.prepare(font=self._theme.body_font())
            self._set = key, made
        return self._set[1]
