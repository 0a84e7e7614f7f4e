"""A message at the head of the window that waits without blocking: what happened, and one way on.

It takes the room beside the tabs, so that no window has to grow for it.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QToolButton

from nnviz.ui.icons import icon
from nnviz.ui.look import Look


class Banner(QFrame):
    """One message at a time; the newest replaces the one before."""

    def __init__(self, look: Look) -> None:
        """Be hidden until there is something to say."""
        super().__init__()
        self._look = look
        self._act: Callable[[], None] | None = None
        self._topic = ""
        self._sign = QLabel()
        self._text = QLabel(wordWrap=True, textFormat=Qt.TextFormat.PlainText)
        self._text.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        flags = Qt.TextInteractionFlag
        self._text.setTextInteractionFlags(flags.TextSelectableByMouse)
        self._button = QPushButton()
        self._button.setProperty("primary", "true")
        self._button.clicked.connect(self._on_clicked)
        self._close = QToolButton(autoRaise=True)
        self._close.setToolTip("Put this message away.")
        self._close.setAccessibleName("Put this message away")
        self._close.clicked.connect(self.put_away)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        box = QHBoxLayout(self)
        box.setContentsMargins(12, 1, 4, 1)
        box.setSpacing(10)
        for each in (self._sign, self._text, self._button, self._close):
            box.addWidget(each)
        box.setStretch(1, 1)
        look.changed.connect(self._dress)
        self._dress()
        self.hide()

    @property
    def topic(self) -> str:
        """What the message is about, "" when there is none."""
        return self._topic

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._text.text()

    def show_message(
        self,
        text: str,
        *,
        topic: str = "message",
        calm: bool = False,
        action: str = "",
        act: Callable[[], None] | None = None,
    ) -> None:
        """Say one thing.

        Args:
            text: one or two sentences.
            topic: what it is about, so that it can be put away when that is over.
            calm: whether nothing is wrong.
            action: what the button says; without it there is no button.
            act: what the button does.
        """
        self._topic, self._act = topic, act
        self._text.setText(text)
        self._button.setText(action)
        self._button.setToolTip(f"{action}." if action else "")
        self._button.setVisible(bool(action))
        self.setProperty("tone", "calm" if calm else "bad")
        self.style().polish(self)
        self._dress()
        self.setAccessibleName(text)
        self.show()

    def put_away(self) -> None:
        """Say nothing any more."""
        self._topic, self._act = "", None
        self.hide()

    def drop(self, topic: str) -> None:
        """Put the message away if it is about this."""
        if self._topic == topic:
            self.put_away()

    def _on_clicked(self) -> None:
        act = self._act
        self.put_away()
        if act is not None:
            act()

    def _dress(self) -> None:
        theme = self._look.theme
        calm = self.property("tone") == "calm"
        sign = icon("info", theme.accent) if calm else icon("alert", theme.bad)
        self._sign.setPixmap(sign.pixmap(QSize(theme.px(20), theme.px(20))))
        self._text.setFont(theme.body_font(QFont.Weight.Medium))
        self._close.setIcon(icon("close", theme.muted))
