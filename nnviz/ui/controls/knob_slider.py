"""A number on a slider: its name, the number itself to read or to type, and the track."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QToolTip, QVBoxLayout, QWidget

from nnviz.knob import Knob
from nnviz.mistake import Mistake
from nnviz.ui.controls.layout import NAME
from nnviz.ui.controls.number_field import NumberField
from nnviz.ui.controls.numbers import PLAIN, Notation, leap, nudge, tidy
from nnviz.ui.controls.text import Caption
from nnviz.ui.controls.track import Track
from nnviz.ui.voice import announce


class KnobSlider(QWidget):
    """Picks a number within a knob's range, by dragging, keys, wheel or typing."""

    turned = Signal(float)
    """The person picked a number."""

    settled = Signal()
    """The person let go: the picks since the last time are one change."""

    refused = Signal(str)
    """The person typed what cannot be: one sentence that says what is allowed."""

    def __init__(
        self,
        label: str,
        knob: Knob,
        *,
        hint: str = "",
        notation: Notation = PLAIN,
        parent: QWidget | None = None,
    ) -> None:
        """Show the knob's default.

        Args:
            label: its name, shown in small capitals.
            knob: the range the slider goes through.
            hint: one sentence for the tool tip.
            notation: how the number is written.
            parent: the widget it stands in.
        """
        super().__init__(parent)
        self._label = label
        self._knob = knob
        self._allowed = knob
        self._notation = notation
        self._number = knob.default
        self._is_refused = False
        self._limit: float | None = None
        self._caption = Caption(label)
        self._field = NumberField()
        self._track = Track()
        self._lay_out()
        self._connect()
        self.setToolTip(hint or f"{label.capitalize()}: {knob.hint}.")
        self.show_knob(knob)

    @property
    def number(self) -> float:
        """The number shown."""
        return self._number

    @property
    def limit(self) -> float | None:
        """From which number on it is risky, if that is known."""
        return self._limit

    @property
    def track(self) -> Track:
        """The part that is dragged."""
        return self._track

    @property
    def field(self) -> NumberField:
        """The part that is typed into."""
        return self._field

    def show_number(self, number: float) -> None:
        """Move to a number, silently; one beyond the track's ends is shown as it is."""
        self._number = number
        text = self._notation.write(number)
        self._field.show_text(text)
        self._track.show_turn(self._knob.turn(number))
        self._track.setAccessibleDescription(text)

    def show_knob(self, knob: Knob, allowed: Knob | None = None) -> None:
        """Take another range, silently; `allowed` is the wider one for what is typed."""
        self._knob = knob
        self._allowed = allowed or knob
        self._track.show_mark(knob.turn(knob.default))
        self.show_number(self._number)

    def show_limit(self, number: float | None, color: str = "") -> None:
        """Mark a number from which on it is risky, where it is on the track; None for none."""
        self._limit = number
        is_there = number is not None and self._knob.low <= number <= self._knob.high
        self._track.show_limit(self._knob.turn(number) if is_there and number else None, color)

    def stand_before(self, widget: QWidget) -> None:
        """Put a widget that belongs to the number, such as a choice, before the track."""
        self._bottom.insertWidget(0, widget)

    def show_active(self, *, active: bool) -> None:
        """Say whether there is a number at all; what stands before the track stays usable."""
        self._track.setEnabled(active)
        self._field.setEnabled(active)
        if not active:
            self._field.show_text("–")

    def show_label(self, label: str) -> None:
        """Take another name."""
        self._label = label
        self._caption.setText(label)
        self._name_parts()

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(4)
        top.addStrut(NAME)
        top.addWidget(self._caption)
        top.addWidget(self._field, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        layout.addLayout(top)
        self._bottom = QHBoxLayout()
        self._bottom.setSpacing(4)
        self._bottom.addWidget(self._track, 1)
        layout.addLayout(self._bottom)
        self.setFocusProxy(self._track)
        self._name_parts()

    def _name_parts(self) -> None:
        self._track.setAccessibleName(self._label)
        self._field.setAccessibleName(f"{self._label}, as a number")

    def _connect(self) -> None:
        self._track.dragged.connect(self._on_dragged)
        self._track.nudged.connect(self._on_nudged)
        self._track.leapt.connect(self._on_leapt)
        self._track.ended.connect(self._on_ended)
        self._track.reset_asked.connect(self._on_reset_asked)
        self._track.settled.connect(self.settled)
        self._field.typed.connect(self._on_typed)
        self._field.confirmed.connect(self._on_confirmed)

    def _on_dragged(self, turn: float) -> None:
        self._turn(tidy(self._knob, self._knob.number(turn)))

    def _on_nudged(self, steps: int) -> None:
        self._turn_aloud(nudge(self._knob, self._number, steps))

    def _on_leapt(self, direction: int) -> None:
        self._turn_aloud(leap(self._knob, self._number, direction))

    def _on_ended(self, direction: int) -> None:
        self._turn_aloud(self._knob.high if direction > 0 else self._knob.low)

    def _turn_aloud(self, number: float) -> None:
        """Turn by a key: a screen reader knows the track's place alone, so the number is said."""
        self._turn(number)
        announce(self._track, self._notation.write(self._number))

    def _on_reset_asked(self) -> None:
        self._turn(self._knob.default)

    def _on_typed(self, text: str) -> None:
        number = self._notation.read(text)
        try:
            self._allowed.check(number, self._label)
        except Mistake:
            self._refuse(text.strip())
            return
        QToolTip.hideText()
        self._turn(float(number))
        self.settled.emit()

    def _on_confirmed(self) -> None:
        """Give the focus back, so that keys are commands again; unless the text must be mended."""
        if not self._is_refused:
            self._track.setFocus(Qt.FocusReason.OtherFocusReason)
        self._is_refused = False

    def _turn(self, number: float) -> None:
        if number != self._number:
            self.show_number(number)
            self.turned.emit(number)

    def _refuse(self, text: str) -> None:
        kind = "whole number" if self._allowed.whole else "number"
        low, high = (self._notation.write(end) for end in (self._allowed.low, self._allowed.high))
        name = self._label.capitalize()
        sentence = f"{name} cannot be {text!r}; it must be a {kind} from {low} to {high}."
        self._is_refused = True
        below = self._field.mapToGlobal(QPoint(0, self._field.height()))
        QToolTip.showText(below, sentence, self._field)
        self.refused.emit(sentence)
