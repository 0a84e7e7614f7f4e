"""The three kinds of writing in a panel: small gray capitals, numbers that do not jump, words."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QPaintEvent, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QSizePolicy, QWidget
from typing_extensions import override

from nnviz.ui.brush import own_ground, painting

_CAPTION_SCALE = 11 / 13
_LETTER_SPACING = 105.0


def scaled(font: QFont, scale: float) -> QFont:
    """The same font in another size, whichever unit its size is given in."""
    result = QFont(font)
    if font.pixelSize() > 0:
        result.setPixelSize(max(1, round(font.pixelSize() * scale)))
    else:
        result.setPointSizeF(font.pointSizeF() * scale)
    return result


def tabular(font: QFont, scale: float = 1.0) -> QFont:
    """The font with figures of one width, in another size."""
    result = scaled(font, scale)
    result.setWeight(QFont.Weight.Medium)
    result.setFeature(QFont.Tag("tnum"), 1)
    return result


def caption_font(font: QFont) -> QFont:
    """The font of labels: small capitals, a little apart."""
    result = scaled(font, _CAPTION_SCALE)
    result.setWeight(QFont.Weight.Medium)
    result.setCapitalization(QFont.Capitalization.AllUppercase)
    result.setLetterSpacing(QFont.SpacingType.PercentageSpacing, _LETTER_SPACING)
    return result


class Caption(QLabel):
    """A label in small gray capitals."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        """Show the text."""
        super().__init__(text, parent)
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self._restyle()

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        self.setFont(caption_font(QApplication.font()))


class Elided(QLabel):
    """Words on one line, cut short with dots where there is no room; the tool tip has all."""

    def __init__(
        self,
        where: Qt.TextElideMode = Qt.TextElideMode.ElideRight,
        parent: QWidget | None = None,
    ) -> None:
        """Say nothing yet; cut short at the end, or where it is wished."""
        super().__init__(parent)
        self._where = where
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Say something else; the same costs nothing."""
        if text != self.text():
            self.setText(text)
            self.setToolTip(text)

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            text = painter.fontMetrics().elidedText(self.text(), self._where, self.width())
            painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignVCenter), text)


class Remark(QWidget):
    """Quiet words that change all the time, at no cost in layout: it keeps room for the widest."""

    def __init__(self, widest: str, parent: QWidget | None = None) -> None:
        """Begin without words."""
        super().__init__(parent)
        self._widest = widest
        self._text = ""
        self.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """What it says."""
        return self._text

    def show_text(self, text: str) -> None:
        """Say something else; the same again costs nothing."""
        if text != self._text:
            self._text = text
            self.setAccessibleDescription(text)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._widest), metrics.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return QSize(0, self.sizeHint().height())

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            painter.setPen(self.palette().color(self.foregroundRole()))
            words = painter.fontMetrics().elidedText(
                self._text, Qt.TextElideMode.ElideRight, self.width()
            )
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(self.rect(), left, words)


class Figure(QWidget):
    """A number in tabular figures, as large as asked.

    It keeps room for its widest text, so a new number never moves what stands around it and costs
    no layout, only its own painting; one that is wider still is written smaller.
    """

    def __init__(
        self,
        widest: str,
        scale: float = 1.0,
        *,
        align: Qt.AlignmentFlag = Qt.AlignmentFlag.AlignLeft,
        parent: QWidget | None = None,
    ) -> None:
        """Keep room for `widest`, in a size of `scale` times the body's."""
        super().__init__(parent)
        self._widest = widest
        self._scale = scale
        self._align = align | Qt.AlignmentFlag.AlignVCenter
        self._text = ""
        own_ground(self)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self._restyle()

    @property
    def text(self) -> str:
        """What it shows."""
        return self._text

    def show_text(self, text: str, *, tinted: bool = False) -> None:
        """Show a number as text, tinted if it is not the newest; the same again costs nothing."""
        role = QPalette.ColorRole.Highlight if tinted else QPalette.ColorRole.WindowText
        if role != self.foregroundRole():
            self.setForegroundRole(role)
        if text != self._text:
            self._text = text
            self.setAccessibleName(text)
            self.update()

    @override
    def sizeHint(self) -> QSize:
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self._widest) + 2, metrics.height())

    @override
    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    @override
    def paintEvent(self, event: QPaintEvent) -> None:
        with painting(self) as painter:
            group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
            painter.setPen(self.palette().color(group, self.foregroundRole()))
            width = painter.fontMetrics().horizontalAdvance(self._text)
            if width > self.width():
                painter.setFont(scaled(self.font(), self.width() / width))
            painter.drawText(self.rect(), self._align, self._text)

    @override
    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.ApplicationFontChange:
            self._restyle()
        super().changeEvent(event)

    def _restyle(self) -> None:
        self.setFont(tabular(QApplication.font(), self._scale))
        self.updateGeometry()
