"""Numbers of a network in the hand: set one, or several at once, lock them, cut them, reset them.

Several are set to one number or scaled: a choice, since both are wanted ("all to zero", "twice as
large") and neither follows from the other.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QPushButton, QVBoxLayout, QWidget
from typing_extensions import override

from nnviz.knob import Knob
from nnviz.ui.controls.knob_slider import KnobSlider
from nnviz.ui.controls.layout import row
from nnviz.ui.controls.segments import Segments
from nnviz.ui.controls.text import Caption, Figure
from nnviz.value import dataclass

LEAST_REACH = 2.0
_LARGEST = Knob(0.0, -1e6, 1e6)
_FACTOR = Knob(1.0, 0.0, 3.0, hint="by what the numbers are multiplied")
_FACTORS = Knob(1.0, -1e3, 1e3)
_MODES = (
    ("set", "Set all", "Give all of them one number."),
    ("scale", "Scale", "Multiply all of them by one factor."),
)
_ROWS = (
    ("gradient", "Gradient", "The slope of the training loss, its penalty included."),
    ("update", "Last change", "What the last update added."),
    ("start", "Start", "The number that training began with."),
)


@dataclass(frozen=True, slots=True)
class Numbers:
    """What is edited: its numbers of now, and what is known of each.

    An empty tuple stands for what is not known. `held` says whether all are locked, `cut` whether
    all are cut; None for what is no link.
    """

    noun: str
    values: tuple[float, ...]
    starts: tuple[float, ...] = ()
    gradients: tuple[float, ...] = ()
    updates: tuple[float, ...] = ()
    held: bool = False
    cut: bool | None = None


class NumberEditor(QWidget):
    """A slider around 0 with its number to type, what is known of it, and what can be done."""

    turned = Signal(object)
    """The person picked numbers: a tuple as long as the values shown."""

    settled = Signal()
    """The person let go: the picks since the last time are one change."""

    lock_asked = Signal(bool)
    """The person wants all locked, or free again."""

    cut_asked = Signal(bool)
    """The person wants all links cut, or mended."""

    reset_asked = Signal()
    """The person wants the numbers back that training began with."""

    def __init__(self, parent: QWidget | None = None) -> None:
        """Show one zero."""
        super().__init__(parent)
        self._numbers = Numbers("Weight", (0.0,))
        self._base: tuple[float, ...] = (0.0,)
        self._reach = LEAST_REACH
        self._is_turning = False
        self.modes = Segments("What happens to several numbers", _MODES)
        self.modes.show_key("set")
        self.slider = KnobSlider("Weight", Knob(0.0, -LEAST_REACH, LEAST_REACH))
        self.slider.field.commands.add(Qt.Key.Key_L)
        self.lock = QPushButton("Unlock")
        self.cut = QPushButton("Mend")
        self.reset = QPushButton("Reset")
        self.reset.setToolTip("Go back to the number that training began with.")
        self._figures = {key: Figure("−0.0000", align=_RIGHT) for key, _, _ in _ROWS}
        self._lay_out()
        self._connect()
        self.show_numbers(self._numbers)

    @property
    def numbers(self) -> Numbers:
        """What is shown."""
        return self._numbers

    @property
    def figures(self) -> dict[str, Figure]:
        """What is told, by "gradient", "update" and "start"."""
        return dict(self._figures)

    def show_numbers(self, numbers: Numbers) -> None:
        """Show numbers, silently; the slider is left alone while it is being turned."""
        is_other = len(numbers.values) != len(self._numbers.values)
        self._numbers = numbers
        self._show_known()
        if is_other:
            self._is_turning = False
        if not self._is_turning:
            self._base = numbers.values
            self._show_slider()

    def begin(self) -> None:
        """Be ready for another selection: the number can be typed at once."""
        self._is_turning = False
        self._reach = LEAST_REACH
        self._base = self._numbers.values
        self.modes.show_key("set")
        self._show_slider()
        field = self.slider.field
        target = field if field.isEnabled() else self.cut
        target.setFocus(Qt.FocusReason.OtherFocusReason)
        field.selectAll()

    @override
    def event(self, event: QEvent) -> bool:
        """Claim the key of the lock, which it shares with a command of the window."""
        is_claimed = isinstance(event, QKeyEvent) and event.type() == QEvent.Type.ShortcutOverride
        if is_claimed and event.key() == Qt.Key.Key_L:  # type: ignore[attr-defined]
            event.accept()
            return True
        return super().event(event)

    @override
    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_L and self.lock.isEnabled():
            self.lock.click()
        else:
            super().keyPressEvent(event)

    @override
    def setVisible(self, visible: bool) -> None:
        self._is_turning = False
        super().setVisible(visible)

    def _lay_out(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(4)
        for line, (key, label, hint) in enumerate(_ROWS):
            caption = Caption(label)
            for each in (caption, self._figures[key]):
                each.setToolTip(hint)
            grid.addWidget(caption, line, 0)
            grid.addWidget(self._figures[key], line, 1)
        grid.setColumnStretch(1, 1)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.setSpacing(10)
        box.addWidget(self.modes)
        box.addWidget(self.slider)
        box.addLayout(grid)
        box.addLayout(row(self.lock, self.cut, self.reset, spacing=6))

    def _connect(self) -> None:
        self.modes.picked.connect(self._on_mode_picked)
        self.slider.turned.connect(self._on_turned)
        self.slider.settled.connect(self._on_settled)
        self.lock.clicked.connect(self._on_lock_clicked)
        self.cut.clicked.connect(self._on_cut_clicked)
        self.reset.clicked.connect(self.reset_asked)

    def _show_known(self) -> None:
        numbers = self._numbers
        known = {
            "gradient": numbers.gradients,
            "update": numbers.updates,
            "start": numbers.starts,
        }
        for key, values in known.items():
            self._figures[key].show_text(written(values))
        self.modes.setVisible(len(numbers.values) > 1)
        self.lock.setText("Unlock" if numbers.held else "Lock")
        self.lock.setToolTip(
            "Let training change it again (L)." if numbers.held else "Let no update change it (L)."
        )
        self.cut.setVisible(numbers.cut is not None)
        self.cut.setText("Mend" if numbers.cut else "Cut")
        self.cut.setToolTip(
            "Join the link again." if numbers.cut else "Let nothing through: 0 for good."
        )
        for each in (self.slider, self.lock, self.reset):
            each.setEnabled(not numbers.cut)

    def _show_slider(self) -> None:
        values = self._numbers.values
        if self._scales:
            self.slider.show_label("Factor")
            self.slider.show_knob(_FACTOR, _FACTORS)
            self.slider.show_number(1.0)
            return
        self._reach = max(self._reach, reach(values))
        starts = self._numbers.starts
        default = starts[0] if len(starts) == 1 else 0.0
        self.slider.show_label(self._numbers.noun)
        self.slider.show_knob(Knob(default, -self._reach, self._reach), _LARGEST)
        self.slider.setToolTip(f"{self._numbers.noun}: drag, or type a number; acts at once.")
        self.slider.show_number(math.fsum(values) / max(len(values), 1))

    @property
    def _scales(self) -> bool:
        return self.modes.key == "scale" and len(self._numbers.values) > 1

    def _on_mode_picked(self) -> None:
        self._base = self._numbers.values
        self._show_slider()

    def _on_turned(self, number: float) -> None:
        self._is_turning = True
        values = [number * each for each in self._base] if self._scales else None
        self.turned.emit(tuple(values or (number for _ in self._base)))

    def _on_settled(self) -> None:
        if self._is_turning:
            self._is_turning = False
            self._reach = max(self._reach, reach((self.slider.number,)))
            self.settled.emit()

    def _on_lock_clicked(self) -> None:
        self.lock_asked.emit(not self._numbers.held)

    def _on_cut_clicked(self) -> None:
        self.cut_asked.emit(not self._numbers.cut)


def reach(values: tuple[float, ...]) -> float:
    """How far a slider should go for numbers: 2, 5, 10, 20, ... and always a little beyond them."""
    most = 1.2 * max((abs(each) for each in values if math.isfinite(each)), default=0.0)
    if most <= LEAST_REACH:
        return LEAST_REACH
    decade = 10.0 ** math.floor(math.log10(most))
    return next(scale * decade for scale in (1.0, 2.0, 5.0, 10.0) if scale * decade >= most)


def written(values: tuple[float, ...]) -> str:
    """One number with its sign, or from where to where several go; a dash for none."""
    if not values:
        return "–"
    low, high = min(values), max(values)
    return _signed(low) if low == high else f"{_signed(low)} … {_signed(high)}"


def _signed(number: float) -> str:
    if number == 0.0 or 1e-3 <= abs(number) < 1e3:
        text = f"{number:+.4f}" if number else "0"
    else:
        text = f"{number:+.1e}".replace("e-0", "e-").replace("e+0", "e")
    return text.replace("-", "−")


_RIGHT = Qt.AlignmentFlag.AlignRight
