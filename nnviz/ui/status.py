"""The line at the bottom: where the run stands, how fast it goes, and what was just done."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from nnviz.runtime.frames import Frame
from nnviz.ui.brush import own_ground
from nnviz.ui.controls.text import Remark
from nnviz.ui.look import Look

MESSAGE_MS = 6000
WIDEST = "Epoch 0,000,000 · batch 0,000 · training, 00,000 epochs a second"
LEAVE = '<a href="leave" style="color: {}">Leave</a>'


class StatusLine(QWidget):
    """What happens at the left, beside it whose rules hold, what was done at the right."""

    left = Signal()
    """The person wants to leave Playground's rules."""

    def __init__(self, look: Look) -> None:
        """Begin with nothing to tell."""
        super().__init__()
        self._look = look
        self._state = Remark(WIDEST)
        own_ground(self._state, QPalette.ColorRole.Window)
        self._state.setAccessibleName("State of the run")
        self._rules = QLabel("Playground rules")
        self._rules.setToolTip(
            "Points, first weights and every update are those of TensorFlow Playground."
        )
        self.leave = QLabel(textFormat=Qt.TextFormat.RichText)
        self.leave.setAccessibleName("Leave Playground's rules")
        self.leave.setToolTip(
            "Go back to NNViz's own rules. Points are drawn anew and training starts again;"
            " undo brings all of it back."
        )
        self.leave.setTextInteractionFlags(Qt.TextInteractionFlag.LinksAccessibleByMouse)
        self.leave.linkActivated.connect(self.left)
        self._message = QLabel(textFormat=Qt.TextFormat.PlainText)
        self._message.setAccessibleName("Message")
        self._message.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._timer = QTimer(self, singleShot=True, interval=MESSAGE_MS)
        self._timer.timeout.connect(self._message.clear)
        box = QHBoxLayout(self)
        box.setContentsMargins(4, 0, 4, 0)
        box.setSpacing(4)
        box.addWidget(self._state)
        box.addSpacing(12)
        box.addWidget(self._rules)
        box.addWidget(self.leave)
        box.addStretch(1)
        box.addWidget(self._message)
        for label in (self._rules, self._message):
            label.setProperty("tone", "muted")
        self.show_rules(is_playground=False)
        look.changed.connect(self._dress)
        self._dress()

    @property
    def state(self) -> str:
        """What stands at the left."""
        return self._state.text

    @property
    def message(self) -> str:
        """What stands at the right."""
        return self._message.text()

    def show_state(self, text: str) -> None:
        """Say where the run stands."""
        self._state.show_text(text)

    def show_rules(self, *, is_playground: bool) -> None:
        """Say whether the rules are Playground's."""
        self._rules.setVisible(is_playground)
        self.leave.setVisible(is_playground)

    def show_message(self, text: str) -> None:
        """Say for some seconds what was done."""
        self._message.setText(text)
        self._timer.start()

    def _dress(self) -> None:
        font = self._look.theme.number_font(12)
        font.setWeight(self._look.theme.body_font().weight())
        for each in (self._state, self._rules, self.leave, self._message):
            each.setFont(font)
        self.leave.setText(LEAVE.format(self._look.theme.accent))


def describe(frame: Frame, rate: float, is_playing: bool) -> str:  # noqa: FBT001 - it is the state
    """Where a run stands and how fast it goes, in a line."""
    parts = [f"Epoch {frame.epoch:,}"]
    if frame.batch:
        parts.append(f"batch {frame.batch:,}")
    if frame.diverged is not None:
        parts.append("diverged")
    elif frame.stopped:
        parts.append(frame.stopped)
    elif is_playing:
        parts.append(f"training, {_speed(rate)}" if rate else "training")
    else:
        parts.append("paused" if frame.epoch or frame.batch else "ready")
    return " · ".join(parts)


def _speed(rate: float) -> str:
    return f"{rate:,.0f} epochs a second" if rate >= 10 else f"{rate:.1f} epochs a second"
